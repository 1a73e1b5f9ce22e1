/// Returns the normalised discounted cumulative gain of the first `cut` documents: a document of
/// grade `g` at place `i`, counted from 1, gains `g / log2(i + 1)`; divided by what the best order
/// of all relevant documents would gain.
///
/// The gain is the grade itself (K. Järvelin and J. Kekäläinen, *Cumulated Gain-Based Evaluation
/// of IR Techniques*, 2002), as `trec_eval` computes it, and BEIR by it.
///
/// `found` are the grades in the order of the answer, `relevant` those of all relevant documents.
pub(super) fn ndcg(found: &[i64], relevant: &[i64], cut: usize) -> f64 {
    let mut ideal = relevant.to_vec();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = gain(&ideal, cut);
    if best > 0.0 { gain(found, cut) / best } else { 0.0 }
}

fn gain(grades: &[i64], cut: usize) -> f64 {
    let places = (2_u32..).zip(grades.iter().take(cut));
    let gains = places.map(|(place, &grade)| grade.max(0) as f64 / f64::from(place).log2());
    // A sum of nothing would be -0.
    gains.fold(0.0, |sum, gain| sum + gain)
}

/// Returns the share of the relevant documents that are among the first `cut`.
pub(super) fn recall(found: &[i64], n_relevant: usize, cut: usize) -> f64 {
    let n_found = found.iter().take(cut).filter(|&&grade| grade > 0).count();
    if n_relevant == 0 { 0.0 } else { n_found as f64 / n_relevant as f64 }
}

/// Returns 1 / the place of the first relevant document, counted from 1; 0 where there is none.
pub(super) fn reciprocal_rank(found: &[i64]) -> f64 {
    let place = found.iter().position(|&grade| grade > 0);
    place.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// Returns the mean of some numbers; none of no numbers.
pub(super) fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let n = numbers.len();
    (n > 0).then(|| numbers.sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The grades, ideal grades and values are worked by hand.
    #[test]
    fn worked_numbers() {
        // Gains 3, 2 / log2(3) = 1.26186, 3 / log2(4) = 1.5, 0, 1 / log2(6) = 0.38685,
        // 2 / log2(7) = 0.71241: 6.86113. Ideal 3 3 2 2 1 with one more 3 that is not found:
        // 3 + 1.89279 + 1.5 + 0.86135 + 0.77371 + 0.35621 = 8.38406.
        let (found, relevant) = ([3, 2, 3, 0, 1, 2], [3, 2, 3, 1, 2, 3]);
        assert!((ndcg(&found, &relevant, 10) - 6.861_13 / 8.384_06).abs() < 1e-5);
        // The first two only: (3 + 1.26186) / (3 + 1.89279).
        assert!((ndcg(&found, &relevant, 2) - 4.261_86 / 4.892_79).abs() < 1e-5);
        for (found, relevant, cut, expected) in [
            (vec![0, 1], vec![1], 10, 1.0 / 3_f64.log2()),
            (vec![1], vec![1], 10, 1.0),
            (vec![0; 10], vec![1], 10, 0.0),
            (vec![], vec![2], 10, 0.0),
            (vec![-1, 1], vec![1], 10, 1.0 / 3_f64.log2()),
            // The eleventh place is out of reach.
            ([vec![0; 10], vec![1]].concat(), vec![1], 10, 0.0),
        ] {
            assert!((ndcg(&found, &relevant, cut) - expected).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn shares_and_first_places() {
        let found = [0, 2, 0, 1];
        for (n_relevant, cut, expected) in [(4, 100, 0.5), (4, 2, 0.25), (2, 1, 0.0), (0, 9, 0.0)] {
            assert!((recall(&found, n_relevant, cut) - expected).abs() < 1e-12);
        }
        for (found, expected) in [(vec![0, 2], 0.5), (vec![1], 1.0), (vec![0], 0.0), (vec![], 0.0)]
        {
            assert!((reciprocal_rank(&found) - expected).abs() < 1e-12);
        }
        assert_eq!(mean([1.0, 0.5].into_iter()), Some(0.75));
        assert_eq!(mean([].into_iter()), None);
    }
}
