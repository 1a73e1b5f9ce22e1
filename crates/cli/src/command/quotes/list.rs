use crate::args::{Global, Quotes};
use crate::command::listing::{n_quotations, one_line, place, print_surroundings};
use crate::command::open_reader;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{QuoteRow, QuotesRequest, find_quotes};
use onrecord_report::{Format, Layout, quote_cells, quote_columns};
use serde_json::json;
use std::io::Write;

pub(super) fn run(global: &Global, args: &Quotes) -> Result<Exit> {
    let reader = open_reader(global)?;
    let request = QuotesRequest {
        query: (!args.query.is_empty()).then(|| args.query.join(" ")),
        speaker: args.speaker.clone(),
        quoted: args.quoted.clone(),
        priority: args.priority.clone(),
        since: args.since,
        until: args.until,
        kind: args.kind,
    };
    let format = output::row_format(&args.output, Format::Csv);
    output::check_output(&args.output, format)?;
    let quotes = find_quotes(&reader, &request)?;
    let n_quotes = match format.layout() {
        Layout::Object | Layout::Lines => print_objects(quotes, args, format)?,
        Layout::Listing => print_listing(quotes, args)?,
        Layout::Rows => print_rows(quotes, args)?,
    };
    if n_quotes == 0 && format != Format::Table && !global.quiet {
        output::print_message("no quotation found");
    }
    Ok(if n_quotes == 0 { Exit::Findings } else { Exit::Done })
}

/// Prints quotations for a person to read; returns how many there are.
fn print_listing(
    quotes: impl Iterator<Item = Result<QuoteRow, onrecord_query::QueryError>>,
    args: &Quotes,
) -> Result<u64> {
    let mut n_quotes = 0;
    output::write_text(&args.output, |out| {
        for quote in quotes {
            n_quotes += 1;
            print_quote(out, n_quotes, &quote?)?;
        }
        Ok(writeln!(out, "{}", n_quotations(n_quotes))?)
    })?;
    Ok(n_quotes)
}

fn print_quote(out: &mut dyn Write, number: u64, quote: &QuoteRow) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out, "{number}. {bold}“{}”{bold:#}", one_line(&quote.text))?;
    let named_as = quote.quoted_as.as_deref().unwrap_or("nobody is named");
    let full = quote.quoted.as_deref().filter(|full| !named_as.ends_with(full));
    let full = full.map(|full| format!(" = {}", one_line(full))).unwrap_or_default();
    writeln!(out, "   said by: {}{full} ({})", one_line(named_as), quote.quote_kind)?;
    writeln!(out, "   quoted in: {}", one_line(&quote.citation))?;
    print_surroundings(out, &quote.surroundings)?;
    if !quote.same_words.is_empty() {
        writeln!(out, "   the same words: {}", quote.same_words.join(", "))?;
    }
    writeln!(
        out,
        "   {}\n",
        place(
            &quote.quote_id,
            quote.passage,
            [quote.char_start, quote.char_end],
            (&quote.path, None, None)
        ),
    )?;
    Ok(())
}

/// Prints one object a line, or one of all; returns how many there are.
fn print_objects(
    quotes: impl Iterator<Item = Result<QuoteRow, onrecord_query::QueryError>>,
    args: &Quotes,
    format: Format,
) -> Result<u64> {
    let mut n_quotes = 0;
    let quotes = quotes.map(|quote| {
        n_quotes += 1;
        Ok(quote?)
    });
    if format == Format::Json {
        output::write_json_list(&args.output, &json!({}), "quotes", quotes)?;
    } else {
        output::write_json_lines(&args.output, quotes)?;
    }
    Ok(n_quotes)
}

/// Prints rows; returns how many there are.
fn print_rows(
    quotes: impl Iterator<Item = Result<QuoteRow, onrecord_query::QueryError>>,
    args: &Quotes,
) -> Result<u64> {
    let mut rows = output::open_rows(&args.output, Format::Csv, quote_columns())?;
    let mut n_rows = 0;
    for quote in quotes {
        rows.write_row(&quote_cells(quote?))?;
        n_rows += 1;
    }
    rows.finish()?.close()?;
    Ok(n_rows)
}
