//! The title of a text among its header lines, and who speaks.

use super::backing::Link;
use super::nameless::is_generic_title;
use super::phrases::{
    breaks_off, continues_title, has_title_end, is_place, is_place_word, is_title_start,
};
use super::scan::{Scan, Words};
use super::speaker::{
    TitledSpeaker, begins_with_office, in_lower_joins, is_office_alone, says_who_speaks,
    speaker_and_office, speaker_in_title,
};
use super::words::{count_words, is_all_capitals, is_title_case, strip_any};
use crate::structure::Line;
use std::ops::RangeInclusive;

/// The title, and the line that says who speaks where that is another one.
pub(super) struct FoundTitle<'a> {
    pub(super) title: Vec<Words<'a>>,
    pub(super) speaking: Option<Words<'a>>,
}

impl FoundTitle<'_> {
    /// Tells whether words stand after the title and the line that says who speaks.
    pub(super) fn is_after(&self, words: &Words<'_>) -> bool {
        let last = self.title.iter().chain(&self.speaking).map(|words| words.line).max();
        last.is_some_and(|last| words.line > last)
    }

    pub(super) fn holds(&self, words: &Words<'_>) -> bool {
        self.title
            .iter()
            .chain(&self.speaking)
            .any(|title| title.text.eq_ignore_ascii_case(words.text))
    }
}

/// Finds the title below the letterhead, of which the number of lines is given.
pub(super) fn find_title<'a>(scan: &Scan<'a>, lines: &[Line], letterhead: usize) -> FoundTitle<'a> {
    let byline = byline(scan);
    let mut candidates = scan.words.iter().filter(|words| words.line >= letterhead);
    // Nor is the path of a page, "Home > Speeches", a title.
    let is_other = |words: &Words<'_>| {
        words.text.contains(['>', '»', '›'])
            || is_office_alone(words.text)
            || byline.as_ref().is_some_and(|byline| byline.lines.contains(&words.line))
            || strip_any(words.text, &["before the"]).is_some()
    };
    let speaking = candidates.clone().find(|words| is_title_start(words.text)).copied();
    let first = candidates.clone().find(|words| !is_other(words));
    let first = first.filter(|first| may_be_title(first, speaking, scan, lines));
    let Some(first) = first.copied().or(speaking) else {
        return FoundTitle { title: Vec::new(), speaking: None };
    };
    let mut title: Vec<Words<'a>> = Vec::new();
    for words in
        candidates.by_ref().skip_while(|words| words.line < first.line || words.text != first.text)
    {
        let follows = title.last().is_none_or(|last| {
            let adjacent = words.line == last.line + 1 && !starts_apart(lines, words.line);
            words.begins && adjacent && continues_title(last.text, words.text)
        });
        if !follows {
            break;
        }
        title.push(*words);
    }
    if let [only] = title.as_slice() {
        title.extend(completion(scan, *only));
    }
    FoundTitle { title, speaking }
}

/// The most lines between a generic title and the one that completes it: a date, a town.
const MAX_LINES_TO_COMPLETION: usize = 3;

/// Finds the line that completes a generic title: the next one that may be a title.
fn completion<'a>(scan: &Scan<'a>, title: Words<'a>) -> Option<Words<'a>> {
    let near = title.line + 1..=title.line + 1 + MAX_LINES_TO_COMPLETION;
    let may_complete = |words: &&Words<'a>| {
        near.contains(&words.line)
            && words.begins
            && (words.is_headline || is_title_case(words.text) || is_all_capitals(words.text))
            && has_title_end(words.text)
            && !is_place(words.text)
            && !is_office_alone(words.text)
            && !words.text.eq_ignore_ascii_case(title.text)
    };
    is_generic_title(title.text).then(|| scan.words.iter().find(may_complete).copied())?
}

