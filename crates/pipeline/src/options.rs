use onrecord_ingest::{ReaderOptions, Sandbox};
use onrecord_people::Roster;
use onrecord_priorities::Classifiers;
use std::path::PathBuf;
use std::sync::Arc;

/// What to build an index from, and how.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The folder of the index; made if there is none.
    pub index: PathBuf,
    /// The folders and files to read.
    pub paths: Vec<PathBuf>,
    /// What labels passages.
    pub classifiers: Classifiers,
    /// The persons that speakers are told by.
    pub roster: Roster,
    /// The file that was named for them, if any: a watch looks at it too.
    pub speakers: Option<PathBuf>,
    /// Corrections beside those of the folders themselves.
    pub corrections: Option<PathBuf>,
    /// How files are read.
    pub reader: ReaderOptions,
    /// The processes that read all but plain text; none where this one is to read everything.
    pub sandbox: Option<Arc<Sandbox>>,
    /// Whether passages get what a half-remembered line is found by.
    pub quotes: bool,
    /// How many threads read files, and how many write the index; at least 1.
    pub n_threads: usize,
}

impl BuildOptions {
    /// Makes options with the default roster, and as many threads as there are cores.
    pub fn new(index: PathBuf, paths: Vec<PathBuf>, classifiers: impl Into<Classifiers>) -> Self {
        Self {
            index,
            paths,
            classifiers: classifiers.into(),
            roster: Roster::default_roster(),
            speakers: None,
            corrections: None,
            reader: ReaderOptions::default(),
            sandbox: None,
            quotes: true,
            n_threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}
