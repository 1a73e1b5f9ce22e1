use crate::{Error, Format, Report};
use serde::{Deserialize, Serialize};

/// A report that can be made again: its question and its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Specification {
    /// The question.
    pub report: Report,
    /// The format of its file.
    pub format: Format,
    /// The columns that are written, in order; all where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Whether text cells are guarded against being read as formulas.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_spreadsheet: bool,
}

impl Specification {
    /// Puts a question into a form; a workbook needs no guard, since its texts are typed as texts.
    ///
    /// # Errors
    /// When they do not go together: rather than leave a part out, it is refused.
    pub fn new(
        report: Report,
        format: Format,
        columns: Vec<String>,
        for_spreadsheet: bool,
    ) -> Result<Self, Error> {
        let for_spreadsheet = for_spreadsheet && format != Format::Xlsx;
        let specification = Self { report, format, columns, for_spreadsheet };
        specification.check()?;
        Ok(specification)
    }

    /// Checks that question and form go together.
    ///
    /// # Errors
    /// When they do not.
    pub fn check(&self) -> Result<(), Error> {
        match &self.report {
            Report::Overview(_) if !matches!(self.format, Format::Html | Format::Table) => {
                return Err(Error::OverviewFormat(self.format));
            }
            Report::Overview(_) if !self.columns.is_empty() => return Err(Error::OverviewColumns),
            Report::Priorities(request) if request.explode && request.cross.is_some() => {
                return Err(Error::CrossExploded);
            }
            Report::Overview(_)
            | Report::Priorities(_)
            | Report::Mentions(_)
            | Report::Labels(_)
            | Report::Quotes(_)
            | Report::Coverage(_)
            | Report::Compare(_)
            | Report::Corpus(_)
            | Report::Check(_) => {}
        }
        if self.for_spreadsheet && !matches!(self.format, Format::Csv | Format::Tsv) {
            return Err(Error::NotForSpreadsheet(self.format));
        }
        Ok(())
    }
}

impl Report {
    /// Returns the format of a report where none is asked for and no person looks.
    pub const fn usual_format(&self) -> Format {
        match self {
            Self::Overview(_) => Format::Html,
            Self::Priorities(_)
            | Self::Mentions(_)
            | Self::Labels(_)
            | Self::Quotes(_)
            | Self::Coverage(_)
            | Self::Compare(_)
            | Self::Corpus(_)
            | Self::Check(_) => Format::Csv,
        }
    }
}
