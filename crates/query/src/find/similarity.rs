//! How sure it is that a stretch is what a line remembers.

use onrecord_text::{Alignment, Edit};

/// From here on a wording is close: it is more likely what is remembered than not.
pub(super) const CLOSE: f32 = 0.5;

/// From here on no better wording is looked for.
pub(super) const CERTAIN: f32 = 0.9;

/// The weights of the logistic function, chosen on lines drawn by seed, as `docs/methods.md` says.
const CONSTANT: f32 = -25.4;
const OF_WORDS: f32 = 20.5;
const OF_WEIGHT: f32 = 4.0;
const OF_LENGTH: f32 = -0.217;

/// What speaks for an alignment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    /// How alike the words are, 0 to 1.
    pub(super) words: f32,
    /// What the words weigh that the stretch has, in nats.
    pub(super) weight: f32,
    /// How many words the line has: the more there are, the more weigh by chance.
    pub(super) n_words: usize,
}

/// Returns the likelihood, 0 to 1, that a stretch is what a line remembers.
pub(super) fn of(alignment: &Alignment, weights: &[f32]) -> f32 {
    let Evidence { words, weight, n_words } = evidence(alignment, weights);
    if alignment.edits.iter().all(Edit::is_kept) {
        return 1.0;
    }
    let sum = CONSTANT + OF_WORDS * words + OF_WEIGHT * weight.ln_1p() + OF_LENGTH * n_words as f32;
    1.0 / (1.0 + (-sum).exp())
}

/// Weighs an alignment; `weights` are those of the line's words, in order.
///
/// A word weighs the logarithm of how many passages there are for one that has it: to have the
/// common words of a line says little. What is only alike weighs in part.
pub(super) fn evidence(alignment: &Alignment, weights: &[f32]) -> Evidence {
    let of_line = alignment.edits.iter().filter(|edit| edit.line().is_some());
    let weight: f32 = of_line.zip(weights).map(|(edit, weight)| edit.credit() * weight).sum();
    Evidence { words: alignment.similarity, weight, n_words: weights.len() }
}
