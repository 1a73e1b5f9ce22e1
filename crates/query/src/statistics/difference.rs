use crate::interval::wilson;

/// Returns the 95 % interval of the difference of two independent shares, the first less the
/// second, −1 to 1; none where there is nothing to count on a side.
///
/// R. G. Newcombe, "Interval estimation for the difference between independent proportions:
/// comparison of eleven methods", 1998, method 10: from the score intervals of both.
pub(crate) fn difference_of_shares(a: (u64, u64), b: (u64, u64)) -> Option<(f64, f64)> {
    let (low_a, high_a) = wilson(a.0, a.1)?;
    let (low_b, high_b) = wilson(b.0, b.1)?;
    let (share_a, share_b) = (a.0 as f64 / a.1 as f64, b.0 as f64 / b.1 as f64);
    let difference = share_a - share_b;
    let below = (share_a - low_a).hypot(high_b - share_b);
    let above = (high_a - share_a).hypot(share_b - low_b);
    Some((difference - below, difference + above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        // Table II of the paper, method 10.
        for (a, b, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0000),
            ((10, 10), (0, 10), 0.6075, 1.0000),
        ] {
            let found = difference_of_shares(a, b).unwrap();
            let rounded = |x: f64| (x * 10_000.0).round() / 10_000.0;
            assert_eq!((rounded(found.0), rounded(found.1)), (low, high), "{a:?} {b:?}");
        }
        assert_eq!(difference_of_shares((0, 0), (1, 2)), None);
    }
}
