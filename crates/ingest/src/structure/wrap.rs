//! Whether the line ends of a text end paragraphs, or only lines.

use super::blocks::{is_list_item, is_unlettered};
use super::turns::{Beginning, beginning_of};
use super::{Line, line_text};

/// The layout of lines in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrap {
    /// The usual length of a full line, in bytes.
    pub(crate) width: u32,
}

/// Lines of a wrapped text are seldom longer, in bytes.
const MAX_WIDTH: u32 = 140;

/// Decides whether a text is wrapped: most lines that another follows at once break off in the
/// middle of a sentence for want of room, and hardly a line is long.
pub(crate) fn wrap_of(text: &str, lines: &[Line]) -> Option<Wrap> {
    let mut lengths: Vec<u32> = lines.iter().map(|line| line.span.len()).collect();
    lengths.sort_unstable();
    let share = |percent: usize| lengths.get(lengths.len() * percent / 100).copied().unwrap_or(0);
    if share(97) > MAX_WIDTH {
        return None;
    }
    let wrap = Wrap { width: share(75) };
    let (mut n_pairs, mut n_open) = (0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let (content, following) = (line_text(text, line), line_text(text, next));
        if next.blank_before || is_list_item(following) || is_unlettered(content) {
            continue;
        }
        n_pairs += 1;
        // A line much shorter than the next one is rather a heading than a line broken off.
        let is_full = following.len() < content.len() * 2 && !wrap.had_room(content, following);
        // Nor does a speaker's label go on with a sentence.
        let is_open = is_full && !ends_sentence(content);
        n_open += usize::from(is_open && beginning_of(following) != Beginning::Label);
    }
    (n_pairs >= 2 && n_open * 5 >= n_pairs * 2).then_some(wrap)
}

impl Wrap {
    /// Tells whether a paragraph ends with this line: a sentence does, well before the margin.
    pub(crate) fn ends_paragraph(self, line: &str) -> bool {
        ends_sentence(line) && self.is_short(line.len())
    }

    /// Tells whether a line was ended on purpose: it had room for the first word of the next one.
    pub(crate) fn had_room(self, line: &str, next: &str) -> bool {
        let word = next.split_whitespace().next().unwrap_or_default();
        self.is_short(line.len() + 1 + word.len())
    }

    /// Tells whether a length in bytes is well before the margin.
    fn is_short(self, length: usize) -> bool {
        length * 10 < self.width as usize * 8
    }
}

/// Tells whether a line ends as sentences do, closing marks after the stop included.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let closed = line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '*', '_']);
    closed.ends_with(['.', '?', '!', ':', ';', '…', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::lines_of;

    #[test]
    fn lines_ended_on_purpose_had_room() {
        let wrap = Wrap { width: 40 };
        assert!(wrap.had_room("Ports of the coast", "Mr. Moss: To ask the Secretary"));
        assert!(!wrap.had_room("of the coast, as was said before by", "Mr. Moss: To ask"));
        assert!(!wrap.had_room("Ports of the coast", "Misunderstandings are many"));
        assert!(!Wrap { width: 0 }.had_room("", ""));
    }

    #[test]
    fn texts_are_told_apart() {
        let wrapped = "We gather here to open\nthe harbour, and to thank\nall who worked on it.\nNow it is time to use it\nwell and for the good of\nall of us.";
        let lines = lines_of(wrapped);
        let wrap = wrap_of(wrapped, &lines).unwrap();
        let ends: Vec<bool> =
            lines.iter().map(|line| wrap.ends_paragraph(line_text(wrapped, line))).collect();
        assert_eq!(ends, [false, false, false, false, false, true]);
        let paragraphs =
            "We open the harbour.\nWe thank all who worked on it.\nNow it is time.\nUse it!";
        assert_eq!(wrap_of(paragraphs, &lines_of(paragraphs)), None);
        let list = "We will:\n- build ports\n- build roads\n- build schools";
        assert_eq!(wrap_of(list, &lines_of(list)), None);
        let talk = "Ports\nMr. Moss: Good morning\nMr. Reed: And to you\nMr. Moss: Let us begin";
        assert_eq!(wrap_of(talk, &lines_of(talk)), None);
        let notes = "Harbours of the northern coast\nAda Vale\nMayor\nRoads of the southern hills\nBen Moss\nEngineer\nRetired";
        assert_eq!(wrap_of(notes, &lines_of(notes)), None);
        let long = format!("{}\n{}\nend", "word ".repeat(100), "word ".repeat(100));
        assert_eq!(wrap_of(&long, &lines_of(&long)), None);
    }
}
