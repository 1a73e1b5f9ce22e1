//! `save`, `saved`, `alerts`: what is new is reported once, whatever becomes of index and files.

use crate::world::{BINARY, World, number, text};
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

/// Writes a document of some paragraphs.
fn put(world: &World, name: &str, date: &str, paragraphs: &[&str]) {
    world.put(name, format!("Remarks\n{date}\n\n{}\n", paragraphs.join("\n\n")));
}

/// Makes a world with two documents and the query `harbour`, saved.
fn world() -> World {
    let world = World::new();
    put(&world, "corpus/a.txt", "May 3, 2012", &["The harbour is deep.", "The quay is long."]);
    put(&world, "corpus/b.txt", "May 4, 2012", &["The harbour is old.", "The harbour is ours."]);
    world.run(&["index", "corpus"]).expect(0);
    world.run(&["save", "port", "harbour"]).expect(0);
    world
}

/// Returns the kind and text of what is listed, in order.
fn listed(world: &World, options: &[&str]) -> Vec<(String, String)> {
    let ran = world.run(&[&["alerts", "--format", "jsonl"], options].concat());
    let news: Vec<(String, String)> =
        ran.objects().iter().map(|line| (text(&line["news"]), text(&line["text"]))).collect();
    let has_news = news.iter().any(|(kind, _)| kind != "reported");
    assert_eq!(ran.code, i32::from(!has_news), "{ran:?}");
    news
}

/// Indexes the corpus, and returns what is then reported.
fn news(world: &World) -> Vec<(String, String)> {
    world.index(&["corpus"]);
    listed(world, &[])
}

fn expected(news: &[(&str, &str)]) -> Vec<(String, String)> {
    news.iter().map(|(kind, said)| ((*kind).to_owned(), (*said).to_owned())).collect()
}

const DEEP: &str = "The harbour is deep.";
const WIDE: &str = "The harbour is wide.";
const LONG: &str = "The quay is long.";

#[test]
fn what_is_new_is_reported_once() {
    let world = world();
    assert_eq!(news(&world), [], "what was found when it was saved is known");
    put(&world, "corpus/c.txt", "May 5, 2012", &["The harbour is closed.", LONG]);
    put(&world, "corpus/d.txt", "May 6, 2012", &[WIDE]);
    let added = expected(&[("new", WIDE), ("new", "The harbour is closed.")]);
    assert_eq!(news(&world), added, "the latest first");
    assert_eq!(news(&world), []);
    // A second occurrence of the same words in a document is another passage.
    put(&world, "corpus/d.txt", "May 6, 2012", &[WIDE, LONG, WIDE]);
    assert_eq!(news(&world), expected(&[("new", WIDE)]));
    put(&world, "corpus/d.txt", "May 6, 2012", &[WIDE]);
    assert_eq!(news(&world), []);
    put(&world, "corpus/d.txt", "May 6, 2012", &[WIDE, WIDE]);
    assert_eq!(news(&world), []);
}

#[test]
fn a_correction_elsewhere_is_no_news_and_a_changed_passage_is() {
    let world = world();
    put(&world, "corpus/a.txt", "May 3, 2012", &["A word before.", DEEP, "The quay is short."]);
    assert_eq!(news(&world), [], "other passages changed");
    put(&world, "corpus/a.txt", "May 30, 2012", &["(Applause.)", "The “Harbour” is deep!", LONG]);
    assert_eq!(news(&world), [], "the words are the same");
    put(&world, "corpus/a.txt", "May 3, 2012", &["The harbour is very deep.", LONG]);
    assert_eq!(news(&world), expected(&[("changed", "The harbour is very deep.")]));
    put(&world, "corpus/a.txt", "May 3, 2012", &["The harbour is very deep.", LONG, WIDE]);
    assert_eq!(news(&world), expected(&[("new", WIDE)]));
    // What was said before the change was reported then.
    put(&world, "corpus/a.txt", "May 3, 2012", &[DEEP, LONG, WIDE]);
    assert_eq!(news(&world), []);
}

