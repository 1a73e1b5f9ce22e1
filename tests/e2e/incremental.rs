//! Second runs: only what changed is touched, judged by content.

use crate::world::{World, changed, text};
use onrecord_indexing::{Description, Reader, Writer};
use onrecord_model::{AnnotatedDocument, Block, BlockKind, Document, DocumentId, Metadata, Span};
use onrecord_text::{Lexicon, Words, segment};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::time::{Duration, UNIX_EPOCH};

const FILES: &[(&str, &str)] = &[
    ("corpus/one.txt", "President: Ada Orr\n\nWe will dredge the harbour.\n"),
    ("corpus/two.txt", "President: Ben Moss\n\nWe will not dredge the harbour.\n"),
    ("corpus/sub/three.md", "# Quays\n\nThe quays are old.\n"),
    (
        "corpus/rows.jsonl",
        "{\"id\": \"a\", \"text\": \"Alpha speaks.\"}\n{\"id\": \"b\", \"text\": \"Beta speaks.\"}\n\
         {\"id\": \"c\", \"text\": \"Gamma speaks.\"}\n",
    ),
];

/// Returns every file of the index but the summary of the last run, with its bytes.
fn index_files(world: &World) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(world.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let named = files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    named
        .filter(|(name, _)| name != "last_run.json" && name != "writer.lock")
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect()
}

/// Runs `index` once more and returns its summary and the documents that changed.
fn rerun(world: &World) -> (Value, Vec<String>) {
    let before = world.dump();
    let summary = world.index(&["corpus"]);
    (summary, changed(&before, &world.dump()))
}

fn id_of(world: &World, path: &str) -> String {
    let dump = world.dump();
    dump.iter().find(|(_, line)| line["path"] == path).unwrap().0.clone()
}

#[track_caller]
fn assert_counts(summary: &Value, indexed: u64, unchanged: u64, documents: u64) {
    let of = |field: &str| summary[field].as_u64().unwrap();
    let found = (of("indexed"), of("unchanged"), of("documents"));
    assert_eq!(found, (indexed, unchanged, documents), "{summary}");
}

#[test]
fn a_second_run_and_a_touch_write_nothing() {
    let world = World::indexed(FILES);
    let before = index_files(&world);
    for touched in [false, true] {
        if touched {
            let time = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
            for (name, _) in FILES {
                File::options()
                    .append(true)
                    .open(world.path(name))
                    .unwrap()
                    .set_modified(time)
                    .unwrap();
            }
        }
        let ran = world.run(&["index", "corpus", "--format", "json"]).expect(0);
        assert_counts(&ran.object(), 0, 4, 6);
        assert!(!ran.stderr.contains("committed"), "{}", ran.stderr);
        assert!(index_files(&world) == before, "the index was written to, touched: {touched}");
    }
}

#[test]
fn one_changed_word_replaces_one_document() {
    let world = World::indexed(FILES);
    let id = id_of(&world, "corpus/two.txt");
    let before = world.dump();
    world.put("corpus/two.txt", FILES[1].1.replace("harbour", "estuary"));
    let (summary, replaced) = rerun(&world);
    assert_counts(&summary, 1, 3, 6);
    assert_eq!(replaced, std::slice::from_ref(&id));
    let after = world.dump();
    assert_ne!(after[&id]["blake3"], before[&id]["blake3"]);
    assert_eq!(after[&id]["passages"], before[&id]["passages"]);
    assert_eq!(world.texts("estuary"), ["We will not dredge the estuary."]);
    assert_eq!(world.texts("harbour"), ["We will dredge the harbour."]);
}

#[test]
fn a_change_that_keeps_length_and_time_is_seen() {
    let world = World::indexed(FILES);
    let path = world.path("corpus/one.txt");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    world.put("corpus/one.txt", FILES[0].1.replace("harbour", "estuary"));
    File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
    let (summary, replaced) = rerun(&world);
    assert_counts(&summary, 1, 3, 6);
    assert_eq!(replaced.len(), 1);
}

