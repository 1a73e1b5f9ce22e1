use crate::args::Evaluate;
use crate::command::taxonomies::{classifier_of, only_taxonomy};
use crate::command::texts::{Columns, TextRow, Texts};
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
use onrecord_priorities::TextClassifier;
use onrecord_priorities::evaluate::{
    Counts, Estimate, Evaluation, Judged, PriorityScore, evaluate,
};
use onrecord_report::{Cell, Column, Format};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

const COLUMNS: &[Column] = &[
    Column::text("priority_id"),
    Column::integer("right"),
    Column::integer("wrong"),
    Column::integer("missed"),
    Column::decimal("precision", 4),
    Column::decimal("recall", 4),
    Column::decimal("f1", 4),
    Column::decimal("f1_low", 4),
    Column::decimal("f1_high", 4),
    Column::decimal("kappa", 4),
    Column::decimal("alpha", 4),
];

/// How much of a text is shown of an error, in characters.
const MAX_SHOWN: usize = 300;

/// A text with the labels of both sides.
struct Row {
    id: String,
    text: Option<String>,
    judged: Judged,
    /// How strongly each label was found that onrecord gave; none where someone else did.
    scores: BTreeMap<String, f32>,
}

pub(super) fn run(args: &Evaluate) -> Result<Exit> {
    let taxonomy = only_taxonomy(&args.labelling)?;
    if let Some(written) = &args.output.output {
        let of_labelling = args.labelling.taxonomy.iter().chain(&args.labelling.weights);
        for read in [&args.gold].into_iter().chain(&args.against).chain(of_labelling) {
            output::check_apart(written, read)?;
        }
    }
    let mut rows = Vec::new();
    let mut is_whole = read_gold(args, &mut rows)?;
    if let Some(other) = &args.against {
        is_whole &= take_others(args, other, &mut rows)?;
    } else {
        let mut classifier = TextClassifier::new(classifier_of(&args.labelling)?);
        let mut n_learned = 0;
        for row in &mut rows {
            if let Some(held_out) = row.text.as_deref().and_then(|text| classifier.held_out(text)) {
                row.judged.found = held_out.iter().map(ToString::to_string).collect();
                n_learned += 1;
                continue;
            }
            for label in classifier.label(row.text.as_deref().unwrap_or_default()) {
                row.judged.found.insert(label.priority.to_string());
                row.scores.insert(label.priority.to_string(), label.score);
            }
        }
        if n_learned > 0 {
            output::print_message(&format!(
                "note: {n_learned} of {} texts are among those that the weights were learned from: they are judged by weights that were learned without them",
                rows.len()
            ));
        }
    }
    let ids = priorities(&rows, taxonomy.priorities().iter().map(|p| p.id.as_str()), args)?;
    let judged: Vec<Judged> = rows.iter().map(|row| row.judged.clone()).collect();
    let evaluation = evaluate(&judged, &ids);
    if output::row_format(&args.output, Format::Csv) == Format::Table {
        output::write_text(&args.output, |out| print_text(out, args, &evaluation, &rows))?;
    } else {
        print_rows(args, &evaluation)?;
    }
    Ok(if is_whole { Exit::Done } else { Exit::Incomplete })
}

fn columns(args: &Evaluate) -> Columns<'_> {
    Columns { text: &args.columns.text_column, id: &args.columns.id_column }
}

/// Reads the labels that count as right; of texts only where they are to be labelled.
fn read_gold(args: &Evaluate, rows: &mut Vec<Row>) -> Result<bool> {
    let is_labelling = args.against.is_none();
    let columns = if is_labelling { columns(args) } else { by_id(args) };
    let mut known = BTreeSet::new();
    let is_whole = Texts::open(&args.gold, columns)?.for_each(|row| {
        let labels = row.labels(&args.gold, &args.columns.labels_column)?;
        let Some(gold) = labels.filter(|_| row.text.is_some()) else { return Ok(()) };
        if args.drawn.is_some() && row.cell("drawn") != args.drawn {
            return Ok(());
        }
        if !is_labelling && !known.insert(row.id.clone()) {
            return Err(twice(&args.gold, row));
        }
        let source = row.cell(&args.columns.source_column).unwrap_or_default();
        let judged = Judged { gold, found: BTreeSet::new(), source };
        let text = row.cell(&args.columns.text_column);
        rows.push(Row { id: row.id.clone(), text, judged, scores: BTreeMap::new() });
        Ok(())
    })?;
    if rows.is_empty() {
        bail!(
            "`{}` has no row with labels\nname a table with texts and labels",
            args.gold.display()
        );
    }
    Ok(is_whole)
}

