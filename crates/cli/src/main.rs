//! The command `onrecord`: reads its arguments, asks one question of the library, prints the
//! answer.
//!
//! Standard output is for answers, standard error for messages. `exit` lists the exit codes.

mod args;
mod command;
mod exit;
mod output;

use clap::Parser;
use std::process::ExitCode;

/// A document is taken apart on one thread and let go of on another, which the system's
/// allocator makes the threads wait for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = args::Args::parse();
    std::panic::set_hook(Box::new(|panic| output::print_failure(&panic.to_string())));
    let run = std::panic::catch_unwind(|| command::run(&args));
    match run {
        Ok(Ok(code)) => code.into(),
        Ok(Err(error)) if output::is_broken_pipe(&error) => exit::Exit::Done.into(),
        Ok(Err(error)) => {
            output::print_error(&error);
            exit::Exit::Error.into()
        }
        Err(_) => exit::Exit::Error.into(),
    }
}
