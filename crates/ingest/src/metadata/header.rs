//! The lines before a text's body: title, issuer, date, place.

use super::date::{ReadDate, find_date};
use super::phrases::{
    has_person, has_title_end, is_event, is_place, is_press_office, is_title_start, is_town,
    names_body,
};
use super::place::{is_written_as_one, place_in, stated_place};
use super::scan::{Scan, Words, scan};
use super::speaker::{TitledSpeaker, begins_with_office, in_lower_joins, says_who_speaks};
use super::title::{FoundTitle, find_title, joined_title, n_title_lines, titled_speaker};
use super::words::{count_words, is_all_capitals, is_joining, is_title_case, strip_any};
use crate::structure::{Line, ends_sentence, line_text};
use onrecord_model::{CivilDate, DocumentKind, Version};
use std::borrow::Cow;

/// What a line of the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineRole {
    /// A line of the title, and nothing else.
    Title,
    /// Any other header line.
    Header,
}

/// What the lines before the body tell.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// The first line of the title, and those that it cannot stand without.
    pub(crate) title: Option<String>,
    /// The lines that go on with the title, joined by spaces.
    pub(crate) subtitle: Option<String>,
    /// The first date.
    pub(crate) date: Option<ReadDate>,
    /// The first later one that differs: the day of the event, where the first is the release's.
    pub(crate) event_date: Option<CivilDate>,
    pub(crate) issuer: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) event: Option<String>,
    /// The name of the speaker, and the office, from a line such as `President: NAME`.
    pub(crate) speaker: Option<(String, Option<String>)>,
    /// The one whom a line such as "Remarks by NAME" names in full, and the office.
    pub(crate) titled_speaker: Option<TitledSpeaker>,
    /// The first line that begins as titles of speeches and releases do.
    pub(crate) speaking_line: Option<String>,
    /// The line that says who speaks, in the title, apart from it (`BY MAYOR VALE`) or below the
    /// header, with one that begins with `and`.
    pub(crate) naming_line: Option<String>,
    pub(crate) kind: Option<DocumentKind>,
    /// Whether it says "For Immediate Release".
    pub(crate) is_release: bool,
    pub(crate) version: Version,
    /// What the first lines are; the body begins after them.
    pub(crate) roles: Vec<LineRole>,
}

impl Header {
    /// Returns the title with the lines that go on with it.
    pub(crate) fn whole_title(&self) -> Option<Cow<'_, str>> {
        let title = self.title.as_deref()?;
        Some(match &self.subtitle {
            Some(subtitle) => Cow::Owned(format!("{title} {subtitle}")),
            None => Cow::Borrowed(title),
        })
    }
}

