use super::read_docx;
use crate::format::Page;
use crate::format::office::fixtures::{Part, blocks, package, part};
use crate::metadata::Draft;
use onrecord_model::BlockKind::{self, Heading, ListItem, Note, Paragraph, Quotation, Table};
use onrecord_model::Metadata;
use proptest::prelude::*;

const STYLES: &str = r#"<w:styles xmlns:w="w">
    <w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/><w:basedOn w:val="N"/></w:style>
    <w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/><w:basedOn w:val="Titre"/></w:style>
    <w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>
    <w:style w:type="paragraph" w:styleId="Level"><w:name w:val="Chapter"/><w:pPr><w:outlineLvl w:val="7"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Titre2"/></w:style>
    <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
    <w:style w:type="paragraph" w:styleId="Cit"><w:name w:val="Intense Quote"/></w:style>
    <w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Dark"><w:name w:val="Dark"/><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>
  </w:styles>"#;

fn notes(kind: &str) -> String {
    format!(
        r#"<w:notes xmlns:w="w"><w:{kind} w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>
        <w:{kind} w:id="1"><w:p><w:r><w:{kind}Ref/><w:t> First {kind}.</w:t></w:r></w:p><w:p><w:r><w:t>More of it.</w:t></w:r></w:p></w:{kind}>
        <w:{kind} w:id="2"><w:p><w:r><w:t>Around</w:t><w:{kind}Reference w:id="2"/></w:r></w:p></w:{kind}></w:notes>"#
    )
}

fn relations(items: &[(&str, &str)]) -> String {
    let item = |(kind, target): &(&str, &str)| {
        format!(r#"<Relationship Id="r" Type="http://schemas/x/{kind}" Target="{target}"/>"#)
    };
    format!("<Relationships>{}</Relationships>", items.iter().map(item).collect::<String>())
}

fn parts(body: &str) -> Vec<Part> {
    let root = r#"xmlns:w="w" xmlns:mc="mc" xmlns:v="v" xmlns:m="m""#;
    let running =
        |words: &str| format!("<w:hdr {root}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:hdr>");
    vec![
        part("[Content_Types].xml", "<Types/>"),
        part(
            "_rels/.rels",
            relations(&[
                ("officeDocument", "/word/document2.xml"),
                ("core-properties", "docProps/core.xml"),
            ]),
        ),
        part(
            "word/document2.xml",
            format!("<w:document {root}><w:body>{body}</w:body></w:document>"),
        ),
        part(
            "word/_rels/document2.xml.rels",
            relations(&[
                ("styles", "styles.xml"),
                ("footnotes", "footnotes.xml"),
                ("endnotes", "endnotes.xml"),
                ("header", "header1.xml"),
                ("footer", "footer1.xml"),
                ("header", "header2.xml"),
            ]),
        ),
        part("word/styles.xml", STYLES),
        part("word/footnotes.xml", notes("footnote")),
        part("word/endnotes.xml", notes("endnote")),
        part("word/header1.xml", running("The Office")),
        part("word/header2.xml", running("The Office")),
        part("word/footer1.xml", running("Page 1")),
        part(
            "docProps/core.xml",
            "<p xmlns:dc='dc' xmlns:t='t'><dc:title>On Ports</dc:title><dc:creator>A Clerk</dc:creator><t:created>2012-05-03T10:00:00Z</t:created></p>",
        ),
    ]
}

fn read(body: &str) -> (Page, Metadata, Vec<String>) {
    let mut draft = Draft::default();
    let page = read_docx(&package(&parts(body)), &mut draft).unwrap();
    let (metadata, problems) = draft.finish();
    (page, metadata, problems)
}

/// Writes a paragraph of one run, with properties of both.
fn p(style: &str, words: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, r(words))
}

fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn field(mark: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>"#)
}

fn check(body: &str, expected: &[(BlockKind, &str)]) {
    let (page, _, problems) = read(body);
    assert_eq!(blocks(&page), expected, "{body}");
    assert_eq!(problems, [""; 0], "{body}");
}

