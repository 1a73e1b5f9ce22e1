use super::index::note_other_taxonomy;
use super::index_folder;
use super::taxonomies::classifiers_of;
use crate::args::{Global, Relabel};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_pipeline::{BuildOptions, Event, Relabelled, relabel};
use std::io::Write;

pub(super) fn run(global: &Global, args: &Relabel) -> Result<Exit> {
    let classifiers = classifiers_of(&args.labelling)?;
    let options = BuildOptions::new(index_folder(global)?, Vec::new(), classifiers);
    note_other_taxonomy(&options);
    let on_event = |event| match event {
        Event::Committed(n_documents) if !global.quiet => {
            output::print_message(&format!("committed {n_documents} documents"));
        }
        Event::File(_) | Event::Document | Event::Committed(_) => {}
    };
    let Relabelled { documents, changed } = relabel(&options, &on_event)?;
    let mut out = output::stdout();
    writeln!(out, "labels, scores or mentions changed in {changed} of {documents} documents")?;
    out.flush()?;
    Ok(Exit::Done)
}
