//! Pairs of marks: what stands between an opening mark and the one that closes it.

use crate::mark::{Family, Mark, Side};
use onrecord_model::Span;

/// How many marks behind an opening single mark its partner is looked for among. What is quoted
/// in single marks is short, and apostrophes are many.
const MAX_MARKS_TO_SINGLE: usize = 24;

/// A stretch in quotation marks that stands in no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// The words with their marks.
    pub(crate) outer: Span,
    /// The words alone, without blanks at either end.
    pub(crate) inner: Span,
    pub(crate) family: Family,
    /// Whether a mark closes it; else it ends with its sentence or paragraph.
    pub(crate) is_closed: bool,
    /// Whether it began in the paragraph before.
    pub(crate) goes_on: bool,
}

/// Finds the outermost stretches in marks of a paragraph, in order and disjoint.
///
/// `open` is the family of marks that the paragraph before left open; a paragraph that goes on
/// with such a quotation opens it anew, or closes it without opening one.
pub(crate) fn pair(text: &str, within: Span, marks: &[Mark], open: Option<Family>) -> Vec<Quoted> {
    let mut pairs = Vec::new();
    let mut at = 0;
    if let Some(family) = open
        && let Some(closing) = orphan(marks, family)
    {
        let end = marks.get(closing).map_or(within.end, |mark| mark.span.start);
        let outer_end = marks.get(closing).map_or(within.end, |mark| mark.span.end);
        pairs.extend(quoted(text, Span::new(within.start, outer_end), within.start, end, family));
        at = closing + 1;
    }
    while let Some(mark) = marks.get(at) {
        let opens = match (mark.family, mark.side) {
            (_, Side::Close | Side::MayClose) => false,
            (Family::Single, Side::Open | Side::Either) => true,
            (Family::Double | Family::Guillemet, Side::Open | Side::Either) => true,
        };
        if !opens || is_measure(text, mark) {
            at += 1;
            continue;
        }
        let end = match mark.family {
            Family::Single => end_of_single(marks, at),
            Family::Double | Family::Guillemet => end_of_double(marks, at),
        };
        match end {
            End::ClosedBy(closing) => {
                let close = marks.get(closing).map_or(mark.span, |mark| mark.span);
                let outer = Span::new(mark.span.start, close.end);
                pairs.extend(quoted(text, outer, mark.span.end, close.start, mark.family));
                at = closing + 1;
            }
            End::Before(next) => {
                let end = match marks.get(next) {
                    Some(next) => first_sentence_end(text, mark.span.end, next.span.start),
                    None => before_citation(text, Span::new(mark.span.end, within.end)),
                };
                let outer = Span::new(mark.span.start, end);
                let unclosed = quoted(text, outer, mark.span.end, end, mark.family);
                pairs.extend(unclosed.map(|quoted| Quoted { is_closed: false, ..quoted }));
                at = next;
            }
            End::Apostrophe => at += 1,
        }
    }
    if let (Some(first), true) = (pairs.first_mut(), open.is_some()) {
        first.goes_on = begins(text, within, first.outer);
    }
    pairs
}

/// Where a quotation ends.
enum End {
    /// At this mark.
    ClosedBy(usize),
    /// Unclosed before this mark, which opens another, or at the end of the paragraph.
    Before(usize),
    /// The mark opened nothing.
    Apostrophe,
}

/// Finds the mark that closes an opening one, over what is quoted inside.
fn end_of_double(marks: &[Mark], opening: usize) -> End {
    let Some(family) = marks.get(opening).map(|mark| mark.family) else { return End::Apostrophe };
    let mut depth = 1_usize;
    let mut at = opening + 1;
    while let Some(mark) = marks.get(at) {
        match (mark.family == family, mark.side) {
            (true, Side::Close | Side::Either) => {
                depth -= 1;
                if depth == 0 {
                    return End::ClosedBy(at);
                }
            }
            (true, Side::Open) if depth == 1 && !closes_twice(marks, at, family) => {
                return End::Before(at);
            }
            (true, Side::Open) => depth += 1,
            (true, Side::MayClose) | (false, _) => {}
        }
        at += 1;
    }
    End::Before(at)
}

/// Tells whether two closing marks follow the opening one at `at`: it is nested, and not the
/// first sign that the one before was never closed.
fn closes_twice(marks: &[Mark], at: usize, family: Family) -> bool {
    let mut following = marks.get(at + 1..).unwrap_or_default().iter();
    let mut is_close =
        || following.find(|mark| mark.family == family).is_some_and(|mark| mark.side != Side::Open);
    is_close() && is_close()
}

fn end_of_single(marks: &[Mark], opening: usize) -> End {
    let following = marks.get(opening + 1..).unwrap_or_default();
    let mut possible = None;
    for (mark, at) in following.iter().take(MAX_MARKS_TO_SINGLE).zip(opening + 1..) {
        match (mark.family, mark.side) {
            (Family::Single, Side::Close) => return End::ClosedBy(at),
            (Family::Single, Side::MayClose) => possible = possible.or(Some(at)),
            (Family::Single, Side::Open | Side::Either) => break,
            (Family::Double | Family::Guillemet, _) => {}
        }
    }
    possible.map_or(End::Apostrophe, End::ClosedBy)
}

/// Finds the mark that closes what was opened in an earlier paragraph, where none opens before.
fn orphan(marks: &[Mark], family: Family) -> Option<usize> {
    let first = marks.iter().position(|mark| mark.family == family)?;
    (marks.get(first)?.side == Side::Close).then_some(first)
}

/// Tells whether a stretch stands at the very beginning of its paragraph.
fn begins(text: &str, within: Span, outer: Span) -> bool {
    let before = text.get(within.start as usize..outer.start as usize).unwrap_or_default();
    before.trim().is_empty()
}

/// Tells whether a straight mark behind a digit is a measure: `6'2"`.
fn is_measure(text: &str, mark: &Mark) -> bool {
    let before = text.get(..mark.span.start as usize).unwrap_or_default();
    mark.side == Side::Either
        && text.get(mark.span.range()) == Some("\"")
        && before.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns where the sentence ends that begins at `start`, `limit` at the latest.
fn first_sentence_end(text: &str, start: u32, limit: u32) -> u32 {
    let sentences = onrecord_text::sentences(text, Span::new(start, limit));
    sentences.first().map_or(limit, |sentence| sentence.end)
}

/// Returns where the words of a stretch end before a source in brackets: `… [Release, 5/1/2011]`.
fn before_citation(text: &str, stretch: Span) -> u32 {
    let words = text.get(stretch.range()).unwrap_or_default().trim_end();
    let before = match words.strip_suffix(']') {
        Some(rest) => rest.rsplit_once('['),
        None => words.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')),
    };
    let before = before.map(|(before, _)| before);
    match before {
        Some(before) if !before.trim().is_empty() => {
            Span::from_range(0..before.len()).shifted(stretch.start).end
        }
        Some(_) | None => stretch.end,
    }
}

/// Makes a stretch of the words from `start` to `end`; none where there is no word.
fn quoted(text: &str, outer: Span, start: u32, end: u32, family: Family) -> Option<Quoted> {
    let words = text.get(start as usize..end as usize)?;
    let from = start as usize + words.len() - words.trim_start().len();
    let inner = Span::from_range(from..from + words.trim().len());
    words.chars().any(char::is_alphanumeric).then_some(Quoted {
        outer,
        inner,
        family,
        is_closed: true,
        goes_on: false,
    })
}
