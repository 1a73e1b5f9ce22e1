//! Lines to blocks.

use super::turns::{Beginning, beginning_of, may_end_turn};
use super::wrap::{Wrap, ends_sentence, wrap_of};
use super::{Line, line_text};
use crate::metadata::{
    LineRole, has_person, is_all_capitals, is_title_case, strip_prefix_ignore_case,
};
use onrecord_model::{Block, BlockKind, Span};

/// The longest stage direction that stands on a line of its own, in bytes.
const MAX_NOTE: usize = 80;

/// The longest heading, in bytes.
const MAX_HEADING: usize = 90;

/// The most bytes by which the first line of a paragraph is set in.
const MAX_INDENT: u32 = 8;

/// Finds the blocks of a plain text; `roles` says what its first lines are.
pub(crate) fn blocks_of(text: &str, lines: &[Line], roles: &[LineRole]) -> Vec<Block> {
    let (head, body) = lines.split_at(roles.len().min(lines.len()));
    let wrap = wrap_of(text, body);
    let mut has_turns = false;
    let mut open = Open { blocks: Vec::with_capacity(lines.len()), current: None };
    for (line, role) in head.iter().zip(roles) {
        open.header_line(line, *role);
    }
    open.close();
    for (at, line) in body.iter().enumerate() {
        let content = line_text(text, line);
        let previous =
            at.checked_sub(1).and_then(|at| body.get(at)).map(|line| line_text(text, line));
        let breaks = line.blank_before
            || is_indented(at, body)
            || match (wrap, previous) {
                (Some(wrap), Some(previous)) => wrap.ends_paragraph(previous),
                _ => true,
            };
        let inside_sentence = !breaks && previous.is_some_and(|previous| !ends_sentence(previous));
        let next = body.get(at + 1).map(|next| (next, line_text(text, next)));
        if is_note(content)
            || (is_unlettered(content) && !(inside_sentence && is_number_of_text(content)))
        {
            open.single(line, BlockKind::Note);
        } else if is_list_item(content) {
            open.start(line, BlockKind::ListItem);
        } else if is_listed(line, previous) && beginning_of(content) == Beginning::Label {
            open.extend(line);
        } else if begins_turn(text, body, at, inside_sentence, wrap) {
            has_turns |= beginning_of(content) == Beginning::Label;
            open.start(line, BlockKind::Paragraph);
        } else if breaks && !has_turns && is_heading(content, line, next, wrap.is_some()) {
            open.single(line, BlockKind::Heading(2));
        } else if breaks {
            open.start(line, BlockKind::Paragraph);
        } else {
            open.extend(line);
        }
    }
    open.close();
    open.blocks
}

/// Tells whether a line is set in a little more than the one before it, as first lines of
/// paragraphs are.
fn is_indented(at: usize, lines: &[Line]) -> bool {
    let pair = at.checked_sub(1).and_then(|before| lines.get(before)).zip(lines.get(at));
    pair.is_some_and(|(before, line)| {
        (2..=MAX_INDENT).contains(&line.indent.saturating_sub(before.indent))
    })
}

/// Tells whether a line goes on behind a comma: a name there is one that is spoken of.
fn is_listed(line: &Line, previous: Option<&str>) -> bool {
    !line.blank_before && previous.is_some_and(|previous| previous.ends_with(','))
}

/// Tells whether a line begins a turn, or may, so that it begins a paragraph.
///
/// Behind a line that was broken off, it does not; nor in doubt behind one that ends no sentence.
fn begins_turn(
    text: &str,
    lines: &[Line],
    at: usize,
    inside_sentence: bool,
    wrap: Option<Wrap>,
) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let next = lines.get(at + 1).filter(|next| !next.blank_before);
    let end = next.unwrap_or(line).span.end;
    let window = text.get(line.span.start as usize..end as usize).unwrap_or_default();
    let previous = at.checked_sub(1).and_then(|before| lines.get(before));
    let is_ended = |previous: &str| {
        may_end_turn(previous) || wrap.is_some_and(|wrap| wrap.had_room(previous, window))
    };
    match beginning_of(window) {
        Beginning::Label => {
            !inside_sentence || previous.is_some_and(|line| is_ended(line_text(text, line)))
        }
        Beginning::MayBeLabel => !inside_sentence,
        Beginning::Words => false,
    }
}

