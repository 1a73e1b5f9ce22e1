//! DOCX: the parts of a package, divided by the record separator.

#![no_main]

use onrecord_fuzz::{leave_path, parts, read_package};

const RELATIONS: &[u8] = b"<Relationships>
<Relationship Type=\"x/styles\" Target=\"styles.xml\"/>
<Relationship Type=\"x/footnotes\" Target=\"footnotes.xml\"/>
<Relationship Type=\"x/header\" Target=\"header.xml\"/></Relationships>";

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    let [body, styles, footnotes, header, properties] = parts(bytes);
    read_package("a.docx", &[
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", footnotes),
        ("word/header.xml", header),
        ("docProps/core.xml", properties),
    ]);
});
