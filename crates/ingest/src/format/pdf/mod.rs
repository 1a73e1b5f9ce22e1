//! PDF: pages of lines, by poppler where it is installed, else by a reader of our own.

mod clean;
mod cmap;
mod columns;
mod content;
mod encoding;
mod font;
mod geometry;
mod layout;
mod objects;
mod own;
mod page;
mod poppler;
mod tokens;
mod words;

use super::block_text::{BlockText, Page};
use crate::metadata::Draft;
use crate::sandbox::Host;
pub(super) use clean::strip_furniture;
pub(super) use geometry::Area;
pub(super) use page::{PdfPage, TextLine};

use clean::{Cleaned, clean};

/// The reader of this crate and its version; the rest names what it stands on.
const EXTRACTOR: &str = "onrecord-pdf/1";

/// The version of the crate for objects, as `Cargo.toml` has it.
const OWN_READER: &str = "lopdf/0.47";

/// Running lines that are kept as an extra field, in bytes.
const MAX_RUNNING: usize = 2000;

/// Reads a PDF; returns its blocks, and the reader with its version.
///
/// # Errors
/// Why it has no text that can be read: encrypted, damaged, images only.
pub(crate) fn read_pdf(
    bytes: &[u8],
    draft: &mut Draft,
    host: &mut Host<'_>,
) -> Result<(Page, String), String> {
    read_with(bytes, poppler::version(host).map(|_| PdfReader::Poppler), draft, host)
}

/// Reads with poppler where it is asked for and reads anything, else with the reader of our own,
/// which also names what is wrong.
fn read_with(
    bytes: &[u8],
    preferred: Option<PdfReader>,
    draft: &mut Draft,
    host: &mut Host<'_>,
) -> Result<(Page, String), String> {
    let opened = own::open(bytes);
    let by_poppler = match preferred {
        Some(PdfReader::Poppler) => poppler::read_with_poppler(bytes, host),
        Some(PdfReader::Own) | None => None,
    };
    let (pages, reader) = match by_poppler {
        Some(pages) => {
            let told = opened.as_ref().ok();
            draft
                .problems
                .extend(told.and_then(|document| own::images_without_text(document, &pages, host)));
            let version = poppler::version(host).unwrap_or("unknown");
            (pages, format!("{EXTRACTOR} pdftotext/{version}"))
        }
        None => {
            let reading = own::read_own(opened.as_ref().map_err(Clone::clone)?, host)?;
            draft.problems.extend(reading.problems);
            if reading.n_hidden > 0 {
                draft.give("hidden_text", &format!("{} letters left out", reading.n_hidden));
            }
            (reading.pages, format!("{EXTRACTOR} {OWN_READER}"))
        }
    };
    if is_cut_off(bytes) {
        draft.problems.push("its end is missing: pages may be lost".to_owned());
    }
    let cleaned = clean(pages);
    if let Ok(document) = &opened {
        give_stated(document, &cleaned, draft);
    }
    if !cleaned.running_lines.is_empty() {
        let mut running = cleaned.running_lines.join(" | ");
        running.truncate(running.floor_char_boundary(MAX_RUNNING));
        draft.give("running_heads", &running);
    }
    Ok((written(&cleaned), reader))
}

/// Tells whether a file lacks the mark of its end, which is looked for in its last 2 KiB, since
/// other bytes may follow (ISO 32000-1, annex H).
fn is_cut_off(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default();
    memchr::memmem::find(tail, b"%%EOF").is_none()
}

/// Takes what the file states of itself as a hint: its title only where the first page shows it
/// too, since such titles are often those of a template or of another file.
fn give_stated(document: &lopdf::Document, cleaned: &Cleaned, draft: &mut Draft) {
    if let Some(title) = own::stated(document, b"Title") {
        draft.give("pdf_title", &title);
        let first_page = cleaned.blocks.iter().filter(|block| block.page <= 1);
        let wanted = letters_of(&title);
        let mut shown = first_page.filter(|block| letters_of(&block.text) == wanted);
        if let Some(block) = shown.next().filter(|_| title.split_whitespace().nth(1).is_some()) {
            draft.infer_title(&block.text);
        }
    }
    if let Some(created) = own::stated(document, b"CreationDate") {
        draft.give("pdf_created", &created);
    }
}

/// Returns the letters and digits of a text, in lower case.
fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn written(cleaned: &Cleaned) -> Page {
    let mut text = BlockText::default();
    for block in &cleaned.blocks {
        text.open(block.kind);
        text.begin_page(block.page);
        text.push(&block.text);
        text.close();
    }
    text.finish()
}

/// The two ways to take the text out of a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfReader {
    /// `pdftotext` of poppler, which must be on the `PATH`.
    Poppler,
    /// The reader of this crate.
    Own,
}

/// Returns the text of each page as it is taken out, before running heads, hyphens and line ends
/// are dealt with; by poppler, as it prints it by itself.
///
/// # Errors
/// Why the document cannot be read that way.
pub fn pdf_pages(bytes: &[u8], reader: PdfReader) -> Result<Vec<String>, String> {
    match reader {
        PdfReader::Poppler => {
            poppler::plain_pages(bytes).ok_or_else(|| "pdftotext failed or is missing".to_owned())
        }
        PdfReader::Own => {
            let reading = own::read_own(&own::open(bytes)?, &mut Host::unconfined())?;
            Ok(reading.pages.iter().map(PdfPage::raw_text).collect())
        }
    }
}

/// Returns the text of the document as it is indexed.
///
/// # Errors
/// Why the document cannot be read that way.
pub fn pdf_text(bytes: &[u8], reader: PdfReader) -> Result<String, String> {
    let (page, extractor) =
        read_with(bytes, Some(reader), &mut Draft::default(), &mut Host::unconfined())?;
    match reader {
        PdfReader::Poppler if extractor.ends_with(OWN_READER) => {
            Err("pdftotext failed or is missing".to_owned())
        }
        PdfReader::Poppler | PdfReader::Own => Ok(page.text),
    }
}

#[cfg(test)]
mod tests;
