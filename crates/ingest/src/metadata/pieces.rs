//! The pieces of a header line: several of them may stand on one line.

use super::date::{ReadDate, date_at, find_date};
use super::phrases::{is_place_word, is_title_start};
use super::words::{count_words, is_all_capitals, is_joining, strip_any};
use onrecord_model::Version;

/// A piece of a header line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece<'a> {
    /// A line of dashes, underscores or the like.
    Rule,
    /// The body that put the text out.
    Issuer(&'a str),
    /// "For Immediate Release" and its like.
    Release,
    /// What the text says of its own making.
    Version(Version),
    /// A date.
    Date(ReadDate),
    /// A time of day.
    Time,
    /// Anything else: title, place, or the first words of the body.
    Text(&'a str),
}

/// The longest line, in bytes, that can be a header line.
pub(crate) const MAX_HEADER_LINE: usize = 400;

const RELEASE_PHRASES: [&str; 9] = [
    "for immediate release",
    "immediate release",
    "for release",
    "embargoed until",
    "embargoed",
    "for immediate publication",
    "para publicación inmediata",
    "para su publicación inmediata",
    "para divulgación inmediata",
];

const PREPARED_PHRASES: [&str; 8] = [
    "(as prepared for delivery)",
    "as prepared for delivery",
    "check against delivery",
    "(check against delivery)",
    "as prepared",
    "[as prepared for delivery]",
    "es gilt das gesprochene wort",
    "seul le prononcé fait foi",
];

const DELIVERED_PHRASES: [&str; 3] = ["as delivered", "(as delivered)", "[as delivered]"];

/// What may stand before the date of a text.
const DATE_PHRASES: [&str; 9] = [
    "published on",
    "published",
    "released on",
    "released",
    "posted",
    "issued on",
    "issued",
    "delivered on",
    "delivered",
];

/// Offices named whole on a line that goes on, and so need no end of their own.
const OFFICES: [&str; 6] = [
    "office of the press secretary",
    "office of the vice president",
    "office of the first lady",
    "office of public affairs",
    "bureau of public affairs",
    "press office",
];

/// First words of a line that names an issuing body from end to end.
const BODY_STARTS: [&str; 17] = [
    "office of",
    "bureau of",
    "department of",
    "u.s. department of",
    "us department of",
    "ministry of",
    "permanent mission of",
    "embassy of",
    "secretariat of",
    "press and information office",
    "ministère",
    "ministerio",
    "ministero",
    "ministério",
    "bundesministerium",
    "ambassade de",
    "embajada de",
];

/// Cuts a line into its pieces.
pub(crate) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '.')
        });
        if rest.is_empty() {
            return found;
        }
        let (piece, after) = next_piece(rest, found.is_empty());
        found.push(piece);
        rest = after;
    }
}

fn next_piece(rest: &str, is_first: bool) -> (Piece<'_>, &str) {
    if let Some(after) = after_rule(rest) {
        return (Piece::Rule, after);
    }
    if let Some((issuer, after)) = issuer_at(rest) {
        return (Piece::Issuer(issuer), after);
    }
    if let Some(after) = strip_any(rest, &RELEASE_PHRASES) {
        return (Piece::Release, after);
    }
    for (phrases, version) in
        [(&PREPARED_PHRASES[..], Version::Prepared), (&DELIVERED_PHRASES[..], Version::Delivered)]
    {
        let marked = rest.trim_start_matches(['*', '_']);
        if let Some(after) = strip_any(marked, phrases) {
            return (
                Piece::Version(version),
                after.trim_start_matches([')', ']', '*', '_', ':', '!', '-', '–', '—']),
            );
        }
    }
    if let Some((date, after)) =
        strip_any(rest, &DATE_PHRASES).and_then(|rest| date_at(rest.trim_start_matches([':', ' '])))
    {
        return (Piece::Date(date), after);
    }
    if let Some((date, after)) = date_at(rest).filter(|(_, after)| is_first || !starts_prose(after))
    {
        return (Piece::Date(date), after);
    }
    if let Some(after) = time_at(rest) {
        return (Piece::Time, after);
    }
    let (text, after) = text_at(rest);
    (Piece::Text(text.trim_end()), after)
}

