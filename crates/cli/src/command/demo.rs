use crate::args::{Args, Demo, Global};
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
use clap::Parser;
use std::io::Write;

/// The questions of the demonstration, each with what it shows.
const QUESTIONS: [(&str, &str); 3] = [
    ("words, in whatever form they stand", "training teachers"),
    ("an exact phrase, and who said it", "\"an open Internet\" speaker:Valtari"),
    ("a priority, and when", "priority:law-enforcement date:[2011 TO 2012]"),
];

/// The file that the demonstration writes.
const REPORT_FILE: &str = "priorities.csv";

pub(crate) fn run(global: &Global, args: &Demo) -> Result<Exit> {
    let corpus = args.corpus.to_string_lossy().into_owned();
    if !args.corpus.is_dir() {
        bail!(
            "there is no sample corpus in `{corpus}`\nrun this in the folder of the project, or \
             name it: onrecord demo --corpus FOLDER"
        );
    }
    let mut out = output::stdout();
    writeln!(out, "Where it says onrecord below, type: cargo run --release --\n")?;
    out.flush()?;
    drop(out);
    step(global, "Read the sample corpus into the index:", &["index", &corpus])?;
    for (what, query) in QUESTIONS {
        let title = format!("Search for {what}:");
        step(global, &title, &["search", query, "--limit", "2", "--format", "table"])?;
    }
    let report = ["report", "priorities", "--by", "speaker", "--output", REPORT_FILE];
    step(
        global,
        "Count who speaks of which priority, into a file that a spreadsheet opens:",
        &report,
    )?;
    let mut out = output::stdout();
    writeln!(
        out,
        "wrote {REPORT_FILE}\n\nTo do the same with a folder of your own, name it instead of {corpus}, and give every command an\nindex of its own, so that the sample is not counted with it: --index FOLDER"
    )?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Prints a command as a person would type it, and runs it.
fn step(global: &Global, title: &str, command: &[&str]) -> Result<()> {
    let mut words = vec!["onrecord".to_owned()];
    words.extend(command.iter().map(|&word| word.to_owned()));
    if let Some(index) = &global.index {
        words.extend(["--index".to_owned(), index.to_string_lossy().into_owned()]);
    }
    let shown: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let mut out = output::stdout();
    writeln!(out, "# {title}\n$ {}\n", shown.join(" "))?;
    out.flush()?;
    drop(out);
    let mut args = Args::try_parse_from(&words)?;
    args.global.quiet = global.quiet;
    super::run(&args)?;
    let mut out = output::stdout();
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Quotes a word for a shell where it must be.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}
