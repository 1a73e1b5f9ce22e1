//! `cargo xtask test-data DIR`: what must hold on texts that nobody wrote for the tests.
//!
//! Each check is a module with one function that takes the texts, the binary and the ledger. A
//! check whose texts are missing is skipped aloud.

mod accounting;
mod incremental;
mod ledger;
mod metadata;
mod onrecord;
mod plain_lines;
mod seed;
mod source_spans;
mod texts;
mod threads;
mod truth;
mod turns;
mod xml_turns;

use anyhow::{Context, Result};
use ledger::Ledger;
use onrecord::Onrecord;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use texts::RealTexts;

/// The parts of the folder that are indexed together.
const SETS: [&str; 3] = ["whitehouse", "presidential", "ungdc-sessions-50-74.jsonl.gz"];

type Check = fn(&RealTexts, &Bench, &mut Ledger) -> Result<()>;

/// The checks, in the order in which they run.
const CHECKS: &[(&str, Check)] = &[
    ("accounting", accounting::check),
    ("metadata", metadata::check),
    ("incremental", incremental::check),
    ("seed", seed::check),
    ("source spans", source_spans::check),
    ("threads", threads::check),
    ("turns", turns::check),
    ("turns of XML", xml_turns::check),
];

/// Runs all checks against the folder and says whether none failed.
///
/// # Errors
/// Where the binary does not build, or no temporary folder can be made.
pub(crate) fn run(folder: &Path) -> Result<bool> {
    let texts = RealTexts::new(folder)?;
    let mut ledger = Ledger::default();
    match texts.missing() {
        Some(reason) => CHECKS.iter().for_each(|(name, _)| ledger.skip(name, &reason)),
        None => {
            let bench = Bench { program: Onrecord::build()? };
            for (name, check) in CHECKS {
                println!("== {name}");
                if let Err(error) = check(&texts, &bench, &mut ledger) {
                    ledger.check(name, false, format_args!("{error:#}"));
                }
            }
        }
    }
    println!("{}", ledger.counts());
    Ok(ledger.counts().n_failed == 0)
}

/// The built binary, from which each check takes an index of its own.
#[derive(Debug)]
pub(crate) struct Bench {
    program: PathBuf,
}

impl Bench {
    /// Makes a temporary folder and a binary that keeps its index there.
    fn fresh(&self) -> Result<(TempDir, Onrecord)> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let onrecord = Onrecord::new(&self.program, &folder.path().join("index"));
        Ok((folder, onrecord))
    }
}

/// Returns those of [`SETS`] that are there, and says which are not.
fn present_sets(texts: &RealTexts, ledger: &Ledger) -> Vec<PathBuf> {
    let part = |name: &&str| {
        texts.part(name).map_err(|reason| ledger.note(format_args!("left out: {reason}"))).ok()
    };
    SETS.iter().filter_map(part).collect()
}
