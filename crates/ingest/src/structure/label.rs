//! What a line may begin with that names the one who speaks, and how sure that is.

use super::label_words::{
    ADDRESSES, HONORIFICS, NO_NAMES, NO_SPEAKERS, NOT_FIRST, OFFICES, SMALL_WORDS, TITLES,
};
use super::record;
use crate::metadata::strip_prefix_ignore_case;
use onrecord_text::names_nobody;

/// The longest label, in bytes: room for an office and, in brackets, its holder.
pub(super) const MAX_LABEL: usize = 120;

/// The longest name without a title, in bytes.
const MAX_NAME: usize = 60;

/// The most words of a name without a title.
const MAX_NAME_WORDS: usize = 6;

/// The most words of a label in capitals before its brackets.
const MAX_WORDS: usize = 12;

/// How sure it is that a label is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// A form that hardly anything else has: `THE PRESIDENT: …`, `Q …`, `Mr. KING of Ohio. …`
    Known,
    /// Capitals without a title, `ALEX: …`: a label where the text has others.
    Capitals,
    /// `Ada Vale: …`, `Governor Reed. No.`, `Mr. Reed:` alone on its line.
    Likely,
    /// `Ports: …`, `[Vale] …`, a name alone on its line: a label if it comes again.
    Possible,
    /// What a record tells between the words that were said: `Mr. KING addressed the Chair.`
    Told,
}

/// How a label is set off from the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Colon,
    Stop,
    /// A dash, brackets, a line of its own, or, behind a `Q`, nothing.
    Other,
}

/// What a line may begin with that names the one who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label<'a> {
    /// The one who speaks, as written, without marks and times.
    pub(crate) name: &'a str,
    /// Where the label ends, in bytes from the line's beginning.
    pub(crate) end: usize,
    pub(crate) certainty: Certainty,
    pub(crate) mark: Mark,
}

impl<'a> Label<'a> {
    /// Makes a label of a name that is a part of the line.
    pub(super) fn new(line: &str, name: &'a str, certainty: Certainty, mark: Mark) -> Self {
        let end = name.as_ptr().addr() - line.as_ptr().addr() + name.len();
        Self { name, end, certainty, mark }
    }

    /// Tells whether two labels may be of one speaker.
    pub(super) fn key(&self) -> String {
        let bare = self.name.split(['(', '[']).next().unwrap_or(self.name);
        bare.trim().trim_end_matches('.').to_lowercase()
    }

    /// Tells whether the label has the form by which one turns to another: `Mr. President: …`
    pub(super) fn is_address(&self) -> bool {
        ADDRESSES.contains(&self.key().as_str())
    }

    /// Tells whether the name begins with a title, as `Mr. Reed` does.
    pub(super) fn has_title(&self) -> bool {
        begins_with_title(self.name)
    }

    /// Tells whether the name is in capitals.
    pub(super) fn in_capitals(&self) -> bool {
        in_capitals(self.key_as_written())
    }

    fn key_as_written(&self) -> &'a str {
        self.name.split(['(', '[']).next().unwrap_or(self.name).trim()
    }
}

/// Returns the label that a line begins with, if it may be one.
///
/// The line may go on behind a line end: labels of records are read over it.
pub(crate) fn label_of(line: &str) -> Option<Label<'_>> {
    let bare = undecorated(line);
    let first_line = bare.lines().next()?;
    let is_timed = line.len() > bare.len() && !line.starts_with(['*', '_', '>', '#']);
    if let Some(found) = in_brackets(line, first_line) {
        return Some(found);
    }
    if !first_line.starts_with(char::is_alphabetic) {
        return None;
    }
    if first_line.starts_with(char::is_lowercase) {
        return before_colon(line, first_line);
    }
    let mut label = question(line, first_line)
        .or_else(|| before_colon(line, first_line))
        .or_else(|| record::of_the_record(line, bare))
        .or_else(|| record::told(line, first_line))
        .or_else(|| before_stop(line, first_line))
        .or_else(|| before_dash(line, first_line))
        .or_else(|| alone(line, first_line))?;
    if is_timed && label.mark == Mark::Colon {
        label.certainty = Certainty::Known;
    }
    Some(label)
}

