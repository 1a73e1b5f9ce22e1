use super::ast::{Form, Node, NodeKind, Text};
use super::field::Field;
use super::grammar::Parser;
use super::symbol::{
    is_wildcard, refuse_symbols, refuse_wildcards, refuse_wildcards_in_phrase, reserved,
};
use super::{ErrorKind, ParseError};
use onrecord_model::Span;
use onrecord_text::tokens;

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
        let span = Span::from_range(start..self.at);
        if self.field != Some(Field::Source) {
            refuse_wildcards_in_phrase(inner, start + open.len_utf8())?;
        }
        self.leaf(span, inner, Form::Phrase)
    }

    pub(super) fn parse_exact(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        self.at += 1;
        let word = self.peek_chunk();
        self.at += word.len();
        let touches = self.peek().is_some_and(|c| opening_mark(c).is_some() || c == '(');
        let has_words = self.field.is_none_or(Field::holds_words);
        if word.is_empty() || touches || !has_words || field_prefix(word).is_some() {
            return Err(self.error_from(start, ErrorKind::NotExact));
        }
        refuse_symbols(word, start + 1)?;
        self.leaf(Span::from_range(start..self.at), word, Form::ExactWord)
    }

    /// Reads a word, or a field and its value.
    pub(super) fn parse_word(&mut self) -> Result<Node, ParseError> {
        // What is not seen may stand behind a sign or a colon.
        let rest = self.rest();
        let is_unseen = |c: char| is_blank(c) && !c.is_whitespace();
        self.at += rest.len() - rest.trim_start_matches(is_unseen).len();
        let start = self.at;
        let word = self.peek_chunk();
        self.at += word.len();
        if self.field == Some(Field::Source) {
            refuse_wildcards(word, start)?;
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
        self.leaf(Span::from_range(start..self.at), word, Form::Word)
    }

    fn leaf(&mut self, span: Span, written: &str, form: Form) -> Result<Node, ParseError> {
        self.count_clause(span.range().start)?;
        let kind = match self.field {
            None => NodeKind::Text(text(written, form).map_err(|kind| ParseError { span, kind })?),
            Some(field) => NodeKind::Filter(
                super::value::filter(field, written, form)
                    .map_err(|kind| ParseError { span, kind })?,
            ),
        };
        Ok(Node { span, kind })
    }
}

/// Makes a text of what was written.
pub(super) fn text(written: &str, form: Form) -> Result<Text, ErrorKind> {
    let tokens: Box<[Span]> = tokens(written).collect();
    if tokens.is_empty() {
        return Err(match form {
            Form::Phrase => ErrorKind::EmptyPhrase,
            Form::Word | Form::ExactWord => ErrorKind::NoToken(written.to_owned()),
        });
    }
    Ok(Text { written: written.into(), tokens, form })
}

/// Returns what stands before the first colon, where a letter starts it: `9:30` is text, and
/// `speeker:vale` is a field with a mistake.
fn field_prefix(word: &str) -> Option<&str> {
    let (name, _) = word.split_once(':')?;
    name.starts_with(char::is_alphabetic).then_some(name)
}
