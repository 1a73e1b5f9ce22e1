//! The table of labels that a person gave: it stands apart from the texts and from the index, and
//! `train` and `evaluate` read it as it is.

use crate::args::{Output, RowFormat};
use crate::command::texts::{Columns, Texts};
use crate::output;
use anyhow::Result;
use onrecord_query::Drawn;
use onrecord_report::{Cell, Column};
use std::collections::BTreeMap;
use std::path::Path;

const COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::text("source"),
    Column::text("text"),
    Column::text("labels"),
    Column::text("drawn"),
];

/// A text and the labels that a person gave it.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    pub(super) id: String,
    /// The id of its document.
    pub(super) source: String,
    pub(super) text: String,
    /// The ids of priorities, in the order of the taxonomy.
    pub(super) labels: Vec<String>,
    /// How it was drawn; none of one that was not.
    pub(super) drawn: Option<Drawn>,
}

/// Texts with labels, in the order in which they were first labelled.
#[derive(Debug, Default)]
pub(super) struct LabelTable {
    rows: Vec<Labelled>,
    places: BTreeMap<String, usize>,
}

impl LabelTable {
    /// Reads a table; one that is not there has no rows.
    pub(super) fn read_or_new(path: &Path) -> Result<Self> {
        if path.exists() { Self::read(path) } else { Ok(Self::default()) }
    }

    /// Reads a table.
    ///
    /// # Errors
    /// When it cannot be read whole: to write it again would lose the rest.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let mut table = Self::default();
        let columns = Columns { text: "text", id: "id" };
        let is_whole = Texts::open(path, columns)?.for_each(|row| {
            let labels = row.labels(path, "labels")?;
            let (Some(text), Some(labels)) = (&row.text, labels) else { return Ok(()) };
            table.put(Labelled {
                id: row.id.clone(),
                source: row.cell("source").unwrap_or_default(),
                text: text.clone(),
                labels: labels.into_iter().collect(),
                drawn: row.cell("drawn").as_deref().and_then(Drawn::from_name),
            });
            Ok(())
        })?;
        anyhow::ensure!(
            is_whole,
            "`{}` cannot be read whole\nmend the rows that were named first",
            path.display()
        );
        Ok(table)
    }

    /// Puts a text into the table, instead of one of its id.
    pub(super) fn put(&mut self, row: Labelled) {
        match self.places.get(&row.id) {
            Some(place) => self.rows[*place] = row,
            None => {
                self.places.insert(row.id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Labelled> {
        self.rows.iter()
    }

    /// Returns the ids of the texts, and how each was drawn; as uncertain where it was not.
    pub(super) fn drawn(&self) -> BTreeMap<String, Drawn> {
        let drawn = |row: &Labelled| (row.id.clone(), row.drawn.unwrap_or(Drawn::Uncertain));
        self.rows.iter().map(drawn).collect()
    }

    /// Writes the table, which takes the place of the file once it is whole.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let output = Output {
            format: Some(RowFormat::Csv),
            output: Some(path.to_owned()),
            for_spreadsheet: false,
        };
        let mut rows = output::open_rows(&output, RowFormat::Csv, COLUMNS)?;
        for row in &self.rows {
            rows.write_row(&[
                row.id.as_str().into(),
                row.source.as_str().into(),
                row.text.as_str().into(),
                Cell::Text(row.labels.join(";").into()),
                row.drawn.map(Drawn::name).into(),
            ])?;
        }
        rows.finish()?.close()
    }
}
