use crate::QueryError;
use onrecord_indexing::{Address, PassageRecord, Reader, StoredPassage};
use onrecord_model::{DocumentId, Span};
use onrecord_text::{Alignment, Edit, Lexicon, Words, align};

/// The fewest words at an end of the line without a partner for which the next passage of the
/// paragraph is looked at: fewer may as well have been added.
const MIN_LOOSE: usize = 2;

/// A place that a line may remember, and how sure that is.
pub(super) struct Candidate {
    pub(super) place: Place,
    pub(super) similarity: f32,
}

/// The stretch of a passage, or of two of one paragraph, that a line is nearest to.
pub(super) struct Place {
    pub(super) document: DocumentId,
    /// Where the head of the document stands.
    pub(super) head: Address,
    /// Of the passage that the text begins with.
    pub(super) record: PassageRecord,
    /// The text of the passage or the two, with the blanks between them.
    pub(super) text: String,
    pub(super) alignment: Alignment,
}

impl Place {
    /// Reads a passage and the ones that its paragraph continues in or from, as far as the line
    /// may run over into them; none where it is no speech or has no word of the line.
    pub(super) fn read(
        reader: &Reader,
        address: Address,
        line: &Words,
        lexicon: &mut Lexicon,
    ) -> Result<Option<Self>, QueryError> {
        let Some(passage) = speech_at(reader, address)? else { return Ok(None) };
        let head = reader.sibling(address, &passage.record, 0);
        let Some(place) = Self::of(head, vec![passage], line, lexicon) else { return Ok(None) };
        let (before, behind) = place.n_loose();
        let record = &place.record;
        let mut run_over = Vec::new();
        if behind >= MIN_LOOSE && record.continues {
            let next = reader.passage(reader.passage_of(head, record.ordinal + 1))?;
            run_over.push(vec![reader.passage(address)?, next]);
        }
        if before >= MIN_LOOSE && record.ordinal > 0 {
            let last = reader.passage(reader.passage_of(head, record.ordinal - 1))?;
            if last.record.continues {
                run_over.push(vec![last, reader.passage(address)?]);
            }
        }
        let joined = run_over.into_iter().filter_map(|two| Self::of(head, two, line, lexicon));
        let best = joined.fold(place, |best, joined| {
            let is_nearer = joined.alignment.similarity > best.alignment.similarity;
            if is_nearer { joined } else { best }
        });
        Ok((!best.alignment.window.is_empty()).then_some(best))
    }

    /// Reads a passage together with the one that its paragraph continues in, if it does.
    pub(super) fn read_on(
        reader: &Reader,
        address: Address,
        line: &Words,
        lexicon: &mut Lexicon,
    ) -> Result<Option<Self>, QueryError> {
        let Some(passage) = speech_at(reader, address)? else { return Ok(None) };
        let head = reader.sibling(address, &passage.record, 0);
        let next = reader.passage_of(head, passage.record.ordinal + 1);
        let next = passage.record.continues.then(|| reader.passage(next)).transpose()?;
        Ok(Self::of(head, [passage].into_iter().chain(next).collect(), line, lexicon))
    }

    fn of(
        head: Address,
        passages: Vec<StoredPassage>,
        line: &Words,
        lexicon: &mut Lexicon,
    ) -> Option<Self> {
        let mut text = String::new();
        let mut spoken = Vec::new();
        for passage in &passages {
            if !text.is_empty() {
                text.push_str(&passage.record.lead);
            }
            let start = text.len() as u32;
            let tokens = passage.record.spoken(&passage.text);
            spoken.extend(tokens.into_iter().map(|token| token.shifted(start)));
            text.push_str(&passage.text);
        }
        let words = Words::of_tokens(&text, spoken, lexicon);
        let alignment = align(line.all(), words.all(), lexicon)?;
        let record = passages.into_iter().next()?.record;
        Some(Self { document: record.document(), head, record, text, alignment })
    }

    /// Tells whether the line may run over the place where the paragraph is cut: it has words
    /// without a partner at an end, and the paragraph goes on there in another passage.
    pub(super) fn may_run_over(&self) -> bool {
        let lead = &self.record.lead;
        let comes_from_another = !(lead.is_empty() || lead.contains('\n'));
        let (before, behind) = self.n_loose();
        (before > 0 && comes_from_another) || (behind > 0 && self.record.continues)
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
    pub(super) fn window(&self) -> Span {
        self.alignment.window.shifted(self.record.start)
    }

    /// Returns where the wording stands in the document, in characters.
    pub(super) fn char_window(&self) -> Span {
        let window = self.alignment.window.range();
        let count = |part: Option<&str>| part.unwrap_or_default().chars().count() as u32;
        let start = self.record.char_start + count(self.text.get(..window.start));
        Span::new(start, start + count(self.text.get(window)))
    }

    pub(super) fn wording(&self) -> &str {
        self.text.get(self.alignment.window.range()).unwrap_or_default()
    }

    /// Returns what places that are equally near are ordered by.
    pub(super) fn order(&self) -> (DocumentId, u32) {
        (self.document, self.window().start)
    }
}

/// Reads a passage; none where it is no speech.
fn speech_at(reader: &Reader, address: Address) -> Result<Option<StoredPassage>, QueryError> {
    Ok(Some(reader.passage(address)?).filter(|passage| passage.record.kind.is_speech()))
}
