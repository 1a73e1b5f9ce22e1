use super::WordForm;
use onrecord_model::Span;
use onrecord_text::{Lexicon, is_function_word};
use std::collections::HashMap;
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
    numbers: HashMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
}

impl Vocabulary {
    pub(crate) fn new(form: WordForm) -> Self {
        Self { form, lexicon: Lexicon::new(), numbers: HashMap::new(), words: Vec::new() }
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
            let number = match self.numbers.get(form) {
                Some(&number) => number,
                None => {
                    let number = self.words.len() as u32;
                    let form: Arc<str> = form.into();
                    self.words.push(form.clone());
                    self.numbers.insert(form, number);
                    number
                }
            };
            numbered.push(Numbered { word: number, is_content });
        }
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
