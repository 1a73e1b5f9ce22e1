//! What the threads of a run are at, kept on disk while they are: a run that is ended in the
//! middle leaves word of it, so that a document which ends every run is left out at last.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

/// Runs that a document may end before it is left out. One or two may have been ended by the user
/// just when it was read; the same document three times is no chance.
pub(crate) const MAX_ATTEMPTS: u32 = 3;

/// The beginning of the names of the files, one for each thread.
const PREFIX: &str = "reading-";

/// A document that a thread began to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Reading {
    /// The key of its file.
    key: String,
    /// Its line or row, in a file of many.
    record: Option<u64>,
}

/// The documents at which earlier runs were ended, and how often.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    folder: PathBuf,
    before: BTreeMap<Reading, u32>,
}

impl Attempts {
    /// Reads what earlier runs left in the folder of the index.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut before = BTreeMap::new();
        for path in files_in(folder) {
            // An empty file is of a thread that had nothing to do, and one that cannot be
            // understood of a run that was ended while it wrote: neither says anything.
            let left = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            if let Some((reading, n_attempts)) = left {
                before.insert(reading, n_attempts);
            }
        }
        Self { folder: folder.to_owned(), before }
    }

    /// Returns where a thread is to note what it is at; the number is the thread's own.
    pub(crate) fn of_thread(&self, number: usize) -> ThreadAttempts<'_> {
        let path = self.folder.join(format!("{PREFIX}{number}"));
        ThreadAttempts { attempts: self, path, file: None, n_bytes: 0 }
    }

    /// Removes what the threads noted, once all of them are done.
    pub(crate) fn clear(&self) {
        // What stays is read again by the next run, and says nothing then.
        files_in(&self.folder).for_each(|path| drop(fs::remove_file(path)));
    }
}

fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        .map(|entry| entry.path())
}

/// Where one thread notes what it is at.
pub(crate) struct ThreadAttempts<'a> {
    attempts: &'a Attempts,
    path: PathBuf,
    file: Option<File>,
    /// The length of the file: what is noted is padded to it, since to cut a file off for each
    /// document takes longer than to write over it.
    n_bytes: usize,
}

impl ThreadAttempts<'_> {
    /// Notes that a document is begun; false where too many runs have ended at it.
    ///
    /// That it cannot be noted is no reason not to read it.
    pub(crate) fn begin(&mut self, key: &str, record: Option<u64>) -> bool {
        let reading = Reading { key: key.to_owned(), record };
        let n_before = self.attempts.before.get(&reading).copied().unwrap_or(0);
        if n_before >= MAX_ATTEMPTS {
            return false;
        }
        if let Ok(bytes) = serde_json::to_vec(&(reading, n_before + 1)) {
            self.note(bytes);
        }
        true
    }

    /// Notes that the document is done.
    pub(crate) fn end(&mut self) {
        // A blank over the bracket that it begins with: what is left says nothing.
        self.write(b" ");
    }

    fn note(&mut self, mut bytes: Vec<u8>) {
        if self.file.is_none() {
            self.file = File::create(&self.path).ok();
            self.n_bytes = 0;
        }
        self.n_bytes = self.n_bytes.max(bytes.len());
        bytes.resize(self.n_bytes, b' ');
        self.write(&bytes);
    }

    fn write(&mut self, bytes: &[u8]) {
        let Some(file) = &mut self.file else { return };
        if file.rewind().and_then(|()| file.write_all(bytes)).is_err() {
            self.file = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_three_runs_is_left_out_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for run in 0..5 {
            let attempts = Attempts::of(folder.path());
            let mut thread = attempts.of_thread(0);
            assert!(thread.begin("a/good.txt", None));
            thread.end();
            assert!(thread.begin("a/many.jsonl", Some(6)), "another line of the file");
            thread.end();
            // The run ends here, and says nothing of it.
            assert_eq!(thread.begin("a/many.jsonl", Some(7)), run < 3, "run {run}");
            if run >= 3 {
                return attempts.clear();
            }
        }
    }

    #[test]
    fn a_run_that_ends_well_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let attempts = Attempts::of(folder.path());
        let mut threads = [attempts.of_thread(0), attempts.of_thread(1)];
        assert!(threads.iter_mut().all(|thread| thread.begin("a/one.txt", None)));
        threads[0].end();
        attempts.clear();
        assert_eq!(files_in(folder.path()).count(), 0);
        assert!(Attempts::of(folder.path()).before.is_empty());
    }
}
