use crate::fold::push_folded;
use crate::function_word::is_function_word;
use crate::stem::EnglishStemmer;
use crate::token::tokens;
use hashbrown::HashTable;
use onrecord_model::Span;
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::BuildHasher;

/// The most words that are remembered; past it the memory starts anew, so that texts of endless
/// new words do not fill it.
const MAX_WORDS: usize = 500_000;

/// The most that their letters take, in bytes.
const MAX_BYTES: usize = 32_000_000;

/// A token in the forms that are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// In matching form, see [`fold`](crate::fold()).
    pub folded: &'a str,
    /// The stem of the matching form.
    pub stem: &'a str,
}

/// The number of a word, as written, in one [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordId(u32);

/// Folds and stems tokens, each distinct one once.
///
/// A text has some fifty tokens for each distinct one, and the stemmer costs several times the
/// tokenizer, so it pays to remember. Make one for each thread.
pub struct Lexicon {
    stemmer: EnglishStemmer,
    /// The first letters of words that are stemmed; none where all are.
    stemmed: Option<BTreeSet<char>>,
    mark: Box<dyn Fn(Word<'_>) -> u8 + Send>,
    /// The words as written.
    table: HashTable<(Span, WordId)>,
    /// By number. Words of most texts come early, so that what is asked for often stands close
    /// together.
    forms: Vec<Forms>,
    /// The words and their forms.
    letters: String,
}

/// What is known of a word.
struct Forms {
    folded: Span,
    stem: Span,
    /// Of the folded word, for sketches.
    hash: u64,
    /// Of the stem; none of a function word.
    stem_hash: Option<u64>,
    mark: u8,
}

impl Lexicon {
    /// Makes a lexicon that remembers nothing yet and marks every word with 255.
    pub fn new() -> Self {
        Self::marking(|_| u8::MAX)
    }

    /// Makes a lexicon that marks each distinct word once with what `mark` says of it, so that
    /// who looks for some words need not look at others.
    pub fn marking(mark: impl Fn(Word<'_>) -> u8 + Send + 'static) -> Self {
        Self {
            stemmer: EnglishStemmer::new(),
            stemmed: None,
            mark: Box::new(mark),
            table: HashTable::new(),
            forms: Vec::new(),
            letters: String::new(),
        }
    }

    /// Makes a lexicon to look for some stems in few texts: it stems only words that begin as they
    /// do, as all words of a stem do, and of others gives the word itself.
    pub fn for_stems<'a>(stems: impl IntoIterator<Item = &'a str>) -> Self {
        let stemmed = stems.into_iter().filter_map(|stem| stem.chars().next()).collect();
        Self { stemmed: Some(stemmed), ..Self::new() }
    }

    /// Returns the forms of a token as written.
    pub fn word(&mut self, written: &str) -> Word<'_> {
        let id = self.id(written);
        self.forms(id)
    }

    /// Returns the number of a token as written.
    pub fn id(&mut self, written: &str) -> WordId {
        let hash = hash(written.as_bytes());
        let letters = self.letters.as_bytes();
        let is_same = |(known, _): &(Span, WordId)| letters[known.range()] == *written.as_bytes();
        match self.table.find(hash, is_same) {
            Some(&(_, id)) => id,
            None => self.learn(hash, written),
        }
    }

    /// Returns the forms of a word of this lexicon.
    pub fn forms(&self, id: WordId) -> Word<'_> {
        let forms = &self.forms[id.0 as usize];
        Word { folded: self.letters_at(forms.folded), stem: self.letters_at(forms.stem) }
    }

    /// Returns the hash of a word of this lexicon, folded; the same in every lexicon.
    pub fn hash(&self, id: WordId) -> u64 {
        self.forms[id.0 as usize].hash
    }

    /// Returns the hash of the stem of a word of this lexicon; the same in every lexicon. None of
    /// a function word, such as `of`: it says little of what a text is about.
    pub fn stem_hash(&self, id: WordId) -> Option<u64> {
        self.forms[id.0 as usize].stem_hash
    }

    /// Returns the mark of a word of this lexicon.
    pub fn mark(&self, id: WordId) -> u8 {
        self.forms[id.0 as usize].mark
    }

    /// Forgets all words if there are too many; their numbers are then void.
    pub fn make_room(&mut self) {
        if self.forms.len() >= MAX_WORDS || self.letters.len() >= MAX_BYTES {
            self.table.clear();
            self.forms.clear();
            self.letters.clear();
        }
    }

    #[cold]
    fn learn(&mut self, hash: u64, written: &str) -> WordId {
        let mut folded = String::with_capacity(written.len());
        fold_token(written, &mut folded);
        let is_stemmed = |letters: &BTreeSet<char>| folded.starts_with(|c| letters.contains(&c));
        let stem = if self.stemmed.as_ref().is_none_or(is_stemmed) {
            self.stemmer.stem(&folded)
        } else {
            Cow::Borrowed(folded.as_str())
        };
        let mark = (self.mark)(Word { folded: &folded, stem: &stem });
        let [written, folded, stem] = [written, &folded, &stem].map(|form| {
            let start = self.letters.len();
            self.letters.push_str(form);
            Span::from_range(start..self.letters.len())
        });
        let id = WordId(u32::try_from(self.forms.len()).expect("a text has fewer words"));
        let sketched = crate::sketch::hash_of(self.letters_at(folded));
        let is_function_word = is_function_word(self.letters_at(folded));
        let stem_hash = (!is_function_word).then(|| crate::sketch::hash_of(self.letters_at(stem)));
        self.forms.push(Forms { folded, stem, hash: sketched, stem_hash, mark });
        let letters = self.letters.as_bytes();
        let hash_again = |(known, _): &(Span, WordId)| self::hash(&letters[known.range()]);
        self.table.insert_unique(hash, (written, id), hash_again);
        id
    }

    #[expect(clippy::string_slice, reason = "each form was put there whole")]
    fn letters_at(&self, span: Span) -> &str {
        &self.letters[span.range()]
    }
}

fn hash(written: &[u8]) -> u64 {
    FxBuildHasher.hash_one(written)
}

/// Lists the tokens of a text in matching form, see [`fold`](crate::fold()).
///
/// Who asks of many texts asks a [`Lexicon`], which remembers.
#[expect(clippy::string_slice, reason = "tokens lie on character boundaries")]
pub fn folded_tokens(text: &str) -> Vec<String> {
    let folded = |token: Span| {
        let mut folded = String::new();
        fold_token(&text[token.range()], &mut folded);
        folded
    };
    tokens(text).map(folded).collect()
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

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("n_words", &self.forms.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_looked_for_is_not_stemmed() {
        let mut lexicon = Lexicon::for_stems(["secur", "die"]);
        for (word, stem) in
            [("Security", "secur"), ("dying", "die"), ("networks", "networks"), ("It’s", "it's")]
        {
            assert_eq!(lexicon.word(word).stem, stem, "{word}");
        }
    }

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
        let mut lexicon = Lexicon::marking(|word| u8::from(word.stem == "network"));
        for number in 0..50_000 {
            lexicon.make_room();
            let written = format!("{number}{}", "x".repeat(1000));
            assert_eq!(lexicon.word(&written).folded, written);
            assert!(lexicon.letters.len() < MAX_BYTES + 4 * crate::MAX_TOKEN_BYTES);
        }
        let id = lexicon.id("Networks");
        assert_eq!((lexicon.forms(id).stem, lexicon.mark(id)), ("network", 1));
    }
}
