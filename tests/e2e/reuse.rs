//! `reuse`: lines that are used again and again, with edits, and who used them first.

use crate::world::{Ran, Random, World, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The beginnings and ends of words that fill texts and are put into lines: of no line.
const BEGINNINGS: [&str; 24] = [
    "bam", "cor", "dul", "fen", "gar", "hib", "jun", "kal", "lom", "mur", "nib", "pol", "quin",
    "rud", "sob", "tam", "ulb", "vex", "wob", "yar", "zim", "dro", "fla", "gri",
];
const ENDS: [&str; 24] = [
    "adex", "ilon", "umper", "oryx", "ettle", "inda", "oquil", "azure", "ember", "ixby", "ollop",
    "undry", "ascot", "esker", "ivole", "ontar", "ubrel", "agath", "epolt", "idrum", "onzel",
    "urkey", "abbot", "ellow",
];

/// Lines of several clauses, between which commas stand.
const LINES: [&str; 3] = [
    "when the bridges of our fathers fall silent, the daughters of this valley will carry the \
     stones, and no frontier shall hold back the builders who remember",
    "a republic is a promise that strangers keep, one winter after another, until the youngest \
     sailor among them can read the stars without asking a captain",
    "we did not cross the desert to bargain with the wind, we crossed it because the wells were \
     poisoned, and because every child deserves clean water before every king",
];

/// The uses that are planted of each line: the first, and 20 reuses.
const N_USES: usize = 21;

/// A use as it is planted.
#[derive(Clone)]
struct Planted {
    words: Vec<String>,
    parent: Option<usize>,
    n_edits: usize,
    date: String,
    name: String,
}

fn filler(random: &mut Random) -> String {
    BEGINNINGS[random.below(BEGINNINGS.len())].to_owned() + ENDS[random.below(ENDS.len())]
}

/// Changes a line in one way: a word exchanged, put in, taken out or inflected; or, once in a
/// while, the last clause moved to the front.
fn edit(words: &mut Vec<String>, random: &mut Random) {
    let at = random.below(words.len());
    match random.below(9) {
        0..=2 => words[at] = filler(random),
        3 | 4 => words.insert(at, filler(random)),
        5 | 6 => drop(words.remove(at)),
        7 => {
            let word = words[at].trim_end_matches(',').to_owned();
            words[at] = if word.ends_with('s') { word + "es" } else { word + "s" };
        }
        _ => {
            let comma = words.iter().rposition(|word| word.ends_with(','));
            let cut = comma.map_or(0, |comma| comma + 1);
            words.rotate_left(cut);
        }
    }
}

/// Plants a line: each use is made from an earlier one by one edit or two. No wording drifts
/// further than three times from the first.
fn plant(line: &str, random: &mut Random) -> Vec<Planted> {
    let first = Planted {
        words: line.split(' ').map(str::to_owned).collect(),
        parent: None,
        n_edits: 0,
        date: "1950-01-05".to_owned(),
        name: String::new(),
    };
    let mut uses = vec![first];
    while uses.len() < N_USES {
        let parent = random.below(uses.len());
        let n_edits = 1 + random.below(2);
        if uses[parent].n_edits + n_edits > 5 {
            continue;
        }
        let mut words = uses[parent].words.clone();
        (0..n_edits).for_each(|_| edit(&mut words, random));
        if uses.iter().any(|other| other.words == words) {
            continue;
        }
        let year = 1950 + uses.len();
        let date = format!("{year}-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28));
        let n_edits = uses[parent].n_edits + n_edits;
        uses.push(Planted { words, parent: Some(parent), n_edits, date, name: String::new() });
    }
    // The order of the files has nothing to do with that of time.
    for (at, one) in uses.iter_mut().enumerate() {
        one.name = format!("{:04}-{at}.md", random.below(10_000));
    }
    uses
}

fn paragraph(random: &mut Random) -> String {
    let sentence = |random: &mut Random| {
        let words: Vec<String> = (0..8 + random.below(8)).map(|_| filler(random)).collect();
        format!("{}.", words.join(" "))
    };
    (0..4).map(|_| sentence(random)).collect::<Vec<_>>().join(" ")
}

fn speech(date: &str, paragraphs: &[String]) -> String {
    let head =
        format!("---\ntitle: Remarks\nspeaker: Ada Vale\ndate: {date}\nkind: speech\n---\n\n");
    head + &paragraphs.join("\n\n") + "\n"
}

/// Takes some clauses and words of a line that are no use of it.
fn distractor(line: &str, random: &mut Random) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let start = random.below(words.len() - 5);
    let mut taken: Vec<String> =
        words[start..start + 5].iter().map(|word| (*word).to_owned()).collect();
    for _ in 0..12 {
        let at = random.below(taken.len() + 1);
        taken.insert(at, filler(random));
    }
    format!("{}. {}", taken.join(" "), paragraph(random))
}

fn reuse(world: &World, arguments: &[&str]) -> Ran {
    let arguments: Vec<&str> =
        ["reuse", "line", "--format", "json"].iter().chain(arguments).copied().collect();
    world.run(&arguments)
}

fn uses(found: &Value) -> &[Value] {
    found["uses"].as_array().unwrap()
}

/// Plants the lines among texts that have words of them, in files whose names tell nothing.
fn plant_corpus(world: &World, random: &mut Random) -> Vec<Vec<Planted>> {
    let planted: Vec<Vec<Planted>> = LINES.map(|line| plant(line, random)).into();
    for (line, uses) in LINES.iter().zip(&planted) {
        for one in uses {
            let (before, behind) = (paragraph(random), paragraph(random));
            let said = format!("{} {}. {}", before, one.words.join(" "), behind);
            let text = speech(&one.date, &[paragraph(random), said, paragraph(random)]);
            world.put(&format!("corpus/{}", one.name), text);
        }
        for _ in 0..20 {
            let name = format!("corpus/{:04}-x.md", random.below(10_000));
            let date = format!("19{}", 40 + random.below(50));
            let paragraphs = [distractor(line, random), paragraph(random)];
            world.put(&name, speech(&date, &paragraphs));
        }
    }
    world.run(&["index", "corpus"]).expect(0);
    planted
}

/// Checks the genealogy of a line: all uses, each once, and no other; the first; and no link back
/// in time. Returns the links that do not lead to what a use was made of.
fn wrong_links(world: &World, line: &str, planted: &[Planted]) -> Vec<String> {
    let found = reuse(world, &[line]).expect(0).object();
    let uses = uses(&found);
    let name_of = |one: &Value| text(&one["path"]).rsplit('/').next().unwrap().to_owned();
    let names: Vec<String> = uses.iter().map(name_of).collect();
    let missing: Vec<String> = planted
        .iter()
        .filter(|one| !names.contains(&one.name))
        .map(|one| one.words.join(" "))
        .collect();
    assert!(missing.is_empty(), "{line}: {missing:#?}");
    assert_eq!(names.len(), N_USES, "each use once, and nothing else: {line}");
    let firsts: Vec<&Value> = uses.iter().filter(|one| one["first"] == "yes").collect();
    assert_eq!(firsts.len(), 1);
    assert_eq!(name_of(firsts[0]), planted[0].name, "{line}");
    let by_name: BTreeMap<&String, &Value> = names.iter().zip(uses).collect();
    let mut wrong = Vec::new();
    for one in &planted[1..] {
        let used = by_name[&one.name];
        let parent = &uses[used["parent"]["number"].as_u64().unwrap() as usize - 1];
        assert!(text(&parent["date"]) < text(&used["date"]), "backwards in time: {used}");
        let made_of = &planted[one.parent.unwrap()];
        if name_of(parent) != made_of.name {
            let words = made_of.words.join(" ");
            wrong.push(format!("{}\nof: {}\nnot: {words}", used["text"], parent["text"]));
        }
    }
    wrong
}

#[test]
fn planted_genealogies_are_found_whatever_the_order_of_files() {
    let (mut wrong, mut n_links) = (Vec::new(), 0);
    for seed in 1..=3 {
        let world = World::new();
        let planted = plant_corpus(&world, &mut Random(seed));
        for (line, planted) in LINES.iter().zip(&planted) {
            wrong.extend(wrong_links(&world, line, planted));
            n_links += planted.len() - 1;
        }
    }
    assert_eq!(n_links, 3 * LINES.len() * 20);
    assert!(wrong.len() * 20 <= n_links, "{} of {n_links} links: {wrong:#?}", wrong.len());
}

/// A line, its variants, and what is known of their dates.
fn dated() -> World {
    let files = [
        ("a", "2012-05-01", "Our fields are old, but our seed is new."),
        ("b", "2009-03-04", "Our fields are old and our seed is new."),
        ("c", "2009-03-04", "Our fields were old and our seed is new."),
        ("d", "2010", "Our fields are old, but our seed is new!"),
        ("e", "2010-06-07", "Our fields are very old, but our seed is new."),
    ];
    let world = World::new();
    for (name, date, line) in files {
        let mut random = Random(name.as_bytes()[0].into());
        let said = format!("{line} {}", paragraph(&mut random));
        world.put(&format!("corpus/{name}.md"), speech(date, &[said, paragraph(&mut random)]));
    }
    let undated = "---\ntitle: Remarks\nspeaker: Ben Moss\n---\n\nOur fields are old, but our seed is \
        new. The rest is silence and barley.\n";
    world.put("corpus/f.md", undated);
    world.run(&["index", "corpus"]).expect(0);
    world
}

const SEED: &str = "our fields are old but our seed is new";

fn name(one: &Value) -> String {
    let path = text(&one["path"]);
    path.trim_start_matches("corpus/").trim_end_matches(".md").to_owned()
}

#[test]
fn dates_claim_no_more_than_they_tell() {
    let found = reuse(&dated(), &[SEED]).expect(0).object();
    let uses = uses(&found);
    let mut names: Vec<String> = uses.iter().map(name).collect();
    // Of one day, the two are in the order of their ids.
    names[..2].sort();
    assert_eq!(names, ["b", "c", "d", "e", "a", "f"]);
    let of = |name_wanted: &str| uses.iter().find(|one| name(one) == name_wanted).unwrap();
    for (name_of_use, first, parent) in [
        ("b", "perhaps", None),
        ("c", "perhaps", None),
        ("d", "no", Some("b")),
        // 2010 is not sure to be before 7 June 2010.
        ("e", "no", Some("b")),
        ("a", "no", Some("d")),
        ("f", "undated", None),
    ] {
        let one = of(name_of_use);
        assert_eq!(one["first"], first, "{name_of_use}");
        let found = one["parent"]["number"].as_u64().map(|at| name(&uses[at as usize - 1]));
        assert_eq!(found.as_deref(), parent, "{name_of_use}: {one}");
    }
    assert_eq!(uses[1]["order"], "same-day");
    assert_eq!(of("e")["order"], "cannot-tell");
    assert_eq!(
        of("e")["parent"]["diff"],
        "Our fields are {+very+} old, [-and-]{+but+} our seed is new"
    );
    assert_eq!((&found["n_first"], &found["n_undated"]), (&2.into(), &1.into()));
    assert_eq!(of("a")["wording"], of("d")["number"], "the same words");
    let told = dated().run(&["reuse", "line", SEED, "--format", "table"]).expect(0).stdout;
    assert!(told.contains("cannot tell which of 2 from 2009-03-04"), "{told}");
    assert!(told.contains("first in the very words: 2010, Ada Vale"), "{told}");
    assert!(told.contains("1 use without a date may be earlier"), "{told}");
    assert!(told.contains("cannot tell which came first"), "{told}");
}

#[test]
fn a_use_is_seen_from_both_sides_of_time() {
    let world = dated();
    let id = |query: &str| text(&world.search(query)["hits"][0]["document_id"]);
    let d = id("source:corpus/d.md fields");
    let passage = world.search("source:corpus/d.md fields")["hits"][0]["passage"].to_string();
    let found = reuse(&world, &[SEED, "--from", &d, "--passage", &passage]).expect(0).object();
    let relations: BTreeMap<String, String> =
        uses(&found).iter().map(|one| (name(one), text(&one["relation"]))).collect();
    let expected = [
        ("a", "descendant"),
        ("b", "ancestor"),
        ("c", "before"),
        ("d", "start"),
        ("e", "cannot-tell"),
        ("f", "cannot-tell"),
    ];
    assert_eq!(relations, expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    // Without a line the passage is the line; it is used nowhere else.
    let whole = reuse(&world, &["--from", &d, "--passage", &passage]).expect(0).object();
    assert_eq!(uses(&whole).len(), 1);
    let other = reuse(&world, &["no such line at all", "--from", &d, "--passage", &passage]);
    assert!(other.stderr.contains("has no use of the line"), "{other:?}");
    assert_eq!(other.code, 2);
}

#[test]
fn copies_are_no_reuse_and_other_days_are() {
    let line = "The ferry waits for those who sing. ";
    let body = |name: &str| {
        speech(
            name,
            &[
                line.to_owned() + &paragraph(&mut Random(1)),
                paragraph(&mut Random(2)),
                paragraph(&mut Random(3)),
            ],
        )
    };
    let world = World::indexed(&[
        ("corpus/a.md", &body("2011-02-03")),
        ("corpus/b.md", &body("2011-02-03")),
        ("corpus/c.md", &body("2012-02-03")),
    ]);
    let found = reuse(&world, &["the ferry waits for those who sing"]).expect(0).object();
    assert_eq!(uses(&found).len(), 2, "{found}");
    assert_eq!(found["n_folded"], 1);
    assert_eq!(uses(&found)[0]["also_in"].as_array().unwrap().len(), 1);
    // The copy of another date is a use, but no link is claimed to a copy of itself.
    assert_eq!(uses(&found)[1]["parent"], Value::Null);
    let all = reuse(&world, &["the ferry waits for those who sing", "--keep-duplicates"]);
    assert_eq!(uses(&all.expect(0).object()).len(), 3);
}

#[test]
fn every_use_in_a_passage_counts_and_what_only_sounds_alike_does_not() {
    let world = World::indexed(&[(
        "corpus/a.md",
        &speech("2011", &[
            "Lamps lit, ropes tied! And again: lamps lit, ropes tied! (Applause.) Lamps lit and \
             ropes tied. We have the tea, and it is hot, but it is for the captain."
                .to_owned(),
        ]),
    )]);
    let found = reuse(&world, &["lamps lit, ropes tied"]).expect(0).object();
    let texts: Vec<String> = uses(&found).iter().map(|one| text(&one["text"])).collect();
    assert_eq!(
        texts,
        ["Lamps lit, ropes tied", "lamps lit, ropes tied", "Lamps lit and ropes tied"]
    );
    assert_eq!(uses(&found)[0]["first"], "yes");
    assert_eq!(uses(&found)[1]["order"], "same-document");
    let none = reuse(&world, &["we have the wind, and it is cold, but it is for the kite"]);
    assert_eq!(none.code, 1, "{none:?}");
    assert_eq!(world.run(&["reuse", "line", "…"]).code, 2);
    assert_eq!(world.run(&["reuse", "line"]).code, 2);
    assert_eq!(world.run(&["reuse", "line", "lamps", "--min-similarity", "0"]).code, 2);
    for (format, start) in [
        ("jsonl", "{\"number\":1,\"first\":\"yes\",\"first_of_wording\""),
        ("csv", "number,first,first_of_wording,order,text,similarity"),
        ("table", "1. 2011, Ada Vale, Remarks; the first use"),
    ] {
        let ran =
            world.run(&["reuse", "line", "lamps lit, ropes tied", "--format", format]).expect(0);
        assert!(ran.stdout.starts_with(start), "{format}: {}", ran.stdout);
    }
}

/// Two stretches that are shared, and each with an edit.
const BRIDGE: &str = "No bridge was ever raised by a committee that feared the water beneath it";
const BRIDGE_AGAIN: &str =
    "No bridge was ever raised by a council that feared the water beneath it";
const GRAIN: &str = "The grain in our barns belongs to the children who will sow the last of it";
const THANKS: &str = "Thank you all so much for coming out to see us here tonight";

/// Documents that share the two stretches in another order, and much that is not shared.
fn borrowed() -> World {
    let world = World::new();
    let put = |name: &str, date: &str, speaker: &str, said: &[&str]| {
        let seed = name.bytes().fold(7, |seed: u64, byte| seed * 31 % 65_537 + u64::from(byte));
        let mut random = Random(seed);
        let mut paragraphs = vec![paragraph(&mut random), paragraph(&mut random)];
        for line in said {
            let (before, behind) = (paragraph(&mut random), paragraph(&mut random));
            paragraphs.push(format!("{before} {line}. {behind}"));
        }
        let text = speech(date, &paragraphs).replace("Ada Vale", speaker);
        world.put(&format!("corpus/{name}.md"), text);
    };
    put("late", "2012-05-01", "Ben Moss", &[GRAIN, BRIDGE_AGAIN]);
    put("early", "2009-03-04", "Ada Vale", &[BRIDGE, "Nothing else", GRAIN]);
    put("again", "2011-03-04", "Ada Vale", &[BRIDGE]);
    put(
        "same",
        "2012-05-01",
        "Cleo Nye",
        &["Our harbour masters count every lantern twice before dawn"],
    );
    put(
        "other",
        "2012-05-01",
        "Dan Orr",
        &["Our harbour masters count every lantern twice before dawn"],
    );
    for n in 0..104 {
        put(&format!("thanks{n}"), "2010", "Ada Vale", &[THANKS]);
    }
    world.run(&["index", "corpus"]).expect(0);
    world
}

fn passages(world: &World, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> =
        ["reuse", "passages", "--format", "json"].iter().chain(arguments).copied().collect();
    world.run(&arguments).expect(0).object()
}

/// Names the documents and the words of each reuse.
fn reused(found: &Value) -> BTreeSet<(String, String, String, String)> {
    let rows = found["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        (
            name(&row["reuse"]),
            name(&row["source"]),
            text(&row["reuse"]["text"]),
            text(&row["order"]),
        )
    })
    .collect()
}