/// Reads the header of a text whose lines are given.
pub(crate) fn read_header(text: &str, lines: &[Line]) -> Header {
    let scan = scan(text, lines);
    if scan.telling.is_empty() && !scan.words.iter().any(|words| is_title_start(words.text)) {
        return plain_title(text, lines);
    }
    let letterhead = letterhead(&scan, lines);
    let found = find_title(&scan, lines, letterhead);
    let place = find_place(&scan, lines, &found, letterhead);
    let event = scan.words.iter().find(|words| found.is_after(words) && is_event(words.text));
    let title = &found.title;
    let lines_of = |words: &[Words<'_>]| words.iter().map(|words| words.line).max();
    let last = [
        scan.telling.iter().copied().max(),
        letterhead.checked_sub(1),
        lines_of(title),
        lines_of(&place),
        found.speaking.map(|words| words.line),
        event.map(|words| words.line),
    ];
    let n_lines = last.into_iter().flatten().max().map_or(0, |line| line + 1).min(scan.body);
    let issuer = issuer(&scan, lines, letterhead, &found);
    let titled_speaker = titled_speaker(&scan, &found);
    let naming_line = naming_line(&scan, &found);
    let roles = roles(&scan, title, n_lines);
    let event = event.map(|words| words.text.to_owned());
    let mut header = Header { issuer, event, roles, ..scan.header };
    let (first, others) = title.split_at(n_title_lines(title));
    let kind_line = scan.kind_line.map(|(_, line)| line);
    header.title = scan
        .title
        .map(str::to_owned)
        .or_else(|| joined_title(first))
        .or_else(|| kind_line.map(str::to_owned));
    header.subtitle = joined(others, " ").filter(|_| scan.title.is_none());
    let stated = scan.place.and_then(stated_place).map(str::to_owned);
    header.place = stated.or_else(|| joined(&place, ", ").filter(|place| is_written_as_one(place)));
    header.speaking_line = found.speaking.map(|words| words.text.to_owned());
    header.titled_speaker = titled_speaker;
    header.naming_line = naming_line.or_else(|| line_below(text, lines, scan.body));
    let mut dates = scan.dates.into_iter();
    header.date = dates
        .next()
        .or_else(|| date_in_title(title))
        .or_else(|| date_in_title(found.speaking.as_slice()))
        .or(scan.late_date);
    let first = header.date.as_ref().and_then(|date| date.as_ref().ok()).copied();
    header.event_date = dates.flatten().find(|date| Some(*date) != first);
    header
}

/// Finds the line of the header that says who speaks.
fn naming_line(scan: &Scan<'_>, found: &FoundTitle<'_>) -> Option<String> {
    let is_by = |words: &&Words<'_>| strip_any(words.text, &["by"]).is_some();
    let said = found.speaking.filter(|words| says_who_speaks(words.text));
    let by_line = scan.words.iter().find(is_by).copied();
    let line = said.or(by_line)?;
    let next = scan.words.iter().find(|words| words.line > line.line);
    let next = next.filter(|next| strip_any(next.text, &["and"]).is_some());
    let said = if is_by(&&line) { "Remarks " } else { "" };
    Some(format!("{said}{} {}", line.text, next.map_or("", |next| next.text)))
}

/// How many lines of the body may stand above one that says who speaks: a summary.
const MAX_LINES_OF_SUMMARY: usize = 4;

/// Finds a line soon below the header that says who speaks and nothing else: a summary may stand
/// between the two.
fn line_below(text: &str, lines: &[Line], body: usize) -> Option<String> {
    let below = lines.iter().skip(body).take(MAX_LINES_OF_SUMMARY + 1);
    let line = below.map(|line| line_text(text, line)).find(|line| {
        says_who_speaks(line) && count_words(line, 13) <= 12 && !ends_sentence(line)
    })?;
    Some(line.to_owned())
}

/// Tells what each of the first lines is.
fn roles(scan: &Scan<'_>, title: &[Words<'_>], n_lines: usize) -> Vec<LineRole> {
    let is_title = |line: usize| {
        title.iter().any(|words| words.line == line)
            && !scan.telling.contains(&line)
            && scan.words.iter().filter(|words| words.line == line).count() == 1
    };
    let role = |line| if is_title(line) { LineRole::Title } else { LineRole::Header };
    (0..n_lines).map(role).collect()
}

/// Counts the first lines that name the body that put the text out, and what belongs to its name:
/// `MINISTRY OF PORTS`, `Republic of Kelmara`, `Press Office`.
fn letterhead(scan: &Scan<'_>, lines: &[Line]) -> usize {
    let issuer_on = |line: usize| scan.issuers.iter().any(|(at, _)| *at == line);
    let words_on = |line: usize| scan.words.iter().filter(move |words| words.line == line);
    let mut n_lines = 0;
    for (at, line) in lines.iter().enumerate().take(scan.body) {
        let begins_title = words_on(at).any(|words| is_title_start(words.text));
        let is_other = scan.telling.contains(&at) && (!issuer_on(at) || words_on(at).count() > 0);
        if (at > 0 && line.blank_before) || begins_title || is_other {
            break;
        }
        n_lines = at + 1;
    }
    let is_body =
        |line: usize| issuer_on(line) || words_on(line).any(|words| names_body(words.text));
    let more_words = scan.words.iter().any(|words| words.line >= n_lines);
    if n_lines > 0 && (is_body(0) || (more_words && (1..n_lines).any(is_body))) {
        n_lines
    } else {
        0
    }
}

fn find_place<'a>(
    scan: &Scan<'a>,
    lines: &[Line],
    found: &FoundTitle<'a>,
    letterhead: usize,
) -> Vec<Words<'a>> {
    let after = found.title.last().map_or(letterhead, |words| words.line);
    if after == 0 && scan.timed.is_empty() && scan.dated.is_empty() && scan.issuers.is_empty() {
        return Vec::new();
    }
    let mut place: Vec<Words<'a>> = Vec::new();
    for words in scan.words.iter().filter(|words| words.line >= after && !found.holds(words)) {
        let near = place.last().is_none_or(|last| words.line <= last.line + 2);
        let repeated = place.iter().any(|earlier| earlier.text == words.text);
        let goes_on = place.last().is_some_and(|last| words.line == last.line + 1);
        let before_place = scan.words.iter().any(|next| {
            next.line == words.line + 1 && is_place(next.text) && !is_apart(lines, next.line)
        });
        let before_time = scan.dated.contains(&words.line)
            || scan.timed.iter().any(|line| (words.line..=words.line + 1).contains(line));
        let likely = is_place(words.text) || before_place || before_time || goes_on;
        let other = is_title_start(words.text)
            || is_event(words.text)
            || names_body(words.text)
            || begins_with_office(words.text)
            // "The House met at", before a time.
            || words.text.split(' ').next_back().is_some_and(is_joining);
        if near && !repeated && likely && !other {
            place.extend(place_in(words.text).map(|text| Words { text, ..*words }));
        }
    }
    if !found.title.is_empty() {
        add_organisations(&mut place, scan, lines, after);
    }
    place
}

