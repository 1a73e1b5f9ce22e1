//! Which reuses are of the same words.

use std::ops::Range;

/// A place of a reuse: which text, and which of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextRange<T> {
    pub(super) text: T,
    pub(super) words: Range<u32>,
}

/// How many places are looked at behind each: else what stands in one place of a text a thousand
/// times over would be compared each with each.
const MAX_NEIGHBOURS: usize = 200;

/// Groups reuses, each given by its two places, that have a place in common: one that overlaps by
/// half of the longer of the two. Returns for each reuse the first one of its group.
pub(super) fn group<T: Clone + Ord>(reuses: &[[TextRange<T>; 2]]) -> Vec<usize> {
    let mut places: Vec<(&TextRange<T>, usize)> = Vec::with_capacity(2 * reuses.len());
    for (at, both) in reuses.iter().enumerate() {
        places.extend(both.iter().map(|place| (place, at)));
    }
    places.sort_by(|(a, of_a), (b, of_b)| {
        let start = |place: &TextRange<T>| (place.words.start, place.words.end);
        a.text.cmp(&b.text).then(start(a).cmp(&start(b))).then(of_a.cmp(of_b))
    });
    let mut parents: Vec<usize> = (0..reuses.len()).collect();
    for (at, (place, reuse)) in places.iter().enumerate() {
        let behind = places.iter().skip(at + 1).take(MAX_NEIGHBOURS);
        let near = behind.take_while(|(other, _)| {
            other.text == place.text && other.words.start < place.words.end
        });
        for (other, of) in near {
            if is_same(&place.words, &other.words) {
                let (one, other) = (first(&mut parents, *reuse), first(&mut parents, *of));
                parents[one.max(other)] = one.min(other);
            }
        }
    }
    (0..reuses.len()).map(|at| first(&mut parents, at)).collect()
}

fn is_same(one: &Range<u32>, other: &Range<u32>) -> bool {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    2 * shared as usize >= one.len().max(other.len())
}

fn first(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reuses_of_the_same_words_are_one_group() {
        let place = |text: u32, words: Range<u32>| TextRange { text, words };
        let reuses = [
            [place(3, 0..20), place(1, 50..70)],
            // Of another stretch of the same two texts.
            [place(3, 40..60), place(1, 0..20)],
            [place(4, 5..25), place(3, 2..22)],
            [place(5, 0..8), place(9, 0..8)],
            // The same beginning, but ten times as long.
            [place(6, 0..200), place(1, 50..250)],
        ];
        assert_eq!(group(&reuses), [0, 1, 0, 3, 4]);
        assert_eq!(group::<u32>(&[]), Vec::<usize>::new());
    }
}