fn starts_prose(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_lowercase())
}

fn after_rule(text: &str) -> Option<&str> {
    let mark =
        text.chars().next().filter(|c| matches!(c, '_' | '-' | '=' | '*' | '#' | '~' | '—'))?;
    let after = text.trim_start_matches([mark, ' ']);
    let n_marks = text.get(..text.len() - after.len())?.matches(mark).count();
    (n_marks >= 3).then_some(after)
}

fn issuer_at(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let until = |after: &str| text.get(..text.len() - after.len()).unwrap_or(text);
    if let Some(after) = strip_any(text, &["the white house"]) {
        let follows = after.trim_start();
        let goes_on = follows.starts_with(['_', '-'])
            || follows.is_empty()
            || strip_any(follows, &["office of"]).is_some()
            || strip_any(follows, &RELEASE_PHRASES).is_some()
            || date_at(follows).is_some();
        return goes_on.then_some((until(after), after));
    }
    if let Some(after) = strip_any(text, &OFFICES) {
        return Some((until(after), after));
    }
    let whole = strip_any(text, &BODY_STARTS).is_some()
        && text.len() <= 90
        && count_words(text, 13) <= 12
        && !text.ends_with(['.', ':', '?', '!', ','])
        && !text.contains("__");
    if whole {
        let end = find_date(text).map_or(text.len(), |(before, _, _)| before.len());
        return text.split_at_checked(end);
    }
    let after = strip_any(text, &["office of"])?;
    let end = after.find("__")?;
    let (_, rest) = after.split_at_checked(end)?;
    Some((until(rest).trim_end(), rest))
}

/// Reads a time of day such as `2:10 P.M. EST`, `(9:16 a.m. Local)`.
pub(crate) fn time_at(text: &str) -> Option<&str> {
    let open = text.strip_prefix(['(', '[']);
    let rest = open.unwrap_or(text);
    let hour = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest.get(hour..).filter(|_| (1..=2).contains(&hour))?;
    let minutes = rest
        .strip_prefix([':', '.'])
        .filter(|rest| rest.bytes().take_while(u8::is_ascii_digit).count() == 2);
    let rest = minutes.and_then(|rest| rest.get(2..)).unwrap_or(rest).trim_start();
    let halves = ["a.m.", "p.m.", "a. m.", "p. m.", "am", "pm", "a.m", "p.m", "hours", "hrs"];
    let half = halves.iter().find_map(|half| strip_any(rest, &[half]));
    if half.is_none() && minutes.is_none() {
        return None;
    }
    let rest = half.unwrap_or(rest).trim_start();
    let rest = after_zone(rest);
    let rest = if open.is_some() {
        rest.trim_start().strip_prefix([')', ']']).unwrap_or(rest)
    } else {
        rest
    };
    (half.is_some() || rest.trim().is_empty()).then_some(rest)
}

/// The most words of a zone of time that is written out: `Central European Summer Time`.
const MAX_ZONE_WORDS: usize = 4;

/// Passes over a zone of time that is written out; none where there is none.
fn after_written_zone(text: &str) -> Option<&str> {
    let mut rest = text;
    for n_words in 1..=MAX_ZONE_WORDS {
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(length)?;
        if !word.starts_with(char::is_uppercase) && !word.eq_ignore_ascii_case("time") {
            return None;
        }
        if word.eq_ignore_ascii_case("time") {
            return (n_words > 1).then_some(after);
        }
        rest = after.strip_prefix(' ')?;
    }
    None
}

