//! The words and values of a query one by one: what the index knows of each.

use crate::QueryError;
use crate::lower::Lowering;
use crate::parse::{Node, NodeKind, Query};
use onrecord_indexing::{Condition, Reader};
use onrecord_text::Lexicon;

/// A word, phrase or value of a query.
pub(crate) struct Leaf<'q> {
    pub(crate) node: &'q Node,
    /// Whether passages with it are left out.
    pub(crate) is_excluded: bool,
}

/// Lists the leaves of a query, in the order in which they stand in its tree.
pub(crate) fn leaves_of(root: &Node) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    gather(root, false, &mut leaves);
    leaves
}

fn gather<'q>(node: &'q Node, is_excluded: bool, leaves: &mut Vec<Leaf<'q>>) {
    match &node.kind {
        NodeKind::Text(_) | NodeKind::Sequence(_) | NodeKind::Filter(_) => {
            leaves.push(Leaf { node, is_excluded });
        }
        NodeKind::Not(operand) => gather(operand, !is_excluded, leaves),
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Weighted(..) | NodeKind::Prefer { .. } => {
            for operand in node.operands() {
                gather(operand, is_excluded, leaves);
            }
        }
    }
}

/// Says what passages must meet that a part of a query asks for, or another in its place.
///
/// # Errors
/// As for the whole query.
pub(crate) fn condition_of_part(
    reader: &Reader,
    query: &Query,
    part: &Node,
) -> Result<Condition, QueryError> {
    Ok(Lowering::new(reader, query, &mut Lexicon::new()).lower(part)?.condition)
}
