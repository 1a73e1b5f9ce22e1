use crate::{ColumnKind, Format};
use std::io;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output refused the bytes; a broken pipe is one of the kinds.
    #[error("cannot write the report: {0}")]
    Output(#[from] io::Error),
    /// A row is longer or shorter than the table is wide.
    #[error("a row has {found} cells, the table {expected} columns")]
    CellCount {
        /// The number of columns.
        expected: usize,
        /// The number of cells.
        found: usize,
    },
    /// A cell does not fit its column.
    #[error("a cell of column `{column}` is not {}", .kind.name())]
    CellKind {
        /// The column's name.
        column: String,
        /// What its cells must be.
        kind: ColumnKind,
    },
    /// A number that no format can hold.
    #[error("a cell of column `{column}` is {value}, not a finite number")]
    NotFinite {
        /// The column's name.
        column: String,
        /// The value.
        value: f64,
    },
    /// A guard against formulas was asked for where there are none.
    #[error("files for spreadsheets are csv or tsv, not {}", .0.name())]
    NotForSpreadsheet(Format),
}
