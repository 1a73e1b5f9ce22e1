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
    /// What it names; none where nothing is named.
    targets: Vec<Target>,
    /// What is to be changed, or why that cannot be understood.
    change: Result<Change, String>,
    why: String,
}

/// What a correction names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// A document by its id.
    Id(DocumentId),
    /// A file by its key, or the document of a line of it.
    Record(String, Option<u64>),
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
        for LedgerFile { path, must_exist, scopes } in ledger_files(paths, file) {
            ledger.add_file(&path, must_exist, &scopes)?;
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
        scopes: &[Scope],
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
            self.add(Correction::read(entry.into_inner(), path, line), scopes);
        }
        Ok(())
    }

    fn add(&mut self, mut correction: Correction, scopes: &[Scope]) {
        let place = self.corrections.len();
        if let Ok(id) = correction.document.parse() {
            self.by_id.entry(id).or_default().push(place);
            correction.targets.push(Target::Id(id));
        } else if correction.document.is_empty() {
            // It names nothing, and is reported as such.
        } else {
            let keys: BTreeSet<String> =
                scopes.iter().filter_map(|scope| scope.key_of(&correction.document)).collect();
            if keys.is_empty() {
                return;
            }
            for key in keys {
                let (file, record) = file_and_record(&key);
                correction.record = record;
                self.by_file.entry(file.to_owned()).or_default().push(place);
                correction.targets.push(Target::Record(file.to_owned(), record));
            }
        }
        self.corrections.push(correction);
    }

    /// Makes a second correction of the same field a fault, which of them is right nobody can say.
    ///
    /// Where one names the document by its path and the other by its id, that is found when the
    /// document is read.
    fn refuse_contradictions(&mut self) {
        let mut first: BTreeMap<(Target, Field), usize> = BTreeMap::new();
        for place in 0..self.corrections.len() {
            let Some(correction) = self.corrections.get(place) else { break };
            let Ok(Change::Field { field, .. }) = correction.change else { continue };
            let keys: Vec<_> =
                correction.targets.iter().map(|target| (target.clone(), field)).collect();
            let earlier = keys.iter().find_map(|key| first.get(key)).copied();
            let reason = earlier
                .and_then(|earlier| self.corrections.get(earlier))
                .map(|earlier| correction.contradicts(earlier, field));
            match (reason, self.corrections.get_mut(place)) {
                (Some(reason), Some(correction)) => correction.change = Err(reason),
                _ => first.extend(keys.into_iter().map(|key| (key, place))),
            }
        }
    }
}

/// A file of corrections that a run reads once, however many of its paths lead to it.
struct LedgerFile {
    path: PathBuf,
    must_exist: bool,
    scopes: Vec<Scope>,
}

/// Lists the files of corrections of a run: those of folders and beside files among `paths`, and
/// `file`.
fn ledger_files(paths: &[PathBuf], file: Option<&Path>) -> Vec<LedgerFile> {
    let beside = paths.iter().filter_map(|path| {
        let root = root_of(path);
        if path.is_dir() {
            Some((path.join(CORRECTIONS_FILE), false, Scope::Folder(root)))
        } else {
            path.file_name()?;
            Some((path.with_file_name(CORRECTIONS_FILE), false, Scope::File(root)))
        }
    });
    let asked_for = file.map(|file| (file.to_owned(), true, Scope::Paths));
    let mut files: Vec<LedgerFile> = Vec::new();
    let mut places: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (path, must_exist, scope) in beside.chain(asked_for) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.clone());
        let place = *places.entry(canonical).or_insert(files.len());
        match files.get_mut(place) {
            Some(known) => {
                known.must_exist |= must_exist;
                known.scopes.push(scope);
            }
            None => files.push(LedgerFile { path, must_exist, scopes: vec![scope] }),
        }
    }
    files
}

/// How the documents are named in a file of corrections.
enum Scope {
    /// By their path below the folder of this root.
    Folder(String),
    /// By the name of this one file that was asked for; others are not of the run.
    File(String),
    /// By root and path.
    Paths,
}

impl Scope {
    /// Returns the key of the file that a name stands for, with the line as it is written.
    fn key_of(&self, document: &str) -> Option<String> {
        match self {
            Self::Folder(root) => Some(format!("{root}/{document}")),
            Self::File(root) => {
                let behind = document.strip_prefix(root.as_str())?;
                (behind.is_empty() || behind.starts_with('#')).then(|| document.to_owned())
            }
            Self::Paths => Some(document.to_owned()),
        }
    }
}

/// Parts the key of a file from the line behind it: `speeches/rows.jsonl#7`.
fn file_and_record(key: &str) -> (&str, Option<u64>) {
    let parted = key.rsplit_once('#').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    parted.map_or((key, None), |(file, line)| (file, Some(line)))
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
        let targets = Vec::new();
        Self { path: path.to_owned(), line, document, record: None, targets, change, why }
    }

    /// Says that an earlier correction is of the same field of the same document.
    fn contradicts(&self, earlier: &Self, field: Field) -> String {
        let of_file = if earlier.path == self.path {
            String::new()
        } else {
            format!(" of {}", earlier.path.display())
        };
        format!("line {}{of_file} corrects its {} already", earlier.line, field.name())
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
