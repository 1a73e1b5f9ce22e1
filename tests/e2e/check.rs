//! `check`: every quotation of a draft against the index.

use crate::watch::{TIMEOUT, Watch, wait};
use crate::world::World;
use serde_json::{Value, json};

const SPEECH: &str = "Speaker: Ada Vale\nDate: 2011-03-04\nTitle: The Harbor Address\n\n\
    The harbor belongs to everyone who works in it. We will not sell its old piers to a company \
    of strangers. If the council agrees, we will dredge the northern channel next spring.\n\n\
    In 1984 some 57,000 ships came by, and none of them paid. (Applause.) The nation builds \
    what the nation needs, and it pays for what it builds.\n";

const OTHER: &str = "Speaker: Ben Moss\nDate: 2012-05-06\nTitle: The Market Address\n\n\
    Markets feed the city before the city has had its breakfast. The harbor is a cost that we \
    carry gladly, because bread arrives on water.\n";

fn world() -> World {
    World::indexed(&[("corpus/vale.txt", SPEECH), ("corpus/moss.txt", OTHER)])
}

/// Checks drafts as a batch; returns verdict, source and kinds of risks of each quotation.
fn verdicts(world: &World, drafts: &[&str]) -> Vec<(String, String, String)> {
    let lines: Vec<String> =
        drafts.iter().map(|draft| json!({ "id": "d", "draft": draft }).to_string()).collect();
    world.put("drafts.jsonl", lines.join("\n"));
    let ran = world.run(&["check", "--jsonl", "drafts.jsonl"]);
    ran.objects()
        .into_iter()
        .map(|line| {
            let risks = line["risks"].as_array().unwrap().iter();
            let risks: Vec<&str> = risks.map(|risk| risk["risk"].as_str().unwrap()).collect();
            let path = line["source"]["path"].as_str().unwrap_or_default();
            (line["verdict"].as_str().unwrap().to_owned(), path.to_owned(), risks.join(" "))
        })
        .collect()
}

/// Drafts, each with the verdict, the source and the risks of its quotation.
const DRAFTS: &[(&str, &str, &str, &str)] = &[
    ("Ada Vale said, “The harbor belongs to everyone who works in it.”", "exact", "vale.txt", ""),
    (
        "Vale said, “the harbor belongs to everyone who works in it,” and left.",
        "exact",
        "vale.txt",
        "",
    ),
    ("Ada Vale said, “The harbor … works in it.”", "exact-elided", "vale.txt", ""),
    (
        "Ada Vale said, “We will ... sell its old piers to a company of strangers.”",
        "exact-elided",
        "vale.txt",
        "omits-negation",
    ),
    (
        "Ada Vale said, “We will not sell [the city’s] old piers to a company of strangers.”",
        "exact-bracketed",
        "vale.txt",
        "",
    ),
    (
        "Ada Vale said, “[t]he harbor belongs to everyone who works in it.”",
        "exact-bracketed",
        "vale.txt",
        "",
    ),
    (
        "Ada Vale said, “We will sell its old piers to a company of strangers.”",
        "altered",
        "vale.txt",
        "",
    ),
    (
        "Ada Vale said, “In 1984 some 54,000 ships came by, and none of them paid.”",
        "altered",
        "vale.txt",
        "",
    ),
    (
        "Ada Vale said, “The nation builds what the nation needs ... The harbor belongs to everyone who works in it.”",
        "altered",
        "vale.txt",
        "",
    ),
    (
        "Ada Vale said, “The harbor belongs to everyone who works in it ... bread arrives on water.”",
        "altered",
        "vale.txt",
        "",
    ),
    (
        "Ben Moss said, “The harbor belongs to everyone who works in it.”",
        "misattributed",
        "vale.txt",
        "",
    ),
    (
        "In 2009, Ada Vale said, “The harbor belongs to everyone who works in it.”",
        "misattributed",
        "vale.txt",
        "",
    ),
    (
        "Ada Vale said, “we will dredge the northern channel next spring.”",
        "exact",
        "vale.txt",
        "conditional",
    ),
    ("Ada Vale said, “Our glass towers lean on nobody but the wind.”", "not-found", "", ""),
    (
        "Ada Vale said, “and none of them paid. The nation builds what the nation needs”",
        "exact",
        "vale.txt",
        "",
    ),
];

#[test]
fn verdicts_of_drafts() {
    let world = world();
    for (draft, verdict, path, risks) in DRAFTS {
        let found = verdicts(&world, &[draft]);
        let expected = ((*verdict).to_owned(), (*path).to_owned(), (*risks).to_owned());
        assert_eq!(found, [expected], "{draft}");
    }
}

