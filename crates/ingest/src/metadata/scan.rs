//! The first lines of a text, cut into pieces until its body begins.

use super::date::{ReadDate, date_at};
use super::header::Header;
use super::phrases::{has_person, is_place, is_salutation, is_title_start, kind_line};
use super::pieces::{MAX_HEADER_LINE, Piece, pieces};
use super::speaker::is_person_name;
use super::words::{count_words, is_all_capitals, is_joining, is_title_case};
use crate::structure::{Line, line_text, turn_label};

/// Lines looked at.
const MAX_HEADER_LINES: usize = 40;

/// A stretch of words in the header that no pattern explains.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
    /// Whether it begins its line.
    pub(super) begins: bool,
}

/// The header lines, cut into pieces.
#[derive(Default)]
pub(super) struct Scan<'a> {
    pub(super) words: Vec<Words<'a>>,
    pub(super) issuers: Vec<(usize, &'a str)>,
    pub(super) dates: Vec<ReadDate>,
    /// Lines with a piece that only headers have.
    pub(super) telling: Vec<usize>,
    /// Lines with a time of day.
    pub(super) timed: Vec<usize>,
    /// Lines with a date.
    pub(super) dated: Vec<usize>,
    pub(super) title: Option<&'a str>,
    pub(super) place: Option<&'a str>,
    pub(super) header: Header,
    /// The first line of the body.
    pub(super) body: usize,
}

/// Cuts the first lines of a text into pieces, up to the first line of its body.
pub(super) fn scan<'a>(text: &'a str, lines: &[Line]) -> Scan<'a> {
    let mut scan = Scan::default();
    for (at, line) in lines.iter().enumerate().take(MAX_HEADER_LINES) {
        let content = line_text(text, line);
        scan.body = at;
        if let Some((key, value)) = labelled(content) {
            scan.telling.push(at);
            take_labelled(&mut scan, key, value);
            continue;
        }
        if let Some(kind) = kind_line(content) {
            scan.telling.push(at);
            scan.header.kind = scan.header.kind.or(Some(kind));
            continue;
        }
        if content.len() > MAX_HEADER_LINE {
            if let Some((date, _)) = date_at(content).filter(|_| at > 0) {
                scan.dates.push(date);
            }
            return scan;
        }
        let stands_alone = lines.get(at + 1).is_some_and(|next| next.blank_before);
        let may_be_title = is_title_start(content) || (stands_alone && is_all_capitals(content));
        if turn_label(content).is_some() && !may_be_title {
            return scan;
        }
        let next = lines.get(at + 1).map(|line| line_text(text, line));
        if !take_line(&mut scan, at, content, next) {
            return scan;
        }
    }
    scan.body = lines.len().min(MAX_HEADER_LINES);
    scan
}

/// Takes the pieces of a line, and tells whether the header may go on after it.
fn take_line<'a>(scan: &mut Scan<'a>, at: usize, content: &'a str, next: Option<&str>) -> bool {
    let before_issuer = next.is_some_and(|next| matches!(pieces(next)[..], [Piece::Issuer(_), ..]));
    for (place, piece) in pieces(content).into_iter().enumerate() {
        if let Piece::Text(words) = piece {
            let goes_on = !is_prose(words, scan) || (before_issuer && place == 0);
            let is_turn = turn_label(words).is_some() && !is_title_start(words) && place > 0;
            if !goes_on || is_turn {
                scan.telling.retain(|&line| line != at);
                scan.words.retain(|words| words.line != at);
                return false;
            }
            scan.words.push(Words { line: at, text: words, begins: place == 0 });
            continue;
        }
        match piece {
            Piece::Issuer(name) => scan.issuers.push((at, name)),
            Piece::Release => scan.header.is_release = true,
            Piece::Version(version) => scan.header.version = version,
            Piece::Date(date) => {
                scan.dates.push(date);
                scan.dated.push(at);
            }
            Piece::Time => scan.timed.push(at),
            Piece::Rule => continue,
            Piece::Text(_) => {}
        }
        scan.telling.push(at);
    }
    true
}

/// Tells whether words belong to a body rather than to a header.
fn is_prose(text: &str, scan: &Scan<'_>) -> bool {
    let n_words = count_words(text, 60);
    let ends_sentence = text.ends_with(['.', '?', '!']) && !text.ends_with("D.C.");
    if is_title_start(text) {
        return n_words > 45 || (ends_sentence && n_words > 14 && !is_all_capitals(text));
    }
    if is_salutation(text) || has_person(text) {
        return true;
    }
    let continues = scan.words.last().is_some_and(|words| is_title_start(words.text))
        && text.split_whitespace().next().is_some_and(is_joining);
    if text.starts_with(char::is_lowercase) {
        return !continues;
    }
    let is_quoted = text.starts_with(['“', '"']) && text.ends_with(['”', '"']) && n_words <= 12;
    (text.starts_with(['•', '“', '"', '[']) && !is_quoted)
        || (text.starts_with('(') && !is_place(text))
        || text.ends_with(':')
        || n_words > 40
        || (ends_sentence && n_words >= 4)
        || (n_words >= 3 && !is_title_case(text))
}

/// Splits a line such as `President: NAME` or `Date: July 14, 2011`.
fn labelled(line: &str) -> Option<(&'static str, &str)> {
    const KEYS: [&str; 7] = ["president", "speaker", "title", "date", "place", "location", "venue"];
    let (key, value) = line.split_once(':').filter(|(key, _)| key.len() <= 10)?;
    let key = KEYS.into_iter().find(|known| key.trim().eq_ignore_ascii_case(known))?;
    let value = value.trim();
    let fits = match key {
        "president" | "speaker" => is_person_name(value),
        "date" => date_at(value).is_some(),
        _ => !value.is_empty() && value.len() <= 200,
    };
    fits.then_some((key, value))
}

fn take_labelled<'a>(scan: &mut Scan<'a>, key: &str, value: &'a str) {
    match key {
        "president" => {
            scan.header.speaker = Some((value.to_owned(), Some("President".to_owned())));
        }
        "speaker" => scan.header.speaker = Some((value.to_owned(), None)),
        "title" => scan.title = Some(value),
        "date" => scan.dates.extend(date_at(value).map(|(date, _)| date)),
        _ => scan.place = Some(value),
    }
}
