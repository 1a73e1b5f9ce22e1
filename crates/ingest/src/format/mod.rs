//! The formats, told apart by content first, then by name.

mod block_text;
mod congressional_record;
mod html;
mod lines;
mod mail;
mod markdown;
mod office;
mod pages;
mod pdf;
pub(crate) mod references;
mod rows;
mod subtitles;
mod xml;

pub(crate) use block_text::Page;
pub(crate) use congressional_record::read_congressional_record;
pub(crate) use html::read_html;
pub(crate) use lines::{LineRead, TEXT_KEYS, json_fields, read_line};
pub(crate) use mail::{Cut, MESSAGE_ID, MailboxCut, message_id_of, read_mail};
pub(crate) use markdown::{read_markdown, trace_markdown};
pub(crate) use office::{read_docx, read_epub, read_odt, read_rtf};
pub(crate) use pdf::read_pdf;
pub use pdf::{PdfReader, pdf_pages, pdf_text};
pub(crate) use rows::row_reader;
pub(crate) use subtitles::read_subtitles;
pub(crate) use xml::read_xml;

use serde::{Deserialize, Serialize};
use std::path::Path;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    /// A page of the Congressional Record.
    CongressionalRecord,
    Xml,
    Docx,
    Odt,
    Epub,
    Rtf,
    Pdf,
    JsonLines,
    /// Rows of fields parted by the given byte.
    Rows(u8),
    Mail,
    Mailbox,
    Subtitles,
}

impl Format {
    /// Returns the name recorded with each document.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::CongressionalRecord => "congressional-record",
            Self::Xml => "xml",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Epub => "epub",
            Self::Rtf => "rtf",
            Self::Pdf => "pdf",
            Self::JsonLines => "jsonl",
            Self::Rows(_) => "csv",
            Self::Mail => "eml",
            Self::Mailbox => "mbox",
            Self::Subtitles => "subtitles",
        }
    }

    /// Returns the reader and its version; its output for the same bytes changes only with it.
    pub(crate) const fn extractor(self) -> &'static str {
        match self {
            Self::Text => "onrecord-text/1",
            Self::Markdown => "onrecord-markdown/1",
            Self::CongressionalRecord => "onrecord-congressional-record/1",
            Self::Xml => "onrecord-xml/1",
            Self::Html => "onrecord-html/3 dom_smoothie/0.19",
            Self::Docx => "onrecord-docx/1 roxmltree/0.21",
            Self::Odt => "onrecord-odt/1 roxmltree/0.21",
            Self::Epub => "onrecord-epub/2 dom_query/0.29",
            Self::Rtf => "onrecord-rtf/1",
            // With the reader that was found, where a document is read.
            Self::Pdf => "onrecord-pdf/1",
            Self::JsonLines => "onrecord-jsonl/1",
            Self::Rows(_) => "onrecord-csv/1",
            Self::Mail | Self::Mailbox => "onrecord-mail/2 mail-parser/0.11",
            Self::Subtitles => "onrecord-subtitles/1",
        }
    }

    /// Tells whether the format is read in a process of its own: all are but those that are cut and
    /// decoded in one pass over their bytes, and parse nothing that nests.
    pub(crate) const fn needs_sandbox(self) -> bool {
        !matches!(self, Self::Text | Self::JsonLines | Self::Rows(_))
    }

    /// Tells whether a file of the format is a text in one encoding, and no package of parts that
    /// say theirs.
    pub(crate) const fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::Odt | Self::Epub | Self::Rtf | Self::Pdf)
    }

    /// Tells whether a file of the format holds many documents and is streamed.
    pub(crate) const fn holds_many(self) -> bool {
        matches!(self, Self::JsonLines | Self::Rows(_) | Self::Mailbox)
    }
}

/// First bytes of formats that are known but not read, and their usual extension.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x7fELF", "elf"),
    (b"SQLite format 3", "sqlite"),
];

