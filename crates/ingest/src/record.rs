//! Records to documents.

use crate::corrections::{Correcting, CorrectionOutcome, Ledger, correct_text, infer_corrected};
use crate::decode::decode;
use crate::extract::{Body, Extract, extract};
use crate::format::{Format, MESSAGE_ID, TEXT_KEYS, json_fields};
use crate::metadata::{Draft, is_error_page, title_of};
use crate::reader::ReaderOptions;
use crate::sandbox::{Host, Sandbox, Unread};
use crate::structure::{complete, lay_out};
use crate::{Problem, SourceFile};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_model::{Document, DocumentId, Source};
use onrecord_text::canonicalize;
use std::sync::Arc;

/// What the records of one file share.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) file: SourceFile,
    pub(crate) format: Format,
    pub(crate) encoding: &'static Encoding,
    pub(crate) blake3: [u8; 32],
    /// Fields given beside the file, the strongest first.
    pub(crate) given: Vec<(String, String)>,
    pub(crate) options: Arc<ReaderOptions>,
    pub(crate) sandbox: Option<Arc<Sandbox>>,
    pub(crate) ledger: Arc<Ledger>,
    /// The corrections that name the file, or a line of it.
    pub(crate) corrections: Vec<usize>,
}

impl Origin {
    /// Reads the bytes of one document, where there is a sandbox and the format asks for it, there.
    fn extract(&self, format: Format, bytes: Vec<u8>) -> Result<Extract, Unread> {
        match &self.sandbox {
            Some(sandbox) if format.needs_sandbox() => {
                sandbox.extract(format, self.encoding, &bytes)
            }
            Some(_) | None => extract(format, self.encoding, bytes, &mut Host::unconfined())
                .map_err(Unread::Refused),
        }
    }
}

/// The bytes of one document, not yet looked at.
#[derive(Debug)]
pub(crate) enum Content {
    Whole(Vec<u8>),
    Line(Vec<u8>),
    Message {
        bytes: Vec<u8>,
        /// How many messages of its `Message-ID` the file holds up to it, itself among them.
        nth_of_id: u32,
    },
    Row {
        columns: Arc<[String]>,
        fields: csv::ByteRecord,
    },
}

/// One document as its file holds it: cheap to make, to be read on any thread.
#[derive(Debug)]
pub struct Record {
    origin: Arc<Origin>,
    number: Option<u64>,
    content: Content,
}

/// A document, with what was lost or doubtful in reading it.
#[derive(Debug)]
pub struct ReadDocument {
    /// The document.
    pub document: Document,
    /// Why it counts as read in part; empty where it was read whole.
    pub problems: Vec<Problem>,
    /// What became of the corrections of the document.
    pub corrections: Vec<CorrectionOutcome>,
}

impl Record {
    pub(crate) fn new(origin: &Arc<Origin>, number: Option<u64>, content: Content) -> Self {
        Self { origin: origin.clone(), number, content }
    }

    /// Returns the 1-based line that the record starts on, in files of many documents.
    pub fn number(&self) -> Option<u64> {
        self.number
    }

    /// Returns the number of bytes that the record holds in memory.
    pub fn n_bytes(&self) -> usize {
        match &self.content {
            Content::Whole(bytes) | Content::Line(bytes) | Content::Message { bytes, .. } => {
                bytes.len()
            }
            Content::Row { fields, .. } => fields.as_slice().len(),
        }
    }

    /// Reads the record: decodes it, brings its text into canonical form, finds its blocks and
    /// its metadata.
    ///
    /// # Errors
    /// Why the record is no document: a line that is no JSON object, a text that is empty.
    pub fn into_document(self) -> Result<ReadDocument, Problem> {
        let Self { origin, number, content } = self;
        let refused = |reason: String| Problem::of_record(number, reason);
        let unread = |unread| match unread {
            Unread::Refused(reason) => refused(reason),
            Unread::Hindered(reason) => Problem { is_passing: true, ..refused(reason) },
        };
        let mut draft = Draft::default();
        for (key, value) in &origin.given {
            draft.give(key, value);
        }
        let extracted = match content {
            Content::Whole(bytes) => origin.extract(origin.format, bytes).map_err(unread)?,
            Content::Message { bytes, nth_of_id } => {
                let read = origin.extract(Format::Mail, bytes).map_err(unread)?;
                let own_id = read.draft.extra(MESSAGE_ID).map(|id| match nth_of_id {
                    0 | 1 => id.to_owned(),
                    // Others than the first of one id have to be told apart.
                    nth => format!("{id}#{nth}"),
                });
                draft.native_id = draft.native_id.or(own_id);
                read
            }
            Content::Line(bytes) => {
                let text = read_json(bytes, &origin, &mut draft).map_err(refused)?;
                Extract::plain(text, origin.format)
            }
            Content::Row { columns, fields } => {
                Extract::plain(read_row(&columns, &fields, &origin, &mut draft), origin.format)
            }
        };
        compose(&origin, number, extracted, draft).map_err(refused)
    }
}

