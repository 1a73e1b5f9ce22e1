//! `words`, `keyness` and `collocates`: counts against a scan of what `show` prints.

use crate::world::{Random, World, number, text};
use onrecord_model::Span;
use onrecord_text::{Lexicon, fold, inline_notes, is_function_word, sentences, tokens};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A word that was said.
#[derive(Clone)]
struct Said {
    word: String,
    stem: String,
    /// The place of its sentence in the paragraph.
    sentence: usize,
}

/// A paragraph of speech, its pieces joined.
struct Paragraph {
    document: String,
    speaker: String,
    said: Vec<Said>,
}

/// Texts with turns, notes, headings and paragraphs that are cut.
fn world() -> World {
    let world = World::new();
    let mut random = Random(11);
    let words = [
        "the", "harbour", "harbours", "of", "our", "people", "is", "open", "and", "deep", "water",
        "waters", "to", "dredge", "dredged", "we", "keep", "quay", "don't", "ships",
    ];
    for (file, speaker) in
        ["Ada Orr", "Ada Orr", "Ben Moss", "Ben Moss", "Cy Reed"].iter().enumerate()
    {
        let mut speech = format!("President: {speaker}\n\nHARBOUR REMARKS\n\n");
        for sentence in 0..70 + 20 * file {
            let n_words = 2 + random.below(10);
            let skew = words.len() - 3 * file;
            let drawn: Vec<&str> = (0..n_words).map(|_| words[random.below(skew)]).collect();
            let note = ["", "", " (Applause.)", " [laughter]"][random.below(4)];
            let end = if sentence % 67 == 66 || random.below(40) == 0 { "\n\n" } else { " " };
            speech.push_str(&format!("So {}.{note}{end}", drawn.join(" ")));
            if sentence == 10 {
                speech.push_str("\n\n(Applause.)\n\n");
            }
        }
        world.put(&format!("corpus/{file}.txt"), speech);
    }
    world.run(&["index", "corpus"]).expect(0);
    world
}

/// Reads what was said from `show`.
fn said(world: &World) -> Vec<Paragraph> {
    let mut lexicon = Lexicon::new();
    let mut paragraphs = Vec::new();
    for id in world.dump().keys() {
        let mut is_open = false;
        for passage in world.show(id)["passages"].as_array().unwrap() {
            let block = text(&passage["block"]);
            if ["heading", "header", "note"].contains(&block.as_str()) {
                is_open = false;
                continue;
            }
            let goes_on = is_open && !text(&passage["lead"]).contains('\n');
            is_open = true;
            if !goes_on {
                let speaker = passage["speaker"].as_str().unwrap_or_default().to_owned();
                paragraphs.push(Paragraph { document: id.clone(), speaker, said: Vec::new() });
            }
            let paragraph = paragraphs.last_mut().unwrap();
            let written = text(&passage["text"]);
            let notes: Vec<Span> = inline_notes(&written).collect();
            let ends = sentences(&written, Span::from_range(0..written.len()));
            let before = paragraph.said.last().map_or(0, |said| said.sentence + 1);
            for token in tokens(&written) {
                if notes.iter().any(|note| note.contains(token)) {
                    continue;
                }
                let word = fold(&written[token.range()]).text;
                let stem = lexicon.word(&word).stem.to_owned();
                let sentence = before + ends.iter().filter(|end| end.end <= token.start).count();
                paragraph.said.push(Said { word, stem, sentence });
            }
        }
    }
    paragraphs
}

/// Counts runs of words; of each the occurrences and the documents.
fn count<'p>(
    paragraphs: impl Iterator<Item = &'p Paragraph>,
    n: usize,
    stems: bool,
    content: bool,
) -> (u64, BTreeMap<String, (u64, BTreeSet<String>)>) {
    let (mut total, mut counts) = (0, BTreeMap::new());
    for paragraph in paragraphs {
        for window in paragraph.said.windows(n) {
            total += 1;
            let ends = [&window[0].word, &window[n - 1].word];
            if content && ends.iter().any(|word| is_function_word(word)) {
                continue;
            }
            let forms: Vec<&str> =
                window.iter().map(|said| if stems { &*said.stem } else { &*said.word }).collect();
            let (count, documents): &mut (u64, BTreeSet<String>) =
                counts.entry(forms.join(" ")).or_default();
            *count += 1;
            documents.insert(paragraph.document.clone());
        }
    }
    (total, counts)
}

