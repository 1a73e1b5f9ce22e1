//! Passages lead to bytes of their files that hold their words.

use super::ledger::Ledger;
use super::texts::RealTexts;
use super::{Bench, present_sets};
use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;

const NAME: &str = "source spans hold the words";

/// One document of so many is followed: for each the file is read again.
const EVERY: usize = 97;

/// The fields of `show --source-span` that are looked at.
#[derive(Debug, Deserialize)]
struct Shown {
    path: String,
    passages: Vec<ShownPassage>,
    source_spans: SourceSpans,
}

#[derive(Debug, Deserialize)]
struct ShownPassage {
    text: String,
}

#[derive(Debug, Deserialize)]
struct SourceSpans {
    reason: Option<String>,
    spans: Vec<SourceSpan>,
}

#[derive(Debug, Deserialize)]
struct SourceSpan {
    byte_start: usize,
    byte_end: usize,
}

pub(super) fn check(texts: &RealTexts, bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let sets = present_sets(texts, ledger);
    if sets.is_empty() {
        ledger.skip(NAME, "none of the sets is there");
        return Ok(());
    }
    let (_folder, onrecord) = bench.fresh()?;
    onrecord.index(&sets, &[])?;
    let mut files = BTreeMap::new();
    let (mut n_documents, mut n_passages, mut n_holding) = (0, 0, 0);
    for document in onrecord.documents()?.iter().step_by(EVERY) {
        let shown: Shown = serde_json::from_str(&onrecord.show_source(&document.id)?)
            .with_context(|| format!("document {} is not shown as one", document.id))?;
        if let Some(reason) = &shown.source_spans.reason {
            ledger.note(format_args!("{}: {reason}", shown.path));
        }
        if !files.contains_key(&shown.path) {
            files.insert(shown.path.clone(), unpacked(&shown.path)?);
        }
        let bytes = files.get(&shown.path).map(Vec::as_slice).unwrap_or_default();
        n_documents += 1;
        n_passages += shown.passages.len();
        n_holding += count_holding(&shown, bytes);
    }
    ledger.check(
        NAME,
        n_holding == n_passages && n_passages > 0,
        format_args!("{n_holding} of {n_passages} passages of {n_documents} documents"),
    );
    Ok(())
}

/// Counts the passages whose bytes have the very words of the passage.
fn count_holding(shown: &Shown, bytes: &[u8]) -> usize {
    let is_json = shown.path.contains(".jsonl");
    let holds = |(passage, span): &(&ShownPassage, &SourceSpan)| {
        let part = bytes.get(span.byte_start..span.byte_end).unwrap_or_default();
        let written = String::from_utf8_lossy(part);
        let read = if is_json {
            serde_json::from_str(&format!("\"{written}\"")).unwrap_or_default()
        } else {
            written.into_owned()
        };
        words(&read).eq(words(&passage.text))
    };
    shown.passages.iter().zip(&shown.source_spans.spans).filter(holds).count()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Reads a file, unpacked if it is gzipped.
fn unpacked(path: &str) -> Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {path}"))?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    GzDecoder::new(&bytes[..])
        .read_to_end(&mut unpacked)
        .with_context(|| format!("cannot unpack {path}"))?;
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_must_be_the_same() {
        let shown = |path: &str, text: &str, byte_end| Shown {
            path: path.to_owned(),
            passages: vec![ShownPassage { text: text.to_owned() }],
            source_spans: SourceSpans {
                reason: None,
                spans: vec![SourceSpan { byte_start: 2, byte_end }],
            },
        };
        for (path, text, byte_end, n_holding) in [
            ("a.txt", "We said, so.", 14, 1),
            ("a.txt", "We said.", 14, 0),
            ("a.txt", "We said, so.", 12, 0),
            ("a.txt", "We said, so.", 99, 0),
        ] {
            let found = count_holding(&shown(path, text, byte_end), b"> We said, so. <");
            assert_eq!(found, n_holding, "{text} {byte_end}");
        }
        let escaped = br#"> We \u0073aid,\nso. <"#;
        assert_eq!(count_holding(&shown("a.jsonl.gz", "We said,\nso.", 20), escaped), 1);
    }
}
