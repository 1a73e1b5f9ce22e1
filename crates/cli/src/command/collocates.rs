use super::listing::n_rows;
use super::open_reader;
use crate::args::{Collocates, Global};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{CollocateRow, CollocatesRequest, CollocatesResponse, find_collocates};
use onrecord_report::{Cell, Column, Format};

/// The columns; a terminal has room for those that [`TABLE`] names.
const COLUMNS: &[Column] = &[
    Column::text("collocate"),
    Column::integer("count"),
    Column::integer("left"),
    Column::integer("right"),
    Column::integer("base_count"),
    Column::decimal("expected", 2),
    Column::decimal("log_dice", 3),
    Column::decimal("mi", 3),
    Column::decimal("mi3", 3),
    Column::decimal("t", 3),
    Column::decimal("g2", 2),
    Column::integer("documents"),
    Column::integer("matches"),
    Column::integer("near"),
    Column::integer("base_words"),
    Column::text("caution"),
];

/// What is shown on a terminal; the totals stand below.
const TABLE: &[&str] =
    &["collocate", "count", "left", "right", "expected", "log_dice", "g2", "caution"];

pub(crate) fn run(global: &Global, args: &Collocates) -> Result<Exit> {
    let reader = open_reader(global)?;
    let format = output::row_format(&args.output, Format::Csv);
    output::check_output(&args.output, format)?;
    let request = CollocatesRequest {
        query: args.query.join(" "),
        window: usize::from(args.window),
        within: args.within,
        form: args.of.form(),
        content_only: args.of.content,
        min_count: args.min_count,
        sort: args.sort,
        limit: args.limit,
    };
    let found = find_collocates(&reader, &request)?;
    if format == Format::Json {
        output::write_json(&args.output, &found)?;
    } else {
        let shown: &[&str] = if format == Format::Table { TABLE } else { &[] };
        let mut rows = output::open_some_rows(&args.output, Format::Csv, COLUMNS, shown)?;
        for row in &found.rows {
            rows.write_row(cells(&found, row))?;
        }
        rows.close()?;
    }
    if !global.quiet {
        print_base(&found, args.min_count);
    }
    Ok(if found.rows.is_empty() { Exit::Findings } else { Exit::Done })
}

fn cells<'a>(found: &CollocatesResponse, row: &'a CollocateRow) -> Vec<Cell<'a>> {
    vec![
        row.collocate.as_str().into(),
        row.count.into(),
        row.left.into(),
        row.right.into(),
        row.base_count.into(),
        row.expected.into(),
        row.log_dice.into(),
        row.mi.into(),
        row.mi3.into(),
        row.t.into(),
        row.g2.into(),
        row.documents.into(),
        found.matches.into(),
        found.near.into(),
        found.base_words.into(),
        (if row.is_rare { "rare" } else { "" }).into(),
    ]
}

/// Says what was counted.
fn print_base(found: &CollocatesResponse, min_count: u64) {
    let CollocatesResponse { matches, documents, near, base_words, listed, rows, .. } = found;
    let base = found.base.as_deref().unwrap_or("all speech");
    output::print_message(&format!(
        "{}; {matches} matches in {documents} documents, {near} words near them",
        n_rows(rows.len(), *listed, min_count, " near them")
    ));
    output::print_message(&format!("base: {base}: {base_words} words outside the matches"));
    if rows.iter().any(|row| row.is_rare) {
        output::print_message(
            "rare: fewer than 5 near, and fewer than 5 expected: G² is not to be relied upon",
        );
    }
}
