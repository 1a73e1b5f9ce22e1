mod listing;
mod rows;
mod watch;

use super::batch::for_each_text;
use super::draft::read_drafts;
use super::{open_reader, rosters};
use crate::args::{Check, Global};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result, bail};
use onrecord_model::Document;
use onrecord_people::Roster;
use onrecord_query::check::{CheckedQuote, Checker, Finding};
use onrecord_report::{Format, Layout, MarkedQuote, write_draft_page};
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use watch::{look_at, wait_for_change};

/// A quotation in the output.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    quote: usize,
    #[serde(flatten)]
    finding: &'a Finding,
}

pub(crate) fn run(global: &Global, args: &Check) -> Result<Exit> {
    let roster = rosters::roster_of(&[] as &[PathBuf], args.speakers.as_deref())?;
    if let Some(batch) = &args.jsonl {
        return check_batch(global, batch, &roster, args);
    }
    let path = args.draft.as_deref().context("no draft is named")?;
    if !args.watch {
        return check_draft(global, path, &roster, args);
    }
    if path == Path::new("-") {
        bail!("standard input cannot be watched\nname the file of the draft");
    }
    loop {
        let before = look_at(path);
        // A draft that cannot be read, or no index yet, may be there at the next save.
        if let Err(error) = check_draft(global, path, &roster, args) {
            output::print_error(&error);
        }
        output::print_message(&format!("watching `{}`; Ctrl-C ends it", path.display()));
        wait_for_change(path, before);
    }
}

fn check_draft(global: &Global, path: &Path, roster: &Roster, args: &Check) -> Result<Exit> {
    for written in [args.html.as_deref(), args.output.output.as_deref()].into_iter().flatten() {
        output::check_apart(written, path)?;
    }
    let reader = open_reader(global)?;
    let mut checker = Checker::new(&reader, roster)?;
    let drafts = read_drafts(path)?;
    let mut checked = Vec::new();
    for draft in &drafts {
        checked.push(checker.check_draft(draft)?);
    }
    if checked.iter().all(Vec::is_empty) && !global.quiet {
        output::print_message("the draft holds no quotation");
    }
    print_checked(path, &checked, args)?;
    if let Some(page) = &args.html {
        write_pages(page, path, &drafts, &checked)?;
    }
    let is_safe = checked.iter().flatten().all(|quote| quote.finding.is_safe());
    Ok(if is_safe { Exit::Done } else { Exit::Findings })
}

fn print_checked(path: &Path, checked: &[Vec<CheckedQuote>], args: &Check) -> Result<()> {
    // The page is the answer then.
    if args.html.as_deref() == Some(Path::new("-")) {
        return Ok(());
    }
    let quotes: Vec<&CheckedQuote> = checked.iter().flatten().collect();
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    match format.layout() {
        Layout::Listing => {
            output::write_text(&args.output, |out| listing::print_listing(out, &quotes))
        }
        Layout::Lines => {
            let mut sink = Sink::open(args.output.output.as_deref())?;
            let id = Value::String(path.display().to_string());
            for quote in quotes {
                write_line(&mut sink, &id, quote)?;
            }
            sink.close()
        }
        Layout::Rows | Layout::Object => rows::print_rows(&args.output, &quotes),
    }
}

fn write_line(out: &mut impl Write, id: &Value, quote: &CheckedQuote) -> Result<()> {
    let line = Line { id, quote: quote.quote, finding: &quote.finding };
    serde_json::to_writer(&mut *out, &line)?;
    Ok(writeln!(out)?)
}

/// Checks one draft a line; a line that is none is said and passed over.
fn check_batch(global: &Global, batch: &Path, roster: &Roster, args: &Check) -> Result<Exit> {
    if let Some(written) = &args.output.output {
        output::check_apart(written, batch)?;
    }
    let reader = open_reader(global)?;
    let mut checker = Checker::new(&reader, roster)?;
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let mut is_safe = true;
    let is_whole = for_each_text(batch, &args.text_field, |id, draft| {
        for quote in checker.check_text(draft)? {
            is_safe &= quote.finding.is_safe();
            write_line(&mut sink, id, &quote)?;
        }
        Ok(())
    })?;
    sink.close()?;
    Ok(match (is_whole, is_safe) {
        (false, _) => Exit::Incomplete,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Done,
    })
}

fn write_pages(
    page: &Path,
    draft: &Path,
    drafts: &[Document],
    checked: &[Vec<CheckedQuote>],
) -> Result<()> {
    let mut sink = Sink::open(Some(page))?;
    for (document, quotes) in drafts.iter().zip(checked) {
        let name = draft.file_name().unwrap_or(draft.as_os_str()).to_string_lossy();
        let title = document.metadata.title.as_deref().unwrap_or(&name);
        let marked: Vec<MarkedQuote> = quotes.iter().map(marked).collect();
        write_draft_page(&mut sink, title, document, &marked)?;
    }
    sink.close()
}

fn marked(quote: &CheckedQuote) -> MarkedQuote {
    let finding = &quote.finding;
    let mut details: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, words: &str| details.push((name.to_owned(), words.to_owned()));
    if let Some(reason) = &finding.reason {
        add("why", reason);
    }
    add("draft", &listing::claim_of(finding));
    for risk in &finding.risks {
        add(&format!("risk: {}", risk.risk.name()), &risk.words);
    }
    if let Some(source) = &finding.source {
        add("source", &source.citation);
        add("file", &format!("{}, bytes {}–{}", source.path, source.start, source.end));
    }
    for omitted in &finding.omitted {
        add("left out", omitted);
    }
    for bracketed in &finding.bracketed {
        add(
            &bracketed.quote,
            if bracketed.source.is_empty() { "put in" } else { &bracketed.source },
        );
    }
    for note in &finding.notes {
        add(&format!("note: {}", note.risk.name()), &note.words);
    }
    let foldings: Vec<&str> = finding.foldings.iter().map(|folding| folding.name()).collect();
    if !foldings.is_empty() {
        add("overlooked", &foldings.join(", "));
    }
    let source = finding.source.as_ref();
    MarkedQuote {
        parts: quote.parts.clone(),
        verdict: finding.verdict.name().to_owned(),
        is_safe: finding.is_safe(),
        details,
        source: source.map(|s| [s.before.clone(), s.text.clone(), s.after.clone()]),
        diff: finding.diff.clone(),
    }
}
