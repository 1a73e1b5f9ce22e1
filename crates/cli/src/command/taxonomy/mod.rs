mod diff;
mod exchange;
mod lint;
mod show;

use crate::args::{Global, Taxonomy};
use crate::exit::Exit;
use anyhow::Result;

pub(super) fn run(global: &Global, taxonomy: &Taxonomy) -> Result<Exit> {
    match taxonomy {
        Taxonomy::Show(args) => show::run(args),
        Taxonomy::Lint(args) => lint::run(args),
        Taxonomy::Diff(args) => diff::run(global, args),
        Taxonomy::Import(args) => exchange::import(args),
        Taxonomy::Export(args) => exchange::export(args),
    }
}
