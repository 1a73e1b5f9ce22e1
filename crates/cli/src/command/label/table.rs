//! The table of labels that a person gave: it stands apart from the texts and from the index, and
//! `train` and `evaluate` read it as it is.

use crate::args::Output;
use crate::command::texts::{Columns, TextRow, Texts};
use crate::output;
use anyhow::{Result, bail, ensure};
use onrecord_query::Drawn;
use onrecord_report::{Cell, Column, Format};
use std::collections::BTreeMap;
use std::path::Path;

const NAMES: [&str; 5] = ["id", "source", "text", "labels", "drawn"];

/// What to do about a table that is not one of ours.
const OTHER: &str = "keep labels in a table of their own: --to OTHER.csv";

/// Reads how a row was drawn.
///
/// # Errors
/// When the cell says something else.
pub(super) fn drawn(row: &TextRow<'_>, path: &Path) -> Result<Option<Drawn>> {
    let cell = row.cell("drawn").unwrap_or_default();
    match (cell.trim(), Drawn::from_name(&cell)) {
        ("", _) => Ok(None),
        (_, Some(drawn)) => Ok(Some(drawn)),
        (other, None) => bail!(
            "{}: row {}: drawn `{other}` is neither `random` nor `uncertain`\nleave it empty where neither is so",
            path.display(),
            row.number
        ),
    }
}

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
    /// When it is not one that this program wrote, or cannot be read whole: to write it again would
    /// lose what is not known of it.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let mut table = Self::default();
        let texts = Texts::open(path, Columns { text: "text", id: "id" })?;
        let ours = NAMES;
        let Some(names) = texts.names() else {
            bail!("`{}` is JSON Lines, and would become CSV\n{OTHER}", path.display());
        };
        if let Some(other) = names.iter().find(|name| !ours.contains(&name.as_str())) {
            bail!(
                "`{}` has a column `{other}`, which would be lost: labels are kept in {}\n{OTHER}",
                path.display(),
                ours.join(", ")
            );
        }
        let is_whole = texts.for_each(|row| {
            let labels = row.labels(path, "labels")?;
            let (Some(text), Some(labels)) = (&row.text, labels) else { return Ok(()) };
            table.put(Labelled {
                id: row.id.clone(),
                source: row.cell("source").unwrap_or_default(),
                text: text.clone(),
                labels: labels.into_iter().collect(),
                drawn: drawn(row, path)?,
            });
            Ok(())
        })?;
        ensure!(
            is_whole,
            "`{}` cannot be read whole\nmend the rows that were named first",
            path.display()
        );
        Ok(table)
    }

    /// Returns the text of an id.
    pub(super) fn text(&self, id: &str) -> Option<&str> {
        self.places.get(id).map(|place| self.rows[*place].text.as_str())
    }

    /// Puts a text into the table, instead of one of its id; tells whether that one had other labels.
    pub(super) fn put(&mut self, row: Labelled) -> bool {
        match self.places.get(&row.id) {
            Some(place) => {
                let before = std::mem::replace(&mut self.rows[*place], row);
                before.labels != self.rows[*place].labels
            }
            None => {
                self.places.insert(row.id.clone(), self.rows.len());
                self.rows.push(row);
                false
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
            format: Some(Format::Csv),
            output: Some(path.to_owned()),
            for_spreadsheet: false,
        };
        let mut rows = output::open_rows(&output, Format::Csv, &NAMES.map(Column::text))?;
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
