//! Citations of the sample corpus and of a page with an address.

use crate::world::{World, hits, number, text};
use serde_json::Value;

const STYLES: [&str; 8] = [
    "chicago-note",
    "chicago-bibliography",
    "apa",
    "bluebook",
    "csl-json",
    "bibtex",
    "ris",
    "plain",
];

const PAGE: &str = "---\ntitle: The Open Quay\nspeaker: Ada Vale\ndate: 2011-03-12\nkind: speech\n\
    event: Harbour Day\nplace: Tresk\nurl: https://example.org/quay\n---\n\n\
    We keep the harbour open. We keep it for all, who-ever comes.\n\n\
    Nobody else keeps it. We keep the harbour open.\n";

fn page() -> (World, String) {
    let world = World::indexed(&[("corpus/quay.md", PAGE)]);
    let id = world.dump().into_keys().next().unwrap();
    (world, id)
}

fn cite(world: &World, arguments: &[&str]) -> Value {
    world.run(&[&["cite", "--format", "json"], arguments].concat()).expect(0).object()
}

#[test]
fn all_styles_of_a_place_in_a_page() {
    let (world, id) = page();
    let found = cite(&world, &[&id, "--passage", "1"]);
    let citations = &found["citations"];
    assert_eq!(
        text(&citations["chicago_note"]),
        "Ada Vale, “The Open Quay” (speech, Harbour Day, Tresk, March 12, 2011), para. 2, https://example.org/quay."
    );
    assert_eq!(
        text(&citations["apa"]),
        "Vale, A. (2011, March 12). The Open Quay [Speech]. Harbour Day, Tresk. https://example.org/quay"
    );
    for style in STYLES {
        let printed = world.run(&["cite", &id, "--passage", "1", "--style", style]).expect(0);
        assert!(printed.stdout.contains("Vale") && printed.stdout.ends_with('\n'), "{style}");
    }
    let all = world.run(&["cite", &id]).expect(0).stdout;
    assert!(all.contains("March 12, 2011") && all.contains("@misc{") && all.contains("ER  - "));
    let list = world.run(&["cite", &id, "--style", "csl-json"]).expect(0).object();
    assert_eq!(list[0]["type"], "speech");
    assert_eq!(list[0]["issued"]["date-parts"], serde_json::json!([[2011, 3, 12]]));
}

#[test]
fn words_are_named_by_what_is_around_them() {
    let (world, id) = page();
    let shown = world.show(&id);
    let last = &shown["passages"][1];
    let words = "We keep the harbour open.";
    let start = number(&last["char_start"]) + text(&last["text"]).find(words).unwrap();
    let stretch = format!("{start}-{}", start + words.len());
    let found = cite(&world, &[&id, "--characters", &stretch]);
    assert_eq!(text(&found["selector"]["exact"]), words);
    assert!(text(&found["selector"]["prefix"]).ends_with("Nobody else keeps it. "));
    // The same words stand above: the link tells which are meant.
    assert_eq!(
        text(&found["link"]),
        "https://example.org/quay#:~:text=it.-,We%20keep%20the%20harbour%20open."
    );
    assert_eq!(found["paragraph"], 2);
    assert_eq!(number(&found["char_start"]), start);
}

#[test]
fn every_hit_of_the_sample_corpus_can_be_cited() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let found = world.search_with(&["--limit", "40"], "network OR harbour");
    assert!(hits(&found).len() > 10);
    for hit in hits(&found) {
        let (id, passage) = (text(&hit["document_id"]), hit["passage"].to_string());
        let cited = cite(&world, &[&id, "--passage", &passage]);
        let note = text(&cited["citations"]["chicago_note"]);
        assert_eq!(text(&cited["selector"]["exact"]), text(&hit["text"]));
        assert_eq!(cited["char_start"], hit["char_start"]);
        if let Some(title) = hit["title"].as_str() {
            let word = title.split_whitespace().find(|word| word.len() > 4).unwrap_or(title);
            assert!(note.contains(word), "{note}");
        }
        if let Some(speaker) = hit["speaker"].as_str() {
            assert!(note.starts_with(speaker), "{speaker}: {note}");
        }
        let year = hit["date"].as_str().map(|date| &date[..4]);
        assert!(year.is_none_or(|year| note.contains(year)), "{note}");
        assert!(!note.contains("n.d.") && !note.contains(", ,"), "{note}");
    }
}

#[test]
fn what_is_not_there_is_an_error() {
    let (world, id) = page();
    for (arguments, expected) in [
        (&["cite", "quay"][..], "names no document"),
        (&["cite", &id, "--passage", "9"], "passage"),
        (&["cite", &id, "--characters", "9000-9001"], "hold no words"),
        (&["cite", &id, "--characters", "9-3"], "START-END"),
        (&["cite", &id, "--style", "vancouver"], "vancouver"),
    ] {
        let ran = world.run(arguments).expect(2);
        assert!(ran.stderr.contains(expected), "{arguments:?}\n{}", ran.stderr);
    }
}
