use crate::boost::surprise;
use crate::condition::Condition;
use crate::error::IndexError;
use crate::reader::{Address, Reader};
use crate::top::Ranked;
use onrecord_text::{Lexicon, WordTest, is_function_word, tokens};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::{DocAddress, Score, Term};

/// How many of the best passages are read for related words, the usual number of relevance models.
const N_READ: usize = 10;

/// How many passages a word must be in to be what the best have in common.
const MIN_PASSAGES: usize = 2;

/// How many related words count.
const N_RELATED: usize = 30;

/// What all related words together weigh, as a share of the words that were asked for.
const RELATED_WEIGHT: f64 = 0.5;

/// A passage weighs by its score, as a share of the highest, to this power: of 80 % of the score it
/// weighs 40 %.
const POWER: i32 = 4;

/// How many words a passage counts as having more than it has, so that each word of a heading
/// does not weigh as a whole paragraph.
const MORE_WORDS: usize = 50;

/// A word that the best passages have in common and that was not asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RelatedWord {
    pub(crate) stem: String,
    /// A word of the stem, folded, to be shown.
    pub(crate) word: String,
    /// How much of its BM25 counts.
    pub(crate) weight: Score,
    /// The passages that it is known from, each with its share of the weight, from 0 to 1.
    known_from: Vec<(DocAddress, Score)>,
}

impl RelatedWord {
    /// Returns what share of the weight counts for a passage: what other passages speak for, since
    /// none is related to itself.
    pub(crate) fn share_for(&self, passage: DocAddress) -> Score {
        let own = self.known_from.iter().find(|(known, _)| *known == passage);
        own.map_or(1.0, |(_, share)| 1.0 - share)
    }
}

/// How much a stem is of what the best passages say.
#[derive(Default)]
struct Weight {
    word: String,
    all: f64,
    by_passage: Vec<(DocAddress, f64)>,
}

impl Weight {
    fn add(&mut self, passage: DocAddress, weight: f64) {
        self.all += weight;
        match self.by_passage.last_mut() {
            Some((last, sum)) if *last == passage => *sum += weight,
            Some(_) | None => self.by_passage.push((passage, weight)),
        }
    }
}

/// Lists the stems of the words that a condition asks for, in whatever form.
pub(crate) fn written_stems(condition: &Condition) -> BTreeSet<String> {
    let mut lexicon = Lexicon::new();
    words_of(condition).into_iter().map(|word| lexicon.word(word).stem.to_owned()).collect()
}

fn words_of(condition: &Condition) -> Vec<&str> {
    match condition {
        Condition::Stem { word, .. } | Condition::Word(word) => vec![word],
        Condition::Phrase(words) => words.iter().map(String::as_str).collect(),
        Condition::Arranged(arrangement) => {
            arrangement.steps().iter().flat_map(|step| words_of_test(&step.test)).collect()
        }
        Condition::And(parts) | Condition::Or(parts) => parts.iter().flat_map(words_of).collect(),
        Condition::Boost(part, _) => words_of(part),
        Condition::InQuote(part) => words_of(part),
        Condition::Prefer(required, preferred) => {
            words_of(required).into_iter().chain(preferred.iter().flat_map(words_of)).collect()
        }
        Condition::All
        | Condition::Not(_)
        | Condition::Speaker(_)
        | Condition::Quoted(_)
        | Condition::Named(..)
        | Condition::QuoteKind(_)
        | Condition::QuoteHash(_)
        | Condition::Priority(_)
        | Condition::Part(_)
        | Condition::Document(_) => Vec::new(),
    }
}

fn words_of_test(test: &WordTest) -> Vec<&str> {
    match test {
        WordTest::OneOf(words) => words.iter().map(|word| &**word).collect(),
        WordTest::Stem(stem) => vec![stem],
        WordTest::Any => Vec::new(),
    }
}

impl Reader {
    /// Finds words that are related to those asked for, the most important first: those that the
    /// best passages of speech have in common.
    ///
    /// A relevance model (V. Lavrenko and W. B. Croft, *Relevance-Based Language Models*, 2001;
    /// mixed with the question as RM3 of N. Abdul-Jaleel and others, 2004): a passage weighs by its
    /// score, and a stem has as much of that weight as it has of the passage's words; times its
    /// surprise, so that common words do not count as related.
    ///
    /// # Errors
    /// When a passage is not what was written.
    pub(crate) fn related_words(
        &self,
        best_first: &[Ranked],
        n_asked: usize,
        written: &BTreeSet<String>,
    ) -> Result<Vec<RelatedWord>, IndexError> {
        let n_entries = self.searcher().total_num_docs()?;
        let mut found = Vec::new();
        for (stem, weight) in self.weigh_stems(best_first, written)? {
            if weight.by_passage.len() < MIN_PASSAGES {
                continue;
            }
            let term = Term::from_field_text(self.fields.stem, &stem);
            let surprise = surprise(n_entries, self.searcher().doc_freq(&term)?);
            found.push((weight.all * f64::from(surprise), stem, weight));
        }
        // Stems come in their order, which the sort keeps where two weigh alike.
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(N_RELATED);
        let all: f64 = found.iter().map(|(value, ..)| value).sum();
        let of_asked = RELATED_WEIGHT * n_asked as f64;
        let related = found.into_iter().map(|(value, stem, of_stem)| RelatedWord {
            stem,
            weight: (of_asked * value / all) as Score,
            known_from: of_stem
                .by_passage
                .iter()
                .map(|(passage, weight)| (*passage, (weight / of_stem.all) as Score))
                .collect(),
            word: of_stem.word,
        });
        Ok(related.filter(|related| related.weight > 0.0).collect())
    }

    /// Reads the best passages, and weighs the stems of their words; not those written, nor
    /// function words and single letters.
    fn weigh_stems(
        &self,
        best_first: &[Ranked],
        written: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, Weight>, IndexError> {
        let mut lexicon = Lexicon::new();
        let mut weights: BTreeMap<String, Weight> = BTreeMap::new();
        let words = self.words_by_segment()?;
        let is_speech = |passage: &&Ranked| {
            let DocAddress { segment_ord, doc_id } = passage.address;
            words.get(segment_ord as usize).is_some_and(|words| words.first(doc_id).is_some())
        };
        let speech = best_first.iter().filter(is_speech).take_while(|passage| passage.score > 0.0);
        let mut highest = None;
        for passage in speech.take(N_READ) {
            let highest = *highest.get_or_insert(passage.score);
            let text = self.passage(Address(passage.address))?.text;
            let n_words = tokens(&text).count() + MORE_WORDS;
            let weight = f64::from(passage.score / highest).powi(POWER) / n_words as f64;
            for token in tokens(&text) {
                let word = lexicon.word(text.get(token.range()).unwrap_or_default());
                let says_little = is_function_word(word.folded) || word.stem.chars().count() < 2;
                if says_little || written.contains(word.stem) {
                    continue;
                }
                if let Some(known) = weights.get_mut(word.stem) {
                    known.add(passage.address, weight);
                } else {
                    let mut new = Weight { word: word.folded.to_owned(), ..Weight::default() };
                    new.add(passage.address, weight);
                    weights.insert(word.stem.to_owned(), new);
                }
            }
        }
        Ok(weights)
    }
}
