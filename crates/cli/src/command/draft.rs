//! Drafts, read as the index reads documents.

use super::batch::open;
use super::start_sandbox;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_ingest::{Reader, SourceFile};
use onrecord_model::Document;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The longest draft, in bytes: as long as a record of a corpus may be.
const MAX_DRAFT_BYTES: u64 = onrecord_ingest::MAX_RECORD_BYTES as u64;

/// Reads a draft; `-` is standard input. A file of many records has one draft a record.
///
/// # Errors
/// When nothing of it can be read.
pub(super) fn read_drafts(path: &Path) -> Result<Vec<Document>> {
    let shown = shown(path);
    let bytes = read_bytes(path)?;
    let (drafts, problems) = read_drafts_of(&draft_reader()?, path, bytes);
    if drafts.is_empty() {
        bail!("cannot read the draft `{shown}`: {}", problems.join("; "));
    }
    for problem in problems {
        output::print_message(&format!("warning: {shown}: {problem}"));
    }
    Ok(drafts)
}

/// Makes a reader of drafts.
///
/// # Errors
/// When it cannot start the processes that read.
pub(super) fn draft_reader() -> Result<Reader> {
    Ok(Reader::default().in_sandbox(start_sandbox()?))
}

/// Reads the bytes of a draft.
///
/// # Errors
/// When they cannot be read, or are too many.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let shown = shown(path);
    let mut bytes = Vec::new();
    let limit = MAX_DRAFT_BYTES + 1;
    let read = open(path)?.take(limit).read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read `{shown}`"))?;
    if bytes.len() as u64 == limit {
        bail!("the draft `{shown}` is longer than {MAX_DRAFT_BYTES} bytes\ncheck it in parts");
    }
    Ok(bytes)
}

/// Reads drafts from the bytes of a file, and tells why what of it could not be read.
pub(super) fn read_drafts_of(
    reader: &Reader,
    path: &Path,
    bytes: Vec<u8>,
) -> (Vec<Document>, Vec<String>) {
    let name = if is_stdin(path) { PathBuf::from("draft") } else { path.to_owned() };
    let root = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = SourceFile { path: name, root, relative: String::new() };
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
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
    (drafts, problems.into_iter().map(|problem| problem.reason).collect())
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn shown(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}
