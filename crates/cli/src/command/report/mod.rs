mod command;
mod digest;
mod drafts;
mod make;
mod rerun;
mod set;
mod source;

use crate::args::{Global, Making, Report, ReportColumnsOf};
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
use onrecord_report::{Column, Format, Report as Question, Specification, report_columns};
use source::Index;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The columns of the list of columns.
const COLUMNS: &[Column] = &[
    Column::text("report"),
    Column::text("column"),
    Column::text("holds"),
    Column::text("unit"),
    Column::text("meaning"),
    Column::text("rows"),
];

pub(crate) fn run(global: &Global, report: &Report) -> Result<Exit> {
    match report {
        Report::Rerun(args) => rerun::run(global, args),
        Report::All(args) => set::run(global, args),
        Report::Columns(args) => list_columns(args),
        Report::Make(kind) => make_one(global, &kind.making()),
    }
}

fn make_one(global: &Global, making: &Making<'_>) -> Result<Exit> {
    let output = &making.form.output;
    let format = output::row_format(output, making.question.usual_format());
    output::check_output(output, format)?;
    let (question, columns) = (making.question.clone(), making.form.columns.clone());
    let specification = Specification::new(question, format, columns, output.for_spreadsheet)?;
    let index = Index::open(global)?;
    // What goes into a file does not depend on who looks on.
    let width = if output.output.is_some() { None } else { output::table_width(output) };
    let made = make::make(&index, &specification, output.output.as_deref(), width)?;
    if let Some(folder) = making.svg {
        made.write_charts(folder)?;
    }
    if !global.quiet {
        made.notes.iter().for_each(|note| output::print_message(note));
    }
    let is_empty = made.manifest.rows == 0;
    if is_empty && !global.quiet {
        output::print_message(match &making.question {
            Question::Coverage(_) => {
                "no row: nothing that was looked at is silent, or nothing was found"
            }
            Question::Priorities(_)
            | Question::Mentions(_)
            | Question::Labels(_)
            | Question::Quotes(_)
            | Question::Compare(_)
            | Question::Corpus(_)
            | Question::Check(_)
            | Question::Overview(_) => "no row: nothing meets what was asked for",
        });
    }
    Ok(if is_empty || made.has_findings { Exit::Findings } else { Exit::Done })
}

fn list_columns(args: &ReportColumnsOf) -> Result<Exit> {
    let all = report_columns();
    let asked = args.report.as_deref();
    let is_asked = |name: &str| asked.is_none_or(|asked| name.split(' ').next() == Some(asked));
    if !all.iter().any(|report| is_asked(report.name)) {
        let mut names: Vec<&str> = all.iter().map(|report| report.name).collect();
        names.retain(|name| !name.contains(' '));
        bail!(
            "there is no report `{}`\nthere are: {}",
            asked.unwrap_or_default(),
            names.join(", ")
        );
    }
    // On a terminal what a row is would stand beside each column again.
    let is_table = output::row_format(&args.output, Format::Csv) == Format::Table;
    let shown: &[&str] =
        if is_table { &["report", "column", "holds", "unit", "meaning"] } else { &[] };
    let mut rows = output::open_some_rows(&args.output, Format::Csv, COLUMNS, shown)?;
    for report in all.iter().filter(|report| is_asked(report.name)) {
        for column in &report.columns {
            rows.write_row(vec![
                report.name.into(),
                column.name.as_ref().into(),
                column.kind.name().into(),
                Some(column.unit).filter(|unit| !unit.is_empty()).into(),
                column.about.into(),
                report.row.into(),
            ])?;
        }
    }
    rows.close()?;
    Ok(Exit::Done)
}

/// Returns where the manifest of a file stands: `NAME.manifest.json` beside it.
fn path_beside(file: &Path) -> PathBuf {
    let mut name: OsString = file.file_name().unwrap_or_default().to_owned();
    name.push(".manifest.json");
    file.with_file_name(name)
}
