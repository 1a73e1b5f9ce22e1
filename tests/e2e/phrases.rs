//! Exact phrases: what they may run over, and what they may not.

use crate::world::{World, hits, text};

/// A paragraph of so many sentences; no word but `item` and those of notes stands in it twice.
fn long_paragraph(n_sentences: usize, with_notes: bool) -> String {
    let sentence = |number: usize| {
        let words: Vec<String> =
            "abcdefgh".chars().map(|letter| format!("word{number}{letter}")).collect();
        let note = if with_notes && number.is_multiple_of(3) { " (Applause.)" } else { "" };
        format!("Item {}.{note}", words.join(" "))
    };
    (0..n_sentences).map(sentence).collect::<Vec<_>>().join(" ")
}

/// Returns the passages of the only document, in order.
fn passages(world: &World) -> Vec<String> {
    let id = world.dump().into_keys().next().unwrap();
    let shown = world.show(&id);
    shown["passages"].as_array().unwrap().iter().map(|passage| text(&passage["text"])).collect()
}

/// Returns the words that were said, in lower case.
fn spoken(text: &str) -> Vec<String> {
    let text = text.replace("(Applause.)", " ");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[test]
fn exact_means_exact() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "We cut expenses.\n\nWe dine with friends and family.\n\nIt is expensive.\n\nOne expense more.\n\n\
         They met their friends, their family.\n\nFriends of the family and others.\n",
    )]);
    for (query, expected) in [
        ("\"expenses\"", &["We cut expenses."][..]),
        ("=expenses", &["We cut expenses."]),
        ("cutting", &["We cut expenses."]),
        ("=cutting", &[]),
        ("\"friends and family\"", &["We dine with friends and family."]),
        ("“Friends AND Family”", &["We dine with friends and family."]),
        ("«friends and family»", &["We dine with friends and family."]),
        ("\"friends family\"", &[]),
        ("\"friends their family\"", &["They met their friends, their family."]),
        ("\"family and friends\"", &[]),
        ("\"expense\"", &["One expense more."]),
        ("\"cut expense\"", &[]),
    ] {
        assert_eq!(world.texts(query), expected, "{query}");
    }
}

#[test]
fn marks_dashes_and_letters_fold() {
    let world = World::indexed(&[(
        "corpus/one.txt",
        "The nation’s cyber‑security — an oﬃce of 5G.\n\nL’État, c’est Élodie.\n",
    )]);
    for query in [
        "\"the nation's cyber security\"",
        "\"nation’s cyber-security\"",
        "“cyber–security an office”",
        "\"OFFICE OF 5g\"",
        "\"security... an [office]\"",
        "cyber-security",
    ] {
        assert_eq!(world.search(query)["count"], 1, "{query}");
    }
    assert_eq!(world.texts("\"l'état c'est élodie\""), ["L’État, c’est Élodie."]);
    assert_eq!(world.search("\"nations cyber\"")["count"], 0);
}

#[test]
fn a_phrase_runs_over_a_sentence_end() {
    let world =
        World::indexed(&[("corpus/one.txt", "We must act. Now is the time! Is it? Yes.\n")]);
    for phrase in ["act now", "time is it yes", "we must act now is the time is it yes"] {
        assert_eq!(world.search(&format!("\"{phrase}\""))["count"], 1, "{phrase}");
    }
}

#[test]
fn a_phrase_runs_over_a_note_or_into_it() {
    let line =
        "We will (Applause.) stand [laughter] together and (cheers and applause) win (today).\n";
    let world = World::indexed(&[("corpus/one.txt", line)]);
    for phrase in [
        "we will stand",
        "will stand together",
        "we will stand together and win",
        "we will stand together and win today",
        "together and win",
        "will applause stand",
        "applause stand laughter together",
        "win today",
    ] {
        let found = world.search(&format!("\"{phrase}\""));
        assert_eq!(found["count"], 1, "{phrase}");
        assert!(!found["hits"][0]["highlights"].as_array().unwrap().is_empty(), "{phrase}");
    }
    for phrase in ["and win laughter", "we stand", "will together", "and today"] {
        assert_eq!(world.search(&format!("\"{phrase}\""))["count"], 0, "{phrase}");
    }
}

