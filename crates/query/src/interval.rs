//! The interval of a share.

/// The quantile of the standard normal distribution that leaves 2.5 % above it: an interval of
/// that many standard errors on both sides covers 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Returns the 95 % score interval of a share of which `part` of `whole` are counted, from 0 to
/// 1; none where there is nothing to count.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927,
/// without a correction for continuity.
pub(crate) fn wilson(part: u64, whole: u64) -> Option<(f64, f64)> {
    if whole == 0 || part > whole {
        return None;
    }
    let (n, share) = (whole as f64, part as f64 / whole as f64);
    let spread = Z * Z / n;
    let centre = (share + spread / 2.0) / (1.0 + spread);
    let half = (spread * (share * (1.0 - share) + spread / 4.0)).sqrt() / (1.0 + spread);
    // At the ends the bound is the end itself, which rounding may miss by a hair.
    let low = if part == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if part == whole { 1.0 } else { (centre + half).min(1.0) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_examples() {
        // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table
        // I, method 3.
        for (part, whole, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = wilson(part, whole).unwrap();
            let rounded = |x: f64| (x * 10_000.0).round() / 10_000.0;
            assert_eq!((rounded(found.0), rounded(found.1)), (low, high), "{part} of {whole}");
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(20, 20).map(|(_, high)| high), Some(1.0));
    }

    proptest! {
        #[test]
        fn it_holds_the_share_and_mirrors(whole in 1_u64..1 << 40, part in 0_u64..1 << 40) {
            let part = part % (whole + 1);
            let (low, high) = wilson(part, whole).unwrap();
            let share = part as f64 / whole as f64;
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            let (other_low, other_high) = wilson(whole - part, whole).unwrap();
            prop_assert!((low - (1.0 - other_high)).abs() < 1e-9);
            prop_assert!((high - (1.0 - other_low)).abs() < 1e-9);
        }
    }

    /// Numbers in 0..1 that look random and are the same in every run: a linear congruential
    /// generator with the constants of Knuth's MMIX.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
            self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    /// Draws `whole` passages, of which each is counted with the probability `share`, again and
    /// again, and returns how often the interval holds the share.
    fn coverage(share: f64, whole: u64, n_draws: u32, random: &mut Random) -> f64 {
        let mut n_covered = 0;
        for _ in 0..n_draws {
            let part = (0..whole).filter(|_| random.next() < share).count() as u64;
            let (low, high) = wilson(part, whole).unwrap();
            n_covered += u32::from(low <= share && share <= high);
        }
        f64::from(n_covered) / f64::from(n_draws)
    }

    #[test]
    fn it_covers_95_of_100_in_the_mean() {
        const SHARES: [f64; 9] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
        const WHOLES: [u64; 5] = [10, 30, 100, 300, 1000];
        for seed in [1, 2, 3] {
            let mut random = Random(seed);
            let (mut all, mut large) = (Vec::new(), Vec::new());
            for share in SHARES {
                for whole in WHOLES {
                    let covered = coverage(share, whole, 1_000, &mut random);
                    all.push(covered);
                    if share * whole as f64 >= 3.0 {
                        large.push(covered);
                    }
                    // Of few passages and a small share it may fall well below; it is no more
                    // than a mean that it promises.
                    assert!(covered > 0.83, "{share} of {whole}: {covered}");
                }
            }
            let mean = |covered: &[f64]| covered.iter().sum::<f64>() / covered.len() as f64;
            let figures = (mean(&all), mean(&large));
            assert!((0.93..=0.97).contains(&figures.0), "{seed}: {figures:?}");
            assert!((0.93..=0.97).contains(&figures.1), "{seed}: {figures:?}");
            assert!(large.iter().all(|covered| (0.91..=0.99).contains(covered)), "{large:?}");
        }
    }
}
