use crate::fold::push_folded;
use crate::stem::EnglishStemmer;
use hashbrown::HashMap;
use hashbrown::hash_map::EntryRef;
use rustc_hash::FxBuildHasher;

/// The most words that are remembered; past it the memory starts anew, so that texts of endless
/// new words do not fill it.
const MAX_WORDS: usize = 500_000;

/// A token in the forms that are matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In matching form, see [`fold`](crate::fold()).
    pub folded: Box<str>,
    /// The stem of the matching form.
    pub stem: Box<str>,
}

/// Folds and stems tokens, each distinct one once.
///
/// A text has some fifty tokens for each distinct one, and the stemmer costs several times the
/// tokenizer, so it pays to remember. Make one for each thread.
pub struct Lexicon {
    stemmer: EnglishStemmer,
    words: HashMap<String, Word, FxBuildHasher>,
}

impl Lexicon {
    /// Makes a lexicon that remembers nothing yet.
    pub fn new() -> Self {
        Self { stemmer: EnglishStemmer::new(), words: HashMap::default() }
    }

    /// Returns the forms of a token as written.
    pub fn word(&mut self, written: &str) -> &Word {
        if self.words.len() >= MAX_WORDS {
            self.words.clear();
        }
        match self.words.entry_ref(written) {
            EntryRef::Occupied(known) => known.into_mut(),
            EntryRef::Vacant(new) => new.insert(analyze(&self.stemmer, written)),
        }
    }
}

fn analyze(stemmer: &EnglishStemmer, written: &str) -> Word {
    let mut folded = String::with_capacity(written.len());
    fold_token(written, &mut folded);
    let stem = stemmer.stem(&folded).into();
    Word { folded: folded.into(), stem }
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
                assert_eq!((&*word.folded, &*word.stem), (folded, stem));
            }
        }
    }
}
