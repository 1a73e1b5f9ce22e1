//! Whole files, made here: read by the reader of our own.

use super::*;
use crate::sandbox::Host;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use std::io::Write;

/// A file being put together: objects numbered from 1, the first of them the catalog.
struct File {
    objects: Vec<Vec<u8>>,
    trailer: String,
}

impl File {
    fn new(objects: &[&str]) -> Self {
        Self {
            objects: objects.iter().map(|o| o.as_bytes().to_vec()).collect(),
            trailer: String::new(),
        }
    }

    fn stream(mut self, entries: &str, content: &[u8]) -> Self {
        let mut object = format!("<</Length {} {entries}>>stream\n", content.len()).into_bytes();
        object.extend(content);
        object.extend(b"\nendstream");
        self.objects.push(object);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(&self.objects) {
            places.push(bytes.len());
            bytes.extend(format!("{number} 0 obj ").bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        let n_entries = places.len() + 1;
        bytes.extend(format!("xref\n0 {n_entries}\n0000000000 65535 f \n").bytes());
        for place in places {
            bytes.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let trailer = &self.trailer;
        bytes.extend(
            format!(
                "trailer <</Size {n_entries}/Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n"
            )
            .bytes(),
        );
        bytes
    }
}

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</XObject<</X 4 0 R/Y 5 0 R>>>>>>";
const WORDS: &[u8] =
    b"BT /F 10 Tf 20 250 Td (We open the harbour) Tj 0 -12 Td (to all ships.) Tj ET";

fn one_page(content: &[u8]) -> File {
    File::new(&[CATALOG, PAGES, PAGE]).stream("", content)
}

fn read(bytes: &[u8]) -> Result<(String, Vec<String>), String> {
    let mut draft = Draft::default();
    let (page, extractor) =
        read_with(bytes, Some(PdfReader::Own), &mut draft, &mut Host::unconfined())?;
    assert_eq!(extractor, "onrecord-pdf/1 lopdf/0.47");
    crate::structure::assert_blocks_hold(&page.text, &page.blocks);
    Ok((page.text, draft.problems))
}

fn text(file: &File) -> String {
    let (text, problems) = read(&file.bytes()).unwrap();
    assert_eq!(problems, Vec::<String>::new());
    text
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_is_read_with_a_font_that_is_missing() {
    assert_eq!(text(&one_page(WORDS)), "We open the harbour to all ships.");
    let packed = File::new(&[CATALOG, PAGES, PAGE]).stream("/Filter/FlateDecode", &deflate(WORDS));
    assert_eq!(text(&packed), "We open the harbour to all ships.");
}

#[test]
fn pages_of_images_among_others_are_named() {
    let page =
        |n: usize| format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents {n} 0 R>>");
    let n_pages = 6;
    let kids: Vec<String> = (0..n_pages).map(|at| format!("{} 0 R", at + 3)).collect();
    let pages = format!("<</Type/Pages/Kids[{}]/Count {n_pages}>>", kids.join(" "));
    // Words, a scan, a scan, blank, words, a scan: each page has one of three contents.
    let [words, scan, blank] = [9, 10, 11];
    let contents = [words, scan, scan, blank, words, scan].map(page);
    let mut objects = vec![CATALOG, &pages];
    objects.extend(contents.iter().map(String::as_str));
    let file = File::new(&objects)
        .stream("", WORDS)
        .stream("", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI")
        .stream("", b"");
    let expected = ["pages 2-3, 6 have no text: images? run OCR"];
    assert_eq!(read(&file.bytes()).unwrap().1, expected);
    let bytes = file.bytes();
    let mut draft = Draft::default();
    read_with(&bytes, Some(PdfReader::Poppler), &mut draft, &mut Host::unconfined()).unwrap();
    assert_eq!(draft.problems, expected);
}

#[test]
fn both_readers_agree() {
    let bytes = one_page(WORDS).bytes();
    // Where poppler is not installed there is nothing to compare with.
    if let Ok(by_poppler) = pdf_text(&bytes, PdfReader::Poppler) {
        assert_eq!(by_poppler, pdf_text(&bytes, PdfReader::Own).unwrap());
    }
}

#[test]
fn what_a_file_states_is_believed_where_its_page_shows_it() {
    let titled = |title: &str| {
        let mut file = one_page(WORDS);
        file.objects.push(format!("<</Title({title})/CreationDate(D:20120503)>>").into_bytes());
        file.trailer = format!("/Info {} 0 R", file.objects.len());
        let mut draft = Draft::default();
        read_with(&file.bytes(), None, &mut draft, &mut Host::unconfined()).unwrap();
        draft.finish().0
    };
    let metadata = titled("Microsoft Word - x.doc");
    assert_eq!((metadata.title, metadata.date), (None, None));
    assert_eq!(metadata.extra["pdf_title"], "Microsoft Word - x.doc");
    assert_eq!(metadata.extra["pdf_created"], "D:20120503");
    let shown = titled("WE OPEN THE HARBOUR to all ships").title;
    assert_eq!(shown.as_deref(), Some("We open the harbour to all ships."));
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |bytes: &[u8]| read(bytes).unwrap_err();
    for (bytes, expected) in [
        (b"no document".to_vec(), "damaged: invalid file header"),
        (b"%PDF-1.4\n".to_vec(), "damaged: "),
        (b"".to_vec(), "damaged: "),
        (one_page(b"").bytes(), "no text on its 1 page"),
        (one_page(b"BI /W 1 ID x EI").bytes(), "1 page of images without text: run OCR on it"),
        (
            File::new(&[CATALOG, "<</Type/Pages/Kids[]>>"]).bytes(),
            "damaged: no page of it can be found",
        ),
    ] {
        let found = error(&bytes);
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn passwords() {
    let mut file = one_page(WORDS);
    let zeros = "0".repeat(64);
    file.objects
        .push(format!("<</Filter/Standard/V 1/R 2/O<{zeros}>/U<{zeros}>/P -4>>").into_bytes());
    file.trailer = "/Encrypt 5 0 R/ID[<00><00>]".to_owned();
    assert_eq!(read(&file.bytes()).unwrap_err(), "encrypted: remove its password");

    let mut document = lopdf::Document::load_mem(&one_page(WORDS).bytes()).unwrap();
    let id = lopdf::Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(read(&bytes).unwrap().0, "We open the harbour to all ships.");
}

#[test]
fn damaged_files_give_what_is_left() {
    let bytes = one_page(WORDS).bytes();
    let cut = bytes.len() - 60;
    let (text, problems) = read(&bytes[..cut]).unwrap();
    assert_eq!(text, "We open the harbour to all ships.");
    assert_eq!(problems, ["its end is missing: pages may be lost"]);
    let two = "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>";
    let broken = "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>";
    let file = File::new(&[CATALOG, two, PAGE]).stream("", WORDS);
    let mut file = file;
    file.objects.push(broken.as_bytes().to_vec());
    let file = file.stream("/Filter/Unheard", b"x");
    let (text, problems) = read(&file.bytes()).unwrap();
    assert_eq!(text, "We open the harbour to all ships.");
    assert_eq!(problems, ["page 2 has content that cannot be unpacked"]);
}

#[test]
fn letters_that_no_font_names_are_told() {
    let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>";
    let mut file =
        File::new(&[CATALOG, PAGES, page]).stream("", b"/F 9 Tf BT 9 99 Td (abcd) Tj ET");
    file.objects
        .push(b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>>".to_vec());
    let (text, problems) = read(&file.bytes()).unwrap();
    assert_eq!(text, "\u{fffd}\u{fffd}");
    assert_eq!(problems, ["2 characters on page 1 are in fonts that do not say which they are"]);
}

#[test]
fn loops_and_lies_end() {
    // The table of objects names itself as the one before it.
    let mut file = one_page(WORDS);
    file.trailer = "/Prev 9".to_owned();
    let at = file.bytes().windows(5).position(|w| w == b"xref\n").unwrap();
    file.trailer = format!("/Prev {at}");
    assert!(read(&file.bytes()).is_ok());

    let looped = "<</Type/Pages/Kids[2 0 R 3 0 R 3 0 R]/Count 100000/Parent 2 0 R>>";
    let looped = File::new(&[CATALOG, looped, PAGE]).stream("", WORDS);
    assert_eq!(text(&looped), "We open the harbour to all ships.");

    let content = [WORDS, b" /X Do /Y Do"].concat();
    let form = "/Subtype/Form/Resources<</XObject<</X 5 0 R/Y 5 0 R>>>>";
    let forms = one_page(&content).stream(form, b"/X Do /Y Do /X Do");
    let (text, problems) = read(&forms.bytes()).unwrap();
    assert_eq!(text, "We open the harbour to all ships.");
    assert_eq!(problems, ["page 1 has forms inside one another without end"]);

    // Each of thirty forms draws the next one twenty times.
    let mut file = one_page(&content);
    for number in 5..35 {
        let entries = format!("/Subtype/Form/Resources<</XObject<</Y {} 0 R>>>>", number + 1);
        file = file.stream(&entries, "/Y Do ".repeat(20).as_bytes());
    }
    assert_eq!(read(&file.bytes()).unwrap().0, "We open the harbour to all ships.");
}

#[test]
fn bombs_are_refused() {
    let bomb = deflate(&vec![b' '; objects::MAX_STREAM + 1]);
    let file = File::new(&[CATALOG, PAGES, PAGE]).stream("/Filter/FlateDecode", &bomb);
    let error = read(&file.bytes()).unwrap_err();
    assert_eq!(error, "damaged: page 1 has content that cannot be unpacked");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_panics(place in 0_usize..700, byte in any::<u8>(), n_cut in 0_usize..700) {
        let mut bytes = one_page(WORDS).bytes();
        let length = bytes.len();
        bytes[place % length] = byte;
        bytes.truncate(length - n_cut % length);
        let _ = read(&bytes);
    }
}
