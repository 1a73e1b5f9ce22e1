use crate::effort::TooMuch;
use onrecord_model::DocumentId;
use std::io;
use std::path::{Path, PathBuf};

/// What can go wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("no index in `{}`\nbuild one with: onrecord index PATH…", .0.display())]
    Missing(PathBuf),
    /// The folder for a new index holds other things.
    #[error("`{}` holds other files, such as `{}`, and no index\nname a folder of its own: --index FOLDER", .folder.display(), .file.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the files.
        file: PathBuf,
    },
    /// Another process writes to the index.
    #[error("the index `{}` is being written by {holder}\nwait for it to end, or stop it", .folder.display())]
    Locked {
        /// The folder of the index.
        folder: PathBuf,
        /// Who writes, as that process wrote it.
        holder: String,
    },
    /// The index was made by an older or newer version.
    #[error("the index `{}` has format {found}, this version reads format {expected}\nbuild it anew in another folder: onrecord index --index FOLDER PATH…", .folder.display())]
    Format {
        /// The folder of the index.
        folder: PathBuf,
        /// The format of the index.
        found: u32,
        /// The format that this version reads.
        expected: u32,
    },
    /// The words of the index were cut and stemmed by other rules.
    #[error("the words of the index `{}` were cut and stemmed by rules {found}, this version has rules {expected}\nbuild it anew in another folder: onrecord index --index FOLDER PATH…", .folder.display())]
    Analysis {
        /// The folder of the index.
        folder: PathBuf,
        /// The version of the rules of the index.
        found: u32,
        /// The version of the rules of this program.
        expected: u32,
    },
    /// The index has what `find` looks lines up in, and was to be gone on with without it.
    #[error("the index `{}` was built with quotations\ngo on without --no-quotes, or build another index: onrecord index --no-quotes --index FOLDER PATH…", .0.display())]
    HasQuotes(PathBuf),
    /// A file of the index does not hold what was written.
    #[error("the index file `{}` is damaged: {reason}\nsee what is damaged with: onrecord verify", .file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No document of that id.
    #[error("no document {0} in the index\nlist the documents with: onrecord dump")]
    NoDocument(DocumentId),
    /// A document has no passage of that number.
    #[error("document {document} has no passage {ordinal}: it has {n_passages}, counted from 0")]
    NoPassage {
        /// The document.
        document: DocumentId,
        /// The passage that was asked for.
        ordinal: u32,
        /// How many there are.
        n_passages: u32,
    },
    /// A file or folder could not be read or written.
    #[error("cannot {action} `{}`: {error}", .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The search engine failed.
    #[error("the search engine failed: {0}\nif this stays, check the index with: onrecord verify")]
    Engine(tantivy::TantivyError),
    /// More would have to be read than a moment suffices for.
    #[error(
        "more than {limit} {of} would have to be read to see how the words of the query stand\nask for rarer words beside each other, or for fewer words at once"
    )]
    TooMuch {
        /// How many may be read.
        limit: u64,
        /// Of what.
        of: &'static str,
    },
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        match TooMuch::carried_by(&error) {
            Some(TooMuch { limit, of }) => Self::TooMuch { limit, of },
            None => Self::Engine(error),
        }
    }
}

impl IndexError {
    /// Makes the mapping of an I/O error on a path.
    pub(crate) fn io<'a>(
        action: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + use<'a> {
        move |error| Self::Io { action, path: path.to_owned(), error }
    }

    pub(crate) fn damaged(file: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { file: file.to_owned(), reason: reason.into() }
    }
}
