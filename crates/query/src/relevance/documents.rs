use crate::QueryError;
use onrecord_indexing::{IndexError, Reader};
use onrecord_model::DocumentId;
use std::collections::{BTreeMap, BTreeSet};

/// The documents of an index that judgements name.
///
/// A judgement names a document by its own id (`_id` or `id`) in its file, or by the id that
/// onrecord shows. The index knows the ids of its documents and the files that they came from, and
/// an id is made of both names: so it is made again for each of the files, and looked up.
#[derive(Debug)]
pub(super) struct JudgedDocuments {
    by_name: BTreeMap<String, DocumentId>,
}

impl JudgedDocuments {
    /// Looks up documents by name.
    ///
    /// # Errors
    /// When one may be either of two, or the index cannot be read.
    pub(super) fn find(reader: &Reader, names: &BTreeSet<&str>) -> Result<Self, QueryError> {
        let mut sources = BTreeSet::new();
        reader.for_each_source(|source| {
            if source.n_documents > 0 {
                sources.insert(source.key);
            }
        })?;
        let mut by_name = BTreeMap::new();
        for &name in names {
            let mut found: Option<(DocumentId, &str)> = None;
            if let Ok(id) = name.parse()
                && is_held(reader, id)?
            {
                found = Some((id, "the index"));
            }
            for source in &sources {
                let (root, below) = source.split_once('/').unwrap_or((source, ""));
                let id = DocumentId::new(root, below, Some(name));
                if !is_held(reader, id)? {
                    continue;
                }
                if let Some((_, first)) = found {
                    return Err(QueryError::TwoDocuments {
                        name: name.to_owned(),
                        first: first.to_owned(),
                        second: source.clone(),
                    });
                }
                found = Some((id, source));
            }
            if let Some((id, _)) = found {
                by_name.insert(name.to_owned(), id);
            }
        }
        Ok(Self { by_name })
    }

    /// Returns the document of a name; none where the index does not hold it.
    pub(super) fn get(&self, name: &str) -> Option<DocumentId> {
        self.by_name.get(name).copied()
    }

    /// Tells whether the index holds the document of a name.
    pub(super) fn hold(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }
}

fn is_held(reader: &Reader, id: DocumentId) -> Result<bool, QueryError> {
    match reader.head(id) {
        Ok(_) => Ok(true),
        Err(IndexError::NoDocument(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
