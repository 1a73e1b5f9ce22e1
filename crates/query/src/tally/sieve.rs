use super::places::Gram;

/// How many sums there are: 64 MB, one byte each.
const N_SUMS: usize = 1 << 26;

/// Rules out things that are too rare to be listed, in memory that does not grow.
///
/// Each thing adds to one sum, which it may share with others; so a sum is never less than the
/// count of any of its things, and what has too small a sum is too rare for certain. What is left
/// is counted exactly in a second reading: no count depends on the sums (J. Park, M. Chen, P. Yu,
/// "An effective hash-based algorithm for mining association rules", 1995).
#[derive(Debug)]
pub(super) struct Sieve {
    sums: Vec<u8>,
    least: u8,
}

impl Sieve {
    /// Makes a sieve for things that occur at least so often.
    pub(super) fn new(min_count: u64) -> Self {
        Self { sums: vec![0; N_SUMS], least: min_count.min(u64::from(u8::MAX)) as u8 }
    }

    /// Adds an occurrence.
    pub(super) fn add(&mut self, gram: &Gram) {
        if let Some(sum) = self.sums.get_mut(place_of(gram)) {
            *sum = sum.saturating_add(1);
        }
    }

    /// Tells whether a thing may occur often enough.
    pub(super) fn may_hold(&self, gram: &Gram) -> bool {
        self.sums.get(place_of(gram)).is_some_and(|sum| *sum >= self.least)
    }
}

/// Returns the place of a thing's sum: multiplicative hashing by the golden ratio (D. Knuth, "The
/// Art of Computer Programming", volume 3, section 6.4).
fn place_of(gram: &Gram) -> usize {
    let mixed = gram.iter().fold(0_u64, |hash, &word| {
        let hash = (hash ^ u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ (hash >> 32)
    });
    (mixed % N_SUMS as u64) as usize
}
