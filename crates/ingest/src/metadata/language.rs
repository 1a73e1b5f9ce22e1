//! The language of a document.

use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Languages that are told apart, with their ISO 639-1 codes and English names.
const LANGUAGES: [(Lang, &str, &str); 18] = [
    (Lang::Eng, "en", "english"),
    (Lang::Spa, "es", "spanish"),
    (Lang::Fra, "fr", "french"),
    (Lang::Deu, "de", "german"),
    (Lang::Ita, "it", "italian"),
    (Lang::Por, "pt", "portuguese"),
    (Lang::Nld, "nl", "dutch"),
    (Lang::Pol, "pl", "polish"),
    (Lang::Ces, "cs", "czech"),
    (Lang::Swe, "sv", "swedish"),
    (Lang::Dan, "da", "danish"),
    (Lang::Ron, "ro", "romanian"),
    (Lang::Tur, "tr", "turkish"),
    (Lang::Rus, "ru", "russian"),
    (Lang::Ukr, "uk", "ukrainian"),
    (Lang::Ara, "ar", "arabic"),
    (Lang::Cmn, "zh", "chinese"),
    (Lang::Jpn, "ja", "japanese"),
];

/// Bytes of a text that are looked at, from its middle, where header lines are rare.
const SAMPLE_BYTES: usize = 2048;

/// Shorter texts are never told reliably.
const MIN_SAMPLE_BYTES: usize = 16;

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|(lang, ..)| *lang).collect()));

/// Tells the language of a text, where that is beyond doubt.
pub(crate) fn language_of(text: &str) -> Option<&'static str> {
    let middle = text.len() / 2;
    let start = text.floor_char_boundary(middle.saturating_sub(SAMPLE_BYTES / 2));
    let end = text.ceil_char_boundary((start + SAMPLE_BYTES).min(text.len()));
    let sample = text.get(start..end).filter(|sample| sample.len() >= MIN_SAMPLE_BYTES)?;
    if is_plainly_english(sample) {
        return Some("en");
    }
    let found = DETECTOR.detect(sample).filter(whatlang::Info::is_reliable)?;
    LANGUAGES.iter().find(|(lang, ..)| *lang == found.lang()).map(|(_, code, _)| *code)
}

/// Tells English by its three commonest words, which no other of the languages shares: they make
/// up about an eighth of English prose. It saves most texts the far slower detector.
fn is_plainly_english(sample: &str) -> bool {
    let mut counts = [0_usize; 3];
    let mut n_words = 0;
    for word in sample.split_ascii_whitespace() {
        n_words += 1;
        for (count, common) in counts.iter_mut().zip(["the", "of", "and"]) {
            *count += usize::from(word == common);
        }
    }
    n_words >= 60
        && counts.iter().all(|&n| n > 0)
        && counts.iter().sum::<usize>() * 100 >= n_words * 7
}

/// Returns the ISO 639-1 code of a language given by code, three-letter code or English name; what
/// is none of these stays as it is, in lower case.
pub(crate) fn code_of(written: &str) -> String {
    let written = written.trim().to_lowercase();
    let main = written.split(['-', '_']).next().unwrap_or_default();
    let known = LANGUAGES
        .iter()
        .find(|(lang, code, name)| main == *code || main == lang.code() || main == *name);
    known.map_or_else(|| main.to_owned(), |(_, code, _)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            (
                "We will keep the harbour open, and we will keep our word to those who work there.",
                Some("en"),
            ),
            (
                "Vamos a mantener abierto el puerto y cumpliremos nuestra palabra con los trabajadores.",
                Some("es"),
            ),
            (&"The work of the harbour and the city goes on. ".repeat(10), Some("en")),
            ("ok", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), expected, "{text}");
        }
        for (written, code) in [("en-US", "en"), ("ENG", "en"), ("Spanish", "es"), ("sw", "sw")] {
            assert_eq!(code_of(written), code);
        }
    }
}
