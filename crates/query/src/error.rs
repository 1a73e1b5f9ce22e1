use crate::parse::ParseError;
use onrecord_indexing::IndexError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The query cannot be understood; the text is ready to be shown.
    #[error("{0}")]
    Parse(String),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A passage or document is not written as one.
    #[error(
        "`{0}` names no document: write its id, 32 hexadecimal digits, as `onrecord search` shows it"
    )]
    DocumentName(String),
}

impl QueryError {
    pub(crate) fn parse(error: &ParseError, query: &str) -> Self {
        Self::Parse(error.render(query))
    }
}