/// First bytes of zip packages, of RTF and of compound files (Word 97-2003).
const ZIP: &[u8] = b"PK\x03\x04";
const RTF: &[u8] = b"{\\rtf";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const ONE_ARRAY: &str = "one array: write one object a line (.jsonl)";

const NOT_TEXT: &str = "not a text: more than a tenth of its first characters are control \
                        characters, or a third cannot be decoded";

/// Tells whether bytes are gzip, by its magic number (RFC 1952).
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Returns a file's extension in lower case, past a final `.gz`; none for what is no extension.
pub(crate) fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let (stem, extension) = name.rsplit_once('.')?;
    let is_extension = !stem.is_empty()
        && (1..=8).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && extension.bytes().any(|b| b.is_ascii_alphabetic());
    is_extension.then(|| extension.to_owned())
}

/// Tells the format of a file from its first bytes, decoded as far as needed, and its name; or
/// why there is no reader for it.
pub(crate) fn detect(path: &Path, head: &[u8], text: &str) -> Result<Format, String> {
    let extension = extension(path);
    let extension = extension.as_deref();
    if is_pdf(head) {
        return Ok(Format::Pdf);
    }
    if let Some((_, found)) = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(format!("no reader for .{found} yet"));
    }
    if head.starts_with(ZIP) {
        return office::detect_package(head, extension);
    }
    if head.starts_with(RTF) {
        return Ok(Format::Rtf);
    }
    if head.starts_with(COMPOUND) {
        return Err(office::reason_for_ole(head));
    }
    let kind = extension.and_then(kind_of_named);
    if is_binary(text) {
        return Err(kind.map_or_else(|| NOT_TEXT.to_owned(), |kind| is_none(extension, kind)));
    }
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if looks_like_html(start) {
        let of_congress = congressional_record::is_congressional_record(start);
        return Ok(if of_congress { Format::CongressionalRecord } else { Format::Html });
    }
    if start.starts_with("<") && start.contains("<office:document ") {
        return Ok(Format::Odt);
    }
    if looks_like_xml(start) {
        return Ok(Format::Xml);
    }
    if let Some(format) = mail::detect(start, extension == Some("eml")) {
        return Ok(format);
    }
    if subtitles::is_subtitles(start) {
        return Ok(Format::Subtitles);
    }
    match extension {
        None | Some("txt" | "text" | "asc") => Ok(Format::Text),
        Some("md" | "markdown" | "mdown") => Ok(Format::Markdown),
        Some("html" | "htm" | "xhtml") => Ok(Format::Html),
        Some("xml" | "tei" | "akn") => Ok(Format::Xml),
        Some("jsonl" | "ndjson") => Ok(Format::JsonLines),
        Some("csv") => Ok(Format::Rows(delimiter(start))),
        Some("tsv") => Ok(Format::Rows(b'\t')),
        Some("eml") => Ok(Format::Mail),
        Some("mbox" | "mbx") => Ok(Format::Mailbox),
        Some("vtt" | "srt") => Ok(Format::Subtitles),
        Some("json") if starts_with_json_line(start) => Ok(Format::JsonLines),
        Some("json") if start.starts_with('[') => Err(ONE_ARRAY.to_owned()),
        Some(other) => match kind {
            Some(_) if is_plain(text) => Ok(Format::Text),
            Some(kind) => Err(is_none(Some(other), kind)),
            None => Err(format!("no reader for .{other} yet")),
        },
    }
}

/// Returns what a file of an extension is where it is what its name says: of the formats that
/// their first bytes tell.
fn kind_of_named(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "docx" | "docm" | "dotx" | "odt" | "ott" | "epub" => "zip package",
        "doc" => "Word file",
        "fodt" => "OpenDocument text",
        "rtf" => "RTF",
        "pdf" => "PDF",
        _ => return None,
    })
}

fn is_none(extension: Option<&str>, kind: &str) -> String {
    format!("named .{}, but is no {kind}", extension.unwrap_or_default())
}

/// Tells whether words are nothing but text, and no damaged file of another kind.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace()))
}

