use crate::error::IndexError;
use crate::manifest::{Description, FORMAT, FileSeal, META_FILE, Manifest};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The file in which tantivy lists what it may delete one day.
const MANAGED_FILE: &str = ".managed.json";

/// The ending of files that are put in place once they are whole.
const UNFINISHED: &str = "new";

/// A folder that hashes every file as it is written and seals each commit with a [`Manifest`].
///
/// `meta.json` names the segments of a commit. Before it changes, the manifest of its new bytes
/// is on disk; after it has changed, the folder is synced. So whatever `meta.json` is found
/// after a crash, the manifest that matches it says what its files must hold.
///
/// Locks of the engine are not taken: readers need none, because they open one snapshot and try
/// again if a file has gone meanwhile, and the one writer holds a lock of its own.
#[derive(Clone, Debug)]
pub(crate) struct SealedDirectory {
    files: MmapDirectory,
    mode: Mode,
}

#[derive(Clone, Debug)]
enum Mode {
    /// Reads the commit whose `meta.json` is given, whatever is written meanwhile.
    Read {
        meta: Arc<[u8]>,
    },
    Write {
        folder: PathBuf,
        seals: Arc<Mutex<Seals>>,
    },
}

/// The hashes of the files of the folder, and what describes its entries.
#[derive(Debug)]
struct Seals {
    description: Description,
    files: BTreeMap<String, FileSeal>,
}

impl SealedDirectory {
    /// Opens a folder to read the commit of the given `meta.json`.
    pub(crate) fn read(folder: &Path, meta: Arc<[u8]>) -> Result<Self, IndexError> {
        Ok(Self { files: open(folder)?, mode: Mode::Read { meta } })
    }

    /// Opens a folder to write to, whose files so far are those of `manifest`.
    pub(crate) fn write(
        folder: &Path,
        description: Description,
        manifest: Option<Manifest>,
    ) -> Result<Self, IndexError> {
        let files = manifest.map(|manifest| manifest.files).unwrap_or_default();
        let seals = Arc::new(Mutex::new(Seals { description, files }));
        let mode = Mode::Write { folder: folder.to_owned(), seals };
        Ok(Self { files: open(folder)?, mode })
    }

    /// Puts the manifest of a `meta.json` that is about to be written on disk.
    fn write_manifest(&self, folder: &Path, meta: &[u8], seals: &Mutex<Seals>) -> io::Result<()> {
        let seals = lock(seals);
        let live = live_files(meta, &seals.files)?;
        let files = seals.files.iter().filter(|(name, _)| live.contains(*name));
        let manifest = Manifest {
            format: FORMAT,
            tool: concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned(),
            description: seals.description.clone(),
            files: files.map(|(name, seal)| (name.clone(), seal.clone())).collect(),
        };
        let name = Manifest::file_name(meta);
        write_atomically(folder, Path::new(&name), &manifest.to_bytes()?)?;
        self.files.sync_directory()
    }

    /// Deletes the manifests that belong to neither of some `meta.json`s.
    fn delete_superseded(&self, folder: &Path, current: &[&[u8]]) {
        let keep: Vec<String> = current.iter().map(|meta| Manifest::file_name(meta)).collect();
        for path in Manifest::list(folder).unwrap_or_default() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !keep.contains(&name) {
                // What stays is garbage, not damage, and is tried again at the next commit.
                let _ = self.files.delete(Path::new(&name));
            }
        }
    }

    /// Takes over what the manifests to come say of the entries.
    pub(crate) fn describe(&self, description: &Description) {
        if let Mode::Write { seals, .. } = &self.mode {
            lock(seals).description.clone_from(description);
        }
    }

    /// Compares the files of a segment with what was written; there is nothing to compare where
    /// the folder is open for reading.
    ///
    /// # Errors
    /// Names the first file that differs.
    pub(crate) fn check_segment(&self, segment: &str) -> Result<(), IndexError> {
        let Mode::Write { folder, seals } = &self.mode else { return Ok(()) };
        let prefix = format!("{segment}.");
        let of_segment: Vec<(String, FileSeal)> = lock(seals)
            .files
            .range(prefix.clone()..)
            .take_while(|(name, _)| name.starts_with(&prefix))
            .map(|(name, seal)| (name.clone(), seal.clone()))
            .collect();
        of_segment.iter().try_for_each(|(name, seal)| seal.check(&folder.join(name)))
    }

    /// Removes what was not written to its end, once no other writes.
    pub(crate) fn delete_unfinished(&self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|extension| extension == UNFINISHED) {
                // What stays is garbage, and is tried again by the next writer.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Leaves no manifest but that of the last commit, once nothing is written any more.
    pub(crate) fn tidy(&self, folder: &Path) {
        if let Ok(meta) = self.files.atomic_read(Path::new(META_FILE)) {
            self.delete_superseded(folder, &[&meta]);
        }
    }
}

