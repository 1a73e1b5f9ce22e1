use crate::error::IndexError;
use crate::reader::{Address, Reader};
use std::sync::Arc;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

/// The form in which words are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedForm {
    /// Folded.
    Folded,
    /// By their stems.
    Stem,
}

/// Where a word occurs in the passages of a segment, headings and notes included, and how often: by
/// place in the segment, where the passages of a document stand one behind the other.
pub struct Occurrences<'a> {
    segment: u32,
    reader: &'a SegmentReader,
    postings: SegmentPostings,
}

impl Iterator for Occurrences<'_> {
    type Item = (Address, u32);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = self.postings.doc();
            if entry == TERMINATED {
                return None;
            }
            let n_times = self.postings.term_freq();
            self.postings.advance();
            if !self.reader.is_deleted(entry) {
                return Some((Address(DocAddress::new(self.segment, entry)), n_times));
            }
        }
    }
}

impl std::fmt::Debug for Occurrences<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Occurrences").field("segment", &self.segment).finish_non_exhaustive()
    }
}

/// The numbers of some passages, to be looked up quickly.
pub struct PassageNumbers {
    /// By segment and entry; [`u32::MAX`] for none.
    by_segment: Vec<Vec<u32>>,
}

impl PassageNumbers {
    /// Returns the number of a passage; none where it is not one of them.
    pub fn get(&self, address: Address) -> Option<u32> {
        let entries = self.by_segment.get(address.0.segment_ord as usize)?;
        entries.get(address.0.doc_id as usize).copied().filter(|&number| number != u32::MAX)
    }
}

impl std::fmt::Debug for PassageNumbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassageNumbers").finish_non_exhaustive()
    }
}

impl Reader {
    /// Numbers passages by their place in a list, from 0; takes 4 bytes for each entry of the index.
    pub fn number_passages(&self, passages: &[Address]) -> PassageNumbers {
        let readers = self.searcher().segment_readers().iter();
        let mut by_segment: Vec<Vec<u32>> =
            readers.map(|reader| vec![u32::MAX; reader.max_doc() as usize]).collect();
        for (number, Address(DocAddress { segment_ord, doc_id })) in (0..).zip(passages) {
            let entries = by_segment.get_mut(*segment_ord as usize);
            if let Some(place) = entries.and_then(|entries| entries.get_mut(*doc_id as usize)) {
                *place = number;
            }
        }
        PassageNumbers { by_segment }
    }

    /// Visits all words of the texts with where each occurs, segment by segment: a word that several
    /// segments have comes several times.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn for_each_word(
        &self,
        form: ListedForm,
        mut visit: impl FnMut(&str, Occurrences<'_>),
    ) -> Result<(), IndexError> {
        let field = self.field_of_form(form);
        for (segment, reader) in self.searcher().segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(field)?;
            let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
                visit(word, occurrences(segment as u32, reader, &inverted, terms.value())?);
            }
        }
        Ok(())
    }

    /// Visits where a word occurs, segment by segment.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn for_each_occurrence(
        &self,
        form: ListedForm,
        word: &str,
        mut visit: impl FnMut(Address, u32),
    ) -> Result<(), IndexError> {
        let term = Term::from_field_text(self.field_of_form(form), word);
        for (segment, reader) in self.searcher().segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(term.field())?;
            if let Some(info) =
                inverted.get_term_info(&term).map_err(tantivy::TantivyError::from)?
            {
                let found = occurrences(segment as u32, reader, &inverted, &info)?;
                found.for_each(|(address, n_times)| visit(address, n_times));
            }
        }
        Ok(())
    }

    const fn field_of_form(&self, form: ListedForm) -> Field {
        match form {
            ListedForm::Folded => self.fields.exact,
            ListedForm::Stem => self.fields.stem,
        }
    }
}

fn occurrences<'a>(
    segment: u32,
    reader: &'a SegmentReader,
    inverted: &Arc<InvertedIndexReader>,
    info: &TermInfo,
) -> Result<Occurrences<'a>, IndexError> {
    let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
    let postings = postings.map_err(tantivy::TantivyError::from)?;
    Ok(Occurrences { segment, reader, postings })
}
