//! `report`: groupings, parts, cross tables, silence, comparisons, what is in a corpus, drafts.

use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// Priorities, each with a sentence that mentions it and no other.
const SAYING: [(&str, &str); 7] = [
    ("harbours", "We will dredge the harbour again."),
    ("roads", "We will pave the highway again."),
    ("schools", "We will open the classroom again."),
    ("forests", "We will plant the woodland again."),
    ("mines", "We will close the quarry again."),
    ("rivers", "We will clean the estuary again."),
    ("letters", "We will carry the parcel again."),
];

/// The word of each that counts.
const TERMS: [&str; 7] =
    ["harbour", "highway", "classroom", "woodland", "quarry", "estuary", "parcel"];

const NOTHING: &str = "The harvest was good this year, and the weather is dry.";

fn count(row: &Row, column: &str) -> u64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

fn report(world: &World, arguments: &[&str]) -> Vec<Row> {
    world.run(&[&["report"], arguments, &["--format", "csv"]].concat()).expect(0).rows()
}

/// Says which priorities are mentioned in a text, by the labels that rules give it.
fn said(priorities: &[&str]) -> String {
    let texts = SAYING.iter().filter(|(id, _)| priorities.contains(id)).map(|(_, text)| *text);
    texts.chain([NOTHING]).collect::<Vec<_>>().join("\n\n")
}

fn index(world: &World, code: i32) {
    world.run(&["index", "corpus", "--taxonomy", "works.toml"]).expect(code);
}

/// A world in which it is known who mentioned what, and when.
fn planted(speeches: &[(&str, &str, &[&str])]) -> World {
    let world = World::new();
    let mut lines = String::new();
    for (number, (speaker, date, priorities)) in speeches.iter().enumerate() {
        let speech = serde_json::json!({
            "id": format!("s{number}"), "speaker": speaker, "date": date, "kind": "speech",
            "country": if speaker.ends_with("Orr") { "ORR" } else { "VAL" },
            "title": format!("Speech {number}"), "text": said(priorities), "words": "many", "term": "x",
        });
        lines.push_str(&format!("{speech}\n"));
    }
    let mut taxonomy = "name = \"Works\"\nversion = \"1\"\n".to_owned();
    for ((id, _), term) in SAYING.iter().zip(TERMS) {
        taxonomy.push_str(&format!(
            "[[priority]]\nid = \"{id}\"\nlabel = \"{id}\"\ndefinition = \"x\"\n[[priority.terms]]\nphrases = [\"{term}\"]\n"
        ));
    }
    world.put("works.toml", taxonomy);
    world.put("corpus/speeches.jsonl", lines);
    index(&world, 0);
    world
}

const SPEECHES: &[(&str, &str, &[&str])] = &[
    ("Ada Orr", "2010-03-01", &["harbours", "schools"]),
    ("Ada Orr", "2011-05-02", &["harbours"]),
    ("Ada Orr", "2013-01-01", &["forests"]),
    ("Ben Vale", "2010-04-01", &["roads", "forests"]),
    ("Ben Vale", "2011-06-01", &[]),
    ("Cy Vale", "2013-07-01", &["harbours", "roads", "schools", "forests"]),
];

