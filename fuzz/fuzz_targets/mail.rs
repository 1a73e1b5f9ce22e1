//! Messages, alone and in mailboxes.

#![no_main]

use onrecord_fuzz::{leave_path, read};

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    read("a.eml", bytes);
    read("a.mbox", bytes);
});
