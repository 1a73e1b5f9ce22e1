//! CMaps: which codes a string holds, and what they stand for (ISO 32000-1, 9.7.5 and 9.10.3).

use super::tokens::{Operand, Operation, Tokens};
use encoding_rs::UTF_16BE;
use std::collections::BTreeMap;

/// Codes that a map may name, each time counted: all of two bytes. What goes beyond is left out.
const MAX_CODES: usize = 1 << 16;

/// The longest text that a code may stand for, in bytes (ISO 32000-1, 9.10.3).
const MAX_TEXT: usize = 512;

/// Ranges that tell how long codes are; each code is compared with all of them.
const MAX_CODESPACES: usize = 128;

/// What the codes of a font stand for.
#[derive(Debug, Default, PartialEq)]
pub(super) struct CMap {
    /// Ranges of codes: bytes of a code, first, last.
    codespace: Vec<(usize, u32, u32)>,
    texts: BTreeMap<u32, Box<str>>,
    /// How often a text was given, to a code that had one or not.
    n_given: usize,
    /// Ranges of character ids by their first code: last code, first id.
    ids: BTreeMap<u32, (u32, u32)>,
}

impl CMap {
    /// Reads a map; what is broken in it is passed over.
    pub(super) fn parse(source: &[u8]) -> Self {
        let mut map = Self::default();
        let mut tokens = Tokens::new(source);
        let mut operation = Operation::default();
        while tokens.next_into(&mut operation) {
            let operands = &operation.operands;
            match operation.operator {
                b"endcodespacerange" => map.add_codespace(operands),
                b"endbfchar" => map.add_characters(operands),
                b"endbfrange" => map.add_ranges(operands),
                b"endcidrange" => map.add_ids(operands),
                b"endcidchar" => map.add_single_ids(operands),
                _ => {}
            }
        }
        map
    }

    fn add_codespace(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(first), Operand::Text(last)] = pair
                && (1..=4).contains(&first.len())
                && self.codespace.len() < MAX_CODESPACES
            {
                self.codespace.push((first.len(), code_of(first), code_of(last)));
            }
        }
    }

    fn add_characters(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(code), Operand::Text(text)] = pair {
                self.put(code_of(code), decode_utf_16(text));
            }
        }
    }

    fn add_ranges(&mut self, operands: &[Operand]) {
        for range in operands.chunks_exact(3) {
            let [Operand::Text(first), Operand::Text(last), target] = range else { continue };
            let codes = code_of(first)..=code_of(last);
            match target {
                Operand::Text(text) if text.len() <= MAX_TEXT => {
                    for (step, code) in codes.enumerate() {
                        if !self.put(code, decode_utf_16(&advance(text, step))) {
                            break;
                        }
                    }
                }
                Operand::Array(texts) => {
                    for (code, text) in codes.zip(texts) {
                        if let Operand::Text(text) = text {
                            self.put(code, decode_utf_16(text));
                        }
                    }
                }
                Operand::Text(_)
                | Operand::Number(_)
                | Operand::Name(_)
                | Operand::Dictionary(_)
                | Operand::Other => {}
            }
        }
    }

    fn add_ids(&mut self, operands: &[Operand]) {
        for range in operands.chunks_exact(3) {
            if let [Operand::Text(first), Operand::Text(last), Operand::Number(id)] = range
                && self.ids.len() < MAX_CODES
            {
                self.ids.insert(code_of(first), (code_of(last), *id as u32));
            }
        }
    }

    fn add_single_ids(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(code), Operand::Number(id)] = pair
                && self.ids.len() < MAX_CODES
            {
                self.ids.insert(code_of(code), (code_of(code), *id as u32));
            }
        }
    }

    /// Sets what a code stands for; tells whether there was room.
    fn put(&mut self, code: u32, text: String) -> bool {
        let has_room = self.n_given < MAX_CODES;
        self.n_given += usize::from(has_room);
        if has_room && !text.is_empty() && text != "\0" && text.len() <= MAX_TEXT {
            self.texts.insert(code, text.into());
        }
        has_room
    }

    /// Returns what a code stands for.
    pub(super) fn text(&self, code: u32) -> Option<&str> {
        self.texts.get(&code).map(|text| &**text)
    }

    /// Returns the character id of a code, the code itself where no range holds it.
    pub(super) fn id(&self, code: u32) -> u32 {
        let range = self.ids.range(..=code).next_back().filter(|(_, (last, _))| code <= *last);
        range.map_or(code, |(first, (_, id))| id.saturating_add(code - first))
    }

    /// Takes the first code off a string: the code and its length, two bytes where none fits.
    pub(super) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        for length in 1..=bytes.len().min(4) {
            let code = code_of(bytes.get(..length).unwrap_or_default());
            let fits = |(n, first, last): &(usize, u32, u32)| {
                *n == length && (*first..=*last).contains(&code)
            };
            if self.codespace.iter().any(fits) {
                return (code, length);
            }
        }
        let length = bytes.len().min(2);
        (code_of(bytes.get(..length).unwrap_or_default()), length)
    }
}

