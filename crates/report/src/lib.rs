//! Answers as rows, and rows as files.
//!
//! In come rows of [`Cell`]s under [`Column`]s, out go bytes in one of the [`Format`]s, to any
//! [`std::io::Write`]: the caller owns the file. Rows stream; only [`Format::Table`] holds all of
//! them, to align its columns.
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
mod overview;
mod page;
mod room;
mod spreadsheet;
mod table;
mod visible;
mod writer;

pub use chart::{
    Axis, Chart, ChartGroup, ChartSeries, Point, write_svg_chart, write_terminal_chart,
};
pub use concordance::{align_node, fit_column, width_of};
pub use error::Error;
pub use format::Format;
pub use overview::{Figure, Overview, OverviewPassage, OverviewRow};
pub use page::{MarkedQuote, write_draft_page};
pub use room::{pad, shorten, width};
pub use table::{About, Cell, Column, ColumnKind};
pub use visible::{one_line, visible};
pub use writer::{Options, Writer};
