use crate::BuildOptions;
use crate::build::{Event, PipelineError};
use crate::corrections::{Outcomes, note};
use crate::file::FileInWork;
use crate::known::Known;
use crate::run::{Run, failure, locked};
use crate::summary::{Outcome, Summary};
use onrecord_indexing::{IndexError, SourceRecord, SourceStatus};
use onrecord_ingest::{FileReport, Problem, ReadDocument, Record, Status, root_of};
use onrecord_model::DocumentId;
use onrecord_text::Lexicon;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// The most documents, but for those in work, between two commits.
const DOCUMENTS_PER_COMMIT: u64 = 4_000;

/// The longest time between two commits while documents arrive.
const TIME_PER_COMMIT: Duration = Duration::from_secs(20);

/// How often a file is read again that changes while it is read, or that the system hinders.
const RETRIES: u32 = 2;

impl Run<'_> {
    /// Notes that a record is done; the last one ends the file.
    pub(crate) fn end_record(&self, file: &Arc<FileInWork>) {
        if file.end_record()
            && !self.stopped.load(Ordering::Relaxed)
            && let Err(error) = self.end_file(file)
        {
            self.stop(error);
        }
    }

    /// Takes what is gone from a file out of the index, remembers the file, and counts it.
    fn end_file(&self, file: &FileInWork) -> Result<(), IndexError> {
        if file.progress().is_to_be_read_again() && file.attempt < RETRIES {
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
        let reason = progress.report.reason();
        if progress.report.failed {
            // What was not reached of it is not gone, and it is to be read again.
            self.count(&file.file.path, Outcome::Failed, reason);
            return Ok(());
        }
        let status = progress.report.status();
        let gone: Vec<DocumentId> =
            file.known.keys().filter(|id| !progress.met.contains_key(id)).copied().collect();
        let writer = self.writer();
        gone.iter().for_each(|id| writer.remove(*id));
        let corrections = std::mem::take(&mut progress.corrections);
        let source = self.source_record(file, &progress.report, status, &reason, corrections);
        writer.replace_source(&source)?;
        drop(writer);
        let is_unchanged = file.remembered && progress.n_replaced == 0 && gone.is_empty();
        let outcome = match status {
            Status::Read if is_unchanged => Outcome::Unchanged,
            Status::Read => Outcome::Indexed,
            Status::Partial | Status::Failed => Outcome::Partial,
            Status::Skipped => Outcome::Skipped,
        };
        drop(progress);
        self.count(
            &file.file.path,
            outcome,
            if status == Status::Read { String::new() } else { reason },
        );
        self.note_change()
    }

    /// Lets the first of several records of one id have it, whichever thread met it first.
    fn settle_clashes(&self, file: &FileInWork) -> Result<(), IndexError> {
        let clashes = std::mem::take(&mut file.progress().clashes);
        if clashes.is_empty() {
            return Ok(());
        }
        let mut lexicon = self.annotator.lexicon();
        let mut first: HashMap<DocumentId, u64> = HashMap::new();
        let mut outcome = Ok(());
        let again = self.reader.read(&file.file, &mut |record| {
            let number = record.number();
            let settled = catch_unwind(AssertUnwindSafe(|| {
                self.settle(file, record, &clashes, &mut first, &mut lexicon)
            }));
            outcome = settled.unwrap_or_else(|_| {
                lexicon = self.annotator.lexicon();
                file.progress().report.add(failure(number));
                Ok(())
            });
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let mut progress = file.progress();
        progress.report.failed |= again.failed;
        progress.report.changed_while_read |= again.changed_while_read;
        outcome
    }

    /// Puts the document of a record into the index if it is the first of its id.
    fn settle(
        &self,
        file: &FileInWork,
        record: Record,
        clashes: &BTreeSet<DocumentId>,
        first: &mut HashMap<DocumentId, u64>,
        lexicon: &mut Lexicon,
    ) -> Result<(), IndexError> {
        let line = record.number().unwrap_or(0);
        let Ok(read) = record.into_document() else { return Ok(()) };
        let ReadDocument { document, corrections, .. } = read;
        if !clashes.contains(&document.id) {
            return Ok(());
        }
        if let Some(earlier) = first.get(&document.id) {
            let reason =
                format!("has the same id as line {earlier}, which is kept: give each its own");
            file.progress().report.add(Problem::of_record(Some(line), reason));
            return Ok(());
        }
        first.insert(document.id, line);
        note(&mut file.progress().corrections, corrections);
        let document = self.annotator.identify(document);
        let digest = self.annotator.digest(&document);
        self.replace(file, lexicon, document, digest)
    }

    fn source_record(
        &self,
        file: &FileInWork,
        report: &FileReport,
        status: Status,
        reason: &str,
        corrections: Outcomes,
    ) -> SourceRecord {
        let file_state = self.reader.state_hash_of(&file.file, &report.file_hash);
        SourceRecord {
            key: file.key.clone(),
            path: file.file.path.to_string_lossy().into_owned(),
            state: self.corrections.settle(
                &file.key,
                corrections,
                report.n_documents,
                self.annotator.state(&file_state),
            ),
            blake3: report.file_hash,
            status: match status {
                Status::Read => SourceStatus::Read,
                Status::Partial | Status::Failed => SourceStatus::Partial,
                Status::Skipped => SourceStatus::Skipped,
            },
            reason: if status == Status::Read { String::new() } else { reason.to_owned() },
            n_documents: report.n_documents,
        }
    }

    /// Takes the documents of files that are not there any more out of the index.
    pub(crate) fn forget_gone(
        &self,
        options: &BuildOptions,
        known: &Known,
    ) -> Result<(), IndexError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(());
        }
        let roots: BTreeSet<String> = options.paths.iter().map(|path| root_of(path)).collect();
        for key in known.gone(&roots) {
            let writer = self.writer();
            known.documents(key)?.into_keys().for_each(|id| writer.remove(id));
            writer.remove_source(key);
            drop(writer);
            self.note_change()?;
        }
        Ok(())
    }

    /// Notes that the index was changed, and commits if it is time to; the caller holds no writer.
    pub(crate) fn note_change(&self) -> Result<(), IndexError> {
        self.dirty.store(true, Ordering::Relaxed);
        self.commit_if_due()
    }

    /// Commits what was changed if it is time to.
    pub(crate) fn commit_if_due(&self) -> Result<(), IndexError> {
        let due = |since: &Instant| {
            self.dirty.load(Ordering::Relaxed)
                && (self.n_uncommitted.load(Ordering::Relaxed) >= DOCUMENTS_PER_COMMIT
                    || since.elapsed() >= TIME_PER_COMMIT)
        };
        let mut since = locked(&self.commits);
        if due(&since) {
            self.commit()?;
            *since = Instant::now();
        }
        Ok(())
    }

    pub(crate) fn commit(&self) -> Result<u64, IndexError> {
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        self.n_uncommitted.store(0, Ordering::Relaxed);
        self.dirty.store(false, Ordering::Relaxed);
        let n_documents = writer.commit()?;
        (self.on_event)(Event::Committed(n_documents));
        Ok(n_documents)
    }

    /// Commits what is left, and sums up.
    pub(crate) fn finish(self, options: &BuildOptions) -> Result<Summary, PipelineError> {
        if let Some(error) = locked(&self.error).take() {
            return Err(error.into());
        }
        let n_documents = if self.dirty.load(Ordering::Relaxed) {
            self.commit()?
        } else {
            onrecord_indexing::Reader::open(&options.index)?.n_documents()?
        };
        self.attempts.clear();
        self.writer.into_inner().unwrap_or_else(PoisonError::into_inner).close()?;
        let mut summary = self.summary.into_inner().unwrap_or_else(PoisonError::into_inner);
        summary.documents = n_documents;
        summary.files.sort();
        self.corrections.sum_up(&mut summary);
        summary
            .save(&options.index)
            .map_err(|error| PipelineError::Summary { folder: options.index.clone(), error })?;
        Ok(summary)
    }
}
