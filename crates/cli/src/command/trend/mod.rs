mod drawing;
mod listing;

use super::open_reader;
use crate::args::{Global, Trend, TrendSort};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Result, bail};
use onrecord_query::{TrendOrder, TrendRequest, TrendResponse, TrendRow, TrendSeries, trend};
use onrecord_report::{Cell, Column, Format, Layout, write_svg_chart, write_terminal_chart};
use std::io::Write;
use std::path::Path;

/// The columns of a trend as rows; flags are joined.
const COLUMNS: &[Column] = &[
    Column::text("group"),
    Column::text("query"),
    Column::integer("mentions"),
    Column::integer("passages"),
    Column::integer("documents"),
    Column::integer("base_words"),
    Column::integer("base_passages"),
    Column::integer("base_documents"),
    Column::decimal("per_1000_words", 4),
    Column::decimal("share_of_passages", 6),
    Column::decimal("low", 6),
    Column::decimal("high", 6),
    Column::text("flag"),
];

pub(crate) fn run(global: &Global, args: &Trend) -> Result<Exit> {
    let format = format_of(args);
    check(args, format)?;
    let reader = open_reader(global)?;
    let found = trend(&reader, &request_of(args))?;
    if !global.quiet {
        report(&found, args);
    }
    match format.layout() {
        Layout::Listing => {
            let below = args.chart || (output::is_terminal(&args.output) && !args.no_chart);
            output::write_text(&args.output, |out| {
                listing::print(out, &found)?;
                if below { print_chart(out, &found, args) } else { Ok(()) }
            })?;
        }
        Layout::Object => output::write_json(&args.output, &found)?,
        Layout::Rows | Layout::Lines => {
            print_rows(&found, args)?;
        }
    }
    if format != Format::Table && args.chart {
        let mut out = output::stdout();
        print_chart(&mut out, &found, args)?;
        out.flush()?;
    }
    if let Some(path) = &args.svg {
        let mut sink = Sink::open(Some(path))?;
        write_svg_chart(&mut sink, &drawing::chart(&found, args.measure, usize::MAX))?;
        sink.close()?;
    }
    let is_empty = found.series.iter().all(|series| series.total.passages == 0);
    Ok(if is_empty { Exit::Findings } else { Exit::Done })
}

/// Returns the format that was asked for; a chart without one comes with a table.
fn format_of(args: &Trend) -> Format {
    let piped =
        if args.chart && args.output.output.is_none() { Format::Table } else { Format::Csv };
    output::row_format(&args.output, piped)
}

/// Refuses what would not be done, or would mix two outputs.
fn check(args: &Trend, format: Format) -> Result<()> {
    output::check_output(&args.output, format)?;
    let rows = args.output.output.as_deref().unwrap_or(Path::new("-"));
    if args.chart && format != Format::Table && rows == Path::new("-") {
        bail!(
            "--chart draws on standard output, where the rows go\nwrite the rows to a file: --output FILE"
        );
    }
    if args.svg.as_deref().is_some_and(|svg| output::is_same_file(svg, rows)) {
        bail!("`{}` is to hold both the rows and the chart\nname two files", rows.display());
    }
    let is_time = args.by.periods_a_year().is_some();
    if is_time && (args.sort.is_some() || args.limit.is_some()) {
        bail!(
            "--sort and --limit are for speakers and kinds, not for a {}\nto count in some years only, add to the query: date:[2009 TO 2012]",
            args.by.name()
        );
    }
    Ok(())
}

fn request_of(args: &Trend) -> TrendRequest {
    TrendRequest {
        queries: args.query.clone(),
        base: args.base.clone(),
        by: args.by,
        order: match args.sort {
            None | Some(TrendSort::Mentions) => TrendOrder::Mentions,
            Some(TrendSort::Rate) => TrendOrder::Rate,
            Some(TrendSort::Words) => TrendOrder::Words,
            Some(TrendSort::Name) => TrendOrder::Name,
        },
        limit: args.limit.unwrap_or(0),
        fold_duplicates: args.fold_duplicates,
    }
}

/// Says what is not in the rows.
fn report(found: &TrendResponse, args: &Trend) {
    for series in &found.series {
        for message in messages(series) {
            output::print_message(&format!(
                "{}: {message}",
                super::listing::one_line(&series.query)
            ));
        }
    }
    if found.n_groups_left_out > 0 {
        let (n, by) = (found.n_groups_left_out, args.by.name());
        output::print_message(&format!("{n} more {by}s; for all of them: --limit 0"));
    }
}

fn messages(series: &TrendSeries) -> Vec<String> {
    let mut messages = Vec::new();
    if series.total.passages == 0 {
        messages.push("nothing found in speech".to_owned());
    }
    if let Some(note) = series.base_note {
        messages.push(format!("{note}\nto measure it against other passages: --base QUERY"));
    }
    if series.total.mentions.is_none() {
        messages.push("it asks for no words, so there are no mentions".to_owned());
    }
    if series.n_passages_not_speech > 0 {
        messages.push(format!(
            "not counted: {} outside speech (headings, header lines, notes)",
            listing::count(series.n_passages_not_speech, "passage")
        ));
    }
    if series.n_matches_not_speech > 0 {
        messages.push(format!(
            "not counted: {} in stage directions and labels of turns",
            if series.n_matches_not_speech == 1 {
                "1 match".to_owned()
            } else {
                format!("{} matches", series.n_matches_not_speech)
            }
        ));
    }
    if let Some(n) = series.n_folded_documents {
        messages.push(format!(
            "{} left out, for which duplicates stand",
            listing::count(n, "document")
        ));
    }
    messages
}

fn print_chart(out: &mut dyn Write, found: &TrendResponse, args: &Trend) -> Result<()> {
    writeln!(out)?;
    let chart = drawing::chart(found, args.measure, drawing::MOST_NAMES);
    Ok(write_terminal_chart(out, &chart, output::width())?)
}

fn print_rows(found: &TrendResponse, args: &Trend) -> Result<()> {
    let mut rows = output::open_rows(&args.output, Format::Csv, COLUMNS)?;
    for series in &found.series {
        for row in &series.rows {
            rows.write_row(&cells(series, row))?;
        }
    }
    rows.finish()?.close()
}

fn cells<'a>(series: &'a TrendSeries, row: &'a TrendRow) -> [Cell<'a>; 13] {
    let counts = &row.counts;
    let flags: Vec<&str> = row.flags.iter().map(|flag| flag.name()).collect();
    [
        row.group.as_str().into(),
        series.query.as_str().into(),
        counts.mentions.into(),
        counts.passages.into(),
        counts.documents.into(),
        counts.base_words.into(),
        counts.base_passages.into(),
        counts.base_documents.into(),
        counts.per_1000_words.into(),
        counts.share_of_passages.into(),
        counts.low.into(),
        counts.high.into(),
        flags.join(";").into(),
    ]
}
