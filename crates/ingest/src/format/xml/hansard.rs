//! The historic Hansard of the United Kingdom, as its digitised volumes are marked up.

use super::tree::{Child, Element};
use super::write::{Place, Role, Shape, Voice};
use crate::metadata::Draft;
use crate::structure::turn_label;
use onrecord_model::BlockKind;

/// Names of what is a whole sitting, or stands for one when a file holds no more.
pub(super) const ROOTS: [&str; 8] = [
    "hansard",
    "housecommons",
    "houselords",
    "westminsterhall",
    "grandcommitteereport",
    "writtenanswers",
    "writtenstatements",
    "lordswrittenanswers",
];

/// Words of a written question in which it says whom it asks.
const QUESTION_WORDS: usize = 16;

/// Bytes of a paragraph in which these words stand.
const BEGINNING: usize = 512;

/// The longest mark before the name of the one who speaks, such as `*` or `12.`, in bytes.
const MAX_MARK: usize = 6;

/// Says what an element is.
pub(super) fn role(element: Element<'_>, place: &Place<'_, '_>) -> Role {
    let shape = match element.name() {
        // Numbers and pictures of the printed pages.
        "col" | "image" => Shape::Omitted,
        "p" => return paragraph(element, place),
        "member" if place.parent() == "p" => return member(element, place),
        "title" => return (Shape::Heading, Voice::Nobody),
        "section" | "group" => return (Shape::Section, Voice::Nobody),
        "housecommons"
        | "houselords"
        | "westminsterhall"
        | "grandcommitteereport"
        | "writtenanswers"
        | "writtenstatements"
        | "lordswrittenanswers" => {
            return (Shape::Section, Voice::Nobody);
        }
        "hansard" | "debates" | "oralquestions" | "division" | "frontmatter" | "index" => {
            return (Shape::Group, Voice::Nobody);
        }
        "titlepage" => return (Shape::Block(BlockKind::Header), Voice::Nobody),
        "date" | "session" => Shape::Block(BlockKind::Header),
        "quote" | "blockquote" => Shape::Block(BlockKind::Quotation),
        "li" | "item" => Shape::Block(BlockKind::ListItem),
        "table" => Shape::Table,
        "tr" => Shape::Row,
        "td" | "th" => Shape::Cell,
        "lb" if place.is_inside(&["membercontribution"]) => Shape::Break,
        "lb" => Shape::Blank,
        "membercontribution" | "memberconstituency" | "member" | "i" | "b" | "u" | "sup"
        | "sub" | "ref" => Shape::Inline,
        _ => Shape::Fitting,
    };
    (shape, Voice::Same)
}

/// A paragraph begins a turn where it begins with a member's name, and goes on with one where it
/// is marked as a contribution. Any other is nobody's, but in a written answer.
fn paragraph(element: Element<'_>, place: &Place<'_, '_>) -> Role {
    let shape = Shape::Block(BlockKind::Paragraph);
    if place.is_inside(&["titlepage"]) {
        return (shape, Voice::Same);
    }
    if let Some(member) = first_member(element) {
        return (shape, Voice::Begins(name_of(member)));
    }
    if element.find("membercontribution").is_some() {
        return (shape, Voice::Same);
    }
    let goes_on = place.is_inside(&["writtenanswers", "lordswrittenanswers"])
        && place.in_turn
        && !may_begin_turn(&element.beginning(BEGINNING));
    if is_in_italics(element) {
        return (Shape::Block(BlockKind::Note), Voice::Same);
    }
    (shape, if goes_on { Voice::Same } else { Voice::Nobody })
}

