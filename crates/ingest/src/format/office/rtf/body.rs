//! The paragraphs, tables and notes of an RTF, put in order.

use crate::format::Page;
use crate::format::office::flow::Flow;
use onrecord_model::BlockKind;

/// A paragraph with its line ends and tabs.
pub(super) type Paragraph = (BlockKind, String);

/// Puts paragraphs in order as their ends come.
#[derive(Default)]
pub(super) struct Body {
    flow: Flow,
    /// The rows of the table that is being read: what they are is known at its end.
    rows: Vec<Vec<Vec<Paragraph>>>,
    cells: Vec<Vec<Paragraph>>,
    cell: Vec<Paragraph>,
    /// Notes and boxes that come after the paragraph, or the table.
    anchored: Vec<Vec<Paragraph>>,
}

impl Body {
    /// Adds a paragraph of the text, or of a cell.
    pub(super) fn add(&mut self, paragraph: Paragraph, in_table: bool) {
        if in_table {
            self.cell.push(paragraph);
        } else {
            self.end_table();
            write(&mut self.flow, &paragraph);
            self.tell_anchored();
        }
    }

    /// Adds a note, or a box, that is anchored in the paragraph to come.
    pub(super) fn anchor(&mut self, paragraphs: Vec<Paragraph>) {
        self.anchored.push(paragraphs);
    }

    pub(super) fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    pub(super) fn end_row(&mut self) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        if !self.cells.is_empty() {
            self.rows.push(std::mem::take(&mut self.cells));
        }
    }

    pub(super) fn finish(mut self) -> Page {
        self.end_table();
        self.tell_anchored();
        self.flow.finish()
    }

    /// Writes the table: one of one column is a frame around its paragraphs.
    fn end_table(&mut self) {
        self.end_row();
        let rows = std::mem::take(&mut self.rows);
        if rows.iter().all(|cells| cells.len() < 2) {
            rows.iter().flatten().flatten().for_each(|paragraph| write(&mut self.flow, paragraph));
        } else {
            self.flow.begin_table();
            for cells in &rows {
                for cell in cells {
                    self.flow.begin_cell();
                    cell.iter().for_each(|paragraph| write(&mut self.flow, paragraph));
                }
                self.flow.end_row();
            }
            self.flow.end_table();
        }
        if !rows.is_empty() {
            self.tell_anchored();
        }
    }

    fn tell_anchored(&mut self) {
        for paragraphs in std::mem::take(&mut self.anchored) {
            let is_note = paragraphs.first().is_some_and(|(kind, _)| *kind == BlockKind::Note);
            if is_note {
                self.flow.begin_note();
            }
            paragraphs.iter().for_each(|paragraph| write(&mut self.flow, paragraph));
            if is_note {
                self.flow.end_note();
            }
        }
    }
}

fn write(flow: &mut Flow, (kind, text): &Paragraph) {
    flow.begin_paragraph(*kind);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            flow.line_end();
        }
        flow.push(line);
    }
    flow.end_paragraph();
}
