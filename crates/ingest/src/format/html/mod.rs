//! HTML: the main content of a page, without its furniture.

mod hidden;

use super::block_text::{BlockText, Page};
use super::pages::strip_running_blocks;
use crate::metadata::{Draft, date_of_markup};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use hidden::remove_unsaid;
use onrecord_model::BlockKind;
use std::collections::BTreeMap;

/// Elements open at once, beyond which a page is refused: the parser's time grows with the square
/// of the depth, and pages made by people stay below 100.
const MAX_DEPTH: usize = 800;

/// What a tag may hold in words, beyond which a page is refused: the parser compares each
/// attribute of a tag with all the others.
const MAX_ATTRIBUTES: usize = 2000;

/// What the lines of a page may cost, beyond which it is refused: at each character reference the
/// parser looks for the line's end, and reads some tens of thousand million bytes a second.
const MAX_LINE_COST: usize = 40_000_000_000;

/// Bytes of an element's name that are looked at.
const MAX_NAME: usize = 24;

/// A page's `main` or `article` element is taken whole where it holds at least this share of the
/// text that the page has, in percent.
const MIN_MAIN_SHARE: usize = 40;

/// Elements that hold no words of the page's content.
#[rustfmt::skip]
const FURNITURE: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "nav", "aside", "footer", "form", "button",
    "iframe", "head", "select", "textarea", "audio", "video", "object",
];

/// Furniture of pages that is content in books.
const BOOK_CONTENT: [&str; 4] = ["aside", "footer", "form", "object"];

/// What stands for the name of an element that is a note in a book.
const BOOK_NOTE: &str = "#note";

/// Reads a page; what its markup says of itself goes to the draft.
pub(crate) fn read_html(source: String, draft: &mut Draft) -> Result<Page, String> {
    if let Some(reason) = refusal(&source) {
        return Err(reason);
    }
    let document = Document::from(source);
    remove_unsaid(&document);
    read_metadata(&document, draft);
    let (page, running) = strip_running_blocks(content_of(document));
    if !running.is_empty() {
        draft.give("running_heads", &running.join(" | "));
    }
    Ok(page)
}

fn content_of(document: Document) -> Page {
    let mut page = BlockText::default();
    if let Some(main) = main_element(&document) {
        write_blocks(main, &mut page);
        return page.finish();
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let fallback = document.clone();
    let article = Readability::with_document(document, None, Some(config))
        .and_then(|mut readability| readability.parse());
    match article {
        Ok(article) => write_blocks(Document::fragment(article.content).root(), &mut page),
        Err(_) => write_blocks(fallback.root(), &mut page),
    }
    page.finish()
}

/// Adds all of a book's part to a text. Asides, footers and forms are content there; what a part is
/// in a book, its `epub:type` tells.
pub(crate) fn write_book_part(source: String, page: &mut BlockText) -> Result<(), String> {
    if let Some(reason) = refusal(&source) {
        return Err(reason);
    }
    let nesting = Nesting { is_book: true, ..Nesting::default() };
    let document = Document::from(source);
    remove_unsaid(&document);
    walk_blocks(document.root(), page, nesting);
    Ok(())
}

/// Reads a page that is content from end to end, as in mail and subtitles; its metadata is not
/// looked at.
///
/// What stands in block quotations is in turns named after their depth, counted from 1.
pub(crate) fn read_whole_html(source: String) -> Result<Page, String> {
    if let Some(reason) = refusal(&source) {
        return Err(reason);
    }
    let mut page = BlockText::default();
    let nesting = Nesting { tells_depth: true, ..Nesting::default() };
    let document = Document::from(source);
    remove_unsaid(&document);
    walk_blocks(document.root(), &mut page, nesting);
    Ok(page.finish())
}

/// Tells why a page is refused unparsed, from upper bounds that one pass over its tags gives.
///
/// A closing tag counts only where an element of its name is open, as the parser has it; elements
/// that close by themselves do not count.
fn refusal(source: &str) -> Option<String> {
    const SELF_CLOSING: [&str; 26] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "option", "p", "param", "source", "td", "th", "tr", "track", "wbr", "thead",
        "tbody", "tfoot", "colgroup",
    ];
    let cost = source.split('\n').map(line_cost).fold(0, usize::saturating_add);
    if cost > MAX_LINE_COST {
        return Some(
            "its lines are too long for their character references: break them".to_owned(),
        );
    }
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let mut depth = 0_usize;
    for at in memchr::memchr_iter(b'<', source.as_bytes()) {
        let Some(tag) = source.get(at + 1..) else { continue };
        let closes = tag.starts_with('/');
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let length = tag.bytes().take(MAX_NAME).take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = tag.split_at_checked(length).unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        if has_many_attributes(rest) {
            return Some(format!("a tag of it has more than {MAX_ATTRIBUTES} attributes"));
        }
        if SELF_CLOSING.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            continue;
        }
        let n_open = open.entry(name.to_ascii_lowercase()).or_default();
        if !closes {
            *n_open += 1;
            depth += 1;
        } else if *n_open > 0 {
            *n_open -= 1;
            depth -= 1;
        }
        if depth > MAX_DEPTH {
            return Some(format!("its elements are nested more than {MAX_DEPTH} deep"));
        }
    }
    None
}

