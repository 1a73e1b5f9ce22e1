/// How unevenly something is spread over the parts of a corpus: DP, deviation of proportions.
///
/// DP = ½ · Σ |vᵢ − sᵢ|, where vᵢ is the share of its occurrences that part i has, and sᵢ the
/// share of all places. 0 is as even as the parts are large, near 1 all in one small part. A thing
/// that occurs but a few times cannot be even, so compare things of like counts.
/// S. Th. Gries, "Dispersions and adjusted frequencies in corpora", 2008; not normalised.
///
/// Parts without an occurrence need not be added: together they have what is left of Σ sᵢ = 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeviationOfProportions {
    count: f64,
    size: f64,
    sum: f64,
}

impl DeviationOfProportions {
    /// Starts with the occurrences in all parts, and the size of all parts.
    pub(crate) fn new(count: u64, size: u64) -> Self {
        Self { count: count as f64, size: size as f64, sum: 0.0 }
    }

    /// Adds a part that has occurrences.
    pub(crate) fn add(&mut self, count: u64, size: u64) {
        let (share, of_size) = (count as f64 / self.count, size as f64 / self.size);
        self.sum += (share - of_size).abs() - of_size;
    }

    /// Returns DP, 0 to 1.
    pub(crate) fn value(self) -> f64 {
        (0.5 * (1.0 + self.sum)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn deviation(counts: &[u64], sizes: &[u64]) -> f64 {
        let mut deviation = DeviationOfProportions::new(counts.iter().sum(), sizes.iter().sum());
        for (&count, &size) in counts.iter().zip(sizes).filter(|(count, _)| **count > 0) {
            deviation.add(count, size);
        }
        deviation.value()
    }

    #[test]
    fn examples_of_gries() {
        for (counts, sizes, expected) in [
            // Gries 2008, his corpus of 50 letters in five parts: the letter *a*.
            (vec![1, 2, 3, 4, 5], vec![9, 10, 10, 10, 11], 0.18),
            // Lijffijt and Gries 2012, table 1: three equal parts, ⅔ and ⅓ of the occurrences.
            (vec![2, 1, 0], vec![10, 10, 10], 1.0 / 3.0),
        ] {
            assert!((deviation(&counts, &sizes) - expected).abs() < 1e-12, "{counts:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_half_the_sum_of_deviations(
            parts in prop::collection::vec((0_u64..20, 20_u64..200), 1..12)
        ) {
            let (counts, sizes): (Vec<u64>, Vec<u64>) = parts.into_iter().unzip();
            let (count, size) = (counts.iter().sum::<u64>() as f64, sizes.iter().sum::<u64>() as f64);
            prop_assume!(count > 0.0);
            let parts = counts.iter().zip(&sizes);
            let sum: f64 =
                parts.map(|(&v, &s)| (v as f64 / count - s as f64 / size).abs()).sum();
            prop_assert!((deviation(&counts, &sizes) - sum / 2.0).abs() < 1e-9);
        }
    }
}
