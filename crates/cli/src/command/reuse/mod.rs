//! Words that were used before.

mod line;
mod passages;

use crate::args::{Global, Reuse};
use crate::exit::Exit;
use anyhow::Result;

pub(crate) fn run(global: &Global, args: &Reuse) -> Result<Exit> {
    match args {
        Reuse::Line(args) => line::run(global, args),
        Reuse::Passages(args) => passages::run(global, args),
    }
}
