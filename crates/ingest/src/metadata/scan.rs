//! The first lines of a text, cut into pieces until its body begins.

use super::date::{ReadDate, date_at};
use super::header::Header;
use super::phrases::{has_person, is_headline, is_place, is_salutation, is_title_start, kind_line};
use super::pieces::{MAX_HEADER_LINE, Piece, pieces};
use super::speaker::{is_person_name, says_who_speaks};
use super::words::{count_words, is_all_capitals, is_joining, is_title_case, strip_any};
use crate::structure::{Line, ends_sentence, line_text, turn_label};

/// Lines looked at.
const MAX_HEADER_LINES: usize = 40;

/// Lines looked at after one that may not belong to the header.
const LINES_AHEAD: usize = 6;

/// The longest line, in bytes, by which an editor says what follows.
const MAX_INTRODUCTION: usize = 400;

/// The longest of these lines, in bytes.
const MAX_LINE_AHEAD: usize = 160;

/// A stretch of words in the header that no pattern explains.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
    /// Whether it begins its line.
    pub(super) begins: bool,
    /// Whether it is a headline written as a sentence.
    pub(super) is_headline: bool,
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
    /// The first line that names a kind and may be the title.
    pub(super) kind_line: Option<(usize, &'a str)>,
    /// A date that stands by itself soon after the header.
    pub(super) late_date: Option<ReadDate>,
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
        if at > 0 && !scan.telling.is_empty() && introduces_text(content) {
            scan.telling.push(at);
            continue;
        }
        let stands_alone = lines.get(at + 1).is_some_and(|next| next.blank_before);
        if let Some((kind, is_sure)) = kind_line(content)
            && (is_sure || stands_alone)
        {
            scan.telling.push(at);
            scan.kind_line = scan.kind_line.or((!is_sure).then_some((at, content)));
            scan.header.kind = scan.header.kind.or(Some(kind));
            continue;
        }
        if content.len() > MAX_HEADER_LINE {
            if let Some((date, _)) = date_at(content).filter(|_| at > 0) {
                scan.dates.push(date);
            }
            return scan;
        }
        let may_be_title = is_title_start(content) || (stands_alone && is_all_capitals(content));
        if turn_label(content).is_some() && !may_be_title {
            return scan;
        }
        let follows: Vec<&str> =
            lines.iter().skip(at + 1).take(LINES_AHEAD).map(|line| line_text(text, line)).collect();
        let is_headline = (at == 0 || line.blank_before || stands_alone)
            && may_be_headline(&scan, content, &follows);
        if !take_line(&mut scan, at, content, &follows, is_headline) {
            let is_address = is_salutation(content) || has_person(content);
            scan.late_date = late_date(&follows).filter(|_| !is_address);
            return scan;
        }
    }
    scan.body = lines.len().min(MAX_HEADER_LINES);
    scan
}

/// Tells whether an editor says in a line what follows: `Below is the text of a video message.`
fn introduces_text(line: &str) -> bool {
    const STARTS: [&str; 6] = [
        "below is the",
        "below are the",
        "following is the",
        "following are the",
        "the following is the",
        "the following are the",
    ];
    let words = ["text", "transcript", "remarks", "statement"];
    line.len() <= MAX_INTRODUCTION
        && strip_any(line, &STARTS)
            .is_some_and(|rest| rest.split_whitespace().take(4).any(|word| words.contains(&word)))
}

