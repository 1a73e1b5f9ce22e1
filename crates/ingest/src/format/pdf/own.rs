//! The reader of our own: objects by lopdf, everything on the page by this crate.

use super::content::{Artist, Drawing};
use super::geometry::Area;
use super::layout::lay_out;
use super::objects::{MAX_STREAM, array, dictionary, number, stream_bytes};
use super::page::PdfPage;
use crate::sandbox::Host;
use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pages of a document; those behind are left out and reported.
const MAX_PAGES: usize = 20_000;

/// Objects of a document, beyond which it is refused: a long book has some 100,000.
const MAX_OBJECTS: usize = 2_000_000;

/// How deep the tree of pages may be; a balanced one of [`MAX_PAGES`] needs 15 levels.
const MAX_TREE_DEPTH: usize = 64;

/// Bytes of text of a whole document: as many as a document may have.
const MAX_TEXT: usize = 64 << 20;

/// A page in points, where it states no size of its own: US letter.
const LETTER: Area = Area { left: 0.0, top: 0.0, right: 612.0, bottom: 792.0 };

/// What was read, and what was lost in it.
#[derive(Debug, Default)]
pub(super) struct OwnReading {
    pub(super) pages: Vec<PdfPage>,
    pub(super) problems: Vec<String>,
    /// Letters of hidden text that was left out.
    pub(super) n_hidden: usize,
}

/// Reads a document.
///
/// # Errors
/// Why it has no text that can be read: damaged, images only.
pub(super) fn read_own(document: &Document, host: &mut Host<'_>) -> Result<OwnReading, String> {
    let (ids, is_cut) = page_ids(document);
    if ids.is_empty() {
        return Err("damaged: no page of it can be found".to_owned());
    }
    let mut reading = OwnReading::default();
    if is_cut {
        reading.problems.push(format!("only its first {MAX_PAGES} pages were read"));
    }
    let (mut image_pages, mut n_bytes) = (Vec::new(), 0);
    let mut broken = Vec::new();
    let mut unknown = Vec::new();
    let mut artist = Artist::new(document);
    for (number, id) in (1_u32..).zip(&ids) {
        let drawn = guarded(|| draw_page(document, &mut artist, *id));
        host.page_done();
        let Some((drawing, area, turn)) = drawn else {
            broken.push((number, "cannot be read"));
            continue;
        };
        broken.extend(drawing.problem.map(|problem| (number, problem)));
        if drawing.n_unknown > 0 {
            unknown.push((number, drawing.n_unknown));
        }
        let (lines, n_hidden) = lay_out(drawing.glyphs, area, turn);
        reading.n_hidden += n_hidden;
        n_bytes += lines.iter().map(|line| line.text.len()).sum::<usize>();
        let height = if turn.is_multiple_of(2) { area.height() } else { area.right - area.left };
        let page = PdfPage { number, height, lines };
        if drawing.has_images && !page.has_text() {
            image_pages.push(number);
        }
        reading.pages.push(page);
        if n_bytes > MAX_TEXT {
            reading.problems.push(format!("only its first {number} pages were read: their text is longer than {MAX_TEXT} bytes"));
            break;
        }
    }
    if !reading.pages.iter().any(PdfPage::has_text) {
        return Err(textless(ids.len(), image_pages.len(), broken.first()));
    }
    reading.problems.extend(broken_pages(&broken));
    reading.problems.extend(unknown_letters(&unknown));
    reading.problems.extend(pages_without_text(&image_pages));
    Ok(reading)
}

/// Says which of the pages that another reader read show images and no text: those without
/// either are blank.
pub(super) fn images_without_text(
    document: &Document,
    pages: &[PdfPage],
    host: &mut Host<'_>,
) -> Option<String> {
    if pages.iter().all(PdfPage::has_text) {
        return None;
    }
    let (ids, _) = page_ids(document);
    let mut artist = Artist::new(document);
    let mut image_pages = Vec::new();
    for (page, id) in pages.iter().zip(&ids).filter(|(page, _)| !page.has_text()) {
        let drawn = guarded(|| draw_page(document, &mut artist, *id));
        host.page_done();
        if drawn.is_some_and(|(drawing, ..)| drawing.has_images) {
            image_pages.push(page.number);
        }
    }
    pages_without_text(&image_pages)
}

