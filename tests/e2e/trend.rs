//! `trend`: every number against a count of its own over what `dump` and `show` say.

use crate::world::{World, number, text};
use onrecord_text::{fold, tokens};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// Tells whether a query is measured against a passage, and which words match it.
type IsBase<'a> = &'a dyn Fn(&Said) -> bool;
type IsMatch<'a> = &'a dyn Fn(&str) -> bool;

/// A corpus with dates of every precision, gaps, zeros, headings, notes and labels of turns that
/// hold the word `harbour` or `Mayor`.
fn world() -> World {
    let rows = "\
{\"date\": \"2009-02-03\", \"speaker\": \"Ada Orr\", \"kind\": \"speech\", \"text\": \"The harbour is deep. We dredge the harbours again.\\n\\nNothing else was said of it today.\"}
{\"date\": \"2009-11\", \"speaker\": \"Ben Moss\", \"kind\": \"speech\", \"text\": \"No word of it here.\\n\\nNor here, (loud applause in the harbour) friends.\"}
{\"date\": \"2011\", \"speaker\": \"Ada Orr\", \"kind\": \"fact-sheet\", \"text\": \"A harbour and a port.\\n\\nA port alone, and the sea.\"}
{\"date\": \"2012-07-01\", \"speaker\": \"Cy \\\"X\\\" <Vale>\", \"kind\": \"speech\", \"text\": \"Cod & eels.\"}
{\"speaker\": \"Ben Moss\", \"kind\": \"speech\", \"text\": \"An undated harbour.\\n\\nStill undated.\"}
";
    let transcript = "The Harbour Meeting\nMay 3, 2012\n\nTHE MAYOR: We keep the harbour open.\n\nQ Who pays for the harbour?\n\nTHE MAYOR: The mayor does. (Laughter.)\n\n(The harbour bell rings.)\n";
    World::indexed(&[("corpus/rows.jsonl", rows), ("corpus/meeting.txt", transcript)])
}

fn trend(world: &World, arguments: &[&str]) -> Vec<Row> {
    world.run(&[&["trend", "--format", "csv"], arguments].concat()).expect(0).rows()
}

/// A passage of speech as `show` says it.
struct Said {
    document: String,
    date: String,
    kind: String,
    speaker: String,
    words: usize,
    /// Its words that are no stage direction and no label, folded.
    spoken: Vec<String>,
}

/// Reads all passages of speech of an index.
fn said(world: &World) -> Vec<Said> {
    let mut said = Vec::new();
    for id in world.dump().keys() {
        let shown = world.show(id);
        let of = |field: &str| shown[field].as_str().unwrap_or_default().to_owned();
        for passage in shown["passages"].as_array().unwrap() {
            if ["heading", "header", "note"].contains(&text(&passage["block"]).as_str()) {
                continue;
            }
            let words = number(&passage["words"]);
            // Brackets and labels of these texts hold nothing that was said.
            let mut spoken = text(&passage["text"]);
            for aside in ["(loud applause in the harbour)", "(Laughter.)", "THE MAYOR:", "Q "] {
                spoken = spoken.replace(aside, " ");
            }
            let spoken: Vec<String> =
                tokens(&spoken).map(|token| fold(&spoken[token.range()]).text).collect();
            assert_eq!(spoken.len(), words, "{passage}");
            let speaker = passage["speaker"].as_str().unwrap_or_default().to_owned();
            said.push(Said {
                document: id.clone(),
                date: of("date"),
                kind: of("kind"),
                speaker,
                words,
                spoken,
            });
        }
    }
    said
}

fn group_of(said: &Said, by: &str) -> String {
    let month = said.date.get(5..7).map(|month| month.parse::<usize>().unwrap());
    let year = said.date.get(..4).unwrap_or_default();
    match (by, month) {
        ("speaker", _) if said.speaker.is_empty() => "no speaker".to_owned(),
        ("speaker", _) => said.speaker.clone(),
        ("kind", _) => said.kind.clone(),
        _ if year.is_empty() => "no date".to_owned(),
        ("year", _) => year.to_owned(),
        (by, None) => format!("{year}, no {by}"),
        ("quarter", Some(month)) => format!("{year}-Q{}", month.div_ceil(3)),
        (_, Some(month)) => format!("{year}-{month:02}"),
    }
}

fn count(row: &Row, column: &str) -> usize {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

/// Counts what a row must say; `is_base` says what it is measured against, `is_match` which words
/// match.
fn check(row: &Row, said: &[&Said], is_base: IsBase<'_>, is_match: IsMatch<'_>) {
    let base: Vec<&&Said> = said.iter().filter(|said| is_base(said)).collect();
    let mentions = |said: &Said| said.spoken.iter().filter(|word| is_match(word.as_str())).count();
    let found: Vec<&&&Said> = base.iter().filter(|said| mentions(said) > 0).collect();
    let n_mentions: usize = base.iter().map(|said| mentions(said)).sum();
    let n_words: usize = base.iter().map(|said| said.words).sum();
    let distinct = |ids: BTreeSet<&str>| ids.len();
    assert_eq!(count(row, "mentions"), n_mentions, "{row:?}");
    assert_eq!(count(row, "passages"), found.len(), "{row:?}");
    assert_eq!(
        count(row, "documents"),
        distinct(found.iter().map(|said| said.document.as_str()).collect()),
        "{row:?}"
    );
    assert_eq!(count(row, "base_words"), n_words, "{row:?}");
    assert_eq!(count(row, "base_passages"), base.len(), "{row:?}");
    assert_eq!(
        count(row, "base_documents"),
        distinct(base.iter().map(|said| said.document.as_str()).collect()),
        "{row:?}"
    );
    if base.is_empty() {
        assert_eq!((row["flag"].split(';').next(), &*row["low"]), (Some("gap"), ""), "{row:?}");
        assert_eq!((&*row["per_1000_words"], &*row["share_of_passages"]), ("", ""), "{row:?}");
        return;
    }
    let rate = n_mentions as f64 * 1000.0 / n_words as f64;
    assert_eq!(row["per_1000_words"], format!("{rate:.4}"), "{row:?}");
    let share = found.len() as f64 / base.len() as f64;
    assert_eq!(row["share_of_passages"], format!("{share:.6}"), "{row:?}");
    let ends = ["low", "high"].map(|end| row[end].parse::<f64>().unwrap());
    assert!(0.0 <= ends[0] && ends[0] <= share + 1e-6, "{row:?}");
    assert!(share <= ends[1] + 1e-6 && ends[1] <= 1.0, "{row:?}");
    assert!(row["flag"].contains("few-passages") && !row["flag"].contains("gap"), "{row:?}");
    assert_eq!(row["flag"].contains("few-mentions"), n_mentions > 0, "{row:?}");
}

#[test]
fn every_cell_is_what_a_scan_counts() {
    let world = world();
    let said = said(&world);
    assert!(said.len() > 10);
    let everything = |_: &Said| true;
    let harbour = |word: &str| ["harbour", "harbours"].contains(&word);
    let of_orr = |said: &Said| said.speaker == "Ada Orr";
    let no_speech_of_moss = |said: &Said| said.kind == "speech" && said.speaker != "Ben Moss";
    let mayor = |word: &str| word == "mayor";
    let either = |word: &str| ["harbour", "harbours", "port"].contains(&word);
    let asked: [(&str, IsBase<'_>, IsMatch<'_>); 5] = [
        ("harbour", &everything, &harbour),
        ("harbour speaker:orr", &of_orr, &harbour),
        ("kind:speech harbour -speaker:moss", &no_speech_of_moss, &harbour),
        ("=mayor", &everything, &mayor),
        ("harbour OR port", &everything, &either),
    ];
    for by in ["year", "quarter", "month", "speaker", "kind"] {
        for (query, is_base, is_match) in asked {
            let rows = trend(&world, &[query, "--by", by]);
            let mut by_group: BTreeMap<String, Vec<&Said>> = BTreeMap::new();
            for one in &said {
                by_group.entry(group_of(one, by)).or_default().push(one);
            }
            by_group.retain(|_, of_group| of_group.iter().any(|said| is_base(said)));
            for row in &rows {
                assert_eq!(row["query"], query);
                let of_group = by_group.remove(&row["group"]).unwrap_or_default();
                check(row, &of_group, is_base, is_match);
                let is_untold = row["group"].contains("no ");
                assert_eq!(row["flag"].contains("cannot-tell"), is_untold, "{row:?}");
            }
            assert!(by_group.is_empty(), "{query} by {by}: no row for {:?}", by_group.keys());
        }
    }
}

#[test]
fn gaps_zeros_and_what_cannot_be_told_are_there() {
    let world = world();
    let flags = |arguments: &[&str]| -> Vec<(String, String)> {
        let rows = trend(&world, arguments).into_iter();
        rows.map(|row| (row["group"].clone(), row["flag"].clone())).collect()
    };
    let pair = |group: &str, flag: &str| (group.to_owned(), flag.to_owned());
    let few = "few-passages;few-mentions";
    let expected = [
        pair("2009", few),
        pair("2010", "gap"),
        pair("2011", few),
        pair("2012", few),
        pair("no date", "few-passages;few-mentions;cannot-tell"),
    ];
    assert_eq!(flags(&["harbour"]), expected);
    let rows = flags(&["dredge OR eels", "--by", "month"]);
    let months: Vec<&str> = rows.iter().map(|(group, _)| group.as_str()).collect();
    assert_eq!(months.len(), 42 + 2, "2009-02 to 2012-07 and two that cannot be told: {months:?}");
    assert_eq!(months[41..], ["2012-07", "2011, no month", "no date"]);
    assert_eq!(rows[9], pair("2009-11", "few-passages"), "a zero");
    assert_eq!(rows[10], pair("2009-12", "gap"));
    // What a date asks for is there, whether anything lies in it or not.
    let asked = flags(&["harbour date:[2008 TO 2010]"]);
    let expected = [pair("2008", "gap"), pair("2009", few), pair("2010", "gap")];
    assert_eq!(asked, expected);
}

#[test]
fn queries_are_compared_over_the_same_groups() {
    let world = world();
    let ran = world.run(&["trend", "harbour", "eels speaker:vale", "--format", "json"]).expect(0);
    let found = ran.object();
    let series = found["series"].as_array().unwrap();
    let groups = |series: &Value| -> Vec<String> {
        series["rows"].as_array().unwrap().iter().map(|row| text(&row["group"])).collect()
    };
    assert_eq!(series.len(), 2);
    assert_eq!(groups(&series[0]), groups(&series[1]));
    assert_eq!(series[0]["base"], Value::Null);
    assert_eq!(series[1]["base"], "speaker:vale");
    assert_eq!(series[1]["rows"][0]["flags"][0], "gap");
    assert_eq!(series[1]["total"]["share_of_passages"], 1.0);
    // The title, the block in brackets; inside a passage the noise, and no label.
    assert_eq!(series[0]["n_passages_not_speech"], 2);
    assert_eq!(series[0]["n_matches_not_speech"], 1);
    assert!(ran.stderr.contains("harbour: not counted: 2 passages outside speech"), "{ran:?}");
    assert!(ran.stderr.contains("not counted: 1 match in stage directions"), "{ran:?}");
}

#[test]
fn the_base_is_said_where_it_is_not_the_fields() {
    let world = world();
    let ran = |arguments: &[&str]| {
        let ran = world.run(&[&["trend", "--format", "json"], arguments].concat()).expect(0);
        (ran.object()["series"][0].clone(), ran.stderr)
    };
    let (series, message) = ran(&["harbour OR speaker:vale"]);
    assert_eq!(series["base"], Value::Null);
    assert!(message.contains("under OR") && message.contains("--base"), "{message}");
    // Found by a field alone: a passage without a mention.
    assert_eq!(
        (number(&series["total"]["mentions"]), number(&series["total"]["passages"])),
        (6, 6)
    );
    let (series, message) = ran(&["speaker:orr"]);
    assert!(message.contains("fields alone") && message.contains("no mentions"), "{message}");
    assert_eq!(series["total"]["mentions"], Value::Null);
    assert_eq!(series["total"]["per_1000_words"], Value::Null);
    assert_eq!(series["total"]["passages"], 4);
    assert!(number(&series["total"]["base_passages"]) > 4);
    let (series, _) = ran(&["harbour", "--base", "port OR sea"]);
    assert_eq!(series["base"], "port OR sea");
    let total = &series["total"];
    assert_eq!((number(&total["passages"]), number(&total["base_passages"])), (1, 2));
}

#[test]
fn speakers_are_ordered_and_limited() {
    let world = world();
    let names = |arguments: &[&str]| -> Vec<String> {
        let arguments = [&["harbour", "--by", "speaker"], arguments].concat();
        trend(&world, &arguments).into_iter().map(|row| row["group"].clone()).collect()
    };
    let vale = "Cy \"X\" <Vale>";
    assert_eq!(names(&[]), ["Ada Orr", "Ben Moss", vale, "no speaker"]);
    assert_eq!(names(&["--sort", "name"]), ["Ada Orr", "Ben Moss", vale, "no speaker"]);
    assert_eq!(names(&["--limit", "1"]), ["Ada Orr", "no speaker"]);
    let ran = world.run(&["trend", "harbour", "--by", "speaker", "--limit", "1"]).expect(0);
    assert!(ran.stderr.contains("2 more speakers; for all of them: --limit 0"), "{ran:?}");
    let ran = world.run(&["trend", "harbour", "--limit", "1"]).expect(2);
    assert!(ran.stderr.contains("not for a year"), "{ran:?}");
}

/// Speakers whose order is another by each measure: so many paragraphs of so many words, of which
/// some have the harbour.
fn unlike_speakers() -> World {
    let speech = |speaker: &str, [n, n_words, n_with]: [usize; 3]| {
        let paragraph = |at: usize| {
            let first = if at < n_with { "Harbour" } else { "Water" };
            format!("{first}{}.", " flows".repeat(n_words - 1))
        };
        let text = (0..n).map(paragraph).collect::<Vec<_>>().join("\\n\\n");
        format!("{{\"speaker\": \"{speaker}\", \"date\": \"2011\", \"text\": \"{text}\"}}\n")
    };
    // Words 100, 160, 400; mentions 10, 6, 8; of 1,000 words 100, 37.5, 20.
    let rows = speech("Ada Vale", [20, 5, 10])
        + &speech("Ben Moss", [32, 5, 6])
        + &speech("Cy Reed", [40, 10, 8]);
    World::indexed(&[("corpus/rows.jsonl", &rows)])
}

#[test]
fn each_order_is_one_of_its_own() {
    let world = unlike_speakers();
    let names = |queries: &[&str], order: &str| -> Vec<String> {
        let arguments = [queries, &["--by", "speaker", "--sort", order]].concat();
        let rows = trend(&world, &arguments).into_iter();
        let first = rows.filter(|row| row["query"] == queries[0]);
        first.map(|row| row["group"].split(' ').next().unwrap().to_owned()).collect()
    };
    for (order, expected) in [
        ("mentions", ["Ada", "Cy", "Ben"]),
        // Ada comes last: of 20 passages a rate says little.
        ("rate", ["Ben", "Cy", "Ada"]),
        ("words", ["Cy", "Ben", "Ada"]),
        ("name", ["Ada", "Ben", "Cy"]),
    ] {
        assert_eq!(names(&["harbour"], order), expected, "{order}");
        // A second query does not make the base larger.
        let both = names(&["harbour", "quay"], order);
        assert_eq!(both, expected, "{order} with another query");
    }
}

#[test]
fn a_chart_stands_below_the_table_and_in_a_file() {
    let world = world();
    let arguments = ["trend", "harbour", "mayor", "--chart", "--svg", "chart.svg"];
    let ran = world.run(&arguments).expect(0);
    for part in [
        "2010     no documents",
        "2010  1 no documents",
        "not on the axis: harbour, no date: 1 of 2 passages",
        "░",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
    let svg = world.read("chart.svg");
    assert!(svg.starts_with("<svg ") && svg.contains("<title>2010: no documents</title>"), "{svg}");
    let arguments = [
        "trend",
        "eels",
        "--by",
        "speaker",
        "--svg",
        "chart.svg",
        "--output",
        "rows.csv",
        "--chart",
    ];
    let ran = world.run(&arguments).expect(0);
    assert!(ran.stdout.starts_with("\nshare of passages, %"), "{}", ran.stdout);
    assert!(world.read("rows.csv").starts_with("group,query,mentions,"));
    let svg = world.read("chart.svg");
    assert!(svg.contains("Cy &quot;X&quot; &lt;Vale&gt;") && !svg.contains("<Vale>"), "{svg}");
    let ran = world.run(&["trend", "eels", "--chart", "--format", "csv"]).expect(2);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("--output FILE"), "{ran:?}");
    for (svg, rows) in [("x", "x"), ("./x", "x"), ("corpus/.././rows.csv", "rows.csv")] {
        let ran = world.run(&["trend", "eels", "--svg", svg, "--output", rows]).expect(2);
        assert!(ran.stderr.contains("both the rows and the chart"), "{ran:?}");
    }
}

#[test]
fn nothing_found_is_exit_1_and_an_error_exit_2() {
    let world = world();
    let ran = world.run(&["trend", "estuary", "--format", "csv"]).expect(1);
    assert!(ran.rows().iter().all(|row| row["mentions"] == "0"), "{ran:?}");
    assert!(ran.stderr.contains("estuary: nothing found in speech"), "{ran:?}");
    let ran = world.run(&["trend", "harbour", "speeker:vale"]).expect(2);
    assert!(ran.stderr.contains("^^^^^^^^"), "{ran:?}");
    world.run(&["trend", "harbour", "--by", "week"]).expect(2);
}

#[test]
fn duplicates_count_once_when_asked() {
    let speech = |n: usize| {
        let sentences =
            (0..60).map(|s| format!("Sentence {} of the harbour is number {}.", s, s * n));
        sentences.collect::<Vec<_>>().join(" ")
    };
    let (one, other) = (speech(7), speech(11));
    let world = World::indexed(&[
        ("corpus/a.txt", &format!("Remarks\nMay 3, 2012\n\n{one}\n")),
        ("corpus/b.txt", &format!("The same\nMay 4, 2012\n\n{one}\n\nThank you all.\n")),
        ("corpus/c.txt", &format!("Another\nMay 5, 2012\n\n{other}\n")),
    ]);
    let all = &trend(&world, &["harbour"])[0];
    let folded = &trend(&world, &["harbour", "--fold-duplicates"])[0];
    assert_eq!((count(all, "mentions"), count(all, "base_documents")), (180, 3));
    assert_eq!((count(folded, "mentions"), count(folded, "base_documents")), (120, 2));
    let ran = world.run(&["trend", "harbour", "--fold-duplicates"]).expect(0);
    assert!(ran.stderr.contains("1 document left out, for which duplicates stand"), "{ran:?}");
}
