//! Why a passage has its labels, and what would take them away.

use crate::world::World;
use serde_json::Value;
use std::collections::BTreeSet;

const TAXONOMY: &str = "name = 'Sea'\nversion = '1'\n\
    [gate]\nshort_passage = 4\n[[gate.terms]]\nphrases = ['sea', 'harbour']\n\
    [[priority]]\nid = 'trade'\nlabel = 'Trade'\n\
    [[priority.terms]]\nphrases = [\n'sea trade',\n'trade',\n'cargo',\n]\n\
    [[priority.terms]]\nweight = 0.5\nnear = ['ships']\nwithin = 6\nphrases = [\n'duty',\n'port dues',\n'dues',\n]\n\
    [[priority]]\nid = 'war'\nlabel = 'War'\n[[priority.terms]]\nphrases = [\n'trade war',\n'fleet',\n]\n";

const TERMS: [&str; 8] =
    ["sea trade", "trade", "cargo", "duty", "port dues", "dues", "trade war", "fleet"];

const SPEECH: &str = "# The harbour\n\nSea trade is old, and trade by sea feeds us.\n\n\
    The sea knows a trade war, and cargo of all kinds.\n\n\
    Ships at sea pay duty and port dues.\n\nShips at sea pay dues.\n\n\
    A fleet waits at sea.\n\nWe plant trees in rows.\n\nWe like cargo.\n";

/// A row of the report of mentions: passage, priority, term, first character.
type Row = (u64, String, String, u64);

fn rows(world: &World) -> BTreeSet<Row> {
    let report = world.run(&["report", "mentions", "--format", "jsonl"]).stdout;
    let rows = report.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.map(|row| {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let number = |key: &str| row[key].as_u64().unwrap();
        (number("passage"), text("priority_id"), text("rule"), number("char_start"))
    })
    .collect()
}

fn explained(world: &World, document: &str, passage: u64) -> Value {
    let passage = passage.to_string();
    let explain =
        ["explain", document, "--passage", &passage, "--taxonomy", "sea.toml", "--format", "json"];
    serde_json::from_str(&world.run(&explain).stdout).unwrap()
}

/// Each term is taken out of the file in turn: the rows that go and come are those that the
/// explanations name, and no others.
#[test]
fn a_term_taken_away_changes_what_was_explained() {
    let world = World::new();
    world.put("corpus/speech.md", SPEECH);
    world.put("sea.toml", TAXONOMY);
    world.run(&["index", "corpus", "--taxonomy", "sea.toml"]).expect(0);
    let dump: Value = serde_json::from_str(&world.run(&["dump"]).expect(0).stdout).unwrap();
    let (document, n_passages) = (dump["id"].as_str().unwrap(), dump["passages"].as_u64().unwrap());
    let explanations: Vec<Value> =
        (0..n_passages).map(|passage| explained(&world, document, passage)).collect();
    let before = rows(&world);
    assert_eq!(before.len(), 9, "{before:?}");

    let mut n_changes = 0;
    for term in TERMS {
        let (mut lost, mut gained) = (BTreeSet::new(), BTreeSet::new());
        for (passage, explanation) in (0..).zip(&explanations) {
            let priorities = explanation["explanations"][0]["priorities"].as_array().unwrap();
            let of_term = priorities.iter().flat_map(|one| one["without"].as_array().unwrap());
            for consequence in of_term.filter(|one| one["rule"] == term) {
                for (key, rows) in [("mentions_lost", &mut lost), ("mentions_gained", &mut gained)]
                {
                    for mention in consequence[key].as_array().unwrap() {
                        let [priority, rule] =
                            [0, 1].map(|at| mention[at].as_str().unwrap().to_owned());
                        rows.insert((
                            passage,
                            priority,
                            rule,
                            mention[2]["start"].as_u64().unwrap(),
                        ));
                    }
                }
            }
        }
        world.put("less.toml", TAXONOMY.replace(&format!("'{term}',\n"), ""));
        world.run(&["relabel", "--taxonomy", "less.toml"]).expect(0);
        let after = rows(&world);
        assert_eq!(before.difference(&after).cloned().collect::<BTreeSet<_>>(), lost, "{term}");
        assert_eq!(after.difference(&before).cloned().collect::<BTreeSet<_>>(), gained, "{term}");
        n_changes += lost.len() + gained.len();
    }
    assert!(n_changes > 10, "{n_changes}");
}

