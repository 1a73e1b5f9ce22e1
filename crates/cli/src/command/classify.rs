use crate::args::Classify;
use crate::command::taxonomies::classifier_of;
use crate::command::texts::{Columns, TextRow, Texts};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Result, bail};
use onrecord_model::{Evidence, Label};
use onrecord_priorities::TextClassifier;
use onrecord_report::{Cell, Column, ColumnKind, Format, Writer};

/// The columns of one row a text.
const COLUMNS: &[Column] = &[Column::text("id"), Column::text("labels")];

/// The columns of one row a label.
const LONG_COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::text("priority_id"),
    Column::decimal("score", 4),
    Column::text("method"),
    Column::integer("mentions"),
    Column::text("evidence"),
];

pub(super) fn run(args: &Classify) -> Result<Exit> {
    let mut classifier = TextClassifier::new(classifier_of(&args.labelling)?);
    if let Some(written) = &args.output.output {
        output::check_apart(written, &args.file)?;
        let labelling = args.labelling.taxonomy.iter().chain(&args.labelling.weights);
        labelling.into_iter().try_for_each(|read| output::check_apart(written, read))?;
    }
    let columns = Columns { text: &args.text_column, id: &args.id_column };
    let texts = Texts::open(&args.file, columns)?;
    let own = if args.append { own_columns(&texts)? } else { Vec::new() };
    let written = if args.long {
        LONG_COLUMNS.to_vec()
    } else if args.append {
        own.iter().cloned().chain([labels_column(&own)]).collect()
    } else {
        COLUMNS.to_vec()
    };
    let mut rows = output::open_rows(&args.output, Format::Csv, &written)?;
    let is_whole = texts.for_each(|row| {
        let labels = row.text.as_deref().map(|text| classifier.label(text)).unwrap_or_default();
        if args.long {
            write_long(&mut rows, row, &labels)
        } else {
            let mut cells: Vec<Cell<'_>> = if args.append {
                let cell = |at: usize| row.cells.get(at).map_or("", String::as_str).into();
                (0..own.len()).map(cell).collect()
            } else {
                vec![row.id.as_str().into()]
            };
            cells.push(joined(&labels).into());
            Ok(rows.write_row(&cells)?)
        }
    })?;
    rows.finish()?.close()?;
    Ok(if is_whole { Exit::Done } else { Exit::Incomplete })
}

/// Returns the columns of the table that is read.
fn own_columns(texts: &Texts<'_>) -> Result<Vec<Column>> {
    let Some(names) = texts.names() else {
        bail!(
            "--append is for tables with columns, not for JSON Lines\nleave it out, and join the labels by id"
        );
    };
    let mut own: Vec<Column> = Vec::new();
    for name in names {
        let column = Column::new(name.clone(), ColumnKind::Text);
        if own.contains(&column) {
            bail!("two columns have the name `{name}`\ngive one another name");
        }
        own.push(column);
    }
    Ok(own)
}

/// Names the column of labels; a table may have one already, of what someone else thought.
fn labels_column(own: &[Column]) -> Column {
    let names = (1..).map(|number| match number {
        1 => "labels".to_owned(),
        number => format!("labels_{number}"),
    });
    let mut free = names.filter(|name| own.iter().all(|column| column.name != name.as_str()));
    Column::new(free.next().expect("numbers do not end"), ColumnKind::Text)
}

fn joined(labels: &[Label]) -> String {
    labels.iter().map(|label| label.priority.as_str()).collect::<Vec<_>>().join(";")
}

fn write_long(rows: &mut Writer<Sink>, row: &TextRow<'_>, labels: &[Label]) -> Result<()> {
    let text = row.text.as_deref().unwrap_or_default();
    for label in labels {
        let evidence: Vec<String> = label.evidence.iter().map(|term| told(text, term)).collect();
        rows.write_row(&[
            row.id.as_str().into(),
            label.priority.as_str().into(),
            Cell::Decimal(label.score.into()),
            label.method.name().into(),
            Cell::Integer(label.evidence.len() as i128),
            evidence.join("; ").into(),
        ])?;
    }
    Ok(())
}

/// Tells where a term stands, in characters of the text, and what it added.
fn told(text: &str, evidence: &Evidence) -> String {
    let range = evidence.span.range();
    let n_before = text.get(..range.start).unwrap_or_default().chars().count();
    let words = text.get(range).unwrap_or_default();
    let end = n_before + words.chars().count();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{words} [{n_before}-{end}] {} +{:.2}", evidence.rule, evidence.weight)
}
