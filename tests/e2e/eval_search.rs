//! `eval-search`: measures of ranking by queries and judgements; and what a score is made of.

use crate::world::{World, hits, text};
use serde_json::Value;

const CORPUS: &str = r#"{"_id": "a", "title": "", "text": "Our harbour is deep.\n\nNothing else is said here."}
{"_id": "b", "title": "", "text": "A quay of stone."}
{"_id": 3, "title": "", "text": "Lanterns light this street."}
"#;

const QUERIES: &str = r#"{"_id": "q1", "text": "Harbour?! (speaker: -NOT"}
{"_id": "q2", "text": "quay - \"OR"}
{"_id": "q3", "text": "street"}
{"_id": "q4", "text": "?!"}
{"_id": "q5", "text": "lantern"}
"#;

const JUDGEMENTS: &str = "query-id\tcorpus-id\tscore\nq1\ta\t2\nq1\tb\t1\nq1\tz\t1\n\
    q2\t3\t1\nq4\ta\t1\nq5\t3\t0\nq9\ta\t1\n";

fn world() -> World {
    let world = World::indexed(&[("corpus/c.jsonl", CORPUS)]);
    world.put("queries.jsonl", QUERIES);
    world.put("qrels.tsv", JUDGEMENTS);
    world
}

fn close(found: &Value, expected: f64) {
    assert!((found.as_f64().unwrap() - expected).abs() < 1e-4, "{found} is not {expected}");
}

/// The first query finds a document of grade 2 at the first place, and misses two of grade 1, of
/// which the index holds one: 2 / (2 + 1 / log2(3) + 1 / log2(4)) = 0.63879. The second finds what
/// is not relevant, the fourth has no word. The means are thirds.
#[test]
fn measures_are_means_over_what_is_judged() {
    let world = world();
    let ran = world.run(&["eval-search", "queries.jsonl", "qrels.tsv", "--format", "json"]);
    let measured = ran.expect(0).object();
    close(&measured["ndcg@10"], 0.63879 / 3.0);
    close(&measured["recall@100"], 1.0 / 9.0);
    close(&measured["mrr"], 1.0 / 3.0);
    for (name, expected) in [
        ("queries", 3),
        ("queries_without_words", 1),
        ("queries_without_relevant", 2),
        ("judged_queries_unknown", 1),
        ("judged_documents", 4),
        ("judged_documents_not_in_index", 1),
    ] {
        assert_eq!(measured[name], expected, "{name}");
    }
    assert_eq!(measured.get("per_query"), None);

    let ran = world.run(&["eval-search", "queries.jsonl", "qrels.tsv", "--per-query"]);
    let rows = ran.expect(0).object()["per_query"].clone();
    let ids: Vec<String> =
        rows.as_array().unwrap().iter().map(|row| text(&row["query_id"])).collect();
    assert_eq!(ids, ["q1", "q2", "q4"]);
    close(&rows[0]["ndcg@10"], 0.63879);
    assert_eq!((&rows[0]["relevant"], &rows[0]["relevant_in_index"]), (&3.into(), &2.into()));
    assert_eq!((&rows[1]["passages"], &rows[2]["passages"]), (&1.into(), &0.into()));

    let csv = ["eval-search", "queries.jsonl", "qrels.tsv", "--format", "csv"];
    let means = world.run(&csv).expect(0).stdout;
    assert!(means.starts_with("ndcg@10,recall@100,mrr,queries,"), "{means}");
    assert_eq!(means.lines().nth(1), Some("0.2129,0.1111,0.3333,3,1,2,1,4,1"));
    let rows = world.run(&[&csv[..], &["--per-query"]].concat()).expect(0).stdout;
    assert_eq!(rows.lines().count(), 4, "{rows}");
    let table = ["eval-search", "queries.jsonl", "qrels.tsv", "--format", "table"];
    let table = world.run(&table).expect(0).stdout;
    assert!(table.contains("judged documents: 4, 1 of them not in the index"), "{table}");
}

#[test]
fn documents_go_by_their_own_ids_and_by_those_shown() {
    let world = World::indexed(&[("corpus/c.jsonl", CORPUS), ("corpus/d/e.txt", "Harbour.\n")]);
    let shown = world.dump().into_iter().find(|(_, line)| line["path"] == "corpus/d/e.txt");
    let shown = shown.unwrap().0;
    world.put("queries.jsonl", QUERIES);
    world.put("qrels.tsv", format!("query-id\tcorpus-id\tscore\nq1\ta\t1\nq1\t{shown}\t1\n"));
    let measure = |world: &World| world.run(&["eval-search", "queries.jsonl", "qrels.tsv"]);
    let measured = measure(&world).expect(0).object();
    assert_eq!(measured["judged_documents_not_in_index"], 0);
    close(&measured["recall@100"], 1.0);

    world.put("corpus/more.jsonl", "{\"_id\": \"a\", \"text\": \"Another harbour.\"}\n");
    world.index(&["corpus"]);
    let ran = measure(&world).expect(2);
    assert!(
        ran.stderr.contains("`a` is in `corpus/c.jsonl` and in `corpus/more.jsonl`"),
        "{ran:?}"
    );
}

