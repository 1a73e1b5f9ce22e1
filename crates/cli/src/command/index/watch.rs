use super::print_summary;
use crate::args::SummaryFormat;
use crate::command::rosters;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_pipeline::{Batch, BuildOptions, watch};
use std::ops::ControlFlow;

/// Indexes, prints the summary, and goes on until the process is ended: each batch is a line.
pub(super) fn run(options: BuildOptions, format: Option<SummaryFormat>) -> Result<Exit> {
    let refresh = |options: &mut BuildOptions| {
        options.roster = rosters::roster_of(&options.paths, options.speakers.as_deref())
            .map_err(|error| format!("{error:#}"))?;
        Ok(())
    };
    let mut is_first = true;
    let mut failed = None;
    watch(options, &refresh, &|_| {}, &mut |batch| {
        match batch {
            Ok(batch) if is_first => {
                is_first = false;
                failed = print_summary(&batch.summary, format).err();
                output::print_message("watching: end it with Ctrl-C");
            }
            Ok(batch) => print_batch(&batch),
            Err(error) => output::print_error(&error.into()),
        }
        if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    failed.map_or(Ok(Exit::Done), Err)
}

fn print_batch(batch: &Batch) {
    let Batch { files, n_gone, summary } = batch;
    output::print_message(&format!(
        "{} files looked at, {n_gone} gone: {} indexed; documents in the index: {}",
        files.len(),
        summary.indexed,
        summary.documents
    ));
    let is_of_batch = |path: &str| files.iter().any(|file| file.to_string_lossy() == path);
    for file in summary.files.iter().filter(|file| is_of_batch(&file.path)) {
        output::print_message(&format!("  {} {}: {}", file.status.name(), file.path, file.reason));
    }
}
