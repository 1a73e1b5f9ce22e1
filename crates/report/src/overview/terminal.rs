//! An overview for a terminal: what is in the corpus, and the charts small.

use super::{OverviewPage, charts};
use crate::Error;
use crate::chart::{write_terminal_chart, write_terminal_heat_map};
use crate::room::{pad, shorten, width, wrap};
use std::io::Write;

/// Writes an overview in words, block characters and numbers; `width` is that of the terminal, in
/// columns. Years are a heat map, a line each.
///
/// # Errors
/// When it cannot be written.
pub fn write_terminal_overview(
    out: &mut dyn Write,
    overview: &OverviewPage,
    width: u16,
) -> Result<(), Error> {
    let columns = usize::from(width);
    writeln!(out, "{}", shorten(&overview.title, columns))?;
    for line in wrap(&overview.lead, columns) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    write_named(out, &overview.summary, columns)?;
    writeln!(out, "\nPRIORITIES")?;
    write_terminal_chart(out, &charts::priorities(overview), width)?;
    if !overview.years.is_empty() {
        writeln!(out, "\nBY YEAR")?;
        write_terminal_heat_map(out, &charts::years(overview), width)?;
    }
    if !overview.speakers.is_empty() {
        writeln!(out, "\nBY SPEAKER")?;
        write_terminal_heat_map(out, &charts::speakers(overview), width)?;
    }
    if !overview.notes.is_empty() {
        writeln!(out, "\nNOTES")?;
        for line in overview.notes.iter().flat_map(|note| wrap(note, columns)) {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "\nHOW IT WAS MADE")?;
    write_named(out, &overview.facts, columns)
}

/// Writes names with what is said of each, all beginning at one column.
fn write_named(
    out: &mut dyn Write,
    facts: &[(String, String)],
    columns: usize,
) -> Result<(), Error> {
    let longest = facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let n_name = longest.min(columns * 2 / 5);
    let room = columns.saturating_sub(n_name + 2);
    for (name, words) in facts {
        let mut name = shorten(name, n_name);
        for line in wrap(words, room) {
            writeln!(out, "{}  {line}", pad(&name, n_name))?;
            name.clear();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::overview;
    use super::*;

    #[test]
    fn lines_keep_within_the_terminal() {
        for columns in [60, 80, 132] {
            let mut drawn = Vec::new();
            write_terminal_overview(&mut drawn, &overview(), columns).unwrap();
            let drawn = String::from_utf8(drawn).unwrap();
            for line in drawn.lines() {
                assert!(width(line) <= usize::from(columns), "{columns}: {line}");
            }
            assert!(drawn.contains("no passages") && drawn.contains("31 more speakers"));
            assert!(!drawn.contains('\u{1b}'));
        }
    }
}
