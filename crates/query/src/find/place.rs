use crate::QueryError;
use crate::cited::{CitedWords, WordPlace};
use crate::quotations::Quotations;
use onrecord_indexing::{Address, PassageRecord, Reader, StoredPassage};
use onrecord_model::{DocumentId, Span};
use onrecord_text::{Alignment, Edit, Lexicon, Words, align};

/// From how many words on what is missing at an end may be a clause that was moved to the other.
const MIN_CLAUSE: usize = 3;

/// A place that a line may remember, and how sure that is.
pub(super) struct Candidate {
    pub(super) place: Place,
    pub(super) similarity: f32,
}

/// The stretch of a passage, or of two of one paragraph, that a line is nearest to.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) document: DocumentId,
    /// Where the head of the document stands.
    pub(crate) head: Address,
    /// Of the passage that the text begins with.
    pub(crate) record: PassageRecord,
    /// The text of the passage or the two, with the blanks between them.
    pub(crate) text: String,
    /// The words of the text that were said.
    spoken: Vec<Span>,
    /// Where the first passage ends in the text.
    first_end: u32,
    pub(crate) alignment: Alignment,
}

impl Place {
    /// Reads a passage and the ones that its paragraph continues in or from, as far as the line
    /// may run over into them; none where it is no speech or has no word of the line.
    pub(crate) fn read(
        reader: &Reader,
        address: Address,
        line: &Words,
        lexicon: &mut Lexicon,
    ) -> Result<Option<Self>, QueryError> {
        let passage = reader.passage(address)?;
        let record = &passage.record;
        if !record.kind.is_speech() {
            return Ok(None);
        }
        let head = reader.sibling(address, record, 0);
        let Some(mut best) = Self::of(head, &[&passage], line, lexicon) else { return Ok(None) };
        let (loose_before, loose_behind) = best.n_loose();
        let mut take = |passages: &[&StoredPassage]| {
            let joined = Self::of(head, passages, line, lexicon);
            let is_nearer = |place: &Self| place.alignment.similarity > best.alignment.similarity;
            if let Some(joined) = joined.filter(is_nearer) {
                best = joined;
            }
        };
        // A clause that is missing may stand on the other side, where two were exchanged.
        let lacks_clause = loose_before.max(loose_behind) >= MIN_CLAUSE;
        if (loose_behind > 0 || lacks_clause) && record.continues {
            let next = reader.passage(reader.passage_of(head, record.ordinal + 1))?;
            take(&[&passage, &next]);
        }
        // Between the passages of one paragraph no line ends.
        let comes_from_another = !(record.lead.is_empty() || record.lead.contains('\n'));
        if (loose_before > 0 || lacks_clause) && comes_from_another {
            let last = reader.passage(reader.passage_of(head, record.ordinal - 1))?;
            take(&[&last, &passage]);
        }
        Ok((!best.alignment.window.is_empty()).then_some(best))
    }

    /// Aligns the line with a passage, or with two of one paragraph.
    fn of(
        head: Address,
        passages: &[&StoredPassage],
        line: &Words,
        lexicon: &mut Lexicon,
    ) -> Option<Self> {
        let mut text = String::new();
        let mut spoken = Vec::new();
        for passage in passages {
            if !text.is_empty() {
                text.push_str(&passage.record.lead);
            }
            let start = text.len() as u32;
            let tokens = passage.record.spoken(&passage.text);
            spoken.extend(tokens.into_iter().map(|token| token.shifted(start)));
            text.push_str(&passage.text);
        }
        let words = Words::of_tokens(&text, spoken.clone(), lexicon);
        let alignment = align(line.all(), words.all(), lexicon)?;
        let first = passages.first()?;
        let (record, first_end) = (first.record.clone(), first.span.len());
        let document = record.document();
        Some(Self { document, head, record, text, spoken, first_end, alignment })
    }

    /// Finds where else in its passage the line stands, before and behind this place: the
    /// stretches that are nearest to it, in order, none overlapping another. What begins in the
    /// second of two passages is found from there.
    ///
    /// `near` returns an alignment with the text that is near enough to be one.
    pub(crate) fn others(
        &self,
        line: &Words,
        lexicon: &mut Lexicon,
        near: &impl Fn(Alignment, &str) -> Option<Alignment>,
    ) -> Vec<Self> {
        let window = self.alignment.window;
        let end = Span::from_range(0..self.text.len()).end;
        let words = Words::of_tokens(&self.text, self.spoken.clone(), lexicon);
        let mut found = Vec::new();
        let mut rest = vec![Span::new(0, window.start), Span::new(window.end, end)];
        while let Some(stretch) = rest.pop() {
            let alignment = align(line.all(), words.within(stretch), lexicon);
            let Some(alignment) = alignment.and_then(|found| near(found, &self.text)) else {
                continue;
            };
            let window = alignment.window;
            rest.push(Span::new(stretch.start, window.start));
            rest.push(Span::new(window.end, stretch.end));
            found.push(Self { alignment, ..self.clone() });
        }
        found.retain(|place| place.alignment.window.start < self.first_end);
        found.sort_by_key(Self::order);
        found
    }

    /// Counts the words at the beginning and at the end of the line that have no partner.
    fn n_loose(&self) -> (usize, usize) {
        let is_loose = |edit: &&Edit| edit.line().is_none() || edit.credit() == 0.0;
        let of_line = |edit: &&Edit| edit.line().is_some();
        let edits = &self.alignment.edits;
        let before = edits.iter().take_while(is_loose).filter(of_line).count();
        let behind = edits.iter().rev().take_while(is_loose).filter(of_line).count();
        (before, behind)
    }

    /// Returns where the wording stands in the document, in bytes.
    pub(crate) fn window(&self) -> Span {
        self.alignment.window.shifted(self.record.start)
    }

    /// Returns where the wording stands in the document, in characters.
    pub(crate) fn char_window(&self) -> Span {
        let window = self.alignment.window.range();
        let count = |part: Option<&str>| part.unwrap_or_default().chars().count() as u32;
        let start = self.record.char_start + count(self.text.get(..window.start));
        Span::new(start, start + count(self.text.get(window)))
    }

    pub(crate) fn wording(&self) -> &str {
        self.text.get(self.alignment.window.range()).unwrap_or_default()
    }

    /// Puts together all that is needed to cite the wording.
    ///
    /// # Errors
    /// When what the index holds of the document is not what was written.
    pub(crate) fn cited(
        &self,
        reader: &Reader,
        quotations: &mut Quotations<'_>,
    ) -> Result<CitedWords, QueryError> {
        let place = WordPlace {
            head: self.head,
            record: &self.record,
            context: &self.text,
            within: self.alignment.window,
            bytes: self.window(),
            chars: self.char_window(),
        };
        CitedWords::at(&place, reader, quotations)
    }

    /// Returns what places that are equally near are ordered by.
    pub(crate) fn order(&self) -> (DocumentId, u32) {
        (self.document, self.window().start)
    }
}
