use crate::QueryError;
use crate::cite::{Locator, citation};
use crate::quotations::Quotations;
use crate::surroundings::Surroundings;
use onrecord_indexing::{Address, PassageRecord, Reader};
use onrecord_model::Span;
use serde::Serialize;

/// Words of the index with all that is needed to cite them: where they stand, who said them, in
/// what and when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedWords {
    /// The words, as they stand in the document.
    pub text: String,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// Whom they quote, as written; `someone` where that cannot be told.
    pub quoted: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// The title of the document.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The id of the document.
    pub document_id: String,
    /// The place in the document of the passage that they begin in, counted from 0.
    pub passage: u32,
    /// The page that the passage's block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// The headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// Where they stand in the document's text, in bytes.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
    /// Where they stand in the document's text, in characters.
    pub char_start: u32,
    /// One past the last character.
    pub char_end: u32,
    /// The file that the document came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The source as a note cites it.
    pub citation: String,
    /// What stands around them in their passage, or the two that they run over.
    #[serde(flatten)]
    pub surroundings: Surroundings,
}

/// Where words stand.
pub(crate) struct WordPlace<'a> {
    /// The head of the document.
    pub(crate) head: Address,
    /// The record of the passage that they begin in.
    pub(crate) record: &'a PassageRecord,
    /// The text of that passage, or of the two that they run over.
    pub(crate) context: &'a str,
    /// Where they stand in it, in bytes.
    pub(crate) within: Span,
    /// Where they stand in the document's text, in bytes.
    pub(crate) bytes: Span,
    /// Where they stand in the document's text, in characters.
    pub(crate) chars: Span,
}

impl CitedWords {
    /// Puts together all that is needed to cite words.
    ///
    /// # Errors
    /// When what the index holds of the document is not what was written.
    pub(crate) fn at(
        place: &WordPlace<'_>,
        reader: &Reader,
        quotations: &mut Quotations<'_>,
    ) -> Result<Self, QueryError> {
        let record = place.record;
        let cited = &record.citation;
        let document = reader.document_at(place.head)?;
        Ok(Self {
            text: place.context.get(place.within.range()).unwrap_or_default().to_owned(),
            speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            quoted: quotations.quoted_at(place.head, record, place.bytes)?,
            date: cited.date.map(|date| date.to_string()),
            title: cited.title.clone(),
            kind: cited.kind.name(),
            document_id: record.document().to_string(),
            passage: record.ordinal,
            page: record.page,
            heading_path: record.headings.iter().map(|heading| heading.to_string()).collect(),
            byte_start: place.bytes.start,
            byte_end: place.bytes.end,
            char_start: place.chars.start,
            char_end: place.chars.end,
            path: cited.path.clone(),
            record: cited.record,
            citation: citation(&document.metadata, &Locator::of(record)),
            surroundings: Surroundings::of(place.context, place.within),
        })
    }
}