#[test]
fn planted_gaps_are_all_listed_and_nothing_else() {
    let world = planted(SPEECHES);
    let all: BTreeSet<String> = report(&world, &["priorities", "--by", "none"])
        .iter()
        .map(|row| row["priority_id"].clone())
        .collect();
    let year = |date: &str| date[..4].to_owned();
    for by in ["speaker", "year", "speaker,year", "country"] {
        let key = |(speaker, date, _): &(&str, &str, &[&str])| match by {
            "speaker" => vec![(*speaker).to_owned()],
            "year" => vec![year(date)],
            "country" => vec![if speaker.ends_with("Orr") { "ORR" } else { "VAL" }.to_owned()],
            _ => vec![(*speaker).to_owned(), year(date)],
        };
        let mut mentioned: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for speech in SPEECHES {
            let ids = mentioned.entry(key(speech)).or_default();
            ids.extend(speech.2.iter().map(|id| (*id).to_owned()));
        }
        let gaps: BTreeSet<(Vec<String>, String)> = mentioned
            .iter()
            .flat_map(|(key, ids)| all.difference(ids).map(|id| (key.clone(), id.clone())))
            .collect();
        let columns: Vec<&str> = by.split(',').collect();
        let rows = report(&world, &["coverage", "--by", by]);
        let found: BTreeSet<(Vec<String>, String)> = rows
            .iter()
            .map(|row| {
                let key = columns.iter().map(|column| row[*column].clone()).collect();
                (key, row["priority_id"].clone())
            })
            .collect();
        assert_eq!(found, gaps, "{by}");
        assert_eq!(rows.len(), gaps.len(), "{by}");
        assert!(rows.iter().all(|row| row["status"] == "silent" && row["mentions"] == "0"));
        let listed = report(&world, &["coverage", "--by", by, "--all"]);
        // Nobody spoke in 2012, which is no silence.
        let is_told = |row: &&Row| row["status"] != "no-speech";
        let told: Vec<&Row> = listed.iter().filter(is_told).collect();
        assert_eq!(told.len(), mentioned.len() * all.len(), "{by}");
        let untold = if by == "year" { all.len() } else { 0 };
        assert_eq!(listed.len() - told.len(), untold, "{by}");
    }
}

#[test]
fn silence_says_when_it_began_and_how_much_it_says() {
    let world = planted(SPEECHES);
    let rows = report(&world, &["coverage", "--query", "date:2013"]);
    let row = |speaker: &str, id: &str| {
        let is_it = |row: &&Row| row["speaker"] == speaker && row["priority_id"] == id;
        rows.iter().find(is_it).cloned().unwrap_or_else(|| panic!("{speaker} {id}: {rows:?}"))
    };
    // In 2013 Orr has two passages, one of them on forests; Vale has five.
    assert_eq!(row("Ada Orr", "harbours")["last_date"], "2011-05-02");
    assert_eq!(row("Ada Orr", "schools")["last_date"], "2010-03-01");
    assert_eq!(row("Ada Orr", "roads")["last_date"], "");
    let of_law = row("Ada Orr", "harbours");
    assert_eq!((count(&of_law, "group_passages"), &*of_law["others_share"]), (2, "0.200000"));
    assert_eq!((&*of_law["expected_passages"], &*of_law["chance_of_none"]), ("0.40", "0.640000"));
    assert_eq!(of_law["flag"], "few-passages");
    let by_year = report(&world, &["coverage", "--by", "year"]);
    let of_year = |year: &str, id: &str| {
        let row = by_year.iter().find(|row| row["year"] == year && row["priority_id"] == id);
        row.map(|row| row["last_date"].clone())
    };
    assert_eq!(of_year("2011", "schools").as_deref(), Some("2010-03-01"));
    assert_eq!(of_year("2010", "mines").as_deref(), Some(""));
    assert_eq!(of_year("2013", "schools"), None);
}

#[test]
fn groups_of_nobody_are_told_and_not_listed() {
    let world = planted(&[("Ada Orr", "2010-03-01", &["schools"])]);
    world.put("corpus/sheet.txt", format!("FACT SHEET\n\n{}\n", said(&["forests"])));
    index(&world, 0);
    let ran = world.run(&["report", "coverage"]).expect(0);
    assert!(ran.rows().iter().all(|row| row["speaker"] == "Ada Orr"), "{}", ran.stdout);
    assert!(ran.stderr.contains("left out: "), "{}", ran.stderr);
    let all = report(&world, &["coverage", "--all"]);
    assert!(all.iter().any(|row| row["speaker"].is_empty()));
}

