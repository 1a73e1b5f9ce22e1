//! Lines to paragraphs, which may run over the ends of columns and pages.

use super::notes::{begins_note, first_note};
use crate::format::pdf::page::{PdfPage, TextLine};
use crate::structure::{ends_sentence, is_list_item, is_unlettered, turn_label};

/// The distance of two lines of a paragraph, in parts of the usual one, at most.
const MAX_PITCH: f32 = 1.25;

/// How much the sizes of lines of a paragraph differ, in parts of the larger, at most.
const SAME_SIZE: f32 = 0.12;

/// The least indent of a first line, in parts of the size.
const INDENT: f32 = 0.8;

/// Lines that begin farther right, in parts of the column's width, are no lines of a paragraph.
const FAR_RIGHT: f32 = 0.5;

/// How much room a short line leaves beyond the next word, in parts of the size.
const SLACK: f32 = 0.6;

/// Lines that belong together.
#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    pub(super) page: u32,
    pub(super) lines: Vec<&'a TextLine>,
    pub(super) is_note: bool,
    /// Whether its last line is shorter than the next word needs.
    is_short: bool,
}

/// What is usual in a document.
struct Usual {
    /// The size of the middle letter.
    size: f32,
    /// The distance of lines, in parts of their size.
    pitch: f32,
}

/// The edges of lines that stand below one another.
#[derive(Clone, Copy, Default)]
struct Column {
    left: f32,
    right: f32,
}

/// Puts the lines of pages together; the footnotes of a page follow what ends on it.
pub(super) fn paragraphs_of(pages: &[PdfPage]) -> Vec<Paragraph<'_>> {
    let usual = usual(pages);
    let mut all: Vec<Paragraph<'_>> = Vec::new();
    let mut notes: Vec<Paragraph<'_>> = Vec::new();
    for page in pages {
        let first_note = first_note(page, usual.size);
        let (text, foot) = page.lines.split_at_checked(first_note).unwrap_or((&page.lines, &[]));
        for (at, paragraph) in text_paragraphs(text, page.number, &usual).into_iter().enumerate() {
            match all.last_mut() {
                Some(last) if at == 0 && runs_on(last, &paragraph) => {
                    last.lines.extend(paragraph.lines);
                    last.is_short = paragraph.is_short;
                }
                Some(_) | None => {
                    all.append(&mut notes);
                    all.push(paragraph);
                }
            }
        }
        notes.extend(notes_of(foot, page.number));
    }
    all.append(&mut notes);
    all
}

fn usual(pages: &[PdfPage]) -> Usual {
    let lines = || pages.iter().flat_map(|page| &page.lines);
    let mut sizes: Vec<(f32, usize)> = lines().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half: usize = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut n_below = 0;
    let middle = sizes.iter().find(|(_, n)| {
        n_below += n;
        n_below > half
    });
    let mut pitches: Vec<f32> = pages
        .iter()
        .flat_map(|page| page.lines.windows(2))
        .filter_map(|pair| match pair {
            [a, b] => Some((b.area.bottom - a.area.bottom) / a.size.max(b.size)),
            _ => None,
        })
        .filter(|pitch| (0.7..3.0).contains(pitch))
        .collect();
    pitches.sort_by(f32::total_cmp);
    // Where paragraphs have one line each, most gaps are those between paragraphs.
    let pitch = pitches.get(pitches.len() * 2 / 5).copied().unwrap_or(1.2);
    Usual { size: middle.map_or(0.0, |(size, _)| *size), pitch }
}

fn text_paragraphs<'a>(lines: &'a [TextLine], page: u32, usual: &Usual) -> Vec<Paragraph<'a>> {
    let mut paragraphs: Vec<Paragraph<'a>> = Vec::new();
    let mut rest = lines;
    while !rest.is_empty() {
        let n_below = rest.windows(2).take_while(|pair| goes_down(pair)).count() + 1;
        let (run, after) = rest.split_at_checked(n_below).unwrap_or((rest, &[]));
        let column = column_of(run);
        let mut of_run: Vec<Paragraph<'a>> = Vec::new();
        for line in run {
            match of_run.last_mut() {
                Some(last) if !breaks(last, line, column, usual) => last.lines.push(line),
                last => {
                    if let Some(last) = last {
                        last.is_short = is_short(last.lines.last(), line, column);
                    }
                    of_run.push(Paragraph {
                        page,
                        lines: vec![line],
                        is_note: false,
                        is_short: false,
                    });
                }
            }
        }
        if let Some(last) = of_run.last_mut() {
            last.is_short = last
                .lines
                .last()
                .is_some_and(|line| line.area.right < column.right - 6.0 * line.size);
        }
        let mut of_run = of_run.into_iter();
        if let Some(first) = of_run.next() {
            match paragraphs.last_mut() {
                Some(last) if runs_on(last, &first) => {
                    last.lines.extend(first.lines);
                    last.is_short = first.is_short;
                }
                Some(_) | None => paragraphs.push(first),
            }
        }
        paragraphs.extend(of_run);
        rest = after;
    }
    paragraphs
}

