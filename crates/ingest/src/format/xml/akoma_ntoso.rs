//! Akoma Ntoso (LegalDocML), for debates and for other papers of parliaments.

use super::tree::Element;
use super::write::{Place, Role, Shape, Voice};
use crate::metadata::Draft;
use onrecord_model::BlockKind;
use std::collections::BTreeMap;

/// The people and offices that a file refers to, by their ids.
pub(super) fn people(root: Element<'_>) -> BTreeMap<String, String> {
    let is_person = |element: &Element<'_>| matches!(element.name(), "TLCPerson" | "TLCRole");
    let named = |person: Element<'_>| {
        let id = person.attribute("eId").or_else(|| person.attribute("id"))?;
        Some((id, person.attribute("showAs")?))
    };
    root.descendants().filter(is_person).filter_map(named).collect()
}

/// Says what an element is.
pub(super) fn role(
    element: Element<'_>,
    place: &Place<'_, '_>,
    people: &BTreeMap<String, String>,
) -> Role {
    let shape = match element.name() {
        // Notes in it are read behind the text.
        "meta" => Shape::Omitted,
        "speech" | "question" | "answer" | "speechGroup" => {
            return (Shape::Group, Voice::Within(speaker(element, people)));
        }
        "from" if matches!(place.parent(), "speech" | "question" | "answer" | "speechGroup") => {
            // Some files have what was said in it too.
            let is_only_name = super::is_only_name(&element.beginning(super::MAX_NAME * 2));
            if is_only_name { Shape::Label } else { Shape::Block(BlockKind::Paragraph) }
        }
        "narrative" | "scene" | "summary" | "remark" | "authorialNote" | "note" => {
            Shape::Block(BlockKind::Note)
        }
        "coverPage" | "preface" => Shape::Block(BlockKind::Header),
        "heading" => Shape::Heading,
        "num" if place.is_inside(&["debateBody"]) => Shape::Block(BlockKind::Header),
        "subheading" | "crossHeading" => Shape::Heading,
        "p" | "block" | "num" | "blockContainer" => Shape::Block(BlockKind::Paragraph),
        "li" | "item" | "point" | "listIntroduction" => Shape::Block(BlockKind::ListItem),
        "tocItem" => Shape::Block(BlockKind::Header),
        "quotedStructure" | "embeddedStructure" | "extractStructure" => {
            Shape::Block(BlockKind::Quotation)
        }
        "table" => Shape::Table,
        "tr" => Shape::Row,
        "td" | "th" => Shape::Cell,
        "br" | "eol" => Shape::Blank,
        "eop" => Shape::Page(None),
        "akomaNtoso" | "debate" | "debateBody" => Shape::Group,
        "debateSection"
        | "prayers"
        | "papers"
        | "questions"
        | "petitions"
        | "adjournment"
        | "rollCall"
        | "noticesOfMotion"
        | "oralStatements"
        | "writtenStatements"
        | "ministerialStatements"
        | "resolutions"
        | "nationalInterest"
        | "proceduralMotions"
        | "pointOfOrder"
        | "personalStatements"
        | "administrationOfOath"
        | "communication"
        | "declarationOfVote"
        | "address"
        | "section"
        | "chapter"
        | "part"
        | "article" => Shape::Section,
        _ => Shape::Fitting,
    };
    (shape, Voice::Same)
}

/// Names the one who speaks: as the references show them, else as the label does, else by the
/// pointer itself where it reads like a name.
///
/// Where reference and label have no word in common, and no office explains it, the label holds:
/// it is what the record prints.
fn speaker(element: Element<'_>, people: &BTreeMap<String, String>) -> Option<String> {
    let by = element.attribute("by");
    let shown = by.as_deref().and_then(|by| people.get(by.trim_start_matches('#'))).cloned();
    let label = element.find("from").map(|from| super::name_in_label(&from.text()));
    let label = label.filter(|name| !name.is_empty());
    let agrees = |shown: &String| {
        element.attribute("as").is_some()
            || label.as_deref().is_none_or(|label| have_common_word(shown, label))
    };
    shown.filter(agrees).or(label).or_else(|| by.filter(|by| super::is_readable_name(by)))
}

/// Tells whether two names share a word of at least three letters, in whatever case.
fn have_common_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphabetic());
        words.filter(|word| word.chars().count() >= 3).map(str::to_lowercase).collect()
    };
    let others = words(other);
    words(one).iter().any(|word| others.contains(word))
}

/// Returns the notes that stand apart from the text, to be read behind it.
pub(super) fn notes(root: Element<'_>) -> Option<Element<'_>> {
    root.find_below("meta")?.find("notes")
}

/// Gives what the references, the cover and the preface say.
pub(super) fn read_metadata(
    root: Element<'_>,
    people: &BTreeMap<String, String>,
    draft: &mut Draft,
) {
    let work = root.find_below("FRBRWork");
    let words = |name: &str| root.find_below(name).map(Element::text).unwrap_or_default();
    let alias = work.and_then(|work| work.find("FRBRalias")?.attribute("value"));
    let title = Some(words("docTitle")).filter(|title| !title.is_empty()).or(alias);
    draft.give("title", &title.unwrap_or_default());
    let date_of = |name: &str, within: &str| {
        let found = root.find_below(within)?;
        let found = if name == within { found } else { found.find_below(name)? };
        found.attribute("date")
    };
    let date = date_of("docDate", "docDate")
        .or_else(|| date_of("date", "session"))
        .or_else(|| work?.find("FRBRdate")?.attribute("date"));
    draft.give("date", &date.unwrap_or_default());
    if let Some(language) = root.find_below("FRBRlanguage") {
        draft.give("language", &language.attribute("language").unwrap_or_default());
    }
    let author = work.and_then(|work| work.find("FRBRauthor")?.attribute("href"));
    let author = author.and_then(|author| {
        organization(root, &author).or_else(|| people.get(author.trim_start_matches('#')).cloned())
    });
    draft.give("issuer", &words("docProponent"));
    draft.give("issuer", &author.unwrap_or_default());
    for name in ["session", "legislature"] {
        draft.give(name, &words(name));
    }
    draft.give("number", &words("docNumber"));
    let attribute = |of: &str, name: &str| root.find_below(of)?.attribute(name);
    draft.give("publication_number", &attribute("publication", "number").unwrap_or_default());
    draft.give("country", &attribute("FRBRcountry", "value").unwrap_or_default());
    draft
        .give("uri", &work.and_then(|w| w.find("FRBRuri")?.attribute("value")).unwrap_or_default());
}

fn organization(root: Element<'_>, reference: &str) -> Option<String> {
    let id = reference.trim_start_matches('#');
    root.descendants()
        .filter(|element| element.name() == "TLCOrganization")
        .find(|element| element.attribute("eId").as_deref() == Some(id))?
        .attribute("showAs")
}