/// Returns the columns of tables that are put side by side, which need not hold the texts.
fn by_id(args: &Evaluate) -> Columns<'_> {
    Columns { text: &args.columns.id_column, id: &args.columns.id_column }
}

fn twice(path: &Path, row: &TextRow<'_>) -> anyhow::Error {
    anyhow::anyhow!(
        "{}: row {}: the id `{}` stands in a row above\ngive each text an id of its own",
        path.display(),
        row.number,
        row.id
    )
}

/// Reads someone else's labels of the same ids, and keeps the rows that both have.
fn take_others(args: &Evaluate, path: &Path, rows: &mut Vec<Row>) -> Result<bool> {
    let mut others: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_whole = Texts::open(path, by_id(args))?.for_each(|row| {
        let labels = row.labels(path, &args.columns.labels_column)?;
        let Some(labels) = labels.filter(|_| row.text.is_some()) else { return Ok(()) };
        match others.insert(row.id.clone(), labels) {
            None => Ok(()),
            Some(_) => Err(twice(path, row)),
        }
    })?;
    let n_gold = rows.len();
    rows.retain_mut(|row| match others.remove(&row.id) {
        Some(labels) => {
            row.judged.found = labels;
            true
        }
        None => false,
    });
    if rows.is_empty() {
        bail!(
            "`{}` and `{}` have no id in common\nname the column of the ids: --id-column NAME",
            args.gold.display(),
            path.display()
        );
    }
    if rows.len() < n_gold || !others.is_empty() {
        output::print_message(&format!(
            "note: {} texts are in both files; {} are only in `{}`, {} only in `{}`",
            rows.len(),
            n_gold - rows.len(),
            args.gold.display(),
            others.len(),
            path.display()
        ));
    }
    Ok(is_whole)
}

/// Returns the ids of the priorities that are measured: the taxonomy's, or of two people all that
/// either gave, in alphabetical order.
fn priorities<'a>(
    rows: &[Row],
    known: impl Iterator<Item = &'a str>,
    args: &Evaluate,
) -> Result<Vec<String>> {
    if args.against.is_some() {
        let given = rows.iter().flat_map(|row| row.judged.gold.iter().chain(&row.judged.found));
        return Ok(given.cloned().collect::<BTreeSet<_>>().into_iter().collect());
    }
    let ids: Vec<String> = known.map(str::to_owned).collect();
    for row in rows {
        if let Some(unknown) = row.judged.gold.iter().find(|id| !ids.contains(id)) {
            bail!(
                "{}: `{}` has the label `{unknown}`, which the taxonomy does not have\ncorrect the label, or name its taxonomy: --taxonomy FILE",
                args.gold.display(),
                row.id
            );
        }
    }
    Ok(ids)
}

fn print_rows(args: &Evaluate, evaluation: &Evaluation) -> Result<()> {
    let mut rows = output::open_rows(&args.output, Format::Csv, COLUMNS)?;
    let optional = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Decimal);
    for score in &evaluation.priorities {
        let mut cells = counted(&score.id, score.counts, score.f1);
        cells.extend([optional(score.kappa), optional(score.alpha)]);
        rows.write_row(&cells)?;
    }
    let mut all = counted("(all, micro)", evaluation.all, evaluation.micro_f1);
    all.extend([Cell::Empty, Cell::Empty]);
    rows.write_row(&all)?;
    let macro_f1 = evaluation.macro_f1;
    let mut mean = vec![Cell::from("(mean, macro)")];
    mean.extend((0..5).map(|_| Cell::Empty));
    mean.extend([macro_f1.value, macro_f1.low, macro_f1.high].map(Cell::Decimal));
    mean.extend([Cell::Empty, Cell::Empty]);
    rows.write_row(&mean)?;
    rows.finish()?.close()
}

fn counted<'a>(id: &'a str, counts: Counts, f1: Estimate) -> Vec<Cell<'a>> {
    let integers = [counts.right, counts.wrong, counts.missed];
    let decimals = [counts.precision(), counts.recall(), f1.value, f1.low, f1.high];
    let integers = integers.map(|count| Cell::Integer(count as i128));
    [Cell::from(id)].into_iter().chain(integers).chain(decimals.map(Cell::Decimal)).collect()
}

