//! Files in formats of bytes, made as they should be or not quite.

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use std::io::Write;

/// Packs bytes as a gzip file.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Packs bytes for a stream of a PDF.
pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Makes a zip archive of stored entries.
pub(crate) fn zip(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    archive(entries, |bytes| (0, bytes.to_vec()))
}

/// Makes a zip archive of deflated entries.
pub(crate) fn deflated_zip(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    archive(entries, |bytes| {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        (8, encoder.finish().unwrap())
    })
}

/// Puts an archive together (PKWARE's application note, 4.3).
fn archive(entries: &[(&str, Vec<u8>)], pack: impl Fn(&[u8]) -> (u16, Vec<u8>)) -> Vec<u8> {
    let (mut local, mut central) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let (method, packed) = pack(bytes);
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut common = Vec::new();
        for number in [20, 0, method, 0, 0x21] {
            common.extend_from_slice(&u16::to_le_bytes(number));
        }
        for number in [crc.sum(), packed.len() as u32, bytes.len() as u32] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        common.extend_from_slice(&(name.len() as u16).to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        let at = local.len() as u32;
        local.extend_from_slice(b"PK\x03\x04");
        local.extend_from_slice(&common);
        local.extend_from_slice(name.as_bytes());
        local.extend_from_slice(&packed);
        central.extend_from_slice(b"PK\x01\x02\x14\x00");
        central.extend_from_slice(&common);
        central.extend_from_slice(&[0; 10]);
        central.extend_from_slice(&at.to_le_bytes());
        central.extend_from_slice(name.as_bytes());
    }
    let n = (entries.len() as u16).to_le_bytes();
    let (size, at) = ((central.len() as u32).to_le_bytes(), (local.len() as u32).to_le_bytes());
    [&local[..], &central, b"PK\x05\x06\0\0\0\0", &n, &n, &size, &at, &[0, 0]].concat()
}

/// Finds where each record of an archive begins.
fn records(archive: &[u8], magic: &[u8]) -> Vec<usize> {
    (0..archive.len()).filter(|&at| archive[at..].starts_with(magic)).collect()
}

/// Has the records of an archive say that each entry unpacks to so many bytes.
pub(crate) fn lie_about_sizes(archive: &mut [u8], bytes: u32) {
    for (magic, offset) in [(&b"PK\x03\x04"[..], 22), (b"PK\x01\x02", 24)] {
        for at in records(archive, magic) {
            archive[at + offset..at + offset + 4].copy_from_slice(&bytes.to_le_bytes());
        }
    }
}

/// Has the records of an archive say that each entry is encrypted.
pub(crate) fn mark_encrypted(archive: &mut [u8]) {
    for (magic, offset) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        for at in records(archive, magic) {
            archive[at + offset] |= 1;
        }
    }
}

/// Has all entries of an archive begin where the second does.
pub(crate) fn overlap(archive: &mut [u8]) {
    let second = records(archive, b"PK\x03\x04")[1] as u32;
    for at in records(archive, b"PK\x01\x02") {
        archive[at + 42..at + 46].copy_from_slice(&second.to_le_bytes());
    }
}

/// Makes a PDF of objects, numbered from 1; the first is the catalogue (ISO 32000-1, 7.5).
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    let n = objects.len() + 1;
    file.extend_from_slice(format!("xref\n0 {n}\n0000000000 65535 f \n").as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!("trailer\n<</Size {n}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    file.extend_from_slice(trailer.as_bytes());
    file
}
