//! The Chicago Manual of Style, notes and bibliography.

use super::dates::in_words;
use super::name::Name;
use super::quoted::{ended, quoted};
use super::work::{Genre, Series, Work, capitalized, is_daily_page, joined};

/// Writes a note.
pub(super) fn note(work: &Work<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let title = work.title.map(|title| match work.genre.is_spoken() && has_parenthesis(work) {
        true => format!("{} {}", quoted(title, ""), parenthesis(work)),
        false => quoted(title, ""),
    });
    parts.extend(work.voice.as_ref().map(Name::full));
    let author = work.author();
    let whole = [author.as_deref(), work.office];
    let whole: Vec<&str> = whole.into_iter().flatten().chain(title.as_deref()).collect();
    if let (Some(_), Some(_)) = (&work.voice, whole.first()) {
        parts.push(format!("in {}", whole.join(", ")));
    } else {
        parts.extend(whole.iter().map(|&part| part.to_owned()));
    }
    if work.title.is_none() || !work.genre.is_spoken() {
        parts.extend(description(work));
    }
    parts.extend(in_series(work));
    parts.extend(work.publisher.filter(|_| work.series.is_none()).map(str::to_owned));
    parts.extend(work.pinpoint());
    parts.extend(work.url.map(str::to_owned));
    ended(&joined_with_commas(&parts))
}

/// Joins the parts of a note; a comma goes inside the marks of a title before it.
fn joined_with_commas(parts: &[String]) -> String {
    let mut note = String::new();
    for part in parts {
        if note.ends_with('”') {
            note.pop();
            note.push_str(",” ");
        } else if !note.is_empty() {
            note.push_str(", ");
        }
        note.push_str(part);
    }
    if note.ends_with('”') {
        note.pop();
        let is_ended = note.ends_with(['?', '!', '.']);
        note.push_str(if is_ended { "”" } else { ".”" });
    }
    note
}

fn has_parenthesis(work: &Work<'_>) -> bool {
    !description(work).is_empty()
}

fn parenthesis(work: &Work<'_>) -> String {
    format!("({})", description(work).join(", "))
}

/// Lists what a work is, where and when it was said or released.
fn description(work: &Work<'_>) -> Vec<String> {
    let released = work.released.map(|date| format!("released {}", in_words(date)));
    let (event, place) = occasion(work);
    let noun = work.genre.noun().filter(|_| work.series.is_none());
    [noun, work.version, event, place]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .chain(work.date.map(in_words))
        .chain(released)
        .collect()
}

/// Returns event and place; those of a release are no part of its citation.
fn occasion<'a>(work: &Work<'a>) -> (Option<&'a str>, Option<&'a str>) {
    match work.genre {
        Genre::FactSheet | Genre::PressRelease => (work.event, None),
        Genre::Speech | Genre::Statement | Genre::Transcript | Genre::Testimony | Genre::Other => {
            (work.event, work.place)
        }
    }
}

/// Writes where a work is printed in an official record.
fn in_series(work: &Work<'_>) -> Option<String> {
    Some(match work.series.as_ref()? {
        Series::CongressionalRecord { volume, issue, pages } => {
            let issue = issue.as_ref().map(|issue| format!(", no. {issue}")).unwrap_or_default();
            let is_daily = pages.as_deref().is_some_and(is_daily_page);
            let edition = if is_daily { ", daily ed." } else { "" };
            let pages = pages.as_ref().map(|pages| format!(": {}", ranged(pages)));
            format!("Congressional Record {volume}{issue}{edition}{}", pages.unwrap_or_default())
        }
        Series::Hansard { is_lords, volume, columns } => {
            let house = if *is_lords { "House of Lords" } else { "House of Commons" };
            let columns = columns.as_ref().map(|columns| {
                let noun = if columns.contains('-') { "cols." } else { "col." };
                format!(", {noun} {}", ranged(columns))
            });
            format!("Hansard, {house}, vol. {volume}{}", columns.unwrap_or_default())
        }
    })
}

/// Writes a range with the dash that ranges have.
fn ranged(range: &str) -> String {
    range.replace('-', "–")
}

/// Writes an entry of a bibliography: of the whole work, without the place in it.
pub(super) fn bibliography(work: &Work<'_>) -> String {
    let (first, rest) = work.authors.split_first().map_or((None, &[][..]), |(f, r)| (Some(f), r));
    let names = first.map(Name::inverted).into_iter().chain(rest.iter().map(Name::full));
    let mut sentences: Vec<String> = joined(names, " and ").into_iter().collect();
    sentences.extend(work.title.map(|title| quoted(title, ".")));
    let described = description(work).join(", ");
    sentences.extend((!described.is_empty()).then(|| capitalized(&described)));
    sentences.extend(in_series(work));
    sentences.extend(work.publisher.filter(|_| work.series.is_none()).map(str::to_owned));
    sentences.extend(work.url.map(str::to_owned));
    let sentences: Vec<String> = sentences.iter().map(|sentence| ended(sentence)).collect();
    sentences.join(" ")
}
