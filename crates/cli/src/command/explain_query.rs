use super::listing::one_line;
use crate::args::{RowFormat, Search};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::Result;
use onrecord_indexing::Reader;
use onrecord_query::{ExplainedQuery, explain_query};
use std::io::Write;

/// Says what a query means, as text for people or as one JSON object.
pub(super) fn run(reader: &Reader, args: &Search) -> Result<Exit> {
    let written = args.query.join(" ");
    let (syntax, matching) = (args.syntax.into(), args.matching.into());
    let explained = explain_query(reader, &written, syntax, matching)?;
    match args.output.format {
        Some(RowFormat::Json | RowFormat::Jsonl) => {
            let mut sink = Sink::open(args.output.output.as_deref())?;
            serde_json::to_writer(&mut sink, &explained)?;
            writeln!(sink)?;
            sink.close()?;
        }
        Some(RowFormat::Table | RowFormat::Csv | RowFormat::Tsv | RowFormat::Md) | None => {
            output::write_text(&args.output, |out| print(out, &explained))?;
        }
    }
    Ok(if explained.count == 0 { Exit::Findings } else { Exit::Done })
}

fn print(out: &mut dyn Write, explained: &ExplainedQuery) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}", one_line(&explained.query))?;
    for part in &explained.parts {
        let left_out = if part.is_excluded { "left out: " } else { "" };
        writeln!(out, "\n{left_out}{}", one_line(&part.part))?;
        writeln!(out, "  {}", part.meaning)?;
        if let Some(n_words) = part.n_words {
            let more = if n_words > part.words.len() { ", …" } else { "" };
            writeln!(out, "  {n_words} of the index: {}{more}", part.words.join(", "))?;
        }
        writeln!(out, "  passages: {}", part.count)?;
    }
    writeln!(out, "\npassages of the whole query: {}", explained.count)?;
    Ok(())
}
