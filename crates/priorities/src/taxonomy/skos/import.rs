//! A taxonomy from statements of RDF.

use super::concepts::{concepts_of, is_node, language_of, literal, of_type};
use super::export::{LANGUAGE, concept_of, stated, under};
use super::graph::Graph;
use super::vocabulary::*;
use crate::Phrase;
use crate::taxonomy::file::{
    CountingFile, Entry, GateFile, GroupFile, PriorityFile, SkosFile, TaxonomyFile, unplaced,
};
use crate::taxonomy::id::{Ids, shown, slug};
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term};
use std::collections::{HashMap, HashSet};
use toml::Spanned;

/// What was made of a graph.
pub(crate) struct Imported {
    pub(crate) file: TaxonomyFile,
    /// What a person should know of it, a line each.
    pub(crate) notes: Vec<String>,
}

/// Why a graph is not made a taxonomy: what cannot be taken over, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Untaken {
    pub(crate) what: String,
    pub(crate) reason: String,
}

/// Makes a taxonomy that says all that a graph says: what has no key of its own stays in
/// statements.
///
/// Labels and notes are those of `language`, else English, else of none. `name` is the taxonomy's
/// where the graph gives none.
///
/// # Errors
/// When a concept would be lost: it has no IRI or no label. When there is no concept.
pub(crate) fn import(
    graph: &Graph,
    language: Option<&str>,
    name: &str,
) -> Result<Imported, Untaken> {
    let concepts = concepts_of(graph)?;
    let schemes: Vec<NamedOrBlankNode> = of_type(graph, SCHEME).collect();
    let language = language_of(graph, &concepts, language)?;
    let scheme = schemes.iter().find(|scheme| scheme.is_named_node()).or(schemes.first());
    let mut importer = Importer {
        graph,
        language,
        notes: Vec::new(),
        unfit: Vec::new(),
        ids: Ids::default(),
        foreign: Vec::new(),
    };
    if schemes.len() > 1 {
        importer.notes.push(format!(
            "there are {} concept schemes: all concepts are put into one taxonomy, named as the first",
            schemes.len()
        ));
    }
    let mut file = importer.taxonomy(scheme, name)?;
    importer.priorities(&concepts, &mut file)?;
    keep_the_rest(graph, &concepts, &mut file)?;
    Ok(Imported { file, notes: importer.notes })
}

/// Puts into statements what the keys of a file do not say, and what they say too much.
fn keep_the_rest(
    graph: &Graph,
    concepts: &[NamedNode],
    file: &mut TaxonomyFile,
) -> Result<(), Untaken> {
    let stated = stated(file).map_err(|bad| Untaken {
        what: bad.0,
        reason: "is neither an IRI nor a language".into(),
    })?;
    let subjects: Vec<NamedOrBlankNode> = concepts.iter().map(|node| node.clone().into()).collect();
    let (of_concepts, rest) = graph.without(&stated).parted(&subjects);
    let unstated = stated.without(graph);
    let prefixes = graph.prefixes.clone();
    let written = |graph: &Graph| {
        let statements = graph.to_statements(&prefixes);
        (!statements.is_empty()).then(|| unplaced(statements + "\n"))
    };
    for (priority, statements) in file.priority.iter_mut().zip(&of_concepts) {
        let mut priority_file = priority.get_ref().clone();
        priority_file.statements = written(statements);
        *priority = unplaced(priority_file);
    }
    let skos = file.skos.get_or_insert_default();
    skos.statements = written(&rest);
    skos.unstated = written(&unstated);
    let of_priorities = file.priority.iter().filter_map(|one| one.get_ref().statements.as_ref());
    let texts = of_priorities.chain(&skos.statements).chain(&skos.unstated);
    let texts: Vec<&str> = texts.map(|text| text.get_ref().as_str()).collect();
    let is_used = |prefix: &str| texts.iter().any(|text| text.contains(&format!("{prefix}:")));
    let used = prefixes.iter().filter(|(prefix, _)| is_used(prefix));
    skos.prefixes = used.map(|(prefix, iri)| (prefix.clone(), unplaced(iri.clone()))).collect();
    let usual = SkosFile { language: Some(unplaced(LANGUAGE.to_owned())), ..SkosFile::default() };
    if *skos == usual {
        file.skos = None;
    }
    Ok(())
}

