//! Files to [`Document`](onrecord_model::Document)s.
//!
//! In come paths; out come documents in canonical text, with blocks and metadata, and for each
//! file a report of what was kept, skipped or broken. A bad file or row is data: it is reported,
//! and the run goes on.
//!
//! [`walk`] lists the files of a corpus in a fixed order. [`Reader::read`] cuts a file into
//! [`Record`]s, cheaply and in flat memory; [`Record::into_document`] does the heavy work and may
//! run on any thread. [`Reader::read_documents`] does both on one.
//!
//! ```
//! use onrecord_ingest::{Reader, ReaderOptions, SourceFile, Status};
//! use onrecord_model::{BlockKind, Span};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("harbour.txt");
//! # let mut file = std::fs::File::create(&path)?;
//! # std::io::Write::write_all(&mut file, b"Remarks at the Harbour\nMay 3, 2012\n\nWe will dredge it.\n")?;
//! // harbour.txt holds: Remarks at the Harbour ⏎ May 3, 2012 ⏎ ⏎ We will dredge it.
//! let file = SourceFile { path, root: "speeches".into(), relative: "harbour.txt".into() };
//! let mut documents = Vec::new();
//! let report = Reader::new(ReaderOptions::default())
//!     .read_documents(&file, &mut |read| documents.push(read.document));
//!
//! assert_eq!((report.status(), report.n_documents), (Status::Read, 1));
//! let metadata = &documents[0].metadata;
//! assert_eq!(metadata.title.as_deref(), Some("Remarks at the Harbour"));
//! assert_eq!(metadata.date.map(|date| date.to_string()).as_deref(), Some("2012-05-03"));
//! let last = documents[0].blocks().last().expect("a document has blocks");
//! assert_eq!((last.kind, last.span), (BlockKind::Paragraph, Span::new(36, 54)));
//! # Ok::<(), std::io::Error>(())
//! ```

mod corrections;
mod decode;
mod extract;
mod format;
mod identities;
mod metadata;
mod reader;
mod record;
mod report;
mod sandbox;
mod state;
mod structure;
mod trace;
mod walk;

pub use corrections::{Correction, CorrectionOutcome, Ledger};
pub use format::{PdfReader, pdf_pages, pdf_text};
pub use identities::Identities;
pub use reader::{MAX_RECORD_BYTES, READER_VERSION, Reader, ReaderOptions};
pub use record::{ReadDocument, Record};
pub use report::{FileReport, IngestError, Problem, Status};
pub use sandbox::{Confinement, HELPER_COMMAND, READ_COMMAND, Sandbox, run_helper, serve};
pub use state::hash_file;
pub use trace::{Trace, Untraced, trace};
pub use walk::{SourceFile, Walk, WalkProblem, is_companion, root_of, walk};
