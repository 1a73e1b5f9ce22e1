//! Reports do not depend on the number of threads that built the index.

use super::ledger::Ledger;
use super::texts::RealTexts;
use super::{Bench, present_sets};
use anyhow::Result;

const NAME: &str = "same report with 1 and 2 threads";

pub(super) fn check(texts: &RealTexts, bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let sets = present_sets(texts, ledger);
    if sets.is_empty() {
        ledger.skip(NAME, "none of the sets is there");
        return Ok(());
    }
    let report = |n_threads: &str| {
        let (_scratch, onrecord) = bench.fresh()?;
        onrecord.index(&sets, &["--threads", n_threads])?;
        onrecord.report_priorities("speaker")
    };
    let (one, two) = (report("1")?, report("2")?);
    let n_rows = one.lines().count().saturating_sub(1);
    let figure = match first_difference(&one, &two) {
        None => format!("{} bytes equal, {n_rows} rows", one.len()),
        Some(line) => format!("they differ from line {line} on"),
    };
    ledger.check(NAME, one == two && n_rows > 0, figure);
    Ok(())
}

/// Returns the 1-based line at which two texts begin to differ.
fn first_difference(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return None;
    }
    let n_equal = one.lines().zip(other.lines()).take_while(|(a, b)| a == b).count();
    Some(n_equal + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_differing_line_is_named() {
        for (one, other, expected) in [
            ("a\nb\n", "a\nb\n", None),
            ("a\nb\n", "a\nc\n", Some(2)),
            ("a\n", "a\nb\n", Some(2)),
            ("a\n", "a", Some(2)),
        ] {
            assert_eq!(first_difference(one, other), expected, "{one:?} {other:?}");
        }
    }
}
