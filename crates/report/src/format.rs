use serde::{Deserialize, Serialize};

/// A form that rows can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Aligned columns for a terminal.
    Table,
    /// Comma-separated values (RFC 4180): lines end in CRLF, the first names the columns.
    Csv,
    /// Tab-separated values: as CSV, with tabs for commas, and lines that end in LF.
    Tsv,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A table in GitHub's Markdown.
    #[serde(rename = "md")]
    Markdown,
    /// A workbook of Excel, with how it was made on a sheet of its own. Text cells are typed as
    /// text and never formulas or links.
    Xlsx,
    /// A page that needs nothing beside it.
    Html,
    /// Apache Parquet: every column optional, dates as text, as precise as they are known.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How an answer is laid out in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// For a person at a terminal.
    Listing,
    /// As one object of JSON.
    Object,
    /// As objects of JSON, one a line.
    Lines,
    /// As the rows of a table.
    Rows,
}

impl Format {
    /// All formats, in the order of declaration.
    pub const ALL: &[Self] = &[
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Jsonl,
        Self::Markdown,
        Self::Xlsx,
        Self::Html,
        #[cfg(feature = "parquet")]
        Self::Parquet,
    ];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "md",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// Finds the format of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Returns how answers are laid out in it.
    pub const fn layout(self) -> Layout {
        match self {
            Self::Table => Layout::Listing,
            Self::Json => Layout::Object,
            Self::Jsonl => Layout::Lines,
            Self::Csv | Self::Tsv | Self::Markdown | Self::Xlsx | Self::Html => Layout::Rows,
            #[cfg(feature = "parquet")]
            Self::Parquet => Layout::Rows,
        }
    }

    /// Tells whether it is text, which may go to a terminal.
    pub const fn is_text(self) -> bool {
        match self {
            Self::Table
            | Self::Csv
            | Self::Tsv
            | Self::Json
            | Self::Jsonl
            | Self::Markdown
            | Self::Html => true,
            Self::Xlsx => false,
            #[cfg(feature = "parquet")]
            Self::Parquet => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_their_names() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(*format));
        }
        assert_eq!(Format::from_name("xls"), None);
        assert!(Format::Html.is_text() && !Format::Xlsx.is_text());
    }
}