fn rows(answer: &Value) -> &[Value] {
    answer["rows"].as_array().unwrap()
}

#[test]
fn lists_are_those_of_a_scan() {
    let world = world();
    let paragraphs = said(&world);
    assert!(paragraphs.iter().any(|paragraph| paragraph.said.len() > 320), "one is cut");
    for (n, options) in [
        (1, &[][..]),
        (1, &["--stems"]),
        (1, &["--content", "--stems"]),
        (2, &["--min-count", "1"]),
        (3, &["--min-count", "2", "--content"]),
        (5, &["--stems", "--min-count", "2"]),
    ] {
        for speaker in [None, Some("moss")] {
            let (stems, content) = (options.contains(&"--stems"), options.contains(&"--content"));
            let is_asked = |paragraph: &&Paragraph| {
                speaker.is_none_or(|name| paragraph.speaker.to_lowercase().contains(name))
            };
            let (total, counts) = count(paragraphs.iter().filter(is_asked), n, stems, content);
            let query = speaker.map(|name| format!("speaker:{name}"));
            let n_words = n.to_string();
            let mut arguments =
                vec!["words", "--format", "json", "--limit", "0", "--ngrams", &n_words];
            arguments.extend(options);
            arguments.extend(query.as_deref());
            let answer = world.run(&arguments).expect(0).object();
            assert_eq!(answer["total"], total, "{arguments:?}");
            let least = if options.contains(&"2") { 2 } else { 1 };
            let mut expected: Vec<(String, u64, u64)> = counts
                .into_iter()
                .filter(|(_, (count, _))| *count >= least)
                .map(|(word, (count, documents))| (word, count, documents.len() as u64))
                .collect();
            expected.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            let found: Vec<(String, u64, u64)> = rows(&answer)
                .iter()
                .map(|row| {
                    let count = row["count"].as_u64().unwrap();
                    (text(&row["word"]), count, row["documents"].as_u64().unwrap())
                })
                .collect();
            assert!(!expected.is_empty());
            assert_eq!(found, expected, "{arguments:?}");
            for row in rows(&answer) {
                let rate = row["count"].as_f64().unwrap() * 1e6 / total as f64;
                assert!((row["per_million"].as_f64().unwrap() - rate).abs() < 1e-6);
            }
        }
    }
}

#[test]
fn keywords_are_compared_part_with_part() {
    let world = world();
    let paragraphs = said(&world);
    let of = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let is_of = move |paragraph: &&Paragraph| names.contains(&paragraph.speaker);
        count(paragraphs.iter().filter(is_of), 1, false, false)
    };
    let (ada, ben, cy) = ("Ada Orr", "Ben Moss", "Cy Reed");
    for (queries, names_a, names_b) in [
        (&["speaker:orr"][..], &[ada][..], &[ben, cy][..]),
        (&["speaker:orr", "speaker:moss"], &[ada], &[ben]),
        // What both find counts in the first alone.
        (&["speaker:orr", "speaker:(orr OR reed)"], &[ada], &[cy]),
    ] {
        let arguments =
            [&["keyness", "--format", "json", "--limit", "0", "--min-count", "1"], queries]
                .concat();
        let answer = world.run(&arguments).expect(0).object();
        let ((of_a, a), (of_b, b)) = (of(names_a), of(names_b));
        assert_eq!((&answer["a"]["total"], &answer["b"]["total"]), (&of_a.into(), &of_b.into()));
        let words: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
        assert_eq!(rows(&answer).len(), words.len());
        let mut last = (0, f64::INFINITY);
        for row in rows(&answer) {
            let word = text(&row["word"]);
            let count_of = |counts: &BTreeMap<String, (u64, BTreeSet<String>)>| {
                counts.get(&word).map_or((0, 0), |(count, of)| (*count, of.len() as u64))
            };
            let ((n_a, documents_a), (n_b, documents_b)) = (count_of(&a), count_of(&b));
            assert_eq!(row["count_a"], n_a, "{row}");
            assert_eq!(row["count_b"], n_b, "{row}");
            assert_eq!(row["documents_a"], documents_a, "{row}");
            assert_eq!(row["documents_b"], documents_b, "{row}");
            // G² by its definition, from the scan's counts.
            let [n_a, n_b, of_a, of_b] = [n_a, n_b, of_a, of_b].map(|n| n as f64);
            let rate = (n_a + n_b) / (of_a + of_b);
            let cell = |n: f64, of: f64| if n > 0.0 { n * (n / (of * rate)).ln() } else { 0.0 };
            let g2 = row["g2"].as_f64().unwrap();
            assert!((g2 - 2.0 * (cell(n_a, of_a) + cell(n_b, of_b))).abs() < 1e-6, "{row}");
            let is_rare = |n: f64, of: f64| n < 5.0 && of * rate < 5.0;
            assert_eq!(row["is_rare"], is_rare(n_a, of_a) || is_rare(n_b, of_b), "{row}");
            let key =
                ["positive", "negative", "same"].iter().position(|key| row["key"] == *key).unwrap();
            assert_eq!(key == 0, n_a * of_b > n_b * of_a, "{row}");
            assert!(key > last.0 || key == last.0 && g2 <= last.1, "{row}");
            last = (key, g2);
        }
    }
    let shared = ["keyness", "speaker:orr", "speaker:(orr OR reed)"];
    let ran = world.run(&shared).expect(0);
    assert!(ran.stderr.contains("both queries find"), "{}", ran.stderr);
    let row = &ran.rows()[0];
    assert_eq!(row["total_documents_a"], "2");
    assert_eq!(row["key"], "positive");
}

