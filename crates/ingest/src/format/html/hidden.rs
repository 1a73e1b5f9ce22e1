//! What a page holds and does not say: words struck out, hidden by their style, readings set
//! beside characters, and marks of notes.

use dom_query::{Document, NodeRef};

/// Elements whose words are struck out, or say how others are read.
const UNSAID: [&str; 6] = ["del", "s", "strike", "rt", "rp", "rtc"];

/// The longest mark of a note, in bytes: `[123]`.
const MAX_NOTE_MARK: usize = 8;

/// Nodes of a `sup` that are looked at; a mark is in one or two elements.
const MAX_NODES: usize = 8;

/// Units that a power may follow; those of one letter need not be listed.
const UNITS: [&str; 11] = ["10", "cm", "dm", "ft", "ha", "kg", "km", "mi", "mm", "nm", "yd"];

/// Takes out of a page what is not said to the one who sees it.
pub(super) fn remove_unsaid(document: &Document) {
    let mut unsaid = Vec::new();
    let mut open = vec![(document.root(), false)];
    while let Some((node, is_tiny)) = open.pop() {
        if node.is_text() {
            unsaid.extend(is_tiny.then_some(node));
            continue;
        }
        let style = Style::of(&node);
        if style.is_hidden || is_unsaid(&node) {
            unsaid.push(node);
            continue;
        }
        // The size holds for what is inside, up to an element that says another.
        let is_tiny = style.is_tiny.unwrap_or(is_tiny);
        open.extend(node.children_it(false).map(|child| (child, is_tiny)));
    }
    unsaid.iter().for_each(NodeRef::remove_from_parent);
}

fn is_unsaid(node: &NodeRef<'_>) -> bool {
    let Some(name) = node.node_name() else { return false };
    UNSAID.contains(&&*name) || (&*name == "sup" && is_note_mark(node))
}

/// Tells whether raised words are the mark of a note: a sign such as `†` or `[2]`, a number that
/// is a link, or one that is no power of the letter, the unit or the 10 before it.
fn is_note_mark(sup: &NodeRef<'_>) -> bool {
    let Some((words, is_link)) = short_words(sup) else { return false };
    let words = words.trim();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ');
    let is_sign = |c: char| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '[' | ']');
    if words.is_empty() || !words.chars().all(|c| is_number(c) || is_sign(c)) {
        return false;
    }
    is_link || words.contains(is_sign) || !takes_power(sup)
}

/// Tells whether what stands before raised words may have a power.
fn takes_power(sup: &NodeRef<'_>) -> bool {
    let Some(before) = sup.prev_sibling().filter(NodeRef::is_text) else { return false };
    let text = before.text();
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_letter = unit.chars().count() == 1 && !matches!(unit, "a" | "I");
    is_letter || UNITS.contains(&unit) || UNITS.contains(&word)
}

/// Returns the words of an element and whether a link is in it; none where they are many.
fn short_words(element: &NodeRef<'_>) -> Option<(String, bool)> {
    let (mut words, mut has_link) = (String::new(), false);
    let mut open = vec![*element];
    for _ in 0..MAX_NODES {
        let Some(node) = open.pop() else { return Some((words, has_link)) };
        if node.is_text() {
            let text = node.text();
            if words.len() + text.len() > MAX_NOTE_MARK {
                return None;
            }
            words.push_str(&text);
        } else {
            has_link |= node.node_name().is_some_and(|name| &*name == "a");
            let from = open.len();
            open.extend(node.children_it(false).take(MAX_NODES));
            open.get_mut(from..)?.reverse();
        }
    }
    None
}

/// What an element's own style says of what is shown.
#[derive(Default)]
struct Style {
    is_hidden: bool,
    /// Whether its words have no size; none where it does not say their size.
    is_tiny: Option<bool>,
}

impl Style {
    fn of(node: &NodeRef<'_>) -> Self {
        let mut style = Self::default();
        let Some(written) = node.attr("style") else { return style };
        for declaration in written.to_ascii_lowercase().split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.split('!').next().unwrap_or_default().trim();
            match name.trim() {
                "visibility" => style.is_hidden |= matches!(value, "hidden" | "collapse"),
                "opacity" => style.is_hidden |= is_zero(value),
                "font-size" => style.is_tiny = Some(is_zero(value)),
                _ => {}
            }
        }
        style
    }
}

/// Tells whether a measure is nothing: `0`, `0px`, `.0em`.
fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.trim().parse::<f64>().is_ok_and(|number| number == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_left_out() {
        for (source, text) in [
            ("We <del>must</del><ins>will</ins> dredge.", "We will dredge."),
            ("We <s>must</s> <strike>shall</strike> dredge.", "We   dredge."),
            ("It is <span style='font-size:0'>not </span>so.", "It is so."),
            ("It is <span style='Opacity: 0.0 !important'>not </span>so.", "It is so."),
            ("It is <i style='color:red;visibility:hidden'>not </i>so.", "It is so."),
            ("<i style='font-size:0px'>a<b style='font-size:12px'>b</b></i>", "b"),
            ("<i style='font-size:0.8em;opacity:.5'>small</i>", "small"),
            (
                "two<sup>1</sup> three<sup><a href=#n>[2]</a></sup> four<sup>†</sup>",
                "two three four",
            ),
            ("in 2011<sup>3</sup>, as did I<sup>1,2</sup>", "in 2011, as did I"),
            (
                "the 10<sup>th</sup>, 5 m<sup>2</sup>, 5km<sup>2</sup>, 10<sup>6</sup>",
                "the 10th, 5 m2, 5km2, 106",
            ),
            ("5 m<sup><a href=#n>2</a></sup>", "5 m"),
            ("<ruby>base<rp>(</rp><rt>read</rt><rp>)</rp></ruby>", "base"),
            ("H<sub>2</sub>O", "H2O"),
        ] {
            let document = Document::from(format!("<body>{source}</body>"));
            remove_unsaid(&document);
            assert_eq!(&*document.body().unwrap().text(), text, "{source}");
        }
    }
}
