//! Quotations of an index, and who said them.

use crate::world::World;
use serde_json::Value;

const SPEECH: &str = "Remarks by Mayor Ada Vale\nMay 3, 2012\n\nGood morning to all of you.\n\nAs Ben Moss, our harbour master, has said, \u{201c}We will dredge the whole harbour before winter.\u{201d} But he also warned that it will cost.\n\nWe call it the \u{201c}deep water\u{201d} plan.\n";
const RELEASE: &str = "Press Release\nJune 1, 2013\n\nThe council met on Monday.\n\n\u{201c}We will dredge the whole harbour before winter,\u{201d} said harbour master Ben Moss.\n";

fn world() -> World {
    World::indexed(&[("corpus/speech.txt", SPEECH), ("corpus/release.txt", RELEASE)])
}

fn listed(world: &World, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["quotes", "--format", "jsonl"];
    all.extend(arguments);
    let ran = world.run(&all).expect(0);
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn quotations_are_listed_with_their_source() {
    let world = world();
    let rows = listed(&world, &["--since", "2012", "--until", "2012-12"]);
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = &rows[0];
    assert_eq!(row["text"], "We will dredge the whole harbour before winter.");
    assert_eq!(row["quoted"], "Ben Moss");
    let (start, end) = (row["char_start"].as_u64().unwrap(), row["char_end"].as_u64().unwrap());
    assert_eq!(end - start, 47);
    let citation = row["citation"].as_str().unwrap();
    assert!(citation.contains("2012"), "{citation}");
    // The same words are linked, whoever quotes them.
    let other = listed(&world, &["--since", "2013"]);
    assert_eq!(row["same_words"][0], other[0]["quote_id"]);
}

#[test]
fn who_is_quoted_is_not_who_speaks() {
    let world = world();
    assert_eq!(listed(&world, &["--quoted", "moss"]).len(), 2);
    world.run(&["quotes", "--quoted", "vale"]).expect(1);
    world.run(&["quotes", "--quoted", "ben vale"]).expect(1);
    let ran = world.run(&["search", "--format", "json", "quoted:moss -speaker:moss"]).expect(0);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(found["count"], 2);
}

#[test]
fn rows_have_the_columns_of_reports() {
    let world = world();
    let ran = world.run(&["quotes", "--kind", "direct", "--format", "csv"]).expect(0);
    let mut lines = ran.stdout.lines();
    assert_eq!(
        lines.next().unwrap().trim_end(),
        "quote_id,document_id,title,date,kind,speaker_id,speaker,quoted_as,quoted_id,quoted,\
         quote_kind,text,char_start,char_end,passage,cue,attribution_rule,confidence,citation"
    );
    assert_eq!(lines.count(), 2);
}

#[test]
fn an_index_without_quotations_says_so() {
    let world = World::new();
    world.put("corpus/speech.txt", SPEECH);
    world.run(&["index", "--no-quotes", "corpus"]).expect(0);
    for question in [&["quotes"][..], &["search", "quoted:moss"]] {
        let ran = world.run(question).expect(2);
        assert!(ran.stderr.contains("--no-quotes"), "{}", ran.stderr);
    }
}

#[test]
fn a_list_for_people_says_who_and_where() {
    let ran = world().run(&["quotes", "--since", "2013", "--format", "table"]).expect(0);
    for shown in [
        "“We will dredge the whole harbour before winter,”",
        "said by: harbour master Ben Moss (direct)",
        "the same words: ",
        "corpus/release.txt",
        "1 quotation",
    ] {
        assert!(ran.stdout.contains(shown), "{shown}: {}", ran.stdout);
    }
}