/// Scans for words near others: places near, matches, and of each word those before, behind and
/// in the base.
fn scan_company(
    paragraphs: &[&Paragraph],
    is_match: impl Fn(&Said) -> bool,
    window: usize,
    within_sentence: bool,
) -> (u64, u64, BTreeMap<String, [u64; 3]>) {
    let (mut n_near, mut n_matches) = (0, 0);
    let mut counts: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for paragraph in paragraphs {
        let said = &paragraph.said;
        let matches: Vec<usize> = (0..said.len()).filter(|&at| is_match(&said[at])).collect();
        n_matches += matches.len() as u64;
        for (at, word) in said.iter().enumerate() {
            if is_match(word) {
                continue;
            }
            let count = counts.entry(word.word.clone()).or_default();
            count[2] += 1;
            let near = matches
                .iter()
                .filter(|&&found| found.abs_diff(at) <= window)
                .filter(|&&found| !within_sentence || said[found].sentence == word.sentence)
                // The nearest, and of two as near the one before the word.
                .min_by_key(|&&found| (found.abs_diff(at), found));
            if let Some(&found) = near {
                n_near += 1;
                count[usize::from(found < at)] += 1;
            }
        }
    }
    (n_near, n_matches, counts)
}

#[test]
fn collocates_are_those_of_a_scan() {
    let world = world();
    let paragraphs = said(&world);
    let of_moss: Vec<&Paragraph> =
        paragraphs.iter().filter(|paragraph| paragraph.speaker == "Ben Moss").collect();
    let all: Vec<&Paragraph> = paragraphs.iter().collect();
    for (query, base, window, options) in [
        ("harbour", &all, 5, &[][..]),
        ("harbour", &all, 2, &["--within", "sentence"]),
        ("harbour speaker:moss", &of_moss, 3, &[]),
    ] {
        let in_sentence = options.contains(&"sentence");
        let is_match = |said: &Said| said.stem == "harbour";
        let (near, matches, counts) = scan_company(base, is_match, window, in_sentence);
        let width = window.to_string();
        let usual =
            ["collocates", "--format", "json", "--limit", "0", "--min-count", "1", "--window"];
        let arguments = [&usual[..], &[&width], options, &[query]].concat();
        let answer = world.run(&arguments).expect(0).object();
        assert_eq!(answer["near"], near, "{query} {window}");
        assert_eq!(answer["matches"], matches);
        let base_words: u64 = counts.values().map(|count| count[2]).sum();
        assert_eq!(answer["base_words"], base_words);
        let expected: BTreeMap<&String, &[u64; 3]> =
            counts.iter().filter(|(_, count)| count[0] + count[1] > 0).collect();
        assert_eq!(rows(&answer).len(), expected.len());
        for row in rows(&answer) {
            let word = text(&row["collocate"]);
            let found = ["left", "right", "base_count"].map(|column| row[column].as_u64().unwrap());
            assert_eq!(found, *expected[&word], "{row}");
            let together = (found[0] + found[1]) as f64;
            let by_chance = near as f64 * found[2] as f64 / base_words as f64;
            let [mi, dice] = ["mi", "log_dice"].map(|column| row[column].as_f64().unwrap());
            assert!((mi - (together / by_chance).log2()).abs() < 1e-9);
            let share = 2.0 * together / (matches + found[2]) as f64;
            assert!((dice - 14.0 - share.log2()).abs() < 1e-9);
            assert_eq!(number(&row["count"]) as f64, together);
        }
        let dices: Vec<f64> =
            rows(&answer).iter().map(|row| row["log_dice"].as_f64().unwrap()).collect();
        assert!(dices.is_sorted_by(|a, b| a >= b));
    }
}