#[test]
fn a_phrase_ends_with_its_paragraph() {
    let world = World::indexed(&[
        (
            "corpus/one.md",
            "# The title ends\n\nHere one paragraph stops.\n\nThere another starts. We want:\n\n\
             - apples first\n- pears second\n\nDone with lists.\n\n(Applause.)\n\nThen more.\n",
        ),
        ("corpus/two.txt", "There is a second file.\n"),
    ]);
    for phrase in [
        "ends here",
        "stops there",
        "we want apples",
        "first pears",
        "second done",
        "lists then",
        "lists applause",
        "more there",
    ] {
        assert_eq!(world.search(&format!("\"{phrase}\""))["count"], 0, "{phrase}");
    }
    assert_eq!(world.search("\"there another starts we want\"")["count"], 1);
}

#[test]
fn a_phrase_runs_over_the_cut_of_a_long_paragraph() {
    for with_notes in [false, true] {
        let paragraph = long_paragraph(80, with_notes);
        let world =
            World::indexed(&[("corpus/one.txt", &format!("{paragraph}\n\nA second paragraph.\n"))]);
        let passages = passages(&world);
        assert!(passages.len() > 3, "the paragraph was not cut: {}", passages.len());
        let cut = 1;
        let before = spoken(&passages[cut]);
        let behind = spoken(&passages[cut + 1]);
        for n_words in [2_usize, 5, 12, 13, 14, 24, 25, 26, 27, 60] {
            let places = [
                1,
                n_words / 2,
                n_words - 1,
                12.min(n_words - 1),
                n_words.saturating_sub(12).max(1),
            ];
            for n_before in std::collections::BTreeSet::from(places) {
                let from = before.len() - n_before;
                let words = [&before[from..], &behind[..n_words - n_before]].concat();
                let found = world.search(&format!("\"{}\"", words.join(" ")));
                let texts: Vec<String> =
                    hits(&found).iter().map(|hit| text(&hit["text"])).collect();
                assert_eq!(
                    texts,
                    [passages[cut].clone()],
                    "{n_before} of {n_words}, notes: {with_notes}"
                );
                assert_eq!(found["count"], 1);
                let lit = found["hits"][0]["highlights"].as_array().unwrap();
                assert!(!lit.is_empty(), "{n_before} of {n_words}, notes: {with_notes}");
            }
        }
    }
}

#[test]
fn a_wrong_word_far_behind_the_cut_is_noticed() {
    let world = World::indexed(&[("corpus/one.txt", &long_paragraph(80, true))]);
    let passages = passages(&world);
    let (before, behind) = (spoken(&passages[0]), spoken(&passages[1]));
    for wrong in [0, 5, 12, 13, 14, 25, 29] {
        let mut words = [&before[before.len() - 15..], &behind[..15]].concat();
        assert_eq!(world.search(&format!("\"{}\"", words.join(" ")))["count"], 1);
        words[wrong] = "harbour".to_owned();
        assert_eq!(world.search(&format!("\"{}\"", words.join(" ")))["count"], 0, "word {wrong}");
    }
}

#[test]
fn a_phrase_inside_a_passage_may_be_long() {
    let world = World::indexed(&[("corpus/one.txt", &long_paragraph(80, true))]);
    let passages = passages(&world);
    let words = spoken(&passages[1]);
    for n_words in [13, 26, 60, 100] {
        let found = world.texts(&format!("\"{}\"", words[3..3 + n_words].join(" ")));
        assert_eq!(found, [passages[1].clone()], "{n_words}");
    }
}

#[test]
fn a_phrase_may_cover_a_whole_passage() {
    // Nine words a passage.
    let word = |number: usize| format!("{}{number}x", "abcdefgh".repeat(21));
    let words: Vec<String> = (0..40).map(word).collect();
    let world = World::indexed(&[("corpus/one.txt", &format!("{}.\n", words.join(" ")))]);
    let passages = passages(&world);
    assert!(passages.len() > 3 && spoken(&passages[1]).len() < 12, "{}", passages.len());
    let from = spoken(&passages[0]).len() - 1;
    for n_words in [2, 11, 12, 13, 14, 20] {
        let found = world.texts(&format!("\"{}\"", words[from..from + n_words].join(" ")));
        assert_eq!(found, [passages[0].clone()], "{n_words}");
    }
}
