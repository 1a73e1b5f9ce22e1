//! Hits as people and spreadsheets read them.

use super::listing::{found_place, one_line};
use anyhow::Result;
use onrecord_query::{Facet, Facets, FieldFacets, HitGroup, ScoreShare, SearchHit};
use onrecord_report::{Cell, Column};
use std::io::Write;

/// The columns of hits as rows; lists are joined.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("document_id"),
    Column::integer("passage"),
    Column::text("title"),
    Column::text("speaker"),
    Column::text("date"),
    Column::text("kind"),
    Column::text("block"),
    Column::text("heading_path"),
    Column::text("text"),
    Column::text("highlights"),
    Column::decimal("score", 4),
    Column::text("priorities"),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::integer("byte_start"),
    Column::integer("byte_end"),
    Column::text("path"),
    Column::integer("record"),
    Column::integer("page"),
];

/// The columns of the group that a hit is shown for.
pub(super) const GROUP_COLUMNS: &[Column] = &[
    Column::text("group_id"),
    Column::integer("group_passages"),
    Column::integer("group_documents"),
    Column::text("group_first_date"),
    Column::text("group_last_date"),
];

/// Makes the cells of a hit, for [`COLUMNS`].
pub(super) fn cells(hit: SearchHit) -> Vec<Cell<'static>> {
    let highlights: Vec<String> =
        hit.highlights.iter().map(|lit| format!("{}-{}", lit.char_start, lit.char_end)).collect();
    vec![
        hit.found.document_id.into(),
        hit.found.passage.into(),
        hit.found.title.into(),
        hit.found.speaker.into(),
        hit.found.date.into(),
        hit.found.kind.into(),
        hit.found.block.into(),
        hit.found.heading_path.join(" > ").into(),
        hit.found.text.into(),
        highlights.join(";").into(),
        hit.score.map(f64::from).into(),
        hit.priorities.join(";").into(),
        hit.found.char_start.into(),
        hit.found.char_end.into(),
        hit.found.byte_start.into(),
        hit.found.byte_end.into(),
        hit.found.path.into(),
        hit.found.record.map_or(Cell::Empty, Cell::from),
        hit.found.page.map_or(Cell::Empty, Cell::from),
    ]
}

/// Makes the cells of a group, for [`GROUP_COLUMNS`].
pub(super) fn group_cells(group: HitGroup) -> [Cell<'static>; 5] {
    [
        group.id.into(),
        group.passages.into(),
        group.documents.into(),
        group.first_date.into(),
        group.last_date.into(),
    ]
}

/// Prints a hit under its number, with what matched lit up, and with what is to be said of it.
pub(super) fn print_hit(
    out: &mut dyn Write,
    number: u64,
    hit: &SearchHit,
    note: Option<&str>,
) -> Result<()> {
    let (bold, lit) = (anstyle::Style::new().bold(), anstyle::Style::new().bold().underline());
    let title = hit.found.title.as_deref().unwrap_or("untitled");
    let is_speech = !matches!(hit.found.block, "heading" | "header" | "note");
    let speaker = hit.found.speaker.as_deref().unwrap_or(if is_speech {
        "speaker unknown"
    } else {
        hit.found.block
    });
    let date = hit.found.date.as_deref().unwrap_or("undated");
    writeln!(out, "{number}. {bold}{}{bold:#}", one_line(title))?;
    let note = note.map(|note| format!(", {note}")).unwrap_or_default();
    writeln!(out, "   {}, {date}, {}{note}", one_line(speaker), hit.found.kind)?;
    let headings: Vec<&str> = hit
        .found
        .heading_path
        .iter()
        .map(String::as_str)
        .filter(|heading| *heading != title)
        .collect();
    if !headings.is_empty() {
        writeln!(out, "   under: {}", one_line(&headings.join(" > ")))?;
    }
    let mut text = String::new();
    let mut at = 0;
    for highlight in &hit.highlights {
        let (start, end) = (highlight.start as usize, highlight.end as usize);
        text.push_str(&one_line(hit.found.text.get(at..start).unwrap_or_default()));
        let shown = one_line(hit.found.text.get(start..end).unwrap_or_default());
        text.push_str(&format!("{lit}{shown}{lit:#}"));
        at = end;
    }
    text.push_str(&one_line(hit.found.text.get(at..).unwrap_or_default()));
    writeln!(out, "   {text}")?;
    if let (Some(score), Some(parts)) = (hit.score, &hit.score_parts) {
        writeln!(out, "   score {score:.2}: {}", one_line(&describe_parts(parts)))?;
    }
    if !hit.priorities.is_empty() {
        writeln!(out, "   priorities: {}", hit.priorities.join(", "))?;
    }
    if let Some(group) = &hit.group {
        writeln!(out, "   {}", format_group(group))?;
    }
    if let Some(duplicates) = hit.duplicates.as_ref().filter(|others| !others.is_empty()) {
        writeln!(out, "   also in: {}", duplicates.join(", "))?;
    }
    writeln!(out, "   {}\n", found_place(&hit.found),)?;
    Ok(())
}

