//! XML: the schemas of parliaments, and all the text of any other.

mod akoma_ntoso;
mod entities;
mod generic;
mod hansard;
mod parlparse;
mod tei;
mod tree;
mod write;

use super::Page;
use crate::metadata::Draft;
use std::collections::BTreeMap;
use tree::{Element, Tree};
use write::Writer;

/// The longest name of a speaker, office and constituency included, in bytes.
const MAX_NAME: usize = 160;

/// How the elements of a file are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Schema {
    Tei,
    AkomaNtoso,
    Hansard,
    ParlParse,
    /// None that is known.
    Other,
}

impl Schema {
    fn of(root: Element<'_>) -> Self {
        match root.name() {
            "TEI" | "teiCorpus" | "TEI.2" => Self::Tei,
            "akomaNtoso" => Self::AkomaNtoso,
            "publicwhip" => Self::ParlParse,
            name if hansard::ROOTS.contains(&name) => Self::Hansard,
            _ => Self::Other,
        }
    }

    /// Tells whether all who speak are named by markup: where there is no name, nobody does.
    const fn names_speakers(self) -> bool {
        match self {
            Self::AkomaNtoso | Self::Hansard | Self::ParlParse => true,
            Self::Tei | Self::Other => false,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Tei => "TEI",
            Self::AkomaNtoso => "Akoma Ntoso",
            Self::Hansard => "Hansard",
            Self::ParlParse => "ParlParse",
            Self::Other => "XML",
        }
    }
}

/// Reads a file; what it says of itself, and what had to be mended, goes to the draft.
///
/// # Errors
/// Why it is no text that can be read.
pub(crate) fn read_xml(source: String, draft: &mut Draft) -> Result<Page, String> {
    let source = match source.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => source,
    };
    if source.trim().is_empty() {
        return Err("no text".to_owned());
    }
    let source = entities::unpack(source, &mut draft.problems)?;
    let tree = Tree::parse(source, &mut draft.problems)?;
    let Some(root) = tree.root() else { return Err("it has no element".to_owned()) };
    if let Some(what) = generic::no_text(root) {
        return Err(format!("not a text: {what}"));
    }
    let schema = Schema::of(root);
    let people = match schema {
        Schema::Tei => tei::people(root),
        Schema::AkomaNtoso => akoma_ntoso::people(root),
        Schema::Hansard | Schema::ParlParse | Schema::Other => BTreeMap::new(),
    };
    match schema {
        Schema::Tei => tei::read_metadata(root, draft),
        Schema::AkomaNtoso => akoma_ntoso::read_metadata(root, &people, draft),
        Schema::Hansard => hansard::read_metadata(root, draft),
        Schema::ParlParse => parlparse::read_metadata(root, draft),
        Schema::Other => generic::read_metadata(root, draft),
    }
    let page = write(&tree, root, schema, &people);
    if schema != Schema::Other {
        draft.give("schema", schema.name());
        if !page.turns.is_empty() {
            draft.give("kind", "transcript");
        }
    }
    Ok(page)
}

fn write(
    tree: &Tree,
    root: Element<'_>,
    schema: Schema,
    people: &BTreeMap<String, String>,
) -> Page {
    let apart = match schema {
        Schema::AkomaNtoso => akoma_ntoso::notes(root),
        Schema::Tei | Schema::Hansard | Schema::ParlParse | Schema::Other => None,
    };
    let mut writer = Writer::default();
    if schema.names_speakers() {
        writer.tell_turns();
    }
    for part in std::iter::once(tree.top()).chain(apart.map(Element::children)) {
        writer.write(part, &|element, place| match schema {
            Schema::Tei => tei::role(element, place, people),
            Schema::AkomaNtoso => akoma_ntoso::role(element, place, people),
            Schema::Hansard => hansard::role(element, place),
            Schema::ParlParse => parlparse::role(element),
            Schema::Other => generic::role(element),
        });
    }
    writer.finish()
}

/// Returns the name in a label, without the marks behind it; empty where it is too long for one.
fn name_in_label(label: &str) -> String {
    let end = end_of_name(label).unwrap_or(label.len());
    let bare = label.get(..end).unwrap_or(label).trim_end_matches([':', ' ', '-', '–', '—']);
    let bare = if bare.len() < label.len() { bare.strip_suffix('.').unwrap_or(bare) } else { bare };
    if bare.len() > MAX_NAME { String::new() } else { bare.trim().to_owned() }
}

/// Tells whether a label holds no more than a name and the marks behind it.
fn is_only_name(label: &str) -> bool {
    label.len() <= MAX_NAME && end_of_name(label).is_none()
}

/// Finds where a name ends and words begin behind a mark: `Mr. Vale: Yes.`, `Sra. VALE.- Sí.`
fn end_of_name(label: &str) -> Option<usize> {
    [": ", ".- ", ".– ", ".— "].iter().filter_map(|mark| label.find(mark)).min()
}

/// Tells whether a pointer that points nowhere reads like a name: words of letters, at least two.
fn is_readable_name(pointer: &str) -> bool {
    let n_words = pointer.split(' ').count();
    pointer.len() <= MAX_NAME
        && n_words >= 2
        && !pointer.contains(['#', '/', '_'])
        && pointer.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
}

#[cfg(test)]
mod tests;
