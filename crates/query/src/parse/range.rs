use super::ast::{DateRange, Filter, Node, NodeKind};
use super::grammar::Parser;
use super::value::one_line;
use super::{ErrorKind, ParseError};
use onrecord_model::{CivilDate, Span};

/// Makes the range of a single date: all the days that it may mean.
pub(super) fn date(written: &str) -> Result<DateRange, ErrorKind> {
    let date: CivilDate = one_line(written).trim().parse().map_err(ErrorKind::Date)?;
    Ok(DateRange { from: Some(date), to: Some(date) })
}

impl<'q> Parser<'q> {
    /// Reads `[from TO to]`, the opening bracket next.
    pub(super) fn parse_range(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        self.count_clause(start)?;
        self.at += 1;
        let from = self.parse_end(start)?;
        if self.take_end() != "TO" {
            return Err(self.error_from(start, ErrorKind::RangeForm));
        }
        let to = self.parse_end(start)?;
        self.skip_blanks();
        if !self.take(']') {
            return Err(self.error_from(start, ErrorKind::RangeForm));
        }
        match (from, to) {
            (None, None) => Err(self.error_from(start, ErrorKind::RangeOpen)),
            (Some(from), Some(to)) if from.first_day() > to.last_day() => {
                Err(self.error_from(start, ErrorKind::RangeReversed { from, to }))
            }
            (from, to) => {
                let kind = NodeKind::Filter(Filter::Date(DateRange { from, to }));
                Ok(Node { span: Span::from_range(start..self.at), kind })
            }
        }
    }

    /// Reads a date or `*` in the range that began at `start`.
    fn parse_end(&mut self, start: usize) -> Result<Option<CivilDate>, ParseError> {
        let written = self.take_end();
        match written {
            "" => Err(self.error_from(start, ErrorKind::RangeForm)),
            "*" => Ok(None),
            date => date
                .parse()
                .map(Some)
                .map_err(|error| self.error_from(self.at - date.len(), ErrorKind::Date(error))),
        }
    }

    /// Takes what stands before the next blank, bracket or parenthesis.
    fn take_end(&mut self) -> &'q str {
        self.skip_blanks();
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '{' | '}' | '(' | ')');
        let written = rest.split(ends).next().unwrap_or("");
        self.at += written.len();
        written
    }
}
