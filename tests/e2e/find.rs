//! `find`: half-remembered lines, and lines that no one said.

use crate::world::{Ran, World};
use serde_json::Value;

const HARBOUR: &str = "President: Ada Orr\n\nThe old harbour has fed this city for two hundred \
    years. We will not rest until the last warehouse on the northern quay is open again.\n\n\
    Our neighbours asked for patience. We gave them grain.\n";

const RIVER: &str = "President: Ben Moss\n\nA river that floods twice in one spring is a warning \
    to every town below it. (Applause.) We heard it, and we shall build the dykes higher.\n\n\
    We will not rest until the schools are warm.\n";

fn world() -> World {
    World::indexed(&[("corpus/harbour.txt", HARBOUR), ("corpus/river.txt", RIVER)])
}

fn find(world: &World, arguments: &[&str]) -> Ran {
    let arguments: Vec<&str> =
        ["find", "--format", "json"].iter().chain(arguments).copied().collect();
    world.run(&arguments)
}

fn first(ran: Ran) -> Value {
    let found: Value = serde_json::from_str(&ran.expect(0).stdout).unwrap();
    found["hits"][0].clone()
}

#[test]
fn a_line_is_found_however_it_is_remembered() {
    let world = world();
    let quay = "We will not rest until the last warehouse on the northern quay is open again";
    for line in [
        quay,
        "we will never rest until the last warehouse on the northern quay opens again",
        "until the last warehuose on the quay is open we will not rest",
        "not rest until warehouses on the northern quay are open",
    ] {
        let hit = first(find(&world, &[line]));
        assert!(hit["context"].as_str().unwrap().contains(quay), "{line}: {hit}");
        assert_eq!(hit["speaker"], "Ada Orr");
        assert!(hit["similarity"].as_f64().unwrap() >= 0.5);
    }
}

#[test]
fn a_hit_shows_what_was_said_and_where() {
    let remembered = "Our neighbours asked us for patience and we gave grain";
    let hit = first(find(&world(), &[remembered, "--limit", "1"]));
    assert_eq!(hit["speaker"], "Ada Orr", "{hit}");
    let hit = first(find(&world(), &["is a warning to each town below it. We heard it"]));
    assert_eq!(
        hit["diff"],
        "is a warning to [-each-]{+every+} town below it. (Applause.) We heard it"
    );
    assert_eq!(hit["text"], "is a warning to every town below it. (Applause.) We heard it");
    let start = RIVER.find("is a warning").unwrap() as u64;
    assert_eq!(hit["byte_start"], start, "{hit}");
    assert_eq!(hit["byte_end"], RIVER.find(", and we").unwrap() as u64);
    assert_eq!(hit["path"], "corpus/river.txt");
    assert_eq!(hit["parts"][1]["kind"], "dropped");
    assert!(hit["citation"].as_str().unwrap().starts_with("Ben Moss"), "{hit}");
    assert_eq!(hit["before"], Value::Null);
    let exact = first(find(&world(), &["We gave them grain"]));
    assert_eq!((&exact["similarity"], &exact["word_similarity"]), (&1.0.into(), &1.0.into()));
}

#[test]
fn nothing_is_close_to_what_no_one_said() {
    let world = world();
    for line in [
        "the parliament shall vote on the new railway before winter",
        "our fishermen signed a treaty with the moon",
        "quay",
    ] {
        let ran = find(&world, &[line]);
        if line != "quay" {
            assert_eq!(ran.code, 1, "{line}: {}", ran.stdout);
            assert!(ran.stderr.contains("nothing close"));
        }
    }
    assert_eq!(world.run(&["find", "…"]).code, 2);
    assert_eq!(world.run(&["find", &"word ".repeat(300)]).code, 2);
}

#[test]
fn a_speaker_is_kept_to() {
    let world = world();
    let line = "We will not rest until the schools are warm";
    assert_eq!(first(find(&world, &[line, "--speaker", "moss"]))["speaker"], "Ben Moss");
    let ran = find(&world, &[line, "--speaker", "orr"]);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(found["hits"].as_array().unwrap().iter().all(|hit| hit["speaker"] == "Ada Orr"));
}

#[test]
fn a_line_over_two_passages_is_found_whole() {
    let sentence = |n: usize| format!("Ship number {n} brought salt, rope and lamps to pier {n}. ");
    let long: String = (1..80).map(sentence).collect();
    let world = World::indexed(&[("corpus/long.txt", &format!("President: Ada Orr\n\n{long}\n"))]);
    let shown = world.search("passage OR ship");
    let passages = shown["hits"].as_array().unwrap();
    let next = passages.iter().find(|hit| hit["passage"] == 2).unwrap();
    let start = next["byte_start"].as_u64().unwrap() as usize;
    let text = format!("President: Ada Orr\n\n{long}");
    let line = &text[start - 56..start + 56];
    let hit = first(find(&world, &[line]));
    assert_eq!(hit["similarity"], 1.0, "{line}: {hit}");
    assert_eq!(hit["word_similarity"], 1.0);
}

#[test]
fn headings_and_notes_are_not_said() {
    let world = World::indexed(&[(
        "corpus/one.md",
        "# The seven lanterns of the western breakwater\n\nNothing was said of them.\n",
    )]);
    assert_eq!(find(&world, &["The seven lanterns of the western breakwater"]).code, 1);
}

#[test]
fn an_index_without_quotes_is_searched_by_words_and_stays_so() {
    let world = World::new();
    world.put("corpus/harbour.txt", HARBOUR);
    world.run(&["index", "--no-quotes", "corpus"]).expect(0);
    let ran =
        find(&world, &["we never rest until the last warehouse on the northern quay is open"]);
    assert_eq!(first(ran)["speaker"], "Ada Orr");
    world.put("corpus/river.txt", RIVER);
    world.run(&["index", "corpus"]).expect(0);
    assert_eq!(
        first(find(&world, &["A river that floods twice in a spring is a warning"]))["speaker"],
        "Ben Moss"
    );
    let other = self::world();
    let refused = other.run(&["index", "--no-quotes", "corpus"]).expect(2);
    assert!(refused.stderr.contains("go on without --no-quotes"), "{}", refused.stderr);
}

#[test]
fn forms_of_output() {
    let world = world();
    let line = "We gave them grain";
    for (format, start) in [
        ("jsonl", "{\"similarity\":1.0"),
        ("csv", "similarity,word_similarity,text,diff,speaker"),
        ("table", "1. "),
    ] {
        let ran = world.run(&["find", line, "--format", format]).expect(0);
        assert!(ran.stdout.starts_with(start), "{format}: {}", ran.stdout);
    }
}