#[test]
fn what_is_explained_can_be_read() {
    let world = World::new();
    world.put("corpus/speech.md", SPEECH);
    world.put("sea.toml", TAXONOMY);
    world.run(&["index", "corpus", "--taxonomy", "sea.toml"]).expect(0);
    let dump: Value = serde_json::from_str(&world.run(&["dump"]).expect(0).stdout).unwrap();
    let document = dump["id"].as_str().unwrap();
    let explain = |passage: &str| {
        world.run(&["explain", document, "--passage", passage, "--taxonomy", "sea.toml"])
    };
    let shown = explain("1").expect(0).stdout;
    for part in [
        "about the subject: terms weigh 1.00, 1.00 are needed",
        "trade: labelled, by rules, score 0.86; terms weigh 2.00, 1.00 are enough",
        "“Sea trade”: `sea trade`, line 12, weight 1",
        "without `sea trade`: 1 mention lost; 1 mention gained",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let shown = explain("2").expect(0).stdout;
    for part in ["not “trade war”", "a term that begins before it"] {
        assert!(
            !shown.contains(part),
            "`trade` and `trade war` are of different priorities: {shown}"
        );
    }
    let shown = explain("3").expect(0).stdout;
    for part in
        ["“port dues”: `port dues`", "not “dues”: `dues`, line 23: nothing of its `near` is near"]
    {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let shown = explain("6").expect(1).stdout;
    assert!(shown.contains("not about the subject: no labels"), "{shown}");
    let shown = world.run(&["explain", document, "--passage", "1"]);
    assert!(shown.stderr.contains("was labelled by `Sea` with other rules"), "{}", shown.stderr);
    explain("99").expect(2);
    let unknown = ["explain", document, "--passage", "1", "--priority", "sea"];
    assert!(world.run(&unknown).expect(2).stderr.contains("no taxonomy has a priority `sea`"));

    world.put("text.txt", "We must close the digital divide in poor villages.");
    let shown = world.run(&["explain", "--text", "text.txt", "--priority", "development"]);
    for part in
        ["labelled, by rules and weights", "likelihood", "weights: ", "without `digital divide`"]
    {
        assert!(shown.stdout.contains(part), "{part}\n{}", shown.stdout);
    }
    // What adds to the likelihood adds up to it.
    let json = ["explain", "--text", "text.txt", "--priority", "development", "--format", "json"];
    let explained: Value = serde_json::from_str(&world.run(&json).expect(0).stdout).unwrap();
    let priority = &explained["explanations"][0]["priorities"][0];
    let added =
        priority["features"].as_array().unwrap().iter().map(|one| one["added"].as_f64().unwrap());
    let logit: f64 = added.sum();
    let likelihood = priority["likelihood"].as_f64().unwrap();
    assert!((1.0 / (1.0 + (-logit).exp()) - likelihood).abs() < 1e-9, "{logit} {likelihood}");
}

/// What is explained of each passage is what the index has.
#[test]
fn explanations_are_of_the_labels_that_there_are() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let report = world.run(&["report", "labels", "--format", "jsonl"]).expect(0).stdout;
    let labels: BTreeSet<(String, u64, String)> = report
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            (text("document_id"), row["passage"].as_u64().unwrap(), text("priority_id"))
        })
        .collect();
    let mut explained = BTreeSet::new();
    for line in world.run(&["dump"]).expect(0).stdout.lines().step_by(7) {
        let document: Value = serde_json::from_str(line).unwrap();
        let id = document["id"].as_str().unwrap();
        for passage in 0..document["passages"].as_u64().unwrap() {
            let number = passage.to_string();
            let explain = ["explain", id, "--passage", &number, "--format", "json"];
            let ran = world.run(&explain);
            let found: Value = serde_json::from_str(&ran.stdout).unwrap();
            let priorities = found["explanations"][0]["priorities"].as_array().unwrap();
            for priority in priorities.iter().filter(|priority| !priority["method"].is_null()) {
                let name = priority["priority_id"].as_str().unwrap().to_owned();
                explained.insert((id.to_owned(), passage, name));
            }
        }
    }
    let documents: BTreeSet<&String> = explained.iter().map(|(id, ..)| id).collect();
    assert!(documents.len() > 2, "{documents:?}");
    let expected: BTreeSet<_> =
        labels.into_iter().filter(|(id, ..)| documents.contains(id)).collect();
    assert_eq!(explained, expected);
}
