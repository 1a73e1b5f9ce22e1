use crate::args::{Output, RowFormat};
use crate::output;
use anyhow::Result;
use onrecord_query::check::{CheckedQuote, Risk};
use onrecord_report::{Cell, Column};

const COLUMNS: &[Column] = &[
    Column::integer("quote"),
    Column::text("text"),
    Column::text("verdict"),
    Column::text("reason"),
    Column::text("risks"),
    Column::text("notes"),
    Column::text("claimed_speaker"),
    Column::text("claimed_date"),
    Column::text("speaker"),
    Column::text("date"),
    Column::text("title"),
    Column::text("document_id"),
    Column::text("path"),
    Column::integer("start"),
    Column::integer("end"),
    Column::text("source_text"),
    Column::text("diff"),
    Column::decimal("similarity", 4),
    Column::text("omitted"),
    Column::text("bracketed"),
    Column::text("foldings"),
    Column::text("citation"),
];

/// Prints quotations as rows; lists are joined.
pub(super) fn print_rows(output: &Output, quotes: &[&CheckedQuote]) -> Result<()> {
    let mut rows = output::open_rows(output, RowFormat::Csv, COLUMNS)?;
    for quote in quotes {
        let finding = quote.finding.clone();
        let brackets = finding.bracketed.iter().map(|b| format!("{} for “{}”", b.quote, b.source));
        let brackets: Vec<String> = brackets.collect();
        let foldings: Vec<&str> = finding.foldings.iter().map(|folding| folding.name()).collect();
        let source = finding.source;
        let of_source = |field: fn(&onrecord_query::check::SourceQuote) -> Option<String>| {
            source.as_ref().and_then(field)
        };
        let cells: Vec<Cell<'_>> = vec![
            (quote.quote as u64).into(),
            finding.text.into(),
            finding.verdict.name().into(),
            finding.reason.into(),
            joined(&finding.risks).into(),
            joined(&finding.notes).into(),
            finding.claimed_speaker.into(),
            finding.claimed_date.into(),
            of_source(|source| source.speaker.clone()).into(),
            of_source(|source| source.date.clone()).into(),
            of_source(|source| source.title.clone()).into(),
            of_source(|source| Some(source.document.clone())).into(),
            of_source(|source| Some(source.path.clone())).into(),
            source.as_ref().map_or(Cell::Empty, |source| u64::from(source.start).into()),
            source.as_ref().map_or(Cell::Empty, |source| u64::from(source.end).into()),
            of_source(|source| Some(source.text.clone())).into(),
            finding.diff.into(),
            finding.similarity.map_or(Cell::Empty, |similarity| f64::from(similarity).into()),
            finding.omitted.join(" | ").into(),
            brackets.join("; ").into(),
            foldings.join("; ").into(),
            of_source(|source| Some(source.citation.clone())).into(),
        ];
        rows.write_row(&cells)?;
    }
    rows.finish()?.close()
}

/// Lists risks or notes, each with the words that show it.
fn joined(risks: &[Risk]) -> String {
    let shown = risks.iter().map(|risk| format!("{}: {}", risk.risk.name(), risk.words));
    shown.collect::<Vec<_>>().join("; ")
}
