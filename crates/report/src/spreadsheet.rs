use crate::visible::{lines, visible};
use std::borrow::Cow;

/// The most that a spreadsheet's cell holds, in UTF-16 code units (Excel specifications and
/// limits: total number of characters that a cell can contain).
pub(crate) const MAX_UNITS: usize = 32_767;

/// What shows that a text was cut.
const CUT: &str = "…[cut]";

/// What a spreadsheet reads as the start of a formula, with the full-width forms that some take
/// for them (OWASP, CSV injection).
const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Makes a text safe to open as a cell that an importer gives a type to: without NULs, with an
/// apostrophe before what would start a formula, and cut with a visible mark where it is too long.
pub(crate) fn guard(text: &str) -> Cow<'_, str> {
    let mut text = without_nuls(text);
    if starts_formula(&text) {
        text = Cow::Owned(format!("'{text}"));
    }
    fit(text)
}

/// Makes a text such as a cell of the type text holds: as it is, but without NULs, with line feeds
/// for all line ends, pictures of the other controls, and cut where it is too long.
///
/// XML has no way to write the controls, and spreadsheets read a carriage return as a line feed.
pub(crate) fn typed(text: &str) -> Cow<'_, str> {
    let mut text = without_nuls(text);
    if text.contains(is_foreign) {
        let show = |c| match c {
            '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            c if is_foreign(c) => visible(c),
            c => c,
        };
        let held: Vec<String> = lines(&text).map(|line| line.chars().map(show).collect()).collect();
        text = Cow::Owned(held.join("\n"));
    }
    fit(text)
}

fn without_nuls(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

/// Tells whether a character cannot stand in XML 1.0 (production `Char`), or not as itself.
const fn is_foreign(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn fit(text: Cow<'_, str>) -> Cow<'_, str> {
    // A text has at most as many UTF-16 units as bytes.
    if text.len() <= MAX_UNITS {
        return text;
    }
    match cut_to(&text, MAX_UNITS, char::len_utf16) {
        Some(cut) => Cow::Owned(cut),
        None => text,
    }
}

/// Tells whether a text starts like a formula, blanks and invisible characters before it aside:
/// importers may trim them.
fn starts_formula(text: &str) -> bool {
    let is_skipped = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(is_skipped).starts_with(STARTS)
}

const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Cuts a text that takes more than some room, with a visible mark; `cost` is what each of its
/// characters takes, in their order. None where it fits.
pub(crate) fn cut_to(
    text: &str,
    room: usize,
    mut cost: impl FnMut(char) -> usize,
) -> Option<String> {
    let room_before_mark = room - CUT.encode_utf16().count();
    let (mut taken, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        taken += cost(c);
        if taken > room {
            let kept = text.get(..end).unwrap_or_default();
            return Some(format!("{kept}{CUT}"));
        }
        if taken <= room_before_mark {
            end = at + c.len_utf8();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_texts_left_alone() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\nx", "'\nx"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠a", "'＠a"),
            ("\0=1", "'=1"),
            (" =1", "' =1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\u{202e}\u{a0}-1", "'\u{202e}\u{a0}-1"),
            ("", ""),
            ("a=1", "a=1"),
            ("'=1", "'=1"),
            ("5-3", "5-3"),
            ("— a dash", "— a dash"),
            ("a\0b", "ab"),
            ("שלום 👋🏽", "שלום 👋🏽"),
        ] {
            assert_eq!(guard(text), expected, "{text:?}");
        }
    }

    #[test]
    fn typed_cells_hold_all_that_xml_can() {
        for (text, expected) in [
            ("=1+1", "=1+1"),
            ("\tx\ty\t", "\tx\ty\t"),
            ("a\r\nb\rc\n\r", "a\nb\nc\n\n"),
            ("\u{1b}[2J\u{1}\u{1f}", "␛[2J␁␟"),
            ("\u{fffe}\u{ffff}", "\u{fffd}\u{fffd}"),
            ("a\0b", "ab"),
            (
                "\u{7f}\u{85}\u{9b}\u{200f}\u{202e}\u{2028}",
                "\u{7f}\u{85}\u{9b}\u{200f}\u{202e}\u{2028}",
            ),
        ] {
            assert_eq!(typed(text), expected, "{text:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_with_a_mark() {
        for (text, is_cut) in [
            ("a".repeat(32_767), false),
            ("a".repeat(32_768), true),
            (format!("={}", "a".repeat(32_766)), true),
            ("é".repeat(32_767), false),
            ("👋".repeat(16_383), false),
            ("👋".repeat(16_384), true),
            ("a👋".repeat(20_000), true),
        ] {
            let guarded = guard(&text);
            let units = guarded.encode_utf16().count();
            assert_eq!(guarded.ends_with("…[cut]"), is_cut);
            assert!(text.starts_with('=') || typed(&text) == guarded);
            assert!(units <= 32_767, "{units}");
            assert!(!is_cut || units >= 32_766, "{units}");
        }
    }
}
