//! Footnotes: small print at the foot of a page that begins with a mark.

use crate::format::pdf::page::{PdfPage, TextLine};

/// The size of a footnote, in parts of the size of the text, at most.
const MAX_SIZE: f32 = 0.93;

/// The part of the page, from below, that footnotes may take.
const FOOT_PART: f32 = 0.6;

/// Finds where the footnotes of a page begin among its lines: all lines from there on are small
/// and lie below the text. The number of lines where there are none.
pub(super) fn first_note(page: &PdfPage, body_size: f32) -> usize {
    let is_small = |line: &TextLine| line.size < MAX_SIZE * body_size;
    let n_text = page.lines.iter().rposition(|line| !is_small(line)).map_or(0, |at| at + 1);
    let foot = page.lines.get(n_text..).unwrap_or_default();
    let text = page.lines.get(..n_text).unwrap_or_default();
    let lowest = text.iter().map(|line| line.area.bottom).fold(0.0, f32::max);
    let is_foot = |line: &TextLine| {
        line.area.top > lowest - line.size && line.area.top > page.height * (1.0 - FOOT_PART)
    };
    let begins = foot.iter().position(|line| begins_note(&line.text) && is_foot(line));
    begins.map_or(page.lines.len(), |at| n_text + at)
}

/// Tells whether a line begins with the mark of a footnote: a number or a sign, then words.
pub(super) fn begins_note(line: &str) -> bool {
    let line = line.trim_start();
    let sign =
        line.strip_prefix(['*', '†', '‡', '§']).map(|rest| rest.trim_start_matches(['*', '†']));
    let after = sign.or_else(|| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=3).contains(&(line.len() - rest.len())).then_some(rest)
    });
    after.is_some_and(|after| {
        after
            .trim_start()
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '(' | '‘'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_notes() {
        for (line, expected) in [
            ("1 See the report.", true),
            ("12The port.", true),
            ("* As amended.", true),
            ("** As amended.", true),
            ("† “Ports”", true),
            ("1234 ships", false),
            ("3.5 percent", false),
            ("See above", false),
            ("", false),
        ] {
            assert_eq!(begins_note(line), expected, "{line}");
        }
    }
}
