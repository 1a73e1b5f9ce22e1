//! Fonts: the codes of a string, what they stand for and how wide they are.

use super::cmap::CMap;
use super::encoding::{CodeTexts, base_encoding, built_in_names, glyph_text, symbol_encoding};
use super::objects::{array, dictionary, name, number, stream_bytes};
use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_16BE};
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// Widths of single ids that a font may list: all of two bytes.
const MAX_WIDTHS: usize = 1 << 16;

/// The bit of a font's flags that says its letters are not those of the Latin alphabet
/// (ISO 32000-1, table 123).
const SYMBOLIC: i64 = 1 << 2;

/// A font of a page.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    to_unicode: CMap,
    pub(super) is_bold: bool,
}

#[derive(Debug)]
enum Codes {
    /// One byte a code.
    Simple { texts: CodeTexts, widths: Vec<f32> },
    /// Codes of one to four bytes that name the characters of a descendant font.
    Composite { map: CompositeMap, widths: BTreeMap<u32, f32>, default_width: f32 },
}

#[derive(Debug)]
enum CompositeMap {
    /// Two bytes a code, which is the id.
    Identity,
    /// The codes are UTF-16.
    Utf16,
    /// The codes are those of an encoding of one or two bytes.
    Legacy(&'static Encoding),
    Embedded(CMap),
}

/// One code of a string as its font shows it.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// What the code stands for; none where nothing tells.
    pub(super) text: Option<Box<str>>,
    /// The advance, in thousandths of the font's size.
    pub(super) width: f32,
    /// Whether word spacing is added: the code is the single byte 32.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font.
    pub(super) fn load(document: &Document, font: &Dictionary) -> Self {
        let to_unicode = stream_bytes(document, font.get(b"ToUnicode").ok())
            .map(|source| CMap::parse(&source))
            .unwrap_or_default();
        let descendant = array(document, font.get(b"DescendantFonts").ok())
            .and_then(|fonts| dictionary(document, fonts.first()));
        let codes = match descendant {
            Some(descendant) => composite(document, font, descendant),
            None => simple(document, font),
        };
        let base_font = name(document, font.get(b"BaseFont").ok()).unwrap_or_default();
        let is_bold = String::from_utf8_lossy(base_font).to_lowercase().contains("bold");
        Self { codes, to_unicode, is_bold }
    }

    /// A font for text that names none: letters of the standard encoding.
    pub(super) fn missing() -> Self {
        let codes = Codes::Simple {
            texts: base_encoding(b"WinAnsiEncoding"),
            widths: (0..=255).map(likely_width).collect(),
        };
        Self { codes, to_unicode: CMap::default(), is_bold: false }
    }

    /// Takes the first code off a string; none at its end.
    pub(super) fn next(&self, bytes: &[u8]) -> Option<(Shown, usize)> {
        let first = *bytes.first()?;
        match &self.codes {
            Codes::Simple { texts, widths } => {
                let code = u32::from(first);
                let text = self.to_unicode.text(code).map(Into::into);
                let text = text.or_else(|| texts.get(code as usize).cloned().flatten());
                let width = widths.get(code as usize).copied().unwrap_or_default();
                Some((Shown { text, width, is_space: first == b' ' }, 1))
            }
            Codes::Composite { map, widths, default_width } => {
                let (code, length) = map.next_code(bytes);
                let raw = bytes.get(..length).unwrap_or_default();
                let text = self.to_unicode.text(code).map(Into::into).or_else(|| map.text(raw));
                let width = widths.get(&map.id(code)).copied().unwrap_or(*default_width);
                Some((Shown { text, width, is_space: length == 1 && first == b' ' }, length))
            }
        }
    }
}

impl CompositeMap {
    fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        match self {
            Self::Embedded(map) => map.next_code(bytes),
            Self::Legacy(_) if bytes.first().is_some_and(u8::is_ascii) => {
                (u32::from(bytes.first().copied().unwrap_or_default()), 1)
            }
            Self::Identity | Self::Utf16 | Self::Legacy(_) => {
                let length = bytes.len().min(2);
                let code = bytes.iter().take(2).fold(0, |code, &byte| code << 8 | u32::from(byte));
                (code, length)
            }
        }
    }

    fn text(&self, raw: &[u8]) -> Option<Box<str>> {
        let encoding = match self {
            Self::Utf16 => UTF_16BE,
            Self::Legacy(encoding) => encoding,
            Self::Identity | Self::Embedded(_) => return None,
        };
        let text = encoding.decode_without_bom_handling_and_without_replacement(raw)?;
        Some(text.as_ref().into())
    }

    fn id(&self, code: u32) -> u32 {
        match self {
            Self::Embedded(map) => map.id(code),
            Self::Identity | Self::Utf16 | Self::Legacy(_) => code,
        }
    }
}

