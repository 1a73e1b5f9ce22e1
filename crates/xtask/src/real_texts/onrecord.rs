//! The release binary, asked by its command line and understood by its JSON.

use crate::cargo::{cargo, target_folder};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release binary and the index that it works on.
#[derive(Debug)]
pub(crate) struct Onrecord {
    program: PathBuf,
    index: PathBuf,
}

/// The last line of `index --format json`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RunSummary {
    pub(crate) seen: u64,
    pub(crate) indexed: u64,
    pub(crate) unchanged: u64,
    pub(crate) partial: u64,
    pub(crate) skipped: u64,
    pub(crate) failed: u64,
    /// Documents in the index after the run.
    pub(crate) documents: u64,
    /// The partial, skipped and failed files.
    pub(crate) files: Vec<TroubledFile>,
}

/// A file that was not wholly read.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TroubledFile {
    pub(crate) path: String,
    pub(crate) status: String,
    pub(crate) reason: String,
}

/// The fields of a line of `dump` that checks look at.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct DumpedDocument {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) speaker_id: Option<String>,
}

impl Onrecord {
    /// Builds the release binary and returns where it lies.
    ///
    /// # Errors
    /// Where it does not build.
    pub(crate) fn build() -> Result<PathBuf> {
        let arguments = ["build", "--release", "--package", "onrecord-cli"];
        println!("== release binary: cargo {}", arguments.join(" "));
        ensure!(cargo(&arguments).status()?.success(), "the release binary does not build");
        let name = format!("onrecord{}", std::env::consts::EXE_SUFFIX);
        Ok(target_folder()?.join("release").join(name))
    }

    /// Pairs the binary with an index folder, which need not exist yet.
    pub(crate) fn new(program: &Path, index: &Path) -> Self {
        Self { program: program.into(), index: index.into() }
    }

    /// Indexes the paths and returns the summary.
    ///
    /// # Errors
    /// Where the run fails, or its last line is not a summary.
    pub(crate) fn index<P: AsRef<OsStr>>(
        &self,
        paths: &[P],
        options: &[&str],
    ) -> Result<RunSummary> {
        let mut arguments: Vec<&OsStr> = vec![OsStr::new("index")];
        arguments.extend(paths.iter().map(AsRef::as_ref));
        arguments.extend(["--format", "json"].map(OsStr::new));
        arguments.extend(options.iter().map(OsStr::new));
        let output = self.run(&arguments, &[0, 3])?;
        let last = output.lines().last().context("index printed nothing on stdout")?;
        serde_json::from_str(last).with_context(|| format!("not a summary of a run: {last}"))
    }

    /// Returns the lines of `dump`, one a document, in its order.
    ///
    /// # Errors
    /// Where the run fails.
    pub(crate) fn dump(&self) -> Result<Vec<String>> {
        let output = self.run(&["dump"].map(OsStr::new), &[0])?;
        Ok(output.lines().map(str::to_owned).collect())
    }

    /// Returns the documents of `dump`.
    ///
    /// # Errors
    /// Where the run fails, or a line lacks a field.
    pub(crate) fn documents(&self) -> Result<Vec<DumpedDocument>> {
        let read = |line: &String| {
            serde_json::from_str(line).with_context(|| format!("not a dumped document: {line}"))
        };
        self.dump()?.iter().map(read).collect()
    }

    /// Returns a document with the places of its passages in its file, as JSON.
    ///
    /// # Errors
    /// Where the run fails; places that cannot be told are no failure.
    pub(crate) fn show_source(&self, id: &str) -> Result<String> {
        let arguments = ["show", id, "--source-span", "--format", "json"];
        self.run(&arguments.map(OsStr::new), &[0, 1])
    }

    /// Returns all hits of a search, none where nothing is found.
    ///
    /// # Errors
    /// Where the run fails, or its output is not `{count, hits}`.
    pub(crate) fn search(&self, query: &str) -> Result<Vec<Value>> {
        let arguments = ["search", query, "--limit", "0", "--format", "json"];
        let output = self.run(&arguments.map(OsStr::new), &[0, 1])?;
        let mut answer: Value = serde_json::from_str(&output)
            .with_context(|| format!("search {query} printed no JSON object: {output}"))?;
        match answer.get_mut("hits").map(Value::take) {
            Some(Value::Array(hits)) => Ok(hits),
            _ => bail!("search {query} printed no hits array: {output}"),
        }
    }

    /// Returns `report priorities` grouped by `group`, as CSV.
    ///
    /// # Errors
    /// Where the run fails.
    pub(crate) fn report_priorities(&self, group: &str) -> Result<String> {
        let arguments = ["report", "priorities", "--by", group, "--format", "csv"];
        self.run(&arguments.map(OsStr::new), &[0])
    }

    /// Runs the binary and returns its stdout, if it exits with one of the codes.
    fn run(&self, arguments: &[&OsStr], expected: &[i32]) -> Result<String> {
        let output = Command::new(&self.program)
            .arg("--index")
            .arg(&self.index)
            .args(arguments)
            // Settings found in the folder that the chore was started from must not count.
            .current_dir(self.index.parent().context("the index has no parent folder")?)
            .output()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        let messages = String::from_utf8_lossy(&output.stderr);
        let ended_well = output.status.code().is_some_and(|code| expected.contains(&code));
        let said = messages.lines().last().unwrap_or_default();
        ensure!(ended_well, "onrecord {arguments:?} ended with {}: {said}", output.status);
        String::from_utf8(output.stdout).context("onrecord printed bytes that are not UTF-8")
    }
}

impl RunSummary {
    /// Adds up what became of the files; it must equal `seen`.
    pub(crate) fn sum(&self) -> u64 {
        self.indexed + self.unchanged + self.partial + self.skipped + self.failed
    }
}
