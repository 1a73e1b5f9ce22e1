use crate::args::Quotes;
use crate::command::batch::{for_each_text, open};
use crate::command::rosters::roster_of;
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result};
use onrecord_people::Roster;
use onrecord_query::{QuotesOfText, quotes_of_text};
use serde::Serialize;
use serde_json::Value;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// One line of the answer.
#[derive(Serialize)]
struct Line {
    id: Value,
    #[serde(flatten)]
    found: QuotesOfText,
}

/// Lists the quotations of texts, one object for each text.
pub(super) fn run(args: &Quotes) -> Result<Exit> {
    let roster = roster_of(&[] as &[PathBuf], args.speakers.as_deref())?;
    if let Some(written) = &args.output.output {
        for read in args.text.iter().chain(&args.jsonl) {
            output::check_apart(written, read)?;
        }
    }
    let mut sink = Sink::open(args.output.output.as_deref())?;
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
    for_each_text(path, field, |id, text| {
        write_line(Line { id: id.clone(), found: quotes_of_text(text, roster) }, sink)
    })
}

fn write_line(line: Line, sink: &mut Sink) -> Result<()> {
    serde_json::to_writer(&mut *sink, &line)?;
    Ok(writeln!(sink)?)
}
