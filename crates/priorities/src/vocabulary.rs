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

/// A quick test by its first bytes whether a written word can be one of some words.
///
/// It spares most words of a text the look-up of their stem. It may pass a word that is none of
/// them, never stop one that is: the stemmer keeps a word's first letters, but for `y`, which may
/// become `i`, and for an `e` that it may put at the end.
#[derive(Clone, Debug)]
pub(crate) struct Sieve {
    /// One bit for each hash of a beginning.
    passes: Box<[u64]>,
}

/// How many bytes of a word count.
const N_BYTES: usize = 4;

/// How many bits of a beginning's hash count.
const HASH_BITS: u32 = 16;

/// The class of a byte beyond ASCII: such beginnings always pass.
const OTHER: u8 = 0;

/// The class of a byte that is in no word, and of all bytes after it.
const NONE: u8 = 1;

/// One past the last class of a byte.
const N_CLASSES: u8 = 38;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'y' | b'Y' => 2 + b'i' - b'a',
            letter @ b'a'..=b'z' => 2 + letter - b'a',
            letter @ b'A'..=b'Z' => 2 + letter - b'A',
            digit @ b'0'..=b'9' => 28 + digit - b'0',
            _ => NONE,
        };
        byte += 1;
    }
    classes
}

/// Returns the classes of the first bytes of a word, whatever follows it.
fn beginning(text: &[u8]) -> [u8; N_BYTES] {
    let bytes = text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [b' '; N_BYTES];
        bytes.iter_mut().zip(text).for_each(|(byte, &of_text)| *byte = of_text);
        bytes
    });
    let mut classes = bytes.map(|byte| CLASSES[byte as usize]);
    for at in 1..N_BYTES {
        if classes[at - 1] == NONE {
            classes[at] = NONE;
        }
    }
    classes
}

/// Returns the word of the sieve and the bit in it that stand for a beginning.
const fn cell(classes: [u8; N_BYTES]) -> (usize, u32) {
    // Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, section 6.4.
    let hash = u32::from_le_bytes(classes).wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS);
    (hash as usize / 64, hash % 64)
}

impl Sieve {
    /// Makes a sieve that passes only beginnings with a character beyond ASCII.
    pub(crate) fn new() -> Self {
        Self { passes: vec![0; (1 << HASH_BITS) / 64].into() }
    }

    /// Lets through the words that a word of a taxonomy may match.
    pub(crate) fn add(&mut self, word: &PhraseWord, lexicon: &mut Lexicon) {
        let forms = lexicon.word(&word.folded);
        let known = match word.form {
            Form::Stem => forms.stem.as_bytes(),
            Form::Exact | Form::Prefix => forms.folded.as_bytes(),
        };
        let n_fixed = match word.form {
            Form::Exact => N_BYTES,
            Form::Prefix => known.len(),
            Form::Stem if known.ends_with(b"e") => known.len() - 1,
            Form::Stem => known.len(),
        };
        self.add_from(beginning(known), n_fixed.min(N_BYTES));
    }

    /// Lets through the beginnings that are alike in the bytes before `n_fixed`.
    fn add_from(&mut self, mut classes: [u8; N_BYTES], n_fixed: usize) {
        if n_fixed == N_BYTES {
            let (at, bit) = cell(classes);
            self.passes[at] |= 1 << bit;
            return;
        }
        for class in NONE..N_CLASSES {
            classes[n_fixed] = class;
            self.add_from(classes, n_fixed + 1);
        }
    }

    /// Tells whether the written word with which `text` starts may be one of those added.
    pub(crate) fn passes(&self, text: &[u8]) -> bool {
        let classes = beginning(text);
        let (at, bit) = cell(classes);
        classes.contains(&OTHER) || self.passes[at] >> bit & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(folded: &str, form: Form) -> PhraseWord {
        PhraseWord { folded: folded.into(), form }
    }

    fn sieve(folded: &str, form: Form) -> Sieve {
        let mut sieve = Sieve::new();
        sieve.add(&word(folded, form), &mut Lexicon::new());
        sieve
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

    #[test]
    fn sieve_stops_other_beginnings() {
        let sieve = sieve("internet", Form::Stem);
        for (written, passes) in [
            ("Internet", true),
            ("into", false),
            ("interim", true),
            ("in", false),
            ("inn", false),
            ("état", true),
        ] {
            assert_eq!(sieve.passes(written.as_bytes()), passes, "{written}");
        }
    }

    #[test]
    fn sieve_passes_irregular_stems() {
        for (stemmed, written) in [
            ("use", "using"),
            ("ice", "icing"),
            ("age", "aging"),
            ("spy", "spies"),
            ("die", "dying"),
            ("sky", "skies"),
            ("go", "going"),
        ] {
            assert!(sieve(stemmed, Form::Stem).passes(written.as_bytes()), "{written}");
        }
    }

    proptest! {
        #[test]
        fn sieve_never_stops_a_match(
            beginning in "[A-Za-z0-9é][A-Za-z0-9'é]{0,5}",
            ending in prop::sample::select(vec!["", "s", "es", "ed", "ing", "ies", "y", "ly", "'s"]),
        ) {
            let written = format!("{beginning}{ending}");
            let mut lexicon = Lexicon::new();
            let form = lexicon.word(&written).folded.to_owned();
            for (folded, form) in [(&written, Form::Stem), (&form, Form::Exact)] {
                let folded = lexicon.word(folded).folded.to_owned();
                let sieve = sieve(&folded, form);
                prop_assert!(sieve.passes(written.as_bytes()), "{}", written);
                prop_assert!(sieve.passes(format!("{written} on").as_bytes()), "{}", written);
            }
            let prefix: String = form.chars().take(3).collect();
            prop_assert!(sieve(&prefix, Form::Prefix).passes(written.as_bytes()), "{}", written);
        }
    }
}
