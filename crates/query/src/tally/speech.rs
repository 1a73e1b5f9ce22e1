use crate::QueryError;
use onrecord_indexing::{Address, Condition, Part, PassageColumns, Reader, StoredPassage};
use onrecord_model::Span;

/// The passages of speech that are counted in, some of them marked, to be read any number of times.
#[derive(Debug)]
pub(crate) struct Speech<'a> {
    reader: &'a Reader,
    /// What the passages meet.
    condition: Condition,
    /// What those of them meet that are marked.
    marked: Condition,
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
        reader.check_contents()?;
        let marked = of_speech(Condition::And(vec![condition.clone(), marked]));
        Ok(Self { reader, condition: of_speech(condition), marked })
    }

    /// Finds the passages of speech that meet a condition, all marked.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(crate) fn marked(reader: &'a Reader, condition: Condition) -> Result<Self, QueryError> {
        reader.check_contents()?;
        let condition = of_speech(condition);
        Ok(Self { reader, marked: condition.clone(), condition })
    }

    /// Returns the index that they are of.
    pub(super) fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// Visits what the columns of the index say of each passage, and whether it is marked; those of a
    /// document one behind the other.
    ///
    /// # Errors
    /// When a column cannot be read.
    pub(super) fn for_each_columns(
        &self,
        mut visit: impl FnMut(&PassageColumns<'_>, bool),
    ) -> Result<(), QueryError> {
        let marked = self.reader.passages_that_meet(&self.marked)?;
        Ok(self.reader.for_each_passage(&self.condition, |passage| {
            visit(passage, marked.contains(passage.address));
        })?)
    }

    /// Counts their words of speech.
    ///
    /// # Errors
    /// When a column cannot be read.
    pub(crate) fn n_words(&self) -> Result<u64, QueryError> {
        let mut n_words = 0;
        self.for_each_columns(|passage, _| n_words += passage.words)?;
        Ok(n_words)
    }

    /// Reads the passages, by document id, then place in it.
    ///
    /// # Errors
    /// When what is stored is not what was written, or `visit` fails.
    pub(crate) fn for_each(
        &self,
        mut visit: impl FnMut(&Spoken<'_>) -> Result<(), QueryError>,
    ) -> Result<(), QueryError> {
        let marked = self.reader.passages_that_meet(&self.marked)?;
        let mut document = 0;
        let mut last: Option<StoredPassage> = None;
        for address in self.reader.addresses(&self.condition)? {
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
            let is_marked = marked.contains(address);
            let tokens = passage.record.spoken(&passage.text);
            let tokens = &tokens;
            visit(&Spoken { address, document, is_marked, goes_on, passage: &passage, tokens })?;
            last = Some(passage);
        }
        Ok(())
    }
}
