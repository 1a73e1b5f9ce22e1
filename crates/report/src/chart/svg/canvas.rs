//! Shapes and words in SVG.

use crate::page::push_escaped;
use std::fmt::Write;

/// The size of most words, in pixels.
pub(super) const FONT_SIZE: f64 = 12.0;

/// How wide a letter is taken to be, in pixels: more than most are in usual typefaces, so that
/// words keep apart in any.
pub(super) const LETTER: f64 = 6.8;

/// Where a word stands to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// The shapes drawn so far. Coordinates are pixels from the upper left corner.
#[derive(Default)]
pub(super) struct Canvas {
    pub(super) shapes: String,
}

impl Canvas {
    /// Draws a rectangle of a class.
    pub(super) fn rectangle(&mut self, class: &str, [x, y, width, height]: [f64; 4]) {
        // Writing to a String cannot fail.
        let _ = writeln!(
            self.shapes,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        );
    }

    /// Draws a line of a class.
    pub(super) fn line(&mut self, class: &str, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2]) {
        let _ = writeln!(
            self.shapes,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
    }

    /// Draws an open circle: a value that is zero.
    pub(super) fn zero(&mut self, [x, y]: [f64; 2], radius: f64) {
        let _ = writeln!(
            self.shapes,
            "<circle class=\"zero\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>"
        );
    }

    /// Draws an arrow head of three corners: what goes on beyond the scale.
    pub(super) fn arrow(&mut self, corners: [[f64; 2]; 3]) {
        let corners = corners.map(|[x, y]| format!("{x:.1},{y:.1}")).join(" ");
        let _ = writeln!(self.shapes, "<polygon class=\"ink\" points=\"{corners}\"/>");
    }

    /// Writes words, their base line at a place.
    pub(super) fn text(&mut self, class: &str, [x, y]: [f64; 2], anchor: Anchor, text: &str) {
        let anchor = anchor.name();
        let _ = write!(
            self.shapes,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">"
        );
        push_text(text, &mut self.shapes);
        self.shapes.push_str("</text>\n");
    }

    /// Begins what belongs together and has a description, which is shown under the pointer.
    pub(super) fn begin(&mut self, description: &str) {
        self.shapes.push_str("<g><title>");
        push_text(description, &mut self.shapes);
        self.shapes.push_str("</title>\n");
    }

    /// Ends what belongs together.
    pub(super) fn end(&mut self) {
        self.shapes.push_str("</g>\n");
    }
}

/// Appends words as XML has them; two characters that it cannot hold are replaced.
pub(super) fn push_text(text: &str, out: &mut String) {
    push_escaped(&text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"), out);
}
