//! How sure it is that a stretch is what a line remembers.

use onrecord_indexing::PairWeight;
use onrecord_text::{Alignment, Edit};

/// From here on a wording is close: it is more likely what is remembered than not.
pub(super) const CLOSE: f32 = 0.5;

/// From here on no better wording is looked for.
pub(super) const CERTAIN: f32 = 0.95;

/// The weights of the logistic function, fitted on lines drawn by seed, as `docs/methods.md` says.
const CONSTANT: f32 = -12.0;
const OF_WORDS: f32 = 14.0;
const OF_PAIRS: f32 = 4.0;
const OF_SURPRISE: f32 = 1.2;

/// What of the pairs of a line came with an alignment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    /// How alike the words are, 0 to 1.
    pub(super) words: f32,
    /// The share of the line's pairs that the stretch has, by weight, 0 to 1.
    pub(super) pairs: f32,
    /// The logarithm of what they weigh and one.
    pub(super) surprise: f32,
}

/// Returns the likelihood, 0 to 1, that a stretch is what a line remembers.
pub(super) fn of(alignment: &Alignment, weights: &[PairWeight]) -> f32 {
    let Evidence { words, pairs, surprise } = evidence(alignment, weights);
    if alignment.edits.iter().all(Edit::is_kept) {
        return 1.0;
    }
    let sum = CONSTANT + OF_WORDS * words + OF_PAIRS * pairs + OF_SURPRISE * surprise;
    1.0 / (1.0 + (-sum).exp())
}

/// How far apart the two words of a pair may stand in what was said, in words.
const REACH: usize = 3;

/// Weighs an alignment: a pair counts where both of its words have a partner and these stand
/// close together.
pub(super) fn evidence(alignment: &Alignment, weights: &[PairWeight]) -> Evidence {
    let mut partners = Vec::new();
    let mut place = 0;
    for edit in &alignment.edits {
        if edit.line().is_some() {
            partners.push((edit.credit(), edit.source().map(|_| place)));
        }
        place += usize::from(edit.source().is_some());
    }
    let (mut total, mut found) = (0.0, 0.0);
    for pair in weights {
        total += pair.weight;
        let (Some(one), Some(other)) = (partners.get(pair.first), partners.get(pair.second)) else {
            continue;
        };
        let close = match (one.1, other.1) {
            (Some(a), Some(b)) => a.abs_diff(b) <= REACH,
            // One of them moved: that it is there at all counts half.
            (Some(_), None) | (None, Some(_)) => true,
            (None, None) => true,
        };
        if close {
            let half = if one.1.is_some() && other.1.is_some() { 1.0 } else { 0.5 };
            found += half * pair.weight * one.0.min(other.0);
        }
    }
    let pairs = if total > 0.0 { found / total } else { 0.0 };
    Evidence { words: alignment.similarity, pairs, surprise: found.ln_1p() }
}
