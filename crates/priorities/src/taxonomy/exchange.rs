//! Taxonomies from the files of other programs, and for them.

use super::dictionary::{self, Dictionary, DictionaryFormat, Unfit};
use super::skos::{self, RdfFormat, SkosProblem};
use super::writer;
use crate::{Taxonomy, TaxonomyError};

/// How a file of another program is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// SKOS.
    Skos(RdfFormat),
    /// A dictionary.
    Dictionary(DictionaryFormat),
}

impl ImportFormat {
    /// All formats, each with its name.
    pub const NAMED: [(&str, Self); 5] = [
        ("turtle", Self::Skos(RdfFormat::Turtle)),
        ("jsonld", Self::Skos(RdfFormat::JsonLd)),
        ("csv", Self::Dictionary(DictionaryFormat::Csv)),
        ("liwc", Self::Dictionary(DictionaryFormat::Liwc)),
        ("lexicoder", Self::Dictionary(DictionaryFormat::Lexicoder)),
    ];

    /// Finds the format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }

    /// Tells by what follows the last dot of its name how a file is written.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let name = match extension.to_lowercase().as_str() {
            "ttl" | "turtle" | "nt" => "turtle",
            "jsonld" | "json" => "jsonld",
            "csv" | "tsv" | "dicx" => "csv",
            "dic" => "liwc",
            "lcd" => "lexicoder",
            _ => return None,
        };
        Self::from_name(name)
    }
}

/// What is to be made of a file.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The language of the labels that are taken for terms, of SKOS; English where none is named.
    pub language: Option<String>,
    /// Whether terms that cannot be taken over are left out.
    pub leave_out: bool,
}

/// A taxonomy that was made of a file.
#[derive(Clone, Debug)]
pub struct Import {
    /// The taxonomy as the text of a file.
    pub toml: String,
    /// What it says.
    pub taxonomy: Taxonomy,
    /// What a person should know of it, a line each.
    pub notes: Vec<String>,
    /// The terms that were left out.
    pub left_out: Vec<Unfit>,
}

/// Why no taxonomy was made of a file: what would have been lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The file.
    pub name: String,
    /// All that cannot be taken over, by line; at least one.
    pub unfit: Vec<Unfit>,
}

/// How many faults of a file are shown.
const SHOWN: usize = 20;

impl std::error::Error for ImportError {}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, unfit) in self.unfit.iter().take(SHOWN).enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            match unfit.line {
                Some(line) => write!(f, "{gap}{}:{line}: {}", self.name, unfit.problem)?,
                None => write!(f, "{gap}{}: {}", self.name, unfit.problem)?,
            }
        }
        if self.unfit.len() > SHOWN {
            write!(f, "\nand {} more", self.unfit.len() - SHOWN)?;
        }
        Ok(())
    }
}

impl Taxonomy {
    /// Makes a taxonomy of the text of another program's file; `name` is the file's, for messages,
    /// and that of the taxonomy, without what follows its last dot, where the text gives none.
    ///
    /// # Errors
    /// When something would be lost, with the line.
    pub fn import(
        text: &str,
        format: ImportFormat,
        name: &str,
        options: &ImportOptions,
    ) -> Result<Import, ImportError> {
        let refuse = |unfit: Vec<Unfit>| ImportError { name: name.to_owned(), unfit };
        let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let title = file_name.rsplit_once('.').map_or(file_name, |(title, _)| title);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (file, notes, left_out) = match format {
            ImportFormat::Skos(format) => {
                let read = skos::read(text, format, options.language.as_deref(), title);
                let (file, notes) =
                    read.map_err(|problem| refuse(vec![unfit_of(text, problem)]))?;
                (file, notes, Vec::new())
            }
            ImportFormat::Dictionary(format) => {
                let read = dictionary::read(text, format, title);
                let Dictionary { file, notes, unfit } =
                    read.map_err(|fault| refuse(vec![fault]))?;
                if !unfit.is_empty() && !options.leave_out {
                    return Err(refuse(unfit));
                }
                (file, notes, unfit)
            }
        };
        let toml = writer::write(&file);
        let taxonomy = Self::from_toml(&toml, name).map_err(|error| {
            let problem = match error {
                TaxonomyError::Form { problem, .. } => problem,
                TaxonomyError::Value { key, value, problem, .. } => {
                    format!("{key} `{value}` {problem}")
                }
            };
            refuse(vec![Unfit { line: None, problem }])
        })?;
        Ok(Import { toml, taxonomy, notes, left_out })
    }

    /// Writes the text of a taxonomy's file as SKOS, all that it says and nothing else; remarks and
    /// layout are lost. `name` is the file's, for messages.
    ///
    /// # Errors
    /// As [`from_toml`](Self::from_toml).
    pub fn to_skos(text: &str, name: &str, format: RdfFormat) -> Result<String, TaxonomyError> {
        super::reader::to_skos(text, name, format)
    }
}

/// Says where something stands that would be lost: where its name first does.
fn unfit_of(text: &str, problem: SkosProblem) -> Unfit {
    match problem {
        SkosProblem::Syntax(line, problem) => Unfit { line, problem },
        SkosProblem::Untaken(untaken) => Unfit {
            line: line_of(text, &untaken.what),
            problem: format!("`{}` {}", untaken.what, untaken.reason),
        },
    }
}

/// Finds the line, counted from 1, where an IRI or a text first stands, whole or shortened.
fn line_of(text: &str, what: &str) -> Option<usize> {
    let last = what.rsplit(['/', '#', ':']).next().filter(|last| !last.is_empty())?;
    let is_end = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_');
    let is_whole = |(at, part): &(usize, &str)| {
        text.get(at + part.len()..).is_some_and(|rest| rest.chars().next().is_none_or(is_end))
    };
    let shortened = [':', '#', '/'].map(|mark| format!("{mark}{last}"));
    let parts = std::iter::once(what).chain(shortened.iter().map(String::as_str));
    let at = parts.flat_map(|part| text.match_indices(part)).find(is_whole)?.0;
    Some(1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count())
}
