use crate::edit_distance::distance_of;
use crate::fold::fold;
use crate::stem::EnglishStemmer;
use regex::{Regex, RegexBuilder};
use std::sync::Arc;

/// The most memory that a regular expression may be compiled to, in bytes: enough for any that a
/// person writes, and compiled in a moment.
const MAX_REGEX_BYTES: usize = 1 << 18;

/// What the letters of one word must be.
#[derive(Clone, Debug)]
pub struct WordPattern {
    kind: Kind,
    /// What every word begins with.
    prefix: String,
}

#[derive(Clone, Debug)]
enum Kind {
    /// Letters, `*` for any of them, `?` for one.
    Wildcard(Vec<char>),
    /// The letters of a word, which they are, and how many edits away others may be.
    Fuzzy(Vec<char>, u64, usize),
    Regex(Box<Regex>),
    Stem(Box<str>, Arc<EnglishStemmer>),
}

impl WordPattern {
    /// Makes the pattern of a word in which `*` stands for any letters, also none, and `?` for
    /// one.
    pub fn wildcard(written: &str) -> Self {
        let folded = fold(written).text;
        let prefix = folded.split(['*', '?']).next().unwrap_or_default().to_owned();
        Self { kind: Kind::Wildcard(folded.chars().collect()), prefix }
    }

    /// Makes the pattern of the words that are so many [edits](crate::edit_distance) away from
    /// one at most.
    pub fn fuzzy(written: &str, edits: usize) -> Self {
        let folded = fold(written).text;
        let letters = letters_of(&folded);
        let kind = Kind::Fuzzy(folded.chars().collect(), letters, edits);
        Self { kind, prefix: String::new() }
    }

    /// Makes the pattern of the words that a regular expression matches from end to end, whatever
    /// the case of its letters.
    ///
    /// # Errors
    /// Says what is wrong with the expression, in one line.
    pub fn regex(written: &str) -> Result<Self, String> {
        let marks = written.replace(['‘', '’'], "'");
        // Alone first: parentheses that close what stands around it must not.
        compiled(&marks)?;
        let regex = compiled(&format!("^(?:{marks})$"))?;
        Ok(Self { kind: Kind::Regex(Box::new(regex)), prefix: String::new() })
    }

    /// Makes the pattern of the words of a stem.
    pub fn stem(stem: &str) -> Self {
        // No ending that is taken off, and no irregular word, changes the first letter.
        let prefix = stem.chars().next().into_iter().collect();
        Self { kind: Kind::Stem(stem.into(), Arc::new(EnglishStemmer::new())), prefix }
    }

    /// Tells whether a folded word is as the pattern says.
    pub fn matches(&self, folded: &str) -> bool {
        match &self.kind {
            Kind::Wildcard(pattern) => is_wildcard_match(pattern, folded),
            Kind::Fuzzy(word, letters, edits) => {
                // Letters have one byte or more, those of ASCII one.
                let (n_bytes, n_letters) = (folded.len(), word.len());
                if n_bytes + edits < n_letters || folded.is_ascii() && n_bytes > n_letters + edits {
                    return false;
                }
                // An edit brings in one letter at most, and takes out one.
                let others = letters_of(folded);
                let differ = |one: u64, other: u64| (one & !other).count_ones() as usize > *edits;
                if differ(*letters, others) || differ(others, *letters) {
                    return false;
                }
                let other: Vec<char> = folded.chars().collect();
                distance_of(word, &other, *edits).is_some()
            }
            Kind::Regex(regex) => regex.is_match(folded),
            Kind::Stem(stem, stemmer) => stemmer.stem(folded) == **stem,
        }
    }

    /// Returns what every word that matches begins with, folded; often nothing.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }
}

/// Tells which letters a word has, one bit each; some share one.
fn letters_of(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % u64::BITS))
}