fn pages_without_text(numbers: &[u32]) -> Option<String> {
    let (verb, noun) = match numbers {
        [] => return None,
        [_] => ("has", "page"),
        _ => ("have", "pages"),
    };
    Some(format!("{noun} {} {verb} no text: images? run OCR", shown_ranges(numbers)))
}

fn textless(n_pages: usize, n_image_pages: usize, broken: Option<&(u32, &str)>) -> String {
    let noun = if n_pages == 1 { "page" } else { "pages" };
    match (broken, n_image_pages) {
        (Some((number, problem)), _) => format!("damaged: page {number} {problem}"),
        (None, 0) => format!("no text on its {n_pages} {noun}"),
        (None, _) => format!("{n_pages} {noun} of images without text: run OCR on it"),
    }
}

fn broken_pages(broken: &[(u32, &str)]) -> Option<String> {
    let (_, problem) = broken.first()?;
    let numbers: Vec<u32> = broken.iter().map(|(number, _)| *number).collect();
    Some(format!("{} {problem}", shown_pages(&numbers)))
}

fn unknown_letters(unknown: &[(u32, usize)]) -> Option<String> {
    let n_unknown: usize = unknown.iter().map(|(_, n)| n).sum();
    let numbers: Vec<u32> = unknown.iter().map(|(number, _)| *number).collect();
    (n_unknown > 0).then(|| {
        let pages = shown_pages(&numbers);
        format!("{n_unknown} characters on {pages} are in fonts that do not say which they are")
    })
}

/// Names pages: `page 3`, `pages 3, 4`, the first ten of many.
fn shown_pages(numbers: &[u32]) -> String {
    let shown: Vec<String> = numbers.iter().take(10).map(u32::to_string).collect();
    let noun = if numbers.len() == 1 { "page" } else { "pages" };
    let more = numbers.len().saturating_sub(10);
    let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{noun} {}{and_more}", shown.join(", "))
}

/// Names the stretches of numbers in order: `2-51, 60`, the first ten of many.
fn shown_ranges(numbers: &[u32]) -> String {
    let ranges: Vec<&[u32]> = numbers.chunk_by(|a, b| a + 1 == *b).collect();
    let shown = ranges.iter().take(10).map(|range| match range {
        [first, .., last] => format!("{first}-{last}"),
        [one] => one.to_string(),
        [] => String::new(),
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more: usize = ranges.iter().skip(10).map(|range| range.len()).sum();
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// Runs what may panic on damaged input; none where it did.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Opens a document, one that needs a password with the empty one.
///
/// # Errors
/// Why it cannot be opened: encrypted, damaged.
pub(super) fn open(bytes: &[u8]) -> Result<Document, String> {
    guarded(|| load(bytes)).unwrap_or_else(|| Err("damaged".to_owned()))
}

fn load(bytes: &[u8]) -> Result<Document, String> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error))?;
    if document.is_encrypted() {
        return Err("encrypted: remove its password".to_owned());
    }
    if document.objects.len() > MAX_OBJECTS {
        return Err(format!("more than {MAX_OBJECTS} objects"));
    }
    Ok(document)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "lopdf's errors grow with its versions")]
fn refusal(error: &Error) -> String {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => {
            "encrypted: remove its password".to_owned()
        }
        Error::UnsupportedSecurityHandler(_) => {
            "encrypted in a way that is not known: remove its password".to_owned()
        }
        Error::Decompress(_) => format!("its parts unpack to more than {MAX_STREAM} bytes"),
        Error::Unimplemented(_) => "damaged, or packed in a way that is not known".to_owned(),
        Error::Parse(error) => format!("damaged: {error}"),
        error => format!("damaged: {error}").to_lowercase(),
    }
}

