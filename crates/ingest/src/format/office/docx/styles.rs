//! Styles of a DOCX: what a paragraph is, and what is hidden, by style.

use crate::format::office::xml::{attribute, child, is};
use onrecord_model::BlockKind;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// Styles that one is based on, one behind the other, before the rest is left out: programs allow
/// some ten, and damaged files run in circles.
const MAX_BASES: usize = 50;

/// The outline level of body text; 0 to 8 are headings (ECMA-376, 17.3.1.20).
const BODY_LEVEL: u8 = 9;

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    of_paragraphs: Option<String>,
}

/// What a style says itself; the rest comes from the style it is based on.
#[derive(Debug, Default)]
struct Style {
    /// In lower case. Styles that come with Word keep their English name in every language.
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    is_listed: Option<bool>,
    is_hidden: Option<bool>,
}

/// What a paragraph's style and its own properties make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) kind: BlockKind,
    pub(super) is_title: bool,
    /// Whether its words are hidden unless a run says otherwise.
    pub(super) is_hidden: bool,
}

impl Styles {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut styles = Self::default();
        for node in document.root_element().children().filter(|node| is(*node, "style")) {
            let Some(id) = attribute(node, "styleId") else { continue };
            let is_default = matches!(attribute(node, "default"), Some("1" | "true" | "on"));
            if is_default && attribute(node, "type") == Some("paragraph") {
                styles.of_paragraphs = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), Style::of(node));
        }
        styles
    }

    /// Tells what a paragraph is.
    pub(super) fn role(&self, paragraph: Node<'_, '_>) -> Role {
        let properties = child(paragraph, "pPr");
        let id = properties.and_then(|node| value(node, "pStyle"));
        let id = id.or(self.of_paragraphs.as_deref()).unwrap_or_default();
        let own_outline = properties.and_then(outline);
        // A style made from that of titles is another thing: an author, a subtitle.
        let is_title = self.by_id.get(id).is_some_and(|style| style.name == "title");
        let by_style = || is_title.then_some(0).or_else(|| self.chain(id).find_map(Style::level));
        let outline = own_outline.or_else(by_style);
        let is_listed = properties.and_then(is_listed);
        let is_listed = is_listed.or_else(|| self.chain(id).find_map(|style| style.is_listed));
        let is = |found: fn(&Style) -> bool| self.chain(id).any(found);
        let kind = if is(Style::is_contents) {
            BlockKind::Note
        } else if let Some(level) = outline.filter(|level| *level < BODY_LEVEL) {
            BlockKind::Heading(level.min(5) + 1)
        } else if is_listed == Some(true) {
            BlockKind::ListItem
        } else if is(Style::is_quotation) {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        };
        Role { kind, is_title, is_hidden: self.hides(id).unwrap_or(false) }
    }

    /// Tells whether a run of words is hidden, in a paragraph that is by itself or not.
    pub(super) fn hides_run(&self, run: Node<'_, '_>, by_paragraph: bool) -> bool {
        let Some(properties) = child(run, "rPr") else { return by_paragraph };
        let by_style = || value(properties, "rStyle").and_then(|id| self.hides(id));
        is_on(properties, "vanish").or_else(by_style).unwrap_or(by_paragraph)
    }

    fn hides(&self, id: &str) -> Option<bool> {
        self.chain(id).find_map(|style| style.is_hidden)
    }

    /// Returns a style and those that it is based on.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let base = |style: &&'a Style| self.by_id.get(style.based_on.as_deref()?);
        std::iter::successors(self.by_id.get(id), base).take(MAX_BASES)
    }
}

impl Style {
    fn of(node: Node<'_, '_>) -> Self {
        let paragraph = child(node, "pPr");
        Self {
            name: value(node, "name").unwrap_or_default().to_lowercase(),
            based_on: value(node, "basedOn").map(str::to_owned),
            outline: paragraph.and_then(outline),
            is_listed: paragraph.and_then(is_listed),
            is_hidden: child(node, "rPr").and_then(|run| is_on(run, "vanish")),
        }
    }

    fn level(&self) -> Option<u8> {
        let named = || {
            let level: u8 = self.name.strip_prefix("heading ")?.parse().ok()?;
            level.checked_sub(1).filter(|level| *level < BODY_LEVEL)
        };
        self.outline.or_else(named)
    }

    fn is_contents(&self) -> bool {
        let level = self.name.strip_prefix("toc ");
        level.is_some_and(|level| level.parse::<u8>().is_ok()) || self.name == "table of figures"
    }

    fn is_quotation(&self) -> bool {
        matches!(
            &*self.name,
            "quote" | "intense quote" | "block text" | "quotations" | "block quotation"
        )
    }
}

fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

fn outline(properties: Node<'_, '_>) -> Option<u8> {
    value(properties, "outlineLvl")?.parse().ok()
}

/// A list of the number 0 takes a paragraph out of the list that its style puts it in.
fn is_listed(properties: Node<'_, '_>) -> Option<bool> {
    Some(value(child(properties, "numPr")?, "numId").is_some_and(|id| id != "0"))
}

fn is_on(properties: Node<'_, '_>, name: &str) -> Option<bool> {
    let found = child(properties, name)?;
    Some(!matches!(attribute(found, "val"), Some("0" | "false" | "off")))
}
