/// Compares how often something occurs in two parts of a corpus: G², 0 or more.
///
/// `a` of `of_a` words in one part, `b` of `of_b` in the other:
///
/// ```text
/// E₁ = of_a · (a + b) / (of_a + of_b)        E₂ = of_b · (a + b) / (of_a + of_b)
/// G² = 2 · (a · ln(a / E₁) + b · ln(b / E₂))
/// ```
///
/// None where a part has no words. A count of 0 adds nothing, as x · ln x goes to 0 with x.
/// This is the form of P. Rayson and R. Garside, "Comparing corpora using frequency profiling",
/// 2000, and of the calculator at Lancaster: the two cells of the word alone, not of all other
/// words. It says how sure a difference is, not how large: see [`log_ratio`](super::log_ratio()).
pub(crate) fn log_likelihood_of_rates(a: u64, of_a: u64, b: u64, of_b: u64) -> Option<f64> {
    let expected = expected_in_parts(a, of_a, b, of_b)?;
    Some(twice(&[(a as f64, expected.0), (b as f64, expected.1)]))
}

/// Returns how often something is expected in each of two parts of a corpus, were they alike.
pub(crate) fn expected_in_parts(a: u64, of_a: u64, b: u64, of_b: u64) -> Option<(f64, f64)> {
    let all = of_a as f64 + of_b as f64;
    let both = a as f64 + b as f64;
    (of_a > 0 && of_b > 0).then(|| (of_a as f64 * both / all, of_b as f64 * both / all))
}

/// Tells how far two things depend on each other: G² of a table of two rows and two columns, 0 or
/// more.
///
/// `together` places have both, `first` the one, `second` the other, of `all` there are:
/// 2 · Σ O · ln(O / E) over the four cells (T. Dunning, "Accurate methods for the statistics of
/// surprise and coincidence", 1993).
pub(crate) fn log_likelihood_of_table(together: u64, first: u64, second: u64, all: u64) -> f64 {
    let [together, first, second, all] = [together, first, second, all].map(|n| n as f64);
    if all == 0.0 {
        return 0.0;
    }
    let cell = |observed: f64, row: f64, column: f64| (observed, row * column / all);
    twice(&[
        cell(together, first, second),
        cell(first - together, first, all - second),
        cell(second - together, all - first, second),
        cell(all - first - second + together, all - first, all - second),
    ])
}

/// Sums up cells, each what was observed and what was expected; rounding makes nothing negative.
fn twice(cells: &[(f64, f64)]) -> f64 {
    let terms = cells.iter().filter(|(observed, _)| *observed > 0.0);
    let sum: f64 = terms.map(|(observed, expected)| observed * (observed / expected).ln()).sum();
    (2.0 * sum).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The figures for the verb *keep* that P. Rayson worked out with the calculator at Lancaster
    /// for corpora of a million words each (list Corpora, 18 January 2002), rounded there to whole
    /// numbers; and the calculator's example of 52 in 50,000 words and 57 in 75,000.
    #[test]
    fn rates_have_the_figures_of_the_calculator_at_lancaster() {
        let million = 1_000_000;
        for (a, of_a, b, of_b, expected, places) in [
            (392, million, 170, million, 90.0, 0),
            (348, million, 99, million, 147.0, 0),
            (15, million, 14, million, 0.0, 0),
            (9, million, 32, million, 14.0, 0),
            (21, million, 25, million, 0.0, 0),
            (52, 50_000, 57, 75_000, 2.65, 2),
        ] {
            let found = log_likelihood_of_rates(a, of_a, b, of_b).unwrap();
            let scale = 10_f64.powi(places);
            assert_eq!((found * scale).round() / scale, expected, "{a} {b}: {found}");
        }
    }

    /// Dunning 1993, table 2: bigrams of a text of 30,000 words, by −2 log λ.
    #[test]
    fn tables_have_the_figures_of_dunning() {
        for (expected, together, first_alone, second_alone, neither) in [
            (270.72, 110, 2442, 111, 29114),
            (263.90, 29, 13, 123, 31612),
            (256.84, 31, 23, 139, 31584),
            (167.23, 10, 0, 3, 31764),
            (157.21, 76, 104, 2476, 29121),
            (157.03, 16, 16, 51, 31694),
            (146.80, 9, 0, 5, 31763),
            (115.02, 16, 0, 865, 30896),
            (104.53, 10, 9, 41, 31717),
            (100.96, 8, 2, 27, 31740),
        ] {
            let (first, second) = (together + first_alone, together + second_alone);
            let all = first + second_alone + neither;
            let found = log_likelihood_of_table(together, first, second, all);
            assert!((found - expected).abs() < 0.005, "{expected}: {found}");
        }
    }

    #[test]
    fn parts_without_words_tell_nothing() {
        assert_eq!(log_likelihood_of_rates(0, 0, 3, 10), None);
        assert_eq!(log_likelihood_of_rates(3, 10, 0, 0), None);
        assert_eq!(log_likelihood_of_rates(0, 10, 0, 10), Some(0.0));
        assert_eq!(log_likelihood_of_table(0, 0, 0, 0), 0.0);
    }

    proptest! {
        #[test]
        fn it_is_symmetric_and_grows_with_the_evidence(a in 0_u64..500, b in 0_u64..500, more in 0_u64..1000) {
            let (of_a, of_b) = (500 + more, 700);
            let one = log_likelihood_of_rates(a, of_a, b, of_b).unwrap();
            let other = log_likelihood_of_rates(b, of_b, a, of_a).unwrap();
            prop_assert!((one - other).abs() < 1e-9);
            prop_assert!(one >= 0.0);
            let tenfold = log_likelihood_of_rates(10 * a, 10 * of_a, 10 * b, 10 * of_b).unwrap();
            prop_assert!((tenfold - 10.0 * one).abs() < 1e-6);
            // The cells of all other words add to the table's, and it never has less.
            let table = log_likelihood_of_table(a, of_a, a + b, of_a + of_b);
            prop_assert!(table >= one - 1e-9);
        }
    }
}
