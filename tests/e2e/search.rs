//! `search`: answers, pages, facets, forms and errors.

use crate::world::{Random, World, hits, number, text};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Finds every passage.
const ALL: &str = "-zzzz";

fn sample() -> World {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus"]).expect(0);
    world
}

fn places(hits: &[Value]) -> Vec<(String, usize)> {
    hits.iter().map(|hit| (text(&hit["document_id"]), number(&hit["passage"]))).collect()
}

#[test]
fn a_hit_says_all_that_is_needed_to_cite_it() {
    let world = World::indexed(&[(
        "corpus/rows.jsonl",
        "\n{\"title\": \"Harbour\", \"speaker\": \"Ada Orr\", \"date\": \"2011-07\", \"kind\": \"speech\", \
         \"text\": \"Señor, “we” dredge.\\n\\nThe naïve dredge the harbour.\"}\n",
    )]);
    let found = world.search("harbour");
    assert_eq!(found["count"], 1);
    let mut hit = found["hits"][0].clone();
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    for volatile in ["score", "document_id"] {
        hit.as_object_mut().unwrap().remove(volatile);
    }
    let expected = json!({
        "path": "corpus/rows.jsonl", "record": 2, "title": "Harbour", "speaker": "Ada Orr",
        "date": "2011-07", "kind": "speech", "passage": 1, "page": null, "block": "paragraph",
        "heading_path": [], "text": "The naïve dredge the harbour.", "priorities": [],
        "highlights": [{"start": 22, "end": 29, "char_start": 21, "char_end": 28}],
        "byte_start": 26, "byte_end": 56, "char_start": 21, "char_end": 50,
    });
    assert_eq!(hit, expected);
}

#[test]
fn offsets_cut_the_text_of_the_document() {
    let world = sample();
    let mut by_document: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for hit in hits(&world.search("the OR and OR cyber OR kelmara")) {
        by_document.entry(text(&hit["document_id"])).or_default().push(hit.clone());
    }
    assert!(by_document.len() > 40);
    for (id, hits) in by_document {
        let shown = world.show(&id);
        let passages = shown["passages"].as_array().unwrap();
        let whole: String = passages
            .iter()
            .map(|passage| text(&passage["lead"]) + &text(&passage["text"]))
            .collect();
        let chars: Vec<char> = whole.chars().collect();
        for hit in hits {
            let shown = text(&hit["text"]);
            let of = |field: &str| number(&hit[field]);
            assert_eq!(whole[of("byte_start")..of("byte_end")], shown);
            assert_eq!(chars[of("char_start")..of("char_end")].iter().collect::<String>(), shown);
            assert_eq!(text(&passages[of("passage")]["text"]), shown);
            let shown_chars: Vec<char> = shown.chars().collect();
            let lit = hit["highlights"].as_array().unwrap();
            assert!(!lit.is_empty(), "{hit}");
            for light in lit {
                let of = |field: &str| number(&light[field]);
                let by_chars: String =
                    shown_chars[of("char_start")..of("char_end")].iter().collect();
                assert_eq!(shown[of("start")..of("end")], by_chars);
                let word = by_chars.to_lowercase().replace('’', "'");
                let word = word.strip_suffix("'s").unwrap_or(&word);
                assert!(["the", "and", "cyber", "kelmara"].contains(&word), "{by_chars}");
            }
        }
    }
}

#[test]
fn a_document_is_stored_whole() {
    let world = sample();
    for (id, line) in world.dump() {
        let shown = world.show(&id);
        assert_eq!(shown["blake3"], line["blake3"]);
        assert_eq!(shown["passages"].as_array().unwrap().len(), number(&line["passages"]));
    }
}

#[test]
fn pages_joined_are_the_whole_answer() {
    let world = sample();
    for (query, page) in [("networks", 3), ("networks OR internet OR states", 7), (ALL, 300)] {
        let all = world.search(query);
        let count = number(&all["count"]);
        assert_eq!(hits(&all).len(), count);
        assert_eq!(places(hits(&all)).into_iter().collect::<BTreeSet<_>>().len(), count);
        assert!(count > 2 * page, "{query}: {count}");
        let mut joined = Vec::new();
        for offset in (0..count + page).step_by(page) {
            let options = ["--limit", &page.to_string(), "--offset", &offset.to_string()];
            let ran = world.search_with(&options, query);
            assert_eq!(number(&ran["count"]), count);
            joined.extend(hits(&ran).to_vec());
        }
        assert!(joined == hits(&all), "{query}");
        assert_eq!(hits(&world.search_with(&[], query)).len(), 10);
    }
}

