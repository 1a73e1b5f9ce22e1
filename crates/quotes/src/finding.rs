//! What is asked about a quotation, and what a rule finds.

use crate::source::Phrase;
use crate::words::Token;
use onrecord_model::AttributionRule;
use std::ops::Range;

/// How far a verb of speech may stand before the words it reports, in tokens.
const MAX_REACH: usize = 40;

/// Who said it, in tokens of the paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) rule: AttributionRule,
    pub(crate) source: Option<Phrase>,
    pub(crate) cue: Option<Range<usize>>,
    /// 0 to 1.
    pub(crate) confidence: f32,
    /// Whether the words stand apart from the sentence, by a stop or `that`.
    pub(crate) is_apart: bool,
}

impl Finding {
    pub(crate) fn new(rule: AttributionRule, source: Phrase, confidence: f32) -> Self {
        Self { rule, source: Some(source), cue: None, confidence, is_apart: true }
    }
}

/// A quotation in the paragraph that is asked about.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) tokens: &'a [Token<'a>],
    /// The token that stands for it.
    pub(crate) at: usize,
    /// What stands in the marks.
    pub(crate) words: &'a str,
    /// The first word of the paragraph that stands in no marks.
    pub(crate) first_word: usize,
}

impl<'a> Asked<'a> {
    pub(crate) fn token(&self, at: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(at)
    }

    /// Tells whether no word stands before the marks.
    pub(crate) fn opens(&self) -> bool {
        self.at < self.first_word
    }

    /// Returns where the sentence begins that the marks stand in.
    pub(crate) fn sentence_start(&self) -> usize {
        let Some(mut at) = self.at.checked_sub(1) else { return self.at };
        if self.token(self.at).is_some_and(|token| token.starts_sentence) {
            let is_open = self.last_word().is_some_and(|(_, token)| {
                token.is_any(&["quote", "said", "says", "say", "write", "following", "quoting"])
            });
            if !is_open {
                return self.at;
            }
        }
        let limit = self.at.saturating_sub(MAX_REACH);
        while at > limit && self.token(at).is_some_and(|token| !token.starts_sentence) {
            at -= 1;
        }
        at
    }

    /// Returns the nearest word before the marks.
    fn last_word(&self) -> Option<(usize, &'a Token<'a>)> {
        let last =
            (0..self.at).rev().take(4).find(|at| self.token(*at).is_some_and(Token::is_word))?;
        Some((last, self.token(last)?))
    }
}
