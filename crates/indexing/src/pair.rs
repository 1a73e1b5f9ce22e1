//! Pairs of neighbouring stems, by which a half-remembered line is found.
//!
//! A run of three words breaks with each word that is changed; of five words that lost two there
//! is often no run left. Two stems that stand side by side, or with one word between them, in
//! either order, outlive a word that came in, one that fell out, an exchange and an inflection.

/// How many bits a pair is hashed to. With 131,072 numbers the common pairs of a language do not
/// mix much, while their dictionary stays small beside the lists of passages.
const BITS: u32 = 17;

/// How far apart the stems of a pair are, in words.
const REACH: usize = 2;

/// Lists the pairs of the stems of a passage, given by their hashes; some may come twice.
pub(crate) fn pairs(stems: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
    let mut before = [None; REACH];
    stems.flat_map(move |stem| {
        let found = before.map(|other| other.map(|other| pair_of(other, stem)));
        before.rotate_right(1);
        before[0] = Some(stem);
        found.into_iter().flatten()
    })
}

/// Returns the number of a pair, whichever stem comes first.
pub(crate) fn pair_of(one: u64, other: u64) -> u64 {
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
    fn neighbours_within_reach() {
        let found: Vec<u64> = pairs([1, 2, 3, 4].into_iter()).collect();
        let expected = [(1, 2), (2, 3), (1, 3), (3, 4), (2, 4)].map(|(a, b)| pair_of(a, b));
        assert_eq!(found, expected);
        assert_eq!(pairs([1].into_iter()).count(), 0);
        assert_eq!(pair_of(7, 9), pair_of(9, 7));
        assert!(pair_of(7, 9) < 1 << BITS);
    }
}
