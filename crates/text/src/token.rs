use crate::fold::is_ignorable;
use onrecord_model::Span;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The longest token, in bytes; a longer run of letters is cut into several, so that no run is
/// too long to be indexed.
pub const MAX_TOKEN_BYTES: usize = 1024;

/// Finds the tokens of a text: runs of letters and digits, apostrophes inside them included.
///
/// In order and disjoint. Hyphens and dashes separate; soft hyphens, zero-width characters and
/// combining marks inside a word belong to it. Nothing is too short to be a token.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// The iterator that [`tokens`] returns.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

/// What a character does to a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Letters and digits make it.
    Makes,
    /// Combining marks stay with the letter before them.
    Marks,
    /// Apostrophes and invisible characters stay in it if one that makes it follows.
    Joins,
    /// All else ends it.
    Ends,
}

impl Iterator for Tokens<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.find_start()?;
        let end = self.find_end(start);
        self.at = end;
        Some(Span::from_range(start..end))
    }
}

impl Tokens<'_> {
    fn find_start(&self) -> Option<usize> {
        let mut at = self.at;
        loop {
            at += self.count_from(at..self.text.len(), |byte| {
                byte.is_ascii() && !byte.is_ascii_alphanumeric()
            });
            let (role, length) = self.role_at(at)?;
            if role == Role::Makes {
                return Some(at);
            }
            at += length;
        }
    }

    fn find_end(&self, start: usize) -> usize {
        // No further than a token reaches: a run may be as long as the text.
        let limit = self.text.len().min(start + MAX_TOKEN_BYTES);
        let n_plain = self.count_from(start..limit, |byte| byte.is_ascii_alphanumeric());
        let mut at = start + n_plain;
        let mut end = at;
        if self.text.as_bytes().get(at).is_none_or(|byte| byte.is_ascii() && *byte != b'\'') {
            return end;
        }
        let mut joined = false;
        while let Some((role, length)) = self.role_at(at) {
            match role {
                Role::Makes if at + length - start <= MAX_TOKEN_BYTES => {
                    joined = false;
                    end = at + length;
                }
                Role::Marks if end == at && at + length - start <= MAX_TOKEN_BYTES => {
                    end = at + length
                }
                Role::Joins if is_apostrophe_at(self.text, at) && joined => break,
                Role::Joins if at - start < MAX_TOKEN_BYTES => {
                    joined |= is_apostrophe_at(self.text, at);
                }
                Role::Makes | Role::Marks | Role::Joins | Role::Ends => break,
            }
            at += length;
        }
        end
    }

    /// Counts the bytes at the start of a stretch that are of a class; most text is plain, and this
    /// is the short way over it.
    fn count_from(&self, stretch: Range<usize>, class: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(stretch).unwrap_or_default();
        rest.iter().position(|&byte| !class(byte)).unwrap_or(rest.len())
    }

    /// Returns the role and the length of the character at a byte, none at the end.
    #[expect(clippy::string_slice, reason = "`at` moves by whole characters")]
    fn role_at(&self, at: usize) -> Option<(Role, usize)> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() {
            let role = match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Role::Makes,
                b'\'' => Role::Joins,
                _ => Role::Ends,
            };
            return Some((role, 1));
        }
        let c = self.text[at..].chars().next()?;
        let role = match c {
            '’' | '‘' | 'ʼ' => Role::Joins,
            c if is_ignorable(c) => Role::Joins,
            c if is_combining_mark(c) => Role::Marks,
            c if c.is_alphanumeric() => Role::Makes,
            _ => Role::Ends,
        };
        Some((role, c.len_utf8()))
    }
}

#[expect(clippy::string_slice, reason = "called at character boundaries")]
fn is_apostrophe_at(text: &str, at: usize) -> bool {
    text[at..].starts_with(['\'', '’', '‘', 'ʼ'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words() {
        for (text, expected) in [
            ("We will act.", vec!["We", "will", "act"]),
            ("don't the states’ ‘quoted’", vec!["don't", "the", "states", "quoted"]),
            ("cyber-security—now 5G", vec!["cyber", "security", "now", "5G"]),
            ("U.S. $4.5 AT&T", vec!["U", "S", "4", "5", "AT", "T"]),
            ("co\u{ad}op e\u{301}te\u{301} x", vec!["co\u{ad}op", "e\u{301}te\u{301}", "x"]),
            ("a''b 'tis o'clock's", vec!["a", "b", "tis", "o'clock's"]),
            ("", vec![]),
            ("— …", vec![]),
            ("नमस्ते", vec!["नमस्ते"]),
        ] {
            let words: Vec<&str> = tokens(text).map(|span| &text[span.range()]).collect();
            assert_eq!(words, expected, "{text:?}");
        }
    }

    #[test]
    fn endless_runs_are_cut() {
        let text = "é".repeat(3000);
        let lengths: Vec<u32> = tokens(&text).map(Span::len).collect();
        assert_eq!(lengths, [1024, 1024, 1024, 1024, 1024, 880]);
    }

    proptest! {
        #[test]
        fn ordered_disjoint_and_holding_every_letter(text in "\\PC{0,40}|[a1'’\u{301}\u{ad} .-]{0,30}") {
            let spans: Vec<Span> = tokens(&text).collect();
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            for (at, c) in text.char_indices() {
                let letter = c.is_alphanumeric() && !is_combining_mark(c) && c != 'ʼ';
                let inside = spans.iter().any(|span| span.range().contains(&at));
                prop_assert!(inside || !letter, "{:?} at {} of {:?}", c, at, text);
            }
        }
    }
}
