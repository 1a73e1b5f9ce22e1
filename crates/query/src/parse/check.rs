//! What is wrong with a query as a whole, though each part of it can be read.

use super::ast::{Node, NodeKind};
use super::{ErrorKind, ParseError};

/// Refuses parts that have no meaning where they stand.
pub(super) fn check(node: &Node) -> Result<(), ParseError> {
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
    node.operands().into_iter().try_for_each(check)
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
