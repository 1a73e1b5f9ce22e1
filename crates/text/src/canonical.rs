use crate::offsets::OffsetMap;
use std::ops::Range;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in canonical form, with the way back to the text it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canonical {
    /// UTF-8 in NFC with `\n` line ends, no control characters but `\t` and `\n`, no byte order
    /// marks, and no blanks at its end.
    pub text: String,
    /// Spans of `text` to spans of the source.
    pub offsets: OffsetMap,
}

/// Brings a text into canonical form; every visible character is kept.
///
/// NFC is that of Unicode Standard Annex 15. Applied to its own result it changes nothing.
pub fn canonicalize(source: &str) -> Canonical {
    let mut text = String::with_capacity(source.len());
    let mut offsets = OffsetMap::default();
    let mut copied = 0;
    while let Some(cluster) = next_cluster(source, copied) {
        let part = |range: Range<usize>| source.get(range).unwrap_or_default();
        text.push_str(part(copied..cluster.start));
        offsets.push_copied(cluster.start - copied);
        copied = cluster.end;
        let content = part(cluster.clone());
        if is_copied(content) {
            text.push_str(content);
            offsets.push_copied(content.len());
            continue;
        }
        let before_line_feed =
            content.ends_with('\r') && source.as_bytes().get(cluster.end) == Some(&b'\n');
        let n_before = text.len();
        text.extend(content.chars().filter_map(|c| canonical_char(c, before_line_feed)).nfc());
        push_rewritten(&mut offsets, content, text.get(n_before..).unwrap_or_default());
    }
    text.push_str(source.get(copied..).unwrap_or_default());
    offsets.push_copied(source.len() - copied);
    text.truncate(text.trim_end().len());
    offsets.truncate(text.len());
    Canonical { text, offsets }
}

/// Composes the characters of a text, as those of canonical texts are: NFC.
pub fn compose(text: &str) -> String {
    text.nfc().collect()
}

/// Notes what a stretch became: the first and last characters that stayed were copied, what is
/// between them was made together.
fn push_rewritten(offsets: &mut OffsetMap, source: &str, text: &str) {
    let n_bytes = |same: &mut dyn Iterator<Item = (char, char)>| -> usize {
        same.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let n_first = n_bytes(&mut source.chars().zip(text.chars()));
    let source = source.get(n_first..).unwrap_or_default();
    let text = text.get(n_first..).unwrap_or_default();
    let n_last = n_bytes(&mut source.chars().rev().zip(text.chars().rev()));
    offsets.push_copied(n_first);
    offsets.push(text.len() - n_last, source.len() - n_last);
    offsets.push_copied(n_last);
}

/// Finds the next stretch that NFC treats on its own, a character that begins one and those that
/// may combine with it, but passes over those that are [stable](is_stable) characters alone.
///
/// `from` is the beginning of the text, or the end of a stretch.
fn next_cluster(source: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        at += n_plain(source.as_bytes().get(at..)?);
        let mut chars = source.get(at..)?.chars();
        let c = chars.next()?;
        if is_stable(c) {
            at += c.len_utf8();
            continue;
        }
        let joins_last = at > from && !begins_cluster(c);
        let start = if joins_last { source.floor_char_boundary(at - 1) } else { at };
        let rest = chars.as_str();
        let length = rest.find(begins_cluster).unwrap_or(rest.len());
        return Some(start..source.len() - rest.len() + length);
    }
}

/// Counts the first bytes that the canonical form copies unless a mark combines with the last.
fn n_plain(bytes: &[u8]) -> usize {
    const STEP: usize = 16;
    let is_plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b' '..=b'~');
    // No early end inside a step, so that the compiler may compare all its bytes at once.
    let all_plain = |step: &&[u8]| step.iter().fold(true, |plain, byte| plain & is_plain(byte));
    let n = bytes.chunks_exact(STEP).take_while(all_plain).count() * STEP;
    n + bytes.iter().skip(n).take_while(|byte| is_plain(byte)).count()
}

/// Tells whether a character beyond ASCII is copied unless a mark combines with it: letters of
/// Latin-1, dashes, quotation marks and other marks of print.
fn is_stable(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
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

/// Tells whether NFC never joins or sorts a character with the one before it.
///
/// A character that is dropped does not part those around it. Three are of combining class 0 and
/// yet decompose into marks: the non-starter decompositions of Unicode Standard Annex 15.
fn begins_cluster(c: char) -> bool {
    canonical_char(c, false).is_some()
        && (c.is_ascii()
            || canonical_combining_class(c) == 0
                && !matches!(c, '\u{f73}' | '\u{f75}' | '\u{f81}')
                && is_nfc_quick(std::iter::once(c)) != IsNormalized::Maybe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Span;
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
            ("\u{9fe}\u{f73}", "\u{f71}\u{f72}\u{9fe}"),
            ("\u{301}\r\u{323}\n.", "\u{301}\n\u{323}\n."),
            ("sixteen letters and e\u{301}, “e\u{323}\u{301}”", "sixteen letters and é, “ẹ́”"),
            ("", ""),
            ("\u{feff}", ""),
        ] {
            assert_eq!(canonicalize(source).text, text, "{source:?}");
        }
    }

    #[test]
    fn stable_characters_are_copied_and_begin_a_cluster() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| is_stable(c)) {
            assert!(begins_cluster(c) && is_copied(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    #[test]
    fn offsets_lead_to_the_source() {
        let canonical = canonicalize("\u{feff}a\r\ne\u{301}b");
        assert_eq!(canonical.text, "a\néb");
        let source = |canonical: &Canonical, start, end| {
            canonical.offsets.source_span(Span::new(start, end)).range()
        };
        let found = [(0, 1), (1, 2), (2, 4), (4, 5)].map(|(a, b)| source(&canonical, a, b));
        assert_eq!(found, [3..4, 5..6, 6..9, 9..10]);
        let longer = canonicalize("\u{a36}b");
        assert_eq!(longer.text, "\u{a38}\u{a3c}b");
        let found = [(0, 3), (3, 6), (6, 7)].map(|(a, b)| source(&longer, a, b));
        assert_eq!(found, [0..3, 0..3, 3..4]);
    }

    proptest! {
        #[test]
        fn idempotent_normal_and_mapped(source in "\\PC{0,20}|[ae’–\u{301}\u{323}\r\n\t\u{0}\u{feff}\u{1112}\u{1161}\u{11ab}\u{85}é]{0,24}|a{14,18}[’é\u{301}\u{0}]{0,3}a{0,18}\u{323}?") {
            let canonical = canonicalize(&source);
            prop_assert_eq!(canonicalize(&canonical.text).text, canonical.text.clone());
            prop_assert_eq!(canonical.text.nfc().collect::<String>(), canonical.text.clone());
            let mut last = 0;
            for (at, c) in canonical.text.char_indices() {
                let span = Span::from_range(at..at + c.len_utf8());
                let made_of = canonical.offsets.source_span(span);
                prop_assert!(made_of.start >= last && !made_of.is_empty());
                last = made_of.start;
                // The very steps, over again, from the bytes that the map leads to.
                let again = canonicalize(&format!("{}.", &source[made_of.range()])).text;
                prop_assert!(again.contains(c), "{:?} of {:?}", c, source);
            }
        }
    }
}
