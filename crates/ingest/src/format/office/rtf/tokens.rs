//! RTF to tokens.

/// A step of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word, without its backslash, and the number behind it.
    Word(&'a str, Option<i32>),
    /// A control symbol: what stands behind the backslash.
    Symbol(u8),
    /// A byte of text, written out as `\'hh`.
    Byte(u8),
    /// Bytes of text as they stand, without line ends.
    Text(&'a [u8]),
}

/// The longest control word; the specification has 32 letters.
const MAX_WORD: usize = 40;

/// Cuts RTF into tokens. What is no token by the specification is left out.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a [u8]) -> Self {
        Self { rest: source }
    }

    /// Passes over bytes that are no tokens: what follows `\bin`.
    pub(super) fn skip(&mut self, n: usize) {
        self.rest = self.rest.get(n..).unwrap_or_default();
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let (first, after) = self.rest.split_first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            if *first == b'\'' {
                let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                self.skip(if byte.is_some() { 2 } else { 0 });
                return Some(byte.map_or(Token::Symbol(b'\''), Token::Byte));
            }
            return Some(Token::Symbol(*first));
        }
        let is_letter = |byte: &&u8| byte.is_ascii_alphabetic();
        let n_letters = self.rest.iter().take(MAX_WORD).take_while(is_letter).count();
        let (word, rest) = self.rest.split_at(n_letters);
        let n_sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.get(n_sign..).unwrap_or_default();
        let n_digits =
            digits.iter().take(MAX_WORD).take_while(|byte| byte.is_ascii_digit()).count();
        let length = if n_digits == 0 { 0 } else { n_sign + n_digits };
        let (number, rest) = rest.split_at(length);
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        Some(Token::Word(std::str::from_utf8(word).unwrap_or_default(), number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (first, after) = self.rest.split_first()?;
            match first {
                b'{' | b'}' => {
                    self.rest = after;
                    return Some(if *first == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.rest = after;
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.rest = after,
                _ => {
                    let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest.iter().position(ends).unwrap_or(self.rest.len());
                    let (text, rest) = self.rest.split_at(length);
                    self.rest = rest;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_symbols_and_text() {
        let source = b"{\\rtf1\\b0 a  b\\'e9\\~\\u-10\\'zz\r\nc\\par}\\";
        let found: Vec<_> = Tokens::new(source).collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Word("b", Some(0)),
            Token::Text(b"a  b"),
            Token::Byte(0xe9),
            Token::Symbol(b'~'),
            Token::Word("u", Some(-10)),
            Token::Symbol(b'\''),
            Token::Text(b"zz"),
            Token::Text(b"c"),
            Token::Word("par", None),
            Token::Close,
        ];
        assert_eq!(found, expected);
    }
}