#[test]
fn all_forms_say_the_same() {
    let world = sample();
    let query = "cyber OR network";
    let object = world.search(query);
    let ran =
        |format| world.run(&["search", "--limit", "0", "--format", format, "--", query]).expect(0);
    assert!(ran("jsonl").objects() == hits(&object));
    let rows = ran("csv").rows();
    assert_eq!(rows.len(), hits(&object).len());
    for (row, hit) in rows.iter().zip(hits(&object)) {
        for field in ["document_id", "path", "title", "speaker", "date", "kind", "block", "text"] {
            assert_eq!(row[field], hit[field].as_str().unwrap_or_default(), "{field}");
        }
        for field in ["passage", "byte_start", "byte_end", "char_start", "char_end"] {
            assert_eq!(row[field], number(&hit[field]).to_string(), "{field}");
        }
    }
    let tsv = ran("tsv").stdout;
    let rows_of_tsv =
        csv::ReaderBuilder::new().delimiter(b'\t').from_reader(tsv.as_bytes()).records().count();
    assert_eq!(rows_of_tsv, rows.len());
}

#[test]
fn options_may_stand_behind_the_query() {
    let world = World::indexed(&[("corpus/one.txt", "Harbour one.\n\nHarbour two.\n")]);
    let ran = world.run(&["search", "harbour", "--limit", "1", "--format", "json"]).expect(0);
    let found = ran.object();
    assert_eq!((number(&found["count"]), hits(&found).len()), (2, 1));
}

#[test]
fn finding_nothing_is_exit_1_and_still_an_answer() {
    let world = World::indexed(&[("corpus/one.txt", "Harbour one.\n")]);
    let ran = world.run(&["search", "--format", "json", "estuary"]).expect(1);
    let nothing = json!({
        "parts": [{"part": "estuary", "count": 0, "similar": []}],
        "relaxations": [],
    });
    assert_eq!(ran.object(), json!({"count": 0, "nothing": nothing, "hits": []}));
    assert_eq!(world.run(&["search", "--format", "jsonl", "estuary"]).expect(1).stdout, "");
    let ran = world.run(&["search", "--format", "csv", "estuary"]).expect(1);
    assert!(ran.stdout.starts_with("document_id,") && ran.rows().is_empty(), "{}", ran.stdout);
}

#[test]
fn an_error_marks_the_place() {
    let world = World::indexed(&[("corpus/one.txt", "Harbour one.\n")]);
    for (query, place) in [
        ("harbour AND", "harbour AND"),
        ("speeker:orr", "speeker"),
        ("secure?", "?"),
        ("\"open harbour", "\""),
        ("(harbour OR quay", "("),
        ("date:2011-02-30", "2011-02-30"),
        ("priority:fishing", "priority:fishing"),
    ] {
        let ran = world.run(&["search", "--format", "json", "--", query]).expect(2);
        assert_eq!(ran.stdout, "", "{query}");
        let lines: Vec<&str> = ran.stderr.lines().collect();
        let at =
            lines.iter().position(|line| line.trim() == query).unwrap_or_else(|| panic!("{ran:?}"));
        let (written, marks) = (lines[at], lines[at + 1]);
        let start = marks.find('^').unwrap_or_else(|| panic!("{ran:?}"));
        let end = marks.rfind('^').unwrap() + 1;
        let wanted = written.rfind(place).unwrap_or(written.len());
        let touched = start <= wanted + place.len() && end >= wanted;
        assert!(touched, "{query}: {}", ran.stderr);
    }
}

#[test]
fn any_of_the_words_ranks_by_how_many() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "The harbour is deep here.\n\nThe quay is old here.\n\nThe harbour and the quay meet.\n\nNothing here.\n",
    )]);
    assert_eq!(world.search("harbour quay")["count"], 1);
    let found = world.search_with(&["--match", "any"], "harbour quay");
    assert_eq!(found["count"], 3);
    assert_eq!(found["hits"][0]["text"], "The harbour and the quay meet.");
    let found = world.search_with(&["--match", "any"], "harbour quay -old");
    assert_eq!(found["count"], 2);
    let found = world.search_with(&["--match", "any"], "+harbour quay");
    assert_eq!(found["count"], 2);
    assert_eq!(found["hits"][0]["text"], "The harbour and the quay meet.");
}

