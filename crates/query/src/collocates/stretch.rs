use crate::tally::Numbered;
use onrecord_model::Span;
use std::ops::Range;

/// The words of a paragraph, with what was matched in it.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub(super) words: Vec<Numbered>,
    /// By word, the sentence that it stands in, where windows end with sentences; else empty.
    sentences: Vec<u32>,
    n_sentences: u32,
    /// The words of each match, in order and disjoint.
    matches: Vec<Range<usize>>,
}

/// Where a word stands, as seen from the matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In one.
    Inside,
    /// Near, before the nearest.
    Left,
    /// Near, behind the nearest; so too where another behind it is as near.
    Right,
    /// Near none.
    Far,
}

impl Stretch {
    /// Says in which sentence the words of a passage stand, that were added last.
    pub(super) fn add_sentences(&mut self, tokens: &[Span], sentences: &[Span]) {
        if sentences.is_empty() {
            return;
        }
        for token in tokens {
            let at = sentences.partition_point(|sentence| sentence.end <= token.start);
            self.sentences.push(self.n_sentences + at as u32);
        }
        self.n_sentences += sentences.len() as u32;
    }

    /// Adds the words of a match, behind those before it; none are no match.
    pub(super) fn add_match(&mut self, words: Range<usize>) {
        if !words.is_empty() {
            self.matches.push(words);
        }
    }

    /// Returns how many matches there are.
    pub(super) fn n_matches(&self) -> u64 {
        self.matches.len() as u64
    }

    /// Says of each word where it stands: near are so many words to either side of a match, those
    /// in other matches counted along.
    pub(super) fn sides(&self, window: usize) -> Vec<Side> {
        let mut sides = vec![(usize::MAX, Side::Far); self.words.len()];
        for found in &self.matches {
            for distance in 1..=window {
                let before = found.start.checked_sub(distance).map(|at| (at, found.start));
                let behind = Some((found.end - 1 + distance, found.end - 1));
                // A word that is as near behind the last match stays behind it.
                for (place, side) in [(before, Side::Left), (behind, Side::Right)] {
                    let Some((at, end)) = place else { continue };
                    let Some(known) = sides.get_mut(at) else { continue };
                    if distance < known.0 && self.is_one_sentence(at, end) {
                        *known = (distance, side);
                    }
                }
            }
        }
        for found in &self.matches {
            for known in sides.get_mut(found.clone()).into_iter().flatten() {
                known.1 = Side::Inside;
            }
        }
        sides.into_iter().map(|(_, side)| side).collect()
    }

    fn is_one_sentence(&self, one: usize, other: usize) -> bool {
        self.sentences.get(one) == self.sentences.get(other)
    }

    /// Starts another paragraph.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.sentences.clear();
        self.n_sentences = 0;
        self.matches.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes where each of so many words stands: `m` in a match, `<` before it, `>` behind it.
    fn sides(n: usize, sentences: &[u32], matches: &[(usize, usize)], window: usize) -> String {
        let words = vec![Numbered { word: 0, is_content: true }; n];
        let stretch = Stretch {
            words,
            sentences: sentences.to_vec(),
            n_sentences: 0,
            matches: matches.iter().map(|&(start, end)| start..end).collect(),
        };
        let letter = |side| match side {
            Side::Inside => 'm',
            Side::Left => '<',
            Side::Right => '>',
            Side::Far => '.',
        };
        stretch.sides(window).into_iter().map(letter).collect()
    }

    #[test]
    fn windows_lie_around_matches() {
        for (matches, window, expected) in [
            (vec![], 2, "........"),
            (vec![(3, 4)], 2, ".<<m>>.."),
            (vec![(3, 5)], 1, "..<mm>.."),
            (vec![(0, 1), (7, 8)], 2, "m>>..<<m"),
            // As near to both: behind the first.
            (vec![(1, 2), (5, 6)], 3, "<m>><m>>"),
            (vec![(1, 2), (4, 5)], 2, "<m><m>>."),
            // A match in the window takes its place.
            (vec![(3, 4), (4, 5)], 1, "..<mm>.."),
            (vec![(3, 4)], 9, "<<<m>>>>"),
        ] {
            assert_eq!(sides(8, &[], &matches, window), expected, "{matches:?} {window}");
        }
    }

    #[test]
    fn windows_end_with_their_sentence() {
        let sentences = [0, 0, 0, 1, 1, 2, 2, 2];
        assert_eq!(sides(8, &sentences, &[(4, 5)], 3), "...<m...");
        assert_eq!(sides(8, &sentences, &[(2, 4)], 3), "<<mm>...");
    }
}
