//! The pages of a document as lines of text with their places: what both ways of reading give.

use super::geometry::Area;

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::format) struct PdfPage {
    /// Counted from 1.
    pub(in crate::format) number: u32,
    /// In points.
    pub(in crate::format) height: f32,
    /// In the order in which they are read.
    pub(in crate::format) lines: Vec<TextLine>,
}

/// A line of text, or the part of it that lies in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::format) struct TextLine {
    /// Words parted by one blank.
    pub(in crate::format) text: String,
    /// The text with letters that are set apart joined to words, where they are:
    /// `W A S H I N G T O N` is one.
    pub(in crate::format) respaced: Option<String>,
    pub(in crate::format) area: Area,
    /// The height of most of its letters, in points.
    pub(in crate::format) size: f32,
    /// Whether most of its letters are bold; never where the reader does not say.
    pub(in crate::format) is_bold: bool,
}

impl PdfPage {
    /// Returns the page's text as it was taken out, a line of it a line.
    pub(in crate::format) fn raw_text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }

    /// Tells whether any line has a visible character.
    pub(in crate::format) fn has_text(&self) -> bool {
        self.lines.iter().any(|line| !line.text.trim().is_empty())
    }
}
