mod exchange;
mod lint;
mod show;

use crate::args::Taxonomy;
use crate::exit::Exit;
use anyhow::Result;

pub(super) fn run(taxonomy: &Taxonomy) -> Result<Exit> {
    match taxonomy {
        Taxonomy::Show(args) => show::run(args),
        Taxonomy::Lint(args) => lint::run(args),
        Taxonomy::Import(args) => exchange::import(args),
        Taxonomy::Export(args) => exchange::export(args),
    }
}