fn after_zone(text: &str) -> &str {
    if let Some(after) = after_written_zone(text) {
        return after;
    }
    let rest = text.strip_prefix('(').unwrap_or(text);
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let Some((word, after)) = rest.split_at_checked(length) else { return text };
    let is_zone = (2..=5).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_uppercase())
        && word.ends_with(['T', 'Z', 'C'])
        || word.eq_ignore_ascii_case("local");
    if !is_zone || after.starts_with(':') {
        return text;
    }
    let after = strip_any(after.trim_start(), &["time"]).unwrap_or(after);
    if rest.len() < text.len() { after.strip_prefix(')').unwrap_or(after) } else { after }
}

/// Cuts the words up to the next piece that can be told inside a line.
fn text_at(text: &str) -> (&str, &str) {
    let mut end = text.len();
    let mut shorten = |at: Option<usize>| end = at.filter(|&at| at > 0).unwrap_or(end).min(end);
    shorten(text.find("___").or_else(|| text.find("-----")));
    shorten(place_after_capitals(text));
    if text.len() <= MAX_HEADER_LINE {
        let lower = text.to_ascii_lowercase();
        let phrases =
            ["for immediate release", "office of the press secretary", "office of the first lady"];
        phrases.iter().for_each(|phrase| shorten(lower.find(phrase)));
        shorten(date_inside(text));
        shorten(time_inside(text));
    }
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Finds a date that stands for itself: at the line's end, and not part of a phrase ("of July 4,
/// 2009") nor of a title in lower-case letters.
fn date_inside(text: &str) -> Option<usize> {
    let (before, _, after) = find_date(text)?;
    let last = before.split_whitespace().next_back()?;
    let ends_line = after.len() <= 60 && !after.trim_end().ends_with(['.', '?', '!'])
        || after.trim_end().ends_with("D.C.");
    let is_title = is_title_start(before) && !is_all_capitals(before);
    let is_phrase = is_joining(last) || before.trim_end().ends_with(['(', '"', '“']);
    (ends_line && !is_title && !is_phrase && !starts_prose(after)).then_some(before.len())
}

fn time_inside(text: &str) -> Option<usize> {
    let mut last = None;
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit()) {
        let before = text.get(..at)?;
        if !before.ends_with([' ', '(']) {
            continue;
        }
        let at = if before.ends_with('(') { at - 1 } else { at };
        if let Some(after) = text.get(at..).and_then(time_at)
            && after.trim().len() <= 40
        {
            last = Some(at);
            break;
        }
    }
    last
}

/// Finds where a title in capitals ends and a place in title case follows on the same line.
fn place_after_capitals(text: &str) -> Option<usize> {
    let (mut n_capitals, mut previous, mut at) = (0, "", 0);
    for word in text.split_inclusive(' ') {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        let mut chars = letters.chars();
        let is_mixed = chars.next().is_some_and(char::is_uppercase)
            && chars.clone().count() >= 1
            && !is_joining(letters)
            && letters.chars().filter(|c| c.is_uppercase()).count() == 1
            && chars.all(|c| c.is_lowercase() || !c.is_alphabetic());
        if is_mixed {
            let quoted = word.starts_with(['"', '“', '\'', '(', '‘']);
            return (n_capitals >= 4 && !quoted && !is_joining(previous))
                .then(|| start_of_place(text, at));
        }
        if letters.chars().any(char::is_lowercase) && !is_joining(letters) && !is_mac(letters) {
            return None;
        }
        n_capitals += usize::from(is_all_capitals(letters) || is_mac(letters));
        previous = letters;
        at += word.len();
    }
    None
}

/// Tells whether a word is a name in capitals such as `McCAIN` or `O'MALLEY’s`.
fn is_mac(word: &str) -> bool {
    let n_upper = word.chars().filter(|c| c.is_uppercase()).count();
    n_upper > word.chars().filter(|c| c.is_lowercase()).count()
}

