//! The style of the American Psychological Association.

use super::bluebook;
use super::dates::year_first;
use super::name::Name;
use super::quoted::{ended, quoted};
use super::work::{Work, joined};

/// Writes an entry of a list of references.
///
/// An undated work has `n.d.`, which the style demands (7th ed., 9.17). What is printed in an
/// official record is cited as the Bluebook does (11.1).
pub(super) fn reference(work: &Work<'_>) -> String {
    if let Some(series) = bluebook::in_series(work) {
        return series;
    }
    let author = joined(work.authors.iter().map(Name::with_initials), " & ");
    let date = work.date.map_or_else(|| "n.d.".to_owned(), year_first);
    let what = what(work);
    let (first, second) = match author {
        Some(author) => (Some(author), what),
        None => (what, None),
    };
    let mut sentences: Vec<String> = first.into_iter().map(|first| ended(&first)).collect();
    sentences.push(format!("({date})."));
    sentences.extend(second.map(|second| ended(&second)));
    if work.genre.is_spoken() {
        let occasion: Vec<&str> = [work.event, work.place].into_iter().flatten().collect();
        sentences.extend((!occasion.is_empty()).then(|| ended(&occasion.join(", "))));
    }
    sentences.extend(work.publisher.map(ended));
    sentences.extend(work.url.map(str::to_owned));
    sentences.join(" ")
}

/// Writes the title and, in brackets, what the work is.
fn what(work: &Work<'_>) -> Option<String> {
    let noun = work.genre.capital_noun();
    let noun = match (noun, work.version) {
        (Some(noun), Some(version)) => Some(format!("[{noun}, {version}]")),
        (Some(noun), None) => Some(format!("[{noun}]")),
        (None, version) => version.map(|version| format!("[{version}]")),
    };
    joined(work.title.map(str::to_owned).into_iter().chain(noun), " ")
}

/// Writes the citation that stands in the text, with the place in the work.
pub(super) fn in_text(work: &Work<'_>) -> String {
    let authors = joined(work.authors.iter().map(|name| name.short().to_owned()), " & ");
    let title = work.title.map(|title| quoted(title, ","));
    let date = work.date.map_or_else(|| "n.d.".to_owned(), |date| date.year().to_string());
    let pinpoint = work.pinpoint().map(|place| format!(", {place}")).unwrap_or_default();
    let voice = work.voice.as_ref().map(|voice| format!("{}, in ", voice.full()));
    let head = match (authors, title) {
        (Some(authors), _) => format!("{authors}, "),
        (None, Some(title)) => format!("{title} "),
        (None, None) => String::new(),
    };
    format!("({}{head}{date}{pinpoint})", voice.unwrap_or_default())
}
