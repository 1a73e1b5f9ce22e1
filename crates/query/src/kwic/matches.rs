use super::excerpt::Excerpt;
use super::sort::{KeyTable, SortBy};
use super::{KwicRequest, KwicSample, NodePlace};
use crate::QueryError;
use crate::highlight::Highlight;
use crate::question::SeenPassage;
use onrecord_indexing::{Address, PassageRecord, Reader, StoredPassage};
use onrecord_model::{DocumentId, Span};
use onrecord_text::{fold_token, tokens};

/// What was found of a query so far, by document id, then place.
pub(super) struct Matches<'a> {
    reader: &'a Reader,
    pub(super) places: Vec<NodePlace>,
    keys: KeyTable,
    seed: Option<u64>,
    /// What chance drew for each line, where a sample is asked for.
    draws: Vec<u64>,
    pub(super) n_passages: u64,
    pub(super) n_documents: u64,
    pub(super) n_without_match: u64,
    last_document: Option<DocumentId>,
}

impl<'a> Matches<'a> {
    pub(super) fn new(reader: &'a Reader, request: &KwicRequest) -> Self {
        Self {
            reader,
            places: Vec::new(),
            keys: KeyTable::new(&request.sort),
            seed: request.sample.map(|sample| sample.seed),
            draws: Vec::new(),
            n_passages: 0,
            n_documents: 0,
            n_without_match: 0,
            last_document: None,
        }
    }

    /// Takes in the matches of a passage.
    pub(super) fn take(&mut self, address: Address, seen: &SeenPassage) -> Result<(), QueryError> {
        let SeenPassage { passage, highlights } = seen;
        if highlights.is_empty() {
            self.n_without_match += 1;
            return Ok(());
        }
        let document = passage.record.document();
        self.n_passages += 1;
        self.n_documents += u64::from(self.last_document.replace(document) != Some(document));
        let words = self.keys.keys().iter().any(|key| is_word(key.by));
        let words: Vec<Span> = if words { tokens(&passage.text).collect() } else { Vec::new() };
        for Highlight { start, end, .. } in highlights {
            let place = NodePlace { address, node: Span::new(*start, *end) };
            if let Some(seed) = self.seed {
                self.draws.push(draw_of(seed, document, &passage.record, *start));
            }
            self.push_keys(place, passage, &words)?;
            self.places.push(place);
        }
        Ok(())
    }

    fn push_keys(
        &mut self,
        place: NodePlace,
        passage: &StoredPassage,
        words: &[Span],
    ) -> Result<(), QueryError> {
        let mut folded = String::new();
        for at in 0..self.keys.keys().len() {
            folded.clear();
            match self.keys.keys()[at].by {
                SortBy::Document => self.keys.push_place(self.places.len() as u32),
                SortBy::Date => {
                    let date = passage.record.citation.date.map(|date| date.to_string());
                    self.keys.push(date.as_deref());
                }
                SortBy::Speaker => {
                    let speaker = passage.record.speaker.as_ref();
                    self.keys.push(speaker.map(|speaker| &*speaker.name));
                }
                SortBy::Node => {
                    fold_words(&passage.text, place.node, words, &mut folded);
                    self.keys.push(Some(&folded));
                }
                SortBy::Left(distance) => {
                    let word = self.word(place, passage, words, true, distance)?;
                    self.keys.push(word.as_deref());
                }
                SortBy::Right(distance) => {
                    let word = self.word(place, passage, words, false, distance)?;
                    self.keys.push(word.as_deref());
                }
            }
        }
        Ok(())
    }

    /// Returns the folded word at a distance from the node; none beyond the paragraph.
    fn word(
        &self,
        place: NodePlace,
        passage: &StoredPassage,
        words: &[Span],
        is_left: bool,
        distance: u8,
    ) -> Result<Option<String>, QueryError> {
        let distance = usize::from(distance);
        let at = if is_left {
            words.partition_point(|word| word.end <= place.node.start).checked_sub(distance)
        } else {
            Some(words.partition_point(|word| word.start < place.node.end) + distance - 1)
        };
        let mut folded = String::new();
        if let Some(word) = at.and_then(|at| words.get(at)) {
            fold_token(passage.text.get(word.range()).unwrap_or_default(), &mut folded);
            return Ok(Some(folded));
        }
        // Not in the passage: the paragraph may go on in another one.
        let node = place.node.range();
        let mut excerpt = Excerpt::new(self.reader, place.address, passage, node);
        let word = excerpt.word(is_left, distance)?;
        Ok(word.map(|word| {
            fold_token(word, &mut folded);
            folded
        }))
    }

    /// Returns the lines that were drawn, or all, in the order that was asked for.
    pub(super) fn into_order(self, sample: Option<KwicSample>) -> Vec<NodePlace> {
        let Self { places, keys, draws, .. } = self;
        let mut order: Vec<u32> = (0..places.len() as u32).collect();
        if let Some(KwicSample { n_lines, .. }) = sample
            && n_lines < order.len()
        {
            order.sort_unstable_by_key(|line| (draws[*line as usize], *line));
            order.truncate(n_lines);
            order.sort_unstable();
        }
        keys.sort(&mut order);
        order.into_iter().filter_map(|line| places.get(line as usize)).copied().collect()
    }
}

const fn is_word(by: SortBy) -> bool {
    match by {
        SortBy::Left(_) | SortBy::Right(_) | SortBy::Node => true,
        SortBy::Date | SortBy::Speaker | SortBy::Document => false,
    }
}

/// Folds the words of a stretch, with blanks between them.
fn fold_words(text: &str, stretch: Span, words: &[Span], folded: &mut String) {
    let first = words.partition_point(|word| word.start < stretch.start);
    for word in words.iter().skip(first).take_while(|word| word.end <= stretch.end) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        fold_token(text.get(word.range()).unwrap_or_default(), folded);
    }
}

/// Draws a number for a line: the same whatever else there is.
fn draw_of(seed: u64, document: DocumentId, record: &PassageRecord, start: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes()).update(document.as_bytes());
    hasher.update(&record.ordinal.to_le_bytes()).update(&start.to_le_bytes());
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
