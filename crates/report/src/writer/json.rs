use crate::{Cell, Column};
use std::io::{self, BufWriter, Write};

/// Writes each row as an object, its fields in the order of the columns, on a line of its own.
#[derive(Debug)]
pub(super) struct Json<W: Write> {
    out: BufWriter<W>,
    /// What separates two rows.
    separator: &'static str,
    /// What ends the output.
    end: &'static str,
    is_empty: bool,
    /// The plain form of the number being written.
    number: String,
}

impl<W: Write> Json<W> {
    /// Starts lines of objects.
    pub(super) fn lines(out: W) -> Self {
        Self::start(out, "\n", "")
    }

    /// Starts an array of objects.
    pub(super) fn array(out: W) -> io::Result<Self> {
        let mut json = Self::start(out, ",\n", "]\n");
        json.out.write_all(b"[\n")?;
        Ok(json)
    }

    /// Starts an object that ends with an array of objects.
    pub(super) fn object(
        fields: &[(Column, Cell<'_>)],
        rows_name: &str,
        out: W,
    ) -> io::Result<Self> {
        let mut json = Self::start(out, ",\n", "]}\n");
        json.out.write_all(b"{")?;
        for (column, cell) in fields {
            json.write_field(column, cell)?;
            json.out.write_all(b",")?;
        }
        serde_json::to_writer(&mut json.out, rows_name)?;
        json.out.write_all(b":[\n")?;
        Ok(json)
    }

    fn start(out: W, separator: &'static str, end: &'static str) -> Self {
        Self { out: BufWriter::new(out), separator, end, is_empty: true, number: String::new() }
    }

    pub(super) fn write_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) -> io::Result<()> {
        if !self.is_empty {
            self.out.write_all(self.separator.as_bytes())?;
        }
        self.is_empty = false;
        let mut before: &[u8] = b"{";
        for (column, cell) in columns.iter().zip(cells) {
            self.out.write_all(before)?;
            self.write_field(column, cell)?;
            before = b",";
        }
        self.out.write_all(if columns.is_empty() { b"{}" } else { b"}" })
    }

    fn write_field(&mut self, column: &Column, cell: &Cell<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, &*column.name)?;
        self.out.write_all(b":")?;
        match cell {
            Cell::Empty => self.out.write_all(b"null"),
            Cell::Text(text) => Ok(serde_json::to_writer(&mut self.out, text)?),
            Cell::Date(date) => write!(self.out, "\"{date}\""),
            Cell::Integer(_) | Cell::Decimal(_) => {
                self.number.clear();
                column.write_cell(cell, &mut self.number).map_err(io::Error::other)?;
                self.out.write_all(self.number.as_bytes())
            }
        }
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        if !self.is_empty {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(self.end.as_bytes())?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}
