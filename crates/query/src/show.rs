use crate::QueryError;
use crate::locate::{document_of, passages_of};
use onrecord_indexing::{DocumentRecord, LabelRecord, Reader};
use onrecord_model::DocumentId;
use serde::Serialize;

/// A document, or a passage of it, with all that is known about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownDocument {
    /// The id.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The title.
    pub title: Option<String>,
    /// The one voice of the document.
    pub speaker: Option<String>,
    /// The office in which the speaker spoke.
    pub office: Option<String>,
    /// The body that put it out.
    pub issuer: Option<String>,
    /// The occasion.
    pub event: Option<String>,
    /// Where the words were said.
    pub place: Option<String>,
    /// The date, as precise as it is known.
    pub date: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The language, as an ISO 639-1 code.
    pub language: Option<String>,
    /// The fields above that were guessed from the text or the file's name.
    pub inferred: Vec<String>,
    /// Given fields that have no place above.
    pub extra: std::collections::BTreeMap<String, String>,
    /// The format, the reader and the encoding that gave the text.
    pub extractor: String,
    /// BLAKE3 of the canonical text, hexadecimal.
    pub blake3: String,
    /// How many passages the document has.
    pub n_passages: u32,
    /// The passages shown.
    pub passages: Vec<ShownPassage>,
}

/// A passage with its labels and their evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownPassage {
    /// Its place in the document, counted from 0.
    pub passage: u32,
    /// The page that its block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// What it is: paragraph, list-item, heading, …
    pub block: &'static str,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// Where it stands in the document's text, in characters.
    pub char_start: u32,
    /// Where it stands in the document's text, in bytes.
    pub byte_start: u32,
    /// Words of speech.
    pub words: u32,
    /// The blanks before it.
    pub lead: String,
    /// Its text.
    pub text: String,
    /// Its labels, in the order of the taxonomy.
    pub labels: Vec<LabelRecord>,
}

/// Shows the document of an id, all of it or one passage.
///
/// # Errors
/// When there is no such document or passage, or what the index holds is not what was written.
pub fn show(
    reader: &Reader,
    document: &str,
    passage: Option<u32>,
) -> Result<ShownDocument, QueryError> {
    let (id, head) = document_of(reader, document)?;
    let record = reader.document_at(head)?;
    let passages = passages_of(id, passage, record.n_passages)?
        .map(|ordinal| {
            let stored = reader.passage(reader.passage_of(head, ordinal))?;
            let passage = stored.record;
            Ok(ShownPassage {
                passage: passage.ordinal,
                page: passage.page,
                block: passage.kind.name(),
                char_start: passage.char_start,
                byte_start: passage.start,
                words: passage.words,
                speaker: passage.speaker.map(|speaker| speaker.name.into()),
                lead: passage.lead.into(),
                text: stored.text,
                labels: passage.labels,
            })
        })
        .collect::<Result<_, QueryError>>()?;
    Ok(describe(id, record, passages))
}

fn describe(id: DocumentId, record: DocumentRecord, passages: Vec<ShownPassage>) -> ShownDocument {
    let metadata = record.metadata;
    let source = metadata.source;
    let inferred = metadata.inferred.iter().map(|field| field.name().to_owned()).collect();
    ShownDocument {
        document_id: id.to_string(),
        path: source.path.to_string_lossy().into_owned(),
        record: source.record,
        title: metadata.title,
        speaker: metadata.speaker.map(|speaker| speaker.name.into()),
        office: metadata.office,
        issuer: metadata.issuer,
        event: metadata.event,
        place: metadata.place,
        date: metadata.date.map(|date| date.to_string()),
        kind: metadata.kind.name(),
        language: metadata.language,
        inferred,
        extra: metadata.extra,
        extractor: format!("{}, {}, {}", source.format, source.extractor, source.encoding),
        blake3: onrecord_indexing::hexadecimal(&record.text_blake3),
        n_passages: record.n_passages,
        passages,
    }
}
