//! DOCX: the text as it is printed when all tracked changes are accepted.

mod body;
mod styles;

#[cfg(test)]
mod tests;

use super::properties::{Properties, tell_running_heads};
use super::xml::{self, attribute, is};
use super::{Package, parse_or_note, resolve};
use crate::format::Page;
use crate::metadata::Draft;
use body::{Notes, Walk};
use roxmltree::Document;
use styles::Styles;

/// The parts that another part refers to: what they are for, and their names.
type Relations = Vec<(String, String)>;

/// Reads a DOCX; what it says of itself, and what was lost, goes to the draft.
pub(crate) fn read_docx(bytes: &[u8], draft: &mut Draft) -> Result<Page, String> {
    let mut package = Package::open(bytes, draft)?;
    let main = target(&relations("", &mut package, draft), "officeDocument")
        .unwrap_or_else(|| "word/document.xml".to_owned());
    let body_text = package.needed(&main, draft)?;
    let body = xml::parse(&body_text).map_err(|reason| format!("`{main}`: {reason}"))?;
    let relations = relations(&main, &mut package, draft);

    let mut part = |kind: &str, draft: &mut Draft| {
        let name = target(&relations, kind)?;
        package.named(&name, draft).map(|text| (name, text))
    };
    let styles_part = part("styles", draft);
    let footnotes_part = part("footnotes", draft);
    let endnotes_part = part("endnotes", draft);
    let styles = parsed(&styles_part, draft).as_ref().map(Styles::of).unwrap_or_default();
    let footnotes = parsed(&footnotes_part, draft);
    let endnotes = parsed(&endnotes_part, draft);
    let mut notes = Notes::new();
    add_notes(&mut notes, "footnoteReference", footnotes.as_ref());
    add_notes(&mut notes, "endnoteReference", endnotes.as_ref());

    let mut walk = Walk::new(&styles, &notes);
    walk.run(body.root_element());
    draft.problems.extend(walk.problems());
    if let Some(title) = &walk.title {
        draft.infer_title(title);
    }
    let page = walk.finish();
    tell_properties(&page, &mut package, draft);
    read_running_heads(&styles, &relations, &mut package, draft);
    Ok(page)
}

fn parsed<'a>(part: &'a Option<(String, String)>, draft: &mut Draft) -> Option<Document<'a>> {
    let (name, text) = part.as_ref()?;
    parse_or_note(name, text, draft)
}

fn relations(from: &str, package: &mut Package<'_>, draft: &mut Draft) -> Relations {
    let (folder, file) = from.rsplit_once('/').unwrap_or(("", from));
    let name = resolve("", &format!("{folder}/_rels/{file}.rels"));
    let part = package.optional(&name, draft).map(|text| (name, text));
    let Some(document) = parsed(&part, draft) else { return Relations::new() };
    let inside =
        |node: &roxmltree::Node<'_, '_>| attribute(*node, "TargetMode") != Some("External");
    let nodes = document.descendants().filter(|node| is(*node, "Relationship")).filter(inside);
    nodes
        .filter_map(|node| {
            let (_, kind) = attribute(node, "Type")?.rsplit_once('/')?;
            Some((kind.to_owned(), resolve(from, attribute(node, "Target")?)))
        })
        .collect()
}

fn target(relations: &Relations, kind: &str) -> Option<String> {
    relations.iter().find(|(found, _)| found == kind).map(|(_, name)| name.clone())
}

fn add_notes<'a, 'i>(
    notes: &mut Notes<'a, 'i>,
    reference: &'static str,
    document: Option<&'a Document<'i>>,
) {
    let Some(document) = document else { return };
    for note in document.root_element().children().filter(roxmltree::Node::is_element) {
        if let Some(id) = attribute(note, "id") {
            notes.entry((reference, id)).or_insert(note);
        }
    }
}

fn tell_properties(page: &Page, package: &mut Package<'_>, draft: &mut Draft) {
    let name = target(&relations("", package, draft), "core-properties")
        .unwrap_or_else(|| "docProps/core.xml".to_owned());
    let part = package.optional(&name, draft).map(|text| (name, text));
    if let Some(document) = parsed(&part, draft) {
        Properties::below(document.root_element()).tell(page, draft);
    }
}

fn read_running_heads(
    styles: &Styles,
    relations: &Relations,
    package: &mut Package<'_>,
    draft: &mut Draft,
) {
    let mut heads = String::new();
    for (kind, name) in relations {
        if !matches!(&**kind, "header" | "footer") {
            continue;
        }
        let part = package.named(name, draft).map(|text| (name.clone(), text));
        let Some(document) = parsed(&part, draft) else { continue };
        let notes = Notes::new();
        let mut walk = Walk::new(styles, &notes);
        walk.run(document.root_element());
        heads.push_str(&walk.finish().text);
        heads.push('\n');
    }
    tell_running_heads(heads.lines(), draft);
}