fn open(folder: &Path) -> Result<MmapDirectory, IndexError> {
    MmapDirectory::open(folder).map_err(|error| IndexError::Engine(error.into()))
}

/// Puts a file in place whole or not at all; who may read it is left to the folder, other than by
/// the engine's own way. There is one writer, so no other can be at the same name.
fn write_atomically(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!("{}.{UNFINISHED}", path.display()));
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(path))
}

fn lock(seals: &Mutex<Seals>) -> MutexGuard<'_, Seals> {
    // The map is whole at every instant, so a panic elsewhere does not spoil it.
    seals.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the known files that belong to the segments which a `meta.json` names.
fn live_files(meta: &[u8], known: &BTreeMap<String, FileSeal>) -> io::Result<BTreeSet<String>> {
    #[derive(serde::Deserialize)]
    struct Meta {
        segments: Vec<Segment>,
    }
    #[derive(serde::Deserialize)]
    struct Segment {
        segment_id: String,
        deletes: Option<Deletes>,
    }
    #[derive(serde::Deserialize)]
    struct Deletes {
        opstamp: u64,
    }
    let meta: Meta = serde_json::from_slice(meta)?;
    let mut live = BTreeSet::new();
    for segment in meta.segments {
        let prefix = segment.segment_id.replace('-', "") + ".";
        let deletions = segment.deletes.map(|deletes| format!("{prefix}{}.del", deletes.opstamp));
        let of_segment =
            known.range(prefix.clone()..).take_while(|(name, _)| name.starts_with(&prefix));
        live.extend(
            of_segment
                .map(|(name, _)| name.clone())
                .filter(|name| !name.ends_with(".del") || deletions.as_ref() == Some(name)),
        );
    }
    Ok(live)
}

impl Directory for SealedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        if let Mode::Write { seals, .. } = &self.mode {
            lock(seals).files.remove(&*path.to_string_lossy());
        }
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let Mode::Write { seals, .. } = &self.mode else {
            return Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()));
        };
        let name = path.to_string_lossy().into_owned();
        let (file, seals) = (self.files.open_write(path)?, Arc::clone(seals));
        let hasher = Box::new(blake3::Hasher::new());
        Ok(WritePtr::new(Box::new(HashingWriter { file: Some(file), hasher, name, seals })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match &self.mode {
            Mode::Read { meta } if path == Path::new(META_FILE) => Ok(meta.to_vec()),
            Mode::Read { .. } if path == Path::new(MANAGED_FILE) => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Mode::Read { .. } | Mode::Write { .. } => self.files.atomic_read(path),
        }
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let Mode::Write { folder, seals } = &self.mode else { return Err(read_only()) };
        if path != Path::new(META_FILE) {
            return write_atomically(folder, path, bytes);
        }
        let before = self.files.atomic_read(path).unwrap_or_default();
        self.write_manifest(folder, bytes, seals)?;
        write_atomically(folder, path, bytes)?;
        self.files.sync_directory()?;
        // A reader may have met the one before just now.
        self.delete_superseded(folder, &[bytes, &before]);
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "the index is open for reading only")
}

/// Hashes what goes into a file, and notes the hash when the file is complete.
struct HashingWriter {
    /// None once it is closed.
    file: Option<WritePtr>,
    hasher: Box<blake3::Hasher>,
    name: String,
    seals: Arc<Mutex<Seals>>,
}

impl Write for HashingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = self.file.as_mut().ok_or_else(closed)?;
        let n_written = file.write(bytes)?;
        self.hasher.update(bytes.get(..n_written).unwrap_or(bytes));
        Ok(n_written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl TerminatingWrite for HashingWriter {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.file.take().ok_or_else(closed)?.terminate()?;
        let seal = FileSeal {
            bytes: self.hasher.count(),
            blake3: self.hasher.finalize().to_hex().to_string(),
        };
        lock(&self.seals).files.insert(self.name.clone(), seal);
        Ok(())
    }
}

fn closed() -> io::Error {
    io::Error::other("the file is closed already")
}
