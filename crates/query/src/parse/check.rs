//! What is wrong with a query as a whole, though each part of it can be read.

use super::ast::{Node, NodeKind};
use super::{ErrorKind, MAX_WEIGHT, ParseError};

/// Refuses parts that have no meaning where they stand.
pub(super) fn check(node: &Node) -> Result<(), ParseError> {
    check_weights(node, 1.0)?;
    check_parts(node)
}

fn check_parts(node: &Node) -> Result<(), ParseError> {
    match &node.kind {
        NodeKind::Not(operand) => refuse_weights(operand)?,
        NodeKind::And(operands) => check_in_quote(operands)?,
        NodeKind::Text(_)
        | NodeKind::Sequence(_)
        | NodeKind::Filter(_)
        | NodeKind::Or(_)
        | NodeKind::Weighted(..)
        | NodeKind::Prefer { .. } => {}
    }
    node.operands().into_iter().try_for_each(check_parts)
}

/// Checks that there are words to be weighed, and that weights within each other multiply to one
/// that may be written, too.
fn check_weights(node: &Node, outside: f32) -> Result<(), ParseError> {
    let mut weight = outside;
    if let NodeKind::Weighted(operand, factor) = &node.kind {
        weight *= factor;
        let kind = if !operand.asks_for_words() {
            ErrorKind::WeightExcluded
        } else if !weight.is_normal() || weight > MAX_WEIGHT {
            ErrorKind::WeightNumber
        } else {
            return check_weights(operand, weight);
        };
        return Err(ParseError { span: node.span, kind });
    }
    node.operands().into_iter().try_for_each(|operand| check_weights(operand, weight))
}

fn refuse_weights(excluded: &Node) -> Result<(), ParseError> {
    if matches!(excluded.kind, NodeKind::Weighted(..)) {
        return Err(ParseError { span: excluded.span, kind: ErrorKind::WeightExcluded });
    }
    excluded.operands().into_iter().try_for_each(refuse_weights)
}

/// Checks that it is clear what must stand in a quotation.
fn check_in_quote(operands: &[Node]) -> Result<(), ParseError> {
    let asks_for_quotes = operands.iter().any(Node::is_in_quote);
    for operand in operands {
        let is_choice = matches!(operand.kind, NodeKind::Or(_));
        let kind = if is_choice && operand.operands().into_iter().any(Node::is_in_quote) {
            ErrorKind::QuoteInGroup
        } else if asks_for_quotes && !operand.is_filter() && !operand.is_of_text() {
            ErrorKind::QuoteMixed
        } else {
            continue;
        };
        return Err(ParseError { span: operand.span, kind });
    }
    Ok(())
}
