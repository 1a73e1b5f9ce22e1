use crate::args::{Output, Train};
use crate::command::taxonomies::taxonomy_of;
use crate::command::texts::{Columns, Texts};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Result, bail};
use onrecord_priorities::evaluate::{Evaluation, evaluate, gain};
use onrecord_priorities::{Example, Trained, train};
use onrecord_report::{Column, Format};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &Train) -> Result<Exit> {
    let taxonomy = taxonomy_of(args.taxonomy.as_deref())?;
    let known: Vec<String> = taxonomy.priorities().iter().map(|p| p.id.to_string()).collect();
    for written in [&args.output].into_iter().chain(&args.held_out) {
        args.taxonomy.iter().try_for_each(|read| output::check_apart(written, read))?;
    }
    if args.held_out.as_ref() == Some(&args.output) {
        bail!("--output and --held-out are one file\nname another file for one of them");
    }
    let (mut text_ids, mut examples) = (Vec::new(), Vec::new());
    let mut is_whole = true;
    for path in &args.labels {
        for written in [&args.output].into_iter().chain(&args.held_out) {
            output::check_apart(written, path)?;
        }
        is_whole &= read_examples(path, args, &known, &mut text_ids, &mut examples)?;
    }
    let trained = train(&taxonomy, &examples)?;
    if let Some(path) = &args.held_out {
        write_held_out(path, &text_ids, &trained)?;
    }
    let mut sink = Sink::open(Some(&args.output))?;
    sink.write_all(trained.model.to_text().as_bytes())?;
    sink.close()?;
    print_figures(&trained, &known)?;
    Ok(if is_whole { Exit::Done } else { Exit::Incomplete })
}

/// Reads labelled texts.
fn read_examples(
    path: &Path,
    args: &Train,
    known: &[String],
    ids: &mut Vec<String>,
    examples: &mut Vec<Example>,
) -> Result<bool> {
    let columns = Columns { text: &args.columns.text_column, id: &args.columns.id_column };
    let texts = Texts::open(path, columns)?;
    if texts.names().is_some_and(|names| !names.contains(&args.columns.source_column)) {
        output::print_message(&format!(
            "note: {} has no column `{}`: each text stands for itself, and those of one document are not held out together",
            path.display(),
            args.columns.source_column
        ));
    }
    let mut is_whole = true;
    let is_read = texts.for_each(|row| {
        let Some(labels) = row.labels(path, &args.columns.labels_column)? else { return Ok(()) };
        let text = row.text.clone().filter(|text| !text.trim().is_empty());
        let unknown = labels.iter().find(|label| !known.contains(label));
        if let Some(label) = unknown {
            bail!(
                "{}: row {}: the taxonomy has no priority `{label}`\ncorrect the label, or name its taxonomy: --taxonomy FILE",
                path.display(),
                row.number
            );
        }
        let Some(text) = text else {
            if row.text.is_some() {
                output::print_message(&format!(
                    "{}: row {}: the text is empty, and nothing can be learned from it",
                    path.display(),
                    row.number
                ));
            }
            is_whole = false;
            return Ok(());
        };
        ids.push(row.id.clone());
        let source = row.cell(&args.columns.source_column).unwrap_or_default();
        examples.push(Example { text, labels, source });
        Ok(())
    })?;
    Ok(is_read && is_whole)
}

/// Writes the labels that each text has by weights that were learned without its source.
fn write_held_out(path: &Path, ids: &[String], trained: &Trained) -> Result<()> {
    let output = Output { output: Some(path.to_owned()), ..Output::default() };
    let columns = [Column::text("id"), Column::text("labels")];
    let mut rows = output::open_rows(&output, Format::Csv, &columns)?;
    for (id, judged) in ids.iter().zip(&trained.by_weights) {
        let labels = judged.found.iter().cloned().collect::<Vec<_>>().join(";");
        rows.write_row(&[id.as_str().into(), labels.into()])?;
    }
    rows.finish()?.close()
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
    for (learned, ruled) in weights.priorities.iter().zip(&rules.priorities) {
        let (id, counts) = (&learned.id, learned.counts);
        let n_texts = counts.right + counts.missed;
        let note = if trained.too_few.contains(id) { "  too few to learn: by rules" } else { "" };
        writeln!(out, "{id:<26} {n_texts:>5}  {}  {}{note}", share(learned.f1), share(ruled.f1))?;
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
    let gain = gain(&trained.by_weights, &trained.by_rules, ids);
    let verdict = if gain.low > 0.0 {
        "the weights beat the rules"
    } else if gain.value > 0.0 {
        "the weights do a little better than the rules, which may be chance"
    } else {
        "the weights do not beat the rules: keep to the rules"
    };
    writeln!(
        out,
        "{verdict}: micro F1 {:+.3} ({:+.3} to {:+.3})",
        gain.value, gain.low, gain.high
    )?;
    Ok(out.flush()?)
}
