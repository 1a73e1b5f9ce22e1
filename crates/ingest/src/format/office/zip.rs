//! Zip packages, opened without trust: what their directory states is checked against the bytes.

use flate2::{Crc, read::DeflateDecoder};
use std::collections::BTreeMap;
use std::io::Read;

/// Entries of a package, beyond which it is refused: books with a file for each picture have some
/// thousands.
const MAX_ENTRIES: usize = 20_000;

/// Bytes that one part may unpack to: as many as a document may have.
const MAX_PART_BYTES: usize = 64 << 20;

/// Bytes that all parts read may unpack to.
const MAX_UNPACKED_BYTES: usize = 256 << 20;

/// How many times its packed size a part may unpack to, once it is beyond [`FREE_BYTES`]: markup
/// shrinks to a fiftieth at most, deflate's limit is a thousandth.
const MAX_RATIO: usize = 500;

/// Bytes that any part may unpack to, whatever its packed size.
const FREE_BYTES: usize = 1 << 20;

/// The length of the record that ends a package, without its comment (APPNOTE 4.3.16).
const END_LENGTH: usize = 22;

/// The longest comment behind that record.
const MAX_COMMENT: usize = u16::MAX as usize;

/// A package whose directory has been read and found sound.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    /// By name in lower case: names that differ in case alone name the same part (OPC 6.2.2.3).
    entries: BTreeMap<String, Vec<Entry>>,
    n_unpacked: usize,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where its local header begins, its packed bytes begin and end.
    header: usize,
    start: usize,
    end: usize,
    /// As the directory states it.
    n_unpacked: usize,
    crc: u32,
    method: u16,
    is_encrypted: bool,
}

impl<'a> Archive<'a> {
    /// Reads the directory of a package.
    ///
    /// # Errors
    /// It is cut off, its parts overlap, or it has too many.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let damaged = || "damaged or cut off: it has no sound zip directory".to_owned();
        let directory = directory(bytes).ok_or_else(damaged)?;
        let mut entries: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut rest = directory;
        let mut n_entries = 0;
        while rest.starts_with(b"PK\x01\x02") {
            n_entries += 1;
            if n_entries > MAX_ENTRIES {
                return Err(format!("it has more than {MAX_ENTRIES} parts"));
            }
            let (name, entry, after) = entry(bytes, rest).ok_or_else(damaged)?;
            rest = after;
            entries.entry(key(&name)).or_default().push(entry);
        }
        if n_entries == 0 {
            return Err(damaged());
        }
        refuse_overlap(&entries)?;
        Ok(Self { bytes, entries, n_unpacked: 0 })
    }

    /// Tells whether there is a part of the name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name))
    }

    /// Returns a name that leads out of the package, if there is one. Nothing is ever written under
    /// a part's name, and none is looked for under such a name.
    pub(super) fn slip_name(&self) -> Option<&str> {
        self.entries
            .keys()
            .map(String::as_str)
            .find(|name| name.split('/').any(|step| step == ".."))
    }

    /// Unpacks a part; none where there is none of the name.
    ///
    /// # Errors
    /// It is there more than once, is encrypted or damaged, or unpacks to too much.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let entry = match self.entries.get(&key(name)).map(Vec::as_slice) {
            None | Some([]) => return Ok(None),
            Some([entry]) => *entry,
            Some(several) => {
                let n = several.len();
                return Err(format!(
                    "it holds `{name}` {n} times: which of them counts is unclear"
                ));
            }
        };
        if entry.is_encrypted {
            return Err("encrypted: remove its password".to_owned());
        }
        let packed = self.bytes.get(entry.start..entry.end).unwrap_or_default();
        let limit = self.limit(packed.len());
        let unpacked = match entry.method {
            0 => take(packed, limit),
            8 => take(DeflateDecoder::new(packed), limit),
            other => return Err(format!("`{name}` is packed by method {other}, not by deflate")),
        };
        let unpacked = unpacked.map_err(|error| format!("`{name}` is damaged: {error}"))?;
        if unpacked.len() > limit {
            return Err(self.refusal(name, packed.len()));
        }
        self.n_unpacked += unpacked.len();
        let mut crc = Crc::new();
        crc.update(&unpacked);
        if unpacked.len() != entry.n_unpacked || crc.sum() != entry.crc {
            return Err(format!("`{name}` is damaged: it is not what the directory states"));
        }
        Ok(Some(unpacked))
    }

    fn limit(&self, n_packed: usize) -> usize {
        let by_ratio = n_packed.saturating_mul(MAX_RATIO).max(FREE_BYTES);
        by_ratio.min(MAX_PART_BYTES).min(MAX_UNPACKED_BYTES.saturating_sub(self.n_unpacked))
    }

    fn refusal(&self, name: &str, n_packed: usize) -> String {
        let limit = self.limit(n_packed);
        if limit == MAX_PART_BYTES {
            format!("`{name}` unpacks to more than {MAX_PART_BYTES} bytes")
        } else if limit == MAX_UNPACKED_BYTES.saturating_sub(self.n_unpacked) {
            format!("its parts unpack to more than {MAX_UNPACKED_BYTES} bytes")
        } else {
            format!("`{name}` unpacks to more than {MAX_RATIO} times its {n_packed} bytes")
        }
    }
}

