//! Every file and source row is accounted for: indexed, or listed with a reason.

use super::ledger::Ledger;
use super::onrecord::{RunSummary, TroubledFile};
use super::texts::{RealTexts, count_gzipped_lines, text_files};
use super::{Bench, present_sets};
use anyhow::Result;
use std::path::PathBuf;
use std::time::Instant;

pub(super) fn check(texts: &RealTexts, bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let sets = present_sets(texts, ledger);
    if sets.is_empty() {
        ledger.skip("documents accounted for", "none of the sets is there");
        ledger.skip("files add up", "none of the sets is there");
        return Ok(());
    }
    let n_expected = count_documents(&sets)?;
    let (_folder, onrecord) = bench.fresh()?;
    let start = Instant::now();
    let run = onrecord.index(&sets, &[])?;
    ledger.note(format_args!("indexed in {:.1} s", start.elapsed().as_secs_f64()));
    for file in &run.files {
        ledger.note(format_args!("{}: {}: {}", file.status, file.path, file.reason));
    }
    ledger.check(
        "documents accounted for",
        is_accounted_for(n_expected, &run),
        format_args!("{} of {n_expected}, {} files listed", run.documents, run.files.len()),
    );
    ledger.check(
        "files add up",
        run.seen == run.sum() && run.seen > 0,
        format_args!("{} seen, {} by their statuses", run.seen, run.sum()),
    );
    Ok(())
}

/// Counts the documents that the sets hold: one a text file, one a line of a gzipped file.
fn count_documents(sets: &[PathBuf]) -> Result<u64> {
    let count = |set: &PathBuf| {
        if set.is_dir() { Ok(text_files(set)?.len() as u64) } else { count_gzipped_lines(set) }
    };
    sets.iter().map(count).sum()
}

/// Says whether the missing documents can all be explained by listed files with reasons.
fn is_accounted_for(n_expected: u64, run: &RunSummary) -> bool {
    let Some(n_missing) = n_expected.checked_sub(run.documents) else { return false };
    let reasoned = run.files.iter().all(|file| !file.reason.trim().is_empty());
    let lost_rows = run.files.iter().any(holds_many);
    reasoned && (n_missing <= run.files.len() as u64 || lost_rows)
}

/// Says whether one listed file can explain several missing documents.
fn holds_many(file: &TroubledFile) -> bool {
    !file.path.ends_with(".txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(documents: u64, files: &[(&str, &str)]) -> RunSummary {
        let troubled = |(path, reason): &(&str, &str)| TroubledFile {
            path: (*path).to_owned(),
            status: "skipped".to_owned(),
            reason: (*reason).to_owned(),
        };
        RunSummary {
            seen: 0,
            indexed: 0,
            unchanged: 0,
            partial: 0,
            skipped: 0,
            failed: 0,
            documents,
            files: files.iter().map(troubled).collect(),
        }
    }

    #[test]
    fn missing_documents_need_listed_reasons() {
        for (run, expected) in [
            (run(10, &[]), true),
            (run(11, &[]), false),
            (run(9, &[]), false),
            (run(9, &[("a.txt", "empty")]), true),
            (run(9, &[("a.txt", "")]), false),
            (run(8, &[("a.txt", "empty")]), false),
            (run(8, &[("rows.jsonl.gz", "2 rows are not JSON")]), true),
        ] {
            assert_eq!(is_accounted_for(10, &run), expected, "{run:?}");
        }
    }
}
