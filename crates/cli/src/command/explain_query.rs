use super::hits::describe_untold;
use super::listing::one_line;
use crate::args::Search;
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
use onrecord_indexing::Reader;
use onrecord_query::{ExplainedQuery, explain_query};
use onrecord_report::{Format, Layout};
use std::io::Write;

/// Says what a query means, as text for people or as one JSON object.
pub(super) fn run(reader: &Reader, args: &Search) -> Result<Exit> {
    let format = output::row_format(&args.output, Format::Table);
    output::check_output(&args.output, format)?;
    if format.layout() == Layout::Rows {
        let name = format.name();
        bail!(
            "--explain-query has no rows for {name}\nask for --format json, or for a text by table"
        );
    }
    let written = args.query.join(" ");
    let (syntax, matching) = (args.syntax.into(), args.matching.into());
    let explained = explain_query(reader, &written, syntax, matching, &args.narrowing.filters())?;
    if matches!(format, Format::Json | Format::Jsonl) {
        output::write_json(&args.output, &explained)?;
    } else {
        output::write_text(&args.output, |out| print(out, &explained))?;
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
    if let Some(untold) = describe_untold(explained.undated_count, explained.imprecise_count) {
        writeln!(out, "not counted: {untold}")?;
    }
    Ok(())
}
