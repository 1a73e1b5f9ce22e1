//! The words that others may have used again, by the shingles of them.

use super::works::{Listed, Numbered};
use onrecord_text::{shingles, winnow};
use std::collections::HashSet;
use std::ops::Range;

/// A run of so many words that was used again is found, wherever it stands.
const SURE_RUN: usize = 8;

/// In more places than this a shingle is a common phrase: what starts from it alone is left out.
const MAX_PLACES: u8 = 100;

/// The first bits of a shingle's hash by which they are looked up.
const BITS: u32 = 20;

/// The first bits of a shingle's hash by which all shingles are counted: 64 MB. What shares a count
/// by chance makes it larger by one or two, far from a common phrase.
const COUNTED_BITS: u32 = 26;

/// The documents that may be sources, with their words.
pub(super) struct Sources {
    pub(super) works: Vec<Work>,
    /// The words of all, one behind the other.
    words: Vec<u32>,
    /// How often the shingles come that start with some bits, those that were not chosen too.
    counts: Vec<u8>,
    /// The chosen shingles with their places in the words: hash, then place, in order.
    shingles: Vec<u64>,
    /// Where the shingles start whose hash starts with so many bits.
    starts: Vec<u32>,
}

/// A source.
pub(super) struct Work {
    pub(super) listed: Listed,
    pub(super) numbered: Numbered,
    /// Where its words stand among all.
    range: Range<u32>,
}

impl Sources {
    pub(super) fn new() -> Self {
        Self {
            works: Vec::new(),
            words: Vec::new(),
            counts: vec![0; 1 << COUNTED_BITS],
            shingles: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Takes a document in, if it has one of the wanted shingles, or any are.
    pub(super) fn add(
        &mut self,
        listed: Listed,
        mut numbered: Numbered,
        wanted: Option<&HashSet<u32>>,
        min_words: usize,
    ) {
        let words = std::mem::take(&mut numbered.words);
        for (_, hash) in shingles(&words) {
            let count = &mut self.counts[(hash >> (32 - COUNTED_BITS)) as usize];
            *count = count.saturating_add(1);
        }
        let chosen = match wanted {
            Some(wanted) => shingles(&words).filter(|(_, hash)| wanted.contains(hash)).collect(),
            None => winnow(&words, SURE_RUN.min(min_words)),
        };
        if chosen.is_empty() {
            return;
        }
        let base = self.words.len() as u32;
        let place =
            |(at, hash): (usize, u32)| u64::from(hash) << 32 | (u64::from(base) + at as u64);
        self.shingles.extend(chosen.into_iter().map(place));
        self.words.extend_from_slice(&words);
        let range = base..self.words.len() as u32;
        self.works.push(Work { listed, numbered, range });
    }

    /// Returns the works alone, when nothing more is looked up.
    pub(super) fn into_works(self) -> Vec<Work> {
        self.works
    }

    /// Counts the words that are held.
    pub(super) fn n_words(&self) -> u64 {
        self.words.len() as u64
    }

    /// Makes the shingles ready to be looked up.
    pub(super) fn seal(&mut self) {
        self.shingles.sort_unstable();
        let bucket = |shingle: u64| (shingle >> (64 - BITS)) as usize;
        self.starts = vec![0; (1 << BITS) + 1];
        for shingle in &self.shingles {
            self.starts[bucket(*shingle) + 1] += 1;
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
    }

    /// Returns the places of a shingle among all words; none, and that it is common, where there
    /// are too many.
    pub(super) fn places(&self, hash: u32) -> Places<'_> {
        if self.counts[(hash >> (32 - COUNTED_BITS)) as usize] > MAX_PLACES {
            return Places::Common;
        }
        let bucket = (hash >> (32 - BITS)) as usize;
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        let bucket = self.shingles.get(range).unwrap_or_default();
        let first = bucket.partition_point(|shingle| (shingle >> 32) < u64::from(hash));
        let rest = bucket.get(first..).unwrap_or_default();
        let n_places = rest.partition_point(|shingle| (shingle >> 32) == u64::from(hash));
        Places::Few(rest.get(..n_places).unwrap_or_default())
    }

    /// Returns the number of the work that a place is in, and the place in its words.
    pub(super) fn work_at(&self, place: u64) -> (usize, usize) {
        let place = place as u32;
        let work = self.works.partition_point(|work| work.range.end <= place);
        let start = self.works.get(work).map_or(0, |work| work.range.start);
        (work, (place - start) as usize)
    }

    /// Returns the words of a work.
    pub(super) fn words_of(&self, work: usize) -> &[u32] {
        let range = self.works.get(work).map_or(0..0, |work| work.range.clone());
        self.words.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// Where a shingle stands.
pub(super) enum Places<'a> {
    /// In so many places that it tells nothing.
    Common,
    /// In these, if any: the place in the last 32 bits.
    Few(&'a [u64]),
}
