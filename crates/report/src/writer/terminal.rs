use crate::visible::{lines, visible};
use crate::{Cell, Column, ColumnKind};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent, Width, presets,
};
use std::io::{self, Write};

/// The border at the top, the header, the line below it, and the border at the end.
const N_FRAME_LINES: usize = 4;

/// The width that a column of longer texts has at least, in columns of the terminal.
const LEAST_TEXT: u16 = 12;

/// The longest cell of one word that its column is made wide enough for: ids of documents have so many
/// letters, and a broken one cannot be copied.
const KEPT_NAME: u16 = 32;

/// The longest line of a cell that is not broken by itself, in characters, each at most two
/// columns wide: the table's widths are 16-bit numbers.
const LONGEST_LINE: usize = 15_000;

/// The longest word that is not broken by itself, in characters: the table takes time quadratic
/// in the length of a word to wrap it.
const LONGEST_WORD: usize = 500;

/// Holds all rows, and writes them aligned at the end.
#[derive(Debug)]
pub(super) struct Terminal<W: Write> {
    out: W,
    table: Table,
    kinds: Box<[ColumnKind]>,
    /// By column, the longest cell that is to stay whole, in characters.
    names: Box<[u16]>,
    width: Option<u16>,
}

impl<W: Write> Terminal<W> {
    pub(super) fn new(columns: &[Column], width: Option<u16>, out: W) -> Self {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
        match width {
            Some(width) => {
                table.set_width(width).set_content_arrangement(ContentArrangement::Dynamic)
            }
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        table.set_header(columns.iter().map(|column| align(column, &column.name)));
        let kinds = columns.iter().map(|column| column.kind).collect();
        Self { out, table, kinds, names: vec![0; columns.len()].into(), width }
    }

    pub(super) fn add_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) {
        let row =
            columns.iter().zip(cells).zip(&mut self.names).map(|((column, cell), longest)| {
                let mut plain = String::new();
                // Writing to a String cannot fail.
                let _ = column.write_cell(cell, &mut plain);
                let length = plain.chars().take(usize::from(KEPT_NAME) + 1).count() as u16;
                if length <= KEPT_NAME && !plain.contains(char::is_whitespace) {
                    *longest = length.max(*longest);
                }
                align(column, &plain)
            });
        self.table.add_row(row);
    }

    /// Writes the table; rows have a line between them only where one of them takes several lines.
    ///
    /// Where the columns cannot stand side by side and still be read, each row is a list.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.width.is_some_and(|width| self.least_width() > usize::from(width)) {
            return self.finish_as_lists();
        }
        self.keep_readable();
        let ruled = self.table.trim_fmt();
        self.table.remove_style(TableComponent::HorizontalLines);
        self.table.remove_style(TableComponent::MiddleIntersections);
        let plain = self.table.trim_fmt();
        let has_one_line_a_row = plain.lines().count() == self.table.row_count() + N_FRAME_LINES;
        writeln!(self.out, "{}", if has_one_line_a_row { plain } else { ruled })?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Returns the width that the table has at least, in columns of the terminal.
    fn least_width(&self) -> usize {
        let widths = self.table.column_max_content_widths();
        let columns = self.table.column_iter().zip(widths).zip(&self.kinds).zip(&self.names);
        let least = columns.map(|(((column, width), kind), name)| {
            let least = if *kind == ColumnKind::Text { least_text(width, *name) } else { width };
            usize::from(least) + usize::from(column.padding_width())
        });
        // A column of the terminal is between two of the table.
        least.sum::<usize>() + self.kinds.len().saturating_sub(1)
    }

    /// Writes a list for each row: the name of a column, then what the cell holds, if it does.
    fn finish_as_lists(mut self) -> io::Result<W> {
        let names = self.table.header().cloned().unwrap_or_default();
        for (number, row) in self.table.row_iter().enumerate() {
            let mut list = Table::new();
            list.load_preset(presets::NOTHING)
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(self.width.unwrap_or_default());
            let cells = names.cell_iter().zip(row.cell_iter());
            for (name, cell) in cells.filter(|(_, cell)| !cell.content().is_empty()) {
                list.add_row([name.content(), cell.content()]);
            }
            let least = ColumnConstraint::LowerBoundary(Width::Fixed(LEAST_TEXT + 2));
            let constraints = [ColumnConstraint::ContentWidth, least];
            for (column, constraint) in list.column_iter_mut().zip(constraints) {
                column.set_constraint(constraint);
            }
            let separator = if number > 0 { "\n" } else { "" };
            writeln!(self.out, "{separator}{}", list.trim_fmt())?;
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// Lets the table grow beyond its width rather than break a number or a date, which would
    /// read as another one, or texts letter by letter.
    fn keep_readable(&mut self) {
        let widths = self.table.column_max_content_widths();
        let columns = self.table.column_iter_mut();
        for (((column, width), kind), name) in columns.zip(widths).zip(&self.kinds).zip(&self.names)
        {
            column.set_constraint(match kind {
                ColumnKind::Integer | ColumnKind::Decimal { .. } | ColumnKind::Date => {
                    ColumnConstraint::ContentWidth
                }
                ColumnKind::Text => {
                    let least = least_text(width, *name) + column.padding_width();
                    ColumnConstraint::LowerBoundary(Width::Fixed(least))
                }
            });
        }
    }
}

/// Returns the width that a column of texts has at least, the widest of which has `width`, the longest
/// name `name`.
fn least_text(width: u16, name: u16) -> u16 {
    width.min(LEAST_TEXT.max(name))
}

/// Makes a cell of the terminal's table: numbers to the right.
fn align(column: &Column, plain: &str) -> comfy_table::Cell {
    let alignment =
        if column.kind.is_number() { CellAlignment::Right } else { CellAlignment::Left };
    comfy_table::Cell::new(make_visible(plain)).set_alignment(alignment)
}

/// Returns a text as the terminal may show it, its longest lines and words broken.
fn make_visible(plain: &str) -> String {
    let mut shown = String::with_capacity(plain.len());
    for (i, line) in lines(plain).enumerate() {
        if i > 0 {
            shown.push('\n');
        }
        let (mut line_length, mut word_length) = (0, 0);
        for c in line.chars() {
            if line_length == LONGEST_LINE || word_length == LONGEST_WORD {
                shown.push('\n');
                (line_length, word_length) = (0, 0);
            }
            shown.push(visible(c));
            line_length += 1;
            word_length = if c.is_whitespace() { 0 } else { word_length + 1 };
        }
    }
    shown
}
