//! What `doctor` finds, and that it finds nothing where nothing is amiss.

use crate::world::World;

const WORDS: &str = "We will dredge the harbour, mend the quays, light the beacons, pay the pilots, and keep the books open for all to read.";

fn speech(speaker: &str, date: &str, title: &str, words: &str) -> String {
    format!("---\nspeaker: {speaker}\ndate: {date}\ntitle: {title}\nkind: speech\n---\n{words}\n")
}

/// Returns the check, path and findings of each row.
fn findings(world: &World, options: &[&str], code: i32) -> Vec<(String, String, String)> {
    let arguments = [&["doctor", "--today", "2020-01-31"], options].concat();
    let rows = world.run(&arguments).expect(code).rows();
    let cells = |row: &std::collections::BTreeMap<String, String>| {
        assert_eq!(row.len(), 6);
        assert!(!row["hint"].is_empty());
        let is_of_document = !row["check"].ends_with("-file") && row["check"] != "stale-correction";
        assert_eq!(row["document_id"].len() == 32, is_of_document, "{row:?}");
        (row["check"].clone(), row["path"].clone(), row["what"].clone())
    };
    rows.iter().map(cells).collect()
}

#[test]
fn nothing_is_found_where_nothing_is_amiss() {
    let world = World::indexed(&[
        ("corpus/a.md", &speech("Ada Orr", "2019-12-31", "Harbours", WORDS)),
        ("corpus/b.md", &speech("Ben Orr", "2020-01-31", "Quays", &WORDS.replace("We", "They"))),
        (
            "corpus/c.md",
            &speech("", "2020", "Beacons", &WORDS.replace("We", "You"))
                .replace("kind: speech", "kind: fact-sheet"),
        ),
    ]);
    assert_eq!(findings(&world, &[], 0), []);
    let near_empty = |n: &str| findings(&world, &["--min-words", n], 1).len();
    assert_eq!(near_empty("1000"), 3);
}

#[test]
fn each_check_finds_its_own() {
    let world = World::new();
    let put = |name: &str, text: &str| world.put(&format!("corpus/{name}"), text);
    let other = |n: usize| format!("{WORDS} {n} {n}.");
    put("a-good.md", &speech("Ada Orr", "2019-12-31", "Harbours", WORDS));
    put("b-nobody.md", &speech("", "2019-12-31", "Harbours", &other(1)));
    put("c-undated.md", &speech("Cyd Pell", "", "Harbours", &other(2)));
    put("d-unreadable.md", &speech("Cyd Pell", "2011-02-30", "Harbours", &other(3)));
    put(
        "rows.jsonl",
        &format!(
            "{{\"id\": \"x\", \"speaker\": \"Cyd Pell\", \"date\": \"2011\", \"text\": \"{}\"}}\n",
            other(4)
        ),
    );
    put("f-future.md", &speech("Cyd Pell", "2020-02", "Harbours", &other(5)));
    put("g-early.md", &speech("Cyd Pell", "1699-12-31", "Harbours", &other(6)));
    put("h-names.md", &speech("Mayor A. M. Orr", "2019", "Harbours", &other(7)));
    put("i-lost.md", &speech("Cyd Pell", "2019", "Harbours", &(other(8) + " caf\u{fffd}")));
    put("j-short.md", &speech("Cyd Pell", "2019", "Harbours", "We will."));
    put("k-again.md", &speech("Cyd Pell", "2019", "Harbours", &other(8)));
    put("l-again.md", &speech("Cyd Pell", "2019", "Harbours", &other(8)));
    put("m.pdf", "%PDF-9.9");
    put(
        "corrections.toml",
        "[[correction]]\ndocument = \"gone.txt\"\nfield = \"date\"\nvalue = 2011\nwhy = \"x\"\n",
    );
    world.index(&["corpus"]);
    let found = findings(&world, &[], 1);
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|(a, b, c)| (&**a, b.strip_prefix("corpus/").unwrap(), &**c)).collect();
    let (skipped, found): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|row| row.0 == "skipped-file");
    assert_eq!((skipped.len(), skipped[0].1), (1, "m.pdf"));
    let expected = [
        ("no-speaker", "b-nobody.md", "a speech by nobody in particular"),
        ("no-date", "c-undated.md", "no date"),
        ("no-date", "d-unreadable.md", "`2011-02-30` cannot be read as a date"),
        ("no-title", "rows.jsonl", "no title"),
        ("future-date", "f-future.md", "2020-02 is after 2020-01-31"),
        ("early-date", "g-early.md", "1699-12-31 is before 1700"),
        ("several-names", "a-good.md", "`Ada Orr`, in 1 document, may be `Mayor A. M. Orr`"),
        ("several-names", "h-names.md", "`Mayor A. M. Orr`, in 1 document, may be `Ada Orr`"),
        ("odd-encoding", "i-lost.md", "characters U+FFFD in its text: 1"),
        ("near-empty", "j-short.md", "2 words of speech"),
        ("duplicate", "l-again.md", "the same text as corpus/k-again.md"),
        ("partial-file", "d-unreadable.md", "the date 2011-02-30 does not exist in the calendar"),
        ("stale-correction", "corrections.toml", "line 1, `gone.txt`: no such document was read"),
    ];
    assert_eq!(found, expected);
}
