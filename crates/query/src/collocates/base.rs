use crate::parse::{Match, Node, NodeKind, Query};

/// Returns the part of a query that says where it looks, as a query; none where it looks
/// everywhere.
///
/// Kept is what must hold and asks for no words of the passage: `speaker:vale` of
/// `harbour speaker:vale`. What is joined with words by OR is not, since it bounds nothing.
pub(super) fn filters_of(query: &Query) -> Option<String> {
    let mut kept = Vec::new();
    gather(&query.root, &mut kept);
    let kind = match kept.as_slice() {
        [] => return None,
        [only] => only.kind.clone(),
        _ => NodeKind::And(kept),
    };
    let root = Node { span: query.root.span, kind };
    Some(Query { written: query.written.clone(), matching: Match::All, root }.to_string())
}

fn gather(node: &Node, kept: &mut Vec<Node>) {
    match &node.kind {
        NodeKind::And(nodes) => nodes.iter().for_each(|node| gather(node, kept)),
        NodeKind::Prefer { required, .. } => gather(required, kept),
        NodeKind::Text(_) | NodeKind::Filter(_) | NodeKind::Or(_) | NodeKind::Not(_) => {
            if asks_for_no_words(node) {
                kept.push(node.clone());
            }
        }
    }
}

fn asks_for_no_words(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Filter(_) => true,
        NodeKind::Text(_) => false,
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().all(asks_for_no_words),
        NodeKind::Not(node) => asks_for_no_words(node),
        NodeKind::Prefer { required, preferred } => {
            asks_for_no_words(required) && preferred.iter().all(asks_for_no_words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn filters_stay_filters() {
        for (query, expected) in [
            ("harbour", None),
            ("harbour speaker:vale", Some("speaker:vale")),
            ("harbour speaker:vale -date:2011", Some("speaker:vale AND NOT date:2011")),
            ("(harbour OR quay) speaker:(vale OR moss)", Some("speaker:vale OR speaker:moss")),
            ("harbour -draft kind:speech", Some("kind:speech")),
            ("harbour OR speaker:vale", None),
            ("harbour -(draft OR date:2011)", None),
            ("speaker:vale", Some("speaker:vale")),
        ] {
            let query = parse(query, Match::All).unwrap();
            let expected = expected.map(|written| parse(written, Match::All).unwrap().to_string());
            assert_eq!(filters_of(&query), expected, "{query}");
        }
    }
}
