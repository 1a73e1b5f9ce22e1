//! RIS records, one tag a line.

use super::name::Name;
use super::work::{Genre, Series, Work};
use onrecord_model::CivilDate;

/// The longest author, in characters, that the format allows.
const MAX_AUTHOR: usize = 255;

/// Writes the record of a work; lines end in CR LF, as the format demands.
pub(super) fn record(work: &Work<'_>, id: &str) -> String {
    let mut lines = Lines::default();
    lines.put("TY", kind(work));
    lines.put("ID", id);
    for name in &work.authors {
        // An asterisk means something else in these fields.
        let name: String = name_of(name).replace('*', "").chars().take(MAX_AUTHOR).collect();
        lines.put("AU", &name);
    }
    lines.put_some("TI", work.title);
    lines.put_some("M3", work.genre.capital_noun().as_deref());
    lines.put_some("T2", container(work));
    if let Some(series) = &work.series {
        put_series(&mut lines, series);
    }
    if let Some(date) = work.released.or(work.date) {
        lines.put("PY", &date.year().to_string());
        lines.put("DA", &date_of(date));
    }
    lines.put_some("CY", work.place);
    lines.put_some("PB", work.publisher.filter(|_| work.series.is_none()));
    lines.put_some("LA", work.language);
    let voice = work.voice.as_ref().map(|voice| format!("words of {}", voice.full()));
    lines.put_some("N1", voice.as_deref());
    lines.put_some("N1", work.office);
    lines.put_some("N1", work.version);
    lines.put_some("N1", work.pinpoint().as_deref());
    lines.put_some("UR", work.url);
    lines.written.push_str("ER  - \r\n");
    lines.written
}

#[derive(Default)]
struct Lines {
    written: String,
}

impl Lines {
    /// Writes a tag and its value, in one line whatever it holds.
    fn put(&mut self, tag: &str, value: &str) {
        let words: Vec<&str> = value.split(|c: char| c.is_whitespace() || c.is_control()).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            self.written.push_str(&format!("{tag}  - {}\r\n", words.join(" ")));
        }
    }

    fn put_some(&mut self, tag: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.put(tag, value);
        }
    }
}

fn put_series(lines: &mut Lines, series: &Series) {
    let (volume, issue, pages) = match series {
        Series::CongressionalRecord { volume, issue, pages } => (volume, issue.as_deref(), pages),
        Series::Hansard { volume, columns, .. } => (volume, None, columns),
    };
    lines.put("VL", volume);
    lines.put_some("IS", issue);
    let (first, last) = match pages.as_deref() {
        Some(pages) => {
            pages.split_once('-').map_or((Some(pages), None), |(a, b)| (Some(a), Some(b)))
        }
        None => (None, None),
    };
    lines.put_some("SP", first);
    lines.put_some("EP", last);
}

/// Returns the type of a work among those of the format, which has none for speeches.
fn kind(work: &Work<'_>) -> &'static str {
    if work.series.is_some() {
        return "GOVDOC";
    }
    match work.genre {
        Genre::Testimony => "HEAR",
        Genre::FactSheet | Genre::PressRelease => "RPRT",
        Genre::Other if work.url.is_some() => "ELEC",
        Genre::Speech | Genre::Statement | Genre::Transcript | Genre::Other => "GEN",
    }
}

fn container<'a>(work: &Work<'a>) -> Option<&'a str> {
    match work.series {
        Some(Series::CongressionalRecord { .. }) => Some("Congressional Record"),
        Some(Series::Hansard { .. }) => Some("Hansard"),
        None => work.event,
    }
}

/// Writes a name with the family name first, the suffix behind a second comma.
fn name_of(name: &Name) -> String {
    match name {
        Name::Literal(name) => name.clone(),
        Name::Person { given, family, suffix, .. } => {
            let suffix = suffix.as_ref().map(|suffix| format!(", {suffix}")).unwrap_or_default();
            format!("{family}, {given}{suffix}")
        }
    }
}

/// Writes a date as `YYYY/MM/DD/`; what is not known stays empty between its strokes.
fn date_of(date: CivilDate) -> String {
    let two = |number: Option<u8>| number.map(|number| format!("{number:02}")).unwrap_or_default();
    format!("{:04}/{}/{}/", date.year(), two(date.month()), two(date.day()))
}
