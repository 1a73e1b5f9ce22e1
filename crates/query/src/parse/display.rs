use super::ast::{
    DateRange, Filter, Form, Node, NodeKind, Query, Sequence, SequenceStep, StepTest, Text,
};
use super::leaf::{MARKS, is_bare_source};
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

/// How tightly a construct holds its operands together, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    Prefer,
    And,
    Not,
    Weighted,
    Leaf,
}

impl NodeKind {
    const fn binding(&self) -> Binding {
        match self {
            Self::Or(_) => Binding::Or,
            Self::Prefer { .. } => Binding::Prefer,
            Self::And(_) => Binding::And,
            Self::Not(_) => Binding::Not,
            Self::Weighted(..) => Binding::Weighted,
            Self::Text(_) | Self::Sequence(_) | Self::Filter(_) => Binding::Leaf,
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Text(text) => text.fmt(f),
            NodeKind::Sequence(sequence) => sequence.fmt(f),
            NodeKind::Filter(filter) => filter.fmt(f),
            NodeKind::And(operands) => write_joined(f, operands, " AND ", Binding::Not),
            // A `+` beside an OR is refused, hence the parentheses around what holds one.
            NodeKind::Or(operands) => write_joined(f, operands, " OR ", Binding::And),
            NodeKind::Not(operand) => {
                f.write_str("NOT ")?;
                operand.write_bound(f, Binding::Not)
            }
            NodeKind::Weighted(operand, factor) => {
                operand.write_bound(f, Binding::Leaf)?;
                write!(f, "^{factor}")
            }
            NodeKind::Prefer { required, preferred } => {
                f.write_str("+")?;
                required.write_bound(f, Binding::Weighted)?;
                f.write_str(" ")?;
                write_joined(f, preferred, " ", Binding::Weighted)
            }
        }
    }
}

impl Node {
    /// Writes the node, in parentheses where it binds more loosely than its place asks.
    fn write_bound(&self, f: &mut fmt::Formatter<'_>, least: Binding) -> fmt::Result {
        if self.kind.binding() >= least { write!(f, "{self}") } else { write!(f, "({self})") }
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    operands: &[Node],
    separator: &str,
    least: Binding,
) -> fmt::Result {
    for (i, operand) in operands.iter().enumerate() {
        if i > 0 {
            f.write_str(separator)?;
        }
        operand.write_bound(f, least)?;
    }
    Ok(())
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Word => f.write_str(&self.written),
            Form::ExactWord => write!(f, "={}", self.written),
            Form::Phrase => write_marked(f, &self.written),
            Form::Near(others) => {
                write_marked(f, &self.written)?;
                write!(f, "~{others}")
            }
            Form::Fuzzy(edits) => write!(f, "{}~{edits}", self.written),
            Form::Regex => write!(f, "/{}/", self.written),
        }
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.steps.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            step.fmt(f)?;
        }
        f.write_str(if self.in_sentence { " within s" } else { "" })
    }
}

impl fmt::Display for SequenceStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.test {
            StepTest::Any => f.write_str("[]")?,
            StepTest::Word(word) => write!(f, "[word=\"{word}\"]")?,
            StepTest::Stem(word) => write!(f, "[stem=\"{word}\"]")?,
        }
        match (self.least, self.most) {
            (1, 1) => Ok(()),
            (least, most) if least == most => write!(f, "{{{least}}}"),
            (least, most) => write!(f, "{{{least},{most}}}"),
        }
    }
}

/// Writes a text between the first marks whose closing mark it does not hold.
fn write_marked(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let (open, close) = MARKS
        .iter()
        .find(|(_, closes)| !text.contains(*closes))
        .map_or(('"', '"'), |(open, closes)| (*open, closes[0]));
    write!(f, "{open}{text}{close}")
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Speaker(text) => write!(f, "speaker:{text}"),
            Self::Quoted(text) => write!(f, "quoted:{text}"),
            Self::Priority(text) => write!(f, "priority:{text}"),
            Self::Title(text) => write!(f, "title:{text}"),
            Self::Issuer(text) => write!(f, "issuer:{text}"),
            Self::Place(text) => write!(f, "place:{text}"),
            Self::Event(text) => write!(f, "event:{text}"),
            Self::Kind(kind) => write!(f, "kind:{}", kind.name()),
            Self::Date(range) => write!(f, "date:{range}"),
            Self::Language(code) => write!(f, "lang:{code}"),
            Self::Source(path) if is_bare_source(path) => write!(f, "source:{path}"),
            Self::Source(path) => {
                f.write_str("source:")?;
                write_marked(f, path)
            }
            Self::Document(id) => write!(f, "doc:{id}"),
            Self::In(part) => write!(f, "in:{}", part.name()),
        }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "[{from} TO {to}]"),
            (Some(from), None) => write!(f, "[{from} TO *]"),
            (None, Some(to)) => write!(f, "[* TO {to}]"),
            (None, None) => f.write_str("[* TO *]"),
        }
    }
}
