use super::read_epub;
use crate::format::Page;
use crate::format::office::fixtures::{Part, blocks, package, part};
use crate::metadata::Draft;
use onrecord_model::BlockKind::{Heading, ListItem, Note, Paragraph, Quotation};
use onrecord_model::Metadata;
use proptest::prelude::*;

const CONTAINER: &str = "<container xmlns='c'><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";

const METADATA: &str = "<dc:title>On Ports</dc:title><dc:language>en-GB</dc:language><dc:date>2012-05-03</dc:date>\
    <dc:creator id='a'>Ada Vale</dc:creator><dc:creator id='e'>Ed Ito</dc:creator>\
    <meta property='role' refines='#a'>aut</meta><meta property='role' refines='#e'>edt</meta>";

fn parts(metadata: &str, spine: &str, documents: &[(&str, &str)]) -> Vec<Part> {
    let item = |(name, _): &(&str, &str)| {
        let properties = if name.contains("nav") { "properties='nav'" } else { "" };
        let media = if name.ends_with("svg") { "image/svg+xml" } else { "application/xhtml+xml" };
        format!("<item id='{name}' href='text%20parts/{name}' media-type='{media}' {properties}/>")
    };
    let manifest: String = documents.iter().map(item).collect();
    let references: String =
        spine.split(' ').map(|id| format!("<itemref idref='{id}'/>")).collect();
    let book = format!(
        "<!DOCTYPE package PUBLIC 'a' 'b'><package xmlns='p' xmlns:dc='dc' xmlns:opf='opf'><metadata>{metadata}</metadata>\
         <manifest>{manifest}<item id='gone' href='gone.xhtml'/></manifest><spine>{references}</spine></package>"
    );
    let mut parts = vec![
        Part { is_stored: true, ..part("mimetype", "application/epub+zip") },
        part("META-INF/container.xml", CONTAINER),
        part("OEBPS/book.opf", book),
    ];
    for (name, body) in documents {
        let page = format!(
            "<?xml version='1.0'?><html xmlns='h'><head><title/></head><body>{body}</body></html>"
        );
        parts.push(part(&format!("OEBPS/text parts/{name}"), page));
    }
    parts
}

fn read(parts: &[Part]) -> (Page, Metadata, Vec<String>) {
    let mut draft = Draft::default();
    let page = read_epub(&package(parts), &mut draft).unwrap();
    let (metadata, problems) = draft.finish();
    (page, metadata, problems)
}

#[test]
fn the_spine_is_the_order() {
    let documents = [
        ("nav.xhtml", "<p>Contents</p>"),
        (
            "two",
            "<h2>Two</h2><p>b<a epub:type='noteref'>1</a> c</p><aside epub:type='footnote'><p>Below.</p></aside><footer>end</footer>",
        ),
        (
            "one",
            "<h1>One<br/>and all</h1><p id='x'/><p>a<span epub:type='pagebreak'>12</span></p><blockquote><p>q</p></blockquote><ul><li>i</li></ul>",
        ),
        ("cover.svg", "<svg/>"),
    ];
    let (page, metadata, problems) =
        read(&parts(METADATA, "cover.svg nav.xhtml one two one", &documents));
    let expected = [
        (Heading(1), "One\nand all"),
        (Paragraph, "a"),
        (Quotation, "q"),
        (ListItem, "i"),
        (Heading(2), "Two"),
        (Paragraph, "b c"),
        (Note, "Below."),
        (Paragraph, "end"),
    ];
    assert_eq!(blocks(&page), expected);
    assert_eq!(problems, [""; 0]);
    assert_eq!(metadata.title.as_deref(), Some("On Ports"));
    assert_eq!(
        metadata.speaker.map(|speaker| speaker.name.to_string()).as_deref(),
        Some("Ada Vale")
    );
    assert_eq!(metadata.date.unwrap().to_string(), "2012-05-03");
    assert_eq!(metadata.language.as_deref(), Some("en"));
}

#[test]
fn creators_and_dates() {
    for (source, speaker, date) in [
        ("<dc:creator>Ada Vale</dc:creator><dc:creator>Ed Ito</dc:creator>", None, None),
        ("<dc:creator opf:role='edt'>Ed Ito</dc:creator>", None, None),
        ("<dc-metadata><dc:creator>Ada Vale</dc:creator></dc-metadata>", Some("Ada Vale"), None),
        (
            "<dc:date opf:event='creation'>2011</dc:date><dc:date opf:event='publication'>2012</dc:date>",
            None,
            Some("2012"),
        ),
        ("<dc:date>soon</dc:date>", None, None),
    ] {
        let (_, metadata, problems) = read(&parts(source, "one", &[("one", "<p>a</p>")]));
        assert_eq!(
            metadata.speaker.map(|found| found.name.to_string()).as_deref(),
            speaker,
            "{source}"
        );
        assert_eq!(metadata.date.map(|found| found.to_string()).as_deref(), date, "{source}");
        assert_eq!(problems, [""; 0]);
    }
}

#[test]
fn what_is_missing_is_told() {
    let deep = "<div>".repeat(2000);
    let documents = [("one", "<p>a</p>"), ("deep", &deep)];
    let whole = parts("", "one gone nowhere deep", &documents);
    let (page, _, problems) = read(&whole);
    assert_eq!(blocks(&page), [(Paragraph, "a")]);
    assert_eq!(
        problems,
        [
            "the spine names `nowhere`, which the manifest has not",
            "it has no part `OEBPS/gone.xhtml`",
            "`OEBPS/text parts/deep` was not read: its elements are nested more than 800 deep",
        ]
    );
    let refused = |parts: &[Part]| read_epub(&package(parts), &mut Draft::default()).unwrap_err();
    assert_eq!(refused(&whole[..1]), "it has no part `META-INF/container.xml`");
    assert_eq!(refused(&whole[..2]), "it has no part `OEBPS/book.opf`");
    let mut locked = whole;
    let encryption = "<encryption><CipherReference URI='OEBPS/text%20parts/one'/></encryption>";
    locked.push(part("META-INF/encryption.xml", encryption));
    assert!(refused(&locked).starts_with("encrypted"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_damage_panics(at in 0.0..1.0_f64, byte: u8, cut: bool) {
        let mut bytes = package(&parts(METADATA, "one two", &[("one", "<p>a</p>"), ("two", "<p>b</p>")]));
        let at = (at * bytes.len() as f64) as usize;
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(page) = read_epub(&bytes, &mut Draft::default()) {
            blocks(&page);
        }
    }
}
