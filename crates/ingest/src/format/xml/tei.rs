//! TEI, and what is made of it for parliaments: Parla-CLARIN, ParlaMint.

use super::tree::Element;
use super::write::{Place, Role, Shape, Voice};
use crate::metadata::Draft;
use onrecord_model::BlockKind;
use std::collections::BTreeMap;

/// The people that a file lists, by their ids.
pub(super) fn people(root: Element<'_>) -> BTreeMap<String, String> {
    let is_person = |element: &Element<'_>| matches!(element.name(), "person" | "personGrp");
    let named = |person: Element<'_>| Some((person.attribute("id")?, name_of_person(person)?));
    root.descendants().filter(is_person).filter_map(named).collect()
}

/// Returns a person's first name in the list: forenames before surnames, as they are spoken.
fn name_of_person(person: Element<'_>) -> Option<String> {
    let name = person.elements().find(|element| matches!(element.name(), "persName" | "name"))?;
    let parts = |of: &[&str]| -> Vec<String> {
        let fits = |element: &Element<'_>| of.contains(&element.name());
        name.elements().filter(fits).map(Element::text).filter(|part| !part.is_empty()).collect()
    };
    let (first, last) = (parts(&["forename"]), parts(&["nameLink", "surname"]));
    let whole = if last.is_empty() || first.is_empty() {
        name.text()
    } else {
        [first, last].concat().join(" ")
    };
    (!whole.is_empty()).then_some(whole)
}

/// Says what an element is.
pub(super) fn role(
    element: Element<'_>,
    place: &Place<'_, '_>,
    people: &BTreeMap<String, String>,
) -> Role {
    let shape = match element.name() {
        // The source's own text stands, what editors put beside it does not.
        "teiHeader" | "corr" | "reg" | "expan" | "del" | "fw" | "linkGrp" | "spanGrp"
        | "standOff" | "listPerson" | "listOrg" => Shape::Omitted,
        "u" | "sp" => return (Shape::Group, Voice::Within(speaker(element, place, people))),
        "speaker" => Shape::Label,
        "text" | "body" | "front" | "back" | "group" | "TEI" | "teiCorpus" | "TEI.2" => {
            Shape::Group
        }
        "div" | "div1" | "div2" | "div3" | "div4" => Shape::Section,
        "head" if matches!(place.parent(), "list" | "table" | "figure") => {
            Shape::Block(BlockKind::Header)
        }
        "head" => Shape::Heading,
        "p" | "ab" | "l" | "opener" | "closer" => Shape::Block(BlockKind::Paragraph),
        // In the linguistic annotation a segment is a paragraph too, and its sentences are not.
        "seg" if place.parent() == "u" => Shape::Block(BlockKind::Paragraph),
        "note" | "kinesic" | "vocal" | "incident" | "stage" | "gap" | "pause" | "writing" => {
            Shape::Block(BlockKind::Note)
        }
        "quote" | "cit" if !place.is_inside(&["p", "seg", "ab"]) => {
            Shape::Block(BlockKind::Quotation)
        }
        "docDate" | "docTitle" | "titlePage" | "docAuthor" => Shape::Block(BlockKind::Header),
        "item" | "label" => Shape::Block(BlockKind::ListItem),
        "table" => Shape::Table,
        "row" => Shape::Row,
        "cell" => Shape::Cell,
        "lb" if element.attribute("break").as_deref() == Some("no") => Shape::Inline,
        "lb" | "cb" | "milestone" => Shape::Blank,
        "pb" => Shape::Page(element.attribute("n").and_then(|n| n.parse().ok())),
        "w" | "pc" => token(element),
        _ => Shape::Fitting,
    };
    (shape, Voice::Same)
}

fn token(element: Element<'_>) -> Shape {
    let join = element.attribute("join");
    let joins =
        |side: &str| matches!(join.as_deref(), Some(found) if found == side || found == "both");
    Shape::Token { joins_left: joins("left"), joins_right: joins("right") }
}

