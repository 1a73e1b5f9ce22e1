//! What is in a corpus: documents, words, dates, gaps, and the files that could not be read.

use crate::QueryError;
use crate::doctor::{Check, Unread, unread_files};
use crate::folding::Folding;
use crate::question::condition_of;
use crate::tally::of_speech;
use onrecord_indexing::{Address, Condition, DocumentRecord, IndexError, PassageColumns, Reader};
use onrecord_model::CivilDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A question for what a corpus holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CorpusRequest {
    /// A query for the passages to count.
    #[serde(alias = "filter", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Whether the documents behind the counts are asked for in their place.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub explode: bool,
}

/// Something that a corpus holds, or does not.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusRow {
    /// What it is.
    pub part: CorpusPart,
    /// Its name, or its path; none of all, and of what is not known.
    pub name: Option<String>,
    /// Why a file is not there, or in part.
    pub reason: Option<String>,
    /// What is in it; none of a file.
    pub counts: Option<CorpusCounts>,
}

/// What rows of a corpus are of, in the order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CorpusPart {
    /// All of it.
    All,
    /// A year.
    Year,
    /// Years without a document, between years that have some.
    Gap,
    /// What has no date.
    Undated,
    /// A kind of document.
    Kind,
    /// A language; no name where it is not known.
    Language,
    /// A speaker; no name for what is nobody's words in particular.
    Speaker,
    /// A file that is not in the index, or in part.
    File(Check),
}

/// How much is in a part of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorpusCounts {
    /// Documents.
    pub documents: u64,
    /// Of these, documents without a passage of speech.
    pub documents_without_speech: u64,
    /// Passages of speech.
    pub passages: u64,
    /// Words of speech.
    pub words: u64,
    /// Different speakers.
    pub speakers: u64,
    /// The earliest date.
    pub first_date: Option<CivilDate>,
    /// The latest date.
    pub last_date: Option<CivilDate>,
}

impl CorpusPart {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Year => "year",
            Self::Gap => "gap",
            Self::Undated => "no-date",
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Speaker => "speaker",
            Self::File(check) => check.name(),
        }
    }
}

/// A document of a corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusDocument {
    /// Its id.
    pub document_id: String,
    /// Its file.
    pub path: String,
    /// The line or row of it, in a file of many documents.
    pub record: Option<u64>,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<CivilDate>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// Its one voice.
    pub speaker: Option<String>,
    /// The body that put it out.
    pub issuer: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Passages of speech that were found.
    pub passages: u64,
    /// Their words.
    pub words: u64,
}

/// Counts what a corpus holds: all of it, its years with the gaps between them, its kinds,
/// languages and speakers, the most words first, and the files that are not in it, by path.
///
/// `last_run` is what the last run did not take whole.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn take_inventory(
    reader: &Reader,
    request: &CorpusRequest,
    last_run: &[Unread],
) -> Result<Vec<CorpusRow>, QueryError> {
    let mut inventory = Inventory::default();
    let condition = condition_of_request(reader, request)?;
    for_each_document(reader, &condition, &Folding::default(), |document, found| {
        inventory.add(document, found);
    })?;
    let mut rows = inventory.rows();
    rows.extend(unread_files(reader, last_run)?.into_iter().map(|unread| CorpusRow {
        part: CorpusPart::File(unread.check),
        name: Some(unread.path),
        reason: Some(unread.reason),
        counts: None,
    }));
    Ok(rows)
}

/// Counts what a condition finds, those documents apart that others stand for.
///
/// # Errors
/// When what the index holds is not what was written.
pub(crate) fn count_corpus(
    reader: &Reader,
    condition: &Condition,
    folding: &Folding,
) -> Result<CorpusCounts, QueryError> {
    let mut all = Part::default();
    for_each_document(reader, condition, folding, |document, found| {
        all.add(document, [found.passages, found.words]);
        all.speakers.extend(found.speakers.keys().flatten().cloned());
    })?;
    Ok(CorpusCounts { speakers: all.speakers.len() as u64, ..all.counts })
}

/// Lists the documents of a corpus, by id.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn list_documents(
    reader: &Reader,
    request: &CorpusRequest,
) -> Result<Vec<CorpusDocument>, QueryError> {
    let mut documents = Vec::new();
    let condition = condition_of_request(reader, request)?;
    for_each_document(reader, &condition, &Folding::default(), |document, found| {
        let metadata = &document.metadata;
        documents.push(CorpusDocument {
            document_id: document.id().to_string(),
            path: metadata.source.path.to_string_lossy().into_owned(),
            record: metadata.source.record,
            title: metadata.title.clone(),
            date: metadata.date,
            kind: metadata.kind.name(),
            speaker: metadata.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            issuer: metadata.issuer.clone(),
            language: metadata.language.clone(),
            passages: found.passages,
            words: found.words,
        });
    })?;
    documents.sort_by(|one, other| one.document_id.cmp(&other.document_id));
    Ok(documents)
}

/// What was found in a document.
#[derive(Default)]
struct FoundIn {
    passages: u64,
    words: u64,
    /// The passages and words of each speaker.
    speakers: BTreeMap<Option<Arc<str>>, [u64; 2]>,
}

