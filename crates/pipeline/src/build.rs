use crate::BuildOptions;
use crate::annotate::{Annotator, describe};
use crate::file::FileInWork;
use crate::known::Known;
use crate::summary::{Outcome, Summary};
use crossbeam_channel::{Receiver, Sender, bounded};
use onrecord_indexing::{IndexError, SourceRecord, SourceStatus, Writer};
use onrecord_ingest::{
    FileReport, Problem, ReadDocument, Reader, Record, SourceFile, Status, root_of, walk,
};
use onrecord_model::{Document, DocumentId};
use onrecord_text::Lexicon;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

/// The most documents, but for those in work, between two commits.
const DOCUMENTS_PER_COMMIT: u64 = 4_000;

/// The longest time between two commits while documents arrive.
const TIME_PER_COMMIT: Duration = Duration::from_secs(20);

/// How many records may wait for a thread, for each thread.
const WAITING_RECORDS: usize = 8;

/// How often a file that changes while it is read is read again.
const RETRIES: u32 = 2;

/// Something that happened in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file is done.
    File(Outcome),
    /// A document was put into the index, to be seen with the next commit.
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
    /// A path that was asked for is not there.
    #[error("cannot read `{}`: {error}\nname folders or files that exist", .path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
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
/// the index; the rest is left alone. Commits come at least every 5,000 documents or 30 seconds.
/// A file that cannot be read is reported and the run goes on.
///
/// # Errors
/// When a path does not exist, or the index cannot be written; the last commit then stands.
pub fn build(
    options: &BuildOptions,
    on_event: &(dyn Fn(Event) + Sync),
) -> Result<Summary, PipelineError> {
    for path in &options.paths {
        path.metadata().map_err(|error| PipelineError::Path { path: path.clone(), error })?;
    }
    let known = Known::load(&options.index)?;
    let writer = Writer::open(&options.index, describe(&options.taxonomy), options.n_threads)?;
    let run = Run {
        reader: Reader::new(options.reader.clone()),
        annotator: Annotator::new(&options.taxonomy),
        writer: RwLock::new(writer),
        commits: Mutex::new(Instant::now()),
        n_uncommitted: AtomicU64::new(0),
        dirty: AtomicBool::new(false),
        stopped: AtomicBool::new(false),
        error: Mutex::new(None),
        retries: Mutex::new(Vec::new()),
        summary: Mutex::new(Summary::default()),
        on_event,
    };
    run.over(options, known)?;
    run.finish(options)
}

/// The state that the threads of a run share.
struct Run<'a> {
    reader: Reader,
    annotator: Annotator,
    /// Shared by those who add documents, held alone by who commits.
    writer: RwLock<Writer>,
    /// When the last commit was.
    commits: Mutex<Instant>,
    n_uncommitted: AtomicU64,
    /// Whether anything was changed since the last commit.
    dirty: AtomicBool,
    /// Whether the index failed, so that there is no use in going on.
    stopped: AtomicBool,
    error: Mutex<Option<IndexError>>,
    retries: Mutex<Vec<FileInWork>>,
    summary: Mutex<Summary>,
    on_event: &'a (dyn Fn(Event) + Sync),
}

/// A record and the file that it is of.
type Job = (Arc<FileInWork>, Record);

