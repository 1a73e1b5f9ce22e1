use onrecord_text::{Lexicon, WordsIn};
use std::collections::BTreeMap;

/// What a text is about: the stems of its words, each with a weight; function words left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Vector {
    /// By stem.
    terms: BTreeMap<Box<str>, Term>,
    /// The sum of the squares of the weights.
    squares: f64,
}

/// A stem of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    /// The first word of the text that has the stem, folded.
    pub(super) word: Box<str>,
    n_occurrences: u32,
    /// 0 or more.
    pub(super) weight: f64,
}

/// A stem that two texts have in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shared<'a> {
    pub(super) stem: &'a str,
    /// Its words in the one text and in the other.
    pub(super) words: [&'a str; 2],
    /// What it adds to the similarity.
    pub(super) share: f64,
}

impl Vector {
    /// Weighs the words of a text: `rarity` tells how much a stem tells wherever it stands, 0 or more.
    ///
    /// A weight is `(1 + log10 f) · rarity` with `f` occurrences: G. Salton and C. Buckley,
    /// "Term-weighting approaches in automatic text retrieval" (1988); `ltc` in Manning, Raghavan
    /// and Schütze, *Introduction to Information Retrieval* (2008), section 6.4.
    ///
    /// # Errors
    /// As `rarity`.
    pub(super) fn of<E>(
        words: WordsIn<'_>,
        lexicon: &Lexicon,
        mut rarity: impl FnMut(&str) -> Result<f64, E>,
    ) -> Result<Self, E> {
        let mut terms: BTreeMap<Box<str>, Term> = BTreeMap::new();
        for id in words.ids.iter().filter(|id| lexicon.stem_hash(**id).is_some()) {
            let forms = lexicon.forms(*id);
            match terms.get_mut(forms.stem) {
                Some(term) => term.n_occurrences += 1,
                None => {
                    let term = Term { word: forms.folded.into(), n_occurrences: 1, weight: 0.0 };
                    terms.insert(forms.stem.into(), term);
                }
            }
        }
        for (stem, term) in &mut terms {
            term.weight = (1.0 + f64::from(term.n_occurrences).log10()) * rarity(stem)?;
        }
        let squares = terms.values().map(|term| term.weight * term.weight).sum();
        Ok(Self { terms, squares })
    }

    /// Lists the stems, the weightiest first, ties by stem.
    pub(super) fn weightiest(&self) -> Vec<(&str, &Term)> {
        let mut terms: Vec<(&str, &Term)> =
            self.terms.iter().map(|(stem, term)| (&**stem, term)).collect();
        terms.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| a.0.cmp(b.0)));
        terms
    }

    /// Returns how alike two texts are, 0 to 1: 0 where they share no stem that tells anything, 1
    /// where they have the same stems as often.
    ///
    /// The coefficient of Dice for weights, twice the product of the two vectors over the sum of
    /// their squares: G. Salton and M. J. McGill, *Introduction to Modern Information Retrieval*
    /// (1983), section 6. A cosine would put a short passage first that has two of the words and
    /// nothing else.
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        // Rounding may add a little.
        self.shared(other).iter().map(|shared| shared.share).sum::<f64>().min(1.0)
    }

    /// Lists the stems that two texts share and that tell something, in the order of what they add
    /// to the similarity, most first, ties by stem.
    pub(super) fn shared<'a>(&'a self, other: &'a Self) -> Vec<Shared<'a>> {
        let squares = self.squares + other.squares;
        let mut shared: Vec<Shared<'a>> = self
            .terms
            .iter()
            .filter_map(|(stem, term)| {
                let there = other.terms.get(stem)?;
                let product = term.weight * there.weight;
                (product > 0.0).then(|| Shared {
                    stem,
                    words: [&term.word, &there.word],
                    share: 2.0 * product / squares,
                })
            })
            .collect();
        shared.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.stem.cmp(b.stem)));
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::Words;
    use proptest::prelude::*;
    use std::convert::Infallible;

    fn vector(text: &str, rarity: impl Fn(&str) -> f64) -> Vector {
        let mut lexicon = Lexicon::new();
        let words = Words::of_text(text, &mut lexicon);
        let rarity = |stem: &str| Ok::<_, Infallible>(rarity(stem));
        Vector::of(words.all(), &lexicon, rarity).unwrap()
    }

    /// How often *Sense and Sensibility*, *Pride and Prejudice* and *Wuthering Heights* have four
    /// words, and the weights `1 + log10 f`: slides to chapter 6 of Manning, Raghavan and Schütze.
    #[test]
    fn the_worked_example_of_three_novels() {
        const WORDS: [&str; 4] = ["affection", "gossip", "jealous", "wuthering"];
        let novels = [
            ([115, 2, 10, 0], [3.06, 1.30, 2.00, 0.0]),
            ([58, 0, 7, 0], [2.76, 0.0, 1.85, 0.0]),
            ([20, 6, 11, 38], [2.30, 1.78, 2.04, 2.58]),
        ];
        let vectors = novels.map(|(counts, _)| {
            let text: String =
                WORDS.iter().zip(counts).map(|(word, n)| format!("{word} ").repeat(n)).collect();
            vector(&text, |_| 1.0)
        });
        for (vector, (_, weights)) in vectors.iter().zip(novels) {
            let expected = weights.into_iter().filter(|weight| *weight > 0.0);
            for (term, weight) in vector.terms.values().zip(expected) {
                assert!((term.weight - weight).abs() < 0.006, "{term:?} {weight}");
            }
        }
        // 2 (3.06 · 2.76 + 2.00 · 1.85) / (3.06² + 1.30² + 2.00² + 2.76² + 1.85²), and so on.
        let [sense, pride, heights] = &vectors;
        for (one, other, expected) in
            [(sense, pride, 0.931), (sense, heights, 0.783), (pride, heights, 0.668)]
        {
            let similarity = one.similarity(other);
            assert!((similarity - expected).abs() < 0.005, "{similarity} {expected}");
        }
    }

    #[test]
    fn what_is_shared_is_shown_by_weight() {
        let rarity = |stem: &str| if stem == "harbour" { 3.0 } else { 1.0 };
        let one = vector("The harbours are deep, and deep is the quay.", rarity);
        let other = vector("A deep harbour of the north", rarity);
        let shared = one.shared(&other);
        let words: Vec<_> = shared.iter().map(|shared| shared.words).collect();
        assert_eq!(words, [["harbours", "harbour"], ["deep", "deep"]]);
        assert_eq!(one.weightiest().first().map(|(stem, _)| *stem), Some("harbour"));
    }

    #[test]
    fn nothing_in_common_is_0() {
        let text = vector("harbour quay", |_| 1.0);
        for other in ["", "the of and", "estuary"] {
            assert_eq!(text.similarity(&vector(other, |_| 1.0)), 0.0, "{other}");
        }
        // What stands everywhere tells nothing.
        assert_eq!(text.similarity(&vector("harbour", |_| 0.0)), 0.0);
    }

    proptest! {
        #[test]
        fn a_similarity_is_from_0_to_1_and_the_same_both_ways(
            one in "([a-e]{1,2} ){0,20}",
            other in "([a-e]{1,2} ){0,20}",
        ) {
            let rarity = |stem: &str| stem.len() as f64;
            let (one, other) = (vector(&one, rarity), vector(&other, rarity));
            let similarity = one.similarity(&other);
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert!((similarity - other.similarity(&one)).abs() < 1e-12);
            if !one.terms.is_empty() {
                prop_assert!((one.similarity(&one) - 1.0).abs() < 1e-12);
            }
        }
    }
}
