//! Taxonomies as SKOS, the Simple Knowledge Organization System, in and out without loss.
//!
//! Each key of a taxonomy is a statement: a priority is a concept, its label the preferred label,
//! plain terms are alternative labels, a parent is a broader concept; rules have a vocabulary of
//! their own, `urn:onrecord:`. What a SKOS file says that has no key is kept as statements in
//! Turtle, with the concept that it is about; what the keys say and the file does not is noted
//! too. So the statements that come out are those that went in, whatever they are.

mod concepts;
mod export;
mod graph;
mod import;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use graph::RdfFormat;
pub(crate) use import::Untaken;

use super::file::{SkosFile, TaxonomyFile};
use export::{BadIri, concept_of, scheme_of, stated};
use graph::Graph;
use import::Imported;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// What cannot be said in SKOS.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The key that says it.
    pub(crate) key: &'static str,
    /// Where its value stands in the file.
    pub(crate) place: Range<usize>,
    pub(crate) value: String,
    /// What is wrong with it and what to do.
    pub(crate) problem: String,
}

/// Checks that a file can be said in SKOS.
///
/// # Errors
/// The first key that cannot.
pub(crate) fn check(file: &TaxonomyFile) -> Result<(), Fault> {
    if file.skos.is_none()
        && !file.priority.iter().any(|priority| {
            let priority = priority.get_ref();
            priority.iri.is_some() || priority.statements.is_some()
        })
    {
        return Ok(());
    }
    check_iris(file)?;
    graph_of(file).map(|_| ())
}

/// Refuses two things of one IRI, which would be one thing in SKOS.
fn check_iris(file: &TaxonomyFile) -> Result<(), Fault> {
    let scheme = scheme_of(file);
    let mut known = BTreeMap::from([(scheme.clone(), "the scheme".to_owned())]);
    for priority in &file.priority {
        let priority = priority.get_ref();
        let iri = concept_of(&scheme, priority);
        let name = format!("the priority `{}`", priority.id.get_ref());
        if let Some(other) = known.insert(iri.clone(), name) {
            let place = priority.iri.as_ref().map_or(priority.id.span(), Spanned::span);
            let problem = format!("is the IRI of {other} too: give each its own");
            return Err(Fault { key: "iri", place, value: iri, problem });
        }
    }
    Ok(())
}

/// Returns all that a file says.
///
/// # Errors
/// As [`check`].
fn graph_of(file: &TaxonomyFile) -> Result<Graph, Fault> {
    let none = SkosFile::default();
    let skos = file.skos.as_ref().unwrap_or(&none);
    let stated = stated(file).map_err(|bad| bad_iri(file, bad))?;
    let prefixes: BTreeMap<String, String> =
        skos.prefixes.iter().map(|(prefix, iri)| (prefix.clone(), iri.get_ref().clone())).collect();
    let unstated = statements("unstated", skos.unstated.as_ref(), &prefixes)?;
    let mut graph = stated.without(&unstated);
    for priority in &file.priority {
        graph.extend(&statements("statements", priority.get_ref().statements.as_ref(), &prefixes)?);
    }
    graph.extend(&statements("statements", skos.statements.as_ref(), &prefixes)?);
    Ok(graph)
}

fn statements(
    key: &'static str,
    text: Option<&Spanned<String>>,
    prefixes: &BTreeMap<String, String>,
) -> Result<Graph, Fault> {
    let Some(text) = text else { return Ok(Graph::default()) };
    Graph::read_turtle(text.get_ref(), prefixes).map_err(|(line, problem)| {
        let line = line.unwrap_or(1);
        let value = text.get_ref().lines().nth(line - 1).unwrap_or_default().to_owned();
        let problem = format!("in its line {line} is no Turtle: {problem}");
        Fault { key, place: text.span(), value, problem }
    })
}

/// Finds the key whose value is no IRI, or no language.
fn bad_iri(file: &TaxonomyFile, BadIri(bad): BadIri) -> Fault {
    let skos = file.skos.iter();
    let schemes = skos.clone().filter_map(|skos| Some(("scheme", skos.scheme.as_ref()?)));
    let languages = skos.filter_map(|skos| Some(("language", skos.language.as_ref()?)));
    let iris = file.priority.iter().filter_map(|one| Some(("iri", one.get_ref().iri.as_ref()?)));
    let mut values = languages.chain(iris).chain(schemes);
    let found = values.find(|(_, value)| bad.starts_with(value.get_ref().as_str()));
    let (key, place) = found.map_or(("name", file.name.span()), |(key, value)| (key, value.span()));
    let problem = if key == "language" {
        "is no language: write a tag such as `en` or `fr-CA`, or leave it empty"
    } else {
        "is no IRI: write one such as `https://example.org/topics`"
    };
    Fault { key, place, value: bad, problem: problem.to_owned() }
}

/// Writes all that a file says.
///
/// # Errors
/// As [`check`].
pub(crate) fn write(file: &TaxonomyFile, format: RdfFormat) -> Result<String, Fault> {
    Ok(graph_of(file)?.write(format))
}

/// Why a text of SKOS is not made a taxonomy.
pub(crate) enum SkosProblem {
    /// It is not of its format: the line, counted from 1, if it is known, and what is wrong.
    Syntax(Option<usize>, String),
    /// Something would be lost.
    Untaken(Untaken),
}

/// Makes a taxonomy of a text, see [`import::import`]; notes say what a person should know of it.
pub(crate) fn read(
    text: &str,
    format: RdfFormat,
    language: Option<&str>,
    name: &str,
) -> Result<(TaxonomyFile, Vec<String>), SkosProblem> {
    let graph =
        Graph::read(text, format).map_err(|(line, problem)| SkosProblem::Syntax(line, problem))?;
    let Imported { file, notes } =
        import::import(&graph, language, name).map_err(SkosProblem::Untaken)?;
    Ok((file, notes))
}