/// Compares letter by letter; where they differ, the last `*` takes one letter more. Takes time by
/// the product of the lengths at most.
fn is_wildcard_match(pattern: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let (mut at, mut place) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while place < word.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, place));
                at += 1;
            }
            Some(&letter) if letter == '?' || letter == word[place] => {
                at += 1;
                place += 1;
            }
            Some(_) | None => {
                let Some((star_at, taken)) = &mut star else { return false };
                *taken += 1;
                (at, place) = (*star_at + 1, *taken);
            }
        }
    }
    pattern[at..].iter().all(|letter| *letter == '*')
}

fn compiled(expression: &str) -> Result<Regex, String> {
    RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(MAX_REGEX_BYTES)
        .dfa_size_limit(MAX_REGEX_BYTES)
        .nest_limit(50)
        .build()
        .map_err(|error| reason(&error))
}

/// Takes the reason out of the message of an error, which draws the expression over several lines.
fn reason(error: &regex::Error) -> String {
    let message = error.to_string();
    let last = message.lines().last().unwrap_or_default().trim();
    last.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_match_or_not() {
        let wildcard = WordPattern::wildcard;
        let regex = |written| WordPattern::regex(written).unwrap();
        for (pattern, prefix, matching, other) in [
            (wildcard("Secur*"), "secur", vec!["secur", "security"], vec!["insecurity", "secu"]),
            (wildcard("wo?d"), "wo", vec!["word", "wood", "woéd"], vec!["wod", "woord"]),
            (wildcard("*ity"), "", vec!["ity", "security"], vec!["cities"]),
            (wildcard("a*b*c"), "a", vec!["abc", "aXbXbc"], vec!["ab", "abcd"]),
            (wildcard("ab**"), "ab", vec!["ab", "abc"], vec!["a"]),
            (WordPattern::fuzzy("Defence", 1), "", vec!["defence", "defense"], vec!["defends"]),
            (regex("cyb.*r"), "", vec!["cyber", "cybr"], vec!["acyber", "cyberx"]),
            (regex("a|bc"), "", vec!["a", "bc"], vec!["ac", "abc"]),
            (regex("[A-C]+’s"), "", vec!["abc's"], vec!["abd's"]),
            (WordPattern::stem("secur"), "s", vec!["secure", "security"], vec!["sector"]),
            (WordPattern::stem("die"), "d", vec!["die", "dying"], vec!["dye"]),
        ] {
            assert_eq!(pattern.prefix(), prefix);
            for word in matching {
                assert!(pattern.matches(word), "{word} {pattern:?}");
            }
            for word in other {
                assert!(!pattern.matches(word), "{word} {pattern:?}");
            }
        }
    }

    #[test]
    fn stems_begin_as_their_words_do() {
        let stemmer = EnglishStemmer::new();
        for word in ["skies", "lying", "idly", "ugly", "arms", "authorising", "évident"] {
            let pattern = WordPattern::stem(&stemmer.stem(word));
            assert!(word.starts_with(pattern.prefix()) && pattern.matches(word), "{word}");
        }
    }

    #[test]
    fn expressions_that_cannot_be_are_told() {
        for (written, expected) in [
            ("a(b", "unclosed group"),
            ("a)|(b", "unopened group"),
            ("[z-a]", "invalid character class range"),
            ("(?:a{1000}){1000}", "size limit"),
            ("*a", "repetition operator missing expression"),
        ] {
            let error = WordPattern::regex(written).unwrap_err();
            assert!(error.contains(expected) && !error.contains('\n'), "{error}");
        }
    }

    proptest! {
        #[test]
        fn wildcards_are_regular_expressions(pattern in "[ab*?]{1,7}", word in "[ab]{0,8}") {
            let expression = pattern.replace('?', ".").replace('*', ".*");
            let regex = WordPattern::regex(&expression).unwrap();
            prop_assert_eq!(WordPattern::wildcard(&pattern).matches(&word), regex.matches(&word));
        }
    }
}
