//! Bytes of one document to its text, with what its markup tells.

use crate::decode::decode;
use crate::format::{Format, Page, read_html, read_mail, read_markdown, read_subtitles};
use crate::metadata::Draft;
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
        Self { body: Body::Plain(text), draft, extractor: format.extractor().to_owned() }
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
) -> Result<Extract, String> {
    let mut draft = Draft::default();
    let body = match format {
        Format::Text | Format::JsonLines | Format::Rows(_) => {
            Body::Plain(decoded(bytes, encoding, &mut draft))
        }
        Format::Markdown => {
            Body::Laid(read_markdown(&decoded(bytes, encoding, &mut draft), &mut draft))
        }
        Format::Html => Body::Laid(read_html(decoded(bytes, encoding, &mut draft), &mut draft)?),
        Format::Mail | Format::Mailbox => Body::Laid(read_mail(&bytes, &mut draft)?),
        Format::Subtitles => {
            Body::Laid(read_subtitles(&decoded(bytes, encoding, &mut draft), &mut draft))
        }
    };
    Ok(Extract { body, draft, extractor: format.extractor().to_owned() })
}

fn decoded(bytes: Vec<u8>, encoding: &'static Encoding, draft: &mut Draft) -> String {
    let decoded = decode(bytes, encoding);
    draft.note_encoding(decoded.note);
    decoded.text
}
