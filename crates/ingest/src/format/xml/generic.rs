//! XML of no schema that is known here: all its text, by what its elements are called and hold.

use super::tree::Element;
use super::write::{Role, Shape, Voice};
use crate::metadata::Draft;
use onrecord_model::BlockKind;

/// Outermost elements of what holds no text to quote, with what it is.
const NO_TEXTS: [(&str, &str); 18] = [
    ("mods", "metadata of the files beside it (MODS)"),
    ("modsCollection", "metadata of other files (MODS)"),
    ("mets", "metadata of other files (METS)"),
    ("RDF", "statements about things (RDF)"),
    ("svg", "a picture (SVG)"),
    ("schema", "a schema"),
    ("grammar", "a schema (RELAX NG)"),
    ("stylesheet", "a style sheet (XSLT)"),
    ("transform", "a style sheet (XSLT)"),
    ("plist", "settings (property list)"),
    ("kml", "places (KML)"),
    ("gpx", "places (GPX)"),
    ("urlset", "a site map"),
    ("sitemapindex", "a site map"),
    ("package", "a list of parts (OPF)"),
    ("container", "a list of parts (OCF)"),
    ("project", "settings of a build"),
    ("Relationships", "a list of parts (OPC)"),
];

/// Tells what a file is that holds no text, by its outermost element.
pub(super) fn no_text(root: Element<'_>) -> Option<&'static str> {
    NO_TEXTS.iter().find(|(name, _)| *name == root.name()).map(|(_, what)| *what)
}

/// Says what an element is.
pub(super) fn role(element: Element<'_>) -> Role {
    let shape = match element.name().to_ascii_lowercase().as_str() {
        "title" | "head" | "heading" | "subtitle" | "h1" | "h2" | "h3" | "h4" => Shape::Heading,
        "section" | "sec" | "div" | "chapter" | "part" => Shape::Section,
        "p" | "para" | "paragraph" => Shape::Block(BlockKind::Paragraph),
        "li" | "item" | "listitem" | "list-item" => Shape::Block(BlockKind::ListItem),
        "quote" | "blockquote" | "disp-quote" => Shape::Block(BlockKind::Quotation),
        "note" | "footnote" | "fn" => Shape::Block(BlockKind::Note),
        "table" | "informaltable" => Shape::Table,
        "tr" | "row" => Shape::Row,
        "td" | "th" | "cell" | "entry" => Shape::Cell,
        "br" | "lb" => Shape::Blank,
        "script" | "style" => Shape::Omitted,
        _ => Shape::Fitting,
    };
    (shape, Voice::Same)
}

/// Names the schema by its outermost element.
pub(super) fn read_metadata(root: Element<'_>, draft: &mut Draft) {
    draft.give("xml_root", root.name());
    if let Some(language) = root.attribute("lang") {
        draft.give("language", &language);
    }
}
