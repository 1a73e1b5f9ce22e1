use onrecord_indexing::{Citation, StoredPassage};
use serde::Serialize;

/// A passage that was found: where it stands, whose it is, and of what document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundPassage {
    /// The id of the document.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The title of the document.
    pub title: Option<String>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// The page that its block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// What the passage is: paragraph, list-item, heading, …
    pub block: &'static str,
    /// The headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// The text of the passage.
    pub text: String,
    /// Where it stands in the document's text, in bytes.
    pub byte_start: u32,
    /// One past its last byte.
    pub byte_end: u32,
    /// Where it stands in the document's text, in characters.
    pub char_start: u32,
    /// One past its last character.
    pub char_end: u32,
}

impl From<StoredPassage> for FoundPassage {
    fn from(passage: StoredPassage) -> Self {
        let StoredPassage { span, text, record } = passage;
        let document_id = record.document().to_string();
        let Citation { path, record: line, title, date, kind } = record.citation;
        Self {
            document_id,
            path,
            record: line,
            title,
            speaker: record.speaker.map(|speaker| speaker.name.into()),
            date: date.map(|date| date.to_string()),
            kind: kind.name(),
            passage: record.ordinal,
            page: record.page,
            block: record.kind.name(),
            heading_path: record.headings.into_iter().map(String::from).collect(),
            byte_start: span.start,
            byte_end: span.end,
            char_start: record.char_start,
            char_end: record.char_start + text.chars().count() as u32,
            text,
        }
    }
}
