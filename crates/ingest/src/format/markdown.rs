//! Markdown: the marks are dropped, the words kept, and the structure becomes blocks.

use super::block_text::{BlockText, Page};
use crate::metadata::{Draft, split_front_matter};
use onrecord_model::BlockKind;
use onrecord_text::OffsetMap;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a Markdown text; its front matter goes to the draft.
pub(crate) fn read_markdown(source: &str, draft: &mut Draft) -> Page {
    let mut body = source;
    if let Some(front) = split_front_matter(source) {
        draft.give_all(front.fields.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        draft.problems.extend(front.problems);
        body = front.rest;
    }
    render(body, BlockText::default()).finish()
}

/// Reads a Markdown text as [`read_markdown`] does, and tells where its text leads in the source.
pub(crate) fn trace_markdown(source: &str) -> (Page, OffsetMap) {
    let body = split_front_matter(source).map_or(source, |front| front.rest);
    let (page, offsets) = render(body, BlockText::traced()).finish_traced();
    let mut of_body = OffsetMap::default();
    of_body.push(0, source.len() - body.len());
    of_body.push_copied(body.len());
    (page, offsets.through(&of_body))
}

fn render(body: &str, mut page: BlockText) -> BlockText {
    let mut nesting = Nesting::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        take_event(event, body, range, &mut page, &mut nesting);
    }
    page
}

/// Where the parser is.
#[derive(Default)]
struct Nesting {
    n_quotations: u32,
    n_images: u32,
    n_cells: u32,
    /// The next number of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    in_footnote: bool,
}

impl Nesting {
    fn kind(&self) -> BlockKind {
        if self.in_footnote {
            BlockKind::Note
        } else if self.n_quotations > 0 {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        }
    }
}

fn take_event(
    event: Event<'_>,
    source: &str,
    range: Range<usize>,
    page: &mut BlockText,
    nesting: &mut Nesting,
) {
    match event {
        Event::Start(tag) => start_tag(&tag, page, nesting),
        Event::End(tag) => end_tag(tag, page, nesting),
        Event::Text(text)
        | Event::Code(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text) => {
            if nesting.n_images == 0 {
                page.push_from(&text, source, range);
            }
        }
        Event::SoftBreak => page.push_from(" ", source, range),
        Event::HardBreak => page.push_from("\n", source, range),
        Event::Rule => page.close(),
        Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::TaskListMarker(_) => {}
    }
}

fn start_tag(tag: &Tag<'_>, page: &mut BlockText, nesting: &mut Nesting) {
    match tag {
        Tag::Heading { level, .. } => page.open(BlockKind::Heading(level_of(*level))),
        Tag::BlockQuote(_) => {
            nesting.n_quotations += 1;
            page.close();
        }
        Tag::List(first) => {
            nesting.lists.push(*first);
            page.close();
        }
        Tag::Item => {
            page.open(BlockKind::ListItem);
            if let Some(Some(number)) = nesting.lists.last_mut() {
                page.push(&format!("{number}. "));
                *number += 1;
            }
        }
        Tag::Paragraph => {
            if !page.is_fresh_item() {
                let in_list = !nesting.lists.is_empty() && !nesting.in_footnote;
                page.open(if in_list { BlockKind::ListItem } else { nesting.kind() });
            }
        }
        Tag::CodeBlock(_) => page.open(BlockKind::Paragraph),
        Tag::FootnoteDefinition(_) => {
            nesting.in_footnote = true;
            page.open(BlockKind::Note);
        }
        Tag::Table(_) => page.open(BlockKind::Table),
        Tag::TableHead | Tag::TableRow => {
            nesting.n_cells = 0;
            if !page.is_empty_block() {
                page.push("\n");
            }
        }
        Tag::TableCell => {
            if nesting.n_cells > 0 {
                page.push("\t");
            }
            nesting.n_cells += 1;
        }
        Tag::Image { .. } => nesting.n_images += 1,
        Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript
        | Tag::Link { .. }
        | Tag::HtmlBlock
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::MetadataBlock(_) => {}
    }
}

fn end_tag(tag: TagEnd, page: &mut BlockText, nesting: &mut Nesting) {
    if matches!(tag, TagEnd::BlockQuote(_)) {
        nesting.n_quotations = nesting.n_quotations.saturating_sub(1);
    } else if matches!(tag, TagEnd::List(_)) {
        nesting.lists.pop();
    } else if tag == TagEnd::FootnoteDefinition {
        nesting.in_footnote = false;
    } else if tag == TagEnd::Image {
        nesting.n_images = nesting.n_images.saturating_sub(1);
    }
    let ends_block = matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition
    );
    if ends_block {
        page.close();
    }
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::{assert_blocks_hold, complete};
    use onrecord_model::Span;
    use onrecord_text::canonicalize;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        let source = "---\ntitle: Ports\ntags: [a, b]\n---\n# The *Harbour*\n\nWe **will**\nbuild [ports](https://x.org), `now`.\n\n> A harbour\n> for all.\n\n## Plan\n\n1. one\n2. two\n\n   more\n\n- dash\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n**THE MAYOR:** Yes.\n\n*(Applause.)*\n\n![alt](x.png)\n";
        let mut draft = Draft::default();
        let layout = complete(read_markdown(source, &mut draft));
        let found: Vec<_> = layout
            .blocks
            .iter()
            .map(|block| {
                (block.kind, layout.text.get(block.span.range()).unwrap(), block.turn.is_some())
            })
            .collect();
        let expected = [
            (BlockKind::Heading(1), "The Harbour", false),
            (BlockKind::Paragraph, "We will build ports, now.", false),
            (BlockKind::Quotation, "A harbour for all.", false),
            (BlockKind::Heading(2), "Plan", false),
            (BlockKind::ListItem, "1. one", false),
            (BlockKind::ListItem, "2. two", false),
            (BlockKind::ListItem, "more", false),
            (BlockKind::ListItem, "dash", false),
            (BlockKind::Table, "a\tb\n1\t2", false),
            (BlockKind::Paragraph, "THE MAYOR: Yes.", true),
            (BlockKind::Note, "(Applause.)", true),
        ];
        assert_eq!(found, expected);
        let (metadata, problems) = draft.finish();
        assert_eq!(metadata.title.as_deref(), Some("Ports"));
        assert_eq!(metadata.extra["tags"], "a; b");
        assert!(problems.is_empty());
    }

    proptest! {
        #[test]
        fn any_source_holds(source in "([#>*_`\\-\\[\\]()!|:0-9a-c \\n\u{301}é.]|\\PC){0,120}") {
            let layout = read_markdown(&source, &mut Draft::default());
            assert_blocks_hold(&layout.text, &layout.blocks);
            prop_assert_eq!(&canonicalize(&layout.text).text, &layout.text);

            let (page, offsets) = trace_markdown(&source);
            prop_assert_eq!(&page.text, &layout.text);
            let mut last = 0;
            for (at, c) in page.text.char_indices() {
                let made_of = offsets.source_span(Span::from_range(at..at + c.len_utf8()));
                let written = source.get(made_of.range());
                prop_assert!(written.is_some() && made_of.start >= last, "{:?}", c);
                last = made_of.start;
            }
        }
    }
}
