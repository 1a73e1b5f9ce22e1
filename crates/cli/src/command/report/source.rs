use super::drafts;
use crate::args::Global;
use crate::command::doctor::last_run;
use crate::command::{index_folder, open_reader};
use anyhow::Result;
use onrecord_indexing::Reader;
use onrecord_query::{Fingerprint, Unread, check_labels, take_fingerprint};
use onrecord_report::{About, CheckedDraft, Report, about};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The version of the program.
pub(super) const TOOL: &str = env!("CARGO_PKG_VERSION");

/// The index that reports are made from, open and checked once for all of them.
pub(super) struct Index {
    pub(super) reader: Reader,
    pub(super) fingerprint: Fingerprint,
    n_documents: u64,
    folder: PathBuf,
}

impl Index {
    pub(super) fn open(global: &Global) -> Result<Self> {
        let reader = open_reader(global)?;
        check_labels(&reader)?;
        Ok(Self {
            fingerprint: take_fingerprint(&reader)?,
            n_documents: reader.n_documents()?,
            reader,
            folder: index_folder(global)?,
        })
    }

    /// Says what a report is and how it was made.
    pub(super) fn about(&self, report: &Report) -> About {
        about(report, &self.fingerprint, self.n_documents, TOOL)
    }
}

/// What goes into a report beside the index.
#[derive(Default)]
pub(super) struct Inputs {
    /// What the last run did not take whole.
    pub(super) last_run: Vec<Unread>,
    /// The drafts that were checked.
    pub(super) drafts: Vec<CheckedDraft>,
    /// By name, the hashes of all of it, hexadecimal.
    pub(super) hashes: BTreeMap<String, String>,
}

impl Inputs {
    /// Reads what a report needs; its own file, among drafts, is none of them.
    pub(super) fn read(index: &Index, report: &Report, own: Option<&Path>) -> Result<Self> {
        let mut inputs = Self::default();
        match report {
            Report::Corpus(_) => {
                inputs.last_run = last_run(&index.folder)?;
                let hash = blake3::hash(format!("{:?}", inputs.last_run).as_bytes());
                let name = "files and corrections that the last run did not take whole";
                inputs.hashes.insert(name.to_owned(), hash.to_hex().to_string());
            }
            Report::Check(report) => {
                (inputs.drafts, inputs.hashes) = drafts::check(&index.reader, report, own)?;
            }
            Report::Priorities(_)
            | Report::Mentions(_)
            | Report::Labels(_)
            | Report::Quotes(_)
            | Report::Coverage(_)
            | Report::Compare(_)
            | Report::Overview(_) => {}
        }
        Ok(inputs)
    }
}
