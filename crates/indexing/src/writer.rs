use crate::analysis::ANALYSIS;
use crate::budget::Budget;
use crate::directory::SealedDirectory;
use crate::entry::{document_entries, source_entry};
use crate::error::IndexError;
use crate::manifest::{Description, META_FILE, Manifest, PriorityName, is_manifest};
use crate::merges::{CheckedMerges, FirstDamage};
use crate::reader::{Reader, read_commit};
use crate::record::SourceRecord;
use crate::schema::{Fields, index_builder};
use crate::value::Entry;
use onrecord_model::{AnnotatedDocument, DocumentId};
use onrecord_text::{Lexicon, Words};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::indexer::UserOperation;
use tantivy::{IndexWriter, Term};

/// The file that the one writer of an index holds locked.
const LOCK_FILE: &str = "writer.lock";

/// The memory for entries that are not yet on disk, in bytes, for all threads together.
const MEMORY: usize = 120_000_000;

/// The most threads that write: with more, each would have less memory than the engine needs.
const MAX_THREADS: usize = 8;

/// The text of entries that wait to be indexed, in bytes.
const WAITING: usize = 2_000_000;

/// The one process that changes an index.
///
/// Documents may be replaced from several threads at once; nothing is seen by readers before a
/// commit.
pub struct Writer {
    folder: PathBuf,
    fields: Fields,
    description: Description,
    directory: SealedDirectory,
    writer: IndexWriter<Entry>,
    budget: Arc<Budget>,
    damage: FirstDamage,
    /// Held while operations are numbered and queued: the engine takes deletions for sorted by
    /// number; where two threads queued them the other way round, one could take away the document
    /// that was added behind it, or leave the one before it.
    order: Mutex<()>,
    /// Held as long as the writer lives.
    _lock: File,
}

impl Writer {
    /// Opens the index of a folder to change it, or makes a new one; `description` says what the
    /// entries to come are made with, `n_threads` how many threads write them.
    ///
    /// # Errors
    /// When another process writes to the index, the index has another format or is damaged, or
    /// the folder cannot be written to; when the index has quotations and the entries to come
    /// should have none. One without them stays so. Nothing that cannot be read is changed.
    pub fn open(
        folder: &Path,
        mut description: Description,
        n_threads: usize,
    ) -> Result<Self, IndexError> {
        fs::create_dir_all(folder).map_err(IndexError::io("create", folder))?;
        refuse_foreign(folder)?;
        let lock = lock(folder)?;
        let manifest = match read_commit(folder) {
            Ok((_, manifest)) => Some(manifest),
            Err(IndexError::Missing(_)) => None,
            Err(error) => return Err(error),
        };
        description.analysis = ANALYSIS;
        if let Some(Manifest { description: before, files, .. }) = &manifest {
            if !files.is_empty() {
                if before.quotes && !description.quotes {
                    return Err(IndexError::HasQuotes(folder.to_owned()));
                }
                description.quotes = before.quotes;
            }
            let is_new = before.taxonomy_blake3 != description.taxonomy_blake3;
            description.is_mixed = before.is_mixed || is_new && !files.is_empty();
            description.priorities = joined(&before.priorities, description.priorities);
        }
        let directory = SealedDirectory::write(folder, description.clone(), manifest)?;
        let exists = folder.join(META_FILE).exists();
        let mut index = if exists {
            tantivy::Index::open(directory.clone())?
        } else {
            index_builder().open_or_create(directory.clone())?
        };
        index.set_tokenizers(crate::analysis::tokenizers());
        let n_threads = n_threads.clamp(1, MAX_THREADS);
        let writer = index.writer_with_num_threads(n_threads, MEMORY)?;
        let damage = FirstDamage::default();
        writer.set_merge_policy(Box::new(CheckedMerges::new(directory.clone(), damage.clone())));
        let writer = Self {
            folder: folder.to_owned(),
            fields: Fields::declare().1,
            description,
            directory,
            writer,
            budget: Budget::new(WAITING),
            damage,
            order: Mutex::new(()),
            _lock: lock,
        };
        writer.start_after_last_commit()?;
        Ok(writer)
    }

    /// Makes a clean start: removes what a killed run left behind, and numbers the operations to
    /// come behind those of the last commit.
    ///
    /// The engine gives the first operation of an opened index the number of its last commit.
    /// Were it a deletion, joining segments of that commit would take it for one that belongs to
    /// it: carried out in some segments, passed over in others. And a list of deletions that was
    /// written for a commit which was not reached is in the way of one under the same number.
    fn start_after_last_commit(&self) -> Result<(), IndexError> {
        self.directory.delete_unfinished(&self.folder);
        self.writer.garbage_collect_files().wait()?;
        self.writer.run([])?;
        Ok(())
    }

