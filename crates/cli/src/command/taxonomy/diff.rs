use crate::args::{Global, TaxonomyDiff as Args};
use crate::command::open_reader;
use crate::command::taxonomies::classifiers_of_both;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_indexing::Reader;
use onrecord_query::{ChangeRow, GroupBy, LabelChange, Mention, TaxonomyDiff};
use onrecord_report::{Cell, Column, ColumnKind, Format, label_place_cells, label_place_columns};
use std::collections::BTreeSet;

/// The columns of changes behind those of passage and priority.
const CHANGE_COLUMNS: &[Column] = &[
    Column::text("change"),
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
    if args.by.is_empty() { list(args, &reader, &diff) } else { count(args, &reader, &diff) }
}

fn list(args: &Args, reader: &Reader, diff: &TaxonomyDiff<'_>) -> Result<Exit> {
    let columns = [label_place_columns(), CHANGE_COLUMNS].concat();
    let mut rows = output::open_rows(&args.output, Format::Csv, &columns)?;
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

fn change_cells(change: &LabelChange) -> Vec<Cell<'_>> {
    let LabelChange { is_gained, row } = change;
    let cells = [
        (if *is_gained { "gained" } else { "lost" }).into(),
        f64::from(row.score).into(),
        row.method.into(),
        Cell::Text(terms(&row.mentions).join("; ").into()),
        row.char_start.into(),
        row.char_end.into(),
        row.text.as_str().into(),
    ];
    label_place_cells(row).into_iter().chain(cells).collect()
}

/// Lists the terms that counted, each once, in the order of the text.
fn terms(mentions: &[Mention]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    mentions.iter().map(|mention| &*mention.rule).filter(|rule| seen.insert(*rule)).collect()
}

fn count(args: &Args, reader: &Reader, diff: &TaxonomyDiff<'_>) -> Result<Exit> {
    let counts = diff.counts(reader, args.query.as_deref(), &args.by)?;
    let names = args.by.iter().flat_map(GroupBy::columns);
    let columns: Vec<Column> = names
        .map(|name| Column::new(name, ColumnKind::Text))
        .chain(COUNT_COLUMNS.iter().cloned())
        .collect();
    let mut rows = output::open_rows(&args.output, Format::Csv, &columns)?;
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
