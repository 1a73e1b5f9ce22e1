//! A second run replaces what changed in content, and nothing else.

use super::Bench;
use super::ledger::Ledger;
use super::onrecord::{Onrecord, RunSummary};
use super::texts::{RealTexts, copy_under_neutral_names, neutral_name, text_files, write};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

const NAMES: [&str; 3] = ["unchanged input", "touched input", "one word changed"];

pub(super) fn check(texts: &RealTexts, bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let folder = match texts.part("whitehouse") {
        Ok(folder) => folder,
        Err(reason) => {
            NAMES.iter().for_each(|name| ledger.skip(name, &reason));
            return Ok(());
        }
    };
    let (scratch, onrecord) = bench.fresh()?;
    let copies = scratch.path().join("texts");
    fs::create_dir(&copies).with_context(|| format!("cannot make {}", copies.display()))?;
    copy_under_neutral_names(&text_files(&folder)?, &copies)?;
    let first = timed_index(&onrecord, &copies, ledger)?;
    let dump = onrecord.dump()?;

    let again = timed_index(&onrecord, &copies, ledger)?;
    judge(NAMES[0], 0, &again, n_differing(&dump, &onrecord.dump()?), &first, ledger);

    touch_all(&copies)?;
    let touched = timed_index(&onrecord, &copies, ledger)?;
    judge(NAMES[1], 0, &touched, n_differing(&dump, &onrecord.dump()?), &first, ledger);

    change_one_word(&copies.join(neutral_name(1000)))?;
    let changed = timed_index(&onrecord, &copies, ledger)?;
    judge(NAMES[2], 1, &changed, n_differing(&dump, &onrecord.dump()?), &first, ledger);
    Ok(())
}

fn timed_index(onrecord: &Onrecord, copies: &Path, ledger: &Ledger) -> Result<RunSummary> {
    let start = Instant::now();
    let run = onrecord.index(&[copies], &[])?;
    ledger.note(format_args!("run of {:.2} s", start.elapsed().as_secs_f64()));
    Ok(run)
}

/// Passes a run that replaced exactly `n_changed` documents by its own word and by the dump's.
fn judge(
    name: &str,
    n_changed: u64,
    run: &RunSummary,
    n_lines: u64,
    first: &RunSummary,
    ledger: &mut Ledger,
) {
    // Files that could not be read the first time cannot become unchanged documents.
    let n_readable = run.seen.saturating_sub(first.skipped + first.failed);
    let holds = run.indexed == n_changed
        && run.unchanged + n_changed == n_readable
        && run.seen == first.seen
        && run.documents == first.documents
        && n_lines == n_changed;
    let RunSummary { seen, indexed, unchanged, .. } = run;
    ledger.check(
        name,
        holds,
        format_args!(
            "{indexed} of {seen} indexed again, {unchanged} unchanged, {n_lines} dumped documents \
             differ; {n_changed} wanted"
        ),
    );
}

/// Counts the lines of the second dump that the first does not hold, or the other way round.
fn n_differing(before: &[String], after: &[String]) -> u64 {
    let sorted = |dump: &[String]| {
        let mut lines = dump.to_vec();
        lines.sort();
        lines
    };
    let (before, after) = (sorted(before), sorted(after));
    let n_missing = |lines: &[String], from: &[String]| {
        lines.iter().filter(|line| from.binary_search(line).is_err()).count() as u64
    };
    n_missing(&before, &after).max(n_missing(&after, &before))
}

/// Gives every file another time of modification, the same for all.
fn touch_all(folder: &Path) -> Result<()> {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    for file in text_files(folder)? {
        fs::OpenOptions::new()
            .append(true)
            .open(&file)
            .and_then(|opened| opened.set_modified(time))
            .with_context(|| format!("cannot touch {}", file.display()))?;
    }
    Ok(())
}

/// Writes another word for the last word of a file, of the same length in bytes.
fn change_one_word(file: &Path) -> Result<()> {
    let mut bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let end = bytes
        .iter()
        .rposition(u8::is_ascii_alphabetic)
        .with_context(|| format!("{} holds no word", file.display()))?;
    let start = bytes
        .iter()
        .take(end)
        .rposition(|byte| !byte.is_ascii_alphabetic())
        .map_or(0, |before| before + 1);
    let other = if bytes.get(start) == Some(&b'q') { b'z' } else { b'q' };
    bytes.iter_mut().skip(start).take(end + 1 - start).for_each(|byte| *byte = other);
    write(file, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_lines_are_counted_in_any_order() {
        let dump = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
        for (before, after, expected) in [
            (dump(&["a", "b"]), dump(&["b", "a"]), 0),
            (dump(&["a", "b"]), dump(&["a", "c"]), 1),
            (dump(&["a", "b"]), dump(&["a"]), 1),
            (dump(&["a"]), dump(&["a", "b", "c"]), 2),
        ] {
            assert_eq!(n_differing(&before, &after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn one_word_is_changed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        for (before, after) in
            [("One two, three.\n", "One two, qqqqq.\n"), ("queue", "zzzzz"), ("1 a", "1 q")]
        {
            write(&file, before.as_bytes()).unwrap();
            change_one_word(&file).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), after);
        }
        write(&file, b"1").unwrap();
        assert!(change_one_word(&file).is_err());
    }
}
