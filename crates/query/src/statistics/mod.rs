//! The measures of keyness, collocation and dispersion: numbers in, a number out.
//!
//! Each names its source, and is tested against the figures that the source works out.

mod association;
mod difference;
mod dispersion;
mod log_likelihood;
mod log_ratio;

pub(crate) use association::{Cooccurrence, log_dice};
pub(crate) use difference::difference_of_shares;
pub(crate) use dispersion::DeviationOfProportions;
pub(crate) use log_likelihood::{expected_in_parts, log_likelihood_of_rates};
pub(crate) use log_ratio::log_ratio;

/// The count below which little can be told: the rule of five, which goes back to R. A. Fisher.
const FEW: u64 = 5;

/// Tells whether so few were seen, where so few were expected, that G² is not to be relied upon.
///
/// The rule of five is mostly put for what is expected alone. But where five or more were seen, G²
/// goes with the exact (Poisson) test however few were expected: of 5 where 0.1 is expected, p is
/// 8 · 10⁻⁸ by that test and 6 · 10⁻⁸ by G². Where few were seen too it overstates: of none where
/// 4 are expected p is 0.018, and 0.005 by G².
pub(crate) fn is_rare(seen: u64, expected: f64) -> bool {
    seen < FEW && expected < FEW as f64
}

/// Returns how often there is something in a million.
pub(crate) fn per_million(count: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| count as f64 * 1e6 / total as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_is_what_is_neither_seen_nor_expected_often() {
        for (seen, expected, is_so) in
            [(0, 4.9, true), (4, 0.1, true), (5, 0.1, false), (0, 5.0, false), (90, 3.0, false)]
        {
            assert_eq!(is_rare(seen, expected), is_so, "{seen} {expected}");
        }
    }
}