#[test]
fn groupings_cross_and_their_sums_are_those_of_one() {
    let world = planted(SPEECHES);
    let single = report(&world, &["priorities", "--by", "speaker"]);
    let crossed = report(&world, &["priorities", "--by", "speaker,year"]);
    for row in &single {
        let own = crossed.iter().filter(|cell| {
            cell["speaker"] == row["speaker"] && cell["priority_id"] == row["priority_id"]
        });
        for column in
            ["mentions", "passages", "documents", "words", "group_passages", "group_words"]
        {
            let sum: u64 = own.clone().map(|cell| count(cell, column)).sum();
            assert_eq!(sum, count(row, column), "{column} {row:?}");
        }
    }
    let columns = "quarter,group_documents,flag";
    let quarters = report(&world, &["priorities", "--by", "quarter", "--columns", columns]);
    assert_eq!(quarters.len(), 15 * 7, "from the first to the last without a hole");
    let is_gap = |row: &&Row| row["flag"] == "gap";
    assert_eq!(quarters.iter().filter(is_gap).count(), 10 * 7);
    let found: BTreeSet<(String, String)> = quarters
        .iter()
        .filter(|row| !is_gap(row))
        .map(|row| (row["quarter"].clone(), row["group_documents"].clone()))
        .collect();
    let expected =
        [("2010-Q1", "1"), ("2010-Q2", "1"), ("2011-Q2", "2"), ("2013-Q1", "1"), ("2013-Q3", "1")];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    assert_eq!(quarters[0].len(), 3);
}

#[test]
fn cross_tables_hold_the_same_numbers_side_by_side() {
    let world = planted(SPEECHES);
    let long = report(&world, &["priorities", "--by", "country,year"]);
    for (measure, column) in [
        ("mentions", "mentions"),
        ("passages", "passages"),
        ("documents", "documents"),
        ("per-1000-words", "per_1000_words"),
        ("share-of-passages", "share_of_passages"),
    ] {
        let wide = report(&world, &["priorities", "--by", "country,year", "--cross", measure]);
        assert_eq!(wide.len() * 7, long.len());
        for cell in &long {
            let is_group =
                |row: &&Row| row["country"] == cell["country"] && row["year"] == cell["year"];
            let row = wide.iter().find(is_group).unwrap();
            assert_eq!(row[&cell["priority_id"]], cell[column], "{measure} {cell:?}");
            assert_eq!(row["group_words"], cell["group_words"]);
        }
    }
}

#[test]
fn parts_count_for_themselves() {
    let world = planted(SPEECHES);
    let parts = ["--part", "Orrs=speaker:orr", "--part", "All=NOT title:nothing"];
    let rows = report(&world, &[&["priorities"], &parts[..]].concat());
    let single = report(&world, &["priorities", "--by", "none", "--query", "speaker:orr"]);
    let all = report(&world, &["priorities", "--by", "none"]);
    for (part, expected) in [("Orrs", single), ("All", all)] {
        let own: Vec<&Row> = rows.iter().filter(|row| row["part"] == part).collect();
        assert_eq!(own.len(), 7);
        for (row, expected) in own.iter().zip(&expected) {
            let without: Row = row
                .iter()
                .filter(|(name, _)| *name != "part")
                .map(|(a, b)| (a.clone(), b.clone()))
                .collect();
            assert_eq!(without, *expected);
        }
    }
    let exploded = report(&world, &[&["priorities", "--explode"], &parts[..]].concat());
    for row in &rows {
        let is_behind =
            |one: &&Row| one["part"] == row["part"] && one["priority_id"] == row["priority_id"];
        assert_eq!(exploded.iter().filter(is_behind).count() as u64, count(row, "mentions"));
    }
    let ran = world
        .run(&["report", "priorities", "--part", "A=speaker:orr", "--part", "A=doc:1"])
        .expect(2);
    assert!(ran.stderr.contains("two parts are called `A`"), "{}", ran.stderr);
}

#[test]
fn parts_that_find_nothing_are_there_and_told() {
    let world = planted(SPEECHES);
    let parts = ["--part", "Orrs=speaker:orr", "--part", "Typo=speaker:or"];
    for (kind, by, n_rows) in [("priorities", "none", 7), ("priorities", "year", 4 * 7)] {
        let arguments = [&["report", kind, "--by", by, "--format", "csv"], &parts[..]].concat();
        let ran = world.run(&arguments).expect(0);
        assert!(ran.stderr.contains("part `Typo`: no passage"), "{}", ran.stderr);
        let own: Vec<Row> = ran.rows().into_iter().filter(|row| row["part"] == "Typo").collect();
        assert_eq!(own.len(), n_rows, "{by}");
        assert!(own.iter().all(|row| row["flag"] == "gap" && row["group_passages"] == "0"));
    }
    let ran =
        world.run(&[&["report", "coverage", "--format", "csv"], &parts[..]].concat()).expect(0);
    assert!(ran.stderr.contains("part `Typo`: no passage"), "{}", ran.stderr);
    assert!(
        ran.rows().iter().all(|row| row["part"] == "Orrs"),
        "what cannot be told is no silence"
    );
    let header = |query: &str| {
        let arguments = ["report", "priorities", "--cross", "mentions", "--format", "csv"];
        let ran = world.run(&[&arguments[..], &["--query", query]].concat());
        ran.stdout.lines().next().unwrap().to_owned()
    };
    assert_eq!(header("speaker:orr"), header("speaker:nobody"));
}