impl FoundIn {
    fn add(&mut self, passage: &PassageColumns<'_>) {
        if passage.is_speech {
            self.passages += 1;
            self.words += passage.words;
            let [passages, words] = self.speakers.entry(passage.speaker.cloned()).or_default();
            *passages += 1;
            *words += passage.words;
        }
    }
}

/// Visits the documents of which a condition finds a passage, those apart that others stand for.
fn for_each_document(
    reader: &Reader,
    condition: &Condition,
    folding: &Folding,
    mut visit: impl FnMut(&DocumentRecord, &FoundIn),
) -> Result<(), QueryError> {
    let mut current: Option<(Address, FoundIn)> = None;
    let mut failed = None;
    let mut end = |ended: Option<(Address, FoundIn)>| -> Result<(), IndexError> {
        if let Some((head, found)) = ended.filter(|(head, _)| !folding.is_folded(*head)) {
            visit(&reader.document_at(head)?, &found);
        }
        Ok(())
    };
    reader.for_each_passage(condition, |passage| {
        if failed.is_some() {
            return;
        }
        if current.as_ref().is_none_or(|(head, _)| *head != passage.head) {
            failed = end(current.replace((passage.head, FoundIn::default()))).err();
        }
        if let Some((_, found)) = &mut current {
            found.add(passage);
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(end(current)?),
    }
}

/// Returns what passages meet that a request asks for: of a query those of speech, so that a document
/// that is found by its heading alone does not count as one without speech.
fn condition_of_request(reader: &Reader, request: &CorpusRequest) -> Result<Condition, QueryError> {
    reader.check_contents()?;
    Ok(match &request.query {
        None => Condition::All,
        Some(query) => of_speech(condition_of(reader, query)?),
    })
}

#[derive(Default)]
struct Inventory {
    all: Part,
    years: BTreeMap<u16, Part>,
    undated: Part,
    kinds: BTreeMap<&'static str, Part>,
    languages: BTreeMap<Option<String>, Part>,
    speakers: BTreeMap<Option<Arc<str>>, Part>,
}

#[derive(Default)]
struct Part {
    counts: CorpusCounts,
    speakers: BTreeSet<Arc<str>>,
}

impl Part {
    fn add(&mut self, document: &DocumentRecord, [passages, words]: [u64; 2]) {
        let counts = &mut self.counts;
        counts.documents += 1;
        counts.documents_without_speech += u64::from(passages == 0);
        counts.passages += passages;
        counts.words += words;
        if let Some(date) = document.metadata.date {
            counts.first_date = Some(counts.first_date.map_or(date, |first| first.min(date)));
            counts.last_date = counts.last_date.max(Some(date));
        }
    }

    fn into_row(mut self, part: CorpusPart, name: Option<String>) -> CorpusRow {
        self.counts.speakers = self.speakers.len() as u64;
        CorpusRow { part, name, reason: None, counts: Some(self.counts) }
    }
}

impl Inventory {
    fn add(&mut self, document: &DocumentRecord, found: &FoundIn) {
        let metadata = &document.metadata;
        let of_time = match metadata.date {
            Some(date) => self.years.entry(date.year()).or_default(),
            None => &mut self.undated,
        };
        let of_kind = self.kinds.entry(metadata.kind.name()).or_default();
        let of_language = self.languages.entry(metadata.language.clone()).or_default();
        for part in [&mut self.all, of_time, of_kind, of_language] {
            part.add(document, [found.passages, found.words]);
            part.speakers.extend(found.speakers.keys().flatten().cloned());
        }
        for (name, counts) in &found.speakers {
            let part = self.speakers.entry(name.clone()).or_default();
            part.add(document, *counts);
            part.speakers.extend(name.clone());
        }
    }

    fn rows(self) -> Vec<CorpusRow> {
        let mut rows = vec![self.all.into_row(CorpusPart::All, None)];
        let mut before: Option<u16> = None;
        for (year, part) in self.years {
            rows.extend(before.and_then(|before| gap(before, year)));
            rows.push(part.into_row(CorpusPart::Year, Some(format!("{year:04}"))));
            before = Some(year);
        }
        if self.undated.counts.documents > 0 {
            rows.push(self.undated.into_row(CorpusPart::Undated, None));
        }
        let kinds = self.kinds.into_iter();
        rows.extend(kinds.map(|(kind, part)| part.into_row(CorpusPart::Kind, Some(kind.into()))));
        let languages = self.languages.into_iter();
        rows.extend(languages.map(|(name, part)| part.into_row(CorpusPart::Language, name)));
        let mut speakers: Vec<(Option<Arc<str>>, Part)> = self.speakers.into_iter().collect();
        speakers.sort_by_key(|(_, part)| std::cmp::Reverse(part.counts.words));
        let speakers = speakers.into_iter().map(|(name, part)| {
            part.into_row(CorpusPart::Speaker, name.map(|name| name.to_string()))
        });
        rows.extend(speakers);
        rows
    }
}

/// Returns the years without a document between two that have some.
fn gap(before: u16, year: u16) -> Option<CorpusRow> {
    let (first, last) = (before + 1, year - 1);
    let name =
        if first == last { format!("{first:04}") } else { format!("{first:04} to {last:04}") };
    let counts = Some(CorpusCounts::default());
    (first <= last).then_some(CorpusRow {
        part: CorpusPart::Gap,
        name: Some(name),
        reason: None,
        counts,
    })
}
