use crate::offsets::OffsetMap;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in canonical form, with the way back to the text it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canonical {
    /// UTF-8 in NFC with `\n` line ends, no control characters but `\t` and `\n`, no byte order
    /// marks, and no blanks at its end.
    pub text: String,
    /// Offsets of `text` to offsets of the source.
    pub offsets: OffsetMap,
}

/// Brings a text into canonical form; every visible character is kept.
///
/// NFC is that of Unicode Standard Annex 15. Applied to its own result it changes nothing.
pub fn canonicalize(source: &str) -> Canonical {
    if is_plain(source) {
        return Canonical { text: source.trim_end().to_owned(), offsets: OffsetMap::default() };
    }
    let mut text = String::with_capacity(source.len());
    let mut offsets = OffsetMap::default();
    let mut clusters = Clusters { rest: source, offset: 0 };
    while let Some((at, cluster)) = clusters.next() {
        if is_copied(cluster) {
            text.push_str(cluster);
            continue;
        }
        let before_line_feed = source.as_bytes().get(at + cluster.len()) == Some(&b'\n');
        offsets.anchor(text.len(), at);
        text.extend(cluster.chars().filter_map(|c| canonical_char(c, before_line_feed)).nfc());
        offsets.anchor(text.len(), at + cluster.len());
    }
    text.truncate(text.trim_end().len());
    Canonical { text, offsets }
}

/// Tells whether a text holds only characters that the canonical form copies.
fn is_plain(source: &str) -> bool {
    source.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~'))
}

/// Tells whether a cluster is canonical already.
fn is_copied(cluster: &str) -> bool {
    cluster.chars().all(|c| canonical_char(c, false) == Some(c))
        && is_nfc_quick(cluster.chars()) == IsNormalized::Yes
}

/// Returns what stands for a character: a line feed for every line end, nothing for control
/// characters, byte order marks and a carriage return before a line feed.
fn canonical_char(c: char, before_line_feed: bool) -> Option<char> {
    match c {
        '\t' | '\n' => Some(c),
        '\r' if before_line_feed => None,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Cuts a text into stretches that NFC treats on their own: a character that begins one and
/// those that may combine with it.
struct Clusters<'a> {
    rest: &'a str,
    offset: usize,
}

impl<'a> Clusters<'a> {
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let mut chars = self.rest.char_indices();
        chars.next()?;
        let length = chars.find(|&(_, c)| begins_cluster(c)).map_or(self.rest.len(), |(at, _)| at);
        let (cluster, rest) = self.rest.split_at(length);
        let at = self.offset;
        self.offset += length;
        self.rest = rest;
        Some((at, cluster))
    }
}

/// A character that is dropped does not part those around it.
fn begins_cluster(c: char) -> bool {
    canonical_char(c, false).is_some()
        && (c.is_ascii()
            || canonical_combining_class(c) == 0
                && is_nfc_quick(std::iter::once(c)) != IsNormalized::Maybe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms() {
        for (source, text) in [
            ("plain\ttext\n\nend\n \n", "plain\ttext\n\nend"),
            ("a\r\nb\rc\u{2028}d\u{85}e\u{c}f", "a\nb\nc\nd\ne\nf"),
            ("\u{feff}e\u{301}te\u{301}", "été"),
            ("x\u{0}y\u{7}z\u{1b}[0m", "xyz[0m"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("‘’ \u{ad}\u{200b}\u{202e}", "‘’ \u{ad}\u{200b}\u{202e}"),
            ("mid\u{feff}dle", "middle"),
            ("", ""),
            ("\u{feff}", ""),
        ] {
            assert_eq!(canonicalize(source).text, text, "{source:?}");
        }
    }

    #[test]
    fn offsets_lead_to_the_source() {
        let canonical = canonicalize("\u{feff}a\r\ne\u{301}b");
        assert_eq!(canonical.text, "a\néb");
        let source: Vec<u32> = [0, 1, 2, 4].map(|at| canonical.offsets.to_source(at)).to_vec();
        assert_eq!(source, [3, 5, 6, 9]);
    }

    proptest! {
        #[test]
        fn idempotent_normal_and_mapped(source in "\\PC{0,20}|[ae\u{301}\u{323}\r\n\t\u{0}\u{feff}\u{1112}\u{1161}\u{11ab}\u{85}é]{0,24}") {
            let canonical = canonicalize(&source);
            prop_assert_eq!(canonicalize(&canonical.text).text, canonical.text.clone());
            prop_assert_eq!(canonical.text.nfc().collect::<String>(), canonical.text.clone());
            let mut last = 0;
            for (at, c) in canonical.text.char_indices() {
                let mapped = canonical.offsets.to_source(at as u32);
                prop_assert!(mapped >= last && (mapped as usize) < source.len());
                last = mapped;
                if c.is_ascii_graphic() {
                    prop_assert_eq!(source[mapped as usize..].chars().next(), Some(c));
                }
            }
        }
    }
}
