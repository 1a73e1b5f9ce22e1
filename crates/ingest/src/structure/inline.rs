//! Labels in the middle of a line: turns of a transcript whose line ends were lost.

use super::label::{Certainty, Label, MAX_LABEL, Mark, is_honorific, label_of};
use super::turns::{looks_like_turn, may_end_turn, may_hold_labels};
use onrecord_model::{Block, Span};

/// The longest time of day that a transcript begins with, in bytes: `10:45 A.M. EST`.
const MAX_TIME: usize = 24;

/// Zones that stand between the time and the first label: they begin no label.
#[rustfmt::skip]
const ZONES: [&str; 14] = [
    "AKDT", "AKST", "CDT", "CEST", "CET", "CST", "EDT", "EST", "GMT", "HST", "MDT", "MST", "PDT",
    "PST",
];

/// What stands at a place inside a block where a turn may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inline {
    /// A label in capitals with a colon, sure by itself: `THE PRESIDENT: …`
    Label,
    /// `Q …`: a question where there are labels beside it.
    Question,
}

/// Cuts blocks where a sentence ends inside a line and a label in capitals follows that is sure
/// by itself; or a `Q`, where the block holds such a label or another block begins with a `Q`.
///
/// Nothing is cut between quotation marks: what stands there is told by the one who speaks.
pub(super) fn split_inside_lines(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let content = |block: &Block| text.get(block.span.range()).unwrap_or_default();
    let asks = blocks.iter().any(|block| {
        let content = content(block);
        // A look at bytes, since most blocks begin with no `Q`.
        let head = content.as_bytes().get(..content.len().min(MAX_LABEL)).unwrap_or_default();
        if memchr::memchr(b'Q', head).is_none() {
            return false;
        }
        let label = looks_like_turn(content);
        label.is_some_and(|label| label.certainty == Certainty::Known && label.name == "Q")
    });
    let mut split = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if !may_hold_labels(block.kind) {
            split.push(block);
            continue;
        }
        let found = labels_inside(content(&block));
        let asks = asks || found.iter().any(|(_, what)| *what == Inline::Label);
        let cuts = found.iter().filter(|(_, what)| asks || *what == Inline::Label);
        let start = block.span.start;
        for (at, _) in cuts {
            let at = start + *at as u32;
            let head = text.get(block.span.start as usize..at as usize).unwrap_or_default();
            let end = block.span.start + head.trim_end().len() as u32;
            split.push(Block { span: Span::new(block.span.start, end), ..block });
            block.span.start = at;
        }
        split.push(block);
    }
    split
}

/// Finds the places inside a block where what looks like a label follows the end of a sentence,
/// in bytes from its beginning.
fn labels_inside(content: &str) -> Vec<(usize, Inline)> {
    let mut found = Vec::new();
    let bytes = content.as_bytes();
    // Most paragraphs hold neither mark, and are let go after a look at their bytes.
    if memchr::memchr(b':', bytes).is_none() && memchr::memmem::find(bytes, b"Q ").is_none() {
        return found;
    }
    let mut quotes = Quotes::default();
    let mut label_end = looks_like_turn(content).map_or(0, |label| label.end);
    let mut word_end = 0;
    for word in content.split_inclusive([' ', '\u{a0}', '\n']) {
        let at = word_end;
        word_end += word.len();
        let begins = may_begin_label(word) && at >= label_end && !quotes.is_open();
        if begins
            && at > 0
            && let Some((before, rest)) = content.split_at_checked(at)
            && ends_turn(before)
            && let Some((label, what)) = inline_label(rest)
        {
            label_end = at + label.end;
            found.push((at, what));
            quotes = Quotes::default();
        }
        quotes.pass(word);
    }
    found
}

/// Tells whether a word may be the first of a label in capitals: most are not, and cost no more.
fn may_begin_label(word: &str) -> bool {
    let n_lower = || word.chars().filter(|c| c.is_lowercase()).take(4).count();
    // `McCABE` is a label too, as in `label.rs`.
    word.starts_with(char::is_uppercase) && n_lower() <= 3
}

