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
    println!("not in the first five: {missed:#?}\nflags missing: {unflagged:#?}");
    assert!(missed.len() <= 5, "{missed:#?}");
    assert!(missed.len() + unflagged.len() <= 5, "{unflagged:#?}");
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
    println!("not in the first five: {missed:#?}\nflagged: {flagged:#?}");
    assert!(missed.len() <= 2, "{missed:#?}");
    assert!(flagged.len() <= 1, "{flagged:#?}");
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
            row("number", "40", "found"),
            row("every", "every week", "none"),
            // Rain is spoken of, and so is the harbour; that it never rains is not said.
            row("never", "never rains", "none"),
        ]
    );
    assert_eq!(claims[0]["sources"][0]["text"], "The harbour is the largest harbour of the north.");
    assert_eq!(claims[1]["sources"][0]["speaker"], "Ben Moss");
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