#[test]
fn shared_stretches_are_found_in_any_order() {
    let world = borrowed();
    let found = passages(&world, &[]);
    let row = |reuse: &str, source: &str, words: &str, order: &str| {
        [reuse, source, words, order].map(str::to_owned).into()
    };
    let harbour = "Our harbour masters count every lantern twice before dawn";
    let rows = reused(&found);
    let same_day = if rows.iter().any(|(reuse, ..)| reuse == "same") {
        row("same", "other", harbour, "same-day")
    } else {
        row("other", "same", harbour, "same-day")
    };
    let expected: BTreeSet<(String, String, String, String)> = [
        // Of the two that have the bridge the later one.
        row("late", "again", BRIDGE_AGAIN, "before"),
        row("late", "early", GRAIN, "before"),
        row("again", "early", BRIDGE, "before"),
        same_day,
    ]
    .into();
    assert_eq!(rows, expected);
    assert!(found["n_common_phrases"].as_u64().unwrap() > 0, "the thanks are common");
    let all = found["rows"].as_array().unwrap();
    let late = all.iter().find(|row| text(&row["reuse"]["text"]) == BRIDGE_AGAIN).unwrap();
    assert_eq!(late["n_sources"], 2);
    assert_eq!(text(&late["diff"]), BRIDGE.replace("committee", "[-committee-]{+council+}"));
    let again = all.iter().find(|row| text(&row["reuse"]["text"]) == BRIDGE).unwrap();
    assert_eq!(late["group"], again["group"], "they are of the same words");
    assert_eq!(found["n_groups"], 3);
    // The offsets lead to the words, on both sides.
    for place in all.iter().flat_map(|row| [&row["reuse"], &row["source"]]) {
        let shown = world.show(&text(&place["document_id"]));
        let whole: String = shown["passages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|passage| text(&passage["lead"]) + &text(&passage["text"]))
            .collect();
        let at = |key: &str| place[key].as_u64().unwrap() as usize;
        assert_eq!(whole[at("byte_start")..at("byte_end")], text(&place["text"]));
    }
}

#[test]
fn either_side_can_be_chosen() {
    let world = borrowed();
    let reuses = |arguments: &[&str]| -> BTreeSet<(String, String)> {
        reused(&passages(&world, arguments)).into_iter().map(|(a, b, ..)| (a, b)).collect()
    };
    let pairs = |pairs: &[(&str, &str)]| -> BTreeSet<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    assert_eq!(reuses(&["source:corpus/late.md"]), pairs(&[("late", "again"), ("late", "early")]));
    assert_eq!(
        reuses(&["--against", "source:corpus/early.md"]),
        pairs(&[("late", "early"), ("again", "early")])
    );
    assert_eq!(
        reuses(&["--others", "--against", "speaker:vale"]),
        pairs(&[("late", "again"), ("late", "early")])
    );
    let nothing = world.run(&["reuse", "passages", "source:corpus/early.md"]);
    assert_eq!(nothing.code, 1, "{nothing:?}");
    let long = world.run(&["reuse", "passages", "--min-words", "40"]);
    assert_eq!(long.code, 1, "{long:?}");
    assert_eq!(world.run(&["reuse", "passages", "--min-words", "5"]).code, 2);
}

#[test]
fn a_draft_is_compared_with_the_corpus() {
    let world = borrowed();
    let draft = format!("Friends, neighbours.\n\nAs they say: {BRIDGE_AGAIN}. So be it.\n");
    world.put("draft.txt", &draft);
    let found = passages(&world, &["--draft", "draft.txt"]);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{found}");
    assert_eq!(name(&rows[0]["source"]), "late");
    assert_eq!(rows[0]["order"], "cannot-tell");
    let at = |key: &str| rows[0]["reuse"][key].as_u64().unwrap() as usize;
    assert_eq!(&draft[at("byte_start")..at("byte_end")], BRIDGE_AGAIN);
    for (format, start) in
        [("csv", "group,n_in_group,weight,n_words"), ("table", "group 1: 1 reuse of")]
    {
        let ran = world.run(&["reuse", "passages", "--draft", "draft.txt", "--format", format]);
        assert!(ran.stdout.starts_with(start), "{format}: {ran:?}");
    }
}

/// Paragraphs that tell nothing, and one with a line.
fn body(seed: u64, line: &str) -> Vec<String> {
    let mut random = Random(seed);
    let mut paragraphs: Vec<String> = (0..4).map(|_| paragraph(&mut random)).collect();
    paragraphs.insert(2, format!("{} {line}. {}", paragraph(&mut random), paragraph(&mut random)));
    paragraphs
}

#[test]
fn a_later_copy_does_not_turn_time_round() {
    let said = body(1, BRIDGE);
    let mut on_a_later_page = said.clone();
    on_a_later_page.push("And so good night to you, and a safe way home.".to_owned());
    let world = World::indexed(&[
        ("corpus/first.md", &speech("2009-03-04", &said)),
        ("corpus/page.md", &speech("2015-06-01", &on_a_later_page)),
        ("corpus/borrower.md", &speech("2012-05-01", &body(2, BRIDGE_AGAIN))),
    ]);
    let found = passages(&world, &[]);
    let row = ["borrower", "first", BRIDGE_AGAIN, "before"].map(str::to_owned).into();
    assert_eq!(reused(&found), [row].into());
    assert_eq!(found["n_copies"], 1, "left out on both sides, and one document");
    // Of one that is asked for alone the days of its copy count, too.
    let page = "source:corpus/page.md";
    let found = world.run(&["reuse", "passages", page, "--against", "source:corpus/borrower.md"]);
    assert!(found.stdout.contains("\"order\":\"cannot-tell\""), "{found:?}");
}

#[test]
fn two_of_a_day_are_one_pair_whatever_the_queries() {
    let world = World::indexed(&[
        ("corpus/one.md", &speech("2012-05-01", &body(1, GRAIN))),
        ("corpus/two.md", &speech("2012-05-01", &body(2, GRAIN))),
    ]);
    let all = passages(&world, &[]);
    let with_query = passages(&world, &["kind:speech", "--against", "kind:speech OR kind:other"]);
    assert_eq!(reused(&all).len(), 1);
    assert_eq!(reused(&with_query), reused(&all));
}

#[test]
fn a_passage_as_a_line_is_what_was_said_of_it() {
    let transcript = "The Harbour Meeting\nMay 3, 2012\n\nTHE MAYOR: The ferry waits for those who \
        sing. (Applause.)\n\nTHE PILOT: Nobody sings.\n";
    let world = World::indexed(&[
        ("corpus/a.txt", transcript),
        ("corpus/b.md", &speech("2013", &["The ferry waits for those who sing.".to_owned()])),
    ]);
    let hit = world.search("source:corpus/a.txt ferry")["hits"][0].clone();
    let (id, passage) = (text(&hit["document_id"]), hit["passage"].to_string());
    let found = reuse(&world, &["--from", &id, "--passage", &passage]).expect(0).object();
    assert_eq!(found["line"], "The ferry waits for those who sing");
    let similarities: Vec<&Value> = uses(&found).iter().map(|one| &one["similarity"]).collect();
    assert_eq!(similarities, [1.0, 1.0]);
    assert_eq!(found["n_exact_found"], 2);
}

#[test]
fn a_copy_to_start_from_is_asked_for_its_passage() {
    let line = "the ferry waits for those who sing";
    let said = body(1, line);
    let world = World::indexed(&[
        ("corpus/a.md", &speech("2011-02-03", &said)),
        ("corpus/b.md", &speech("2011-02-03", &said)),
        ("corpus/c.md", &speech("2012", &body(2, "Nobody sings"))),
        ("corpus/d.md", &speech("2012", &body(3, line)).replace("kind: speech", "kind: other")),
    ]);
    let hits = world.search("source:corpus/a.md ferry OR source:corpus/b.md ferry");
    for hit in hits["hits"].as_array().unwrap() {
        let (id, passage) = (text(&hit["document_id"]), hit["passage"].to_string());
        let start = |passage: &str| reuse(&world, &[line, "--from", &id, "--passage", passage]);
        assert_eq!(uses(&start(&passage).expect(0).object())[0]["relation"], "start");
        let without = start("0").expect(2).stderr;
        assert!(without.contains("has no use of the line"), "{without}");
        let beyond = start("99999").expect(2).stderr;
        assert!(beyond.contains("has no passage 99999"), "{beyond}");
    }
    // Uses and documents are counted with the copies, of those that the query admits.
    let found = reuse(&world, &[line, "--query", "kind:speech"]).expect(0);
    let told = "1 use, and 1 in copies, in 2 of 3 documents with speech that `kind:speech` finds";
    assert!(found.stderr.contains(told), "{}", found.stderr);
    let found = found.object();
    assert_eq!((&found["n_documents"], &found["n_uses"]), (&2.into(), &1.into()));
    assert_eq!(found["n_documents_searched"], 3);
}

#[test]
fn words_of_a_quotation_that_began_further_above_are_quoted() {
    let quoting = "As Ben Moss, our harbour master, has said, \u{201c}We will dredge the whole \
        harbour before winter.\n\n\u{201c}The estuary belongs to the children who will sail it when \
        we are gone.\u{201d} So much for that.";
    let world = World::indexed(&[
        ("corpus/a.md", &speech("2011-02-03", &[quoting.to_owned()])),
        (
            "corpus/b.md",
            &speech("2012", &body(2, "The estuary belongs to the children who will sail it")),
        ),
    ]);
    let line = "the estuary belongs to the children who will sail it";
    let found = reuse(&world, &[line]).expect(0).object();
    assert_eq!(uses(&found)[0]["quoted"], "Ben Moss");
    assert_eq!(uses(&found)[1]["quoted"], Value::Null);
    assert_eq!(passages(&world, &[])["rows"][0]["source"]["quoted"], "Ben Moss");
    let found = world.run(&["find", "--format", "json", "--limit", "9", line]).expect(0).object();
    let quoted: BTreeSet<String> =
        found["hits"].as_array().unwrap().iter().map(|hit| hit["quoted"].to_string()).collect();
    assert_eq!(quoted, ["\"Ben Moss\"".to_owned(), "null".to_owned()].into());
    let kwic = world.run(&["kwic", "--format", "csv", "\"estuary belongs\"", "--sort", "date"]);
    let quoted: Vec<String> =
        kwic.expect(0).rows().into_iter().map(|row| row["quoted"].clone()).collect();
    assert_eq!(quoted, ["Ben Moss", ""]);
}
