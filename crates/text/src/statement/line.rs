use crate::function_word::is_function_word;
use crate::lexicon::fold_token;
use crate::near::{Near, words_in};
use onrecord_model::Span;

/// Months, folded.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "jan", "feb", "aug", "sept", "oct", "nov", "dec",
];

/// Words beside function words that tie others together and name nothing, folded.
#[rustfmt::skip]
const TIES: &[&str] = &[
    "above", "across", "against", "along", "although", "among", "around", "behind", "below",
    "beside", "besides", "between", "beyond", "despite", "during", "except", "inside", "near",
    "off", "onto", "outside", "per", "since", "though", "throughout", "toward", "towards", "unless",
    "whether", "yet",
];

/// Words that open a clause which only supposes.
const CONDITIONS: &[&str] = &["if", "unless", "whether", "suppose", "imagine"];

/// The words of a sentence, as written and folded; what lies beyond its ends is empty.
pub(super) struct Line<'a> {
    text: &'a str,
    near: Vec<Near<'a>>,
    folded: Vec<String>,
}

impl<'a> Line<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let near = words_in(text, Span::from_range(0..text.len()));
        let folded = near.iter().map(|near| {
            let mut folded = String::with_capacity(near.word.len());
            fold_token(near.word, &mut folded);
            folded
        });
        Self { text, folded: folded.collect(), near }
    }

    pub(super) const fn len(&self) -> usize {
        self.near.len()
    }

    /// Returns a word in matching form.
    pub(super) fn word(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", String::as_str)
    }

    /// Returns a word as written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        self.near.get(at).map_or("", |near| near.word)
    }

    /// Returns the word so many places before another.
    pub(super) fn before(&self, at: usize, places: usize) -> &str {
        at.checked_sub(places).map_or("", |at| self.word(at))
    }

    /// Returns what stands before a word, back to the word before it.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        self.near.get(at).map_or("", |near| near.gap)
    }

    /// Returns what stands behind a word, to the end of the text.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        let end = self.near.get(at).map_or(self.text.len(), |near| near.span.end as usize);
        self.text.get(end..).unwrap_or_default()
    }

    /// Returns where a word stands.
    pub(super) fn span(&self, at: usize) -> Span {
        self.near.get(at).map_or(Span::new(0, 0), |near| near.span)
    }

    /// Returns where some words stand, from a first to before an end.
    pub(super) fn stretch(&self, from: usize, end: usize) -> Span {
        let first = self.span(from);
        let last = self.span(end.saturating_sub(1).max(from));
        Span::new(first.start, last.end)
    }

    /// Tells whether a clause may end before a word.
    pub(super) fn is_parted(&self, at: usize) -> bool {
        let has_mark = |near: &Near<'_>| {
            near.is_parted() || near.gap.contains(['"', '“', '”', '.', '?', '!', ')', '…'])
        };
        self.near.get(at).is_none_or(has_mark)
    }

    /// Tells whether only blanks or a hyphen stand before a word.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        self.near.get(at).is_some_and(|near| near.gap == "-" || near.gap.trim().is_empty())
    }

    /// Tells whether a word is one of those of which a sentence is about: no function word.
    pub(super) fn is_content(&self, at: usize) -> bool {
        let word = self.word(at);
        !word.is_empty() && !is_function_word(word) && !TIES.contains(&word)
    }

    /// Tells whether a word stands in a clause that only supposes: behind `if`.
    pub(super) fn is_supposed(&self, at: usize) -> bool {
        let mut from = at;
        while !self.is_any(from, CONDITIONS) {
            if from == 0 || self.is_parted(from) {
                return false;
            }
            from -= 1;
        }
        true
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// Tells whether some words stand from a place on.
    pub(super) fn starts(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(behind, word)| self.word(at + behind) == *word)
    }

    pub(super) fn is_month(&self, at: usize) -> bool {
        // `may` and `march` are words, too.
        MONTHS.contains(&self.word(at)) && self.written(at).starts_with(char::is_uppercase)
    }
}
