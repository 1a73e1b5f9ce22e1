use onrecord_indexing::{IndexError, Reader, SourceRecord};
use onrecord_ingest::root_of;
use onrecord_model::DocumentId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// What the index held before the run.
pub(crate) struct Known {
    reader: Reader,
    sources: BTreeMap<String, SourceRecord>,
    /// The sources that were met in this run.
    met: BTreeSet<String>,
    /// The folders and files that could not be listed.
    unlisted: Vec<PathBuf>,
}

impl Known {
    /// Reads what the index of a folder holds.
    pub(crate) fn load(index: &Path) -> Result<Self, IndexError> {
        let reader = Reader::open(index)?;
        let mut sources = BTreeMap::new();
        reader.for_each_source(|source| {
            sources.insert(source.key.clone(), source);
        })?;
        Ok(Self { reader, sources, met: BTreeSet::new(), unlisted: Vec::new() })
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

    /// Returns a source that no path of the run reaches, if the index was labelled with another
    /// taxonomy than the one of the given hash.
    pub(crate) fn labelled_otherwise(&self, hash: &str, paths: &[PathBuf]) -> Option<String> {
        if self.reader.manifest().description.taxonomy_blake3 == hash {
            return None;
        }
        let roots: BTreeSet<String> = paths.iter().map(|path| root_of(path)).collect();
        self.sources.keys().find(|key| !roots.contains(root_in(key))).cloned()
    }

    /// Notes that a source is still there; false if it was met before.
    pub(crate) fn meet(&mut self, key: &str) -> bool {
        self.met.insert(key.to_owned())
    }

    /// Notes that what lies under a path could not be listed, so that none of it is taken for
    /// removed.
    pub(crate) fn note_unlisted(&mut self, path: &Path) {
        self.unlisted.push(path.to_owned());
    }

    /// Returns what is remembered of a source.
    pub(crate) fn source(&self, key: &str) -> Option<&SourceRecord> {
        self.sources.get(key)
    }

    /// Returns the documents of a source with their digests.
    pub(crate) fn documents(&self, key: &str) -> Result<HashMap<DocumentId, [u8; 16]>, IndexError> {
        Ok(self.reader.documents_of_source(key)?.into_iter().collect())
    }

    /// Lists the sources under some roots that were not met.
    pub(crate) fn gone(&self, roots: &BTreeSet<String>) -> Vec<&SourceRecord> {
        self.sources
            .values()
            .filter(|source| {
                roots.contains(root_in(&source.key)) && !self.met.contains(&source.key)
            })
            .filter(|source| {
                !self.unlisted.iter().any(|path| Path::new(&source.path).starts_with(path))
            })
            .collect()
    }
}

/// Returns the part of a source's key that names the folder or file which was asked for.
fn root_in(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}
