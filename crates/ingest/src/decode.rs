//! Bytes to Unicode.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// Bytes looked at to tell UTF-16 by its zero bytes.
const ZERO_SAMPLE: usize = 1024;

/// Bytes in which an XML declaration ends.
const DECLARATION: usize = 256;

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// What was lost, where something was.
    pub(crate) note: Option<String>,
}

/// Tells the encoding of a text by byte order mark, zero bytes, validity as UTF-8, an XML
/// declaration, then letter statistics.
///
/// `complete` says whether `bytes` is all of the text, or a sample cut anywhere.
pub(crate) fn detect_encoding(bytes: &[u8], complete: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf_16_by_zeros(bytes) {
        return encoding;
    }
    let declared = declared_by_xml(bytes);
    match std::str::from_utf8(bytes) {
        // A sample of ASCII alone says nothing of what follows.
        Ok(text) if !complete && text.is_ascii() => return declared.unwrap_or(UTF_8),
        Ok(_) => return UTF_8,
        Err(error) if !complete && error.error_len().is_none() => return UTF_8,
        Err(_) => {}
    }
    if is_damaged_utf_8(bytes) {
        return UTF_8;
    }
    if let Some(declared) = declared.filter(|declared| *declared != UTF_8) {
        return declared;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, complete);
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns the encoding that an XML declaration names, if it is one that ASCII is a part of.
fn declared_by_xml(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(DECLARATION))?;
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|&byte| byte == b'>')?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let label = value.trim_start().strip_prefix('=')?.trim_start();
    let label = label.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(ZERO_SAMPLE))?;
    let pairs = sample.len() / 2;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 2 {
        None
    } else if odd * 10 >= pairs * 4 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 4 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Tells whether most of the bytes beyond ASCII are well-formed UTF-8.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_good > n_bad
}

/// Decodes a whole text; what cannot be decoded becomes U+FFFD and is noted.
pub(crate) fn decode(bytes: Vec<u8>, encoding: &'static Encoding) -> Decoded {
    let bytes = if encoding == UTF_8 {
        match String::from_utf8(bytes) {
            Ok(text) => return Decoded { text, note: None },
            Err(error) => error.into_bytes(),
        }
    } else {
        bytes
    };
    let (text, had_errors) = encoding.decode_with_bom_removal(&bytes);
    let note = had_errors.then(|| {
        let n = text.matches('\u{fffd}').count();
        format!("{n} byte sequences are not {} and were replaced by U+FFFD", encoding.name())
    });
    Decoded { text: text.into_owned(), note }
}

/// Reads UTF-16 as UTF-8.
pub(crate) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    pending: Vec<u8>,
    at: usize,
    finished: bool,
}

impl<R: BufRead> Transcoder<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder();
        Self { inner, decoder, pending: Vec::new(), at: 0, finished: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let input = self.inner.fill_buf()?;
        let (last, n_input) = (input.is_empty(), input.len());
        self.pending.resize(n_input * 3 + 16, 0);
        let (_, n_read, n_written, _) = self.decoder.decode_to_utf8(input, &mut self.pending, last);
        self.inner.consume(n_read);
        self.pending.truncate(n_written);
        self.at = 0;
        self.finished = last;
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.pending.len() && !self.finished {
            self.refill()?;
        }
        let n = self.pending.get(self.at..).map_or(Ok(0), |mut rest| rest.read(buffer))?;
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "Señor, the “résumé” — a naïve façade, déjà vu in the café.";
        let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
            (utf_16(text, false, true), "UTF-16LE"),
            (utf_16(text, true, true), "UTF-16BE"),
            (utf_16(text, false, false), "UTF-16LE"),
            (utf_16(text, true, false), "UTF-16BE"),
            (windows, "windows-1252"),
        ] {
            let encoding = detect_encoding(&bytes, true);
            assert_eq!(encoding.name(), name);
            let decoded = decode(bytes.clone(), encoding);
            assert_eq!(decoded.text.trim_start_matches('\u{feff}'), text, "{name}");
            assert_eq!(decoded.note, None);
            if name.starts_with("UTF-16") {
                let mut streamed = String::new();
                let small = io::BufReader::with_capacity(7, &bytes[..]);
                Transcoder::new(small, encoding).read_to_string(&mut streamed).unwrap();
                assert_eq!(streamed, text);
            }
        }
    }

    #[test]
    fn xml_declarations_count_where_the_bytes_allow() {
        let greek = "<?xml version='1.0' encoding=\"ISO-8859-7\"?><a>";
        let (utf_8, none) = ("<?xml encoding='UTF-8'?>", "<?xml version='1.0'?>");
        for (head, tail, complete, name) in [
            (greek, &b"\xe1"[..], true, "ISO-8859-7"),
            (greek, b"x", false, "ISO-8859-7"),
            (greek, b"x", true, "UTF-8"),
            (greek, "é".as_bytes(), true, "UTF-8"),
            (utf_8, b"caf\xe9 na\xefve", true, "windows-1252"),
            (none, b"caf\xe9 na\xefve", true, "windows-1252"),
            ("<?xml encoding='UTF-16'?>", "é".as_bytes(), true, "UTF-8"),
            ("<?xml encoding='nonsense'?>", "é".as_bytes(), true, "UTF-8"),
        ] {
            let bytes = [head.as_bytes(), tail].concat();
            assert_eq!(detect_encoding(&bytes, complete).name(), name, "{head} {tail:?}");
        }
    }

    #[test]
    fn damage_is_noted() {
        let mut bytes = "déjà vu, café, naïve".as_bytes().to_vec();
        bytes.extend(b" \xff end");
        let encoding = detect_encoding(&bytes, true);
        assert_eq!(encoding.name(), "UTF-8");
        let decoded = decode(bytes, encoding);
        assert_eq!(decoded.text, "déjà vu, café, naïve \u{fffd} end");
        assert!(decoded.note.unwrap().starts_with("1 byte sequences are not UTF-8"));
        assert_eq!(detect_encoding("é".as_bytes().split_at(1).0, false).name(), "UTF-8");
    }
}
