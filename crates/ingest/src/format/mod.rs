//! The formats, told apart by content first, then by name.

mod block_text;
mod html;
mod lines;
mod markdown;
mod rows;

pub(crate) use block_text::Page;
pub(crate) use html::read_html;
pub(crate) use lines::{LineRead, TEXT_KEYS, json_fields, read_line};
pub(crate) use markdown::{read_markdown, trace_markdown};
pub(crate) use rows::row_reader;

use serde::{Deserialize, Serialize};
use std::path::Path;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
    /// Rows of fields parted by the given byte.
    Rows(u8),
}

impl Format {
    /// Returns the name recorded with each document.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::JsonLines => "jsonl",
            Self::Rows(_) => "csv",
        }
    }

    /// Returns the reader and its version; its output for the same bytes changes only with it.
    pub(crate) const fn extractor(self) -> &'static str {
        match self {
            Self::Text => "onrecord-text/1",
            Self::Markdown => "onrecord-markdown/1",
            Self::Html => "onrecord-html/1 dom_smoothie/0.19",
            Self::JsonLines => "onrecord-jsonl/1",
            Self::Rows(_) => "onrecord-csv/1",
        }
    }

    /// Tells whether the format is read in a process of its own: all are but those that are cut and
    /// decoded in one pass over their bytes, and parse nothing that nests.
    pub(crate) const fn needs_sandbox(self) -> bool {
        match self {
            Self::Text | Self::JsonLines | Self::Rows(_) => false,
            Self::Markdown | Self::Html => true,
        }
    }

    /// Tells whether a file of the format holds many documents and is streamed.
    pub(crate) const fn holds_many(self) -> bool {
        matches!(self, Self::JsonLines | Self::Rows(_))
    }
}

/// First bytes of formats that are known but not read, and their usual extension.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x7fELF", "elf"),
    (b"SQLite format 3", "sqlite"),
    (b"WEBVTT", "vtt"),
];

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
    if let Some((_, found)) = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic)) {
        let shown = if *found == "zip" { extension.unwrap_or("zip") } else { found };
        return Err(format!("no reader for .{shown} yet"));
    }
    if is_binary(text) {
        return Err(NOT_TEXT.to_owned());
    }
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if looks_like_html(start) {
        return Ok(Format::Html);
    }
    match extension {
        None | Some("txt" | "text" | "asc") => Ok(Format::Text),
        Some("md" | "markdown" | "mdown") => Ok(Format::Markdown),
        Some("html" | "htm" | "xhtml") => Ok(Format::Html),
        Some("jsonl" | "ndjson") => Ok(Format::JsonLines),
        Some("csv") => Ok(Format::Rows(delimiter(start))),
        Some("tsv") => Ok(Format::Rows(b'\t')),
        Some("json") if starts_with_json_line(start) => Ok(Format::JsonLines),
        Some(other) => Err(format!("no reader for .{other} yet")),
    }
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
    fn content_comes_before_the_name() {
        let cases: [(&str, &str, Result<Format, &str>); 17] = [
            ("a.txt", "Plain.", Ok(Format::Text)),
            ("a", "Plain.", Ok(Format::Text)),
            ("Speech No. 5", "Plain.", Ok(Format::Text)),
            ("a.txt", "\u{feff}\n<!-- x --><!DOCTYPE html><p>", Ok(Format::Html)),
            ("a.xml", "<?xml version='1.0'?><html>", Ok(Format::Html)),
            ("a.xml", "<?xml version='1.0'?><TEI>", Err("no reader for .xml yet")),
            ("a.txt", "%PDF-1.4", Err("no reader for .pdf yet")),
            ("a.docx", "PK\u{3}\u{4}", Err("no reader for .docx yet")),
            ("a.txt", "<3 you all", Ok(Format::Text)),
            ("a.md", "# A", Ok(Format::Markdown)),
            ("a.jsonl.gz", "{}", Ok(Format::JsonLines)),
            ("a.json", "{\"a\": 1}\n{\"a\": 2}", Ok(Format::JsonLines)),
            ("a.json", "{\n\"a\": 1}", Err("no reader for .json yet")),
            ("a.csv", "a,b;c\n", Ok(Format::Rows(b','))),
            ("a.csv", "a;b;c,d\n", Ok(Format::Rows(b';'))),
            ("a.rs", "fn main", Err("no reader for .rs yet")),
            ("a.txt", "\u{1}\u{2}\u{fffd}a", Err(NOT_TEXT)),
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
