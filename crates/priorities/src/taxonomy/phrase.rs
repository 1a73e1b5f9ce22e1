use onrecord_text::{fold, tokens};
use std::fmt;

/// The most words of a phrase.
pub(crate) const MAX_WORDS: usize = 12;

/// The fewest letters before a `*`: fewer would find half the dictionary.
const MIN_PREFIX: usize = 3;

/// How a word of a phrase is compared with a word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By the stems of both.
    Stem,
    /// By the matching forms of both: case and kinds of marks do not count, endings do.
    Exact,
    /// By how the word of the text begins.
    Prefix,
}

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PhraseWord {
    /// The word in matching form.
    pub folded: Box<str>,
    /// How it is compared.
    pub form: Form,
}

/// One or more words that stand next to each other, in order.
///
/// Written as words with blanks or hyphens between them: `word` matches by its stem, `=word`
/// exactly, `word*` by its beginning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    written: Box<str>,
    words: Vec<PhraseWord>,
}

/// Why a string is not a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// No letter or digit.
    #[error("has no word: write a word or a phrase")]
    Empty,
    /// More than 12 words.
    #[error("has more than {MAX_WORDS} words: name its telling part")]
    Long,
    /// A `=` without a word right after it.
    #[error("has a `=` that no word follows: write `=word`")]
    Equals,
    /// A `*` that is not the end of a word of three letters or more, or an exact one.
    #[error("has a `*` that does not end a word of {MIN_PREFIX} letters or more: write `word*`")]
    Star,
    /// A sign that the text never has inside a phrase.
    #[error("holds `{0}`, which ends a phrase: leave it out, or write two phrases")]
    Sign(char),
}

impl Phrase {
    /// Reads a phrase; with `exact`, every word of it is compared exactly.
    ///
    /// # Errors
    /// When the text holds no word, too many, or a sign out of its place.
    pub fn parse(written: &str, exact: bool) -> Result<Self, PhraseError> {
        let mut words = Vec::new();
        for part in written.split_whitespace() {
            parse_part(part, exact, &mut words)?;
        }
        match words.len() {
            0 => Err(PhraseError::Empty),
            1..=MAX_WORDS => Ok(Self { written: written.trim().into(), words }),
            _ => Err(PhraseError::Long),
        }
    }

    /// Returns the phrase as the taxonomy writes it.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Returns its words, in order, at least one.
    pub fn words(&self) -> &[PhraseWord] {
        &self.words
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Reads what stands between two blanks: one word, or several joined by hyphens.
fn parse_part(part: &str, exact: bool, words: &mut Vec<PhraseWord>) -> Result<(), PhraseError> {
    let (marked, rest) = part.strip_prefix('=').map_or((false, part), |rest| (true, rest));
    let (starred, rest) = rest.strip_suffix('*').map_or((false, rest), |rest| (true, rest));
    if rest.contains('*') || (starred && (marked || rest.contains('-'))) {
        return Err(PhraseError::Star);
    }
    if rest.contains('=') || (marked && !rest.starts_with(char::is_alphanumeric)) {
        return Err(PhraseError::Equals);
    }
    if let Some(sign) = rest.chars().find(|c| matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')'))
    {
        return Err(PhraseError::Sign(sign));
    }
    let form = match (starred, marked || exact) {
        (true, _) => Form::Prefix,
        (false, true) => Form::Exact,
        (false, false) => Form::Stem,
    };
    let before = words.len();
    for span in tokens(rest) {
        let folded: Box<str> = fold(rest.get(span.range()).unwrap_or_default()).text.into();
        // A single letter has no endings to look past.
        let is_letter = folded.chars().nth(1).is_none();
        let form = if is_letter && form == Form::Stem { Form::Exact } else { form };
        words.push(PhraseWord { folded, form });
    }
    let letters = words.get(before).map_or(0, |word| word.folded.chars().count());
    if starred && letters < MIN_PREFIX { Err(PhraseError::Star) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str, exact: bool) -> Result<String, PhraseError> {
        let word = |word: &PhraseWord| match word.form {
            Form::Stem => word.folded.to_string(),
            Form::Exact => format!("={}", word.folded),
            Form::Prefix => format!("{}*", word.folded),
        };
        Phrase::parse(written, exact)
            .map(|phrase| phrase.words().iter().map(word).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn parsed() {
        for (written, exact, expected) in [
            ("Digital  Divide ", false, Ok("digital divide")),
            ("e-commerce", false, Ok("=e commerce")),
            ("internet =Governance", false, Ok("internet =governance")),
            ("CERT team", true, Ok("=cert =team")),
            ("cyber*", true, Ok("cyber*")),
            ("cyber* attack", false, Ok("cyber* attack")),
            ("states’ duty", false, Ok("states duty")),
            (" ", false, Err(PhraseError::Empty)),
            ("—", false, Err(PhraseError::Empty)),
            ("a b c d e f g h i j k l m", false, Err(PhraseError::Long)),
            ("internet = governance", false, Err(PhraseError::Equals)),
            ("a=b", false, Err(PhraseError::Equals)),
            ("cy*", false, Err(PhraseError::Star)),
            ("c*ber", false, Err(PhraseError::Star)),
            ("=cyber*", false, Err(PhraseError::Star)),
            ("*", false, Err(PhraseError::Star)),
            ("free, open", false, Err(PhraseError::Sign(','))),
        ] {
            assert_eq!(shown(written, exact), expected.map(str::to_owned), "{written}");
        }
    }
}