#[test]
fn what_goes_and_comes_back_is_no_news() {
    let world = world();
    let a = world.read("corpus/a.txt");
    fs::remove_file(world.path("corpus/a.txt")).unwrap();
    world.index(&["corpus"]);
    let gone = |world: &World| {
        let ran = world.run(&["alerts", "--format", "json"]).expect(1);
        number(&ran.object()["queries"][0]["gone"])
    };
    assert_eq!((gone(&world), gone(&world)), (1, 0));
    world.put("corpus/a.txt", a);
    assert_eq!(news(&world), []);
    // The index is deleted and built again, the folder moved.
    fs::remove_dir_all(world.path("index")).unwrap();
    assert_eq!(news(&world), []);
    fs::create_dir(world.path("elsewhere")).unwrap();
    fs::rename(world.path("corpus"), world.path("elsewhere/corpus")).unwrap();
    fs::remove_dir_all(world.path("index")).unwrap();
    world.index(&["elsewhere/corpus"]);
    assert_eq!(listed(&world, &[]), []);
    // Nobody knows that a file of another name is the same document.
    fs::rename(world.path("elsewhere/corpus/a.txt"), world.path("elsewhere/corpus/z.txt")).unwrap();
    world.index(&["elsewhere/corpus"]);
    assert_eq!(listed(&world, &[]), expected(&[("new", DEEP)]));
}

#[test]
fn options_list_again_or_not_at_all() {
    let world = world();
    put(&world, "corpus/c.txt", "May 5, 2012", &[WIDE]);
    world.index(&["corpus"]);
    let new = expected(&[("new", WIDE)]);
    assert_eq!(listed(&world, &["--dry-run"]), new);
    let all = listed(&world, &["--all", "--dry-run"]);
    assert_eq!((all.len(), &all[0]), (4, &new[0]));
    assert!(all[1..].iter().all(|(kind, _)| kind == "reported"));
    assert_eq!(listed(&world, &["--all"]), all);
    assert_eq!(listed(&world, &[]), []);
    // What was reported before is listed, and is no news.
    assert_eq!(listed(&world, &["--all"]).len(), 4);
    put(&world, "corpus/d.txt", "May 6, 2012", &[WIDE]);
    world.index(&["corpus"]);
    let ran = world.run(&["alerts", "--mark-seen"]).expect(0);
    assert_eq!((&*ran.stdout, &*ran.stderr), ("", "port: 1 passage taken as known\n"));
    assert_eq!(listed(&world, &[]), []);
    // A query that was written into the file by hand has reported nothing.
    let queries = world.read("onrecord-queries.toml");
    world.put("onrecord-queries.toml", format!("{queries}\n[mine]\nquery = \"quay\"\n"));
    assert_eq!(listed(&world, &["mine"]), expected(&[("new", LONG)]));
    assert_eq!(listed(&world, &[]), []);
    world.run(&["save", "all-of-it", "--from-start", "quay"]).expect(0);
    assert_eq!(listed(&world, &[]), expected(&[("new", LONG)]));
}

