//! What the fuzz targets share: reading bytes as a file of a name, and what must hold of every
//! document, whatever its bytes are.
//!
//! In come bytes that were made up; out comes nothing, or a panic that names what does not hold.

use onrecord_ingest::{Reader, SourceFile};
use onrecord_model::{Document, Span, TurnId};
use onrecord_text::{inline_notes, segment, tokens};
use std::ops::ControlFlow;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::LazyLock;

/// Starts this program again without a `PATH`, so that no `pdftotext` is found and PDFs are read
/// by the reader of our own.
pub fn leave_path() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(this) = std::env::current_exe().ok().filter(|_| !path.is_empty()) {
        let arguments = std::env::args_os().skip(1);
        let error = Command::new(this).args(arguments).env("PATH", "").exec();
        panic!("cannot start again: {error}");
    }
}

/// Reads bytes as a file of a name, and checks each document that they hold.
pub fn read(name: &str, bytes: &[u8]) {
    static READER: LazyLock<Reader> = LazyLock::new(Reader::default);
    let path = std::path::Path::new("no-such-folder").join(name);
    let file = SourceFile { path, root: "fuzz".into(), relative: name.into() };
    let report = READER.read_bytes(&file, bytes.to_vec(), &mut |record| {
        match record.into_document() {
            Ok(read) => {
                assert_whole(&read.document);
                read.problems.iter().for_each(|problem| assert_says(&problem.reason));
            }
            Err(problem) => assert_says(&problem.reason),
        }
        ControlFlow::Continue(())
    });
    report.problems.iter().for_each(|problem| assert_says(&problem.reason));
    assert!(!report.failed, "the system cannot have stopped it: {}", report.reason());
}

/// Reads parts as a package of a name.
pub fn read_package(name: &str, parts: &[(&str, &[u8])]) {
    read(name, &package(parts));
}

/// Writes a zip package of the parts, none of them compressed.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let place = file.len() as u32;
        let n_bytes = (content.len() as u32).to_le_bytes();
        let mut common = b"\x14\0\0\0\0\0\0\0\0\0".to_vec();
        common.extend(crc32fast::hash(content).to_le_bytes());
        common.extend(n_bytes.iter().chain(&n_bytes));
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0; 2]);
        file.extend(b"PK\x03\x04".iter().chain(&common).chain(name.as_bytes()).chain(*content));
        directory.extend(b"PK\x01\x02\x14\0".iter().chain(&common));
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes().iter().chain(name.as_bytes()));
    }
    let n_parts = (parts.len() as u16).to_le_bytes();
    let (start, n_bytes) = (file.len() as u32, directory.len() as u32);
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0".iter().chain(&n_parts).chain(&n_parts));
    file.extend(n_bytes.to_le_bytes().iter().chain(&start.to_le_bytes()));
    file.extend([0; 2]);
    file
}

/// Cuts the bytes of a fuzzer into the parts of a package, at the record separator (U+001E), which
/// may stand in no XML; parts that are missing are empty.
pub fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut parts = bytes.splitn(N, |&byte| byte == 0x1e);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// Checks what every document must hold.
pub fn assert_whole(document: &Document) {
    let text = document.text();
    assert!(!text.trim().is_empty(), "a document without text");
    assert_eq!(onrecord_text::canonicalize(text).text, text, "not canonical");
    assert_covered(document, document.blocks().iter().map(|block| block.span), "block");
    assert_turns(document);
    assert_passages(document);
    assert_within(text, tokens(text), "token");
    for block in document.blocks() {
        let written = document.slice(block.span);
        assert_within(written, inline_notes(written), "note");
    }
}

/// Checks that spans are in order, start and end on visible characters, and hold them all.
fn assert_covered(document: &Document, spans: impl Iterator<Item = Span>, what: &str) {
    let (text, mut end) = (document.text(), 0);
    for span in spans {
        assert!(span.start >= end && !span.is_empty(), "{what} {span:?} in {text:?}");
        let between = text.get(end as usize..span.start as usize).expect("a character is cut");
        assert!(between.trim().is_empty(), "{between:?} is in no {what} of {text:?}");
        let written = text.get(span.range()).expect("a character is cut");
        assert_eq!(written.trim(), written, "{what} with blanks at its ends in {text:?}");
        end = span.end;
    }
    let rest = text.get(end as usize..).expect("a character is cut");
    assert!(rest.trim().is_empty(), "{rest:?} is in no {what} of {text:?}");
}

/// Checks that spans are in order, apart and on characters of a text.
fn assert_within(text: &str, spans: impl Iterator<Item = Span>, what: &str) {
    let mut end = 0;
    for span in spans {
        assert!(span.start >= end && !span.is_empty(), "{what} {span:?} in {text:?}");
        assert!(text.get(span.range()).is_some(), "{what} {span:?} cuts a character of {text:?}");
        end = span.end;
    }
}

/// Checks that turns are in order, and their labels stand at the start of their first blocks, a
/// mark such as `*` or `12.` before them at most.
fn assert_turns(document: &Document) {
    let turns = document.blocks().iter().filter_map(|block| block.turn);
    assert!(turns.clone().is_sorted(), "turns out of order in {:?}", document.text());
    for turn in turns {
        assert!((turn.0 as usize) < document.turns().len(), "a turn that is not there");
    }
    for (number, turn) in document.turns().iter().enumerate() {
        let id = Some(TurnId(number as u32));
        let Some(label) = turn.label else { continue };
        let first = document.blocks().iter().find(|block| block.turn == id);
        let first = first.expect("a turn with a label has a block");
        assert!(first.span.contains(label), "{label:?} outside of {first:?}");
        let before = document.slice(Span::new(first.span.start, label.start));
        assert!(!before.contains(char::is_alphabetic), "{before:?} before {label:?}");
        assert!(!document.slice(label).is_empty(), "an empty label in {:?}", document.text());
    }
}

/// Checks that passages hold all that is visible, and their sentences lie inside.
fn assert_passages(document: &Document) {
    let passages = segment(document);
    assert_covered(document, passages.iter().map(|passage| passage.span), "passage");
    for (ordinal, passage) in passages.iter().enumerate() {
        assert_eq!(passage.ordinal as usize, ordinal);
        let inside = |span: &Span| passage.span.contains(*span);
        assert!(passage.sentences.iter().all(inside), "a sentence outside of {passage:?}");
        assert_within(document.text(), passage.sentences.iter().copied(), "sentence");
        for context in passage.heading_path.iter().chain(&passage.lead_in) {
            assert!(document.text().get(context.range()).is_some(), "{context:?}");
        }
    }
}

/// Checks that a reason can be shown.
fn assert_says(reason: &str) {
    assert!(!reason.trim().is_empty(), "a problem without a reason");
}
