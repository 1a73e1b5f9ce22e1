//! Names cut into words that can be compared.

use onrecord_text::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a name, with its place in the name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word in lower case without accents, apostrophes and stops.
    pub(crate) folded: String,
    /// The first byte of the word as written.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Whether a comma stands behind it.
    pub(crate) before_comma: bool,
    /// Whether a hyphen joins it to the next one.
    pub(crate) before_hyphen: bool,
}

/// Cuts a name into its words: runs of letters, digits and apostrophes. Hyphens and stops part
/// them, but in abbreviations such as `U.S.`
pub(crate) fn words_of(name: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let ends = name.char_indices().chain(std::iter::once((name.len(), ' ')));
    for (at, c) in ends {
        let is_inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{301}');
        match (start, is_inside) {
            (None, true) => start = Some(at),
            (Some(first), false) => {
                let folded = fold_word(name.get(first..at).unwrap_or_default());
                start = None;
                if !folded.is_empty() {
                    words.push(Word {
                        folded,
                        start: first,
                        end: at,
                        before_comma: false,
                        before_hyphen: matches!(c, '-' | '‐' | '‑'),
                    });
                }
            }
            (None, false) | (Some(_), true) => {}
        }
        if c == ','
            && let Some(last) = words.last_mut()
        {
            last.before_comma = true;
        }
    }
    words
}

/// Returns the words of a name in lower case, without where they stand.
pub(crate) fn folded_words(name: &str) -> Vec<String> {
    words_of(name).into_iter().map(|word| word.folded).collect()
}

/// Returns the words of a name in lower case, without an article before them.
pub(crate) fn without_article(name: &str) -> Vec<String> {
    let mut words = folded_words(name);
    if words.len() > 1 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    words
}

/// Brings a word into the form in which names are compared: `Calderón` and `CALDERON` meet.
fn fold_word(word: &str) -> String {
    let letters = fold(word).text;
    letters
        .nfd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .map(|c| match c {
            'ø' => 'o',
            'ł' => 'l',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// Tells whether some words stand side by side in others.
pub(crate) fn contains_words(words: &[String], wanted: &[String]) -> bool {
    !wanted.is_empty() && words.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (name, expected) in [
            ("Felipe CALDERÓN", "felipe calderon"),
            ("Hillary Rodham-Clinton", "hillary rodham clinton"),
            ("H.E. Mr. O’Brien, Jr.", "h e mr obrien jr"),
            ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
            ("Lech Wałęsa", "lech walesa"),
            ("", ""),
        ] {
            assert_eq!(folded_words(name).join(" "), expected, "{name}");
        }
        assert!(words_of("Obama, Barack")[0].before_comma);
    }
}
