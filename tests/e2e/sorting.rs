//! `search`: orders, groups, and pages of any size over many ties.

use crate::world::{Random, World, hits, number, text};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A corpus of some hundred passages in few different words, dates and names, so that scores and
/// values are equal in most.
fn tied() -> World {
    let mut random = Random(7);
    let mut rows = String::new();
    for id in 0..120 {
        let date = ["", "2011", "2011-07", "2011-07-14", "2012-01-01"][random.below(5)];
        let title = ["Port", "“Harbour”", "harbour", "Éclair", ""][random.below(5)];
        let speaker = ["", "Ada Vale", "Bo Moss", "östen Lind"][random.below(4)];
        let words = ["harbour", "harbour harbour", "the old harbour", "quay"];
        let text: Vec<&str> = (0..1 + random.below(5)).map(|_| words[random.below(4)]).collect();
        let row = serde_json::json!({
            "id": id.to_string(), "date": date, "title": title, "speaker": speaker, "kind": "speech",
            "text": text.join("\n\n"),
        });
        writeln!(rows, "{row}").unwrap();
    }
    World::indexed(&[("corpus/rows.jsonl", &rows)])
}

fn place(hit: &Value) -> (String, usize) {
    (text(&hit["document_id"]), number(&hit["passage"]))
}

/// Returns the first and the last day that a date may mean, roughly: enough to order the dates of
/// [`tied`].
fn days(date: &str) -> (String, Reverse<String>) {
    (
        format!("{date}{}", "-01-01".get(date.len().saturating_sub(4)..).unwrap_or("")),
        Reverse(format!("{date}-99")),
    )
}

const ORDERS: [&str; 6] = ["relevance", "date", "date-desc", "speaker", "title", "document"];

#[test]
fn orders_are_what_they_say() {
    let world = tied();
    let by_score = world.search("harbour");
    for order in ORDERS {
        let found = world.search_with(&["--limit", "0", "--sort", order], "harbour");
        let sorted: Vec<&Value> = hits(&found).iter().collect();
        assert_eq!(sorted.len(), number(&by_score["count"]));
        let value = |hit: &&Value, name: &str| hit[name].as_str().map(str::to_owned);
        let mut expected: Vec<&Value> = hits(&by_score).iter().collect();
        let (field, n_letters) = match order {
            "relevance" => {
                assert!(found["sorted"].is_null());
                assert_eq!(sorted, expected);
                continue;
            }
            "date" | "date-desc" => ("date", 0),
            "speaker" => ("speaker", 4),
            "title" => ("title", 3),
            _ => ("document_id", 32),
        };
        let letters = |written: String| {
            let plain =
                written.to_lowercase().replace(['“', '”'], "").replace('é', "e").replace('ö', "o");
            plain.get(..n_letters).map(str::to_owned)
        };
        expected.sort_by_key(|hit| place(hit));
        match order {
            "date" => expected.sort_by_key(|hit| {
                value(hit, field).map_or((true, None), |date| (false, Some(days(&date))))
            }),
            "date-desc" => expected.sort_by_key(|hit| {
                value(hit, field).map_or((true, None), |date| (false, Some(Reverse(days(&date)))))
            }),
            _ => expected.sort_by_key(|hit| {
                value(hit, field).map_or((true, None), |written| (false, letters(written)))
            }),
        }
        let places = |hits: &[&Value]| hits.iter().map(|hit| place(hit)).collect::<Vec<_>>();
        assert!(places(&sorted) == places(&expected), "{order}");
        let without = sorted.iter().filter(|hit| value(hit, field).is_none()).count();
        assert_eq!(found["sorted"], serde_json::json!({"by": order, "without": without}));
        assert_eq!(without == 0, order == "document");
    }
    let ran = world.run(&["search", "--sort", "date", "--format", "csv", "harbour"]).expect(0);
    assert!(ran.stderr.contains("with no date, last"), "{}", ran.stderr);
}

#[test]
fn pages_of_any_size_are_the_same_rows() {
    let world = tied();
    let options: [&[&str]; 9] = [
        &["--sort", "relevance"],
        &["--sort", "date"],
        &["--sort", "date-desc"],
        &["--sort", "speaker"],
        &["--sort", "title"],
        &["--sort", "document"],
        &["--group-by", "document"],
        &["--group-by", "duplicates", "--sort", "date"],
        &["--fold-duplicates", "--sort", "date"],
    ];
    for options in options {
        let rows = |limit: usize, offset: usize| {
            let (limit, offset) = (limit.to_string(), offset.to_string());
            let page = ["--format", "csv", "--limit", &limit, "--offset", &offset, "harbour"];
            let ran = world.run(&[&["search"], options, &page].concat()).expect(0);
            ran.stdout.split_once("\r\n").unwrap().1.to_owned()
        };
        let all = rows(0, 0);
        let n_rows = all.matches("\r\n").count();
        assert!(n_rows > 60, "{options:?}: {n_rows}");
        for size in [13, 100, 1000, 1001] {
            let joined: String =
                (0..n_rows).step_by(size).map(|offset| rows(size, offset)).collect();
            assert!(joined == all, "{options:?} by {size}");
        }
        for offset in [0, 1, n_rows / 2, n_rows - 1] {
            let line = all.split_inclusive("\r\n").nth(offset).unwrap();
            assert_eq!(rows(1, offset), line, "{options:?} at {offset}");
        }
        assert_eq!(rows(0, n_rows), "");
    }
}

