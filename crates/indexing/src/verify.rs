use crate::error::IndexError;
use crate::manifest::{META_FILE, Manifest, hash_file};
use crate::reader::{read_commit, unless_changed};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of an index that does not hold what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file.
    pub file: PathBuf,
    /// What such a file holds.
    pub holds: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

/// Reads every file of the last commit and compares it with what was written; returns how many
/// files were read, and the damaged ones by name.
///
/// # Errors
/// When there is no index in the folder, or it has another format.
pub fn verify(folder: &Path) -> Result<(usize, Vec<Damage>), IndexError> {
    unless_changed(
        folder,
        |read: &Result<(usize, Vec<Damage>), IndexError>| {
            read.as_ref().is_ok_and(|(_, damages)| damages.is_empty())
        },
        || verify_once(folder),
    )
}

fn verify_once(folder: &Path) -> Result<(usize, Vec<Damage>), IndexError> {
    let mut damages = Vec::new();
    let manifest = match read_commit(folder) {
        Ok((_, manifest)) => Some(manifest),
        Err(IndexError::Damaged { file, reason }) => {
            damages.push(damage(&file, reason));
            stand_in(folder)?
        }
        Err(IndexError::Io { path, error, .. }) => {
            damages.push(damage(&path, error.to_string()));
            stand_in(folder)?
        }
        Err(error) => return Err(error),
    };
    let files = manifest.map(|manifest| manifest.files).unwrap_or_default();
    for (name, seal) in &files {
        let file = folder.join(name);
        let reason = match hash_file(&file) {
            Ok(hash) if hash == seal.blake3 => continue,
            Ok(_) => match fs::metadata(&file).map(|metadata| metadata.len()) {
                Ok(bytes) if bytes != seal.bytes => {
                    format!("it has {bytes} bytes, {} were written", seal.bytes)
                }
                Ok(_) | Err(_) => "its contents are not those that were written".to_owned(),
            },
            Err(error) => error.to_string(),
        };
        damages.push(damage(&file, reason));
    }
    // The manifest and the file that it belongs to were read as well.
    Ok((files.len() + 2, damages))
}

/// Finds a sound manifest to go on with where the one of the last commit cannot be told.
fn stand_in(folder: &Path) -> Result<Option<Manifest>, IndexError> {
    let manifests = Manifest::list(folder)?;
    Ok(manifests.iter().rev().find_map(|file| Manifest::read(file).ok()))
}

fn damage(file: &Path, reason: String) -> Damage {
    Damage { file: file.to_owned(), holds: holds(file), reason }
}

/// Says what a file of an index holds.
fn holds(file: &Path) -> &'static str {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match file.extension().unwrap_or_default().to_str().unwrap_or_default() {
        "store" => "the text of passages and the records of documents",
        "term" => "the dictionary of words",
        "idx" => "which passages hold which words",
        "pos" => "where in a passage its words stand",
        "fast" => "the columns for counts, dates and order",
        "fieldnorm" => "the lengths of passages",
        "del" => "which entries are deleted",
        "json" if name == META_FILE => "which files make up the last commit",
        "json" => "the hashes of all files of a commit",
        _ => "a part of the index",
    }
}
