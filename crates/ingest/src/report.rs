//! What became of a file.

use std::io;
use std::path::PathBuf;

/// Why a file or a companion of it cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Corrections cannot be read or understood.
    #[error("cannot read the corrections `{}`: {reason}\nmend them first: a run without them would undo what they corrected", path.display())]
    Ledger {
        /// Their file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Two documents have the same id.
    #[error("{} and {} would have the same id: rename one of them", first, second)]
    SameId {
        /// Where the first one came from.
        first: String,
        /// Where the second one came from.
        second: String,
    },
}

/// Something in a file that could not be kept as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The 1-based line, row or record, in files of many documents.
    pub record: Option<u64>,
    /// What is wrong, a lower-case fragment naming the value and the limit.
    pub reason: String,
    /// Whether it lies in the machine and not in the file: reading may go well the next time.
    pub is_passing: bool,
}

impl Problem {
    /// Makes a problem of a whole file.
    pub fn of_file(reason: impl Into<String>) -> Self {
        Self::of_record(None, reason)
    }

    /// Makes a problem of a line, row or record.
    pub fn of_record(record: Option<u64>, reason: impl Into<String>) -> Self {
        Self { record, reason: reason.into(), is_passing: false }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(record) = self.record {
            write!(f, "line {record}: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// How a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Every document of it was kept whole.
    Read,
    /// Documents were kept, but something was lost or doubtful.
    Partial,
    /// Nothing was kept, for a reason that lies in the file.
    Skipped,
    /// It could not be read.
    Failed,
}

impl Status {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partial => "partial",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// Documents kept.
    pub n_documents: u64,
    /// What went wrong, in the order found; at most [`FileReport::MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// Problems in all, with those not kept.
    pub n_problems: u64,
    /// Whether the system stopped the reading, so that it may go well another time.
    pub failed: bool,
    /// BLAKE3 of the file's bytes; zeros where it could not be read.
    pub file_hash: [u8; 32],
    /// Whether the file's length or time changed while it was read: its records are not to be
    /// trusted, and it should be read again.
    pub changed_while_read: bool,
}

impl FileReport {
    /// Problems kept per file; the others are only counted.
    pub const MAX_PROBLEMS: usize = 1000;

    /// Adds a problem.
    pub fn add(&mut self, problem: Problem) {
        self.n_problems += 1;
        if self.problems.len() < Self::MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Adds the problem of a record that is no document, or could not be read this time.
    pub fn refuse(&mut self, problem: Problem) {
        self.failed |= problem.is_passing;
        self.add(problem);
    }

    /// Counts what became of one record of the file.
    pub fn count(&mut self, outcome: &Result<crate::ReadDocument, Problem>) {
        match outcome {
            Ok(read) => {
                self.n_documents += 1;
                read.problems.iter().for_each(|problem| self.add(problem.clone()));
            }
            Err(problem) => self.refuse(problem.clone()),
        }
    }

    /// Returns how the file ended, once all its records are counted.
    pub fn status(&self) -> Status {
        match (self.n_documents, self.n_problems) {
            _ if self.failed && self.n_documents == 0 => Status::Failed,
            (0, _) => Status::Skipped,
            (_, 0) => Status::Read,
            _ => Status::Partial,
        }
    }

    /// Returns the reasons in one line, the first three and the number of the others; empty for a
    /// file that was read whole.
    pub fn reason(&self) -> String {
        let mut shown: Vec<String> = self.problems.iter().take(3).map(Problem::to_string).collect();
        if self.n_problems > 3 {
            shown.push(format!("and {} more", self.n_problems - 3));
        }
        if shown.is_empty() && self.n_documents == 0 {
            shown.push("no text".to_owned());
        }
        shown.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_follows_from_the_counts() {
        let cases = [
            // (documents, problems, failed, status, reason)
            (1, 0, false, Status::Read, ""),
            (2, 1, false, Status::Partial, "line 1: bad"),
            (2, 5, true, Status::Partial, "line 1: bad; line 2: bad; line 3: bad; and 2 more"),
            (0, 1, false, Status::Skipped, "line 1: bad"),
            (0, 1, true, Status::Failed, "line 1: bad"),
            (0, 0, false, Status::Skipped, "no text"),
        ];
        for (n_documents, n_problems, failed, status, reason) in cases {
            let mut report = FileReport { n_documents, failed, ..FileReport::default() };
            for line in 1..=n_problems {
                report.add(Problem::of_record(Some(line), "bad"));
            }
            assert_eq!((report.status(), &*report.reason()), (status, reason));
        }
    }
}
