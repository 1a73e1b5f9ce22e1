//! Styles of an ODT: what a paragraph is, and what is hidden, by style.

use crate::format::office::xml::{attribute, child, is};
use onrecord_model::BlockKind;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// Parents of a style, one behind the other, before the rest is left out.
const MAX_PARENTS: usize = 50;

/// The styles of paragraphs and of words by family and name, those that the program made for
/// single places among them.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<(String, String), Style>);

#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    /// Whether the program made it for single places.
    is_automatic: bool,
    is_hidden: Option<bool>,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn add(&mut self, document: &Document<'_>) {
        for node in document.descendants().filter(|node| is(*node, "style")) {
            let (Some(family), Some(name)) = (attribute(node, "family"), attribute(node, "name"))
            else {
                continue;
            };
            let words = child(node, "text-properties");
            let style = Style {
                name: attribute(node, "display-name").unwrap_or(name).to_lowercase(),
                is_automatic: node.parent().is_some_and(|node| is(node, "automatic-styles")),
                parent: attribute(node, "parent-style-name").map(str::to_owned),
                is_hidden: words.and_then(|words| attribute(words, "display")).map(is_none),
            };
            self.0.entry((family.to_owned(), name.to_owned())).or_insert(style);
        }
    }

    /// Tells what a paragraph is that is in no list and no heading by its element.
    pub(super) fn kind(&self, paragraph: Node<'_, '_>) -> BlockKind {
        let is = |names: &[&str]| {
            self.chain("paragraph", paragraph).any(|style| names.contains(&&*style.name))
        };
        if self.is_title(paragraph) {
            BlockKind::Heading(1)
        } else if is(&["quotations", "quote", "intense quote", "block text"]) {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        }
    }

    /// Tells whether a paragraph is in the style of titles. A style made from that is another
    /// thing: an author, a subtitle.
    pub(super) fn is_title(&self, paragraph: Node<'_, '_>) -> bool {
        let mut chain = self.chain("paragraph", paragraph);
        chain.find(|style| !style.is_automatic).is_some_and(|style| style.name == "title")
    }

    /// Tells whether the words of a paragraph or of a span are hidden, where the style says so.
    pub(super) fn hides(&self, family: &str, node: Node<'_, '_>) -> Option<bool> {
        self.chain(family, node).find_map(|style| style.is_hidden)
    }

    fn chain<'a>(&'a self, family: &str, node: Node<'_, '_>) -> impl Iterator<Item = &'a Style> {
        let named = |name: &str| self.0.get(&(family.to_owned(), name.to_owned()));
        let first = attribute(node, "style-name").and_then(named);
        let family = family.to_owned();
        let parent = move |style: &&'a Style| self.0.get(&(family.clone(), style.parent.clone()?));
        std::iter::successors(first, parent).take(MAX_PARENTS)
    }
}

fn is_none(display: &str) -> bool {
    display == "none"
}