#[test]
fn a_narrower_question_finds_a_part() {
    let world = sample();
    let mut random = Random(11);
    let all = hits(&world.search(ALL)).to_vec();
    let mut words: Vec<String> = Vec::new();
    while words.len() < 16 {
        let passage = text(&all[random.below(all.len())]["text"]);
        let long: Vec<&str> = passage
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() > 3)
            .collect();
        if !long.is_empty() {
            words.push(long[random.below(long.len())].to_lowercase());
        }
    }
    let found =
        |query: &str| places(hits(&world.search(query))).into_iter().collect::<BTreeSet<_>>();
    let everything = places(&all).into_iter().collect::<BTreeSet<_>>();
    for pair in words.chunks_exact(2) {
        let [a, b] = pair else { continue };
        let (with_a, with_b) = (found(a), found(b));
        assert!(!with_a.is_empty() && !with_b.is_empty(), "{a} {b}");
        assert_eq!(found(&format!("{a} {b}")), &with_a & &with_b, "{a} AND {b}");
        assert_eq!(found(&format!("{a} OR {b}")), &with_a | &with_b, "{a} OR {b}");
        assert_eq!(found(&format!("{a} -{b}")), &with_a - &with_b, "{a} NOT {b}");
        assert_eq!(found(&format!("-{a}")), &everything - &with_a, "NOT {a}");
        assert!(found(&format!("={a}")).is_subset(&with_a), "{a}");
        assert_eq!(found(&format!("={a}")), found(&format!("\"{a}\"")), "{a}");
    }
}

#[test]
fn finding_nothing_says_why_and_what_would_be_found() {
    let world = World::indexed(&[
        ("corpus/one.txt", "President: Ada Orr\n\nThe harbour is open. The quay is wide.\n"),
        ("corpus/two.txt", "President: Ada Orr\n\nThe harbours are deep.\n"),
    ]);
    for (query, parts, relaxations) in [
        ("harbor", vec![("harbor", 0, vec!["harbour", "harbours"])], vec![("harbour", 2)]),
        (
            "\"open harbour\" speaker:ore",
            vec![("\"open harbour\"", 0, vec![]), ("speaker:ore", 0, vec!["orr"])],
            vec![],
        ),
        (
            "\"open harbour\"",
            vec![("\"open harbour\"", 0, vec![])],
            vec![("\"open harbour\"~5", 1), ("open AND harbour", 1)],
        ),
        (
            "deep quay -wide",
            vec![("deep", 1, vec![]), ("quay", 1, vec![])],
            vec![("deep AND NOT wide", 1), ("(deep OR quay) AND NOT wide", 1)],
        ),
        ("=opened", vec![("=opened", 0, vec!["open"])], vec![("=open", 1), ("opened", 1)]),
    ] {
        let answer = world.search(query);
        let nothing = &answer["nothing"];
        let found: Vec<(String, usize, Vec<String>)> = nothing["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| {
                let similar = part["similar"].as_array().unwrap().iter().map(text).collect();
                (text(&part["part"]), number(&part["count"]), similar)
            })
            .collect();
        let expected: Vec<(String, usize, Vec<String>)> = parts
            .into_iter()
            .map(|(part, count, similar)| {
                (part.to_owned(), count, similar.into_iter().map(str::to_owned).collect())
            })
            .collect();
        assert_eq!(found, expected, "{query}");
        let found: Vec<(String, usize)> = nothing["relaxations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| (text(&change["query"]), number(&change["count"])))
            .collect();
        for (query, count) in &found {
            assert_eq!(number(&world.search(query)["count"]), *count, "{query}");
        }
        let expected: Vec<(String, usize)> =
            relaxations.into_iter().map(|(query, count)| (query.to_owned(), count)).collect();
        assert_eq!(found, expected, "{query}");
    }
}

/// Lists what lights up in the passages that a query finds, in the order of the file.
fn lit(world: &World, query: &str) -> Vec<Vec<String>> {
    let answer = world.search(query);
    let mut found: Vec<&Value> = hits(&answer).iter().collect();
    found.sort_by_key(|hit| number(&hit["passage"]));
    let marked = |hit: &Value| -> Vec<String> {
        let written = text(&hit["text"]);
        let cut = |mark: &Value| written[number(&mark["start"])..number(&mark["end"])].to_owned();
        hit["highlights"].as_array().unwrap().iter().map(cut).collect()
    };
    found.into_iter().map(marked).collect()
}

