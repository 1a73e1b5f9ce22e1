//! The sentences of the index that may be on a subject.

use super::sentence::Sentence;
use super::telling::Weighing;
use crate::QueryError;
use onrecord_indexing::{Address, PassageRecord, Reader, StoredPassage};
use onrecord_model::Span;
use onrecord_text::sentences;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The most passages that are kept for the next sentences of a draft, which often are on the same.
const MAX_KEPT: usize = 5_000;

/// A passage of speech, cut into sentences.
pub(super) struct CutPassage {
    /// Where the head of its document stands.
    pub(super) head: Address,
    pub(super) text: String,
    pub(super) record: PassageRecord,
    pub(super) sentences: Vec<Sentence>,
}

/// Reads passages, and keeps the last ones.
pub(super) struct Passages<'a> {
    reader: &'a Reader,
    kept: BTreeMap<Address, Rc<CutPassage>>,
}

impl<'a> Passages<'a> {
    pub(super) const fn new(reader: &'a Reader) -> Self {
        Self { reader, kept: BTreeMap::new() }
    }

    /// Reads a passage, or returns it as it was read before.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(super) fn read(
        &mut self,
        address: Address,
        weighing: &mut Weighing<'_>,
    ) -> Result<Rc<CutPassage>, QueryError> {
        if let Some(kept) = self.kept.get(&address) {
            return Ok(kept.clone());
        }
        if self.kept.len() >= MAX_KEPT {
            self.kept.clear();
        }
        let StoredPassage { span, text, record } = self.reader.passage(address)?;
        let tokens = record.spoken(&text);
        let at = (span.start, record.char_start);
        let mut cut = Vec::new();
        for sentence in sentences(&text, Span::from_range(0..text.len())) {
            cut.push(Sentence::cut(&text, at, sentence, &tokens, weighing)?);
        }
        let head = self.reader.sibling(address, &record, 0);
        let passage = Rc::new(CutPassage { head, text, record, sentences: cut });
        self.kept.insert(address, passage.clone());
        Ok(passage)
    }
}
