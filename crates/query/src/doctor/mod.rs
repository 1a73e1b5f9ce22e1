//! What is amiss with the documents of an index: gaps, doubts and repetitions.

mod names;

use crate::QueryError;
use names::Names;
use onrecord_indexing::{Address, DocumentRecord, Reader, SourceStatus};
use onrecord_model::{CivilDate, DocumentKind};
use std::collections::BTreeSet;

/// Dates before this year are doubted: speeches that were taken down word for word are younger.
const EARLIEST_YEAR: u16 = 1700;

/// What to look for.
#[derive(Clone, Debug)]
pub struct DoctorRequest {
    /// The day after which a date lies in the future.
    pub today: CivilDate,
    /// A document with fewer words of speech is nearly empty.
    pub min_words: u32,
    /// What the last run reports of files and corrections, in its order.
    pub last_run: Vec<Unread>,
    /// The names of the persons whom a roster tells apart.
    pub persons: BTreeSet<Box<str>>,
}

/// A file or correction that a run did not take whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// What became of it.
    pub check: Check,
    /// The file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Something that is amiss with a document or a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What was looked for.
    pub check: Check,
    /// The file.
    pub path: String,
    /// The line in it, in a file of many documents.
    record: Option<u64>,
    /// The document, where it is one.
    pub document_id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What was found.
    pub what: String,
}

/// What can be amiss, in the order of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Nobody is known whose words they are.
    NoSpeaker,
    /// There is no date.
    NoDate,
    /// There is no title.
    NoTitle,
    /// The date lies in the future.
    FutureDate,
    /// The date lies before the time of verbatim records.
    EarlyDate,
    /// A speaker may be the same person as one of another name.
    SeveralNames,
    /// Characters were lost in decoding.
    OddEncoding,
    /// There are hardly any words.
    NearEmpty,
    /// Another document has the same text.
    Duplicate,
    /// A file is in the index in part.
    PartialFile,
    /// A file is not in the index.
    SkippedFile,
    /// A file could not be read.
    FailedFile,
    /// A correction is not in force.
    StaleCorrection,
}

impl Check {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSpeaker => "no-speaker",
            Self::NoDate => "no-date",
            Self::NoTitle => "no-title",
            Self::FutureDate => "future-date",
            Self::EarlyDate => "early-date",
            Self::SeveralNames => "several-names",
            Self::OddEncoding => "odd-encoding",
            Self::NearEmpty => "near-empty",
            Self::Duplicate => "duplicate",
            Self::PartialFile => "partial-file",
            Self::SkippedFile => "skipped-file",
            Self::FailedFile => "failed-file",
            Self::StaleCorrection => "stale-correction",
        }
    }

    /// Returns what can be done about it.
    const fn hint(self) -> &'static str {
        match self {
            Self::NoSpeaker => {
                "if one person speaks, give `speaker` in a sidecar, metadata.csv or corrections.toml"
            }
            Self::NoDate => "give `date` in a sidecar, metadata.csv or corrections.toml",
            Self::NoTitle => "give `title` in a sidecar, metadata.csv or corrections.toml",
            Self::FutureDate | Self::EarlyDate => {
                "compare it with the file; correct `date` in corrections.toml"
            }
            Self::SeveralNames => "if it is one person, give one name everywhere",
            Self::OddEncoding => "save the file as UTF-8 from its original",
            Self::NearEmpty => "look whether the file holds the text or only points to it",
            Self::Duplicate => {
                "counts have it twice: take one out of the folder if it is one speech"
            }
            Self::PartialFile => "mend the file, or look whether what it lacks matters",
            Self::SkippedFile => "mend or convert the file, or leave it out by .ignore",
            Self::FailedFile => "see that it can be read, and run onrecord index again",
            Self::StaleCorrection => "mend the entry or take it out",
        }
    }
}

/// Reasons why a file was not taken whole, by words that they hold, and what can be done about it.
const HINTS_BY_REASON: [(&str, &str); 12] = [
    ("rows name no file", "mend the rows, or put the files back"),
    ("is no field:", "mend the key where it is given"),
    ("one array", "write one object a line into a .jsonl, or leave it out by .ignore"),
    ("symbolic link", "give the folder or file that it leads to, or leave it out by .ignore"),
    ("neither a file nor a folder", "leave it out by .ignore"),
    ("no text", "put the text in, or leave it out by .ignore"),
    ("no column named", "name the column of the text with --column"),
    (
        "does not exist in the calendar",
        "give `date` in a sidecar, metadata.csv or corrections.toml",
    ),
    ("is no date", "give `date` in a sidecar, metadata.csv or corrections.toml"),
    ("password", "save it without its password, or leave it out by .ignore"),
    ("error page of a web server", "fetch the page again, or leave it out by .ignore"),
    ("no reader for", "convert the file to a format that is read, or leave it out by .ignore"),
];