fn print_text(
    out: &mut dyn Write,
    args: &Evaluate,
    evaluation: &Evaluation,
    rows: &[Row],
) -> Result<()> {
    let Evaluation { n_texts, n_exact, n_none, n_clean, .. } = evaluation;
    writeln!(out, "{n_texts} texts; in brackets, where 95 of 100 draws of the sources lie\n")?;
    writeln!(
        out,
        "{:<22} {:>6} {:>6} {:>6}  precision  recall  F1                    kappa   alpha",
        "", "right", "wrong", "missed"
    )?;
    let optional = |value: Option<f64>| value.map_or("    -".to_owned(), |v| format!("{v:.3}"));
    for PriorityScore { id, counts, f1, kappa, alpha } in &evaluation.priorities {
        let figures = figures(*counts, *f1);
        writeln!(out, "{id:<22} {figures}  {}   {}", optional(*kappa), optional(*alpha))?;
    }
    writeln!(out, "{:<22} {}", "all labels (micro)", figures(evaluation.all, evaluation.micro_f1))?;
    let mean = evaluation.macro_f1;
    writeln!(
        out,
        "{:<22} {:>38}  {:.3} ({:.3}-{:.3})\n",
        "mean (macro)", "", mean.value, mean.low, mean.high
    )?;
    writeln!(out, "texts with exactly the right labels: {n_exact} of {n_texts}")?;
    writeln!(out, "texts that should have no label and have none: {n_clean} of {n_none}")?;
    writeln!(out, "alpha of whole sets of labels: {}\n", optional(evaluation.sets_alpha).trim())?;
    print_confusion(out, evaluation)?;
    print_errors(out, args, rows)
}

fn figures(counts: Counts, f1: Estimate) -> String {
    let Counts { right, wrong, missed } = counts;
    let (precision, recall) = (counts.precision(), counts.recall());
    let Estimate { value, low, high } = f1;
    format!(
        "{right:>6} {wrong:>6} {missed:>6}  {precision:>9.3}  {recall:>6.3}  {value:.3} ({low:.3}-{high:.3})"
    )
}

/// Prints which labels were found in the place of which.
fn print_confusion(out: &mut dyn Write, evaluation: &Evaluation) -> Result<()> {
    let ids: Vec<&str> = evaluation.priorities.iter().map(|score| score.id.as_str()).collect();
    let names: Vec<&str> = ids.iter().copied().chain(["(none)"]).collect();
    writeln!(out, "should be \\ found")?;
    for (name, row) in names.iter().zip(&evaluation.confusion) {
        let cells: Vec<String> = names
            .iter()
            .zip(row)
            .filter(|(_, count)| **count > 0)
            .map(|(found, count)| format!("{found} {count}"))
            .collect();
        writeln!(out, "{name:<22} {}", cells.join(", "))?;
    }
    Ok(writeln!(out)?)
}

/// Prints the worst errors: the labels that were given most surely and wrongly, then the texts of
/// which most was missed.
fn print_errors(out: &mut dyn Write, args: &Evaluate, rows: &[Row]) -> Result<()> {
    let of = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(";");
    let mut errors: Vec<(f32, usize, &Row)> = rows
        .iter()
        .filter(|row| row.judged.gold != row.judged.found)
        .map(|row| {
            let wrong = row.judged.found.difference(&row.judged.gold);
            let surest =
                wrong.map(|id| row.scores.get(id).copied().unwrap_or(0.0)).fold(0.0_f32, f32::max);
            (surest, row.judged.gold.difference(&row.judged.found).count(), row)
        })
        .collect();
    errors.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    let n_errors = errors.len();
    writeln!(out, "{} of {n_errors} texts with errors", args.errors.min(n_errors))?;
    for (_, _, row) in errors.into_iter().take(args.errors) {
        let text = row.text.as_deref().unwrap_or_default();
        let shown: String =
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_SHOWN).collect();
        let or_none = |labels: String| if labels.is_empty() { "none".to_owned() } else { labels };
        writeln!(
            out,
            "\n{}: should be {}, found {}\n  {shown}",
            row.id,
            or_none(of(&row.judged.gold)),
            or_none(of(&row.judged.found))
        )?;
    }
    Ok(())
}
