//! Labels of parliamentary records, which a full stop ends.

use super::label::{Certainty, Label, MAX_LABEL, Mark};

/// What a label of the record begins with.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "Mr. ", "Mrs. ", "Ms. ", "Miss ", "Dr. ", "The ", "Madam ", "Senator ", "Representative ",
    "Chairman ", "Chairwoman ", "Secretary ", "General ", "Admiral ",
];

/// Reads labels of the Congressional Record: `Mr. KING of New York.`, `The SPEAKER pro tempore.`,
/// `The PRESIDING OFFICER (Mr. Reed).`, and of the Chilean one: `El señor REED.-`
///
/// A name that a comma follows is one of a list.
pub(super) fn of_the_record<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    if let Some(found) = of_a_spanish_record(line, bare) {
        return Some(found);
    }
    let opening = OPENINGS.iter().find(|opening| bare.starts_with(**opening))?;
    let rest = bare.get(opening.len()..)?;
    let end = opening.len() + end_of_name(rest, *opening == "The ")?;
    let follows = bare.get(end..)?;
    let begins = follows.is_empty() || follows.starts_with(char::is_whitespace);
    let speaks = !follows.trim_start().starts_with(|c: char| c.is_lowercase());
    let found = Label::new(line, bare.get(..end)?, Certainty::Known, Mark::Stop);
    (begins && speaks).then_some(found)
}

/// Returns where the name in capitals ends, its full stop included.
fn end_of_name(rest: &str, is_office: bool) -> Option<usize> {
    let mut at = 0;
    let (mut n_capitals, mut after_of) = (0, false);
    for word in rest.split_inclusive([' ', '\n']) {
        let start = at;
        at += word.len();
        let bare = word.trim_end();
        if start > MAX_LABEL {
            return None;
        }
        if bare.starts_with('(') && n_capitals > 0 {
            return end_of_brackets(rest, start);
        }
        let name = bare.strip_suffix('.').unwrap_or(bare);
        let is_state = after_of && is_word_of_state(name);
        let is_initial = name.chars().count() == 1 && bare.ends_with('.') && !after_of;
        let is_capitals = is_surname(name);
        let is_small = bare == "of" && n_capitals > 0
            || is_office && n_capitals > 0 && matches!(name, "pro" | "tempore")
            || is_office && name == "Acting"
            || n_capitals == 0 && !is_office && is_given_name(bare);
        if !(is_capitals || is_initial || is_state || is_small) {
            return None;
        }
        n_capitals += usize::from(is_capitals && !after_of);
        after_of |= bare == "of";
        let is_title = matches!(name, "Jr" | "Sr");
        if bare.ends_with('.') && !is_initial && !is_title {
            return (n_capitals > 0).then_some(start + bare.len());
        }
    }
    None
}

/// `(Mr. Reed).`: the brackets after an office name its holder.
fn end_of_brackets(rest: &str, start: usize) -> Option<usize> {
    let inside = rest.get(start..)?;
    let close = inside.bytes().take(MAX_LABEL).position(|b| b == b')')?;
    let ends = inside.get(close + 1..)?.starts_with('.');
    ends.then_some(start + close + 2)
}

/// A surname in capitals: `KING`, `VALE-REED`, `McCABE`, `O'HARA`, `LaHOOD`.
fn is_surname(name: &str) -> bool {
    let n_upper = name.chars().filter(|c| c.is_uppercase()).count();
    let n_lower = name.chars().filter(|c| c.is_lowercase()).count();
    n_upper >= 2
        && (n_lower == 0 || n_lower <= 3 && n_upper >= 3)
        && name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
}

fn is_word_of_state(name: &str) -> bool {
    matches!(name, "the" | "of")
        || name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic)
}

/// A given name before a surname in capitals, which few labels have: `Mr. Ben MOSS.`
fn is_given_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
}

/// `El señor REED.-`, `La señora VALE (doña Ada).-`
fn of_a_spanish_record<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let opening = ["El señor ", "La señora ", "El Sr. ", "La Sra. "];
    opening.iter().find(|opening| bare.starts_with(**opening))?;
    let window = bare.get(..bare.floor_char_boundary(MAX_LABEL))?;
    let end = window.find(".-").or_else(|| window.find(".—"))?;
    let name = bare.get(..end)?;
    (!name.contains([',', '\n'])).then(|| Label::new(line, name, Certainty::Known, Mark::Stop))
}

/// Verbs by which a record tells what someone did.
const TELLING: &[&str] = &[
    "addressed",
    "announced",
    "asked",
    "called",
    "laid",
    "led",
    "moved",
    "offered",
    "presented",
    "proceeded",
    "proposed",
    "rose",
    "submitted",
];

/// Finds what a record tells of people: `Mr. KING addressed the Chair.`, `The legislative clerk
/// proceeded to call the roll.`, `Mr. Reed asked the Secretary of State …`
pub(super) fn told<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let openings = ["Mr.", "Mrs.", "Ms.", "Miss ", "Dr.", "Sir ", "The "];
    if !openings.iter().any(|opening| bare.starts_with(opening)) {
        return None;
    }
    let words: Vec<&str> = bare.split_whitespace().take(12).collect();
    let verb = words.iter().position(|word| TELLING.contains(word))?;
    let name = words.get(..verb)?;
    let (first, last) = (*name.first()?, *name.last()?);
    let asks = words.get(verb) == Some(&"asked") && words.get(verb + 1) == Some(&"the");
    let is_clerk = first == "The" && (last == "clerk" || last == "Clerk");
    let in_capitals = name.iter().any(|word| is_surname(word));
    let is_told = name.len() <= 8 && (in_capitals || asks && first != "The" || is_clerk);
    is_told
        .then(|| Label::new(line, bare.get(..0).unwrap_or_default(), Certainty::Told, Mark::Stop))
}
