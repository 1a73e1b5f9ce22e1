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

/// The file as it is to be, checked and not yet written.
pub(super) struct Planned(String);

impl Planned {
    /// Checks that a text holds some queries as the file.
    fn check(text: String, queries: &SavedQueries) -> Result<Self> {
        if parse(&text).ok().as_ref() != Some(queries) {
            bail!("cannot change `{QUERIES_FILE}` as it is written\nchange it by hand");
        }
        Ok(Self(text))
    }

    /// Puts it in the place of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(self) -> Result<()> {
        let mut sink = Sink::open(Some(Path::new(QUERIES_FILE)))?;
        sink.write_all(self.0.as_bytes())?;
        sink.close()
    }
}

/// Plans the file with a query more, or with one in the place of that which has its name.
///
/// # Errors
/// When the file cannot be read, or not be changed as it is written.
pub(super) fn with(name: &str, query: &SavedQuery) -> Result<Planned> {
    let text = read_text()?;
    let mut queries = parse(&text)?;
    let table = toml::to_string(&BTreeMap::from([(name, query)]))?;
    let text =
        if queries.contains_key(name) { replace(&text, name, &table)? } else { add(text, &table) };
    queries.insert(name.to_owned(), query.clone());
    Planned::check(text, &queries)
}

/// Plans the file without a query.
///
/// # Errors
/// As [`with`].
pub(super) fn without(name: &str) -> Result<Planned> {
    let text = read_text()?;
    let mut queries = parse(&text)?;
    queries.remove(name);
    Planned::check(replace(&text, name, "")?, &queries)
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

/// Adds a table at the end of the file.
fn add(mut text: String, table: &str) -> String {
    if text.is_empty() {
        text.push_str(PREAMBLE);
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text + "\n" + table
}

/// Puts a table in the place of a query's, or nothing; what people wrote around it stays.
fn replace(text: &str, name: &str, table: &str) -> Result<String> {
    let header = format!("[{name}]");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let begins = |line: &&str| line.trim_start().starts_with('[');
    let is_own = |line: &&str| line.split('#').next().is_some_and(|line| line.trim() == header);
    // Whoever wrote it may have written it in another way.
    let Some(from) = lines.iter().position(|line| begins(line) && is_own(line)) else {
        bail!(
            "cannot tell which lines of `{QUERIES_FILE}` are those of `{name}`\nchange them by hand"
        );
    };
    let (before, own) = lines.split_at(from);
    let n_own = own.iter().skip(1).position(begins).map_or(own.len(), |at| at + 1);
    let (own, after) = own.split_at(n_own);
    let mut kept = remarks(own, !after.is_empty());
    let is_blank = |line: Option<&&str>| line.is_none_or(|line| line.trim().is_empty());
    if table.is_empty() && is_blank(before.last()) && is_blank(kept.first()) {
        kept = kept.get(1..).unwrap_or_default();
    }
    Ok([before.concat().as_str(), table, &kept.concat(), &after.concat()].concat())
}

/// Returns the last lines of a table that are not its own: blank lines, and the comments behind
/// them; those right behind its values too, where they touch the next table.
fn remarks<'a, 'b>(table: &'b [&'a str], is_followed: bool) -> &'b [&'a str] {
    let is_remark = |line: &&&str| matches!(line.trim_start().chars().next(), None | Some('#'));
    let n_last = table.iter().rev().take_while(is_remark).count();
    let last = table.get(table.len() - n_last..).unwrap_or_default();
    let own = match last.iter().position(|line| line.trim().is_empty()) {
        Some(blank) => blank,
        None if is_followed => 0,
        None => last.len(),
    };
    last.get(own..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Mine.\n\n[a]\nquery = \"x\" # [b]\n\n# Of the harbour:\n[b] # two\nquery = \"\"\"\ny\"\"\"\nmatch = \"any\"\n\n[c]\nquery = '[d]'\nsince = \"2011-07\"\n";

    #[test]
    fn a_query_is_taken_out_and_all_else_stays() {
        for (name, own, blank) in [
            ("a", "[a]\nquery = \"x\" # [b]\n", "\n"),
            // The comment above it is not one of the next.
            ("b", "[b] # two\nquery = \"\"\"\ny\"\"\"\nmatch = \"any\"\n", ""),
            ("c", "[c]\nquery = '[d]'\nsince = \"2011-07\"\n", ""),
        ] {
            assert!(FILE.contains(own));
            let left = FILE.replace(&format!("{own}{blank}"), "");
            assert_eq!(replace(FILE, name, "").unwrap(), left, "{name}");
            let table = format!("[{name}]\nquery = \"new\"\n");
            assert_eq!(replace(FILE, name, &table).unwrap(), FILE.replace(own, &table), "{name}");
        }
    }

    #[test]
    fn comments_stay_with_what_they_are_of() {
        let a = "[a]\nquery = \"x\"\n";
        for (behind, left) in [
            // Right behind its values, a comment is of the table, where nothing follows at once.
            (
                "# until = \"2012\"\n\n# Of b:\n[b]\nquery = \"y\"\n",
                "# Of b:\n[b]\nquery = \"y\"\n",
            ),
            ("# Of b:\n[b]\nquery = \"y\"\n", "# Of b:\n[b]\nquery = \"y\"\n"),
            ("# until = \"2012\"\n", ""),
            ("\n# The end.\n", "# The end.\n"),
            ("\n# The end.", "# The end."),
        ] {
            assert_eq!(replace(&format!("{a}{behind}"), "a", "").unwrap(), left, "{behind}");
        }
    }

    #[test]
    fn what_cannot_be_told_apart_is_left_alone() {
        let hostile = "[a]\nquery = \"\"\"\n[b]\n\"\"\"\n\n[b]\nquery = \"y\"\n";
        let mut queries = parse(hostile).unwrap();
        queries.remove("b");
        let planned = Planned::check(replace(hostile, "b", "").unwrap(), &queries);
        assert!(planned.is_err_and(|error| error.to_string().contains("by hand")));
        let inline = "a = { query = \"x\" }\n";
        assert!(replace(inline, "a", "").is_err());
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
