//! Lines of pages to blocks of a text: without running heads, broken words and line ends.

mod furniture;
mod hyphens;
mod kinds;
mod notes;
mod paragraphs;

use super::page::{PdfPage, TextLine};
pub(in crate::format) use furniture::strip_furniture;

use hyphens::{LineEnd, Words};
use onrecord_model::BlockKind;
use paragraphs::paragraphs_of;

/// A block of the text.
#[derive(Debug, PartialEq)]
pub(super) struct CleanBlock {
    /// The page that it begins on.
    pub(super) page: u32,
    pub(super) kind: BlockKind,
    pub(super) text: String,
}

/// What was made of a document's pages.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cleaned {
    pub(super) blocks: Vec<CleanBlock>,
    /// Each distinct running line that is not in the text, as it stands first.
    pub(super) running_lines: Vec<String>,
}

/// Cleans the pages of a document.
pub(super) fn clean(mut pages: Vec<PdfPage>) -> Cleaned {
    for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
        line.text = expand_ligatures(line.respaced.as_deref().unwrap_or(&line.text));
    }
    pages.iter_mut().for_each(|page| page.lines.retain(|line| !line.text.trim().is_empty()));
    let running_lines = strip_furniture(&mut pages);
    let words = Words::of(&pages);
    let paragraphs = paragraphs_of(&pages);
    let kinds = kinds::kinds_of(&paragraphs);
    let blocks = paragraphs
        .iter()
        .zip(kinds)
        .map(|(paragraph, kind)| CleanBlock {
            page: paragraph.page,
            kind,
            text: joined(&paragraph.lines, &words),
        })
        .collect();
    Cleaned { blocks, running_lines }
}

/// Joins the lines of a paragraph.
fn joined(lines: &[&TextLine], words: &Words) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let content = line.text.trim();
        text.push_str(content);
        let Some(next) = lines.get(at + 1) else { break };
        match words.line_end(content, next.text.trim()) {
            LineEnd::Blank => text.push(' '),
            LineEnd::Keep => {}
            LineEnd::Join => {
                text.pop();
            }
        }
    }
    // A soft hyphen inside a line marks where it might have been broken.
    text.replace('\u{ad}', "")
}

/// Writes the letters that ligatures stand for.
fn expand_ligatures(text: &str) -> String {
    const LIGATURES: [(char, &str); 7] = [
        ('\u{fb00}', "ff"),
        ('\u{fb01}', "fi"),
        ('\u{fb02}', "fl"),
        ('\u{fb03}', "ffi"),
        ('\u{fb04}', "ffl"),
        ('\u{fb05}', "st"),
        ('\u{fb06}', "st"),
    ];
    let mut expanded = String::with_capacity(text.len());
    for c in text.chars() {
        match LIGATURES.iter().find(|(ligature, _)| *ligature == c) {
            Some((_, letters)) => expanded.push_str(letters),
            None => expanded.push(c),
        }
    }
    expanded
}

#[cfg(test)]
mod tests;