    /// Puts a document into the index, instead of the one of its id if there is one.
    ///
    /// `words` are those of its passages in `lexicon`, `source` is the key of its source file,
    /// `digest` the hash of all that it was made from. The labels must be of priorities that the
    /// index was opened with.
    pub fn replace(
        &self,
        annotated: &AnnotatedDocument,
        words: &Words,
        lexicon: &Lexicon,
        source: &str,
        digest: [u8; 16],
    ) -> Result<(), IndexError> {
        let permit = Arc::new(self.budget.take(annotated.document.text().len()));
        let mut entries = document_entries(
            &self.fields,
            &self.description,
            words,
            lexicon,
            annotated,
            source,
            &digest,
        );
        entries.iter_mut().for_each(|entry| entry.hold(&permit));
        let mut operations = vec![UserOperation::Delete(self.document_term(annotated.document.id))];
        operations.extend(entries.into_iter().map(UserOperation::Add));
        self.queue(operations)
    }

    /// Hands operations over to the engine, those of one thread after those of another.
    fn queue(&self, operations: Vec<UserOperation<Entry>>) -> Result<(), IndexError> {
        let _order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        self.writer.run(operations)?;
        Ok(())
    }

    /// Takes a document out of the index.
    pub fn remove(&self, id: DocumentId) {
        let _order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        self.writer.delete_term(self.document_term(id));
    }

    /// Remembers a source file, instead of what was remembered of it.
    pub fn replace_source(&self, source: &SourceRecord) -> Result<(), IndexError> {
        let entry = source_entry(&self.fields, source);
        let delete = UserOperation::Delete(self.source_term(&source.key));
        self.queue(vec![delete, UserOperation::Add(entry)])
    }

    /// Forgets a source file; its documents stay.
    pub fn remove_source(&self, key: &str) {
        let _order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        self.writer.delete_term(self.source_term(key));
    }

    /// Tells whether entries hold quotations, and the pairs of stems that lines are looked up by.
    pub fn has_quotes(&self) -> bool {
        self.description.quotes
    }

    /// Tells whether labels may be of another taxonomy than the writer was opened with.
    pub fn is_mixed(&self) -> bool {
        self.description.is_mixed
    }

    /// Says that from the next commit on all labels are of the taxonomy that the writer was opened
    /// with.
    pub fn note_labelled(&mut self) {
        self.description.is_mixed = false;
        self.directory.describe(&self.description);
    }

    /// Makes all that was changed durable and visible at once; returns how many documents the
    /// index holds now.
    ///
    /// # Errors
    /// When writing failed, then the last commit stands; when files are damaged that were to be
    /// joined.
    pub fn commit(&mut self) -> Result<u64, IndexError> {
        self.writer.commit()?;
        if let Some(damage) = self.damage.take() {
            return Err(damage);
        }
        Reader::open(&self.folder)?.n_documents()
    }

