//! Corrections: what the owner of a corpus knows better than its files.
//!
//! They stand in `corrections.toml`, are replayed in every run, and touch no file. A correction
//! that no longer fits is stale: it changes nothing, and is reported.

mod apply;
mod file;
mod text;

pub(crate) use apply::{Correcting, has_corrected_words, infer_corrected};
pub(crate) use text::correct_text;

use crate::IngestError;
use crate::metadata::Draft;
use crate::walk::root_of;
use file::CorrectionFile;
use onrecord_model::{DocumentId, Field};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The name of the corrections of a folder.
const CORRECTIONS_FILE: &str = "corrections.toml";

/// The corrections of a run, in the order written.
#[derive(Debug, Default)]
pub struct Ledger {
    corrections: Vec<Correction>,
    by_file: BTreeMap<String, Vec<usize>>,
    by_id: BTreeMap<DocumentId, Vec<usize>>,
}

/// One correction of one document.
#[derive(Debug)]
pub struct Correction {
    /// The file that it stands in.
    pub path: PathBuf,
    /// The 1-based line that it begins on.
    pub line: u64,
    /// The document, as it is named there; empty where it is not.
    pub document: String,
    /// The 1-based line or row of the document, where one is named.
    pub record: Option<u64>,
    /// What is to be changed, or why that cannot be understood.
    change: Result<Change, String>,
    why: String,
}

/// What a correction changes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    Field { field: Field, value: String },
    Text { find: String, replace: String },
}

/// What became of a correction in the reading of the document that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionOutcome {
    /// Its place among [`Ledger::corrections`].
    pub correction: usize,
    /// Why it is stale, a lower-case fragment; none where it is in force.
    pub stale: Option<String>,
}

impl Ledger {
    /// Reads the corrections of a run: the `corrections.toml` of each folder among `paths`, that
    /// beside each file among them, and `file`.
    ///
    /// A folder's own name their documents by the path below it; those of `file` by that path
    /// behind the name of the folder.
    ///
    /// # Errors
    /// When one of them cannot be read or understood: a run without it would undo what it corrected.
    pub fn load(paths: &[PathBuf], file: Option<&Path>) -> Result<Self, IngestError> {
        let mut ledger = Self::default();
        for path in paths {
            let root = root_of(path);
            if path.is_dir() {
                let key = |document: &str| Some(format!("{root}/{document}"));
                ledger.add_file(&path.join(CORRECTIONS_FILE), false, &key)?;
            } else if path.file_name().is_some() {
                let key = |document: &str| {
                    let (name, line) = document.split_at(document.len().min(root.len()));
                    let is_it = name == root && (line.is_empty() || line.starts_with('#'));
                    is_it.then(|| document.to_owned())
                };
                ledger.add_file(&path.with_file_name(CORRECTIONS_FILE), false, &key)?;
            }
        }
        if let Some(file) = file {
            ledger.add_file(file, true, &|document| Some(document.to_owned()))?;
        }
        ledger.refuse_contradictions();
        Ok(ledger)
    }

    /// Returns all corrections, in the order written.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Returns the places of the corrections that name a file, or a line of it, in order.
    ///
    /// `key` is the file's root, followed by `/` and its path below the root where there is one.
    pub fn of_file(&self, key: &str) -> &[usize] {
        self.by_file.get(key).map_or(&[], Vec::as_slice)
    }

    /// Visits the corrections that name a document by its id: the id, and their places in order.
    pub fn by_id(&self) -> impl Iterator<Item = (DocumentId, &[usize])> {
        self.by_id.iter().map(|(id, places)| (*id, places.as_slice()))
    }

