use crate::{IngestError, Problem};
use onrecord_model::{Document, DocumentId};
use std::collections::BTreeMap;

/// The ids of the documents of a run, so that no two documents share one.
///
/// Documents must be admitted in the order of the corpus, for the first to keep the id.
#[derive(Debug, Default)]
pub struct Identities {
    places: BTreeMap<DocumentId, (u32, Option<u64>)>,
    files: Vec<String>,
}

impl Identities {
    /// Makes an empty register.
    pub fn new() -> Self {
        Self::default()
    }

    /// Admits a document, or refuses it where an earlier one has its id.
    ///
    /// # Errors
    /// [`IngestError::SameId`], which names the file and line of both.
    pub fn admit(&mut self, document: &Document) -> Result<(), IngestError> {
        let source = &document.metadata.source;
        let file = source.path.display().to_string();
        if let Some(&(first, record)) = self.places.get(&document.id) {
            let earlier = self.files.get(first as usize).map_or("", String::as_str);
            return Err(IngestError::SameId {
                first: place(earlier, record),
                second: place(&file, source.record),
            });
        }
        if self.files.last() != Some(&file) {
            self.files.push(file);
        }
        self.places.insert(document.id, (self.files.len() as u32 - 1, source.record));
        Ok(())
    }

    /// Admits a document as [`admit`](Self::admit) does, with a refusal as a problem of its line.
    pub fn check(&mut self, document: &Document) -> Result<(), Problem> {
        let record = document.metadata.source.record;
        self.admit(document).map_err(|error| Problem::of_record(record, error.to_string()))
    }
}

fn place(file: &str, record: Option<u64>) -> String {
    record.map_or_else(|| file.to_owned(), |record| format!("{file} line {record}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Metadata, Source};

    #[test]
    fn the_second_is_refused_with_both_named() {
        let document = |path: &str, record, native: &str| {
            let source = Source { path: path.into(), record, ..Source::default() };
            let metadata = Metadata { source, ..Metadata::default() };
            Document::new(DocumentId::new("r", "f", Some(native)), metadata, "x".into(), Vec::new())
        };
        let mut identities = Identities::new();
        assert!(identities.admit(&document("a.jsonl", Some(1), "x")).is_ok());
        assert!(identities.admit(&document("a.jsonl", Some(2), "y")).is_ok());
        let problem = identities.check(&document("a.jsonl", Some(7), "y")).unwrap_err();
        assert_eq!(problem.record, Some(7));
        assert_eq!(
            problem.reason,
            "a.jsonl line 2 and a.jsonl line 7 would have the same id: rename one of them"
        );
    }
}