/// Finds the member whose name a paragraph begins with, a mark before it at most.
fn first_member(paragraph: Element<'_>) -> Option<Element<'_>> {
    let mut mark = String::new();
    for child in paragraph.children() {
        match child {
            Child::Text(text) => mark.push_str(text.trim()),
            Child::Element(element) if element.name() == "member" => return Some(element),
            Child::Element(element) => match element.name() {
                "image" | "col" => {}
                "sup" | "b" | "i" => mark.push_str(&element.text()),
                _ => return None,
            },
        }
        if mark.len() > MAX_MARK || mark.contains(char::is_alphabetic) {
            return None;
        }
    }
    None
}

/// A name inside a paragraph begins a turn only where a contribution follows it at once.
fn member(element: Element<'_>, place: &Place<'_, '_>) -> Role {
    let begins_paragraph = place
        .previous
        .is_none_or(|before| matches!(before.name(), "sup" | "image" | "col" | "b" | "i"));
    match (begins_paragraph, place.previous.is_some_and(|e| e.name() == "membercontribution")) {
        (true, _) if place.in_turn => (Shape::Label, Voice::Same),
        (_, true) => (Shape::Label, Voice::Begins(name_of(element))),
        _ => (Shape::Inline, Voice::Same),
    }
}

/// Returns a member's name without the constituency and party in brackets.
fn name_of(member: Element<'_>) -> Option<String> {
    let mut name = String::new();
    for child in member.children() {
        match child {
            Child::Text(text) => name.push_str(&text),
            Child::Element(element) if element.name() == "memberconstituency" => {}
            Child::Element(element) => {
                name.push(' ');
                name.push_str(&element.text());
                name.push(' ');
            }
        }
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(super::name_in_label(&name)).filter(|name| !name.is_empty())
}

/// Tells whether a paragraph without markup may be another's words: a question to a minister,
/// `Mr. Vale asked the Secretary of …`, or an answer, `Mr. Vale: …`.
fn may_begin_turn(text: &str) -> bool {
    let mut first = text.split(' ').take(QUESTION_WORDS);
    turn_label(text).is_some()
        || first.any(|word| word == "asked" || word == "ask" || word.ends_with(':'))
}

/// Tells whether all words of a paragraph are in italics, as those on what happens are.
fn is_in_italics(paragraph: Element<'_>) -> bool {
    let mut n_italic = 0;
    for child in paragraph.children() {
        match child {
            Child::Text(text) if text.contains(char::is_alphabetic) => return false,
            Child::Element(element) if element.name() == "i" => n_italic += 1,
            Child::Element(element) if !matches!(element.name(), "image" | "col" | "lb") => {
                return false;
            }
            Child::Text(_) | Child::Element(_) => {}
        }
    }
    n_italic > 0
}

/// Gives house, date, session, volume and columns.
pub(super) fn read_metadata(root: Element<'_>, draft: &mut Draft) {
    let is_sitting = |e: &Element<'_>| ROOTS.contains(&e.name()) && e.find("date").is_some();
    let below = root.descendants().filter(is_sitting);
    let sittings: Vec<_> = is_sitting(&root).then_some(root).into_iter().chain(below).collect();
    let dates: Vec<String> =
        sittings.iter().filter_map(|sitting| sitting.find("date")?.attribute("format")).collect();
    if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
        if first == last {
            draft.give("date", first);
        } else {
            draft.give("sittings", &format!("{first} to {last}"));
        }
    }
    if let Some(sitting) = sittings.first() {
        let title = sitting.find("title").map(Element::text).unwrap_or_default();
        let title = title.trim_end_matches('.').to_owned();
        let mut sections = sitting.descendants().filter(|e| e.name() == "section");
        let subject = sections.next().filter(|_| sections.next().is_none());
        let subject = subject.and_then(|section| section.find("title")).map(Element::text);
        match subject.filter(|subject| !subject.is_empty()) {
            Some(subject) => draft.give("title", &subject),
            None => draft.give("title", &title),
        }
        let house = match sitting.name() {
            "housecommons" | "westminsterhall" => "House of Commons",
            "houselords" | "grandcommitteereport" | "lordswrittenanswers" => "House of Lords",
            _ => "",
        };
        draft.give("issuer", house);
        draft.give("house", &title);
    }
    let session = root.find_below("session").map(Element::text).unwrap_or_default();
    draft.give("session", &session);
    let columns = root.descendants().filter(|e| e.name() == "col").map(Element::text);
    let columns: Vec<String> = columns.filter(|column| !column.is_empty()).collect();
    if let (Some(first), Some(last)) = (columns.first(), columns.last()) {
        let range = if first == last { first.clone() } else { format!("{first}-{last}") };
        draft.give("columns", &range);
    }
    let image = root.descendants().filter(|e| e.name() == "image").find_map(|e| e.attribute("src"));
    if let Some(volume) = image.as_deref().and_then(volume_of) {
        draft.give("volume", &volume);
    }
}

/// Reads the volume out of the name of a page's picture: `S5CV0976P1I0146`.
fn volume_of(image: &str) -> Option<String> {
    let (_, rest) = image.split_once('V')?;
    let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit())?)?;
    let number = digits.trim_start_matches('0');
    (!number.is_empty()).then(|| number.to_owned())
}
