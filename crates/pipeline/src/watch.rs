use crate::build::build_only;
use crate::{BuildOptions, Event, PipelineError, Summary};
use onrecord_ingest::{is_companion, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long a file must stay as it is to be read: longer than programs pause that write one.
const SETTLED: Duration = Duration::from_secs(2);

/// The shortest pause between two looks at all files. With [`SETTLED`] and the reading itself it
/// stays below the 5 s in which a change is to be seen.
const PAUSE: Duration = Duration::from_secs(1);

/// A pause is at least so many times as long as the look before it, so that a large folder keeps no
/// core busy.
const PAUSES_PER_LOOK: u32 = 3;

/// What a watch did at once.
#[derive(Debug)]
pub struct Batch {
    /// The files that were read, or looked at again because what stands beside them changed.
    pub files: BTreeSet<PathBuf>,
    /// How many files were gone.
    pub n_gone: usize,
    /// What became of all files, those included that did not change.
    pub summary: Summary,
}

/// Brings an index up to date with the files under some paths, and goes on doing so until
/// `on_batch` breaks off.
///
/// Files are told to have changed by their size and time of modification, and read once both have
/// stayed for two seconds. The first batch looks at all by their content, as [`build`](crate::build)
/// does. The index is open to other writers between two batches.
///
/// Where a file beside the texts changed, such as a list of persons, `refresh` is to take what the
/// options hold of it anew, or to say why it cannot.
///
/// # Errors
/// When the first batch fails, as [`build`](crate::build) does. What fails later is given to
/// `on_batch`, once if it is the same each time, and tried again.
pub fn watch(
    mut options: BuildOptions,
    refresh: &dyn Fn(&mut BuildOptions) -> Result<(), String>,
    on_event: &(dyn Fn(Event) + Sync),
    on_batch: &mut dyn FnMut(Result<Batch, PipelineError>) -> ControlFlow<()>,
) -> Result<(), PipelineError> {
    let mut watched = Watched::default();
    // Whether the next batch is to look at all files.
    let mut is_full = true;
    let mut is_first = true;
    let mut last_error = String::new();
    let mut looked = watched.look(&options);
    thread::sleep(SETTLED);
    loop {
        looked += watched.look(&options);
        let changes = watched.changes(Instant::now());
        if !changes.must_wait && (changes.is_any() || is_first) {
            let files = if is_full || changes.beside { watched.settled() } else { changes.files };
            let refreshed = if changes.beside && !is_first {
                refresh(&mut options).map_err(PipelineError::Beside)
            } else {
                Ok(())
            };
            match refreshed.and_then(|()| build_only(&options, Some(&files), on_event)) {
                Err(error) if is_first => return Err(error),
                Err(error) => {
                    let said = error.to_string();
                    if said != last_error && on_batch(Err(error)).is_break() {
                        return Ok(());
                    }
                    last_error = said;
                }
                Ok(summary) => {
                    // Stale corrections are found by reading what they name.
                    is_full =
                        changes.n_unsettled > 0 && is_full || !summary.stale_corrections.is_empty();
                    is_first = false;
                    last_error.clear();
                    watched.take(&changes.paths);
                    let batch = Batch { files, n_gone: changes.n_gone, summary };
                    if on_batch(Ok(batch)).is_break() {
                        return Ok(());
                    }
                }
            }
        }
        thread::sleep(PAUSE.max(looked * PAUSES_PER_LOOK));
        looked = Duration::ZERO;
    }
}

/// What tells that a file changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    n_bytes: u64,
    modified: Option<SystemTime>,
    opens: bool,
    /// Whether it describes documents and is none.
    is_beside: bool,
}

/// How a file was last seen: its stamp, or none where it is gone, and since when that is so.
#[derive(Clone, Copy, Debug)]
struct Seen {
    stamp: Option<Stamp>,
    since: Instant,
}

/// The files under the paths, as they are and as they were when the index took them.
#[derive(Debug, Default)]
struct Watched {
    seen: BTreeMap<PathBuf, Seen>,
    taken: BTreeMap<PathBuf, Stamp>,
}

/// What changed since the index took it, and stays as it is.
#[derive(Debug, Default)]
struct Changes {
    /// All paths that changed.
    paths: Vec<PathBuf>,
    /// The files to read among them.
    files: BTreeSet<PathBuf>,
    n_gone: usize,
    /// Whether something changed that describes documents.
    beside: bool,
    /// Files that changed and do not stay as they are.
    n_unsettled: usize,
    /// Whether one of them describes documents: to read these would take half of it.
    must_wait: bool,
}

impl Changes {
    fn is_any(&self) -> bool {
        !self.paths.is_empty()
    }
}

impl Watched {
    /// Looks at all files, and returns how long that took.
    fn look(&mut self, options: &BuildOptions) -> Duration {
        let start = Instant::now();
        let mut there = BTreeSet::new();
        let files = walk(&options.paths).except(&options.index).with_companions();
        for file in files.filter_map(Result::ok) {
            let is_asked_for = file.relative.is_empty();
            let is_beside = !is_asked_for && is_companion(&file.path);
            self.see(&file.path, is_beside, start);
            there.insert(file.path);
        }
        for path in beside(options) {
            self.see(&path, true, start);
            there.insert(path);
        }
        for (path, seen) in &mut self.seen {
            if seen.stamp.is_some() && !there.contains(path) {
                *seen = Seen { stamp: None, since: start };
            }
        }
        let taken = &self.taken;
        self.seen.retain(|path, seen| seen.stamp.is_some() || taken.contains_key(path));
        start.elapsed()
    }

