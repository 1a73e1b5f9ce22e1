//! `prior`: what was said before on what a draft says, and where it differs.

mod planted;

use crate::world::{World, text};
use planted::{AGREEMENTS, CONTRADICTIONS, Planted};
use serde_json::Value;

fn speech(speaker: &str, date: &str, title: &str, words: &str) -> String {
    format!("---\ntitle: {title}\nspeaker: {speaker}\ndate: {date}\nkind: speech\n---\n{words}\n")
}

/// Sentences that speak of the subject of a statement and say neither the same nor the contrary.
const DISTRACTORS: [&str; 6] = [
    "Many who wrote to me about {a} know what {b} means to a family.",
    "When I spoke of {a} in this hall, a man in the gallery asked about {b}.",
    "Much was said tonight of {b}, and too little of {a}.",
    "My grandfather would have laughed at how we argue over {a} and {b}.",
    "A newspaper called it the quarrel over {a}; I call it the question of {b}.",
    "Let us come back to {b} tomorrow, and leave {a} to those who know it.",
];

/// What is said between, of nothing in particular.
const FILLERS: [&str; 4] = [
    "I thank the choir for its song and the cooks for their soup.",
    "It is good to be among friends on such a cold evening.",
    "We have come a long way since the first of these meetings.",
    "Let me tell you a story that my neighbour told me.",
];

/// Indexes what was said before: each earlier statement in a speech of its own, between sentences
/// on the same subject, and more of those by another speaker.
fn world_of(planted: &[Planted]) -> World {
    let world = World::new();
    for (number, planted) in planted.iter().enumerate() {
        let [a, b] = planted.subject;
        let about = |template: &str| template.replace("{a}", a).replace("{b}", b);
        let filler = FILLERS[number % FILLERS.len()];
        let mut own = vec![filler.to_owned()];
        let mut other = vec![filler.to_owned()];
        if !a.is_empty() {
            own.extend(DISTRACTORS.iter().take(3).map(|template| about(template)));
            other.extend(DISTRACTORS.iter().skip(3).map(|template| about(template)));
        }
        own.insert(1 + number % own.len(), planted.earlier.to_owned());
        let (year, month) = (1990 + number % 20, 1 + number % 12);
        let date = format!("{year}-{month:02}-{:02}", 1 + number % 28);
        let title = format!("Evening Number {number}");
        world.put(
            &format!("corpus/own/{number}.md"),
            speech("Ada Orr", &date, &title, &own.join(" ")),
        );
        world.put(
            &format!("corpus/other/{number}.md"),
            speech("Ben Moss", &date, &title, &other.join(" ")),
        );
    }
    world.run(&["index", "corpus"]).expect(0);
    world
}

/// Asks what was said before on the drafts of some planted statements, one paragraph each.
fn ask(world: &World, planted: &[Planted]) -> Vec<Value> {
    let drafts: Vec<&str> = planted.iter().map(|planted| planted.draft).collect();
    world.put("draft.md", speech("Ada Orr", "2012-03-04", "A Draft", &drafts.join("\n\n")));
    let found = world.run(&["prior", "draft.md", "--format", "json"]).expect(0).object();
    let sentences = found["sentences"].as_array().unwrap().clone();
    let texts: Vec<String> = sentences.iter().map(|sentence| text(&sentence["text"])).collect();
    assert_eq!(texts, drafts);
    sentences
}

fn statement<'a>(sentence: &'a Value, words: &str) -> Option<&'a Value> {
    sentence["statements"].as_array().unwrap().iter().take(5).find(|found| found["text"] == words)
}

