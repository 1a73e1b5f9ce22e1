//! What a file's name tells, where nothing better does.

use super::Draft;
use super::date::date_at;
use onrecord_model::{CivilDate, Field};
use std::path::Path;

/// Sessions of the United Nations General Assembly are numbered from 1946, the first.
const YEAR_BEFORE_SESSION_ONE: u16 = 1945;

/// Infers title and date from a file's name, or from the document's own id, such as
/// `2011-07-14-harbour-speech.txt` or `USA_75_2020`.
pub(crate) fn infer_from_file_name(draft: &mut Draft, path: &Path) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.split_once('.').map_or(&*name, |(stem, _)| stem);
    let native_id = draft.native_id.clone();
    let debate = native_id.as_deref().and_then(general_debate).or_else(|| general_debate(stem));
    if let Some((country, session, year)) = debate {
        if let Ok(date) = CivilDate::from_year(year) {
            draft.infer_date(date);
        }
        draft.infer_title(&format!("UN General Debate, session {session} ({year}), {country}"));
        return;
    }
    if native_id.is_some() {
        return;
    }
    let rest = match date_at(stem) {
        Some((date, rest)) => {
            if let Ok(date) = date {
                draft.infer_date(date);
            }
            rest
        }
        None => stem,
    };
    if !draft.has(Field::Title)
        && let Some(title) = title_of(rest)
    {
        draft.infer_title(&title);
    }
}

/// Reads names of the UN General Debate Corpus: country, session, year, such as `USA_75_2020`.
fn general_debate(name: &str) -> Option<(&str, u16, u16)> {
    let (rest, year) = name.rsplit_once('_')?;
    let (rest, session) = rest.rsplit_once('_')?;
    let country = rest.rsplit(['-', '_']).next()?;
    let year: u16 = year.parse().ok().filter(|_| year.len() == 4)?;
    let session: u16 = session.parse().ok().filter(|_| session.len() <= 3)?;
    let is_country =
        country.len() <= 4 && country.len() >= 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    (is_country && session.checked_add(YEAR_BEFORE_SESSION_ONE)? == year)
        .then_some((country, session, year))
}

/// Makes a title of a name's words where there are at least two of three letters or more.
fn title_of(name: &str) -> Option<String> {
    let words: Vec<&str> =
        name.split(['-', '_', ' ', '+']).filter(|word| !word.is_empty()).collect();
    let is_word = |word: &&&str| word.len() >= 3 && word.chars().all(char::is_alphabetic);
    if words.iter().filter(is_word).count() < 2 {
        return None;
    }
    let title = words.join(" ");
    let mut chars = title.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_dates_and_titles() {
        for (name, date, title) in [
            ("2011-07-14-harbour-speech.txt", Some("2011-07-14"), Some("Harbour speech")),
            ("USA_75_2020.txt", Some("2020"), Some("UN General Debate, session 75 (2020), USA")),
            ("USA_75_2019.txt", None, None),
            ("document-000123.txt", None, None),
            ("2009-01-27-09.txt", Some("2009-01-27"), None),
            ("The Harbour Speech.html", None, Some("The Harbour Speech")),
            ("2011-02-30-no-such-day.md", None, Some("No such day")),
        ] {
            let mut draft = Draft::default();
            infer_from_file_name(&mut draft, Path::new(name));
            let (metadata, _) = draft.finish();
            assert_eq!(metadata.date.map(|date| date.to_string()).as_deref(), date, "{name}");
            assert_eq!(metadata.title.as_deref(), title, "{name}");
        }
        let mut draft = Draft::default();
        draft.give("_id", "ungdc-BGD_60_2005");
        infer_from_file_name(&mut draft, Path::new("some-big-file.jsonl"));
        assert_eq!(draft.finish().0.date, CivilDate::from_year(2005).ok());
    }
}
