use crate::{CivilDate, SpeakerId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What sort of document it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// An address by one speaker.
    Speech,
    /// A fact sheet.
    FactSheet,
    /// A statement or announcement to the press.
    PressRelease,
    /// Words of several speakers, turn by turn.
    Transcript,
    /// Testimony before a body.
    Testimony,
    /// Anything else, or not known.
    #[default]
    Other,
}

impl DocumentKind {
    /// All kinds, in the order of declaration.
    pub const ALL: [Self; 6] = [
        Self::Speech,
        Self::FactSheet,
        Self::PressRelease,
        Self::Transcript,
        Self::Testimony,
        Self::Other,
    ];

    /// Returns the name used in queries and outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::FactSheet => "fact-sheet",
            Self::PressRelease => "press-release",
            Self::Transcript => "transcript",
            Self::Testimony => "testimony",
            Self::Other => "other",
        }
    }

    /// Finds the kind of that [`name`](Self::name), whatever its case and with spaces, hyphens
    /// or underscores between the words.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How close the text is to what was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Version {
    /// As prepared for delivery.
    Prepared,
    /// As delivered.
    Delivered,
    /// The official record.
    Official,
    /// Not stated.
    #[default]
    Unknown,
}

/// The one whose words a document or passage holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Speaker {
    /// The id that searches and reports group by.
    pub id: SpeakerId,
    /// The name to show.
    pub name: Box<str>,
}

impl Speaker {
    /// Makes a speaker of the given name, the id derived from it.
    pub fn from_name(name: &str) -> Self {
        Self { id: SpeakerId::from_name(name), name: name.into() }
    }
}

/// Where a document's text came from, enough to make it again byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file, as it was reached from the working folder.
    pub path: PathBuf,
    /// The 1-based line, row or record of the document, in files of many documents.
    pub record: Option<u64>,
    /// The format, such as `text` or `jsonl`.
    pub format: Box<str>,
    /// The reader and its version, such as `onrecord-text/1`.
    pub extractor: Box<str>,
    /// The character encoding that was read, such as `UTF-8`.
    pub encoding: Box<str>,
    /// BLAKE3 of the file's bytes.
    pub blake3: [u8; 32],
}

/// The fields of [`Metadata`] whose origin is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is named after the field of Metadata that it stands for")]
pub enum Field {
    Title,
    Kind,
    Speaker,
    Office,
    Issuer,
    Event,
    Place,
    Date,
    Language,
    Version,
}

impl Field {
    /// All fields, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Kind,
        Self::Speaker,
        Self::Office,
        Self::Issuer,
        Self::Event,
        Self::Place,
        Self::Date,
        Self::Language,
        Self::Version,
    ];

    /// Finds the field of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Speaker => "speaker",
            Self::Office => "office",
            Self::Issuer => "issuer",
            Self::Event => "event",
            Self::Place => "place",
            Self::Date => "date",
            Self::Language => "language",
            Self::Version => "version",
        }
    }
}

/// What is known about a document, given by its owner or inferred from its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title as written.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: DocumentKind,
    /// The one voice of the document; none where there are several, or doubt.
    pub speaker: Option<Speaker>,
    /// The office in which the speaker spoke.
    pub office: Option<String>,
    /// The body that put the document out.
    pub issuer: Option<String>,
    /// The occasion.
    pub event: Option<String>,
    /// Where the words were said.
    pub place: Option<String>,
    /// When the words were said, else when they were released.
    pub date: Option<CivilDate>,
    /// The language, as an ISO 639-1 code.
    pub language: Option<String>,
    /// How close the text is to what was said.
    pub version: Version,
    /// Where the text came from.
    pub source: Source,
    /// Given fields that have no place above, as written.
    pub extra: BTreeMap<String, String>,
    /// The fields above that were guessed from the text or the file's name; the others that hold
    /// a value were given.
    pub inferred: BTreeSet<Field>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_their_names() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(DocumentKind::from_name(" Fact Sheet"), Some(DocumentKind::FactSheet));
        assert_eq!(DocumentKind::from_name("speeches"), None);
    }
}
