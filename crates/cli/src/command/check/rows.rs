use crate::args::Output;
use crate::output;
use anyhow::Result;
use onrecord_query::check::CheckedQuote;
use onrecord_report::{Format, check_columns, checked_cells};

/// Prints quotations as rows; lists are joined.
pub(super) fn print_rows(output: &Output, quotes: &[&CheckedQuote]) -> Result<()> {
    let mut rows = output::open_rows(output, Format::Csv, check_columns())?;
    for quote in quotes {
        rows.write_row(&checked_cells(quote))?;
    }
    rows.finish()?.close()
}
