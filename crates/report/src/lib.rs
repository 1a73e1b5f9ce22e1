//! Answers as rows, and rows as files.
//!
//! In come rows of [`Cell`]s under [`Column`]s, out go bytes in one of the [`Format`]s, to any
//! [`std::io::Write`]: the caller owns the file. Rows stream; only [`Format::Table`] holds all of
//! them, to align its columns, and those of [`Format::Xlsx`] wait in a temporary file.
//!
//! ```
//! use onrecord_report::{Cell, Column, Format, Options, Writer};
//!
//! const COLUMNS: &[Column] =
//!     &[Column::text("speaker"), Column::integer("mentions"), Column::decimal("share", 4)];
//!
//! let mut writer = Writer::new(Format::Csv, COLUMNS, &Options::default(), Vec::new())?;
//! writer.write_row(&["Vale, Ada".into(), 12_u64.into(), 0.25.into()])?;
//! writer.write_row(&["Moss, Ben".into(), 0_u64.into(), Cell::Empty])?;
//! let csv = writer.finish()?;
//! assert_eq!(csv, b"speaker,mentions,share\r\n\"Vale, Ada\",12,0.2500\r\n\"Moss, Ben\",0,\r\n");
//! # Ok::<(), onrecord_report::Error>(())
//! ```

mod chart;
mod concordance;
mod error;
mod format;
mod manifest;
mod overview;
mod page;
mod reports;
mod room;
mod selection;
mod specification;
mod spreadsheet;
mod table;
mod visible;
mod writer;

pub use chart::{
    Axis, Chart, ChartGroup, ChartSeries, HeatMap, HeatRow, Point, write_svg_chart,
    write_svg_heat_map, write_terminal_chart, write_terminal_heat_map,
};
pub use concordance::{align_node, fit_column, width_of};
pub use error::Error;
pub use format::{Format, Layout};
pub use manifest::{Manifest, ManifestFile};
pub use overview::{
    OverviewChart, OverviewPage, write_overview_page, write_overview_svg, write_terminal_overview,
};
pub use page::{MarkedQuote, write_draft_page};
pub use reports::{
    CheckReport, CheckedDraft, Report, ReportColumns, Rows, about, check_columns, check_rows,
    checked_cells, label_place_cells, label_place_columns, overview_page, quote_cells,
    quote_columns, report_columns,
};
pub use room::{pad, shorten, width};
pub use selection::Selection;
pub use specification::Specification;
pub use table::{About, Cell, Column, ColumnKind};
pub use visible::{one_line, visible};
pub use writer::{Options, Writer};
