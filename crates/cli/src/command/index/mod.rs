mod watch;

use super::taxonomies::{classifiers_of, is_labelled_by};
use super::{index_folder, rosters, start_sandbox};
use crate::args::{Global, Index, SummaryFormat};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use onrecord_indexing::Reader;
use onrecord_pipeline::{BuildOptions, Event, StaleCorrection, Summary, build};
use onrecord_priorities::Taxonomy;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// How many files that were not read whole are listed for a person.
const LISTED_FILES: usize = 20;

pub(crate) fn run(global: &Global, args: &Index) -> Result<Exit> {
    let classifiers = classifiers_of(&args.labelling)?;
    let mut options = BuildOptions::new(index_folder(global)?, args.paths.clone(), classifiers);
    options.roster = rosters::roster_of(&args.paths, args.speakers.as_deref())?;
    options.reader.columns.extend(args.column.iter().cloned());
    if let Some(n_threads) = args.threads {
        options.n_threads = usize::from(n_threads);
    }
    options.speakers.clone_from(&args.speakers);
    options.corrections.clone_from(&args.corrections);
    options.quotes = !args.no_quotes;
    options.sandbox = Some(start_sandbox()?);
    note_other_taxonomy(&options);
    if args.watch {
        return watch::run(options, args.format);
    }
    let progress = progress(global, args, &options.index);
    let on_event = |event| match event {
        Event::File(_) => progress.inc(1),
        Event::Document => {
            // Redrawing is limited by the bar itself.
            progress.set_message("reading");
        }
        Event::Committed(n_documents) => {
            let line = format!("committed {n_documents} documents");
            progress.suspend(|| output::print_message(&line));
        }
    };
    let summary = build(&options, &on_event)?;
    progress.finish_and_clear();
    print_summary(&summary, args.format)?;
    Ok(if summary.is_whole() { Exit::Done } else { Exit::Incomplete })
}

/// Says that documents will get other labels than they have: what labels them is not remembered
/// from one run to the next.
pub(super) fn note_other_taxonomy(options: &BuildOptions) {
    // What is wrong with the index, the run itself will say.
    let Ok(reader) = Reader::open(&options.index) else { return };
    if is_labelled_by(&reader, &options.classifiers.hash()) || reader.manifest().files.is_empty() {
        return;
    }
    let before = &reader.manifest().description;
    let names: Vec<&str> = options.classifiers.taxonomies().map(Taxonomy::name).collect();
    let name = names.join("; ");
    output::print_message(&if before.taxonomy == name {
        format!(
            "note: the taxonomy `{name}` or its weights are not what the index was labelled with: all is labelled anew"
        )
    } else {
        format!(
            "note: the index was labelled with the taxonomy `{}`, and is now with `{name}`: --taxonomy says which",
            before.taxonomy,
        )
    });
}

/// Makes a bar over the files where a person looks, else one that shows nothing.
fn progress(global: &Global, args: &Index, index: &Path) -> ProgressBar {
    if global.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let n_files = onrecord_ingest::walk(&args.paths).except(index).count() as u64;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(n_files).with_style(style)
}

fn print_summary(summary: &Summary, format: Option<SummaryFormat>) -> Result<()> {
    let mut out = output::stdout();
    if format == Some(SummaryFormat::Json) {
        serde_json::to_writer(&mut out, summary)?;
        writeln!(out)?;
    } else {
        let Summary { seen, indexed, unchanged, partial, skipped, failed, .. } = summary;
        let Summary { documents, files, corrections, stale_corrections, .. } = summary;
        writeln!(
            out,
            "{seen} files: {indexed} indexed, {unchanged} unchanged, {partial} partial, \
             {skipped} skipped, {failed} failed"
        )?;
        for file in files.iter().take(LISTED_FILES) {
            writeln!(out, "  {} {}: {}", file.status.name(), file.path, file.reason)?;
        }
        if files.len() > LISTED_FILES {
            let more = files.len() - LISTED_FILES;
            writeln!(out, "  and {more} more, all listed in last_run.json in the index folder")?;
        }
        if *corrections > 0 || !stale_corrections.is_empty() {
            let n_stale = stale_corrections.len();
            writeln!(out, "corrections: {corrections} in force, {n_stale} stale")?;
        }
        for stale in stale_corrections {
            let StaleCorrection { path, line, document, reason } = stale;
            writeln!(out, "  stale {path} line {line}, `{document}`: {reason}")?;
        }
        writeln!(out, "documents in the index: {documents}")?;
    }
    Ok(out.flush()?)
}
