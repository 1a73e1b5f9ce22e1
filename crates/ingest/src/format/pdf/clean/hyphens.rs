//! Hyphens at line ends: those of the word and those of the line.

use crate::format::pdf::page::PdfPage;
use std::collections::HashMap;

/// Parts before a hyphen that is mostly the word's own.
#[rustfmt::skip]
const HYPHENATED: [&str; 43] = [
    "all", "anti", "best", "co", "cost", "cross", "eight", "eighty", "ex", "far", "fifty", "first", "five", "forty", "four", "full",
    "half", "high", "ill", "large", "long", "low", "mid", "multi", "near", "nine", "ninety", "non", "one",
    "pro", "second", "self", "seven", "seventy", "short", "six", "sixty", "small", "so", "third", "thirty", "twenty",
    "well",
];

/// Distinct words that are remembered; a long book has some 50,000.
const MAX_WORDS: usize = 1_000_000;

/// Lines that end in a hyphen where lines are broken inside words, in a thousand: fewer end so
/// where they are only broken at the hyphens of words.
const BROKEN_LINES: usize = 10;

/// Lines of a document from which on their share is looked at.
const MANY_LINES: usize = 100;

/// The words of a document, to tell how it writes them.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words and hyphenated words in lower case, and how often they stand inside a line.
    counts: HashMap<String, u32>,
    n_lines: usize,
    n_hyphens: usize,
    /// Whether a line is broken inside a word that is elsewhere whole, and nowhere hyphenated.
    breaks_words: bool,
}

/// What becomes of a line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A blank.
    Blank,
    /// Nothing, and the hyphen stays.
    Keep,
    /// Nothing, and the hyphen goes.
    Join,
}

impl Words {
    /// Counts the words of all lines, but not those that a line end cuts.
    pub(super) fn of(pages: &[PdfPage]) -> Self {
        let mut words = Self::default();
        let mut was_cut = false;
        for line in pages.iter().flat_map(|page| &page.lines) {
            words.n_lines += 1;
            let text = line.text.trim();
            let is_cut = ends_in_hyphen(text);
            let mut parts: Vec<&str> = text.split_whitespace().collect();
            if was_cut && !parts.is_empty() {
                parts.remove(0);
            }
            if is_cut {
                words.n_hyphens += 1;
                parts.pop();
            }
            was_cut = is_cut;
            for part in parts {
                words.count(part);
            }
        }
        words.judge(pages);
        words
    }

    fn count(&mut self, word: &str) {
        let word = bare(word).to_lowercase();
        if word.is_empty() || self.counts.len() >= MAX_WORDS {
            return;
        }
        if word.contains(HYPHENS) {
            for part in word.split(HYPHENS).filter(|part| !part.is_empty()) {
                *self.counts.entry(part.to_owned()).or_default() += 1;
            }
        }
        *self.counts.entry(word).or_default() += 1;
    }

    fn judge(&mut self, pages: &[PdfPage]) {
        let lines: Vec<&str> =
            pages.iter().flat_map(|page| &page.lines).map(|line| line.text.trim()).collect();
        self.breaks_words = lines.windows(2).any(|pair| match pair {
            [line, next] if ends_in_hyphen(line) => {
                let Some((before, after)) = halves(line, next) else { return false };
                self.n(&format!("{before}{after}")) > 0
                    && self.n(&format!("{before}-{after}")) == 0
                    && self.n(&before).min(self.n(&after)) == 0
            }
            _ => false,
        });
    }

    fn n(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or_default()
    }