#[test]
fn only_what_was_said_counts() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "President: Ada Orr\n\nQUAY REMARKS\n\nWe dredge. (Applause.) We keep it.\n\n(Applause.)\n\nWe end.\n",
    )]);
    let listed = |options: &[&str]| -> Vec<(String, String)> {
        let ran = world.run(&[&["words", "--limit", "0"], options].concat());
        ran.rows().into_iter().map(|row| (row["word"].clone(), row["count"].clone())).collect()
    };
    let pair = |word: &str, count: &str| (word.to_owned(), count.to_owned());
    assert_eq!(
        listed(&[]),
        [("we", "3"), ("dredge", "1"), ("end", "1"), ("it", "1"), ("keep", "1")]
            .map(|(word, count)| pair(word, count))
    );
    // Over the stage direction, not over the paragraph's end.
    assert_eq!(
        listed(&["--ngrams", "2", "--min-count", "1"]),
        ["dredge we", "keep it", "we dredge", "we end", "we keep"].map(|words| pair(words, "1"))
    );
    assert_eq!(listed(&["--ngrams", "2"]), []);
    assert_eq!(listed(&["quay"]), []);
}

#[test]
fn what_cannot_be_counted_is_said() {
    let world = World::indexed(&[("corpus/one.txt", "We dredge the harbour.\n\nWe keep it.\n")]);
    for (arguments, code, message) in [
        (&["words", "zzzz"][..], 1, "0 of 0 rows; 0 words in 0 passages of 0 documents"),
        (&["keyness", "-zzzz"], 1, "nothing to compare"),
        (&["keyness", "zzzz"], 1, "nothing to compare"),
        (&["collocates", "kind:speech"], 2, "looks for no words"),
        (&["collocates", "-zzzz"], 2, "looks for no words"),
        (&["collocates", "-zzzz", "kind:other"], 2, "looks for no words"),
        (&["collocates", "harbour"], 1, "of what occurs 3 times or more near them"),
        (&["words", "--ngrams", "2"], 1, "0 of 0 rows, of what occurs 2 times or more; 5 runs"),
        // The second paragraph has no run of four words, and is counted in all the same.
        (&["words", "--ngrams", "4"], 1, "1 runs of 4 words in 2 passages of 1 documents"),
        (&["collocates", "zzzz"], 1, "0 matches"),
        (&["words", "--ngrams", "6"], 2, "6 is not in 1..=5"),
        (&["keyness", "speeker:orr"], 2, "did you mean `speaker:`"),
    ] {
        let arguments: Vec<&str> = arguments
            .iter()
            .flat_map(|word| if *word == "-zzzz" { vec!["--", "-zzzz"] } else { vec![*word] })
            .collect();
        let ran = world.run(&arguments).expect(code);
        assert!(ran.stderr.contains(message), "{arguments:?}: {}", ran.stderr);
    }
}

/// Reads the columns that are named of all rows.
fn table(world: &World, arguments: &[&str], columns: &[&str]) -> Vec<String> {
    let ran = world.run(&[arguments, &["--format", "csv"]].concat()).expect(0);
    let cells = |row: &BTreeMap<String, String>| {
        columns.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>().join(" ")
    };
    ran.rows().iter().map(cells).collect()
}

