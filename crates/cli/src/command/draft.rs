//! Drafts, read as the index reads documents.

use super::batch::open;
use super::start_sandbox;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_ingest::SourceFile;
use onrecord_model::Document;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The longest draft, in bytes: as long as a record of a corpus may be.
const MAX_DRAFT_BYTES: u64 = onrecord_ingest::MAX_RECORD_BYTES as u64;

/// Reads a draft; `-` is standard input. A file of many records has one draft a record.
///
/// # Errors
/// When nothing of it can be read.
pub(super) fn read_drafts(path: &Path) -> Result<Vec<Document>> {
    let is_stdin = path == Path::new("-");
    let shown = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let mut bytes = Vec::new();
    let limit = MAX_DRAFT_BYTES + 1;
    let read = open(path)?.take(limit).read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read `{shown}`"))?;
    if bytes.len() as u64 == limit {
        bail!("the draft `{shown}` is longer than {MAX_DRAFT_BYTES} bytes\ncheck it in parts");
    }
    let name = if is_stdin { PathBuf::from("draft") } else { path.to_owned() };
    let root = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = SourceFile { path: name, root, relative: String::new() };
    let reader = onrecord_ingest::Reader::default().in_sandbox(start_sandbox()?);
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    let report = reader.read_bytes(&file, bytes, &mut |record| {
        match record.into_document() {
            Ok(read) => {
                problems.extend(read.problems);
                drafts.push(read.document);
            }
            Err(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    problems.extend(report.problems);
    let reasons: Vec<String> = problems.into_iter().map(|problem| problem.reason).collect();
    if drafts.is_empty() {
        bail!("cannot read the draft `{shown}`: {}", reasons.join("; "));
    }
    for reason in reasons {
        output::print_message(&format!("warning: {shown}: {reason}"));
    }
    Ok(drafts)
}
