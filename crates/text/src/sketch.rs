//! Sketches of documents: how alike two texts are, told from a few bytes of each.

use crate::lexicon::Lexicon;
use crate::words::Words;
use onrecord_model::Passage;

/// Words of a shingle, as in Broder's first use of them on texts: fewer are shared by texts on one
/// subject, and one word that differs spoils as many shingles.
const SHINGLE: usize = 5;

/// Bins of a sketch: the similarity that it gives deviates by at most √(¼ / 128) = 0.044.
pub const SKETCH_BINS: usize = 128;

/// The least similarity of copies and other transcripts of one speech: speeches that one person
/// gives over and over stay below it, see `docs/methods.md`.
pub const MIN_SIMILARITY: f64 = 0.5;

/// The least containment of an excerpt.
pub const MIN_CONTAINMENT: f64 = 0.75;

/// The least similarity at which containment is looked at: of less, 128 bins tell too little.
pub const MIN_SIMILARITY_OF_EXCERPTS: f64 = 0.15;

/// Shingles below which texts are told apart by the slightest difference: short notices are made
/// of the same phrases.
const MIN_SHINGLES: u32 = 60;

/// What the shingles of a document's speech come to.
///
/// A shingle is five words of speech in a row, folded, without headings, headers, notes
/// and the labels of turns. Equal
/// words in the same order give equal sketches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sketch {
    /// The last 16 bits of the least hash that falls into each bin.
    pub bins: [u16; SKETCH_BINS],
    /// How many shingles there are, repeated ones too.
    pub n_shingles: u32,
}

impl Sketch {
    /// Makes the sketch of a document; none where it has no word of speech.
    ///
    /// The words are those of its passages and of the lexicon.
    pub fn of(passages: &[Passage], words: &Words, lexicon: &Lexicon) -> Option<Self> {
        let mut shingles = Shingles::default();
        for passage in passages.iter().filter(|passage| passage.kind.is_speech()) {
            words.spoken(passage.span).for_each(|(_, id)| shingles.add(lexicon.hash(id)));
        }
        shingles.sketch()
    }

    /// Makes the sketch of folded words; none where there are none.
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut shingles = Shingles::default();
        words.into_iter().for_each(|word| shingles.add(hash_of(word)));
        shingles.sketch()
    }

    /// Estimates the Jaccard similarity of the shingles of two texts, 0 to 1: the share of those
    /// in either that are in both.
    pub fn similarity(&self, other: &Self) -> f64 {
        let n_equal = self.bins.iter().zip(&other.bins).filter(|(a, b)| a == b).count();
        n_equal as f64 / SKETCH_BINS as f64
    }

    /// Estimates which share of the shorter text's shingles is in the longer one, 0 to 1.
    pub fn containment(&self, other: &Self) -> f64 {
        let similarity = self.similarity(other);
        let (a, b) = (f64::from(self.n_shingles), f64::from(other.n_shingles));
        // |A ∩ B| = J (|A| + |B|) / (1 + J), since |A ∪ B| = |A| + |B| - |A ∩ B|.
        (similarity * (a + b) / ((1.0 + similarity) * a.min(b))).min(1.0)
    }

    /// Tells whether two texts are copies, or transcripts or an excerpt of one speech.
    pub fn is_near(&self, other: &Self) -> bool {
        if self.n_shingles.min(other.n_shingles) < MIN_SHINGLES {
            return self == other;
        }
        let similarity = self.similarity(other);
        similarity >= MIN_SIMILARITY
            || (similarity >= MIN_SIMILARITY_OF_EXCERPTS
                && self.containment(other) >= MIN_CONTAINMENT)
    }

    /// Packs a sketch into numbers, which [`Sketch::unpack`] reads.
    pub fn pack(&self) -> impl Iterator<Item = u64> + '_ {
        let four = |bins: &[u16]| bins.iter().fold(0, |all, &bin| all << 16 | u64::from(bin));
        std::iter::once(u64::from(self.n_shingles)).chain(self.bins.chunks(4).map(four))
    }

    /// Reads what [`Sketch::pack`] wrote; none where it is something else.
    pub fn unpack(packed: impl IntoIterator<Item = u64>) -> Option<Self> {
        let mut packed = packed.into_iter();
        let n_shingles = u32::try_from(packed.next()?).ok()?;
        let mut bins = [0; SKETCH_BINS];
        for four in bins.chunks_mut(4) {
            let number = packed.next()?;
            for (at, bin) in four.iter_mut().rev().enumerate() {
                *bin = (number >> (16 * at)) as u16;
            }
        }
        packed.next().is_none().then_some(Self { bins, n_shingles })
    }
}