/// Two speakers: of 10 words 6 sea, 1 port, 2 cod, 1 eel; of 20 words 2 sea, 6 port, 8 cod, 2 eel,
/// 2 tar.
fn fishers() -> World {
    let speech = |speaker: &str, counts: &[(&str, usize)]| {
        let words = counts.iter().map(|(word, n)| format!(" {word}").repeat(*n));
        let text: String = words.collect();
        format!("---\nspeaker: {speaker}\nkind: speech\n---\n\n{}.\n", text.trim())
    };
    let ada = speech("Ada Orr", &[("sea", 6), ("port", 1), ("cod", 2), ("eel", 1)]);
    let ben = speech("Ben Moss", &[("sea", 2), ("port", 6), ("cod", 8), ("eel", 2), ("tar", 2)]);
    World::indexed(&[("corpus/a.md", &ada), ("corpus/b.md", &ben)])
}

#[test]
fn keywords_have_the_figures_worked_out_by_hand() {
    let world = fishers();
    let columns = ["word", "key", "count_a", "count_b", "expected", "g2", "log_ratio", "caution"];
    let rows = |options: &[&str]| {
        let least = if options.contains(&"--min-count") { &[][..] } else { &["--min-count", "1"] };
        let usual = &["keyness", "speaker:orr", "speaker:moss"];
        table(&world, &[usual, least, options].concat(), &columns)
    };
    // Of 30 words a third are Ada's: of 8 times `sea` 2.67 are expected, and
    // G² = 2 (6 ln (6 / 2.67) + 2 ln (2 / 5.33)); 0.6 is 6 times 0.1. For a zero stands ½.
    let sea = "sea positive 6 2 2.67 5.81 2.585 ";
    let tar = "tar negative 0 2 0.67 1.62 -1.000 rare";
    let port = "port negative 1 6 2.33 1.32 -1.585 rare";
    let cod = "cod negative 2 8 3.33 0.87 -1.000 rare";
    let eel = "eel same 1 2 1.00 0.00 0.000 rare";
    for (options, expected) in [
        (&[][..], &[sea, tar, port, cod, eel][..]),
        (&["--sort", "log-ratio"], &[sea, port, cod, tar, eel]),
        (&["--only", "negative"], &[tar, port, cod]),
        (&["--only", "positive"], &[sea]),
        (&["--only", "same"], &[eel]),
        (&["--limit", "1"], &[sea, tar, eel]),
        (&["--limit", "2", "--only", "negative", "--sort", "log-ratio"], &[port, cod]),
        (&["--min-count", "5"], &[sea, port, cod]),
    ] {
        assert_eq!(rows(options), expected, "{options:?}");
    }
    let ran = world.run(&["keyness", "speaker:orr", "speaker:moss", "--limit", "1"]).expect(0);
    let told = "2 of 3 rows, of what occurs 5 times or more in both parts together; 1 of each key \
                at most, --limit 0 prints all";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
}

#[test]
fn collocates_have_the_figures_worked_out_by_hand() {
    let text = "Deep harbour water.\n\nDeep harbour light.\n\nDeep sea calm sea.\n";
    let world = World::indexed(&[("corpus/a.txt", text)]);
    let columns =
        ["collocate", "count", "base_count", "expected", "log_dice", "mi", "mi3", "t", "g2"];
    // Of 8 words outside the 2 matches 4 are near: of 3 times `deep` 1.5 are expected.
    let deep = "deep 2 3 1.50 13.678 0.415 2.415 0.354 0.54";
    let light = "light 1 1 0.50 13.415 1.000 1.000 0.500 1.53";
    let water = "water 1 1 0.50 13.415 1.000 1.000 0.500 1.53";
    for (sort, expected) in [
        ("log-dice", [deep, light, water]),
        ("mi", [light, water, deep]),
        ("mi3", [deep, light, water]),
        ("t", [light, water, deep]),
        ("g2", [light, water, deep]),
        ("count", [deep, light, water]),
    ] {
        let arguments =
            ["collocates", "harbour", "--window", "1", "--min-count", "1", "--sort", sort];
        assert_eq!(table(&world, &arguments, &columns), expected, "{sort}");
    }
}