struct Importer<'a> {
    graph: &'a Graph,
    language: String,
    notes: Vec<String>,
    /// The labels that can be no terms.
    unfit: Vec<String>,
    ids: Ids,
    /// The concepts whose label is of another language.
    foreign: Vec<String>,
}

impl Importer<'_> {
    fn taxonomy(
        &self,
        scheme: Option<&NamedOrBlankNode>,
        name: &str,
    ) -> Result<TaxonomyFile, Untaken> {
        let text = |predicate| scheme.and_then(|scheme| self.text(scheme, predicate));
        let any_text = |predicate| scheme.and_then(|scheme| self.any_text(scheme, predicate));
        let named = [PREF_LABEL, TITLE, DC_TITLE, RDFS_LABEL].into_iter().find_map(any_text);
        let is_taxonomy = scheme.is_some_and(|scheme| {
            self.graph.objects(scheme, TYPE).any(|kind| is_node(kind, TAXONOMY))
        });
        let mut file = TaxonomyFile {
            name: unplaced(named.unwrap_or_else(|| name.to_owned())),
            version: unplaced(any_text(VERSION).unwrap_or_else(|| "1".to_owned())),
            description: text(DESCRIPTION).unwrap_or_default(),
            counting: CountingFile::default(),
            lists: Default::default(),
            gate: None,
            priority: Vec::new(),
            skos: Some(SkosFile {
                language: Some(unplaced(self.language.clone())),
                labels_are_terms: !is_taxonomy,
                ..SkosFile::default()
            }),
        };
        let default = super::export::scheme_of(&file);
        if let (Some(NamedOrBlankNode::NamedNode(scheme)), Some(skos)) = (scheme, &mut file.skos)
            && scheme.as_str() != default
        {
            skos.scheme = Some(unplaced(scheme.as_str().to_owned()));
        }
        if let Some(scheme) = scheme.filter(|_| is_taxonomy) {
            self.rules(scheme, &mut file)?;
        }
        Ok(file)
    }

    /// Takes over the rules that stand for all priorities.
    fn rules(&self, scheme: &NamedOrBlankNode, file: &mut TaxonomyFile) -> Result<(), Untaken> {
        file.counting = CountingFile {
            list_factor: self.number(scheme, LIST_FACTOR)?,
            name_factor: self.number(scheme, NAME_FACTOR)?,
            name_words: self.entries(scheme, NAME_WORD)?,
            long_passage: self.count(scheme, LONG_PASSAGE)?,
            long_factor: self.number(scheme, LONG_FACTOR)?,
        };
        for list in self.nodes(scheme, LIST) {
            let name = self.graph.objects(&list, LIST_NAME).find_map(literal);
            if let Some(name) = name {
                let entries = self.entries(&list, PHRASE)?;
                file.lists.insert(name.value().to_owned(), unplaced(entries));
            }
        }
        if let Some(gate) = self.nodes(scheme, GATE).next() {
            file.gate = Some(unplaced(GateFile {
                threshold: self.number(&gate, THRESHOLD)?,
                short_passage: self.count(&gate, SHORT_PASSAGE)?,
                exclude: self.entries(&gate, EXCLUDE)?,
                terms: self.groups(&gate)?,
            }));
        }
        Ok(())
    }

    fn priorities(
        &mut self,
        concepts: &[NamedNode],
        file: &mut TaxonomyFile,
    ) -> Result<(), Untaken> {
        let scheme = super::export::scheme_of(file);
        let ids: Vec<String> =
            concepts.iter().map(|concept| self.id_of(concept, &scheme)).collect();
        let places: HashMap<&NamedNode, usize> = concepts.iter().zip(0..).collect();
        let parents = self.parents(concepts, &places);
        let labels_are_terms = file.skos.as_ref().is_some_and(|skos| skos.labels_are_terms);
        for (place, concept) in concepts.iter().enumerate() {
            let parent = parents[place].map(|parent| ids[parent].clone());
            let priority = self.priority(concept, &ids[place], parent, labels_are_terms)?;
            let is_usual = concept_of(&scheme, &priority) == concept.as_str();
            let iri = (!is_usual).then(|| unplaced(concept.as_str().to_owned()));
            file.priority.push(unplaced(PriorityFile { iri, ..priority }));
        }
        if !self.foreign.is_empty() {
            let foreign: Vec<&str> = self.foreign.iter().map(String::as_str).collect();
            self.notes.push(format!(
                "named in another language than `{}`, and not by a term: {} concepts: {}",
                self.language,
                foreign.len(),
                shown(&foreign)
            ));
        }
        if !self.unfit.is_empty() {
            let unfit: Vec<&str> = self.unfit.iter().map(String::as_str).collect();
            self.notes.push(format!(
                "kept, but no terms, which have no commas or brackets and at most 12 words: {} labels: {}",
                unfit.len(),
                shown(&unfit)
            ));
        }
        let silent = file
            .priority
            .iter()
            .filter(|priority| priority.get_ref().terms.as_deref().is_some_and(<[_]>::is_empty));
        let silent: Vec<&str> =
            silent.map(|priority| priority.get_ref().id.get_ref().as_str()).collect();
        if !silent.is_empty() {
            self.notes.push(format!(
                "without a term, so that no text gets them by rules: {} concepts: {}",
                silent.len(),
                shown(&silent)
            ));
        }
        Ok(())
    }

    /// Returns the place of the first broader concept of each that leads to no circle.
    fn parents(
        &self,
        concepts: &[NamedNode],
        places: &HashMap<&NamedNode, usize>,
    ) -> Vec<Option<usize>> {
        let mut broader: Vec<Vec<usize>> = concepts
            .iter()
            .map(|concept| {
                let broader = self.graph.objects(&concept.clone().into(), BROADER);
                broader.filter_map(|term| place_of(term, places)).collect()
            })
            .collect();
        for (place, concept) in concepts.iter().enumerate() {
            let narrower = self.graph.objects(&concept.clone().into(), NARROWER);
            narrower
                .filter_map(|term| place_of(term, places))
                .for_each(|part| broader[part].push(place));
        }
        let mut tops: Vec<usize> = (0..concepts.len()).collect();
        broader
            .iter()
            .enumerate()
            .map(|(place, above)| {
                let parent = above.iter().copied().find(|above| top_of(&mut tops, *above) != place);
                tops[place] = parent.unwrap_or(place);
                parent
            })
            .collect()
    }

    fn priority(
        &mut self,
        concept: &NamedNode,
        id: &str,
        parent: Option<String>,
        labels_are_terms: bool,
    ) -> Result<PriorityFile, Untaken> {
        let node = NamedOrBlankNode::from(concept.clone());
        let Some(label) = self.label_of(&node).filter(|label| !label.trim().is_empty()) else {
            return Err(Untaken {
                what: concept.as_str().to_owned(),
                reason: "is a concept without a label and would be lost: give it a skos:prefLabel"
                    .into(),
            });
        };
        let is_foreign = !self.is_ours(&node, &label);
        if is_foreign {
            self.foreign.push(label.clone());
        }
        let terms = self.terms(&node, &label, labels_are_terms && !is_foreign)?;
        Ok(PriorityFile {
            id: unplaced(id.to_owned()),
            label: unplaced(label),
            definition: self.text(&node, DEFINITION).unwrap_or_default(),
            scope_note: self.text(&node, SCOPE_NOTE).unwrap_or_default(),
            parent: parent.map(unplaced),
            threshold: self.number(&node, THRESHOLD)?,
            exclude: self.entries(&node, EXCLUDE)?,
            terms: Some(terms),
            iri: None,
            statements: None,
        })
    }

    /// Returns the label of a concept: its preferred one, else one of SKOS-XL or of RDFS.
    fn label_of(&self, concept: &NamedOrBlankNode) -> Option<String> {
        let of_xl = || {
            let forms = self.xl_forms(concept);
            let is_ours = |form: &&Literal| form.language().is_none_or(|tag| tag == self.language);
            forms.into_iter().find(is_ours).map(|form| form.value().to_owned())
        };
        self.any_text(concept, PREF_LABEL)
            .or_else(of_xl)
            .or_else(|| self.any_text(concept, RDFS_LABEL))
    }

    /// Lists the forms of the preferred labels of SKOS-XL.
    fn xl_forms(&self, concept: &NamedOrBlankNode) -> Vec<&Literal> {
        let labels: Vec<NamedOrBlankNode> = self.nodes(concept, XL_PREF_LABEL).collect();
        let forms = labels.iter().map(|label| {
            self.graph.objects(label, XL_FORM).filter_map(literal).collect::<Vec<_>>()
        });
        forms.flatten().collect()
    }

    /// Tells whether a label is of the taxonomy's language, or of none.
    fn is_ours(&self, concept: &NamedOrBlankNode, label: &str) -> bool {
        let labels = [PREF_LABEL, RDFS_LABEL].into_iter();
        let plain = labels.flat_map(|by| self.graph.objects(concept, by)).filter_map(literal);
        plain.chain(self.xl_forms(concept)).any(|literal| {
            literal.value() == label
                && literal.language().is_none_or(|language| language == self.language)
        })
    }

    /// Takes labels and groups for the terms of a concept.
    fn terms(
        &mut self,
        concept: &NamedOrBlankNode,
        label: &str,
        labels_are_terms: bool,
    ) -> Result<Vec<Spanned<GroupFile>>, Untaken> {
        let said = self.graph.objects(concept, LABEL_IS_TERM).find_map(literal);
        let is_term = said.map_or(labels_are_terms, |said| matches!(said.value(), "true" | "1"));
        let predicates: &[&str] =
            if labels_are_terms { &[ALT_LABEL, HIDDEN_LABEL] } else { &[ALT_LABEL] };
        let labels = predicates.iter().flat_map(|predicate| self.texts(concept, predicate));
        let labels: Vec<String> =
            is_term.then(|| label.to_owned()).into_iter().chain(labels).collect();
        let mut known: HashSet<Vec<crate::PhraseWord>> = HashSet::new();
        let mut phrases = Vec::new();
        for label in &labels {
            let is_signed = label.starts_with('@') || label.contains(['*', '=']);
            match Phrase::parse(label, false).ok().filter(|_| !is_signed) {
                Some(phrase) if known.insert(phrase.words().to_vec()) => {
                    phrases.push(unplaced(Entry::plain(label)));
                }
                Some(_) => {}
                None => self.unfit.push(label.clone()),
            }
        }
        let of_labels = (!phrases.is_empty()).then(|| {
            unplaced(GroupFile {
                phrases: unplaced(phrases),
                weight: None,
                exact: false,
                near: None,
                within: None,
            })
        });
        let groups = self.groups(concept)?;
        Ok(of_labels.into_iter().chain(groups).collect())
    }

    fn groups(&self, owner: &NamedOrBlankNode) -> Result<Vec<Spanned<GroupFile>>, Untaken> {
        self.nodes(owner, TERMS)
            .map(|group| {
                let near = self.entries(&group, NEAR)?;
                Ok(unplaced(GroupFile {
                    phrases: unplaced(self.entries(&group, PHRASE)?),
                    weight: self.number(&group, WEIGHT)?,
                    exact: self.graph.objects(&group, EXACT).filter_map(literal).any(is_true),
                    near: (!near.is_empty()).then(|| unplaced(near)),
                    within: self.count(&group, WITHIN)?,
                }))
            })
            .collect()
    }

    /// Reads phrases: literals, and nodes that say more of theirs.
    fn entries(
        &self,
        owner: &NamedOrBlankNode,
        predicate: &str,
    ) -> Result<Vec<Spanned<Entry>>, Untaken> {
        let mut entries = Vec::new();
        for object in self.graph.objects(owner, predicate) {
            let entry = match object {
                Term::Literal(literal) => Some(Entry::plain(literal.value())),
                Term::NamedNode(node) => self.entry(&node.clone().into())?,
                Term::BlankNode(node) => self.entry(&node.clone().into())?,
            };
            entries.extend(entry.map(unplaced));
        }
        Ok(entries)
    }

    fn entry(&self, node: &NamedOrBlankNode) -> Result<Option<Entry>, Untaken> {
        let Some(term) = self.graph.objects(node, TERM).find_map(literal) else { return Ok(None) };
        Ok(Some(Entry {
            term: term.value().to_owned(),
            exact: self.graph.objects(node, EXACT).filter_map(literal).any(is_true),
            weight: self.number(node, WEIGHT)?,
        }))
    }

    fn nodes<'a>(
        &'a self,
        subject: &NamedOrBlankNode,
        predicate: &'a str,
    ) -> impl Iterator<Item = NamedOrBlankNode> + 'a {
        self.graph.objects(subject, predicate).filter_map(|object| match object {
            Term::NamedNode(node) => Some(node.clone().into()),
            Term::BlankNode(node) => Some(node.clone().into()),
            Term::Literal(_) => None,
        })
    }

    /// Lists the texts of the taxonomy's language, and those of none.
    fn texts<'a>(
        &'a self,
        subject: &NamedOrBlankNode,
        predicate: &'a str,
    ) -> impl Iterator<Item = String> + 'a {
        let literals = self.graph.objects(subject, predicate).filter_map(literal);
        literals
            .filter(|literal| literal.language().is_none_or(|language| language == self.language))
            .map(|literal| literal.value().to_owned())
    }

    fn text(&self, subject: &NamedOrBlankNode, predicate: &str) -> Option<String> {
        self.graph
            .objects(subject, predicate)
            .filter_map(literal)
            .find(|literal| literal.language().unwrap_or_default() == self.language)
            .map(|literal| literal.value().to_owned())
    }

    /// Returns a text of the taxonomy's language, else of none, else of any.
    fn any_text(&self, subject: &NamedOrBlankNode, predicate: &str) -> Option<String> {
        let literals = || self.graph.objects(subject, predicate).filter_map(literal);
        let plain = || literals().find(|literal| literal.language().is_none());
        let other = || plain().or_else(|| literals().next());
        self.text(subject, predicate).or_else(|| other().map(|literal| literal.value().to_owned()))
    }

    fn number(
        &self,
        subject: &NamedOrBlankNode,
        predicate: &str,
    ) -> Result<Option<Spanned<f64>>, Untaken> {
        self.parsed(subject, predicate)
    }

    fn count(
        &self,
        subject: &NamedOrBlankNode,
        predicate: &str,
    ) -> Result<Option<Spanned<i64>>, Untaken> {
        self.parsed(subject, predicate)
    }

    fn parsed<T: std::str::FromStr>(
        &self,
        subject: &NamedOrBlankNode,
        predicate: &str,
    ) -> Result<Option<Spanned<T>>, Untaken> {
        let Some(literal) = self.graph.objects(subject, predicate).find_map(literal) else {
            return Ok(None);
        };
        match literal.value().parse() {
            Ok(number) => Ok(Some(unplaced(number))),
            Err(_) => Err(Untaken {
                what: literal.value().to_owned(),
                reason: format!("is no number for <{predicate}> of {subject}"),
            }),
        }
    }

    /// Makes the id of a concept: the end of its IRI where that is one, else of its label.
    fn id_of(&mut self, concept: &NamedNode, scheme: &str) -> String {
        let end = concept.as_str().strip_prefix(&under(scheme));
        let is_id = |end: &&str| slug(end) == **end && !end.is_empty();
        let node = NamedOrBlankNode::from(concept.clone());
        let given = self.graph.objects(&node, ID).find_map(literal).map(|id| id.value().to_owned());
        let label = self.label_of(&node);
        let last = concept.as_str().rsplit(['/', '#', ':']).next().unwrap_or_default();
        let name = match given.as_deref().or(end).filter(is_id) {
            Some(id) => id.to_owned(),
            None => {
                label.filter(|label| !slug(label).is_empty()).unwrap_or_else(|| last.to_owned())
            }
        };
        self.ids.give(&name, "concept")
    }
}

/// Follows the way up to its top, and shortens it for those who come after.
fn top_of(tops: &mut [usize], place: usize) -> usize {
    let mut top = place;
    while tops[top] != top {
        top = tops[top];
    }
    let mut at = place;
    while tops[at] != top {
        at = std::mem::replace(&mut tops[at], top);
    }
    top
}

fn place_of(term: &Term, places: &HashMap<&NamedNode, usize>) -> Option<usize> {
    match term {
        Term::NamedNode(node) => places.get(node).copied(),
        Term::BlankNode(_) | Term::Literal(_) => None,
    }
}

fn is_true(literal: &Literal) -> bool {
    matches!(literal.value(), "true" | "1")
}
