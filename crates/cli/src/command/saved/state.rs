//! What saved queries have reported: a file for each, beside the file of queries.

use crate::output::Sink;
use anyhow::{Context, Result, bail};
use onrecord_query::Reported;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The folder of what was reported, in the working folder: not in that of the index, which may be
/// deleted and built again.
const FOLDER: &str = "onrecord-alerts";

/// Held while what was reported, or what is saved, may change.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Makes the folder of what was reported, and keeps others from changing it.
///
/// # Errors
/// When another process holds it, or it cannot be written to.
pub(crate) fn lock() -> Result<Lock> {
    let folder = Path::new(FOLDER);
    let failed = || format!("cannot write in the folder `{FOLDER}`");
    fs::create_dir_all(folder).with_context(failed)?;
    let path = folder.join("lock");
    let mut options = File::options();
    let mut file = options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .with_context(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            if file.read_to_string(&mut holder).is_err() || holder.is_empty() {
                holder = "another process".to_owned();
            }
            bail!(
                "{holder} is reporting or saving queries in this folder\nwait for its end, then \
                 run the command again"
            );
        }
        Err(TryLockError::Error(error)) => return Err(error).with_context(failed),
    }
    let holder = format!("process {}", std::process::id());
    file.set_len(0).and_then(|()| file.write_all(holder.as_bytes())).with_context(failed)?;
    Ok(Lock { _file: file })
}

/// Reads what a query has reported; none where it was not asked before.
///
/// # Errors
/// When the file cannot be read, or is not what was written.
pub(crate) fn read(name: &str) -> Result<Option<Reported>> {
    let path = file_of(name);
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read.with_context(|| format!("cannot read `{}`", path.display()))?,
    };
    match Reported::from_bytes(&bytes) {
        Some(reported) => Ok(Some(reported)),
        None => bail!(
            "`{0}` is damaged: what `{name}` has reported is not known\nremove it to have all \
             reported again, or take all as known after that: onrecord alerts {name} --mark-seen",
            path.display()
        ),
    }
}

/// Notes what a query has reported, under the lock; the file before stays until this one is whole.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(_: &Lock, name: &str, reported: &Reported) -> Result<()> {
    let mut sink = Sink::open(Some(&file_of(name)))?;
    sink.write_all(&reported.to_bytes())?;
    sink.close()
}

/// Forgets what a query has reported, under the lock.
///
/// # Errors
/// When the file cannot be removed.
pub(super) fn remove(_: &Lock, name: &str) -> Result<()> {
    let path = file_of(name);
    match fs::remove_file(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.with_context(|| format!("cannot remove `{}`", path.display())),
    }
}

fn file_of(name: &str) -> PathBuf {
    Path::new(FOLDER).join(format!("{name}.reported"))
}
