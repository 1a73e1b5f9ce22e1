use crate::QueryError;
use onrecord_indexing::{Address, IndexError, Reader};
use onrecord_model::DocumentId;
use std::ops::Range;

/// Finds the document that a written id names, and where its head stands.
///
/// # Errors
/// When that is no id, or no document has it.
pub(crate) fn document_of(
    reader: &Reader,
    written: &str,
) -> Result<(DocumentId, Address), QueryError> {
    let id = written.parse().map_err(|_| QueryError::DocumentName(written.to_owned()))?;
    Ok((id, reader.head(id)?))
}

/// Finds a passage of a document, counted from 0.
///
/// # Errors
/// As [`document_of`], or when the document has no such passage.
pub(crate) fn passage_of(
    reader: &Reader,
    written: &str,
    ordinal: u32,
) -> Result<(DocumentId, Address), QueryError> {
    let (id, head) = document_of(reader, written)?;
    check_passage(id, ordinal, reader.document_at(head)?.n_passages)?;
    Ok((id, reader.passage_of(head, ordinal)))
}

/// Lists the passages of a document that are asked for: one or all.
///
/// # Errors
/// When there is no such passage.
pub(crate) fn passages_of(
    document: DocumentId,
    asked: Option<u32>,
    n_passages: u32,
) -> Result<Range<u32>, QueryError> {
    let Some(ordinal) = asked else { return Ok(0..n_passages) };
    check_passage(document, ordinal, n_passages)?;
    Ok(ordinal..ordinal + 1)
}

/// Checks that a document has a passage.
///
/// # Errors
/// When it has fewer.
pub(crate) fn check_passage(
    document: DocumentId,
    ordinal: u32,
    n_passages: u32,
) -> Result<(), QueryError> {
    if ordinal < n_passages {
        return Ok(());
    }
    Err(IndexError::NoPassage { document, ordinal, n_passages }.into())
}