    /// Decides what becomes of the end of a line that the next one goes on.
    pub(super) fn line_end(&self, line: &str, next: &str) -> LineEnd {
        if line.ends_with('\u{ad}') {
            return LineEnd::Join;
        }
        if !ends_in_hyphen(line) {
            return if ends_in_dash(line) { LineEnd::Keep } else { LineEnd::Blank };
        }
        let Some((before, after)) = halves(line, next) else { return LineEnd::Keep };
        let is_capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
        if is_capital(next) && !is_all_capitals(line, next) {
            return LineEnd::Keep;
        }
        let (whole, hyphenated) =
            (self.n(&format!("{before}{after}")), self.n(&format!("{before}-{after}")));
        if whole != hyphenated {
            return if whole > hyphenated { LineEnd::Join } else { LineEnd::Keep };
        }
        let last = before.rsplit(HYPHENS).next().unwrap_or_default();
        let is_compound = before.contains(HYPHENS) || HYPHENATED.contains(&last);
        let are_words =
            before.len() > 2 && after.len() > 2 && self.n(last) > 0 && self.n(&after) > 0;
        let is_rare =
            self.n_lines >= MANY_LINES && self.n_hyphens * 1000 < self.n_lines * BROKEN_LINES;
        if is_compound || !self.breaks_words && (are_words || is_rare) {
            LineEnd::Keep
        } else {
            LineEnd::Join
        }
    }
}

const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// Tells whether a line ends in a hyphen behind a letter.
fn ends_in_hyphen(line: &str) -> bool {
    let before = line.strip_suffix(HYPHENS);
    before.is_some_and(|before| before.ends_with(char::is_alphabetic))
}

/// Tells whether a line ends in a dash or slash that joins words without blanks.
fn ends_in_dash(line: &str) -> bool {
    let before = line.strip_suffix(['—', '/', '-', '\u{2010}', '–']);
    before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// Returns what stands before and after a hyphen at a line end, in lower case; none where the
/// next line begins with no letter.
fn halves(line: &str, next: &str) -> Option<(String, String)> {
    let before = bare(line.split_whitespace().next_back()?);
    let next = next.split_whitespace().next()?;
    let after = bare(next);
    let begins = next.starts_with(char::is_alphabetic);
    let after = after.split(|c: char| !c.is_alphanumeric() && !"-\u{2010}'’".contains(c)).next()?;
    (begins && !before.is_empty()).then(|| (before.to_lowercase(), after.to_lowercase()))
}

fn is_all_capitals(line: &str, next: &str) -> bool {
    let is_upper = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
                && word.chars().filter(|c| c.is_alphabetic()).count() > 1
        })
    };
    is_upper(line.split_whitespace().next_back()) && is_upper(next.split_whitespace().next())
}

/// Strips the marks around a word.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::tests::pages;
    use super::*;

    #[test]
    fn line_ends() {
        use LineEnd::{Blank, Join, Keep};
        for (elsewhere, line, next, expected) in [
            ("", "in cyber-", "space, we", Join),
            ("", "of the", "port", Blank),
            ("cyberspace is here", "in cyber-", "space. We", Join),
            ("state-owned ships", "of state-", "owned ships", Keep),
            ("state-owned stateowned stateowned", "of state-", "owned", Join),
            ("", "a long-", "term plan", Keep),
            ("", "a self-", "evident truth", Keep),
            ("", "at Auschwitz-", "Birkenau", Keep),
            ("", "a non-", "European port", Keep),
            ("", "THE GOVERN-", "MENT OF", Join),
            ("", "up-to-", "date maps", Keep),
            ("", "from 2010-", "2011", Keep),
            ("", "the docks—", "and ships", Keep),
            ("", "either/", "or", Keep),
            ("", "soft\u{ad}", "ly", Join),
            ("", "first -", "then", Blank),
            ("the decision of making", "of decision-", "making bodies", Keep),
            ("the state of things", "a state-", "ment by", Join),
        ] {
            let words = Words::of(&pages(&[elsewhere, line, next]));
            assert_eq!(words.line_end(line, next), expected, "{elsewhere} | {line} | {next}");
        }
    }

    #[test]
    fn documents_that_break_words_do_so_everywhere() {
        let source = "we govern it\nthe rule over-\nall of it";
        let words = Words::of(&pages(&[source]));
        assert!(!words.breaks_words);
        let source = "the declaration of all\nwe make a declara-\ntion over all";
        let words = Words::of(&pages(&[source]));
        assert!(words.breaks_words);
        assert_eq!(words.line_end("and over-", "all"), LineEnd::Join);
    }
}
