//! XML of parliaments and archives.

#![no_main]

use onrecord_fuzz::{leave_path, read};

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| read("a.xml", bytes));
