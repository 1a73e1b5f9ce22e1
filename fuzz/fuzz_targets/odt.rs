//! ODT: the parts of a package, divided by the record separator; a flat file where it is one.

#![no_main]

use onrecord_fuzz::{leave_path, parts, read, read_package};

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    if bytes.starts_with(b"<?xml") {
        return read("a.fodt", bytes);
    }
    let [content, styles, properties, manifest] = parts(bytes);
    read_package("a.odt", &[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
        ("styles.xml", styles),
        ("meta.xml", properties),
        ("META-INF/manifest.xml", manifest),
    ]);
});
