use std::borrow::Cow;

/// The most that a spreadsheet's cell holds, in UTF-16 code units (Excel specifications and
/// limits: total number of characters that a cell can contain).
const MAX_UNITS: usize = 32_767;

/// What shows that a text was cut.
const CUT: &str = "…[cut]";

/// What a spreadsheet reads as the start of a formula, with the full-width forms that some take
/// for them (OWASP, CSV injection).
const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Makes a text safe to open as a cell: without NULs, with an apostrophe before what would start
/// a formula, and cut with a visible mark where it is too long.
pub(crate) fn guard(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if text.contains('\0') {
        text = Cow::Owned(text.replace('\0', ""));
    }
    if starts_formula(&text) {
        text = Cow::Owned(format!("'{text}"));
    }
    // A text has at most as many UTF-16 units as bytes.
    if text.len() > MAX_UNITS && text.encode_utf16().count() > MAX_UNITS {
        text = Cow::Owned(cut(&text));
    }
    text
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

fn cut(text: &str) -> String {
    let room = MAX_UNITS - CUT.encode_utf16().count();
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= room
    });
    kept.chain(CUT.chars()).collect()
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
            assert!(units <= 32_767, "{units}");
            assert!(!is_cut || units >= 32_766, "{units}");
        }
    }
}
