//! Code pages of RTF: of the document, and of each font.

use crate::format::office::symbols::symbol;
use encoding_rs::Encoding;
use std::collections::BTreeMap;

/// Fonts of a table that are kept; texts use some tens.
const MAX_FONTS: usize = 10_000;

/// How the bytes of a font's text are read.
#[derive(Clone, Debug)]
pub(super) enum Charset {
    CodePage(&'static Encoding),
    /// A symbol font of the given name.
    Symbols(String),
}

/// The fonts of a document and its own code page.
#[derive(Debug)]
pub(super) struct Fonts {
    pub(super) code_page: &'static Encoding,
    /// The font of text that names none.
    pub(super) default: i32,
    by_number: BTreeMap<i32, Charset>,
    /// The entry of the table that is being read.
    entry: Entry,
}

#[derive(Debug, Default)]
struct Entry {
    number: i32,
    charset: Option<i32>,
    code_page: Option<i32>,
    name: String,
}

impl Default for Fonts {
    fn default() -> Self {
        Self {
            code_page: encoding_rs::WINDOWS_1252,
            default: 0,
            by_number: BTreeMap::new(),
            entry: Entry::default(),
        }
    }
}

impl Fonts {
    /// Takes a control word of the font table.
    pub(super) fn take_word(&mut self, word: &str, number: i32) {
        match word {
            "f" => self.entry.number = number,
            "fcharset" => self.entry.charset = Some(number),
            "cpg" => self.entry.code_page = Some(number),
            _ => {}
        }
    }

    /// Takes text of the font table: names of fonts, each ended by a semicolon.
    pub(super) fn take_text(&mut self, text: &[u8]) {
        for &byte in text {
            if byte != b';' {
                self.entry.name.extend((self.entry.name.len() < 64).then_some(char::from(byte)));
                continue;
            }
            let entry = std::mem::take(&mut self.entry);
            let page = entry.code_page.and_then(code_page);
            let charset = match (page, entry.charset) {
                (Some(page), _) => Charset::CodePage(page),
                (None, Some(2)) => Charset::Symbols(entry.name),
                (None, Some(charset)) => {
                    Charset::CodePage(of_charset(charset).unwrap_or(self.code_page))
                }
                (None, None) => Charset::CodePage(self.code_page),
            };
            if self.by_number.len() < MAX_FONTS {
                self.by_number.insert(entry.number, charset);
            }
        }
    }

    /// Decodes bytes of text in a font; tells whether all could be.
    pub(super) fn decode(&self, bytes: &[u8], font: Option<i32>) -> (String, bool) {
        match self.by_number.get(&font.unwrap_or(self.default)) {
            Some(Charset::Symbols(name)) => {
                (bytes.iter().filter_map(|&byte| symbol(name, u32::from(byte))).collect(), true)
            }
            Some(Charset::CodePage(page)) => decoded(page, bytes),
            None => decoded(self.code_page, bytes),
        }
    }

    /// Returns the character of a number in the private area, where Word puts symbol fonts.
    pub(super) fn symbol(&self, c: char, font: Option<i32>) -> char {
        match self.by_number.get(&font.unwrap_or(self.default)) {
            Some(Charset::Symbols(name)) => symbol(name, u32::from(c)).unwrap_or(c),
            Some(Charset::CodePage(_)) | None => c,
        }
    }
}

fn decoded(page: &'static Encoding, bytes: &[u8]) -> (String, bool) {
    let (text, had_errors) = page.decode_without_bom_handling(bytes);
    (text.into_owned(), !had_errors)
}

/// Returns a code page by its number in Windows.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 0 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        10007 => encoding_rs::X_MAC_CYRILLIC,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

/// Returns the code page of a font's character set (RTF 1.9.1, font table).
fn of_charset(charset: i32) -> Option<&'static Encoding> {
    code_page(match charset {
        0 => 1252,
        77 => 10000,
        89 => 10007,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 | 181 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
