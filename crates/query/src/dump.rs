use crate::QueryError;
use onrecord_indexing::{Address, DocumentRecord, Reader, hexadecimal};
use serde::Serialize;

/// One line of a dump: a document in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentLine {
    /// The id.
    pub id: String,
    /// The file that it came from.
    pub path: String,
    /// The title.
    pub title: Option<String>,
    /// The date, as precise as it is known.
    pub date: Option<String>,
    /// The main speaker of the document.
    pub speaker: Option<String>,
    /// The main speaker's id.
    pub speaker_id: Option<String>,
    /// BLAKE3 of the text as it is stored, hexadecimal.
    pub blake3: String,
    /// How many passages it has.
    pub passages: u32,
    /// How many labels its passages carry.
    pub labels: u32,
    /// How many corrections are in force in it.
    pub n_corrections: usize,
}

/// Visits all documents of an index, by id.
///
/// # Errors
/// When what the index holds is not what was written, or `visit` fails.
pub fn dump<E: From<QueryError>>(
    reader: &Reader,
    mut visit: impl FnMut(&DocumentLine) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |error: onrecord_indexing::IndexError| E::from(QueryError::from(error));
    reader.check_contents().map_err(failed)?;
    let mut documents: Vec<(String, Address)> = Vec::new();
    for head in reader.heads().map_err(failed)? {
        documents.push((reader.document_at(head).map_err(failed)?.id().to_string(), head));
    }
    documents.sort_unstable();
    for (_, head) in documents {
        let record = reader.document_at(head).map_err(failed)?;
        let line = line_of(reader, head, &record).map_err(E::from)?;
        visit(&line)?;
    }
    Ok(())
}

fn line_of(
    reader: &Reader,
    head: Address,
    record: &DocumentRecord,
) -> Result<DocumentLine, QueryError> {
    let text = reader.text_hash(head, record)?;
    let metadata = &record.metadata;
    Ok(DocumentLine {
        id: record.id().to_string(),
        path: metadata.source.path.to_string_lossy().into_owned(),
        title: metadata.title.clone(),
        date: metadata.date.map(|date| date.to_string()),
        speaker: metadata.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        speaker_id: metadata.speaker.as_ref().map(|speaker| speaker.id.to_string()),
        blake3: hexadecimal(&text),
        passages: record.n_passages,
        labels: record.n_labels,
        n_corrections: metadata.extra.get("corrected").map_or(0, |notes| notes.lines().count()),
    })
}
