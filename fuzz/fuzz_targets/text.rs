//! Plain text, and whatever else its first bytes say that it is.

#![no_main]

libfuzzer_sys::fuzz_target!(init: onrecord_fuzz::leave_path(), |bytes: &[u8]| {
    onrecord_fuzz::read("a.txt", bytes);
});