impl Finding {
    /// Returns what can be done about it: as its reason asks, else as its check does.
    pub fn hint(&self) -> &'static str {
        match self.check {
            Check::PartialFile | Check::SkippedFile => {
                let hint = HINTS_BY_REASON.iter().find(|(words, _)| self.what.contains(words));
                hint.map_or(self.check.hint(), |(_, hint)| hint)
            }
            Check::NoSpeaker if self.what.contains(DocumentKind::Transcript.name()) => {
                "list those who speak in speakers.toml, or give `speaker` if one person speaks"
            }
            Check::NoSpeaker
            | Check::NoDate
            | Check::NoTitle
            | Check::FutureDate
            | Check::EarlyDate
            | Check::SeveralNames
            | Check::OddEncoding
            | Check::NearEmpty
            | Check::Duplicate
            | Check::FailedFile
            | Check::StaleCorrection => self.check.hint(),
        }
    }
}

/// Looks through all documents of an index: by check, then path, line and id.
///
/// # Errors
/// When what the index holds is not what was written.
pub fn examine(reader: &Reader, request: &DoctorRequest) -> Result<Vec<Finding>, QueryError> {
    reader.check_contents()?;
    let mut examination = Examination {
        reader,
        request,
        findings: Vec::new(),
        names: Names::default(),
        texts: Vec::new(),
    };
    for head in reader.heads()? {
        examination.examine_document(head)?;
    }
    examination.find_several_names()?;
    examination.find_duplicates()?;
    examination.find_unread_files()?;
    let mut findings = examination.findings;
    findings.sort();
    Ok(findings)
}

/// Lists the files that the last run, or an earlier one of other folders, did not read whole.
pub(crate) fn unread_files(
    reader: &Reader,
    last_run: &[Unread],
) -> Result<BTreeSet<Unread>, QueryError> {
    let mut unread: BTreeSet<Unread> = last_run.iter().cloned().collect();
    reader.for_each_source(|source| {
        let check = match source.status {
            SourceStatus::Read => return,
            SourceStatus::Partial => Check::PartialFile,
            SourceStatus::Skipped => Check::SkippedFile,
        };
        unread.insert(Unread { check, path: source.path, reason: source.reason });
    })?;
    Ok(unread)
}

struct Examination<'a> {
    reader: &'a Reader,
    request: &'a DoctorRequest,
    findings: Vec<Finding>,
    names: Names,
    /// The hashes of the documents' texts.
    texts: Vec<([u8; 32], Address)>,
}

