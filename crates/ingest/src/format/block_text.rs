//! Text put together of blocks, for formats whose markup says what a block is.

use crate::structure::{Layout, complete};
use onrecord_model::{Block, BlockKind, Span};
use onrecord_text::canonicalize;

/// A text being put together of blocks, with a blank line between any two.
#[derive(Default)]
pub(crate) struct BlockText {
    text: String,
    blocks: Vec<Block>,
    current: String,
    kind: Option<BlockKind>,
}

impl BlockText {
    /// Begins a block; the one before it ends.
    pub(crate) fn open(&mut self, kind: BlockKind) {
        self.close();
        self.kind = Some(kind);
    }

    /// Adds to the block; begins a paragraph where there is none.
    pub(crate) fn push(&mut self, text: &str) {
        self.push_as(text, BlockKind::Paragraph);
    }

    /// Adds to the block; begins one of the given kind where there is none.
    pub(crate) fn push_as(&mut self, text: &str, kind: BlockKind) {
        self.kind.get_or_insert(kind);
        self.current.push_str(text);
    }

    /// Ends a line inside the block.
    pub(crate) fn line_end(&mut self) {
        let length = self.current.trim_end_matches([' ', '\t']).len();
        self.current.truncate(length);
        if !self.current.is_empty() {
            self.current.push('\n');
        }
    }

    /// Ends the block; one without a visible character is none.
    pub(crate) fn close(&mut self) {
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        let canonical = canonicalize(self.current.trim()).text;
        self.current.clear();
        let content = canonical.trim();
        if content.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(content);
        self.blocks.push(Block::new(Span::from_range(start..self.text.len()), kind));
    }

    /// Tells whether the current block holds nothing yet.
    pub(crate) fn is_empty_block(&self) -> bool {
        self.current.is_empty()
    }

    /// Tells whether a list item was just begun, so that a paragraph in it is the item itself.
    pub(crate) fn is_fresh_item(&self) -> bool {
        self.kind == Some(BlockKind::ListItem)
            && self.current.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' '))
    }

    /// Tells whether the current block, if any, ends in white space or is empty.
    pub(crate) fn ends_blank(&self) -> bool {
        self.current.is_empty() || self.current.ends_with(char::is_whitespace)
    }

    /// Returns the whole with notes, turns and header found.
    pub(crate) fn finish(mut self) -> Layout {
        self.close();
        complete(self.text, self.blocks)
    }
}
