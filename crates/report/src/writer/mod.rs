mod delimited;
mod html;
mod json;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod room;
mod terminal;
#[cfg(test)]
mod tests;
mod xlsx;

use crate::{About, Cell, Column, Error, Format};
use delimited::Delimited;
use html::Html;
use json::Json;
use markdown::Markdown;
#[cfg(feature = "parquet")]
use parquet::Parquet;
use std::io::Write;
use terminal::Terminal;
use xlsx::Xlsx;

/// How rows are to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Guards text cells against being read as formulas, cuts them to what a spreadsheet's cell
    /// holds, removes NULs, and starts the file with a byte order mark; for CSV and TSV only.
    pub for_spreadsheet: bool,
    /// The width of a [`Format::Table`], in columns of the terminal: cells wrap to fit it as far
    /// as they can; without it they do not wrap.
    pub width: Option<u16>,
    /// What is said of the table beside its rows, in the formats that have a place for it.
    pub about: About,
}

/// Writes the rows of one table.
///
/// The header is written at once, so that a table without rows still names its columns; call
/// [`finish`](Self::finish) after the last row, or the output is incomplete.
#[derive(Debug)]
#[must_use = "a report is complete only after `finish`"]
pub struct Writer<W: Write> {
    columns: Box<[Column]>,
    sink: Sink<W>,
}

#[derive(Debug)]
enum Sink<W: Write> {
    Delimited(Delimited<W>),
    Json(Json<W>),
    Markdown(Markdown<W>),
    Terminal(Terminal<W>),
    Html(Html<W>),
    Xlsx(Box<Xlsx<W>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<Parquet<W>>),
}

impl<W: Write> Writer<W> {
    /// Starts a table; `out` need not be buffered.
    ///
    /// # Errors
    /// When `out` fails, or options and format do not go together.
    pub fn new(
        format: Format,
        columns: &[Column],
        options: &Options,
        out: W,
    ) -> Result<Self, Error> {
        let guarded = options.for_spreadsheet;
        if guarded && !matches!(format, Format::Csv | Format::Tsv) {
            return Err(Error::NotForSpreadsheet(format));
        }
        let about = &options.about;
        let sink = match format {
            Format::Csv => Sink::Delimited(Delimited::commas(columns, guarded, out)?),
            Format::Tsv => Sink::Delimited(Delimited::tabs(columns, guarded, out)?),
            Format::Table => Sink::Terminal(Terminal::new(columns, options.width, out)),
            Format::Json => Sink::Json(Json::array(out)?),
            Format::Jsonl => Sink::Json(Json::lines(out)),
            Format::Markdown => Sink::Markdown(Markdown::new(columns, out)?),
            Format::Html => Sink::Html(Html::new(columns, about, out)?),
            Format::Xlsx => Sink::Xlsx(Box::new(Xlsx::new(columns, about, out)?)),
            #[cfg(feature = "parquet")]
            Format::Parquet => Sink::Parquet(Box::new(Parquet::new(columns, about, out)?)),
        };
        Ok(Self { columns: columns.into(), sink })
    }

    /// Starts one JSON object of some fields and, last, the rows: `{"count":2,"hits":[…]}`.
    ///
    /// # Errors
    /// When `out` fails, or a field's value does not fit its column.
    pub fn json_object(
        fields: &[(Column, Cell<'_>)],
        rows_name: &str,
        columns: &[Column],
        out: W,
    ) -> Result<Self, Error> {
        fields.iter().try_for_each(|(column, cell)| column.check(cell))?;
        let sink = Sink::Json(Json::object(fields, rows_name, out)?);
        Ok(Self { columns: columns.into(), sink })
    }

    /// Writes a row, one cell for each column, in their order.
    ///
    /// # Errors
    /// When the output fails, or a cell does not fit its column; nothing of such a row is written.
    pub fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        if cells.len() != self.columns.len() {
            return Err(Error::CellCount { expected: self.columns.len(), found: cells.len() });
        }
        let columns = &self.columns;
        columns.iter().zip(cells).try_for_each(|(column, cell)| column.check(cell))?;
        match &mut self.sink {
            Sink::Delimited(delimited) => delimited.write_row(columns, cells)?,
            Sink::Json(json) => json.write_row(columns, cells)?,
            Sink::Markdown(markdown) => markdown.write_row(columns, cells)?,
            Sink::Terminal(terminal) => terminal.add_row(columns, cells),
            Sink::Html(html) => html.write_row(columns, cells)?,
            Sink::Xlsx(xlsx) => xlsx.write_row(columns, cells)?,
            #[cfg(feature = "parquet")]
            Sink::Parquet(parquet) => parquet.write_row(columns, cells)?,
        }
        Ok(())
    }

    /// Writes what ends the table, flushes, and returns the output.
    ///
    /// # Errors
    /// When the output fails.
    pub fn finish(self) -> Result<W, Error> {
        Ok(match self.sink {
            Sink::Delimited(delimited) => delimited.finish()?,
            Sink::Json(json) => json.finish()?,
            Sink::Markdown(markdown) => markdown.finish()?,
            Sink::Terminal(terminal) => terminal.finish()?,
            Sink::Html(html) => html.finish(&self.columns)?,
            Sink::Xlsx(xlsx) => xlsx.finish(&self.columns)?,
            #[cfg(feature = "parquet")]
            Sink::Parquet(parquet) => parquet.finish()?,
        })
    }
}