/// Blocks so far, and the one that may go on.
struct Open {
    blocks: Vec<Block>,
    current: Option<(Span, BlockKind)>,
}

impl Open {
    fn close(&mut self) {
        if let Some((span, kind)) = self.current.take() {
            self.blocks.push(Block::new(span, kind));
        }
    }

    fn start(&mut self, line: &Line, kind: BlockKind) {
        self.close();
        self.current = Some((line.span, kind));
    }

    fn single(&mut self, line: &Line, kind: BlockKind) {
        self.close();
        self.blocks.push(Block::new(line.span, kind));
    }

    fn extend(&mut self, line: &Line) {
        match &mut self.current {
            Some((span, _)) => span.end = line.span.end,
            None => self.current = Some((line.span, BlockKind::Paragraph)),
        }
    }

    fn header_line(&mut self, line: &Line, role: LineRole) {
        match (role, &self.current) {
            (LineRole::Title, Some((_, BlockKind::Heading(_)))) if !line.blank_before => {
                self.extend(line)
            }
            (LineRole::Title, _) => self.start(line, BlockKind::Heading(1)),
            (LineRole::Header, _) => self.single(line, BlockKind::Header),
        }
    }
}

/// Tells whether a line is only a stage direction, such as `(Applause.)`, or closes the text.
pub(crate) fn is_note(line: &str) -> bool {
    if is_end_line(line) || holds_only_notes(line) {
        return true;
    }
    let inner = match line.as_bytes() {
        [b'(', .., b')'] | [b'[', .., b']'] | [b'(', .., b')', b'.'] => line.get(1..),
        _ => None,
    };
    let Some(inner) = inner.map(|inner| inner.trim_end_matches([')', ']', '.'])) else {
        return false;
    };
    let is_told = RECORD_REMARKS.iter().any(|remark| inner.contains(remark));
    inner.len() > 1
        && (line.len() <= MAX_NOTE || is_told && line.len() <= MAX_REMARK)
        && !inner.contains(['(', '[', ')', ']'])
        && inner.starts_with(char::is_alphabetic)
        && !is_said(inner)
}

/// The longest remark of a record on what a speaker asked for, in bytes.
const MAX_REMARK: usize = 400;

/// What such remarks hold: `(Mr. REED asked and was given permission to address the House.)`
const RECORD_REMARKS: [&str; 3] =
    ["asked and was given", "at the request of", "was given permission"];

/// Tells whether brackets hold words of one who speaks: `(and I mean this)`.
fn is_said(inner: &str) -> bool {
    inner.split(|c: char| !c.is_alphabetic()).any(|word| {
        matches!(
            word,
            "I" | "we" | "We" | "you" | "You" | "our" | "Our" | "your" | "Your" | "my" | "My"
        )
    })
}

/// Tells whether a line is made up of stage directions, brackets around them included.
fn holds_only_notes(line: &str) -> bool {
    let is_open = |c: char| matches!(c, '(' | '[');
    if !line.trim_start_matches('-').starts_with(is_open) {
        return false;
    }
    let mut at = 0;
    let parts = |from: usize, to: usize| {
        let between = line.get(from..to).unwrap_or_default();
        between.chars().all(|c| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '.' | '-'))
    };
    let mut n_notes = 0;
    for note in onrecord_text::inline_notes(line) {
        if !parts(at, note.start as usize) {
            return false;
        }
        at = note.end as usize;
        n_notes += 1;
    }
    n_notes > 0 && parts(at, line.len())
}

/// Marks as notes the paragraphs that are only a bracketed remark, over several lines perhaps.
pub(super) fn mark_notes(text: &str, blocks: &mut [Block]) {
    for block in blocks {
        let content = text.get(block.span.range()).unwrap_or_default();
        if block.kind == BlockKind::Paragraph && is_note(content) {
            block.kind = BlockKind::Note;
        }
    }
}

/// Tells whether a line says that the text is over: `END 2:10 P.M. EST`, `-30-`.
fn is_end_line(line: &str) -> bool {
    let rest = line.trim_matches(['-', '#', '*', ' ']);
    let Some(after) = rest.strip_prefix("END") else { return false };
    after.is_empty()
        || after.trim_start().starts_with(|c: char| c.is_ascii_digit()) && line.len() <= 40
}

