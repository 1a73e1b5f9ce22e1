//! The package of DOCX, ODT and EPUB: its directory and its compressed parts.

#![no_main]

use onrecord_fuzz::{leave_path, read};

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    if bytes.starts_with(b"PK\x03\x04") {
        read("a.docx", bytes);
    }
});
