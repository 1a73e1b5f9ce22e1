use crate::fold::push_folded;
use crate::stem::EnglishStemmer;
use hashbrown::HashTable;
use onrecord_model::Span;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// The most that is remembered, in bytes; past it the memory starts anew, so that texts of
/// endless new words do not fill it.
const MAX_BYTES: usize = 32_000_000;

/// A token in the forms that are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// In matching form, see [`fold`](crate::fold()).
    pub folded: &'a str,
    /// The stem of the matching form.
    pub stem: &'a str,
}

/// Folds and stems tokens, each distinct one once.
///
/// A text has some fifty tokens for each distinct one, and the stemmer costs several times the
/// tokenizer, so it pays to remember. Make one for each thread.
pub struct Lexicon {
    stemmer: EnglishStemmer,
    /// The words as written and their forms, side by side: to look one up touches little memory.
    letters: String,
    words: HashTable<Known>,
}

/// Where a word and its forms stand among the letters.
#[derive(Clone, Copy)]
struct Known {
    written: Span,
    folded: Span,
    stem: Span,
}

impl Lexicon {
    /// Makes a lexicon that remembers nothing yet.
    pub fn new() -> Self {
        let stemmer = EnglishStemmer::new();
        Self { stemmer, letters: String::new(), words: HashTable::new() }
    }

    /// Returns the forms of a token as written.
    pub fn word(&mut self, written: &str) -> Word<'_> {
        let hash = hash(written.as_bytes());
        let letters = self.letters.as_bytes();
        let is_same =
            |known: &Known| letters.get(known.written.range()) == Some(written.as_bytes());
        let known = match self.words.find(hash, is_same) {
            Some(known) => *known,
            None => self.learn(hash, written),
        };
        let form = |span: Span| self.letters.get(span.range()).unwrap_or_default();
        Word { folded: form(known.folded), stem: form(known.stem) }
    }

    #[cold]
    fn learn(&mut self, hash: u64, written: &str) -> Known {
        if self.letters.len() >= MAX_BYTES {
            self.letters.clear();
            self.words.clear();
        }
        let mut folded = String::with_capacity(written.len());
        fold_token(written, &mut folded);
        let stem = self.stemmer.stem(&folded);
        let [written, folded, stem] = [written, &folded, &stem].map(|form| {
            let start = self.letters.len();
            self.letters.push_str(form);
            Span::from_range(start..self.letters.len())
        });
        let known = Known { written, folded, stem };
        let letters = self.letters.as_bytes();
        let hash_again = |known: &Known| letters.get(known.written.range()).map_or(0, self::hash);
        self.words.insert_unique(hash, known, hash_again);
        known
    }
}

fn hash(written: &[u8]) -> u64 {
    FxBuildHasher.hash_one(written)
}

/// Appends the matching form of a token, see [`fold`](crate::fold()).
pub fn fold_token(written: &str, folded: &mut String) {
    if written.is_ascii() {
        let start = folded.len();
        folded.push_str(written);
        if let Some(added) = folded.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else {
        written.chars().for_each(|c| push_folded(c, folded));
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

impl Clone for Lexicon {
    /// Makes a lexicon of the same rules that remembers nothing yet.
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("n_words", &self.words.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let mut lexicon = Lexicon::new();
        for (written, folded, stem) in [
            ("Networks", "networks", "network"),
            ("INTERNATIONAL", "international", "international"),
            ("Internet’s", "internet's", "internet"),
            ("5G", "5g", "5g"),
            ("Café’s", "café's", "café"),
            ("co\u{ad}operate", "cooperate", "cooper"),
        ] {
            for _ in 0..2 {
                let word = lexicon.word(written);
                assert_eq!((word.folded, word.stem), (folded, stem));
            }
        }
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let mut lexicon = Lexicon::new();
        for number in 0..50_000 {
            let written = format!("{number}{}", "x".repeat(1000));
            assert_eq!(lexicon.word(&written).folded, written);
            assert!(lexicon.letters.len() < MAX_BYTES + 4 * crate::MAX_TOKEN_BYTES);
        }
        assert_eq!(lexicon.word("Networks").stem, "network");
    }
}
