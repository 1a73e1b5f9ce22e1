//! Pages of print inside other formats: a page of HTML that was made of a PDF has its running
//! heads too.

use super::block_text::{BlockText, Page};
use super::pdf::{Area, PdfPage, TextLine, strip_furniture};

/// Pages that a document has at least, to be looked at.
const MIN_PAGES: usize = 3;

/// The distance of lines that stand for blocks, and their height.
const PITCH: f32 = 12.0;

/// Takes the blocks out that repeat at the edges of pages, where blocks know their pages; returns
/// each distinct one that is not in the text any more.
pub(crate) fn strip_running_blocks(page: Page) -> (Page, Vec<String>) {
    let mut pages = pages_of(&page);
    if pages.len() < MIN_PAGES {
        return (page, Vec::new());
    }
    let dropped = strip_furniture(&mut pages);
    // A line's left edge is its block's place.
    let kept = pages.iter().flat_map(|page| &page.lines).map(|line| line.area.left as usize);
    let mut text = BlockText::default();
    for block in kept.filter_map(|at| page.blocks.get(at)) {
        text.open(block.kind);
        block.page.into_iter().for_each(|number| text.begin_page(number));
        text.push(page.text.get(block.span.range()).unwrap_or_default());
        text.close();
    }
    (text.finish(), dropped)
}

/// Makes a line of each block: the first half of a page's at its head, the others at its foot.
fn pages_of(page: &Page) -> Vec<PdfPage> {
    let mut pages: Vec<PdfPage> = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let number = block.page.unwrap_or_default();
        if pages.last().is_none_or(|page| page.number != number) {
            pages.push(PdfPage { number, ..PdfPage::default() });
        }
        let text = page.text.get(block.span.range()).unwrap_or_default().to_owned();
        let area = Area { left: at as f32, ..Area::default() };
        let line = TextLine { text, area, size: PITCH, ..TextLine::default() };
        pages.last_mut().into_iter().for_each(|page| page.lines.push(line.clone()));
    }
    // Higher than any page, so that blocks in the middle are at no edge.
    let n_most = pages.iter().map(|page| page.lines.len()).max().unwrap_or_default();
    let height = PITCH * 4.0 * n_most as f32;
    for page in &mut pages {
        let n_lines = page.lines.len();
        page.height = height;
        for (at, line) in page.lines.iter_mut().enumerate() {
            let from_foot = (n_lines - at) as f32 * PITCH;
            let is_head = at * 2 < n_lines;
            line.area.top = if is_head { at as f32 * PITCH } else { height - from_foot };
            line.area.bottom = line.area.top + PITCH;
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::BlockKind;

    #[test]
    fn heads_of_pages_go_and_words_stay() {
        let mut text = BlockText::default();
        for number in 1..=4_u32 {
            text.begin_page(number);
            let words = ["one", "two", "three", "four"][number as usize - 1];
            let head = format!("Harbour Council {number}");
            for line in [&head, words, "is a number", "and a word", "Printed in May"] {
                text.open(BlockKind::Paragraph);
                text.push(&format!("{line}{}", if line.starts_with("is") { words } else { "" }));
            }
        }
        let (page, dropped) = strip_running_blocks(text.finish());
        let texts: Vec<_> =
            page.blocks.iter().map(|b| page.text.get(b.span.range()).unwrap()).collect();
        assert_eq!(texts[..3], ["Harbour Council 1", "one", "is a numberone"]);
        assert_eq!(texts.iter().filter(|text| text.starts_with("Harbour")).count(), 1);
        assert_eq!(dropped.last().map(String::as_str), Some("Printed in May"));
        assert_eq!(page.blocks.last().and_then(|block| block.page), Some(4));
    }
}
