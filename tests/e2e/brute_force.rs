//! 200 phrases drawn from the passages, against a scan over them.

use crate::world::{Random, World, hits, number, text};
use onrecord_text::{fold, inline_notes, tokens};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many phrases are drawn.
const N_PHRASES: usize = 200;

/// A passage in the two ways in which it can be read.
struct Reading {
    place: (String, usize),
    /// All its words.
    written: Vec<String>,
    /// Those outside stage directions.
    spoken: Vec<String>,
    /// Whether the passage before it is the beginning of its paragraph.
    continues_the_last: bool,
}

fn reading(id: &str, passage: &Value) -> Reading {
    let written = text(&passage["text"]);
    let notes: Vec<_> = inline_notes(&written).collect();
    let word = |span: Range<usize>| fold(&written[span]).text;
    let all: Vec<_> = tokens(&written).map(|span| span.range()).collect();
    let outside =
        |range: &Range<usize>| !notes.iter().any(|note| note.range().contains(&range.start));
    Reading {
        place: (id.to_owned(), number(&passage["passage"])),
        spoken: all.iter().filter(|range| outside(range)).cloned().map(word).collect(),
        written: all.iter().cloned().map(word).collect(),
        continues_the_last: number(&passage["passage"]) > 0
            && !text(&passage["lead"]).contains('\n'),
    }
}

/// Finds the passages in which a phrase begins: in all the words of one, or in what was said of
/// it and of the passages that its paragraph goes on in.
fn scan(readings: &[Reading], phrase: &[String]) -> BTreeSet<(String, usize)> {
    let mut found = BTreeSet::new();
    for (at, reading) in readings.iter().enumerate() {
        let written = reading.written.windows(phrase.len()).any(|window| window == phrase);
        let mut said = reading.spoken.clone();
        let rest = readings[at + 1..].iter().take_while(|next| next.continues_the_last);
        rest.for_each(|next| said.extend(next.spoken.iter().cloned()));
        let begins_here =
            |(at, window): (usize, &[String])| at < reading.spoken.len() && window == phrase;
        if written || said.windows(phrase.len()).enumerate().any(begins_here) {
            found.insert(reading.place.clone());
        }
    }
    found
}

/// The sample corpus with a long speech that has notes and is cut.
fn world() -> World {
    let world = World::with_sample_corpus();
    let mut random = Random(5);
    let words =
        ["the", "harbour", "of", "our", "free", "people", "is", "open", "and", "safe", "to", "all"];
    let mut speech = "President: Ada Orr\n\n".to_owned();
    for sentence in 0..240 {
        let n_words = 3 + random.below(12);
        let drawn: Vec<&str> = (0..n_words).map(|_| words[random.below(words.len())]).collect();
        let note = ["", "", " (Applause.)", " [laughter] And so."][random.below(4)];
        let end = if sentence % 80 == 79 { "\n\n" } else { " " };
        speech.push_str(&format!("So {}.{note}{end}", drawn.join(" ")));
    }
    world.put("corpus/speeches/harbour.txt", speech);
    world.run(&["index", "corpus"]).expect(0);
    world
}

fn draw(readings: &[Reading], random: &mut Random) -> Vec<String> {
    loop {
        let at = random.below(readings.len());
        let mut words = if random.below(2) == 0 {
            readings[at].written.clone()
        } else {
            readings[at].spoken.clone()
        };
        if random.below(3) == 0 && readings.get(at + 1).is_some_and(|next| next.continues_the_last)
        {
            // Around the cut of a paragraph.
            words = [&words[words.len().saturating_sub(7)..], &readings[at + 1].spoken].concat();
            words.truncate(12);
        }
        let n_words = 2 + random.below(7);
        if words.len() >= n_words {
            let from = random.below(words.len() - n_words + 1);
            return words[from..from + n_words].to_vec();
        }
    }
}

#[test]
fn phrases_are_found_where_a_scan_finds_them() {
    let world = world();
    let all = world
        .run(&["search", "--limit", "0", "--format", "jsonl", "--", "-zzzz"])
        .expect(0)
        .objects();
    let ids: BTreeSet<String> = all.iter().map(|hit| text(&hit["document_id"])).collect();
    let mut readings = Vec::new();
    for id in &ids {
        let shown = world.show(id);
        readings.extend(
            shown["passages"].as_array().unwrap().iter().map(|passage| reading(id, passage)),
        );
    }
    assert_eq!(readings.len(), all.len(), "the match-all query finds every passage");
    assert!(readings.iter().filter(|reading| reading.continues_the_last).count() > 5);
    assert!(readings.iter().any(|reading| reading.spoken.len() < reading.written.len()));
    let mut random = Random(2026);
    for _ in 0..N_PHRASES {
        let phrase = draw(&readings, &mut random);
        let expected = scan(&readings, &phrase);
        let answer = world.search(&format!("\"{}\"", phrase.join(" ")));
        let found: BTreeSet<(String, usize)> = hits(&answer)
            .iter()
            .map(|hit| (text(&hit["document_id"]), number(&hit["passage"])))
            .collect();
        assert_eq!(found, expected, "{phrase:?}");
        assert_eq!(number(&answer["count"]), found.len(), "{phrase:?}");
        let lit = hits(&answer).iter().all(|hit| !hit["highlights"].as_array().unwrap().is_empty());
        assert!(lit, "{phrase:?}");
    }
}
