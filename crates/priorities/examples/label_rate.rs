//! Measures how fast texts are labelled, by the rules and with weights:
//!
//! `cargo run --release -p onrecord-priorities --example label_rate -- FILE…`
//!
//! The files are plain text, each of them read once and labelled as one document, in one thread;
//! cutting texts into words, which the index needs too, is timed apart.

#![allow(clippy::print_stdout, reason = "figures are what it is run for")]

use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Passage, Span};
use onrecord_priorities::{Classifier, Taxonomy};
use onrecord_text::{Words, canonicalize, segment};
use std::time::{Duration, Instant};

/// How often everything is labelled; the last time counts.
const N_ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut documents = Vec::new();
    let mut n_bytes = 0;
    for path in std::env::args().skip(1) {
        let text = canonicalize(&String::from_utf8_lossy(&std::fs::read(&path)?)).text;
        n_bytes += text.len();
        documents.push(document_of(&path, text));
    }
    let taxonomy = Taxonomy::default_taxonomy();
    for (name, classifier) in [
        ("rules", Classifier::new(&taxonomy)),
        ("rules and weights", Classifier::with_shipped_weights(&taxonomy)),
    ] {
        let (cutting, labelling, n_labels) = measure(&classifier, &documents);
        let rate = |time: Duration| n_bytes as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{name}: {:.1} MB/s labelling, {:.1} MB/s with cutting into words; {n_labels} labels of {:.1} MB",
            rate(labelling),
            rate(cutting + labelling),
            n_bytes as f64 / 1e6
        );
    }
    Ok(())
}

/// Makes a document of paragraphs parted by empty lines.
fn document_of(path: &str, text: String) -> (Document, Vec<Passage>) {
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive("\n\n") {
        let visible = paragraph.trim();
        if !visible.is_empty() {
            let at = start + paragraph.len() - paragraph.trim_start().len();
            let span = Span::from_range(at..at + visible.len());
            blocks.push(Block::new(span, BlockKind::Paragraph));
        }
        start += paragraph.len();
    }
    let id = DocumentId::new("texts", path, None);
    let document = Document::new(id, Metadata::default(), text.into(), blocks);
    let passages = segment(&document);
    (document, passages)
}

/// Returns the time that the last round took, and how many labels it gave.
fn measure(
    classifier: &Classifier,
    documents: &[(Document, Vec<Passage>)],
) -> (Duration, Duration, usize) {
    let mut lexicon = classifier.lexicon();
    let mut last = (Duration::ZERO, Duration::ZERO, 0);
    for _ in 0..N_ROUNDS {
        last = (Duration::ZERO, Duration::ZERO, 0);
        for (document, passages) in documents {
            let start = Instant::now();
            let words = Words::of(document, passages, &mut lexicon);
            let cut = Instant::now();
            let labels = classifier.label(document, passages, &words, &lexicon);
            last.0 += cut - start;
            last.1 += cut.elapsed();
            last.2 += labels.len();
        }
    }
    last
}
