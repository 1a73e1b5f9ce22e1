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
    /// An integer that Parquet cannot hold.
    #[error("a cell of column `{column}` is {value}, beyond the 64 bits of an integer in parquet")]
    IntegerTooLarge {
        /// The column's name.
        column: String,
        /// The value.
        value: i128,
    },
    /// A column was asked for that the table does not have.
    #[error("no column is named `{name}`; there are {known}")]
    UnknownColumn {
        /// What was asked for.
        name: String,
        /// The names of all columns, in order.
        known: String,
    },
    /// A column was asked for more than once.
    #[error("column `{name}` is named twice; there are {known}")]
    RepeatedColumn {
        /// What was asked for.
        name: String,
        /// The names of all columns, in order.
        known: String,
    },
    /// An overview is asked for as rows.
    #[error(
        "an overview is a page or a drawing, not {}\nask for: --format html, or --format table for the terminal", .0.name()
    )]
    OverviewFormat(Format),
    /// Columns are asked for of what has none.
    #[error("an overview has no columns to choose from\nleave the columns out")]
    OverviewColumns,
    /// A cross table is to be exploded.
    #[error(
        "a cross table cannot be exploded\nask for one of the two: the table, or what is behind it"
    )]
    CrossExploded,
    /// A text is no manifest.
    #[error(
        "it is no manifest of a report\nname the NAME.manifest.json that was written beside it"
    )]
    NoManifest,
    /// A manifest is of another version.
    #[error("it is a manifest of version {found}, this program reads version {known}")]
    ManifestVersion {
        /// Its version.
        found: u64,
        /// The version that is read.
        known: u64,
    },
    /// A manifest cannot be understood.
    #[error("the manifest cannot be understood: {0}")]
    Manifest(String),
    /// A manifest names a file in another folder.
    #[error("the manifest names the file `{0}`, which is no name of a file beside it")]
    ManifestFile(String),
}
