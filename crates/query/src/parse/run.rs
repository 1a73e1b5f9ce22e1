use super::ast::Node;
use super::{ErrorKind, Match, ParseError};
use onrecord_model::Span;

/// One of the operands that stand side by side, with its sign.
pub(super) struct Item {
    pub(super) node: Node,
    /// The `+` before it.
    pub(super) plus: Option<Span>,
}

impl Item {
    /// Takes the operand out where a `+` has no meaning.
    pub(super) fn unsigned(self) -> Result<Node, ParseError> {
        match self.plus {
            Some(span) => Err(ParseError { span, kind: ErrorKind::PlusBesideOperator }),
            None => Ok(self.node),
        }
    }
}

/// Joins what stands side by side, one item or more.
///
/// In the parentheses of a field, every item is a value of it and none decides over the others.
pub(super) fn combine(items: Vec<Item>, matching: Match, in_field: bool) -> Node {
    match matching {
        Match::All => Node::and(items.into_iter().map(|item| item.node).collect()),
        Match::Any => combine_any(items, in_field),
    }
}

fn combine_any(items: Vec<Item>, in_field: bool) -> Node {
    let (mut filters, mut required, mut optional, mut excluded) = (vec![], vec![], vec![], vec![]);
    for Item { node, plus } in items {
        let place = if node.is_exclusion() {
            &mut excluded
        } else if !in_field && !node.asks_for_words() {
            &mut filters
        } else if plus.is_some() {
            &mut required
        } else {
            &mut optional
        };
        place.push(node);
    }
    let mut operands = filters;
    match (required.is_empty(), optional.is_empty()) {
        (true, true) => {}
        (true, false) => operands.push(Node::or(optional)),
        (false, true) => operands.extend(required),
        (false, false) => operands.push(Node::prefer(required, optional)),
    }
    operands.extend(excluded);
    Node::and(operands)
}
