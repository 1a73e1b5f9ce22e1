use super::dates::in_words;
use super::name::Name;
use super::quoted::quoted;
use super::work::{Series, Work};

/// Lists all that the record holds, in one line without a style.
pub(super) fn plain(work: &Work<'_>) -> String {
    let author = work.author();
    let author = match (author, work.office) {
        (Some(author), Some(office)) => Some(format!("{author} ({office})")),
        (author, _) => author,
    };
    let voice = work.voice.as_ref().map(Name::full);
    let voice = match &author {
        Some(author) => voice.map(|voice| format!("{voice}, in: {author}")),
        None => voice,
    };
    let parts = [
        voice.or(author),
        work.title.map(|title| quoted(title, "")),
        work.genre.noun().map(str::to_owned),
        work.version.map(str::to_owned),
        work.event.map(str::to_owned),
        work.place.map(str::to_owned),
        work.date.map(in_words),
        work.released.map(|date| format!("released {}", in_words(date))),
        work.publisher.map(str::to_owned),
        work.series.as_ref().map(printed),
        work.pinpoint(),
        work.url.map(str::to_owned),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn printed(series: &Series) -> String {
    let with = |noun: &str, value: &Option<String>| {
        value.as_ref().map(|value| format!(", {noun} {value}")).unwrap_or_default()
    };
    match series {
        Series::CongressionalRecord { volume, issue, pages } => {
            format!(
                "Congressional Record, volume {volume}{}{}",
                with("number", issue),
                with("pages", pages)
            )
        }
        Series::Hansard { volume, columns, .. } => {
            format!("Hansard, volume {volume}{}", with("columns", columns))
        }
    }
}
