use super::ast::{Filter, Form, Node, Part};
use super::field::{Field, suggest, suggest_field};
use super::grammar::Parser;
use super::leaf::text;
use super::range::date;
use super::wildcard::is_wildcard;
use super::{ErrorKind, ParseError};
use onrecord_model::{DocumentKind, Span};
use onrecord_text::tokens;

impl Parser<'_> {
    /// Reads the value of a field whose name, at byte `start`, and colon were taken.
    pub(super) fn parse_field(&mut self, start: usize, name: &str) -> Result<Node, ParseError> {
        if self.field.is_some() {
            return Err(self.error_from(start, ErrorKind::NestedField(name.to_owned())));
        }
        let Some(field) = Field::from_name(name) else {
            let suggestion = suggest_field(name);
            let kind = ErrorKind::UnknownField { name: name.to_owned(), suggestion };
            return Err(self.error_from(start, kind));
        };
        match self.peek() {
            None | Some(')') => {
                return Err(self.error_from(start, ErrorKind::NoValue(field.name())));
            }
            Some(c) if c.is_whitespace() => {
                return Err(self.error_from(start, ErrorKind::NoValue(field.name())));
            }
            Some(c @ ('+' | '-')) => {
                let sign_at = self.at;
                self.at += 1;
                let written = if c == '+' { "+" } else { "-" };
                let instead = "a sign stands before the field, as in -title:draft";
                let kind = ErrorKind::NoMeaning { written, instead };
                return Err(self.error_from(sign_at, kind));
            }
            Some(_) => {}
        }
        self.field = Some(field);
        let mut node = self.parse_atom()?;
        self.field = None;
        node.span.start = Span::from_range(start..start).start;
        Ok(node)
    }
}

/// Makes the filter that asks for one value of a field.
pub(super) fn filter(field: Field, written: &str, form: Form) -> Result<Filter, ErrorKind> {
    if !field.takes_patterns() {
        refuse_pattern(field, written, form)?;
    }
    Ok(match field {
        Field::Speaker => Filter::Speaker(text(written, form)?),
        Field::Quoted => Filter::Quoted(text(written, form)?),
        Field::Priority => Filter::Priority(text(written, form)?),
        Field::Title => Filter::Title(text(written, form)?),
        Field::Issuer => Filter::Issuer(text(written, form)?),
        Field::Place => Filter::Place(text(written, form)?),
        Field::Event => Filter::Event(text(written, form)?),
        Field::Kind => Filter::Kind(kind(written)?),
        Field::Date => Filter::Date(date(written)?),
        Field::Language => Filter::Language(language(written)?),
        Field::Source if written.trim().is_empty() => return Err(ErrorKind::EmptyPhrase),
        Field::Source if tokens(written).next().is_none() => {
            return Err(ErrorKind::NoToken(one_line(written)));
        }
        Field::Source => Filter::Source(written.into()),
        Field::Document => {
            let choices = "write the 32 digits (0-9, a-f) that results show as the document's id";
            let unknown = |_| unknown(field, written, choices.to_owned());
            Filter::Document(written.parse().map_err(unknown)?)
        }
        Field::In => Filter::In(part(written)?),
    })
}

/// Refuses what would stand for words, where a field has values of its own.
fn refuse_pattern(field: Field, written: &str, form: Form) -> Result<(), ErrorKind> {
    let is_path = field == Field::Source;
    let is_pattern = match form {
        Form::Near(_) | Form::Fuzzy(_) | Form::Regex => true,
        Form::Word => written.contains(is_wildcard),
        // Paths may hold such characters; the marks say that they are meant.
        Form::ExactWord | Form::Phrase => written.contains(is_wildcard) && !is_path,
    };
    if is_pattern { Err(ErrorKind::PatternInField(field.name())) } else { Ok(()) }
}

fn unknown(field: Field, written: &str, choices: String) -> ErrorKind {
    ErrorKind::UnknownValue { field: field.name(), value: one_line(written), choices }
}

/// Returns a value as messages show it: line breaks and other control characters as blanks.
pub(super) fn one_line(written: &str) -> String {
    written.replace(char::is_control, " ")
}

/// Says what values there are, the one most likely meant first.
fn choose(written: &str, names: &[&'static str]) -> String {
    match suggest(&written.to_lowercase(), names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`? The values are {}", names.join(", ")),
        None => format!("the values are {}", names.join(", ")),
    }
}

fn kind(written: &str) -> Result<DocumentKind, ErrorKind> {
    DocumentKind::from_name(written).ok_or_else(|| {
        unknown(Field::Kind, written, choose(written, &DocumentKind::ALL.map(DocumentKind::name)))
    })
}

fn part(written: &str) -> Result<Part, ErrorKind> {
    let name = written.trim().to_lowercase();
    Part::ALL
        .into_iter()
        .find(|part| part.name() == name)
        .ok_or_else(|| unknown(Field::In, written, choose(written, &Part::ALL.map(Part::name))))
}

fn language(written: &str) -> Result<Box<str>, ErrorKind> {
    if written.len() == 2 && written.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(written.to_ascii_lowercase().into());
    }
    let choices = "write a two-letter code (ISO 639-1), such as en or es".to_owned();
    Err(unknown(Field::Language, written, choices))
}
