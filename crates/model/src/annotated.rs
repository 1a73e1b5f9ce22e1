use crate::{Document, Label, Passage};

/// A document with all that was derived from it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnotatedDocument {
    /// The document.
    pub document: Document,
    /// Its passages, by ordinal.
    pub passages: Vec<Passage>,
    /// Its labels, by passage, then in the order of the taxonomy.
    pub labels: Vec<Label>,
}
