//! Hashes that tell whether a file needs to be read again.

use crate::metadata::companions::Companions;
use crate::report::IngestError;
use crate::{READER_VERSION, Reader, SourceFile};
use std::fs::File;
use std::io;
use std::path::Path;

/// Returns the BLAKE3 hash of a file's bytes, in flat memory.
///
/// # Errors
/// What the file system says.
pub fn hash_file(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(*hasher.finalize().as_bytes())
}

impl Reader {
    /// Returns a hash of all that the documents of a file depend on: the file's bytes, its
    /// sidecar, its row of `metadata.csv`, this reader's version and its options.
    ///
    /// # Errors
    /// [`IngestError::Io`] where the file cannot be read; a companion that cannot be read is
    /// hashed as such.
    pub fn state_hash(&self, file: &SourceFile) -> Result<[u8; 32], IngestError> {
        let content = hash_file(&file.path)
            .map_err(|source| IngestError::Io { path: file.path.clone(), source })?;
        Ok(self.state_of(file, &content, &self.companions(file)))
    }

    /// Returns the hash of [`state_hash`](Self::state_hash) for a file whose bytes hash to
    /// `content`.
    pub fn state_hash_of(&self, file: &SourceFile, content: &[u8; 32]) -> [u8; 32] {
        self.state_of(file, content, &self.companions(file))
    }

    fn state_of(&self, file: &SourceFile, content: &[u8; 32], given: &Companions) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(READER_VERSION.as_bytes());
        part(content);
        part(file.root.as_bytes());
        part(file.relative.as_bytes());
        for (column, field) in &self.options().columns {
            part(column.as_bytes());
            part(field.as_bytes());
        }
        part(b"given");
        for (key, value) in &given.fields {
            part(key.as_bytes());
            part(value.as_bytes());
        }
        for problem in &given.problems {
            part(problem.reason.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}