    fn see(&mut self, path: &Path, is_beside: bool, now: Instant) {
        let stamp = fs::metadata(path).ok().map(|metadata| {
            let mut stamp = Stamp {
                n_bytes: metadata.len(),
                modified: metadata.modified().ok(),
                opens: true,
                is_beside,
            };
            // Opened only where it is not known as it is: it takes longer than looking.
            if self.taken.get(path) != Some(&stamp) {
                stamp.opens = File::open(path).is_ok();
            }
            stamp
        });
        let seen = self.seen.entry(path.to_owned()).or_insert(Seen { stamp, since: now });
        if seen.stamp != stamp {
            *seen = Seen { stamp, since: now };
        }
    }

    fn changes(&self, now: Instant) -> Changes {
        let mut changes = Changes::default();
        for (path, seen) in &self.seen {
            let taken = self.taken.get(path);
            if seen.stamp.as_ref() == taken {
                continue;
            }
            let is_beside = seen.stamp.as_ref().or(taken).is_some_and(|stamp| stamp.is_beside);
            if now.duration_since(seen.since) < SETTLED {
                changes.n_unsettled += 1;
                changes.must_wait |= is_beside;
                continue;
            }
            changes.paths.push(path.clone());
            if is_beside {
                changes.beside = true;
            } else if seen.stamp.is_none() {
                changes.n_gone += 1;
            } else {
                changes.files.insert(path.clone());
            }
        }
        changes
    }

    /// Returns the files that stay as they are.
    fn settled(&self) -> BTreeSet<PathBuf> {
        let now = Instant::now();
        let is_settled = |path: &Path, seen: &Seen| match &seen.stamp {
            Some(stamp) if stamp.is_beside => false,
            Some(stamp) => {
                self.taken.get(path) == Some(stamp) || now.duration_since(seen.since) >= SETTLED
            }
            None => false,
        };
        let settled = self.seen.iter().filter(|(path, seen)| is_settled(path, seen));
        settled.map(|(path, _)| path.clone()).collect()
    }

    /// Notes that the index took what changed.
    fn take(&mut self, paths: &[PathBuf]) {
        for path in paths {
            match self.seen.get(path).and_then(|seen| seen.stamp) {
                Some(stamp) => {
                    self.taken.insert(path.clone(), stamp);
                }
                None => {
                    self.taken.remove(path);
                }
            }
        }
    }
}

/// Lists what describes documents and lies outside the folders.
fn beside(options: &BuildOptions) -> Vec<PathBuf> {
    let named = options.corrections.iter().chain(&options.speakers);
    let mut paths: Vec<PathBuf> = named.cloned().collect();
    for path in options.paths.iter().filter(|path| path.is_file()) {
        paths.extend(["metadata.csv", "corrections.toml"].map(|name| path.with_file_name(name)));
        for name in [path.file_name(), path.file_stem()].into_iter().flatten() {
            let mut name = OsString::from(name);
            name.push(".meta.toml");
            paths.push(path.with_file_name(name));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_priorities::{Classifier, Taxonomy};
    use std::io::Write;

    fn options(folder: &Path, paths: Vec<PathBuf>) -> BuildOptions {
        let rules = Classifier::new(&Taxonomy::default_taxonomy());
        BuildOptions::new(folder.join("index"), paths, rules)
    }

    #[test]
    fn a_file_is_read_once_it_stays_and_only_then() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.txt");
        let options = options(folder.path(), vec![folder.path().into()]);
        let mut watched = Watched::default();
        let write = |words: &[u8]| {
            let mut file = File::options().create(true).append(true).open(&path).unwrap();
            file.write_all(words).unwrap();
        };
        let found = |changes: &Changes| (changes.files.len(), changes.n_gone, changes.n_unsettled);
        let later = |seconds| Instant::now() + Duration::from_secs(seconds);
        for words in [&b"We will"[..], b" dredge it."] {
            write(words);
            watched.look(&options);
            assert_eq!(found(&watched.changes(later(0))), (0, 0, 1));
        }
        let changes = watched.changes(later(2));
        assert_eq!(found(&changes), (1, 0, 0));
        watched.take(&changes.paths);
        watched.look(&options);
        assert_eq!(found(&watched.changes(later(9))), (0, 0, 0));
        fs::remove_file(&path).unwrap();
        watched.look(&options);
        assert_eq!(found(&watched.changes(later(0))), (0, 0, 1));
        let changes = watched.changes(later(2));
        assert_eq!(found(&changes), (0, 1, 0));
        watched.take(&changes.paths);
        watched.look(&options);
        assert!(watched.seen.is_empty() && watched.taken.is_empty());
    }

    #[test]
    fn what_stands_beside_documents_is_looked_at_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let asked_for = folder.path().join("speech.txt");
        for name in ["speech.txt", "metadata.csv", "speech.meta.toml", "fixes.toml"] {
            File::create(folder.path().join(name)).unwrap();
        }
        for paths in [vec![folder.path().into()], vec![asked_for.clone()]] {
            let mut options = options(folder.path(), paths);
            let mut watched = Watched::default();
            watched.look(&options);
            assert!(watched.changes(Instant::now()).must_wait, "half of it may be there");
            let changes = watched.changes(Instant::now() + SETTLED);
            assert!(changes.beside && changes.paths.len() >= 3, "{changes:?}");
            assert!(changes.files.contains(&asked_for));
            watched.take(&changes.paths);
            options.corrections = Some(folder.path().join("fixes.toml"));
            watched.look(&options);
            assert!(watched.changes(Instant::now() + SETTLED).beside);
        }
    }
}
