//! The formats of word processors and books: packages of XML parts, and RTF.

mod docx;
mod epub;
mod flow;
mod odt;
mod ole;
mod properties;
mod rtf;
mod symbols;
mod xml;
mod zip;

#[cfg(test)]
mod fixtures;

pub(crate) use docx::read_docx;
pub(crate) use epub::read_epub;
pub(crate) use odt::read_odt;
pub(crate) use ole::reason_for_ole;
pub(crate) use rtf::read_rtf;

use super::Format;
use crate::metadata::Draft;
use zip::Archive;

/// Tells the format of a zip package from its first bytes and, where they do not tell, from the
/// file's extension; or why there is no reader for it.
pub(crate) fn detect_package(head: &[u8], extension: Option<&str>) -> Result<Format, String> {
    let mut names = zip::names_in_head(head).peekable();
    if let Some((b"mimetype", stored)) = names.peek() {
        for (mimetype, format) in [
            (&b"application/epub+zip"[..], Format::Epub),
            (b"application/vnd.oasis.opendocument.text", Format::Odt),
        ] {
            if stored.starts_with(mimetype) {
                return Ok(format);
            }
        }
        if stored.starts_with(b"application/vnd.") {
            let shown = extension.unwrap_or("zip");
            return Err(format!("no reader for .{shown}: of OpenDocument files, texts are read"));
        }
    }
    for (name, _) in names {
        for (start, found) in [
            (&b"word/"[..], Ok(Format::Docx)),
            (b"META-INF/container.xml", Ok(Format::Epub)),
            (b"content.xml", Ok(Format::Odt)),
            (b"xl/", Err("no reader for .xlsx: save its sheets as .csv")),
            (b"ppt/", Err("no reader for .pptx: save it as .txt or .docx")),
        ] {
            if name.starts_with(start) {
                return found.map_err(str::to_owned);
            }
        }
    }
    match extension {
        Some("docx" | "docm" | "dotx") => Ok(Format::Docx),
        Some("odt" | "ott") => Ok(Format::Odt),
        Some("epub") => Ok(Format::Epub),
        Some("zip") | None => Err("a zip archive: unpack it".to_owned()),
        Some(other @ ("pdf" | "rtf" | "doc" | "fodt")) => {
            Err(format!("named .{other}, but is a zip archive: unpack it"))
        }
        Some(other) => Err(format!("no reader for .{other} yet")),
    }
}

/// A package whose parts are taken out one by one.
struct Package<'a> {
    archive: Archive<'a>,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8], draft: &mut Draft) -> Result<Self, String> {
        let archive = Archive::open(bytes)?;
        if let Some(name) = archive.slip_name() {
            let name = name.escape_debug();
            draft.problems.push(format!("the part `{name}` leads out of the package: not read"));
        }
        Ok(Self { archive })
    }

    /// Reads a part without which there is no document.
    fn needed(&mut self, name: &str, draft: &mut Draft) -> Result<String, String> {
        let bytes = self.archive.read(name)?.ok_or_else(|| format!("it has no part `{name}`"))?;
        let (text, note) = xml::decode_part(bytes);
        draft.note_encoding(note);
        Ok(text)
    }

    /// Reads a part that is named by another; one that is missing or damaged is a problem.
    fn named(&mut self, name: &str, draft: &mut Draft) -> Option<String> {
        self.needed(name, draft).map_err(|reason| draft.problems.push(reason)).ok()
    }

    /// Reads a part that need not be there.
    fn optional(&mut self, name: &str, draft: &mut Draft) -> Option<String> {
        self.archive.has(name).then(|| self.named(name, draft)).flatten()
    }
}

/// Parses a part; one that is no sound XML is a problem.
fn parse_or_note<'a>(
    name: &str,
    text: &'a str,
    draft: &mut Draft,
) -> Option<roxmltree::Document<'a>> {
    let parsed = xml::parse(text);
    parsed.map_err(|reason| draft.problems.push(format!("`{name}` was not read: {reason}"))).ok()
}

/// Resolves a part's name as another part gives it: from that one's folder, or from the root.
fn resolve(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = Vec::new();
    let base = if target.starts_with('/') { "" } else { folder };
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_told_by_their_parts() {
        use fixtures::{Part, package, part};
        let named = |name: &str| package(&[part("[Content_Types].xml", "x"), part(name, "y")]);
        let typed = |mimetype: &str| {
            package(&[
                Part { is_stored: true, ..part("mimetype", mimetype) },
                part("content.xml", ""),
            ])
        };
        for (bytes, extension, expected) in [
            (named("word/document.xml"), Some("zip"), Ok(Format::Docx)),
            (named("docProps/x"), Some("docx"), Ok(Format::Docx)),
            (named("META-INF/container.xml"), None, Ok(Format::Epub)),
            (named("xl/workbook.xml"), Some("docx"), Err("no reader for .xlsx")),
            (named("ppt/x"), None, Err("no reader for .pptx")),
            (named("x"), None, Err("a zip archive: unpack it")),
            (named("x"), Some("jar"), Err("no reader for .jar yet")),
            (typed("application/epub+zip"), Some("odt"), Ok(Format::Epub)),
            (typed("application/vnd.oasis.opendocument.text"), None, Ok(Format::Odt)),
            (
                typed("application/vnd.oasis.opendocument.spreadsheet"),
                Some("ods"),
                Err("no reader for .ods"),
            ),
            (typed("x"), None, Ok(Format::Odt)),
        ] {
            match (detect_package(&bytes, extension), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(found), Err(expected)) => assert!(found.starts_with(expected), "{found}"),
                (found, expected) => panic!("{found:?} {expected:?}"),
            }
        }
    }

    #[test]
    fn slip_names_are_told() {
        let bytes = fixtures::package(&[fixtures::part("../a", "x"), fixtures::part("b", "y")]);
        let mut draft = Draft::default();
        let mut package = Package::open(&bytes, &mut draft).unwrap();
        assert_eq!(draft.problems, ["the part `../a` leads out of the package: not read"]);
        assert_eq!(
            package.needed(&resolve("b", "../a"), &mut draft).unwrap_err(),
            "it has no part `a`"
        );
    }

    #[test]
    fn parts_are_named_from_folders() {
        for (from, target, expected) in [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
            ("OEBPS/a/b.opf", "../c.xhtml", "OEBPS/c.xhtml"),
            ("b.opf", "../../etc/x", "etc/x"),
        ] {
            assert_eq!(resolve(from, target), expected);
        }
    }
}
