//! The fact sheet that lists the seven priorities is read and labelled as it is written.

use super::ledger::Ledger;
use super::onrecord::Onrecord;
use super::texts::RealTexts;
use super::{Bench, truth::fold_title};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;

const TITLE: &str = "International Cyber Diplomacy: Promoting Openness, Security and Prosperity \
    in a Networked World";
const DATE: &str = "2011-07-14";
const KIND: &str = "fact-sheet";
const ISSUER: &str = "Bureau of Public Affairs";

/// The listed priorities as worded by the fact sheet, in its order, with their ids.
const LISTED: [(&str, &str); 7] = [
    ("Promote innovative, open markets", "economy"),
    ("Enhance security, reliability, and resilience of global networks", "network-security"),
    ("Extend law enforcement collaboration and the rule of law", "law-enforcement"),
    ("Prepare for 21st century security challenges", "military"),
    ("Promote effective and inclusive Internet governance structures", "governance"),
    ("Build capacity, security, and prosperity through international development", "development"),
    ("Support fundamental freedoms and privacy", "freedom"),
];

/// Words of the vision paragraph, which touches on much and is about no single priority.
const VISION: &str = "seeks a cyberspace environment that rewards innovation";

const NAMES: [&str; 3] = ["seed metadata", "seed priorities", "seed vision paragraph"];

pub(super) fn check(texts: &RealTexts, bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let folder = match texts.part("seed") {
        Ok(folder) => folder,
        Err(reason) => {
            NAMES.iter().for_each(|name| ledger.skip(name, &reason));
            return Ok(());
        }
    };
    let (_scratch, onrecord) = bench.fresh()?;
    onrecord.index(&[folder], &[])?;
    check_metadata(&onrecord, ledger)?;
    check_listed(&onrecord, ledger)?;
    let vision = priorities_of(&onrecord, VISION)?;
    let shown = shown(&vision);
    ledger.check(NAMES[2], vision.len() < LISTED.len(), format_args!("labelled {shown}"));
    Ok(())
}

fn check_metadata(onrecord: &Onrecord, ledger: &mut Ledger) -> Result<()> {
    let documents = onrecord.documents()?;
    let [document] = &documents[..] else {
        ledger.check(NAMES[0], false, format_args!("{} documents, 1 wanted", documents.len()));
        return Ok(());
    };
    let found = [
        document.title.clone().unwrap_or_default(),
        only_group(onrecord, "kind")?,
        only_group(onrecord, "issuer")?,
        document.date.clone().unwrap_or_default(),
    ];
    let holds = found == [TITLE, KIND, ISSUER, DATE];
    ledger.check(NAMES[0], holds, format_args!("document {}: {}", document.id, found.join(" | ")));
    Ok(())
}

/// Returns the one value by which the documents can be grouped, empty where there is none.
fn only_group(onrecord: &Onrecord, column: &str) -> Result<String> {
    let report = onrecord.report_priorities(column)?;
    let mut table = csv::Reader::from_reader(report.as_bytes());
    let place = table
        .headers()?
        .iter()
        .position(|header| header == column)
        .with_context(|| format!("report priorities --by {column} has no column {column}"))?;
    let mut values = BTreeSet::new();
    for row in table.records() {
        values.insert(row?.get(place).unwrap_or_default().to_owned());
    }
    Ok(values.into_iter().collect::<Vec<_>>().join(", "))
}

fn check_listed(onrecord: &Onrecord, ledger: &mut Ledger) -> Result<()> {
    let mut n_right = 0;
    for (words, priority) in LISTED {
        let found = priorities_of(onrecord, words)?;
        if found == BTreeSet::from([priority.to_owned()]) {
            n_right += 1;
        } else {
            ledger.note(format_args!("“{words}” is labelled {}, not {priority}", shown(&found)));
        }
    }
    let figure = format!("{n_right} of {} carry their own label and no other", LISTED.len());
    ledger.check(NAMES[1], n_right == LISTED.len(), figure);
    Ok(())
}

/// Returns the priorities of the one passage that holds the words.
fn priorities_of(onrecord: &Onrecord, words: &str) -> Result<BTreeSet<String>> {
    let hits = onrecord.search(&format!("\"{words}\""))?;
    let holding: Vec<&Value> = hits.iter().filter(|hit| holds_words(hit, words)).collect();
    ensure!(holding.len() == 1, "{} passages hold “{words}”, 1 wanted", holding.len());
    Ok(holding.into_iter().flat_map(priority_ids).collect())
}

fn holds_words(hit: &Value, words: &str) -> bool {
    let text = hit.get("text").and_then(Value::as_str).unwrap_or_default();
    fold_title(text).contains(&fold_title(words))
}

/// Reads the priority ids of a hit, each a string or an object with an `id`.
fn priority_ids(hit: &Value) -> Vec<String> {
    let listed = hit.get("priorities").and_then(Value::as_array);
    let id = |priority: &Value| {
        priority.as_str().or_else(|| priority.get("id")?.as_str()).map(str::to_owned)
    };
    listed.into_iter().flatten().filter_map(id).collect()
}

fn shown(priorities: &BTreeSet<String>) -> String {
    if priorities.is_empty() {
        return "with nothing".to_owned();
    }
    priorities.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn priority_ids_are_read_as_strings_or_objects() {
        for (hit, expected) in [
            (json!({ "priorities": ["economy", "freedom"] }), vec!["economy", "freedom"]),
            (json!({ "priorities": [{ "id": "military", "score": 0.5 }] }), vec!["military"]),
            (json!({ "priorities": [] }), vec![]),
            (json!({}), vec![]),
        ] {
            assert_eq!(priority_ids(&hit), expected, "{hit}");
        }
    }

    #[test]
    fn passages_are_known_by_their_words() {
        let hit = json!({ "text": "Support fundamental  freedoms\nand privacy" });
        assert!(holds_words(&hit, "Support fundamental freedoms and privacy"));
        assert!(!holds_words(&hit, "Promote innovative, open markets"));
    }
}
