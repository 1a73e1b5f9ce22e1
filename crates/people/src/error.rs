/// Why a file is not a roster.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// The file is not TOML, or holds a key or a kind of value that rosters do not have.
    #[error("{name}:{line}: {problem}; docs/speakers.md lists the keys and their values")]
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
    /// Two persons of one name in rosters that are put together.
    #[error(
        "`{name}` is the name of two persons, `{}` and `{}`, and reports would count both as one: \
         give them one id if they are one, else write what tells them apart, such as \
         `Tom Reed of Maine`, and the name itself under `aliases`", .ids[0], .ids[1]
    )]
    SharedName {
        /// The name.
        name: String,
        /// The ids of the two.
        ids: [String; 2],
    },
}

impl RosterError {
    /// Returns the line of the file that is wrong, counted from 1; none where it is no one file.
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Form { line, .. } | Self::Value { line, .. } => Some(*line),
            Self::SharedName { .. } => None,
        }
    }
}