/// Why a page counts as read in part that a server sent in place of another.
const ERROR_PAGE: &str = "looks like an error page of a web server, not a document";

fn compose(
    origin: &Origin,
    number: Option<u64>,
    extracted: Extract,
    mut draft: Draft,
) -> Result<ReadDocument, String> {
    draft.absorb(extracted.draft);
    let file = &origin.file;
    let native_id = draft.native_id.clone().or_else(|| number.map(|number| number.to_string()));
    let id = DocumentId::new(&file.root, &file.relative, native_id.as_deref());
    let corrections = origin.ledger.of_document(&origin.corrections, number, id);
    let mut correcting = Correcting::new(corrections);
    let mut layout = match correct_text(extracted.body, &mut correcting) {
        Body::Plain(text) => lay_out(canonicalize(&text).text),
        Body::Laid(page) => complete(page),
    };
    if layout.text.trim().is_empty() {
        return Err(no_text(&draft.problems));
    }
    if u32::try_from(layout.text.len()).is_err() {
        return Err(format!(
            "its text is longer than the {} bytes that a document may have",
            u32::MAX
        ));
    }
    if infer_corrected(&mut draft, &layout, &file.path, &mut correcting) && layout.turns.is_empty()
    {
        layout.leave_voices_open();
    }
    if origin.format == Format::Html && is_error_page(title_of(&draft), &layout.text) {
        draft.problems.push(ERROR_PAGE.to_owned());
    }
    let (mut metadata, reasons) = draft.finish();
    metadata.source = Source {
        path: file.path.clone(),
        record: number,
        format: origin.format.name().into(),
        extractor: correcting.extractor(extracted.extractor).into(),
        encoding: extracted.encoding.as_deref().unwrap_or(origin.encoding.name()).into(),
        blake3: origin.blake3,
    };
    let problems = reasons.into_iter().map(|reason| Problem::of_record(number, reason)).collect();
    let document = Document::new(id, metadata, layout.text.into_boxed_str(), layout.blocks)
        .with_turns(layout.turns);
    Ok(ReadDocument { document, problems, corrections: correcting.outcomes })
}

/// Says that there is no text, and what was left out where that may be why.
fn no_text(problems: &[String]) -> String {
    if problems.is_empty() {
        return "no text".to_owned();
    }
    format!("no text is left: {}", problems.join("; "))
}

fn read_json(line: Vec<u8>, origin: &Origin, draft: &mut Draft) -> Result<String, String> {
    let line = if is_utf_16(origin.encoding) {
        line
    } else {
        let decoded = decode(line, origin.encoding);
        draft.note_encoding(decoded.note);
        decoded.text.into_bytes()
    };
    let found = json_fields(&line, &origin.options.columns)?;
    draft.give_all(found.fields.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    found.text.ok_or_else(|| format!("no text: it has none of the keys {}", TEXT_KEYS.join(", ")))
}

fn read_row(
    columns: &[String],
    fields: &csv::ByteRecord,
    origin: &Origin,
    draft: &mut Draft,
) -> String {
    let encoding = if is_utf_16(origin.encoding) { UTF_8 } else { origin.encoding };
    let names: Vec<&str> = columns
        .iter()
        .map(|column| origin.options.columns.get(column).unwrap_or(column).as_str())
        .collect();
    if fields.len() != columns.len() {
        draft.problems.push(format!("{} fields under {} columns", fields.len(), columns.len()));
    }
    let text_at = TEXT_KEYS
        .iter()
        .find_map(|key| names.iter().position(|name| name.eq_ignore_ascii_case(key)));
    let mut text = String::new();
    let mut given = Vec::with_capacity(fields.len());
    for (at, field) in fields.iter().enumerate() {
        let decoded = decode(field.to_vec(), encoding);
        draft.note_encoding(decoded.note);
        if Some(at) == text_at {
            text = decoded.text;
        } else {
            given.push((names.get(at).copied().unwrap_or("unnamed"), decoded.text));
        }
    }
    draft.give_all(given.iter().map(|(name, value)| (*name, value.as_str())));
    text
}

/// Tells whether files of many records are read as UTF-8 made of the encoding.
pub(crate) fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}
