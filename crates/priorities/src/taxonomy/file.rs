//! The TOML form of a taxonomy, as written.

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// A whole file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaxonomyFile {
    pub(crate) name: Spanned<String>,
    pub(crate) version: Spanned<String>,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) counting: CountingFile,
    #[serde(default)]
    pub(crate) lists: BTreeMap<String, Spanned<Vec<Spanned<Entry>>>>,
    pub(crate) gate: Option<Spanned<GateFile>>,
    #[serde(default)]
    pub(crate) priority: Vec<Spanned<PriorityFile>>,
    pub(crate) skos: Option<SkosFile>,
}

/// `[counting]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountingFile {
    pub(crate) list_factor: Option<Spanned<f64>>,
    pub(crate) name_factor: Option<Spanned<f64>>,
    #[serde(default)]
    pub(crate) name_words: Vec<Spanned<Entry>>,
    pub(crate) long_passage: Option<Spanned<i64>>,
    pub(crate) long_factor: Option<Spanned<f64>>,
}

/// `[gate]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GateFile {
    pub(crate) threshold: Option<Spanned<f64>>,
    pub(crate) short_passage: Option<Spanned<i64>>,
    #[serde(default)]
    pub(crate) exclude: Vec<Spanned<Entry>>,
    #[serde(default)]
    pub(crate) terms: Vec<Spanned<GroupFile>>,
}

/// `[[priority]]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriorityFile {
    pub(crate) id: Spanned<String>,
    pub(crate) label: Spanned<String>,
    #[serde(default)]
    pub(crate) definition: String,
    #[serde(default)]
    pub(crate) scope_note: String,
    pub(crate) parent: Option<Spanned<String>>,
    pub(crate) threshold: Option<Spanned<f64>>,
    #[serde(default)]
    pub(crate) exclude: Vec<Spanned<Entry>>,
    /// None where the key is missing, which is an error; an empty list is meant.
    pub(crate) terms: Option<Vec<Spanned<GroupFile>>>,
    /// Its IRI in SKOS, where it is not the scheme's with the id behind.
    pub(crate) iri: Option<Spanned<String>>,
    /// What SKOS says of it that has no key here, in Turtle.
    pub(crate) statements: Option<Spanned<String>>,
}

/// `[skos]`: what a taxonomy is in SKOS that has no key elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SkosFile {
    /// The IRI of the concept scheme.
    pub(crate) scheme: Option<Spanned<String>>,
    /// The language of labels and notes; empty where they have none.
    pub(crate) language: Option<Spanned<String>>,
    /// Whether the label of a concept is one of its terms unless it says otherwise.
    #[serde(default)]
    pub(crate) labels_are_terms: bool,
    /// What IRIs are shortened with in statements.
    #[serde(default)]
    pub(crate) prefixes: BTreeMap<String, Spanned<String>>,
    /// What is said besides, in Turtle.
    pub(crate) statements: Option<Spanned<String>>,
    /// What the keys would say and SKOS did not, in Turtle.
    pub(crate) unstated: Option<Spanned<String>>,
}

/// `[[priority.terms]]` or `[[gate.terms]]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupFile {
    pub(crate) phrases: Spanned<Vec<Spanned<Entry>>>,
    pub(crate) weight: Option<Spanned<f64>>,
    #[serde(default)]
    pub(crate) exact: bool,
    pub(crate) near: Option<Spanned<Vec<Spanned<Entry>>>>,
    pub(crate) within: Option<Spanned<i64>>,
}

/// A phrase, `@list`, or a table that says more of the phrase.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) term: String,
    pub(crate) exact: bool,
    pub(crate) weight: Option<Spanned<f64>>,
}

impl Entry {
    /// Makes a phrase of which nothing more is said.
    pub(crate) fn plain(term: impl Into<String>) -> Self {
        Self { term: term.into(), exact: false, weight: None }
    }

    /// Tells whether nothing more is said of the phrase.
    pub(crate) fn is_plain(&self) -> bool {
        !self.exact && self.weight.is_none()
    }
}

/// Puts a value where the text of a file has it; for files that are made, not read.
pub(crate) fn unplaced<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryTable {
    term: String,
    #[serde(default)]
    exact: bool,
    weight: Option<Spanned<f64>>,
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a phrase in quotes, or a table with `term`")
            }

            fn visit_str<E>(self, term: &str) -> Result<Entry, E> {
                Ok(Entry::plain(term))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                let table = EntryTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Entry { term: table.term, exact: table.exact, weight: table.weight })
            }
        }
        deserializer.deserialize_any(EntryVisitor)
    }
}
