use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The file in the index folder that keeps the summary of the last run.
const LAST_RUN_FILE: &str = "last_run.json";

/// What became of the files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Files that were found: the sum of the five below.
    pub seen: u64,
    /// Files of which something was put into the index or taken out of it.
    pub indexed: u64,
    /// Files that are in the index as they are.
    pub unchanged: u64,
    /// Files that are in the index in part.
    pub partial: u64,
    /// Files that are not in the index, for a reason that they give.
    pub skipped: u64,
    /// Files that could not be read; what an earlier run read of them stays in the index.
    pub failed: u64,
    /// Documents in the index after the run, those of other runs included.
    pub documents: u64,
    /// Corrections in force.
    pub corrections: u64,
    /// The corrections that are not, in the order written.
    pub stale_corrections: Vec<StaleCorrection>,
    /// The partial, skipped and failed files, by path.
    pub files: Vec<FileOutcome>,
}

/// What became of a file that was not read whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileOutcome {
    /// The file, as it was reached from the working folder.
    pub path: String,
    /// What became of it.
    pub status: Outcome,
    /// Why.
    pub reason: String,
}

/// A correction that does not fit any more, and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleCorrection {
    /// The file that it stands in.
    pub path: String,
    /// The 1-based line that it begins on.
    pub line: u64,
    /// The document, as it is named there.
    pub document: String,
    /// Why it is stale.
    pub reason: String,
}

/// What can become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is counted by the field of Summary of its name")]
pub enum Outcome {
    Indexed,
    Unchanged,
    Partial,
    Skipped,
    Failed,
}

impl Outcome {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indexed => "indexed",
            Self::Unchanged => "unchanged",
            Self::Partial => "partial",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

impl Summary {
    /// Tells whether every file is in the index whole, and every correction in force.
    pub fn is_whole(&self) -> bool {
        self.files.is_empty() && self.stale_corrections.is_empty()
    }

    pub(crate) fn add(&mut self, path: &Path, outcome: Outcome, reason: String) {
        self.seen += 1;
        let count = match outcome {
            Outcome::Indexed => &mut self.indexed,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Partial => &mut self.partial,
            Outcome::Skipped => &mut self.skipped,
            Outcome::Failed => &mut self.failed,
        };
        *count += 1;
        if !matches!(outcome, Outcome::Indexed | Outcome::Unchanged) {
            let path = path.to_string_lossy().into_owned();
            self.files.push(FileOutcome { path, status: outcome, reason });
        }
    }

    /// Reads the summary of the last run of an index; none where none was kept.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn load(index: &Path) -> io::Result<Option<Self>> {
        match fs::read(index.join(LAST_RUN_FILE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => Ok(Some(serde_json::from_slice(&read?)?)),
        }
    }

    /// Keeps the summary in the folder of the index.
    pub(crate) fn save(&self, index: &Path) -> io::Result<()> {
        fs::create_dir_all(index)?;
        let unfinished = index.join(format!("{LAST_RUN_FILE}.new"));
        let mut file = fs::File::create(&unfinished)?;
        serde_json::to_writer(&mut file, self)?;
        file.write_all(b"\n")?;
        fs::rename(unfinished, index.join(LAST_RUN_FILE))
    }
}
