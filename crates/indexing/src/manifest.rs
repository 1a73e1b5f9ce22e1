use crate::error::IndexError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The format of the folder; raised whenever an older version could misread it.
pub(crate) const FORMAT: u32 = 3;

/// The file that names the segments of the current commit.
pub(crate) const META_FILE: &str = "meta.json";

/// The line before the hash at the end of a manifest.
const SEAL_MARK: &str = "\nblake3 ";

/// What one commit of an index consists of: its files with their hashes, and what made them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the folder.
    pub format: u32,
    /// The version of the tool that wrote it.
    pub tool: String,
    /// What the entries were made with.
    pub description: Description,
    /// The files of the commit by name.
    pub files: BTreeMap<String, FileSeal>,
}

/// What the entries of an index were made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The name of the taxonomy.
    pub taxonomy: String,
    /// The hash of all that labels depend on, the taxonomy and weights, hexadecimal.
    pub taxonomy_blake3: String,
    /// The same apart: each taxonomy, with the weights that labelled by it.
    #[serde(default)]
    pub labelled_by: Vec<LabelSource>,
    /// Whether some labels may still be of another taxonomy: a run with a new one did not reach
    /// all documents.
    pub is_mixed: bool,
    /// The version of the text analysis.
    pub analysis: u32,
    /// The priorities that labels of the index may be of.
    pub priorities: Vec<PriorityName>,
    /// Whether quotations are in it, and the pairs of stems by which a half-remembered line is
    /// found.
    pub quotes: bool,
}

impl Description {
    /// Returns the priorities of the taxonomy, in its order, each with its place in the list.
    pub fn ranked(&self) -> Vec<(usize, &PriorityName)> {
        let mut ranked: Vec<(usize, &PriorityName)> =
            self.priorities.iter().enumerate().filter(|(_, known)| known.rank.is_some()).collect();
        ranked.sort_by_key(|(_, priority)| priority.rank);
        ranked
    }
}

/// A taxonomy that an index was labelled by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelSource {
    /// Its name.
    pub taxonomy: String,
    /// Its hash, hexadecimal.
    pub taxonomy_blake3: String,
    /// The hash of the weights learned for it, hexadecimal; none where rules labelled alone.
    pub weights_blake3: Option<String>,
}

/// A priority as an index remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityName {
    /// The id.
    pub id: String,
    /// The name to show.
    pub label: String,
    /// Its place in the taxonomy, counted from 0; none for one of an earlier taxonomy.
    pub rank: Option<u32>,
}

/// What a file held when it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeal {
    /// Its length.
    pub bytes: u64,
    /// Its BLAKE3 hash, hexadecimal.
    pub blake3: String,
}

impl FileSeal {
    /// Compares the contents of a file with what was written.
    ///
    /// # Errors
    /// When they differ.
    pub(crate) fn check(&self, file: &Path) -> Result<(), IndexError> {
        if hash_file(file)? == self.blake3 {
            Ok(())
        } else {
            Err(IndexError::damaged(file, "its contents are not those that were written"))
        }
    }
}

/// Hashes a file without holding it in memory; the hash is hexadecimal.
pub(crate) fn hash_file(path: &Path) -> Result<String, IndexError> {
    let file = fs::File::open(path).map_err(IndexError::io("read", path))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).map_err(IndexError::io("read", path))?;
    Ok(hasher.finalize().to_hex().to_string())
}

impl Manifest {
    /// Returns the name of the manifest that belongs to a `meta.json`.
    pub(crate) fn file_name(meta: &[u8]) -> String {
        let hash = blake3::hash(meta).to_hex();
        format!("manifest-{}.json", hash.get(..32).unwrap_or_default())
    }

    /// Writes the manifest with its own hash behind it.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        let hash = blake3::hash(&bytes).to_hex();
        bytes.extend_from_slice(SEAL_MARK.as_bytes());
        bytes.extend_from_slice(hash.as_bytes());
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads the manifest in `file`.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged, or has another format.
    pub(crate) fn read(file: &Path) -> Result<Self, IndexError> {
        let bytes = fs::read(file).map_err(IndexError::io("read", file))?;
        let body = sealed_body(&bytes)
            .ok_or_else(|| IndexError::damaged(file, "its contents do not match its hash"))?;
        let format: Format = parse(file, body)?;
        if format.format != FORMAT {
            let folder = file.parent().unwrap_or(file).to_owned();
            return Err(IndexError::Format { folder, found: format.format, expected: FORMAT });
        }
        parse(file, body)
    }

    /// Returns the manifests of a folder, in the order of their names.
    pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, IndexError> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).map_err(IndexError::io("list", folder))? {
            let path = entry.map_err(IndexError::io("list", folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_manifest(&name) {
                found.push(path);
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Tells whether a file is a manifest by its name.
pub(crate) fn is_manifest(name: &str) -> bool {
    name.starts_with("manifest-") && name.ends_with(".json")
}

/// The part of a manifest that every version can read.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

fn parse<T: serde::de::DeserializeOwned>(file: &Path, body: &[u8]) -> Result<T, IndexError> {
    serde_json::from_slice(body).map_err(|error| IndexError::damaged(file, error.to_string()))
}

/// Returns what the hash at the end covers, if it does match.
fn sealed_body(bytes: &[u8]) -> Option<&[u8]> {
    let seal_bytes = SEAL_MARK.len() + 64 + 1;
    let (body, seal) = bytes.split_at_checked(bytes.len().checked_sub(seal_bytes)?)?;
    let expected = format!("{SEAL_MARK}{}\n", blake3::hash(body).to_hex());
    (seal == expected.as_bytes()).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flip_of_a_manifest_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("manifest-0.json");
        let seal = FileSeal { bytes: 3, blake3: "00".into() };
        let manifest = Manifest {
            format: FORMAT,
            tool: "onrecord".into(),
            description: Description::default(),
            files: BTreeMap::from([("a.store".into(), seal)]),
        };
        let bytes = manifest.to_bytes().unwrap();
        fs::File::create(&file)
            .and_then(|mut f| std::io::Write::write_all(&mut f, &bytes))
            .unwrap();
        assert_eq!(Manifest::read(&file).unwrap(), manifest);
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert!(sealed_body(&flipped).is_none(), "byte {at}");
        }
    }
}
