use super::room::usual_width;
use crate::spreadsheet::{MAX_UNITS, cut_to, typed};
use crate::{About, Cell, Column, ColumnKind};
use onrecord_model::CivilDate;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufWriter, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The rows of a sheet (Excel specifications and limits: worksheet size).
const SHEET_ROWS: u32 = 1_048_576;

/// The largest integer that a spreadsheet shows with all its digits: they keep 15.
const MAX_EXACT: u128 = 999_999_999_999_999;

/// The first day whose number is the same for all, as `YYYYMMDD`: Excel counts a 29 February 1900
/// before it.
const FIRST_DAY: u32 = 19_000_301;

/// The markup of a run of a text behind the first, as the library counts it among the characters
/// of the cell; rather too much.
const RUN_UNITS: usize = 160;

/// Writes a workbook: the rows, and on the last sheet how they were made.
///
/// The rows wait in a temporary file, as the library writes a workbook only when it is whole.
pub(super) struct Xlsx<W: Write> {
    out: W,
    workbook: Workbook,
    bold: Format,
    about: About,
    /// The number of sheets that were begun.
    n_sheets: usize,
    /// The number of rows on the last of them, its header included.
    n_rows: u32,
    sheet_rows: u32,
}

impl<W: Write> fmt::Debug for Xlsx<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Xlsx").field("n_sheets", &self.n_sheets).finish_non_exhaustive()
    }
}

impl<W: Write> Xlsx<W> {
    pub(super) fn new(columns: &[Column], about: &About, out: W) -> io::Result<Self> {
        Self::with_sheet_rows(SHEET_ROWS, columns, about, out)
    }

    /// Starts a workbook whose sheets have at most so many rows.
    pub(super) fn with_sheet_rows(
        sheet_rows: u32,
        columns: &[Column],
        about: &About,
        out: W,
    ) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        // The same bytes in every run: the library would ask the clock.
        let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io::Error::other)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        let bold = Format::new().set_bold();
        let about = about.clone();
        let mut xlsx = Self { out, workbook, bold, about, n_sheets: 0, n_rows: 0, sheet_rows };
        in_temporary_folder(|| xlsx.start_sheet(columns))?;
        Ok(xlsx)
    }

    fn start_sheet(&mut self, columns: &[Column]) -> Result<(), XlsxError> {
        self.n_sheets += 1;
        self.n_rows = 1;
        let name = match self.n_sheets {
            1 => "rows".to_owned(),
            n => format!("rows {n}"),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, width(column))?;
            if let Some(format) = number_format(column.kind) {
                sheet.set_column_format(at, &Format::new().set_num_format(format))?;
            }
            put_text(sheet, 0, at, &column.name, Some(&self.bold))?;
        }
        Ok(())
    }

    /// Puts filters over all rows of the sheet.
    fn end_sheet(&mut self, columns: &[Column]) -> Result<(), XlsxError> {
        let Some(last) = columns.len().checked_sub(1) else { return Ok(()) };
        let last = u16::try_from(last).map_err(|_| XlsxError::RowColumnLimitError)?;
        let last_row = self.n_rows - 1;
        self.sheet()?.autofilter(0, 0, last_row, last)?;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, XlsxError> {
        self.workbook.worksheet_from_index(self.n_sheets - 1)
    }

    pub(super) fn write_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) -> io::Result<()> {
        in_temporary_folder(|| self.put_row(columns, cells))
    }

    fn put_row(&mut self, columns: &[Column], cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        if self.n_rows == self.sheet_rows {
            self.end_sheet(columns)?;
            self.start_sheet(columns)?;
        }
        let row = self.n_rows;
        let sheet = self.sheet()?;
        for ((at, column), cell) in (0..).zip(columns).zip(cells) {
            put_cell(sheet, row, at, column, cell)?;
        }
        self.n_rows += 1;
        Ok(())
    }

    /// Adds the sheet on how the rows were made.
    fn add_method(&mut self, columns: &[Column]) -> Result<(), XlsxError> {
        let meanings: Vec<String> = columns.iter().map(Column::meaning).collect();
        let mut lines: Vec<[&str; 3]> = vec![[&self.about.title, "", ""], [""; 3]];
        lines.extend(self.about.facts.iter().map(|(name, value)| [&**name, &**value, ""]));
        lines.push([""; 3]);
        let header = lines.len();
        lines.push(["column", "unit", "meaning"]);
        let columns = columns.iter().zip(&meanings);
        lines.extend(columns.map(|(column, meaning)| [&*column.name, column.unit, meaning]));

        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name("method")?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (at, width) in [(0, 24.0), (1, 60.0), (2, 80.0)] {
            sheet.set_column_width(at, width)?;
            sheet.set_column_format(at, &wrapped)?;
        }
        for (row, line) in lines.iter().enumerate() {
            let format = (row == 0 || row == header).then_some(&self.bold);
            for (at, text) in (0..).zip(line) {
                put_text(sheet, row as u32, at, text, format)?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self, columns: &[Column]) -> io::Result<W> {
        let mut whole = in_temporary_folder(|| {
            self.end_sheet(columns)?;
            self.add_method(columns)?;
            // The library takes only an output that may go to another thread; `out` may not.
            let mut whole = BufWriter::new(tempfile::tempfile()?);
            self.workbook.save_to_writer(&mut whole)?;
            let mut whole = whole.into_inner().map_err(io::IntoInnerError::into_error)?;
            whole.rewind()?;
            Ok(whole)
        })?;
        io::copy(&mut whole, &mut self.out)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn put_cell(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    column: &Column,
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    let number = match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => return put_text(sheet, row, at, text, None),
        Cell::Integer(number) => (number.unsigned_abs() <= MAX_EXACT).then_some(*number as f64),
        Cell::Decimal(_) => column.plain(cell).parse().ok(),
        Cell::Date(date) => day_number(*date)?,
    };
    match number {
        Some(number) => sheet.write_number(row, at, number).map(drop),
        None => put_text(sheet, row, at, &column.plain(cell), None),
    }
}

/// Returns the number of a day, if the date is one that spreadsheets agree on.
fn day_number(date: CivilDate) -> Result<Option<f64>, XlsxError> {
    match (date.month(), date.day()) {
        (Some(month), Some(day)) if date.first_day() >= FIRST_DAY => {
            Ok(Some(ExcelDateTime::from_ymd(date.year(), month, day)?.to_excel()))
        }
        _ => Ok(None),
    }
}

/// Writes a text as text, whatever it looks like.
fn put_text(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    text: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    let text = with_room_for_runs(typed(text));
    let plain = Format::new();
    let runs: Vec<_> = runs(&text).into_iter().map(|run| (&plain, run)).collect();
    match (runs.len(), format) {
        (0 | 1, None) => sheet.write_string(row, at, &*text),
        (0 | 1, Some(format)) => sheet.write_string_with_format(row, at, &*text, format),
        (_, None) => sheet.write_rich_string(row, at, &runs),
        (_, Some(format)) => sheet.write_rich_string_with_format(row, at, &runs, format),
    }
    .map(drop)
}

/// Cuts a text earlier where the library would refuse it for the markup of its runs, which it
/// counts too.
fn with_room_for_runs(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text;
    }
    let mut before = ' ';
    let cost = |c| {
        let begins_run = std::mem::replace(&mut before, c) == '_' && c == 'x';
        let escaped = if matches!(c, '<' | '>' | '&') { "&amp;".len() } else { c.len_utf16() };
        escaped + if begins_run { RUN_UNITS } else { 0 }
    };
    match cut_to(&text, MAX_UNITS - RUN_UNITS, cost) {
        Some(cut) => Cow::Owned(cut),
        None => text,
    }
}

/// Cuts a text within every `_x`, so that no run of it holds what looks like an escaped character,
/// such as `_x0041_`: some readers would read the character, others also the escape that the format
/// has for the low line, and they disagree on how many digits there must be.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let (mut rest, mut start) = (text, 0);
    for (at, _) in text.match_indices("_x") {
        let (run, behind) = rest.split_at(at + 1 - start);
        runs.push(run);
        (rest, start) = (behind, at + 1);
    }
    runs.push(rest);
    runs
}