#[test]
fn contradictions_are_among_the_first_five_with_what_differs() {
    assert_eq!(CONTRADICTIONS.len(), 50);
    let world = world_of(CONTRADICTIONS);
    let sentences = ask(&world, CONTRADICTIONS);
    let (mut missed, mut unflagged) = (Vec::new(), Vec::new());
    for (planted, sentence) in CONTRADICTIONS.iter().zip(&sentences) {
        let Some(found) = statement(sentence, planted.earlier) else {
            missed.push(planted.draft);
            continue;
        };
        let (kind, draft, earlier) = planted.differs.unwrap();
        let is_right = |difference: &Value| {
            difference["kind"] == kind
                && text(&difference["draft"]).contains(draft)
                && text(&difference["statement"]).contains(earlier)
        };
        if !found["differences"].as_array().unwrap().iter().any(is_right) {
            unflagged.push(format!("{}: {}", planted.draft, found["differences"]));
        }
    }
    // As docs/prior.md says.
    assert_eq!((missed.len(), unflagged.len()), (0, 2), "{missed:#?}\n{unflagged:#?}");
}

#[test]
fn what_agrees_is_not_flagged() {
    let world = world_of(AGREEMENTS);
    let sentences = ask(&world, AGREEMENTS);
    let (mut missed, mut flagged) = (Vec::new(), Vec::new());
    for (planted, sentence) in AGREEMENTS.iter().zip(&sentences) {
        match statement(sentence, planted.earlier) {
            None => missed.push(planted.draft),
            Some(found) if found["differences"] != Value::Array(vec![]) => {
                flagged.push(format!("{}: {}", planted.draft, found["differences"]));
            }
            Some(_) => {}
        }
    }
    // As docs/prior.md says.
    assert_eq!(
        (AGREEMENTS.len(), missed.len(), flagged.len()),
        (25, 1, 0),
        "{missed:#?}{flagged:#?}"
    );
}

const MILL: &str = "We will not close the paper mill in this valley. The harbour is the largest \
    harbour of the north. (Applause.)";
const LATER: &str = "We will close the paper mill in this valley, after all.";
const MOSS: &str = "The paper mill in the valley may be closed. Some 40 ships use the harbour each \
    week.\n\nIt is raining on the paper flags of the valley.";

const DRAFT: &str = "We will close the paper mill in the valley. It is the largest harbour of the \
    north, and 40 ships use the harbour every week. It never rains on the harbour of the south. \
    Thank you.";

fn small_world() -> World {
    let world = World::indexed(&[
        ("corpus/mill.md", &speech("Ada Orr", "2004-05-06", "On Mills", MILL)),
        ("corpus/later.md", &speech("Ada Orr", "2014-05-06", "On Mills Again", LATER)),
        ("corpus/moss.md", &speech("Ben Moss", "2003-02-01", "On Rain", MOSS)),
        ("corpus/undated.txt", "Speaker: Cy Reed\n\nWe will close the paper mill in the valley.\n"),
    ]);
    world.put("draft.md", speech("Ada Orr", "2012-03-04", "A Draft", DRAFT));
    world
}

#[test]
fn a_statement_leads_back_to_its_place() {
    let world = small_world();
    let found = world.run(&["prior", "draft.md", "--format", "json"]).expect(0).object();
    assert_eq!((&found["before"], &found["n_undated"]), (&"2012-03-04".into(), &1.into()));
    let first = &found["sentences"][0];
    assert_eq!((&first["outcome"], &first["speaker"]), (&"found".into(), &"Ada Orr".into()));
    let statements = first["statements"].as_array().unwrap();
    let texts: Vec<String> = statements.iter().map(|found| text(&found["text"])).collect();
    // Her own comes first; what was said later, or nobody knows when, is no prior statement.
    assert_eq!(
        texts,
        [
            "We will not close the paper mill in this valley.",
            "The paper mill in the valley may be closed."
        ]
    );
    let own = &statements[0];
    assert_eq!(
        (&own["same_speaker"], &statements[1]["same_speaker"]),
        (&true.into(), &false.into())
    );
    let difference = &own["differences"][0];
    assert_eq!(difference["kind"], "negation");
    assert_eq!(
        (&difference["draft"], &difference["statement"]),
        (&"will close".into(), &"will not close".into())
    );
    let source = world.read("corpus/mill.md");
    let shown = world.show(own["document_id"].as_str().unwrap());
    let of_document = text(&shown["passages"][0]["text"]);
    assert!(source.contains(&of_document) && of_document.contains("will not close"));
    let place = &difference["statement_place"];
    assert_eq!(place["byte_end"].as_u64().unwrap() - place["byte_start"].as_u64().unwrap(), 14);
    assert!(text(&own["citation"]).contains("On Mills"), "{own}");
}

