//! Fields of queries: who, when, where, what.

use crate::world::{World, hits, text};

/// A row for each document: name, title, speaker, date, kind, issuer, place, event.
const ROWS: [[&str; 8]; 6] = [
    [
        "a",
        "Harbour Strategy",
        "Ada Vale",
        "2011-07-14",
        "speech",
        "Office of Ports",
        "Geneva",
        "Ports Conference",
    ],
    [
        "b",
        "Remarks on Quays",
        "Ben Moss",
        "2011-07",
        "fact-sheet",
        "Office of Quays",
        "Brannoch",
        "Quay Day",
    ],
    [
        "c",
        "A Strategy of Quays",
        "Ada Moss",
        "2011",
        "press-release",
        "Ports Authority",
        "Geneva",
        "",
    ],
    ["d", "Strategic Harbours", "", "2012-02-29", "transcript", "", "", ""],
    ["e", "Draft", "José Vale", "2010-12-31", "testimony", "", "", ""],
    ["f", "Undated", "", "", "other", "", "", ""],
];

fn world() -> World {
    let columns = ["id", "title", "speaker", "date", "kind", "issuer", "place", "event"];
    let row = |row: &[&str; 8]| {
        let fields =
            columns.iter().zip(row).map(|(name, value)| ((*name).to_owned(), (*value).into()));
        let mut fields: serde_json::Map<String, serde_json::Value> = fields.collect();
        fields.insert("text".to_owned(), format!("Document {} speaks of the sea.", row[0]).into());
        serde_json::Value::Object(fields).to_string()
    };
    let rows: Vec<String> = ROWS.iter().map(row).collect();
    World::indexed(&[("corpus/my rows.jsonl", &rows.join("\n"))])
}

/// Returns the names of the documents that a query finds.
fn names(world: &World, query: &str) -> String {
    let found = world.search(query);
    let mut names: Vec<String> = hits(&found)
        .iter()
        .map(|hit| text(&hit["text"])["Document ".len()..][..1].to_owned())
        .collect();
    names.sort();
    names.concat()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let world = world();
    for (query, expected) in cases {
        assert_eq!(names(&world, query), *expected, "{query}");
    }
}

#[test]
fn speakers() {
    check(&[
        ("speaker:vale", "ae"),
        ("speaker:VALE sea", "ae"),
        ("speaker:\"Ada Vale\"", "a"),
        ("speaker:ada", "ac"),
        ("speaker:josé", "e"),
        ("speaker:(vale OR moss)", "abce"),
        ("sea -speaker:moss", "adef"),
        ("speaker:val", ""),
        ("speaker:nobody", ""),
    ]);
}

#[test]
fn dates_as_precise_as_they_are() {
    check(&[
        ("date:2011", "abc"),
        ("date:2011-07", "ab"),
        ("date:2011-07-14", "a"),
        ("date:2011-07-15", ""),
        ("date:2012-02-29", "d"),
        ("date:[2010 TO 2011]", "abce"),
        ("date:[2010-12-31 TO 2010-12-31]", "e"),
        ("date:[2011-07-01 TO 2011-07-31]", "ab"),
        ("date:[2011-07-02 TO 2011-07-31]", "a"),
        ("date:[2011-01 TO 2011-12]", "abc"),
        ("date:[2011-02 TO 2011-12]", "ab"),
        ("date:[* TO 2010]", "e"),
        ("date:[2012 TO *]", "d"),
        ("date:[2011-07-14 TO *]", "ad"),
        ("date:(2010 OR [2012 TO *])", "de"),
        ("sea -date:2011", "def"),
    ]);
}

#[test]
fn titles_and_other_fields() {
    check(&[
        ("title:strategy", "ac"),
        ("title:\"harbour strategy\"", "a"),
        ("title:\"strategy harbour\"", ""),
        ("title:(strategy -quays)", "a"),
        ("title:=quays", "bc"),
        ("issuer:ports", "ac"),
        ("issuer:\"Office of Ports\"", "a"),
        ("place:geneva", "ac"),
        ("place:geneva event:conference", "a"),
        ("event:\"quay day\"", "b"),
        ("kind:fact-sheet", "b"),
        ("kind:(speech OR testimony)", "ae"),
        ("sea -kind:other", "abcde"),
        ("source:\"corpus/my rows.jsonl\" speaker:ada", "ac"),
        ("source:\"my rows\" date:2012", "d"),
        ("source:elsewhere", ""),
    ]);
}

#[test]
fn one_document_by_its_id() {
    let world = world();
    for (id, line) in world.dump() {
        let found = world.search(&format!("doc:{id}"));
        assert_eq!(found["count"], 1);
        assert_eq!(found["hits"][0]["title"], line["title"]);
    }
    assert_eq!(world.search("doc:0123456789abcdef0123456789abcdef")["count"], 0);
    world.run(&["show", "0123456789abcdef0123456789abcdef"]).expect(2);
    world.run(&["show", "not-an-id"]).expect(2);
}

#[test]
fn parts_of_a_document() {
    let speech = "# The Harbour\n\nWe dredge the harbour. (Applause.)\n\n## Harbour Pilots\n\n(Laughter.)\n\n\
        The pilots know the harbour.\n";
    let world = World::indexed(&[("corpus/one.md", speech)]);
    assert_eq!(world.texts("in:heading harbour"), ["Harbour Pilots", "The Harbour"]);
    assert_eq!(world.texts("in:title harbour"), ["The Harbour"]);
    let body = ["The pilots know the harbour.", "We dredge the harbour. (Applause.)"];
    assert_eq!(world.texts("in:body harbour"), body);
    assert_eq!(world.texts("in:note"), ["(Laughter.)"]);
    assert_eq!(world.texts("in:note laughter"), ["(Laughter.)"]);
    let found = world.search("pilots know");
    let path: Vec<String> =
        found["hits"][0]["heading_path"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(path, ["The Harbour", "Harbour Pilots"]);
}

#[test]
fn priorities_by_id_and_name() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let rows = world.run(&["report", "priorities", "--by", "kind"]).expect(0).rows();
    let mut n_found = 0;
    for row in rows.iter().take(7) {
        let by_id = world.search(&format!("priority:{}", row["priority_id"]));
        let by_name = world.search(&format!("priority:\"{}\"", row["priority"]));
        assert_eq!(by_id, by_name);
        for hit in hits(&by_id) {
            let priorities = hit["priorities"].as_array().unwrap();
            assert!(priorities.iter().any(|id| *id == row["priority_id"]), "{hit}");
        }
        n_found += hits(&by_id).len();
    }
    let labels: u64 = world.dump().values().map(|line| line["labels"].as_u64().unwrap()).sum();
    assert_eq!(n_found as u64, labels, "each label is found by its priority");
}
