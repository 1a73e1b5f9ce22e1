//! `show --source-span`: from a passage to the bytes of its file.

use crate::world::{World, number, text};
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::fs;
use std::io::Write;

/// Shows the one document that holds a word, with its source spans.
fn traced(world: &World, word: &str, code: i32) -> Value {
    let found = world.search(word);
    let id = text(&found["hits"][0]["document_id"]);
    world.run(&["show", &id, "--source-span", "--format", "json"]).expect(code).object()
}

/// Cuts each passage of a document out of the bytes that it leads to.
fn cut(document: &Value, bytes: &[u8]) -> Vec<Vec<u8>> {
    let spans = document["source_spans"]["spans"].as_array().unwrap();
    assert_eq!(spans.len(), document["passages"].as_array().unwrap().len());
    let part =
        |span: &Value| bytes[number(&span["byte_start"])..number(&span["byte_end"])].to_vec();
    spans.iter().map(part).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn passages_lead_to_the_bytes_of_each_format() {
    let utf_16: Vec<u8> = "\u{feff}The café is open.\r\nCafé closed."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let windows = b"The caf\xe9 is \x93open\x94, d\xe9j\xe0 vu.\r\n\r\nThe na\xefve fa\xe7ade \x97 se\xf1or.\r\n";
    let jsonl = r#"{"id": "1", "text": "First harbour."}
{"id": "2", "note": "Ω", "text": "The caf\u00e9 is \"open\".\n\nSo: \ud83d\ude00 now."}
"#;
    let csv =
        "id;text;n\r\n1;One harbour.;3\r\n2;\"The café is \"\"open\"\".\r\n\r\nSo be it.\";4\r\n";
    let markdown = "---\ntitle: Ports\n---\n# The *Harbour*\n\nThe **café** is [open](https://x.org) &amp; dry.\n";
    for (name, bytes, expected) in [
        (
            "a.txt",
            "\u{feff}The café is open.\r\n\r\nCafe\u{301} closed.\r\n".as_bytes(),
            vec!["The café is open.".as_bytes().to_vec(), "Cafe\u{301} closed.".into()],
        ),
        ("b.txt", &utf_16, vec![wide("The café is open."), wide("Café closed.")]),
        (
            "c.txt",
            windows,
            vec![
                b"The caf\xe9 is \x93open\x94, d\xe9j\xe0 vu.".to_vec(),
                b"The na\xefve fa\xe7ade \x97 se\xf1or.".to_vec(),
            ],
        ),
        (
            "d.jsonl",
            jsonl.as_bytes(),
            vec![r#"The caf\u00e9 is \"open\"."#.into(), r"So: \ud83d\ude00 now.".into()],
        ),
        ("e.csv", csv.as_bytes(), vec!["The café is \"\"open\"\".".into(), "So be it.".into()]),
        (
            "f.md",
            markdown.as_bytes(),
            vec!["The *Harbour".into(), "The **café** is [open](https://x.org) &amp; dry.".into()],
        ),
    ] {
        for is_packed in [false, true] {
            let world = World::new();
            let name =
                if is_packed { format!("corpus/{name}.gz") } else { format!("corpus/{name}") };
            world.put(&name, if is_packed { gzip(bytes) } else { bytes.to_vec() });
            world.index(&["corpus"]);
            let document = traced(&world, "café", 0);
            assert_eq!(cut(&document, bytes), expected, "{name}");
            let spans = &document["source_spans"];
            assert_eq!(spans["unpacked"], is_packed, "{name}");
            assert_eq!(spans["reason"], Value::Null, "{name}");
            assert_eq!(text(&spans["file_blake3"]).len(), 64);
        }
    }
}

#[test]
fn a_mapped_column_is_followed() {
    let world = World::new();
    let jsonl = "{\"id\": \"1\", \"text\": \"No.\", \"words\": \"The harbour \\u0061bides.\"}\n";
    world.put("corpus/a.jsonl", jsonl);
    world.index(&["corpus", "--column", "words=text", "--column", "text=remark"]);
    let document = traced(&world, "harbour", 0);
    assert_eq!(cut(&document, jsonl.as_bytes()), [b"The harbour \\u0061bides."]);
}

#[test]
fn one_passage_is_shown_with_its_bytes() {
    let world = World::indexed(&[("corpus/a.txt", "The café is open.\n\nThe harbour is not.\n")]);
    let id = text(&world.search("harbour")["hits"][0]["document_id"]);
    let ran = world.run(&["show", &id, "--passage", "1", "--source-span"]).expect(0);
    assert!(ran.stdout.contains("source: unchanged, BLAKE3 "), "{}", ran.stdout);
    assert!(ran.stdout.contains("The harbour is not.\n  source bytes: 20..39\n"), "{}", ran.stdout);
    let plain = world.show(&id);
    assert_eq!(plain.get("source_spans"), None);
}

#[test]
fn what_cannot_be_told_is_said() {
    let world = World::indexed(&[
        ("corpus/a.txt", "The café is open.\n"),
        ("corpus/b.txt", "The harbour is open.\n"),
        ("corpus/c.html", "<!doctype html><p>The lighthouse is open to all who come.</p>"),
    ]);
    world.put("corpus/a.txt", "The café is shut.\n");
    fs::remove_file(world.path("corpus/b.txt")).unwrap();
    for (word, reason) in [
        ("café", "the file has changed since it was indexed"),
        ("harbour", "the file is not there any more"),
        ("lighthouse", "no offset map for html"),
    ] {
        let document = traced(&world, word, 1);
        let spans = &document["source_spans"];
        assert!(text(&spans["reason"]).contains(reason), "{spans}");
        assert_eq!(spans["spans"].as_array().unwrap().len(), 0);
        assert!(!document["passages"].as_array().unwrap().is_empty());
        let ran = world.run(&["show", &text(&document["document_id"]), "--source-span"]).expect(1);
        assert!(ran.stdout.contains(&format!("source: {reason}")), "{}", ran.stdout);
    }
}