#[test]
fn claims_are_sourced_by_the_same_claim_alone() {
    let world = small_world();
    let found = world.run(&["prior", "draft.md", "--format", "json"]).expect(0).object();
    let claims = found["claims"].as_array().unwrap();
    let shown: Vec<(String, String, String)> = claims
        .iter()
        .map(|claim| (text(&claim["kind"]), text(&claim["text"]), text(&claim["outcome"])))
        .collect();
    let row = |kind: &str, text: &str, outcome: &str| (kind.into(), text.into(), outcome.into());
    assert_eq!(
        shown,
        [
            row("superlative", "largest harbour", "found"),
            row("number", "40 ships use", "found"),
            row("every", "every week", "none"),
            // Rain is spoken of, and so is the harbour; that it never rains is not said.
            row("never", "never rains", "none"),
        ]
    );
    assert_eq!(claims[0]["sources"][0]["text"], "The harbour is the largest harbour of the north.");
    assert_eq!(claims[1]["sources"][0]["speaker"], "Ben Moss");
}

/// Asks for the claims of a draft of one sentence, each with its outcome and the words of its sources.
fn claims_of(world: &World, draft: &str, options: &[&str]) -> Vec<(String, String, Vec<String>)> {
    world.put("claims.md", speech("Ada Orr", "2012-03-04", "A Draft", draft));
    let ran = world.run(&[&["prior", "claims.md", "--format", "json"], options].concat());
    let found = ran.object();
    let claims = found["claims"].as_array().unwrap().iter();
    let sources = |claim: &Value| {
        let sources = claim["sources"].as_array().unwrap().iter();
        sources.map(|source| text(&source["text"])).collect()
    };
    claims.map(|claim| (text(&claim["text"]), text(&claim["outcome"]), sources(claim))).collect()
}

#[test]
fn what_is_denied_supposed_or_counted_otherwise_is_no_source() {
    let said = [
        "It is not the largest harbour of the north.",
        "It would be the largest harbour of the north, if they dredged it.",
        "Is it the largest harbour of the north?",
        "Traffic in the harbour grew by 20 to 30 percent.",
        "No fewer than 40 ships use the harbour each week.",
        "No one should pay harbour dues in the north.",
    ];
    let world = World::indexed(&[(
        "corpus/a.md",
        &speech("Ben Moss", "2003-02-01", "On Harbours", &said.join(" ")),
    )]);
    for (draft, words, source) in [
        ("It is the largest harbour of the north.", "largest harbour", None),
        ("It is not the largest harbour of the north.", "largest harbour", Some(said[0])),
        ("Traffic in the harbour grew by 20 percent.", "20 percent", None),
        ("Traffic in the harbour grew by 20 to 30 percent.", "20 to 30 percent", Some(said[3])),
        ("At least 40 ships use the harbour each week.", "At least 40 ships use", Some(said[4])),
        ("Forty ships use the harbour each week.", "Forty ships use", None),
        ("No one should pay harbour dues.", "No one should pay harbour dues", Some(said[5])),
        ("One should pay harbour dues, and never less.", "never less", None),
    ] {
        let outcome = if source.is_some() { "found" } else { "none" };
        let expected =
            (words.to_owned(), outcome.to_owned(), Vec::from_iter(source.map(str::to_owned)));
        assert_eq!(claims_of(&world, draft, &[]), [expected], "{draft}");
    }
}

