//! Starts readers from one thread: where a reader ends together with its parent, that means the
//! thread which started it.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender};

/// How a reader is started: the program, and the arguments before the number of this process.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<OsString>,
}

/// Where to send a reader that was asked for.
pub(super) type Order = Sender<io::Result<Child>>;

/// Starts readers as they are asked for, until nobody can ask any more.
pub(super) fn keep(start: &Start, orders: &Receiver<Order>) {
    for order in orders {
        // Who does not wait for it any more lets it end.
        let _ = order.send(start.child());
    }
}

impl Start {
    fn child(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .arg(std::process::id().to_string())
            .env_clear()
            // The allocator would take as much address space in advance as a reader may have.
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }
}
