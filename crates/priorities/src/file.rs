//! The TOML form of a taxonomy, as written.

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// A whole file.
#[derive(Deserialize)]
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
}

/// `[counting]`.
#[derive(Default, Deserialize)]
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
#[derive(Deserialize)]
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
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriorityFile {
    pub(crate) id: Spanned<String>,
    pub(crate) label: Spanned<String>,
    pub(crate) definition: Spanned<String>,
    #[serde(default)]
    pub(crate) scope_note: String,
    pub(crate) threshold: Option<Spanned<f64>>,
    #[serde(default)]
    pub(crate) exclude: Vec<Spanned<Entry>>,
    #[serde(default)]
    pub(crate) terms: Vec<Spanned<GroupFile>>,
}

/// `[[priority.terms]]` or `[[gate.terms]]`.
#[derive(Deserialize)]
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
pub(crate) struct Entry {
    pub(crate) term: String,
    pub(crate) exact: bool,
    pub(crate) weight: Option<Spanned<f64>>,
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
                Ok(Entry { term: term.to_owned(), exact: false, weight: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                let table = EntryTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Entry { term: table.term, exact: table.exact, weight: table.weight })
            }
        }
        deserializer.deserialize_any(EntryVisitor)
    }
}