fn number_format(kind: ColumnKind) -> Option<String> {
    match kind {
        ColumnKind::Text => None,
        ColumnKind::Integer | ColumnKind::Decimal { places: 0 } => Some("0".to_owned()),
        ColumnKind::Decimal { places } => Some(format!("0.{}", "0".repeat(places.into()))),
        ColumnKind::Date => Some("yyyy-mm-dd".to_owned()),
    }
}

/// Returns the width of a column, in characters: its name and the button of the filter fit.
fn width(column: &Column) -> f64 {
    f64::max(usual_width(column).into(), column.name.chars().count() as f64 + 4.0)
}

/// Runs a part of what the library does, all of which goes through its temporary files; what it says
/// of them names their folder and what to do.
fn in_temporary_folder<T>(make: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    // Where such a file cannot be written, the library panics. The workbook is not used after that.
    match catch_unwind(AssertUnwindSafe(make)) {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(XlsxError::IoError(error))) => Err(io::Error::new(error.kind(), no_room(&error))),
        Ok(Err(error @ XlsxError::ZipError(_))) => Err(io::Error::other(no_room(&error))),
        Ok(Err(error)) => Err(io::Error::other(error)),
        Err(_) => Err(io::Error::other(no_room(&"a file in it cannot be written"))),
    }
}

fn no_room(reason: &dyn fmt::Display) -> String {
    format!(
        "the workbook is made in the temporary folder `{}`: {reason}\nmake room there, or name another folder in the environment: TMPDIR, on Windows TEMP",
        std::env::temp_dir().display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_in_the_temporary_folder_names_it() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let folder = std::env::temp_dir().display().to_string();
        for (failed, says_folder) in [
            (in_temporary_folder::<()>(|| panic!("couldn't write")), true),
            (in_temporary_folder::<()>(|| Err(XlsxError::IoError(full()))), true),
            (in_temporary_folder::<()>(|| Err(XlsxError::RowColumnLimitError)), false),
        ] {
            let said = crate::Error::from(failed.unwrap_err()).to_string();
            assert!(said.starts_with("cannot write the report: "), "{said}");
            assert_eq!(said.contains(&folder) && said.contains("TMPDIR"), says_folder, "{said}");
        }
        assert_eq!(in_temporary_folder(|| Ok(5)).unwrap(), 5);
    }
}
