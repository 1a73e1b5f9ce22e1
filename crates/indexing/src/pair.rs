//! Pairs of neighbouring stems, by which a half-remembered line is found.
//!
//! A run of three words breaks with each word that is changed; of five words that lost two there
//! is often no run left. Two stems that stand side by side, in either order, outlive an exchange
//! and an inflection. Function words are passed over: half of all words, they would make most of
//! the pairs, and tell little; so a pair also outlives that one of them came in or fell out.

/// How many bits a pair is hashed to. With 131,072 numbers the common pairs of a language do not
/// mix much, while their dictionary stays small beside the lists of passages.
const BITS: u32 = 17;

/// Lists the pairs of the stems of a passage or a line, given by their hashes in order; some may
/// come twice.
pub(crate) fn pairs(stems: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
    let mut last = None;
    stems.filter_map(move |stem| Some(pair_of(last.replace(stem)?, stem)))
}

/// Returns the number of a pair, whichever stem comes first.
fn pair_of(one: u64, other: u64) -> u64 {
    let (low, high) = (one.min(other), one.max(other));
    // The finisher of SplitMix64, over a sum in which the two do not weigh alike.
    let number = low.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(high);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (number ^ (number >> 31)) >> (u64::BITS - BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_pairs() {
        let found: Vec<u64> = pairs([1, 2, 3, 4].into_iter()).collect();
        let expected = [(1, 2), (2, 3), (3, 4)].map(|(a, b)| pair_of(a, b));
        assert_eq!(found, expected);
        assert_eq!(pairs([1].into_iter()).count(), 0);
        assert_eq!(pair_of(7, 9), pair_of(9, 7));
        assert!(pair_of(7, 9) < 1 << BITS);
    }
}