/// Strips emphasis, quotation marks of e-mail and times from the beginning of a line.
fn undecorated(line: &str) -> &str {
    let mut rest = line;
    loop {
        let bare = rest.trim_start().trim_start_matches(['*', '_', '>', '#', '§']);
        let bare = after_time(bare).unwrap_or(bare);
        if bare.len() == rest.len() {
            return rest;
        }
        rest = bare;
    }
}

/// Returns what follows a time such as `[00:01:02]`, `(1:02)` or `00:01:02`.
fn after_time(line: &str) -> Option<&str> {
    let inside = line.trim_start_matches(['[', '(']);
    let after = inside.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let time = inside.get(..inside.len() - after.len())?;
    let is_time = time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit());
    let rest = after.trim_start_matches([']', ')']);
    let next = rest.trim_start().get(..2).unwrap_or_default().to_lowercase();
    let is_of_day = matches!(next.as_str(), "a." | "p." | "am" | "pm");
    (is_time && !is_of_day && rest.starts_with(char::is_whitespace)).then_some(rest)
}

/// `Q …`, `Q: …`, `Q. …`, `A: …`; `P ¿…` and `R. …` of Spanish transcripts.
fn question<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let letter = bare.get(..1).filter(|letter| matches!(*letter, "Q" | "A" | "P" | "R"))?;
    let number = bare.get(1..)?.bytes().take_while(u8::is_ascii_digit).take(3).count();
    let rest = bare.get(1 + number..)?;
    let name = bare.get(..1 + number)?;
    let closed = rest.trim_start_matches(['*', '_']);
    let after = closed.strip_prefix([':', '.']).unwrap_or(closed);
    let follows = after.trim_start_matches(['*', '_']).trim_start();
    let mark = if closed.starts_with(':') { Mark::Colon } else { Mark::Other };
    let parted = mark == Mark::Colon || after.is_empty() || follows.len() < after.len();
    let certainty = match letter {
        _ if number > 0 && mark != Mark::Colon => return None,
        "Q" if rest.is_empty() || parted && begins_speech(follows) => Certainty::Known,
        "Q" if parted && begins_with_figure(follows) => Certainty::Capitals,
        "P" if parted && follows.starts_with(['¿', '¡']) => Certainty::Known,
        "P" if parted && begins_speech(follows) && !follows.is_empty() => Certainty::Capitals,
        "A" | "R" if mark == Mark::Colon && begins_speech(follows) => Certainty::Capitals,
        _ => return None,
    };
    Some(Label::new(line, name, certainty, mark))
}

/// Tells whether words may begin what someone says behind a bare letter.
fn begins_speech(words: &str) -> bool {
    words.is_empty()
        || words.starts_with(|c: char| {
            c.is_uppercase()
                || matches!(c, '"' | '“' | '\'' | '‘' | '(' | '[' | '-' | '–' | '—' | '.' | '…')
                || matches!(c, '¿' | '¡')
        })
}

/// Tells whether words begin with a number or a brand such as `iPad`.
fn begins_with_figure(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    first.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£'))
        || first.chars().skip(1).any(char::is_uppercase)
}

/// Labels that a colon ends.
fn before_colon<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let window = bare.get(..bare.floor_char_boundary(MAX_LABEL))?;
    memchr::memchr(b':', window.as_bytes())?;
    let (label, rest) = bare.split_at_checked(colon_of(window)?)?;
    let label = label.trim_end_matches(['*', ' ', '\t', '\u{a0}']);
    // A longer line stands for a name that is left out.
    let label = if label.ends_with("___") { label } else { label.trim_end_matches('_') };
    let after = rest.trim_start_matches(':').trim_start_matches(['*', '_']);
    let parts = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '(' | '[' | '-' | '–' | '…');
    if !after.is_empty() && !after.starts_with(parts) {
        return None;
    }
    let name = label.split(['(', '[']).next().unwrap_or(label).trim_end();
    let bracketed = label.get(name.len()..)?;
    if !bracketed.is_empty() && !bracketed.ends_with([')', ']']) || !is_shaped(name) {
        return None;
    }
    let follows = after.trim_start();
    let certainty = if is_time(bracketed) {
        Certainty::Known
    } else {
        certainty_before_colon(name, bracketed, follows)?
    };
    let written = if is_time(bracketed) { name } else { label };
    let mut found = Label::new(line, written, certainty, Mark::Colon);
    found.end += label.len() - written.len();
    Some(found)
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

