//! Parts of packages that are XML: decoded, held to limits, and parsed to a tree.

use crate::decode::{decode, detect_encoding};
use encoding_rs::{Encoding, UTF_8};
use roxmltree::{Document, Node, ParsingOptions};

/// Elements open at once, beyond which a part is refused: those made by programs for texts stay
/// below 100.
const MAX_DEPTH: usize = 1000;

/// Nodes of a part: its tree then takes 256 MB at most.
const MAX_NODES: usize = 4_000_000;

/// Attributes of a part: as nodes, 192 MB at most.
const MAX_ATTRIBUTES: usize = 4_000_000;

/// Attributes of one tag: the parser compares each with all the others. Roots with the name spaces
/// of all extensions have some 40.
const MAX_ATTRIBUTES_OF_TAG: usize = 500;

/// Name spaces declared in a part: the parser looks through all that are in force for each name.
const MAX_NAME_SPACES: usize = 20_000;

/// Bytes looked at for the encoding that a part declares.
const DECLARATION_BYTES: usize = 200;

/// Decodes a part by its byte order mark, zero bytes, or declaration; UTF-8 where none tells.
/// What cannot be decoded becomes U+FFFD and is noted.
pub(super) fn decode_part(bytes: Vec<u8>) -> (String, Option<String>) {
    let head = bytes.get(..bytes.len().min(DECLARATION_BYTES)).unwrap_or_default();
    let by_bytes = detect_encoding(head, false);
    let is_certain = by_bytes.name().starts_with("UTF-16") || Encoding::for_bom(head).is_some();
    let encoding = if is_certain { by_bytes } else { declared_encoding(head).unwrap_or(UTF_8) };
    let decoded = decode(bytes, encoding);
    let text = decoded.text;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    (text, decoded.note)
}

fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head);
    let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value.split(quote).nth(1)?.as_bytes())
}

/// Parses a part. Nothing outside of it is ever looked up.
///
/// # Errors
/// It is no XML, declares entities, or goes beyond a limit.
pub(super) fn parse(text: &str) -> Result<Document<'_>, String> {
    if let Some(reason) = refusal(text) {
        return Err(reason);
    }
    // Without declared entities a document type is a name, and harmless.
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MAX_NODES as u32,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| format!("no sound XML: {error}"))
}

/// Tells why a part is refused unparsed, from one pass over its tags.
fn refusal(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let (mut depth, mut n_attributes, mut at) = (0_usize, 0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += found + 1;
        let rest = bytes.get(at..)?;
        at += match rest {
            [b'!', b'-', b'-', ..] => length_to(rest, b"-->"),
            [b'!', b'[', ..] => length_to(rest, b"]]>"),
            [b'!', b'E', b'N', b'T', ..] => {
                return Some("it declares entities, which could stand for anything".to_owned());
            }
            [b'!', ..] => 1,
            [b'?', ..] => length_to(rest, b"?>"),
            [b'/', ..] => {
                depth = depth.saturating_sub(1);
                1
            }
            _ => {
                let tag = Tag::of(rest);
                if tag.n_attributes > MAX_ATTRIBUTES_OF_TAG {
                    return Some(format!(
                        "a tag of it has more than {MAX_ATTRIBUTES_OF_TAG} attributes"
                    ));
                }
                n_attributes += tag.n_attributes;
                depth += usize::from(!tag.is_empty);
                tag.n_bytes
            }
        };
        if depth > MAX_DEPTH {
            return Some(format!("its elements are nested more than {MAX_DEPTH} deep"));
        }
    }
    if n_attributes > MAX_ATTRIBUTES {
        return Some(format!("it has more than {MAX_ATTRIBUTES} attributes"));
    }
    let n_name_spaces =
        memchr::memmem::find_iter(bytes, b"xmlns").take(MAX_NAME_SPACES + 1).count();
    (n_name_spaces > MAX_NAME_SPACES)
        .then(|| format!("it declares more than {MAX_NAME_SPACES} name spaces"))
}

fn length_to(rest: &[u8], end: &[u8]) -> usize {
    memchr::memmem::find(rest, end).unwrap_or(rest.len())
}

/// What a pass over a tag tells.
#[derive(Default)]
struct Tag {
    n_bytes: usize,
    n_attributes: usize,
    is_empty: bool,
}

impl Tag {
    fn of(rest: &[u8]) -> Self {
        let mut tag = Self::default();
        let mut quote = None;
        for &byte in rest {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => tag.n_attributes += 1,
                (None, b'>' | b'<') => break,
                (None, _) => tag.is_empty = byte == b'/',
            }
            tag.n_bytes += 1;
        }
        tag
    }
}

/// Returns the value of an attribute by its local name, whatever its name space: the transitional
/// and the strict form of a format differ in them.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|found| found.value())
}

/// Returns the first child element of a local name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

/// Tells whether a node is an element of a local name.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told() {
        let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>Порт</a>";
        let windows = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        assert_eq!(decode_part(windows), (text.to_owned(), None));
        let wide = format!("\u{feff}{}", text.replace("windows-1251", "UTF-16"));
        let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(decode_part(wide).0.ends_with("<a>Порт</a>"));
        assert_eq!(decode_part(b"\xef\xbb\xbf<a>\xc3\xa9</a>".to_vec()).0, "<a>é</a>");
        let (text, note) = decode_part(b"<a>\xff</a>".to_vec());
        assert_eq!(text, "<a>\u{fffd}</a>");
        assert!(note.is_some_and(|note| note.contains("UTF-8")));
    }

    #[test]
    fn limits_come_before_parsing() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        let external = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>";
        let deep = "<a>".repeat(100_000);
        let many = format!("<a {}/>", (0..501).map(|n| format!("b{n}='' ")).collect::<String>());
        let spaces = format!("<a>{}</a>", "<b xmlns:c='d'/>".repeat(20_001));
        for (source, reason) in [
            (bomb, Some("declares entities")),
            (external, Some("declares entities")),
            (&deep, Some("nested more than 1000 deep")),
            (&many, Some("more than 500 attributes")),
            (&spaces, Some("more than 20000 name spaces")),
            ("<a><b></a>", Some("no sound XML")),
            ("<a>&nbsp;</a>", Some("no sound XML")),
            ("<!DOCTYPE a PUBLIC 'b' 'c'><a/>", None),
            ("<a b='>' c=\"'>\"><!-- <a> --><![CDATA[<a><a>]]></a>", None),
        ] {
            let found = parse(source).err();
            assert_eq!(found.is_some(), reason.is_some(), "{source:.60} {found:?}");
            assert!(found.unwrap_or_default().contains(reason.unwrap_or_default()), "{source:.60}");
        }
        assert!(parse(&format!("<a>{}</a>", "<b/>".repeat(5000))).is_ok());
        assert!(parse(&format!("<a>{}</a>", "<b c='d'></b>".repeat(5000))).is_ok());
    }
}