/// Takes the pieces of a line, and tells whether the header may go on after it.
fn take_line<'a>(
    scan: &mut Scan<'a>,
    at: usize,
    content: &'a str,
    follows: &[&str],
    is_headline: bool,
) -> bool {
    let before_issuer =
        follows.first().is_some_and(|next| matches!(pieces(next)[..], [Piece::Issuer(_), ..]));
    for (place, piece) in pieces(content).into_iter().enumerate() {
        if let Piece::Text(words) = piece {
            let goes_on = !is_prose(words, scan)
                || (place == 0 && (before_issuer || is_headline || goes_on(words, follows)));
            let is_turn = turn_label(words).is_some() && !is_title_start(words) && place > 0;
            if !goes_on || is_turn {
                scan.telling.retain(|&line| line != at);
                scan.words.retain(|words| words.line != at);
                return false;
            }
            let is_headline = is_headline && place == 0;
            scan.words.push(Words { line: at, text: words, begins: place == 0, is_headline });
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

/// Tells whether a line may be the headline: before any title, and either among lines that only
/// headers have, or above the line that says who speaks.
fn may_be_headline(scan: &Scan<'_>, line: &str, follows: &[&str]) -> bool {
    let above_text =
        |next: &&str| !scan.telling.is_empty() && next.len() > line.len() && ends_sentence(next);
    scan.words.iter().all(|words| !is_title_start(words.text) && !words.is_headline)
        && is_headline(line)
        && (follows.first().is_some_and(|next| above_text(next) || says_who_speaks(next))
            || goes_on(line, follows))
}

/// Tells whether the header goes on after a short line that reads like prose: another line that
/// only headers have soon follows, with nothing between them that only bodies have.
fn goes_on(line: &str, follows: &[&str]) -> bool {
    let may_stand = |line: &str| {
        line.len() <= MAX_LINE_AHEAD
            && !ends_sentence(line)
            && !is_salutation(line)
            && !has_person(line)
            && turn_label(line).is_none()
    };
    may_stand(line)
        && follows
            .iter()
            .take_while(|next| may_stand(next))
            .any(|next| stands_by_itself(next).is_some())
}

/// Finds the date of a line that holds nothing but a date, a town perhaps before it.
fn stands_by_itself(line: &str) -> Option<ReadDate> {
    match pieces(line).as_slice() {
        [Piece::Date(date)] => Some(date.clone()),
        [Piece::Text(town), Piece::Date(date)]
            if is_title_case(town) && count_words(town, 6) < 6 =>
        {
            Some(date.clone())
        }
        _ => None,
    }
}

/// Finds a date in the lines after a header, up to the first long one: the day of delivery, else
/// the first one.
fn late_date(follows: &[&str]) -> Option<ReadDate> {
    let may_stand =
        |line: &&&str| line.len() <= MAX_LINE_AHEAD && !is_salutation(line) && !has_person(line);
    let dated = follows.iter().take_while(may_stand).filter_map(|line| {
        match labelled(line).filter(|(key, _)| DATE_KEYS.contains(key)) {
            Some((key, value)) => Some((key.starts_with("delivered"), date_at(value)?.0)),
            None => Some((false, stands_by_itself(line)?)),
        }
    });
    let dated: Vec<(bool, ReadDate)> = dated.collect();
    let delivered = dated.iter().find(|(delivered, _)| *delivered).or(dated.first());
    delivered.map(|(_, date)| date.clone())
}

/// Tells whether words belong to a body rather than to a header.
fn is_prose(text: &str, scan: &Scan<'_>) -> bool {
    let n_words = count_words(text, 60);
    let ends_sentence = text.ends_with(['.', '?', '!']) && !text.ends_with("D.C.");
    if is_title_start(text) {
        let ends_dated = || text.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
        let is_long = n_words > 14 && !is_all_capitals(text) && !ends_dated();
        return n_words > 45 || (ends_sentence && is_long);
    }
    if is_salutation(text) || has_person(text) {
        return true;
    }
    let continues = scan.words.iter().any(|words| is_title_start(words.text))
        && text.split_whitespace().next().is_some_and(is_joining)
        && n_words <= 20;
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

/// Keys whose value is a date: of the speech, then of its release.
const DATE_KEYS: [&str; 6] =
    ["delivered on", "date", "delivered", "published on", "published", "posted"];

/// Splits a line such as `President: NAME` or `Date: July 14, 2011`.
fn labelled(line: &str) -> Option<(&'static str, &str)> {
    const KEYS: [&str; 8] =
        ["president", "speaker", "title", "place", "location", "venue", "last updated", "updated"];
    let (key, value) = line.split_once(':').filter(|(key, _)| key.len() <= 14)?;
    let key =
        KEYS.into_iter().chain(DATE_KEYS).find(|known| key.trim().eq_ignore_ascii_case(known))?;
    let value = value.trim();
    let fits = match key {
        "president" | "speaker" => is_person_name(value),
        "last updated" | "updated" => date_at(value).is_some(),
        key if DATE_KEYS.contains(&key) => date_at(value).is_some(),
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
        "last updated" | "updated" => {}
        "delivered on" | "delivered" => {
            scan.dates.splice(..0, date_at(value).map(|(date, _)| date));
        }
        key if DATE_KEYS.contains(&key) => scan.dates.extend(date_at(value).map(|(date, _)| date)),
        _ => scan.place = Some(value),
    }
}
