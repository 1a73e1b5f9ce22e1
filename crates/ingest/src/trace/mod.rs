//! Spans of a document's text to bytes of its file.
//!
//! No map is kept: the file's hash, the reader and its version give the same text again, byte for
//! byte, and this time with the way back. What is told is thus also proved.

mod decoding;
mod json;
mod locate;
mod rows;

use crate::corrections::has_corrected_words;
use crate::format::{Format, trace_markdown};
use crate::hash_file;
use crate::record::is_utf_16;
use decoding::decode_traced;
use encoding_rs::{Encoding, UTF_8};
use locate::OpenedFile;
use onrecord_model::{Source, Span};
use onrecord_text::{OffsetMap, canonicalize};
use std::io;
use std::ops::Range;

/// Leads from a document's text to the bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    start: u64,
    offsets: OffsetMap,
    is_unpacked: bool,
}

/// Why a document's text is not led to the bytes of its file.
#[derive(Debug, thiserror::Error)]
pub enum Untraced {
    /// The text of this format is not copied from the file's bytes.
    #[error("no offset map for {0}: its offsets lead to the extracted text alone")]
    NoMap(String),
    /// The file is not where it was.
    #[error("the file is not there any more, as seen from the working folder")]
    Gone,
    /// The file's bytes are others than those that were read.
    #[error("the file has changed since it was indexed: run onrecord index again")]
    Changed,
    /// It is not known what bytes the file had, since the run that read it did not reach its end.
    #[error("the run that read the file was ended early: run onrecord index again")]
    Unfinished,
    /// The text is not that of the file.
    #[error("words of it were corrected, so that its offsets are no longer the file's")]
    Corrected,
    /// This program reads the file in another way.
    #[error("the file was read by {0}, which this program is not: run onrecord index again")]
    OtherReader(String),
    /// The file gives another text than it did.
    #[error("the file does not give the text that the index holds: run onrecord index again")]
    OtherText,
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

impl Trace {
    /// Returns the smallest stretch of the file that holds all that a span of the document's text
    /// was made of; empty where nothing of the span stands in the file.
    ///
    /// In bytes of the file, or of the stream in it, if it [is gzipped](Self::is_unpacked).
    pub fn source_range(&self, span: Span) -> Range<u64> {
        let found = self.offsets.source_span(span);
        self.start + u64::from(found.start)..self.start + u64::from(found.end)
    }

    /// Tells whether the bytes are those of the unpacked stream: the file is gzipped.
    pub fn is_unpacked(&self) -> bool {
        self.is_unpacked
    }
}

/// Leads a document's text to the bytes of its file; `is_text` tells its canonical text.
///
/// `source` is as it stood in the metadata of the document when it was read. The file is read
/// again, once it is sure that its bytes are the same; a reader that they made an end of would not
/// have given the document, so this needs no process of its own.
///
/// # Errors
/// Why that cannot be done.
pub fn trace(source: &Source, is_text: &dyn Fn(&str) -> bool) -> Result<Trace, Untraced> {
    if !FORMATS.contains(&&*source.format) {
        return Err(Untraced::NoMap(source.format.to_string()));
    }
    if has_corrected_words(&source.extractor) {
        return Err(Untraced::Corrected);
    }
    let hash = hash_file(&source.path).map_err(|error| {
        let is_gone = error.kind() == io::ErrorKind::NotFound;
        if is_gone { Untraced::Gone } else { Untraced::Unreadable(error) }
    })?;
    if hash != source.blake3 {
        return Err(Untraced::Changed);
    }
    let file = OpenedFile::open(&source.path)?;
    let format = file.format.filter(|format| *format.extractor() == *source.extractor);
    let format = format.ok_or_else(|| Untraced::OtherReader(source.extractor.to_string()))?;
    let place = match source.record {
        Some(number) => file.place_of(format, number)?.ok_or(Untraced::OtherText)?,
        None => 0..u64::MAX,
    };
    let (start, bytes) = file.cut(place)?;
    let candidates = candidates(format, file.encoding, &bytes);
    let offsets = candidates.into_iter().find_map(|read| read.offsets_if(is_text));
    let offsets = offsets.ok_or(Untraced::OtherText)?;
    Ok(Trace { start, offsets, is_unpacked: file.is_unpacked })
}

/// The names of the formats whose text is copied from the file's bytes.
const FORMATS: [&str; 4] = ["text", "markdown", "jsonl", "csv"];

/// Bytes read as a text, and the way back.
#[derive(Debug, Default)]
struct Traced {
    text: String,
    offsets: OffsetMap,
}

impl Traced {
    /// Leads the text on to what the source of its own was made of.
    fn through(self, inner: &OffsetMap) -> Self {
        Self { offsets: self.offsets.through(inner), ..self }
    }

    /// Returns the map of the canonical text, if that is the text sought.
    fn offsets_if(self, is_text: &dyn Fn(&str) -> bool) -> Option<OffsetMap> {
        let canonical = canonicalize(&self.text);
        is_text(&canonical.text).then(|| canonical.offsets.through(&self.offsets))
    }
}

/// Reads the bytes of one record as the texts that may be its document's, the likeliest first:
/// which key or column holds the text, the options of the run said, and these are not kept.
fn candidates(format: Format, encoding: &'static Encoding, bytes: &[u8]) -> Vec<Traced> {
    match format {
        Format::Text => vec![decode_traced(bytes, encoding)],
        Format::Markdown => {
            let decoded = decode_traced(bytes, encoding);
            let (page, offsets) = trace_markdown(&decoded.text);
            vec![Traced { text: page.text, offsets }.through(&decoded.offsets)]
        }
        Format::JsonLines => {
            let line = decode_traced(bytes, encoding);
            let texts = json::string_values(&line.text);
            texts.into_iter().map(|text| text.through(&line.offsets)).collect()
        }
        Format::Rows(delimiter) if is_utf_16(encoding) => {
            let row = decode_traced(bytes, encoding);
            let texts = rows::texts(row.text.as_bytes(), delimiter, UTF_8);
            texts.into_iter().map(|text| text.through(&row.offsets)).collect()
        }
        Format::Rows(delimiter) => rows::texts(bytes, delimiter, encoding),
        Format::Html
        | Format::CongressionalRecord
        | Format::Xml
        | Format::Docx
        | Format::Odt
        | Format::Epub
        | Format::Rtf
        | Format::Pdf
        | Format::Mail
        | Format::Mailbox
        | Format::Subtitles => Vec::new(),
    }
}