#[test]
fn the_others_of_a_part_are_its_other_groups_and_what_lies_outside() {
    let world = planted(SPEECHES);
    let parts = ["--part", "Orrs=speaker:orr"];
    let rows = report(&world, &[&["coverage", "--by", "year"], &parts[..]].concat());
    let row = rows
        .iter()
        .find(|row| row["year"] == "2013" && row["priority_id"] == "harbours")
        .unwrap_or_else(|| panic!("{rows:?}"));
    // Orr has 3 and 2 passages in 2010 and 2011, both with a mention; the others 3, 1 and 5, one with.
    assert_eq!(row["others_share"], format!("{:.6}", 3.0 / 14.0), "{row:?}");
    assert_eq!(row["last_date"], "2011-05-02");
}

/// A world with a speech that is there twice, once with a few words more, under two names.
fn copied() -> World {
    let world = planted(SPEECHES);
    let sentences: Vec<String> = (0..60)
        .map(|n| format!("The ferry number {n} leaves the pier at {} past eight.", n * 7 % 60))
        .collect();
    let copy = |more: &str, speaker: &str| {
        let text = format!("{}\n\nWe will dredge the harbour again.{more}", sentences.join(" "));
        serde_json::json!({"text": text, "speaker": speaker, "date": "2011-05-02", "kind": "speech"})
    };
    let lines = [copy(" And we will say so.", "Dee Pol"), copy("", "Eve Quin")];
    world.put("corpus/copies.jsonl", format!("{}\n{}\n", lines[0], lines[1]));
    index(&world, 0);
    world
}

#[test]
fn folded_copies_count_once_everywhere() {
    let world = copied();
    let fold = "--fold-duplicates";
    let of = |rows: &[Row], id: &str| {
        let own = rows.iter().find(|row| row["priority_id"] == id).cloned();
        own.unwrap_or_else(|| panic!("{rows:?}"))
    };
    let counts = |options: &[&str]| {
        let rows = report(&world, &[&["priorities", "--by", "none"], options].concat());
        of(&rows, "harbours")
    };
    let (all, folded) = (counts(&[]), counts(&[fold]));
    assert_eq!(count(&all, "mentions") - 1, count(&folded, "mentions"));
    assert_eq!(folded["folded_documents"], "1");
    for kind in ["mentions", "labels"] {
        let rows = report(&world, &[kind, fold, "--priority", "harbours"]);
        assert_eq!(rows.len() as u64, count(&folded, "mentions"), "{kind}");
        assert!(
            rows.iter().all(|row| row["speaker"] != "Eve Quin" && row["priority_id"] == "harbours")
        );
    }
    let exploded = report(&world, &["priorities", "--by", "none", "--explode", fold]);
    let own = exploded.iter().filter(|row| row["priority_id"] == "harbours").count();
    assert_eq!(own as u64, count(&folded, "mentions"));
    let silent = report(&world, &["coverage", "--by", "none", "--all", fold]);
    assert_eq!(of(&silent, "harbours")["mentions"], folded["mentions"]);
    let compared = report(&world, &["compare", "date:2011", fold]);
    let row = compared.iter().find(|row| row["id"] == "harbours").unwrap();
    assert_eq!((&*row["mentions_a"], &*row["folded_documents"]), ("2", "1"));
    assert!(
        compared
            .iter()
            .filter(|row| row["item"] == "keyword")
            .all(|row| row["folded_documents"].is_empty())
    );
    world.run(&["report", "overview", fold, "--output", "o.html"]).expect(0);
    let page = world.read("o.html");
    for (name, column) in
        [("Documents", "group_documents"), ("Passages of speech", "group_passages")]
    {
        let card = format!("<dt>{name}</dt><dd dir=\"auto\">{}</dd>", folded[column]);
        assert!(page.contains(&card), "{card}");
    }
    // A part whose only passages are a copy is not silent because the other one stands for it.
    let parts = ["--part", "Quin=speaker:quin", fold];
    let silent = report(&world, &[&["coverage"], &parts[..]].concat());
    assert!(silent.iter().all(|row| row["priority_id"] != "harbours"), "{silent:?}");
}

