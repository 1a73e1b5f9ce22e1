//! Citations: a document, or a place in it, in the forms that manuals of style ask for.

mod apa;
mod bibtex;
mod bluebook;
mod chicago;
mod csl;
mod dates;
mod fragment;
mod name;
mod plain;
mod quoted;
mod request;
mod ris;
mod selector;
mod work;

pub use request::{CiteRequest, CiteResponse, cite};
pub use selector::TextQuoteSelector;

use onrecord_indexing::PassageRecord;
use onrecord_model::{DocumentId, Metadata};
use serde::Serialize;
use serde_json::Value;
use work::Work;

/// The place in a document that is cited; empty for the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locator {
    /// Who speaks there, where that is beyond doubt.
    pub speaker: Option<String>,
    /// Whether the words there are said, and nobody is known to have said them: they are not given
    /// to the main speaker of the document.
    pub is_unattributed: bool,
    /// The page, counted from 1, where the document has pages.
    pub page: Option<u32>,
    /// The paragraph, counted from 1 among those that were said: without header, headings and
    /// notes. Cited where there is no page.
    pub paragraph: Option<u32>,
}

impl Locator {
    /// Makes the locator of a passage: speaker and page. Its paragraph is not known from the
    /// passage alone; [`cite`] counts it.
    pub fn of(passage: &PassageRecord) -> Self {
        Self {
            speaker: passage.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            is_unattributed: passage.speaker.is_none() && passage.kind.is_speech(),
            page: passage.page,
            paragraph: None,
        }
    }
}

/// Writes the citation of a place in a document, as a note of the Chicago Manual of Style.
///
/// What the record lacks is left out. This is what a column `citation` holds. A document of which
/// nothing is known but its file is cited by the path.
///
/// ```
/// use onrecord_model::{DocumentKind, Metadata, Speaker};
/// use onrecord_query::{Locator, citation};
///
/// let metadata = Metadata {
///     title: Some("On Rivers".into()),
///     kind: DocumentKind::Speech,
///     speaker: Some(Speaker::from_name("Ada Vale")),
///     place: Some("Tresk".into()),
///     date: Some("2009-03-12".parse().unwrap()),
///     ..Metadata::default()
/// };
/// let locator = Locator { paragraph: Some(4), ..Locator::default() };
/// assert_eq!(
///     citation(&metadata, &locator),
///     "Ada Vale, “On Rivers” (speech, Tresk, March 12, 2009), para. 4."
/// );
/// ```
pub fn citation(metadata: &Metadata, locator: &Locator) -> String {
    let work = Work::new(metadata, locator);
    or_file(metadata, &work, chicago::note)
}

/// Writes a citation, or the path of the file where nothing is known that a style could write.
fn or_file(metadata: &Metadata, work: &Work<'_>, style: fn(&Work<'_>) -> String) -> String {
    if work.is_known() {
        return style(work);
    }
    let file = metadata.source.path.to_string_lossy().into_owned();
    let record = metadata.source.record.map(|record| format!(", record {record}"));
    let pinpoint = work.pinpoint().map(|pinpoint| format!(", {pinpoint}"));
    format!("{file}{}{}", record.unwrap_or_default(), pinpoint.unwrap_or_default())
}

/// A citation in all the styles that there are; docs/citations.md says which rules each follows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citations {
    /// Chicago Manual of Style, 17th edition, a note.
    pub chicago_note: String,
    /// The same, an entry of a bibliography.
    pub chicago_bibliography: String,
    /// APA, 7th edition, an entry of the references.
    pub apa: String,
    /// The same, as it stands in the text.
    pub apa_in_text: String,
    /// Bluebook, 21st edition.
    pub bluebook: String,
    /// An item of CSL-JSON.
    pub csl_json: Value,
    /// A BibTeX entry.
    pub bibtex: String,
    /// A RIS record, with lines that end in CR LF.
    pub ris: String,
    /// All that is known, without a style.
    pub plain: String,
}

impl Citations {
    /// Writes the citations of a place in a document.
    pub fn of(metadata: &Metadata, id: DocumentId, locator: &Locator) -> Self {
        let work = Work::new(metadata, locator);
        let name = id.to_string();
        let text = |style: fn(&Work<'_>) -> String| or_file(metadata, &work, style);
        Self {
            chicago_note: text(chicago::note),
            chicago_bibliography: text(chicago::bibliography),
            apa: text(apa::reference),
            apa_in_text: text(apa::in_text),
            bluebook: text(bluebook::bluebook),
            csl_json: csl::item(&work, &name),
            bibtex: bibtex::entry(&work, id),
            ris: ris::record(&work, &name),
            plain: text(plain::plain),
        }
    }
}
