use super::read_rtf;
use crate::format::Page;
use crate::format::office::fixtures::blocks;
use crate::metadata::Draft;
use onrecord_model::BlockKind::{self, Heading, ListItem, Note, Paragraph, Quotation, Table};
use onrecord_model::Metadata;
use proptest::prelude::*;

const HEAD: &str = r"\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial{\*\falt Helv};}{\f1\fcharset204 Arial CYR;}{\f2\fcharset2 Symbol;}{\f3\fcharset128 MS Mincho;}{\f4\fcharset238 Arial CE;}}
{\colortbl;\red0\green0\blue0;}
{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1,h1;}{\s2\outlinelevel1 heading 2;}{\s3\sbasedon2 Mine;}{\s4 Title;}{\s5\sbasedon4 Author;}{\s6 Intense Quote;}{\s7 toc 1;}{\*\cs8 heading 3;}{\s9\sbasedon9 Loop;}}
{\*\generator Nobody;}";

fn read_bytes(bytes: &[u8]) -> (Page, Metadata, Vec<String>) {
    let mut draft = Draft::default();
    let page = read_rtf(bytes, &mut draft).unwrap();
    let (metadata, problems) = draft.finish();
    (page, metadata, problems)
}

fn read(body: &str) -> (Page, Metadata, Vec<String>) {
    read_bytes(format!("{{{HEAD}{body}}}").as_bytes())
}

fn check(body: &str, expected: &[(BlockKind, &str)]) {
    let (page, _, problems) = read(body);
    assert_eq!(blocks(&page), expected, "{body}");
    assert_eq!(problems, [""; 0], "{body}");
}

#[test]
fn words_of_every_encoding() {
    for (source, expected) in [
        (r"na\'efve caf\'e9 \'93x\'94", "naïve café “x”"),
        (r"\f1\'cf\'ee\'f0\'f2\f0\'e9", "Портé"),
        (r"{\f4\'b3\'f3d\'9f}", "łódź"),
        (r"\f2 abc\'b7\f0 d", "αβχ•d"),
        (r"\f2\u-3999 ?\f0 d", "αd"),
        (r"{\f3\'93\'fa\'96\'7b}x", "日本x"),
        (r"\u1055\'3f\u1086?\u8212 -x", "По—x"),
        (r"\uc2\u8212 --x{\uc0\u8212 x}\u8212 --y", "—x—x—y"),
        (r"\u-10179?\u-8704?!", "😀!"),
        (r"\u-10179?x\u-8704?", "\u{fffd}x\u{fffd}"),
        (r"\uc1{\u8212}x", "—x"),
        (
            r"a\emdash b\endash\lquote c\rquote\ldblquote d\rdblquote\bullet\~e\_f\-g",
            "a—b–‘c’“d”•\u{a0}e\u{2011}f\u{ad}g",
        ),
        (r"a\{b\}\\c\:\|d", r"a{b}\cd"),
        ("a\r\nb\\line c\\tab d\\page e", "ab\nc\td\ne"),
        (r"a\unknown1 b\unknown-2c", "abc"),
        ("a\\bin4 {{{{b", "ab"),
    ] {
        check(source, &[(Paragraph, expected)]);
    }
    let (page, _, problems) =
        read_bytes(b"{\\rtf1\\ansi\\ansicpg1251\\'cf\xee{\\fonttbl\\f0\\fcharset77 A;}\\f0\\'8e}");
    assert_eq!((&*page.text, problems.len()), ("Поé", 0));
    let (page, _, problems) = read_bytes(br"{\rtf1\ansicpg437 a\'e9}");
    assert_eq!((&*page.text, problems.len()), ("aé", 1));
}

#[test]
fn what_is_not_text_is_out() {
    for source in [
        r"a{\v no}b",
        r"a\v no\v0 b",
        r"a\v no\plain b",
        r"a{\deleted no}b",
        r"{\revised a}b",
        r"a{\*\unknown no{\fldrslt no}}b",
        r"a{\pict 0102}{\object{\*\objdata 0102}{\result b}}",
        r"a{\field{\*\fldinst DATE{\field{\fldinst no}{\fldrslt no}}}{\fldrslt b}}",
        r"a{\*\annotation no\par {\field{\fldrslt no}}}{\*\atnid no}{\*\bkmkstart no}{\xe no}b",
        r"{\upr{no}{\*\ud a}}b",
        r"{\info{\keywords no}{\operator no}}ab",
        r"{\shppict{\*\x}}{\nonshppict no}ab",
    ] {
        check(source, &[(Paragraph, "ab")]);
    }
    check(r"a \deleted\par\deleted0 b\par c", &[(Paragraph, "a b"), (Paragraph, "c")]);
}