impl Examination<'_> {
    fn examine_document(&mut self, head: Address) -> Result<(), QueryError> {
        let document = self.reader.document_at(head)?;
        self.texts.push((document.text_blake3, head));
        self.examine_metadata(&document);
        let mut speakers: BTreeSet<Box<str>> = BTreeSet::new();
        speakers.extend(document.metadata.speaker.as_ref().map(|speaker| speaker.name.clone()));
        let (mut n_words, mut n_lost) = (0, 0);
        for ordinal in 0..document.n_passages {
            let passage = self.reader.passage(self.reader.passage_of(head, ordinal))?;
            n_words += passage.record.words;
            n_lost += passage.text.matches('\u{fffd}').count();
            speakers.extend(passage.record.speaker.map(|speaker| speaker.name));
        }
        if speakers.is_empty() && is_of_a_speaker(document.metadata.kind) {
            let kind = match document.metadata.kind {
                DocumentKind::Other => "document",
                kind @ (DocumentKind::Speech
                | DocumentKind::PressRelease
                | DocumentKind::FactSheet
                | DocumentKind::Transcript
                | DocumentKind::Testimony) => kind.name(),
            };
            let what = format!("a {kind} by nobody in particular");
            self.find(Check::NoSpeaker, &document, what);
        }
        let note = document.metadata.extra.get("encoding_note").cloned();
        let lost = (n_lost > 0).then(|| format!("characters U+FFFD in its text: {n_lost}"));
        if let Some(what) = note.or(lost) {
            self.find(Check::OddEncoding, &document, what);
        }
        if n_words < self.request.min_words {
            self.find(Check::NearEmpty, &document, format!("{n_words} words of speech"));
        }
        let place = (path_of(&document), record_of(&document), head);
        speakers.iter().for_each(|name| self.names.add(name, &place));
        Ok(())
    }

    fn examine_metadata(&mut self, document: &DocumentRecord) {
        let metadata = &document.metadata;
        match metadata.date {
            None => {
                let what = match metadata.extra.get("date") {
                    Some(written) => format!("`{written}` cannot be read as a date"),
                    None => "no date".to_owned(),
                };
                self.find(Check::NoDate, document, what);
            }
            Some(date) if date.first_day() > self.request.today.last_day() => {
                let what = format!("{date} is after {}", self.request.today);
                self.find(Check::FutureDate, document, what);
            }
            Some(date) if date.year() < EARLIEST_YEAR => {
                let what = format!("{date} is before {EARLIEST_YEAR}");
                self.find(Check::EarlyDate, document, what);
            }
            Some(_) => {}
        }
        if metadata.title.is_none() {
            self.find(Check::NoTitle, document, "no title".to_owned());
        }
    }

    fn find_several_names(&mut self) -> Result<(), QueryError> {
        for alike in std::mem::take(&mut self.names).alike(&self.request.persons) {
            let document = self.reader.document_at(alike.first)?;
            let documents = if alike.n_documents == 1 { "document" } else { "documents" };
            let others: Vec<String> = alike.others.iter().map(|name| format!("`{name}`")).collect();
            let what = format!(
                "`{}`, in {} {documents}, may be {}",
                alike.name,
                alike.n_documents,
                others.join(" or ")
            );
            self.find(Check::SeveralNames, &document, what);
        }
        Ok(())
    }

    /// Finds the documents whose text an earlier one has, by path and line.
    fn find_duplicates(&mut self) -> Result<(), QueryError> {
        let mut texts = std::mem::take(&mut self.texts);
        texts.sort_unstable();
        for same in texts.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            let mut documents = Vec::with_capacity(same.len());
            for (_, head) in same {
                documents.push(self.reader.document_at(*head)?);
            }
            documents.sort_by_key(|document| (path_of(document), record_of(document)));
            let mut documents = documents.into_iter();
            let Some(first) = documents.next() else { continue };
            let line = record_of(&first).map(|line| format!(" line {line}")).unwrap_or_default();
            let what = format!("the same text as {}{line}", path_of(&first));
            documents.for_each(|document| self.find(Check::Duplicate, &document, what.clone()));
        }
        Ok(())
    }

    fn find_unread_files(&mut self) -> Result<(), QueryError> {
        let unread = unread_files(self.reader, &self.request.last_run)?;
        self.findings.extend(unread.into_iter().map(|Unread { check, path, reason }| Finding {
            check,
            path,
            record: None,
            document_id: None,
            title: None,
            what: reason,
        }));
        Ok(())
    }

    fn find(&mut self, check: Check, document: &DocumentRecord, what: String) {
        self.findings.push(Finding {
            check,
            path: path_of(document),
            record: record_of(document),
            document_id: Some(document.id().to_string()),
            title: document.metadata.title.clone(),
            what,
        });
    }
}

fn path_of(document: &DocumentRecord) -> String {
    document.metadata.source.path.to_string_lossy().into_owned()
}

fn record_of(document: &DocumentRecord) -> Option<u64> {
    document.metadata.source.record
}

/// Tells whether documents of a kind are somebody's words, and not those of the body that puts
/// them out.
const fn is_of_a_speaker(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::FactSheet | DocumentKind::PressRelease => false,
        DocumentKind::Speech
        | DocumentKind::Transcript
        | DocumentKind::Testimony
        | DocumentKind::Other => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_fit_the_reason() {
        for (check, what, expected) in [
            (Check::SkippedFile, "a symbolic link, not followed", "that it leads to"),
            (Check::SkippedFile, "no text", "put the text in"),
            (Check::SkippedFile, "no reader for .xlsx yet", "convert the file"),
            (Check::SkippedFile, "rows name no file under the folder: `a`", "mend the rows"),
            (Check::SkippedFile, "damaged", "mend or convert"),
            (
                Check::PartialFile,
                "the date 2011-02-30 does not exist in the calendar",
                "give `date` in a sidecar",
            ),
            (Check::PartialFile, "2 fields under 3 columns", "mend the file"),
            (Check::NoSpeaker, "a transcript by nobody in particular", "speakers.toml"),
            (Check::NoSpeaker, "a speech by nobody in particular", "if one person speaks"),
            (Check::NoDate, "no text", "give `date`"),
        ] {
            let (path, what) = (String::new(), what.to_owned());
            let finding =
                Finding { check, path, record: None, document_id: None, title: None, what };
            assert!(finding.hint().contains(expected), "{}: {}", finding.what, finding.hint());
        }
    }
}
