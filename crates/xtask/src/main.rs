//! The chores of the workspace, as `cargo xtask CHORE`.
//!
//! In comes the source tree, or a folder of real texts; out come lines on stdout that say what
//! was run and found, the last of them `N passed, N failed, N skipped`, and an exit code.
//! Nothing is installed, and only the target folder and temporary folders are written to.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the chores are a front end for developers: what they print is their result"
)]

mod cargo;
mod counts;
mod real_texts;
mod tests_of_the_tree;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The chores of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check formatting, lints, all tests, documentation, and licences where cargo-deny is found
    Test,
    /// Check the release binary against a folder of real texts
    TestData {
        /// The folder that holds whitehouse/, whitehouse-truth.csv, presidential/, seed/ and
        /// ungdc-sessions-50-74.jsonl.gz; a part that is missing is skipped aloud
        dir: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Test => tests_of_the_tree::run(),
        Chore::TestData { dir } => real_texts::run(&dir),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
