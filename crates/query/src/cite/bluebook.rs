//! The Bluebook.

use super::dates::in_short_words;
use super::name::Name;
use super::work::{Genre, Series, Work, capitalized, is_daily_page};

/// Writes a citation as a court document has it.
pub(super) fn bluebook(work: &Work<'_>) -> String {
    if let Some(series) = in_series(work) {
        return series;
    }
    let mut parts: Vec<String> = Vec::new();
    let author = work.author();
    if work.genre.is_spoken() {
        parts.extend(author.into_iter().chain(work.office.map(str::to_owned)));
        parts.extend(work.title.map(bare));
        parts.extend(occasion(work));
        parts.extend(work.place.map(str::to_owned));
    } else {
        parts.extend(work.genre.noun().map(in_capitals).into_iter().chain(author));
        parts.extend(work.title.map(bare));
        parts.extend(work.publisher.map(str::to_owned));
    }
    let pinpoint = work.page.map(|page| format!("at {page}"));
    parts.extend(pinpoint.or_else(|| work.pinpoint()));
    let mut citation = parts.join(", ");
    let remark = [work.date.map(in_short_words), work.version.map(str::to_owned), voice(work)];
    for remark in remark.into_iter().flatten() {
        citation.push_str(&format!(" ({remark})"));
    }
    citation.extend(work.url.map(|url| format!(", {url}")));
    format!("{}.", citation.trim_start().trim_end_matches('.'))
}

/// Writes what was said on which occasion: `Speech at the opening of the harbour`.
fn occasion(work: &Work<'_>) -> Option<String> {
    let noun = work.genre.capital_noun()?;
    let is_sitting = |event: &str| event.to_lowercase().contains("hearing");
    Some(match work.event {
        Some(event) if work.genre == Genre::Transcript => format!("{noun} of {event}"),
        // An event that names the sitting itself is no body.
        Some(event) if work.genre == Genre::Testimony && !is_sitting(event) => {
            format!("{noun} before {event}")
        }
        Some(event) => format!("{noun} at {event}"),
        None => noun,
    })
}

fn voice(work: &Work<'_>) -> Option<String> {
    work.voice.as_ref().map(|voice| format!("statement of {}", voice.full()))
}

/// Writes each word with a capital: `Fact Sheet`.
fn in_capitals(noun: &str) -> String {
    noun.split(' ').map(capitalized).collect::<Vec<_>>().join(" ")
}

/// Writes a title without the full stop that ends it.
fn bare(title: &str) -> String {
    title.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(title).to_owned()
}

/// Writes where a work is printed in an official record: `9 Cong. Rec. S10 (daily ed. …)`,
/// `412 Parl. Deb., H.C. (1945) 12`.
pub(super) fn in_series(work: &Work<'_>) -> Option<String> {
    let said = work.voice.as_ref().or(work.authors.first()).map(Name::full);
    let said = said.map(|name| format!(" (statement of {name})")).unwrap_or_default();
    Some(match work.series.as_ref()? {
        Series::CongressionalRecord { volume, pages, .. } => {
            let first = pages.as_deref().map(|pages| pages.split('-').next().unwrap_or(pages));
            let is_daily = first.is_some_and(is_daily_page);
            let page = first.map(|page| format!(" {page}")).unwrap_or_default();
            let cited = work.page_label().filter(|cited| first.is_some_and(|first| first != cited));
            let cited = cited.map(|cited| format!(", {cited}")).unwrap_or_default();
            let date = work.date.map(|date| match is_daily {
                true => format!(" (daily ed. {})", in_short_words(date)),
                false => format!(" ({})", date.year()),
            });
            format!("{volume} Cong. Rec.{page}{cited}{}{said}.", date.unwrap_or_default())
        }
        Series::Hansard { is_lords, volume, columns } => {
            let house = if *is_lords { "H.L." } else { "H.C." };
            let year = work.date.map(|date| format!(" ({})", date.year())).unwrap_or_default();
            let columns = columns.as_ref().map(|columns| format!(" {}", columns.replace('-', "–")));
            format!("{volume} Parl. Deb., {house}{year}{}{said}.", columns.unwrap_or_default())
        }
    })
}
