//! Quotations of texts that are in no index.

use crate::world::World;
use serde_json::json;

const LETTER: &str = "Mayor Ada Vale opened the quay. She said, “Ports – all of them – stay open.”\n\n\
    The Ministry’s “port diplomacy” is new.\n";

#[test]
fn a_text_gives_one_line() {
    let world = World::new();
    world.put("letter.txt", LETTER);
    let lines = world.run(&["quotes", "--text", "letter.txt"]).expect(0).objects();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(line["id"], "letter.txt");
    let quote = &line["quotes"][0];
    assert_eq!(quote["text"], "Ports – all of them – stay open.");
    assert_eq!(quote["parts"], json!(["Ports – all of them – stay open."]));
    assert_eq!(quote["spans"], json!([[43, 75]]));
    assert_eq!(quote["speaker"], "Mayor Ada Vale");
    assert_eq!(quote["canonical"], "Ada Vale");
    assert_eq!((&quote["kind"], &quote["rule"]), (&json!("direct"), &json!("antecedent")));
    assert_eq!(
        line["non_quotes"],
        json!([{"text": "port diplomacy", "span": [94, 108], "reason": "term"}])
    );
}

#[test]
fn lines_that_cannot_be_read_are_said_and_passed_over() {
    let world = World::new();
    let lines = [
        json!({"id": "a", "speech": "Ben Moss said, “We stay.”"}).to_string(),
        "no JSON".to_owned(),
        json!({"id": "b", "text": "elsewhere"}).to_string(),
        String::new(),
        json!({"speech": "Nobody is quoted."}).to_string(),
    ];
    world.put("lines.jsonl", lines.join("\n"));
    let ran = world.run(&["quotes", "--jsonl", "lines.jsonl", "--text-field", "speech"]).expect(3);
    assert!(ran.stderr.contains("lines.jsonl:2:"), "{}", ran.stderr);
    assert!(ran.stderr.contains("lines.jsonl:3: there is no field `speech`"), "{}", ran.stderr);
    let found = ran.objects();
    let ids: Vec<_> = found.iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [json!("a"), json!(5)]);
    assert_eq!(found[0]["quotes"][0]["speaker"], "Ben Moss");
    assert_eq!(found[1]["quotes"], json!([]));
}

#[test]
fn without_a_text_there_is_nothing_to_do() {
    let world = World::new();
    let ran = world.run(&["quotes"]).expect(2);
    assert!(ran.stderr.contains("--text FILE"), "{}", ran.stderr);
    world.run(&["quotes", "--text", "missing.txt"]).expect(2);
}
