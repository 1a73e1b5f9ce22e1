use super::read_odt;
use crate::format::Page;
use crate::format::office::fixtures::{Part, blocks, package, part};
use crate::metadata::Draft;
use onrecord_model::BlockKind::{self, Heading, ListItem, Note, Paragraph, Quotation, Table};
use onrecord_model::Metadata;
use proptest::prelude::*;

const ROOT: &str = "xmlns:office='office' xmlns:text='urn:x:text:1.0' xmlns:table='table' \
    xmlns:draw='draw' xmlns:svg='svg' xmlns:style='style' xmlns:dc='dc' xmlns:meta='meta'";

const AUTOMATIC: &str = "<office:automatic-styles>\
    <style:style style:family='paragraph' style:name='P1' style:parent-style-name='Title'/>\
    <style:style style:family='paragraph' style:name='P2' style:parent-style-name='Quotations'/>\
    <style:style style:family='paragraph' style:name='P3'><style:text-properties text:display='none'/></style:style>\
    <style:style style:family='text' style:name='T1'><style:text-properties text:display='none'/></style:style>\
    <style:style style:family='text' style:name='T2'><style:text-properties text:display='true'/></style:style>\
    <style:style style:family='paragraph' style:name='L' style:parent-style-name='L'/>\
    </office:automatic-styles>";

const STYLES: &str = "<office:styles>\
    <style:style style:family='paragraph' style:name='Title'/>\
    <style:style style:family='paragraph' style:name='Author' style:parent-style-name='Title'/>\
    <style:style style:family='paragraph' style:name='Quotations'/></office:styles>\
    <office:master-styles><style:master-page><style:header><text:p>The Office</text:p></style:header>\
    <style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>\
    <style:header-left><text:p>The Office</text:p></style:header-left></style:master-page></office:master-styles>";

const META: &str = "<office:meta><dc:title>On Ports</dc:title><meta:initial-creator>A Clerk</meta:initial-creator>\
    <meta:creation-date>2012-05-03T10:00:00</meta:creation-date></office:meta>";

fn content(body: &str) -> String {
    format!("<office:body><office:text>{body}</office:text></office:body>")
}

fn parts(body: &str) -> Vec<Part> {
    let document = |inside: &str| format!("<office:document-x {ROOT}>{inside}</office:document-x>");
    vec![
        Part { is_stored: true, ..part("mimetype", "application/vnd.oasis.opendocument.text") },
        part("content.xml", document(&format!("{AUTOMATIC}{}", content(body)))),
        part("styles.xml", document(STYLES)),
        part("meta.xml", document(META)),
        part("META-INF/manifest.xml", "<manifest/>"),
    ]
}

fn read_bytes(bytes: &[u8]) -> (Page, Metadata, Vec<String>) {
    let mut draft = Draft::default();
    let page = read_odt(bytes, &mut draft).unwrap();
    let (metadata, problems) = draft.finish();
    (page, metadata, problems)
}

/// Reads a body in a package and in the flat form, and finds the same.
fn check(body: &str, expected: &[(BlockKind, &str)]) {
    let (page, packed, problems) = read_bytes(&package(&parts(body)));
    assert_eq!(blocks(&page), expected, "{body}");
    assert_eq!(problems, [""; 0], "{body}");
    let flat = format!(
        "<?xml version='1.0'?><office:document {ROOT}>{META}{STYLES}{AUTOMATIC}{}</office:document>",
        content(body)
    );
    let (page, metadata, _) = read_bytes(flat.as_bytes());
    assert_eq!(blocks(&page), expected, "flat: {body}");
    assert_eq!(metadata, packed, "flat: {body}");
}

#[test]
fn elements_and_styles_tell_what_a_paragraph_is() {
    for (source, kind) in [
        ("<text:h text:outline-level='2'>x</text:h>", Heading(2)),
        ("<text:h text:outline-level='9'>x</text:h>", Heading(6)),
        ("<text:h>x</text:h>", Heading(1)),
        ("<text:p>x</text:p>", Paragraph),
        ("<text:p text:style-name='P1'>x</text:p>", Heading(1)),
        ("<text:p text:style-name='Author'>x</text:p>", Paragraph),
        ("<text:p text:style-name='P2'>x</text:p>", Quotation),
        ("<text:p text:style-name='L'>x</text:p>", Paragraph),
        ("<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>", ListItem),
        ("<text:list><text:list-item><text:h>x</text:h></text:list-item></text:list>", Heading(1)),
        (
            "<text:table-of-content><text:table-of-content-source><text:p>no</text:p></text:table-of-content-source><text:index-body><text:p>x</text:p></text:index-body></text:table-of-content>",
            Note,
        ),
        ("<text:section><text:p>x</text:p></text:section>", Paragraph),
    ] {
        check(source, &[(kind, "x")]);
    }
}

