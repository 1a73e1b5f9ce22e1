//! What stands behind a word, a phrase or a group and says more of it: `~` and `^`; and regular
//! expressions.

use super::ast::{Form, Node, NodeKind};
use super::field::Field;
use super::grammar::Parser;
use super::leaf::is_blank;
use super::wildcard::is_wildcard;
use super::{ErrorKind, MAX_AMONG, MAX_NEAR_WORDS, MAX_WEIGHT, ParseError};
use onrecord_model::Span;
use onrecord_text::{WordPattern, tokens};

impl Parser<'_> {
    /// Reads the `~` behind a word that was taken, if there is one.
    pub(super) fn parse_fuzzy(&mut self, word: &str) -> Result<Form, ParseError> {
        let start = self.at;
        if !self.take('~') {
            return Ok(Form::Word);
        }
        let (least_letters, edits) = match self.take_number() {
            "1" => (3, 1),
            "2" => (5, 2),
            _ => return Err(self.error_from(start, ErrorKind::FuzzyNumber)),
        };
        if word.contains(is_wildcard) {
            return Err(self.error_from(start, ErrorKind::FuzzyPattern));
        }
        if tokens(word).count() > 1 {
            return Err(self.error_from(start, ErrorKind::FuzzyWords));
        }
        if word.chars().filter(|c| c.is_alphanumeric()).count() < least_letters {
            return Err(self.error_from(start, ErrorKind::FuzzyShort));
        }
        Ok(Form::Fuzzy(edits))
    }

    /// Reads the `~` behind a phrase that was taken, if there is one.
    pub(super) fn parse_near(&mut self) -> Result<Form, ParseError> {
        let start = self.at;
        if !self.take('~') {
            return Ok(Form::Phrase);
        }
        let others = self.take_number().parse().ok().filter(|others| *others <= MAX_AMONG);
        match others {
            Some(others) => Ok(Form::Near(others)),
            None => Err(self.error_from(start, ErrorKind::NearNumber)),
        }
    }

    /// Reads the weight behind an operand that was taken and began at `start`.
    pub(super) fn parse_weight(&mut self, start: usize, node: Node) -> Result<Node, ParseError> {
        let sign = self.at;
        if !self.take('^') {
            return Ok(node);
        }
        let factor = self.take_number().parse().ok();
        let Some(factor) = factor.filter(|factor| *factor > 0.0 && *factor <= MAX_WEIGHT) else {
            return Err(self.error_from(sign, ErrorKind::WeightNumber));
        };
        if node.is_filter() {
            return Err(self.error_from(sign, ErrorKind::WeightOfValue));
        }
        if self.peek() == Some('^') {
            self.at += 1;
            return Err(self.error_from(self.at - 1, ErrorKind::WeightTwice));
        }
        let span = Span::from_range(start..self.at);
        Ok(Node { span, kind: NodeKind::Weighted(Box::new(node), factor) })
    }

    /// Reads a regular expression, its first slash next.
    pub(super) fn parse_regex(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        self.at += 1;
        let rest = self.rest();
        let Some(length) = closing_slash(rest) else {
            self.at = start + 1;
            return Err(self.error_from(start, ErrorKind::UnclosedRegex));
        };
        let written = rest.get(..length).unwrap_or("");
        self.at += length + 1;
        if written.is_empty() {
            return Err(self.error_from(start, ErrorKind::EmptyRegex));
        }
        if written.contains(is_blank) {
            return Err(self.error_from(start, ErrorKind::RegexBlank));
        }
        if self.field.is_none_or(Field::takes_patterns)
            && let Err(reason) = WordPattern::regex(written)
        {
            return Err(self.error_from(start, ErrorKind::Regex(reason)));
        }
        self.leaf(Span::from_range(start..self.at), written, Form::Regex)
    }
}

/// Checks that there are words to be near each other.
pub(super) fn check_near(n_words: usize) -> Result<(), ErrorKind> {
    match n_words {
        0 | 1 => Err(ErrorKind::NearSingle),
        2..=MAX_NEAR_WORDS => Ok(()),
        _ => Err(ErrorKind::NearWords),
    }
}

/// Finds the slash that ends a regular expression; one behind a backslash does not.
fn closing_slash(rest: &str) -> Option<usize> {
    let mut is_escaped = false;
    rest.char_indices().find_map(|(at, c)| {
        let is_end = c == '/' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end.then_some(at)
    })
}
