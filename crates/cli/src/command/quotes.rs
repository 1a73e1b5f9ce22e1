use crate::args::{Global, Quotes};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result, bail};
use onrecord_people::Roster;
use onrecord_query::{QuotesOfText, quotes_of_text};
use serde::Serialize;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// The longest line that is read, in bytes: that of a record of the index.
const MAX_LINE: u64 = 64 << 20;

/// One line of the answer.
#[derive(Serialize)]
struct Line {
    id: Value,
    #[serde(flatten)]
    found: QuotesOfText,
}

pub(crate) fn run(_global: &Global, args: &Quotes) -> Result<Exit> {
    if args.text.is_empty() && args.jsonl.is_none() {
        bail!("there is nothing to read\nname a text: --text FILE, or texts: --jsonl FILE");
    }
    let roster = super::rosters::roster_of(&[] as &[PathBuf], args.speakers.as_deref())?;
    let mut sink = Sink::open(args.output.as_deref())?;
    let mut is_whole = true;
    for path in &args.text {
        is_whole &= write_text(path, &roster, &mut sink)?;
    }
    if let Some(path) = &args.jsonl {
        is_whole &= write_lines(path, &args.text_field, &roster, &mut sink)?;
    }
    sink.close()?;
    Ok(if is_whole { Exit::Done } else { Exit::Incomplete })
}

/// Writes the quotations of a text; tells whether it could be read.
fn write_text(path: &Path, roster: &Roster, sink: &mut Sink) -> Result<bool> {
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        output::print_message(&format!("{}: the text is not UTF-8", path.display()));
        return Ok(false);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let id = Value::String(path.to_string_lossy().into_owned());
    write_line(Line { id, found: quotes_of_text(text, roster) }, sink)?;
    Ok(true)
}

/// Writes the quotations of the text in each line; tells whether all lines could be read.
fn write_lines(path: &Path, field: &str, roster: &Roster, sink: &mut Sink) -> Result<bool> {
    let mut reader = open(path)?;
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
            text_of(&line, field)
        };
        match read {
            Ok((id, text)) => {
                let id = id.unwrap_or_else(|| number.into());
                write_line(Line { id, found: quotes_of_text(&text, roster) }, sink)?;
            }
            Err(reason) => {
                output::print_message(&format!("{}:{number}: {reason}", path.display()));
                is_whole = false;
            }
        }
    }
    Ok(is_whole)
}

/// Reads the id and the text of a line, or says why there is none.
fn text_of(line: &[u8], field: &str) -> Result<(Option<Value>, String), String> {
    let mut value: Value =
        serde_json::from_slice(line).map_err(|error| format!("the line is not JSON: {error}"))?;
    let fields = value.as_object_mut().ok_or("the line is no JSON object")?;
    match fields.remove(field) {
        Some(Value::String(text)) => Ok((fields.remove("id"), text)),
        Some(_) => Err(format!("the field `{field}` is no text")),
        None => Err(format!("there is no field `{field}`")),
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

fn write_line(line: Line, sink: &mut Sink) -> Result<()> {
    serde_json::to_writer(&mut *sink, &line)?;
    Ok(writeln!(sink)?)
}

/// Opens a file; `-` is standard input.
fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(Box::new(BufReader::new(file)))
}
