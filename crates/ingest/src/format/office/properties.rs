//! What a file's properties say: set by programs, inherited from templates, and weak hints only.

use crate::format::Page;
use crate::metadata::Draft;
use roxmltree::Node;
use std::collections::BTreeSet;

/// Bytes of the text in which a title must be found to be believed.
const TITLE_REACH: usize = 2000;

/// Bytes of page headers and footers that are kept.
const MAX_RUNNING_HEADS: usize = 20_000;

/// The properties of a file, as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) title: String,
    pub(super) creator: String,
    pub(super) created: String,
    pub(super) modified: String,
}

impl Properties {
    /// Reads the elements below one, by the names of Dublin Core and OpenDocument.
    pub(super) fn below(parent: Node<'_, '_>) -> Self {
        let mut properties = Self::default();
        for node in parent.children().filter(Node::is_element) {
            let field = match node.tag_name().name() {
                "title" => &mut properties.title,
                "creator" | "initial-creator" => &mut properties.creator,
                "created" | "creation-date" => &mut properties.created,
                "modified" | "date" => &mut properties.modified,
                _ => continue,
            };
            if field.is_empty() {
                *field = node.text().unwrap_or_default().trim().to_owned();
            }
        }
        properties
    }

    /// Takes the title for the document's where its beginning bears it out: many are left over
    /// from the file that this one was made of. All are kept as extra fields; who made the file is
    /// seldom who spoke, and when is seldom the day of the speech.
    pub(super) fn tell(&self, page: &Page, draft: &mut Draft) {
        let start = page.text.get(..page.text.floor_char_boundary(TITLE_REACH));
        let title = letters(&self.title);
        if !title.is_empty() && letters(start.unwrap_or_default()).contains(&title) {
            draft.infer_title(&self.title);
        }
        draft.give("file_title", &self.title);
        draft.give("file_creator", &self.creator);
        draft.give("file_created", &self.created);
        draft.give("file_modified", &self.modified);
    }
}

/// Keeps the words of page headers and footers beside the text, each line once.
pub(super) fn tell_running_heads<'a>(lines: impl Iterator<Item = &'a str>, draft: &mut Draft) {
    let mut met = BTreeSet::new();
    let mut heads = String::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        if heads.len() + line.len() > MAX_RUNNING_HEADS {
            draft.problems.push("its page headers and footers were not kept whole".to_owned());
            break;
        }
        if met.insert(line) {
            heads.push_str(line);
            heads.push('\n');
        }
    }
    draft.give("running_heads", &heads);
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