#[test]
fn styles_tell_what_a_paragraph_is() {
    let numbered =
        |id: u8| format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{id}"/></w:numPr>"#);
    let direct = |properties: &str, words: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(words))
    };
    for (source, kind) in [
        (p("Titre", "x"), Heading(1)),
        (p("Author", "x"), Paragraph),
        (p("Titre2", "x"), Heading(2)),
        (p("Mine", "x"), Heading(2)),
        (p("Level", "x"), Heading(6)),
        (p("Loop", "x"), Paragraph),
        (p("Unknown", "x"), Paragraph),
        (p("Cit", "x"), Quotation),
        (p("Bullet", "x"), ListItem),
        (p("TOC1", "x"), Note),
        (direct(&numbered(4), "x"), ListItem),
        (direct(&numbered(0), "x"), Paragraph),
        (direct(&format!(r#"<w:pStyle w:val="Bullet"/>{}"#, numbered(0)), "x"), Paragraph),
        (direct(r#"<w:outlineLvl w:val="2"/>"#, "x"), Heading(3)),
        (direct(r#"<w:pStyle w:val="Titre2"/><w:outlineLvl w:val="9"/>"#, "x"), Paragraph),
    ] {
        check(&source, &[(kind, "x")]);
    }
}

#[test]
fn changes_are_accepted_and_hidden_text_is_out() {
    let run = |properties: &str, words: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>")
    };
    for (inside, expected) in [
        (format!("{}<w:del>{}<w:r><w:delText>no</w:delText></w:r></w:del><w:ins>{}</w:ins>", r("a "), r("no"), r("b")), "a b"),
        (format!("<w:moveFrom>{}</w:moveFrom>a <w:moveTo>{}</w:moveTo>", r("no"), r("b")), "b"),
        (format!("<w:ins>{}<w:del>{}</w:del></w:ins>", r("a"), r("no")), "a"),
        (format!("{}{}", run("<w:vanish/>", "no"), r("a")), "a"),
        (run("<w:vanish w:val=\"0\"/>", "a"), "a"),
        (format!("{}{}", run("<w:rStyle w:val=\"Hid\"/>", "no"), r("a")), "a"),
        (run("<w:rStyle w:val=\"Hid\"/><w:vanish w:val=\"false\"/>", "a"), "a"),
        (format!("<w:commentRangeStart/>{}<w:commentRangeEnd/><w:r><w:commentReference/></w:r>", r("a")), "a"),
        (format!("<w:hyperlink>{}</w:hyperlink><w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", r("a"), r("b")), "ab"),
        (format!("<w:smartTag>{}</w:smartTag><w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", r("a"), r("b")), "ab"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>no</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>a</w:t></w:r></w:rubyBase></w:ruby></w:r>".to_owned(), "a"),
        ("<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath>".to_owned(), "E=mc²"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r>".to_owned(), "co\u{2011}op\u{ad}\ta\nbα"),
    ] {
        check(&format!("<w:p>{inside}</w:p>"), &[(Paragraph, expected)]);
    }
    check(&(p("Dark", "no") + &p("N", "a")), &[(Paragraph, "a")]);
    let mark =
        |name: &str| format!("<w:p><w:pPr><w:rPr><w:{name}/></w:rPr></w:pPr>{}</w:p>", r("a "));
    check(
        &(mark("del") + &p("Titre2", "b") + &p("N", "c")),
        &[(Paragraph, "a b"), (Paragraph, "c")],
    );
    check(&(mark("ins") + &p("N", "b")), &[(Paragraph, "a"), (Paragraph, "b")]);
}

#[test]
fn fields_show_their_results() {
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let instruction = "<w:r><w:instrText>IF</w:instrText></w:r>";
    for (inside, expected) in [
        (format!("{}{begin}{instruction}{separate}{}{end}{}", r("a"), r("b"), r("c")), "abc"),
        (
            format!(
                "{begin}{instruction}{begin}{separate}{}{end}{separate}{}{end}",
                r("no"),
                r("a")
            ),
            "a",
        ),
        (format!("{begin}{instruction}{end}{}", r("a")), "a"),
        (format!("{end}{separate}{}", r("a")), "a"),
        (
            format!(
                "<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>{instruction}{end}{}",
                r("a")
            ),
            "a",
        ),
    ] {
        check(&format!("<w:p>{inside}</w:p>"), &[(Paragraph, expected)]);
    }
    let (page, _, problems) =
        read(&format!("<w:p>{}{begin}{}</w:p>{}", r("a"), r("no"), p("N", "b")));
    assert_eq!(blocks(&page), [(Paragraph, "a"), (Paragraph, "b")]);
    assert_eq!(problems, ["a field of it does not end"]);
}

#[test]
fn tables_notes_and_boxes() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let footnote = |n: u8| {
        format!(r#"<w:p>{}<w:r><w:footnoteReference w:id="{n}"/></w:r>{}</w:p>"#, r("a"), r(" b"))
    };
    let inner = table(&[row(&[cell(&p("N", "x")), cell(&p("N", "y"))])]);
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell(&p("N", "no")));
    check(
        &table(&[
            row(&[cell(&(p("N", "a") + &p("Titre2", "b"))), cell(&p("N", "c"))]),
            row(&[cell(""), cell(&inner)]),
            deleted,
            row(&[cell(&footnote(1)), cell("")]),
        ]),
        &[(Table, "a b\tc\n\tx y\na b"), (Note, "First footnote."), (Note, "More of it.")],
    );
    // A table of one column is a frame.
    check(
        &table(&[row(&[cell(&(p("Titre2", "a") + &p("N", "b")))]), row(&[cell(&p("N", "c"))])]),
        &[(Heading(2), "a"), (Paragraph, "b"), (Paragraph, "c")],
    );
    let end = r#"<w:p><w:r><w:t>a</w:t><w:endnoteReference w:id="1"/></w:r></w:p>"#;
    check(end, &[(Paragraph, "a"), (Note, "First endnote."), (Note, "More of it.")]);
    // A note that refers to itself is told once.
    check(&footnote(2), &[(Paragraph, "a b"), (Note, "Around")]);
    let shape = |words: &str| {
        format!("<v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>", p("N", words))
    };
    let both = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        r("a "),
        shape("boxed"),
        shape("boxed"),
        r("b")
    );
    check(&both, &[(Paragraph, "a b"), (Paragraph, "boxed")]);
    check(
        &table(&[row(&[cell(&both), cell(&p("N", "c"))])]),
        &[(Table, "a b\tc"), (Paragraph, "boxed")],
    );
    let fallback = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        shape("boxed")
    );
    check(&fallback, &[(Paragraph, "boxed")]);

    let (page, _, problems) = read(&(footnote(7) + "<w:altChunk/>"));
    assert_eq!(blocks(&page), [(Paragraph, "a b")]);
    assert_eq!(
        problems,
        [
            "a document that is embedded in it was not read",
            "1 of the notes that it refers to are missing"
        ]
    );
}

#[test]
fn properties_are_hints() {
    let (_, metadata, _) = read(&(p("N", "A letter") + &p("Titre", "The Title") + &p("N", "b")));
    assert_eq!(metadata.title.as_deref(), Some("The Title"));
    assert_eq!((metadata.speaker, metadata.date), (None, None));
    let extra: Vec<_> = metadata.extra.iter().map(|(key, value)| (&**key, &**value)).collect();
    let expected = [
        ("file_created", "2012-05-03T10:00:00Z"),
        ("file_creator", "A Clerk"),
        ("file_title", "On Ports"),
        ("running_heads", "The Office\nPage 1"),
    ];
    assert_eq!(extra, expected);
    // A title that the text bears out is taken, one that it does not is left over from elsewhere.
    for (words, title) in [("ON PORTS", Some("On Ports")), ("On piers", None)] {
        assert_eq!(read(&p("N", words)).1.title.as_deref(), title);
    }
}

#[test]
fn packages_without_what_they_need() {
    let whole = parts(&p("N", "a"));
    let without =
        |name: &str| whole.iter().filter(|part| part.name != name).cloned().collect::<Vec<_>>();
    let read_parts = |parts: &[Part]| {
        let mut draft = Draft::default();
        let outcome = read_docx(&package(parts), &mut draft).map(|page| page.text);
        (outcome, draft.finish().1)
    };
    let (outcome, _) = read_parts(&without("word/document2.xml"));
    assert_eq!(outcome.unwrap_err(), "it has no part `word/document2.xml`");
    let (outcome, problems) = read_parts(&without("word/styles.xml"));
    assert_eq!(
        (outcome.unwrap().as_str(), problems),
        ("a", vec!["it has no part `word/styles.xml`".to_owned()])
    );
    // Without relations the usual name is tried.
    let mut named = without("_rels/.rels");
    named.iter_mut().for_each(|part| part.name = part.name.replace("document2", "document"));
    assert_eq!(read_parts(&named).0.unwrap(), "a");
    let with = |name: &str, content: &str| {
        let mut parts = without(name);
        parts.push(part(name, content));
        read_parts(&parts)
    };
    let deep = "<w:p>".repeat(100_000);
    let bomb = "<!DOCTYPE a [<!ENTITY x 'aaaa'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
    for (content, reason) in
        [(&*deep, "nested more than"), (bomb, "declares entities"), ("<a>", "no sound XML")]
    {
        let (outcome, _) = with("word/document2.xml", content);
        let refused = outcome.unwrap_err();
        assert!(refused.contains(reason) && refused.contains("document2"), "{refused}");
        let (outcome, problems) = with("word/footnotes.xml", content);
        assert_eq!(outcome.unwrap(), "a");
        assert!(problems[0].contains(reason) && problems[0].contains("footnotes"), "{problems:?}");
    }
    let wide: Vec<u8> =
        "\u{feff}<w:document xmlns:w='w'><w:p><w:r><w:t>Порт</w:t></w:r></w:p></w:document>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    let mut parts = without("word/document2.xml");
    parts.push(part("word/document2.xml", wide));
    assert_eq!(read_parts(&parts), (Ok("Порт".to_owned()), vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_damage_panics(at in 0.0..1.0_f64, byte: u8, cut: bool) {
        let mut bytes = package(&parts(&(p("Titre", "a") + &p("N", "b"))));
        let at = (at * bytes.len() as f64) as usize;
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(page) = read_docx(&bytes, &mut Draft::default()) {
            blocks(&page);
        }
    }

    #[test]
    fn any_body_holds(body in prop::collection::vec(prop::sample::select(&[
        "<w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:r>", "<w:del>", "<w:ins>", "<w:sdt>", "<w:txbxContent>", "</>",
        "<w:t>a b</w:t>", "<w:t>\n</w:t>", "<w:tab/>", "<w:br/>", "<w:footnoteReference w:id='1'/>",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>",
    ][..]), 0..60)) {
        let mut open: Vec<String> = Vec::new();
        let mut source = String::new();
        for step in body {
            if step == "</>" {
                source.extend(open.pop());
                continue;
            }
            if !step.ends_with("/>") && !step.contains("</") {
                open.push(step.replace('<', "</"));
            }
            source.push_str(step);
        }
        source.extend(open.into_iter().rev());
        blocks(&read(&source).0);
    }
}
