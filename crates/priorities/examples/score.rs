//! Labels the texts of a CSV file (columns `id`, `text`, `labels`) by a taxonomy, each text as a
//! paragraph of its own, and measures the labels against the `labels` column (ids between `;`).
//!
//! `cargo run --release -p onrecord-priorities --example score -- GOLD.csv [TAXONOMY.toml]`
//! prints precision, recall and F1 for each priority; `--errors` adds each wrong label with its
//! evidence; `--speed N` labels the texts N times over and prints the rate.

use onrecord_model::{Block, BlockKind, Document, DocumentId, Label, Metadata, Passage, Span};
use onrecord_priorities::{Classifier, Taxonomy};
use onrecord_text::{Lexicon, Words, segment};
use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::time::Instant;

struct Row {
    id: String,
    document: Document,
    passages: Vec<Passage>,
    gold: BTreeSet<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let show_errors = take_flag(&mut arguments, "--errors").is_some();
    let speed = take_value(&mut arguments, "--speed");
    let path = arguments.first().ok_or("usage: score GOLD.csv [TAXONOMY.toml]")?;
    let taxonomy = match arguments.get(1) {
        Some(path) => Taxonomy::from_toml(&std::fs::read_to_string(path)?, path)?,
        None => Taxonomy::default_taxonomy(),
    };
    let classifier = Classifier::new(&taxonomy);
    let rows = read_rows(path)?;
    if let Some(times) = speed {
        return measure(&classifier, &rows, times.parse()?);
    }
    let mut lexicon = classifier.lexicon();
    let labels: Vec<Vec<Label>> =
        rows.iter().map(|row| label(&classifier, row, &mut lexicon)).collect();
    print_scores(&taxonomy, &rows, &labels)?;
    if show_errors { print_errors(&rows, &labels) } else { Ok(()) }
}

fn label(classifier: &Classifier, row: &Row, lexicon: &mut Lexicon) -> Vec<Label> {
    let words = Words::of(&row.document, &row.passages, lexicon);
    classifier.label(&row.document, &row.passages, &words, lexicon)
}

fn take_flag(arguments: &mut Vec<String>, flag: &str) -> Option<usize> {
    let at = arguments.iter().position(|argument| argument == flag)?;
    arguments.remove(at);
    Some(at)
}

fn take_value(arguments: &mut Vec<String>, flag: &str) -> Option<String> {
    let at = take_flag(arguments, flag)?;
    (at < arguments.len()).then(|| arguments.remove(at))
}

fn read_rows(path: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let column = |name| headers.iter().position(|header| header == name);
    let (id, text) = (column("id").ok_or("no column `id`")?, column("text").ok_or("no `text`")?);
    let labels = column("labels");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let text = onrecord_text::canonicalize(&record[text]).text;
        let labels = labels.map_or("", |labels| &record[labels]);
        let gold = labels.split(';').map(str::trim).filter(|id| !id.is_empty());
        let span = Span::from_range(text.len() - text.trim_start().len()..text.len());
        let blocks =
            if span.is_empty() { Vec::new() } else { vec![Block::new(span, BlockKind::Paragraph)] };
        let document_id = DocumentId::new(path, &record[id], None);
        let document = Document::new(document_id, Metadata::default(), text.into(), blocks);
        let passages = segment(&document);
        let gold = gold.map(str::to_owned).collect();
        rows.push(Row { id: record[id].to_owned(), document, passages, gold });
    }
    Ok(rows)
}

fn predicted(labels: &[Label]) -> BTreeSet<String> {
    labels.iter().map(|label| label.priority.as_str().to_owned()).collect()
}

fn f1(right: usize, wrong: usize, missed: usize) -> [f64; 3] {
    let share = |part: usize, rest: usize| {
        if part == 0 { 0.0 } else { part as f64 / (part + rest) as f64 }
    };
    [share(right, wrong), share(right, missed), share(2 * right, wrong + missed)]
}

fn print_scores(
    taxonomy: &Taxonomy,
    rows: &[Row],
    labels: &[Vec<Label>],
) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let pairs: Vec<_> = rows.iter().zip(labels).map(|(r, l)| (&r.gold, predicted(l))).collect();
    let (mut total, mut sum) = ([0; 3], 0.0);
    for priority in taxonomy.priorities() {
        let id = priority.id.as_str();
        let count = |in_gold: bool, in_labels: bool| {
            pairs
                .iter()
                .filter(move |(g, l)| g.contains(id) == in_gold && l.contains(id) == in_labels)
        };
        let counts = [(true, true), (false, true), (true, false)].map(|(g, l)| count(g, l).count());
        let [precision, recall, f1] = f1(counts[0], counts[1], counts[2]);
        writeln!(out, "{id:18} P={precision:.3} R={recall:.3} F1={f1:.3}")?;
        sum += f1;
        total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    let micro = f1(total[0], total[1], total[2]);
    let n_exact = pairs.iter().filter(|(gold, labels)| *gold == labels).count();
    let (n_none, n_clean) = pairs
        .iter()
        .filter(|(gold, _)| gold.is_empty())
        .fold((0, 0), |(n_none, n_clean), (_, labels)| {
            (n_none + 1, n_clean + usize::from(labels.is_empty()))
        });
    let macro_f1 = sum / taxonomy.priorities().len() as f64;
    writeln!(
        out,
        "macro-F1={macro_f1:.3} micro P={:.3} R={:.3} F1={:.3}",
        micro[0], micro[1], micro[2]
    )?;
    writeln!(out, "exact sets {n_exact}/{}, left clean {n_clean}/{n_none}", pairs.len())?;
    Ok(())
}

fn print_errors(rows: &[Row], labels: &[Vec<Label>]) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for (row, labels) in rows.iter().zip(labels) {
        let found = predicted(labels);
        if found == row.gold {
            continue;
        }
        writeln!(out, "\n{} gold {:?} found {found:?}\n{}", row.id, row.gold, row.document.text())?;
        for label in labels {
            let terms = label.evidence.iter().map(|e| format!("{} {:.1}", e.rule, e.weight));
            let terms: Vec<String> = terms.collect();
            writeln!(out, "  {} {:.2}: {}", label.priority, label.score, terms.join(", "))?;
        }
    }
    Ok(())
}

fn measure(classifier: &Classifier, rows: &[Row], times: usize) -> Result<(), Box<dyn Error>> {
    let mut lexicon = classifier.lexicon();
    let n_bytes: usize = rows.iter().map(|row| row.document.text().len()).sum();
    let start = Instant::now();
    let mut n_labels = 0;
    for _ in 0..times {
        for row in rows {
            n_labels += label(classifier, row, &mut lexicon).len();
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = (n_bytes * times) as f64 / 1e6;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:.1} MB/s, {n_labels} labels of {megabytes:.0} MB", megabytes / seconds)?;
    Ok(())
}
