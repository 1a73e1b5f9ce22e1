use crate::corrections::Outcomes;
use onrecord_ingest::{FileReport, Problem, SourceFile};
use onrecord_model::DocumentId;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A file on its way through the stages; its records may be with several threads.
pub(crate) struct FileInWork {
    pub(crate) file: SourceFile,
    pub(crate) key: String,
    /// How often it was read before in this run.
    pub(crate) attempt: u32,
    /// Its documents in the index with their digests.
    pub(crate) known: HashMap<DocumentId, [u8; 16]>,
    /// Whether the index remembers the file.
    pub(crate) remembered: bool,
    progress: Mutex<Progress>,
}

/// How far a file has come.
#[derive(Default)]
pub(crate) struct Progress {
    /// Records that are not done, and one for the reader until it has reached the end.
    open: usize,
    pub(crate) report: FileReport,
    /// The documents met, with their records' numbers and digests.
    pub(crate) met: HashMap<DocumentId, (Option<u64>, [u8; 16])>,
    /// The ids that several records have.
    pub(crate) clashes: BTreeSet<DocumentId>,
    /// What became of the corrections of the documents met.
    pub(crate) corrections: Outcomes,
    /// Documents put into the index.
    pub(crate) n_replaced: u64,
}

impl FileInWork {
    pub(crate) fn new(
        file: SourceFile,
        key: String,
        known: HashMap<DocumentId, [u8; 16]>,
        remembered: bool,
    ) -> Self {
        let progress = Mutex::new(Progress { open: 1, ..Progress::default() });
        Self { file, key, attempt: 0, known, remembered, progress }
    }

    /// Makes the file ready to be read once more, with what was put into the index meanwhile.
    pub(crate) fn again(&self) -> Self {
        let mut known = self.known.clone();
        known.extend(self.progress().met.iter().map(|(id, (_, digest))| (*id, *digest)));
        let again = Self::new(self.file.clone(), self.key.clone(), known, self.remembered);
        Self { attempt: self.attempt + 1, ..again }
    }

    pub(crate) fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that one more record is in work.
    pub(crate) fn begin_record(&self) {
        self.progress().open += 1;
    }

    /// Notes that a record is done, or reading; tells whether nothing is left to do.
    pub(crate) fn end_record(&self) -> bool {
        let mut progress = self.progress();
        progress.open -= 1;
        progress.open == 0
    }
}

impl Progress {
    /// Notes a document; false where another record of the file has its id.
    pub(crate) fn meet(&mut self, id: DocumentId, record: Option<u64>, digest: [u8; 16]) -> bool {
        if self.met.contains_key(&id) {
            self.clashes.insert(id);
            return false;
        }
        self.met.insert(id, (record, digest));
        true
    }

    /// Takes over what the reader reports of the whole file.
    pub(crate) fn join(&mut self, of_reader: FileReport) {
        let of_records = std::mem::replace(&mut self.report, of_reader);
        self.report.n_documents += of_records.n_documents;
        let n_unkept = of_records.n_problems - of_records.problems.len() as u64;
        for problem in of_records.problems {
            self.report.add(problem);
        }
        self.report.n_problems += n_unkept;
    }

    /// Tells whether another reading may go better.
    pub(crate) fn is_to_be_read_again(&self) -> bool {
        self.report.changed_while_read || self.report.failed
    }

    /// Takes back that a document was met: it could not be indexed.
    pub(crate) fn lose(&mut self, id: DocumentId) {
        self.met.remove(&id);
        self.report.n_documents -= 1;
    }

    /// Puts the problems in the order of the file.
    pub(crate) fn sort_problems(&mut self) {
        self.report
            .problems
            .sort_by(|a: &Problem, b| (a.record, &a.reason).cmp(&(b.record, &b.reason)));
    }
}
