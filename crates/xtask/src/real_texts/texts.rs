//! The folder of real texts and its parts, and copies of them to work on.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The folder of real texts; any part of it may be missing.
#[derive(Debug)]
pub(crate) struct RealTexts {
    folder: PathBuf,
}

impl RealTexts {
    /// Takes the folder, made absolute so that programs started elsewhere find it.
    ///
    /// # Errors
    /// Where the working folder is gone.
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        let folder = std::path::absolute(folder)
            .with_context(|| format!("{} is not a path", folder.display()))?;
        Ok(Self { folder })
    }

    /// Says whether the folder is missing, in the words of a reason to skip.
    pub(crate) fn missing(&self) -> Option<String> {
        (!self.folder.is_dir()).then(|| format!("{} is no folder", self.folder.display()))
    }

    /// Returns the part if it is there, else says in words that it is missing.
    ///
    /// # Errors
    /// The reason to give for skipping.
    pub(crate) fn part(&self, name: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(name);
        if path.exists() { Ok(path) } else { Err(format!("{} is missing", path.display())) }
    }
}

/// Lists the `.txt` files under a folder, ordered by path.
///
/// # Errors
/// Where a folder cannot be read.
pub(crate) fn text_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = fs::read_dir(&next).with_context(|| format!("cannot read {next:?}"))?;
        for entry in entries {
            let path = entry.with_context(|| format!("cannot read {next:?}"))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Counts the lines that are not blank in a gzipped file.
///
/// # Errors
/// Where the file cannot be read or unpacked.
pub(crate) fn count_gzipped_lines(path: &Path) -> Result<u64> {
    let file = fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut n_lines = 0;
    for line in BufReader::new(GzDecoder::new(file)).split(b'\n') {
        let line = line.with_context(|| format!("cannot unpack {}", path.display()))?;
        n_lines += u64::from(!line.trim_ascii().is_empty());
    }
    Ok(n_lines)
}

/// Writes a file of a temporary folder.
///
/// # Errors
/// Where it cannot be written.
#[expect(clippy::disallowed_methods, reason = "temporary inputs need not be written atomically")]
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Copies files into a folder as `doc0001.txt`, `doc0002.txt` and so on, in the order given.
///
/// # Errors
/// Where a file cannot be copied.
pub(crate) fn copy_under_neutral_names(files: &[PathBuf], folder: &Path) -> Result<()> {
    for (position, file) in files.iter().enumerate() {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        // Written rather than copied: a copy would inherit read-only permissions.
        write(&folder.join(neutral_name(position)), &bytes)?;
    }
    Ok(())
}

/// Names the file at a 0-based position without telling anything of what it holds.
pub(crate) fn neutral_name(position: usize) -> String {
    format!("doc{:04}.txt", position + 1)
}
