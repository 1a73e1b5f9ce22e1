//! Speaker turns: where a line begins with the one who speaks.

use super::dialogue::dialogue_in;
use crate::metadata::strip_prefix_ignore_case;
use onrecord_model::{Block, BlockKind, Span, Turn, TurnId};
use std::collections::BTreeSet;

/// The longest label, in bytes.
const MAX_LABEL: usize = 70;

/// The turns of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Voices {
    n_speakers: usize,
}

impl Voices {
    /// Tells whether two or more people speak, an audience apart.
    pub(crate) const fn are_several(self) -> bool {
        self.n_speakers >= 2
    }

    /// Counts those whom turns name, an audience apart.
    pub(crate) fn of(turns: &[Turn]) -> Self {
        let names = turns.iter().filter_map(|turn| turn.named_as.as_deref());
        let names: BTreeSet<String> = names.map(str::to_lowercase).collect();
        let speakers = names.iter().filter(|name| !name.starts_with("audience"));
        Self { n_speakers: speakers.count() }
    }
}

/// Gives each block the turn that it belongs to: that of the last label before its end.
///
/// Where there is no label of a known form, but what may be labels of others, all is one
/// turn of nobody.
pub(crate) fn mark_turns(text: &str, blocks: &mut [Block]) -> (Vec<Turn>, Voices) {
    let mut turns: Vec<Turn> = Vec::new();
    for block in blocks.iter_mut() {
        let may_begin =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation);
        let content = text.get(block.span.range()).unwrap_or_default();
        if may_begin && let Some(label) = turn_label(content) {
            let start = block.span.start;
            turns.push(Turn {
                label: Some(Span::new(start, start + label.len() as u32)),
                named_as: Some(label.into()),
                speaker: None,
            });
        }
        block.turn = turns.len().checked_sub(1).map(|last| TurnId(last as u32));
    }
    if turns.is_empty()
        && let Some(n_speakers) = dialogue_in(text, blocks)
    {
        blocks.iter_mut().for_each(|block| block.turn = Some(TurnId(0)));
        return (vec![Turn::default()], Voices { n_speakers });
    }
    let voices = Voices::of(&turns);
    (turns, voices)
}

/// Finds the labels of turns that markup tells: the words at the start of a turn that name it.
pub(crate) fn with_labels(text: &str, blocks: &[Block], mut turns: Vec<Turn>) -> Vec<Turn> {
    let mut last = None;
    for block in blocks.iter().filter(|block| block.turn.is_some()) {
        if std::mem::replace(&mut last, block.turn) == block.turn {
            continue;
        }
        let content = text.get(block.span.range()).unwrap_or_default();
        let turn = block.turn.and_then(|id| turns.get_mut(id.0 as usize));
        let Some((turn, label)) = turn.zip(turn_label(content)) else { continue };
        if turn.label.is_none() && turn.named_as.as_deref() == Some(label) {
            let start = block.span.start;
            turn.label = Some(Span::new(start, start + label.len() as u32));
        }
    }
    turns
}

/// Words in capitals before a colon that name no speaker.
#[rustfmt::skip]
const NO_SPEAKERS: [&str; 24] = [
    "note", "end", "remarks", "fact sheet", "date", "subject", "re", "to", "from", "cc",
    "contact", "time", "location", "place", "event", "background", "summary", "update", "title",
    "source", "for immediate release", "press release", "warning", "ps",
];

/// First words of a label in title case.
#[rustfmt::skip]
const LABEL_STARTS: [&str; 40] = [
    "president", "the president", "vice president", "the vice president", "prime minister",
    "the prime minister", "secretary", "senator", "governor", "mayor", "ambassador", "chancellor",
    "chairman", "chairwoman", "chair", "the chair", "minister", "mr.", "ms.", "mrs.", "miss",
    "dr.", "moderator", "the moderator", "speaker", "the speaker", "question", "answer",
    "interviewer", "reporter", "operator", "host", "audience", "general", "admiral",
    "congressman", "congresswoman", "representative", "participant", "king",
];

