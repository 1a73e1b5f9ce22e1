//! PDF: pages of lines, by poppler where it is installed, else by a reader of our own.

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

use page::PdfPage;

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
            let reading = own::read_own(&own::open(bytes)?)?;
            Ok(reading.pages.iter().map(PdfPage::raw_text).collect())
        }
    }
}
