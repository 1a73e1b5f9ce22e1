//! ODT, in a package or flat: the text as it is printed when all tracked changes are accepted.

mod body;
mod styles;

#[cfg(test)]
mod tests;

use super::properties::{Properties, tell_running_heads};
use super::xml::{self, child, is};
use super::{Package, parse_or_note};
use crate::format::Page;
use crate::metadata::Draft;
use body::Walk;
use roxmltree::Document;
use styles::Styles;

/// Elements that hold page headers and footers.
const RUNNING_HEADS: [&str; 6] =
    ["header", "header-left", "header-first", "footer", "footer-left", "footer-first"];

/// Reads an ODT; what it says of itself, and what was lost, goes to the draft.
pub(crate) fn read_odt(bytes: &[u8], draft: &mut Draft) -> Result<Page, String> {
    if !bytes.starts_with(b"PK") {
        let (text, note) = xml::decode_part(bytes.to_vec());
        draft.note_encoding(note);
        let document = xml::parse(&text)?;
        return read_documents(&document, Some(&document), Some(&document), draft);
    }
    let mut package = Package::open(bytes, draft)?;
    let manifest = package.optional("META-INF/manifest.xml", draft).unwrap_or_default();
    if manifest.contains("encryption-data") || package.archive.has("encrypted-package") {
        return Err("encrypted: remove its password".to_owned());
    }
    let content = package.needed("content.xml", draft)?;
    let styles = package.optional("styles.xml", draft).unwrap_or_default();
    let properties = package.optional("meta.xml", draft).unwrap_or_default();
    let content = xml::parse(&content).map_err(|reason| format!("`content.xml`: {reason}"))?;
    let mut parsed = |name: &str, text| parse_or_note(name, text, draft);
    let styles = (!styles.is_empty()).then(|| parsed("styles.xml", &styles)).flatten();
    let properties = (!properties.is_empty()).then(|| parsed("meta.xml", &properties)).flatten();
    read_documents(&content, styles.as_ref(), properties.as_ref(), draft)
}

fn read_documents(
    content: &Document<'_>,
    styles_part: Option<&Document<'_>>,
    properties: Option<&Document<'_>>,
    draft: &mut Draft,
) -> Result<Page, String> {
    let body = child(content.root_element(), "body").and_then(|body| child(body, "text"));
    let body = body.ok_or("it holds no text: of OpenDocument files, texts are read")?;
    let mut styles = Styles::default();
    styles.add(content);
    styles_part.into_iter().for_each(|part| styles.add(part));
    let mut walk = Walk::new(&styles);
    walk.run(body);
    if walk.is_in_deletion() {
        draft.problems.push("a deletion of it does not end: what follows was left out".to_owned());
    }
    if let Some(title) = &walk.title {
        draft.infer_title(title);
    }
    let page = walk.finish();
    if let Some(part) = properties {
        tell_properties(part, &page, draft);
    }
    if let Some(part) = styles_part {
        read_running_heads(part, &styles, draft);
    }
    Ok(page)
}

fn tell_properties(part: &Document<'_>, page: &Page, draft: &mut Draft) {
    if let Some(meta) = child(part.root_element(), "meta") {
        Properties::below(meta).tell(page, draft);
    }
}

fn read_running_heads(part: &Document<'_>, styles: &Styles, draft: &mut Draft) {
    let mut heads = String::new();
    let pages = part.descendants().filter(|node| is(*node, "master-page"));
    for head in pages.flat_map(|page| page.children()) {
        if !RUNNING_HEADS.iter().any(|name| is(head, name)) {
            continue;
        }
        let mut walk = Walk::new(styles);
        walk.run(head);
        heads.push_str(&walk.finish().text);
        heads.push('\n');
    }
    tell_running_heads(heads.lines(), draft);
}