/// Shingles being hashed into bins: one permutation for all bins (Li, Owen and Zhang 2012).
struct Shingles {
    /// The hashes of the last words; the next one takes the place of the oldest.
    last: [u64; SHINGLE],
    /// The hash of the last words in their order.
    rolling: u64,
    n_words: usize,
    n_shingles: u32,
    least: [u64; SKETCH_BINS],
}

impl Default for Shingles {
    fn default() -> Self {
        Self {
            last: [0; SHINGLE],
            rolling: 0,
            n_words: 0,
            n_shingles: 0,
            least: [u64::MAX; SKETCH_BINS],
        }
    }
}

impl Shingles {
    fn add(&mut self, word: u64) {
        // Rabin and Karp's: a polynomial of the words, of which the oldest is taken out.
        let oldest = std::mem::replace(&mut self.last[self.n_words % SHINGLE], word);
        let gone = oldest.wrapping_mul(const { FACTOR.wrapping_pow(SHINGLE as u32) });
        self.rolling = self.rolling.wrapping_mul(FACTOR).wrapping_add(word).wrapping_sub(gone);
        self.n_words += 1;
        if self.n_words >= SHINGLE {
            self.end_shingle();
        }
    }

    fn end_shingle(&mut self) {
        // Words in another order give another number; its bits are spread once, at the end.
        let hash = mix(self.rolling);
        // The first bits say which bin, the others which is the least.
        let bin = (hash >> (u64::BITS - SKETCH_BINS.ilog2())) as usize;
        self.least[bin] = self.least[bin].min(hash);
        self.n_shingles = self.n_shingles.saturating_add(1);
    }

    fn sketch(mut self) -> Option<Sketch> {
        if self.n_words > 0 && self.n_words < SHINGLE {
            self.end_shingle();
        }
        if self.n_shingles == 0 {
            return None;
        }
        let mut bins = [0; SKETCH_BINS];
        for (at, bin) in bins.iter_mut().enumerate() {
            *bin = self.filled(at) as u16;
        }
        Some(Sketch { bins, n_shingles: self.n_shingles })
    }

    /// Returns the hash of a bin; an empty one borrows that of another, which the bin's number
    /// alone picks (optimal densification, Shrivastava 2017).
    fn filled(&self, bin: usize) -> u64 {
        let mut at = bin;
        for attempt in 1_u64.. {
            if self.least[at] != u64::MAX {
                break;
            }
            at = (mix(bin as u64 + 1 + (attempt << 32)) % SKETCH_BINS as u64) as usize;
        }
        self.least[at]
    }
}