/// Adds the bodies that were visited: after the title, and where an issuer is known already, or a
/// town follows on the next line.
fn add_organisations<'a>(
    place: &mut Vec<Words<'a>>,
    scan: &Scan<'a>,
    lines: &[Line],
    after: usize,
) {
    for (line, name) in scan.issuers.iter().filter(|(line, _)| *line > after) {
        if is_visited(scan, lines, *line, name) {
            let at = place.iter().position(|words| words.line > *line).unwrap_or(place.len());
            place.insert(at, Words { line: *line, text: name, begins: true, is_headline: false });
        }
    }
}

fn is_apart(lines: &[Line], line: usize) -> bool {
    lines.get(line).is_none_or(|line| line.blank_before)
}

fn is_visited(scan: &Scan<'_>, lines: &[Line], line: usize, name: &str) -> bool {
    let has_issuer = scan.issuers.iter().any(|(at, other)| *at < line && is_press_office(other));
    let before_town = scan
        .words
        .iter()
        .any(|words| words.line == line + 1 && !is_apart(lines, words.line) && is_town(words.text));
    !is_press_office(name) && (has_issuer || before_town)
}

/// Finds the date in a title where it stands for itself: "Ports for All Monday, May 3, 2012".
fn date_in_title(title: &[Words<'_>]) -> Option<ReadDate> {
    title.iter().find_map(|words| {
        let (before, date, _) = find_date(words.text)?;
        let last = before.split_whitespace().next_back();
        (!last.is_some_and(is_joining)).then_some(date)
    })
}

fn issuer(
    scan: &Scan<'_>,
    lines: &[Line],
    letterhead: usize,
    found: &FoundTitle<'_>,
) -> Option<String> {
    let title_line = found.title.first().map_or(usize::MAX, |words| words.line);
    let named = scan.words.iter().filter(|words| words.line < letterhead && names_body(words.text));
    let mut bodies: Vec<(usize, &str)> = named.map(|words| (words.line, words.text)).collect();
    bodies.extend(scan.issuers.iter().filter(|(line, name)| {
        *line <= title_line || is_press_office(name) || !is_visited(scan, lines, *line, name)
    }));
    bodies.sort_by_key(|(line, _)| *line);
    let mut names: Vec<String> = Vec::new();
    for (_, name) in bodies {
        let name = name.trim_end_matches([',', ' ']);
        let name = if is_all_capitals(name) { in_lower_joins(name) } else { name.to_owned() };
        if !names.contains(&name) && names.len() < 2 {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn joined(words: &[Words<'_>], separator: &str) -> Option<String> {
    let clean = |words: &Words<'_>| match separator {
        ", " => words.text.trim_matches([',', ' ', '(', ')']).to_owned(),
        _ => words.text.to_owned(),
    };
    let parts: Vec<String> = words.iter().map(clean).collect();
    (!parts.is_empty()).then(|| parts.join(separator))
}

/// Reads the header of a text without any line that only headers have: at most a title.
fn plain_title(text: &str, lines: &[Line]) -> Header {
    let mut header = Header::default();
    if let [first, second, ..] = lines {
        let title = line_text(text, first);
        let fits = title.len() <= 120
            && count_words(title, 3) >= 2
            && is_title_case(title)
            && has_title_end(title)
            && !has_person(title)
            && second.blank_before;
        if fits {
            header.title = Some(title.to_owned());
            header.roles = vec![LineRole::Title];
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::lines_of;

    fn header(text: &str) -> Header {
        read_header(text, &lines_of(text))
    }

    /// A text, and its title, date, issuer, place and number of header lines.
    type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, usize);

    #[test]
    fn releases() {
        check(&[
            (
                "May 03, 2012\nFor Immediate Release\n\nRemarks by the Mayor on the harbour we share\n\nThe White House\n\nOffice of the Press Secretary\n\nHarbour Hall\nPort City, Maine\n\n1:08 P.M. EST\n\nTHE MAYOR: Good afternoon.",
                "Remarks by the Mayor on the harbour we share",
                "2012-05-03",
                "The White House, Office of the Press Secretary",
                "Harbour Hall, Port City, Maine",
                8,
            ),
            (
                "THE WHITE HOUSE\nOffice of the Press Secretary ______ For Immediate Release May 3, 2012\nREMARKS BY THE MAYOR\nAT SIGNING OF\nTHE PORTS ACT\nEast Room\n\nTHE WHITE HOUSE\nREMARKS BY THE MAYOR\n10:36 A.M. EST\n\nThank you all for coming.",
                "REMARKS BY THE MAYOR",
                "2012-05-03",
                "The White House, Office of the Press Secretary",
                "East Room",
                9,
            ),
            (
                "Remarks by the Mayor on ports\n\nMay 3, 2012\n\n5:50 p.m. Atlantic Standard Time\n\nTHE MAYOR: Good evening.",
                "Remarks by the Mayor on ports",
                "2012-05-03",
                "",
                "",
                3,
            ),
            (
                "EXECUTIVE OFFICE OF THE MAYOR\n\nMay 3, 2012\n\nRemarks on Ports\n\nPort City, M.E. 04101\n\nThe quay is to be mended, all of it and soon.",
                "Remarks on Ports",
                "2012-05-03",
                "Executive Office of the Mayor",
                "Port City, M.E.",
                4,
            ),
            (
                "Ports for All: A Plan for the Coast\n\nFact Sheet\nBureau of Public Affairs\nMay 3, 2012\n\n\n“We will dredge,” said the mayor to all who listened.",
                "Ports for All: A Plan for the Coast",
                "2012-05-03",
                "Bureau of Public Affairs",
                "",
                4,
            ),
        ]);
    }

    #[test]
    fn more_releases() {
        check(&[
            (
                "REMARKS BY THE MAYOR TO PORT EMPLOYEES\nDepartment of Ports\nPort City, Maine\n\nTHE MAYOR: Hello.",
                "REMARKS BY THE MAYOR TO PORT EMPLOYEES",
                "",
                "",
                "Department of Ports, Port City, Maine",
                3,
            ),
            (
                "May 3, 2012\n\nThe Old Ballroom\nPort City, Maine\n\n8:08 P.M. EDT\n\nQ Why?",
                "",
                "2012-05-03",
                "",
                "The Old Ballroom, Port City, Maine",
                4,
            ),
            (
                "Opening the Harbour\nMay 3, 2012\n\nIntroduction\nWe begin today with the harbour.",
                "Opening the Harbour",
                "2012-05-03",
                "",
                "",
                2,
            ),
            (
                "STATEMENT OF ADMINISTRATION POLICY\n\nMay 3, 2012\n\nB.R. 4626 — Ports for All Act\n\nThe Board is for it, and so are the pilots.",
                "STATEMENT OF ADMINISTRATION POLICY: B.R. 4626 — Ports for All Act",
                "2012-05-03",
                "",
                "",
                3,
            ),
            (
                "NATIONAL ASSEMBLY\nOFFICIAL REPORT\nMay 3, 2012\n\nThe House met and sat for long.",
                "NATIONAL ASSEMBLY: OFFICIAL REPORT",
                "2012-05-03",
                "",
                "",
                3,
            ),
            (
                "Minutes\nMay 3, 2012\n\nThe board met, and it was late.",
                "Minutes",
                "2012-05-03",
                "",
                "",
                2,
            ),
            ("The Harbour We Share\n\nWe begin today.", "The Harbour We Share", "", "", "", 1),
            ("My Fellow Citizens,\n\nWe begin.", "", "", "", "", 0),
            ("I wish to begin by\ncongratulating you on 3 May 2012\nand so on.", "", "", "", "", 0),
            ("President: Ana Vale\n\nGentlemen of the Council:\n\nWe begin.", "", "", "", "", 1),
            ("", "", "", "", "", 0),
        ]);
    }

    fn check(cases: &[Case]) {
        for &(text, title, date, issuer, place, n_lines) in cases {
            let header = header(text);
            let shown = header.date.map(|date| date.unwrap().to_string()).unwrap_or_default();
            let some = Option::unwrap_or_default;
            let found = (some(header.title), shown, some(header.issuer), some(header.place));
            let expected = (title.to_owned(), date.to_owned(), issuer.to_owned(), place.to_owned());
            assert_eq!(found, expected, "{text}");
            assert_eq!(header.roles.len(), n_lines, "{text}");
        }
    }

    #[test]
    fn a_label_before_a_name_is_no_turn() {
        let named = header("President: Ana Vale\n\nWe begin.").speaker;
        assert_eq!(named, Some(("Ana Vale".into(), Some("President".into()))));
        assert_eq!(header("President: Thank you all.\n\nWe begin.").speaker, None);
    }
}