/// Returns the label that a line begins with where it looks like a speaker's turn.
///
/// Known forms: `THE PRESIDENT: …`, `Q …`, `Secretary Vale: …`, `Speaker 1 (00:03:12): …`,
/// `Mr. KING of New York. …`. A label must be followed by words, or stand alone on its line.
pub(crate) fn turn_label(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    let window = line.as_bytes().get(..line.len().min(MAX_LABEL)).unwrap_or_default();
    if !first.is_uppercase() || memchr::memchr3(b':', b'.', b'Q', window).is_none() {
        return None;
    }
    question(line).or_else(|| before_colon(line)).or_else(|| of_the_record(line))
}

fn question(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('Q')?;
    let after = rest.strip_prefix([':', '.']).unwrap_or(rest);
    let follows = after.trim_start();
    let parted = after.len() < rest.len() || follows.len() < after.len();
    let speaks = parted
        && (follows.is_empty()
            || follows.starts_with(|c: char| {
                c.is_uppercase() || matches!(c, '"' | '“' | '(' | '[' | '-' | '–' | '.' | '…')
            }));
    (speaks || rest.is_empty()).then(|| line.get(..1)).flatten()
}

fn before_colon(line: &str) -> Option<&str> {
    let window = line.get(..line.floor_char_boundary(MAX_LABEL))?;
    let colon = colon_of(window)?;
    let (label, rest) = line.split_at_checked(colon)?;
    let after = rest.strip_prefix(':')?;
    if !after.is_empty()
        && !after.starts_with(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '(' | '['))
    {
        return None;
    }
    let name = label.split(['(', '[']).next().unwrap_or(label).trim_end();
    let n_words = name.split_whitespace().count();
    if !(1..=8).contains(&n_words)
        || label.contains(['.', '?', '!', ';', '"', '“']) && !only_name_stops(name)
    {
        return None;
    }
    let follows = after.trim_start();
    let speaks = follows.starts_with(|c: char| !c.is_lowercase());
    let fits = in_capitals(name) || (in_title_case(name) && speaks && !is_address(name));
    fits.then_some(label)
}

