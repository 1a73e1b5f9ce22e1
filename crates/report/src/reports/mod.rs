//! The reports: which question each asks of an index, and what the rows of its answer are.

mod about;
mod check;
mod columns;
mod compare;
mod corpus;
mod coverage;
mod labels;
mod overview;
mod priorities;
mod quotes;

pub use about::about;
pub use check::{CheckedDraft, check_columns, check_rows, checked_cells};
pub use columns::{ReportColumns, report_columns};
pub use labels::{label_place_cells, label_place_columns};
pub use overview::overview_page;
pub use quotes::{quote_cells, quote_columns};

use crate::{Cell, Column, ColumnKind};
use onrecord_indexing::Reader;
use onrecord_model::CivilDate;
use onrecord_query::{
    CompareRequest, CorpusRequest, CoverageRequest, LabelsRequest, OverviewRequest,
    PrioritiesRequest, QueryError, QuotesRequest, Unread,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A question that a report answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Report {
    /// How often each priority was spoken of in each group.
    Priorities(PrioritiesRequest),
    /// Every mention.
    Mentions(LabelsRequest),
    /// Every label of a passage.
    Labels(LabelsRequest),
    /// Every quotation.
    Quotes(QuotesRequest),
    /// What was not spoken of.
    Coverage(CoverageRequest),
    /// How two parts of the corpus differ.
    Compare(CompareRequest),
    /// What is in the corpus.
    Corpus(CorpusRequest),
    /// The quotations of drafts, checked.
    Check(CheckReport),
    /// A page to look at.
    Overview(OverviewRequest),
}

/// A question for the quotations of drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CheckReport {
    /// The drafts, or folders of them.
    pub drafts: Vec<PathBuf>,
    /// A list of persons that goes over the public figures that are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speakers: Option<PathBuf>,
}

/// The rows of an answer, to be written one by one.
pub struct Rows<'a> {
    /// Their columns.
    pub columns: Vec<Column>,
    /// The rows, one cell for each column.
    pub rows: Box<dyn Iterator<Item = Result<Vec<Cell<'static>>, QueryError>> + 'a>,
    /// What is to be known that no row says, a sentence each.
    pub notes: Vec<String>,
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<'a> Rows<'a> {
    fn new(
        columns: Vec<Column>,
        rows: impl Iterator<Item = Result<Vec<Cell<'static>>, QueryError>> + 'a,
    ) -> Self {
        Self { columns, rows: Box::new(rows), notes: Vec::new() }
    }

    /// Checks that no two columns have one name: fields of documents may be called anything.
    fn check_columns(&self) -> Result<(), QueryError> {
        let mut seen = BTreeSet::new();
        match self.columns.iter().find(|column| !seen.insert(&*column.name)) {
            Some(twice) => Err(QueryError::TwoColumns(twice.name.clone().into_owned())),
            None => Ok(()),
        }
    }

    /// Takes rows that are all there.
    fn of<T: 'a>(
        columns: Vec<Column>,
        rows: Vec<T>,
        cells: impl Fn(T) -> Vec<Cell<'static>> + 'a,
    ) -> Self {
        Self::new(columns, rows.into_iter().map(move |row| Ok(cells(row))))
    }
}

impl Report {
    /// Returns the name of its kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Priorities(_) => "priorities",
            Self::Mentions(_) => "mentions",
            Self::Labels(_) => "labels",
            Self::Quotes(_) => "quotes",
            Self::Coverage(_) => "coverage",
            Self::Compare(_) => "compare",
            Self::Corpus(_) => "corpus",
            Self::Check(_) => "check",
            Self::Overview(_) => "overview",
        }
    }

    /// Asks an index; `last_run` is what the last run did not take whole. None of a kind whose rows
    /// are not those of an index alone: the page, and checks of drafts.
    ///
    /// # Errors
    /// When a query cannot be understood, or what the index holds is not what was written.
    pub fn ask<'a>(
        &self,
        reader: &'a Reader,
        last_run: &[Unread],
    ) -> Result<Option<Rows<'a>>, QueryError> {
        let rows = match self {
            Self::Priorities(request) => priorities::ask(reader, request)?,
            Self::Mentions(request) => labels::ask_mentions(reader, request)?,
            Self::Labels(request) => labels::ask_labels(reader, request)?,
            Self::Quotes(request) => quotes::ask(reader, request)?,
            Self::Coverage(request) => coverage::ask(reader, request)?,
            Self::Compare(request) => compare::ask(reader, request)?,
            Self::Corpus(request) => corpus::ask(reader, request, last_run)?,
            Self::Check(_) | Self::Overview(_) => return Ok(None),
        };
        rows.check_columns()?;
        Ok(Some(rows))
    }
}

/// Notes which parts have no passage: mostly their query is not what was meant.
fn note_empty_parts(parts: &[String], notes: &mut Vec<String>) {
    notes.extend(parts.iter().map(|part| format!("part `{part}`: no passage of speech is found")));
}

/// Joins the names of flags as a cell; an empty text where there are none.
fn flags_cell(names: impl IntoIterator<Item = &'static str>) -> Cell<'static> {
    names.into_iter().collect::<Vec<_>>().join(";").into()
}

/// Makes the cell of a date as it is written; what is none would be empty.
fn date_cell(written: Option<&str>) -> Cell<'static> {
    written.and_then(|date| date.parse::<CivilDate>().ok()).into()
}

/// Makes cells of the values that say which group a row is of, under their columns: years are
/// numbers.
fn group_cells(columns: &[Column], values: Vec<Option<String>>) -> Vec<Cell<'static>> {
    let cell = |(value, column): (Option<String>, &Column)| match column.kind {
        ColumnKind::Integer => value.and_then(|value| value.parse::<u32>().ok()).into(),
        ColumnKind::Date => date_cell(value.as_deref()),
        ColumnKind::Text | ColumnKind::Decimal { .. } => value.into(),
    };
    values.into_iter().zip(columns).map(cell).collect()
}
