//! `search`: facets, and filters beside the query.

use crate::world::{World, hits, number, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Finds every passage.
const ALL: &str = "-zzzz";

/// A value of a facet, with its passages and documents.
type Counted = BTreeMap<Option<String>, (usize, BTreeSet<String>)>;

fn sample() -> World {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world
}

/// Counts hits by what is shown of them and of their documents.
fn count(shown: &BTreeMap<String, Value>, found: &Value, field: &str) -> Counted {
    let mut counted = Counted::new();
    for hit in hits(found) {
        let id = text(&hit["document_id"]);
        let document = &shown[&id];
        let own = |name: &str| hit[name].as_str().map(str::to_owned);
        let date = |n: usize| own("date").and_then(|date| date.get(..n).map(str::to_owned));
        let of_document = |name: &str| document[name].as_str().map(str::to_owned);
        let values: Vec<Option<String>> = match field {
            "year" => vec![date(4)],
            "month" => vec![date(7)],
            "issuer" | "place" | "language" => vec![of_document(field)],
            "priority" => {
                let ids = hit["priorities"].as_array().unwrap().iter();
                ids.map(|priority| Some(text(priority))).collect()
            }
            _ => vec![own(field)],
        };
        for value in if values.is_empty() { vec![None] } else { values } {
            let (passages, documents) = counted.entry(value).or_default();
            *passages += 1;
            documents.insert(id.clone());
        }
    }
    counted
}

const FIELDS: [&str; 9] =
    ["speaker", "year", "month", "kind", "priority", "issuer", "place", "language", "block"];

#[test]
fn facets_count_all_hits_and_what_has_no_value() {
    let world = sample();
    let ids = world.dump().into_keys();
    let shown: BTreeMap<String, Value> = ids.map(|id| (id.clone(), world.show(&id))).collect();
    for query in ["network", ALL] {
        let all = world.search(query);
        let found = world.search_with(&["--facet", &FIELDS.join(","), "--limit", "1"], query);
        assert_eq!(hits(&found).len(), 1);
        assert_eq!(found["facets"].as_object().unwrap().len(), FIELDS.len());
        for field in FIELDS {
            let facets = found["facets"][field].as_array().unwrap();
            let (with, without): (Vec<&Value>, Vec<&Value>) =
                facets.iter().partition(|facet| !facet["value"].is_null());
            assert!(
                without.len() <= 1
                    && facets.ends_with(&without.iter().map(|v| (*v).clone()).collect::<Vec<_>>())
            );
            let order: Vec<(i64, String)> = with
                .iter()
                .map(|facet| (-(number(&facet["count"]) as i64), text(&facet["value"])))
                .collect();
            assert!(order.is_sorted(), "{field}: {order:?}");
            let counted: BTreeMap<Option<String>, (usize, usize)> = facets
                .iter()
                .map(|facet| {
                    let value = facet["value"].as_str().map(str::to_owned);
                    (value, (number(&facet["count"]), number(&facet["documents"])))
                })
                .collect();
            let expected: BTreeMap<_, _> = count(&shown, &all, field)
                .into_iter()
                .map(|(value, (passages, documents))| (value, (passages, documents.len())))
                .collect();
            assert_eq!(counted, expected, "{query} by {field}");
        }
    }
}

#[test]
fn a_limit_on_facets_says_how_many_there_are() {
    let world = sample();
    let all = world.search_with(&["--facets"], ALL);
    let names: Vec<&String> = all["facets"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["kind", "priority", "speaker", "year"]);
    let some = world.search_with(&["--facets", "--facet-limit", "2"], ALL);
    for name in names {
        let of = |found: &Value| found["facets"][name].as_array().unwrap().clone();
        let has_value = |facet: &&Value| !facet["value"].is_null();
        let n_values = of(&all).iter().filter(has_value).count();
        assert!(n_values > 2, "{name}");
        for found in [&all, &some] {
            assert_eq!(number(&found["facet_values"][name]), n_values, "{name}");
        }
        let (all, some) = (of(&all), of(&some));
        let n_shown = some.iter().filter(has_value).count();
        assert_eq!((n_shown, &some[..2]), (2, &all[..2]));
        // What has no value is told whatever the limit.
        assert_eq!(some[2..], all[n_values..], "{name}");
    }
    let printed = world
        .run(&["search", "--format", "table", "--facets", "--facet-limit", "2", "--", ALL])
        .expect(0);
    assert!(printed.stdout.contains("by year: passages, documents\n"), "{}", printed.stdout);
    assert!(printed.stdout.contains(" more\n"), "{}", printed.stdout);
}

const ROWS: &str = r#"{"id": "a", "speaker": "Ada Vale", "date": "2011-07-14", "kind": "speech", "text": "The harbour is deep."}
{"id": "b", "speaker": "Bo Moss", "date": "2012", "kind": "fact-sheet", "text": "The quay is long."}
{"id": "c", "speaker": "Ada Vale", "kind": "speech", "text": "The harbour is old."}
{"id": "d", "speaker": "Ada Vale", "date": "2013-02", "kind": "transcript", "text": "The quay is new."}
"#;

#[test]
fn filters_hold_on_both_sides_of_an_or() {
    let world = World::indexed(&[("corpus/rows.jsonl", ROWS)]);
    let query = "harbour OR quay";
    for (options, expected) in [
        (&[][..], 4),
        (&["--speaker", "vale"][..], 3),
        (&["--kind", "speech"], 2),
        (&["--since", "2012"], 2),
        (&["--until", "2012"], 2),
        (&["--since", "2011-07-15", "--until", "2012"], 1),
        // Nobody knows in which half of the year it was.
        (&["--since", "2012-07", "--until", "2012"], 0),
        (&["--speaker", "ada vale", "--since", "2012"], 1),
        (&["--speaker", "vale", "--kind", "fact-sheet"], 0),
    ] {
        let found = world.search_with(options, query);
        assert_eq!(number(&found["count"]), expected, "{options:?}");
        assert_eq!(hits(&found).len(), expected);
        let has_dates = options.iter().any(|option| ["--since", "--until"].contains(option));
        assert_eq!(found["undated_count"].as_u64(), has_dates.then_some(1), "{options:?}");
    }
    let ran = world
        .run(&["search", "--kind", "fact-sheet", "--until", "2012", "--format", "csv", query])
        .expect(0);
    assert_eq!((ran.rows().len(), &*ran.stderr), (1, "1 to 1 of 1 passage\n"));
    // They narrow what is counted, too.
    let found = world.search_with(&["--speaker", "vale", "--facet", "kind"], query);
    assert_eq!(found["facets"]["kind"][0]["count"], 2);
}

#[test]
fn what_the_dates_do_not_tell_is_counted() {
    let world = World::indexed(&[("corpus/rows.jsonl", ROWS)]);
    let query = "harbour OR quay";
    for (options, imprecise) in [
        (&["--since", "2012"][..], 0),
        (&["--since", "2012-01"], 0),
        // `b` is of 2012.
        (&["--since", "2012-07"], 1),
        (&["--until", "2012-07"], 1),
        (&["--since", "2012-07", "--until", "2012-08"], 1),
        (&["--until", "2011"], 0),
        // `d` is of February 2013.
        (&["--since", "2013-02-02"], 1),
        (&["--since", "2013-03"], 0),
        (&["--since", "2012-07", "--until", "2013-02-14"], 2),
        (&["--since", "2012-07", "--speaker", "moss"], 1),
        (&["--since", "2012-07", "--speaker", "vale"], 0),
        (&["--since", "0001", "--until", "9999"], 0),
    ] {
        let found = world.search_with(options, query);
        assert_eq!(found["imprecise_count"], imprecise, "{options:?}");
    }
    assert!(world.search(query)["imprecise_count"].is_null());
    let narrowed = ["--since", "2012-07", query];
    for format in ["csv", "jsonl", "table"] {
        let ran = world.run(&[&["search", "--format", format], &narrowed[..]].concat()).expect(0);
        let told = "1 to 1 of 1 passage\nnot counted: 1 passage in documents without a date and 1 \
            passage in documents whose date is not precise enough to tell\n";
        assert!(ran.stderr.ends_with(told) || ran.stdout.ends_with(told), "{ran:?}");
    }
    let ran = world.run(&[&["search", "--quiet", "--format", "csv"], &narrowed[..]].concat());
    assert_eq!(ran.stderr, "");
}

#[test]
fn rows_are_said_to_be_of_so_many() {
    let world = World::indexed(&[("corpus/rows.jsonl", ROWS)]);
    for (options, said) in [
        (&["--limit", "2"][..], "1 to 2 of 4 passages\n"),
        (&["--limit", "2", "--offset", "1"], "2 to 3 of 4 passages\n"),
        (&["--offset", "9"], "4 passages found, none after the first 9\n"),
        (&["--group-by", "document"], "1 to 4 of 4 documents, 4 passages\n"),
    ] {
        for format in ["csv", "jsonl", "tsv", "md"] {
            let asked = ["search", "--format", format, "harbour OR quay"];
            assert_eq!(world.run(&[&asked, options].concat()).expect(0).stderr, said, "{format}");
        }
    }
}

#[test]
fn filters_without_a_meaning_are_refused() {
    let world = World::indexed(&[("corpus/rows.jsonl", ROWS)]);
    for (options, part) in [
        (&["--speaker", "…"][..], "no word of a name"),
        (&["--since", "2013", "--until", "2012"], "2013, comes after the last, 2012"),
        (&["--since", "July"], "not a date"),
        (&["--kind", "speach"], "possible values: speech"),
        (&["--facet", "mood"], "possible values: speaker"),
        (&["--sort", "mood"], "possible values: relevance"),
        (&["--group-by", "document", "--fold-duplicates"], "cannot be used with"),
    ] {
        let ran = world.run(&[&["search"], options, &["harbour"]].concat()).expect(2);
        assert!(ran.stderr.contains(part), "{options:?}: {}", ran.stderr);
    }
}