/// Indexes a speech of some passages, beside so many on other things.
fn world_beside(n_others: usize, passages: impl Iterator<Item = String>) -> World {
    let others = (0..n_others).map(|number| format!("A song of the hill number {number}."));
    let passages: Vec<String> = passages.chain(others).collect();
    let speech = speech("Ben Moss", "2003-02-01", "A Long Evening", &passages.join("\n\n"));
    World::indexed(&[("corpus/a.md", &speech)])
}

#[test]
fn a_source_may_be_far_down_and_anyones() {
    let near = (0..100).map(|_| "The largest crane of the north harbour.".to_owned());
    let far = format!(
        "{}The mill and the quay are old, and it is the largest harbour of the north.",
        "And more was said of the road. ".repeat(8),
    );
    let world = world_beside(2_000, near.chain([far]));
    world.put("corpus/b.md", speech("Cora Orr", "2003-02-01", "A Word", "A song of the road."));
    world.run(&["index", "corpus"]).expect(0);
    let draft = "It is the largest harbour of the north.";
    let found = claims_of(&world, draft, &[]);
    assert_eq!(found[0].1, "found", "{found:?}");
    assert!(found[0].2[0].ends_with("it is the largest harbour of the north."), "{found:?}");
    // A fact has no speaker; what is said of it is asked of one alone.
    assert_eq!(claims_of(&world, draft, &["--speaker", "orr"]), found);
    let ran = world.run(&["prior", "claims.md", "--speaker", "orr", "--format", "csv"]).expect(0);
    assert!(ran.stderr.contains("the sources of numbers and claims may be anyone's"), "{ran:?}");
    assert_eq!(ran.rows()[0]["outcome"], "none");
    let mistyped = world.run(&["prior", "claims.md", "--speaker", "orrr"]).expect(2);
    assert!(mistyped.stderr.contains("nobody whose name holds `orrr` speaks"), "{mistyped:?}");
}

#[test]
fn what_is_counted_does_not_change_with_what_is_shown() {
    let years = [3, 5, 7, 9].map(|n| format!("The harbour of the north needs {n} new cranes."));
    let world = world_beside(100, years.into_iter());
    world.put("draft.md", "The harbour of the north needs 5 new cranes.\n");
    for (limit, n_listed) in [("1", 1), ("2", 2), ("9", 4)] {
        let ask = ["prior", "draft.md", "--limit", limit, "--format", "json"];
        let sentence = &world.run(&ask).expect(0).object()["sentences"][0];
        assert_eq!((&sentence["n_statements"], &sentence["n_differing"]), (&4.into(), &3.into()));
        assert_eq!(sentence["statements"].as_array().unwrap().len(), n_listed, "{limit}");
    }
}

#[test]
fn a_list_that_is_cut_short_is_said() {
    let words = "crane of the north harbour, old quay, white mill, stone bridge and iron gate";
    let world = world_beside(5_000, (0..3_100).map(|_| format!("The largest {words}.")));
    world.put("claims.md", format!("The largest lighthouse and {words}.\n"));
    let ask = |format| world.run(&["prior", "claims.md", "--format", format]);
    let claim = ask("json").object()["claims"][0].clone();
    assert_eq!(
        (&claim["outcome"], &claim["n_passages"], &claim["n_read"]),
        (&"none-among-nearest".into(), &3_100.into(), &3_000.into())
    );
    let rows = ask("csv").rows();
    let row = rows.iter().find(|row| row["part"] == "claim").unwrap();
    let cells = ["outcome", "n_passages", "n_read"].map(|column| &*row[column]);
    assert_eq!(cells, ["none-among-nearest", "3100", "3000"]);
    let listing = ask("table").stdout;
    assert!(listing.contains("no source among the 3000 nearest of 3100 passages"), "{listing}");
    assert!(!listing.contains("no source in the corpus\n"), "{listing}");
}