#[test]
fn words_as_they_are_printed() {
    for (inside, expected) in [
        ("\n  a \t b<text:s text:c='3'/>c<text:span> d </text:span> e", "a b   c d e"),
        ("a<text:tab/>b<text:line-break/> c", "a\tb\nc"),
        ("a<text:s text:c='999999999'/>b", &format!("a{}b", " ".repeat(100))),
        (
            "a<office:annotation><dc:creator>no</dc:creator><text:p>no</text:p></office:annotation>b",
            "ab",
        ),
        (
            "a<text:span text:style-name='T1'>no<text:tab/><text:span>no</text:span></text:span>b",
            "ab",
        ),
        (
            "<text:span text:style-name='T1'>no<text:span text:style-name='T2'>a</text:span></text:span>",
            "a",
        ),
        ("a<text:hidden-text text:is-hidden='true'>no</text:hidden-text>", "a"),
        (
            "<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>no</text:ruby-text></text:ruby>",
            "a",
        ),
        (
            "<text:title>My title</text:title><draw:frame><svg:title>no</svg:title><svg:desc>no</svg:desc></draw:frame>",
            "My title",
        ),
        ("<text:a>link</text:a><text:date>1999</text:date><text:soft-page-break/>", "link1999"),
    ] {
        check(&format!("<text:p>{inside}</text:p>"), &[(Paragraph, expected)]);
    }
    for hidden in [
        "<text:p text:style-name='P3'>no</text:p>",
        "<text:section text:display='none'><text:p>no</text:p></text:section>",
        "<text:section text:display='condition' text:is-hidden='true'><text:p>no</text:p></text:section>",
        "<text:p>no<text:hidden-paragraph text:is-hidden='true'/></text:p>",
        "<text:sequence-decls><text:p>no</text:p></text:sequence-decls>",
    ] {
        check(&format!("{hidden}<text:p>a</text:p>"), &[(Paragraph, "a")]);
    }
}

#[test]
fn changes_are_accepted() {
    let changes = "<text:tracked-changes><text:changed-region text:id='d'><text:deletion><text:p>no</text:p></text:deletion></text:changed-region>\
        <text:changed-region text:id='i'><text:insertion/></text:changed-region></text:tracked-changes>";
    for (body, expected) in [
        ("<text:p>a<text:change text:change-id='d'/>b</text:p>", &[(Paragraph, "ab")][..]),
        (
            "<text:p>a<text:change-start text:change-id='i'/>b<text:change-end text:change-id='i'/></text:p>",
            &[(Paragraph, "ab")],
        ),
        (
            "<text:p>a<text:change-start text:change-id='d'/>no<text:change-end text:change-id='d'/>b</text:p>",
            &[(Paragraph, "ab")],
        ),
        (
            "<text:p>a <text:change-start text:change-id='d'/>no</text:p><text:p>no<text:change-end text:change-id='d'/>b</text:p><text:p>c</text:p>",
            &[(Paragraph, "a b"), (Paragraph, "c")],
        ),
    ] {
        check(&format!("{changes}{body}"), expected);
    }
    let open = format!("{changes}<text:p>a<text:change-start text:change-id='d'/>no</text:p>");
    let (page, _, problems) = read_bytes(&package(&parts(&open)));
    assert_eq!(blocks(&page), [(Paragraph, "a")]);
    assert_eq!(problems, ["a deletion of it does not end: what follows was left out"]);
}

