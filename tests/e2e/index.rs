//! `index`: what is counted, said and kept.

use crate::world::{World, announced, text};
use serde_json::json;

const SPEECH: &str = "President: Ada Orr\n\nWe will dredge the harbour.\n";

fn rows(n_rows: usize) -> String {
    (0..n_rows)
        .map(|row| format!("{{\"id\": \"r{row}\", \"text\": \"Row number {row} speaks.\"}}\n"))
        .collect()
}

#[test]
fn every_file_is_counted_once_with_a_reason() {
    let world = World::new();
    world.put("corpus/good.txt", SPEECH);
    world.put("corpus/sub/paper.pdf", "%PDF-1.4\n1 0 obj");
    world.put("corpus/empty.txt", "");
    world.put("corpus/mixed.jsonl", "{\"text\": \"One voice.\"}\n{broken\n");
    let ran = world.run(&["index", "corpus", "--format", "json"]).expect(3);
    let summary: serde_json::Value =
        serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    let files = summary["files"].as_array().unwrap();
    let outcomes: Vec<(String, String)> =
        files.iter().map(|file| (text(&file["path"]), text(&file["status"]))).collect();
    let expected =
        [("empty.txt", "skipped"), ("mixed.jsonl", "partial"), ("sub/paper.pdf", "skipped")];
    let expected = expected.map(|(path, status)| (format!("corpus/{path}"), status.to_owned()));
    assert_eq!(outcomes, expected);
    assert!(files.iter().all(|file| !text(&file["reason"]).is_empty()), "{files:?}");
    assert!(text(&files[1]["reason"]).contains("line 2"), "{files:?}");
    assert!(text(&files[2]["reason"]).contains("damaged"), "{files:?}");
    let mut counts = summary.clone();
    counts.as_object_mut().unwrap().remove("files");
    let expected = json!({
        "seen": 4, "indexed": 1, "unchanged": 0, "partial": 1, "skipped": 2, "failed": 0,
        "documents": 2, "corrections": 0, "stale_corrections": [],
    });
    assert_eq!(counts, expected);
}

#[test]
fn the_second_run_counts_what_it_saw_too() {
    let world = World::new();
    world.put("corpus/good.txt", SPEECH);
    world.put("corpus/empty.txt", "");
    world.put("corpus/mixed.jsonl", "{\"text\": \"One voice.\"}\n{broken\n");
    let first = world.index(&["corpus"]);
    let second = world.index(&["corpus"]);
    assert_eq!(second["files"], first["files"]);
    let of = |field: &str| second[field].as_u64().unwrap();
    assert_eq!((of("seen"), of("unchanged"), of("partial"), of("skipped")), (3, 1, 1, 1));
    assert_eq!((of("indexed"), of("documents")), (0, 2));
}

#[test]
fn the_summary_is_kept_as_printed() {
    let world = World::new();
    world.put("corpus/good.txt", SPEECH);
    world.put("corpus/empty.txt", "");
    let ran = world.run(&["index", "corpus", "--format", "json"]).expect(3);
    let kept = world.read("index/last_run.json");
    assert_eq!(kept.trim_end(), ran.stdout.lines().last().unwrap());
}

#[test]
fn for_a_person_the_summary_says_the_same() {
    let world = World::new();
    world.put("corpus/good.txt", SPEECH);
    world.put("corpus/paper.pdf", "%PDF-1.4\n1 0 obj");
    let ran = world.run(&["index", "corpus"]).expect(3);
    for part in ["2 files: 1 indexed", "1 skipped", "corpus/paper.pdf", "documents in the index: 1"]
    {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
}

#[test]
fn commits_are_announced_in_full() {
    let world = World::new();
    world.put("corpus/rows.jsonl", rows(1234));
    for quiet in [&[][..], &["--quiet"]] {
        let ran = world.run(&[&["index", "corpus"], quiet].concat()).expect(0);
        let last =
            ran.stderr.lines().rfind(|line| line.starts_with("committed ")).unwrap_or_default();
        assert!(last.starts_with("committed 1234 documents"), "{quiet:?}: {}", ran.stderr);
        std::fs::remove_dir_all(world.path("index")).unwrap();
    }
}

#[test]
fn the_announced_count_is_of_the_whole_index() {
    let world = World::new();
    world.put("first/rows.jsonl", rows(5));
    world.put("second/good.txt", SPEECH);
    assert_eq!(announced(&world.run(&["index", "first"]).expect(0).stderr).last(), Some(&5));
    let ran = world.run(&["index", "second", "--format", "json"]).expect(0);
    assert_eq!(announced(&ran.stderr).last(), Some(&6));
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&summary["seen"], &summary["documents"]), (&json!(1), &json!(6)));
    assert_eq!(world.dump().len(), 6);
}

#[test]
fn a_missing_path_is_an_error_that_names_it() {
    let world = World::new();
    world.put("corpus/good.txt", SPEECH);
    let ran = world.run(&["index", "corpus", "absent/folder", "--format", "json"]).expect(2);
    assert!(ran.stderr.contains("absent/folder"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    world.run(&["dump"]).expect(2);
}

#[test]
fn wrong_usage_exits_with_2() {
    let world = World::new();
    for wrong in [
        &["index"][..],
        &["index", "corpus", "--threads", "0"],
        &["index", "corpus", "--column", "text"],
        &["index", "corpus", "--no-such-option"],
        &["no-such-command"],
        &[],
    ] {
        let ran = world.run(wrong).expect(2);
        assert_eq!(ran.stdout, "", "{wrong:?}");
        assert!(!ran.stderr.is_empty(), "{wrong:?}");
    }
}

#[test]
fn companions_and_hidden_files_are_no_documents() {
    let world = World::new();
    world.put("corpus/good.txt", SPEECH);
    world.put("corpus/good.meta.toml", "title = \"Harbour\"\n");
    world.put("corpus/metadata.csv", "file,place\ngood.txt,Brannoch\n");
    world.put("corpus/.hidden.txt", SPEECH);
    world.put("corpus/.ignore", "/drafts/\n");
    world.put("corpus/drafts/one.txt", SPEECH);
    let summary = world.index(&["corpus"]);
    assert_eq!((&summary["seen"], &summary["documents"]), (&json!(1), &json!(1)));
}

#[test]
fn two_folders_of_one_name_do_not_hide_each_other() {
    let world = World::new();
    world.put("one/speeches/a.txt", SPEECH);
    world.put("two/speeches/a.txt", "President: Ben Moss\n\nWe will not.\n");
    let summary = world.index(&["one/speeches", "two/speeches"]);
    assert_eq!((&summary["seen"], &summary["indexed"]), (&json!(2), &json!(1)));
    let files = summary["files"].as_array().unwrap();
    assert_eq!(text(&files[0]["path"]), "two/speeches/a.txt");
    assert!(text(&files[0]["reason"]).contains("speeches/a.txt"), "{files:?}");
}

#[test]
fn no_document_is_lost_between_threads() {
    let world = World::new();
    world.put("corpus/first.jsonl", rows(1500));
    world.put("corpus/second.jsonl", rows(1500));
    for round in 0..4 {
        let index = format!("index{round}");
        world.run(&["--index", &index, "index", "corpus", "--threads", "8"]).expect(0);
        assert_eq!(world.dump_of(&index).len(), 3000, "round {round}");
    }
}
