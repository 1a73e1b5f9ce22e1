use super::listing::{n_rows, n_things};
use super::open_reader;
use crate::args::{Global, Words};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{WordsRequest, list_words};
use onrecord_report::{Column, Format};

/// The columns; a terminal has room for those that [`TABLE`] names.
const COLUMNS: &[Column] = &[
    Column::text("word"),
    Column::integer("count"),
    Column::integer("total"),
    Column::decimal("per_million", 2),
    Column::integer("documents"),
    Column::integer("total_documents"),
    Column::decimal("dispersion", 4),
];

/// What is shown on a terminal; the totals stand below.
const TABLE: &[&str] = &["word", "count", "per_million", "documents", "dispersion"];

pub(crate) fn run(global: &Global, args: &Words) -> Result<Exit> {
    let reader = open_reader(global)?;
    let format = output::row_format(&args.output, Format::Csv);
    output::check_output(&args.output, format)?;
    let request = WordsRequest {
        query: (!args.query.is_empty()).then(|| args.query.join(" ")),
        counting: args.counting(),
        limit: args.limit,
    };
    let found = list_words(&reader, &request)?;
    if format == Format::Json {
        output::write_json(&args.output, &found)?;
    } else {
        let shown: &[&str] = if format == Format::Table { TABLE } else { &[] };
        let mut rows = output::open_some_rows(&args.output, Format::Csv, COLUMNS, shown)?;
        for row in &found.rows {
            rows.write_row(vec![
                row.word.as_str().into(),
                row.count.into(),
                found.total.into(),
                row.per_million.into(),
                row.documents.into(),
                found.documents.into(),
                row.dispersion.into(),
            ])?;
        }
        rows.close()?;
    }
    if !global.quiet {
        let rows = n_rows(found.rows.len(), found.listed, request.counting.min_count, "");
        let what = n_things(found.total, args.ngrams);
        output::print_message(&format!(
            "{rows}; {what} in {} passages of {} documents",
            found.passages, found.documents
        ));
    }
    Ok(if found.rows.is_empty() { Exit::Findings } else { Exit::Done })
}