#[test]
fn what_lights_up_is_what_was_found() {
    let world = World::indexed(&[(
        "corpus/rows.jsonl",
        &format!(
            "{}\n",
            json!({"title": "Harbour", "speaker": "Ada M. Vale", "kind": "speech", "text": "The \
                treaty is a draft convention.\n\nMr. Orr said, “We act (applause) now.” The \
                treaty holds.\n\n“Freedom,” Mr. Orr said, “is ours.” The press said so."})
        ),
    )]);
    for (query, expected) in [
        ("(treaty NOT draft) OR convention", vec![vec!["convention"], vec!["treaty"]]),
        ("(treaty speaker:moss) OR convention", vec![vec!["convention"]]),
        (
            "(treaty speaker:vale) OR said",
            vec![vec!["treaty"], vec!["said", "treaty"], vec!["said", "said"]],
        ),
        ("treaty speaker:\"vale a*\"", vec![vec!["treaty"], vec!["treaty"]]),
        ("treaty speaker:\"Ada V*\"", vec![vec!["treaty"], vec!["treaty"]]),
        ("in:quote \"act now\"", vec![vec!["act (applause) now"]]),
        ("in:quote (applause OR said)", vec![vec!["applause"]]),
        ("in:quote \"freedom is\"", vec![vec!["Freedom,” Mr. Orr said, “is"]]),
        ("in:quote (freedom OR press)", vec![vec!["Freedom"]]),
        ("in:quote is -freedom", vec![]),
    ] {
        assert_eq!(lit(&world, query), expected, "{query}");
    }
}

#[test]
fn queries_are_composed_and_long_phrases_found_whole() {
    let long: Vec<String> = (0..100).map(|n| format!("word{n}")).collect();
    let (first, second) = (long[..50].join(" "), long[50..].join(" "));
    let world = World::indexed(&[(
        "corpus/one.txt",
        &format!("The café is open: {first} (Applause.) {second}, the café.\n"),
    )]);
    assert_eq!(lit(&world, "cafe\u{301}"), [["café", "café"]]);
    assert_eq!(lit(&world, "cafe\u{301}*"), [["café", "café"]]);
    let phrase = format!("\"is open {first} {second} the\"");
    let whole = format!("is open: {first} (Applause.) {second}, the");
    assert_eq!(lit(&world, &phrase), [[whole]]);
    assert_eq!(world.search(&phrase.replace("word99", "word98"))["count"], 0);
}

