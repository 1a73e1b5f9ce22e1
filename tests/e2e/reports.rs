//! `report`: every number against the mentions behind it.

use crate::world::{World, text};
use std::collections::{BTreeMap, BTreeSet};

/// A row of CSV by column.
type Row = BTreeMap<String, String>;

/// All groupings with the columns that say the group.
const GROUPINGS: [(&str, &[&str]); 6] = [
    ("document", &["document_id", "title", "date", "path"]),
    ("speaker", &["speaker"]),
    ("year", &["year"]),
    ("month", &["month"]),
    ("kind", &["kind"]),
    ("issuer", &["issuer"]),
];

const DENOMINATORS: [&str; 3] = ["group_passages", "group_documents", "group_words"];

fn sample() -> World {
    let world = World::with_sample_corpus();
    // Dates of every precision, a document without any, headings that name a priority.
    let extra = "{\"text\": \"The open Internet must stay free: Internet freedom is freedom of expression online.\"}\n\
        {\"date\": \"2011\", \"speaker\": \"Ada Orr\", \"text\": \"Cybercrime is crime. We extradite hackers for computer intrusion.\"}\n\
        {\"date\": \"2011-07\", \"speaker\": \"Ada Orr\", \"text\": \"Cyber attacks on our networks: network security, cybersecurity, botnets.\"}\n";
    world.put("corpus/extra.jsonl", extra);
    world.put("corpus/headed.md", "# Cybersecurity and Network Security\n\nWe protect critical infrastructure from cyber attacks.\n");
    world.run(&["index", "corpus"]).expect(0);
    world
}

fn count(row: &Row, column: &str) -> u64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

fn report(world: &World, grouping: &str, options: &[&str]) -> Vec<Row> {
    let arguments =
        [&["report", "priorities", "--by", grouping, "--format", "csv"], options].concat();
    world.run(&arguments).expect(0).rows()
}

/// Returns the group of a mention, with what its own row does not say looked up.
fn group_of(
    mention: &Row,
    grouping: &str,
    kinds: &BTreeMap<String, (String, String)>,
) -> Vec<String> {
    let date = &mention["date"];
    let (kind, issuer) = &kinds[&mention["document_id"]];
    match grouping {
        "document" => GROUPINGS[0].1.iter().map(|column| mention[*column].clone()).collect(),
        "speaker" => vec![mention["speaker"].clone()],
        "year" => vec![date.get(..4).unwrap_or_default().to_owned()],
        "month" => vec![date.get(..7).unwrap_or_default().to_owned()],
        "kind" => vec![kind.clone()],
        _ => vec![issuer.clone()],
    }
}

#[test]
fn mentions_and_labels_add_up_to_every_cell() {
    let world = sample();
    let shown = |id: &String| {
        let document = world.show(id);
        (text(&document["kind"]), document["issuer"].as_str().unwrap_or_default().to_owned())
    };
    let kinds: BTreeMap<String, (String, String)> =
        world.dump().keys().map(|id| (id.clone(), shown(id))).collect();
    for options in [&[][..], &["--query", "network OR date:2011"]] {
        let arguments = [&["report", "mentions", "--format", "csv"], options].concat();
        let mentions = world.run(&arguments).expect(0).rows();
        assert!(mentions.len() > 20, "{}", mentions.len());
        let arguments = [&["report", "labels", "--format", "csv"], options].concat();
        let labels = world.run(&arguments).expect(0).rows();
        for (grouping, columns) in GROUPINGS {
            let by_cell = |rows: &'_ [Row]| {
                let mut by_cell: BTreeMap<(Vec<String>, String), Vec<Row>> = BTreeMap::new();
                for row in rows {
                    let cell = (group_of(row, grouping, &kinds), row["priority_id"].clone());
                    by_cell.entry(cell).or_default().push(row.clone());
                }
                by_cell
            };
            let (mut mentions, mut labels) = (by_cell(&mentions), by_cell(&labels));
            for row in report(&world, grouping, options) {
                let group: Vec<String> =
                    columns.iter().map(|column| row[*column].clone()).collect();
                let cell = (group, row["priority_id"].clone());
                let own = mentions.remove(&cell).unwrap_or_default();
                check_cell(&row, &own, &labels.remove(&cell).unwrap_or_default());
            }
            assert!(mentions.is_empty(), "{grouping} {options:?}: no row for {mentions:?}");
            assert!(labels.is_empty(), "{grouping} {options:?}: no row for {labels:?}");
        }
    }
}

