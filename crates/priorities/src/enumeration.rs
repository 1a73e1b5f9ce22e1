//! Lists inside a sentence: "terrorism, piracy, cybercrime and trafficking in arms".
//!
//! To be one of many items is to be named, not to be spoken of, so a taxonomy may let a term
//! count less there.

use crate::matcher::Words;
use onrecord_model::Span;

/// The fewest other items that make a list a long one.
const MIN_OTHERS: usize = 3;

/// The most words of an item.
const MAX_ITEM: u32 = 5;

/// The most words of an item after the term.
///
/// Before it there may be none, unless it is the first item: one that begins otherwise is mostly
/// a clause with a verb, which does say something of the term.
const MAX_REST: u32 = 2;

/// The most items of a list that "and" or "or" parts from the next without a comma.
const MAX_CONJUNCTIONS: usize = 1;

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    Comma,
    Conjunction,
    Stop,
}

/// How many items on one side of a term are parted by commas, how many by conjunctions alone.
#[derive(Default)]
struct Side {
    n_commas: usize,
    n_conjunctions: usize,
}

impl Side {
    const fn is_empty(&self) -> bool {
        self.n_commas + self.n_conjunctions == 0
    }
}

/// Tells whether the words `first..=last` are one item of a list of at least four.
pub(crate) fn is_item(text: &str, words: &Words, first: u32, last: u32) -> bool {
    let list = List { text, words };
    let (left, right) = (list.side(first, -1, 0), list.side(last, 1, MAX_REST));
    if left.is_empty() && !list.side(first, -1, MAX_ITEM).is_empty() {
        return false;
    }
    let n_conjunctions = (left.n_conjunctions + right.n_conjunctions).min(MAX_CONJUNCTIONS);
    left.n_commas + right.n_commas + n_conjunctions >= MIN_OTHERS
}

struct List<'a> {
    text: &'a str,
    words: &'a Words,
}

impl List<'_> {
    /// Counts the items beyond the one that holds the word `from`, going by `step`, if at most
    /// `rest` more words belong to that one.
    fn side(&self, from: u32, step: i64, rest: u32) -> Side {
        let mut side = Side::default();
        let mut n_words = 0;
        let mut at = i64::from(from);
        while let Some(gap) = self.gap(at, step) {
            at += step;
            match gap {
                Gap::Stop => break,
                Gap::Comma | Gap::Conjunction => {
                    side.n_commas += usize::from(gap == Gap::Comma);
                    side.n_conjunctions += usize::from(gap == Gap::Conjunction);
                    n_words = u32::from(!self.is_conjunction(at));
                }
                Gap::Blank => n_words += u32::from(!self.is_conjunction(at)),
            }
            if n_words > if side.is_empty() { rest } else { MAX_ITEM }
                || side.n_commas == MIN_OTHERS
            {
                break;
            }
        }
        side
    }

    /// Returns what stands between the word `at` and the next by `step`, none at an end.
    fn gap(&self, at: i64, step: i64) -> Option<Gap> {
        let (one, two) = (self.span(at.min(at + step))?, self.span(at.max(at + step))?);
        let gap = self.text.get(one.end as usize..two.start as usize).unwrap_or_default();
        let stops = |c: char| matches!(c, '!' | '?' | ':' | '—' | '–' | '(' | ')' | '…');
        let is_stop = gap.contains(stops) || gap.contains("--");
        Some(if is_stop || (gap.contains('.') && one.len() > 1) {
            Gap::Stop
        } else if gap.contains([',', ';']) {
            Gap::Comma
        } else if self.is_conjunction(at.max(at + step)) {
            Gap::Conjunction
        } else {
            Gap::Blank
        })
    }

    fn is_conjunction(&self, at: i64) -> bool {
        let written = self.span(at).and_then(|span| self.text.get(span.range()));
        matches!(written, Some("and" | "or"))
    }

    fn span(&self, at: i64) -> Option<Span> {
        usize::try_from(at).ok().and_then(|at| self.words.spans.get(at)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::Matcher;
    use onrecord_text::Lexicon;

    #[test]
    fn items() {
        for (text, expected) in [
            ("We face terrorism, piracy, CYBERCRIME and hunger.", true),
            ("We face CYBERCRIME, terrorism, piracy and hunger.", true),
            ("Terrorism, piracy, trafficking in arms, and CYBERCRIME call for answers.", true),
            ("It covers trade; energy; CYBERCRIME; and the climate of our planet.", true),
            ("We face terrorism and CYBERCRIME.", false),
            ("We face terrorism, hunger and CYBERCRIME.", false),
            ("We disrupt gangs, counter CYBERCRIME, seize funds, and cooperate.", false),
            ("The use and misuse of CYBERCRIME, and the sale of tools, grow.", false),
            ("We train; we counter CYBERCRIME; we seize funds; we cooperate; we win.", false),
            ("We fight CYBERCRIME together, and we shall win.", false),
            ("Trade, energy, climate. We fight CYBERCRIME.", false),
            ("Ships, trains, ports and roads are ours, and the law on CYBERCRIME is new.", false),
            ("CYBERCRIME", false),
        ] {
            let words = Matcher::new().words_of_text(text, &mut Lexicon::new());
            let at =
                words.spans.iter().position(|s| text.get(s.range()) == Some("CYBERCRIME")).unwrap();
            assert_eq!(is_item(text, &words, at as u32, at as u32), expected, "{text}");
        }
    }
}
