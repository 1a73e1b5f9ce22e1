//! Bytes to Unicode, with the way back.

use super::Traced;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_model::Span;

/// Room for all that one byte may complete.
const ROOM: usize = 32;

/// Decodes as [`decode`](crate::decode::decode) does.
pub(super) fn decode_traced(bytes: &[u8], encoding: &'static Encoding) -> Traced {
    let mut traced = Traced::default();
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        traced.append_copied(text);
        return traced;
    }
    let n_marks = mark_of(encoding).filter(|mark| bytes.starts_with(mark)).map_or(0, <[u8]>::len);
    traced.offsets.push(0, n_marks);
    let bytes = bytes.get(n_marks..).unwrap_or_default();
    if encoding == UTF_8 {
        append_utf_8(bytes, &mut traced);
    } else if encoding == UTF_16LE {
        append_utf_16(bytes, u16::from_le_bytes, &mut traced);
    } else if encoding == UTF_16BE {
        append_utf_16(bytes, u16::from_be_bytes, &mut traced);
    } else {
        append_stepwise(bytes, n_marks, encoding, &mut traced);
    }
    traced
}

fn append_utf_8(bytes: &[u8], traced: &mut Traced) {
    for chunk in bytes.utf8_chunks() {
        traced.append_copied(chunk.valid());
        if !chunk.invalid().is_empty() {
            traced.append("\u{fffd}", chunk.invalid().len());
        }
    }
}

fn append_utf_16(bytes: &[u8], unit_of: fn([u8; 2]) -> u16, traced: &mut Traced) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| unit_of(pair));
    let mut decoded = char::decode_utf16(units).peekable();
    let mut n_odd = odd.len();
    while let Some(read) = decoded.next() {
        match read {
            Ok(c) => traced.append(c.encode_utf8(&mut [0; 4]), c.len_utf16() * 2),
            Err(lone) => {
                // Half a pair and half a unit at the end are one mistake.
                let is_cut_off = decoded.peek().is_none() && lone.unpaired_surrogate() < 0xdc00;
                let n_more = if is_cut_off { std::mem::take(&mut n_odd) } else { 0 };
                traced.append("\u{fffd}", 2 + n_more);
            }
        }
    }
    if n_odd > 0 {
        traced.append("\u{fffd}", n_odd);
    }
}

fn append_stepwise(
    bytes: &[u8],
    n_before: usize,
    encoding: &'static Encoding,
    traced: &mut Traced,
) {
    let mut stepwise = Stepwise::new(encoding.new_decoder_without_bom_handling());
    let mut start = n_before;
    for end in 0..=bytes.len() {
        let byte = end.checked_sub(1).and_then(|at| bytes.get(at..end)).unwrap_or_default();
        stepwise
            .step(byte, false, &mut |chars| traced.append_made(chars, &mut start, n_before + end));
    }
    stepwise.step(&[], true, &mut |chars| {
        traced.append_made(chars, &mut start, n_before + bytes.len());
    });
}

/// Returns the byte order mark of an encoding.
fn mark_of(encoding: &'static Encoding) -> Option<&'static [u8]> {
    if encoding == UTF_8 {
        Some(b"\xef\xbb\xbf")
    } else if encoding == UTF_16LE {
        Some(b"\xff\xfe")
    } else if encoding == UTF_16BE {
        Some(b"\xfe\xff")
    } else {
        None
    }
}

impl Traced {
    fn append_copied(&mut self, text: &str) {
        self.text.push_str(text);
        self.offsets.push_copied(text.len());
    }

    /// Appends a character that was made of the next bytes.
    fn append(&mut self, c: &str, n_bytes: usize) {
        if c.len() == n_bytes {
            return self.append_copied(c);
        }
        self.text.push_str(c);
        self.offsets.push(c.len(), n_bytes);
    }

    /// Appends what bytes from `start` to `end` completed.
    fn append_made(&mut self, chars: &str, start: &mut usize, end: usize) {
        self.text.push_str(chars);
        self.offsets.push_made_of(chars.len(), Span::from_range(*start..end));
        // The last bytes of a sequence that is none may belong to the next character.
        if !chars.contains('\u{fffd}') {
            *start = end;
        }
    }
}

/// A decoder that is given a byte at a time, so that it shows what each character was made of.
pub(super) struct Stepwise(Decoder);

impl Stepwise {
    pub(super) fn new(decoder: Decoder) -> Self {
        Self(decoder)
    }

    /// Takes at most one byte; `on_chars` gets the characters that it completes.
    pub(super) fn step(&mut self, byte: &[u8], last: bool, on_chars: &mut dyn FnMut(&str)) {
        let mut room = [0; ROOM];
        let (result, _, n_written, _) = self.0.decode_to_utf8(byte, &mut room, last);
        debug_assert_eq!(result, CoderResult::InputEmpty, "the room is enough");
        let written = room.get(..n_written).unwrap_or_default();
        if let Ok(chars) = std::str::from_utf8(written)
            && !chars.is_empty()
        {
            on_chars(chars);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::decode;
    use encoding_rs::{BIG5, GB18030, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_decoded_as_by_the_reader_and_lead_back(
            mark in prop::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x20..0x7f_u8, 0xd8..0xe0_u8], 0..60),
            encoding in prop::sample::select(vec![
                UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252, SHIFT_JIS, BIG5, GB18030, ISO_2022_JP,
            ]),
        ) {
            let bytes = [mark, &bytes].concat();
            let traced = decode_traced(&bytes, encoding);
            prop_assert_eq!(&traced.text, &decode(bytes.clone(), encoding).text);
            let is_stateless = encoding != ISO_2022_JP;
            for (at, c) in traced.text.char_indices() {
                let span = traced.offsets.source_span(Span::from_range(at..at + c.len_utf8()));
                prop_assert!(!span.is_empty());
                let (again, _) = encoding.decode_without_bom_handling(&bytes[span.range()]);
                prop_assert!(!is_stateless || again.contains(c), "{:?} in {:?}", c, bytes);
            }
        }
    }
}