/// Checks the counts of a row against its mentions and labels.
fn check_cell(row: &Row, mentions: &[Row], labels: &[Row]) {
    let distinct = |rows: &[&Row], columns: &[&str]| {
        let keys =
            rows.iter().map(|row| columns.iter().map(|c| row[*c].clone()).collect::<Vec<_>>());
        keys.collect::<BTreeSet<_>>().len() as u64
    };
    let (with_mentions, all): (Vec<&Row>, Vec<&Row>) =
        (mentions.iter().collect(), labels.iter().collect());
    let by_model: Vec<&Row> = labels.iter().filter(|label| label["method"] == "model").collect();
    let place = ["document_id", "passage"];
    assert_eq!(count(row, "mentions"), mentions.len() as u64, "{row:?}");
    assert_eq!(count(row, "passages"), distinct(&all, &place), "{row:?}");
    assert_eq!(count(row, "passages"), labels.len() as u64, "{row:?}");
    assert_eq!(count(row, "model_only_passages"), by_model.len() as u64, "{row:?}");
    let by_rules = count(row, "passages") - count(row, "model_only_passages");
    assert_eq!(by_rules, distinct(&with_mentions, &place), "{row:?}");
    assert_eq!(count(row, "documents"), distinct(&all, &["document_id"]), "{row:?}");
    let n_mentions: u64 = labels.iter().map(|label| count(label, "mentions")).sum();
    assert_eq!(n_mentions, mentions.len() as u64, "{row:?}");
    let dates = || labels.iter().map(|label| &label["date"]).filter(|date| !date.is_empty());
    let is_plain = dates().all(|date| date.len() == 10);
    if is_plain {
        assert_eq!(
            Some(&row["first_date"]).filter(|date| !date.is_empty()),
            dates().min(),
            "{row:?}"
        );
        assert_eq!(
            Some(&row["last_date"]).filter(|date| !date.is_empty()),
            dates().max(),
            "{row:?}"
        );
    }
    let ratio = |part: u64, whole: &str, digits: usize| match count(row, whole) {
        0 => String::new(),
        whole => format!("{:.digits$}", part as f64 / whole as f64),
    };
    let n_mentions = 1000 * mentions.len() as u64;
    assert_eq!(row["per_1000_words"], ratio(n_mentions, "group_words", 3), "{row:?}");
    assert_eq!(
        row["share_of_passages"],
        ratio(count(row, "passages"), "group_passages", 4),
        "{row:?}"
    );
}

#[test]
fn groups_are_whole_and_sums_do_not_depend_on_the_grouping() {
    let world = sample();
    let mut all_sums = BTreeSet::new();
    for (grouping, columns) in GROUPINGS {
        let mut groups: BTreeMap<Vec<String>, Vec<Row>> = BTreeMap::new();
        for row in report(&world, grouping, &[]) {
            groups
                .entry(columns.iter().map(|column| row[*column].clone()).collect())
                .or_default()
                .push(row);
        }
        let order: Vec<String> =
            groups.values().next().unwrap().iter().map(|row| row["priority_id"].clone()).collect();
        let expected = [
            "economy",
            "network-security",
            "law-enforcement",
            "military",
            "governance",
            "development",
            "freedom",
        ];
        assert_eq!(order, expected, "{grouping}");
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for (group, rows) in &groups {
            let ids: Vec<&String> = rows.iter().map(|row| &row["priority_id"]).collect();
            assert_eq!(ids, order.iter().collect::<Vec<_>>(), "{grouping} {group:?}");
            for column in DENOMINATORS {
                assert!(
                    rows.iter().all(|row| row[column] == rows[0][column]),
                    "{grouping} {group:?} {column}"
                );
            }
            for column in ["group_passages", "group_words"] {
                *sums.entry(column.to_owned()).or_default() += count(&rows[0], column);
            }
            for row in rows {
                for column in ["mentions", "passages", "words"] {
                    *sums.entry(format!("{} {column}", row["priority_id"])).or_default() +=
                        count(row, column);
                }
            }
        }
        assert!(sums["network-security mentions"] > 0, "{sums:?}");
        all_sums.insert(sums);
    }
    assert_eq!(all_sums.len(), 1, "{all_sums:#?}");
}

