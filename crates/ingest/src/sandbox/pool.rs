//! The readers that a run has, and what it asks of them.

use super::confine::Confinement;
use super::deadline::{Deadlines, kill};
use super::keeper::{Order, Start, keep};
use super::wire::{Reply, Request, receive, send, write_frame};
use super::{READ_COMMAND, limits};
use crate::extract::Extract;
use crate::format::Format;
use encoding_rs::Encoding;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// How often a document is given to another reader after one was ended from outside.
const RETRIES: u32 = 1;

/// Readers in processes of their own, kept from one document to the next; shared by threads, each
/// of which has the use of one while it reads.
///
/// All of them end with it.
#[derive(Debug)]
pub struct Sandbox {
    idle: Mutex<Vec<Worker>>,
    /// Closed when the sandbox is let go of, so that the thread which starts readers ends.
    orders: Option<Sender<Order>>,
    deadlines: Arc<Deadlines>,
    threads: Vec<JoinHandle<()>>,
    confinement: Confinement,
}

/// Why a document was not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It lies in the document, and will be so again.
    Refused(String),
    /// It lies in this machine, at this time.
    Hindered(String),
}

impl Sandbox {
    /// Starts a first reader: `program` with the command `READ_COMMAND`, which is to call
    /// [`serve`](super::serve).
    ///
    /// # Errors
    /// When the program cannot be started, or is none that reads.
    pub fn start(program: PathBuf) -> io::Result<Self> {
        let start = Start { program, arguments: vec![READ_COMMAND.into()] };
        let (orders, taken) = channel();
        let deadlines = Arc::new(Deadlines::default());
        let watching = Arc::clone(&deadlines);
        let mut sandbox = Self {
            idle: Mutex::default(),
            orders: Some(orders),
            deadlines,
            threads: vec![
                std::thread::spawn(move || keep(&start, &taken)),
                std::thread::spawn(move || watching.watch()),
            ],
            confinement: Confinement::default(),
        };
        let first = sandbox.new_worker()?;
        sandbox.confinement = first.confinement;
        sandbox.put_back(first);
        Ok(sandbox)
    }

    /// Returns what the readers are held to.
    pub fn confinement(&self) -> Confinement {
        self.confinement
    }

    /// Reads the bytes of one document in a reader of its own.
    pub(crate) fn extract(
        &self,
        format: Format,
        encoding: &'static Encoding,
        bytes: &[u8],
    ) -> Result<Extract, Unread> {
        let request = Request { format, encoding: encoding.name().to_owned() };
        for attempt in 0.. {
            let hindered = |error: io::Error| {
                Unread::Hindered(format!("no reader can be started for it: {error}"))
            };
            let mut worker = self.worker().map_err(hindered)?;
            let watch = self.deadlines.set(&worker.child, limits::CLOCK);
            let answer = worker.ask(&request, bytes, || self.deadlines.renew(watch, limits::CLOCK));
            let in_time = self.deadlines.clear(watch);
            match answer {
                Ok(read) if in_time => {
                    self.put_back(worker);
                    return read.map_err(Unread::Refused);
                }
                Ok(_) | Err(_) if !in_time => {
                    worker.end();
                    return Err(Unread::Hindered(TOO_LATE.to_owned()));
                }
                Ok(_) | Err(_) => {
                    let status = worker.end();
                    let killed = is_killed(status);
                    if !killed || attempt == RETRIES {
                        let reason = reason_of(status);
                        return Err(if killed {
                            Unread::Hindered(reason)
                        } else {
                            Unread::Refused(reason)
                        });
                    }
                }
            }
        }
        Err(Unread::Hindered("no reader read it".to_owned()))
    }

