//! What a model sees of a passage: its words, and what the rules make of it.

use crate::classifier::ROUNDING;
use onrecord_text::{Lexicon, WordsIn};

/// The most that a sum of weights counts for, in thresholds: past it the rules are sure.
const MOST_SUM: f32 = 2.0;

/// What a passage shows of itself to be labelled by learned weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Features {
    /// Stems, and pairs of neighbouring ones with a blank between, function words passed over;
    /// each as often as the passage has it.
    pub(crate) words: Vec<String>,
    /// For each priority, in the order of the taxonomy, the sum of the weights of its terms in
    /// thresholds; then for each 1 where the sum reaches the threshold, else 0.
    pub(crate) rules: Vec<f32>,
}

impl Features {
    /// Returns what is to be seen of a text without words.
    pub(crate) fn none(n_priorities: usize) -> Self {
        Self { words: Vec::new(), rules: vec![0.0; 2 * n_priorities] }
    }

    /// Lists what is to be seen: `sums` are those of the priorities, in thresholds.
    pub(crate) fn of(words: WordsIn<'_>, lexicon: &Lexicon, sums: &[f32]) -> Self {
        let content = words.ids.iter().filter(|id| lexicon.stem_hash(**id).is_some());
        let stems: Vec<&str> = content.map(|id| lexicon.forms(*id).stem).collect();
        let pairs = stems.windows(2).map(|pair| pair.join(" "));
        let reaches = sums.iter().map(|sum| if *sum + ROUNDING >= 1.0 { 1.0 } else { 0.0 });
        Self {
            words: stems.iter().map(|stem| (*stem).to_owned()).chain(pairs).collect(),
            rules: sums.iter().map(|sum| sum.clamp(0.0, MOST_SUM)).chain(reaches).collect(),
        }
    }
}
