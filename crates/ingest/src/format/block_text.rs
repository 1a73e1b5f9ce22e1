//! Text put together of blocks, for formats whose markup says what a block is.

use onrecord_model::{Block, BlockKind, Span, Turn, TurnId};
use onrecord_text::{OffsetMap, canonicalize};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A canonical text with the blocks and turns that its markup tells.
///
/// Header, notes and the turns that stand in the words are yet to be found, by
/// [`complete`](crate::structure::complete).
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) turns: Vec<Turn>,
    /// Whether the markup names whoever speaks, so that where it has no turn there is none.
    pub(crate) are_turns_told: bool,
}

/// The longest label, with what stands before it in its block, in bytes.
const MAX_LABEL: usize = 1024;

/// The longest number of a list item, in bytes.
const MAX_NUMBER: usize = 16;

/// A text being put together of blocks, with a blank line between any two.
#[derive(Default)]
pub(crate) struct BlockText {
    written: Page,
    current: String,
    /// Where the current block names the one who speaks, in bytes of `current`.
    label: Option<Range<usize>>,
    kind: Option<BlockKind>,
    turn: Option<TurnId>,
    page: Option<u32>,
    made_of: Option<MadeOf>,
}

/// What the text and the current block were made of.
#[derive(Default)]
struct MadeOf {
    written: OffsetMap,
    current: OffsetMap,
}

impl BlockText {
    /// Makes one that notes what its text is made of, see [`finish_traced`](Self::finish_traced).
    pub(crate) fn traced() -> Self {
        Self { made_of: Some(MadeOf::default()), ..Self::default() }
    }

    /// Begins a block; the one before it ends.
    pub(crate) fn open(&mut self, kind: BlockKind) {
        self.close();
        self.kind = Some(kind);
    }

    /// Begins a turn of the one whom the markup names, if it does; the block before it ends.
    pub(crate) fn begin_turn(&mut self, named_as: Option<&str>) {
        self.close();
        self.turn = Some(TurnId(self.written.turns.len() as u32));
        let named_as = named_as.map(Into::into);
        self.written.turns.push(Turn { named_as, ..Turn::default() });
    }

    /// Ends the turn: the blocks that follow are in none.
    pub(crate) fn end_turn(&mut self) {
        self.close();
        self.turn = None;
    }

    /// Says that the markup names whoever speaks: none are to be looked for in the words.
    pub(crate) fn tell_turns(&mut self) {
        self.written.are_turns_told = true;
    }

    /// Begins a page, counted from 1: the blocks that begin from now on begin on it.
    pub(crate) fn begin_page(&mut self, page: u32) {
        self.page = Some(page);
    }

    /// Adds to the block; begins a paragraph where there is none.
    pub(crate) fn push(&mut self, text: &str) {
        self.push_as(text, BlockKind::Paragraph);
    }

    /// Adds to the block; begins one of the given kind where there is none.
    pub(crate) fn push_as(&mut self, text: &str, kind: BlockKind) {
        if let Some(made_of) = &mut self.made_of {
            made_of.current.push(text.len(), 0);
        }
        self.append(text, kind);
    }

    /// Adds what was made of a stretch of the source, as [`push`](Self::push) does: of the part of
    /// it that says the same, where there is one.
    pub(crate) fn push_from(&mut self, text: &str, source: &str, range: Range<usize>) {
        if let Some(made_of) = &mut self.made_of {
            let written = source.get(range.clone()).unwrap_or_default();
            match written.find(text).map(|at| range.start + at) {
                Some(start) => {
                    made_of.current.push_copy_of(Span::from_range(start..start + text.len()));
                }
                None => made_of.current.push_made_of(text.len(), Span::from_range(range)),
            }
        }
        self.append(text, BlockKind::Paragraph);
    }

    fn append(&mut self, text: &str, kind: BlockKind) {
        self.kind.get_or_insert(kind);
        self.current.push_str(text);
    }

    /// Adds the words that name the one who speaks: the label of the turn, if they stand at the
    /// beginning of its first block, before any letter.
    pub(crate) fn push_label(&mut self, text: &str) {
        if self.current.len() > MAX_LABEL {
            return self.push(text);
        }
        let blocks = &self.written.blocks;
        let is_first = self.turn.is_some() && blocks.last().is_none_or(|b| b.turn != self.turn);
        let start = self.current.len();
        let is_beginning = !self.current.contains(char::is_alphabetic) || self.is_label_only();
        self.push(text);
        if is_first && is_beginning {
            let start = self.label.as_ref().map_or(start, |label| label.start);
            self.label = Some(start..self.current.len());
        }
    }