#[test]
fn a_changed_row_replaces_its_document_alone() {
    let world = World::indexed(FILES);
    let before = world.dump();
    world.put("corpus/rows.jsonl", FILES[3].1.replace("Beta speaks", "Beta shouts"));
    let (summary, replaced) = rerun(&world);
    assert_counts(&summary, 1, 3, 6);
    assert_eq!(replaced.len(), 1);
    assert_eq!(world.texts("speaks"), ["Alpha speaks.", "Gamma speaks."]);
    assert_eq!(world.texts("shouts"), ["Beta shouts."]);
    assert_eq!(world.dump().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn rows_come_and_go() {
    let world = World::indexed(FILES);
    let rows = "{\"id\": \"d\", \"text\": \"Delta speaks.\"}\n{\"id\": \"a\", \"text\": \"Alpha speaks.\"}\n";
    world.put("corpus/rows.jsonl", rows);
    let (summary, _) = rerun(&world);
    assert_counts(&summary, 1, 3, 5);
    assert_eq!(world.texts("speaks"), ["Alpha speaks.", "Delta speaks."]);
    let alpha = &world.search("alpha")["hits"][0];
    assert_eq!(alpha["record"], 2, "the line of a row that moved");
}

#[test]
fn a_removed_file_leaves_the_index() {
    let world = World::indexed(FILES);
    let (two, three) = (id_of(&world, "corpus/two.txt"), id_of(&world, "corpus/sub/three.md"));
    fs::remove_file(world.path("corpus/two.txt")).unwrap();
    fs::remove_dir_all(world.path("corpus/sub")).unwrap();
    let (summary, gone) = rerun(&world);
    assert_counts(&summary, 0, 2, 4);
    let mut expected = vec![two, three];
    expected.sort();
    assert_eq!(gone, expected);
    assert_eq!(world.search("quays")["count"], 0);
}

#[test]
fn an_added_file_joins_the_index() {
    let world = World::indexed(FILES);
    world.put("corpus/four.txt", "The lighthouse stays.\n");
    let (summary, added) = rerun(&world);
    assert_counts(&summary, 1, 4, 7);
    assert_eq!(added, [id_of(&world, "corpus/four.txt")]);
}

#[test]
fn a_moved_folder_keeps_its_documents() {
    let world = World::indexed(FILES);
    let before = world.dump();
    fs::create_dir(world.path("elsewhere")).unwrap();
    fs::rename(world.path("corpus"), world.path("elsewhere/corpus")).unwrap();
    let summary = world.index(&["elsewhere/corpus"]);
    assert_eq!((&summary["seen"], &summary["documents"]), (&json!(4), &json!(6)));
    let after = world.dump();
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    for (id, line) in &after {
        assert_eq!(line["blake3"], before[id]["blake3"]);
    }
    fs::remove_file(world.path("elsewhere/corpus/one.txt")).unwrap();
    assert_eq!(world.index(&["elsewhere/corpus"])["documents"], 5);
}

#[test]
fn a_moved_folder_is_shown_where_it_is() {
    let world = World::indexed(FILES);
    fs::create_dir(world.path("elsewhere")).unwrap();
    fs::rename(world.path("corpus"), world.path("elsewhere/corpus")).unwrap();
    world.index(&["elsewhere/corpus"]);
    for line in world.dump().values() {
        assert!(text(&line["path"]).starts_with("elsewhere/corpus/"), "{line}");
    }
}

#[test]
fn a_changed_companion_replaces_its_document() {
    let world = World::indexed(FILES);
    let one = id_of(&world, "corpus/one.txt");
    let two = id_of(&world, "corpus/two.txt");
    world.put("corpus/one.meta.toml", "title = \"Harbour\"\n");
    assert_eq!(rerun(&world).1, std::slice::from_ref(&one));
    world.put("corpus/one.meta.toml", "title = \"The Harbour\"\n");
    assert_eq!(rerun(&world).1, std::slice::from_ref(&one));
    assert_eq!(world.dump()[&one]["title"], "The Harbour");
    world.put("corpus/metadata.csv", "file,date\ntwo.txt,2011-07-14\n");
    assert_eq!(rerun(&world).1, std::slice::from_ref(&two));
    assert_eq!(world.dump()[&two]["date"], "2011-07-14");
    fs::remove_file(world.path("corpus/one.meta.toml")).unwrap();
    assert_eq!(rerun(&world).1, [one]);
}

#[test]
fn another_folder_leaves_the_first_alone() {
    let world = World::indexed(FILES);
    let before = world.dump();
    world.put("other/five.txt", "The pilot is aboard.\n");
    world.index(&["other"]);
    let after = world.dump();
    assert_eq!(changed(&before, &after), [id_of(&world, "other/five.txt")]);
    fs::remove_file(world.path("other/five.txt")).unwrap();
    world.index(&["other"]);
    assert_eq!(world.dump(), before);
}

#[test]
fn a_file_asked_for_alone_leaves_others_alone() {
    let world = World::indexed(FILES);
    let before = world.dump();
    world.put("one.txt", "The pilot is ashore.\n");
    world.index(&["one.txt"]);
    assert_eq!(changed(&before, &world.dump()).len(), 1);
    assert_eq!(world.dump().len(), before.len() + 1);
}

#[test]
fn the_way_does_not_show_in_what_is_reached() {
    let world = World::indexed(&FILES[..1]);
    world.put("corpus/two.txt", "Wrong at first.\n");
    world.index(&["corpus"]);
    FILES.iter().for_each(|(name, text)| world.put(name, text));
    world.index(&["corpus"]);
    world.run(&["--index", "fresh", "index", "corpus"]).expect(0);
    assert_eq!(world.dump(), world.dump_of("fresh"));
}

#[test]
fn documents_of_a_file_at_which_a_run_was_killed_leave_with_it() {
    let world = World::indexed(FILES);
    let before = world.dump();
    // A commit holds documents of a file before the file is remembered, as in a long one.
    let text = "Words of a file that is gone.";
    let blocks = vec![Block::new(Span::from_range(0..text.len()), BlockKind::Paragraph)];
    let id = DocumentId::new("corpus", "gone.jsonl", Some("1"));
    let document = Document::new(id, Metadata::default(), text.into(), blocks);
    let passages = segment(&document);
    let mut lexicon = Lexicon::new();
    let words = Words::of(&document, &passages, &mut lexicon);
    let annotated = AnnotatedDocument { document, passages, quotes: vec![], labels: vec![] };
    let folder = world.path("index");
    let description = Reader::open(&folder).unwrap().manifest().description.clone();
    let mut writer = Writer::open(&folder, description, 1).unwrap();
    writer.replace(&annotated, &words, &lexicon, "corpus/gone.jsonl", [0; 16]).unwrap();
    writer.commit().unwrap();
    writer.close().unwrap();
    assert_eq!(world.dump().len(), before.len() + 1);

    let (summary, gone) = rerun(&world);
    assert_counts(&summary, 0, 4, 6);
    assert_eq!(gone, [id.to_string()]);
    assert_eq!(world.dump(), before);
}

#[test]
fn an_index_among_the_texts_is_passed_over() {
    let world = World::new();
    world.put("one.txt", "Words.");
    for _ in 0..2 {
        let summary = world.index(&["."]);
        assert_eq!((&summary["seen"], &summary["skipped"]), (&json!(1), &json!(0)), "{summary}");
    }
}

const FISHING: &str = "name = 'fishing'\nversion = '1'\n[[priority]]\nid = 'boats'\n\
    label = 'Boats'\ndefinition = 'Boats.'\n[[priority.terms]]\nphrases = ['fishing boats', 'net']\n";

/// All that an index says of its documents, whatever it was made in.
fn answers(world: &World) -> Vec<String> {
    [
        &["dump"][..],
        &["report", "labels", "--format", "csv"],
        &["report", "mentions", "--format", "csv"],
        &["report", "priorities", "--by", "year", "--format", "csv"],
        &["quotes", "--format", "csv"],
        &["search", "date:[2000 TO 2030]", "--limit", "0", "--format", "csv"],
        &["find", "we will not rest until the harbour is deep"],
    ]
    .map(|question| world.run(question).stdout)
    .to_vec()
}

/// Compares answers line by line, so that a failure shows one.
fn assert_same(answers: &[String], others: &[String]) {
    for (answer, other) in answers.iter().zip(others) {
        let differ = answer.lines().zip(other.lines()).find(|(line, other)| line != other);
        assert_eq!(differ, None);
        assert_eq!(answer.len(), other.len());
    }
}

#[test]
fn relabelling_reads_no_file() {
    let fresh = World::with_sample_corpus();
    fresh.put("fishing.toml", FISHING);
    fresh.put("corpus/boats.txt", "Fishing boats need a harbour.\n\n\nA net is a net.  \n");
    fresh.run(&["index", "corpus", "--taxonomy", "fishing.toml"]).expect(0);
    let world = World::with_sample_corpus();
    world.put("fishing.toml", FISHING);
    world.put("corpus/boats.txt", "Fishing boats need a harbour.\n\n\nA net is a net.  \n");
    world.run(&["index", "corpus"]).expect(0);
    let before = answers(&world);
    fs::rename(world.path("corpus"), world.path("away")).unwrap();

    let relabel = ["relabel", "--taxonomy", "fishing.toml"];
    let ran = world.run(&relabel).expect(0);
    assert!(ran.stdout.starts_with("labels, scores or mentions changed in "), "{}", ran.stdout);
    assert!(ran.stderr.contains("and is now with `fishing`"), "{}", ran.stderr);
    assert_same(&answers(&world), &answers(&fresh));
    world.run(&["verify"]).expect(0);
    assert!(world.run(&relabel).expect(0).stdout.contains("changed in 0 of "));

    // What was labelled is not read again once the files are back.
    fs::rename(world.path("away"), world.path("corpus")).unwrap();
    let summary = world.run(&["index", "corpus", "--taxonomy", "fishing.toml", "--format", "json"]);
    let summary: Value = serde_json::from_str(&summary.expect(0).stdout).unwrap();
    assert_eq!(summary["indexed"], 0, "{summary}");

    // A run that goes back to the taxonomy of old reads no file either.
    let summary = world.run(&["index", "corpus", "--format", "json"]).expect(0);
    let summary: Value = serde_json::from_str(&summary.stdout).unwrap();
    assert_eq!(summary["indexed"], 0, "{summary}");
    assert_same(&answers(&world), &before);
}

#[test]
fn what_no_path_reaches_is_labelled_too() {
    let world = World::indexed(&[
        ("corpus/one.txt", "The Internet must stay open.\n"),
        ("fishing.toml", FISHING),
    ]);
    world.put("other/two.txt", "Fishing boats need a harbour.\n");
    world.run(&["index", "other", "--taxonomy", "fishing.toml"]).expect(0);
    let report = world.run(&["report", "mentions", "--format", "csv"]).expect(0).stdout;
    assert_eq!(report.lines().count(), 2, "{report}");
    let search = world.run(&["search", "priority:freedom", "--format", "csv"]);
    assert!(search.stderr.contains("boats"), "{}", search.stderr);
}

/// A run that is ended while it labels anew leaves labels of two taxonomies behind.
#[test]
fn labels_of_two_taxonomies_are_not_counted() {
    let world = World::indexed(&[("corpus/one.txt", "The digital divide is wide.\n")]);
    let report = ["report", "mentions", "--format", "csv"];
    let before = world.run(&report).expect(0).stdout;
    let description =
        Description { taxonomy: "other".into(), quotes: true, ..Description::default() };
    let mut writer = Writer::open(&world.path("index"), description, 1).unwrap();
    writer.commit().unwrap();
    writer.close().unwrap();
    for report in ["priorities", "mentions", "labels"] {
        let refused = world.run(&["report", report]).expect(2);
        assert!(refused.stderr.contains("two taxonomies"), "{}", refused.stderr);
        assert_eq!(refused.stdout, "");
    }
    world.run(&["relabel"]).expect(0);
    assert_eq!(world.run(&report).expect(0).stdout, before);
}

#[test]
fn an_index_without_quotations_is_relabelled() {
    let world = World::with_sample_corpus();
    world.put("fishing.toml", FISHING);
    world.put("corpus/boats.txt", "Fishing boats need a harbour.\n");
    world.run(&["index", "corpus", "--no-quotes"]).expect(0);
    world.run(&["relabel", "--taxonomy", "fishing.toml"]).expect(0);
    let report = world.run(&["report", "mentions", "--format", "csv"]).expect(0).stdout;
    assert!(report.contains("fishing boats"), "{report}");
    assert!(world.run(&["quotes"]).expect(2).stderr.contains("without quotations"));
    world.run(&["verify"]).expect(0);
}

#[test]
fn an_index_may_have_several_taxonomies() {
    let world = World::indexed(&[
        ("corpus/one.txt", "The digital divide is wide.\n\nFishing boats need a digital divide.\n"),
        ("fishing.toml", FISHING),
    ]);
    let both = ["relabel", "--taxonomy", "default", "--taxonomy", "fishing.toml"];
    world.run(&both).expect(0);
    let report = world.run(&["report", "labels", "--format", "csv"]).expect(0).stdout;
    let labels: Vec<&str> =
        report.lines().skip(1).filter_map(|row| row.split(',').nth(6)).collect();
    assert_eq!(labels, ["development", "development", "boats"], "{report}");
    let hits = world.run(&["search", "priority:boats priority:development", "--format", "csv"]);
    assert_eq!(hits.expect(0).stdout.lines().count(), 2);

    world.put("twin.toml", FISHING.replace("name = 'fishing'", "name = 'twin'"));
    let twins = ["relabel", "--taxonomy", "fishing.toml", "--taxonomy", "twin.toml"];
    let refused = world.run(&twins).expect(2);
    assert!(refused.stderr.contains("both have a priority `boats`"), "{}", refused.stderr);
    let none = world.run(&["--index", "nowhere", "relabel"]).expect(2);
    assert!(none.stderr.contains("no index in `nowhere`"), "{}", none.stderr);
    assert!(!world.path("nowhere").exists());
}
