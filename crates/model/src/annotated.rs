use crate::{Document, Label, Passage, Quote};

/// A document with all that was derived from it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnotatedDocument {
    /// The document.
    pub document: Document,
    /// Its passages, by ordinal.
    pub passages: Vec<Passage>,
    /// Its quotations, by ordinal.
    pub quotes: Vec<Quote>,
    /// Its labels, by passage, then in the order of the taxonomy.
    pub labels: Vec<Label>,
}
