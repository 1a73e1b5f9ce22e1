//! `kwic`: the matches of a query in their context, sorted, drawn and lined up.

use crate::world::{World, hits, number, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn sample() -> World {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world
}

/// Asks for all lines of a query.
fn lines(world: &World, options: &[&str], query: &str) -> Vec<Value> {
    let all = ["kwic", "--limit", "0", "--format", "json"];
    let found = world.run(&[&all, options, &["--", query]].concat()).expect(0).object();
    let lines = found["lines"].as_array().unwrap().clone();
    assert_eq!(number(&found["count"]), lines.len());
    lines
}

/// Returns where a line's node stands, by which no two lines are alike.
fn place(line: &Value) -> (String, usize) {
    (text(&line["document_id"]), number(&line["byte_start"]))
}

fn joined(line: &Value) -> String {
    ["left", "node", "right"].map(|part| text(&line[part])).concat()
}

/// Returns the whole text of a document.
fn whole(world: &World, id: &str) -> String {
    let shown = world.show(id);
    let passages = shown["passages"].as_array().unwrap();
    passages.iter().map(|passage| text(&passage["lead"]) + &text(&passage["text"])).collect()
}

/// The words of a text in the form that they are compared in.
fn words(written: &str) -> Vec<String> {
    let folded = written.to_lowercase().replace('’', "'");
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.map(|word| word.trim_matches('\'').to_owned()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn each_match_is_a_line_and_its_text_is_that_of_the_document() {
    let world = sample();
    let query = "network OR \"open internet\" OR kelmara";
    let found = world.search(query);
    let n_lit: usize =
        hits(&found).iter().map(|hit| hit["highlights"].as_array().unwrap().len()).sum();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for context in ["1", "7", "sentence", "1-sentences", "paragraph"] {
        let lines = lines(&world, &["--context", context], query);
        assert_eq!(lines.len(), n_lit, "{context}");
        assert!(lines.iter().map(place).collect::<BTreeSet<_>>().len() == n_lit);
        for line in &lines {
            let id = text(&line["document_id"]);
            let whole = texts.entry(id.clone()).or_insert_with(|| whole(&world, &id));
            let of = |field: &str| number(&line[field]);
            let (start, end) = (of("byte_start"), of("byte_end"));
            assert_eq!(whole[start..end], text(&line["node"]));
            assert_eq!(whole[..start].chars().count(), of("char_start"));
            assert_eq!(whole[..end].chars().count(), of("char_end"));
            assert!(whole[..start].ends_with(&text(&line["left"])), "{line}");
            assert!(whole[end..].starts_with(&text(&line["right"])), "{line}");
            if context == "7" {
                assert!(words(&text(&line["left"])).len() <= 7, "{line}");
            }
        }
    }
}

#[test]
fn lines_are_sorted_as_asked() {
    let world = World::with_sample_corpus();
    world.put("corpus/undated.txt", "The network of the coast.\n");
    world.run(&["index", "corpus"]).expect(0);
    let query = "the OR network OR kelmara";
    let key = |line: &Value, name: &str| -> Option<String> {
        let (left, right) = (words(&text(&line["left"])), words(&text(&line["right"])));
        match name {
            "L1" => left.iter().nth_back(0).cloned(),
            "L3" => left.iter().nth_back(2).cloned(),
            "R1" => right.first().cloned(),
            "R2" => right.get(1).cloned(),
            "node" => Some(words(&text(&line["node"])).join(" ")),
            field => line[field].as_str().map(str::to_owned),
        }
    };
    for keys in ["R1,R2,L1", "L1", "L3,node", "node,date", "speaker,R1", "date"] {
        let sorted = lines(&world, &["--sort", keys, "--context", "12"], query);
        assert!(sorted.len() > 300, "{}", sorted.len());
        let mut expected = sorted.clone();
        let order = |line: &Value| {
            let values = keys.split(',').map(|name| {
                let value = key(line, name);
                (value.is_none(), value)
            });
            (values.collect::<Vec<_>>(), place(line))
        };
        expected.sort_by_cached_key(order);
        assert!(sorted == expected, "{keys}");
    }
    let forwards = lines(&world, &["--sort", "date"], query);
    let backwards = lines(&world, &["--sort", "-date"], query);
    let dates = |lines: &[Value]| -> Vec<String> {
        lines.iter().filter_map(|line| line["date"].as_str().map(str::to_owned)).collect()
    };
    let mut reversed = dates(&forwards);
    reversed.reverse();
    assert_eq!(dates(&backwards), reversed);
    assert!(backwards.last().unwrap()["date"].is_null(), "the undated come last");
}

/// A paragraph that is cut into several passages, between two others.
fn long_paragraph() -> (String, String) {
    let sentence = |n: usize| format!("Sentence {n} is about the harbour and number {n}a of it.");
    let long: Vec<String> = (100..180).map(sentence).collect();
    let long = long.join(" ");
    (format!("Before it ends.\n\n{long}\n\nAfter it begins.\n"), long)
}

#[test]
fn context_runs_over_the_cut_of_a_paragraph_and_never_beyond_its_end() {
    let (file, long) = long_paragraph();
    let world = World::indexed(&[("corpus/one.txt", &file)]);
    let n_passages = hits(&world.search("harbour")).len();
    assert!(n_passages > 2, "{n_passages}");
    let all = lines(&world, &["--sort", "document", "--context", "12"], "harbour");
    assert_eq!(all.len(), 80);
    let of_long = words(&long);
    for (at, line) in (0_usize..).zip(&all) {
        // The node is the sixth word of eleven.
        let node = at * 11 + 5;
        assert_eq!(words(&text(&line["left"])), of_long[node.saturating_sub(12)..node], "{line}");
        let end = (node + 13).min(of_long.len());
        assert_eq!(words(&text(&line["right"])), of_long[node + 1..end], "{line}");
    }
    for line in lines(&world, &["--context", "paragraph"], "harbour") {
        assert_eq!(joined(&line), long);
    }
    let sentences: Vec<String> =
        long.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()).collect();
    for (around, context) in [(0, "sentence"), (2, "2-sentences")] {
        let shown = lines(&world, &["--sort", "document", "--context", context], "harbour");
        for (at, line) in (0_usize..).zip(&shown) {
            let first = at.saturating_sub(around);
            let end = (at + around + 1).min(sentences.len());
            assert_eq!(joined(line), sentences[first..end].join(" "));
        }
    }
    // The words beyond a cut sort too: `harbour and number 100a`, two words behind `Sentence 100`.
    let by_number = lines(&world, &["--sort", "-R3"], "about");
    assert!(joined(&by_number[0]).contains("harbour"));
    let by_left = lines(&world, &["--sort", "-L1"], "is");
    let firsts: Vec<String> =
        by_left.iter().map(|line| words(&text(&line["left"])).pop().unwrap()).collect();
    let expected: Vec<String> = (100..180).rev().map(|n| n.to_string()).collect();
    assert_eq!(firsts, expected);
}

#[test]
fn a_sample_is_the_same_however_the_index_was_made() {
    let files: Vec<(String, String)> = (0..12)
        .map(|n| {
            let paragraphs = (0..9).map(|m| format!("The harbour {m} of the north {n}.\n\n"));
            (format!("corpus/{n}.txt"), paragraphs.collect())
        })
        .collect();
    let once = World::new();
    let often = World::new();
    for (name, text) in &files {
        once.put(name, text);
    }
    once.run(&["index", "--threads", "2", "corpus"]).expect(0);
    for (at, (name, text)) in files.iter().rev().enumerate() {
        often.put(name, text);
        if at % 4 < 3 {
            continue;
        }
        often.run(&["index", "--threads", "1", "corpus"]).expect(0);
    }
    let draw = |world: &World, n: &str, seed: &str| {
        lines(world, &["--sample", n, "--seed", seed], "the OR harbour")
    };
    let drawn = draw(&once, "20", "7");
    assert_eq!(drawn.len(), 20);
    assert!(draw(&often, "20", "7") == drawn, "another order of files");
    let places = |lines: &[Value]| lines.iter().map(place).collect::<BTreeSet<_>>();
    assert!(places(&draw(&once, "50", "7")).is_superset(&places(&drawn)), "more lines");
    assert_ne!(places(&draw(&once, "20", "8")), places(&drawn), "another seed");
    // All lines are as likely: of 324, each third of the documents has its share.
    assert_eq!(draw(&once, "1000", "7").len(), 324);
    let ids: BTreeSet<String> = drawn.iter().map(|line| text(&line["document_id"])).collect();
    assert!(ids.len() > 5, "{ids:?}");
    let ran = once.run(&["kwic", "--sample", "20", "--seed", "7", "--limit", "5", "harbour"]);
    assert!(ran.stderr.contains("lines 1 to 5 of 20, drawn with seed 7"), "{}", ran.stderr);
    assert!(ran.stderr.contains("108 matches in 108 passages of 12 documents"), "{}", ran.stderr);
}

#[test]
fn pages_joined_are_all_lines_and_all_forms_say_the_same() {
    let world = sample();
    let all = lines(&world, &["--sort", "R1,L1"], "network");
    let mut joined = Vec::new();
    for offset in (0..all.len() + 7).step_by(7) {
        let offset = offset.to_string();
        let page = ["kwic", "--format", "jsonl", "--sort", "R1,L1", "--limit", "7", "--offset"];
        joined.extend(
            world.run(&[&page, [offset.as_str(), "network"].as_slice()].concat()).objects(),
        );
    }
    assert!(joined == all);
    let csv = ["kwic", "--format", "csv", "--sort", "R1,L1", "--limit", "0", "network"];
    let rows = world.run(&csv).expect(0).rows();
    assert_eq!(rows.len(), all.len());
    for (row, line) in rows.iter().zip(&all) {
        for field in ["left", "node", "right", "document_id", "path", "block", "speaker", "date"] {
            assert_eq!(row[field], line[field].as_str().unwrap_or_default(), "{field}");
        }
        for field in ["passage", "char_start", "char_end", "byte_start", "byte_end"] {
            assert_eq!(row[field], number(&line[field]).to_string(), "{field}");
        }
    }
    let chosen = ["kwic", "--format", "csv", "--columns", "title,passage", "network"];
    let ran = world.run(&chosen).expect(0);
    assert!(ran.stdout.starts_with("left,node,right,title,passage\r\n"), "{}", ran.stdout);
}

#[test]
fn nodes_stand_below_one_another() {
    let world = World::indexed(&[(
        "corpus/rows.jsonl",
        "{\"title\": \"Harbour \\u4e2d\", \"speaker\": \"Ada Orr\", \"date\": \"2011\", \"text\": \
         \"# Harbour works\\n\\nWe keep 港口和网络 the harbour open, a\\tnd a very long way behind it \
         there is more of the text.\\n\\nNai\\u0308ve: harbour.\"}\n\
         {\"text\": \"Nobody owns the harbour (Applause.)\"}\n",
    )]);
    let table = ["kwic", "--format", "table", "--sort", "document"];
    let print = |options: &[&str]| world.run(&[&table, options, &["harbour"]].concat()).expect(0);
    let shown = print(&["--width", "70"]).stdout;
    let lines: Vec<&str> = shown.lines().collect();
    // Columns of the terminal before the node: wide letters count twice, combining ones not.
    let column = |line: &str| {
        let at = line.to_lowercase().find("harbour").unwrap();
        let wide = line[..at].chars().filter(|c| ('\u{3000}'..'\u{a000}').contains(c)).count();
        let none = line[..at].chars().filter(|c| *c == '\u{308}').count();
        line[..at].chars().count() + wide - none
    };
    assert_eq!(lines.len(), 6, "{shown}");
    let columns: Vec<usize> = lines[..4].iter().map(|line| column(line)).collect();
    assert!(columns.iter().all(|at| *at == columns[0]), "{shown}");
    assert!(shown.contains("Ada Orr") && shown.contains("undated"), "{shown}");
    assert!(shown.contains(" # Harbour works\n"), "{shown}");
    assert!(lines[4].contains("4 matches in 4 passages of 2 documents"), "{shown}");
    // Whole words only.
    let right = lines.iter().find(|line| line.contains("open, a")).unwrap();
    assert!(
        "harbour open, a nd a very long way behind it"
            .contains(right[right.find("harbour").unwrap()..].trim_end()),
        "{right}"
    );
    let one = print(&["--line", "3"]).stdout;
    assert!(one.starts_with("3. "), "{one}");
    assert!(one.contains(" passage ") && one.contains("corpus/rows.jsonl line "), "{one}");
}

#[test]
fn what_cannot_be_lined_up_is_said() {
    let world = World::indexed(&[("corpus/one.txt", "Harbour one.\n\nQuay two.\n")]);
    let ran = world.run(&["kwic", "estuary"]).expect(1);
    assert!(ran.stderr.contains("no match found") && ran.rows().is_empty(), "{ran:?}");
    let ran = world.run(&["kwic", "--format", "json", "--", "-estuary"]).expect(1);
    assert_eq!(number(&ran.object()["passages_without_match"]), 2);
    assert!(ran.stderr.contains("2 passages meet the query"), "{}", ran.stderr);
    let ran = world.run(&["kwic", "--offset", "5", "harbour"]).expect(0);
    assert!(ran.stderr.contains("none after the first 5 of 1 lines"), "{}", ran.stderr);
    for (options, reason) in [
        (&["--sort", "R4"][..], "there is no key `R4`"),
        (&["--context", "0"], "`0` is no context"),
        (&["--columns", "colour"], "colour"),
        (&["--columns", "date", "--format", "json"], "json and jsonl have every field"),
        (&["--seed", "3"], "--sample"),
        (&["--sample", "0"], "0"),
    ] {
        let ran = world.run(&[&["kwic"], options, &["harbour"]].concat()).expect(2);
        assert!(ran.stderr.contains(reason) && ran.stdout.is_empty(), "{ran:?}");
    }
}

#[test]
fn a_date_is_whole_however_late_it_comes() {
    let paragraph = "The harbour, a harbour, no harbour, one harbour and the harbour again.\n\n";
    let early = format!("---\ndate: 2011\n---\n\n{}", paragraph.repeat(200));
    let late =
        "---\ndate: 2012-05-03\n---\n\nThe last harbour is deep.\n\n## A harbour\n\nSo be it.\n";
    let world = World::indexed(&[("corpus/early.md", &early), ("corpus/late.md", late)]);
    let ran = world.run(&["kwic", "--format", "table", "--limit", "0", "harbour"]).expect(0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[1001].contains(" (heading) "), "{}", lines[1001]);
    assert!(lines[0].contains(" 2011 ") && lines[1000].contains(" 2012-05-03 "), "{}", lines[1000]);
}