/// Returns the names that the local headers in a file's first bytes give, in their order, with
/// the bytes that are stored unpacked behind the first.
pub(super) fn names_in_head(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    memchr::memmem::find_iter(head, b"PK\x03\x04").filter_map(move |at| {
        let header = head.get(at..)?;
        let (n_name, n_extra) = (number_16(header, 26)?, number_16(header, 28)?);
        let name = header.get(30..30 + usize::from(n_name))?;
        let stored = header.get(30 + usize::from(n_name) + usize::from(n_extra)..)?;
        Some((name, stored))
    })
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

fn take(packed: impl Read, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    packed.take(limit as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// Finds the directory by the record that ends the package; one in the Zip64 form comes first.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let tail = bytes.len().saturating_sub(END_LENGTH + MAX_COMMENT);
    let end = tail + memchr::memmem::rfind(bytes.get(tail..)?, b"PK\x05\x06")?;
    let record = bytes.get(end..)?;
    let locator = end.checked_sub(20).and_then(|at| bytes.get(at..end));
    let (n_bytes, start) = match locator.filter(|found| found.starts_with(b"PK\x06\x07")) {
        Some(locator) => {
            let record = bytes.get(number_64(locator, 8)?..)?;
            (number_64(record, 40)?, number_64(record, 48)?)
        }
        None => (number_32(record, 12)? as usize, number_32(record, 16)? as usize),
    };
    bytes.get(start..start.checked_add(n_bytes)?.min(end))
}

/// Reads the entry that a directory begins with: its name, itself, and what follows.
fn entry<'a>(bytes: &[u8], directory: &'a [u8]) -> Option<(String, Entry, &'a [u8])> {
    let (flags, method) = (number_16(directory, 8)?, number_16(directory, 10)?);
    let crc = number_32(directory, 16)?;
    let n_name = usize::from(number_16(directory, 28)?);
    let n_extra = usize::from(number_16(directory, 30)?);
    let n_comment = usize::from(number_16(directory, 32)?);
    let name = directory.get(46..46 + n_name)?;
    let extra = directory.get(46 + n_name..46 + n_name + n_extra)?;
    let after = directory.get(46 + n_name + n_extra + n_comment..)?;
    let mut long = long_numbers(extra);
    let mut number = |at: usize| match number_32(directory, at)? {
        u32::MAX => {
            let (number, rest) = (number_64(long, 0)?, long.get(8..)?);
            long = rest;
            Some(number)
        }
        number => Some(number as usize),
    };
    let (n_unpacked, n_packed, header) = (number(24)?, number(20)?, number(42)?);
    let local = bytes.get(header..).filter(|local| local.starts_with(b"PK\x03\x04"))?;
    let lengths = usize::from(number_16(local, 26)?) + usize::from(number_16(local, 28)?);
    let start = header.checked_add(30)?.checked_add(lengths)?;
    let end = start.checked_add(n_packed).filter(|&end| end <= bytes.len())?;
    let is_encrypted = flags & 1 != 0;
    let entry = Entry { header, start, end, n_unpacked, crc, method, is_encrypted };
    Some((String::from_utf8_lossy(name).into_owned(), entry, after))
}

/// Finds the Zip64 numbers in the extra field of an entry (APPNOTE 4.5.3).
fn long_numbers(mut extra: &[u8]) -> &[u8] {
    while let (Some(kind), Some(length)) = (number_16(extra, 0), number_16(extra, 2)) {
        let end = 4 + usize::from(length);
        if kind == 1 {
            return extra.get(4..end).unwrap_or_default();
        }
        extra = extra.get(end..).unwrap_or_default();
    }
    &[]
}

fn refuse_overlap(entries: &BTreeMap<String, Vec<Entry>>) -> Result<(), String> {
    let mut spans: Vec<_> = entries.values().flatten().map(|one| (one.header, one.end)).collect();
    spans.sort_unstable();
    let overlaps = spans.windows(2).any(|pair| matches!(pair, [one, next] if one.1 > next.0));
    if overlaps {
        return Err("its parts overlap, as those of zip bombs do".to_owned());
    }
    Ok(())
}

fn number_16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn number_32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn number_64(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::office::fixtures::{Part, package, part};
    use proptest::prelude::*;

    fn read(parts: &[Part], name: &str) -> Result<Option<Vec<u8>>, String> {
        Archive::open(&package(parts))?.read(name)
    }

    #[test]
    fn parts_are_unpacked() {
        let stored = Part { is_stored: true, ..part("mimetype", "text/plain") };
        let parts = [stored, part("a/B.xml", "<a/>"), part("..\\c", "")];
        assert_eq!(read(&parts, "mimetype").unwrap().unwrap(), b"text/plain");
        assert_eq!(read(&parts, "/A/b.xml").unwrap().unwrap(), b"<a/>");
        assert_eq!(read(&parts, "a/c.xml"), Ok(None));
        let bytes = package(&parts);
        let archive = Archive::open(&bytes).unwrap();
        assert_eq!((archive.slip_name(), archive.has("a/b.xml")), (Some("../c"), true));
        let names: Vec<_> = names_in_head(&bytes).map(|(name, _)| name).collect();
        assert_eq!(names, [&b"mimetype"[..], b"a/B.xml", b"..\\c"]);
        assert!(names_in_head(&bytes).next().unwrap().1.starts_with(b"text/plain"));
    }

    #[test]
    fn hostile_packages_are_refused() {
        let zeros = vec![0; 2 << 20];
        let cases: [(&str, Vec<Part>, &str); 8] = [
            (
                "a lie about the size",
                vec![Part { stated_bytes: Some(3), ..part("a", "four") }],
                "not what the directory states",
            ),
            ("a bomb", vec![part("a", &zeros)], "unpacks to more than 500 times its"),
            (
                "a bomb that lies",
                vec![Part { stated_bytes: Some(10), ..part("a", &zeros) }],
                "unpacks to more than 500 times its",
            ),
            ("one name twice", vec![part("a", "x"), part("A", "y")], "it holds `a` 2 times"),
            (
                "encrypted",
                vec![Part { flags: 1, ..part("a", "x") }],
                "encrypted: remove its password",
            ),
            (
                "overlapping",
                vec![part("a", "x"), Part { stated_place: Some(0), ..part("b", "y") }],
                "its parts overlap",
            ),
            (
                "outside",
                vec![Part { stated_place: Some(u32::MAX - 1), ..part("a", "x") }],
                "no sound zip directory",
            ),
            ("empty", vec![], "no sound zip directory"),
        ];
        for (what, parts, reason) in cases {
            let refused = read(&parts, "a").unwrap_err();
            assert!(refused.contains(reason), "{what}: {refused}");
        }
        let many: Vec<Part> = (0..=MAX_ENTRIES).map(|n| part(&n.to_string(), "")).collect();
        assert_eq!(read(&many, "1").unwrap_err(), "it has more than 20000 parts");
        // The packed bytes begin behind the local header: 30 bytes and the name.
        let mut damaged = package(&[Part { is_stored: true, ..part("a", "words") }]);
        damaged[32] ^= 1;
        let refused = Archive::open(&damaged).unwrap().read("a").unwrap_err();
        assert!(refused.contains("`a` is damaged"), "{refused}");
    }

    #[test]
    fn what_is_unpacked_is_limited_in_all() {
        let bytes = package(&[part("a", "words")]);
        let mut archive = Archive::open(&bytes).unwrap();
        archive.n_unpacked = MAX_UNPACKED_BYTES - 9;
        assert_eq!(archive.read("a").unwrap().unwrap(), b"words");
        let refused = archive.read("a").unwrap_err();
        assert_eq!(refused, "its parts unpack to more than 268435456 bytes");
    }

    #[test]
    fn long_packages_are_read() {
        // The same package with its directory's numbers in the Zip64 form.
        let short = package(&[part("a", "words")]);
        let end = short.len() - END_LENGTH;
        let start = number_32(&short, end + 16).unwrap() as usize;
        let mut entry = short[start..end].to_vec();
        let sizes = [number_32(&entry, 24).unwrap(), number_32(&entry, 20).unwrap()];
        entry[20..28].fill(0xff);
        entry[30..32].copy_from_slice(&20_u16.to_le_bytes());
        entry.extend([1, 0, 16, 0]);
        sizes.iter().for_each(|size| entry.extend(u64::from(*size).to_le_bytes()));
        let mut long = short[..start].to_vec();
        long.extend(&entry);
        let record = long.len() as u64;
        long.extend(b"PK\x06\x06");
        long.extend([0; 36]);
        long.extend((entry.len() as u64).to_le_bytes());
        long.extend((start as u64).to_le_bytes());
        long.extend(b"PK\x06\x07\0\0\0\0");
        long.extend(record.to_le_bytes());
        long.extend([1, 0, 0, 0]);
        long.extend(b"PK\x05\x06");
        long.extend([0xff; 16]);
        long.extend([0, 0]);
        assert_eq!(Archive::open(&long).unwrap().read("a").unwrap().unwrap(), b"words");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..200, byte: u8) {
            let mut sound = package(&[part("a", "some words"), part("b", "")]);
            sound.truncate(sound.len().min(at * 2));
            if let Some(place) = sound.get_mut(at) { *place = byte }
            bytes.extend(b"PK\x05\x06");
            for bytes in [&bytes, &sound] {
                if let Ok(mut archive) = Archive::open(bytes) {
                    let _ = archive.read("a");
                }
                names_in_head(bytes).count();
            }
        }
    }
}
