//! Running cargo on this workspace.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// Finds the root of the workspace that these chores belong to.
pub(crate) fn workspace_root() -> PathBuf {
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    crate_folder.ancestors().nth(2).map_or_else(|| crate_folder.clone(), PathBuf::from)
}

/// Makes a command for the cargo that runs these chores, in the root of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(workspace_root());
    command
}

/// Runs the command to its end, its output passed through, and says whether it succeeded.
///
/// # Errors
/// Where the program cannot be started.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    Ok(status.success())
}

/// Asks cargo which folder it builds into.
///
/// # Errors
/// Where cargo cannot be asked.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"]).output()?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata printed no JSON")?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    folder.map(PathBuf::from).context("cargo metadata names no target_directory")
}

/// Says whether cargo has the given subcommand, without running it.
pub(crate) fn has_subcommand(name: &str) -> bool {
    let listing = cargo(&["--list"]).output();
    listing.is_ok_and(|listing| {
        String::from_utf8_lossy(&listing.stdout)
            .lines()
            .any(|line| line.split_whitespace().next() == Some(name))
    })
}
