//! Corrections: replayed, seen, stale ones reported, and only what they touch is read.

use crate::world::{Ran, World, changed, text};
use serde_json::{Value, json};

const FILES: &[(&str, &str)] = &[
    ("corpus/one.txt", "Remarks at the Harbour\nMay 3, 2012\n\nWe will dredge the habour.\n"),
    ("corpus/sub/two.txt", "President: Ben Moss\n\nWe will not dredge it.\n"),
    (
        "corpus/rows.jsonl",
        "{\"id\": \"a\", \"text\": \"Alpha speaks.\"}\n{\"id\": \"b\", \"text\": \"Beta speaks.\"}\n",
    ),
    ("corpus/page.html", "<html><body><h1>Quays</h1><p>The kways are old.</p></body></html>"),
];

fn fix(document: &str, rest: &str) -> String {
    format!("[[correction]]\ndocument = \"{document}\"\n{rest}\nwhy = \"seen on paper\"\n")
}

fn run(world: &World, code: i32) -> (Value, Ran) {
    let ran = world.run(&["index", "corpus", "--format", "json"]).expect(code);
    (serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap(), ran)
}

fn reasons(summary: &Value) -> Vec<String> {
    let stale = summary["stale_corrections"].as_array().unwrap();
    stale.iter().map(|stale| format!("{}: {}", stale["line"], text(&stale["reason"]))).collect()
}

fn id_of(world: &World, path: &str) -> String {
    world.dump().into_iter().find(|(_, line)| line["path"] == path).unwrap().0
}

#[test]
fn only_what_a_correction_touches_is_read_and_all_is_traced() {
    let world = World::indexed(FILES);
    let before = world.dump();
    let source = world.read("corpus/one.txt");
    let of_date = fix("one.txt", "field = \"date\"\nvalue = 2011-07-14");
    let of_text = fix("one.txt", "find = \"habour\"\nreplace = \"harbour\"");
    let of_page = fix("page.html", "find = \"kways\"\nreplace = \"quays\"");
    world.put("corpus/corrections.toml", of_date + &of_text + &of_page);
    let (summary, _) = run(&world, 0);
    assert_eq!(
        (&summary["indexed"], &summary["unchanged"], &summary["corrections"]),
        (&json!(2), &json!(2), &json!(3))
    );
    let after = world.dump();
    assert_eq!(changed(&before, &after).len(), 2);
    assert_eq!(world.texts("harbour").len(), 2, "the title and the words");
    assert_eq!(world.texts("habour"), [""; 0]);
    assert_eq!(world.texts("quays").len(), 2);
    let id = id_of(&world, "corpus/one.txt");
    assert_eq!(
        (&after[&id]["n_corrections"], &after[&id]["date"]),
        (&json!(2), &json!("2011-07-14"))
    );
    let shown = world.run(&["show", &id]).expect(0).stdout;
    for line in [
        "corrected: date: 2012-05-03 → 2011-07-14 (seen on paper)",
        "corrected: text: “habour” → “harbour” (seen on paper)",
        "date: 2011-07-14",
        "file: corpus/one.txt (text, onrecord-text/1 with 1 correction, UTF-8)",
    ] {
        assert!(shown.lines().any(|found| found == line), "{line}\n{shown}");
    }
    assert_eq!(world.read("corpus/one.txt"), source);

    let (summary, ran) = run(&world, 0);
    assert_eq!((&summary["unchanged"], &summary["corrections"]), (&json!(4), &json!(3)));
    assert!(!ran.stderr.contains("committed"), "{}", ran.stderr);
    world.put("corpus/corrections.toml", "");
    let (summary, _) = run(&world, 0);
    assert_eq!((&summary["indexed"], &summary["corrections"]), (&json!(2), &json!(0)));
    assert_eq!(world.dump(), before);
}

