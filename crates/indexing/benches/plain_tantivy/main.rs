//! Compares this crate with plain tantivy: building an index, and answering the same queries.
//!
//! `docs/benchmarks.md` says how to run it and what the figures mean.

#![expect(clippy::print_stdout, reason = "figures are what a bench is run for")]
#![allow(unreachable_pub, reason = "the modules of a bench have no callers outside it")]

mod building;
mod corpus;
mod draw;
mod ours;
mod plain;
mod queries;
mod querying;

use corpus::Corpus;
use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The folder that the indexes are written to.
fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("onrecord-bench")
}

/// Waits until no other run writes to the folder, and keeps others waiting.
fn lock() -> Outcome<File> {
    fs::create_dir_all(scratch())?;
    let file = File::create(scratch().join("lock"))?;
    file.lock()?;
    Ok(file)
}

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [task, side] = arguments.as_slice()
        && task == building::CHILD
    {
        return building::build_as_child(side);
    }
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("not measured: run `cargo bench -p onrecord-indexing`");
        return Ok(());
    }
    let _alone = lock()?;
    let corpus = Corpus::load()?;
    println!("texts: {corpus}");
    let draws = arguments.iter().any(|argument| argument == "--draw");
    building::compare(&corpus, if draws { 1 } else { building::ROUNDS })?;
    let pair = querying::Pair::open(&corpus)?;
    if draws { draw::write(&corpus, &pair) } else { querying::compare(&pair) }
}
