//! Shingles, runs of words by which texts that share a stretch are found, and the choice of some of
//! them.

/// Words of a shingle; as many as those of sketches have.
pub const SHINGLE_WORDS: usize = 5;

/// Stands between words that do not follow each other: no shingle runs over it.
pub const BARRIER: u32 = 0;

/// Makes the number of a word out of the hash of its folded form: never that of a [`BARRIER`].
pub const fn word_number(hash: u64) -> u32 {
    let folded = (hash ^ (hash >> 32)) as u32;
    if folded == BARRIER { 1 } else { folded }
}

/// Hashes the shingles of words, given by their numbers: each with its place, in order; those over
/// a [`BARRIER`] are left out.
pub fn shingles(words: &[u32]) -> impl Iterator<Item = (usize, u32)> + '_ {
    let windows = words.windows(SHINGLE_WORDS).enumerate();
    windows.filter(|(_, shingle)| !shingle.contains(&BARRIER)).map(|(at, shingle)| {
        let sum = shingle.iter().fold(0, |sum: u64, word| {
            // An odd number with bits all over, and the finisher of SplitMix64.
            let sum = (sum ^ u64::from(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            sum ^ (sum >> 29)
        });
        (at, (sum.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32)
    })
}

/// Chooses shingles so that each run of `n_words` holds one that is chosen, in whatever text it
/// stands: of each window of shingles that such a run has, the one of the least hash, of equals the
/// last. Winnowing (Schleimer, Wilkerson and Aiken 2003).
///
/// `n_words` is at least [`SHINGLE_WORDS`]; with as many, all are chosen. In order.
pub fn winnow(words: &[u32], n_words: usize) -> Vec<(usize, u32)> {
    let window = (n_words + 1).saturating_sub(SHINGLE_WORDS).max(1);
    let all: Vec<(usize, u32)> = shingles(words).collect();
    let mut chosen: Vec<(usize, u32)> = Vec::new();
    // Runs of shingles without a barrier between them; short ones are a window of their own.
    for run in all.chunk_by(|a, b| a.0 + 1 == b.0) {
        for window in run.windows(window.min(run.len())) {
            let least = window.iter().rev().min_by_key(|(_, hash)| *hash);
            if let Some(least) = least.filter(|least| chosen.last() != Some(least)) {
                chosen.push(*least);
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_shingle_runs_over_a_barrier() {
        let words = [1, 2, 3, 4, 5, 6, BARRIER, 7, 8, 9, 10, 11];
        let places: Vec<usize> = shingles(&words).map(|(at, _)| at).collect();
        assert_eq!(places, [0, 1, 7]);
        assert_eq!(winnow(&words, 5).len(), 3);
        assert_eq!(winnow(&words, 8).len(), 2, "one of each run, as short as it is");
        assert_ne!(shingles(&[1, 2, 3, 4, 5]).next(), shingles(&[5, 4, 3, 2, 1]).next());
        assert_eq!((word_number(0), word_number(7)), (1, 7));
    }

    proptest! {
        #[test]
        fn a_shared_run_shares_a_chosen_shingle(
            run in prop::collection::vec(1_u32..50, 8..20),
            before in prop::collection::vec(0_u32..50, 0..20),
            behind in prop::collection::vec(0_u32..50, 0..20),
            n_words in 5_usize..9,
        ) {
            let text = [before.as_slice(), &run, &behind].concat();
            let chosen = winnow(&text, n_words);
            let of_run: Vec<u32> = shingles(&run).map(|(_, hash)| hash).collect();
            let places = before.len()..before.len() + run.len();
            let is_of_run = |at: &usize, hash| places.contains(at) && of_run.contains(hash);
            prop_assert!(chosen.iter().any(|(at, hash)| is_of_run(at, hash)));
            let alone: Vec<u32> = winnow(&run, n_words).iter().map(|(_, hash)| *hash).collect();
            prop_assert!(chosen.iter().any(|(_, hash)| alone.contains(hash)));
        }
    }
}