/// Lists the pages in order, and tells whether there are more than [`MAX_PAGES`].
///
/// Walks the tree itself: each node counts once, so that loops end.
fn page_ids(document: &Document) -> (Vec<ObjectId>, bool) {
    let mut ids = Vec::new();
    let mut seen = BTreeSet::new();
    let root = document.catalog().ok().and_then(|catalog| catalog.get(b"Pages").ok());
    let mut open: Vec<(&Object, usize)> = root.map(|root| (root, 0)).into_iter().collect();
    while let Some((object, depth)) = open.pop() {
        let Ok(id) = object.as_reference() else { continue };
        if !seen.insert(id) || depth > MAX_TREE_DEPTH {
            continue;
        }
        let Some(node) = dictionary(document, Some(object)) else { continue };
        match array(document, node.get(b"Kids").ok()) {
            Some(kids) => open.extend(kids.iter().rev().map(|kid| (kid, depth + 1))),
            None if ids.len() == MAX_PAGES => return (ids, true),
            None => ids.push(id),
        }
    }
    if ids.is_empty() {
        ids = loose_pages(document);
    }
    let is_cut = ids.len() > MAX_PAGES;
    ids.truncate(MAX_PAGES);
    (ids, is_cut)
}

/// Finds the pages of a document whose tree is lost, in the order of their numbers.
fn loose_pages(document: &Document) -> Vec<ObjectId> {
    let is_page = |object: &Object| object.as_dict().is_ok_and(|object| object.has_type(b"Page"));
    document.objects.iter().filter(|(_, object)| is_page(object)).map(|(id, _)| *id).collect()
}

/// Draws a page; returns its area, and by how many quarters it is turned clockwise.
fn draw_page<'a>(
    document: &'a Document,
    artist: &mut Artist<'a>,
    id: ObjectId,
) -> (Drawing, Area, u8) {
    let inherited = |key: &[u8]| inherited(document, id, key);
    let area = page_area(document, inherited(b"CropBox"))
        .or_else(|| page_area(document, inherited(b"MediaBox")))
        .unwrap_or(LETTER);
    let degrees = number(document, inherited(b"Rotate")).unwrap_or_default();
    let turn = ((degrees / 90.0).round() as i64).rem_euclid(4) as u8;
    let contents = document.get_dictionary(id).ok().and_then(|page| page.get(b"Contents").ok());
    let (content, is_whole) = page_content(document, contents);
    let mut drawing = artist.draw(&content, dictionary(document, inherited(b"Resources")));
    if !is_whole {
        drawing.problem = Some("has content that cannot be unpacked");
    }
    (drawing, area, turn)
}

/// Puts the parts of a page's content together, and tells whether all could be unpacked.
fn page_content(document: &Document, contents: Option<&Object>) -> (Vec<u8>, bool) {
    let Some(contents) = contents else { return (Vec::new(), true) };
    let parts = array(document, Some(contents)).unwrap_or(std::slice::from_ref(contents));
    let (mut content, mut is_whole) = (Vec::new(), true);
    for part in parts {
        match stream_bytes(document, Some(part)) {
            Some(part) if content.len() + part.len() <= MAX_STREAM => {
                content.extend(part);
                content.push(b'\n');
            }
            Some(_) | None => is_whole = false,
        }
    }
    (content, is_whole)
}

/// Finds what a page states, or the nearest node above it in the tree.
fn inherited<'a>(document: &'a Document, id: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node: &Dictionary = document.get_dictionary(id).ok()?;
    for _ in 0..MAX_TREE_DEPTH {
        if let Ok(found) = node.get(key) {
            return Some(found);
        }
        node = dictionary(document, node.get(b"Parent").ok())?;
    }
    None
}

/// Reads a box of four numbers, whichever corners they name; y still grows upwards.
fn page_area(document: &Document, object: Option<&Object>) -> Option<Area> {
    let [x0, y0, x1, y1] = array(document, object)?.get(..4)? else { return None };
    let read = |object| number(document, Some(object));
    let (x0, y0, x1, y1) = (read(x0)?, read(y0)?, read(x1)?, read(y1)?);
    let area = Area { left: x0.min(x1), top: y0.min(y1), right: x0.max(x1), bottom: y0.max(y1) };
    (area.right - area.left > 1.0 && area.height() > 1.0).then_some(area)
}

/// Returns what the document states of itself under a key, as text.
pub(super) fn stated(document: &Document, key: &[u8]) -> Option<String> {
    let read = || {
        let entries = dictionary(document, document.trailer.get(b"Info").ok())?;
        lopdf::decode_text_string(entries.get_deref(key, document).ok()?).ok()
    };
    guarded(read).flatten()
}