impl Run<'_> {
    /// Reads all files on this thread, while others make documents of their records.
    fn over(&self, options: &BuildOptions, mut known: Known) -> Result<(), IndexError> {
        let n_threads = options.n_threads.max(1);
        let (send, receive) = bounded::<Job>(WAITING_RECORDS * n_threads);
        std::thread::scope(|scope| {
            for _ in 0..n_threads {
                let receive = receive.clone();
                scope.spawn(move || self.work(&receive));
            }
            self.read_all(options, &mut known, &send);
            // The threads end when nothing more can come.
            drop(send);
        });
        loop {
            let again = std::mem::take(&mut *locked(&self.retries));
            if again.is_empty() {
                break;
            }
            for file in again {
                self.read_alone(file);
            }
        }
        self.forget_gone(options, &known)
    }

    fn read_all(&self, options: &BuildOptions, known: &mut Known, send: &Sender<Job>) {
        for found in walk(&options.paths) {
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
                    known.note_unlisted(&problem.path);
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
        let key = key_of(&file);
        if !known.meet(&key) {
            let reason = format!("another folder that was asked for has a file `{key}` too: rename one of them");
            self.count(&file.path, Outcome::Skipped, reason);
            return Ok(());
        }
        let remembered = known.source(&key);
        if let Some(source) = remembered
            && let Ok(state) = self.reader.state_hash(&file)
            && self.annotator.state(&state) == source.state
        {
            let outcome = match source.status {
                SourceStatus::Read => Outcome::Unchanged,
                SourceStatus::Partial => Outcome::Partial,
                SourceStatus::Skipped => Outcome::Skipped,
                SourceStatus::Failed => Outcome::Failed,
            };
            self.count(&file.path, outcome, source.reason.clone());
            return Ok(());
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

    /// Reads a file with all its documents on this thread.
    fn read_alone(&self, file: FileInWork) {
        let file = Arc::new(file);
        let mut lexicon = Lexicon::new();
        let report = self.reader.read(&file.file, &mut |record| {
            file.begin_record();
            self.make_document(&file, record, &mut lexicon);
            ControlFlow::Continue(())
        });
        file.progress().join(report);
        self.end_record(&file);
    }

    fn work(&self, jobs: &Receiver<Job>) {
        let mut lexicon = Lexicon::new();
        for (file, record) in jobs {
            if !self.stopped.load(Ordering::Relaxed) {
                self.make_document(&file, record, &mut lexicon);
            }
        }
    }

    /// Makes a document of a record and puts it into the index; a panic is a problem of the
    /// record and of no other.
    fn make_document(&self, file: &Arc<FileInWork>, record: Record, lexicon: &mut Lexicon) {
        let number = record.number();
        let made = catch_unwind(AssertUnwindSafe(|| self.index_record(file, record, lexicon)));
        match made {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.stop(error),
            Err(_) => {
                let reason = "the program failed on it: please report this".to_owned();
                file.progress().report.add(Problem { record: number, reason });
            }
        }
        self.end_record(file);
    }

    fn index_record(
        &self,
        file: &FileInWork,
        record: Record,
        lexicon: &mut Lexicon,
    ) -> Result<(), IndexError> {
        let ReadDocument { document, problems } = match record.into_document() {
            Ok(read) => read,
            Err(problem) => {
                file.progress().report.add(problem);
                return Ok(());
            }
        };
        let digest = self.annotator.digest(&document);
        {
            let mut progress = file.progress();
            if !progress.meet(document.id, document.metadata.source.record, digest) {
                return Ok(());
            }
            progress.report.n_documents += 1;
            problems.into_iter().for_each(|problem| progress.report.add(problem));
        }
        if file.known.get(&document.id) == Some(&digest) {
            return Ok(());
        }
        self.replace(file, lexicon, document, digest)?;
        self.commit_if_due()
    }

    fn replace(
        &self,
        file: &FileInWork,
        lexicon: &mut Lexicon,
        document: Document,
        digest: [u8; 16],
    ) -> Result<(), IndexError> {
        let annotated = self.annotator.annotate(lexicon, document);
        self.writer().replace(&annotated, &file.key, digest)?;
        file.progress().n_replaced += 1;
        self.dirty.store(true, Ordering::Relaxed);
        self.n_uncommitted.fetch_add(1, Ordering::Relaxed);
        (self.on_event)(Event::Document);
        Ok(())
    }

    /// Notes that a record is done; the last one ends the file.
    fn end_record(&self, file: &Arc<FileInWork>) {
        if file.end_record()
            && !self.stopped.load(Ordering::Relaxed)
            && let Err(error) = self.end_file(file)
        {
            self.stop(error);
        }
    }

    /// Takes what is gone from a file out of the index, remembers the file, and counts it.
    fn end_file(&self, file: &FileInWork) -> Result<(), IndexError> {
        if file.progress().report.changed_while_read && file.attempt < RETRIES {
            locked(&self.retries).push(file.again());
            return Ok(());
        }
        self.settle_clashes(file)?;
        let mut progress = file.progress();
        progress.sort_problems();
        if progress.report.changed_while_read {
            let reason = "it kept changing while it was read: run again once it is complete";
            progress.report.add(Problem::of_file(reason));
        }
        let status = progress.report.status();
        let reason = progress.report.reason();
        if status == Status::Failed {
            self.count(&file.file.path, Outcome::Failed, reason);
            return Ok(());
        }
        let gone: Vec<DocumentId> =
            file.known.keys().filter(|id| !progress.met.contains_key(id)).copied().collect();
        let writer = self.writer();
        gone.iter().for_each(|id| writer.remove(*id));
        writer.replace_source(&self.source_record(file, &progress.report, status, &reason))?;
        drop(writer);
        self.dirty.store(true, Ordering::Relaxed);
        let is_unchanged = file.remembered && progress.n_replaced == 0 && gone.is_empty();
        let outcome = match status {
            Status::Read if is_unchanged => Outcome::Unchanged,
            Status::Read => Outcome::Indexed,
            Status::Partial => Outcome::Partial,
            Status::Skipped => Outcome::Skipped,
            Status::Failed => Outcome::Failed,
        };
        self.count(&file.file.path, outcome, if status == Status::Read { String::new() } else { reason });
        Ok(())
    }

    /// Lets the first of several records of one id have it, whichever thread met it first.
    fn settle_clashes(&self, file: &FileInWork) -> Result<(), IndexError> {
        let clashes = std::mem::take(&mut file.progress().clashes);
        if clashes.is_empty() {
            return Ok(());
        }
        let mut lexicon = Lexicon::new();
        let mut first: HashMap<DocumentId, u64> = HashMap::new();
        let mut outcome = Ok(());
        let _ = self.reader.read(&file.file, &mut |record| {
            let line = record.number().unwrap_or(0);
            let Ok(ReadDocument { document, .. }) = record.into_document() else {
                return ControlFlow::Continue(());
            };
            if !clashes.contains(&document.id) {
                return ControlFlow::Continue(());
            }
            if let Some(earlier) = first.get(&document.id) {
                let reason = format!("has the same id as line {earlier}, which is kept: give each its own");
                file.progress().report.add(Problem { record: Some(line), reason });
                return ControlFlow::Continue(());
            }
            first.insert(document.id, line);
            let digest = self.annotator.digest(&document);
            outcome = self.replace(file, &mut lexicon, document, digest);
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        outcome
    }

    fn source_record(
        &self,
        file: &FileInWork,
        report: &FileReport,
        status: Status,
        reason: &str,
    ) -> SourceRecord {
        let file_state = self.reader.state_hash_of(&file.file, &report.file_hash);
        SourceRecord {
            key: file.key.clone(),
            path: file.file.path.to_string_lossy().into_owned(),
            state: self.annotator.state(&file_state),
            blake3: report.file_hash,
            status: match status {
                Status::Read => SourceStatus::Read,
                Status::Partial => SourceStatus::Partial,
                Status::Skipped => SourceStatus::Skipped,
                Status::Failed => SourceStatus::Failed,
            },
            reason: if status == Status::Read { String::new() } else { reason.to_owned() },
            n_documents: report.n_documents,
        }
    }

    /// Takes the documents of files that are not there any more out of the index.
    fn forget_gone(&self, options: &BuildOptions, known: &Known) -> Result<(), IndexError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(());
        }
        let roots: BTreeSet<String> = options.paths.iter().map(|path| root_of(path)).collect();
        for source in known.gone(&roots) {
            let writer = self.writer();
            for id in known.documents(&source.key)?.keys() {
                writer.remove(*id);
            }
            writer.remove_source(&source.key);
            self.dirty.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn commit_if_due(&self) -> Result<(), IndexError> {
        let due = |since: &Instant| {
            self.n_uncommitted.load(Ordering::Relaxed) >= DOCUMENTS_PER_COMMIT
                || since.elapsed() >= TIME_PER_COMMIT
        };
        let mut since = locked(&self.commits);
        if due(&since) {
            self.commit()?;
            *since = Instant::now();
        }
        Ok(())
    }

    fn commit(&self) -> Result<u64, IndexError> {
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        self.n_uncommitted.store(0, Ordering::Relaxed);
        self.dirty.store(false, Ordering::Relaxed);
        let n_documents = writer.commit()?;
        (self.on_event)(Event::Committed(n_documents));
        Ok(n_documents)
    }

    /// Commits what is left, and sums up.
    fn finish(self, options: &BuildOptions) -> Result<Summary, PipelineError> {
        if let Some(error) = locked(&self.error).take() {
            return Err(error.into());
        }
        let n_documents = if self.dirty.load(Ordering::Relaxed) {
            self.commit()?
        } else {
            onrecord_indexing::Reader::open(&options.index)?.n_documents()?
        };
        self.writer.into_inner().unwrap_or_else(PoisonError::into_inner).close()?;
        let mut summary = self.summary.into_inner().unwrap_or_else(PoisonError::into_inner);
        summary.documents = n_documents;
        summary.files.sort();
        summary.save(&options.index).map_err(|error| PipelineError::Summary {
            folder: options.index.clone(),
            error,
        })?;
        Ok(summary)
    }

    fn writer(&self) -> RwLockReadGuard<'_, Writer> {
        self.writer.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, path: &Path, outcome: Outcome, reason: String) {
        locked(&self.summary).add(path, outcome, reason);
        (self.on_event)(Event::File(outcome));
    }

    /// Ends the run because the index failed; the first error is the one to tell.
    fn stop(&self, error: IndexError) {
        self.stopped.store(true, Ordering::Relaxed);
        locked(&self.error).get_or_insert(error);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the key under which the index remembers a file.
fn key_of(file: &SourceFile) -> String {
    if file.relative.is_empty() {
        file.root.clone()
    } else {
        format!("{}/{}", file.root, file.relative)
    }
}
