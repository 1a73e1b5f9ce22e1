use super::digest::sha256_of;
use super::make::{make, write};
use super::source::Index;
use crate::args::{Global, ReportRerun};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result};
use onrecord_query::Difference;
use onrecord_report::{Manifest, one_line};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// So many changes are named; of more it is said how many.
const MOST_NAMED: usize = 20;

/// Makes a report again, and says whether it has the bytes that its manifest tells of. A file that
/// is there is left alone unless it is named as the output.
pub(super) fn run(global: &Global, args: &ReportRerun) -> Result<Exit> {
    let shown = args.manifest.display();
    let text = std::fs::read_to_string(&args.manifest);
    let text = text.with_context(|| format!("cannot read `{shown}`"))?;
    let before = Manifest::parse(&text).with_context(|| format!("`{shown}`"))?;
    let own = args.manifest.with_file_name(&before.file.name);
    let index = Index::open(global)?;
    let specification = &before.specification;
    let now = match args.output.as_deref() {
        Some(output) => {
            output::check_apart(output, &args.manifest)?;
            make(&index, specification, Some(output), None)?.manifest
        }
        None => {
            let name = &before.file.name;
            write(&index, specification, Some(&own), name, None, io::sink())?.1.manifest
        }
    };
    let is_same = before.file.sha256 == now.file.sha256;
    let mut lines = vec![verdict(&before, &now)];
    lines.extend(named(&before, &before.differences(&now), is_same));
    let mut is_intact = true;
    if args.output.is_none() {
        match state_of(&own, &before)? {
            State::Intact => {}
            State::Gone if is_same => {
                restore(&index, &before, &own)?;
                lines.push(format!("`{}` was gone, and is there again", own.display()));
            }
            State::Gone => lines.push(format!("`{}` is gone", own.display())),
            State::Changed => {
                is_intact = false;
                let told = format!(
                    "`{}` is not what was written: it was changed since; what would be written now is told below\nto have the report anew: --output FILE",
                    own.display()
                );
                lines.insert(0, told);
            }
        }
    }
    print(&lines, args.output.as_deref())?;
    Ok(if is_same && is_intact { Exit::Done } else { Exit::Findings })
}

/// Makes a report again into its own file; the manifest stays as it is.
fn restore(index: &Index, before: &Manifest, own: &Path) -> Result<()> {
    let out = Sink::open(Some(own))?;
    let (sink, _) = write(index, &before.specification, Some(own), &before.file.name, None, out)?;
    sink.close()
}

fn verdict(before: &Manifest, now: &Manifest) -> String {
    let name = one_line(&before.file.name);
    if before.file.sha256 == now.file.sha256 {
        let (rows, bytes) = (now.rows, now.file.bytes);
        return format!("same: {name}: {rows} rows, {bytes} bytes, SHA-256 {}", now.file.sha256);
    }
    format!(
        "different: {name}: it had {} rows and the SHA-256 {}, it has {} rows and {} now",
        before.rows, before.file.sha256, now.rows, now.file.sha256
    )
}

/// Names what changed, which a report that is the same may not be touched by.
fn named(before: &Manifest, differences: &[Difference], is_same: bool) -> Vec<String> {
    let of_report = if is_same { ", which does not change the report" } else { "" };
    let line = |found: &Difference| {
        format!("changed: {}: {}{of_report}", one_line(&found.name), found.how)
    };
    let mut lines: Vec<String> = differences.iter().take(MOST_NAMED).map(line).collect();
    if differences.len() > MOST_NAMED {
        lines.push(format!("changed: {} more", differences.len() - MOST_NAMED));
    }
    if differences.is_empty() && !is_same {
        lines.push(format!(
            "nothing that the manifest tells of changed: the manifest itself was changed, or onrecord {} made a mistake",
            before.tool
        ));
    }
    lines
}

/// What became of the file of a report.
enum State {
    Intact,
    Gone,
    Changed,
}

fn state_of(own: &Path, before: &Manifest) -> Result<State> {
    let unread = || format!("cannot read `{}`", own.display());
    let file = match File::open(own) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Gone),
        opened => opened.with_context(unread)?,
    };
    let sha256 = sha256_of(file).with_context(unread)?;
    Ok(if sha256 == before.file.sha256 { State::Intact } else { State::Changed })
}

/// Prints the verdict where the report does not go.
fn print(lines: &[String], output: Option<&Path>) -> Result<()> {
    if output == Some(Path::new("-")) {
        lines.iter().for_each(|line| output::print_message(line));
        return Ok(());
    }
    let mut out = output::stdout();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
