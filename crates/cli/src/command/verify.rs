use super::index_folder;
use crate::args::{Global, SummaryFormat, Verify};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_indexing::verify;
use serde_json::json;
use std::io::Write;

pub(crate) fn run(global: &Global, args: &Verify) -> Result<Exit> {
    let (n_files, damages) = verify(&index_folder(global)?)?;
    let mut out = output::stdout();
    if args.format == Some(SummaryFormat::Json) {
        let damaged: Vec<_> = damages
            .iter()
            .map(|damage| {
                json!({ "file": damage.file.to_string_lossy(), "holds": damage.holds, "reason": damage.reason })
            })
            .collect();
        writeln!(out, "{}", json!({ "files": n_files, "damaged": damaged }))?;
    } else {
        for damage in &damages {
            writeln!(
                out,
                "damaged: {} ({}): {}",
                damage.file.display(),
                damage.holds,
                damage.reason
            )?;
        }
        let n_damaged = damages.len();
        writeln!(out, "{n_files} files read, {n_damaged} damaged")?;
        if n_damaged > 0 {
            writeln!(
                out,
                "build the index anew in another folder: onrecord index --index FOLDER PATH…"
            )?;
        }
    }
    out.flush()?;
    Ok(if damages.is_empty() { Exit::Done } else { Exit::Findings })
}
