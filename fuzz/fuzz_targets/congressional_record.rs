//! Pages of the Congressional Record: what stands under their first line.

#![no_main]

use onrecord_fuzz::{leave_path, read};

const HEAD: &[u8] = b"<html><title>Congressional Record</title><body><pre>
[Congressional Record Volume ";

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    read("a.htm", &[HEAD, bytes].concat());
});
