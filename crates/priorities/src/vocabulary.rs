use crate::{Form, PhraseWord};
use onrecord_text::{Lexicon, Word};
use rustc_hash::FxHashMap;

/// The number of a word of the taxonomy in one of its [`Form`]s.
pub(crate) type Symbol = u32;

/// The words of a taxonomy's phrases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    stems: FxHashMap<Box<str>, Symbol>,
    exact: FxHashMap<Box<str>, Symbol>,
    prefixes: Vec<(Box<str>, Symbol)>,
    n_symbols: Symbol,
}

impl Vocabulary {
    /// Adds a word, if it is new, and returns its symbol.
    pub(crate) fn add(&mut self, word: &PhraseWord, lexicon: &mut Lexicon) -> Symbol {
        let next = self.n_symbols;
        let symbol = match word.form {
            Form::Stem => {
                let stem = lexicon.word(&word.folded).stem.into();
                *self.stems.entry(stem).or_insert(next)
            }
            Form::Exact => *self.exact.entry(word.folded.clone()).or_insert(next),
            Form::Prefix => {
                let known = self.prefixes.iter().find(|(prefix, _)| *prefix == word.folded);
                known.map(|&(_, symbol)| symbol).unwrap_or_else(|| {
                    self.prefixes.push((word.folded.clone(), next));
                    next
                })
            }
        };
        self.n_symbols = self.n_symbols.max(symbol + 1);
        symbol
    }

    /// Calls `found` with each symbol that a word of the text stands for.
    pub(crate) fn symbols(&self, word: Word<'_>, mut found: impl FnMut(Symbol)) {
        self.stems.get(word.stem).into_iter().for_each(|&symbol| found(symbol));
        self.exact.get(word.folded).into_iter().for_each(|&symbol| found(symbol));
        for (prefix, symbol) in &self.prefixes {
            if word.folded.starts_with(&**prefix) {
                found(*symbol);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(folded: &str, form: Form) -> PhraseWord {
        PhraseWord { folded: folded.into(), form }
    }

    #[test]
    fn symbols_by_form() {
        let mut lexicon = Lexicon::new();
        let mut vocabulary = Vocabulary::default();
        let words = [("networks", Form::Stem), ("cert", Form::Exact), ("cyber", Form::Prefix)];
        for (expected, (folded, form)) in words.into_iter().enumerate() {
            for _ in 0..2 {
                let symbol = vocabulary.add(&word(folded, form), &mut lexicon);
                assert_eq!(symbol as usize, expected);
            }
        }
        for (written, expected) in [
            ("Networked", vec![0]),
            ("CERT", vec![1]),
            ("certs", vec![]),
            ("Cyberspace’s", vec![2]),
            ("net", vec![]),
        ] {
            let mut symbols = Vec::new();
            vocabulary.symbols(lexicon.word(written), |symbol| symbols.push(symbol));
            assert_eq!(symbols, expected, "{written}");
        }
    }
}