    /// Returns a reader that has nothing to do, a new one where all are busy.
    fn worker(&self) -> io::Result<Worker> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            // One that was ended while it waited is no fault of the next document.
            Some(worker) if worker.is_alive() => Ok(worker),
            Some(_) | None => self.new_worker(),
        }
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }

    fn new_worker(&self) -> io::Result<Worker> {
        self.try_new_worker().or_else(|_| self.try_new_worker())
    }

    fn try_new_worker(&self) -> io::Result<Worker> {
        let gone = || io::Error::other("the thread that starts readers has ended");
        let (order, started) = channel();
        let orders = self.orders.as_ref().ok_or_else(gone)?;
        orders.send(order).map_err(|_| gone())?;
        let child = started.recv().map_err(|_| gone())??;
        let mut worker = Worker::of(child)?;
        let watch = self.deadlines.set(&worker.child, limits::CLOCK);
        let said = receive(&mut worker.output, limits::OUTPUT);
        self.deadlines.clear(watch);
        match said {
            Ok(Some(Reply::Ready(confinement))) => Ok(Worker { confinement, ..worker }),
            Ok(Some(Reply::Alive | Reply::Done(_)) | None) | Err(_) => {
                worker.end();
                Err(io::Error::other("it ended before it was ready"))
            }
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let idle = std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner));
        for worker in idle {
            worker.end();
        }
        self.orders = None;
        self.deadlines.close();
        for thread in self.threads.drain(..) {
            // A thread that failed has nothing left to clear up.
            let _ = thread.join();
        }
    }
}

/// A reader, and the pipes to it.
#[derive(Debug)]
struct Worker {
    child: Arc<Mutex<Child>>,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    confinement: Confinement,
}

impl Worker {
    fn of(mut child: Child) -> io::Result<Self> {
        let no_pipe = || io::Error::other("it has no pipes");
        let input = BufWriter::new(child.stdin.take().ok_or_else(no_pipe)?);
        let output = BufReader::with_capacity(1 << 16, child.stdout.take().ok_or_else(no_pipe)?);
        let confinement = Confinement::default();
        Ok(Self { child: Arc::new(Mutex::new(child)), input, output, confinement })
    }

    /// Asks for the text of a document, and waits for it.
    fn ask(
        &mut self,
        request: &Request,
        bytes: &[u8],
        on_alive: impl Fn(),
    ) -> io::Result<Result<Extract, String>> {
        send(&mut self.input, request)?;
        write_frame(&mut self.input, bytes)?;
        self.input.flush()?;
        loop {
            match receive(&mut self.output, limits::OUTPUT)? {
                Some(Reply::Done(read)) => return Ok(*read),
                Some(Reply::Alive) => on_alive(),
                Some(Reply::Ready(_)) | None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
    }

    fn is_alive(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(child.try_wait(), Ok(None))
    }

    /// Ends the reader with all that it started, if it has not ended by itself; returns how it
    /// ended.
    fn end(self) -> Option<ExitStatus> {
        let Self { child, input, output, .. } = self;
        // An end of its own comes through before the pipes are closed, and is the true reason.
        drop((input, output));
        kill(&child);
        child.lock().unwrap_or_else(PoisonError::into_inner).wait().ok()
    }
}

/// What is said of a document that its reader did not come back from: whose fault that is cannot be
/// told, since it did not work all that time.
const TOO_LATE: &str = "its reader did not answer within 20 s, or 20 s for 100 pages";

/// What is said of a document on which a reader ran out of time.
const TOO_SLOW: &str = "its reader worked for more than 10 s, or 10 s for 100 pages: it is damaged, \
                        made to be slow, or too large: split it";

/// Tells whether a reader was killed: by another program, or by a system short of memory.
#[cfg(unix)]
fn is_killed(status: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.is_none_or(|status| status.signal() == Some(9))
}

#[cfg(not(unix))]
fn is_killed(status: Option<ExitStatus>) -> bool {
    status.is_none()
}

/// Says how a reader ended at a document.
#[cfg(unix)]
fn reason_of(status: Option<ExitStatus>) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.and_then(|status| status.signal()) {
        // The same signal for both: the runtime turns an overflow of the stack into it.
        Some(6) => "its reader ran out of memory (1 GiB) or of stack: it is too large, nested too \
                    deep, or made to break readers"
            .to_owned(),
        Some(9) => "its reader was killed, perhaps because the memory ran out".to_owned(),
        Some(11) => "its reader overflowed: it is nested too deep, or made to break".to_owned(),
        Some(24) => TOO_SLOW.to_owned(),
        Some(signal) => format!("its reader ended by signal {signal}: it is damaged"),
        None => "its reader ended before it was done: it is damaged".to_owned(),
    }
}

#[cfg(not(unix))]
fn reason_of(_status: Option<ExitStatus>) -> String {
    "its reader ended before it was done: it is damaged".to_owned()
}
