//! Bytes of one document to its text, with what its markup tells.

use crate::decode::{decode, detect_encoding};
use crate::format::{
    Format, Page, read_congressional_record, read_docx, read_epub, read_html, read_mail,
    read_markdown, read_odt, read_pdf, read_rtf, read_subtitles, read_xml,
};
use crate::metadata::Draft;
use crate::sandbox::Host;
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

/// What a reader takes out of the bytes of one document.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Extract {
    pub(crate) body: Body,
    /// What the document says of itself, and what was lost in reading it.
    pub(crate) draft: Draft,
    /// The reader and its version: offsets into the text hold for it alone.
    pub(crate) extractor: String,
    /// The encoding that the bytes were read by, where a sample of them told another.
    pub(crate) encoding: Option<String>,
}

/// The words of a document.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Body {
    /// Text whose layout is to be found in its lines.
    Plain(String),
    /// Text whose blocks are known from markup.
    Laid(Page),
}

impl Extract {
    /// Makes the extract of a text without markup.
    pub(crate) fn plain(text: String, format: Format) -> Self {
        let draft = Draft::default();
        let extractor = format.extractor().to_owned();
        Self { body: Body::Plain(text), draft, extractor, encoding: None }
    }

    /// Returns the length of the text, in bytes.
    pub(crate) fn n_bytes(&self) -> usize {
        match &self.body {
            Body::Plain(text) => text.len(),
            Body::Laid(page) => page.text.len(),
        }
    }
}

/// Reads the bytes of one document.
///
/// # Errors
/// Why they are no document that can be read.
pub(crate) fn extract(
    format: Format,
    encoding: &'static Encoding,
    bytes: Vec<u8>,
    host: &mut Host<'_>,
) -> Result<Extract, String> {
    let (mut draft, mut read_by) = (Draft::default(), None);
    let body = match format {
        Format::Text | Format::JsonLines | Format::Rows(_) => {
            Body::Plain(decoded(bytes, encoding, &mut draft))
        }
        Format::Markdown => {
            Body::Laid(read_markdown(&decoded(bytes, encoding, &mut draft), &mut draft))
        }
        Format::Html => Body::Laid(read_html(decoded(bytes, encoding, &mut draft), &mut draft)?),
        Format::CongressionalRecord => {
            Body::Laid(read_congressional_record(decoded(bytes, encoding, &mut draft), &mut draft)?)
        }
        Format::Xml => {
            // A sample may have told the encoding by a declaration that the whole belies.
            let found = detect_encoding(&bytes, true);
            if found != encoding {
                read_by = Some(found.name().to_owned());
            }
            Body::Laid(read_xml(decoded(bytes, found, &mut draft), &mut draft)?)
        }
        Format::Docx => Body::Laid(read_docx(&bytes, &mut draft)?),
        Format::Odt => Body::Laid(read_odt(&bytes, &mut draft)?),
        Format::Epub => Body::Laid(read_epub(&bytes, &mut draft)?),
        Format::Rtf => Body::Laid(read_rtf(&bytes, &mut draft)?),
        Format::Pdf => {
            let (page, extractor) = read_pdf(&bytes, &mut draft, host)?;
            return Ok(Extract { body: Body::Laid(page), draft, extractor, encoding: None });
        }
        Format::Mail | Format::Mailbox => Body::Laid(read_mail(&bytes, &mut draft)?),
        Format::Subtitles => {
            Body::Laid(read_subtitles(&decoded(bytes, encoding, &mut draft), &mut draft))
        }
    };
    Ok(Extract { body, draft, extractor: format.extractor().to_owned(), encoding: read_by })
}

fn decoded(bytes: Vec<u8>, encoding: &'static Encoding, draft: &mut Draft) -> String {
    let decoded = decode(bytes, encoding);
    draft.note_encoding(decoded.note);
    decoded.text
}
