//! A page of hits is the beginning of the whole list, whatever is passed over to find it.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use onrecord_indexing::{Address, Condition, Description, Found, Hit, Reader, Writer};
use onrecord_model::{AnnotatedDocument, Block, BlockKind, Document, DocumentId, Metadata, Span};
use onrecord_text::{Lexicon, Words, segment};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words of which some are forms of one stem, the first ones far more frequent.
const WORDS: [&str; 10] = [
    "the", "network", "networks", "act", "acting", "acted", "harbour", "harbours", "treaty", "vote",
];

/// An index of three segments: of short passages, of long ones, and of what was changed.
static INDEX: LazyLock<(tempfile::TempDir, Reader)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Description::default(), 1).unwrap();
    let mut random = Random(7);
    for (first, n_documents, most_words) in [(0, 120, 6), (120, 120, 150), (60, 90, 40)] {
        for document in first..first + n_documents {
            add(&writer, document, &mut random, most_words);
        }
        writer.commit().unwrap();
    }
    writer.close().unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    (folder, reader)
});

/// Numbers that look random: Knuth's linear congruential generator.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn add(writer: &Writer, number: u64, random: &mut Random, most_words: u64) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for _ in 0..1 + random.below(30) {
        let start = text.len();
        let words = (0..1 + random.below(most_words)).map(|_| {
            let place = random.below(10).min(random.below(10));
            WORDS[place as usize]
        });
        text.push_str(&words.collect::<Vec<_>>().join(" "));
        blocks.push(Block::new(Span::from_range(start..text.len()), BlockKind::Paragraph));
        text.push_str("\n\n");
    }
    let id = DocumentId::new("test", &number.to_string(), None);
    // Every third has a title.
    let title = WORDS.get(number as usize).or(WORDS.get(number as usize / 30));
    let title = title.filter(|_| number.is_multiple_of(3)).map(|&title| title.to_owned());
    let metadata = Metadata { title, ..Metadata::default() };
    let document = Document::new(id, metadata, text.trim_end().into(), blocks);
    let passages = segment(&document);
    let mut lexicon = Lexicon::new();
    let words = Words::of(&document, &passages, &mut lexicon);
    let annotated = AnnotatedDocument { document, passages, quotes: vec![], labels: vec![] };
    writer.replace(&annotated, &words, &lexicon, "test", [0; 16]).unwrap();
}

fn condition() -> impl Strategy<Value = Condition> {
    let word = prop::sample::select(WORDS.to_vec());
    let leaf = prop_oneof![
        4 => word.clone().prop_map(|word| Condition::Stem {
            stem: Lexicon::new().word(word).stem.to_owned(),
            word: word.to_owned(),
        }),
        1 => word.clone().prop_map(|word| Condition::Word(word.to_owned())),
        1 => prop::collection::vec(word, 2..4).prop_map(|words| {
            Condition::Phrase(words.into_iter().map(str::to_owned).collect())
        }),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            3 => parts.clone().prop_map(Condition::Or),
            2 => parts.clone().prop_map(Condition::And),
            1 => (inner.clone(), parts).prop_map(|(one, more)| Condition::Prefer(one.into(), more)),
            1 => (inner.clone(), inner).prop_map(|(one, other)| {
                Condition::And(vec![one, Condition::Not(other.into())])
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_page_is_the_beginning_of_the_whole(condition in condition(), limit in 1_usize..30) {
        let reader = &INDEX.1;
        let all = reader.search(&condition, 0, 0).unwrap();
        let page = reader.search(&condition, limit, 0).unwrap();
        prop_assert_eq!(page.count, all.count);
        prop_assert_eq!(all.count, all.hits.len() as u64);
        prop_assert_eq!(&page.hits[..], &all.hits[..limit.min(all.hits.len())]);
    }
}

proptest! {
    // Each asks three times for all there is.
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn words_rank_what_is_found_and_a_page_is_the_beginning_of_the_whole(
        condition in condition(),
        limit in prop_oneof![1_usize..30, 990_usize..1010],
    ) {
        let reader = &INDEX.1;
        let plain = reader.search(&condition, 0, 0).unwrap();
        let (all, scoring) = reader.search_by_words(&condition, 0, 0).unwrap();
        let (page, same) = reader.search_by_words(&condition, limit, 3).unwrap();
        prop_assert_eq!(&scoring, &same);
        prop_assert_eq!((all.count, page.count), (plain.count, plain.count));
        let addresses = |found: &Found| -> BTreeSet<Address> {
            found.hits.iter().map(|hit| hit.address).collect()
        };
        prop_assert_eq!(addresses(&all), addresses(&plain));
        let expected: Vec<Hit> = all.hits.iter().skip(3).take(limit).copied().collect();
        prop_assert_eq!(page.hits, expected);
        prop_assert!(all.hits.is_sorted_by(|a, b| a.score >= b.score));
        for hit in all.hits.iter().take(5) {
            let parts = reader.score_parts(&condition, &scoring, hit).unwrap();
            let sum: f32 = parts.iter().map(|part| part.score).sum();
            prop_assert!((sum - hit.score).abs() <= 1e-3 * hit.score, "{} {:?}", hit.score, parts);
            prop_assert!(parts.iter().all(|part| part.score > 0.0));
        }
    }
}