fn composite(document: &Document, font: &Dictionary, descendant: &Dictionary) -> Codes {
    let encoding = font.get(b"Encoding").ok();
    let map = match stream_bytes(document, encoding) {
        Some(source) => CompositeMap::Embedded(CMap::parse(&source)),
        None => named_map(name(document, encoding).unwrap_or_default()),
    };
    let default_width = number(document, descendant.get(b"DW").ok()).unwrap_or(1000.0);
    let listed = array(document, descendant.get(b"W").ok()).unwrap_or_default();
    Codes::Composite { map, widths: composite_widths(document, listed), default_width }
}

/// Finds the map of a predefined name (ISO 32000-1, table 118).
fn named_map(name: &[u8]) -> CompositeMap {
    let holds = |part: &[u8]| memchr::memmem::find(name, part).is_some();
    if holds(b"UCS2") || holds(b"UTF16") {
        CompositeMap::Utf16
    } else if holds(b"RKSJ") {
        CompositeMap::Legacy(SHIFT_JIS)
    } else if name.starts_with(b"GB") {
        CompositeMap::Legacy(GBK)
    } else if holds(b"B5") {
        CompositeMap::Legacy(BIG5)
    } else if name.starts_with(b"KSC") {
        CompositeMap::Legacy(EUC_KR)
    } else {
        CompositeMap::Identity
    }
}

/// Reads the widths of ids: `1 [500 600]` from an id on, `5 9 300` for all of a range.
fn composite_widths(document: &Document, listed: &[Object]) -> BTreeMap<u32, f32> {
    let mut widths = BTreeMap::new();
    let mut n_left = MAX_WIDTHS;
    let mut rest = listed;
    while let [first, second, after @ ..] = rest {
        let Some(first) = number(document, Some(first)) else { break };
        let first = first as u32;
        if let Some(single) = array(document, Some(second)) {
            for (step, width) in single.iter().enumerate().take(n_left) {
                n_left -= 1;
                let width = number(document, Some(width)).unwrap_or_default();
                widths.insert(first.saturating_add(step as u32), width);
            }
            rest = after;
        } else {
            let [width, after @ ..] = after else { break };
            let last = number(document, Some(second)).unwrap_or_default() as u32;
            let width = number(document, Some(width)).unwrap_or_default();
            for id in (first..=last).take(n_left) {
                n_left -= 1;
                widths.insert(id, width);
            }
            rest = after;
        }
        if n_left == 0 {
            break;
        }
    }
    widths
}

fn simple(document: &Document, font: &Dictionary) -> Codes {
    let descriptor = dictionary(document, font.get(b"FontDescriptor").ok());
    let mut texts = simple_base(document, font, descriptor);
    let encoding = dictionary(document, font.get(b"Encoding").ok());
    let differences =
        encoding.and_then(|encoding| array(document, encoding.get(b"Differences").ok()));
    apply_differences(document, differences.unwrap_or_default(), &mut texts);
    Codes::Simple { texts, widths: simple_widths(document, font, descriptor) }
}

/// Finds what codes stand for before differences: by a named encoding, the font program, or the
/// font's name.
fn simple_base(
    document: &Document,
    font: &Dictionary,
    descriptor: Option<&Dictionary>,
) -> CodeTexts {
    let encoding = font.get(b"Encoding").ok();
    let base = name(document, encoding).or_else(|| {
        let encoding = dictionary(document, encoding)?;
        name(document, encoding.get(b"BaseEncoding").ok())
    });
    if let Some(base) = base {
        return base_encoding(base);
    }
    let font_name = name(document, font.get(b"BaseFont").ok()).unwrap_or_default();
    if memchr::memmem::find(font_name, b"Symbol").is_some() {
        return symbol_encoding();
    }
    let flags = descriptor.and_then(|d| number(document, d.get(b"Flags").ok()));
    let is_symbolic = flags.is_some_and(|flags| flags as i64 & SYMBOLIC != 0);
    let is_true_type = name(document, font.get(b"Subtype").ok()) == Some(b"TrueType");
    let mut texts = base_encoding(if is_true_type && is_symbolic {
        b"WinAnsiEncoding"
    } else {
        b"StandardEncoding"
    });
    let program = descriptor
        .and_then(|d| stream_bytes(document, d.get(b"FontFile").ok()))
        .unwrap_or_default();
    for (code, glyph) in built_in_names(&program) {
        set(&mut texts, code, glyph_text(&glyph));
    }
    texts
}

fn apply_differences(document: &Document, differences: &[Object], texts: &mut CodeTexts) {
    let mut code = 0_u32;
    for entry in differences.iter().take(1024) {
        if let Some(start) = number(document, Some(entry)) {
            code = start as u32;
        } else if let Some(glyph) = name(document, Some(entry)) {
            if let Ok(code) = u8::try_from(code) {
                set(texts, code, glyph_text(glyph));
            }
            code = code.saturating_add(1);
        }
    }
}

