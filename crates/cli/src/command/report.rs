use super::open_reader;
use crate::args::{Global, OfLabels, Priorities, Report, RowFormat};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::Result;
use onrecord_query::{LabelRow, Mention, PriorityRow, count_priorities, find_labels};
use onrecord_report::{Cell, Column, Writer};

/// The columns of the priorities report behind those of its groups.
const PRIORITY_COLUMNS: &[Column] = &[
    Column::text("priority_id"),
    Column::text("priority"),
    Column::integer("mentions"),
    Column::integer("passages"),
    Column::integer("model_only_passages"),
    Column::integer("documents"),
    Column::integer("words"),
    Column::decimal("per_1000_words", 3),
    Column::decimal("share_of_passages", 4),
    Column::date("first_date"),
    Column::date("last_date"),
    Column::integer("group_passages"),
    Column::integer("group_documents"),
    Column::integer("group_words"),
];

/// The first columns of what is told of single labels: of which passage and priority.
pub(super) const PLACE_COLUMNS: &[Column] = &[
    Column::text("document_id"),
    Column::text("path"),
    Column::text("title"),
    Column::text("date"),
    Column::text("speaker"),
    Column::integer("passage"),
    Column::text("priority_id"),
    Column::text("priority"),
];

/// The columns of the report of mentions behind those.
const MENTION_COLUMNS: &[Column] = &[
    Column::text("term"),
    Column::text("rule"),
    Column::decimal("score", 4),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::text("text"),
];

/// The columns of the report of labels behind those.
const LABEL_COLUMNS: &[Column] = &[
    Column::decimal("score", 4),
    Column::text("method"),
    Column::integer("mentions"),
    Column::integer("char_start"),
    Column::integer("char_end"),
    Column::text("text"),
];

pub(crate) fn run(global: &Global, report: &Report) -> Result<Exit> {
    match report {
        Report::Priorities(args) => report_priorities(global, args),
        Report::Mentions(args) => report_mentions(global, args),
        Report::Labels(args) => report_labels(global, args),
    }
}

fn report_priorities(global: &Global, args: &Priorities) -> Result<Exit> {
    let reader = open_reader(global)?;
    let counts = count_priorities(&reader, args.by, args.query.as_deref(), args.fold_duplicates)?;
    let columns: Vec<Column> = counts
        .group_columns
        .iter()
        .map(|name| Column::text(name))
        .chain(PRIORITY_COLUMNS.iter().cloned())
        .chain(args.fold_duplicates.then(|| Column::integer("folded_documents")))
        .collect();
    let mut rows = output::open_rows(&args.output, RowFormat::Csv, &columns)?;
    for row in &counts.rows {
        let mut cells = priority_cells(row);
        cells.extend(args.fold_duplicates.then(|| row.folded_documents.into()));
        rows.write_row(&cells)?;
    }
    rows.finish()?.close()?;
    Ok(if counts.rows.is_empty() { Exit::Findings } else { Exit::Done })
}

fn priority_cells(row: &PriorityRow) -> Vec<Cell<'_>> {
    let mut cells: Vec<Cell<'_>> = row.group.iter().map(|value| value.as_deref().into()).collect();
    cells.extend([
        row.priority_id.as_str().into(),
        row.priority.as_str().into(),
        row.mentions.into(),
        row.passages.into(),
        row.model_only_passages.into(),
        row.documents.into(),
        row.words.into(),
        row.per_1000_words.into(),
        row.share_of_passages.into(),
        row.first_date.into(),
        row.last_date.into(),
        row.group_passages.into(),
        row.group_documents.into(),
        row.group_words.into(),
    ]);
    cells
}

fn report_mentions(global: &Global, args: &OfLabels) -> Result<Exit> {
    report_rows(global, args, MENTION_COLUMNS, |label, rows| {
        for mention in &label.mentions {
            rows.write_row(&mention_cells(label, mention))?;
        }
        Ok(label.mentions.len())
    })
}

fn report_labels(global: &Global, args: &OfLabels) -> Result<Exit> {
    report_rows(global, args, LABEL_COLUMNS, |label, rows| {
        rows.write_row(&label_cells(label))?;
        Ok(1)
    })
}

/// Writes the rows of each label that is asked for; `write` returns how many they are.
fn report_rows(
    global: &Global,
    args: &OfLabels,
    columns: &[Column],
    write: impl Fn(&LabelRow, &mut Writer<Sink>) -> Result<usize>,
) -> Result<Exit> {
    let reader = open_reader(global)?;
    let labels = find_labels(&reader, args.query.as_deref())?;
    let columns = [PLACE_COLUMNS, columns].concat();
    let mut rows = output::open_rows(&args.output, RowFormat::Csv, &columns)?;
    let mut n_rows = 0;
    for label in labels {
        n_rows += write(&label?, &mut rows)?;
    }
    rows.finish()?.close()?;
    Ok(if n_rows == 0 { Exit::Findings } else { Exit::Done })
}

/// Returns the cells that say of which passage and priority a row is.
pub(super) fn place_cells(row: &LabelRow) -> [Cell<'_>; 8] {
    [
        row.document_id.as_str().into(),
        row.path.as_str().into(),
        row.title.as_deref().into(),
        row.date.as_deref().into(),
        row.speaker.as_deref().into(),
        row.passage.into(),
        row.priority_id.as_str().into(),
        row.priority.as_str().into(),
    ]
}

fn mention_cells<'a>(row: &'a LabelRow, mention: &'a Mention) -> Vec<Cell<'a>> {
    let cells = [
        mention.term.as_str().into(),
        mention.rule.as_str().into(),
        f64::from(row.score).into(),
        mention.char_start.into(),
        mention.char_end.into(),
        row.text.as_str().into(),
    ];
    place_cells(row).into_iter().chain(cells).collect()
}

fn label_cells(row: &LabelRow) -> Vec<Cell<'_>> {
    let cells = [
        f64::from(row.score).into(),
        row.method.into(),
        Cell::Integer(row.mentions.len() as i128),
        row.char_start.into(),
        row.char_end.into(),
        row.text.as_str().into(),
    ];
    place_cells(row).into_iter().chain(cells).collect()
}
