//! What a reader does: documents in, texts out, one at a time.

use super::confine::{allow_more_time, confine};
use super::host::Host;
use super::limits;
use super::wire::{Reply, Request, read_frame, receive, send};
use crate::MAX_RECORD_BYTES;
use crate::extract::{Extract, extract};
use encoding_rs::{Encoding, UTF_8};
use std::cell::RefCell;
#[cfg(unix)]
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The longest description of a document, in bytes.
const MAX_REQUEST: usize = 4096;

/// Reads documents from standard input as they come and writes their texts to standard output,
/// until the process of the number `parent` closes its side. It gives up first what it does not
/// need.
///
/// # Errors
/// When the other end is gone, or says what cannot be understood.
pub fn serve(parent: u32) -> io::Result<()> {
    let mut input = BufReader::new(io::stdin());
    let output = RefCell::new(claim_output()?);
    let say = |reply: &Reply| send(&mut *output.borrow_mut(), reply);
    say(&Reply::Ready(confine(parent)))?;
    while let Some(request) = receive::<Request>(&mut input, MAX_REQUEST)? {
        let bytes =
            read_frame(&mut input, MAX_RECORD_BYTES)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        allow_more_time();
        let mut pages = 0;
        let on_page = &mut || {
            pages += 1;
            if pages % limits::PAGES_PER_TIME == 0 {
                allow_more_time();
                // Where it cannot be said, the other end is gone, and the answer finds out.
                let _ = say(&Reply::Alive);
            }
        };
        let read = catch_unwind(AssertUnwindSafe(|| read(&request, bytes, on_page)));
        let read = read.unwrap_or_else(|_| Err("its reader failed: please report this".to_owned()));
        say(&Reply::Done(Box::new(bounded(read))))?;
    }
    Ok(())
}

/// Takes standard output for itself: what a library prints goes nowhere.
#[cfg(unix)]
fn claim_output() -> io::Result<impl Write> {
    let output = rustix::io::dup(rustix::stdio::stdout())?;
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/null")?)?;
    Ok(File::from(output))
}

#[cfg(not(unix))]
fn claim_output() -> io::Result<impl Write> {
    Ok(io::stdout())
}

fn read(request: &Request, bytes: Vec<u8>, on_page: &mut dyn FnMut()) -> Result<Extract, String> {
    let encoding = Encoding::for_label(request.encoding.as_bytes()).unwrap_or(UTF_8);
    extract(request.format, encoding, bytes, &mut Host::confined(on_page))
}

/// Refuses what is too long to be sent.
fn bounded(read: Result<Extract, String>) -> Result<Extract, String> {
    let limit = limits::OUTPUT / 2;
    match read {
        Ok(extract) if extract.n_bytes() > limit => {
            Err(format!("its text has {} bytes, more than the {limit} allowed", extract.n_bytes()))
        }
        read => read,
    }
}
