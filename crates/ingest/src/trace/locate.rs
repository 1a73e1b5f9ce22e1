//! Where a record stands in its file.

use super::decoding::Stepwise;
use crate::format::{Format, detect, row_reader};
use crate::reader::{Head, MAX_RECORD_BYTES, is_truncation, transcoded, unpacked};
use crate::record::is_utf_16;
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A file that is known to be there.
pub(super) struct OpenedFile {
    path: PathBuf,
    pub(super) encoding: &'static Encoding,
    /// None where no reader would take it.
    pub(super) format: Option<Format>,
    pub(super) is_unpacked: bool,
}

impl OpenedFile {
    /// Looks at the file as the reader does before it cuts it into records.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let (stream, is_unpacked) = stream_of(path)?;
        let (head, _) = Head::of(stream)?;
        let format = detect(path, &head.bytes, &head.text()).ok();
        Ok(Self { path: path.to_owned(), encoding: head.encoding, format, is_unpacked })
    }

    /// Finds the record of a number: a place in the unpacked stream, as UTF-8 if it is UTF-16.
    pub(super) fn place_of(&self, format: Format, number: u64) -> io::Result<Option<Range<u64>>> {
        let stream = transcoded(stream_of(&self.path)?.0, self.encoding);
        if let Format::Rows(delimiter) = format {
            row_of(stream, delimiter, number)
        } else if format == Format::JsonLines {
            line_of(stream, number)
        } else {
            Ok(None)
        }
    }

    /// Reads the bytes of the unpacked stream at a [place](Self::place_of), and tells where they
    /// begin.
    pub(super) fn cut(&self, place: Range<u64>) -> io::Result<(u64, Vec<u8>)> {
        let (mut stream, _) = stream_of(&self.path)?;
        if is_utf_16(self.encoding) && place.end < u64::MAX {
            return cut_utf_16(&mut *stream, self.encoding, &place);
        }
        io::copy(&mut (&mut stream).take(place.start), &mut io::sink())?;
        let mut bytes = Vec::new();
        let limit = (place.end - place.start).min(MAX_RECORD_BYTES as u64);
        match stream.take(limit).read_to_end(&mut bytes) {
            // What came before the damage was read.
            Err(error) if !is_truncation(&error) => Err(error),
            Ok(_) | Err(_) => Ok((place.start, bytes)),
        }
    }
}

fn stream_of(path: &Path) -> io::Result<(Box<dyn BufRead>, bool)> {
    unpacked(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}

fn line_of(mut stream: impl BufRead, number: u64) -> io::Result<Option<Range<u64>>> {
    let mut start = 0;
    for _ in 1..number {
        start += stream.skip_until(b'\n')? as u64;
    }
    let n_bytes = stream.skip_until(b'\n')? as u64;
    Ok((n_bytes > 0).then_some(start..start + n_bytes))
}

fn row_of(stream: impl BufRead, delimiter: u8, number: u64) -> io::Result<Option<Range<u64>>> {
    let mut rows = row_reader(stream, delimiter, MAX_RECORD_BYTES as u64);
    rows.reader.byte_headers().map_err(io::Error::from)?;
    while let Some(row) = rows.next_row().map_err(io::Error::from)? {
        if let Some(position) = row.position().filter(|position| position.line() == number) {
            return Ok(Some(position.byte()..rows.reader.position().byte()));
        }
    }
    Ok(None)
}

/// Cuts UTF-16 at a place that is counted in bytes of UTF-8.
fn cut_utf_16(
    stream: &mut dyn BufRead,
    encoding: &'static Encoding,
    place: &Range<u64>,
) -> io::Result<(u64, Vec<u8>)> {
    let mut stepwise = Stepwise::new(encoding.new_decoder());
    let (mut n_chars, mut n_read, mut start, mut bytes) = (0, 0, 0, Vec::new());
    for byte in stream.bytes() {
        let byte = byte?;
        if n_chars < place.start {
            start = n_read + 1;
        } else {
            bytes.push(byte);
        }
        n_read += 1;
        stepwise.step(&[byte], false, &mut |chars| n_chars += chars.len() as u64);
        if n_chars >= place.end {
            break;
        }
    }
    Ok((start, bytes))
}
