//! CSV: a header, then one document a row.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// A reader that refuses to give more than a limit of bytes between two resets, so that a quote
/// that never closes cannot fill the memory.
pub(crate) struct Metered<R> {
    inner: R,
    n_since: Rc<Cell<u64>>,
    n_quotes: Rc<Cell<usize>>,
    limit: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.n_since.get() > self.limit {
            let reason = format!(
                "a row is longer than {} bytes: a quotation mark is not closed?",
                self.limit
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let n = self.inner.read(buffer)?;
        self.n_since.set(self.n_since.get() + n as u64);
        let n_quotes = memchr::memchr_iter(b'"', buffer.get(..n).unwrap_or_default()).count();
        self.n_quotes.set(self.n_quotes.get() + n_quotes);
        Ok(n)
    }
}

/// A CSV file being read.
pub(crate) struct Rows<R> {
    pub(crate) reader: csv::Reader<Metered<R>>,
    n_since: Rc<Cell<u64>>,
    n_quotes: Rc<Cell<usize>>,
}

/// Makes a reader of rows; a leading byte order mark is passed over.
pub(crate) fn row_reader<R: Read>(inner: R, delimiter: u8, limit: u64) -> Rows<R> {
    let (n_since, n_quotes) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let metered = Metered { inner, n_since: n_since.clone(), n_quotes: n_quotes.clone(), limit };
    let reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(metered);
    Rows { reader, n_since, n_quotes }
}

impl<R: Read> Rows<R> {
    /// Tells whether the marks of quotation read so far are odd in number: in quoted fields they
    /// come in pairs, so the last row may have taken in what follows it.
    pub(crate) fn has_odd_quotes(&self) -> bool {
        self.n_quotes.get() % 2 == 1
    }

    /// Reads the next row; none at the end.
    pub(crate) fn next_row(&mut self) -> Result<Option<csv::ByteRecord>, csv::Error> {
        self.n_since.set(0);
        let mut row = csv::ByteRecord::new();
        Ok(self.reader.read_byte_record(&mut row)?.then_some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_quote_stops_at_the_limit() {
        let mut text = b"a,b\n1,2\n3,\"".to_vec();
        text.resize(100_000, b'x');
        let mut rows = row_reader(&text[..], b',', 20_000);
        assert_eq!(rows.next_row().unwrap().unwrap().as_slice(), b"12");
        let error = rows.next_row().unwrap_err().to_string();
        assert!(error.contains("longer than 20000 bytes"), "{error}");
    }
}
