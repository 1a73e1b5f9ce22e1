use crate::args::TaxonomyLint;
use crate::command::taxonomies::taxonomy_text;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_priorities::{Finding, Taxonomy};
use onrecord_report::{Cell, Column, Format};
use std::io::Write;

const COLUMNS: &[Column] = &[
    Column::text("file"),
    Column::integer("line"),
    Column::text("kind"),
    Column::text("priority_id"),
    Column::text("problem"),
];

pub(super) fn run(args: &TaxonomyLint) -> Result<Exit> {
    let file = taxonomy_text(args.file.as_deref())?;
    let findings = Taxonomy::lint(&file.text, &file.name)?;
    if args.output.format.is_none() && args.output.output.is_none() {
        // As compilers do it, so that editors find the line.
        let mut out = output::stdout();
        for Finding { line, kind, problem, .. } in &findings {
            writeln!(out, "{}:{line}: {}: {problem}", file.name, kind.name())?;
        }
        out.flush()?;
    } else {
        let mut rows = output::open_rows(&args.output, Format::Csv, COLUMNS)?;
        for finding in &findings {
            rows.write_row(&cells(&file.name, finding))?;
        }
        rows.finish()?.close()?;
    }
    if findings.is_empty() {
        output::print_message(&format!("{}: nothing found", file.name));
    }
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Findings })
}

fn cells<'a>(file: &'a str, finding: &'a Finding) -> [Cell<'a>; 5] {
    [
        file.into(),
        Cell::Integer(finding.line as i128),
        finding.kind.name().into(),
        finding.subject.as_deref().into(),
        finding.problem.as_str().into(),
    ]
}
