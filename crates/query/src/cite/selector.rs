//! Where a quotation stands in a page that others hold: by its own words and those around it.

use serde::Serialize;

/// How many characters around a quotation name it: what annotation tools take.
const CONTEXT: usize = 32;

/// The most characters around it, where it occurs often.
const MAX_CONTEXT: usize = 512;

/// A `TextQuoteSelector` of the Web Annotation Data Model (W3C, 2017, 4.2.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextQuoteSelector {
    /// Always `TextQuoteSelector`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The words, as the text has them.
    pub exact: String,
    /// The text right before them; at least 32 characters where there are so many.
    pub prefix: String,
    /// The text right behind them.
    pub suffix: String,
}

impl TextQuoteSelector {
    /// Makes the selector of a stretch of a text, with as much around it as tells it from other
    /// places with the same words.
    pub(super) fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        let exact = text.get(start..end)?;
        let mut n_chars = CONTEXT;
        loop {
            let (from, to) = (back(text, start, n_chars), forth(text, end, n_chars));
            let is_told = from == 0 && to == text.len()
                || n_chars >= MAX_CONTEXT
                || text.get(from..to).is_some_and(|all| occurs_once(text, all));
            if is_told {
                return Some(Self {
                    kind: "TextQuoteSelector",
                    exact: exact.to_owned(),
                    prefix: text.get(from..start)?.to_owned(),
                    suffix: text.get(end..to)?.to_owned(),
                });
            }
            n_chars *= 2;
        }
    }
}

fn occurs_once(text: &str, words: &str) -> bool {
    text.match_indices(words).nth(1).is_none()
}

fn back(text: &str, from: usize, n_chars: usize) -> usize {
    let before = text.get(..from).unwrap_or_default();
    before.char_indices().rev().take(n_chars).last().map_or(from, |(at, _)| at)
}

fn forth(text: &str, from: usize, n_chars: usize) -> usize {
    let behind = text.get(from..).unwrap_or_default();
    behind.char_indices().nth(n_chars).map_or(text.len(), |(at, _)| from + at)
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "tests cut texts that they know")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn context_grows_until_it_tells() {
        let text = "We act. ".repeat(20) + "But now we act. End.";
        let at = text.rfind("act").unwrap();
        let selector = TextQuoteSelector::new(&text, at, at + 3).unwrap();
        assert_eq!(selector.exact, "act");
        assert_eq!(selector.suffix, ". End.");
        assert!(selector.prefix.ends_with("But now we "), "{}", selector.prefix);
        let first = TextQuoteSelector::new(&text, 3, 6).unwrap();
        assert_eq!(first.prefix, "We ");
        assert!(first.suffix.chars().count() > CONTEXT);
    }

    proptest! {
        #[test]
        fn the_parts_are_the_text_around(text in "[ab é\n]{0,200}", from in 0usize..200, length in 1usize..50) {
            let start = text.floor_char_boundary(from.min(text.len()));
            let end = text.floor_char_boundary((start + length).min(text.len()));
            prop_assume!(start <= end);
            let selector = TextQuoteSelector::new(&text, start, end).unwrap();
            prop_assert!(text[..start].ends_with(&selector.prefix));
            prop_assert_eq!(&text[start..end], &selector.exact);
            prop_assert!(text[end..].starts_with(&selector.suffix));
        }
    }
}
