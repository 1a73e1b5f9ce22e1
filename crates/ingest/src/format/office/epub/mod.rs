//! EPUB: the documents of a book's spine, one behind the other.

mod xhtml;

#[cfg(test)]
mod tests;

use super::xml::{self, attribute, child, is};
use super::{Package, parse_or_note, resolve};
use crate::format::block_text::{BlockText, Page};
use crate::format::html::write_book_part;
use crate::metadata::{Draft, date_of_markup};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use xhtml::to_html;

/// Parts that a spine may name: as many as a package may have.
const MAX_SPINE: usize = 20_000;

/// What the package document of a book tells.
struct Book {
    /// The names of the parts that hold its text, in order.
    spine: Vec<String>,
    problems: Vec<String>,
}

/// Reads an EPUB; what it says of itself, and what was lost, goes to the draft.
pub(crate) fn read_epub(bytes: &[u8], draft: &mut Draft) -> Result<Page, String> {
    let mut package = Package::open(bytes, draft)?;
    let container = package.needed("META-INF/container.xml", draft)?;
    let name = package_name(&container)?;
    let text = package.needed(&name, draft)?;
    let document = xml::parse(&text).map_err(|reason| format!("`{name}`: {reason}"))?;
    tell_metadata(&document, draft);
    let book = Book::of(&document, &name);
    draft.problems.extend(book.problems);
    let locked = locked_parts(&mut package, draft);
    let mut page = BlockText::default();
    for part in &book.spine {
        if locked.contains(part) {
            return Err("encrypted: only the reader it was sold for can open it".to_owned());
        }
        let Some(source) = package.named(part, draft) else { continue };
        if let Err(reason) = write_book_part(to_html(&source), &mut page) {
            draft.problems.push(format!("`{part}` was not read: {reason}"));
        }
        page.close();
    }
    Ok(page.finish())
}

fn package_name(container: &str) -> Result<String, String> {
    let container = xml::parse(container).map_err(|reason| format!("its container: {reason}"))?;
    let name = container.descendants().find(|node| is(*node, "rootfile"));
    let name = name.and_then(|node| attribute(node, "full-path"));
    name.map(|name| resolve("", name)).ok_or_else(|| "its container names no book".to_owned())
}

/// Returns the parts that are encrypted. Fonts often are, and are not read.
fn locked_parts(package: &mut Package<'_>, draft: &mut Draft) -> BTreeSet<String> {
    let name = "META-INF/encryption.xml";
    let Some(text) = package.optional(name, draft) else { return BTreeSet::new() };
    let Some(document) = parse_or_note(name, &text, draft) else { return BTreeSet::new() };
    let references = document.descendants().filter(|node| is(*node, "CipherReference"));
    references.filter_map(|node| Some(resolve("", &unescape(attribute(node, "URI")?)))).collect()
}

impl Book {
    fn of(document: &Document<'_>, name: &str) -> Self {
        let root = document.root_element();
        let mut book = Self { spine: Vec::new(), problems: Vec::new() };
        let (Some(manifest), Some(spine)) = (child(root, "manifest"), child(root, "spine")) else {
            book.problems.push(format!("`{name}` has no manifest or no spine"));
            return book;
        };
        let items: BTreeMap<_, _> = manifest
            .children()
            .filter(|node| is(*node, "item"))
            .filter_map(|node| Some((attribute(node, "id")?, node)))
            .collect();
        let mut met = BTreeSet::new();
        for reference in spine.children().filter(|node| is(*node, "itemref")) {
            let id = attribute(reference, "idref").unwrap_or_default();
            if !met.insert(id) {
                continue;
            }
            if met.len() > MAX_SPINE {
                book.problems.push(format!("its spine names more than {MAX_SPINE} parts"));
                break;
            }
            let Some(item) = items.get(id) else {
                book.problems.push(format!("the spine names `{id}`, which the manifest has not"));
                continue;
            };
            let Some(href) = attribute(*item, "href") else { continue };
            if !is_navigation(*item) {
                let path = href.split('#').next().unwrap_or(href);
                book.spine.push(resolve(name, &unescape(path)));
            }
        }
        book
    }
}

/// Tells whether an item is the table of contents, or no text at all.
fn is_navigation(item: Node<'_, '_>) -> bool {
    let properties = attribute(item, "properties").unwrap_or_default();
    let media = attribute(item, "media-type").unwrap_or_default();
    properties.split_whitespace().any(|property| property == "nav") || media.starts_with("image/")
}

fn tell_metadata(document: &Document<'_>, draft: &mut Draft) {
    let root = document.root_element();
    let Some(metadata) = child(root, "metadata") else { return };
    // The elements of books before EPUB 2.0.1 may stand one deeper, in `dc-metadata`.
    let nodes: Vec<_> = metadata.descendants().filter(Node::is_element).collect();
    let texts = |name: &str| -> Vec<(Node<'_, '_>, &str)> {
        let named = nodes.iter().filter(|node| is(**node, name));
        let text = |node: &Node<'_, '_>| node.text().unwrap_or_default().trim().to_owned();
        named
            .filter(|node| !text(node).is_empty())
            .map(|node| (*node, node.text().unwrap_or_default()))
            .collect()
    };
    for (field, name) in [("title", "title"), ("language", "language"), ("publisher", "publisher")]
    {
        if let Some((_, text)) = texts(name).first() {
            draft.give(field, text);
        }
    }
    let authors: Vec<_> = texts("creator")
        .into_iter()
        .filter(|(node, _)| role(*node, &nodes).is_none_or(|role| role == "aut"))
        .map(|(_, text)| text)
        .collect();
    match authors.as_slice() {
        [author] => draft.give("author", author),
        several => draft.give("authors", &several.join("; ")),
    }
    let published = texts("date").into_iter().find(|(node, _)| {
        attribute(*node, "event").is_none_or(|event| event.ends_with("publication"))
    });
    if let Some((_, date)) = published.filter(|(_, date)| date_of_markup(date).is_some()) {
        draft.give("date", date);
    }
}

/// Returns the role of a creator, by its attribute (EPUB 2) or an element about it (EPUB 3).
fn role<'a>(creator: Node<'a, '_>, nodes: &[Node<'a, '_>]) -> Option<&'a str> {
    let by_attribute = attribute(creator, "role");
    by_attribute.or_else(|| {
        let about = format!("#{}", attribute(creator, "id")?);
        let is_role = |node: &&Node<'_, '_>| {
            attribute(**node, "property") == Some("role")
                && attribute(**node, "refines") == Some(&*about)
        };
        nodes.iter().find(is_role)?.text().map(str::trim)
    })
}

/// Undoes the escapes of a URL; what is no escape stays.
fn unescape(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code =
            code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