/// Finds the colon that ends a label: the first one outside brackets.
fn colon_of(window: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, b) in window.bytes().enumerate() {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => return Some(at),
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Tells whether each full stop ends a title or an initial.
fn only_name_stops(name: &str) -> bool {
    !name.contains(['?', '!', ';', '"', '“'])
        && name.split_whitespace().all(|word| {
            word.find('.').is_none_or(|_| word.chars().filter(|c| c.is_alphabetic()).count() <= 4)
        })
}

fn in_capitals(name: &str) -> bool {
    let known = NO_SPEAKERS.iter().any(|other| name.eq_ignore_ascii_case(other));
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.contains(|c: char| c.is_ascii_digit());
    let words = name.split_whitespace().all(|word| {
        let n_lower = word.chars().filter(|c| c.is_lowercase()).count();
        let begins = word.trim_start_matches('\'').chars().next();
        n_lower == 0
            || (n_lower <= 2 && word.starts_with(['M', 'D', 'L', 'F']) && word.len() > 4)
            || matches!(word, "of" | "and" | "de" | "the" | "al" | "bin" | "van" | "von")
                && begins.is_some()
    });
    let speaker_number = strip_prefix_ignore_case(name, "speaker").is_some()
        || strip_prefix_ignore_case(name, "participant").is_some();
    !known && n_letters >= 2 && words && (!digits || speaker_number)
}

/// Tells whether a name is how a speaker turns to another: `Mr. President`, and bodies that begin
/// like an office: `General Assembly`.
fn is_address(name: &str) -> bool {
    const OTHERS: [&str; 9] = [
        "mr. president",
        "mr. speaker",
        "mr. chairman",
        "mr. chair",
        "mr. secretary",
        "mr. secretary-general",
        "general assembly",
        "general",
        "mr. vice president",
    ];
    OTHERS.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn in_title_case(name: &str) -> bool {
    let starts = LABEL_STARTS.iter().any(|start| {
        strip_prefix_ignore_case(name, start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\u{a0}']))
    });
    let n_words = name.split_whitespace().count();
    starts
        && n_words <= 6
        && name.split_whitespace().all(|word| {
            let first = word.chars().next();
            first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '#')
                || matches!(word, "of" | "the" | "de" | "al" | "bin" | "van" | "von")
        })
}

/// Reads labels of the Congressional Record: an honorific, a name in capitals, perhaps a state,
/// and a full stop. A name that a comma follows is one of a list.
fn of_the_record(line: &str) -> Option<&str> {
    const HONORIFICS: [&str; 7] = ["Mr. ", "Mrs. ", "Ms. ", "Miss ", "Dr. ", "The ", "Madam "];
    let rest = HONORIFICS.iter().find_map(|honorific| line.strip_prefix(honorific))?;
    let mut at = line.len() - rest.len();
    let (mut n_capitals, mut after_of) = (0, false);
    for word in rest.split_inclusive(' ') {
        let bare = word.trim_end();
        at += word.len();
        let name = bare.strip_suffix('.').unwrap_or(bare);
        let is_capitals = name.chars().filter(|c| c.is_uppercase()).count() >= 2
            && name.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’' | 'c'));
        let is_initial = name.len() == 1 && bare.ends_with('.');
        let is_state = after_of
            && name.starts_with(char::is_uppercase)
            && name.chars().all(char::is_alphabetic);
        let is_of = bare == "of" && n_capitals > 0;
        if !(is_capitals || is_initial || is_state || is_of) {
            return None;
        }
        n_capitals += usize::from(is_capitals && !after_of);
        after_of |= bare == "of";
        if bare.ends_with('.') && !is_initial {
            return (n_capitals > 0).then(|| line.get(..at)).flatten().map(str::trim_end);
        }
        if at > MAX_LABEL {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (line, label) in [
            ("THE MAYOR: Good morning.", Some("THE MAYOR")),
            ("SECRETARY VALE: Yes.", Some("SECRETARY VALE")),
            ("MR. REED: Yes.", Some("MR. REED")),
            ("SENATOR McCABE: Yes.", Some("SENATOR McCABE")),
            ("AUDIENCE MEMBER: Yes!", Some("AUDIENCE MEMBER")),
            ("MRS. VALE (via video): Yes.", Some("MRS. VALE (via video)")),
            ("Q Why here?", Some("Q")),
            ("Q: Why here?", Some("Q")),
            ("Q", Some("Q")),
            ("Q and A follow", None),
            ("Quiet: please.", None),
            ("Secretary Vale: Yes.", Some("Secretary Vale")),
            ("Speaker 1 (00:03:12): Yes.", Some("Speaker 1 (00:03:12)")),
            ("Moderator: Next.", Some("Moderator")),
            ("Mr. KING of New York. Mr. Speaker, no.", Some("Mr. KING of New York.")),
            ("Ms. VALE-REED. I rise.", Some("Ms. VALE-REED.")),
            ("The SPEAKER pro tempore. The gentleman", None),
            ("The SPEAKER. The gentleman", Some("The SPEAKER.")),
            ("Mrs. ANA B. VALE of New York, Messrs. REED, COLE, Ms.", None),
            ("Mr. King of New York was there.", None),
            ("FACT SHEET: Ports", None),
            ("SECTION 2: Ports", None),
            ("(2:10 P.M. EST)", None),
            ("President Vale said this: we will.", None),
            ("We have one goal: ports.", None),
            ("The answer is this: no.", None),
            ("AT 10:30 we met.", None),
            ("GO: www", Some("GO")),
            ("Mr. President:", None),
            ("General Assembly: We favour", None),
            ("President Vale: we do this", None),
            ("Secretary Vale:", None),
        ] {
            assert_eq!(turn_label(line), label, "{line}");
        }
    }
}