#[test]
fn dates_that_do_not_tell_are_counted() {
    let world = small_world();
    world.put("corpus/year.md", speech("Ben Moss", "2012", "On Mills", LATER));
    world.run(&["index", "corpus"]).expect(0);
    for (before, expected) in [("2012-03-04", 1), ("2012", 0), ("2012-01", 0), ("2013", 0)] {
        let found =
            world.run(&["prior", "draft.md", "--format", "json", "--before", before]).object();
        assert_eq!(found["n_imprecise"], expected, "{before}");
    }
    let ran = world.run(&["prior", "draft.md", "--format", "csv"]).expect(0);
    let note = "left out: 1 document with a date too imprecise to tell whether before 2012-03-04";
    assert!(ran.stderr.contains(note), "{ran:?}");
}

#[test]
fn a_speaker_without_a_word_is_refused() {
    let world = small_world();
    let ran = world.run(&["prior", "draft.md", "--speaker", "—"]).expect(2);
    assert!(ran.stderr.contains("`—` has no word of a name"), "{ran:?}");
}

#[test]
fn what_cannot_be_told_is_said_and_stays() {
    let world = small_world();
    let rows = world.run(&["prior", "draft.md", "--format", "csv"]).expect(0).rows();
    let thanks = rows.iter().find(|row| row["draft_text"] == "Thank you.").unwrap();
    assert_eq!((thanks["outcome"].as_str(), thanks["text"].as_str()), ("cannot-tell", ""));
    let differing = rows.iter().find(|row| row["differs"] == "negation").unwrap();
    assert_eq!(differing["draft_words"], "will close");
    assert_eq!(differing["statement_words"], "will not close");
    let told = world.run(&["prior", "draft.md", "--format", "jsonl"]).expect(0).stderr;
    assert!(told.starts_with("4 sentences: 2 with earlier statements, 1 of them"), "{told}");
    let listing = world.run(&["prior", "draft.md", "--format", "table"]).expect(0).stdout;
    for line in [
        "cannot tell: too few words say what it is about",
        "negation differs: “will close”, then “will not close”",
        "sentence 3, never: “never rains”: no source in the corpus",
        "looked only at what was said before 2012-03-04",
        "left out: 1 document without a date",
    ] {
        assert!(listing.contains(line), "{line}\n{listing}");
    }
    let differing = ["prior", "draft.md", "--format", "table", "--only-differing"];
    let listing = world.run(&differing).expect(0).stdout;
    assert!(!listing.contains("Thank you."), "{listing}");
    assert!(listing.contains("4 sentences: 1 with an earlier statement that differs"), "{listing}");
}

#[test]
fn whose_and_when_can_be_asked() {
    let world = small_world();
    let ask = |arguments: &[&str]| {
        let arguments = [&["prior", "draft.md", "--format", "json"], arguments].concat();
        let found = world.run(&arguments).object();
        let statements = found["sentences"][0]["statements"].as_array().unwrap().clone();
        statements.iter().map(|found| text(&found["path"])).collect::<Vec<_>>()
    };
    assert_eq!(ask(&["--speaker", "moss"]), ["corpus/moss.md"]);
    assert_eq!(ask(&["--before", "2004"]), ["corpus/moss.md"]);
    assert_eq!(ask(&["--limit", "1"]), ["corpus/mill.md"]);
    let later = ask(&["--before", "2015"]);
    assert_eq!(later.len(), 3, "{later:?}");
    assert_eq!(ask(&["--only-differing"]), ["corpus/mill.md", "corpus/moss.md"]);
    // A version of the draft is no earlier statement of it.
    world.put("corpus/version.md", speech("Ada Orr", "2011-01-01", "An Earlier Draft", DRAFT));
    world.run(&["index", "corpus"]).expect(0);
    assert!(!ask(&[]).contains(&"corpus/version.md".to_owned()));
    world.put("draft.md", "The moon is made of green cheese and of silver thread.\n");
    assert!(ask(&[]).is_empty());
    world.run(&["prior", "draft.md"]).expect(1);
}
