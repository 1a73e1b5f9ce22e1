//! Every visible character of a text lies in one block and one passage, and leads to bytes of the
//! file that say the same.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::{Compression, write::GzEncoder};
use onrecord_ingest::{Reader, SourceFile, Trace, Untraced, trace, walk};
use onrecord_model::{Document, Span};
use onrecord_text::{canonicalize, segment, tokens};
use proptest::prelude::*;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

fn documents_of(file: &SourceFile) -> Vec<Document> {
    let mut documents = Vec::new();
    Reader::default().read_documents(file, &mut |read| documents.push(read.document));
    documents
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> SourceFile {
    let path = folder.join(name);
    File::create(&path).unwrap().write_all(bytes).unwrap();
    SourceFile { path, root: "corpus".into(), relative: name.into() }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Checks that spans are in order and that no visible character lies outside of them.
fn assert_covered(document: &Document, spans: impl Iterator<Item = Span>, what: &str) {
    let (text, mut end) = (document.text(), 0);
    for span in spans {
        assert!(span.start >= end && !span.is_empty(), "{what} {span:?} in {text:?}");
        let between = text.get(end as usize..span.start as usize).unwrap();
        assert!(between.trim().is_empty(), "{between:?} is in no {what} of {text:?}");
        assert_eq!(text.get(span.range()), Some(document.slice(span)));
        end = span.end;
    }
    assert!(text.get(end as usize..).unwrap().trim().is_empty(), "the end is in no {what}");
}

fn assert_whole(document: &Document) {
    assert_covered(document, document.blocks().iter().map(|block| block.span), "block");
    assert_covered(document, segment(document).iter().map(|passage| passage.span), "passage");
}

/// Passes bytes of a file through the steps that made a text of them.
fn read_again(format: &str, encoding: &'static Encoding, bytes: &[u8]) -> String {
    let decoded = encoding.decode_without_bom_handling(bytes).0;
    let unescaped = match format {
        "jsonl" => serde_json::from_str(&format!("\"{decoded}\"")).unwrap(),
        "csv" => decoded.replace("\"\"", "\""),
        _ => decoded.into_owned(),
    };
    canonicalize(&unescaped).text
}

/// Checks that every token leads to bytes that say the same, and tells how many there are.
fn assert_inverts(document: &Document, trace: &Trace, bytes: &[u8]) -> usize {
    let source = &document.metadata.source;
    let encoding = Encoding::for_label(source.encoding.as_bytes()).unwrap();
    let mut n_tokens = 0;
    for token in tokens(document.text()) {
        let range = trace.source_range(token);
        let made_of = &bytes[range.start as usize..range.end as usize];
        let again = read_again(&source.format, encoding, made_of);
        let expected = document.slice(token);
        if source.format.as_ref() == "markdown" {
            assert_marked(&again, expected);
        } else {
            assert_eq!(again, expected, "{} {range:?}", source.path.display());
        }
        n_tokens += 1;
    }
    n_tokens
}

/// Checks that a word stands in marked text: marks, and names of characters, may lie between.
fn assert_marked(written: &str, expected: &str) {
    if written.is_empty() {
        // The number of an item is counted.
        return assert!(expected.bytes().all(|byte| byte.is_ascii_digit()), "{expected}");
    }
    let mut rest = written.chars();
    let is_there = expected.chars().all(|c| rest.any(|other| other == c));
    assert!(is_there || written.contains('&'), "{expected} is not in {written}");
}

#[test]
fn the_fixtures_are_lossless() {
    let folder = |name: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    let (mut n_documents, mut n_traced, mut n_tokens) = (0, 0, 0);
    for name in ["corpus", "tests"] {
        for file in walk(&[folder(name)]).map(Result::unwrap) {
            for document in documents_of(&file) {
                assert_whole(&document);
                n_documents += 1;
                let is_text = |text: &str| text == document.text();
                match trace(&document.metadata.source, &is_text) {
                    Ok(trace) => {
                        let bytes = std::fs::read(&file.path).unwrap();
                        n_tokens += assert_inverts(&document, &trace, &bytes);
                        n_traced += 1;
                    }
                    Err(Untraced::NoMap(format)) => assert_eq!(format, "html"),
                    Err(other) => panic!("{}: {other}", file.path.display()),
                }
            }
        }
    }
    assert!(n_documents >= 50 && n_traced >= 40 && n_tokens > 10_000, "{n_traced} {n_tokens}");
}

/// What the words of a generated text are made of.
const WORDS: [&str; 22] = [
    "harbour",
    "café",
    "cafe\u{301}",
    "naïve",
    "“open",
    "Internet”",
    "it’s",
    "\"yes\"",
    "back\\slash",
    "a\u{323}\u{301}b",
    "a,b",
    "semi;colon",
    "x\u{ad}y",
    "1,234.5",
    "\u{1f600}",
    "ｗide",
    "한국",
    "\u{1112}\u{1161}\u{11ab}",
    "\u{0}",
    "\u{fb01}nal",
    "THE MAYOR:",
    "(Applause.)",
];

#[derive(Clone, Debug)]
struct Written {
    texts: Vec<String>,
    line_end: &'static str,
    encoding: &'static Encoding,
    has_mark: bool,
    is_ascii: bool,
    is_gzip: bool,
}

fn written() -> impl Strategy<Value = Written> {
    let part = prop_oneof![
        6 => prop::sample::select(&WORDS[..]).prop_map(|word| format!("{word} ")),
        2 => Just("\n".to_owned()), 1 => Just("\n\n".to_owned()), 1 => "\\PC{1,4}",
    ];
    let text = prop::collection::vec(part, 1..25).prop_map(|parts| parts.concat());
    (
        prop::collection::vec(text, 1..4),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        prop::sample::select(vec![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252]),
        any::<[bool; 3]>(),
    )
        .prop_map(|(texts, line_end, encoding, [has_mark, is_ascii, is_gzip])| Written {
            texts,
            line_end,
            encoding,
            has_mark,
            is_ascii,
            is_gzip,
        })
}

impl Written {
    /// Writes the contents of a file; returns the bytes that offsets lead to.
    fn encode(&self, contents: &str) -> Vec<u8> {
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let units = |to_bytes: fn(u16) -> [u8; 2]| {
            format!("\u{feff}{contents}").encode_utf16().flat_map(to_bytes).collect()
        };
        if self.encoding == UTF_16LE {
            units(u16::to_le_bytes)
        } else if self.encoding == UTF_16BE {
            units(u16::to_be_bytes)
        } else if self.encoding == WINDOWS_1252 {
            let known: String = contents
                .chars()
                .filter(|c| !WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).2)
                .collect();
            WINDOWS_1252.encode(&known).0.into_owned()
        } else {
            format!("{mark}{contents}").into_bytes()
        }
    }

    fn json_line(&self, text: &str) -> String {
        let line = serde_json::json!({"note": "Ω", "text": text}).to_string();
        let escaped = |c: char| -> String {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
        };
        let escape = |c: char| if c.is_ascii() { c.to_string() } else { escaped(c) };
        if self.is_ascii { line.chars().map(escape).collect() } else { line }
    }

    /// Reads a file of the bytes and follows each of its tokens back.
    fn check(&self, name: &str, contents: &str) {
        let folder = tempfile::tempdir().unwrap();
        let bytes = self.encode(contents);
        let file = if self.is_gzip {
            put(folder.path(), &format!("{name}.gz"), &gzip(&bytes))
        } else {
            put(folder.path(), name, &bytes)
        };
        for document in documents_of(&file) {
            assert_whole(&document);
            let trace = trace(&document.metadata.source, &|text| text == document.text()).unwrap();
            assert_eq!(trace.is_unpacked(), self.is_gzip);
            assert_inverts(&document, &trace, &bytes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn plain_text_leads_back(written in written()) {
        let text = written.texts.concat().replace('\n', written.line_end);
        written.check("a.txt", &text);
    }

    #[test]
    fn markdown_leads_back(written in written()) {
        let text = format!("---\ntitle: A\n---\n# Head\n\n1. one\n\n{}", written.texts.concat());
        written.check("a.md", &text.replace('\n', written.line_end));
    }

    #[test]
    fn json_lines_lead_back(written in written()) {
        let end = if written.line_end == "\r" { "\n \n" } else { written.line_end };
        let lines: String =
            written.texts.iter().map(|text| format!(" {}{end}", written.json_line(text))).collect();
        written.check("a.jsonl", &lines);
    }

    #[test]
    fn rows_lead_back(written in written()) {
        let row = |(at, text): (usize, &String)| {
            let quoted = text.replace('"', "\"\"").replace('\n', written.line_end);
            format!("x{at},\"{quoted}\",Ω\n")
        };
        let rows: String = written.texts.iter().enumerate().map(row).collect();
        written.check("a.csv", &format!("id,text,note\r\n\r\n{rows}"));
    }
}

#[test]
fn a_file_that_is_not_what_it_was_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let file = put(folder.path(), "a.txt", "The café.".as_bytes());
    let source = documents_of(&file)[0].metadata.source.clone();
    let followed = |source: &onrecord_model::Source, is_text| trace(source, &|_| is_text);
    assert!(followed(&source, true).is_ok());
    assert!(matches!(followed(&source, false), Err(Untraced::OtherText)));
    let older = onrecord_model::Source { extractor: "onrecord-text/0".into(), ..source.clone() };
    assert!(matches!(followed(&older, true), Err(Untraced::OtherReader(_))));
    for (reader, is_corrected) in [
        ("onrecord-text/1 with 1 correction", true),
        ("onrecord-text/1 with 12 corrections", true),
        ("onrecord-text/1 with poppler", false),
    ] {
        let corrected = onrecord_model::Source { extractor: reader.into(), ..source.clone() };
        let found = followed(&corrected, true);
        assert_eq!(matches!(found, Err(Untraced::Corrected)), is_corrected, "{reader}");
    }
    put(folder.path(), "a.txt", "The cafe.".as_bytes());
    assert!(matches!(followed(&source, true), Err(Untraced::Changed)));
    std::fs::remove_file(&file.path).unwrap();
    assert!(matches!(followed(&source, true), Err(Untraced::Gone)));
}

#[test]
fn a_damaged_stream_leads_to_what_came_before() {
    let folder = tempfile::tempdir().unwrap();
    let text: String = (0..9000).map(|n| format!("word{} ", n * 7919 % 10007)).collect();
    let packed = gzip(text.as_bytes());
    let file = put(folder.path(), "a.txt.gz", &packed[..packed.len() / 2]);
    let document = &documents_of(&file)[0];
    let trace = trace(&document.metadata.source, &|text| text == document.text()).unwrap();
    assert!(assert_inverts(document, &trace, text.as_bytes()) > 1000);
    let mut unpacked = Vec::new();
    let _ =
        flate2::read::GzDecoder::new(File::open(&file.path).unwrap()).read_to_end(&mut unpacked);
    assert!(text.as_bytes().starts_with(&unpacked));
}