/// Hashes a word: FNV-1a, 64 bits.
pub(crate) fn hash_of(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// An odd number with bits all over: that of Knuth's generator MMIX.
const FACTOR: u64 = 6_364_136_223_846_793_005;

/// Spreads the bits of a number: the finisher of SplitMix64.
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Bins of a band: texts are compared that agree in all bins of one of the bands. Two bins find
/// 99 in 100 pairs of a similarity of 0.27, and three in four of one of 0.15:
/// 1 - (1 - s²)^64.
const BAND: usize = 2;

/// How many of those that agree in a band each text is compared with: else 10,000 texts from one
/// form would be compared each with each.
const MAX_NEIGHBOURS: usize = 200;

/// Groups sketches of which each is near another of its group.
///
/// Returns for each sketch the first place of its group, its own where it is near none. The
/// groups do not depend on the order of the sketches.
pub fn group_near(sketches: &[Sketch]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_unstable_by(|&a, &b| sketches[a].cmp(&sketches[b]).then(a.cmp(&b)));
    let mut groups = Groups { parents: (0..sketches.len()).collect() };
    // Copies are one from here on: the first of them stands for all.
    let mut distinct: Vec<usize> = Vec::with_capacity(order.len());
    for &at in &order {
        match distinct.last() {
            Some(&last) if sketches[last] == sketches[at] => groups.join(last, at),
            Some(_) | None => distinct.push(at),
        }
    }
    let mut keyed: Vec<(u32, u32)> = Vec::with_capacity(distinct.len());
    for band in 0..SKETCH_BINS / BAND {
        keyed.clear();
        keyed.extend(distinct.iter().zip(0..).map(|(&at, place)| {
            let bins = &sketches[at].bins[band * BAND..(band + 1) * BAND];
            (bins.iter().fold(0, |key, &bin| key << 16 | u32::from(bin)), place)
        }));
        keyed.sort_unstable();
        for bucket in keyed.chunk_by(|a, b| a.0 == b.0) {
            for (at, (_, a)) in bucket.iter().enumerate() {
                for (_, b) in bucket.iter().skip(at + 1).take(MAX_NEIGHBOURS) {
                    let (a, b) = (distinct[*a as usize], distinct[*b as usize]);
                    if groups.first(a) != groups.first(b) && sketches[a].is_near(&sketches[b]) {
                        groups.join(a, b);
                    }
                }
            }
        }
    }
    (0..sketches.len()).map(|at| groups.first(at)).collect()
}

/// Disjoint sets of places, each named by its first.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn first(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(range: std::ops::Range<u32>) -> Vec<String> {
        range.map(|n| format!("w{n}")).collect()
    }

    fn sketch(words: &[String]) -> Sketch {
        Sketch::of_words(words.iter().map(String::as_str)).unwrap()
    }

    #[test]
    fn estimates_are_close() {
        // Shingles of w0…wn are all distinct, so the similarity is known.
        for (a, b) in [
            (0_u32..2000, 0_u32..2000),
            (0..2000, 500..2500),
            (0..2000, 1000..3000),
            (0..1000, 0..4000),
            (0..2000, 2000..4000),
        ] {
            let shared = f64::from(a.end.min(b.end).saturating_sub(a.start.max(b.start)));
            let shared = (shared - 4.0).max(0.0);
            let (n_a, n_b) = (f64::from(a.end - a.start) - 4.0, f64::from(b.end - b.start) - 4.0);
            let (one, other) = (sketch(&words(a)), sketch(&words(b)));
            let expected = shared / (n_a + n_b - shared);
            let similarity = one.similarity(&other);
            // Three standard deviations.
            assert!((similarity - expected).abs() <= 0.13, "{similarity} for {expected}");
            let expected = shared / n_a.min(n_b);
            let containment = one.containment(&other);
            assert!((containment - expected).abs() <= 0.25, "{containment} for {expected}");
        }
    }

    #[test]
    fn edits_touch_few_shingles_and_order_matters() {
        let speech = words(0..600);
        let mut edited = speech.clone();
        for at in (30..600).step_by(100) {
            edited[at] = "other".to_owned();
        }
        assert!(sketch(&speech).is_near(&sketch(&edited)));
        let excerpt = speech[100..300].to_vec();
        assert!(sketch(&speech).is_near(&sketch(&excerpt)));
        let mut reversed = speech.clone();
        reversed.reverse();
        assert!(!sketch(&speech).is_near(&sketch(&reversed)));
        // Short texts are told apart by a word.
        let notice = words(0..30);
        let mut other = notice.clone();
        other[29] = "x".to_owned();
        assert!(!sketch(&notice).is_near(&sketch(&other)));
        assert!(sketch(&notice).is_near(&sketch(&notice.clone())));
        assert_eq!(Sketch::of_words([]), None);
        assert!(Sketch::of_words(["one"]).is_some());
    }

    #[test]
    fn a_form_filled_in_a_thousand_times() {
        let form = words(0..200);
        let sketches: Vec<Sketch> = (0..1_000)
            .map(|n| {
                let mut filled = form.clone();
                filled[100] = format!("name{n}");
                sketch(&filled)
            })
            .collect();
        assert!(group_near(&sketches).iter().all(|&first| first == 0));
    }

    proptest! {
        #[test]
        fn packing_inverts(range in 1_u32..300) {
            let one = sketch(&words(0..range));
            prop_assert_eq!(Sketch::unpack(one.pack()), Some(one.clone()));
            prop_assert_eq!(Sketch::unpack(one.pack().skip(1)), None);
            prop_assert_eq!(Sketch::unpack(one.pack().chain([0])), None);
        }

        #[test]
        fn groups_do_not_depend_on_the_order(
            starts in prop::collection::vec(0_u32..40, 1..12),
            seed in any::<prop::sample::Index>(),
        ) {
            let sketches: Vec<Sketch> =
                starts.iter().map(|&start| sketch(&words(start * 40..start * 40 + 400))).collect();
            let groups = group_near(&sketches);
            let turn = seed.index(sketches.len());
            let mut turned = sketches.clone();
            turned.rotate_left(turn);
            let turned_groups = group_near(&turned);
            let place = |at: usize| (at + sketches.len() - turn) % sketches.len();
            for a in 0..sketches.len() {
                prop_assert!(groups[a] <= a);
                for b in 0..sketches.len() {
                    let together = groups[a] == groups[b];
                    let turned_together = turned_groups[place(a)] == turned_groups[place(b)];
                    prop_assert_eq!(together, turned_together);
                    prop_assert!(together || !sketches[a].is_near(&sketches[b]));
                }
            }
        }
    }
}