#[test]
fn a_batch_goes_on_after_a_bad_line() {
    let world = world();
    let draft = json!({"id": 7, "draft": "Ada Vale said, “The harbor belongs to everyone who works in it.”"});
    world.put("drafts.jsonl", format!("no json\n{draft}\n"));
    let ran = world.run(&["check", "--jsonl", "drafts.jsonl"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("drafts.jsonl:1: the line is not JSON"), "{}", ran.stderr);
    let line = &ran.objects()[0];
    assert_eq!((&line["id"], &line["quote"]), (&json!(7), &json!(0)));
    assert_eq!(line["source"]["speaker"], "Ada Vale");
    assert_eq!(line["diff"], Value::Null);
}

#[test]
fn exit_codes_rows_and_the_page() {
    let world = world();
    world.put("good.md", "Ada Vale said, “The harbor belongs to everyone who works in it.”\n");
    world.run(&["check", "good.md"]).expect(0);
    world.put(
        "bad.md",
        "# A draft\n\nAda Vale said, “The harbor belongs to someone who works in it.” <script>x\n",
    );
    let ran = world.run(&["check", "bad.md", "--html", "page.html", "--format", "csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.starts_with("quote,text,verdict,"), "{}", ran.stdout);
    assert!(ran.stdout.contains("[-someone-]{+everyone+}"), "{}", ran.stdout);
    let page = world.read("page.html");
    assert!(page.contains("<del>someone</del><ins>everyone</ins>"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    assert_eq!(world.run(&["check", "missing.md"]).code, 2);
    assert_eq!(world.run(&["check"]).code, 2);
}

#[test]
fn an_empty_index_can_check_nothing() {
    let world = World::new();
    world.put("corpus/empty/readme.md", "");
    world.index(&["corpus"]);
    let found = verdicts(&world, &["Ada Vale said, “The harbor belongs to everyone in it.”"]);
    assert_eq!(found[0].0, "not-checkable");
}

#[test]
fn a_draft_is_checked_again_when_it_is_saved() {
    let world = world();
    let draft =
        |word: &str| format!("Ada Vale said, “The harbor belongs to {word} who works in it.”\n");
    world.put("draft.md", draft("someone"));
    let _watch = Watch::of(&world, &["check", "draft.md", "--watch", "--html", "page.html"]);
    assert!(world.read("page.html").contains("<del>someone</del>"));
    world.put("draft.md", draft("everyone"));
    wait(TIMEOUT, || world.read("page.html").contains("Safe as they are: 1."));
    let ran = world.run(&["check", "-", "--watch"]).expect(2);
    assert!(ran.stderr.contains("cannot be watched"), "{}", ran.stderr);
}

#[test]
fn a_row_is_cited() {
    let world = world();
    world.put("draft.md", "Ada Vale said, “We will not sell its old piers.”\n");
    let ran = world.run(&["check", "draft.md", "--format", "table"]).expect(0);
    let shown = "Ada Vale, “The Harbor Address” (speech, March 4, 2011)";
    assert!(ran.stdout.contains(shown), "{}", ran.stdout);
}

#[test]
fn words_that_a_speaker_quotes_are_those_of_the_one_quoted() {
    let speech = "Speaker: Ada Vale\nDate: 2011-03-04\nTitle: The Harbor Address\n\n\
        My old teacher Ben Moss used to say, “The sea keeps every secret that we give it.” I have \
        found it so.\n";
    let world = World::indexed(&[("corpus/vale.txt", speech)]);
    let words = "“The sea keeps every secret that we give it.”";
    for (name, risks) in [("Ben Moss", ""), ("Ada Vale", "quotes-another"), ("Ida Orr", "")] {
        let draft = format!("{name} said, {words}");
        let found = verdicts(&world, &[&draft]);
        let is_said = name != "Ida Orr";
        let verdict = if is_said { "exact" } else { "misattributed" };
        assert_eq!(found[0].0, verdict, "{draft}");
        assert!(!is_said || found[0].2 == risks, "{draft}: {found:?}");
    }
}

#[test]
fn brackets_that_change_the_sense_are_risks() {
    let quote = |bracket: &str| format!("Ada Vale said, “We will not {bracket} its old piers.”");
    let found = verdicts(&world(), &[&quote("[buy]"), &quote("[try to] sell"), &quote("[sell]")]);
    let risks: Vec<&str> = found.iter().map(|(_, _, risks)| risks.as_str()).collect();
    assert_eq!(risks[0], "bracket-clause");
    assert_eq!(risks[1], "bracket-clause");
    assert_eq!(risks[2], "");
}

#[test]
fn a_draft_is_never_written_over() {
    let world = world();
    let draft = "Ada Vale said, “The harbor belongs to everyone who works in it.”\n";
    world.put("draft.txt", draft);
    for written in ["--html", "--output"] {
        let refused = world.run(&["check", "draft.txt", written, "draft.txt"]).expect(2);
        assert!(refused.stderr.contains("name another file"), "{}", refused.stderr);
        assert_eq!(std::fs::read_to_string(world.path("draft.txt")).unwrap(), draft);
    }
    world.run(&["quotes", "--text", "draft.txt", "--output", "draft.txt"]).expect(2);
    assert_eq!(std::fs::read_to_string(world.path("draft.txt")).unwrap(), draft);
}
