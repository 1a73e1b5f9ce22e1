//! Counting the words of speech: what passages are read, what is counted in them, how often and
//! how evenly.

mod count;
mod listed;
mod places;
mod sieve;
mod speech;
#[cfg(test)]
mod tests;
mod vocabulary;

pub(crate) use count::{PartTotal, Tally, count};
pub(crate) use speech::{Speech, Spoken, of_speech};
pub(crate) use vocabulary::{Numbered, Vocabulary};

/// The most words of an n-gram.
pub const MAX_GRAM_WORDS: usize = 5;

/// The most different n-grams that are held: about 1 GB at the peak.
const MAX_GRAMS: usize = 4_000_000;

/// What form of a word is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordForm {
    /// As written, folded: capitals and the shape of marks make no difference.
    #[default]
    Folded,
    /// Its stem, so that `network` and `networks` count together.
    Stem,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// The form of the words.
    pub form: WordForm,
    /// How many words one behind the other are one thing, 1 to [`MAX_GRAM_WORDS`].
    pub n_words: usize,
    /// Whether function words are left out, and n-grams that begin or end with one.
    pub content_only: bool,
    /// What occurs less often is left out.
    pub min_count: u64,
}

impl Default for Counting {
    fn default() -> Self {
        Self { form: WordForm::Folded, n_words: 1, content_only: false, min_count: 1 }
    }
}