    /// Waits for the work in the background, such as joining segments, to end.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    pub fn close(self) -> Result<(), IndexError> {
        self.writer.wait_merging_threads()?;
        self.directory.tidy(&self.folder);
        self.damage.take().map_or(Ok(()), Err)
    }

    fn document_term(&self, id: DocumentId) -> Term {
        Term::from_field_text(self.fields.document, &id.to_string())
    }

    fn source_term(&self, key: &str) -> Term {
        Term::from_field_text(self.fields.source_key, key)
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Puts the priorities of a taxonomy into the list that packed labels point into: those that the
/// list has keep their places, new ones follow, and those that the taxonomy has no more stay
/// without a rank.
fn joined(before: &[PriorityName], now: Vec<PriorityName>) -> Vec<PriorityName> {
    let mut all = before.to_vec();
    all.iter_mut().for_each(|priority| priority.rank = None);
    for priority in now {
        match all.iter_mut().find(|known| known.id == priority.id) {
            Some(known) => *known = priority,
            None => all.push(priority),
        }
    }
    all
}

/// Refuses a folder that is not an index and holds other things, which an index would be mixed
/// with; a hidden file or one that tells what the folder is for may be there.
fn refuse_foreign(folder: &Path) -> Result<(), IndexError> {
    if [LOCK_FILE, META_FILE].iter().any(|name| folder.join(name).exists()) {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(IndexError::io("list", folder))? {
        let entry = entry.map_err(IndexError::io("list", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_known = name.starts_with('.') || name.starts_with("README");
        if !is_known && !is_manifest(&name) {
            return Err(IndexError::Foreign { folder: folder.to_owned(), file: entry.path() });
        }
    }
    Ok(())
}

/// Locks a folder for this process, and writes into the lock who holds it.
fn lock(folder: &Path) -> Result<File, IndexError> {
    let path = folder.join(LOCK_FILE);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(IndexError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let read = file.read_to_string(&mut holder);
            if read.is_err() || holder.is_empty() {
                holder = "another process".to_owned();
            }
            return Err(IndexError::Locked { folder: folder.to_owned(), holder });
        }
        Err(TryLockError::Error(error)) => return Err(IndexError::io("lock", &path)(error)),
    }
    let holder = format!("process {}", std::process::id());
    file.set_len(0)
        .and_then(|()| file.write_all(holder.as_bytes()))
        .and_then(|()| file.sync_all())
        .map_err(IndexError::io("write", &path))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Block, BlockKind, Document, Metadata, Span};
    use tantivy::indexer::NoMergePolicy;

    fn open(folder: &Path) -> Writer {
        let writer = Writer::open(folder, Description::default(), 1).unwrap();
        writer.writer.set_merge_policy(Box::new(NoMergePolicy));
        writer
    }

    fn replace(writer: &Writer, name: &str, text: &str) {
        let span = Span::new(0, text.len() as u32);
        let blocks = vec![Block::new(span, BlockKind::Paragraph)];
        let document = Document::new(id(name), Metadata::default(), text.into(), blocks);
        let passages = onrecord_text::segment(&document);
        let mut lexicon = Lexicon::new();
        let words = Words::of(&document, &passages, &mut lexicon);
        let annotated = AnnotatedDocument { document, passages, quotes: vec![], labels: vec![] };
        writer.replace(&annotated, &words, &lexicon, name, [0; 16]).unwrap();
    }

    fn id(name: &str) -> DocumentId {
        DocumentId::new("speeches", name, None)
    }

    #[test]
    fn the_first_deletion_is_not_taken_for_one_of_the_last_commit() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = open(folder.path());
        for segment in ["one", "two"] {
            for of in ["a", "b", "c"] {
                replace(&writer, &format!("{segment} {of}"), "Of old.");
            }
            writer.commit().unwrap();
        }
        // So the deletions of the first segment are up to the last commit by its number.
        writer.remove(id("one a"));
        assert_eq!(writer.commit().unwrap(), 5);
        writer.close().unwrap();

        let mut writer = open(folder.path());
        replace(&writer, "one b", "New.");
        let mut segments = writer.writer.index().searchable_segment_metas().unwrap();
        segments.sort_by_key(tantivy::SegmentMeta::has_deletes);
        let ids: Vec<_> = segments.iter().map(tantivy::SegmentMeta::id).collect();
        writer.writer.merge(&ids).wait().unwrap();
        assert_eq!(Reader::open(folder.path()).unwrap().n_documents().unwrap(), 5);
        assert_eq!(writer.commit().unwrap(), 5);
    }

    #[test]
    fn what_a_killed_run_left_is_not_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = open(folder.path());
        for name in ["a", "b", "c"] {
            replace(&writer, name, "Of old.");
        }
        writer.commit().unwrap();
        writer.close().unwrap();

        let replace_one = |writer: &mut Writer| {
            replace(writer, "b", "New.");
            writer.commit()
        };
        let meta = fs::read(folder.path().join(META_FILE)).unwrap();
        let manifest = crate::manifest::Manifest::file_name(&meta);
        let kept = tempfile::tempdir().unwrap();
        for name in [META_FILE, &manifest] {
            fs::copy(folder.path().join(name), kept.path().join(name)).unwrap();
        }
        let mut writer = open(folder.path());
        replace_one(&mut writer).unwrap();
        drop(writer);
        // As if it had been killed before the commit was reached.
        for name in [META_FILE, &manifest] {
            fs::copy(kept.path().join(name), folder.path().join(name)).unwrap();
        }

        let mut writer = open(folder.path());
        assert_eq!(replace_one(&mut writer).unwrap(), 3);
    }

    #[test]
    fn damage_is_not_sealed_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = open(folder.path());
        for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i"] {
            replace(&writer, name, "Of old.");
            writer.commit().unwrap();
        }
        writer.close().unwrap();
        let columns = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let columns = columns.filter(|path| path.extension().is_some_and(|of| of == "fast")).min();
        let mut bytes = fs::read(columns.as_ref().unwrap()).unwrap();
        bytes[8] ^= 1;
        File::create(columns.unwrap()).unwrap().write_all(&bytes).unwrap();

        let mut writer = Writer::open(folder.path(), Description::default(), 1).unwrap();
        replace(&writer, "j", "New.");
        let committed = writer.commit();
        let closed = writer.close();
        assert!([committed.map(|_| ()), closed].iter().any(Result::is_err));
        assert_eq!(crate::verify(folder.path()).unwrap().1.len(), 1);
    }

    #[test]
    fn a_folder_of_other_files_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        File::create(folder.path().join("README.md")).unwrap();
        open(folder.path()).close().unwrap();
        let other = tempfile::tempdir().unwrap();
        File::create(other.path().join("speech.txt")).unwrap();
        let refused = Writer::open(other.path(), Description::default(), 1);
        assert!(matches!(refused, Err(IndexError::Foreign { .. })));
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_run_killed_before_the_first_commit_left_no_index() {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).close().unwrap();
        fs::remove_file(folder.path().join(META_FILE)).unwrap();
        assert!(matches!(Reader::open(folder.path()), Err(IndexError::Missing(_))));
        let mut writer = open(folder.path());
        replace(&writer, "a", "New.");
        assert_eq!(writer.commit().unwrap(), 1);
        writer.close().unwrap();

        fs::remove_file(folder.path().join(META_FILE)).unwrap();
        assert!(matches!(Reader::open(folder.path()), Err(IndexError::Damaged { .. })));
    }
}