    /// Returns a hash of corrections, that of what they say and not of where it stands.
    pub fn hash_of(&self, places: impl Iterator<Item = usize>) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut part = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for correction in places.filter_map(|place| self.corrections.get(place)) {
            let [kind, first, second] = match &correction.change {
                Ok(Change::Field { field, value }) => ["field", field.name(), value],
                Ok(Change::Text { find, replace }) => ["text", find, replace],
                Err(reason) => ["fault", reason, ""],
            };
            let document = &correction.document;
            [document, kind, first, second, &correction.why].into_iter().for_each(&mut part);
        }
        *hasher.finalize().as_bytes()
    }

    /// Returns the corrections of a document, with their places in order; `of_file` are those of
    /// its file.
    pub(crate) fn of_document(
        &self,
        of_file: &[usize],
        record: Option<u64>,
        id: DocumentId,
    ) -> Vec<(usize, &Correction)> {
        let by_id = self.by_id.get(&id).map_or(&[][..], Vec::as_slice);
        let places: BTreeSet<usize> = of_file.iter().chain(by_id).copied().collect();
        let named =
            places.into_iter().filter_map(|place| Some((place, self.corrections.get(place)?)));
        named
            .filter(|(place, correction)| by_id.contains(place) || correction.record == record)
            .collect()
    }

    fn add_file(
        &mut self,
        path: &Path,
        must_exist: bool,
        key_of: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), IngestError> {
        let fault = |reason: String| IngestError::Ledger { path: path.to_owned(), reason };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_exist => return Ok(()),
            read => read.map_err(|error| fault(error.to_string()))?,
        };
        let line_at = |at: usize| {
            let before = text.as_bytes().get(..at).unwrap_or_default();
            1 + before.iter().filter(|&&byte| byte == b'\n').count() as u64
        };
        let written: CorrectionFile = toml::from_str(&text).map_err(|error| {
            let line = error.span().map(|span| format!("line {}: ", line_at(span.start)));
            fault(format!("{}{}", line.unwrap_or_default(), error.message()))
        })?;
        for entry in written.correction {
            let line = line_at(Spanned::span(&entry).start);
            self.add(Correction::read(entry.into_inner(), path, line), key_of);
        }
        Ok(())
    }

    fn add(&mut self, mut correction: Correction, key_of: &dyn Fn(&str) -> Option<String>) {
        let place = self.corrections.len();
        if let Ok(id) = correction.document.parse() {
            self.by_id.entry(id).or_default().push(place);
        } else if correction.document.is_empty() {
            // It names nothing, and is reported as such.
        } else {
            let Some(key) = key_of(&correction.document) else { return };
            let mut file = key.as_str();
            if let Some((before, line)) = key.rsplit_once('#')
                && let Ok(line) = line.parse()
            {
                correction.record = Some(line);
                file = before;
            }
            self.by_file.entry(file.to_owned()).or_default().push(place);
        }
        self.corrections.push(correction);
    }

    /// Makes a second correction of the same field a fault, which of them is right nobody can say.
    fn refuse_contradictions(&mut self) {
        let mut first: BTreeMap<(String, Field), u64> = BTreeMap::new();
        for correction in &mut self.corrections {
            let Ok(Change::Field { field, .. }) = &correction.change else { continue };
            let field = *field;
            match first.get(&(correction.document.clone(), field)) {
                Some(line) => {
                    let reason = format!("line {line} corrects its {} already", field.name());
                    correction.change = Err(reason);
                }
                None => {
                    first.insert((correction.document.clone(), field), correction.line);
                }
            }
        }
    }
}

impl Correction {
    /// Returns why the correction cannot be in force whatever its document holds, if so.
    pub fn fault(&self) -> Option<&str> {
        self.change.as_ref().err().map(String::as_str)
    }

    fn read(entry: file::Entry, path: &Path, line: u64) -> Self {
        let document = entry.document.clone().unwrap_or_default();
        let document = document.trim().trim_start_matches("./").to_owned();
        let why = entry.why.as_deref().unwrap_or_default();
        let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
        let change = if document.is_empty() {
            Err("it names no document: write document = \"…\"".to_owned())
        } else if why.is_empty() {
            Err("it gives no reason: write why = \"…\"".to_owned())
        } else {
            entry.into_change()
        };
        Self { path: path.to_owned(), line, document, record: None, change, why }
    }
}

/// Checks a value for a field, and returns how it is shown.
fn checked(field: Field, value: &str) -> Result<Option<String>, String> {
    let mut draft = Draft::default();
    draft.correct(field, value)?;
    Ok(draft.shown(field))
}

#[cfg(test)]
mod tests;
