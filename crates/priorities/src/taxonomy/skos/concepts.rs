//! What of a graph is a concept, and what language its labels are of.

use super::graph::Graph;
use super::import::Untaken;
use super::vocabulary::*;
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term};
use std::collections::HashSet;

/// Lists what is a concept: what is called so, in the order of that, then what has a label and is
/// broader or narrower than something, or at the top of a scheme, in the order of being said of.
///
/// # Errors
/// When a concept has no IRI, or there is none.
pub(super) fn concepts_of(graph: &Graph) -> Result<Vec<NamedNode>, Untaken> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let implied = graph.triples().iter().flat_map(|triple| {
        let subject = || labelled(graph, Some(triple.subject.clone()));
        let object = || labelled(graph, node(&triple.object));
        match triple.predicate.as_str() {
            BROADER | NARROWER => [subject(), object()],
            TOP_CONCEPT_OF => [subject(), None],
            HAS_TOP_CONCEPT => [None, object()],
            _ => [None, None],
        }
    });
    for subject in of_type(graph, CONCEPT).chain(implied.flatten()) {
        if seen.insert(subject.clone()) {
            found.push(concept_named(graph, subject)?);
        }
    }
    if found.is_empty() {
        return Err(Untaken {
            what: "skos:Concept".into(),
            reason: "is the type of nothing in it: there is no concept to take over".into(),
        });
    }
    Ok(found)
}

/// Returns what is no literal.
fn node(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

/// Returns a subject that has a preferred label.
fn labelled(graph: &Graph, subject: Option<NamedOrBlankNode>) -> Option<NamedOrBlankNode> {
    subject
        .filter(|subject| graph.objects(subject, PREF_LABEL).any(|label| literal(label).is_some()))
}

/// Returns the IRI of a concept.
///
/// # Errors
/// When it has none.
fn concept_named(graph: &Graph, subject: NamedOrBlankNode) -> Result<NamedNode, Untaken> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => Ok(node),
        NamedOrBlankNode::BlankNode(node) => {
            let subject = NamedOrBlankNode::from(node.clone());
            let label = graph.objects(&subject, PREF_LABEL).find_map(literal);
            Err(Untaken {
                what: label.map_or_else(|| node.to_string(), |label| label.value().to_owned()),
                reason: "is a concept without an IRI and would be lost: give it one".into(),
            })
        }
    }
}

pub(super) fn of_type<'a>(
    graph: &'a Graph,
    kind: &'a str,
) -> impl Iterator<Item = NamedOrBlankNode> + 'a {
    let is_one = move |triple: &&oxrdf::Triple| {
        triple.predicate.as_str() == TYPE && is_node(&triple.object, kind)
    };
    graph.triples().iter().filter(is_one).map(|triple| triple.subject.clone())
}

pub(super) fn is_node(term: &Term, iri: &str) -> bool {
    matches!(term, Term::NamedNode(node) if node.as_str() == iri)
}

pub(super) fn literal(term: &Term) -> Option<&Literal> {
    match term {
        Term::Literal(literal) => Some(literal),
        Term::NamedNode(_) | Term::BlankNode(_) => None,
    }
}

/// Chooses the language of labels: the one that is asked for or a kind of it, the most used, such as
/// `en-GB` of `en`; English where none is asked for, else labels without a language.
///
/// # Errors
/// When no label is of it; the languages that there are are named.
pub(super) fn language_of(
    graph: &Graph,
    concepts: &[NamedNode],
    asked: Option<&str>,
) -> Result<String, Untaken> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for concept in concepts {
        for label in graph.objects(&concept.clone().into(), PREF_LABEL).filter_map(literal) {
            let language = label.language().unwrap_or_default();
            match counts.iter_mut().find(|(known, _)| known == language) {
                Some((_, count)) => *count += 1,
                None => counts.push((language.to_owned(), 1)),
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let is_of = |language: &str, asked: &str| {
        let language = language.to_ascii_lowercase();
        language == asked || language.strip_prefix(asked).is_some_and(|rest| rest.starts_with('-'))
    };
    let wanted = asked.map_or_else(|| "en".to_owned(), str::to_ascii_lowercase);
    let found = counts.iter().find(|(language, _)| is_of(language, &wanted));
    let plain = counts.iter().find(|(language, _)| asked.is_none() && language.is_empty());
    if let Some((language, _)) = found.or(plain) {
        return Ok(language.clone());
    }
    let languages: Vec<&str> = counts.iter().map(|(language, _)| language.as_str()).collect();
    if languages.is_empty() {
        return Ok(wanted);
    }
    Err(Untaken {
        what: format!("@{wanted}"),
        reason: format!(
            "is the language of no label: name one that is, with --language: {}",
            languages.join(", ")
        ),
    })
}
