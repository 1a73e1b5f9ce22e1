use crate::condition::DocumentField;
use crate::error::IndexError;
use crate::reader::Reader;
use onrecord_text::WordPattern;
use std::collections::BTreeSet;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordField {
    /// In the text of passages.
    Text,
    /// In the names of speakers.
    Speaker,
    /// In the names of those who are quoted.
    Quoted,
    /// In what is known of documents.
    Document(DocumentField),
}

/// The words of an index that a pattern stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expansion {
    /// The words, folded.
    pub words: BTreeSet<Box<str>>,
    /// How many entries hold them, those counted again that hold several; also deleted ones.
    pub n_holding: u64,
    /// Whether there are more words than were asked for.
    pub is_cut: bool,
}

impl Reader {
    /// Lists the words that a pattern stands for, `most` of them at most.
    ///
    /// Takes time by the number of words with the pattern's prefix.
    ///
    /// # Errors
    /// When a dictionary of the index cannot be read.
    pub fn expand(
        &self,
        field: WordField,
        pattern: &WordPattern,
        most: usize,
    ) -> Result<Expansion, IndexError> {
        let mut expansion = Expansion::default();
        let prefix = pattern.prefix().as_bytes();
        for reader in self.searcher().segment_readers() {
            let inverted = reader.inverted_index(self.field_of(field))?;
            let range = inverted.terms().range().ge(prefix);
            let mut terms = range.into_stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                if !terms.key().starts_with(prefix) {
                    break;
                }
                let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
                if !pattern.matches(word) || !is_alive(reader, &inverted, terms.value())? {
                    continue;
                }
                if expansion.words.len() == most && !expansion.words.contains(word) {
                    expansion.is_cut = true;
                    return Ok(expansion);
                }
                expansion.n_holding += u64::from(terms.value().doc_freq);
                if !expansion.words.contains(word) {
                    expansion.words.insert(word.into());
                }
            }
        }
        Ok(expansion)
    }

    pub(crate) fn field_of(&self, field: WordField) -> Field {
        match field {
            WordField::Text => self.fields.exact,
            WordField::Speaker => self.fields.speaker,
            WordField::Quoted => self.fields.quoted,
            WordField::Document(field) => self.fields.of_document(field),
        }
    }
}

/// Tells whether any entry that holds a word is still there: those of documents that were replaced
/// stay in the dictionary until segments are merged.
fn is_alive(
    reader: &SegmentReader,
    inverted: &InvertedIndexReader,
    word: &TermInfo,
) -> Result<bool, IndexError> {
    if !reader.has_deletes() {
        return Ok(true);
    }
    let postings = inverted.read_postings_from_terminfo(word, IndexRecordOption::Basic);
    let mut postings = postings.map_err(tantivy::TantivyError::from)?;
    while postings.doc() != TERMINATED {
        if !reader.is_deleted(postings.doc()) {
            return Ok(true);
        }
        postings.advance();
    }
    Ok(false)
}
