//! One file per command: arguments to a request, the answer to lines.

mod alerts;
mod batch;
mod check;
mod cite;
mod classify;
mod collocates;
mod completions;
mod demo;
mod doctor;
mod draft;
mod dump;
mod eval_search;
mod evaluate;
mod explain;
mod explain_query;
mod find;
mod hits;
mod index;
mod keyness;
mod kwic;
mod label;
mod listing;
mod prior;
mod quotes;
mod relabel;
mod report;
mod reuse;
mod rosters;
mod saved;
mod search;
mod show;
mod similar;
mod speakers;
mod taxonomies;
mod taxonomy;
mod texts;
mod train;
mod trend;
mod verify;
mod words;

pub(crate) use kwic::{COLUMNS as KWIC_COLUMNS, OfLine};

use crate::args::{Args, Command, Global, Helper};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result};
use onrecord_indexing::Reader;
use onrecord_ingest::Sandbox;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file of settings in the working folder.
const CONFIG_FILE: &str = "onrecord.toml";

/// Runs the command that was asked for.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let Args { global, command } = args;
    match command {
        Command::Index(args) => index::run(global, args),
        Command::Relabel(args) => relabel::run(global, args),
        Command::Search(args) => search::run(global, args),
        Command::Kwic(args) => kwic::run(global, args),
        Command::Similar(args) => similar::run(global, args),
        Command::Save(args) => saved::save(global, args),
        Command::Saved(args) => saved::saved(global, args),
        Command::Alerts(args) => alerts::run(global, args),
        Command::Find(args) => find::run(global, args),
        Command::Reuse(args) => reuse::run(global, args),
        Command::Show(args) => show::run(global, args),
        Command::Explain(args) => explain::run(global, args),
        Command::Cite(args) => cite::run(global, args),
        Command::Check(args) => check::run(global, args),
        Command::Trend(args) => trend::run(global, args),
        Command::Prior(args) => prior::run(global, args),
        Command::Report(args) => report::run(global, args),
        Command::Quotes(args) => quotes::run(global, args),
        Command::Speakers(args) => speakers::run(global, args),
        Command::Words(args) => words::run(global, args),
        Command::Keyness(args) => keyness::run(global, args),
        Command::Collocates(args) => collocates::run(global, args),
        Command::Taxonomy(args) => taxonomy::run(global, args),
        Command::Label(args) => label::run(global, args),
        Command::Classify(args) => classify::run(args),
        Command::Train(args) => train::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::EvalSearch(args) => eval_search::run(global, args),
        Command::Verify(args) => verify::run(global, args),
        Command::Doctor(args) => doctor::run(global, args),
        Command::Dump => dump::run(global),
        Command::Demo(args) => demo::run(global, args),
        Command::Completions(args) => completions::run(args),
        Command::Read(args) => {
            onrecord_ingest::serve(args.parent)?;
            Ok(Exit::Done)
        }
        Command::Helper(args) => {
            let Helper { parent, program, arguments } = args;
            Err(onrecord_ingest::run_helper(parent.parent, program, arguments).into())
        }
    }
}

/// Starts the processes that read files, and says what they could not be held to.
fn start_sandbox() -> Result<Arc<Sandbox>> {
    let program = std::env::current_exe().context("cannot find this program to start readers")?;
    let sandbox = Sandbox::start(program).context("cannot start a reader of files")?;
    let missing = sandbox.confinement().missing();
    if !missing.is_empty() {
        output::print_message(&format!(
            "warning: files are read without {}: this system does not offer it; read only files that you trust",
            missing.join(", ")
        ));
    }
    Ok(Arc::new(sandbox))
}

/// The settings of a working folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// The folder of the index, from the file's own.
    index: Option<PathBuf>,
    /// The reports that are made together.
    #[serde(default)]
    report: Vec<toml::Table>,
}

/// Returns the folder of the index.
fn index_folder(global: &Global) -> Result<PathBuf> {
    if let Some(index) = &global.index {
        return Ok(index.clone());
    }
    if let Some(index) = std::env::var_os("ONRECORD_INDEX").filter(|index| !index.is_empty()) {
        return Ok(index.into());
    }
    Ok(read_config(Path::new(CONFIG_FILE))?.index.unwrap_or_else(|| PathBuf::from("index")))
}

fn read_config(path: &Path) -> Result<Config> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
        read => {
            let text = read.with_context(|| format!("cannot read `{}`", path.display()))?;
            toml::from_str(&text).with_context(|| format!("cannot understand `{}`", path.display()))
        }
    }
}

/// Opens the index to be read; says so where there is nothing in it, which is no answer to any
/// question.
fn open_reader(global: &Global) -> Result<Reader> {
    let folder = index_folder(global)?;
    let reader = Reader::open(&folder)?;
    // From what is sure: an index may be damaged, which is for the question to find.
    if reader.manifest().files.is_empty() {
        output::print_message(&format!(
            "note: the index `{}` holds no documents: onrecord index PATH… puts some in",
            folder.display()
        ));
    }
    Ok(reader)
}
