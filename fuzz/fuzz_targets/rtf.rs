//! RTF.

#![no_main]

libfuzzer_sys::fuzz_target!(init: onrecord_fuzz::leave_path(), |bytes: &[u8]| {
    onrecord_fuzz::read("a.rtf", &[b"{\\rtf1", bytes].concat());
});
