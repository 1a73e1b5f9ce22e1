//! Compares the two ways to read PDFs, before any cleaning, on the PDFs of folders:
//! `cargo run -p onrecord-ingest --example compare_pdf -- FOLDER…`.
//!
//! Where an HTML file of the same name stands beside a PDF, both are also compared as they are
//! indexed, after cleaning.
//!
//! Prints for each file the F1 of the bags of words and of adjacent pairs of words, then the
//! medians and the least. Words are case-folded runs of letters and digits.

#![expect(clippy::print_stdout, reason = "a program that prints what it measures")]

use onrecord_ingest::{PdfReader, Reader, ReaderOptions, SourceFile, pdf_pages, pdf_text};
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in std::env::args().skip(1) {
        for entry in std::fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "pdf"));
    files.sort();
    let mut measured = [Vec::new(), Vec::new()];
    for file in &files {
        let bytes = std::fs::read(file)?;
        let poppler = match pdf_pages(&bytes, PdfReader::Poppler) {
            Ok(pages) => words(&pages),
            Err(reason) => {
                println!("skipped {}: {reason}", file.display());
                continue;
            }
        };
        let own = words(&pdf_pages(&bytes, PdfReader::Own).unwrap_or_default());
        let scores = [f1(&own, &poppler), f1(&pairs(&own), &pairs(&poppler))];
        println!("{:.4} {:.4} {}", scores[0], scores[1], file.display());
        if std::env::var_os("SHOW").is_some() {
            show_difference(&own, &poppler);
        }
        compare_with_html(file, &bytes)?;
        measured.iter_mut().zip(scores).for_each(|(all, score)| all.push(score));
    }
    for (name, mut scores) in ["words", "pairs"].into_iter().zip(measured) {
        scores.sort_by(f64::total_cmp);
        let (least, median) = (scores.first(), scores.get(scores.len() / 2));
        println!(
            "{name}: median F1 {:.4}, least {:.4}",
            median.unwrap_or(&0.0),
            least.unwrap_or(&0.0)
        );
    }
    Ok(())
}

/// Compares the text of a PDF with that of the page beside it, by both readers.
fn compare_with_html(file: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let page = file.with_extension("htm");
    if !page.exists() {
        return Ok(());
    }
    let mut page_words = Vec::new();
    let source = SourceFile { path: page, root: "pages".into(), relative: "page.htm".into() };
    Reader::new(ReaderOptions::default()).read_documents(&source, &mut |read| {
        page_words.extend(words(&[read.document.text().to_owned()]));
    });
    for reader in [PdfReader::Poppler, PdfReader::Own] {
        let found = words(&[pdf_text(bytes, reader)?]);
        println!("  {:.4} words as the HTML has them, by {reader:?}", f1(&found, &page_words));
        if std::env::var_os("SHOW").is_some() {
            show_difference(&found, &page_words);
        }
    }
    Ok(())
}

fn words(pages: &[String]) -> Vec<String> {
    let letters = |c: char| !c.is_alphanumeric();
    let words = pages.iter().flat_map(|page| page.split(letters));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn pairs(words: &[String]) -> Vec<String> {
    words.windows(2).map(|pair| pair.join(" ")).collect()
}

fn counts(items: &[String]) -> HashMap<&str, i64> {
    let mut counts = HashMap::new();
    items.iter().for_each(|item| *counts.entry(item.as_str()).or_default() += 1);
    counts
}

fn f1(found: &[String], wanted: &[String]) -> f64 {
    let (found_counts, wanted_counts) = (counts(found), counts(wanted));
    let shared: i64 = wanted
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .iter()
        .map(|item| {
            found_counts
                .get(item.as_str())
                .min(wanted_counts.get(item.as_str()))
                .copied()
                .unwrap_or(0)
        })
        .sum();
    if found.is_empty() && wanted.is_empty() {
        return 1.0;
    }
    2.0 * shared as f64 / (found.len() + wanted.len()) as f64
}

fn show_difference(own: &[String], poppler: &[String]) {
    let (own, poppler) = (counts(own), counts(poppler));
    let less = |a: &HashMap<&str, i64>, b: &HashMap<&str, i64>| {
        let mut words: Vec<String> = a
            .iter()
            .filter(|(word, n)| **n > b.get(*word).copied().unwrap_or(0))
            .map(|(word, n)| format!("{word}×{}", n - b.get(word).copied().unwrap_or(0)))
            .collect();
        words.sort();
        words.join(" ")
    };
    println!("  only own: {}\n  only poppler: {}", less(&own, &poppler), less(&poppler, &own));
}
