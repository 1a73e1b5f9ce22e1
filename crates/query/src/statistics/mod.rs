//! The measures of keyness, collocation and dispersion: numbers in, a number out.
//!
//! Each names its source, and is tested against the figures that the source works out.

mod association;
mod dispersion;
mod log_likelihood;
mod log_ratio;

pub(crate) use association::{Cooccurrence, log_dice};
pub(crate) use dispersion::DeviationOfProportions;
pub(crate) use log_likelihood::{expected_in_parts, log_likelihood_of_rates};
pub(crate) use log_ratio::log_ratio;

/// The expected count below which G² says little: it is then far from the chi-squared distribution
/// that its critical values are of (A. Agresti, "Categorical Data Analysis", 1990; the rule of five
/// goes back to R. A. Fisher).
pub(crate) const LEAST_EXPECTED: f64 = 5.0;

/// Returns how often there is something in a million.
pub(crate) fn per_million(count: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| count as f64 * 1e6 / total as f64)
}
