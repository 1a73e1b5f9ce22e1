//! The XML of ParlParse, which TheyWorkForYou and Public Whip are built on.

use super::tree::Element;
use super::write::{Role, Shape, Voice};
use crate::metadata::Draft;
use onrecord_model::BlockKind;

/// Says what an element is.
pub(super) fn role(element: Element<'_>) -> Role {
    let shape = match element.name() {
        "speech" | "ques" | "reply" => {
            let name = element.attribute("speakername").filter(|name| name != "unknown");
            let voice = match name {
                Some(name) if element.attribute("nospeaker").is_none() => Voice::Within(Some(name)),
                Some(_) | None => Voice::Nobody,
            };
            return (Shape::Group, voice);
        }
        "oral-heading" | "major-heading" | "minor-heading" | "heading" => {
            return (Shape::Heading, Voice::Nobody);
        }
        "division" | "divisioncount" | "mplist" | "lordlist" | "msplist" => {
            return (Shape::Group, Voice::Nobody);
        }
        "mpname" | "lord" | "mspname" | "member" => Shape::Block(BlockKind::ListItem),
        "p" if element.attribute("class").is_some_and(|class| class.starts_with("indent")) => {
            Shape::Block(BlockKind::Quotation)
        }
        "p" => Shape::Block(BlockKind::Paragraph),
        "blockquote" => Shape::Block(BlockKind::Quotation),
        "li" => Shape::Block(BlockKind::ListItem),
        "table" => Shape::Table,
        "tr" => Shape::Row,
        "td" | "th" => Shape::Cell,
        "br" => Shape::Blank,
        "publicwhip" => Shape::Group,
        "i" | "b" | "em" | "strong" | "a" | "phrase" | "span" | "sup" | "sub" => Shape::Inline,
        _ => Shape::Fitting,
    };
    (shape, Voice::Same)
}

/// Gives the date, which stands in the ids: `uk.org.publicwhip/debate/2003-06-26a.1.0`.
pub(super) fn read_metadata(root: Element<'_>, draft: &mut Draft) {
    let id = root
        .descendants()
        .find_map(|element| element.attribute("id").filter(|id| id.contains('/')));
    if let Some((_, rest)) = id.as_deref().and_then(|id| id.rsplit_once('/')) {
        let date = rest.get(..10).filter(|date| date.bytes().filter(|b| *b == b'-').count() == 2);
        draft.give("date", date.unwrap_or_default());
    }
    let heading = root.descendants().find(|element| element.name() == "major-heading");
    draft.infer_title(&heading.map(Element::text).unwrap_or_default());
}