fn goes_down(pair: &[TextLine]) -> bool {
    match pair {
        [a, b] => b.area.bottom > a.area.bottom - a.size / 2.0,
        _ => false,
    }
}

/// Finds the edges of lines below one another: the usual left one, and the right one that nine of
/// ten lines keep.
fn column_of(lines: &[TextLine]) -> Column {
    let mut lefts: Vec<f32> = lines.iter().map(|line| line.area.left).collect();
    let mut rights: Vec<f32> = lines.iter().map(|line| line.area.right).collect();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    let left = lefts.get(lefts.len() / 4).copied().unwrap_or_default();
    let right =
        rights.get((rights.len().saturating_sub(1) * 9).div_ceil(10)).copied().unwrap_or_default();
    Column { left, right }
}

/// Tells whether a line begins a paragraph behind another.
fn breaks(paragraph: &Paragraph<'_>, line: &TextLine, column: Column, usual: &Usual) -> bool {
    let Some(last) = paragraph.lines.last() else { return true };
    let size = last.size.max(line.size);
    let pitch = (line.area.bottom - last.area.bottom) / size;
    if pitch > MAX_PITCH * usual.pitch
        || pitch < usual.pitch * 0.3
        || (last.size - line.size).abs() > SAME_SIZE * size
    {
        return true;
    }
    let has_ended = ends_sentence(last.text.trim());
    let short = is_short(Some(last), line, column);
    let text = line.text.trim();
    let may_begin = !text.starts_with(char::is_lowercase);
    let is_indented = line.area.left > last.area.left + INDENT * size
        && line.area.left > column.left + INDENT * size;
    let is_hanging = paragraph.lines.len() == 1
        && paragraph.lines.first().is_some_and(|first| is_list_item(first.text.trim()));
    let is_in_list = paragraph.lines.first().is_some_and(|first| is_list_item(first.text.trim()));
    if has_ended && is_unlettered(text) || is_unlettered(last.text.trim()) && may_begin {
        return true;
    }
    if is_list_item(text) && (has_ended || short || is_in_list) {
        return true;
    }
    if turn_label(text).is_some() && (has_ended || short) {
        return true;
    }
    // A date and what stands below it, set to the right.
    let is_right =
        |line: &TextLine| line.area.left > column.left + FAR_RIGHT * (column.right - column.left);
    if is_right(last) && may_begin && !has_ended {
        return true;
    }
    let leaves_indent = paragraph.lines.len() > 1
        && paragraph
            .lines
            .iter()
            .skip(1)
            .all(|other| other.area.left > line.area.left + INDENT * size);
    (short && (has_ended || may_begin))
        || (is_indented && has_ended && may_begin && !is_hanging)
        || (leaves_indent && has_ended)
        || (last.is_bold != line.is_bold && short)
}

/// Tells whether the next line's first word would have found room on a line.
fn is_short(last: Option<&&TextLine>, next: &TextLine, column: Column) -> bool {
    let Some(last) = last else { return false };
    let text = next.text.trim();
    let word = text.split_whitespace().next().unwrap_or_default();
    let n_letters = text.chars().count().max(1) as f32;
    let width =
        (next.area.right - next.area.left) * (word.chars().count() as f32 + 1.0) / n_letters;
    last.area.right + width + SLACK * last.size < column.right
}

/// Tells whether a paragraph goes on with the first of another column or page.
fn runs_on(last: &Paragraph<'_>, next: &Paragraph<'_>) -> bool {
    let (Some(end), Some(begin)) = (last.lines.last(), next.lines.first()) else { return false };
    let (before, after) = (end.text.trim(), begin.text.trim());
    let alike = (end.size - begin.size).abs() <= SAME_SIZE * end.size.max(begin.size)
        && end.is_bold == begin.is_bold;
    let begins_anew = is_list_item(after) || turn_label(after).is_some();
    // Two lines alone do not tell how long lines are.
    let is_full = !last.is_short && last.lines.len() + next.lines.len() > 2;
    let is_cut = before.ends_with(['-', '\u{2010}', '\u{ad}', ',']);
    alike
        && !ends_sentence(before)
        && !begins_anew
        && (after.starts_with(char::is_lowercase) || is_cut || is_full)
}

fn notes_of(lines: &[TextLine], page: u32) -> Vec<Paragraph<'_>> {
    let mut notes: Vec<Paragraph<'_>> = Vec::new();
    for line in lines {
        match notes.last_mut() {
            Some(last) if !begins_note(&line.text) => last.lines.push(line),
            Some(_) | None => {
                notes.push(Paragraph { page, lines: vec![line], is_note: true, is_short: false });
            }
        }
    }
    notes
}