fn is_time(bracketed: &str) -> bool {
    bracketed.contains(':')
        && bracketed.contains(|c: char| c.is_ascii_digit())
        && !bracketed.contains(char::is_alphabetic)
}

/// Tells whether words before a colon or stop are few, and hold no mark that names do not.
fn is_shaped(name: &str) -> bool {
    (1..=MAX_WORDS).contains(&name.split_whitespace().count())
        && !name.contains(['?', '!', ';', '"', '“', '”', '/', '=', '@'])
        && name.split_whitespace().all(|word| {
            // A full stop ends a title or an initial.
            !word.contains('.') || word.chars().filter(|c| c.is_alphabetic()).count() <= 4
        })
}

/// Judges the words before a colon; none where they are no label.
fn certainty_before_colon(name: &str, bracketed: &str, follows: &str) -> Option<Certainty> {
    if names_no_speaker(name) {
        return None;
    }
    let speaks = follows.starts_with(|c: char| !c.is_lowercase());
    let nobody = names_nobody(name) && name.starts_with(char::is_uppercase);
    if in_capitals(name) {
        let is_known = nobody || has_title(name);
        let is_report = strip_prefix_ignore_case(follows, "committee on").is_some();
        return (!is_report).then_some(if is_known {
            Certainty::Known
        } else {
            Certainty::Capitals
        });
    }
    if nobody {
        return Some(Certainty::Known);
    }
    if in_title_case(name) {
        // A record of reports: `Mr. REED: Committee on Rules. …`
        if strip_prefix_ignore_case(follows, "committee on").is_some() {
            return None;
        }
        let holder = bracketed.trim_start_matches([' ', '(', '[']);
        let is_address = ADDRESSES.contains(&name.to_lowercase().as_str());
        return match (begins_with_title(holder), follows.is_empty()) {
            (true, _) => Some(Certainty::Known),
            (false, true) => Some(Certainty::Likely),
            (false, false) if is_address => Some(Certainty::Likely),
            (false, false) => speaks.then_some(Certainty::Known),
        };
    }
    let n_words = name.split_whitespace().count();
    let is_low = n_words == 1 && name.len() <= 20 && name.chars().all(char::is_lowercase);
    if is_low {
        return (!NO_NAMES.contains(&name)).then_some(Certainty::Possible);
    }
    is_name(name).then_some(if n_words >= 2 && speaks {
        Certainty::Likely
    } else {
        Certainty::Possible
    })
}

/// Tells whether words before a colon say what follows, and not who speaks: `FACT SHEET`, `RE`.
fn names_no_speaker(name: &str) -> bool {
    let bare: String = name.chars().filter(|c| *c != '.').collect::<String>().to_lowercase();
    let mut words = bare.split_whitespace();
    let first = words.clone().next().unwrap_or_default();
    let n_words = words.clone().count();
    if OFFICES.contains(&first) {
        return false;
    }
    NOT_FIRST.contains(&first)
        || (n_words >= 2 && first.len() > 4 && first.ends_with("ing") && !has_title(name))
        || words
            .any(|word| NO_SPEAKERS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Tells whether all words are in capitals, but for small ones and such as `McCABE`.
pub(super) fn in_capitals(name: &str) -> bool {
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let numbered = name.contains(|c: char| c.is_ascii_digit());
    n_letters >= 2
        && name.starts_with(char::is_uppercase)
        && (!numbered || names_nobody(name))
        && name.split_whitespace().all(|word| {
            let n_lower = word.chars().filter(|c| c.is_lowercase()).count();
            let n_upper = word.chars().filter(|c| c.is_uppercase()).count();
            n_lower == 0 || (n_lower <= 3 && n_upper >= 3) || SMALL_WORDS.contains(&word)
        })
}

/// Tells whether a word of a label in capitals is a title or an office.
fn has_title(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let word = word.trim_end_matches([',', '.']).to_lowercase();
        OFFICES.contains(&word.as_str())
    })
}

