//! What paragraphs are: headings, items of lists, notes.

use super::paragraphs::Paragraph;
use crate::metadata::{has_person, is_all_capitals};
use crate::structure::{ends_sentence, is_list_item, is_unlettered, turn_label};
use onrecord_model::BlockKind;

/// The size of a heading, in parts of the size of the text, at least.
const LARGER: f32 = 1.15;

/// The longest heading, in bytes and in lines.
const MAX_HEADING: usize = 200;
const MAX_LINES: usize = 4;

/// Sizes of headings that are told apart. The first level is left to the document's title, which
/// the header finds: the largest letters of a page are often those of a letterhead.
const LEVELS: [u8; 3] = [2, 3, 4];

/// Tells what each paragraph is.
pub(super) fn kinds_of(paragraphs: &[Paragraph<'_>]) -> Vec<BlockKind> {
    let body = body_size(paragraphs);
    let sizes = heading_sizes(paragraphs, body);
    let has_turns = paragraphs.iter().filter(|p| turn_label(&first_text(p)).is_some()).count() > 2;
    let mut kinds = Vec::with_capacity(paragraphs.len());
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = first_text(paragraph);
        let next = paragraphs.get(at + 1).filter(|next| !next.is_note);
        kinds.push(if paragraph.is_note || is_lone_number(paragraph, &text) {
            BlockKind::Note
        } else if let Some(level) = level(paragraph, &sizes, body) {
            BlockKind::Heading(level)
        } else if is_marked_heading(paragraph, &text, has_turns) && next.is_some() {
            BlockKind::Heading(LEVELS.last().copied().unwrap_or(2))
        } else if is_list_item(&text) {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        });
    }
    kinds
}

fn first_text(paragraph: &Paragraph<'_>) -> String {
    paragraph.lines.first().map(|line| line.text.trim().to_owned()).unwrap_or_default()
}

fn is_lone_number(paragraph: &Paragraph<'_>, text: &str) -> bool {
    paragraph.lines.len() == 1 && is_unlettered(text)
}

fn size(paragraph: &Paragraph<'_>) -> f32 {
    paragraph.lines.iter().map(|line| line.size).fold(0.0, f32::max)
}

fn length(paragraph: &Paragraph<'_>) -> usize {
    paragraph.lines.iter().map(|line| line.text.len() + 1).sum()
}

/// Returns the size of the middle letter.
fn body_size(paragraphs: &[Paragraph<'_>]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.lines)
        .map(|line| (line.size, line.text.len()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half: usize = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut n_below = 0;
    let middle = sizes.iter().find(|(_, n)| {
        n_below += n;
        n_below > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

/// Lists the sizes of headings, the largest first, those that hardly differ once.
fn heading_sizes(paragraphs: &[Paragraph<'_>], body: f32) -> Vec<f32> {
    let mut sizes: Vec<f32> = paragraphs.iter().filter(|p| is_larger(p, body)).map(size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|smaller, larger| *smaller > *larger * 0.95);
    sizes
}

fn is_larger(paragraph: &Paragraph<'_>, body: f32) -> bool {
    let smallest = paragraph.lines.iter().map(|line| line.size).fold(f32::MAX, f32::min);
    smallest >= LARGER * body
        && length(paragraph) <= MAX_HEADING
        && paragraph.lines.len() <= MAX_LINES
        && paragraph
            .lines
            .iter()
            .any(|line| line.text.chars().filter(|c| c.is_alphabetic()).count() > 2)
}

fn level(paragraph: &Paragraph<'_>, sizes: &[f32], body: f32) -> Option<u8> {
    if !is_larger(paragraph, body) {
        return None;
    }
    let place = sizes.iter().position(|other| size(paragraph) > other * 0.95)?;
    LEVELS.get(place).or(LEVELS.last()).copied()
}

/// Tells whether a paragraph of the usual size is a heading: bold or in capitals, short, and no
/// sentence.
fn is_marked_heading(paragraph: &Paragraph<'_>, text: &str, has_turns: bool) -> bool {
    let is_bold = paragraph.lines.iter().all(|line| line.is_bold);
    let is_capital = paragraph.lines.iter().all(|line| is_all_capitals(&line.text));
    let last = paragraph.lines.last().map(|line| line.text.trim()).unwrap_or_default();
    (is_capital || is_bold && !has_turns)
        && paragraph.lines.len() <= 2
        && length(paragraph) <= MAX_HEADING / 2
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && !ends_sentence(last)
        && !last.ends_with([',', ')', ']', '-'])
        && !is_list_item(text)
        && turn_label(text).is_none()
        && !has_person(text)
}