/// Says that a file is not what its name says, if so: nothing is lost by it, but its sender
/// should know.
pub(crate) fn format_note(path: &Path, format: Format) -> Option<String> {
    let extension = extension(path)?;
    let expected = match extension.as_str() {
        "txt" | "text" | "asc" => "text",
        "md" | "markdown" | "mdown" => "markdown",
        "html" | "htm" | "xhtml" => "html",
        "pdf" => "pdf",
        "docx" | "docm" | "dotx" => "docx",
        "odt" | "ott" | "fodt" => "odt",
        "epub" => "epub",
        "rtf" => "rtf",
        // Never read as what it is.
        "doc" => "doc",
        _ => return None,
    };
    let found = format.name();
    // Pages of the Congressional Record are HTML, and named so.
    let is_kind_of = format == Format::CongressionalRecord && expected == Format::Html.name();
    (found != expected && !is_kind_of).then(|| format!("named .{extension}, read as {found}"))
}

/// Tells whether bytes are a PDF: its mark may stand anywhere in the first kilobyte
/// (ISO 32000-1, annex H), but the words of a text may hold it too.
fn is_pdf(head: &[u8]) -> bool {
    let head = head.get(..head.len().min(1024)).unwrap_or_default();
    let found = memchr::memmem::find(head, b"%PDF-").map(|at| head.split_at(at));
    found.is_some_and(|(before, after)| {
        let begins_line = before.last().is_none_or(|byte| !byte.is_ascii_graphic());
        begins_line && after.get(5).is_some_and(u8::is_ascii_digit)
    })
}

fn is_binary(text: &str) -> bool {
    let (mut n_chars, mut n_controls, mut n_undecoded) = (0, 0, 0);
    for c in text.chars() {
        n_chars += 1;
        n_controls += usize::from(c.is_control() && !c.is_whitespace());
        n_undecoded += usize::from(c == '\u{fffd}');
    }
    n_controls * 10 > n_chars || n_undecoded * 10 > n_chars * 3
}

fn looks_like_html(start: &str) -> bool {
    let lower = start.get(..start.floor_char_boundary(2048)).unwrap_or(start).to_ascii_lowercase();
    let mut rest = lower.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, after)| after.trim_start());
    }
    if let Some(declaration) = rest.strip_prefix("<?xml") {
        rest = declaration.split_once("?>").map_or("", |(_, after)| after.trim_start());
    }
    rest.starts_with("<!doctype html") || rest.starts_with("<html")
}

