use crate::args::{Args, Completions};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use clap::CommandFactory;
use std::io::Write;

pub(crate) fn run(args: &Completions) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "onrecord", &mut script);
    let mut out = output::stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Done)
}
