use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// Words that the Snowball English stemmer would merge with words of another meaning, each with
/// the stem that it gets instead.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    ("animal", &["animal", "animals"]),
    ("arms", &["arms"]),
    ("authority", &["authority", "authorities"]),
    (
        "authorize",
        &[
            "authorize",
            "authorizes",
            "authorized",
            "authorizing",
            "authorization",
            "authorizations",
            "authorise",
            "authorises",
            "authorised",
            "authorising",
            "authorisation",
            "authorisations",
        ],
    ),
    ("civilization", &["civilization", "civilizations", "civilisation", "civilisations"]),
    ("conservative", &["conservative", "conservatives"]),
    ("customs", &["customs"]),
    ("emergency", &["emergency", "emergencies"]),
    ("executive", &["executive", "executives"]),
    (
        "experiment",
        &[
            "experiment",
            "experiments",
            "experimental",
            "experimenting",
            "experimented",
            "experimentation",
        ],
    ),
    ("goods", &["goods"]),
    ("important", &["important", "importantly", "importance"]),
    ("informal", &["informal", "informally"]),
    ("information", &["information", "informational"]),
    ("internal", &["internal", "internally"]),
    ("international", &["international", "internationally"]),
    ("objective", &["objective", "objectives"]),
    ("organic", &["organic", "organically"]),
    ("organism", &["organism", "organisms"]),
    (
        "organization",
        &[
            "organization",
            "organizations",
            "organizational",
            "organisation",
            "organisations",
            "organisational",
        ],
    ),
    ("position", &["position", "positions"]),
    ("positive", &["positive", "positively"]),
    ("securities", &["securities"]),
    ("several", &["several"]),
    ("severe", &["severe", "severely", "severity"]),
    ("united", &["united"]),
    ("universal", &["universal", "universally"]),
    ("university", &["university", "universities"]),
];

/// Stems folded English words by the Snowball English algorithm (Porter 2), but for words that
/// it would merge with words of another meaning.
pub(crate) struct EnglishStemmer {
    snowball: Stemmer,
    exceptions: rustc_hash::FxHashMap<&'static str, &'static str>,
}

impl EnglishStemmer {
    pub(crate) fn new() -> Self {
        let exceptions = EXCEPTIONS
            .iter()
            .flat_map(|&(stem, words)| words.iter().map(move |&word| (word, stem)))
            .collect();
        Self { snowball: Stemmer::create(Algorithm::English), exceptions }
    }

    /// Returns the stem; words with other than ASCII letters lose no more than a final `'s`,
    /// because the stemmer may panic on them.
    pub(crate) fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let base = word.strip_suffix("'s").unwrap_or(word);
        if let Some(&stem) = self.exceptions.get(base) {
            return Cow::Borrowed(stem);
        }
        if base.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
            return self.snowball.stem(base);
        }
        Cow::Borrowed(base)
    }
}

impl std::fmt::Debug for EnglishStemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnglishStemmer").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stem(word: &str) -> String {
        EnglishStemmer::new().stem(word).into_owned()
    }

    #[test]
    fn stems_of_exceptions_begin_as_their_words_do() {
        for (stem, words) in EXCEPTIONS {
            assert!(words.iter().all(|word| word.as_bytes()[0] == stem.as_bytes()[0]), "{stem}");
        }
    }

    #[test]
    fn one_stem() {
        for words in [
            ["agency", "agencies", "agency's"],
            ["network", "networks", "networked"],
            ["secure", "security", "securely"],
            ["organization", "organisations", "organizational"],
        ] {
            assert!(words.iter().all(|word| stem(word) == stem(words[0])), "{words:?}");
        }
    }

    #[test]
    fn kept_apart() {
        for (one, other) in [
            ("international", "internal"),
            ("internal", "intern"),
            ("international", "internment"),
            ("organization", "organ"),
            ("organic", "organ"),
            ("university", "universe"),
            ("universal", "universe"),
            ("emergency", "emerging"),
            ("important", "import"),
            ("authority", "author"),
            ("securities", "security"),
            ("arms", "arm"),
            ("goods", "good"),
            ("several", "severe"),
            ("information", "informal"),
            ("positive", "position"),
            ("united", "unit"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} and {other}");
        }
    }

    #[test]
    fn exceptions_have_no_word_twice() {
        let words: Vec<&str> = EXCEPTIONS.iter().flat_map(|&(_, words)| words).copied().collect();
        let unique: std::collections::BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!(words.len(), unique.len());
    }

    proptest! {
        #[test]
        fn never_panics(word in "[a-z']{0,20}|[0-9a-z]{0,12}|\\PC{0,12}") {
            stem(&word);
        }
    }
}