fn format_group(group: &HitGroup) -> String {
    let HitGroup { passages, documents, first_date, last_date, .. } = group;
    let mut said = format!("{} found", n_passages(*passages));
    if *documents > 1 {
        said.push_str(&format!(" in {documents} documents"));
        if let (Some(first), Some(last)) = (first_date, last_date) {
            said.push_str(&format!(", {first} to {last}"));
        }
    }
    said
}

/// Writes what a score is made of, for a row: `word harbour 2.1000; exact-word harbour 0.6000`.
pub(super) fn format_parts(parts: &[ScoreShare]) -> String {
    let shown = parts.iter().map(|part| {
        let word = part.word.as_deref().map(|word| format!(" {word}")).unwrap_or_default();
        format!("{}{word} {:.4}", part.kind, part.score)
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// How many related words are named to people.
const SHOWN_RELATED: usize = 4;

/// Says what a score is made of: `harbour 2.70, title (harbour) 0.50, related (quay, ships) 0.31`.
fn describe_parts(parts: &[ScoreShare]) -> String {
    let word_of = |part: &ScoreShare| part.word.clone().unwrap_or_default();
    let mut words: Vec<(String, f32)> = Vec::new();
    for part in parts.iter().filter(|part| ["word", "exact-word"].contains(&part.kind)) {
        match words.iter_mut().find(|(word, _)| *word == word_of(part)) {
            Some((_, score)) => *score += part.score,
            None => words.push((word_of(part), part.score)),
        }
    }
    let mut shown: Vec<String> =
        words.iter().map(|(word, score)| format!("{word} {score:.2}")).collect();
    for (kind, most) in [("title", usize::MAX), ("related", SHOWN_RELATED)] {
        let of_kind: Vec<&ScoreShare> = parts.iter().filter(|part| part.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut names: Vec<String> = of_kind.iter().take(most).map(|part| word_of(part)).collect();
        if of_kind.len() > most {
            names.push("…".to_owned());
        }
        let sum: f32 = of_kind.iter().map(|part| part.score).sum();
        shown.push(format!("{kind} ({}) {sum:.2}", names.join(", ")));
    }
    let other = parts.iter().filter(|part| part.kind == "other");
    shown.extend(other.map(|part| format!("phrases and other parts {:.2}", part.score)));
    if shown.is_empty() { "nothing in it ranks".to_owned() } else { shown.join(", ") }
}

/// Writes how many passages there are.
pub(super) fn n_passages(n: u64) -> String {
    format!("{n} passage{}", if n == 1 { "" } else { "s" })
}

/// Says what nobody can tell the days of, among those asked for; none where there is nothing.
pub(super) fn describe_untold(undated: Option<u64>, imprecise: Option<u64>) -> Option<String> {
    let counts = [
        (undated, "in documents without a date"),
        (imprecise, "in documents whose date is not precise enough to tell"),
    ];
    let parts = counts.into_iter().filter_map(|(count, place)| {
        let count = count.filter(|count| *count > 0)?;
        Some(format!("{} {place}", n_passages(count)))
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// Writes facets, a value a line with its passages and documents.
pub(super) fn format_facets(facets: &Facets) -> String {
    let lists: Vec<String> = facets.fields.iter().map(format_field).collect();
    lists.join("\n")
}

fn format_field(facets: &FieldFacets) -> String {
    let FieldFacets { field, n_values, values } = facets;
    let mut lines = vec![format!("by {}: passages, documents", field.name())];
    let line = |facet: &Facet| {
        let Facet { value, count, documents } = facet;
        let value = value.as_deref().map_or_else(|| "(none)".to_owned(), one_line);
        format!("{count:>9} {documents:>7}  {value}")
    };
    let (with, without): (Vec<&Facet>, Vec<&Facet>) =
        values.iter().partition(|facet| facet.value.is_some());
    lines.extend(with.iter().map(|facet| line(facet)));
    let n_more = n_values - with.len() as u64;
    if n_more > 0 {
        lines.push(format!("{:>19}and {n_more} more", ""));
    }
    lines.extend(without.iter().map(|facet| line(facet)));
    lines.join("\n")
}
