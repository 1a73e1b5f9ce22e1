/// Why a file is not a taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxonomyError {
    /// The file is not TOML, or holds a key or a kind of value that taxonomies do not have.
    #[error("{name}:{line}: {problem}; docs/taxonomy.md lists the keys and their values")]
    Form {
        /// The file.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// What the TOML reader said.
        problem: String,
    },
    /// A value that cannot be meant.
    #[error("{name}:{line}: {key} `{value}` {problem}")]
    Value {
        /// The file.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// The key that holds the value.
        key: &'static str,
        /// The value as written.
        value: String,
        /// What is wrong with it and what to do.
        problem: String,
    },
}

impl TaxonomyError {
    /// Returns the line of the file that is wrong, counted from 1.
    pub const fn line(&self) -> usize {
        match self {
            Self::Form { line, .. } | Self::Value { line, .. } => *line,
        }
    }
}
