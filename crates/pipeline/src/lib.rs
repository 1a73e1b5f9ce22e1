//! Runs the stages over a corpus: files to documents, passages, labels and an index.
//!
//! In come paths and a taxonomy; out come an index that holds what the files hold now, and a
//! [`Summary`] of every file that was not read whole. Only what changed is read: a file is
//! compared by the hash of its bytes and of all else that its documents were made from.
//!
//! ```
//! use onrecord_indexing::Reader;
//! use onrecord_pipeline::{BuildOptions, build};
//! use onrecord_priorities::{Classifier, Taxonomy};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let corpus = folder.path().join("speeches");
//! std::fs::create_dir(&corpus)?;
//! # let mut file = std::fs::File::create(corpus.join("one.txt"))?;
//! # std::io::Write::write_all(&mut file, b"President: Ada Orr\n\nWe will dredge the harbour.\n")?;
//! // speeches/one.txt holds a speech.
//! let classifier = Classifier::with_shipped_weights(&Taxonomy::default_taxonomy());
//! let options = BuildOptions::new(folder.path().join("index"), vec![corpus], classifier);
//! let first = build(&options, &|_| {})?;
//! assert_eq!((first.seen, first.indexed, first.documents), (1, 1, 1));
//! let second = build(&options, &|_| {})?;
//! assert_eq!((second.seen, second.indexed, second.unchanged), (1, 0, 1));
//! assert_eq!(Reader::open(&options.index)?.n_documents()?, 1);
//! # Ok(())
//! # }
//! ```

mod annotate;
mod attempts;
mod build;
mod corrections;
mod file;
mod finish;
mod known;
mod options;
mod relabel;
mod run;
mod summary;
mod trace;
mod watch;

pub use build::{Event, PipelineError, build};
pub use options::BuildOptions;
pub use relabel::{Relabelled, relabel};
pub use summary::{FileOutcome, Outcome, StaleCorrection, Summary};
pub use trace::{SourceSpan, SourceSpans, source_spans};
pub use watch::{Batch, watch};
