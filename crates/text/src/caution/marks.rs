use super::{Caution, CautionKind};
use onrecord_model::Span;

/// How far from a quote a mark around it is looked for, in bytes: longer than a passage.
const MAX_REACH: usize = 4000;

/// Finds marks of quotation around the quote, so that its words are another's.
///
/// An opening mark counts if it closes behind the quote, or never and stands where speech begins:
/// at the start, or behind a colon or a comma.
pub(super) fn find(text: &str, quote: Span) -> Option<Caution> {
    let range = quote.range();
    let from = text.floor_char_boundary(range.start.saturating_sub(MAX_REACH));
    let before = text.get(from..range.start)?;
    // The quote may begin with the mark, and then brings it along.
    let (at, mark) = open_mark(before)?;
    let to = text.floor_char_boundary(text.len().min(range.end + MAX_REACH));
    let rest = text.get(range.start..to)?;
    // A paragraph is the reach of a mark, unless the next one opens with it again.
    let rest = rest.split("\n\n").next().unwrap_or(rest);
    let closes = closing(rest, mark);
    let is_speech = || {
        let lead = before.get(..at).unwrap_or_default().trim_end();
        lead.is_empty() && from == 0 || lead.ends_with([':', ','])
    };
    let is_around = match closes {
        Some(at) => at >= quote.len() as usize,
        None => mark != '"' && is_speech(),
    };
    let start = from + at;
    let trigger = Span::from_range(start..start + mark.len_utf8());
    is_around.then_some(Caution::risk(CautionKind::Quoted, trigger))
}

/// Returns the last mark that is still open at the end of a text, and which one it is.
fn open_mark(text: &str) -> Option<(usize, char)> {
    let mut open = None;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '“' | '«' if open.is_none_or(|(_, mark)| mark != '"') => open = Some((at, c)),
            '”' | '»' => open = None,
            '"' if open.is_some_and(|(_, mark)| mark == '"') => open = None,
            // A straight mark opens where a word could, and else closes one that was missed.
            '"' if open.is_none() && opens_after(last) => open = Some((at, c)),
            // An open mark ends with its paragraph.
            '\n' if last == '\n' => open = None,
            _ => {}
        }
        last = c;
    }
    open
}

const fn opens_after(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-')
}

/// Returns where a mark is closed in the text behind it.
fn closing(text: &str, mark: char) -> Option<usize> {
    match mark {
        '“' => text.find('”'),
        '«' => text.find('»'),
        _ => text.find('"'),
    }
}
