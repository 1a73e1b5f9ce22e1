use super::ast::{Form, Node, NodeKind, Text};
use super::field::Field;
use super::grammar::Parser;
use super::suffix::check_near;
use super::symbol::{refuse_symbols, reserved};
use super::wildcard::{check_wildcards, is_wildcard, tokens_with_wildcards};
use super::{ErrorKind, ParseError};
use onrecord_model::Span;

/// The marks that open a phrase, and those that close it, the first the usual one.
///
/// A phrase ends at the first closing mark; inside, all other characters are text. `”` and `»`
/// open nothing: a nested quotation would otherwise turn inside out without an error.
pub(super) const MARKS: [(char, &[char]); 4] =
    [('"', &['"']), ('“', &['”']), ('«', &['»']), ('„', &['“', '”'])];

/// Returns the marks that close what `c` opens, if it opens a phrase.
pub(super) fn opening_mark(c: char) -> Option<&'static [char]> {
    MARKS.into_iter().find(|(open, _)| *open == c).map(|(_, closes)| closes)
}

/// Tells whether `c` closes a phrase.
pub(super) fn closing_mark(c: char) -> bool {
    MARKS.iter().any(|(_, closes)| closes.contains(&c))
}

/// Tells whether `c` leaves no trace before or after a word, be it a blank or an invisible mark of
/// direction or width that came along with a pasted text.
pub(super) fn is_blank(c: char) -> bool {
    let is_invisible = matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    );
    c.is_whitespace() || c.is_control() || is_invisible
}

/// Tells whether a word ends before `c`.
pub(super) fn is_word_end(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '(' | ')')
        || opening_mark(c).is_some()
        || closing_mark(c)
}

/// Tells whether a path reads back as itself without marks.
pub(super) fn is_bare_source(path: &str) -> bool {
    !path.starts_with(['+', '-', '=']) && !path.contains(|c| is_word_end(c) || is_wildcard(c))
}

impl Parser<'_> {
    pub(super) fn parse_phrase(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        let open = self.peek().unwrap_or('"');
        let closes = opening_mark(open).unwrap_or(&['"']);
        self.at += open.len_utf8();
        let inner = self.rest();
        let Some(length) = inner.find(closes) else {
            let kind = ErrorKind::UnclosedMark { open, close: closes[0] };
            return Err(self.error_from(start, kind));
        };
        let inner = inner.get(..length).unwrap_or("");
        self.at += length;
        self.at += self.peek().map_or(0, char::len_utf8);
        if self.field != Some(Field::Source) {
            check_wildcards(inner, start + open.len_utf8(), true)?;
        }
        let form = self.parse_near()?;
        let span = Span::from_range(start..self.at);
        self.leaf(span, inner, form)
    }

    pub(super) fn parse_exact(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        self.at += 1;
        let word = self.peek_word();
        self.at += word.len();
        let touches = self.peek().is_some_and(|c| opening_mark(c).is_some() || c == '(');
        let has_words = self.field.is_none_or(Field::holds_words);
        if word.is_empty() || touches || !has_words || field_prefix(word).is_some() {
            return Err(self.error_from(start, ErrorKind::NotExact));
        }
        refuse_symbols(word, start + 1)?;
        if word.contains(is_wildcard) || self.peek() == Some('~') {
            return Err(self.error_from(start, ErrorKind::ExactPattern));
        }
        self.leaf(Span::from_range(start..self.at), word, Form::ExactWord)
    }

    /// Reads a word, or a field and its value.
    pub(super) fn parse_word(&mut self) -> Result<Node, ParseError> {
        // What is not seen may stand behind a sign or a colon.
        let rest = self.rest();
        let is_unseen = |c: char| is_blank(c) && !c.is_whitespace();
        self.at += rest.len() - rest.trim_start_matches(is_unseen).len();
        let start = self.at;
        let is_source = self.field == Some(Field::Source);
        let word = if is_source { self.peek_chunk() } else { self.peek_word() };
        self.at += word.len();
        if is_source {
            return self.leaf(Span::from_range(start..self.at), word, Form::Word);
        }
        if let Some(kind) = reserved(word) {
            return Err(self.error_from(start, kind));
        }
        if let Some(name) = field_prefix(word) {
            self.at = start + name.len() + 1;
            return self.parse_field(start, name);
        }
        refuse_symbols(word, start)?;
        check_wildcards(word, start, false)?;
        let form = self.parse_fuzzy(word)?;
        self.leaf(Span::from_range(start..self.at), word, form)
    }

    pub(super) fn leaf(
        &mut self,
        span: Span,
        written: &str,
        form: Form,
    ) -> Result<Node, ParseError> {
        self.count_clause(span.range().start)?;
        let kind = match self.field {
            None => NodeKind::Text(text(written, form).map_err(|kind| ParseError { span, kind })?),
            Some(field) => NodeKind::Filter(
                super::value::filter(field, written, form)
                    .map_err(|kind| ParseError { span, kind })?,
            ),
        };
        let of_words = self.field.is_none_or(Field::takes_patterns);
        if of_words && is_pattern(written, form) {
            self.count_pattern(span.range().start)?;
        }
        Ok(Node { span, kind })
    }
}

/// Tells whether a text stands for words that only the index can list.
fn is_pattern(written: &str, form: Form) -> bool {
    text(written, form).is_ok_and(|text| text.is_pattern())
}

/// Makes a text of what was written.
pub(super) fn text(written: &str, form: Form) -> Result<Text, ErrorKind> {
    if form == Form::Regex {
        let tokens = Box::new([Span::from_range(0..written.len())]);
        return Ok(Text { written: written.into(), tokens, form });
    }
    let tokens = tokens_with_wildcards(written);
    if tokens.is_empty() {
        return Err(match form {
            Form::Phrase | Form::Near(_) => ErrorKind::EmptyPhrase,
            Form::Word | Form::ExactWord | Form::Fuzzy(_) | Form::Regex => {
                ErrorKind::NoToken(written.to_owned())
            }
        });
    }
    if matches!(form, Form::Near(_)) {
        check_near(tokens.len())?;
    }
    Ok(Text { written: written.into(), tokens, form })
}

/// Returns what stands before the first colon, where a letter starts it: `9:30` is text, and
/// `speeker:vale` is a field with a mistake.
fn field_prefix(word: &str) -> Option<&str> {
    let (name, _) = word.split_once(':')?;
    name.starts_with(char::is_alphabetic).then_some(name)
}
