//! The flow of a word processor's text into blocks.

use crate::format::block_text::{BlockText, Page};
use onrecord_model::BlockKind;

/// A text being written in the order in which it is read: paragraphs, and tables of one row a
/// line, with the cells parted by tabs.
#[derive(Default)]
pub(crate) struct Flow {
    page: BlockText,
    n_tables: u32,
    n_notes: u32,
    n_cells: u32,
    /// The row being read, at whatever depth its words stand in tables.
    row: String,
    goes_on: bool,
}

impl Flow {
    /// Begins a paragraph of the given kind; inside a table it is more of the cell's text.
    pub(crate) fn begin_paragraph(&mut self, kind: BlockKind) {
        if std::mem::take(&mut self.goes_on) {
            return;
        }
        if self.in_table() {
            self.part_words();
        } else {
            self.page.open(if self.n_notes > 0 { BlockKind::Note } else { kind });
        }
    }

    /// Ends a paragraph.
    pub(crate) fn end_paragraph(&mut self) {
        if self.in_table() {
            self.part_words();
        } else {
            self.page.close();
        }
    }

    /// Lets the next paragraph be more of this one, whose end was deleted.
    pub(crate) fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// Begins a note: all paragraphs are of it until it ends.
    pub(crate) fn begin_note(&mut self) {
        self.page.close();
        self.n_notes += 1;
    }

    /// Ends a note.
    pub(crate) fn end_note(&mut self) {
        self.page.close();
        self.n_notes = self.n_notes.saturating_sub(1);
    }

    /// Adds words. Line ends and tabs that stand among them part words, not lines or cells.
    pub(crate) fn push(&mut self, text: &str) {
        if self.in_table() {
            self.row.extend(text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
        } else if text.contains('\n') {
            self.page.push(&text.replace('\n', " "));
        } else {
            self.page.push(text);
        }
    }

    /// Adds a tab.
    pub(crate) fn tab(&mut self) {
        if self.in_table() { self.part_words() } else { self.page.push("\t") }
    }

    /// Ends a line.
    pub(crate) fn line_end(&mut self) {
        if self.in_table() { self.part_words() } else { self.page.line_end() }
    }

    /// Tells whether the place is inside a table.
    pub(crate) fn in_table(&self) -> bool {
        self.n_tables > 0
    }

    /// Begins a table; one inside another is more of the cell's text.
    pub(crate) fn begin_table(&mut self) {
        self.n_tables += 1;
        if self.n_tables == 1 {
            self.page.open(if self.n_notes > 0 { BlockKind::Note } else { BlockKind::Table });
        }
        self.part_words();
    }

    /// Begins a cell.
    pub(crate) fn begin_cell(&mut self) {
        if self.n_tables > 1 {
            self.part_words();
            return;
        }
        if self.n_cells > 0 {
            self.trim_row();
            self.row.push('\t');
        }
        self.n_cells += 1;
    }

    /// Ends a row; one without a visible character is none.
    pub(crate) fn end_row(&mut self) {
        if self.n_tables != 1 {
            return;
        }
        self.trim_row();
        if !self.row.trim().is_empty() {
            self.page.line_end();
            self.page.push(&self.row);
        }
        self.row.clear();
        self.n_cells = 0;
    }

    /// Ends a table.
    pub(crate) fn end_table(&mut self) {
        self.end_row();
        self.n_tables = self.n_tables.saturating_sub(1);
        if self.n_tables == 0 {
            self.page.close();
        }
    }

    /// Returns the whole.
    pub(crate) fn finish(mut self) -> Page {
        while self.in_table() {
            self.end_table();
        }
        self.page.finish()
    }

    fn part_words(&mut self) {
        if self.in_table() && !self.row.is_empty() && !self.row.ends_with([' ', '\t']) {
            self.row.push(' ');
        }
    }

    fn trim_row(&mut self) {
        let length = self.row.trim_end_matches(' ').len();
        self.row.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_flat() {
        let mut flow = Flow::default();
        flow.begin_paragraph(BlockKind::Paragraph);
        flow.push("Before\nit");
        flow.end_paragraph();
        flow.begin_table();
        for row in [["a b", "c"], ["", "2"], ["", ""]] {
            for cell in row {
                flow.begin_cell();
                for word in cell.split(' ') {
                    flow.begin_paragraph(BlockKind::Paragraph);
                    flow.push(word);
                    flow.end_paragraph();
                }
            }
            flow.end_row();
        }
        flow.begin_cell();
        flow.begin_table();
        flow.begin_cell();
        flow.push("in");
        flow.end_row();
        flow.begin_cell();
        flow.push("ner");
        flow.tab();
        flow.push("x");
        flow.end_table();
        flow.begin_cell();
        flow.push("outer");
        let page = flow.finish();
        assert_eq!(page.text, "Before it\n\na b\tc\n\t2\nin ner x\touter");
        assert_eq!(page.blocks.len(), 2);
    }
}
