//! What a query is measured against: the passages that meet its fields, whatever their words.

use crate::QueryError;
use crate::lower::Lowering;
use crate::parse::{Filter, Match, Node, NodeKind, Query};
use crate::question::Question;
use onrecord_indexing::{Condition, Reader};
use onrecord_model::{CivilDate, Span};
use onrecord_text::Lexicon;

/// The passages that a query is measured against.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Base {
    /// What they must meet.
    pub(crate) condition: Condition,
    /// The same as a query in its canonical form; none where all passages are the base.
    pub(crate) written: Option<String>,
    /// Why it is what it is.
    pub(crate) source: BaseSource,
    /// The first and the last day that it asks for, as the numbers `YYYYMMDD`, as far as it does.
    pub(crate) days: (Option<u32>, Option<u32>),
}

/// Where a base comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BaseSource {
    /// A query of its own.
    Given,
    /// The fields that the query asks for beside its words; everything where it names none.
    Fields,
    /// As [`Fields`](Self::Fields), but other fields stand where they cannot be told from the
    /// words, such as under an OR: they narrow what is found, and not the base.
    SomeFields,
    /// Everything, because the query asks for fields alone: measured against themselves they
    /// would always be all.
    NoWords,
}

impl Base {
    /// Takes the fields of a query.
    ///
    /// # Errors
    /// None but those of the query itself.
    pub(crate) fn of(reader: &Reader, query: &Query) -> Result<Self, QueryError> {
        let (fields, source) = split(&query.root);
        let Some(root) = Node::all_of(fields) else {
            let days = (None, None);
            return Ok(Self { condition: Condition::All, written: None, source, days });
        };
        let days = days(&root);
        let base = Query { root, ..query.clone() };
        let mut lexicon = Lexicon::new();
        let lowered = Lowering::new(reader, &base, &mut lexicon).lower(&base.root)?;
        let condition = lowered.condition;
        Ok(Self { condition, written: Some(base.to_string()), source, days })
    }

    /// Takes a query of its own.
    ///
    /// # Errors
    /// When it cannot be understood, or asks for what the index was built without.
    pub(crate) fn given(reader: &Reader, written: &str) -> Result<Self, QueryError> {
        let question = Question::new(reader, written, Match::All)?;
        Ok(Self {
            written: Some(question.query.to_string()),
            days: days(&question.query.root),
            condition: question.condition,
            source: BaseSource::Given,
        })
    }
}

/// Takes the fields out of the parts of a query that must all hold.
fn split(root: &Node) -> (Vec<Node>, BaseSource) {
    let operands = must_hold(root);
    let (fields, words): (Vec<&Node>, Vec<&Node>) =
        operands.iter().partition(|operand| is_field(operand));
    if words.is_empty() {
        return (Vec::new(), BaseSource::NoWords);
    }
    let is_whole = words.into_iter().all(Node::is_of_text);
    let source = if is_whole { BaseSource::Fields } else { BaseSource::SomeFields };
    (fields.into_iter().cloned().collect(), source)
}

/// Tells whether a part bounds the base; `in:quote` says where the words stand instead.
fn is_field(part: &Node) -> bool {
    part.is_filter() && !part.is_in_quote()
}

/// Lists the parts of a query that must all hold.
fn must_hold(root: &Node) -> &[Node] {
    match &root.kind {
        NodeKind::And(operands) => operands,
        NodeKind::Text(_)
        | NodeKind::Sequence(_)
        | NodeKind::Filter(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Weighted(..)
        | NodeKind::Prefer { .. } => std::slice::from_ref(root),
    }
}

/// Returns the days that a query asks for, as far as a `date:` that must hold names them.
fn days(root: &Node) -> (Option<u32>, Option<u32>) {
    let ranges = must_hold(root).iter().filter_map(|operand| match &operand.kind {
        NodeKind::Filter(Filter::Date(range)) => Some(*range),
        NodeKind::Text(_)
        | NodeKind::Sequence(_)
        | NodeKind::Filter(_)
        | NodeKind::And(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Weighted(..)
        | NodeKind::Prefer { .. } => None,
    });
    ranges.fold((None, None), |(first, last), range| {
        let from = range.from.map(CivilDate::first_day);
        let to = range.to.map(CivilDate::last_day);
        (first.max(from), [last, to].into_iter().flatten().min())
    })
}

/// Tells whether a query asks for words that can be seen where it finds something.
pub(crate) fn asks_for_words(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Text(_) | NodeKind::Sequence(_) => true,
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Weighted(..) | NodeKind::Prefer { .. } => {
            node.operands().into_iter().any(asks_for_words)
        }
        NodeKind::Filter(_) | NodeKind::Not(_) => false,
    }
}

impl Node {
    /// Joins parts that must all hold; none where there are none.
    fn all_of(mut parts: Vec<Self>) -> Option<Self> {
        let (first, last) = (parts.first()?, parts.last()?);
        let span = Span::new(first.span.start, last.span.end);
        if parts.len() == 1 { parts.pop() } else { Some(Self { span, kind: NodeKind::And(parts) }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn fields_are_told_from_words() {
        for (query, expected, source, words) in [
            ("cyber", None, BaseSource::Fields, true),
            ("cyber -draft", None, BaseSource::Fields, true),
            ("cyber speaker:vale", Some("speaker:vale"), BaseSource::Fields, true),
            (
                "kind:speech cyber -speaker:vale date:[2010 TO 2012]",
                Some("kind:speech AND NOT speaker:vale AND date:[2010 TO 2012]"),
                BaseSource::Fields,
                true,
            ),
            (
                "(speaker:vale OR speaker:moss) (cyber OR norms)",
                Some("speaker:vale OR speaker:moss"),
                BaseSource::Fields,
                true,
            ),
            ("cyber OR speaker:vale", None, BaseSource::SomeFields, true),
            (
                "kind:speech (cyber OR speaker:vale)",
                Some("kind:speech"),
                BaseSource::SomeFields,
                true,
            ),
            ("speaker:vale kind:speech", None, BaseSource::NoWords, false),
            ("-speaker:vale", None, BaseSource::NoWords, false),
            ("-draft", None, BaseSource::Fields, false),
            ("-draft kind:speech", Some("kind:speech"), BaseSource::Fields, false),
        ] {
            let parsed = parse(query, Match::All).unwrap();
            let (fields, found) = split(&parsed.root);
            let written = Node::all_of(fields).map(|node| node.to_string());
            assert_eq!((written.as_deref(), found), (expected, source), "{query}");
            assert_eq!(asks_for_words(&parsed.root), words, "{query}");
        }
    }

    #[test]
    fn days_are_those_that_must_hold() {
        for (query, expected) in [
            ("cyber", (None, None)),
            ("cyber date:2011", (Some(20_110_101), Some(20_111_231))),
            ("cyber date:[2011-07 TO *]", (Some(20_110_701), None)),
            ("date:[* TO 2012] date:[2010 TO 2011-02] a", (Some(20_100_101), Some(20_110_228))),
            ("date:2011 OR cyber", (None, None)),
            ("-date:2011 cyber", (None, None)),
        ] {
            assert_eq!(days(&parse(query, Match::All).unwrap().root), expected, "{query}");
        }
    }
}
