use crate::{BlockKind, Span, Speaker};

/// A stretch of text small enough to quote and label: a paragraph, a list item, a heading, or a
/// part of a long paragraph.
///
/// The passages of a document are in order, disjoint, start and end on visible characters, and
/// together hold every visible character of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Place among the document's passages, counted from 0.
    pub ordinal: u32,
    /// Where it stands in the document's text.
    pub span: Span,
    /// What the block that it comes from is.
    pub kind: BlockKind,
    /// The headings above it, outermost first.
    pub heading_path: Vec<Span>,
    /// The paragraph that introduces the list, for a list item.
    pub lead_in: Option<Span>,
    /// Its sentences, in order, without the blanks between them.
    pub sentences: Vec<Span>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<Speaker>,
    /// Whether its paragraph goes on in the next passage.
    pub continues: bool,
    /// The page that its block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
}