/// Names the one who speaks: from the list of people, else from the note before that says so,
/// else by the pointer itself where it reads like a name.
fn speaker(
    element: Element<'_>,
    place: &Place<'_, '_>,
    people: &BTreeMap<String, String>,
) -> Option<String> {
    let who = element.attribute("who");
    let mut listed =
        who.iter().flat_map(|who| who.split(' ')).map(|id| people.get(id.trim_start_matches('#')));
    let listed = listed.next().flatten().filter(|_| listed.next().is_none());
    if let Some(name) = listed {
        return Some(name.clone());
    }
    let label = element.find("speaker").or_else(|| place.previous.filter(|note| is_label(*note)));
    let label = label.map(|label| super::name_in_label(&label.text()));
    // A line to be filled in names nobody.
    let label = label.filter(|label| label.contains(char::is_alphabetic) && !label.contains("__"));
    label.or_else(|| who.filter(|who| super::is_readable_name(who)))
}

fn is_label(note: Element<'_>) -> bool {
    note.name() == "note" && note.attribute("type").as_deref() == Some("speaker")
}

/// Gives what the header says.
pub(super) fn read_metadata(root: Element<'_>, draft: &mut Draft) {
    let document = if root.name() == "teiCorpus" { root.find("TEI").unwrap_or(root) } else { root };
    let language = document.attribute("lang").or_else(|| root.attribute("lang"));
    if let Some(header) = document.find("teiHeader").or_else(|| root.find("teiHeader")) {
        read_header(header, language.as_deref(), draft);
    }
    if let Some(language) = language {
        draft.give("language", &language);
    }
    if let Some(date) = document.find_below("docDate").and_then(|date| date.attribute("when")) {
        draft.give("date", &date);
    }
    if let Some(id) = document.attribute("id") {
        draft.give("xml_id", &id);
    }
}

fn read_header(header: Element<'_>, language: Option<&str>, draft: &mut Draft) {
    if let Some(statement) = header.find_below("titleStmt") {
        let titles: Vec<_> = statement.elements().filter(|e| e.name() == "title").collect();
        let fits = |title: &&Element<'_>| {
            title.attribute("lang").is_none_or(|found| Some(&*found) == language)
        };
        let of_type = |kind: &str| {
            let is_kind = |title: &&Element<'_>| title.attribute("type").as_deref() == Some(kind);
            let mut found = titles.iter().filter(|title| is_kind(title));
            found.clone().find(fits).or_else(|| found.next())
        };
        let title = of_type("main").or_else(|| titles.iter().find(fits)).or(titles.first());
        title.into_iter().for_each(|title| draft.give("title", &title.text()));
        of_type("sub").into_iter().for_each(|title| draft.give("subtitle", &title.text()));
        let meetings = statement.elements().filter(|e| e.name() == "meeting").map(Element::text);
        let meetings: Vec<_> = meetings.filter(|meeting| !meeting.is_empty()).collect();
        draft.give("meeting", &meetings.join("; "));
    }
    let source = header.find_below("sourceDesc");
    let setting = header.find_below("setting");
    let date_in = |part: Option<Element<'_>>| {
        let dates = part?.descendants().filter(|element| element.name() == "date");
        dates.into_iter().find_map(|date| date.attribute("when").or_else(|| date.attribute("from")))
    };
    if let Some(date) = date_in(setting).or_else(|| date_in(source)) {
        draft.give("date", date.get(..10).unwrap_or(&date));
    }
    if let Some(setting) = setting {
        let is_place = |e: &Element<'_>| {
            matches!(e.attribute("type").as_deref(), Some("city" | "country" | "place"))
                || matches!(e.name(), "settlement" | "country")
        };
        let places = setting.descendants().filter(is_place).map(Element::text);
        draft.give("place", &places.collect::<Vec<_>>().join(", "));
    }
    if let Some(address) = source.and_then(|source| source.find_below("idno")) {
        draft.give("source", &address.text());
    }
    if let Some(publisher) = header.find_below("publisher") {
        let name = publisher.find("orgName").unwrap_or(publisher);
        draft.give("corpus_publisher", &name.text());
    }
}
