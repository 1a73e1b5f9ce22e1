//! CSL-JSON: items as `csl-data.json` of CSL 1.0.2 describes them.

use super::name::Name;
use super::work::{Genre, Series, Work};
use onrecord_model::CivilDate;
use serde_json::{Map, Value, json};

/// Makes the item of a work; `id` names it among others.
pub(super) fn item(work: &Work<'_>, id: &str) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), id.into());
    item.insert("type".into(), kind(work).into());
    let authors: Vec<Value> = work.authors.iter().map(name).collect();
    if !authors.is_empty() {
        item.insert("author".into(), authors.into());
    }
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            item.insert(key.into(), value.into());
        }
    };
    put("title", work.title);
    put("genre", work.genre.capital_noun().as_deref());
    put("event-title", work.event);
    put("event-place", work.place.filter(|_| work.genre.is_spoken()));
    put("publisher", work.publisher.filter(|_| work.series.is_none()));
    put("language", work.language);
    put("URL", work.url);
    put("note", note(work).as_deref());
    // A locator is a page where nothing else is said, and nothing else can be said here.
    put("locator", work.page_label().as_deref());
    if let Some(series) = &work.series {
        put_series(&mut put, series);
    }
    if let Some(issued) = work.released.or(work.date) {
        item.insert("issued".into(), date(issued));
    }
    if let Some(said) = work.date.filter(|_| work.genre.is_spoken()) {
        item.insert("event-date".into(), date(said));
    }
    item.into()
}

fn put_series(put: &mut impl FnMut(&str, Option<&str>), series: &Series) {
    let (title, volume, issue, page) = match series {
        Series::CongressionalRecord { volume, issue, pages } => {
            ("Congressional Record", volume, issue.as_deref(), pages)
        }
        Series::Hansard { volume, columns, .. } => ("Hansard", volume, None, columns),
    };
    put("container-title", Some(title));
    put("volume", Some(volume));
    put("issue", issue);
    put("page", page.as_deref());
}

/// Returns the type of a work among those of CSL.
fn kind(work: &Work<'_>) -> &'static str {
    let is_hearing =
        |words: Option<&str>| words.is_some_and(|words| words.to_lowercase().contains("hearing"));
    match work.genre {
        Genre::Testimony if is_hearing(work.event) || is_hearing(work.title) => "hearing",
        Genre::Speech | Genre::Statement | Genre::Transcript | Genre::Testimony => "speech",
        Genre::FactSheet | Genre::PressRelease => "report",
        Genre::Other if work.series.is_some() => "speech",
        Genre::Other if work.url.is_some() => "webpage",
        Genre::Other if work.page.is_some() => "report",
        Genre::Other => "document",
    }
}

fn name(name: &Name) -> Value {
    match name {
        Name::Literal(name) => json!({ "literal": name }),
        Name::Person { given, family, suffix, is_family_first } => {
            let mut parts = Map::new();
            parts.insert("family".into(), family.as_str().into());
            parts.insert("given".into(), given.as_str().into());
            if let Some(suffix) = suffix {
                parts.insert("suffix".into(), suffix.as_str().into());
            }
            if *is_family_first {
                parts.insert("static-ordering".into(), true.into());
            }
            parts.into()
        }
    }
}

/// Writes a date as precisely as it is known.
fn date(date: CivilDate) -> Value {
    let month = date.month().map(u16::from);
    let day = date.day().map(u16::from);
    let parts: Vec<u16> = [Some(date.year()), month, day].into_iter().flatten().collect();
    json!({ "date-parts": [parts] })
}

/// Writes what has no field: who speaks at the place, the office, the version, the paragraph.
fn note(work: &Work<'_>) -> Option<String> {
    let voice = work.voice.as_ref().map(|voice| format!("words of {}", voice.full()));
    let paragraph = work.paragraph.filter(|_| work.page.is_none());
    let parts = [
        voice,
        work.office.map(str::to_owned),
        work.version.map(str::to_owned),
        paragraph.map(|paragraph| format!("para. {paragraph}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
