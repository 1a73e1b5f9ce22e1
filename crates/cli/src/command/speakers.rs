use super::{open_reader, rosters, start_sandbox};
use crate::args::{Global, Speakers};
use crate::exit::Exit;
use crate::output::{self, Sink};
use anyhow::{Context, Result, ensure};
use onrecord_ingest::{Reader, walk};
use onrecord_model::Document;
use onrecord_people::{Proposal, Roster};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The first lines of a proposal.
const HEAD: &str = "\
# Proposed by `onrecord speakers` from the names in the corpus; correct it before it is used.
# docs/speakers.md says what the keys mean. A file of this name in the folder that is indexed is read with it.
";

pub(crate) fn run(global: &Global, args: &Speakers) -> Result<Exit> {
    let written = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let mut roster = rosters::roster_of(&args.paths, None)?;
    let mut before = String::new();
    if let Some(path) = written
        && let Some(list) = rosters::read_if_there(path)?
    {
        roster = roster.overridden_by(list)?;
        before = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
    }
    let mut proposal = Proposal::default();
    if args.paths.is_empty() {
        add_index(global, &roster, &mut proposal)?;
    } else {
        add_corpus(&args.paths, &roster, &mut proposal)?;
    }
    if proposal.n_persons() == 0 && !before.is_empty() {
        output::print_message(
            "nothing to add: no persons but those of the file, which stays as it is",
        );
        return Ok(Exit::Done);
    }
    let n_persons = proposal.n_persons();
    let exit = if n_persons == 0 { Exit::Findings } else { Exit::Done };
    let mut sink = Sink::open(args.output.as_deref())?;
    if !before.is_empty() {
        writeln!(sink, "{before}{}", if before.ends_with('\n') { "" } else { "\n" })?;
    }
    write!(sink, "{HEAD}{}", proposal.to_toml())?;
    sink.close()?;
    if let Some(path) = written {
        output::print_message(&written_message(path, n_persons, &args.paths));
    }
    Ok(exit)
}

/// Says what was written, and where the file must lie to be read.
fn written_message(path: &Path, n_persons: usize, folders: &[PathBuf]) -> String {
    let shown = path.display();
    let persons = if n_persons == 1 { "person" } else { "persons" };
    let beside = |folder: &PathBuf| folder.join(rosters::ROSTER_FILE) == path;
    let use_of_it = if folders.iter().any(beside) {
        "the next `onrecord index` of the folder reads it".to_owned()
    } else {
        format!(
            "to use it, put it as `{}` into the folder that you index, or index with \
             `--speakers {shown}`",
            rosters::ROSTER_FILE
        )
    };
    format!("wrote {n_persons} {persons} to `{shown}`; correct them first: {use_of_it}")
}

/// Adds the names of all documents under some paths. What cannot be read is said, and passed over.
fn add_corpus(paths: &[PathBuf], roster: &Roster, proposal: &mut Proposal) -> Result<()> {
    for path in paths {
        ensure!(
            path.exists(),
            "there is no `{}`\nname folders or files that exist",
            path.display()
        );
    }
    let reader = Reader::default().in_sandbox(start_sandbox()?);
    for found in walk(paths) {
        let file = match found {
            Ok(file) => file,
            Err(problem) => {
                output::print_message(&format!("{}: {}", problem.path.display(), problem.reason));
                continue;
            }
        };
        reader.read(&file, &mut |record| {
            match record.into_document() {
                Ok(read) => proposal.add(&read.document, roster),
                Err(problem) => {
                    let path = file.path.display();
                    output::print_message(&format!("{path}: {}", problem.reason));
                }
            }
            ControlFlow::Continue(())
        });
    }
    Ok(())
}

/// Adds the main speakers of the documents of an index: it does not hold the labels of turns.
fn add_index(global: &Global, roster: &Roster, proposal: &mut Proposal) -> Result<()> {
    let reader = open_reader(global)?;
    for head in reader.heads()? {
        let record = reader.document_at(head)?;
        let id = record.id();
        let document = Document::new(id, record.metadata, "".into(), Vec::new());
        proposal.add(&document, roster);
    }
    Ok(())
}