#[test]
fn properties_and_styles_tell_what_a_paragraph_is() {
    for (source, kind) in [
        (r"\pard\plain\s1 x", Heading(1)),
        (r"\pard\s3 x", Heading(2)),
        (r"\pard\s4 x", Heading(1)),
        (r"\pard\s5 x", Paragraph),
        (r"\pard\s6 x", Quotation),
        (r"\pard\s7 x", Note),
        (r"\pard\s8 x", Paragraph),
        (r"\pard\s9 x", Paragraph),
        (r"\pard\outlinelevel2 x", Heading(3)),
        (r"\pard\outlinelevel9 x", Paragraph),
        (r"\pard\s1\pard x", Paragraph),
        (r"{\pntext\'b7\tab}x", ListItem),
        (r"{\listtext\pard 1.\tab}\ls1 x", ListItem),
        (r"\pard\ls0 x", Paragraph),
        (r"\pard\s1\ls1 x", Heading(1)),
    ] {
        check(&format!("{source}\\par"), &[(kind, "x")]);
    }
    check(
        r"{\listtext 1.}x\par y\pard\par z",
        &[(ListItem, "x"), (Paragraph, "y"), (Paragraph, "z")],
    );
}

#[test]
fn tables_notes_and_boxes() {
    check(
        r"before\par\trowd\cellx1\cellx2\intbl a\par b\cell c\cell\row\trowd\intbl d\cell\cell\row\pard after",
        &[(Paragraph, "before"), (Table, "a b\tc\nd"), (Paragraph, "after")],
    );
    check(r"\trowd\intbl a\par\s1 b\cell\row\pard", &[(Paragraph, "a"), (Heading(1), "b")]);
    check(
        r"\trowd\intbl a\cell x\nestcell y\nestcell{\*\nesttableprops\nestrow}{\nonesttables no\par}\cell\row",
        &[(Table, "a\tx y")],
    );
    check(
        r"a{\super\chftn}{\footnote\pard\plain {\super\chftn} Below.\par More.} b\par c",
        &[(Paragraph, "a b"), (Note, "Below."), (Note, "More."), (Paragraph, "c")],
    );
    check(
        r"\trowd\intbl a{\*\footnote\ftnalt Below.}\cell b\cell\row\pard c",
        &[(Table, "a\tb"), (Note, "Below."), (Paragraph, "c")],
    );
    check(
        r"a{\shp{\*\shpinst{\sp{\sn no}{\sv no}}{\shptxt boxed\par}}{\shprslt{\*\do{\dptxbxtext boxed}}}}b\par",
        &[(Paragraph, "ab"), (Paragraph, "boxed")],
    );
}

#[test]
fn properties_are_hints() {
    let body = r"{\info{\title On Ports}{\author A Clerk}{\creatim\yr2012\mo5\dy3\hr10}}
        {\header The Office\par}{\headerf The Office}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}}
        \pard a\par\pard\s4 The Title\par";
    let (page, metadata, _) = read(body);
    assert_eq!(blocks(&page), [(Paragraph, "a"), (Heading(1), "The Title")]);
    assert_eq!(metadata.title.as_deref(), Some("The Title"));
    assert_eq!((metadata.speaker, metadata.date), (None, None));
    let extra: Vec<_> = metadata.extra.iter().map(|(key, value)| (&**key, &**value)).collect();
    let expected = [
        ("file_created", "2012-05-03"),
        ("file_creator", "A Clerk"),
        ("file_title", "On Ports"),
        ("running_heads", "The Office\nPage 1"),
    ];
    assert_eq!(extra, expected);
}

#[test]
fn hostile_groups_are_survived() {
    let deep = format!(r"a{}\v b{} c", "{".repeat(1_000_000), "}".repeat(1_000_000));
    let (page, _, problems) = read(&deep);
    assert_eq!((&*page.text, problems.len()), ("a c", 1));
    let wide = "{a}".repeat(1_000_000);
    assert_eq!(read(&wide).0.text.len(), 1_000_000);
    let notes = r"a{\footnote b}\par ".repeat(20_000);
    assert_eq!(read(&notes).0.blocks.len(), 40_000);
    for (source, expected) in [
        (r"{\rtf1 a", "a"),
        (r"{\rtf1 a{\footnote b", "a\n\nb"),
        (r"{\rtf1 a\trowd\intbl b\cell c", "ab\tc"),
        (r"{\rtf1 a\'9", "a9"),
        (r"{\rtf1 a\", "a"),
        (r"{\rtf1 a\bin99999 ", "a"),
    ] {
        let (page, _, problems) = read_bytes(source.as_bytes());
        assert_eq!((&*page.text, problems.len()), (expected, 1), "{source}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_source_holds(source in prop::collection::vec(prop::sample::select(&[
        "{", "}", "\\par", "\\cell", "\\row", "\\intbl", "\\pard", "\\u-10179", "\\'e9", "\\'", "a b", " ", "\\footnote",
        "\\header", "\\fonttbl", "\\f1", "\\fcharset128", ";", "\\stylesheet", "\\s1", "heading 1", "\\*", "\\x", "\\v", "\\deleted",
        "\\deleted0", "\\bin2", "\\uc9", "\\line", "\\tab", "\\shptxt", "\\listtext", "\\info", "\\title", "\\fldrslt", "\\object",
    ][..]), 0..80)) {
        blocks(&read_bytes(source.concat().as_bytes()).0);
        blocks(&read(&source.concat()).0);
    }

    #[test]
    fn any_bytes_hold(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        blocks(&read_bytes(&bytes).0);
    }
}
