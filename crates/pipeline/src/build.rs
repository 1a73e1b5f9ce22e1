use crate::BuildOptions;
use crate::corrections::Corrections;
use crate::known::Known;
use crate::run::Run;
use crate::summary::{Outcome, Summary};
use onrecord_indexing::Description;
use onrecord_indexing::{IndexError, Writer};
use onrecord_ingest::IngestError;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

/// Something that happened in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file is done.
    File(Outcome),
    /// A document was put into the index, or labelled anew, to be seen with the next commit.
    Document,
    /// All that was put into the index so far is durable: so many documents.
    Committed(u64),
}

/// Why a run ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The index cannot be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The corrections cannot be read or understood.
    #[error(transparent)]
    Corrections(#[from] IngestError),
    /// A path that was asked for is not there.
    #[error("cannot read `{}`: {error}\nname folders or files that exist", .path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Two folders have one name, under which documents are remembered.
    #[error("the index holds `{}` under the name that `{}` has too\nrename one of them, or use another index: --index FOLDER", .known.display(), .path.display())]
    SameName {
        /// The folder that the index holds.
        known: PathBuf,
        /// The folder that was asked for.
        path: PathBuf,
    },
    /// What stands beside the texts cannot be understood.
    #[error("{0}")]
    Beside(String),
    /// The summary could not be kept.
    #[error("cannot keep the summary of the run in `{}`: {error}", .folder.display())]
    Summary {
        /// The folder of the index.
        folder: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Brings an index up to date with the files under some paths.
///
/// Files that changed are read, documents that changed are replaced, files that are gone leave
/// the index; the rest is left alone. Where the index was labelled otherwise, all its documents are
/// labelled anew first, from what it holds of them. Commits come at least every 5,000 documents or 30 seconds.
/// A file that cannot be read is reported and the run goes on.
///
/// # Errors
/// When a path does not exist, corrections cannot be understood, or the index cannot be written; the last commit then stands.
pub fn build(
    options: &BuildOptions,
    on_event: &(dyn Fn(Event) + Sync),
) -> Result<Summary, PipelineError> {
    build_only(options, None, on_event)
}

/// Brings an index up to date with some of the files, where `only` says which: the others are left
/// as the index has them, and those that are gone leave it.
pub(crate) fn build_only(
    options: &BuildOptions,
    only: Option<&BTreeSet<PathBuf>>,
    on_event: &(dyn Fn(Event) + Sync),
) -> Result<Summary, PipelineError> {
    for path in &options.paths {
        path.metadata().map_err(|error| PipelineError::Path { path: path.clone(), error })?;
    }
    let mut corrections = Corrections::load(options)?;
    let description =
        Description { quotes: options.quotes, ..crate::annotate::describe(&options.classifiers) };
    // Before anything is read of the index: as long as the writer is open, no other run changes it.
    let writer = Writer::open(&options.index, description, options.n_threads)?;
    let known = Known::load(&options.index)?;
    if let Some((known, path)) = known.namesake(&options.paths) {
        return Err(PipelineError::SameName { known, path });
    }
    corrections.place(&known)?;
    let run = Run { only, ..Run::new(options, corrections, writer, on_event) };
    run.relabel(known.reader(), options.n_threads)?;
    run.over(options, known)?;
    run.finish(options)
}
