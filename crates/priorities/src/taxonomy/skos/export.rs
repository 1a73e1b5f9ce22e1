//! What the keys of a taxonomy say, as statements of RDF.

use super::graph::Graph;
use super::vocabulary::*;
use crate::taxonomy::file::{
    CountingFile, Entry, GateFile, GroupFile, PriorityFile, SkosFile, TaxonomyFile,
};
use crate::taxonomy::id::slug;
use oxrdf::{Literal, NamedNode, Term, Triple};
use toml::Spanned;

/// The language of labels and notes where a taxonomy says nothing of it.
pub(crate) const LANGUAGE: &str = "en";

/// Says what the keys of a file say.
///
/// # Errors
/// The first IRI that is none.
pub(crate) fn stated(file: &TaxonomyFile) -> Result<Graph, BadIri> {
    let none = SkosFile::default();
    let skos = file.skos.as_ref().unwrap_or(&none);
    let prefixes =
        skos.prefixes.iter().map(|(prefix, iri)| (prefix.clone(), iri.get_ref().clone()));
    let mut graph = Graph::default();
    graph.prefixes.extend(prefixes);
    for (prefix, iri) in PREFIXES {
        graph.prefixes.entry(prefix.to_owned()).or_insert_with(|| iri.to_owned());
    }
    let scheme = scheme_of(file);
    graph.prefixes.entry(String::new()).or_insert_with(|| under(&scheme));
    let mut exporter = Exporter { scheme, skos, graph };
    exporter.taxonomy(file)?;
    for priority in &file.priority {
        exporter.priority(file, priority.get_ref())?;
    }
    Ok(exporter.graph)
}

/// An IRI that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadIri(pub(crate) String);

/// Returns the IRI of a taxonomy's concept scheme.
pub(crate) fn scheme_of(file: &TaxonomyFile) -> String {
    let given = file.skos.as_ref().and_then(|skos| skos.scheme.as_ref());
    given.map_or_else(
        || {
            let slug = slug(file.name.get_ref());
            let name = if slug.is_empty() { "taxonomy" } else { &slug };
            format!("urn:onrecord-taxonomy:{name}")
        },
        |scheme| scheme.get_ref().clone(),
    )
}

/// Returns the IRI of a priority's concept.
pub(crate) fn concept_of(scheme: &str, priority: &PriorityFile) -> String {
    let given = priority.iri.as_ref().map(|iri| iri.get_ref().clone());
    given.unwrap_or_else(|| format!("{}{}", under(scheme), priority.id.get_ref()))
}

/// Returns what the IRIs of a scheme's own concepts begin with.
pub(crate) fn under(scheme: &str) -> String {
    if scheme.ends_with(['/', '#']) { scheme.to_owned() } else { format!("{scheme}/") }
}

/// Returns the language of labels and notes.
pub(crate) fn language_of(skos: &SkosFile) -> &str {
    skos.language.as_ref().map_or(LANGUAGE, |language| language.get_ref())
}

/// Tells whether a group of terms is said by alternative labels: it is the first, has nothing but
/// phrases, and the label, if it is one of them, comes first.
fn is_of_labels(place: usize, group: &GroupFile, label: &str) -> bool {
    let GroupFile { phrases, weight: None, exact: false, near: None, within: None } = group else {
        return false;
    };
    let is_label = |(place, entry): (usize, &Spanned<Entry>)| {
        let entry = entry.get_ref();
        let is_signed = entry.term.starts_with(['@', '=']) || entry.term.contains(['*', '=']);
        entry.is_plain() && !is_signed && (place == 0 || entry.term != label)
    };
    place == 0 && phrases.get_ref().iter().enumerate().all(is_label)
}

struct Exporter<'a> {
    scheme: String,
    skos: &'a SkosFile,
    graph: Graph,
}

