use crate::args::{Output, RowFormat, Train};
use crate::command::taxonomies::taxonomy_of;
use crate::command::texts::{Columns, Texts};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Result, bail};
use onrecord_priorities::evaluate::{Evaluation, evaluate};
use onrecord_priorities::{Example, Trained, train};
use onrecord_report::Column;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &Train) -> Result<Exit> {
    let taxonomy = taxonomy_of(args.taxonomy.as_deref())?;
    let (mut text_ids, mut examples) = (Vec::new(), Vec::new());
    let mut is_whole = true;
    for path in &args.labels {
        for written in [&args.output].into_iter().chain(&args.held_out) {
            output::check_apart(written, path)?;
        }
        is_whole &= read_examples(path, args, &mut text_ids, &mut examples)?;
    }
    let trained = train(&taxonomy, &examples)?;
    let mut sink = Sink::open(Some(&args.output))?;
    sink.write_all(trained.model.to_text().as_bytes())?;
    sink.close()?;
    if let Some(path) = &args.held_out {
        write_held_out(path, &text_ids, &trained)?;
    }
    let ids: Vec<String> = taxonomy.priorities().iter().map(|p| p.id.to_string()).collect();
    print_figures(&trained, &ids)?;
    Ok(if is_whole { Exit::Done } else { Exit::Incomplete })
}

/// Reads labelled texts.
fn read_examples(
    path: &Path,
    args: &Train,
    ids: &mut Vec<String>,
    examples: &mut Vec<Example>,
) -> Result<bool> {
    let columns = Columns { text: &args.text_column, id: &args.id_column };
    let texts = Texts::open(path, columns)?;
    texts.for_each(|row| {
        let Some(labels) = row.cell(&args.labels_column) else {
            bail!(
                "{}: row {}: there is no column `{}`\nname the column of the labels: --labels-column NAME",
                path.display(),
                row.number,
                args.labels_column
            );
        };
        if let Some(text) = &row.text {
            let source = row.cell(&args.source_column).unwrap_or_default();
            ids.push(row.id.clone());
            examples.push(Example { text: text.clone(), labels: labels_in(&labels), source });
        }
        Ok(())
    })
}

/// Writes the labels that each text has by weights that were learned without its source.
fn write_held_out(path: &Path, ids: &[String], trained: &Trained) -> Result<()> {
    let output = Output { output: Some(path.to_owned()), ..Output::default() };
    let columns = [Column::text("id"), Column::text("labels")];
    let mut rows = output::open_rows(&output, RowFormat::Csv, &columns)?;
    for (id, judged) in ids.iter().zip(&trained.by_weights) {
        let labels = judged.found.iter().cloned().collect::<Vec<_>>().join(";");
        rows.write_row(&[id.as_str().into(), labels.into()])?;
    }
    rows.finish()?.close()
}

/// Reads ids between semicolons.
pub(super) fn labels_in(cell: &str) -> BTreeSet<String> {
    cell.split(';').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

fn print_figures(trained: &Trained, ids: &[String]) -> Result<()> {
    let weights = evaluate(&trained.by_weights, ids);
    let rules = evaluate(&trained.by_rules, ids);
    let mut out = output::stdout();
    writeln!(out, "{} texts; figures of weights are cross-validated by source", weights.n_texts)?;
    writeln!(out, "{:<26} {:>5}  weights F1            rules F1", "", "texts")?;
    let share = |estimate: onrecord_priorities::evaluate::Estimate| {
        format!("{:.3} ({:.3}-{:.3})", estimate.value, estimate.low, estimate.high)
    };
    for ((id, counts, learned), (_, _, ruled)) in weights.priorities.iter().zip(&rules.priorities) {
        let n_texts = counts.right + counts.missed;
        let note = if trained.too_few.contains(id) { "  too few to learn: by rules" } else { "" };
        writeln!(out, "{id:<26} {n_texts:>5}  {}  {}{note}", share(*learned), share(*ruled))?;
    }
    writeln!(
        out,
        "{:<26} {:>5}  {}  {}",
        "mean (macro)",
        "",
        share(weights.macro_f1),
        share(rules.macro_f1)
    )?;
    writeln!(
        out,
        "{:<26} {:>5}  {}  {}",
        "all labels (micro)",
        "",
        share(weights.micro_f1),
        share(rules.micro_f1)
    )?;
    let clean = |of: &Evaluation| format!("{} of {}", of.n_clean, of.n_none);
    writeln!(
        out,
        "{:<26} {:>5}  {:<21}  {}",
        "without label, left clean",
        "",
        clean(&weights),
        clean(&rules)
    )?;
    let (gain, low) = (weights.micro_f1.value - rules.micro_f1.value, weights.micro_f1.low);
    let verdict = if low > rules.micro_f1.value {
        "the weights beat the rules"
    } else if gain > 0.0 {
        "the weights do a little better than the rules, which may be chance"
    } else {
        "the weights do not beat the rules: keep to the rules"
    };
    writeln!(out, "{verdict}")?;
    Ok(out.flush()?)
}
