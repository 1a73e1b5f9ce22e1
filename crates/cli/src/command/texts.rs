//! Texts in the rows of a table: CSV with a header line, or JSON objects, one a line.

use crate::command::batch;
use crate::output;
use anyhow::{Context, Result, bail};
use csv::{ByteRecord, ReaderBuilder};
use onrecord_ingest::MAX_RECORD_BYTES;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// What may part the cells of a table: a spreadsheet writes what its language wants.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The longest header line, in bytes.
const MAX_HEADER: usize = 1 << 20;

/// The columns that are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a> {
    /// That of the texts, which must be there.
    pub(super) text: &'a str,
    /// That of the ids; without it rows are numbered from 1.
    pub(super) id: &'a str,
}

/// A row of a table.
pub(super) struct TextRow<'a> {
    /// Its number, from 1, the header line not counted.
    pub(super) number: u64,
    /// Its id.
    pub(super) id: String,
    /// Its text; none where the row has none that can be read, which was said.
    pub(super) text: Option<String>,
    /// All its cells, in the order of the columns; none in JSON Lines.
    pub(super) cells: &'a [String],
    names: &'a [String],
    fields: Option<&'a serde_json::Map<String, Value>>,
}

impl TextRow<'_> {
    /// Returns the labels in a column, ids between semicolons, `none` alone for no label; none where
    /// the row could not be read, which was said.
    ///
    /// # Errors
    /// When there is no such column.
    pub(super) fn labels(&self, path: &Path, name: &str) -> Result<Option<BTreeSet<String>>> {
        let Some(cell) = self.cell(name) else {
            if self.fields.is_some_and(serde_json::Map::is_empty) {
                return Ok(None);
            }
            bail!(
                "{}: row {}: there is no column `{name}`\nname the column of the labels: --labels-column NAME",
                path.display(),
                self.number
            );
        };
        let ids = cell.split(';').map(str::trim).filter(|id| !id.is_empty());
        let ids: BTreeSet<String> = ids.map(str::to_owned).collect();
        let is_none = ids.len() == 1 && ids.contains("none");
        Ok(Some(if is_none { BTreeSet::new() } else { ids }))
    }

    /// Returns the cell of a column; none where there is no such column.
    pub(super) fn cell(&self, name: &str) -> Option<String> {
        if let Some(fields) = self.fields {
            return fields.get(name).map(written);
        }
        let at = self.names.iter().position(|known| known == name)?;
        Some(self.cells.get(at).cloned().unwrap_or_default())
    }
}

/// A table that is being read.
pub(super) struct Texts<'a> {
    path: &'a Path,
    columns: Columns<'a>,
    source: Source,
}

enum Source {
    Csv { reader: csv::Reader<Marks>, names: Vec<String> },
    Jsonl(Box<dyn BufRead>),
}

impl<'a> Texts<'a> {
    /// Opens a table; `-` is standard input. It holds JSON where its first visible character is
    /// `{`.
    ///
    /// # Errors
    /// When the file cannot be read, or a table has no column of texts.
    pub(super) fn open(path: &'a Path, columns: Columns<'a>) -> Result<Self> {
        let mut reader = batch::open(path)?;
        let cannot_read = || format!("cannot read `{}`", path.display());
        let start = reader.fill_buf().with_context(cannot_read)?;
        if start.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
        }
        let start = reader.fill_buf().with_context(cannot_read)?;
        let source = if start.trim_ascii_start().starts_with(b"{") {
            Source::Jsonl(reader)
        } else {
            open_csv(path, reader, columns.text)?
        };
        Ok(Self { path, columns, source })
    }

    /// Returns the names of the columns; none in JSON Lines.
    pub(super) fn names(&self) -> Option<&[String]> {
        match &self.source {
            Source::Csv { names, .. } => Some(names),
            Source::Jsonl(_) => None,
        }
    }

    /// Hands on each row, in order. A row without a text that can be read is handed on without
    /// it, and said; tells whether there was none.
    ///
    /// # Errors
    /// When the file cannot be read, or what `visit` returns.
    pub(super) fn for_each(self, visit: impl FnMut(&TextRow<'_>) -> Result<()>) -> Result<bool> {
        let Self { path, columns, source } = self;
        match source {
            Source::Csv { reader, names } => for_each_record(path, columns, reader, &names, visit),
            Source::Jsonl(reader) => for_each_object(path, columns, reader, visit),
        }
    }
}

/// Opens a table of cells, parted as its header line shows.
fn open_csv(path: &Path, mut reader: Box<dyn BufRead>, text: &str) -> Result<Source> {
    let header =
        header_line(&mut reader).with_context(|| format!("cannot read `{}`", path.display()))?;
    if header.len() == MAX_HEADER {
        bail!("{}:1: the header line is longer than {MAX_HEADER} bytes", path.display());
    }
    let names_by = |delimiter: u8| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(header.as_slice());
        let mut record = ByteRecord::new();
        let is_read = reader.read_byte_record(&mut record).unwrap_or(false);
        let name = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
        if is_read { record.iter().map(name).collect::<Vec<String>>() } else { Vec::new() }
    };
    let found = DELIMITERS
        .into_iter()
        .map(|delimiter| (delimiter, names_by(delimiter)))
        .find(|(_, names)| names.iter().any(|name| name == text));
    let Some((delimiter, names)) = found else {
        let named = DELIMITERS.map(names_by).into_iter().max_by_key(Vec::len).unwrap_or_default();
        bail!(
            "{}:1: there is no column `{text}`; there are: {}\nname the column: --text-column NAME, or --id-column NAME for ids",
            path.display(),
            named.join(", ")
        );
    };
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(Marks { inner: reader, are_odd: false });
    Ok(Source::Csv { reader, names })
}

