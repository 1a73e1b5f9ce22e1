use onrecord_indexing::{IndexError, Reader};
use onrecord_ingest::{Untraced, trace};
use onrecord_model::{DocumentId, Source, Span};
use serde::Serialize;

/// Where passages of a document stand in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceSpans {
    /// BLAKE3 of the file's bytes when they were indexed, hexadecimal.
    pub file_blake3: Option<String>,
    /// Whether the file is gzipped, so that the bytes are those of the unpacked stream.
    pub unpacked: bool,
    /// Why there are no spans.
    pub reason: Option<String>,
    /// In the order asked for; empty where there is a reason.
    pub spans: Vec<SourceSpan>,
}

/// Where a passage stands in its file: the smallest stretch that holds all that it was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SourceSpan {
    /// The passage.
    pub passage: u32,
    /// Its first byte, counted from 0.
    pub byte_start: u64,
    /// One past its last byte.
    pub byte_end: u64,
}

/// Leads passages of a document, or all, to the bytes of its file, which is read again for it.
///
/// # Errors
/// When there is no such document or passage, or what the index holds is not what was written.
pub fn source_spans(
    reader: &Reader,
    document: DocumentId,
    passage: Option<u32>,
) -> Result<SourceSpans, IndexError> {
    let head = reader.head(document)?;
    let record = reader.document_at(head)?;
    let blake3 = file_hash(reader, &record.source)?;
    let source = Source { blake3: blake3.unwrap_or_default(), ..record.metadata.source };
    let is_text = |text: &str| *blake3::hash(text.as_bytes()).as_bytes() == record.text_blake3;
    let traced = match blake3 {
        Some(_) => trace(&source, &is_text),
        None => Err(Untraced::Unfinished),
    };
    let file_blake3 = blake3.map(|hash| onrecord_indexing::hexadecimal(&hash));
    let mut found = SourceSpans { file_blake3, unpacked: false, reason: None, spans: Vec::new() };
    match traced {
        Err(untraced) => found.reason = Some(untraced.to_string()),
        Ok(trace) => {
            found.unpacked = trace.is_unpacked();
            let ordinals = passage.map_or(0..record.n_passages, |ordinal| ordinal..ordinal + 1);
            for ordinal in ordinals {
                let span: Span = reader.passage(reader.passage_of(head, ordinal))?.span;
                let range = trace.source_range(span);
                let (byte_start, byte_end) = (range.start, range.end);
                found.spans.push(SourceSpan { passage: ordinal, byte_start, byte_end });
            }
        }
    }
    Ok(found)
}

/// Returns the hash of a source file's bytes, if the index remembers the file.
fn file_hash(reader: &Reader, key: &str) -> Result<Option<[u8; 32]>, IndexError> {
    let mut found = None;
    reader.for_each_source(|source| {
        if source.key == key {
            found = Some(source.blake3);
        }
    })?;
    Ok(found)
}
