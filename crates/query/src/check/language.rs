//! Whether a quote is in a language that the index has no documents of.

use crate::QueryError;
use onrecord_indexing::{Condition, DocumentCondition, Reader};

/// The fewest words by which a language is told.
const MIN_WORDS: usize = 6;

/// Returns why a quote that was not found cannot be checked: it is in another language than all
/// documents, as far as theirs are known.
pub(crate) fn is_foreign(reader: &Reader, text: &str) -> Result<Option<String>, QueryError> {
    if onrecord_text::tokens(text).count() < MIN_WORDS {
        return Ok(None);
    }
    let Some(found) = whatlang::detect(text).filter(whatlang::Info::is_reliable) else {
        return Ok(None);
    };
    let Some(code) = two_letters(found.lang()) else { return Ok(None) };
    let is_of = |code: &str| Condition::Document(DocumentCondition::Language(code.to_owned()));
    let has_it = reader.count(&is_of(code))? > 0;
    let has_english = reader.count(&is_of("en"))? > 0;
    let is_foreign = !has_it && has_english && code != "en";
    Ok(is_foreign.then(|| format!("it is in a language that no document is in: {code}")))
}

/// Returns the ISO 639-1 code of the languages that are most quoted.
fn two_letters(language: whatlang::Lang) -> Option<&'static str> {
    let code = match language.code() {
        "eng" => "en",
        "fra" => "fr",
        "deu" => "de",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "rus" => "ru",
        "ukr" => "uk",
        "pol" => "pl",
        "ara" => "ar",
        "pes" => "fa",
        "heb" => "he",
        "cmn" => "zh",
        "jpn" => "ja",
        "kor" => "ko",
        "tur" => "tr",
        "hin" => "hi",
        "swe" => "sv",
        "dan" => "da",
        "fin" => "fi",
        "ell" => "el",
        _ => return None,
    };
    Some(code)
}
