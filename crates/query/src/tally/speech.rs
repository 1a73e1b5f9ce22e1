use crate::QueryError;
use onrecord_indexing::{Address, Condition, Part, Reader, StoredPassage};
use onrecord_model::Span;

/// The passages of speech that are counted in, some of them marked, to be read any number of times.
#[derive(Debug)]
pub(crate) struct Speech<'a> {
    reader: &'a Reader,
    /// By document id, then passage.
    passages: Vec<Address>,
    /// Those of them that are marked, in the same order.
    marked: Vec<Address>,
}

/// A passage with the words of it that were said.
#[derive(Debug)]
pub(crate) struct Spoken<'s> {
    /// Where it stands.
    pub(crate) address: Address,
    /// Its document, counted from 0 among those that are counted in.
    pub(crate) document: u32,
    /// Whether it is marked.
    pub(crate) is_marked: bool,
    /// Whether it goes on with the paragraph of the passage that was read before it.
    pub(crate) goes_on: bool,
    /// Its text and what is known of it.
    pub(crate) passage: &'s StoredPassage,
    /// Its words that were said, in order, as offsets into its text.
    pub(crate) tokens: &'s [Span],
}

/// Returns what passages of speech must meet that meet a condition.
pub(crate) fn of_speech(condition: Condition) -> Condition {
    Condition::And(vec![condition, Condition::Part(Part::Body)])
}

impl<'a> Speech<'a> {
    /// Finds the passages of speech that meet a condition, and marks those that meet another too.
    ///
    /// All of the index is checked first, as all may be read.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(crate) fn new(
        reader: &'a Reader,
        condition: Condition,
        marked: Condition,
    ) -> Result<Self, QueryError> {
        let marked = of_speech(Condition::And(vec![condition.clone(), marked]));
        let mut speech = Self::marked(reader, condition)?;
        speech.marked = reader.addresses(&marked)?;
        Ok(speech)
    }

    /// Finds the passages of speech that meet a condition, all marked.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(crate) fn marked(reader: &'a Reader, condition: Condition) -> Result<Self, QueryError> {
        reader.check_contents()?;
        let condition = of_speech(condition);
        let passages = reader.addresses(&condition)?;
        Ok(Self { reader, marked: passages.clone(), passages })
    }

    /// Returns how many passages there are, marked ones and others.
    pub(crate) fn n_passages(&self) -> [u64; 2] {
        let (all, marked) = (self.passages.len() as u64, self.marked.len() as u64);
        [marked, all - marked]
    }

    /// Returns the index that they are of.
    pub(super) fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// Lists where they stand, by document id, then passage.
    pub(super) fn addresses(&self) -> &[Address] {
        &self.passages
    }

    /// Lists where those stand that are marked, in the same order.
    pub(super) fn marked_addresses(&self) -> &[Address] {
        &self.marked
    }

    /// Counts their words of speech.
    ///
    /// # Errors
    /// When a column cannot be read.
    pub(crate) fn n_words(&self) -> Result<u64, QueryError> {
        let words = self.passages.iter().map(|address| self.reader.n_spoken(*address));
        Ok(words.sum::<Result<u64, _>>()?)
    }

    /// Reads the passages, by document id, then place in it.
    ///
    /// # Errors
    /// When what is stored is not what was written, or `visit` fails.
    pub(crate) fn for_each(
        &self,
        mut visit: impl FnMut(&Spoken<'_>) -> Result<(), QueryError>,
    ) -> Result<(), QueryError> {
        let mut marked = self.marked.iter().peekable();
        let mut document = 0;
        let mut last: Option<StoredPassage> = None;
        for &address in &self.passages {
            let passage = self.reader.passage(address)?;
            let is_same = last
                .as_ref()
                .is_some_and(|last| last.record.document() == passage.record.document());
            if last.is_some() && !is_same {
                document += 1;
            }
            let goes_on = is_same
                && last.as_ref().is_some_and(|StoredPassage { record, .. }| {
                    record.continues && record.ordinal + 1 == passage.record.ordinal
                });
            let is_marked = marked.next_if(|known| **known == address).is_some();
            let tokens = passage.record.spoken(&passage.text);
            let tokens = &tokens;
            visit(&Spoken { address, document, is_marked, goes_on, passage: &passage, tokens })?;
            last = Some(passage);
        }
        Ok(())
    }
}
