mod columns;
mod listing;

use super::open_reader;
use crate::args::{Global, Kwic, Matching};
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
pub(crate) use columns::{COLUMNS, OfLine};
use onrecord_query::kwic::{Concordance, Context, KwicRequest, KwicSample, find_lines};
use onrecord_query::parse::Match;
use onrecord_report::{Cell, Column, Format, Layout};
use serde::Serialize;

/// The width of a table that goes to no terminal, in columns of one.
const USUAL_WIDTH: u16 = 100;

/// Which of the lines are printed.
#[derive(Clone, Copy)]
struct Page {
    offset: usize,
    limit: usize,
}

impl Page {
    fn of(args: &Kwic) -> Self {
        match args.line {
            Some(line) => Self { offset: line as usize - 1, limit: 1 },
            None => Self { offset: args.offset, limit: args.limit },
        }
    }
}

pub(super) fn run(global: &Global, args: &Kwic) -> Result<Exit> {
    let reader = open_reader(global)?;
    let format = output::row_format(&args.output, Format::Csv);
    output::check_output(&args.output, format)?;
    if !args.columns.is_empty() && matches!(format, Format::Json | Format::Jsonl) {
        bail!("--columns is for table, csv, tsv and md: json and jsonl have every field");
    }
    let width = usize::from(args.width.unwrap_or_else(|| output::line_width(USUAL_WIDTH)));
    let request = request_of(args, format, width);
    let lines = find_lines(&reader, &request)?;
    let summary = summarize(&lines, args);
    let has_line = lines.len() > 0 || (args.line.is_none() && lines.n_matches > 0);
    let exit = if has_line { Exit::Done } else { Exit::Findings };
    if format == Format::Table {
        output::write_text(&args.output, |out| {
            let refers = listing::print(out, lines, args, request.context, width)?;
            let hint =
                if refers { "" } else { "\na line with its paragraph and its source: --line N" };
            Ok(writeln!(out, "{summary}{hint}")?)
        })?;
        return Ok(exit);
    }
    if !global.quiet {
        output::print_message(&summary);
    }
    match format.layout() {
        Layout::Object => print_json(lines, args)?,
        Layout::Lines => {
            output::write_json_lines(&args.output, lines.map(|line| Ok(line?)))?;
        }
        Layout::Listing | Layout::Rows => {
            print_rows(lines, args)?;
        }
    }
    Ok(exit)
}

/// Returns what is asked for; where no context is, what suits the format.
fn request_of(args: &Kwic, format: Format, width: usize) -> KwicRequest {
    let Page { offset, limit } = Page::of(args);
    let usual = match format.layout() {
        _ if args.line.is_some() => Context::Paragraph,
        // A word takes two columns at least, with the blank.
        Layout::Listing => Context::Words(u16::try_from(width / 4 + 1).unwrap_or(u16::MAX)),
        Layout::Rows | Layout::Object | Layout::Lines => Context::default(),
    };
    KwicRequest {
        query: args.query.join(" "),
        matching: match args.matching {
            Matching::All => Match::All,
            Matching::Any => Match::Any,
        },
        sort: args.sort.clone(),
        context: args.context.unwrap_or(usual),
        sample: args.sample.map(|n| KwicSample { n_lines: n as usize, seed: args.seed }),
        limit,
        offset,
    }
}

/// Says how many lines are shown, and of how many.
fn summarize(lines: &Concordance<'_>, args: &Kwic) -> String {
    let Concordance { n_matches, n_lines, n_passages, n_documents, .. } = lines;
    let without = lines.n_passages_without_match;
    if *n_matches == 0 {
        return match without {
            0 => "no match found".to_owned(),
            n => format!(
                "no match found: {n} passages meet the query, and none of its words stands in them\n\
                 add a word to line up, such as: the"
            ),
        };
    }
    let (Page { offset, limit }, n_shown) = (Page::of(args), lines.len());
    let mut summary = match n_shown {
        0 => format!("none after the first {offset} of {n_lines} lines"),
        1 => format!("line {} of {n_lines}", offset + 1),
        n => format!("lines {} to {} of {n_lines}", offset + 1, offset + n),
    };
    if n_lines < n_matches {
        summary.push_str(&format!(", drawn with seed {} from all matches", args.seed));
    }
    summary.push_str(&format!(
        "; {n_matches} matches in {n_passages} passages of {n_documents} documents"
    ));
    if without > 0 {
        summary.push_str(&format!("; {without} more passages hold none of the words"));
    }
    if args.line.is_none() && limit > 0 && (1..*n_lines).contains(&(n_shown as u64)) {
        summary.push_str("; --limit 0 prints all");
    }
    summary
}

/// What is said of all lines, before them.
#[derive(Serialize)]
struct Head {
    count: u64,
    matches: u64,
    passages: u64,
    documents: u64,
    passages_without_match: u64,
}

fn print_json(lines: Concordance<'_>, args: &Kwic) -> Result<()> {
    let head = Head {
        count: lines.n_lines,
        matches: lines.n_matches,
        passages: lines.n_passages,
        documents: lines.n_documents,
        passages_without_match: lines.n_passages_without_match,
    };
    output::write_json_list(&args.output, &head, "lines", lines.map(|line| Ok(line?)))
}

fn print_rows(lines: Concordance<'_>, args: &Kwic) -> Result<()> {
    let texts = ["left", "node", "right"].map(Column::text);
    let beside: Vec<&OfLine> =
        if args.columns.is_empty() { COLUMNS.iter().collect() } else { args.columns.clone() };
    let header = beside.iter().map(|of_line| of_line.column.clone());
    let header: Vec<Column> = texts.into_iter().chain(header).collect();
    let mut rows = output::open_rows(&args.output, Format::Csv, &header)?;
    for line in lines {
        let line = line?;
        let texts = [&line.left, &line.node, &line.right].map(|text| Cell::from(text.as_str()));
        let cells = beside.iter().map(|of_line| (of_line.cell)(&line));
        rows.write_row(&texts.into_iter().chain(cells).collect::<Vec<_>>())?;
    }
    rows.finish()?.close()
}