/// Reads up to four bytes as a number.
fn code_of(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, &byte| code << 8 | u32::from(byte))
}

/// Adds to the last two bytes of a text, which is how the texts of a range follow on.
fn advance(text: &[u8], step: usize) -> Vec<u8> {
    let mut text = text.to_vec();
    match text.as_mut_slice() {
        [.., high, low] => {
            let last = u16::from_be_bytes([*high, *low]).wrapping_add(step as u16);
            [*high, *low] = last.to_be_bytes();
        }
        [only] => *only = only.wrapping_add(step as u8),
        [] => {}
    }
    text
}

fn decode_utf_16(bytes: &[u8]) -> String {
    match bytes {
        [byte] => char::from(*byte).to_string(),
        _ => UTF_16BE.decode_without_bom_handling(bytes).0.replace('\u{fffd}', ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &[u8] = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap
        1 begincodespacerange <0000> <FFFF> endcodespacerange
        2 beginbfchar <0003> <0020> <0004><00660069> endbfchar
        2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <D83DDE00>] endbfrange
        1 begincidrange <0100> <01ff> 7 endcidrange endcmap";

    #[test]
    fn characters_and_ranges() {
        let map = CMap::parse(MAP);
        let texts: Vec<_> = [3, 4, 0x10, 0x12, 0x13, 0x20, 0x21].map(|code| map.text(code)).into();
        let expected =
            [Some(" "), Some("fi"), Some("A"), Some("C"), None, Some("a"), Some("\u{1f600}")];
        assert_eq!(texts, expected);
        assert_eq!((map.id(0x105), map.id(5)), (12, 5));
        assert_eq!(map.next_code(&[0, 3, 9]), (3, 2));
    }

    #[test]
    fn code_lengths_are_those_of_the_codespace() {
        let map = CMap::parse(b"begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange");
        assert_eq!(map.next_code(b"A\x81\x40"), (0x41, 1));
        assert_eq!(map.next_code(b"\x81\x40"), (0x8140, 2));
        assert_eq!(map.next_code(b"\xff"), (0xff, 1));
        assert_eq!(map.next_code(b""), (0, 0));
    }

    #[test]
    fn hostile_maps_stay_small() {
        let map = CMap::parse(b"beginbfrange <00000000> <ffffffff> <0041> endbfrange");
        assert!(map.texts.len() <= MAX_CODES);
        let many = format!("beginbfchar {} endbfchar", "<0041> <0042> ".repeat(70_000));
        assert_eq!(CMap::parse(many.as_bytes()).text(0x41), Some("B"));
        let again = "<0000> <ffff> <0041> ".repeat(5_000);
        let map = CMap::parse(format!("beginbfrange {again} endbfrange").as_bytes());
        assert_eq!((map.n_given, map.text(0)), (MAX_CODES, Some("A")));
        let long = "0041".repeat(100_000);
        let map = CMap::parse(format!("<0000> <ffff> <{long}> endbfrange").as_bytes());
        assert!(map.texts.is_empty());
        assert_eq!(CMap::parse(b"endbfrange <00> endbfchar ( << ["), CMap::default());
    }
}