impl Exporter<'_> {
    fn say(
        &mut self,
        subject: &str,
        predicate: &str,
        object: impl Into<Term>,
    ) -> Result<(), BadIri> {
        let triple = Triple::new(iri(subject)?, NamedNode::new_unchecked(predicate), object.into());
        self.graph.add(triple);
        Ok(())
    }

    fn say_iri(&mut self, subject: &str, predicate: &str, object: &str) -> Result<(), BadIri> {
        self.say(subject, predicate, iri(object)?)
    }

    /// Says a text of the taxonomy's language, if there is one.
    fn say_text(&mut self, subject: &str, predicate: &str, text: &str) -> Result<(), BadIri> {
        if text.is_empty() {
            return Ok(());
        }
        let literal = match language_of(self.skos) {
            "" => Literal::new_simple_literal(text),
            language => Literal::new_language_tagged_literal(text, language)
                .map_err(|_| BadIri(language.to_owned()))?,
        };
        self.say(subject, predicate, literal)
    }

    fn say_value(
        &mut self,
        subject: &str,
        predicate: &str,
        value: String,
        kind: &str,
    ) -> Result<(), BadIri> {
        self.say(
            subject,
            predicate,
            Literal::new_typed_literal(value, NamedNode::new_unchecked(kind)),
        )
    }

    fn say_number(
        &mut self,
        subject: &str,
        predicate: &str,
        number: Option<&Spanned<f64>>,
    ) -> Result<(), BadIri> {
        let Some(number) = number else { return Ok(()) };
        let digits = number.get_ref().to_string();
        let decimal = if digits.contains('.') { digits } else { digits + ".0" };
        self.say_value(subject, predicate, decimal, DECIMAL)
    }

    fn say_count(
        &mut self,
        subject: &str,
        predicate: &str,
        count: Option<&Spanned<i64>>,
    ) -> Result<(), BadIri> {
        let Some(count) = count else { return Ok(()) };
        self.say_value(subject, predicate, count.get_ref().to_string(), INTEGER)
    }

    fn taxonomy(&mut self, file: &TaxonomyFile) -> Result<(), BadIri> {
        let scheme = self.scheme.clone();
        self.say_iri(&scheme, TYPE, SCHEME)?;
        if !self.skos.labels_are_terms {
            self.say_iri(&scheme, TYPE, TAXONOMY)?;
        }
        self.say_text(&scheme, PREF_LABEL, file.name.get_ref())?;
        self.say(&scheme, VERSION, Literal::new_simple_literal(file.version.get_ref()))?;
        self.say_text(&scheme, DESCRIPTION, &file.description)?;
        self.counting(&file.counting)?;
        for (name, entries) in &file.lists {
            let list = format!("{}-/list/{}", under(&scheme), escaped(name));
            self.say_iri(&scheme, LIST, &list)?;
            self.say(&list, LIST_NAME, Literal::new_simple_literal(name))?;
            self.entries(&list, PHRASE, entries.get_ref())?;
        }
        if let Some(gate) = &file.gate {
            self.gate(gate.get_ref())?;
        }
        for priority in file.priority.iter().filter(|priority| priority.get_ref().parent.is_none())
        {
            let concept = concept_of(&scheme, priority.get_ref());
            self.say_iri(&scheme, HAS_TOP_CONCEPT, &concept)?;
        }
        Ok(())
    }

    fn counting(&mut self, counting: &CountingFile) -> Result<(), BadIri> {
        let scheme = self.scheme.clone();
        self.say_number(&scheme, LIST_FACTOR, counting.list_factor.as_ref())?;
        self.say_number(&scheme, NAME_FACTOR, counting.name_factor.as_ref())?;
        self.entries(&scheme, NAME_WORD, &counting.name_words)?;
        self.say_count(&scheme, LONG_PASSAGE, counting.long_passage.as_ref())?;
        self.say_number(&scheme, LONG_FACTOR, counting.long_factor.as_ref())
    }

    fn gate(&mut self, file: &GateFile) -> Result<(), BadIri> {
        let gate = format!("{}-/gate", under(&self.scheme));
        let scheme = self.scheme.clone();
        self.say_iri(&scheme, GATE, &gate)?;
        self.say_number(&gate, THRESHOLD, file.threshold.as_ref())?;
        self.say_count(&gate, SHORT_PASSAGE, file.short_passage.as_ref())?;
        self.entries(&gate, EXCLUDE, &file.exclude)?;
        for (number, group) in (1..).zip(&file.terms) {
            self.group(&gate, &format!("{gate}/terms/{number}"), group.get_ref())?;
        }
        Ok(())
    }

    fn priority(&mut self, file: &TaxonomyFile, priority: &PriorityFile) -> Result<(), BadIri> {
        let scheme = self.scheme.clone();
        let concept = concept_of(&scheme, priority);
        let label = priority.label.get_ref();
        self.say_iri(&concept, TYPE, CONCEPT)?;
        self.say_iri(&concept, IN_SCHEME, &scheme)?;
        let id = priority.id.get_ref();
        if priority.iri.is_some() && slug(label) != **id {
            self.say(&concept, ID, Literal::new_simple_literal(id))?;
        }
        self.say_text(&concept, PREF_LABEL, label)?;
        self.say_text(&concept, DEFINITION, &priority.definition)?;
        self.say_text(&concept, SCOPE_NOTE, &priority.scope_note)?;
        let parent = priority.parent.as_ref().and_then(|parent| {
            let is_parent =
                |other: &&Spanned<PriorityFile>| other.get_ref().id.get_ref() == parent.get_ref();
            file.priority.iter().find(is_parent)
        });
        if let Some(parent) = parent {
            self.say_iri(&concept, BROADER, &concept_of(&scheme, parent.get_ref()))?;
        }
        self.say_number(&concept, THRESHOLD, priority.threshold.as_ref())?;
        self.entries(&concept, EXCLUDE, &priority.exclude)?;
        self.terms(&concept, label, priority.terms.as_deref().unwrap_or_default())
    }

    fn terms(
        &mut self,
        concept: &str,
        label: &str,
        groups: &[Spanned<GroupFile>],
    ) -> Result<(), BadIri> {
        let mut label_is_term = false;
        for (place, group) in groups.iter().enumerate() {
            let group = group.get_ref();
            if !is_of_labels(place, group, label) {
                self.group(concept, &format!("{concept}/-/terms/{}", place + 1), group)?;
                continue;
            }
            for entry in group.phrases.get_ref() {
                let term = &entry.get_ref().term;
                if term == label {
                    label_is_term = true;
                } else {
                    self.say_text(concept, ALT_LABEL, term)?;
                }
            }
        }
        if label_is_term != self.skos.labels_are_terms {
            self.say_value(concept, LABEL_IS_TERM, label_is_term.to_string(), BOOLEAN)?;
        }
        Ok(())
    }

    fn group(&mut self, owner: &str, group: &str, file: &GroupFile) -> Result<(), BadIri> {
        self.say_iri(owner, TERMS, group)?;
        self.say_number(group, WEIGHT, file.weight.as_ref())?;
        if file.exact {
            self.say_value(group, EXACT, "true".into(), BOOLEAN)?;
        }
        if let Some(near) = &file.near {
            self.entries(group, NEAR, near.get_ref())?;
        }
        self.say_count(group, WITHIN, file.within.as_ref())?;
        self.entries(group, PHRASE, file.phrases.get_ref())
    }

    fn entries(
        &mut self,
        owner: &str,
        predicate: &str,
        entries: &[Spanned<Entry>],
    ) -> Result<(), BadIri> {
        let room = if owner.contains("/-/") { "" } else { "/-" };
        let key = predicate.rsplit(':').next().unwrap_or_default();
        for (number, entry) in (1..).zip(entries) {
            let Entry { term, exact, weight } = entry.get_ref();
            if entry.get_ref().is_plain() {
                self.say(owner, predicate, Literal::new_simple_literal(term))?;
                continue;
            }
            let node = format!("{owner}{room}/{key}/{number}");
            self.say_iri(owner, predicate, &node)?;
            self.say(&node, TERM, Literal::new_simple_literal(term))?;
            if *exact {
                self.say_value(&node, EXACT, "true".into(), BOOLEAN)?;
            }
            self.say_number(&node, WEIGHT, weight.as_ref())?;
        }
        Ok(())
    }
}

fn iri(iri: &str) -> Result<NamedNode, BadIri> {
    NamedNode::new(iri).map_err(|_| BadIri(iri.to_owned()))
}

/// Writes a name as a part of an IRI: letters, digits and hyphens stay, the bytes of the rest are
/// written as `%` and two hexadecimal digits.
fn escaped(name: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    name.bytes().map(escape).collect()
}
