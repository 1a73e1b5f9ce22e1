use super::WordForm;
use onrecord_model::Span;
use onrecord_text::{Lexicon, is_function_word};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A word in its place: which one it is, and whether it says something by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    /// The number of the word in its vocabulary.
    pub(crate) word: u32,
    /// Whether it is no function word, such as `of`.
    pub(crate) is_content: bool,
}

/// The different words that were counted, in the form that was asked for, each with a number.
///
/// Unlike a [`Lexicon`], it forgets nothing; it grows with the different words of a corpus.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    form: WordForm,
    lexicon: Lexicon,
    numbers: FxHashMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
}

impl Vocabulary {
    pub(crate) fn new(form: WordForm) -> Self {
        Self { form, lexicon: Lexicon::new(), numbers: FxHashMap::default(), words: Vec::new() }
    }

    /// Numbers the tokens of a text, behind those that are in `numbered`.
    pub(crate) fn number(&mut self, text: &str, tokens: &[Span], numbered: &mut Vec<Numbered>) {
        self.lexicon.make_room();
        for token in tokens {
            let word = self.lexicon.word(text.get(token.range()).unwrap_or_default());
            let is_content = !is_function_word(word.folded);
            let form = match self.form {
                WordForm::Folded => word.folded,
                WordForm::Stem => word.stem,
            };
            let word = number_of(form, &mut self.numbers, &mut self.words);
            numbered.push(Numbered { word, is_content });
        }
    }

    /// Returns the number of a word that is in the form that was asked for.
    pub(crate) fn number_of(&mut self, form: &str) -> u32 {
        number_of(form, &mut self.numbers, &mut self.words)
    }

    /// Returns the word of a number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word)
    }

    /// Returns how many different words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}

fn number_of(form: &str, numbers: &mut FxHashMap<Arc<str>, u32>, words: &mut Vec<Arc<str>>) -> u32 {
    if let Some(&number) = numbers.get(form) {
        return number;
    }
    let number = words.len() as u32;
    let form: Arc<str> = form.into();
    words.push(form.clone());
    numbers.insert(form, number);
    number
}