/// Returns the bytes that the parser reads looking for the end of a line.
fn line_cost(line: &str) -> usize {
    memchr::memchr_iter(b'&', line.as_bytes()).count().saturating_mul(line.len() / 2)
}

/// Counts what may be attributes up to the end of a tag, those inside quotation marks included.
fn has_many_attributes(rest: &str) -> bool {
    let (mut n_words, mut was_blank) = (0, false);
    for byte in rest.bytes().take_while(|&byte| byte != b'>' && byte != b'<') {
        let is_blank = byte.is_ascii_whitespace() || byte == b'/';
        n_words += usize::from(was_blank && !is_blank);
        was_blank = is_blank;
        if n_words > MAX_ATTRIBUTES {
            return true;
        }
    }
    false
}

fn read_metadata(document: &Document, draft: &mut Draft) {
    for meta in document.select("meta").nodes() {
        let key = meta.attr("property").or_else(|| meta.attr("name"));
        let (Some(key), Some(content)) = (key, meta.attr("content")) else { continue };
        match key.to_ascii_lowercase().as_str() {
            "og:title" | "dc.title" | "dcterms.title" => draft.give("title", &content),
            "article:published_time"
            | "date"
            | "dc.date"
            | "dcterms.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "publication_date"
            | "pubdate"
                if date_of_markup(&content).is_some() =>
            {
                draft.give("date", &content);
            }
            "og:site_name" => draft.give("site_name", &content),
            "og:url" => draft.give("url", &content),
            "author" | "article:author" => draft.give("page_author", &content),
            _ => {}
        }
    }
    if let Some(language) = document.html_root().attr("lang").filter(|lang| !lang.is_empty()) {
        draft.give("language", &language);
    }
    let headings = document.select("h1");
    let only_heading = (headings.length() == 1).then(|| headings.text());
    let title = only_heading
        .filter(|text| !text.trim().is_empty())
        .unwrap_or_else(|| document.select_single("head title").text());
    draft.infer_title(&title);
    let time = document.select("time").nodes().iter().find_map(|time| time.attr("datetime"));
    if let Some(date) = time.as_deref().and_then(date_of_markup) {
        draft.infer_date(date);
    }
}

/// Finds the one `main` or `article` that holds the page's text, where markup says so.
fn main_element(document: &Document) -> Option<NodeRef<'_>> {
    let body = document.body()?;
    let n_body = n_letters(&body);
    ["article", "main"].iter().find_map(|name| {
        let found = document.select(name);
        let [element] = found.nodes() else { return None };
        let element = *element;
        (n_letters(&element) * 100 >= n_body * MIN_MAIN_SHARE && n_body > 0).then_some(element)
    })
}

/// Counts the bytes of words below an element, furniture left out.
fn n_letters(element: &NodeRef<'_>) -> usize {
    let mut n = 0;
    let mut open = vec![*element];
    while let Some(node) = open.pop() {
        if node.is_text() {
            n += node.text().split_whitespace().map(str::len).sum::<usize>();
        } else if !is_furniture(&node) {
            open.extend(node.children_it(false));
        }
    }
    n
}

fn is_furniture(node: &NodeRef<'_>) -> bool {
    if node.is_comment() {
        return true;
    }
    let Some(name) = node.node_name() else { return false };
    let hidden = || {
        node.has_attr("hidden")
            || node.attr("style").is_some_and(|style| {
                style.to_ascii_lowercase().replace(' ', "").contains("display:none")
            })
    };
    FURNITURE.contains(&&*name) || (node.is_element() && hidden())
}

/// Tells whether a walk passes an element by.
fn is_left_out(node: &NodeRef<'_>, nesting: &Nesting) -> bool {
    if !nesting.is_book {
        return is_furniture(node);
    }
    let name = node.node_name();
    let is_content = name.is_some_and(|name| BOOK_CONTENT.contains(&&*name));
    (is_furniture(node) && !is_content) || has_book_type(node, &["noteref", "pagebreak"])
}

fn is_book_note(node: &NodeRef<'_>) -> bool {
    has_book_type(node, &["footnote", "endnote", "rearnote", "note"])
}

fn has_book_type(node: &NodeRef<'_>, names: &[&str]) -> bool {
    let types = node.attr("epub:type");
    types.is_some_and(|types| types.split_ascii_whitespace().any(|name| names.contains(&name)))
}

/// Where in the page's structure the walk is.
#[derive(Default)]
struct Nesting {
    n_quotations: u32,
    n_items: u32,
    n_tables: u32,
    n_preformatted: u32,
    n_cells: u32,
    n_notes: u32,
    n_marks: u32,
    is_book: bool,
    /// Whether turns tell how deep quotations are.
    tells_depth: bool,
}

impl Nesting {
    fn tell_depth(&self, page: &mut BlockText) {
        if !self.tells_depth {
            page.close();
        } else if self.n_quotations == 0 {
            page.end_turn();
        } else {
            page.begin_turn(Some(&self.n_quotations.to_string()));
        }
    }

