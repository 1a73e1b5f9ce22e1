use crate::BuildOptions;
use crate::annotate::Annotator;
use crate::attempts::{Attempts, MAX_ATTEMPTS, ThreadAttempts};
use crate::build::Event;
use crate::corrections::{Corrections, note};
use crate::file::FileInWork;
use crate::known::Known;
use crate::summary::{Outcome, Summary};
use crossbeam_channel::{Receiver, Sender, bounded};
use onrecord_indexing::{IndexError, SourceRecord, SourceStatus, Writer};
use onrecord_ingest::{Problem, ReadDocument, Reader, Record, SourceFile, walk};
use onrecord_model::Document;
use onrecord_text::Lexicon;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::Instant;

/// How many records may wait for a thread, for each thread.
const WAITING_RECORDS: usize = 8;

/// The state that the threads of a run share.
pub(crate) struct Run<'a> {
    pub(crate) reader: Reader,
    pub(crate) annotator: Annotator,
    /// Where earlier runs were ended.
    pub(crate) attempts: Attempts,
    pub(crate) corrections: Corrections,
    /// Shared by those who add documents, held alone by who commits.
    pub(crate) writer: RwLock<Writer>,
    /// When the last commit was.
    pub(crate) commits: Mutex<Instant>,
    pub(crate) n_uncommitted: AtomicU64,
    /// Whether anything was changed since the last commit.
    pub(crate) dirty: AtomicBool,
    /// Whether the index failed, so that there is no use in going on.
    pub(crate) stopped: AtomicBool,
    pub(crate) error: Mutex<Option<IndexError>>,
    pub(crate) retries: Mutex<Vec<FileInWork>>,
    pub(crate) summary: Mutex<Summary>,
    /// The files to read, where not all are.
    pub(crate) only: Option<&'a BTreeSet<PathBuf>>,
    pub(crate) on_event: &'a (dyn Fn(Event) + Sync),
}

/// A record and the file that it is of.
type Job = (Arc<FileInWork>, Record);

impl<'a> Run<'a> {
    pub(crate) fn new(
        options: &BuildOptions,
        corrections: Corrections,
        writer: Writer,
        on_event: &'a (dyn Fn(Event) + Sync),
    ) -> Self {
        let reader = Reader::new(options.reader.clone());
        let reader = reader.corrected_by(Arc::clone(&corrections.ledger));
        let reader = match &options.sandbox {
            Some(sandbox) => reader.in_sandbox(Arc::clone(sandbox)),
            None => reader,
        };
        Self {
            reader,
            annotator: Annotator::new(&options.classifiers, &options.roster, writer.has_quotes()),
            attempts: Attempts::of(&options.index),
            corrections,
            writer: RwLock::new(writer),
            commits: Mutex::new(Instant::now()),
            n_uncommitted: AtomicU64::new(0),
            dirty: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            error: Mutex::new(None),
            retries: Mutex::new(Vec::new()),
            summary: Mutex::new(Summary::default()),
            only: None,
            on_event,
        }
    }
}

