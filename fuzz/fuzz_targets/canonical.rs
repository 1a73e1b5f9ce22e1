//! Canonical text, its matching form, its passages.

#![no_main]

use onrecord_fuzz::assert_whole;
use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Span};
use onrecord_text::{canonicalize, fold, sentences};

/// Kinds of blocks, by the first byte of a line.
const KINDS: [BlockKind; 4] =
    [BlockKind::Paragraph, BlockKind::Heading(2), BlockKind::ListItem, BlockKind::Table];

fn assert_canonical(source: &str) -> String {
    let canonical = canonicalize(source);
    assert_eq!(canonicalize(&canonical.text).text, canonical.text);
    let mut last = 0;
    for (at, c) in canonical.text.char_indices() {
        let made_of = canonical.offsets.source_span(Span::from_range(at..at + c.len_utf8()));
        assert!(made_of.start >= last && !made_of.is_empty(), "{made_of:?} of {source:?}");
        let again = source.get(made_of.range()).expect("offsets lie on characters");
        let again = canonicalize(&format!("{again}.")).text;
        assert!(again.contains(c), "{c:?} of {again:?} in {source:?}");
        last = made_of.start;
    }
    canonical.text
}

fn assert_folded(text: &str) {
    let folded = fold(text);
    let mut last = 0;
    for (at, c) in folded.text.char_indices() {
        let made_of = folded.offsets.source_span(Span::from_range(at..at + c.len_utf8()));
        assert!(made_of.start >= last && !made_of.is_empty(), "{made_of:?} of {text:?}");
        let again = fold(text.get(made_of.range()).expect("offsets lie on characters")).text;
        assert!(again.contains(c), "{c:?} of {again:?} in {text:?}");
        last = made_of.start;
    }
}

/// Checks a document whose blocks are the lines of a text.
fn assert_segmented(text: String) {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let start = at + line.len() - line.trim_start().len();
        let span = Span::from_range(start..start + line.trim().len());
        let kind = KINDS[usize::from(line.bytes().next().unwrap_or_default()) % KINDS.len()];
        if !span.is_empty() {
            assert!(sentences(&text, span).iter().all(|sentence| span.contains(*sentence)));
            blocks.push(Block::new(span, kind));
        }
        at += line.len() + 1;
    }
    if !blocks.is_empty() {
        let id = DocumentId::new("fuzz", "", None);
        assert_whole(&Document::new(id, Metadata::default(), text.into_boxed_str(), blocks));
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let source = String::from_utf8_lossy(bytes);
    let text = assert_canonical(&source);
    assert_folded(&text);
    assert_folded(&source);
    assert_segmented(text);
});
