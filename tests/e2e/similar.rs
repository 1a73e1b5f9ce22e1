//! `similar`: passages like one, with the words that they share.

use crate::world::{World, hits, number, text};
use serde_json::Value;

const DREDGED: &str = "Last year we dredged twelve harbours between the estuary and the northern light, \
                       and the pilots thanked the keepers for every buoy.";

/// A speech of many words about other things, with a passage in it.
fn speech(seed: usize, passage: &str) -> String {
    const WORDS: [&str; 9] = [
        "budget", "school", "treaty", "border", "market", "doctor", "railway", "forest", "orchard",
    ];
    let paragraph = |p: usize| {
        let words =
            (0..30).map(|n| WORDS[(n * (seed + 1) + p * (seed + 2) + n / 4) % 9].to_owned());
        let words: Vec<String> = words.collect();
        format!("We spoke {seed} of {}.", words.join(" and "))
    };
    let mut paragraphs: Vec<String> = (0..8).map(paragraph).collect();
    paragraphs.insert(4, passage.to_owned());
    paragraphs.join("\n\n")
}

fn world() -> World {
    let own = format!(
        "{}\n\nThe pilots of the estuary know each buoy by its keeper.",
        speech(0, DREDGED)
    );
    let copy = speech(0, &DREDGED.replace("Last year", "(Applause.) LAST year"));
    let alike = speech(5, "Twelve harbours were dredged, said the pilots, and no buoy was lost.");
    let files = [
        ("corpus/a.txt", own),
        ("corpus/b.txt", copy),
        ("corpus/c.txt", alike),
        ("corpus/d.txt", speech(7, "The orchard is far from the market.")),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    World::indexed(&files)
}

/// Returns the id and the number of the passage of a file that begins so.
fn passage(world: &World, file: &str, beginning: &str) -> (String, String) {
    let found = world.search(&format!("\"{beginning}\""));
    let hit = hits(&found).iter().find(|hit| text(&hit["path"]).ends_with(file)).unwrap();
    (text(&hit["document_id"]), number(&hit["passage"]).to_string())
}

fn similar(world: &World, options: &[&str]) -> Value {
    let ran = world.run(&[&["similar", "--format", "json"], options].concat()).expect(0);
    ran.object()
}

#[test]
fn a_copy_comes_first_and_tells_what_it_shares() {
    let world = world();
    let (id, ordinal) = passage(&world, "a.txt", "we dredged twelve harbours");
    let found = similar(&world, &[&id, "--passage", &ordinal]);
    assert_eq!(text(&found["text"]), DREDGED);
    let relations: Vec<(String, String)> =
        hits(&found).iter().map(|hit| (text(&hit["path"]), text(&hit["relation"]))).collect();
    let expected = [
        ("corpus/b.txt", "duplicate"),
        ("corpus/c.txt", "other"),
        ("corpus/a.txt", "same-document"),
    ];
    let expected = expected.map(|(path, relation)| (path.to_owned(), relation.to_owned()));
    assert_eq!(relations, expected);
    assert!(number(&found["n_compared"]) >= 3);
    for hit in hits(&found) {
        let score = hit["score"].as_f64().unwrap();
        let shared = hit["shared"].as_array().unwrap();
        let shares: Vec<f64> = shared.iter().map(|term| term["share"].as_f64().unwrap()).collect();
        assert!(shares.is_sorted_by(|a, b| a >= b) && shares.iter().all(|share| *share > 0.0));
        assert!((shares.iter().sum::<f64>() - score).abs() < 1e-5, "{hit}");
        let shown = world.show(&text(&hit["document_id"]));
        let passages = shown["passages"].as_array().unwrap();
        let whole: String = passages
            .iter()
            .map(|passage| text(&passage["lead"]) + &text(&passage["text"]))
            .collect();
        let (start, end) = (number(&hit["byte_start"]), number(&hit["byte_end"]));
        assert_eq!(whole[start..end], text(&hit["text"]));
    }
    // Stage directions and the case of letters are no words.
    assert!((hits(&found)[0]["score"].as_f64().unwrap() - 1.0).abs() < 1e-6);
    let pairs = hits(&found)[1]["shared"].as_array().unwrap();
    assert!(pairs.iter().any(|term| term["given"] == "harbours" && term["stem"] == "harbour"));
}

#[test]
fn copies_fold_away_and_a_query_narrows() {
    let world = world();
    let (id, ordinal) = passage(&world, "a.txt", "we dredged twelve harbours");
    let (copy, _) = passage(&world, "b.txt", "we dredged twelve harbours");
    let found = similar(&world, &[&id, "--passage", &ordinal, "--fold-duplicates"]);
    assert_eq!(found["duplicates"], serde_json::json!([copy]));
    let ids: Vec<String> = hits(&found).iter().map(|hit| text(&hit["document_id"])).collect();
    assert_eq!(ids.len(), 2, "{found}");
    assert!(!ids.contains(&copy), "{ids:?}");
    let others = format!("-doc:{id} -doc:{copy}");
    let found = similar(&world, &[&id, "--passage", &ordinal, "--query", &others]);
    let paths: Vec<String> = hits(&found).iter().map(|hit| text(&hit["path"])).collect();
    assert_eq!(paths, ["corpus/c.txt"]);
    let found = similar(&world, &[&id, "--passage", &ordinal, "--min-score", "0.9"]);
    assert_eq!(hits(&found).len(), 1);
    let ran =
        world.run(&["similar", "--format", "json", &id, "--passage", &ordinal, "--limit", "1"]);
    let found = ran.object();
    let (n_like, n_compared) = (number(&found["n_like"]), number(&found["n_compared"]));
    assert_eq!((hits(&found).len(), n_like), (1, 3));
    let told = format!("1 of 3 passages that score 0.10 or more, of {n_compared} compared");
    assert!(ran.stderr.contains(&told), "{ran:?}");
}

#[test]
fn a_text_of_ones_own_has_no_document() {
    let world = world();
    world.put("draft.txt", "We shall dredge more harbours, and thank the pilots.");
    let found = similar(&world, &["--text", "draft.txt"]);
    assert!(hits(&found).iter().all(|hit| hit["relation"].is_null()));
    assert!(text(&hits(&found)[0]["text"]).contains("harbours"));
    let csv = world.run(&["similar", "--text", "draft.txt", "--format", "csv"]).expect(0);
    let shared = &csv.rows()[0]["shared"];
    assert!(shared.contains("dredge/dredged 0."), "{shared}");
    let table = world.run(&["similar", "--text", "draft.txt", "--format", "table"]).expect(0);
    assert!(table.stdout.contains("shared: ") && table.stdout.contains(" compared"), "{table:?}");
}

#[test]
fn what_is_like_nothing_is_said() {
    let world = world();
    world.put("strange.txt", "Quarks decay.");
    let ran = world.run(&["similar", "--text", "strange.txt"]).expect(1);
    assert!(ran.stderr.contains("no passage like it"), "{}", ran.stderr);
    world.put("empty.txt", "the of and");
    world.put("long.txt", "harbour ".repeat(2_001));
    let (id, _) = passage(&world, "a.txt", "we dredged twelve harbours");
    for (arguments, reason) in [
        (&["--text", "empty.txt"][..], "no word that tells it from others"),
        (&["--text", "long.txt"], "2001 words, 2000 at most"),
        (&["--text", "missing.txt"], "cannot read `missing.txt`"),
        (&[&id], "--passage"),
        (&[&id, "--passage", "99"], "99"),
        (&["harbour", "--passage", "1"], "`harbour` names no document"),
        (&[&id, "--passage", "1", "--min-score", "2"], "0 to 1"),
    ] {
        let ran = world.run(&[&["similar"], arguments].concat()).expect(2);
        assert!(ran.stderr.contains(reason), "{ran:?}");
    }
}
