use super::path_beside;
use crate::command::draft::{draft_reader, read_bytes, read_drafts_of};
use crate::command::rosters::roster_of;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_indexing::Reader;
use onrecord_ingest::walk;
use onrecord_query::check::Checker;
use onrecord_report::{CheckReport, CheckedDraft};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Checks all drafts; what cannot be read of one is told there. Returns with them the hashes of all
/// files that were read.
///
/// Reports may lie among the drafts and are none; `own` is the file that this one goes to.
pub(super) fn check(
    reader: &Reader,
    report: &CheckReport,
    own: Option<&Path>,
) -> Result<(Vec<CheckedDraft>, BTreeMap<String, String>)> {
    reader.check_contents()?;
    let roster = roster_of(&[] as &[PathBuf], report.speakers.as_deref())?;
    let mut checker = Checker::new(reader, &roster)?;
    let draft_reader = draft_reader()?;
    let (mut drafts, mut hashes) = (Vec::new(), BTreeMap::new());
    if let Some(file) = &report.speakers {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        hashes.insert(file.display().to_string(), hash_of(&bytes));
    }
    if let Some(path) = report.drafts.iter().find(|path| !path.exists()) {
        bail!("there is no draft `{}`\nname a draft, or a folder of drafts", path.display());
    }
    for found in walk(&report.drafts) {
        let file = match found {
            Ok(file) => file.path,
            Err(problem) => {
                drafts.push(unread(&problem.path, problem.reason));
                continue;
            }
        };
        if own.is_some_and(|own| output::is_same_file(&file, own)) || is_of_report(&file) {
            continue;
        }
        let bytes = match read_bytes(&file) {
            Ok(bytes) => bytes,
            Err(error) => {
                drafts.push(unread(&file, format!("{error:#}")));
                continue;
            }
        };
        hashes.insert(file.display().to_string(), hash_of(&bytes));
        let (documents, problems) = read_drafts_of(&draft_reader, &file, bytes);
        let mut quotes = Vec::new();
        for document in &documents {
            let n_before = quotes.len();
            let checked = checker.check_draft(document)?.into_iter();
            quotes.extend(checked.map(|mut quote| {
                quote.quote += n_before;
                quote
            }));
        }
        drafts.push(CheckedDraft { path: file.display().to_string(), quotes, problems });
    }
    Ok((drafts, hashes))
}

/// Refuses to write a report over what it reads: the speakers, or a draft, be it named or found in a
/// folder. What has a manifest among those that were found is an earlier report.
pub(super) fn check_spared(report: &CheckReport, written: &Path) -> Result<()> {
    let found = walk(&report.drafts).filter_map(|found| Some(found.ok()?.path));
    let found = found.filter(|file| !is_of_report(file));
    let named = report.drafts.iter().chain(&report.speakers).cloned();
    named.chain(found).try_for_each(|read| output::check_apart(written, &read))
}

fn unread(path: &Path, reason: String) -> CheckedDraft {
    CheckedDraft { path: path.display().to_string(), quotes: Vec::new(), problems: vec![reason] }
}

/// Tells whether a file is a report, told by the manifest beside it, or such a manifest.
fn is_of_report(file: &Path) -> bool {
    let is_manifest = file.to_string_lossy().ends_with(".manifest.json");
    is_manifest || path_beside(file).exists()
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
