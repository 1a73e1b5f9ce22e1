//! Content streams cut into operators with their operands (ISO 32000-1, 7.8.2).

/// Arrays and dictionaries inside one another, beyond which they are left out: TJ needs one.
const MAX_NESTING: usize = 8;

/// Operands kept for one operator, and members of an array: a map of codes has some hundreds, and
/// each takes 32 bytes of memory.
const MAX_OPERANDS: usize = 200_000;

/// An operand of an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Number(f32),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Operand>),
    /// Keys and values in turn.
    Dictionary(Vec<Operand>),
    /// `true`, `false`, `null`.
    Other,
}

impl Operand {
    /// Returns the value of a key of a dictionary.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Self> {
        let Self::Dictionary(entries) = self else { return None };
        entries.chunks_exact(2).find_map(|entry| match entry {
            [Self::Name(name), value] if name == key => Some(value),
            _ => None,
        })
    }
}

/// An operator with what stands before it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Operation<'a> {
    pub(super) operator: &'a [u8],
    pub(super) operands: Vec<Operand>,
}

/// Cuts a content stream into operations; what cannot be read is passed over.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Reads the next operation into the given one; tells whether there was one.
    ///
    /// An inline image is passed over and counts as the operator `EI`.
    pub(super) fn next_into(&mut self, operation: &mut Operation<'a>) -> bool {
        operation.operands.clear();
        loop {
            self.skip_blanks();
            let Some(byte) = self.peek() else { return false };
            if is_regular(byte) && !starts_number(byte) {
                let word = self.take_while(is_regular);
                match word {
                    b"true" | b"false" | b"null" => operation.operands.push(Operand::Other),
                    b"BI" => {
                        self.skip_inline_image();
                        operation.operator = b"EI";
                        return true;
                    }
                    _ => {
                        operation.operator = word;
                        return true;
                    }
                }
            } else if let Some(operand) = self.operand(0)
                && operation.operands.len() < MAX_OPERANDS
            {
                operation.operands.push(operand);
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, holds: fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !holds(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        loop {
            self.take_while(is_blank);
            if self.peek() != Some(b'%') {
                return;
            }
            self.take_while(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    /// Reads one operand; always moves on.
    fn operand(&mut self, depth: usize) -> Option<Operand> {
        let byte = self.peek()?;
        match byte {
            b'(' => Some(Operand::Text(self.literal_string())),
            b'/' => {
                self.at += 1;
                Some(Operand::Name(unescape_name(self.take_while(is_regular))))
            }
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.sequence(depth, b'>').map(Operand::Dictionary)
            }
            b'<' => Some(Operand::Text(self.hex_string())),
            b'[' => {
                self.at += 1;
                self.sequence(depth, b']').map(Operand::Array)
            }
            _ if starts_number(byte) => number(self.take_while(is_regular)).map(Operand::Number),
            _ if is_regular(byte) => {
                self.take_while(is_regular);
                Some(Operand::Other)
            }
            _ => {
                self.at += 1;
                None
            }
        }
    }

    /// Reads the members of an array or dictionary up to its end.
    fn sequence(&mut self, depth: usize, end: u8) -> Option<Vec<Operand>> {
        let mut members = Vec::new();
        loop {
            self.skip_blanks();
            let Some(byte) = self.peek() else { break };
            if byte == end {
                self.at += if end == b'>' { 2 } else { 1 };
                break;
            }
            if depth >= MAX_NESTING {
                self.at += 1;
                continue;
            }
            let member = self.operand(depth + 1);
            members.extend(member.filter(|_| members.len() < MAX_OPERANDS));
        }
        (depth < MAX_NESTING).then_some(members)
    }

    fn literal_string(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut n_open = 1_usize;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text),
                b'(' => {
                    n_open += 1;
                    text.push(byte);
                }
                b')' => {
                    n_open -= 1;
                    if n_open == 0 {
                        break;
                    }
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push((code & 0xff) as u8);
            }
            _ => text.push(byte),
        }
    }

    fn hex_string(&mut self) -> Vec<u8> {
        self.at += 1;
        let digits = self.take_while(|byte| byte != b'>');
        self.at += 1;
        unhex(digits)
    }

    /// Passes over an inline image: its data ends before an `EI` that stands alone.
    fn skip_inline_image(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let data = memchr::memmem::find(rest, b"ID").map_or(rest.len(), |at| at + 2);
        let ends = memchr::memmem::find_iter(rest.get(data..).unwrap_or_default(), b"EI");
        let alone = |end: &usize| {
            let before = rest.get((data + end).wrapping_sub(1)).copied();
            let after = rest.get(data + end + 2).copied();
            before.is_none_or(is_blank) && after.is_none_or(|byte| !is_regular(byte))
        };
        let end = ends.into_iter().find(alone).map_or(rest.len(), |end| data + end + 2);
        self.at += end;
    }
}

/// Reads hexadecimal digits, an odd last one as if a zero followed.
pub(super) fn unhex(digits: &[u8]) -> Vec<u8> {
    let value = |&digit: &u8| char::from(digit).to_digit(16).map(|value| value as u8);
    let values: Vec<u8> = digits.iter().filter_map(value).collect();
    values
        .chunks(2)
        .map(|pair| pair.first().unwrap_or(&0) << 4 | pair.get(1).unwrap_or(&0))
        .collect()
}

fn unescape_name(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let code = after.get(..2).filter(|_| byte == b'#').map(unhex);
        match code.as_deref() {
            Some([code]) => {
                plain.push(*code);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => plain.push(byte),
        }
    }
    plain
}

fn number(word: &[u8]) -> Option<f32> {
    let text = std::str::from_utf8(word).ok()?;
    let parsed = text.parse::<f32>().ok().filter(|value| value.is_finite());
    // Some writers set two signs, or one in the middle: the first number is meant.
    parsed.or_else(|| {
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        let digits = text.trim_start_matches(['-', '+']);
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
        digits.get(..end)?.parse::<f32>().ok().map(|value| sign * value)
    })
}

fn starts_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn operators(source: &[u8]) -> Vec<(String, Vec<Operand>)> {
        let mut tokens = Tokens::new(source);
        let mut operation = Operation::default();
        let mut found = Vec::new();
        while tokens.next_into(&mut operation) {
            let name = String::from_utf8_lossy(operation.operator).into_owned();
            found.push((name, operation.operands.clone()));
        }
        found
    }

    #[test]
    fn operations_are_cut() {
        use Operand::{Array, Dictionary, Name, Number, Other, Text};
        let source = b"BT /F#311 -.5 Tf%x\n[(a\\)(b)\\101\\r)-20<4a4>]TJ true 1 w* \
            /P<</MCID 0/A(t)>>BDC BI /W 1 ID \x01 EIx\x02 EI Q";
        let text = |bytes: &[u8]| Text(bytes.to_vec());
        let expected = vec![
            ("BT".to_owned(), vec![]),
            ("Tf".to_owned(), vec![Name(b"F11".to_vec()), Number(-0.5)]),
            ("TJ".to_owned(), vec![Array(vec![text(b"a)(b)A\r"), Number(-20.0), text(b"J@")])]),
            ("w*".to_owned(), vec![Other, Number(1.0)]),
            (
                "BDC".to_owned(),
                vec![
                    Name(b"P".to_vec()),
                    Dictionary(vec![
                        Name(b"MCID".to_vec()),
                        Number(0.0),
                        Name(b"A".to_vec()),
                        text(b"t"),
                    ]),
                ],
            ),
            ("EI".to_owned(), vec![]),
            ("Q".to_owned(), vec![]),
        ];
        assert_eq!(operators(source), expected);
    }

    #[test]
    fn odd_numbers_are_read() {
        for (word, expected) in
            [("--3", Some(-3.0)), ("1-2", Some(1.0)), ("+.5", Some(0.5)), ("-", None)]
        {
            assert_eq!(number(word.as_bytes()), expected, "{word}");
        }
        assert_eq!(unhex(b"4a 4"), [0x4a, 0x40]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(source in prop::collection::vec(any::<u8>(), 0..300)) {
            operators(&source);
        }

        #[test]
        fn any_marks_end(source in "[\\[\\]<>()/%a1 \\\\BIDE]{0,200}") {
            operators(source.as_bytes());
        }
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(operators(&b"[".repeat(200_000)).is_empty());
        assert!(operators(&b"<<".repeat(200_000)).is_empty());
        assert!(operators(&b"(".repeat(200_000)).is_empty());
    }
}
