//! Zip packages for tests, sound ones and others.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::io::Write;

/// A part of a package to be written, with what the directory says of it.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
    pub(super) is_stored: bool,
    pub(super) flags: u16,
    /// What the directory states in place of the truth.
    pub(super) stated_bytes: Option<u32>,
    /// Where the directory says that it begins, in place of the truth.
    pub(super) stated_place: Option<u32>,
}

pub(super) fn part(name: &str, content: impl AsRef<[u8]>) -> Part {
    Part {
        name: name.to_owned(),
        content: content.as_ref().to_vec(),
        is_stored: false,
        flags: 0,
        stated_bytes: None,
        stated_place: None,
    }
}

/// Writes a package of the parts.
pub(super) fn package(parts: &[Part]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for part in parts {
        let mut crc = Crc::new();
        crc.update(&part.content);
        let packed = if part.is_stored {
            part.content.clone()
        } else {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&part.content).unwrap();
            encoder.finish().unwrap()
        };
        let place = part.stated_place.unwrap_or(file.len() as u32);
        let n_bytes = part.stated_bytes.unwrap_or(part.content.len() as u32);
        let mut common = Vec::new();
        common.extend(20_u16.to_le_bytes());
        common.extend(part.flags.to_le_bytes());
        common.extend(if part.is_stored { 0_u16 } else { 8 }.to_le_bytes());
        common.extend([0; 4]);
        common.extend(crc.sum().to_le_bytes());
        common.extend((packed.len() as u32).to_le_bytes());
        common.extend(n_bytes.to_le_bytes());
        common.extend((part.name.len() as u16).to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(part.name.as_bytes());
        file.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let start = file.len() as u32;
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend((parts.len() as u16).to_le_bytes());
    file.extend((parts.len() as u16).to_le_bytes());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend(0_u16.to_le_bytes());
    file
}

/// Returns the kinds and words of a page's blocks.
pub(super) fn blocks(page: &crate::format::Page) -> Vec<(onrecord_model::BlockKind, &str)> {
    crate::structure::assert_blocks_hold(&page.text, &page.blocks);
    let text = |block: &onrecord_model::Block| page.text.get(block.span.range()).unwrap();
    page.blocks.iter().map(|block| (block.kind, text(block))).collect()
}
