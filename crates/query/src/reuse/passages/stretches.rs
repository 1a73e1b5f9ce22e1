//! Stretches that two texts have in common, word by word but for edits.

use std::ops::Range;

/// The most words that either side may have between two runs of one stretch.
const MAX_SKIP: usize = 6;

/// How many words in a row must be the same behind such a gap.
const MIN_RUN: usize = 3;

/// The least share of the words of the longer side that are the same.
const MIN_SHARE: f64 = 0.6;

/// A stretch of one text that another has too; places are counted in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it stands in the text that may use it again.
    pub(super) reuser: Range<usize>,
    /// Where it stands in the source.
    pub(super) source: Range<usize>,
    /// The words that are the same, in order.
    pub(super) n_same: usize,
}

impl Stretch {
    /// Follows what two texts have in common from a place where they agree, in both directions.
    pub(super) fn around(reuser: &[u32], source: &[u32], at: usize, of: usize) -> Self {
        let behind = follow(|n| reuser.get(at + n).copied(), |n| source.get(of + n).copied());
        let before = follow(
            |n| reuser.get(at.checked_sub(n + 1)?).copied(),
            |n| source.get(of.checked_sub(n + 1)?).copied(),
        );
        Self {
            reuser: at - before.one..at + behind.one,
            source: of - before.other..of + behind.other,
            n_same: before.n_same + behind.n_same,
        }
    }

    /// Tells whether a pair of places lies in both of its sides.
    pub(super) fn holds(&self, at: usize, of: usize) -> bool {
        self.reuser.contains(&at) && self.source.contains(&of)
    }

    /// Tells whether it is long and even enough.
    pub(super) fn counts(&self, min_words: usize) -> bool {
        let longer = self.reuser.len().max(self.source.len());
        self.n_same >= min_words && self.n_same as f64 >= MIN_SHARE * longer as f64
    }
}

/// How far two texts go together.
#[derive(Clone, Copy, Default)]
struct Followed {
    one: usize,
    other: usize,
    n_same: usize,
}

/// Goes along two texts as long as they have the same words but for short gaps.
fn follow(one: impl Fn(usize) -> Option<u32>, other: impl Fn(usize) -> Option<u32>) -> Followed {
    let same = |at: usize, of: usize| {
        let word = one(at).filter(|word| *word != onrecord_text::BARRIER);
        word.is_some() && word == other(of)
    };
    let mut done = Followed::default();
    let mut at = done;
    loop {
        while same(at.one, at.other) {
            at = Followed { one: at.one + 1, other: at.other + 1, n_same: at.n_same + 1 };
        }
        // Only up to the last word that is the same.
        done = if at.n_same > done.n_same { at } else { done };
        let Some((skip, of_other)) = gap(&same, at, &one, &other) else { return done };
        at.one += skip;
        at.other += of_other;
    }
}

/// Finds the shortest gap behind which the two go on together; of equal ones that which both share
/// most evenly.
fn gap(
    same: &impl Fn(usize, usize) -> bool,
    at: Followed,
    one: &impl Fn(usize) -> Option<u32>,
    other: &impl Fn(usize) -> Option<u32>,
) -> Option<(usize, usize)> {
    let room = |words: &dyn Fn(usize) -> Option<u32>, from: usize| {
        let is_word = |n: &usize| words(from + n).is_some_and(|w| w != onrecord_text::BARRIER);
        (0..MAX_SKIP).take_while(is_word).count()
    };
    let (of_one, of_other) = (room(one, at.one), room(other, at.other));
    let goes_on = |&(a, b): &(usize, usize)| {
        a <= of_one && b <= of_other && (0..MIN_RUN).all(|n| same(at.one + a + n, at.other + b + n))
    };
    (1..=of_one + of_other).flat_map(splits).find(goes_on)
}

/// Lists the ways to share out some words between two sides, the most even first.
fn splits(n_words: usize) -> impl Iterator<Item = (usize, usize)> {
    let less = (0..=n_words / 2).rev().map(move |less| (less, n_words - less));
    less.flat_map(|(less, more)| {
        let swapped = (less != more).then_some((more, less));
        std::iter::once((less, more)).chain(swapped)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u32> {
        let number = |word: &str| if word == "|" { 0 } else { word.bytes().map(u32::from).sum() };
        text.split(' ').map(number).collect()
    }

    #[test]
    fn gaps_are_shared_out() {
        let all = |n| splits(n).collect::<Vec<_>>();
        assert_eq!(all(1), [(0, 1), (1, 0)]);
        assert_eq!(all(4), [(2, 2), (1, 3), (3, 1), (0, 4), (4, 0)]);
    }

    #[test]
    fn stretches_outlive_edits_and_end_where_texts_part() {
        let source = words("x1 x2 aa bb cc dd ee ff gg hh ii jj kk y1 y2");
        for (reuser, at, of, expected) in [
            ("aa bb cc dd ee ff gg hh ii jj kk", 4, 6, Some((0..11, 2..13, 11))),
            // A word exchanged and one put in; one taken out; a run of two behind a gap is none.
            ("q aa bb cc q ee ff gg q hh ii jj", 1, 2, Some((1..12, 2..12, 9))),
            ("aa bb cc ee ff gg", 0, 2, Some((0..6, 2..9, 6))),
            ("aa bb cc q dd ee", 0, 2, Some((0..3, 2..5, 3))),
            ("aa bb cc q1 q2 q3 q4 q5 q6 q7 dd ee ff", 0, 2, Some((0..3, 2..5, 3))),
            ("aa bb cc | dd ee ff", 4, 5, Some((4..7, 5..8, 3))),
            ("aa bb cc | dd ee ff", 0, 2, Some((0..3, 2..5, 3))),
        ] {
            let found = Stretch::around(&words(reuser), &source, at, of);
            let (in_reuser, in_source, n_same) = expected.unwrap();
            let wanted = Stretch { reuser: in_reuser, source: in_source, n_same };
            assert_eq!(found, wanted, "{reuser}");
        }
        let stretch = Stretch { reuser: 0..10, source: 0..20, n_same: 10 };
        assert!(!stretch.counts(8), "half of the source's words are others");
        assert!(Stretch { source: 0..16, ..stretch.clone() }.counts(8));
        assert!(!Stretch { source: 0..16, ..stretch }.counts(11));
    }
}
