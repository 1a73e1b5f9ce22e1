//! What is counted against a scan of the words that were indexed.

use super::count::count_within;
use super::*;
use crate::QueryError;
use onrecord_indexing::{Condition, Description, Reader, Writer};
use onrecord_model::{AnnotatedDocument, Block, BlockKind, Document, DocumentId, Metadata, Span};
use onrecord_text::{Lexicon, Words, segment};
use std::collections::{BTreeMap, BTreeSet};

/// Paragraphs of some words, by document.
type Texts = Vec<Vec<Vec<&'static str>>>;

const WORDS: [&str; 7] = ["the", "harbour", "of", "deep", "water", "and", "free"];

/// Draws paragraphs of words, the first of each document so long that it is cut.
fn draw(seed: u64) -> Texts {
    let mut state = seed;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % limit
    };
    let mut paragraph = |n: usize| (0..n).map(|_| WORDS[below(WORDS.len())]).collect();
    let lengths = [[900, 3], [40, 1], [700, 60]];
    lengths.iter().map(|document| document.iter().map(|&n| paragraph(n)).collect()).collect()
}

fn index(texts: &Texts) -> (tempfile::TempDir, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Description::default(), 1).unwrap();
    let mut lexicon = Lexicon::new();
    for (name, paragraphs) in texts.iter().enumerate() {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for paragraph in paragraphs {
            let start = text.len();
            text.push_str(&paragraph.join(" "));
            blocks.push(Block::new(Span::from_range(start..text.len()), BlockKind::Paragraph));
            text.push_str("\n\n");
        }
        let id = DocumentId::new("root", &format!("{name}"), None);
        let document = Document::new(id, Metadata::default(), text.trim_end().into(), blocks);
        let passages = segment(&document);
        let words = Words::of(&document, &passages, &mut lexicon);
        let annotated = AnnotatedDocument { document, passages, quotes: vec![], labels: vec![] };
        writer.replace(&annotated, &words, &lexicon, "root/file", [0; 16]).unwrap();
    }
    writer.commit().unwrap();
    writer.close().unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    (folder, reader)
}

/// Counts runs of words by scanning; of each the occurrences and the documents.
fn scan(texts: &Texts, n: usize) -> BTreeMap<String, (u64, BTreeSet<usize>)> {
    let mut found: BTreeMap<String, (u64, BTreeSet<usize>)> = BTreeMap::new();
    for (at, document) in texts.iter().enumerate() {
        for window in document.iter().flat_map(|paragraph| paragraph.windows(n)) {
            let (count, documents) = found.entry(window.join(" ")).or_default();
            *count += 1;
            documents.insert(at);
        }
    }
    found
}

#[test]
fn runs_are_counted_as_a_scan_counts_them_with_a_sieve_or_without() {
    let texts = draw(3);
    let (_folder, reader) = index(&texts);
    let speech = Speech::marked(&reader, Condition::All).unwrap();
    for n_words in 1..=MAX_GRAM_WORDS {
        let scanned = scan(&texts, n_words);
        for (min_count, max_grams) in [(1, usize::MAX), (2, usize::MAX), (4, 1_500), (9, 1_500)] {
            let counting = Counting { n_words, min_count, ..Counting::default() };
            let tally = count_within(&speech, &counting, max_grams).unwrap();
            assert!(tally.totals[0].passages > 6, "long paragraphs are cut");
            let found: BTreeMap<String, (u64, u64)> = tally
                .items()
                .map(|at| (tally.text(at), (tally.counts(at)[0], tally.documents(at)[0])))
                .collect();
            let expected = scanned
                .iter()
                .filter(|(_, (count, _))| *count >= min_count)
                .map(|(run, (count, documents))| (run.clone(), (*count, documents.len() as u64)))
                .collect();
            assert_eq!(found, expected, "{n_words} words, {min_count} times");
            assert_eq!(
                tally.totals[0].places,
                scanned.values().map(|(count, _)| count).sum::<u64>()
            );
        }
    }
}

#[test]
fn dispersion_is_that_of_the_documents() {
    let texts = draw(4);
    let (_folder, reader) = index(&texts);
    let speech = Speech::marked(&reader, Condition::All).unwrap();
    let counting = Counting { n_words: 2, ..Counting::default() };
    let mut tally = count(&speech, &counting).unwrap();
    let shown: Vec<usize> = tally.items().collect();
    let found = tally.dispersion(&speech, &shown).unwrap();
    let by_document: Vec<_> = texts.iter().map(|text| scan(&vec![text.clone()], 2)).collect();
    let sizes: Vec<u64> =
        by_document.iter().map(|runs| runs.values().map(|(count, _)| count).sum()).collect();
    for (at, dispersion) in shown.into_iter().zip(found) {
        let counts =
            by_document.iter().map(|runs| runs.get(&tally.text(at)).map_or(0, |(count, _)| *count));
        let total = tally.counts(at)[0] as f64;
        let size = sizes.iter().sum::<u64>() as f64;
        let sum: f64 = counts
            .zip(&sizes)
            .map(|(count, of)| (count as f64 / total - *of as f64 / size).abs())
            .sum();
        assert!((dispersion.unwrap() - sum / 2.0).abs() < 1e-9, "{}", tally.text(at));
    }
}

#[test]
fn too_many_runs_are_refused() {
    let texts = draw(5);
    let (_folder, reader) = index(&texts);
    let speech = Speech::marked(&reader, Condition::All).unwrap();
    let counting = Counting { n_words: 3, min_count: 2, ..Counting::default() };
    let error = count_within(&speech, &counting, 100).unwrap_err();
    assert!(matches!(error, QueryError::TooManyGrams { n_words: 3, min_count: 2, limit: 100 }));
    // Single words are as few as a language has.
    count_within(&speech, &Counting::default(), 1).unwrap();
}

#[test]
fn the_lists_of_the_index_count_as_reading_does() {
    let mut texts = draw(6);
    for (at, paragraph) in texts.iter_mut().flatten().enumerate() {
        // What stands in a note is no word of speech, and what stands in one alone is none at all.
        paragraph.insert(
            paragraph.len() / 2,
            if at % 2 == 0 { "(Applause.)" } else { "(The harbour bell.)" },
        );
    }
    let (_folder, reader) = index(&texts);
    for marked in [Condition::All, Condition::Word("free".into())] {
        let speech = Speech::new(&reader, Condition::All, marked).unwrap();
        for form in [WordForm::Folded, WordForm::Stem] {
            for content_only in [false, true] {
                let counting = Counting { form, content_only, ..Counting::default() };
                let [listed, read] = [
                    count(&speech, &counting).unwrap(),
                    count_within(&speech, &counting, usize::MAX).unwrap(),
                ]
                .map(|mut tally| {
                    let shown: Vec<usize> = tally.items().collect();
                    let dispersion = tally.dispersion(&speech, &shown).unwrap();
                    let rows: BTreeMap<String, _> = shown
                        .iter()
                        .zip(dispersion)
                        .map(|(&at, dispersion)| {
                            let rounded = dispersion.map(|value| (value * 1e12).round());
                            (tally.text(at), (tally.counts(at), tally.documents(at), rounded))
                        })
                        .collect();
                    (rows, tally.totals)
                });
                assert_eq!(listed, read, "{form:?} {content_only}");
                assert!(!listed.0.contains_key("applause") && listed.0.len() > 3);
            }
        }
    }
}