fn set(texts: &mut CodeTexts, code: u8, text: Option<String>) {
    if let Some(slot) = texts.get_mut(usize::from(code)) {
        *slot = text.map(Into::into);
    }
}

fn simple_widths(
    document: &Document,
    font: &Dictionary,
    descriptor: Option<&Dictionary>,
) -> Vec<f32> {
    let Some(listed) = array(document, font.get(b"Widths").ok()) else {
        return (0..=255).map(likely_width).collect();
    };
    // The widths of a Type 3 font are in units of its own.
    let matrix = array(document, font.get(b"FontMatrix").ok());
    let unit = matrix.and_then(|matrix| number(document, matrix.first()));
    let scale = unit.map_or(1.0, |unit| unit * 1000.0);
    let missing = descriptor.and_then(|d| number(document, d.get(b"MissingWidth").ok()));
    // No letter is zero wide: the places of all that follow would be lost.
    let mut widths: Vec<f32> = (0..=255)
        .map(|code| missing.filter(|width| *width > 0.0).unwrap_or_else(|| likely_width(code)))
        .collect();
    let first = number(document, font.get(b"FirstChar").ok()).unwrap_or_default().max(0.0);
    for (slot, width) in widths.iter_mut().skip(first as usize).zip(listed) {
        *slot = number(document, Some(width)).unwrap_or_default() * scale;
    }
    widths
}

/// Guesses the width of a letter of a font that states none, in thousandths of its size: the
/// means of the usual text faces, by kinds of letters.
fn likely_width(code: u8) -> f32 {
    match code {
        b' ' | b'i' | b'j' | b'l' | b't' | b'f' | b'I' | b'.' | b',' | b';' | b':' | b'!'
        | b'\'' | b'|' | b'(' | b')' | b'[' | b']' | b'-' | b'/' | b'r' => 290.0,
        b'm' | b'w' | b'M' | b'W' | b'@' | b'%' => 830.0,
        b'A'..=b'Z' => 670.0,
        _ => 510.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn read(font: &Font, bytes: &[u8]) -> (String, Vec<f32>) {
        let (mut text, mut widths, mut rest) = (String::new(), Vec::new(), bytes);
        while let Some((shown, length)) = font.next(rest) {
            text.push_str(shown.text.as_deref().unwrap_or("?"));
            widths.push(shown.width);
            rest = &rest[length..];
        }
        (text, widths)
    }

    #[test]
    fn simple_fonts() {
        let document = Document::new();
        let font = Font::load(
            &document,
            &dictionary! {
                "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "ABCDEF+Face-Bold",
                "Encoding" => dictionary! {
                    "BaseEncoding" => "WinAnsiEncoding",
                    "Differences" => vec![2.into(), "fi".into(), "uni00E9".into(), 66.into(), "g7".into()],
                },
                "FirstChar" => 65, "Widths" => vec![700.into(), 600.into()],
            },
        );
        assert!(font.is_bold);
        let expected = ("\u{fb01}éA?’".to_owned(), vec![510.0, 510.0, 700.0, 600.0, 510.0]);
        assert_eq!(read(&font, b"\x02\x03AB\x92"), expected);
        assert_eq!(read(&Font::missing(), b"Ami").0, "Ami");
    }

    #[test]
    fn composite_fonts() {
        let document = Document::new();
        let load = |encoding: &str| {
            let descendant = dictionary! {
                "DW" => 900,
                "W" => vec![1.into(), vec![500.into()].into(), 20.into(), 0x42.into(), 250.into()],
            };
            let font = dictionary! {
                "Type" => "Font", "Encoding" => encoding, "DescendantFonts" => vec![descendant.into()],
            };
            Font::load(&document, &font)
        };
        assert_eq!(read(&load("Identity-H"), &[0, 1, 0, 9]), ("??".to_owned(), vec![500.0, 900.0]));
        assert_eq!(read(&load("UniGB-UCS2-H"), &[0, 0x42]), ("B".to_owned(), vec![250.0]));
        assert_eq!(read(&load("90ms-RKSJ-H"), b"A\x82\xa0").0, "Aあ");
        assert_eq!(read(&load("GBK-EUC-H"), b"\xb0\xa1\x00").0, "啊\0");
    }

    #[test]
    fn hostile_widths_stay_small() {
        let document = Document::new();
        let range: [Object; 3] = [0.into(), i64::from(u32::MAX).into(), 5.into()];
        let beyond: [Object; 2] = [70_000.into(), vec![6.into()].into()];
        let listed: Vec<Object> =
            std::iter::repeat_n(range, 10_000).flatten().chain(beyond).collect();
        let widths = composite_widths(&document, &listed);
        assert_eq!((widths.len(), widths.get(&70_000)), (MAX_WIDTHS, None));
    }
}
