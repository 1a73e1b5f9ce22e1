use crate::{Block, DocumentId, Metadata, Span, Turn};

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
    turns: Vec<Turn>,
}

impl Document {
    /// Makes a document of canonical text, without turns; `blocks` are as [`Block`] demands.
    pub fn new(id: DocumentId, metadata: Metadata, text: Box<str>, blocks: Vec<Block>) -> Self {
        Self { id, metadata, text, blocks, turns: Vec::new() }
    }

    /// Gives the document its turns, in order, to which its blocks point.
    #[must_use]
    pub fn with_turns(self, turns: Vec<Turn>) -> Self {
        Self { turns, ..self }
    }

    /// Returns the whole canonical text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the blocks of the layout, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns the speaker turns, in order; empty for a text of one voice.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Returns the turn that a block belongs to, if any.
    pub fn turn_of(&self, block: &Block) -> Option<&Turn> {
        self.turns.get(block.turn?.0 as usize)
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
