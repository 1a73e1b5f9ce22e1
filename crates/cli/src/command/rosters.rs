//! The rosters that a run goes by.

use crate::output;
use anyhow::{Context, Result};
use onrecord_people::Roster;
use std::io::ErrorKind;
use std::path::Path;

/// The list of persons beside a corpus.
pub(crate) const ROSTER_FILE: &str = "speakers.toml";

/// Puts together the roster of a run: the public figures, over them the list of each folder that
/// is read, in the order of the folders, over them the one that was named.
pub(crate) fn roster_of(paths: &[impl AsRef<Path>], named: Option<&Path>) -> Result<Roster> {
    let mut roster = Roster::default_roster();
    for path in paths.iter().map(AsRef::as_ref).filter(|path| path.is_dir()) {
        if let Some(beside) = read_if_there(&path.join(ROSTER_FILE))? {
            roster = roster.overridden_by(beside)?;
        }
    }
    if let Some(path) = named {
        let read = read_if_there(path)?;
        let list = read.with_context(|| format!("there is no file `{}`", path.display()))?;
        roster = roster.overridden_by(list)?;
    }
    Ok(roster)
}

/// Reads a roster; none where there is no such file. Names that only an office can tell apart are
/// said aloud.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Roster>> {
    let shown = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read.with_context(|| format!("cannot read the list of persons `{shown}`"))?,
    };
    let roster = Roster::from_toml(&text, &shown)?;
    for (name, ids) in roster.shared_names() {
        let ids: Vec<&str> = ids.iter().map(onrecord_people::SpeakerId::as_str).collect();
        output::print_message(&format!(
            "note: {shown}: `{name}` may be {}: without an office and a date it stays open",
            ids.join(" or ")
        ));
    }
    Ok(Some(roster))
}
