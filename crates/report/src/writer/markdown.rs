use crate::visible::{lines, visible};
use crate::{Cell, Column};
use std::io::{self, BufWriter, Write};

/// The characters that could end a cell, or format, link or hide what it says.
const ESCAPED: [char; 10] = ['\\', '|', '`', '*', '_', '<', '[', ']', '&', '~'];

/// Writes a table of GitHub's Markdown, a row a line, unaligned.
#[derive(Debug)]
pub(super) struct Markdown<W: Write> {
    out: BufWriter<W>,
    line: String,
}

impl<W: Write> Markdown<W> {
    pub(super) fn new(columns: &[Column], out: W) -> io::Result<Self> {
        let mut markdown = Self { out: BufWriter::new(out), line: String::from("|") };
        for column in columns {
            markdown.add(&column.name);
        }
        markdown.end_line()?;
        for column in columns {
            markdown.line.push_str(if column.kind.is_number() { " ---: |" } else { " --- |" });
        }
        markdown.end_line()?;
        Ok(markdown)
    }

    pub(super) fn write_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) -> io::Result<()> {
        let mut plain = String::new();
        for (column, cell) in columns.iter().zip(cells) {
            if let Cell::Text(text) = cell {
                self.add(text);
            } else {
                plain.clear();
                column.write_cell(cell, &mut plain).map_err(io::Error::other)?;
                self.add_plain(&plain);
            }
        }
        self.end_line()
    }

    /// Adds a cell of text, escaped.
    fn add(&mut self, text: &str) {
        self.line.push(' ');
        for (i, line) in lines(text).enumerate() {
            if i > 0 {
                self.line.push_str("<br>");
            }
            for c in line.chars() {
                if ESCAPED.contains(&c) {
                    self.line.push('\\');
                }
                self.line.push(visible(c));
            }
        }
        self.line.push_str(" |");
    }

    fn add_plain(&mut self, plain: &str) {
        self.line.push(' ');
        self.line.push_str(plain);
        self.line.push_str(" |");
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes())?;
        self.line.clear();
        self.line.push('|');
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}
