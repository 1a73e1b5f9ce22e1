//! The reports that `onrecord.toml` lists: what an office makes every Monday.

use super::make::make;
use super::path_beside;
use super::source::Index;
use crate::args::{Global, ReportAll};
use crate::command::{CONFIG_FILE, read_config};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_report::{Format, Report, Specification};
use serde::Deserialize;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

/// A report of the set: its own keys, and those of its question.
struct Entry {
    name: String,
    path: PathBuf,
    specification: Specification,
}

/// The keys of a report that are not those of its question.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Form {
    name: String,
    #[serde(default)]
    path: Option<PathBuf>,
    #[serde(default)]
    format: Option<Format>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    for_spreadsheet: bool,
}

/// The names of the keys of [`Form`].
const FORM_KEYS: [&str; 5] = ["name", "path", "format", "columns", "for-spreadsheet"];

/// Makes all reports of the set, or those of some names; one that fails stops no other.
pub(super) fn run(global: &Global, args: &ReportAll) -> Result<Exit> {
    let tables = read_config(Path::new(CONFIG_FILE))?.report;
    if tables.is_empty() {
        bail!(
            "no `{CONFIG_FILE}` in the working folder lists a report\nadd one:\n[[report]]\nname = \"years\"\nkind = \"priorities\"\nby = [\"year\"]\npath = \"years.csv\""
        );
    }
    let mut entries = Vec::with_capacity(tables.len());
    for (number, table) in (1..).zip(tables) {
        let entry = entry_of(table)
            .with_context(|| format!("report {number} of `{CONFIG_FILE}` cannot be understood"));
        entries.push(entry?);
    }
    check_names(&entries, &args.names)?;
    let index = Index::open(global)?;
    let is_asked = |entry: &&Entry| args.names.is_empty() || args.names.contains(&entry.name);
    let mut all_done = true;
    for entry in entries.iter().filter(is_asked) {
        match make_entry(global, &index, entry) {
            Ok(line) => {
                let mut out = output::stdout();
                writeln!(out, "{line}")?;
                out.flush()?;
            }
            Err(error) => {
                all_done = false;
                output::print_error(&error.context(format!("report `{}`", entry.name)));
            }
        }
    }
    Ok(if all_done { Exit::Done } else { Exit::Error })
}

/// Parts the keys of a report's form from those of its question.
fn entry_of(mut table: toml::Table) -> Result<Entry> {
    let form: toml::Table =
        FORM_KEYS.iter().filter_map(|key| Some(((*key).to_owned(), table.remove(*key)?))).collect();
    let form: Form = form.try_into()?;
    let report: Report = table.try_into().with_context(|| format!("`{}`", form.name))?;
    let by_path = || Format::from_name(&form.path.as_ref()?.extension()?.to_str()?.to_lowercase());
    let format = form.format.or_else(by_path).unwrap_or_else(|| report.usual_format());
    if form.name.is_empty() || form.name.contains(['/', '\\']) {
        bail!("`{}` is no name of a report: leave slashes to its path", form.name);
    }
    let path = form.path.clone();
    let path = path.unwrap_or_else(|| PathBuf::from(format!("{}.{}", form.name, format.name())));
    if path.file_name().is_none() {
        bail!("`{}`: the path `{}` names no file", form.name, path.display());
    }
    let specification = Specification::new(report, format, form.columns, form.for_spreadsheet);
    let specification = specification.with_context(|| format!("`{}`", form.name))?;
    Ok(Entry { name: form.name, path, specification })
}

/// Refuses names and files that two reports have, and names that none has.
fn check_names(entries: &[Entry], asked: &[String]) -> Result<()> {
    let config = (CONFIG_FILE, written_as(Path::new(CONFIG_FILE)));
    let mut files: Vec<(&str, PathBuf)> = vec![config];
    for (number, entry) in entries.iter().enumerate() {
        let mut before = entries.iter().take(number);
        if before.any(|other| other.name == entry.name) {
            bail!("two reports of `{CONFIG_FILE}` have one name: `{}`", entry.name);
        }
        for path in [written_as(&entry.path), written_as(&path_beside(&entry.path))] {
            if let Some((other, _)) = files.iter().find(|(_, known)| *known == path) {
                bail!(
                    "`{}` would be written over by the report `{}`: it is that of `{other}`\ngive each report a path of its own",
                    path.display(),
                    entry.name
                );
            }
            files.push((&entry.name, path));
        }
    }
    if let Some(name) = asked.iter().find(|name| entries.iter().all(|entry| entry.name != **name)) {
        let known: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        bail!("`{CONFIG_FILE}` has no report `{name}`\nit has: {}", known.join(", "));
    }
    Ok(())
}

/// Makes a report into its file, and says what was made.
fn make_entry(global: &Global, index: &Index, entry: &Entry) -> Result<String> {
    if let Some(folder) = entry.path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    let made = make(index, &entry.specification, Some(&entry.path), None)?;
    if !global.quiet {
        made.notes
            .iter()
            .for_each(|note| output::print_message(&format!("{}: {note}", entry.name)));
    }
    Ok(format!("{}: {} rows in {}", entry.name, made.manifest.rows, entry.path.display()))
}

/// Returns a path from the root, without steps back and forth, so that two that name one file are
/// equal, whether it is there or not.
fn written_as(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}
