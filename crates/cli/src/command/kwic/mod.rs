mod columns;
mod listing;

use super::open_reader;
use crate::args::{Global, Kwic, Matching, RowFormat};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Result, bail};
use columns::COLUMNS;
use onrecord_query::parse::Match;
use onrecord_query::{Concordance, Context, KwicRequest, KwicSample, find_lines};
use onrecord_report::{Cell, Column};
use std::io::Write;

/// The width of a table that goes to no terminal, in columns of one.
const USUAL_WIDTH: u16 = 100;

pub(super) fn run(global: &Global, args: &Kwic) -> Result<Exit> {
    let reader = open_reader(global)?;
    let format = output::row_format(&args.output, RowFormat::Csv);
    output::check_guard(&args.output, format)?;
    if !args.columns.is_empty() && matches!(format, RowFormat::Json | RowFormat::Jsonl) {
        bail!("--columns is for table, csv, tsv and md: json and jsonl have every field");
    }
    let width = usize::from(args.width.unwrap_or_else(|| output::terminal_width(USUAL_WIDTH)));
    let filling = match format {
        // A word takes two columns at least, with the blank.
        RowFormat::Table => Context::Words(u16::try_from(width / 4 + 1).unwrap_or(u16::MAX)),
        RowFormat::Csv | RowFormat::Tsv | RowFormat::Md | RowFormat::Json | RowFormat::Jsonl => {
            Context::default()
        }
    };
    let request = KwicRequest {
        query: args.query.join(" "),
        matching: match args.matching {
            Matching::All => Match::All,
            Matching::Any => Match::Any,
        },
        sort: args.sort.clone(),
        context: args.context.unwrap_or(filling),
        sample: args.sample.map(|n| KwicSample { n_lines: n as usize, seed: args.seed }),
        limit: args.limit,
        offset: args.offset,
    };
    let lines = find_lines(&reader, &request)?;
    let summary = summarize(&lines, args);
    let exit = if lines.n_matches == 0 { Exit::Findings } else { Exit::Done };
    if format == RowFormat::Table {
        output::write_text(&args.output, |out| {
            listing::print(out, lines, args, request.context, width)?;
            Ok(writeln!(out, "{summary}")?)
        })?;
        return Ok(exit);
    }
    if !global.quiet {
        output::print_message(&summary);
    }
    match format {
        RowFormat::Json => print_json(lines, args)?,
        RowFormat::Jsonl => print_json_lines(lines, args)?,
        RowFormat::Table | RowFormat::Csv | RowFormat::Tsv | RowFormat::Md => {
            print_rows(lines, args)?;
        }
    }
    Ok(exit)
}

/// Says how many lines are shown, and of how many.
fn summarize(lines: &Concordance<'_>, args: &Kwic) -> String {
    let Concordance { n_matches, n_lines, n_passages, n_documents, .. } = lines;
    let without = match lines.n_passages_without_match {
        0 => String::new(),
        n => format!("; {n} more passages meet the query where none of its words stands"),
    };
    if *n_matches == 0 {
        return if without.is_empty() {
            "no match found".to_owned()
        } else {
            format!("no match found{without}\nadd a word that is to be lined up, such as: the")
        };
    }
    let (first, n_shown) = (args.offset + 1, lines.len());
    let shown = if n_shown == 0 {
        format!("none after the first {} of {n_lines} lines", args.offset)
    } else {
        format!("{first} to {} of {n_lines} lines", args.offset + n_shown)
    };
    let drawn = match args.sample {
        Some(_) if n_lines < n_matches => {
            format!(", drawn with seed {} from {n_matches} matches", args.seed)
        }
        Some(_) | None => String::new(),
    };
    let all = if n_shown > 0 && args.limit > 0 && (n_shown as u64) < *n_lines {
        "; --limit 0 prints all"
    } else {
        ""
    };
    let found = format!("matches in {n_passages} passages of {n_documents} documents");
    format!("{shown}{drawn}{all}; {n_matches} {found}{without}")
}

fn print_json(lines: Concordance<'_>, args: &Kwic) -> Result<()> {
    let mut sink = Sink::open(args.output.output.as_deref())?;
    write!(
        sink,
        "{{\"matches\":{},\"lines_in_all\":{},\"passages\":{},\"documents\":{},\
         \"passages_without_match\":{},\"lines\":[",
        lines.n_matches,
        lines.n_lines,
        lines.n_passages,
        lines.n_documents,
        lines.n_passages_without_match
    )?;
    for (number, line) in lines.enumerate() {
        write!(sink, "{}", if number == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut sink, &line?)?;
    }
    writeln!(sink, "]}}")?;
    sink.close()
}

fn print_json_lines(lines: Concordance<'_>, args: &Kwic) -> Result<()> {
    let mut sink = Sink::open(args.output.output.as_deref())?;
    for line in lines {
        serde_json::to_writer(&mut sink, &line?)?;
        writeln!(sink)?;
    }
    sink.close()
}

fn print_rows(lines: Concordance<'_>, args: &Kwic) -> Result<()> {
    let texts = ["left", "node", "right"].map(Column::text);
    let beside = columns::chosen(&args.columns).unwrap_or_else(|| COLUMNS.iter().collect());
    let header = beside.iter().map(|of_line| of_line.column.clone());
    let header: Vec<Column> = texts.into_iter().chain(header).collect();
    let mut rows = output::open_rows(&args.output, RowFormat::Csv, &header)?;
    for line in lines {
        let line = line?;
        let texts = [&line.left, &line.node, &line.right].map(|text| Cell::from(text.as_str()));
        let cells = beside.iter().map(|of_line| (of_line.cell)(&line));
        rows.write_row(&texts.into_iter().chain(cells).collect::<Vec<_>>())?;
    }
    rows.finish()?.close()
}