impl Run<'_> {
    /// Reads all files on this thread, while others make documents of their records.
    pub(crate) fn over(&self, options: &BuildOptions, mut known: Known) -> Result<(), IndexError> {
        let n_threads = options.n_threads.max(1);
        let (send, receive) = bounded::<Job>(WAITING_RECORDS * n_threads);
        std::thread::scope(|scope| {
            for number in 0..n_threads {
                let receive = receive.clone();
                scope.spawn(move || self.work(&receive, self.attempts.of_thread(number)));
            }
            self.read_all(options, &mut known, &send);
            // The threads end when nothing more can come.
            drop(send);
        });
        loop {
            let again = std::mem::take(&mut *locked(&self.retries));
            if again.is_empty() || self.stopped.load(Ordering::Relaxed) {
                break;
            }
            for file in again {
                self.read_alone(file);
            }
        }
        self.forget_gone(options, &known)
    }

    fn read_all(&self, options: &BuildOptions, known: &mut Known, send: &Sender<Job>) {
        for found in walk(&options.paths).except(&options.index) {
            if self.stopped.load(Ordering::Relaxed) {
                return;
            }
            match found {
                Ok(file) => {
                    if let Err(error) = self.read_file(file, known, send) {
                        self.stop(error);
                    }
                }
                Err(problem) => {
                    known.note_unlisted(key_of(&problem.root, &problem.relative));
                    self.count(&problem.path, Outcome::Skipped, problem.reason);
                }
            }
        }
    }

    /// Reads a file unless it is in the index as it is.
    fn read_file(
        &self,
        file: SourceFile,
        known: &mut Known,
        send: &Sender<Job>,
    ) -> Result<(), IndexError> {
        let key = file.key();
        if !known.meet(&key) {
            let reason = format!(
                "another folder that was asked for has a file `{key}` too: rename one of them"
            );
            self.count(&file.path, Outcome::Skipped, reason);
            return Ok(());
        }
        let remembered = known.source(&key);
        if self.only.is_some_and(|only| !only.contains(&file.path)) {
            if let Some(source) = remembered {
                self.keep(&file, source);
            }
            return Ok(());
        }
        if let Some(source) = remembered
            && let Ok(state) = self.reader.state_hash(&file)
            && self.corrections.state_of(&key, self.annotator.state(&state)) == source.state
            // Documents show the file where it was: one that was moved is read again.
            && file.path.to_string_lossy() == source.path
        {
            self.keep(&file, source);
            return self.commit_if_due();
        }
        let documents = known.documents(&key)?;
        let file = Arc::new(FileInWork::new(file, key, documents, remembered.is_some()));
        let report = self.reader.read(&file.file, &mut |record| {
            file.begin_record();
            match send.send((Arc::clone(&file), record)) {
                Ok(()) if !self.stopped.load(Ordering::Relaxed) => ControlFlow::Continue(()),
                Ok(()) | Err(_) => ControlFlow::Break(()),
            }
        });
        file.progress().join(report);
        self.end_record(&file);
        Ok(())
    }

    /// Counts a file that is in the index as it is.
    fn keep(&self, file: &SourceFile, source: &SourceRecord) {
        self.corrections.keep(&source.key);
        let outcome = match source.status {
            SourceStatus::Read => Outcome::Unchanged,
            SourceStatus::Partial => Outcome::Partial,
            SourceStatus::Skipped => Outcome::Skipped,
        };
        self.count(&file.path, outcome, source.reason.clone());
    }

    /// Reads a file with all its documents on this thread.
    fn read_alone(&self, file: FileInWork) {
        let file = Arc::new(file);
        let mut lexicon = self.annotator.lexicon();
        let mut attempts = self.attempts.of_thread(0);
        let report = self.reader.read(&file.file, &mut |record| {
            file.begin_record();
            self.make_document(&file, record, &mut lexicon, &mut attempts);
            ControlFlow::Continue(())
        });
        file.progress().join(report);
        self.end_record(&file);
    }

    fn work(&self, jobs: &Receiver<Job>, mut attempts: ThreadAttempts<'_>) {
        let mut lexicon = self.annotator.lexicon();
        for (file, record) in jobs {
            if !self.stopped.load(Ordering::Relaxed) {
                self.make_document(&file, record, &mut lexicon, &mut attempts);
            }
        }
    }

    /// Makes a document of a record and puts it into the index; a panic is a problem of the
    /// record and of no other.
    fn make_document(
        &self,
        file: &Arc<FileInWork>,
        record: Record,
        lexicon: &mut Lexicon,
        attempts: &mut ThreadAttempts<'_>,
    ) {
        let number = record.number();
        if !attempts.begin(&file.key, number) {
            file.progress().report.add(ended_runs(number));
            return self.end_record(file);
        }
        let read = || {
            let read = record.into_document()?;
            Ok(ReadDocument { document: self.annotator.identify(read.document), ..read })
        };
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(read)) => self.index_document(file, read, lexicon),
            Ok(Err(problem)) => file.progress().report.refuse(problem),
            Err(_) => file.progress().report.add(failure(number)),
        }
        attempts.end();
        self.end_record(file);
    }

    fn index_document(&self, file: &FileInWork, read: ReadDocument, lexicon: &mut Lexicon) {
        let ReadDocument { document, problems, corrections } = read;
        let (id, number) = (document.id, document.metadata.source.record);
        let digest = self.annotator.digest(&document);
        {
            let mut progress = file.progress();
            if !progress.meet(id, number, digest) {
                return;
            }
            note(&mut progress.corrections, corrections);
            progress.report.n_documents += 1;
            problems.into_iter().for_each(|problem| progress.report.add(problem));
        }
        if file.known.get(&id) == Some(&digest) {
            return;
        }
        let replace = || self.replace(file, lexicon, document, digest);
        match catch_unwind(AssertUnwindSafe(replace)) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.stop(error),
            Err(_) => {
                *lexicon = self.annotator.lexicon();
                let mut progress = file.progress();
                progress.lose(id);
                progress.report.add(failure(number));
            }
        }
    }

    pub(crate) fn replace(
        &self,
        file: &FileInWork,
        lexicon: &mut Lexicon,
        document: Document,
        digest: [u8; 16],
    ) -> Result<(), IndexError> {
        let (annotated, words) = self.annotator.annotate(lexicon, document);
        self.writer().replace(&annotated, &words, lexicon, &file.key, digest)?;
        file.progress().n_replaced += 1;
        self.n_uncommitted.fetch_add(1, Ordering::Relaxed);
        (self.on_event)(Event::Document);
        self.note_change()
    }

    pub(crate) fn writer(&self) -> RwLockReadGuard<'_, Writer> {
        self.writer.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn count(&self, path: &Path, outcome: Outcome, reason: String) {
        locked(&self.summary).add(path, outcome, reason);
        (self.on_event)(Event::File(outcome));
    }

    /// Ends the run because the index failed; the first error is the one to tell.
    pub(crate) fn stop(&self, error: IndexError) {
        self.stopped.store(true, Ordering::Relaxed);
        locked(&self.error).get_or_insert(error);
    }
}

/// The problem of a record on which the program itself failed.
pub(crate) fn failure(record: Option<u64>) -> Problem {
    Problem::of_record(record, "the program failed on it: please report this")
}

/// The problem of a record at which the last runs were ended.
fn ended_runs(record: Option<u64>) -> Problem {
    let reason = format!(
        "the last {MAX_ATTEMPTS} runs were ended while it was read: it is left out until it is changed"
    );
    Problem::of_record(record, reason)
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the key under which the index remembers a file.
fn key_of(root: &str, relative: &str) -> String {
    if relative.is_empty() { root.to_owned() } else { format!("{root}/{relative}") }
}