#[test]
fn the_command_behind_a_figure_lists_its_passages() {
    let world = copied();
    for options in [&[][..], &["--fold-duplicates"]] {
        let arguments = ["report", "overview", "--passages", "1", "--output", "o.html"];
        world.run(&[&arguments[..], options].concat()).expect(0);
        let page = world.read("o.html");
        let mut n_checked = 0;
        let blocks: Vec<&str> = page.split(" passages shown; all of them: <code>").collect();
        for pair in blocks.windows(2) {
            let n: usize = pair[0].rsplit(' ').next().unwrap().replace(',', "").parse().unwrap();
            let command = pair[1].split("</code>").next().unwrap();
            let command = command.replace("&#39;", "'").replace("&quot;", "\"");
            let parts = command.split('\'').enumerate();
            let words = parts.flat_map(|(at, part)| match at % 2 {
                1 => vec![part],
                _ => part.split_whitespace().collect(),
            });
            let words: Vec<&str> = words.skip(1).collect();
            let rows = world.run(&[&words[..], &["--format", "csv"]].concat()).expect(0).rows();
            assert_eq!(rows.len(), n, "{command}");
            n_checked += 1;
        }
        assert!(n_checked > 3, "{n_checked}");
    }
}

#[test]
fn what_cannot_be_grouped_by_is_told() {
    let world = planted(SPEECHES);
    for (arguments, expected) in [
        (&["priorities", "--by", "contry"][..], "fields of the documents: country, "),
        (&["priorities", "--by", "year,year"], "grouped by twice"),
        (&["priorities", "--by", "none,year"], "`none` stands alone"),
        (&["priorities", "--by", "words"], "two columns of that name"),
        (&["priorities", "--by", "term", "--explode"], "two columns of that name"),
        (&["mentions", "--priority", "harbors"], "there are: "),
        (&["priorities", "--columns", "speaker,nothing"], "nothing"),
        (&["columns", "nothing"], "there are: "),
        (&["priorities", "--part", "speaker:orr"], "NAME=QUERY"),
        (&["overview", "--format", "csv"], "an overview is a page"),
    ] {
        let ran = world.run(&[&["report"], arguments].concat()).expect(2);
        assert!(ran.stderr.contains(expected), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_field_called_as_a_column_keeps_its_words() {
    let world = planted(SPEECHES);
    let undated = serde_json::json!({"date": "early in the spring", "text": said(&["harbours"])});
    world.put("corpus/undated.jsonl", format!("{undated}\n"));
    index(&world, 3);
    for kind in ["priorities", "coverage"] {
        let rows = report(&world, &[kind, "--by", "date", "--query", "-speaker:orr -speaker:vale"]);
        let dates: BTreeSet<&str> = rows.iter().map(|row| &*row["date"]).collect();
        assert_eq!(dates, BTreeSet::from(["early in the spring"]), "{kind}");
    }
}

#[test]
fn exploded_rows_add_up_to_every_cell() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    for options in [
        &["--by", "year"][..],
        &["--by", "kind,year", "--query", "network OR date:2011"],
        &["--by", "document"],
        &["--by", "speaker", "--fold-duplicates"],
        &["--by", "none"],
    ] {
        let counts = report(&world, &[&["priorities"], options].concat());
        let exploded = report(&world, &[&["priorities", "--explode"], options].concat());
        let groups: Vec<String> = counts[0]
            .keys()
            .filter(|name| {
                exploded[0].contains_key(*name)
                    && !["priority", "mentions"].contains(&name.as_str())
            })
            .cloned()
            .collect();
        let key = |row: &Row| groups.iter().map(|name| row[name].clone()).collect::<Vec<_>>();
        let mut behind: BTreeMap<Vec<String>, Vec<&Row>> = BTreeMap::new();
        for row in &exploded {
            behind.entry(key(row)).or_default().push(row);
        }
        for cell in &counts {
            let rows = behind.remove(&key(cell)).unwrap_or_default();
            let n_mentions = rows.iter().filter(|row| !row["term"].is_empty()).count();
            let passages: BTreeSet<(&String, &String)> =
                rows.iter().map(|row| (&row["document_id"], &row["passage"])).collect();
            assert_eq!(count(cell, "mentions"), n_mentions as u64, "{options:?} {cell:?}");
            assert_eq!(count(cell, "passages"), passages.len() as u64, "{options:?} {cell:?}");
        }
        assert!(behind.is_empty(), "{options:?} {behind:?}");
    }
}

#[test]
fn comparisons_have_the_counts_of_both_parts() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    let rows = report(&world, &["compare", "speaker:valtari", "date:2011", "--keywords", "3"]);
    let keywords = rows.iter().filter(|row| row["item"] == "keyword").count();
    assert!((1..=6).contains(&keywords), "{rows:?}");
    let of = |query: &str| report(&world, &["priorities", "--by", "none", "--query", query]);
    let (a, b) = (of("speaker:valtari"), of("date:2011 -speaker:valtari"));
    for ((row, a), b) in rows.iter().zip(&a).zip(&b) {
        for (side, counts) in [("a", a), ("b", b)] {
            for (column, counted) in [
                ("mentions", "mentions"),
                ("words", "group_words"),
                ("passages", "passages"),
                ("all_passages", "group_passages"),
                ("documents", "documents"),
            ] {
                let found = &row[&format!("{column}_{side}")];
                assert_eq!(*found, counts[counted], "{column} {side} {row:?}");
            }
        }
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        assert!((number("difference") - (number("share_a") - number("share_b"))).abs() < 2e-6);
        assert!(number("difference_low") <= number("difference"));
        let is_told = number("difference_low") > 0.0 || number("difference_high") < 0.0;
        assert_eq!(row["more_in"] != "cannot-tell", is_told, "{row:?}");
    }
    let keyness = world
        .run(&["keyness", "speaker:valtari", "date:2011", "--content", "--limit", "3"])
        .expect(0)
        .rows();
    let words =
        |rows: &[Row], column: &str| rows.iter().map(|row| row[column].clone()).collect::<Vec<_>>();
    let found: Vec<Row> = rows.iter().filter(|row| row["item"] == "keyword").cloned().collect();
    let expected: Vec<Row> = keyness.into_iter().filter(|row| row["key"] != "same").collect();
    assert_eq!(words(&found, "id"), words(&expected, "word"));
}

#[test]
fn a_corpus_is_counted_with_its_gaps_and_what_is_not_in_it() {
    let world = planted(SPEECHES);
    world.put("corpus/empty.txt", "\n");
    world.put("corpus/undated.txt", "Some words that have no date at all.\n");
    index(&world, 3);
    let rows = report(&world, &["corpus"]);
    let part = |part: &str| {
        let named = rows.iter().filter(|row| row["part"] == part);
        named.map(|row| (row["name"].clone(), row["documents"].clone())).collect::<Vec<_>>()
    };
    let named = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(part("all"), named(&[("", "7")]));
    assert_eq!(part("year"), named(&[("2010", "2"), ("2011", "2"), ("2013", "2")]));
    assert_eq!(part("gap"), named(&[("2012", "0")]));
    assert_eq!(part("no-date"), named(&[("", "1")]));
    assert_eq!(part("speaker").len(), 4);
    assert_eq!(part("skipped-file"), named(&[("corpus/empty.txt", "")]));
    let sums = |part: &str, column: &str| {
        rows.iter().filter(|row| row["part"] == part).map(|row| count(row, column)).sum::<u64>()
    };
    for column in ["documents", "passages", "words"] {
        let all = sums("all", column);
        assert_eq!(sums("year", column) + sums("no-date", column), all, "{column}");
        assert_eq!(sums("kind", column), all, "{column}");
        assert_eq!(sums("language", column), all, "{column}");
    }
    assert_eq!(sums("speaker", "words"), sums("all", "words"));
    let documents = report(&world, &["corpus", "--explode"]);
    assert_eq!(documents.len(), 7);
    let words: u64 = documents.iter().map(|row| count(row, "words")).sum();
    assert_eq!(words, sums("all", "words"));
}

#[test]
fn each_draft_of_a_folder_has_its_rows() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "President: Ada Orr\n\nWe will dredge the harbour before the winter comes to it.\n",
    )]);
    world.put(
        "drafts/a.md",
        "Orr said: \"We will dredge the harbour before the winter comes to it.\"\n",
    );
    world.put(
        "drafts/b/wrong.txt",
        "Orr said: \"We will never dredge the harbour before the winter.\"\n",
    );
    world.put("drafts/c.txt", "No quotation here.\n");
    world.put("drafts/d.docx", b"PK\x03\x04 and no more");
    // The report and its manifest may lie among the drafts.
    world.run(&["report", "check", "drafts", "--output", "drafts/report.csv"]).expect(1);
    let again = world.run(&["report", "rerun", "drafts/report.csv.manifest.json"]).expect(0);
    assert!(again.stdout.starts_with("same"), "{}", again.stdout);
    let other = world.run(&["report", "check", "drafts", "--format", "csv"]).expect(1).rows();
    assert!(other.iter().all(|row| !row["draft"].contains("report")), "{other:?}");
    let gone = world.run(&["report", "check", "nowhere"]).expect(2);
    assert!(gone.stderr.contains("there is no draft `nowhere`"), "{}", gone.stderr);
    std::fs::remove_file(world.path("drafts/report.csv")).unwrap();
    std::fs::remove_file(world.path("drafts/report.csv.manifest.json")).unwrap();
    for drafts in ["drafts/a.md", "drafts"] {
        let ran = world.run(&["report", "check", drafts, "--output", "drafts/a.md"]).expect(2);
        assert!(ran.stderr.contains("written over"), "{}", ran.stderr);
    }
    world.put(
        "onrecord.toml",
        "index = \"index\"\n[[report]]\nname = \"over\"\nkind = \"check\"\ndrafts = [\"drafts\"]\nformat = \"md\"\npath = \"drafts/a.md\"\n",
    );
    let ran = world.run(&["report", "all"]).expect(2);
    assert!(ran.stderr.contains("written over"), "{}", ran.stderr);
    assert!(world.read("drafts/a.md").starts_with("Orr said"));
    let ran = world.run(&["report", "check", "drafts", "--format", "csv"]).expect(1);
    let rows = ran.rows();
    let found: Vec<(String, String)> =
        rows.iter().map(|row| (row["draft"].replace('\\', "/"), row["verdict"].clone())).collect();
    let expected = [
        ("drafts/a.md", "exact"),
        ("drafts/b/wrong.txt", "altered"),
        ("drafts/c.txt", ""),
        ("drafts/d.docx", "not-checkable"),
    ];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert!(rows[2]["reason"].contains("no quotation") && !rows[3]["reason"].is_empty());
    world.run(&["report", "check", "drafts/a.md"]).expect(0);
}

#[test]
fn an_overview_is_a_page_charts_and_a_drawing() {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world.run(&["report", "overview", "--output", "o.html", "--svg", "charts"]).expect(0);
    let page = world.read("o.html");
    for absent in ["<script", "src=", "http:", "https:", "@import", "url(http"] {
        assert!(!page.contains(absent), "{absent}");
    }
    let total: u64 = report(&world, &["priorities", "--by", "none"])
        .iter()
        .map(|row| count(row, "mentions"))
        .sum();
    assert!(page.contains(&format!("<dd dir=\"auto\">{total}</dd>")), "{total}");
    for chart in ["priorities", "timeline", "speakers"] {
        assert!(world.read(&format!("charts/{chart}.svg")).contains("</svg>"));
    }
    let drawn = world.run(&["report", "overview", "--format", "table"]).expect(0).stdout;
    assert!(drawn.contains("BY YEAR") && drawn.contains("Irena Valtari"), "{drawn}");
}
