use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

/// Hashes what is written through it.
pub(super) struct Digest<W> {
    out: W,
    hasher: Sha256,
    n_bytes: u64,
}

impl<W: Write> Digest<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hasher: Sha256::new(), n_bytes: 0 }
    }

    /// Returns what it wrote to, how many bytes these were, and their SHA-256, hexadecimal.
    pub(super) fn finish(self) -> (W, u64, String) {
        (self.out, self.n_bytes, hexadecimal(&self.hasher.finalize()))
    }
}

impl<W: Write> Write for Digest<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_written = self.out.write(bytes)?;
        self.hasher.update(bytes.get(..n_written).unwrap_or(bytes));
        self.n_bytes += n_written as u64;
        Ok(n_written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Hashes what can be read: the SHA-256, hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub(super) fn sha256_of(mut input: impl io::Read) -> io::Result<String> {
    let mut digest = Digest::new(io::sink());
    io::copy(&mut input, &mut digest)?;
    Ok(digest.finish().2)
}

fn hexadecimal(bytes: &[u8]) -> String {
    onrecord_indexing::hexadecimal(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-4, as worked out in NIST's examples.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of(&b"abc"[..]).unwrap(), expected);
        let mut digest = Digest::new(Vec::new());
        digest.write_all(b"a").unwrap();
        digest.write_all(b"bc").unwrap();
        assert_eq!(digest.finish(), (b"abc".to_vec(), 3, expected.to_owned()));
    }
}
