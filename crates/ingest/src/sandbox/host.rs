//! What a reader may ask of the process that it runs in.

use super::HELPER_COMMAND;
use super::confine::{end_with_parent, resume_limits};
use std::ffi::OsStr;
use std::io;
use std::process::Command;

/// The process that a reader runs in.
pub(crate) struct Host<'a> {
    /// To be told of each page that was read; none where nothing limits the time.
    on_page: Option<&'a mut dyn FnMut()>,
}

impl<'a> Host<'a> {
    /// A process that is confined to one document at a time, and counts its pages.
    pub(crate) fn confined(on_page: &'a mut dyn FnMut()) -> Self {
        Self { on_page: Some(on_page) }
    }

    /// A process without limits: this one.
    pub(crate) fn unconfined() -> Self {
        Self { on_page: None }
    }

    /// Notes that a page was read: documents of many pages get more time.
    pub(crate) fn page_done(&mut self) {
        if let Some(on_page) = &mut self.on_page {
            on_page();
        }
    }

    /// Prepares to call a program, such as `pdftotext`, which gets the limits of this process;
    /// arguments and pipes are the caller's.
    ///
    /// A confined reader calls the program that it is itself, which asks to be ended with the
    /// reader and then becomes the other: a new process cannot be made to do so from outside.
    pub(crate) fn helper(&self, program: &str) -> Command {
        match std::env::current_exe() {
            Ok(this) if self.on_page.is_some() && cfg!(target_os = "linux") => {
                let mut command = Command::new(this);
                command.args([HELPER_COMMAND, &std::process::id().to_string(), program]);
                command
            }
            Ok(_) | Err(_) => Command::new(program),
        }
    }
}

/// Becomes another program, to be ended when the process of the number `parent` ends; returns only
/// where that fails.
pub fn run_helper(parent: u32, program: &OsStr, arguments: &[impl AsRef<OsStr>]) -> io::Error {
    end_with_parent(parent);
    resume_limits();
    let mut command = Command::new(program);
    command.args(arguments);
    become_program(command)
}

#[cfg(unix)]
fn become_program(mut command: Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
