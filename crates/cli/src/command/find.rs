use super::listing::{CITED_COLUMNS, cited_cells, cited_place, one_line, print_surroundings};
use super::open_reader;
use crate::args::{Find, Global};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{FindHit, FindRequest, FindResponse, find};
use onrecord_report::{Cell, Column, Format, Layout};
use std::io::Write;

/// The columns of wordings as rows.
const COLUMNS: &[Column] = &[
    Column::decimal("similarity", 4),
    Column::decimal("word_similarity", 4),
    Column::text("text"),
    Column::text("diff"),
];

pub(crate) fn run(global: &Global, args: &Find) -> Result<Exit> {
    let reader = open_reader(global)?;
    let request = FindRequest {
        line: args.line.join(" "),
        limit: usize::from(args.limit),
        speaker: args.speaker.clone(),
    };
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    let found = find(&reader, &request)?;
    if found.hits.is_empty() && format != Format::Table && !global.quiet {
        output::print_message("nothing close");
    }
    let exit = if found.hits.is_empty() { Exit::Findings } else { Exit::Done };
    match format.layout() {
        Layout::Object => output::write_json(&args.output, &found)?,
        Layout::Lines => output::write_json_lines(&args.output, found.hits.iter().map(Ok))?,
        Layout::Listing => {
            output::write_text(&args.output, |out| print_listing(out, &found))?;
        }
        Layout::Rows => print_rows(&found, args)?,
    }
    Ok(exit)
}

fn print_rows(found: &FindResponse, args: &Find) -> Result<()> {
    let columns = [COLUMNS, CITED_COLUMNS].concat();
    let mut rows = output::open_rows(&args.output, Format::Csv, &columns)?;
    for hit in &found.hits {
        let mut cells: Vec<Cell<'_>> = vec![
            f64::from(hit.similarity).into(),
            f64::from(hit.word_similarity).into(),
            hit.cited.text.as_str().into(),
            hit.diff.as_str().into(),
        ];
        cells.extend(cited_cells(&hit.cited));
        rows.write_row(&cells)?;
    }
    rows.finish()?.close()
}

fn print_listing(out: &mut dyn Write, found: &FindResponse) -> Result<()> {
    if found.hits.is_empty() {
        writeln!(out, "nothing close")?;
    }
    for (number, hit) in (1..).zip(&found.hits) {
        print_hit(out, number, hit)?;
    }
    Ok(())
}

fn print_hit(out: &mut dyn Write, number: usize, hit: &FindHit) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out, "{number}. {bold}{}{bold:#}", one_line(&hit.cited.text))?;
    if hit.parts.iter().any(|part| part.kind != "kept") {
        writeln!(out, "   {}", one_line(&hit.diff))?;
    }
    writeln!(out, "   {}", one_line(&hit.cited.citation))?;
    if let Some(quoted) = &hit.cited.quoted {
        let speaker = hit.cited.speaker.as_deref().unwrap_or("the document");
        writeln!(out, "   {} quotes {}", one_line(speaker), one_line(quoted))?;
    }
    print_surroundings(out, &hit.cited.surroundings)?;
    writeln!(out, "   similarity {:.2}; {}\n", hit.similarity, cited_place(&hit.cited),)?;
    Ok(())
}
