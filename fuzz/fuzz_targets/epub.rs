//! EPUB: the parts of a package, divided by the record separator.

#![no_main]

use onrecord_fuzz::{leave_path, parts, read_package};

const CONTAINER: &[u8] =
    b"<container><rootfiles><rootfile full-path=\"b/book.opf\"/></rootfiles></container>";

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    let [book, first, second, encryption] = parts(bytes);
    read_package("a.epub", &[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("b/book.opf", book),
        ("b/1.xhtml", first),
        ("b/2.xhtml", second),
        ("META-INF/encryption.xml", encryption),
    ]);
});
