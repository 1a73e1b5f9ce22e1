//! Names of offices, bodies and events: "the National Cyber Director", "Cyber Awareness Month".
//!
//! A name says nothing of the subject that it borrows its words from, so a taxonomy may let a
//! term count less there.

use crate::matcher::Words;
use onrecord_model::Span;

/// The most words of a name on either side of a term.
const MAX_REACH: u32 = 8;

/// Tells whether the words `first..=last` belong to a name with one of the words `heads`: to a
/// run of capitalized words, short linking words between them.
pub(crate) fn is_named(text: &str, words: &Words, first: u32, last: u32, heads: &[u32]) -> bool {
    let name = Name { text, words };
    if !(first..=last).all(|at| name.is_capitalized(at)) {
        return false;
    }
    let start = name.reach(first, |at| at.checked_sub(1));
    let end = name.reach(last, |at| at.checked_add(1));
    heads.iter().any(|&head| start <= head && head <= end && name.is_capitalized(head))
}

struct Name<'a> {
    text: &'a str,
    words: &'a Words,
}

impl Name<'_> {
    /// Returns the furthest capitalized word that the name reaches from a word, going by `step`.
    fn reach(&self, from: u32, step: impl Fn(u32) -> Option<u32>) -> u32 {
        let (mut reached, mut at) = (from, from);
        while let Some(next) = step(at).filter(|next| next.abs_diff(from) <= MAX_REACH) {
            if !self.is_joined(at.min(next)) {
                break;
            }
            if self.is_capitalized(next) {
                reached = next;
            } else if !self.is_link(next) {
                break;
            }
            at = next;
        }
        reached
    }

    fn span(&self, at: u32) -> Option<Span> {
        self.words.spans.get(at as usize).copied()
    }

    fn written(&self, at: u32) -> &str {
        self.span(at).and_then(|span| self.text.get(span.range())).unwrap_or_default()
    }

    fn is_capitalized(&self, at: u32) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }

    fn is_link(&self, at: u32) -> bool {
        matches!(self.written(at), "of" | "and" | "for" | "the" | "on" | "in" | "to")
    }

    /// Tells whether nothing but blanks, hyphens and `&` stands between a word and the next.
    fn is_joined(&self, at: u32) -> bool {
        let (Some(one), Some(two)) = (self.span(at), self.span(at + 1)) else { return false };
        let gap = self.text.get(one.end as usize..two.start as usize).unwrap_or_default();
        gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '&' | '’' | '\''))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::Matcher;
    use onrecord_text::Lexicon;

    #[test]
    fn names() {
        for (text, expected) in [
            ("She is the National CYBER Director.", true),
            ("He leads the CYBER and Infrastructure Agency now.", true),
            ("the Agency for the Safety of CYBER Systems", true),
            ("October is CYBER Awareness Month", true),
            ("CYBER threats worry the Director", false),
            ("The Director, CYBER and all", false),
            ("cyber Director", false),
            ("CYBER", false),
        ] {
            let words = Matcher::new().words_of_text(text, &mut Lexicon::new());
            let place = |wanted: &[&str]| {
                let is_wanted = |span: &Span| wanted.contains(&text.get(span.range()).unwrap());
                words.spans.iter().position(is_wanted).map(|at| at as u32)
            };
            let heads: Vec<u32> = place(&["Director", "Agency", "Month"]).into_iter().collect();
            let at = place(&["CYBER", "cyber"]).unwrap();
            assert_eq!(is_named(text, &words, at, at, &heads), expected, "{text}");
        }
    }
}