/// Moves the start of a place back over the short form of a name ("FBI Headquarters") and over an
/// article ("The SEED School"); a place with a number ("Room 450") has no name of its own.
fn start_of_place(text: &str, at: usize) -> usize {
    let (before, place) = text.split_at_checked(at).unwrap_or_default();
    let mut words = place.split(' ');
    let names_body = words.next().is_some_and(is_place_word)
        && !words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_short_form =
        |word: &str| (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let mut start = at;
    if let Some((head, last)) = before.trim_end().rsplit_once(' ')
        && names_body
        && is_short_form(last)
    {
        start = head.len() + 1;
    }
    let before = text.get(..start).unwrap_or_default().trim_end();
    if before.ends_with(" The") { before.len() - "The".len() } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        let show = |piece: &Piece<'_>| match piece {
            Piece::Rule => "rule".to_owned(),
            Piece::Issuer(name) => format!("issuer {name}"),
            Piece::Release => "release".to_owned(),
            Piece::Version(version) => format!("{version:?}"),
            Piece::Date(date) => date.as_ref().map_or_else(Clone::clone, ToString::to_string),
            Piece::Time => "time".to_owned(),
            Piece::Text(text) => format!("«{text}»"),
        };
        pieces(line).iter().map(show).collect()
    }

    #[test]
    fn lines_fall_into_pieces() {
        let cases: [(&str, &[&str]); 23] = [
            ("THE AGENCY ______", &["«THE AGENCY»", "rule"]),
            (
                "THE WHITE HOUSE Office of the Press Secretary ____ For Immediate Release March 2, 2009",
                &[
                    "issuer THE WHITE HOUSE",
                    "issuer Office of the Press Secretary",
                    "rule",
                    "release",
                    "2009-03-02",
                ],
            ),
            ("FOR IMMEDIATE RELEASE: Monday, March 9, 2009", &["release", "2009-03-09"]),
            (
                "REMARKS BY THE MAYOR AT THE HARBOUR GALA East Room 4:20 P.M. EST",
                &["«REMARKS BY THE MAYOR AT THE HARBOUR GALA»", "«East Room»", "time"],
            ),
            (
                "REMARKS BY THE MAYOR ON PORTS Harbour Office, Port City May 3, 2012",
                &["«REMARKS BY THE MAYOR ON PORTS»", "«Harbour Office, Port City»", "2012-05-03"],
            ),
            (
                "REMARKS BY SENATOR McCABE AT THE Old Mill",
                &["«REMARKS BY SENATOR McCABE AT THE Old Mill»"],
            ),
            (
                "Remarks on the Attacks of September 11, 2001",
                &["«Remarks on the Attacks of September 11, 2001»"],
            ),
            ("(2:10 P.M. EST)", &["time"]),
            ("9:16 A.M. (Local)", &["time"]),
            ("5:50 p.m. Atlantic Standard Time", &["time"]),
            ("5:50 p.m. Lima Time", &["time"]),
            ("5:50 p.m. Time Hall", &["time", "«Time Hall»"]),
            ("3:30 P.M. (CEST) THE MAYOR: Hi.", &["time", "«THE MAYOR: Hi.»"]),
            (
                "Alfalfa Hall Saturday, January 31st, 2009 Port City",
                &["«Alfalfa Hall»", "2009-01-31", "«Port City»"],
            ),
            ("July 23, 2009 Old Hotel", &["2009-07-23", "«Old Hotel»"]),
            ("Bureau of Public Affairs", &["issuer Bureau of Public Affairs"]),
            ("Department of the Interior", &["issuer Department of the Interior"]),
            ("As Prepared for Delivery:", &["Prepared"]),
            ("The White House Summit on Ports", &["«The White House Summit on Ports»"]),
            ("On May 3, 2012 we opened the harbour.", &["«On May 3, 2012 we opened the harbour.»"]),
            (
                "REMARKS BY THE MAYOR TO PORT EMPLOYEES PTA Headquarters",
                &["«REMARKS BY THE MAYOR TO PORT EMPLOYEES»", "«PTA Headquarters»"],
            ),
            ("21 ways to win", &["«21 ways to win»"]),
            ("* * *", &["rule"]),
        ];
        for (line, expected) in cases {
            assert_eq!(shown(line), expected, "{line}");
        }
    }
}
