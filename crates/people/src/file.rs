//! The TOML form of a roster, as written.

use serde::Deserialize;
use toml::Spanned;

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RosterFile {
    pub(crate) of: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) body: Vec<BodyFile>,
    #[serde(default)]
    pub(crate) person: Vec<PersonFile>,
}

/// `[[body]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BodyFile {
    pub(crate) name: Spanned<String>,
    pub(crate) of: Spanned<String>,
}

/// `[[person]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonFile {
    pub(crate) id: Spanned<String>,
    pub(crate) name: Spanned<String>,
    pub(crate) family: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) aliases: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) honorifics: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) office: Vec<OfficeFile>,
}

/// `[[person.office]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeFile {
    pub(crate) title: Spanned<String>,
    pub(crate) of: Option<Spanned<String>>,
    pub(crate) from: Option<Spanned<DateFile>>,
    pub(crate) to: Option<Spanned<DateFile>>,
}

/// A date in quotes, or a year as a number.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum DateFile {
    Written(String),
    Year(i64),
    Date(toml::value::Datetime),
}

impl DateFile {
    /// Returns the date as it is written in the file.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Written(written) => written.clone(),
            Self::Year(year) => format!("{year:04}"),
            Self::Date(date) => date.to_string(),
        }
    }
}