#[test]
fn a_group_is_shown_by_the_first_of_its_passages() {
    let world = tied();
    let all = world.search("harbour");
    let mut by_document: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for hit in hits(&all) {
        by_document.entry(text(&hit["document_id"])).or_default().push(hit);
    }
    for order in ORDERS {
        let options = ["--limit", "0", "--group-by", "document", "--sort", order];
        let found = world.search_with(&options, "harbour");
        assert_eq!(found["count"], all["count"]);
        assert_eq!(number(&found["group_count"]), by_document.len());
        assert_eq!(hits(&found).len(), by_document.len());
        let sorted = world.search_with(&["--limit", "0", "--sort", order], "harbour");
        let mut documents: Vec<String> = Vec::new();
        for hit in hits(&sorted) {
            let id = text(&hit["document_id"]);
            if !documents.contains(&id) {
                documents.push(id);
            }
        }
        for (at, hit) in hits(&found).iter().enumerate() {
            let passages = &by_document[&text(&hit["document_id"])];
            assert_eq!(hit["group"]["id"], hit["document_id"]);
            assert_eq!(number(&hit["group"]["passages"]), passages.len());
            assert_eq!(hit["group"]["documents"], 1);
            assert_eq!(hit["group"]["first_date"], hit["date"]);
            // All have one speaker, so the best is shown; `all` is in the order of scores.
            assert_eq!(place(hit), place(passages[0]), "{order}");
            if order != "speaker" && order != "title" && !order.starts_with("date") {
                assert_eq!(text(&hit["document_id"]), documents[at], "{order}");
            }
        }
    }
}

/// A speech of which many a sentence is like no other.
fn speech(from: usize) -> String {
    const WORDS: [&str; 7] =
        ["harbour", "network", "treaty", "partner", "standard", "border", "market"];
    let sentence = |n: usize| {
        format!("In {} the {} met the {} of {}.", 1900 + n, WORDS[n % 7], WORDS[n * 3 % 5], n * 11)
    };
    (from..from + 40).map(sentence).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn duplicates_are_one_group_with_all_their_dates() {
    let said = speech(0);
    let files = [
        ("corpus/a.txt", format!("Remarks\nMay 4, 2012\n\n{said}\n")),
        ("corpus/b.txt", format!("Transcript\nMay 3, 2012\n\n{said}\n\nThank you, harbour.\n")),
        ("corpus/c.txt", format!("Other\nMay 1, 2013\n\n{}\n", speech(500))),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let world = World::indexed(&files);
    let count = |query: &str| number(&world.search(query)["count"]);
    let ids: BTreeMap<String, String> =
        world.dump().into_iter().map(|(id, line)| (text(&line["path"]), id)).collect();
    let options = ["--group-by", "duplicates", "--sort", "date"];
    let found = world.search_with(&options, "harbour");
    assert_eq!(
        (number(&found["count"]), &found["group_count"]),
        (count("harbour"), &Value::from(2))
    );
    let (first, second) = (&hits(&found)[0], &hits(&found)[1]);
    let n = count("harbour source:a") + count("harbour source:b");
    assert_eq!(
        first["group"],
        serde_json::json!({
            "id": std::cmp::min(&ids["corpus/a.txt"], &ids["corpus/b.txt"]), "passages": n, "documents": 2,
            "first_date": "2012-05-03", "last_date": "2012-05-04",
        })
    );
    assert_eq!(first["date"], "2012-05-03", "the earliest is shown");
    assert_eq!(
        (&second["date"], &second["group"]["documents"]),
        (&Value::from("2013-05-01"), &Value::from(1))
    );
    let latest = world.search_with(&["--group-by", "duplicates", "--sort", "date-desc"], "harbour");
    let dates: Vec<&Value> = hits(&latest).iter().map(|hit| &hit["date"]).collect();
    assert_eq!(dates, ["2013-05-01", "2012-05-04"]);
    let rows = world
        .run(&["search", "--group-by", "duplicates", "--format", "csv", "harbour"])
        .expect(0)
        .rows();
    let n_found: usize =
        rows.iter().map(|row| row["group_passages"].parse::<usize>().unwrap()).sum();
    assert_eq!(n_found, count("harbour"));
    let printed =
        world.run(&["search", "--format", "table", "--group-by", "duplicates", "harbour"]);
    let line = format!("{n} passages found in 2 documents, 2012-05-03 to 2012-05-04");
    assert!(printed.stdout.contains(&line), "{}", printed.stdout);
    assert!(printed.stdout.contains("1 to 2 of 2 groups,"), "{}", printed.stdout);
}
