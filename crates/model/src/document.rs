use crate::{Block, DocumentId, Metadata, Span};

/// One text with what is known about it.
///
/// The text is canonical (UTF-8, NFC, `\n` line ends, no blanks at its end) and never changes
/// once the document is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The document's name for life.
    pub id: DocumentId,
    /// What is known about it.
    pub metadata: Metadata,
    text: Box<str>,
    blocks: Vec<Block>,
}

impl Document {
    /// Makes a document of canonical text; `blocks` are as [`Block`] demands.
    pub fn new(id: DocumentId, metadata: Metadata, text: Box<str>, blocks: Vec<Block>) -> Self {
        Self { id, metadata, text, blocks }
    }

    /// Returns the whole canonical text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the blocks of the layout, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Cuts the text: the one method that does.
    ///
    /// # Panics
    /// When the span was made for another text.
    #[expect(clippy::string_slice, reason = "spans lie on character boundaries")]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}
