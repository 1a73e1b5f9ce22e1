//! PDF by the reader of our own: a whole file, and a page's contents in a sound file.

#![no_main]

use onrecord_fuzz::{leave_path, parts, read};

/// The objects of a page but its contents: a simple font, and one of two bytes a letter whose map
/// to Unicode is the object 7.
const PAGE: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 6 0 R
/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>>> endobj
4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj
5 0 obj <</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 7 0 R
/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 500/W[1[400 500]]>>]>> endobj
";

fn page_of(contents: &[u8], map: &[u8]) -> Vec<u8> {
    let mut file = PAGE.as_bytes().to_vec();
    let mut places: Vec<usize> =
        PAGE.match_indices(" 0 obj").map(|(at, _)| at.saturating_sub(1)).collect();
    for (number, stream) in [(6, contents), (7, map)] {
        places.push(file.len());
        file.extend(format!("{number} 0 obj <</Length {}>> stream\n", stream.len()).bytes());
        file.extend(stream.iter().chain(b"\nendstream endobj\n"));
    }
    let table = file.len();
    file.extend(b"xref\n0 8\n0000000000 65535 f \n");
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer <</Size 8/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
    file
}

libfuzzer_sys::fuzz_target!(init: leave_path(), |bytes: &[u8]| {
    if bytes.starts_with(b"%PDF-") {
        read("a.pdf", bytes);
    } else {
        let [contents, map] = parts(bytes);
        read("a.pdf", &page_of(contents, map));
    }
});
