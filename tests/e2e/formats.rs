//! Formats, encodings and metadata, from the file to `show`.

use crate::world::{World, hits, number, text};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::io::Write;

const LETTER: &str = "The naïve façade of the café was señor Núñez’s idea — he called it “the open Internet”.\n\n\
    Déjà vu: the façade is naïve still, and señor Núñez is not.\n";

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

/// Encodes as Windows-1252, as far as [`LETTER`] needs it.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '—' => 0x97,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        c => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Indexes one file and returns the summary and the shown documents, in the order of records.
fn read_one(name: &str, bytes: &[u8]) -> (Value, Vec<Value>) {
    let world = World::new();
    world.put(&format!("corpus/{name}"), bytes);
    let summary = world.index(&["corpus"]);
    let mut documents: Vec<Value> = world.dump().keys().map(|id| world.show(id)).collect();
    documents.sort_by_key(|document| document["record"].as_u64());
    (summary, documents)
}

fn whole_text(document: &Value) -> String {
    let passages = document["passages"].as_array().unwrap();
    passages.iter().map(|passage| text(&passage["lead"]) + &text(&passage["text"])).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let with_mark = format!("\u{feff}{LETTER}");
    for (name, bytes) in [
        ("UTF-8", LETTER.as_bytes().to_vec()),
        ("UTF-8", with_mark.clone().into_bytes()),
        ("UTF-16LE", utf_16(&with_mark, u16::to_le_bytes)),
        ("UTF-16BE", utf_16(&with_mark, u16::to_be_bytes)),
        ("UTF-16LE", utf_16(LETTER, u16::to_le_bytes)),
        ("windows-1252", windows_1252(LETTER)),
        ("UTF-8", LETTER.replace('\n', "\r\n").into_bytes()),
        ("UTF-8", gzip(LETTER.as_bytes())),
    ] {
        let (summary, documents) = read_one("letter.txt", &bytes);
        assert_eq!(summary["indexed"], 1, "{name}: {summary}");
        assert_eq!(whole_text(&documents[0]), LETTER.trim_end(), "{name}");
        assert!(text(&documents[0]["extractor"]).ends_with(name), "{}", documents[0]["extractor"]);
    }
}

#[test]
fn bad_lines_do_not_take_good_ones_with_them() {
    let lines = [
        r#"{"text": "First good row."}"#,
        r#"{"text": "Cut off"#,
        r#"{"text": "Second good row."}"#,
        "[1, 2]",
        r#"{"title": "No text here"}"#,
        "",
        r#"{"text": ""}"#,
        r#"{"text": "Third good row."}"#,
    ];
    for (name, bytes) in [
        ("rows.jsonl", lines.join("\n").into_bytes()),
        ("rows.jsonl.gz", gzip(lines.join("\r\n").as_bytes())),
    ] {
        let (summary, documents) = read_one(name, &bytes);
        assert_eq!((&summary["partial"], &summary["documents"]), (&json!(1), &json!(3)), "{name}");
        let kept: Vec<(usize, String)> =
            documents.iter().map(|row| (number(&row["record"]), whole_text(row))).collect();
        let expected = [(1, "First good row."), (3, "Second good row."), (8, "Third good row.")];
        assert_eq!(kept, expected.map(|(line, text)| (line, text.to_owned())), "{name}");
        let reason = text(&summary["files"][0]["reason"]);
        for part in ["line 2", "line 4", "line 5", "and 1 more"] {
            assert!(reason.contains(part), "{part}: {reason}");
        }
    }
}

#[test]
fn of_two_rows_of_one_id_the_first_is_kept_and_both_are_named() {
    let rows = "{\"id\": \"a\", \"text\": \"The first.\"}\n{\"id\": \"b\", \"text\": \"Between.\"}\n\
        {\"id\": \"a\", \"text\": \"The second.\"}\n";
    let (summary, documents) = read_one("rows.jsonl", rows.as_bytes());
    let texts: Vec<String> = documents.iter().map(whole_text).collect();
    assert_eq!(texts, ["The first.", "Between."]);
    let reason = text(&summary["files"][0]["reason"]);
    assert!(reason.contains("line 1") && reason.contains("line 3"), "{reason}");
    assert_eq!(summary["partial"], 1);
}

#[test]
fn rows_of_a_table_are_documents() {
    let table = "title,speaker,date,text\r\n\
        Harbour,Ada Orr,2011-07-14,\"We will dredge,\n\nand we will \"\"dig\"\".\"\r\n\
        Quay,Ben Moss,2012,No.\r\n";
    let (summary, documents) = read_one("rows.csv", table.as_bytes());
    assert_eq!(summary["indexed"], 1);
    let of = |field: &str| -> Vec<&Value> { documents.iter().map(|row| &row[field]).collect() };
    assert_eq!(of("title"), [&json!("Harbour"), &json!("Quay")]);
    assert_eq!(of("speaker"), [&json!("Ada Orr"), &json!("Ben Moss")]);
    assert_eq!(of("date"), [&json!("2011-07-14"), &json!("2012")]);
    assert_eq!(whole_text(&documents[0]), "We will dredge,\n\nand we will \"dig\".");
}

