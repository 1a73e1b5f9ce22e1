use crate::QueryError;
use onrecord_indexing::Reader;
use onrecord_model::Span;
use onrecord_text::{Lexicon, is_function_word, is_qualifier};
use std::collections::HashMap;

/// What of a statement that is not in the draft's sentence counts against it, of each word that is
/// in the draft's sentence alone: a long sentence may say more and speak of the same.
const WEIGHT_OF_MORE: f32 = 0.25;

/// A word that tells what a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TellingWord {
    /// Where it stands, in bytes of the text that it was cut from.
    pub(super) span: Span,
    /// The hash of its stem.
    pub(super) stem: u64,
}

/// The words that tell what a sentence is about: no function words, and nothing that says how many,
/// how surely or whether.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Telling {
    /// In the order of the text.
    pub(super) words: Vec<TellingWord>,
    /// Each stem once, sorted, with its weight: 1 for one in a single passage of the index, towards 0
    /// for one in all.
    stems: Vec<(u64, f32)>,
}

impl Telling {
    /// Counts the stems.
    pub(super) const fn n_stems(&self) -> usize {
        self.stems.len()
    }

    /// Sums the weights of the stems.
    pub(super) fn weight(&self) -> f32 {
        self.stems.iter().map(|(_, weight)| weight).sum()
    }

    /// Counts the stems that are in both, and weighs them.
    pub(super) fn shared(&self, other: &Self) -> (usize, f32) {
        let is_shared =
            |stem: u64| other.stems.binary_search_by_key(&stem, |(stem, _)| *stem).is_ok();
        let shared = self.stems.iter().filter(|(stem, _)| is_shared(*stem));
        shared.fold((0, 0.0), |(n, sum), (_, weight)| (n + 1, sum + weight))
    }

    /// Tells how much of what a sentence is about another shares, 0 to 1: Tversky's ratio, by the
    /// weights of stems.
    pub(super) fn similarity(&self, other: &Self) -> f32 {
        let (_, shared) = self.shared(other);
        if shared <= 0.0 {
            return 0.0;
        }
        let (own, more) = (self.weight() - shared, other.weight() - shared);
        shared / (shared + own + WEIGHT_OF_MORE * more)
    }

    /// Returns the weight of a stem, 0 for one that it has not.
    pub(super) fn weight_of(&self, stem: u64) -> f32 {
        let at = self.stems.binary_search_by_key(&stem, |(stem, _)| *stem);
        at.map_or(0.0, |at| self.stems[at].1)
    }

    /// Returns where words stand of which every sentence holds one that is so similar: the rarest,
    /// each stem once, so many that the others weigh less than that share of all.
    pub(super) fn needed(&self, similarity: f32) -> Vec<Span> {
        let mut words: Vec<&TellingWord> = Vec::new();
        for word in &self.words {
            if words.iter().all(|known| known.stem != word.stem) {
                words.push(word);
            }
        }
        words.sort_by(|a, b| self.weight_of(b.stem).total_cmp(&self.weight_of(a.stem)));
        // What is shared is that share of all at least.
        let most_left = similarity * self.weight();
        let left =
            |n: usize| -> f32 { words[n..].iter().map(|word| self.weight_of(word.stem)).sum() };
        let n_needed = (0..words.len()).find(|n| left(*n) < most_left).unwrap_or(words.len());
        words.truncate(n_needed);
        words.into_iter().map(|word| word.span).collect()
    }

    /// Lists the stems of the words nearest to a place, so many on either side, sorted.
    pub(super) fn around(&self, place: Span, reach: usize) -> Vec<u64> {
        let from = self.words.partition_point(|word| word.span.end <= place.start);
        let to = self.words.partition_point(|word| word.span.start < place.end);
        let end = to.saturating_add(reach).min(self.words.len());
        let words = self.words.get(from.saturating_sub(reach)..end).unwrap_or_default();
        let mut stems: Vec<u64> = words.iter().map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }
}

/// Tells what sentences are about, by the index's own measure of what is common.
pub(super) struct Weighing<'a> {
    reader: &'a Reader,
    n_passages: f32,
    lexicon: Lexicon,
    /// By the hash of a stem.
    weights: HashMap<u64, f32>,
}

impl<'a> Weighing<'a> {
    pub(super) fn new(reader: &'a Reader) -> Result<Self, QueryError> {
        let is_telling = |word: &str| !is_function_word(word) && !is_qualifier(word);
        Ok(Self {
            reader,
            n_passages: reader.n_passages()?.max(1) as f32,
            lexicon: Lexicon::marking(move |word| u8::from(is_telling(word.folded))),
            weights: HashMap::new(),
        })
    }

    /// Forgets words if there are too many.
    pub(super) fn make_room(&mut self) {
        self.lexicon.make_room();
    }

    /// Returns the stem of a word, as the index has it.
    pub(super) fn stem(&mut self, written: &str) -> &str {
        self.lexicon.word(written).stem
    }

    /// Returns the hash of the stem of a word; none of a function word.
    pub(super) fn stem_hash(&mut self, written: &str) -> Option<u64> {
        let id = self.lexicon.id(written);
        self.lexicon.stem_hash(id)
    }

    /// Finds the words of a sentence that tell what it is about, among its tokens.
    pub(super) fn telling(&mut self, text: &str, tokens: &[Span]) -> Result<Telling, QueryError> {
        let mut telling = Telling::default();
        for &span in tokens {
            let id = self.lexicon.id(text.get(span.range()).unwrap_or_default());
            if self.lexicon.mark(id) == 0 {
                continue;
            }
            let Some(stem) = self.lexicon.stem_hash(id) else { continue };
            telling.words.push(TellingWord { span, stem });
            let weight = match self.weights.get(&stem) {
                Some(weight) => *weight,
                None => {
                    let n = self.reader.n_passages_of_stem(self.lexicon.forms(id).stem)?;
                    let all = self.n_passages + 1.0;
                    // Between the engine's merges a word may count more passages than there are.
                    let weight = ((all / n.max(1) as f32).ln() / all.ln()).max(0.0);
                    self.weights.insert(stem, weight);
                    weight
                }
            };
            telling.stems.push((stem, weight));
        }
        telling.stems.sort_unstable_by_key(|(stem, _)| *stem);
        telling.stems.dedup_by_key(|(stem, _)| *stem);
        Ok(telling)
    }
}
