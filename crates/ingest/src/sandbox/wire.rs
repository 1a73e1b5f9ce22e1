//! What passes between the program and a reader: frames of a length and as many bytes.

use super::confine::Confinement;
use crate::extract::Extract;
use crate::format::Format;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// What a reader is asked to read; the bytes of the document follow in a frame of their own.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) format: Format,
    /// The character encoding, by its name in the Encoding Standard.
    pub(super) encoding: String,
}

/// What a reader says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// It has confined itself and waits; the first that it says.
    Ready(Confinement),
    /// It has read another hundred pages, and gets as much time again.
    Alive,
    /// It has read the document, or says why it is none.
    Done(Box<Result<Extract, String>>),
}

/// Writes a frame.
pub(super) fn write_frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads a frame of at most `limit` bytes; none where the other side has ended between two.
pub(super) fn read_frame(from: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match from.read(&mut length)? {
        0 => return Ok(None),
        n => from.read_exact(length.get_mut(n..).unwrap_or_default())?,
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > limit {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame is longer than allowed"));
    }
    let mut bytes = Vec::new();
    if from.take(length as u64).read_to_end(&mut bytes)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}

/// Encodes a message and writes it as a frame.
pub(super) fn send(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    write_frame(to, &bytes)?;
    to.flush()
}

/// Reads a frame and decodes the message in it.
pub(super) fn receive<T: DeserializeOwned>(
    from: &mut impl Read,
    limit: usize,
) -> io::Result<Option<T>> {
    let Some(bytes) = read_frame(from, limit)? else { return Ok(None) };
    let message = postcard::from_bytes(&bytes);
    message.map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_whole_or_not_at_all() {
        let mut written = Vec::new();
        write_frame(&mut written, b"abc").unwrap();
        write_frame(&mut written, b"").unwrap();
        let mut from = written.as_slice();
        assert_eq!(read_frame(&mut from, 3).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(read_frame(&mut from, 3).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(read_frame(&mut from, 3).unwrap(), None);
        for cut in 1..7 {
            assert!(read_frame(&mut written.get(..cut).unwrap(), 3).is_err(), "cut at {cut}");
        }
        assert!(read_frame(&mut written.as_slice(), 2).is_err(), "longer than allowed");
    }
}
