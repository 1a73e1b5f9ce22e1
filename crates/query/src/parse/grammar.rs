use super::ast::{Node, NodeKind};
use super::field::Field;
use super::leaf::{closing_mark, is_blank, is_word_end, opening_mark};
use super::run::{Item, combine};
use super::{ErrorKind, MAX_CLAUSES, MAX_DEPTH, MAX_PATTERNS, Match, ParseError};
use onrecord_model::Span;

/// An operator between or before operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Or,
    Not,
}

impl Operator {
    const fn name(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
        }
    }
}

/// A recursive descent over the characters of a query.
///
/// ```text
/// or      = run { "OR" run }
/// run     = and { and }
/// and     = operand { "AND" operand }
/// operand = "NOT" operand | [ "+" | "-" ] atom
/// atom    = ( "(" or ")" | phrase [ "~" n ] | range | field ":" atom | "/" regex "/"
///         | "=" word | word [ "~" n ] ) { "^" n }
/// ```
pub(super) struct Parser<'q> {
    pub(super) query: &'q str,
    pub(super) at: usize,
    /// The field whose value is being read.
    pub(super) field: Option<Field>,
    matching: Match,
    depth: usize,
    n_clauses: usize,
    n_patterns: usize,
}

impl<'q> Parser<'q> {
    /// Makes a parser of a query of at most [`super::MAX_BYTES`].
    pub(super) const fn new(query: &'q str, matching: Match) -> Self {
        Self { query, at: 0, field: None, matching, depth: 0, n_clauses: 0, n_patterns: 0 }
    }

    pub(super) fn parse_all(mut self) -> Result<Node, ParseError> {
        self.skip_blanks();
        if self.rest().is_empty() {
            return Err(self.error_from(self.at, ErrorKind::Empty));
        }
        let node = self.parse_or()?;
        // What ends an OR but is not the end is a parenthesis.
        if self.take(')') {
            return Err(self.error_from(self.at - 1, ErrorKind::UnopenedGroup));
        }
        Ok(node)
    }

    fn parse_or(&mut self) -> Result<Node, ParseError> {
        let mut runs = vec![self.parse_run(None)?];
        while self.take_operator(Operator::Or) {
            runs.push(self.parse_run(Some(Operator::Or))?);
        }
        let plus = runs.iter().flatten().find_map(|item| item.plus);
        if let (Some(span), 2..) = (plus, runs.len()) {
            return Err(ParseError { span, kind: ErrorKind::PlusBesideOperator });
        }
        let in_field = self.field.is_some();
        Ok(Node::or(runs.into_iter().map(|run| combine(run, self.matching, in_field)).collect()))
    }