/// Tells whether a line holds no letter: a page number, a rule.
pub(crate) fn is_unlettered(line: &str) -> bool {
    line.len() <= MAX_NOTE && !line.chars().any(char::is_alphabetic)
}

/// Tells whether a line without letters may be part of a sentence: more than a bare page number.
fn is_number_of_text(line: &str) -> bool {
    let is_bare = line.bytes().all(|b| b.is_ascii_digit());
    let is_year = line.len() == 4 && line.starts_with(['1', '2']);
    line.contains(|c: char| c.is_ascii_digit()) && (!is_bare || is_year)
}

/// Tells whether a line begins an item of a list: a bullet, or a number with a stop or bracket.
pub(crate) fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '‣' | '▪' | '◦' | '●' | '■' | '–' | '-' | '*' | '·' | '\u{f0b7}') => {
            chars.as_str().starts_with([' ', '\t', '\u{a0}']) && chars.as_str().trim().len() > 1
        }
        Some('0'..='9' | '(') => numbered(line),
        Some(_) | None => false,
    }
}

fn numbered(line: &str) -> bool {
    let open = line.strip_prefix('(');
    let rest = open.unwrap_or(line);
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let Some((label, after)) = rest.split_at_checked(length) else { return false };
    let is_number = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
    let is_letter =
        label.len() == 1 || matches!(label, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix");
    let after = match open {
        Some(_) if is_number || is_letter => after.strip_prefix(')'),
        None if is_number => after.strip_prefix(['.', ')']),
        Some(_) | None => None,
    };
    after.is_some_and(|after| after.starts_with([' ', '\t', '\u{a0}']))
}

fn is_heading(content: &str, line: &Line, next: Option<(&Line, &str)>, wrapped: bool) -> bool {
    let Some((next_line, next)) = next else { return false };
    let shape = content.len() <= MAX_HEADING
        && content.split_whitespace().count() <= 12
        && !content
            .ends_with(['.', ',', ':', ';', '!', '?', '"', '”', '…', '-', '—', '–', '*', ')', ']'])
        && !content.starts_with(['"', '“', '(', '[', '\''])
        && (is_title_case(content) || is_all_capitals(content))
        && content.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let introduces =
        is_list_item(next) || next.len() > content.len() * 3 / 2 && ends_or_long(next, wrapped);
    // In a wrapped text a short line may be the end of a paragraph, or its beginning.
    let apart = !wrapped || (line.blank_before && next_line.blank_before);
    shape
        && introduces
        && apart
        && strip_prefix_ignore_case(content, "thank").is_none()
        && !has_person(content)
}

fn ends_or_long(line: &str, wrapped: bool) -> bool {
    wrapped || ends_sentence(line) || line.len() > MAX_HEADING
}

#[cfg(test)]
mod tests {
    use crate::structure::lay_out;

    fn blocks(text: &str) -> Vec<String> {
        let layout = lay_out(text.to_owned());
        let show = |block: &onrecord_model::Block| {
            let turn = block.turn.map(|turn| format!("{} ", turn.0)).unwrap_or_default();
            let content = layout.text.get(block.span.range()).unwrap().replace('\n', "/");
            format!("{turn}{}: {content}", block.kind.name())
        };
        layout.blocks.iter().map(show).collect()
    }

    #[test]
    fn one_paragraph_a_line() {
        let text = "Ports for All\n\nFact Sheet\nMay 3, 2012\n\nThe plan of the mayor is to build.\n\nWhat the City Will Do\n  • Build ports\n  • Build roads\n\nVision for the Coast\nWe see a coast that is open to all of us.\nIt will be so.\n* * *\nFor more, go to2";
        let expected = [
            "heading: Ports for All",
            "header: Fact Sheet",
            "header: May 3, 2012",
            "paragraph: The plan of the mayor is to build.",
            "heading: What the City Will Do",
            "list-item: • Build ports",
            "list-item: • Build roads",
            "heading: Vision for the Coast",
            "paragraph: We see a coast that is open to all of us.",
            "paragraph: It will be so.",
            "note: * * *",
            "paragraph: For more, go to2",
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn wrapped_with_labels_below_headings() {
        let text = "The Northern Coast\nMr. Moss: To ask the Secretary what plans he\nhas for the ports of the northern coast and\nfor those who work in them, and for all who\nlive there.\nMeetings\nMs. Vale: To ask the Secretary whom he saw\non the coast, and what was said at the time\nin answer to all that they had asked him by\nMr. Reed: We were there.";
        let expected = [
            "paragraph: The Northern Coast",
            "0 paragraph: Mr. Moss: To ask the Secretary what plans he/has for the ports of the northern coast and/for those who work in them, and for all who/live there.",
            "0 paragraph: Meetings",
            "1 paragraph: Ms. Vale: To ask the Secretary whom he saw/on the coast, and what was said at the time/in answer to all that they had asked him by/Mr. Reed: We were there.",
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn wrapped_with_pages_and_lists() {
        let text = "We gather here today to open\nthe harbour, and to thank in\n2009\nall who worked so long on it.\nIt was hard.\nNow it is time to use it\n12\nwell and for the good of all\nof us. We will build:\n(a) ports that are open to\nall; and\n(b) roads.";
        let expected = [
            "paragraph: We gather here today to open/the harbour, and to thank in/2009/all who worked so long on it./It was hard.",
            "paragraph: Now it is time to use it",
            "note: 12",
            "paragraph: well and for the good of all/of us. We will build:",
            "list-item: (a) ports that are open to/all; and",
            "list-item: (b) roads.",
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn notes() {
        for (line, expected) in [
            ("(Applause.)", true),
            ("(The medal is presented.) (Applause.)", true),
            ("--[Laughter]--", true),
            ("[[Page S750]]", true),
            (
                "(Mr. REED asked and was given permission to address the House for 1\nminute and to revise and extend his remarks.)",
                true,
            ),
            ("(and I mean this)", false),
            ("(We will say it again.)", false),
            ("(a) we act", false),
            ("(Applause.) We act.", false),
            ("END 2:10 P.M. EST", true),
            ("", false),
        ] {
            assert_eq!(super::is_note(line), expected, "{line}");
        }
    }

    #[test]
    fn a_name_behind_a_comma_begins_no_turn() {
        let text = "Mr. REED. I yield to the gentleman,\nMr. MOSS. He will speak.\nMs. VALE. No.";
        let expected = [
            "0 paragraph: Mr. REED. I yield to the gentleman,/Mr. MOSS. He will speak.",
            "1 paragraph: Ms. VALE. No.",
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn a_record_with_first_lines_set_in() {
        let text = "  Mr. REED. I rise today to thank the clerk and all who\nworked so long on the bill that we vote on here, and to\nyield to the gentleman.\n  Mrs. ANA B. VALE of New\nYork. I thank him for it, and ask for the yeas and nays\non the bill, and yield.\n  (Ms. VALE asked and was given permission to revise and\nextend her remarks.)\n  The PRESIDING OFFICER (Mr. Moss). The yeas and nays have\nbeen asked for by the lady.";
        let expected = [
            "0 paragraph: Mr. REED. I rise today to thank the clerk and all who/worked so long on the bill that we vote on here, and to/yield to the gentleman.",
            "1 paragraph: Mrs. ANA B. VALE of New/York. I thank him for it, and ask for the yeas and nays/on the bill, and yield.",
            "1 note: (Ms. VALE asked and was given permission to revise and/extend her remarks.)",
            "2 paragraph: The PRESIDING OFFICER (Mr. Moss). The yeas and nays have/been asked for by the lady.",
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn turns_and_stage_directions() {
        let text = "May 3, 2012\n\nTHE MAYOR: Good morning.\n\nIt is a fine day.\n(Applause.)\nQ Why here?\n[Laughter]\nEND 2:10 P.M. EST";
        let expected = [
            "header: May 3, 2012",
            "0 paragraph: THE MAYOR: Good morning.",
            "0 paragraph: It is a fine day.",
            "0 note: (Applause.)",
            "1 paragraph: Q Why here?",
            "1 note: [Laughter]",
            "1 note: END 2:10 P.M. EST",
        ];
        assert_eq!(blocks(text), expected);
    }
}
