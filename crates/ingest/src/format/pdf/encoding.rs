//! What the codes of one byte stand for: base encodings and glyph names.

use lopdf::{Dictionary, Document, Object};

/// Texts of the 256 codes of a font; none where a code stands for nothing known.
pub(super) type CodeTexts = Vec<Option<Box<str>>>;

/// The symbol font's own encoding (ISO 32000-1, D.5), from code 0x20 on.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\
    \u{203e}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// The same from code 0xa1 on, as far as it goes beyond parts of larger signs.
const SYMBOL_HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…";

/// Returns the texts of a base encoding of that name; of the standard encoding for any other.
pub(super) fn base_encoding(name: &[u8]) -> CodeTexts {
    let name = match name {
        b"WinAnsiEncoding" | b"MacRomanEncoding" | b"MacExpertEncoding" => name,
        _ => b"StandardEncoding",
    };
    let document = Document::new();
    let font = font_with(Object::Name(name.to_vec()));
    let Ok(encoding) = font.get_font_encoding(&document) else { return vec![None; 256] };
    let text = |code: u8| encoding.bytes_to_string(&[code]).ok().filter(|text| !text.is_empty());
    (0..=255).map(|code| text(code).map(Into::into)).collect()
}

/// Returns the texts of the symbol font.
pub(super) fn symbol_encoding() -> CodeTexts {
    let mut texts: CodeTexts = vec![None; 256];
    for (start, signs) in [(0x20, SYMBOL_LOW), (0xa1, SYMBOL_HIGH)] {
        for (slot, sign) in texts.iter_mut().skip(start).zip(signs.chars()) {
            *slot = Some(sign.to_string().into());
        }
    }
    texts
}

/// Returns what a glyph name stands for: names of the Adobe Glyph List, `uni` and `u` names, and
/// parts joined by `_`; what follows a full stop tells only the glyph's form.
pub(super) fn glyph_text(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let parts: Option<Vec<String>> = name.split('_').map(single_glyph_text).collect();
    Some(parts?.concat())
}

fn single_glyph_text(name: &str) -> Option<String> {
    if let Some(digits) = name.strip_prefix("uni")
        && digits.len() >= 4
        && digits.len().is_multiple_of(4)
        && digits.bytes().all(|b| b.is_ascii_hexdigit())
    {
        let bytes = super::tokens::unhex(digits.as_bytes());
        return Some(encoding_rs::UTF_16BE.decode_without_bom_handling(&bytes).0.into_owned());
    }
    if let Some(digits) = name.strip_prefix('u')
        && (4..=6).contains(&digits.len())
        && let Ok(code) = u32::from_str_radix(digits, 16)
    {
        return char::from_u32(code).map(String::from);
    }
    listed_glyph_text(name)
}

/// Looks a name up in the Adobe Glyph List, which the crate for objects holds behind the
/// differences of a font's encoding.
fn listed_glyph_text(name: &str) -> Option<String> {
    let differences = vec![Object::Integer(0), Object::Name(name.as_bytes().to_vec())];
    let mut encoding = Dictionary::new();
    encoding.set("Differences", Object::Array(differences));
    let font = font_with(Object::Dictionary(encoding));
    let document = Document::new();
    // Code 0 stands for nothing in the encoding that is taken where the name is unknown.
    let text = font.get_font_encoding(&document).ok()?.bytes_to_string(&[0]).ok()?;
    (!text.is_empty()).then_some(text)
}

fn font_with(encoding: Object) -> Dictionary {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    font
}

/// Reads the encoding that a Type 1 font program states in its clear part: `dup 65 /A put`.
pub(super) fn built_in_names(program: &[u8]) -> Vec<(u8, Vec<u8>)> {
    /// Bytes of the clear part that are looked at; it is seldom longer than 10 kB.
    const MAX_CLEAR: usize = 1 << 16;
    let clear = program.get(..program.len().min(MAX_CLEAR)).unwrap_or_default();
    let clear = memchr::memmem::find(clear, b"eexec").and_then(|end| clear.get(..end));
    let Some(clear) = clear else { return Vec::new() };
    let Some(start) = memchr::memmem::find(clear, b"/Encoding") else { return Vec::new() };
    let clear = String::from_utf8_lossy(clear.get(start..).unwrap_or_default()).into_owned();
    let words: Vec<&str> = clear.split_whitespace().collect();
    let entry = |window: &[&str]| match window {
        ["dup", code, name, "put"] => {
            Some((code.parse().ok()?, name.strip_prefix('/')?.as_bytes().to_vec()))
        }
        _ => None,
    };
    words.windows(4).filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_names() {
        for (name, expected) in [
            ("A", Some("A")),
            ("quoteright", Some("’")),
            ("emdash", Some("—")),
            ("fi", Some("\u{fb01}")),
            ("f_f_i", Some("ffi")),
            ("a.sc", Some("a")),
            ("uni00410042", Some("AB")),
            ("u1F600", Some("\u{1f600}")),
            ("g123", None),
            (".notdef", None),
            ("", None),
        ] {
            assert_eq!(glyph_text(name.as_bytes()).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn base_encodings() {
        let text = |name: &[u8], code: usize| base_encoding(name)[code].clone().unwrap_or_default();
        for (name, code, expected) in [
            (&b"WinAnsiEncoding"[..], 0x92, "’"),
            (b"WinAnsiEncoding", 0xe9, "é"),
            (b"MacRomanEncoding", 0x8e, "é"),
            (b"StandardEncoding", 0x27, "’"),
            (b"Unheard-Of", 0xae, "\u{fb01}"),
            (b"StandardEncoding", 0x80, ""),
        ] {
            assert_eq!(&*text(name, code), expected, "{name:?} {code}");
        }
        let symbol = symbol_encoding();
        let sign = |code: usize| symbol[code].as_deref();
        assert_eq!([sign(0x61), sign(0x7e), sign(0xb7)], [Some("α"), Some("∼"), Some("•")]);
    }

    #[test]
    fn encodings_of_font_programs() {
        let program = b"%!PS /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\n\
            dup 11 /ff put\ndup 12 /fi put readonly def currentfile eexec \x80\x81";
        let expected = [(11, b"ff".to_vec()), (12, b"fi".to_vec())];
        assert_eq!(built_in_names(program), expected);
        assert_eq!(built_in_names(b"\x00\x01"), []);
    }
}