#[test]
fn faults_of_files_are_named_with_their_line() {
    let world = world();
    for (name, written, expected) in [
        (
            "queries.jsonl",
            "{\"_id\": \"q1\", \"text\": \"x\"}\nq2 x\n",
            "`queries.jsonl` line 2: no",
        ),
        ("queries.jsonl", "{\"_id\": \"q1\"}\n", "`queries.jsonl` line 1: it has no `text`"),
        ("qrels.tsv", "q1\ta\t1\n", "`qrels.tsv` line 1: the first line must be"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\ta\n", "`qrels.tsv` line 2: 2 fields"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\n\nq1\ta\tx\n", "`qrels.tsv` line 3: the score"),
    ] {
        world.put("queries.jsonl", QUERIES);
        world.put("qrels.tsv", JUDGEMENTS);
        world.put(name, written);
        let ran = world.run(&["eval-search", "queries.jsonl", "qrels.tsv"]).expect(2);
        assert!(ran.stderr.contains(expected), "{ran:?}");
        assert_eq!(ran.stdout, "");
    }
    world.run(&["eval-search", "queries.jsonl", "none.tsv"]).expect(2);
    world.put("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tz\t1\n");
    let ran = world.run(&["eval-search", "queries.jsonl", "qrels.tsv"]).expect(0);
    assert!(ran.stderr.contains("holds none of the judged documents"), "{ran:?}");
    world.put("qrels.tsv", "query-id\tcorpus-id\tscore\n");
    let ran = world.run(&["eval-search", "queries.jsonl", "qrels.tsv"]).expect(1);
    assert_eq!(ran.object()["ndcg@10"], Value::Null);
}

fn part<'a>(hit: &'a Value, kind: &str, word: &str) -> Option<&'a Value> {
    let parts = hit["score_parts"].as_array().unwrap();
    parts.iter().find(|part| part["kind"] == kind && part["word"] == word)
}

#[test]
fn titles_and_related_words_rank_and_are_told() {
    let line = |title: &str, text: &str| format!("{{\"title\":\"{title}\",\"text\":\"{text}\"}}\n");
    let corpus = [
        line("", "treaty export lantern lantern"),
        line("", "treaty lantern bridge"),
        line("", "treaty walrus bridge"),
        line("On the treaty", "treaty walrus bridge"),
        line("", "walrus of the sea"),
        line("", "lantern of the sea"),
    ];
    let world = World::indexed(&[("corpus/c.jsonl", &corpus.concat())]);
    let found = world.search_with(&["--match", "any", "--explain-score"], "the treaty export");
    // What is found is what any of the words finds, function words too.
    assert_eq!(found["count"], 6);
    let of = |record: u64| hits(&found).iter().find(|hit| hit["record"] == record).unwrap();
    let score = |record| of(record)["score"].as_f64().unwrap();
    assert_eq!(hits(&found)[0]["record"], 1);
    assert!(score(2) > score(3), "{found:#}");
    assert!(score(4) > score(3), "{found:#}");
    assert!(part(of(2), "related", "lantern").is_some(), "{:#}", of(2));
    assert!(part(of(4), "title", "treaty").is_some(), "{:#}", of(4));
    assert!(part(of(1), "related", "treaty").is_none() && part(of(5), "word", "the").is_none());
    for hit in hits(&found) {
        let parts = hit["score_parts"].as_array().unwrap().iter();
        let sum: f64 = parts.map(|part| part["score"].as_f64().unwrap()).sum();
        close(&hit["score"], sum);
    }

    // Where all words must be there, ranks are those of the words alone.
    let found = world.search_with(&["--explain-score"], "treaty bridge");
    assert_eq!(found["count"], 3);
    for hit in hits(&found) {
        assert!(
            part(hit, "word", "bridge").is_some() && part(hit, "exact-word", "treaty").is_some()
        );
        let kinds: Vec<String> =
            hit["score_parts"].as_array().unwrap().iter().map(|part| text(&part["kind"])).collect();
        assert!(kinds.iter().all(|kind| kind == "word" || kind == "exact-word"), "{kinds:?}");
    }
    let found = world.search_with(&["--explain-score"], "\"treaty walrus\"");
    assert_eq!(hits(&found)[0]["score_parts"][0]["kind"], "other");
    assert_eq!(hits(&world.search("treaty"))[0].get("score_parts"), None);
    let csv =
        world.run(&["search", "--explain-score", "--format", "csv", "export"]).expect(0).stdout;
    assert!(csv.lines().next().unwrap().ends_with(",score_parts"), "{csv}");
    assert!(csv.contains("word export "), "{csv}");
}