#[test]
fn columns_can_be_named() {
    let world = World::new();
    world.put("corpus/rows.jsonl", "{\"speech_body\": \"We will act.\", \"who\": \"Ada Orr\"}\n");
    let columns = ["--column", "speech_body=text", "--column", "who=speaker"];
    world.run(&["index", "corpus"]).expect(3);
    world.run(&[&["index", "corpus"], &columns[..]].concat()).expect(0);
    let hit = &world.search("act")["hits"][0];
    assert_eq!((&hit["text"], &hit["speaker"]), (&json!("We will act."), &json!("Ada Orr")));
}

#[test]
fn what_is_given_beside_a_file_comes_before_what_is_guessed() {
    let speech = "Remarks by Ada Orr\n\nJuly 4, 2011\n\nWe will dredge the harbour.\n";
    let world = World::new();
    world.put("corpus/guessed.txt", speech);
    world.put("corpus/sidecar.txt", speech);
    world.put(
        "corpus/sidecar.meta.toml",
        "title = \"Beside\"\ndate = \"2010-02-01\"\nspeaker = \"Ben Moss\"\n",
    );
    world.put("corpus/listed.txt", speech);
    world.put("corpus/metadata.csv", "file,title,date\nlisted.txt,Listed,2009-05\n");
    world.put(
        "corpus/front.md",
        "---\ntitle: Front\ndate: 2012\nspeaker: Cleo Nye\n---\n\nWe will dredge.\n",
    );
    world.run(&["index", "corpus"]).expect(0);
    let found = world.search("dredge in:body");
    assert_eq!(found["count"], 4);
    for hit in hits(&found) {
        let document = world.show(&text(&hit["document_id"]));
        let inferred =
            |field: &str| document["inferred"].as_array().unwrap().contains(&json!(field));
        let given = (&document["title"], &document["date"]);
        match text(&hit["path"]).as_str() {
            "corpus/guessed.txt" => {
                assert_eq!(document["date"], "2011-07-04");
                assert!(inferred("date") && inferred("title"), "{document}");
            }
            "corpus/sidecar.txt" => {
                assert_eq!(given, (&json!("Beside"), &json!("2010-02-01")));
                assert_eq!(hit["speaker"], "Ben Moss");
                assert!(
                    !inferred("date") && !inferred("title") && !inferred("speaker"),
                    "{document}"
                );
            }
            "corpus/listed.txt" => assert_eq!(given, (&json!("Listed"), &json!("2009-05"))),
            "corpus/front.md" => {
                assert_eq!(given, (&json!("Front"), &json!("2012")));
                assert_eq!(hit["speaker"], "Cleo Nye");
            }
            other => panic!("{other}"),
        }
    }
}

#[test]
fn a_date_that_does_not_exist_is_reported_and_not_moved() {
    let row = "{\"text\": \"We will act.\", \"date\": \"2011-02-30\"}\n";
    let (summary, documents) = read_one("rows.jsonl", row.as_bytes());
    assert_eq!(documents[0]["date"], Value::Null);
    assert!(text(&summary["files"][0]["reason"]).contains("2011-02-30"), "{summary}");
}

#[test]
fn a_cut_off_archive_keeps_what_came_before() {
    let mut rows = String::new();
    for row in 0..4000_u32 {
        let noise = row.wrapping_mul(2_654_435_761);
        rows.push_str(&format!("{{\"text\": \"Row {row} says {noise}.\"}}\n"));
    }
    let packed = gzip(rows.as_bytes());
    let (summary, documents) = read_one("rows.jsonl.gz", &packed[..packed.len() / 64]);
    assert_eq!(summary["partial"], 1, "{summary}");
    assert!(text(&summary["files"][0]["reason"]).contains("cut off"), "{summary}");
    assert!(!documents.is_empty());
}

#[test]
fn a_quotation_mark_that_nothing_closes_is_reported() {
    let world = World::new();
    world.put("corpus/a.csv", "id,speaker,text\n1,Vale,\"hello\n2,Moss,bye\n3,Teague,so long\n");
    world.put("corpus/b.csv", "id,speaker,text\n1,Vale,\"hello\nagain\"\n2,Moss,5\" pipes\n");
    let summary = world.index(&["corpus"]);
    assert_eq!((&summary["partial"], &summary["indexed"]), (&json!(1), &json!(1)));
    let reason = summary["files"][0]["reason"].as_str().unwrap();
    assert!(reason.starts_with("line 2: a quotation mark opens"), "{reason}");
}