/// Tells whether a name begins with a title: `Mr. Reed`, `The Secretary`.
fn begins_with_title(name: &str) -> bool {
    TITLES.iter().any(|title| {
        let mut rest = name.chars();
        // Titles in other languages hold letters beyond ASCII.
        let is_same = title.chars().all(|c| rest.next().is_some_and(|own| lowers_to(own, c)));
        is_same && matches!(rest.next(), None | Some(' ' | '\u{a0}' | '-'))
    })
}

/// Tells whether a letter is the small one, or its capital.
fn lowers_to(letter: char, small: char) -> bool {
    letter == small || letter.to_lowercase().eq(std::iter::once(small))
}

/// Tells whether a name begins with a title and goes on in words that begin with capitals.
fn in_title_case(name: &str) -> bool {
    begins_with_title(name)
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '#')
                || SMALL_WORDS.contains(&word.trim_end_matches(','))
        })
}

/// `[Vale] …`
fn in_brackets<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let (name, rest) = bare.strip_prefix('[')?.split_once(']')?;
    let speaks = !rest.trim().is_empty() && onrecord_text::inline_notes(bare).next().is_none();
    (speaks && is_name(name)).then(|| Label::new(line, name, Certainty::Possible, Mark::Other))
}

/// Tells whether a word in small letters is a title that a full stop ends, or may: `mr.`
pub(super) fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&word)
}

/// `Governor Reed. No.`, `THE PRESIDENT. Yes.`
fn before_stop<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let first = bare.trim_start_matches("The ").trim_start_matches("THE ");
    let first = first.split_whitespace().next()?.to_lowercase();
    if !is_honorific(&first) && !is_honorific(first.trim_end_matches('.')) {
        return None;
    }
    let mut at = 0;
    for (n_before, word) in bare.split_inclusive(' ').enumerate() {
        at += word.len();
        let written = word.trim_end();
        let is_initial = written.chars().count() <= 2;
        let ends = written.ends_with('.') && !is_initial && !is_honorific(&written.to_lowercase());
        if !ends {
            if n_before == MAX_NAME_WORDS {
                return None;
            }
            continue;
        }
        let name = bare.get(..at)?.trim_end().strip_suffix('.')?;
        let speaks = bare.get(at..)?.starts_with(|c: char| !c.is_lowercase());
        return (is_name(name) && speaks)
            .then(|| Label::new(line, name, Certainty::Likely, Mark::Stop));
    }
    None
}

/// `Ada Vale — …`
fn before_dash<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    let window = bare.get(..bare.floor_char_boundary(MAX_LABEL))?;
    // A look at bytes, since few lines hold a dash: its first byte is that of the long ones.
    memchr::memchr2(b'-', 0xe2, window.as_bytes())?;
    let at = [" — ", " – ", " -- "].iter().filter_map(|dash| window.find(dash)).min()?;
    let name = bare.get(..at)?;
    let is_label = name.contains(' ') && is_name(name);
    is_label.then(|| Label::new(line, name, Certainty::Possible, Mark::Other))
}

/// A name alone on its line, perhaps with a time: `MR. VALE`, `Ada Vale 00:12`.
fn alone<'a>(line: &str, bare: &'a str) -> Option<Label<'a>> {
    if bare.len() > MAX_LABEL {
        return None;
    }
    let written = bare.trim_end_matches(['*', '_', ' ']);
    let name = written.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ':' | '(' | ')' | '[' | ']' | '.' | ' ' | '\t')
    });
    let time = written.get(name.len()..)?.trim();
    let is_timed = is_time(time);
    let written = if is_timed { name } else { written };
    let is_label = (written.contains(' ') || is_timed) && is_name(written);
    let certainty = if is_timed { Certainty::Known } else { Certainty::Possible };
    let mut found = Label::new(line, written, certainty, Mark::Other);
    if is_timed {
        found.end += written.as_ptr().addr().abs_diff(time.as_ptr().addr()) - written.len();
        found.end += time.len();
    }
    is_label.then_some(found)
}