/// Tells whether words are the title, or one above the line that says who speaks.
fn may_be_title(
    first: &Words<'_>,
    speaking: Option<Words<'_>>,
    scan: &Scan<'_>,
    lines: &[Line],
) -> bool {
    let likely = (first.is_headline || (is_title_case(first.text) && has_title_end(first.text)))
        && !is_place(first.text);
    let Some(speaking) = speaking else {
        return likely || scan.issuers.iter().any(|(line, _)| *line > first.line);
    };
    // A title proper stands alone above "Remarks by NAME", with nothing but a date between them.
    let is_dated = |line: &usize| scan.dated.contains(line);
    let next = first.line + 1;
    let alone = first.begins && (first.line == 0 || starts_apart(lines, first.line));
    let apart = starts_apart(lines, next) || speaking.line == next || is_dated(&next);
    let between = first.line..speaking.line;
    let telling = scan.telling.iter().any(|line| between.contains(line) && !is_dated(line));
    first.line < speaking.line && likely && alone && apart && !telling
}

fn starts_apart(lines: &[Line], line: usize) -> bool {
    lines.get(line).is_none_or(|line| line.blank_before)
}

/// Counts the lines that the title cannot stand without: more than the first only where that one
/// breaks off, is one word that the next one goes on with, or is a form that many share. Lines of capitals are set one by
/// one, and so each stands.
pub(super) fn n_title_lines(title: &[Words<'_>]) -> usize {
    let is_open = |pair: &&[Words<'_>]| {
        let [words, next] = pair else { return false };
        is_generic_title(words.text)
            || !is_all_capitals(words.text)
                && (breaks_off(words.text)
                    || count_words(words.text, 2) == 1 && next.text.starts_with(char::is_lowercase))
    };
    let n_open = title.windows(2).take_while(is_open).count();
    (n_open + 1).min(title.len())
}

/// Joins the lines of a title, a colon after those that are a form that many share.
pub(super) fn joined_title(title: &[Words<'_>]) -> Option<String> {
    let mut joined = String::new();
    for (at, words) in title.iter().enumerate() {
        let is_last = at + 1 == title.len();
        let separator = match () {
            () if is_last => "",
            () if is_generic_title(words.text) => ": ",
            () => " ",
        };
        let text =
            if separator == ": " { words.text.trim_end_matches([':', ' ']) } else { words.text };
        joined.push_str(text);
        joined.push_str(separator);
    }
    (!joined.is_empty()).then_some(joined)
}

/// A line that names who speaks, with the office on it or on the next one.
struct Byline {
    lines: RangeInclusive<usize>,
    name: String,
    office: String,
}

fn byline(scan: &Scan<'_>) -> Option<Byline> {
    scan.words.iter().enumerate().find_map(|(at, words)| {
        let next = scan.words.get(at + 1).filter(|next| next.begins);
        let on_next = || {
            let office = next.filter(|next| begins_with_office(next.text))?.text;
            speaker_and_office(&format!("{}, {office}", words.text))
        };
        let is_whole = words.begins && !words.text.split(' ').any(is_place_word);
        let (last, (name, office)) = is_whole
            .then(|| Some((words.line, speaker_and_office(words.text)?)))
            .flatten()
            .or_else(|| Some((next?.line, is_whole.then(on_next)??)))?;
        Some(Byline { lines: words.line..=last, name, office })
    })
}

/// Finds the one whom the title names in full, else a line of its own, and the office.
pub(super) fn titled_speaker(scan: &Scan<'_>, found: &FoundTitle<'_>) -> Option<TitledSpeaker> {
    named_in_title(scan, found).or_else(|| {
        let is_said = found.speaking.is_some_and(|words| says_who_speaks(words.text));
        let Byline { name, office, .. } = byline(scan).filter(|_| !is_said)?;
        Some(TitledSpeaker { name, office: Some(office), link: Link::By })
    })
}

fn named_in_title(scan: &Scan<'_>, found: &FoundTitle<'_>) -> Option<TitledSpeaker> {
    let speaking = found.speaking?;
    let next = scan.words.iter().find(|words| words.line == speaking.line + 1);
    let goes_on = next.is_some_and(|next| {
        next.text.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("and"))
    });
    if goes_on || speaking.text.ends_with(',') {
        return None;
    }
    let titled = speaker_in_title(speaking.text)?;
    let below = next.filter(|next| begins_with_office(next.text)).map(|next| next.text.to_owned());
    let office = titled.office.or(below);
    let office = office
        .map(|office| if is_all_capitals(&office) { in_lower_joins(&office) } else { office });
    Some(TitledSpeaker { office, ..titled })
}