/// Tells XML by its declaration, or by a document type that a page has not.
fn looks_like_xml(start: &str) -> bool {
    let declares = |word: &str| {
        start.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    declares("<?xml") || declares("<!DOCTYPE")
}

fn starts_with_json_line(start: &str) -> bool {
    let line = start.lines().next().unwrap_or_default();
    line.starts_with('{') && line.trim_end().ends_with('}')
}

/// Picks the delimiter that a header line holds most of, the comma where they draw.
fn delimiter(start: &str) -> u8 {
    let header = start.lines().next().unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|&b| b == delimiter).count();
    b";\t"
        .iter()
        .copied()
        .fold(b',', |best, other| if count(other) > count(best) { other } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_wrong_are_noted() {
        for (name, format, expected) in [
            ("a.pdf", Format::Html, Some("named .pdf, read as html")),
            ("a.PDF.gz", Format::Pdf, None),
            ("a.txt", Format::Pdf, Some("named .txt, read as pdf")),
            ("a.xml", Format::Html, None),
            ("a.xml", Format::Odt, None),
            ("a.htm", Format::CongressionalRecord, None),
            (
                "a.txt",
                Format::CongressionalRecord,
                Some("named .txt, read as congressional-record"),
            ),
            ("a", Format::Html, None),
            ("a.epub", Format::Text, Some("named .epub, read as text")),
            ("a.docm", Format::Docx, None),
            ("a.doc", Format::Rtf, Some("named .doc, read as rtf")),
        ] {
            assert_eq!(format_note(Path::new(name), format).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn content_comes_before_the_name() {
        let cases: &[(&str, &str, Result<Format, &str>)] = &[
            ("a.txt", "Plain.", Ok(Format::Text)),
            ("a", "Plain.", Ok(Format::Text)),
            ("Speech No. 5", "Plain.", Ok(Format::Text)),
            ("a.txt", "\u{feff}\n<!-- x --><!DOCTYPE html><p>", Ok(Format::Html)),
            ("a.xml", "<?xml version='1.0'?><html>", Ok(Format::Html)),
            ("a.xml", "<housecommons>", Ok(Format::Xml)),
            ("a.txt", "<?xml version='1.0'?><TEI>", Ok(Format::Xml)),
            ("a.txt", "<!DOCTYPE TEI><TEI>", Ok(Format::Xml)),
            ("a.docx", "PK\u{3}\u{4}", Ok(Format::Docx)),
            ("a.txt", "{\\rtf1 a}", Ok(Format::Rtf)),
            ("a.xlsm", "PK\u{3}\u{4}", Err("no reader for .xlsm yet")),
            ("a.txt", "%PDF-1.4", Ok(Format::Pdf)),
            ("a.pdf", "\r\n\0%PDF-1.4", Ok(Format::Pdf)),
            ("a.txt", "The mark 'x%PDF-1' is at the top.", Ok(Format::Text)),
            ("a.txt", "<3 you all", Ok(Format::Text)),
            ("a.md", "# A", Ok(Format::Markdown)),
            ("a.jsonl.gz", "{}", Ok(Format::JsonLines)),
            ("a.json", "{\"a\": 1}\n{\"a\": 2}", Ok(Format::JsonLines)),
            ("a.json", "{\n\"a\": 1}", Err("no reader for .json yet")),
            ("a.json", "\n[{\"a\": 1}]", Err(ONE_ARRAY)),
            ("a.csv", "a,b;c\n", Ok(Format::Rows(b','))),
            ("a.csv", "a;b;c,d\n", Ok(Format::Rows(b';'))),
            ("a.rs", "fn main", Err("no reader for .rs yet")),
            ("a", "WEBVTT\n\n00:01.000 --> 00:02.000\nx", Ok(Format::Subtitles)),
            ("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nx", Ok(Format::Subtitles)),
            ("a.srt", "x", Ok(Format::Subtitles)),
            ("a.txt", "1\nWe go --> there", Ok(Format::Text)),
            ("a", "From ana@x.org Thu May  3 10:00:00 2012\nFrom: a", Ok(Format::Mailbox)),
            ("a.txt", "From Ana to all of you here: hello.\n", Ok(Format::Text)),
            ("a.txt", "Message-ID: <1@x>\nFrom: a\n\nx", Ok(Format::Mail)),
            ("a.txt", "From: Ana\nTo: Staff\nDate: May 3, 2012\n\nx", Ok(Format::Text)),
            ("a.eml", "Subject: x\n\nx", Ok(Format::Mail)),
            ("a.mbox", "x", Ok(Format::Mailbox)),
            ("a.txt", "\u{1}\u{2}\u{fffd}a", Err(NOT_TEXT)),
            ("a.epub", "Plain.", Ok(Format::Text)),
            ("a.rtf", "Plain.", Ok(Format::Text)),
            ("a.doc", "Plain.", Ok(Format::Text)),
            ("a.docx", "Plain,\u{1} but", Err("named .docx, but is no zip package")),
            ("a.pdf", "1 0 obj stream \u{fffd}x endstream", Err("named .pdf, but is no PDF")),
            ("a.odt", "\u{1}\u{2}\u{fffd}a", Err("named .odt, but is no zip package")),
            ("a.pdf", "PK\u{3}\u{4}", Err("named .pdf, but is a zip archive: unpack it")),
        ];
        for (name, text, expected) in cases {
            let found = detect(Path::new(name), text.as_bytes(), text);
            assert_eq!(
                found.as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|r| *r),
                "{name} {text}"
            );
        }
    }
}