/// A table that is being read, with whether its quotation marks so far are odd in number.
struct Marks {
    inner: Box<dyn BufRead>,
    are_odd: bool,
}

impl Read for Marks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        let marks = buffer.iter().take(n_bytes).filter(|byte| **byte == b'"');
        self.are_odd ^= marks.count() % 2 == 1;
        Ok(n_bytes)
    }
}

/// Reads the header line: up to a line end, of whatever kind, outside quotation marks.
fn header_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    let mut is_quoted = false;
    while header.len() < MAX_HEADER {
        let Some(&byte) = reader.fill_buf()?.first() else { break };
        reader.consume(1);
        is_quoted ^= byte == b'"';
        if !is_quoted && byte == b'\r' && reader.fill_buf()?.first() == Some(&b'\n') {
            reader.consume(1);
        }
        if !is_quoted && matches!(byte, b'\r' | b'\n') {
            break;
        }
        header.push(byte);
    }
    Ok(header)
}

fn for_each_record(
    path: &Path,
    columns: Columns<'_>,
    mut reader: csv::Reader<Marks>,
    names: &[String],
    mut visit: impl FnMut(&TextRow<'_>) -> Result<()>,
) -> Result<bool> {
    let place = |name: &str| names.iter().position(|known| known == name);
    let (text_at, id_at) = (place(columns.text), place(columns.id));
    let mut is_whole = true;
    let mut record = ByteRecord::new();
    let mut number = 0;
    // The row with the most line ends, and how many.
    let mut longest = (0, 0);
    while reader
        .read_byte_record(&mut record)
        .with_context(|| format!("cannot read `{}`", path.display()))?
    {
        // Blanks alone in a table of several columns are no row.
        if names.len() > 1
            && record.len() == 1
            && record.iter().all(|cell| cell.trim_ascii().is_empty())
        {
            continue;
        }
        number += 1;
        let n_ends = record.iter().flatten().filter(|byte| **byte == b'\n').count();
        if n_ends > longest.1 {
            longest = (number, n_ends);
        }
        let mut is_utf8 = true;
        let cells: Vec<String> = record
            .iter()
            .map(|cell| {
                is_utf8 &= std::str::from_utf8(cell).is_ok();
                String::from_utf8_lossy(cell).into_owned()
            })
            .collect();
        let text = text_at.and_then(|at| cells.get(at)).cloned();
        let reason = match &text {
            None => Some("there is no text".to_owned()),
            Some(_) if cells.len() > names.len() => Some(format!(
                "there are {} cells, and {} columns\nput a text with the delimiter in it between quotation marks",
                cells.len(),
                names.len()
            )),
            Some(_) if !is_utf8 => Some(
                "the row is not UTF-8, and letters are lost\nsave the table as CSV UTF-8"
                    .to_owned(),
            ),
            Some(text) if text.len() > MAX_RECORD_BYTES => {
                Some(format!("the text is longer than {MAX_RECORD_BYTES} bytes"))
            }
            Some(_) => None,
        };
        if let Some(reason) = &reason {
            output::print_message(&format!("{}: row {number}: {reason}", path.display()));
            is_whole = false;
        }
        let text = text.filter(|text| text.len() <= MAX_RECORD_BYTES);
        let id = id_at.and_then(|at| cells.get(at)).cloned().unwrap_or_else(|| number.to_string());
        visit(&TextRow { number, id, text, cells: &cells, names, fields: None })?;
    }
    if let (true, (row, n_ends @ 1..)) = (reader.get_ref().are_odd, longest) {
        output::print_message(&format!(
            "{}: row {row}: a quotation mark is not closed, and {} lines may be in one cell\nclose it, or double a mark that is meant as one",
            path.display(),
            n_ends + 1
        ));
        is_whole = false;
    }
    Ok(is_whole)
}

fn for_each_object(
    path: &Path,
    columns: Columns<'_>,
    reader: Box<dyn BufRead>,
    mut visit: impl FnMut(&TextRow<'_>) -> Result<()>,
) -> Result<bool> {
    batch::for_each_object(path, reader, |number, read| {
        let (fields, mut reason) = match read {
            Ok(fields) => (fields, None),
            Err(reason) => (serde_json::Map::new(), Some(reason)),
        };
        let text = match fields.get(columns.text) {
            Some(Value::String(text)) => Some(text.clone()),
            // Ids that are put side by side may be numbers.
            Some(id) if columns.text == columns.id => Some(written(id)),
            found => {
                let missing = match found {
                    None => format!("there is no field `{}`", columns.text),
                    Some(_) => format!("the field `{}` is no text", columns.text),
                };
                reason.get_or_insert(missing);
                None
            }
        };
        if let Some(reason) = &reason {
            output::print_message(&format!("{}:{number}: {reason}", path.display()));
        }
        let id = fields.get(columns.id).map_or_else(|| number.to_string(), written);
        let row = TextRow { number, id, text, cells: &[], names: &[], fields: Some(&fields) };
        visit(&row)?;
        Ok(reason.is_none())
    })
}

/// Writes a value as a cell shows it.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
