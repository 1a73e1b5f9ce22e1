/// The count that stands for 0, so that there is a ratio (A. Hardie, CQPweb).
const ZERO: f64 = 0.5;

/// Tells how much more frequent something is in one part of a corpus than in another: the binary
/// logarithm of the ratio of its relative frequencies.
///
/// 0 is as frequent, 1 twice as frequent in the first, −1 in the second, each further unit twice
/// as much again. Where one part has none of the thing, 0.5 stands for its count. None where a part
/// has no words, neither has the thing, or the part that has none is so small that 0.5 would be as
/// frequent there as in the other, or more: then it cannot be told.
/// A. Hardie, "Log Ratio: an informal introduction", 2014.
pub(crate) fn log_ratio(a: u64, of_a: u64, b: u64, of_b: u64) -> Option<f64> {
    if of_a == 0 || of_b == 0 || (a == 0 && b == 0) {
        return None;
    }
    let rate = |count: u64, total: u64| {
        let count = if count == 0 { ZERO } else { count as f64 };
        count / total as f64
    };
    let ratio = (rate(a, of_a) / rate(b, of_b)).log2();
    let is_turned = (a == 0 && ratio >= 0.0) || (b == 0 && ratio <= 0.0);
    (!is_turned).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hardie 2014: 0.0006 is three times 0.0002; and what each step means.
    #[test]
    fn steps_are_those_of_hardie() {
        for (a, of_a, b, of_b, expected) in [
            (6, 10_000, 2, 10_000, 3_f64.log2()),
            (6, 10_000, 4, 20_000, 3_f64.log2()),
            (5, 1_000, 5, 1_000, 0.0),
            (10, 1_000, 5, 1_000, 1.0),
            (20, 1_000, 5, 1_000, 2.0),
            (40, 1_000, 5, 1_000, 3.0),
            (5, 1_000, 10, 1_000, -1.0),
            (5, 1_000, 80, 1_000, -4.0),
            (8, 1_000, 0, 1_000, 4.0),
            (0, 1_000, 8, 1_000, -4.0),
        ] {
            let found = log_ratio(a, of_a, b, of_b).unwrap();
            assert!((found - expected).abs() < 1e-12, "{a}/{of_a} {b}/{of_b}: {found}");
        }
    }

    #[test]
    fn nothing_has_no_ratio() {
        for (a, of_a, b, of_b) in [
            (0, 10, 0, 10),
            (1, 10, 0, 0),
            (0, 0, 1, 10),
            // Expected in ten words: 0.05. That there is none tells nothing.
            (0, 10, 5, 1_000),
            (5, 1_000, 0, 10),
        ] {
            assert_eq!(log_ratio(a, of_a, b, of_b), None, "{a}/{of_a} {b}/{of_b}");
        }
    }
}
