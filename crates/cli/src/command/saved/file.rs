//! The file of saved queries, which people may edit.

use crate::output::Sink;
use anyhow::{Context, Result, bail};
use onrecord_model::{CivilDate, DocumentKind};
use onrecord_query::parse::Match;
use onrecord_query::{AlertRequest, Filters};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// The file of saved queries in the working folder.
pub(super) const QUERIES_FILE: &str = "onrecord-queries.toml";

/// What a new file begins with.
const PREAMBLE: &str = "# Queries that `onrecord alerts` asks. They may be edited here.\n";

/// The longest name of a query: it names a file.
const MAX_NAME: usize = 64;

/// A query as the file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedQuery {
    pub(crate) query: String,
    #[serde(default, rename = "match", skip_serializing_if = "SavedMatch::is_usual")]
    pub(crate) matching: SavedMatch,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speaker: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<DocumentKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<CivilDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<CivilDate>,
}

/// What words side by side mean, as the file has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SavedMatch {
    #[default]
    All,
    Any,
}

impl SavedMatch {
    fn is_usual(&self) -> bool {
        *self == Self::All
    }

    /// Returns the name used in the file and on the command line.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

impl From<Match> for SavedMatch {
    fn from(matching: Match) -> Self {
        match matching {
            Match::All => Self::All,
            Match::Any => Self::Any,
        }
    }
}

impl SavedQuery {
    /// Puts a query together with what changes its meaning.
    pub(super) fn new(query: String, matching: Match, filters: Filters) -> Self {
        let Filters { speaker, kind, since, until } = filters;
        Self { query, matching: matching.into(), speaker, kind, since, until }
    }

    /// Returns what words side by side mean.
    pub(super) const fn matching(&self) -> Match {
        match self.matching {
            SavedMatch::All => Match::All,
            SavedMatch::Any => Match::Any,
        }
    }

    /// Makes the question; `all` lists what was reported, too.
    pub(crate) fn request(&self, all: bool) -> AlertRequest {
        let Self { query, speaker, kind, since, until, .. } = self.clone();
        let filters = Filters { speaker, kind, since, until };
        AlertRequest { query, matching: self.matching(), filters, all }
    }
}

/// The saved queries by name.
pub(crate) type SavedQueries = BTreeMap<String, SavedQuery>;

/// Reads the saved queries of the working folder; none where there is no file.
///
/// # Errors
/// When the file cannot be read or understood.
pub(crate) fn read() -> Result<SavedQueries> {
    parse(&read_text()?)
}

/// Adds a query, or puts it in the place of the one that has its name.
///
/// # Errors
/// When the file cannot be read, changed or written.
pub(super) fn put(name: &str, query: &SavedQuery) -> Result<()> {
    let text = read_text()?;
    let mut queries = parse(&text)?;
    let mut text = if queries.contains_key(name) { without(&text, name)? } else { text };
    if text.is_empty() {
        text.push_str(PREAMBLE);
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let table = BTreeMap::from([(name, query)]);
    text.push_str(&format!("\n{}", toml::to_string(&table)?));
    queries.insert(name.to_owned(), query.clone());
    write(&text, &queries)
}

/// Takes a query out.
///
/// # Errors
/// As [`put`].
pub(super) fn remove(name: &str) -> Result<()> {
    let text = read_text()?;
    let mut queries = parse(&text)?;
    queries.remove(name);
    write(&without(&text, name)?, &queries)
}

/// Checks that a name can stand in the file and name another one, on any system.
///
/// # Errors
/// When it cannot.
pub(super) fn check_name(name: &str) -> Result<()> {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(is_fit) {
        bail!(
            "`{name}` is no name for a query\nwrite small letters a to z, digits, hyphens and \
             underscores, {MAX_NAME} at most, as in harbour-2030"
        );
    }
    Ok(())
}

fn read_text() -> Result<String> {
    match std::fs::read_to_string(QUERIES_FILE) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.with_context(|| format!("cannot read `{QUERIES_FILE}`")),
    }
}

fn parse(text: &str) -> Result<SavedQueries> {
    let queries: SavedQueries =
        toml::from_str(text).with_context(|| format!("cannot understand `{QUERIES_FILE}`"))?;
    for name in queries.keys() {
        check_name(name).with_context(|| format!("cannot use `{QUERIES_FILE}`"))?;
    }
    Ok(queries)
}

/// Leaves the lines of a query's table out of the file, from its header to the next one.
fn without(text: &str, name: &str) -> Result<String> {
    let header = format!("[{name}]");
    let mut is_inside = false;
    let mut left = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let begins = line.trim_start().starts_with('[');
        if begins {
            is_inside = line.split('#').next().is_some_and(|line| line.trim() == header);
        }
        if !is_inside {
            left.push_str(line);
        }
    }
    let mut expected = parse(text)?;
    expected.remove(name);
    // Whoever wrote it may have written it in another way.
    if parse(&left).ok().as_ref() != Some(&expected) {
        bail!(
            "cannot tell which lines of `{QUERIES_FILE}` are those of `{name}`\ntake them out by \
             hand"
        );
    }
    Ok(left)
}

/// Replaces the file by one that holds these queries.
fn write(text: &str, queries: &SavedQueries) -> Result<()> {
    if parse(text)? != *queries {
        bail!("cannot add to `{QUERIES_FILE}` as it is written\nadd the query by hand");
    }
    let mut sink = Sink::open(Some(Path::new(QUERIES_FILE)))?;
    sink.write_all(text.as_bytes())?;
    sink.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Mine.\n\n[a]\nquery = \"x\" # [b]\n\n# Of the harbour:\n[b] # two\nquery = \"\"\"\ny\"\"\"\nmatch = \"any\"\n\n[c]\nquery = '[d]'\nsince = \"2011-07\"\n";

    #[test]
    fn a_query_is_taken_out_and_all_else_stays() {
        for (name, expected) in [
            ("a", FILE.replace("[a]\nquery = \"x\" # [b]\n\n# Of the harbour:\n", "")),
            ("c", FILE.replace("[c]\nquery = '[d]'\nsince = \"2011-07\"\n", "")),
        ] {
            assert_eq!(without(FILE, name).unwrap(), expected);
        }
    }

    #[test]
    fn what_cannot_be_told_apart_is_left_alone() {
        let hostile = "[a]\nquery = \"\"\"\n[b]\n\"\"\"\n\n[b]\nquery = \"y\"\n";
        let error = without(hostile, "b").unwrap_err();
        assert!(error.to_string().contains("by hand"), "{error}");
        let inline = "a = { query = \"x\" }\n";
        assert!(without(inline, "a").is_err());
        assert!(parse(inline).is_ok());
    }

    #[test]
    fn names_and_values_are_checked() {
        for (written, part) in [
            ("[A]\nquery = \"x\"\n", "small letters"),
            ("[a]\nqery = \"x\"\n", "qery"),
            ("[a]\nquery = \"x\"\nmatch = \"some\"\n", "some"),
            ("[a]\nquery = \"x\"\nsince = \"July\"\n", "July"),
        ] {
            let error = format!("{:#}", parse(written).unwrap_err());
            assert!(error.contains(part), "{error}");
        }
    }
}
