//! The part of the corpus query language (Christ 1994, "A modular and flexible architecture for an
//! integrated corpus query system") that is understood.

use super::ast::{Node, NodeKind, Sequence, SequenceStep, StepTest};
use super::error::CqlError;
use super::leaf::is_blank;
use super::{ErrorKind, MAX_PATTERNS, ParseError};
use onrecord_model::Span;
use onrecord_text::{MAX_ARRANGED, WordPattern, tokens};

/// Reads a sequence of words.
///
/// ```text
/// sequence = token { token } [ "within" "s" ]
/// token    = ( "[" [ ( "word" | "stem" ) "=" value ] "]" | value ) [ times ]
/// value    = string [ "%c" ]
/// times    = "?" | "{" n "}" | "{" n "," m "}"
/// ```
pub(super) fn parse(query: &str) -> Result<Node, ParseError> {
    let mut reader = CqlReader { query, at: 0, n_patterns: 0 };
    let (mut steps, mut in_sentence) = (Vec::new(), false);
    reader.skip_blanks();
    let start = reader.at;
    let mut end = start;
    while !reader.rest().is_empty() {
        if reader.rest().starts_with("within") {
            reader.read_within()?;
            in_sentence = true;
        } else {
            steps.push(reader.read_token()?);
        }
        end = reader.at;
        reader.skip_blanks();
    }
    if start == end {
        return Err(reader.error_from(start, ErrorKind::Empty));
    }
    let is_certain = |step: &SequenceStep| step.least > 0 && step.test != StepTest::Any;
    if !steps.iter().any(is_certain) {
        return Err(reader.error_from(start, ErrorKind::Cql(CqlError::NoWord)));
    }
    if steps.iter().map(|step| step.most as usize).sum::<usize>() > MAX_ARRANGED {
        return Err(reader.error_from(start, ErrorKind::Cql(CqlError::TooLong)));
    }
    let kind = NodeKind::Sequence(Sequence { steps, in_sentence });
    Ok(Node { span: Span::from_range(start..end), kind })
}

struct CqlReader<'q> {
    query: &'q str,
    at: usize,
    n_patterns: usize,
}

impl<'q> CqlReader<'q> {
    fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    /// Takes a text if it comes next, with the blanks before it.
    fn take(&mut self, text: &str) -> bool {
        let start = self.at;
        self.skip_blanks();
        let found = self.rest().starts_with(text);
        self.at = if found { self.at + text.len() } else { start };
        found
    }

    /// Takes letters and digits.
    fn take_name(&mut self) -> &'q str {
        self.skip_blanks();
        let name = self.rest().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        self.at += name.len();
        name
    }

    fn error_from(&self, start: usize, kind: ErrorKind) -> ParseError {
        ParseError { span: Span::from_range(start..self.at), kind }
    }

    fn fault(&self, start: usize, error: CqlError) -> ParseError {
        self.error_from(start, ErrorKind::Cql(error))
    }

    fn read_within(&mut self) -> Result<(), ParseError> {
        let start = self.at;
        self.at += "within".len();
        let is_sentence = self.take_name() == "s";
        self.skip_blanks();
        if is_sentence && self.rest().is_empty() {
            return Ok(());
        }
        Err(self.fault(start, CqlError::Within))
    }

    fn read_token(&mut self) -> Result<SequenceStep, ParseError> {
        let start = self.at;
        let test = if self.take("[") {
            self.read_brackets(start)?
        } else if self.rest().starts_with('"') {
            self.read_word(start)?
        } else {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return Err(self.fault(start, CqlError::Token));
        };
        let (least, most) = self.read_times()?;
        Ok(SequenceStep { test, least, most })
    }

    fn read_brackets(&mut self, start: usize) -> Result<StepTest, ParseError> {
        if self.take("]") {
            return Ok(StepTest::Any);
        }
        let name_at = self.at;
        let name = self.take_name();
        if !matches!(name, "word" | "stem") {
            return Err(self.fault(name_at, CqlError::Attribute));
        }
        let value_at = self.at;
        if !self.take("=") {
            return Err(self.fault(value_at, CqlError::Value));
        }
        self.skip_blanks();
        let test = if name == "word" { self.read_word(start)? } else { self.read_stem(start)? };
        if self.take("]") { Ok(test) } else { Err(self.fault(start, CqlError::Unclosed)) }
    }

    /// Reads a string, its first mark next.
    fn read_string(&mut self, start: usize) -> Result<&'q str, ParseError> {
        let inner = self.rest().strip_prefix('"');
        let string = inner.and_then(|inner| inner.split_once('"')).map(|(string, _)| string);
        let Some(string) = string.filter(|string| !string.is_empty()) else {
            return Err(self.fault(start, CqlError::Value));
        };
        self.at += string.len() + 2;
        Ok(string)
    }

    /// Takes the `%c` behind a value: whatever the case, which letters match in anyway.
    fn skip_flag(&mut self) -> Result<(), ParseError> {
        if !self.take("%") {
            return Ok(());
        }
        let start = self.at - 1;
        if self.take_name() != "c" {
            return Err(self.fault(start, CqlError::Flag));
        }
        Ok(())
    }

    fn read_word(&mut self, start: usize) -> Result<StepTest, ParseError> {
        let word = self.read_string(start)?;
        self.skip_flag()?;
        if word.contains(is_blank) {
            return Err(self.error_from(start, ErrorKind::RegexBlank));
        }
        WordPattern::regex(word)
            .map_err(|reason| self.error_from(start, ErrorKind::Regex(reason)))?;
        self.n_patterns += usize::from(word.contains(is_special));
        if self.n_patterns > MAX_PATTERNS {
            return Err(self.error_from(start, ErrorKind::TooManyPatterns));
        }
        Ok(StepTest::Word(word.into()))
    }

    fn read_stem(&mut self, start: usize) -> Result<StepTest, ParseError> {
        let word = self.read_string(start)?;
        self.skip_flag()?;
        let is_word = tokens(word).next() == Some(Span::from_range(0..word.len()));
        if is_word {
            Ok(StepTest::Stem(word.into()))
        } else {
            Err(self.error_from(start, ErrorKind::NoToken(word.to_owned())))
        }
    }

    /// Reads how often a token may stand there.
    fn read_times(&mut self) -> Result<(u32, u32), ParseError> {
        let start = self.at;
        if self.take("?") {
            return Ok((0, 1));
        }
        if !self.take("{") {
            return Ok((1, 1));
        }
        let least = self.take_name();
        let most = if self.take(",") { self.take_name() } else { least };
        let times = least.parse().ok().zip(most.parse().ok());
        let is_closed = self.take("}");
        match times {
            Some((least, most))
                if is_closed && least <= most && (1..=MAX_ARRANGED as u32).contains(&most) =>
            {
                Ok((least, most))
            }
            Some(_) | None => Err(self.fault(start, CqlError::Times)),
        }
    }
}

/// Tells whether a character means more than itself in a regular expression.
fn is_special(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '\'' | '’'))
}
