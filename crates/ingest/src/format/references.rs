//! References to characters in markup, `&amp;` and `&#8212;`: what is not known stays as written.

use std::borrow::Cow;

/// The longest reference that is looked for, its `;` included, in bytes.
const MAX_REFERENCE: usize = 12;

/// Names that are known without a declaration: those of XML, and of HTML those of characters that
/// no one sees.
const NAMES: [(&str, char); 8] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
];

/// Puts characters in place of the references to them.
pub(crate) fn dereferenced(text: &str) -> Cow<'_, str> {
    replaced(text, character)
}

/// Puts characters in place of their numbers alone, as a declaration of XML demands.
pub(crate) fn with_numbered(text: &str) -> Cow<'_, str> {
    replaced(text, numbered)
}

/// Tells whether a reference, written whole, is known.
pub(crate) fn is_known(reference: &str) -> bool {
    let name = reference.strip_prefix('&').and_then(|rest| rest.strip_suffix(';'));
    name.and_then(character).is_some()
}

fn replaced(text: &str, character: impl Fn(&str) -> Option<char>) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        written.push_str(before);
        let window = after.get(..after.floor_char_boundary(MAX_REFERENCE)).unwrap_or(after);
        let name = window.split_once(';').map(|(name, _)| name);
        let found = name.and_then(|name| Some((character(name)?, after.get(name.len() + 1..)?)));
        let (c, behind) = found.unwrap_or(('&', after));
        written.push(c);
        rest = behind;
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// Returns the character that a reference names, without its marks.
fn character(name: &str) -> Option<char> {
    let known = NAMES.iter().find(|(known, _)| *known == name);
    known.map(|(_, c)| *c).or_else(|| numbered(name))
}

/// Returns the character of a number, `#8212` or `#x2014`; none is the character 0.
fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, radix).ok().filter(|code| is_plain && *code != 0)?;
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_known_is_replaced_and_the_rest_kept() {
        for (text, all, numbers) in [
            ("R&amp;D &#8212; &#x41;&#X42;", "R&D — AB", "R&amp;D — AB"),
            ("AT&T &lt;3 &amp;amp;", "AT&T <3 &amp;", "AT&T &lt;3 &amp;amp;"),
            ("&none; &#0; &#xd800; &#+65; &; & &amp", "&none; &#0; &#xd800; &#+65; &; & &amp", ""),
            ("a&nbsp;b &éé; é", "a\u{a0}b &éé; é", "a&nbsp;b &éé; é"),
            ("none", "none", "none"),
        ] {
            assert_eq!(dereferenced(text), all);
            assert_eq!(with_numbered(text), if numbers.is_empty() { text } else { numbers });
        }
        assert!(is_known("&amp;") && is_known("&#65;") && !is_known("&hon;") && !is_known("amp"));
    }

    proptest! {
        #[test]
        fn what_is_written_with_references_comes_back(text in "\\PC{0,60}") {
            let written: String = text.chars().map(|c| format!("&#{};", u32::from(c))).collect();
            prop_assert_eq!(dereferenced(&written), text.as_str());
            let written = text.replace('&', "&amp;");
            prop_assert_eq!(dereferenced(&written), text.as_str());
        }
    }
}
