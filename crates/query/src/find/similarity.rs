//! How sure it is that a stretch is what a line remembers.

use onrecord_text::{Alignment, Edit};

/// From here on a wording is close: it is more likely what is remembered than not.
pub(super) const CLOSE: f32 = 0.5;

/// From here on no better wording is looked for among other passages.
pub(super) const CERTAIN: f32 = 0.95;

/// The logistic function of how alike the words are, fitted to lines drawn by seed, as
/// `docs/methods.md` says: the word similarity that is as likely as not, and the slope there.
const MIDDLE: f32 = 0.65;
const SLOPE: f32 = 34.0;

/// Returns the likelihood, 0 to 1, that a stretch is what a line remembers.
pub(super) fn of(alignment: &Alignment) -> f32 {
    if alignment.edits.iter().all(Edit::is_kept) {
        return 1.0;
    }
    1.0 / (1.0 + (SLOPE * (MIDDLE - alignment.similarity)).exp())
}