/// Returns the label that words begin with, if it is sure without a line of its own.
fn inline_label(rest: &str) -> Option<(Label<'_>, Inline)> {
    let window = rest.get(..rest.floor_char_boundary(MAX_LABEL + 8))?;
    let is_question = window.starts_with("Q ");
    let is_possible = is_question || window.bytes().any(|byte| byte == b':');
    let label = is_possible.then(|| label_of(window)).flatten()?;
    if label.certainty != Certainty::Known {
        return None;
    }
    let follows = window.get(label.end..).unwrap_or_default().trim_start();
    if is_question {
        let asks = label.name == "Q" && follows.starts_with(char::is_uppercase);
        return asks.then_some((label, Inline::Question));
    }
    let first = label.name.split_whitespace().next().unwrap_or_default();
    let is_sure = label.mark == Mark::Colon && label.in_capitals() && !ZONES.contains(&first);
    is_sure.then_some((label, Inline::Label))
}

/// Tells whether a speaker may end here, a title such as `Mr.` or an initial apart.
fn ends_turn(before: &str) -> bool {
    let before = before.trim_end();
    if before.len() <= MAX_TIME && is_time_of_day(before) {
        return true;
    }
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let is_initial = last.ends_with('.') && last.chars().count() == 2;
    may_end_turn(before) && !before.ends_with([':', ';']) && !is_honorific(&last) && !is_initial
}

/// Tells whether words are the time at which a transcript begins: `2:15 P.M. EST`
fn is_time_of_day(words: &str) -> bool {
    let lower = words.to_lowercase();
    words.starts_with(|c: char| c.is_ascii_digit())
        && ["a.m.", "p.m."].iter().any(|half| lower.contains(half))
}

/// Which quotation marks are open.
#[derive(Default)]
struct Quotes {
    n_curly: u32,
    straight: bool,
}

impl Quotes {
    fn pass(&mut self, word: &str) {
        for c in word.chars() {
            match c {
                '“' | '«' | '„' => self.n_curly += 1,
                '”' | '»' => self.n_curly = self.n_curly.saturating_sub(1),
                '"' => self.straight = !self.straight,
                _ => {}
            }
        }
    }

    const fn is_open(&self) -> bool {
        self.straight || self.n_curly > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::BlockKind;

    fn cut(paragraphs: &[&str]) -> Vec<String> {
        let text = paragraphs.join("\n");
        let mut blocks = Vec::new();
        let mut at = 0;
        for paragraph in paragraphs {
            let end = at + paragraph.len() as u32;
            blocks.push(Block::new(Span::new(at, end), BlockKind::Paragraph));
            at = end + 1;
        }
        let split = split_inside_lines(&text, blocks);
        crate::structure::assert_blocks_hold(&text, &split);
        split.iter().map(|block| text.get(block.span.range()).unwrap().to_owned()).collect()
    }

    #[test]
    fn turns_in_one_line() {
        for (line, expected) in [
            (
                "I will ask Dr. Vale. DR. VALE: Thank you. (Applause.) THE MAYOR: Good. Let me -- SENATOR McCABE: No.",
                &[
                    "I will ask Dr. Vale.",
                    "DR. VALE: Thank you. (Applause.)",
                    "THE MAYOR: Good. Let me --",
                    "SENATOR McCABE: No.",
                ][..],
            ),
            (
                "2:15 P.M. EST THE MAYOR: Hello. Last question. Q Mr. Mayor, why? THE MAYOR: Well, so.",
                &[
                    "2:15 P.M. EST",
                    "THE MAYOR: Hello. Last question.",
                    "Q Mr. Mayor, why?",
                    "THE MAYOR: Well, so.",
                ],
            ),
            ("He called it “open.” MR. REED: No.", &["He called it “open.”", "MR. REED: No."]),
        ] {
            assert_eq!(cut(&[line]), expected);
        }
        assert_eq!(cut(&["Q Why?", "So it is. Q But why?"]), ["Q Why?", "So it is.", "Q But why?"]);
    }

    #[test]
    fn words_that_stay_together() {
        for line in [
            "He read it out: \"It was night. THE MAYOR: Who is there? MR. REED: It is I.\" So it was.",
            "It says: “Open it. THE MAYOR: No.” We laughed.",
            "They met. Q Branch is small.",
            "We thank MR. SPEAKER: he came.",
            "We spoke. FACT SHEET: What we do. PORTS: We build.",
            "I saw the note of THE PRESIDENT: it was short.",
            "Plans are here. Mr. Reed: a plan.",
            "THE MAYOR: Yes.",
        ] {
            assert_eq!(cut(&[line]), [line]);
        }
    }
}
