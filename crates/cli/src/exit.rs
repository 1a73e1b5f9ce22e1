use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, found, all verified.
    Done,
    /// Nothing was found, or something is amiss: damage.
    Findings,
    /// Wrong usage, or an error; no index among them.
    Error,
    /// Done, but some input was partial, skipped or failed.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Error => 2,
            Exit::Incomplete => 3,
        })
    }
}
