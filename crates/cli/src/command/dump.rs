use super::open_reader;
use crate::args::Global;
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::dump;
use std::io::Write;

pub(crate) fn run(global: &Global) -> Result<Exit> {
    let reader = open_reader(global)?;
    let mut out = output::stdout();
    dump(&reader, |line| -> Result<()> {
        serde_json::to_writer(&mut out, line)?;
        Ok(writeln!(out)?)
    })?;
    out.flush()?;
    Ok(Exit::Done)
}