#[test]
fn patterns_stay_in_what_is_proposed() {
    let world = World::indexed(&[("corpus/one.txt", "The norms of cyberspace.\n")]);
    for (query, expected) in [
        ("\"cyber* norms\"", vec![("\"cyber* norms\"~5", 1), ("cyber* AND norms", 1)]),
        ("\"norm* spac*\"~3", vec![]),
        ("\"cyber* norm*\"~0", vec![("cyber* AND norm*", 1)]),
    ] {
        let answer = world.search(query);
        let found: Vec<(String, usize)> = answer["nothing"]["relaxations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| (text(&change["query"]), number(&change["count"])))
            .collect();
        let expected: Vec<(String, usize)> =
            expected.into_iter().map(|(query, count)| (query.to_owned(), count)).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn words_of_replaced_documents_are_not_words_of_the_index() {
    let world = World::indexed(&[
        ("corpus/one.txt", "The harbr is open.\n"),
        ("corpus/two.txt", "The quay is open.\n"),
    ]);
    world.put("corpus/one.txt", "The harbour is open.\n");
    world.run(&["index", "corpus"]).expect(0);
    let arguments = ["search", "--explain-query", "--format", "json", "harb*"];
    let explained = world.run(&arguments).expect(0).object();
    assert_eq!(explained["parts"][0]["words"], json!(["harbour"]));
}

#[test]
fn a_query_is_explained() {
    let world = World::indexed(&[("corpus/one.txt", "The harbour is open. Harbours are wide.\n")]);
    let arguments = ["search", "--explain-query", "--format", "json", "harbo* -quay"];
    let explained = world.run(&arguments).expect(0).object();
    assert_eq!(explained["query"], "harbo* AND NOT quay");
    assert_eq!(explained["count"], 1);
    assert_eq!(explained["parts"][0]["words"], json!(["harbour", "harbours"]));
    assert_eq!(explained["parts"][1]["is_excluded"], true);
    for (query, n_words) in [
        ("\"harb* is\"", json!(2)),
        ("\"the harbo*r is\"", json!(1)),
        ("\"the harbour\"~3", json!(null)),
    ] {
        let arguments = ["search", "--explain-query", "--format", "json", query];
        assert_eq!(world.run(&arguments).object()["parts"][0]["n_words"], n_words, "{query}");
    }
}

#[test]
fn what_is_asked_beside_a_query_is_explained_too() {
    let world = World::indexed(&[("corpus/rows.jsonl", NARROWED)]);
    let asked = ["search", "--explain-query", "--speaker", "ada vale", "--since", "2012-07"];
    let explained = world.run(&[&asked[..], &["--format", "json", "quay"]].concat()).expect(0);
    let explained = explained.object();
    assert_eq!(explained["count"], 1);
    assert_eq!(
        (&explained["undated_count"], &explained["imprecise_count"]),
        (&json!(0), &json!(1))
    );
    let parts = explained["parts"].as_array().unwrap().iter();
    let parts: Vec<(String, usize)> =
        parts.map(|part| (text(&part["part"]), number(&part["count"]))).collect();
    let expected = [("quay", 3), ("--speaker ada vale", 3), ("--since 2012-07", 1)];
    assert_eq!(parts, expected.map(|(part, count)| (part.to_owned(), count)));
    let printed = world.run(&[&asked[..], &["quay"]].concat()).expect(0).stdout;
    for line in [
        "\n--speaker ada vale\n  what must be so beside the query\n  passages: 3\n",
        "\npassages of the whole query: 1\nnot counted: 1 passage in documents whose date is not",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    let ran = world.run(&["search", "--explain-query", "--speaker", "…", "quay"]).expect(2);
    assert!(ran.stderr.contains("no word of a name"), "{}", ran.stderr);
    for format in ["csv", "tsv", "md"] {
        let ran = world.run(&["search", "--explain-query", "--format", format, "quay"]).expect(2);
        assert!(ran.stderr.contains(&format!("no rows for {format}")), "{}", ran.stderr);
    }
    // As elsewhere, the name of a file says what is in it.
    world.run(&["search", "--explain-query", "--output", "quay.json", "quay"]).expect(0);
    assert!(world.read("quay.json").starts_with("{\"query\":\"quay\""));
}

const NARROWED: &str = r#"{"id": "a", "speaker": "Ada Vale", "date": "2011-07-14", "text": "The harbour is deep."}
{"id": "b", "speaker": "Ada Vale", "date": "2012", "text": "The quay is long."}
{"id": "c", "speaker": "Ada Vale", "date": "2013", "text": "The quay is wide."}
{"id": "d", "speaker": "Bo Moss", "date": "2011", "text": "The quay is the mayor's."}
"#;

#[test]
fn what_is_asked_beside_a_query_may_be_why_nothing_is_found() {
    let world = World::indexed(&[("corpus/rows.jsonl", NARROWED)]);
    for (arguments, parts, commands) in [
        (
            &["--speaker", "moss", "harbour"][..],
            &["harbour 1", "--speaker moss 1"][..],
            &["1 passage without --speaker moss\n  onrecord search 'harbour'"][..],
        ),
        // The mayor's quay: neither the year nor the speaker alone is why.
        (
            &["--speaker", "ada vale", "--since", "2013", "mayor's"],
            &["mayor's 1", "--speaker ada vale 3", "--since 2013 1"],
            &["1 passage without --speaker ada vale --since 2013\n  onrecord search 'mayor'\\''s'"],
        ),
        (
            &["--match", "any", "--speaker", "moss", "harbour deep"],
            &["harbour OR deep 1", "--speaker moss 1"],
            &["1 passage without --speaker moss\n  onrecord search --match any 'harbour OR deep'"],
        ),
        // What is proposed instead is found with all that is asked beside it.
        (
            &["--speaker", "ada vale", "--match", "any", "+quai +long wide"],
            &["quai 0", "long 1", "wide 1", "--speaker ada vale 3"],
            &[
                "1 passage with words that the index has\n  onrecord search --match any \
                 --speaker 'ada vale' '+(quay AND long) wide'",
                "1 passage",
            ],
        ),
        (&["--speaker", "moss", "wide quai"], &["wide 1", "quai 0", "--speaker moss 1"], &[]),
    ] {
        let found = world.run(&[&["search", "--format", "json"], arguments].concat()).expect(1);
        let found = found.object();
        let of = |part: &Value| format!("{} {}", text(&part["part"]), part["count"]);
        let shown: Vec<String> =
            found["nothing"]["parts"].as_array().unwrap().iter().map(of).collect();
        assert_eq!(shown, parts, "{arguments:?}");
        let relaxations = found["nothing"]["relaxations"].as_array().unwrap();
        assert_eq!(relaxations.is_empty(), commands.is_empty(), "{relaxations:?}");
        for relaxation in relaxations {
            let options = relaxation["options"].as_array().into_iter().flatten().map(text);
            let options: Vec<String> = options.collect();
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let again = world.search_with(&options, &text(&relaxation["query"]));
            assert_eq!(again["count"], relaxation["count"], "{relaxation}");
        }
        let ran = world.run(&[&["search", "--format", "table"], arguments].concat()).expect(1);
        for command in commands {
            assert!(ran.stdout.contains(command), "{command}: {}", ran.stdout);
        }
    }
    // What is printed can be put into a shell as it is.
    let ran = world.run(&["search", "--speaker", "vale", "--format", "table", "mayor's"]).expect(1);
    assert!(ran.stdout.contains("onrecord search 'mayor'\\''s'\n"), "{}", ran.stdout);
}

#[test]
fn sequences_of_the_corpus_query_language() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "The open harbour is wide. Open seas make harbours wide.\n\nAn open and wide harbour.\n",
    )]);
    for (query, count, lit) in [
        ("[word=\"open\"] [word=\"harb.*\"]", 1, "open harbour"),
        ("\"open\" []{0,2} [stem=\"harbours\"]", 2, "open harbour"),
        ("\"wide\" \"open\"", 1, "wide. Open"),
        ("\"wide\" \"open\" within s", 0, ""),
        ("\"seas\" \"make\"? \"harbours\"", 1, "seas make harbours"),
    ] {
        let answer = world.search_with(&["--syntax", "cql"], query);
        assert_eq!(number(&answer["count"]), count, "{query}");
        for hit in hits(&answer).iter().take(1).filter(|hit| number(&hit["passage"]) == 0) {
            let mark = &hit["highlights"][0];
            let marked = &text(&hit["text"])[number(&mark["start"])..number(&mark["end"])];
            assert_eq!(marked, lit, "{query}");
        }
    }
}