#[test]
fn tables_notes_and_boxes() {
    let cell = |inside: &str| format!("<table:table-cell>{inside}</table:table-cell>");
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let p = |words: &str| format!("<text:p>{words}</text:p>");
    let note = "a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Below.</text:p><text:p>More.</text:p></text:note-body></text:note> b";
    let boxed =
        format!("a <draw:frame><draw:text-box>{}</draw:text-box></draw:frame>b", p("boxed"));
    check(&p(note), &[(Paragraph, "a b"), (Note, "Below."), (Note, "More.")]);
    let shaped = format!("a <draw:custom-shape>{}{}</draw:custom-shape>b", p("in"), p("shape"));
    check(&p(&shaped), &[(Paragraph, "a b"), (Paragraph, "in"), (Paragraph, "shape")]);
    check(&p(&boxed), &[(Paragraph, "a b"), (Paragraph, "boxed")]);
    let header = format!(
        "<table:table-header-rows>{}</table:table-header-rows>",
        row(&(cell(&(p("a") + &p("b"))) + &cell(&p("c"))))
    );
    let rows = format!("{header}{}", row(&(cell(&p(note)) + &cell(&p("d")))));
    check(
        &format!("<table:table>{rows}</table:table>"),
        &[(Table, "a b\tc\na b\td"), (Note, "Below."), (Note, "More.")],
    );
    let frame = row(&cell(&(p("a") + "<text:h>b</text:h>")));
    check(&format!("<table:table>{frame}</table:table>"), &[(Paragraph, "a"), (Heading(1), "b")]);
}

#[test]
fn properties_are_hints() {
    let (_, metadata, _) = read_bytes(&package(&parts(
        "<text:p>a</text:p><text:p text:style-name='P1'>The <text:span>Title</text:span></text:p>",
    )));
    assert_eq!(metadata.title.as_deref(), Some("The Title"));
    assert_eq!((metadata.speaker, metadata.date), (None, None));
    let extra: Vec<_> = metadata.extra.iter().map(|(key, value)| (&**key, &**value)).collect();
    let expected = [
        ("file_created", "2012-05-03T10:00:00"),
        ("file_creator", "A Clerk"),
        ("file_title", "On Ports"),
        ("running_heads", "The Office\nPage 1"),
    ];
    assert_eq!(extra, expected);
}

#[test]
fn what_is_no_text_is_refused() {
    let refused = |parts: &[Part]| read_odt(&package(parts), &mut Draft::default()).unwrap_err();
    let mut locked = parts("");
    locked[4] = part("META-INF/manifest.xml", "<manifest:encryption-data/>");
    assert_eq!(refused(&locked), "encrypted: remove its password");
    assert_eq!(refused(&locked[..1]), "it has no part `content.xml`");
    let mut deep = parts("");
    deep[1] = part("content.xml", "<a>".repeat(100_000));
    assert!(refused(&deep).starts_with("`content.xml`: its elements are nested more than"));
    let sheet = "<office:document xmlns:office='o'><office:body><office:spreadsheet/></office:body></office:document>";
    assert!(
        read_odt(sheet.as_bytes(), &mut Draft::default()).unwrap_err().contains("holds no text")
    );
    let mut partial = parts("<text:p>a</text:p>");
    partial[2] = part("styles.xml", "<a");
    let (page, _, problems) = read_bytes(&package(&partial));
    assert_eq!((&*page.text, problems.len()), ("a", 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_damage_panics(at in 0.0..1.0_f64, byte: u8, cut: bool, is_flat: bool) {
        let body = "<text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>";
        let flat = format!("<office:document {ROOT}>{STYLES}{AUTOMATIC}{}</office:document>", content(body));
        let mut bytes = if is_flat { flat.into_bytes() } else { package(&parts(body)) };
        let at = (at * bytes.len() as f64) as usize;
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(page) = read_odt(&bytes, &mut Draft::default()) {
            blocks(&page);
        }
    }

    #[test]
    fn any_body_holds(body in prop::collection::vec(prop::sample::select(&[
        "<text:p>", "<text:h>", "<text:span>", "<text:list>", "<table:table>", "<table:table-row>", "<table:table-cell>",
        "<text:note>", "<text:note-body>", "<draw:text-box>", "<text:table-of-content>", "</>", "a b", "\n", "<text:tab/>",
        "<text:line-break/>", "<text:change-start text:change-id='d'/>", "<text:change-end text:change-id='d'/>", "<text:s/>",
    ][..]), 0..60)) {
        let mut open: Vec<String> = Vec::new();
        let mut source = "<text:tracked-changes><text:changed-region text:id='d'><text:deletion/></text:changed-region></text:tracked-changes>".to_owned();
        for step in body {
            if step == "</>" {
                source.extend(open.pop());
                continue;
            }
            if step.starts_with('<') && !step.ends_with("/>") {
                open.push(step.replace('<', "</"));
            }
            source.push_str(step);
        }
        source.extend(open.into_iter().rev());
        blocks(&read_bytes(&package(&parts(&source))).0);
    }
}