#[test]
fn stale_corrections_are_reported_in_every_run_and_change_nothing() {
    let world = World::indexed(FILES);
    let before = world.dump();
    let value = "field = \"date\"\nvalue = 2011";
    let entries = [
        fix("gone.txt", value),
        fix("one.txt", "field = \"day\"\nvalue = 2011"),
        fix("one.txt", "field = \"date\"\nvalue = 2012-05-03"),
        fix("sub/two.txt", "find = \"dig\"\nreplace = \"dredge\""),
        fix("sub/two.txt", "field = \"date\"\nvalue = \"2011-02-30\""),
        fix("rows.jsonl#7", value),
        fix("rows.jsonl", value),
        fix("00112233445566778899aabbccddeeff", value),
    ];
    world.put("corpus/corrections.toml", entries.concat());
    let expected = [
        "1: no such document was read",
        "6: there is no field `day`: the fields are title, kind, speaker, office, issuer, event, place, date, language, version",
        "11: its date is 2012-05-03 without it",
        "16: its words are not in the text, and those that it puts there are",
        "21: the date 2011-02-30 does not exist in the calendar",
        "26: no document was read from that line",
        "31: its file holds many documents: name one by its line, as in FILE#7, or by its id",
        "36: no such document was read",
    ];
    for _ in 0..2 {
        let (summary, _) = run(&world, 3);
        assert_eq!(reasons(&summary), expected);
        assert_eq!((&summary["indexed"], &summary["unchanged"]), (&json!(0), &json!(4)));
        assert_eq!(world.dump(), before);
    }
    let printed = world.run(&["index", "corpus"]).expect(3).stdout;
    assert!(printed.contains("corrections: 0 in force, 8 stale\n"), "{printed}");
    let line = "  stale corpus/corrections.toml line 26, `rows.jsonl#7`: no document was read";
    assert!(printed.contains(line), "{printed}");
}

#[test]
fn a_document_is_named_by_its_id_before_and_after_it_is_in_the_index() {
    let world = World::indexed(FILES);
    let id = text(&world.search("beta")["hits"][0]["document_id"]);
    world.put("corpus/corrections.toml", fix(&id, "field = \"speaker\"\nvalue = \"Ada Orr\""));
    let speaker = |world: &World| world.dump()[&id]["speaker"].clone();
    for (indexed, unchanged) in [(1, 3), (0, 4)] {
        let (summary, _) = run(&world, 0);
        let found = (&summary["indexed"], &summary["unchanged"], &summary["corrections"]);
        assert_eq!(found, (&json!(indexed), &json!(unchanged), &json!(1)));
        assert_eq!(speaker(&world), "Ada Orr");
    }
    std::fs::remove_dir_all(world.path("index")).unwrap();
    for unchanged in [0, 4] {
        let (summary, _) = run(&world, 0);
        let found = (&summary["unchanged"], &summary["corrections"]);
        assert_eq!(found, (&json!(unchanged), &json!(1)));
        assert_eq!(speaker(&world), "Ada Orr");
    }
}

#[test]
fn corrections_elsewhere_and_such_that_cannot_be_read() {
    let world = World::indexed(FILES);
    let before = world.dump();
    world.put("fixes.toml", fix("corpus/one.txt", "field = \"date\"\nvalue = 2011"));
    let corrected = ["index", "corpus", "--corrections", "fixes.toml"];
    let printed = world.run(&corrected).expect(0).stdout;
    assert!(printed.contains("corrections: 1 in force, 0 stale\n"), "{printed}");
    assert_eq!(changed(&before, &world.dump()), [id_of(&world, "corpus/one.txt")]);
    let now = world.dump();
    for broken in
        ["[[correction]]\ndocument = \n", "[[corrections]]\n", "[[correction]]\nfind = 3\n"]
    {
        world.put("fixes.toml", broken);
        let ran = world.run(&corrected).expect(2);
        assert!(
            ran.stderr.starts_with("error: cannot read the corrections `fixes.toml`: line "),
            "{}",
            ran.stderr
        );
        assert_eq!(world.dump(), now);
    }
    world.run(&["index", "corpus", "--corrections", "none.toml"]).expect(2);
}
