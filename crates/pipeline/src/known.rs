use onrecord_indexing::{IndexError, Reader, SourceRecord};
use onrecord_ingest::root_of;
use onrecord_model::DocumentId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// What the index held before the run.
pub(crate) struct Known {
    reader: Reader,
    sources: BTreeMap<String, SourceRecord>,
    /// The keys of sources that have documents and are not remembered: a run was ended while it
    /// was at them.
    unfinished: BTreeSet<String>,
    /// The sources that were met in this run.
    met: BTreeSet<String>,
    /// The keys of the folders and files that could not be listed.
    unlisted: Vec<String>,
}

impl Known {
    /// Reads what the index of a folder holds.
    pub(crate) fn load(index: &Path) -> Result<Self, IndexError> {
        let reader = Reader::open(index)?;
        let mut sources = BTreeMap::new();
        reader.for_each_source(|source| {
            sources.insert(source.key.clone(), source);
        })?;
        let unfinished = reader.source_keys(|key| !sources.contains_key(key))?;
        Ok(Self { reader, sources, unfinished, met: BTreeSet::new(), unlisted: Vec::new() })
    }

    /// Returns a folder that is in the index under the name of one of `paths`, is another one, and
    /// is still there, together with that path.
    pub(crate) fn namesake(&self, paths: &[PathBuf]) -> Option<(PathBuf, PathBuf)> {
        paths.iter().find_map(|path| {
            let root = root_of(path);
            let source = self.sources.values().find(|source| root_in(&source.key) == root)?;
            let n_below = source.key.split('/').count() - 1;
            let known = Path::new(&source.path).ancestors().nth(n_below)?.to_owned();
            let same = known.canonicalize().ok()? == path.canonicalize().ok()?;
            (!same).then(|| (known, path.clone()))
        })
    }

    /// Returns the index as it was.
    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Notes that a source is still there; false if it was met before.
    pub(crate) fn meet(&mut self, key: &str) -> bool {
        self.met.insert(key.to_owned())
    }

    /// Notes that what lies under a key could not be listed, so that none of it is taken for
    /// removed.
    pub(crate) fn note_unlisted(&mut self, key: String) {
        self.unlisted.push(key);
    }

    /// Returns what is remembered of a source.
    pub(crate) fn source(&self, key: &str) -> Option<&SourceRecord> {
        self.sources.get(key)
    }

    /// Returns the key of the source that a document is of, if the index holds it.
    pub(crate) fn source_of(&self, id: DocumentId) -> Result<Option<String>, IndexError> {
        match self.reader.head(id) {
            Ok(head) => Ok(Some(self.reader.document_at(head)?.source)),
            Err(IndexError::NoDocument(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the documents of a source with their digests.
    pub(crate) fn documents(&self, key: &str) -> Result<HashMap<DocumentId, [u8; 16]>, IndexError> {
        Ok(self.reader.documents_of_source(key)?.into_iter().collect())
    }

    /// Lists the keys of the sources under some roots that were not met.
    pub(crate) fn gone(&self, roots: &BTreeSet<String>) -> Vec<&String> {
        let is_unlisted = |key: &str| {
            self.unlisted.iter().any(|unlisted| {
                let below = key.strip_prefix(&**unlisted);
                below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
            })
        };
        let keys = self.sources.keys().chain(&self.unfinished);
        keys.filter(|key| roots.contains(root_in(key)) && !self.met.contains(*key))
            .filter(|key| !is_unlisted(key))
            .collect()
    }
}

/// Returns the part of a source's key that names the folder or file which was asked for.
fn root_in(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}