    const fn marks(&self) -> (&'static str, &'static str) {
        QUOTATION_MARKS[self.n_marks as usize % 2]
    }

    fn kind(&self) -> BlockKind {
        if self.n_notes > 0 {
            BlockKind::Note
        } else if self.n_quotations > 0 {
            BlockKind::Quotation
        } else if self.n_items > 0 {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(String),
}

fn write_blocks(root: NodeRef<'_>, page: &mut BlockText) {
    walk_blocks(root, page, Nesting::default());
}

fn walk_blocks(root: NodeRef<'_>, page: &mut BlockText, mut nesting: Nesting) {
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(name) => leave(&name, page, &mut nesting),
            Step::Enter(node) if node.is_text() => write_text(&node.text(), page, &nesting),
            Step::Enter(node) if is_left_out(&node, &nesting) => {}
            Step::Enter(node) => {
                let name = if nesting.is_book && is_book_note(&node) {
                    BOOK_NOTE.to_owned()
                } else {
                    node.node_name().map(|name| name.to_string()).unwrap_or_default()
                };
                let name = if is_marked(&name, &node) { String::new() } else { name };
                if let Some(number) = page_number(&node) {
                    page.close();
                    page.begin_page(number);
                }
                enter(&name, page, &mut nesting);
                steps.push(Step::Leave(name));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
}

fn write_text(text: &str, page: &mut BlockText, nesting: &Nesting) {
    if nesting.n_preformatted > 0 {
        page.push_as(text, nesting.kind());
        return;
    }
    let blank = |c: char| c.is_ascii_whitespace();
    if text.starts_with(blank) && !page.ends_blank() {
        page.push(" ");
    }
    let mut words = text.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        page.push_as(word, nesting.kind());
        if words.peek().is_some() || text.ends_with(blank) {
            page.push(" ");
        }
    }
}

/// The marks that a page shows around a `q`, and around one inside it.
const QUOTATION_MARKS: [(&str, &str); 2] = [("“", "”"), ("‘", "’")];

/// Tells whether an element is a quotation that has marks written in it, and needs none.
fn is_marked(name: &str, node: &NodeRef<'_>) -> bool {
    name == "q" && node.text().trim_start().starts_with(['“', '‘', '"', '\'', '«', '„'])
}

/// Reads the number of a page of print from the id that programs give it which make HTML of
/// PDFs: `page_3`, `page3-div`, and `pf1f` in hexadecimal digits.
fn page_number(node: &NodeRef<'_>) -> Option<u32> {
    let id = node.attr("id")?;
    if let Some(digits) = id.strip_prefix("pf") {
        return u32::from_str_radix(digits, 16).ok();
    }
    let rest = id.strip_prefix("page")?;
    let rest = rest.strip_prefix(['_', '-']).unwrap_or(rest);
    rest.strip_suffix("-div").unwrap_or(rest).parse().ok()
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn enter(name: &str, page: &mut BlockText, nesting: &mut Nesting) {
    if let Some(level) = heading_level(name) {
        page.open(BlockKind::Heading(level));
        return;
    }
    match name {
        "br" => page.line_end(),
        "li" | "dd" => {
            nesting.n_items += 1;
            page.open(BlockKind::ListItem);
        }
        "blockquote" => {
            nesting.n_quotations += 1;
            nesting.tell_depth(page);
        }
        "q" => {
            page.push_as(nesting.marks().0, nesting.kind());
            nesting.n_marks += 1;
        }
        BOOK_NOTE => {
            nesting.n_notes += 1;
            page.close();
        }
        "table" => {
            nesting.n_tables += 1;
            page.open(BlockKind::Table);
        }
        "tr" => {
            nesting.n_cells = 0;
            page.line_end();
        }
        "td" | "th" => {
            if nesting.n_cells > 0 {
                page.push("\t");
            }
            nesting.n_cells += 1;
        }
        "pre" => {
            nesting.n_preformatted += 1;
            page.close();
        }
        _ if is_block(name) && nesting.n_tables == 0 => page.close(),
        // Paragraphs of a cell are parted as words are.
        _ if is_block(name) && !page.ends_blank() => page.push(" "),
        _ => {}
    }
}

fn leave(name: &str, page: &mut BlockText, nesting: &mut Nesting) {
    let less = |n: &mut u32| *n = n.saturating_sub(1);
    match name {
        "li" | "dd" => less(&mut nesting.n_items),
        "blockquote" => {
            less(&mut nesting.n_quotations);
            nesting.tell_depth(page);
        }
        "q" => {
            less(&mut nesting.n_marks);
            page.push_as(nesting.marks().1, nesting.kind());
        }
        BOOK_NOTE => less(&mut nesting.n_notes),
        "table" => less(&mut nesting.n_tables),
        "pre" => less(&mut nesting.n_preformatted),
        _ => {}
    }
    let closes = is_block(name) || name == BOOK_NOTE || heading_level(name).is_some();
    if closes && nesting.n_tables == 0 {
        page.close();
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 25] = [
        "address",
        "article",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
        "center",
        "fieldset",
    ];
    BLOCKS.contains(&name)
}

#[cfg(test)]
mod tests;
