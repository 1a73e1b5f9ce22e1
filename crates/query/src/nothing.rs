use crate::QueryError;
use crate::leaves::{condition_of_part, leaves_of};
use crate::parse::{Filter, Form, MAX_NEAR_WORDS, Node, NodeKind, Query, Text};
use onrecord_indexing::{Condition, DocumentField, IndexError, Reader, WordField};
use onrecord_model::Span;
use onrecord_text::{WordPattern, edit_distance, fold, tokens};
use serde::Serialize;
use std::cmp::Reverse;

/// The most parts of a query that are looked at, and the most changes that are tried.
const MAX_TRIED: usize = 12;

/// The most changes, and words, that are proposed.
const MAX_PROPOSED: usize = 5;

/// The most words that are compared with one that the index does not hold.
const MAX_SIMILAR: usize = 1_000;

/// How many other words may stand among those of a phrase that is looked for more loosely.
const LOOSE: u32 = 5;

/// Why a query found nothing, and what would find something.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NothingFound {
    /// What each word, phrase and value finds on its own, in the order of the query; no more than
    /// the first twelve.
    pub parts: Vec<PartCount>,
    /// Queries that differ little and find something; the ones nearest to what was asked first.
    pub relaxations: Vec<Relaxation>,
}

/// What a part of a query finds on its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartCount {
    /// The part.
    pub part: String,
    /// How many passages it finds.
    pub count: u64,
    /// Where it finds none: words that the index holds, and that are written nearly so, those in
    /// most passages first.
    pub similar: Vec<String>,
}

/// A query that asks for less.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relaxation {
    /// What was changed.
    pub change: String,
    /// The query.
    pub query: String,
    /// How it is to be asked, as options of the command line: what narrows it, and what was changed
    /// by options in how it is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// How many passages it finds.
    pub count: u64,
}