/// Tells whether words may be a name: each begins with a capital but for the small ones of names.
fn is_name(name: &str) -> bool {
    let words = || name.split_whitespace();
    let is_of_name =
        |word: &str| word.starts_with(char::is_uppercase) || SMALL_WORDS.contains(&word);
    let no_names = |word: &str| {
        let bare = word.trim_end_matches(['.', ',']).to_lowercase();
        NO_NAMES.contains(&bare.as_str())
    };
    // What costs least comes first, as most lines are let go.
    name.len() <= MAX_NAME
        && words().next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words().take(MAX_NAME_WORDS + 1).all(is_of_name)
        && words().count() <= MAX_NAME_WORDS
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-'))
        && !words().any(no_names)
        && !ADDRESSES.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_forms() {
        for (line, label) in [
            ("THE MAYOR: Good morning.", "THE MAYOR"),
            ("SECRETARY VALE: Yes.", "SECRETARY VALE"),
            ("MR. REED: Yes.", "MR. REED"),
            ("GOV. REED: Yes.", "GOV. REED"),
            ("DR. VALE: -- to look up to.", "DR. VALE"),
            ("SENATOR McCABE: Yes.", "SENATOR McCABE"),
            ("PRIME MINISTER KEY: Yes.", "PRIME MINISTER KEY"),
            ("ACTING UNDER SECRETARY REED: Yes.", "ACTING UNDER SECRETARY REED"),
            ("PRESIDENT PRÉVAL: (As translated.) Yes.", "PRESIDENT PRÉVAL"),
            ("AUDIENCE MEMBER: Yes!", "AUDIENCE MEMBER"),
            ("MODERATOR: Next.", "MODERATOR"),
            ("MRS. VALE (via video): Yes.", "MRS. VALE (via video)"),
            ("PRIME MINISTER REED (via translator): Yes.", "PRIME MINISTER REED (via translator)"),
            ("Q Why here?", "Q"),
            ("Q: Why here?", "Q"),
            ("Q -- to begin with?", "Q"),
            ("Q (Inaudible.)", "Q"),
            ("Q", "Q"),
            ("P ¿Por qué?", "P"),
            ("Secretary Vale: Yes.", "Secretary Vale"),
            ("El Presidente: Sí.", "El Presidente"),
            ("Mr. Ben Moss (Vale, North) (Lab): I am", "Mr. Ben Moss (Vale, North) (Lab)"),
            ("Minister for the Coast (Mr Moss):", "Minister for the Coast (Mr Moss)"),
            ("Speaker 1 (00:03:12): Yes.", "Speaker 1"),
            ("Ada Vale 00:12", "Ada Vale"),
            ("Ada Vale (00:12):", "Ada Vale"),
            ("[00:01:02] Vale: We agree.", "Vale"),
            ("Moderator: Next.", "Moderator"),
            ("**THE MAYOR:** Yes.", "THE MAYOR"),
            ("**THE MAYOR**: Yes.", "THE MAYOR"),
            ("__THE MAYOR__: Yes.", "THE MAYOR"),
            ("SENATOR ______: Yes.", "SENATOR ______"),
            ("Mr. KING of New York. Mr. Speaker, no.", "Mr. KING of New York."),
            ("Mrs. ANA B. VALE of New\nYork. Madam Speaker, no.", "Mrs. ANA B. VALE of New\nYork."),
            ("Ms. VALE-REED. I rise.", "Ms. VALE-REED."),
            ("Mr. LaHOOD. I rise.", "Mr. LaHOOD."),
            ("The SPEAKER pro tempore. The gentleman", "The SPEAKER pro tempore."),
            ("The ACTING PRESIDENT pro tempore. The", "The ACTING PRESIDENT pro tempore."),
            ("The PRESIDING OFFICER (Mr. Reed). The", "The PRESIDING OFFICER (Mr. Reed)."),
            ("The SPEAKER. The gentleman", "The SPEAKER."),
            ("El señor REED.- Gracias.", "El señor REED"),
        ] {
            let found = label_of(line).filter(|label| label.certainty == Certainty::Known);
            assert_eq!(found.map(|label| label.name), Some(label), "{line}");
        }
    }

    #[test]
    fn labels_end_behind_their_times_and_begin_with_their_lines() {
        for (line, end) in [
            ("Speaker 1 (00:03:12): Yes.", "Speaker 1 (00:03:12)"),
            ("[00:01:02] Vale: We agree.", "[00:01:02] Vale"),
            ("Ada Vale  (0:12)", "Ada Vale  (0:12)"),
            ("**THE MAYOR:** Yes.", "**THE MAYOR"),
        ] {
            assert_eq!(label_of(line).unwrap().end, end.len(), "{line}");
        }
    }

    #[test]
    fn doubtful_forms() {
        for (line, certainty) in [
            ("ALEX: Yes.", Certainty::Capitals),
            ("Q 2014.", Certainty::Capitals),
            ("A: Because.", Certainty::Capitals),
            ("Ada Vale: We agree.", Certainty::Likely),
            ("Ada Vale (Minister): We agree.", Certainty::Likely),
            ("Governor Reed. No, sir.", Certainty::Likely),
            ("The President. Yes.", Certainty::Likely),
            ("Mr. President: I thank you.", Certainty::Likely),
            ("Mr. Speaker:", Certainty::Likely),
            ("Secretary Vale:", Certainty::Likely),
            ("[Moss] We agree.", Certainty::Possible),
            ("Ben Moss — We agree.", Certainty::Possible),
            ("MR. MOSS", Certainty::Possible),
            ("moderator: welcome.", Certainty::Possible),
            ("Mr. KING addressed the Chair.", Certainty::Told),
            ("The legislative clerk proceeded to call", Certainty::Told),
            ("Mr. Reed asked the Secretary of State", Certainty::Told),
        ] {
            assert_eq!(label_of(line).map(|label| label.certainty), Some(certainty), "{line}");
        }
    }

    #[test]
    fn words_like_any_others() {
        for line in [
            "Q and A follow",
            "Quiet: please.",
            "P.M. is when",
            "A man spoke.",
            "Mrs. ANA B. VALE of New York, Messrs. REED, COLE, Ms.",
            "Messrs. REED, COLE, and MOSS.",
            "Mr. REED, from the Committee on Ports, reported",
            "Mr. REED: Committee on Ports. H.R. 1.",
            "Mr. King of New York was there.",
            "By Mr. REED (for himself and Mr. MOSS):",
            "The PRESIDING OFFICER (Mr. Reed) said so.",
            "FACT SHEET: Ports",
            "Fact Sheet: Ports",
            "SECTION 2: Ports",
            "WHAT: A meeting",
            "WHEN: 3 p.m.",
            "WHO: The mayor",
            "CONTACT: Ada Vale",
            "RE: Ports",
            "Note: this is a note",
            "NOTE: This is a note",
            "P.S.: One more.",
            "WEEKLY ADDRESS: Ports",
            "FOR FURTHER INFORMATION CONTACT: Vale",
            "TO THE CONGRESS OF THE UNITED STATES:",
            "LADIES AND GENTLEMEN: welcome",
            "Dear President Vale: Thank you.",
            "(2:10 P.M. EST)",
            "2:10 P.M. EST",
            "President Vale said this: we will.",
            "President Vale: we do this",
            "We have one goal: ports.",
            "The answer is this: no.",
            "Number one: Do not wait.",
            "CREATING JOBS: The plan",
            "AT 10:30 we met.",
            "See https://vale.example",
            "",
        ] {
            let found = label_of(line).filter(|label| label.certainty != Certainty::Possible);
            assert_eq!(found, None, "{line}");
        }
    }
}