#[test]
fn what_would_take_long_is_answered_or_refused() {
    let world = sample();
    let often = |part: &str, n: usize| vec![part; n].join(" ");
    let (deep, deeper) = (format!("{}a{}", "(".repeat(49), ")".repeat(49)), "(".repeat(4_000));
    let onrecord = [
        vec!["the"; 1_000].join(" OR "),
        vec!["the"; 199].join(" OR "),
        deep,
        deeper,
        "a* b* c*".to_owned(),
        "/.*.*.*/".to_owned(),
        "/(a|b|c)*.*(d|e)*/".to_owned(),
        "/(a{1,100}){1,100}/".to_owned(),
        often("people~2 nation~2 freedom~2", 6),
        often("*a* *b* *c* *d* *e*", 4),
        "x".repeat(4_096),
        format!("\"{}\"", often("the", 1_000)),
        format!("\"{}\"", often("the of", 400)),
        "\"the the the the the the the the\"~100".to_owned(),
        format!("\"{}\"~100", often("t*", 30)),
        "in:quote (the OR of OR and) -zzz".to_owned(),
        format!("{}a", "NOT ".repeat(50)),
        "date:99999999999999 word^1e99 word~99999999999".to_owned(),
        "the^0.0000000000000000000000000000000000000000000001".to_owned(),
    ];
    let cql = [
        "\"the\" []{0,60} \"of\"".to_owned(),
        "[]{60} \"the\"".to_owned(),
        "[stem=\"the\"] []{0,50} [stem=\"nation\"] within s".to_owned(),
        "\".*\"{3} \"the\"".to_owned(),
    ];
    let of_syntax = |syntax: &'static str| move |query: String| (syntax, query);
    let asked = onrecord.into_iter().map(of_syntax("onrecord"));
    for (syntax, query) in asked.chain(cql.into_iter().map(of_syntax("cql"))) {
        let ran = world.run(&["search", "--syntax", syntax, "--format", "json", "--", &query]);
        let shown: String = query.chars().take(60).collect();
        assert!(matches!(ran.code, 0..=2), "{shown}: {ran:?}");
        let is_refused = ran.stderr.contains("error: ") && !ran.stderr.contains("panicked");
        assert!(ran.code < 2 || is_refused, "{shown}: {ran:?}");
    }
}
