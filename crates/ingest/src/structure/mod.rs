//! Canonical text to blocks.

mod blocks;
mod inline;
mod label;
mod label_words;
mod lines;
mod record;
mod turns;
mod wrap;

pub(crate) use blocks::{is_list_item, is_note, is_unlettered};
pub(crate) use lines::{Line, line_text, lines_of};
pub(crate) use turns::{Voices, turn_label};
pub(crate) use wrap::ends_sentence;

use crate::format::Page;
use crate::metadata::{Header, read_header};
use onrecord_model::{Block, BlockKind, Turn, TurnId};

/// A canonical text with its blocks, and what its header tells.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) header: Header,
    pub(crate) turns: Vec<Turn>,
    pub(crate) voices: Voices,
}

impl Layout {
    /// Puts all into one turn of nobody: several speak, and nothing tells whose words are whose.
    pub(crate) fn leave_voices_open(&mut self) {
        self.blocks.iter_mut().for_each(|block| block.turn = Some(TurnId(0)));
        self.turns = vec![Turn::default()];
    }
}

/// Finds the layout of a plain text in its lines.
pub(crate) fn lay_out(text: String) -> Layout {
    let lines = lines_of(&text);
    let header = read_header(&text, &lines);
    let mut blocks = blocks::blocks_of(&text, &lines, &header.roles);
    blocks::mark_notes(&text, &mut blocks);
    let mut blocks = inline::split_inside_lines(&text, blocks);
    let (turns, voices) = turns::mark_turns(&text, &mut blocks);
    Layout { text, blocks, header, turns, voices }
}

/// Finds the blocks of a plain text that has no header, such as a part of a text.
pub(crate) fn blocks_in(text: &str) -> Vec<Block> {
    blocks::blocks_of(text, &lines_of(text), &[])
}

/// Completes a layout whose blocks are known from markup: notes, turns, and what header lines
/// tell. A first heading that nothing contradicts is the title.
///
/// Where markup tells turns, or is of a kind that would, none are looked for in the words.
pub(crate) fn complete(page: Page) -> Layout {
    let Page { text, mut blocks, turns, are_turns_told } = page;
    blocks::mark_notes(&text, &mut blocks);
    let lines = lines_of(&text);
    let mut header = read_header(&text, &lines);
    header.roles.clear();
    let heading = blocks.first().filter(|block| matches!(block.kind, BlockKind::Heading(1)));
    if let Some(heading) = heading {
        header.title = text.get(heading.span.range()).map(str::to_owned);
        header.subtitle = None;
    }
    let (turns, voices) = if turns.is_empty() && !are_turns_told {
        blocks = turns::split_at_labels(&text, blocks);
        blocks = inline::split_inside_lines(&text, blocks);
        turns::mark_turns(&text, &mut blocks)
    } else {
        let turns = turns::with_labels(&text, &blocks, turns);
        let voices = Voices::of(&turns);
        (turns, voices)
    };
    Layout { text, blocks, header, turns, voices }
}

#[cfg(test)]
pub(crate) fn assert_blocks_hold(text: &str, blocks: &[Block]) {
    let mut end = 0;
    for block in blocks {
        let range = block.span.range();
        assert!(range.start >= end && range.start < range.end, "out of order in {text:?}");
        assert!(text.get(end..range.start).unwrap().trim().is_empty(), "not covered in {text:?}");
        let content = text.get(range.clone()).unwrap();
        assert_eq!(content.trim(), content, "not trimmed in {text:?}");
        end = range.end;
    }
    assert!(text.get(end..).unwrap().trim().is_empty(), "end not covered in {text:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::canonicalize;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_cover_every_visible_character(source in "\\PC{0,200}") {
            let layout = lay_out(canonicalize(&source).text);
            assert_blocks_hold(&layout.text, &layout.blocks);
        }

        #[test]
        fn blocks_cover_texts_like_ours(lines in prop::collection::vec(prop::sample::select(&[
            "", " ", "Remarks by the Mayor", "May 3, 2012", "THE MAYOR: Hello, all of you here.",
            "(Applause.)", "- item", "1. first", "12", "2009", "* * *", "Q Why?", "END",
            "and so it went on to the very end of the long line", "Title Case Line",
            "It ends here.", "\u{a0}x", "\u{3000}", "\u{200b}", "For Immediate Release",
            "Mr. KING of New York. Mr. Speaker, no.", "The White House", "•", "_____",
            "**MR. REED (by phone):** Yes.", "[00:01] Vale: No.", "Ada Vale (0:12)", "Ada Vale: No.",
            "Émile Ötvös: Oui.", "It is so. THE MAYOR: No. Q Why? Q But \u{a0} Q Yes.", "Mrs. ANA VALE of New", "York. I rise.", "Mr. KING rose.",
        ][..]), 0..40)) {
            let layout = lay_out(canonicalize(&lines.join("\n")).text);
            assert_blocks_hold(&layout.text, &layout.blocks);
            let turns: Vec<_> = layout.blocks.iter().map(|block| block.turn).collect();
            prop_assert!(turns.is_sorted());
            for (number, turn) in layout.turns.iter().enumerate() {
                let id = Some(onrecord_model::TurnId(number as u32));
                let first = layout.blocks.iter().find(|block| block.turn == id);
                let Some(label) = turn.label else { continue };
                let first = first.expect("a turn with a label has a block");
                prop_assert!(first.span.contains(label) && first.span.start == label.start);
                let written = layout.text.get(label.range()).expect("labels lie on characters");
                prop_assert!(written.contains(turn.named_as.as_deref().unwrap_or_default()));
            }
        }
    }
}
