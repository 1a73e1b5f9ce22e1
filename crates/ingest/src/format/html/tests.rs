use super::*;
use crate::structure::assert_blocks_hold;
use onrecord_model::Field;
use proptest::prelude::*;

fn read(source: &str) -> (Page, Draft) {
    let mut draft = Draft::default();
    let layout = read_html(source.to_owned(), &mut draft).unwrap();
    (layout, draft)
}

const PAGE: &str = "<!doctype html><html lang=en-US><head><title>Ports | City</title>\
    <meta property='og:title' content='Ports for All'><meta name=date content='2012-05-03T10:00Z'>\
    </head><body><nav>Home <a href=/>News</a></nav><article><h1>Ports &amp; <i>Piers</i></h1>\
    <p>We <b>will</b>\n  dredge&nbsp;it.<br>All of it.</p><blockquote><p>A harbour.</p></blockquote>\
    <ul><li>one</li><li><p>two</p></li></ul><h2>Plan</h2>loose words\
    <table><tr><td><p>a</p><p>c</p><td>b<tr><td>1<td>2</table><p hidden>secret</p><script>x()</script>\
    </article><footer>All rights</footer></body></html>";

#[test]
fn the_main_content_with_its_structure() {
    let (layout, draft) = read(PAGE);
    let found: Vec<_> = layout
        .blocks
        .iter()
        .map(|block| (block.kind, layout.text.get(block.span.range()).unwrap()))
        .collect();
    let expected = [
        (BlockKind::Heading(1), "Ports & Piers"),
        (BlockKind::Paragraph, "We will dredge\u{a0}it.\nAll of it."),
        (BlockKind::Quotation, "A harbour."),
        (BlockKind::ListItem, "one"),
        (BlockKind::ListItem, "two"),
        (BlockKind::Heading(2), "Plan"),
        (BlockKind::Paragraph, "loose words"),
        (BlockKind::Table, "a c\tb\n1\t2"),
    ];
    assert_eq!(found, expected);
    let (metadata, _) = draft.finish();
    assert_eq!(metadata.title.as_deref(), Some("Ports for All"));
    assert_eq!(metadata.date.unwrap().to_string(), "2012-05-03");
    assert_eq!(metadata.language.as_deref(), Some("en"));
    assert!(!metadata.inferred.contains(&Field::Title));
}

#[test]
fn pages_without_main_lose_their_furniture() {
    let paragraph = "<p>The harbour will be open to all of us, and it will stay open, as we said it would, for every ship that comes in need of it.</p>";
    let source = format!(
        "<html><head><title>T</title></head><body><div class=menu><a href=a>Home</a> <a href=b>About</a></div><div id=content>{}</div></body></html>",
        paragraph.repeat(8)
    );
    let (layout, draft) = read(&source);
    assert_eq!(layout.blocks.len(), 8);
    assert!(!layout.text.contains("About"));
    assert_eq!(draft.finish().0.title.as_deref(), Some("T"));
    let (short, _) = read("<html><body><p>Just this.</p></body></html>");
    assert_eq!(short.text, "Just this.");
}

#[test]
fn what_is_not_said_is_in_no_page() {
    let body = "<p>We <del>must</del><ins>will</ins> dredge two<sup>1</sup> ports<i style='opacity:0'>!</i>.</p>";
    let expected = "We will dredge two ports.";
    for source in [body.to_owned(), format!("<html><body><main>{body}</main></body></html>")] {
        assert_eq!(read(&source).0.text, expected);
        assert_eq!(read_whole_html(source.clone()).unwrap().text, expected);
        let mut part = BlockText::default();
        write_book_part(source, &mut part).unwrap();
        assert_eq!(part.finish().text, expected);
    }
}

#[test]
fn quotations_have_the_marks_that_a_browser_shows() {
    for (body, expected) in [
        ("<p>She said, <q>We <q>must</q> act.</q>", "She said, “We ‘must’ act.”"),
        ("<p>She said, <q>“We act.”</q> Now.", "She said, “We act.” Now."),
        ("<q>We act.</q>", "“We act.”"),
    ] {
        let source = format!("<html><body><main>{body}</main></body></html>");
        assert_eq!(read(&source).0.text, expected);
    }
}

#[test]
fn depth_is_limited() {
    let deep = "<div>".repeat(100_000);
    assert!(read_html(deep, &mut Draft::default()).unwrap_err().contains("nested more than"));
    for (source, refused) in [
        ("<p>x<br>".repeat(5000), false),
        ("<div></span>".repeat(5000), true),
        ("<div><b></div></b>".repeat(5000), false),
        (format!("<p {}>", "a ".repeat(5000)), true),
        ("&amp; word ".repeat(300_000), true),
        ("&amp; word\n".repeat(300_000), false),
        (format!("{} < {}", "a ".repeat(5000), "b ".repeat(5000)), false),
    ] {
        assert_eq!(refusal(&source).is_some(), refused, "{source:.40}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_source_holds(source in "(<[/]?(p|div|li|table|tr|td|h1|article|pre|br)>|[a-c \\n&;<>]|\\PC){0,60}") {
        let (layout, _) = read(&source);
        assert_blocks_hold(&layout.text, &layout.blocks);
    }
}