    /// Tells whether the current block holds the label of a turn and nothing behind it.
    pub(crate) fn is_label_only(&self) -> bool {
        let behind = self.label.as_ref().and_then(|label| self.current.get(label.end..));
        behind.is_some_and(|behind| behind.trim().is_empty())
    }

    /// Ends a line inside the block.
    pub(crate) fn line_end(&mut self) {
        let length = self.current.trim_end_matches([' ', '\t']).len();
        self.current.truncate(length);
        if let Some(made_of) = &mut self.made_of {
            made_of.current.truncate(length);
        }
        if !self.current.is_empty() {
            self.push("\n");
        }
    }

    /// Ends the block; one without a visible character is none.
    pub(crate) fn close(&mut self) {
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        let source = std::mem::take(&mut self.current);
        let of_source = self.made_of.as_mut().map(|made_of| std::mem::take(&mut made_of.current));
        let label = self.label.take().and_then(|label| source.get(label));
        let label = label.map(|label| canonicalize(label.trim()).text);
        let trimmed = source.trim();
        let canonical = canonicalize(trimmed);
        let content = canonical.text.trim();
        if content.is_empty() {
            return;
        }
        let Page { text, blocks, turns, .. } = &mut self.written;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(content);
        let span = Span::from_range(start..text.len());
        let block = Block { span, kind, turn: self.turn, page: self.page };
        if let Some(label) = label.filter(|label| !label.is_empty())
            && let Some(at) = content.find(&label)
            && let Some(turn) = block.turn.and_then(|turn| turns.get_mut(turn.0 as usize))
        {
            turn.label = Some(Span::from_range(start + at..start + at + label.len()));
        }
        blocks.push(block);
        if let (Some(made_of), Some(of_source)) = (&mut self.made_of, of_source) {
            let place = |part: &str, whole: &str| {
                let n_before = whole.len() - whole.trim_start().len();
                Span::from_range(n_before..n_before + part.len())
            };
            let mut of_trimmed = OffsetMap::default();
            of_trimmed.push_part(&of_source, place(trimmed, &source));
            let of_canonical = canonical.offsets.through(&of_trimmed);
            made_of.written.push(if start > 0 { 2 } else { 0 }, 0);
            made_of.written.push_part(&of_canonical, place(content, &canonical.text));
        }
    }

    /// Tells whether the current block holds nothing yet.
    pub(crate) fn is_empty_block(&self) -> bool {
        self.current.is_empty()
    }

    /// Tells whether a list item was just begun, so that a paragraph in it is the item itself.
    pub(crate) fn is_fresh_item(&self) -> bool {
        self.kind == Some(BlockKind::ListItem)
            && self.current.len() <= MAX_NUMBER
            && self.current.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' '))
    }

    /// Tells whether the current block, if any, ends in white space or is empty.
    pub(crate) fn ends_blank(&self) -> bool {
        self.current.is_empty() || self.current.ends_with(char::is_whitespace)
    }

    /// Returns the whole.
    pub(crate) fn finish(mut self) -> Page {
        self.close();
        self.written
    }

    /// Returns the whole, and where its text leads in the source of what was
    /// [`pushed from`](Self::push_from) it; what was pushed otherwise leads nowhere.
    pub(crate) fn finish_traced(mut self) -> (Page, OffsetMap) {
        self.close();
        let offsets = self.made_of.map(|made_of| made_of.written).unwrap_or_default();
        (self.written, offsets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_in_the_canonical_text() {
        let mut page = BlockText::default();
        page.begin_turn(Some("Ada Vale"));
        page.push("* ");
        page.push_label(" Ada ");
        page.push_label("Va\u{308}le: ");
        assert!(page.is_label_only());
        page.push("Yes, Ada Vale.");
        page.open(BlockKind::Paragraph);
        page.push_label("Not here");
        page.end_turn();
        page.push_label("Nor here");
        page.begin_turn(None);
        page.push("Words ");
        page.push_label("first");
        let page = page.finish();
        let labels: Vec<_> = page
            .turns
            .iter()
            .map(|turn| turn.label.and_then(|label| page.text.get(label.range())))
            .collect();
        assert_eq!(labels, [Some("Ada V\u{e4}le:"), None]);
    }
}
