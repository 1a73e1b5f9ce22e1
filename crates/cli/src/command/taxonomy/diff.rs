use crate::args::{Global, RowFormat, TaxonomyDiff as Args};
use crate::command::open_reader;
use crate::command::taxonomies::classifiers_of_both;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_indexing::Reader;
use onrecord_query::{ChangeRow, GroupBy, LabelChange, TaxonomyDiff};
use onrecord_report::{Cell, Column};

const CHANGE_COLUMNS: &[Column] = &[
    Column::text("document_id"),
    Column::text("path"),
    Column::text("title"),
    Column::text("date"),
    Column::text("speaker"),
    Column::integer("passage"),
    Column::text("change"),
    Column::text("priority_id"),
    Column::text("priority"),
    Column::decimal("score", 4),
    Column::text("method"),
    Column::text("terms"),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::text("text"),
];

/// The columns of counts behind those of the groups.
const COUNT_COLUMNS: &[Column] = &[
    Column::text("priority_id"),
    Column::text("priority"),
    Column::integer("passages_old"),
    Column::integer("passages_new"),
    Column::integer("gained"),
    Column::integer("lost"),
    Column::integer("group_passages"),
];

pub(super) fn run(global: &Global, args: &Args) -> Result<Exit> {
    let [old, new] = classifiers_of_both([&args.old, &args.new], &args.weights, args.rules_only)?;
    let reader = open_reader(global)?;
    let diff = TaxonomyDiff { old: &old, new: &new };
    match args.by {
        None => list(args, &reader, &diff),
        Some(by) => count(args, &reader, &diff, by),
    }
}

fn list(args: &Args, reader: &Reader, diff: &TaxonomyDiff<'_>) -> Result<Exit> {
    let mut rows = output::open_rows(&args.output, RowFormat::Csv, CHANGE_COLUMNS)?;
    let mut n_changes = 0;
    diff.changes(reader, args.query.as_deref(), |change| {
        n_changes += 1;
        rows.write_row(&change_cells(&change))?;
        anyhow::Ok(())
    })?;
    rows.finish()?.close()?;
    if n_changes == 0 {
        output::print_message("no passage changes its labels");
    }
    Ok(if n_changes == 0 { Exit::Findings } else { Exit::Done })
}

fn change_cells(change: &LabelChange) -> [Cell<'_>; 15] {
    [
        change.document_id.as_str().into(),
        change.path.as_str().into(),
        change.title.as_deref().into(),
        change.date.as_deref().into(),
        change.speaker.as_deref().into(),
        change.passage.into(),
        (if change.is_gained { "gained" } else { "lost" }).into(),
        change.priority_id.as_str().into(),
        change.priority.as_str().into(),
        f64::from(change.score).into(),
        change.method.into(),
        Cell::Text(change.terms.join("; ").into()),
        change.char_start.into(),
        change.char_end.into(),
        change.text.as_str().into(),
    ]
}

fn count(args: &Args, reader: &Reader, diff: &TaxonomyDiff<'_>, by: GroupBy) -> Result<Exit> {
    let counts = diff.counts(reader, args.query.as_deref(), by)?;
    let columns: Vec<Column> = by
        .columns()
        .iter()
        .map(|name| Column::text(name))
        .chain(COUNT_COLUMNS.iter().cloned())
        .collect();
    let mut rows = output::open_rows(&args.output, RowFormat::Csv, &columns)?;
    for row in &counts {
        rows.write_row(&count_cells(row))?;
    }
    rows.finish()?.close()?;
    let is_changed = counts.iter().any(|row| row.gained + row.lost > 0);
    Ok(if is_changed { Exit::Done } else { Exit::Findings })
}

fn count_cells(row: &ChangeRow) -> Vec<Cell<'_>> {
    let mut cells: Vec<Cell<'_>> = row.group.iter().map(|value| value.as_deref().into()).collect();
    cells.extend([
        row.priority_id.as_str().into(),
        row.priority.as_str().into(),
        row.passages_old.into(),
        row.passages_new.into(),
        row.gained.into(),
        row.lost.into(),
        row.group_passages.into(),
    ]);
    cells
}
