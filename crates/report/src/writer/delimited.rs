use crate::spreadsheet::guard;
use crate::{Cell, Column};
use csv::{Terminator, WriterBuilder};
use std::io::{self, Write};

/// Writes comma- or tab-separated values, quoted where they must be.
#[derive(Debug)]
pub(super) struct Delimited<W: Write> {
    out: csv::Writer<W>,
    guarded: bool,
    /// The plain form of the cell being written.
    field: String,
}

impl<W: Write> Delimited<W> {
    pub(super) fn commas(columns: &[Column], guarded: bool, out: W) -> io::Result<Self> {
        let mut format = WriterBuilder::new();
        Self::start(format.terminator(Terminator::CRLF), columns, guarded, out)
    }

    pub(super) fn tabs(columns: &[Column], guarded: bool, out: W) -> io::Result<Self> {
        let mut format = WriterBuilder::new();
        let format = format.delimiter(b'\t').terminator(Terminator::Any(b'\n'));
        Self::start(format, columns, guarded, out)
    }

    fn start(
        format: &WriterBuilder,
        columns: &[Column],
        guarded: bool,
        mut out: W,
    ) -> io::Result<Self> {
        if guarded {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut delimited = Self { out: format.from_writer(out), guarded, field: String::new() };
        for column in columns {
            delimited.write_text(&column.name)?;
        }
        delimited.end_row()?;
        Ok(delimited)
    }

    pub(super) fn write_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) -> io::Result<()> {
        for (column, cell) in columns.iter().zip(cells) {
            match cell {
                Cell::Text(text) => self.write_text(text)?,
                Cell::Empty | Cell::Integer(_) | Cell::Decimal(_) | Cell::Date(_) => {
                    self.field.clear();
                    column.write_cell(cell, &mut self.field).map_err(io::Error::other)?;
                    self.out.write_field(&self.field).map_err(into_io)?;
                }
            }
        }
        self.end_row()
    }

    fn write_text(&mut self, text: &str) -> io::Result<()> {
        let written = if self.guarded {
            self.out.write_field(guard(text).as_bytes())
        } else {
            self.out.write_field(text)
        };
        written.map_err(into_io)
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.out.write_record(None::<&[u8]>).map_err(into_io)
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        self.out
            .into_inner()
            .map_err(|error| io::Error::new(error.error().kind(), error.to_string()))
    }
}

/// Takes out the output's own error, whose kind tells a broken pipe.
fn into_io(error: csv::Error) -> io::Error {
    let message = error.to_string();
    if let csv::ErrorKind::Io(error) = error.into_kind() {
        error
    } else {
        io::Error::other(message)
    }
}