/// Tells why a query finds nothing. What is proposed instead finds something where it is narrowed,
/// too.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn explain_nothing(
    reader: &Reader,
    query: &Query,
    narrow: impl Fn(Condition) -> Result<Condition, QueryError>,
) -> Result<NothingFound, QueryError> {
    let count = |node: &Node| -> Result<u64, QueryError> {
        Ok(reader.count(&narrow(condition_of_part(reader, query, node)?)?)?)
    };
    let count_of_part = |node: &Node| -> Result<u64, QueryError> {
        // Of the whole it is known.
        let is_whole = *node == query.root;
        if is_whole { Ok(0) } else { Ok(reader.count(&condition_of_part(reader, query, node)?)?) }
    };
    let mut parts = Vec::new();
    let mut corrected = query.root.clone();
    for leaf in leaves_of(&query.root).iter().filter(|leaf| !leaf.is_excluded).take(MAX_TRIED) {
        let count = count_of_part(leaf.node)?;
        let missing = if count == 0 { missing_words(reader, leaf.node)? } else { Vec::new() };
        if let Some(kind) = with_corrections(leaf.node, &missing) {
            corrected = replaced(&corrected, leaf.node, &kind);
        }
        let mut similar: Vec<String> = missing.into_iter().flat_map(|word| word.similar).collect();
        similar.truncate(MAX_PROPOSED);
        parts.push(PartCount { part: leaf.node.to_string(), count, similar });
    }
    let mut changes = changes(&query.root);
    if corrected != query.root {
        changes.insert(0, ("with words that the index has".to_owned(), corrected));
    }
    let mut relaxations: Vec<Relaxation> = Vec::new();
    for (change, node) in changes.into_iter().take(MAX_TRIED) {
        let query = node.to_string();
        if relaxations.len() == MAX_PROPOSED || relaxations.iter().any(|had| had.query == query) {
            continue;
        }
        let options = Vec::new();
        match count(&node) {
            Ok(0) => {}
            Ok(count) => relaxations.push(Relaxation { change, query, options, count }),
            // What may not be asked is not proposed.
            Err(QueryError::Parse(_) | QueryError::Index(IndexError::TooMuch { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(NothingFound { parts, relaxations })
}

/// Lists changed queries, the least changed first.
fn changes(root: &Node) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    for leaf in leaves_of(root).iter().filter(|leaf| !leaf.is_excluded) {
        let NodeKind::Text(text) = &leaf.node.kind else { continue };
        for (change, kind) in looser(text) {
            let change = format!("{change}: {text}");
            found.push((change, replaced(root, leaf.node, &kind)));
        }
    }
    let NodeKind::And(operands) = &root.kind else { return found };
    for left_out in operands {
        let rest = operands.iter().filter(|operand| *operand != left_out).cloned().collect();
        found.push((format!("without {left_out}"), joined(rest, NodeKind::And)));
    }
    let is_word = |part: &Node| part.is_of_text() && !matches!(part.kind, NodeKind::Not(_));
    let (words, values): (Vec<Node>, Vec<Node>) = operands.iter().cloned().partition(is_word);
    if words.len() > 1 {
        let any = joined(words, NodeKind::Or);
        let all = std::iter::once(any).chain(values).collect();
        found.push(("any of the words".to_owned(), joined(all, NodeKind::And)));
    }
    found
}

/// Lists looser forms of a text.
fn looser(text: &Text) -> Vec<(&'static str, NodeKind)> {
    let with_form = |form| NodeKind::Text(Text { form, ..text.clone() });
    let words = || {
        let nodes = text.words().map(|word| {
            let span = Span::from_range(0..word.len());
            let text = Text { written: word.into(), tokens: [span].into(), form: Form::Word };
            Node { span, kind: NodeKind::Text(text) }
        });
        joined(nodes.collect(), NodeKind::And).kind
    };
    match text.form {
        Form::ExactWord => vec![("with other endings", with_form(Form::Word))],
        Form::Phrase | Form::Word if (2..=MAX_NEAR_WORDS).contains(&text.tokens.len()) => vec![
            ("the words near each other", with_form(Form::Near(LOOSE))),
            ("the words anywhere", words()),
        ],
        Form::Near(_) => vec![("the words anywhere", words())],
        Form::Phrase if text.tokens.len() == 1 && !text.is_pattern() => {
            vec![("with other endings", with_form(Form::Word))]
        }
        Form::Word | Form::Phrase | Form::Fuzzy(_) | Form::Regex => Vec::new(),
    }
}

/// Puts something else in the place of a part.
fn replaced(node: &Node, part: &Node, kind: &NodeKind) -> Node {
    if node == part {
        return Node { span: node.span, kind: kind.clone() };
    }
    let all = |nodes: &[Node]| nodes.iter().map(|node| replaced(node, part, kind)).collect();
    let kind = match &node.kind {
        NodeKind::And(nodes) => NodeKind::And(all(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(all(nodes)),
        NodeKind::Not(node) => NodeKind::Not(Box::new(replaced(node, part, kind))),
        NodeKind::Weighted(node, factor) => {
            NodeKind::Weighted(Box::new(replaced(node, part, kind)), *factor)
        }
        NodeKind::Prefer { required, preferred } => NodeKind::Prefer {
            required: Box::new(replaced(required, part, kind)),
            preferred: all(preferred),
        },
        NodeKind::Text(_) | NodeKind::Sequence(_) | NodeKind::Filter(_) => node.kind.clone(),
    };
    Node { span: node.span, kind }
}

/// Joins parts, one or more.
fn joined(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => {
            nodes.extend(last);
            let span = nodes.first().map(|node| node.span).unwrap_or_default();
            Node { span, kind: kind(nodes) }
        }
    }
}

/// A word of a query that the index does not hold.
struct MissingWord {
    /// Where it stands in its text.
    token: Span,
    /// Words that the index holds, those nearest to it first, then those that stand in most
    /// passages.
    similar: Vec<String>,
}

/// Exchanges the words that the index does not hold for those nearest to them.
fn with_corrections(part: &Node, missing: &[MissingWord]) -> Option<NodeKind> {
    let (text, _) = words_of(part).filter(|_| !missing.is_empty())?;
    let mut written = text.written.to_string();
    for word in missing.iter().rev() {
        written.replace_range(word.token.range(), word.similar.first()?);
    }
    let tokens = tokens(&written).collect();
    let text = Text { written: written.into(), tokens, form: text.form };
    let filter = |of: fn(Text) -> Filter| Some(NodeKind::Filter(of(text.clone())));
    match &part.kind {
        NodeKind::Text(_) => Some(NodeKind::Text(text)),
        NodeKind::Filter(Filter::Speaker(_)) => filter(Filter::Speaker),
        NodeKind::Filter(Filter::Quoted(_)) => filter(Filter::Quoted),
        NodeKind::Filter(Filter::Title(_)) => filter(Filter::Title),
        NodeKind::Filter(Filter::Issuer(_)) => filter(Filter::Issuer),
        NodeKind::Filter(Filter::Place(_)) => filter(Filter::Place),
        NodeKind::Filter(Filter::Event(_)) => filter(Filter::Event),
        NodeKind::Filter(_)
        | NodeKind::Sequence(_)
        | NodeKind::And(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Weighted(..)
        | NodeKind::Prefer { .. } => None,
    }
}

/// Returns the words that a part asks for, and where; none where it asks for no words, or for a
/// pattern.
fn words_of(part: &Node) -> Option<(&Text, WordField)> {
    let document = WordField::Document;
    let found = match &part.kind {
        NodeKind::Text(text) => (text, WordField::Text),
        NodeKind::Filter(Filter::Speaker(text)) => (text, WordField::Speaker),
        NodeKind::Filter(Filter::Quoted(text)) => (text, WordField::Quoted),
        NodeKind::Filter(Filter::Title(text)) => (text, document(DocumentField::Title)),
        NodeKind::Filter(Filter::Issuer(text)) => (text, document(DocumentField::Issuer)),
        NodeKind::Filter(Filter::Place(text)) => (text, document(DocumentField::Place)),
        NodeKind::Filter(Filter::Event(text)) => (text, document(DocumentField::Event)),
        NodeKind::Filter(_)
        | NodeKind::Sequence(_)
        | NodeKind::And(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Weighted(..)
        | NodeKind::Prefer { .. } => return None,
    };
    (!found.0.is_pattern()).then_some(found)
}

/// Lists the words of a part that the index does not hold, with others that are written nearly so.
fn missing_words(reader: &Reader, part: &Node) -> Result<Vec<MissingWord>, QueryError> {
    let Some((text, field)) = words_of(part) else { return Ok(Vec::new()) };
    let mut missing = Vec::new();
    for token in text.tokens.iter().take(MAX_PROPOSED) {
        let word = fold(text.written.get(token.range()).unwrap_or_default()).text;
        let n_letters = word.chars().count();
        let n_holding = |word: &str| -> Result<u64, QueryError> {
            Ok(reader.expand(field, &WordPattern::wildcard(word), 1)?.n_holding)
        };
        if n_letters < 3 || n_holding(&word)? > 0 {
            continue;
        }
        let edits = if n_letters < 5 { 1 } else { 2 };
        let found = reader.expand(field, &WordPattern::fuzzy(&word, edits), MAX_SIMILAR)?;
        let mut ranked = Vec::new();
        for candidate in &found.words {
            let distance = edit_distance(&word, candidate, edits);
            ranked.push((distance, Reverse(n_holding(candidate)?), candidate.to_string()));
        }
        ranked.sort_unstable();
        let similar: Vec<String> =
            ranked.into_iter().take(MAX_PROPOSED).map(|(_, _, word)| word).collect();
        if !similar.is_empty() {
            missing.push(MissingWord { token: *token, similar });
        }
    }
    Ok(missing)
}