    fn parse_run(&mut self, mut before: Option<Operator>) -> Result<Vec<Item>, ParseError> {
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            let ends = self.is_at_end() || self.peek_operator() == Some(Operator::Or);
            if ends && !items.is_empty() {
                return Ok(items);
            }
            items.push(self.parse_and(before.take())?);
        }
    }

    fn parse_and(&mut self, before: Option<Operator>) -> Result<Item, ParseError> {
        let first = self.parse_operand(before)?;
        let mut others = Vec::new();
        while self.take_operator(Operator::And) {
            others.push(self.parse_operand(Some(Operator::And))?.unsigned()?);
        }
        if others.is_empty() {
            return Ok(first);
        }
        others.insert(0, first.unsigned()?);
        Ok(Item { node: Node::and(others), plus: None })
    }

    fn parse_operand(&mut self, before: Option<Operator>) -> Result<Item, ParseError> {
        self.skip_blanks();
        let start = self.at;
        if self.take_operator(Operator::Not) {
            self.enter(start)?;
            let operand = self.parse_operand(Some(Operator::Not))?.unsigned()?;
            return Ok(Item { node: self.negate(start, operand), plus: None });
        }
        if let Some(operator) = self.peek_operator() {
            self.at += operator.name().len();
            let kind = match before {
                Some(first) => {
                    ErrorKind::DoubleOperator { first: first.name(), second: operator.name() }
                }
                None => ErrorKind::NothingBefore(operator.name()),
            };
            return Err(self.error_from(start, kind));
        }
        match (self.peek(), before) {
            (None | Some(')'), Some(operator)) => {
                Err(self.error_from(start, ErrorKind::NothingAfter(operator.name())))
            }
            (Some(')'), None) => {
                self.at += 1;
                Err(self.error_from(start, ErrorKind::UnopenedGroup))
            }
            (Some('+'), _) => self.parse_required(),
            (Some('-'), _) => self.parse_excluded(),
            _ => Ok(Item { node: self.parse_atom()?, plus: None }),
        }
    }

    fn parse_required(&mut self) -> Result<Item, ParseError> {
        let start = self.at;
        self.take_sign('+')?;
        let plus = Span::from_range(start..self.at);
        if self.field.is_some() {
            return Err(ParseError { span: plus, kind: ErrorKind::PlusInField });
        }
        let mut node = self.parse_atom()?;
        node.span.start = plus.start;
        Ok(Item { node, plus: Some(plus) })
    }

    fn parse_excluded(&mut self) -> Result<Item, ParseError> {
        let start = self.at;
        self.take_sign('-')?;
        self.enter(start)?;
        let operand = self.parse_atom()?;
        Ok(Item { node: self.negate(start, operand), plus: None })
    }

    /// Takes a sign that has something to stand before.
    fn take_sign(&mut self, sign: char) -> Result<(), ParseError> {
        let start = self.at;
        let chunk = self.peek_chunk();
        let after = self.query.get(start + chunk.len()..).and_then(|rest| rest.chars().next());
        let goes_on = after.is_some_and(|c| c == '(' || opening_mark(c).is_some());
        if !goes_on && !chunk.contains(char::is_alphanumeric) {
            self.at += chunk.len();
            let kind = if chunk.len() == 1 {
                ErrorKind::LoneSign(sign)
            } else {
                ErrorKind::NoToken(chunk.to_owned())
            };
            return Err(self.error_from(start, kind));
        }
        self.at += 1;
        if matches!(self.peek(), Some('+' | '-')) {
            self.at += 1;
            return Err(self.error_from(start, ErrorKind::DoubleSign));
        }
        Ok(())
    }

    /// Makes the negation that began at `start`, and leaves its depth.
    fn negate(&mut self, start: usize, operand: Node) -> Node {
        self.depth -= 1;
        let span = Span::new(Span::from_range(start..start).start, operand.span.end);
        Node { span, kind: NodeKind::Not(Box::new(operand)) }
    }

    /// Reads a group, a phrase, a range, a field with its value, or a word.
    pub(super) fn parse_atom(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        let node = match self.peek() {
            Some('(') => self.parse_group()?,
            Some('[') if self.field == Some(Field::Date) => self.parse_range()?,
            Some('=') => self.parse_exact()?,
            Some('/') if self.field != Some(Field::Source) => self.parse_regex()?,
            Some(c) if opening_mark(c).is_some() => self.parse_phrase()?,
            Some(c) if closing_mark(c) => {
                self.at += c.len_utf8();
                return Err(self.error_from(start, ErrorKind::UnopenedMark(c)));
            }
            _ => self.parse_word()?,
        };
        let node = if self.field.is_none() { self.parse_weight(start, node)? } else { node };
        self.refuse_touching()?;
        Ok(node)
    }

    fn parse_group(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        self.at += 1;
        self.enter(start)?;
        self.skip_blanks();
        let unclosed =
            ParseError { span: Span::from_range(start..start + 1), kind: ErrorKind::UnclosedGroup };
        match self.peek() {
            None => return Err(unclosed),
            Some(')') => {
                self.at += 1;
                return Err(self.error_from(start, ErrorKind::EmptyGroup));
            }
            Some(_) => {}
        }
        let mut node = self.parse_or()?;
        if !self.take(')') {
            return Err(unclosed);
        }
        self.depth -= 1;
        node.span = Span::from_range(start..self.at);
        Ok(node)
    }

    /// Refuses what follows an operand without a blank.
    fn refuse_touching(&mut self) -> Result<(), ParseError> {
        let start = self.at;
        let Some(c) = self.peek().filter(|c| !is_blank(*c) && *c != ')') else {
            return Ok(());
        };
        let kind = match c {
            '~' => ErrorKind::NoMeaning {
                written: "~",
                instead: "put words that are near each other in marks: \"cyber norms\"~5",
            },
            '^' => ErrorKind::WeightOfValue,
            _ if closing_mark(c) && opening_mark(c).is_none() => ErrorKind::UnopenedMark(c),
            _ => ErrorKind::Touching(c),
        };
        if matches!(c, '~' | '^') {
            self.at += self.peek_chunk().len();
        } else {
            self.at += c.len_utf8();
        }
        Err(self.error_from(start, kind))
    }

    /// Goes one level deeper into groups and negations.
    fn enter(&mut self, start: usize) -> Result<(), ParseError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error_from(start, ErrorKind::TooDeep));
        }
        Ok(())
    }

    /// Counts a leaf that began at `start`.
    pub(super) fn count_clause(&mut self, start: usize) -> Result<(), ParseError> {
        self.n_clauses += 1;
        if self.n_clauses > MAX_CLAUSES {
            return Err(self.error_from(start, ErrorKind::TooManyClauses));
        }
        Ok(())
    }

    /// Counts a leaf that stands for words which only the index can list.
    pub(super) fn count_pattern(&mut self, start: usize) -> Result<(), ParseError> {
        self.n_patterns += 1;
        if self.n_patterns > MAX_PATTERNS {
            return Err(self.error_from(start, ErrorKind::TooManyPatterns));
        }
        Ok(())
    }

    pub(super) fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Tells whether the query or its innermost group ends here.
    fn is_at_end(&self) -> bool {
        matches!(self.peek(), None | Some(')'))
    }

    /// Takes an ASCII character if it comes next.
    pub(super) fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    /// Returns the characters up to the next blank, parenthesis or mark.
    pub(super) fn peek_chunk(&self) -> &'q str {
        self.rest().split(is_word_end).next().unwrap_or("")
    }

    /// Returns the characters of a word: up to what ends it, or says more of it.
    pub(super) fn peek_word(&self) -> &'q str {
        let chunk = self.peek_chunk();
        let from = chunk.chars().next().map_or(0, char::len_utf8);
        let end = chunk.get(from..).and_then(|rest| rest.find(['~', '^']));
        end.and_then(|end| chunk.get(..from + end)).unwrap_or(chunk)
    }

    /// Takes the digits and points that come next.
    pub(super) fn take_number(&mut self) -> &'q str {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        let number = rest.split(|c| !is_part(c)).next().unwrap_or("");
        self.at += number.len();
        number
    }

    fn peek_operator(&self) -> Option<Operator> {
        let chunk = self.peek_chunk().trim_end_matches(is_blank);
        [Operator::And, Operator::Or, Operator::Not].into_iter().find(|o| o.name() == chunk)
    }

    /// Takes an operator if it comes next, with the blanks before it.
    fn take_operator(&mut self, operator: Operator) -> bool {
        let start = self.at;
        self.skip_blanks();
        let found = self.peek_operator() == Some(operator);
        self.at = if found { self.at + operator.name().len() } else { start };
        found
    }

    /// Makes an error from `start` to here.
    pub(super) fn error_from(&self, start: usize, kind: ErrorKind) -> ParseError {
        ParseError { span: Span::from_range(start..self.at), kind }
    }
}