#[test]
fn priorities_nobody_speaks_of_have_rows_of_zeros() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "President: Ada Orr\n\nWe will dredge the harbour.\n",
    )]);
    let rows = report(&world, "speaker", &[]);
    assert_eq!(rows.len(), 7);
    for row in &rows {
        let zeros = ["mentions", "passages", "documents", "words"].map(|column| count(row, column));
        assert_eq!(zeros, [0; 4]);
        assert_eq!((&*row["first_date"], &*row["share_of_passages"]), ("", "0.0000"));
        assert_eq!((&*row["speaker"], &*row["group_words"]), ("Ada Orr", "5"));
    }
}

#[test]
fn words_are_words_of_speech() {
    let world = World::indexed(&[(
        "corpus/one.md",
        "# A long heading of words\n\nWe will act.\n\n(Applause.)\n",
    )]);
    let row = report(&world, "kind", &[]).remove(0);
    assert_eq!((&*row["group_words"], &*row["group_passages"]), ("3", "1"));
}

#[test]
fn mentions_stand_where_they_say() {
    let world = sample();
    let mentions = world.run(&["report", "mentions", "--format", "csv"]).expect(0).rows();
    for mention in mentions {
        let shown = world.show(&mention["document_id"]);
        let passages = shown["passages"].as_array().unwrap();
        let whole: String = passages
            .iter()
            .map(|passage| text(&passage["lead"]) + &text(&passage["text"]))
            .collect();
        let [start, end] =
            ["char_start", "char_end"].map(|column| mention[column].parse::<usize>().unwrap());
        let cut: String = whole.chars().skip(start).take(end - start).collect();
        assert_eq!(cut, mention["term"], "{mention:?}");
        assert!(mention["text"].contains(&cut), "{mention:?}");
        let score: f64 = mention["score"].parse().unwrap();
        assert!(score > 0.0 && score <= 1.0, "{mention:?}");
    }
}

#[test]
fn threads_do_not_show() {
    let world = sample();
    for threads in ["1", "2"] {
        world.run(&["--index", threads, "index", "corpus", "--threads", threads]).expect(0);
    }
    let both = |arguments: &[&str]| {
        let [one, two] = ["1", "2"]
            .map(|index| world.run(&[&["--index", index], arguments].concat()).expect(0).stdout);
        assert!(!one.is_empty() && one == two, "{arguments:?}");
    };
    for (grouping, _) in GROUPINGS {
        both(&["report", "priorities", "--by", grouping]);
    }
    both(&["report", "mentions"]);
    both(&["dump"]);
}

#[test]
fn what_weights_alone_label_is_shown_as_such() {
    let world = sample();
    let labels = world.run(&["report", "labels", "--format", "csv"]).expect(0).rows();
    let label = labels.iter().find(|label| label["method"] == "model").unwrap();
    assert_eq!(label["mentions"], "0");
    let shown = world.run(&["show", &label["document_id"], "--passage", &label["passage"]]);
    let expected = "(model): no term, by learned weights alone";
    assert!(shown.expect(0).stdout.contains(expected), "{expected}");
}