#[test]
fn what_was_not_written_out_is_reported_again() {
    let world = World::new();
    let rows: String = (0..3000)
        .map(|row| format!("{{\"id\": \"{row}\", \"text\": \"The harbour has {row} ships.\"}}\n"))
        .collect();
    world.put("corpus/rows.jsonl", rows);
    world.run(&["index", "corpus"]).expect(0);
    world.run(&["save", "port", "--from-start", "harbour"]).expect(0);
    let start = |options: &[&str]| {
        Command::new(BINARY)
            .args([&["alerts", "--format", "jsonl"], options].concat())
            .current_dir(world.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    // A reader that goes away has not read them.
    let mut child = start(&[]);
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    // A run that is killed in the middle has not reported them; a pipe that nobody reads holds it.
    let mut child = start(&[]);
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    let ran = world.run(&["alerts"]).expect(2);
    assert!(ran.stderr.contains(&format!("process {} is reporting", child.id())), "{ran:?}");
    assert_eq!(listed(&world, &["--dry-run"]).len(), 3000, "who only looks needs no lock");
    child.kill().unwrap();
    child.wait().unwrap();
    // Nor has one whose file cannot take its place.
    fs::create_dir(world.path("folder")).unwrap();
    world.run(&["alerts", "--output", "folder"]).expect(2);
    world.run(&["alerts", "--output", "news.jsonl"]).expect(0);
    assert_eq!(world.read("news.jsonl").lines().count(), 3000);
    assert_eq!(listed(&world, &[]), []);
    let state = fs::read(world.path("onrecord-alerts/port.reported")).unwrap();
    assert!(state.len() < 3000 * 16 + 300, "{}", state.len());
}

#[test]
fn a_damaged_note_of_what_was_reported_is_told() {
    let world = world();
    let path = "onrecord-alerts/port.reported";
    let mut bytes = fs::read(world.path(path)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    world.put(path, bytes);
    world.run(&["save", "other", "quay", "--from-start"]).expect(0);
    let ran = world.run(&["alerts", "--format", "jsonl"]).expect(2);
    assert!(ran.stderr.contains("port.reported` is damaged"), "{}", ran.stderr);
    assert_eq!(ran.objects().len(), 1, "the other is asked all the same");
    fs::remove_file(world.path(path)).unwrap();
    assert_eq!(listed(&world, &[]).len(), 3);
}

#[test]
fn another_taxonomy_is_told_where_labels_are_asked_for() {
    let world = World::new();
    put(&world, "corpus/a.txt", "May 3, 2012", &["We dredge the harbour.", "We mend the quay."]);
    let taxonomy = |term: &str| {
        format!(
            "name = \"ports\"\nversion = \"1\"\n\n[[priority]]\nid = \"works\"\nlabel = \"Works\"\n[[priority.terms]]\nphrases = [\"{term}\"]\n"
        )
    };
    world.put("ports.toml", taxonomy("dredge"));
    world.run(&["index", "corpus", "--taxonomy", "ports.toml"]).expect(0);
    world.run(&["save", "works", "priority:works"]).expect(0);
    world.run(&["save", "port", "harbour"]).expect(0);
    assert_eq!(listed(&world, &[]), []);
    world.put("ports.toml", taxonomy("mend"));
    world.run(&["relabel", "--taxonomy", "ports.toml"]).expect(0);
    let ran = world.run(&["alerts", "--format", "json"]).expect(0);
    assert!(ran.stderr.contains("labelled otherwise than when `works`"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("`port`"), "{}", ran.stderr);
    let found = ran.object();
    let of = |name: &str| {
        let queries = found["queries"].as_array().unwrap();
        queries.iter().find(|query| query["name"] == name).unwrap().clone()
    };
    assert_eq!(of("works")["relabelled"], true);
    assert_eq!(of("works")["hits"][0]["text"], "We mend the quay.");
    assert_eq!((&of("port")["relabelled"], &of("port")["new"]), (&json!(false), &json!(0)));
    assert_eq!(listed(&world, &[]), []);
}

#[test]
fn saved_queries_keep_what_they_mean() {
    let world = world();
    world
        .run(&[
            "save",
            "either",
            "harbour quay",
            "--match",
            "any",
            "--since",
            "2012-05-04",
            "--kind",
            "speech",
            "--speaker",
            "Vale",
        ])
        .expect(0);
    let rows = world.run(&["saved"]).expect(0).rows();
    assert_eq!(rows.len(), 2);
    let of = |field: &str| rows[0][field].as_str();
    assert_eq!(
        ["name", "query", "match", "speaker", "kind", "since", "until", "reported_passages"]
            .map(of),
        ["either", "harbour quay", "any", "Vale", "speech", "2012-05-04", "", "0"]
    );
    assert_eq!((&*rows[1]["reported_passages"], &*rows[1]["reported_documents"]), ("3", "2"));
    assert_eq!(world.run(&["saved", "list"]).expect(0).rows(), rows);
    let shown = world.run(&["saved", "show", "port", "--format", "json"]).expect(0).object();
    assert_eq!((&shown[0]["name"], &shown[0]["query"]), (&json!("port"), &json!("harbour")));
    // What people wrote beside it stays.
    let file = world.read("onrecord-queries.toml");
    world.put("onrecord-queries.toml", format!("# Mine.\n{file}"));
    world.run(&["saved", "remove", "either"]).expect(0);
    let left = world.read("onrecord-queries.toml");
    assert!(left.starts_with("# Mine.\n") && left.contains("[port]") && !left.contains("either"));
    assert!(!world.path("onrecord-alerts/either.reported").exists());
    world.run(&["saved", "remove", "port"]).expect(0);
    world.run(&["saved"]).expect(1);
    let ran = world.run(&["alerts"]).expect(1);
    assert!(ran.stderr.contains("no query is saved here"), "{}", ran.stderr);
}

#[test]
fn a_replaced_query_does_not_report_twice() {
    let world = world();
    let ran = world.run(&["save", "port", "quay"]).expect(2);
    assert!(ran.stderr.contains("--replace"), "{}", ran.stderr);
    world.run(&["save", "port", "quay", "--replace"]).expect(0);
    assert_eq!(listed(&world, &[]), []);
    world.run(&["save", "port", "harbour OR quay", "--replace", "--from-start"]).expect(0);
    assert_eq!(listed(&world, &[]), [], "each was found by one of them");
}

#[test]
fn a_query_that_cannot_be_replaced_keeps_its_news() {
    let world = world();
    put(&world, "corpus/c.txt", "May 5, 2012", &[WIDE]);
    world.index(&["corpus"]);
    // The file can be read and asked from, and not be changed.
    let inline = "port = { query = \"harbour\" }\n";
    world.put("onrecord-queries.toml", inline);
    let ran = world.run(&["save", "port", "harbour OR quay", "--replace"]).expect(2);
    assert!(ran.stderr.contains("by hand"), "{}", ran.stderr);
    assert_eq!(world.read("onrecord-queries.toml"), inline);
    assert_eq!(listed(&world, &[]), expected(&[("new", WIDE)]));
}

#[test]
fn what_ends_between_two_files_is_reported_twice_rather_than_never() {
    let world = world();
    put(&world, "corpus/c.txt", "May 5, 2012", &[WIDE]);
    world.index(&["corpus"]);
    let reported = fs::read(world.path("onrecord-alerts/port.reported")).unwrap();
    // As if it had ended once the query was in its place.
    world.run(&["save", "port", "quay", "--replace"]).expect(0);
    world.put("onrecord-alerts/port.reported", &reported);
    assert_eq!(listed(&world, &["--dry-run"]), expected(&[("new", LONG)]));
    // What cannot be noted is said, and the query is there.
    fs::remove_file(world.path("onrecord-alerts/port.reported")).unwrap();
    fs::create_dir_all(world.path("onrecord-alerts/other.reported")).unwrap();
    let ran = world.run(&["save", "other", "harbour"]).expect(2);
    assert!(ran.stderr.contains("`other` is saved, and will report all"), "{}", ran.stderr);
    fs::remove_dir(world.path("onrecord-alerts/other.reported")).unwrap();
    assert_eq!(listed(&world, &["other"]).len(), 4);
}

#[test]
fn what_another_query_of_the_name_reported_is_nothing_to_this_one() {
    let world = world();
    let other = "[port]\nquery = \"quay\"\n";
    // Deleted by hand, and written or saved anew.
    world.put("onrecord-queries.toml", other);
    assert_eq!(listed(&world, &["--dry-run"]), expected(&[("new", LONG)]));
    world.put("onrecord-queries.toml", format!("{other}speaker = \"vale\"\n"));
    let found = world.run(&["alerts", "--format", "json", "--dry-run"]).expect(1).object();
    assert_eq!(found["queries"][0]["first_time"], true);
    world.put("onrecord-queries.toml", "");
    world.run(&["save", "port", "harbour", "--from-start"]).expect(0);
    assert_eq!(listed(&world, &[]).len(), 3);
    assert_eq!(listed(&world, &[]), []);
}

#[test]
fn what_stands_in_the_file_is_changed_in_its_place() {
    let world = world();
    let file = "# Mine.\n\n# The port:\n[port]\nquery = \"harbour\"\n\n# The quay:\n[quay]\nquery = \"quay\"\n";
    world.put("onrecord-queries.toml", file);
    world.run(&["save", "port", "deep", "--replace"]).expect(0);
    assert_eq!(world.read("onrecord-queries.toml"), file.replace("\"harbour\"", "\"deep\""));
    world.run(&["saved", "remove", "port"]).expect(0);
    let left = file.replace("[port]\nquery = \"harbour\"\n", "");
    assert_eq!(world.read("onrecord-queries.toml"), left);
}

#[test]
fn what_cannot_be_saved_or_asked_is_refused() {
    let world = world();
    for (arguments, part) in [
        (&["save", "Port", "x"][..], "small letters"),
        (&["save", "../x", "x"], "small letters"),
        (&["save", "x", "speeker:vale"], "speaker:"),
        (&["save", "x", "priority:fishing"], "priority:fishing"),
        (&["alerts", "prot"], "saved are: port"),
        (&["saved", "show", "prot"], "saved are: port"),
        (&["saved", "remove", "prot"], "saved are: port"),
    ] {
        let ran = world.run(arguments).expect(2);
        assert!(ran.stderr.contains(part), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(world.run(&["saved"]).expect(0).rows().len(), 1);
    // One that cannot be understood keeps no other from being asked.
    let file = world.read("onrecord-queries.toml");
    world.put("onrecord-queries.toml", format!("{file}\n[broken]\nquery = \"(harbour\"\n"));
    put(&world, "corpus/c.txt", "May 5, 2012", &[WIDE]);
    world.index(&["corpus"]);
    let ran = world.run(&["alerts", "--format", "jsonl"]).expect(2);
    assert!(ran.stderr.contains("saved query `broken`"), "{}", ran.stderr);
    assert_eq!(ran.objects().len(), 1);
    let ran = world.run(&["alerts", "--format", "jsonl", "port"]).expect(1);
    assert_eq!(ran.stdout, "");
}

#[test]
fn all_forms_list_the_same() {
    let world = world();
    put(&world, "corpus/a.txt", "May 3, 2012", &["The harbour is very deep.", LONG]);
    put(&world, "corpus/c.txt", "", &[WIDE]);
    world.index(&["corpus"]);
    let ran = |format| world.run(&["alerts", "--dry-run", "--format", format]).expect(0);
    let object = ran("json").object();
    let query = &object["queries"][0];
    let counts = |names: [&str; 5]| names.map(|name| number(&query[name]));
    assert_eq!(counts(["count", "documents", "new", "changed", "gone"]), [4, 3, 2, 1, 1]);
    let hits: &Vec<Value> = query["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 2);
    assert_eq!((&hits[0]["news"], &hits[1]["date"]), (&json!("changed"), &Value::Null));
    let lines = ran("jsonl").objects();
    let rows = ran("csv").rows();
    for ((hit, line), row) in hits.iter().zip(&lines).zip(&rows) {
        let mut line = line.clone();
        assert_eq!(line.as_object_mut().unwrap().remove("saved_query"), Some(json!("port")));
        assert_eq!(&line, hit);
        assert!(hit["score"].is_null());
        assert_eq!((&*row["saved_query"], &row["news"]), ("port", &text(&hit["news"])));
        assert_eq!(row["text"], text(&hit["text"]));
        assert!(!row.contains_key("score"));
    }
    let totals =
        "port: 2 passages new, 1 of them changed, 1 found no more; 4 passages found in all\n";
    for format in ["jsonl", "csv", "tsv", "md"] {
        assert_eq!(ran(format).stderr, totals);
    }
    let quiet = world.run(&["alerts", "--dry-run", "--format", "csv", "--quiet"]).expect(0);
    assert_eq!(quiet.stderr, "");
    let printed = ran("table").stdout;
    for part in [
        "port: harbour\n",
        "2 passages new, 1 of them changed, 1 found no more; 4 passages",
        ", changed\n",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
}
