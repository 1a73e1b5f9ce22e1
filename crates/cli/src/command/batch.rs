//! Texts in the lines of a file of JSON objects.

use crate::output;
use anyhow::{Context, Result};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// The longest line that is read, in bytes: that of a record of the index.
const MAX_LINE: u64 = onrecord_ingest::MAX_RECORD_BYTES as u64;

/// Opens a file; `-` is standard input.
pub(super) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(Box::new(BufReader::new(file)))
}

/// Hands on the `id` and a field of each line, in order; the number of the line, from 1, stands for
/// an id that is missing. A line that has no such field is said and passed over; tells whether
/// there was none.
///
/// # Errors
/// When the file cannot be read, or what `visit` returns.
pub(super) fn for_each_text(
    path: &Path,
    field: &str,
    mut visit: impl FnMut(&Value, &str) -> Result<()>,
) -> Result<bool> {
    for_each_object(path, open(path)?, |number, read| {
        let text = read.and_then(|mut fields| match fields.remove(field) {
            Some(Value::String(text)) => Ok((fields.remove("id"), text)),
            Some(_) => Err(format!("the field `{field}` is no text")),
            None => Err(format!("there is no field `{field}`")),
        });
        match text {
            Ok((id, text)) => visit(&id.unwrap_or_else(|| number.into()), &text).map(|()| true),
            Err(reason) => {
                output::print_message(&format!("{}:{number}: {reason}", path.display()));
                Ok(false)
            }
        }
    })
}

/// Hands on each line that is not empty, in order, with its number from 1: its fields, or why
/// there are none. Tells whether `visit` was content with each.
///
/// # Errors
/// When the file cannot be read, or what `visit` returns.
pub(super) fn for_each_object(
    path: &Path,
    mut reader: Box<dyn BufRead>,
    mut visit: impl FnMut(u64, Result<Map<String, Value>, String>) -> Result<bool>,
) -> Result<bool> {
    let mut is_whole = true;
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let n_bytes = reader
            .by_ref()
            .take(MAX_LINE)
            .read_until(b'\n', &mut line)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        if n_bytes == 0 {
            break;
        }
        let is_cut = n_bytes as u64 == MAX_LINE && line.last() != Some(&b'\n');
        if is_cut {
            skip_line(&mut reader)?;
        } else if line.trim_ascii().is_empty() {
            continue;
        }
        let read = if is_cut {
            Err(format!("the line is longer than {MAX_LINE} bytes"))
        } else {
            fields_of(&line)
        };
        is_whole &= visit(number, read)?;
    }
    Ok(is_whole)
}

/// Reads the fields of a line, or says why there are none.
fn fields_of(line: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("the line is no JSON object".to_owned()),
        Err(error) => Err(format!("the line is not JSON: {error}")),
    }
}

/// Reads past the rest of a line.
fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffered = reader.fill_buf()?;
        let end = buffered.iter().position(|byte| *byte == b'\n');
        let n_bytes = end.map_or(buffered.len(), |at| at + 1);
        reader.consume(n_bytes);
        if end.is_some() || n_bytes == 0 {
            return Ok(());
        }
    }
}
