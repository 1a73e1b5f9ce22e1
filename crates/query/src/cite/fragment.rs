//! Links that open a page at a quotation: text fragments (WICG, Scroll to Text Fragment).

/// The longest text that a link is sought in, in bytes: longer ones are no pages that a browser
/// shows, and each word of them would have to be kept.
const MAX_PAGE: usize = 4 << 20;

/// The longest quotation that a link holds whole, in bytes; of a longer one it holds the first and
/// the last words.
const MAX_WHOLE: usize = 300;

/// How many words at either end of a long quotation a link holds.
const N_END_WORDS: usize = 5;

/// The most words before or behind a quotation that a link holds to tell it from others.
const MAX_CONTEXT_WORDS: usize = 12;

/// Makes the link to a stretch of the text of a page; none where its words cannot be told from
/// the same words elsewhere.
///
/// A part of a word at either end becomes the whole word, since browsers find whole words only.
pub(super) fn link(url: &str, text: &str, start: usize, end: usize) -> Option<String> {
    if text.len() > MAX_PAGE {
        return None;
    }
    let page = Page::of(text);
    let (first, last) = page.words_at(start, end)?;
    let directive = page.whole(first, last).or_else(|| page.ends(first, last))?;
    let joint = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{joint}:~:text={directive}"))
}

/// The words of a page, parted by blanks.
struct Page<'a> {
    words: Vec<Word<'a>>,
}

struct Word<'a> {
    start: usize,
    text: &'a str,
    /// In lower case: browsers compare without regard to it.
    folded: String,
    /// Whether a new paragraph begins with it.
    opens: bool,
}

impl<'a> Page<'a> {
    fn of(text: &'a str) -> Self {
        let mut words: Vec<Word<'a>> = Vec::new();
        let mut at = 0;
        let mut opens = true;
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !word.is_empty() {
                let folded = word.to_lowercase();
                words.push(Word { start: at, text: word, folded, opens });
                opens = false;
            }
            opens |= piece.ends_with('\n');
            at += piece.len();
        }
        Self { words }
    }

    /// Finds the first and the last word that a stretch touches.
    fn words_at(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = self.words.partition_point(|word| word.start + word.text.len() <= start);
        let last = self.words.partition_point(|word| word.start < end).checked_sub(1)?;
        (first <= last).then_some((first, last))
    }

    /// Writes a quotation whole, with as many words around it as tell it from others.
    fn whole(&self, first: usize, last: usize) -> Option<String> {
        let inner = self.words.get(first + 1..=last).unwrap_or_default();
        let length: usize = self.words.get(first..=last)?.iter().map(|w| w.text.len() + 1).sum();
        if length > MAX_WHOLE || inner.iter().any(|word| word.opens) {
            return None;
        }
        let text = self.encoded(first, last);
        (0..=MAX_CONTEXT_WORDS).find_map(|n_words| {
            let from = first.saturating_sub(n_words);
            if self.occurs_once(from, last) {
                let prefix = self.prefix(from, first);
                return Some(format!("{prefix}{text}"));
            }
            let to = (last + n_words).min(self.words.len() - 1);
            if self.occurs_once(first, to) {
                return Some(format!("{text},-{}", self.encoded(last + 1, to)));
            }
            self.occurs_once(from, to).then(|| {
                format!("{}{text},-{}", self.prefix(from, first), self.encoded(last + 1, to))
            })
        })
    }

    /// Writes the first and the last words of a quotation.
    fn ends(&self, first: usize, last: usize) -> Option<String> {
        let n_words = last - first + 1;
        let n_start = N_END_WORDS.min(n_words / 2).max(1);
        let start_last = self.within_paragraph(first, first + n_start - 1);
        let from = (0..=MAX_CONTEXT_WORDS)
            .map(|n_before| first.saturating_sub(n_before))
            .find(|&from| self.occurs_once(from, start_last))?;
        // The last words are sought from the first ones on: they must not come earlier.
        let room = last.checked_sub(start_last).filter(|&room| room > 0)?;
        let end_first = (N_END_WORDS..=MAX_CONTEXT_WORDS)
            .map(|n_end| last + 1 - n_end.min(room))
            .find(|&end| self.find_from(start_last + 1, end, last) == Some(end))?;
        let (start, end) = (self.encoded(first, start_last), self.encoded(end_first, last));
        Some(format!("{}{start},{end}", self.prefix(from, first)))
    }

    /// Returns the last word of a stretch that is in the paragraph of the first one.
    fn within_paragraph(&self, first: usize, last: usize) -> usize {
        let behind = self.words.get(first + 1..=last).unwrap_or_default();
        first + behind.iter().position(|word| word.opens).unwrap_or(behind.len())
    }

    /// Finds where some words come first, from a word on.
    fn find_from(&self, from: usize, first: usize, last: usize) -> Option<usize> {
        let sought = self.words.get(first..=last)?;
        let is_same =
            |window: &[Word<'_>]| window.iter().zip(sought).all(|(a, b)| a.folded == b.folded);
        Some(from + self.words.get(from..)?.windows(sought.len()).position(is_same)?)
    }

    fn occurs_once(&self, first: usize, last: usize) -> bool {
        let found = self.find_from(0, first, last);
        found == Some(first) && self.find_from(first + 1, first, last).is_none()
    }

    fn prefix(&self, from: usize, first: usize) -> String {
        if from == first { String::new() } else { format!("{}-,", self.encoded(from, first - 1)) }
    }

    fn encoded(&self, first: usize, last: usize) -> String {
        let words = self.words.get(first..=last).unwrap_or_default();
        let words: Vec<String> = words.iter().map(|word| encoded(word.text)).collect();
        words.join("%20")
    }
}

/// Writes a text with percent signs for all but letters, digits and a few marks; the hyphen, the
/// comma and the ampersand part the terms of a directive, and so are written out too.
fn encoded(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'!' | b'*') {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const URL: &str = "https://example.org/a";

    fn linked(text: &str, quote: &str) -> Option<String> {
        let start = text.find(quote).unwrap();
        let link = link(URL, text, start, start + quote.len())?;
        Some(link.strip_prefix("https://example.org/a#:~:text=").unwrap().to_owned())
    }

    #[test]
    fn directives() {
        for (text, quote, expected) in [
            ("We met. We act now.", "We act now.", "We%20act%20now."),
            ("It is so-called, R&D’s.", "so-called, R&D’s", "so%2Dcalled%2C%20R%26D%E2%80%99s."),
            // A part of a word becomes the whole.
            ("We acted now.", "act", "acted"),
            ("They act now. We act now.", "act now.", "They-,act%20now."),
            ("We act now. We act late.", "act", "act,-now."),
        ] {
            assert_eq!(linked(text, quote).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn long_quotations_keep_their_ends() {
        let text = format!("Start here. {} So it ends.", "We say more and more words. ".repeat(20));
        let quote = text.trim();
        let found = linked(&text, quote).unwrap();
        assert!(found.starts_with("Start%20here.%20We%20say%20more,"), "{found}");
        assert!(found.ends_with("%20So%20it%20ends."), "{found}");
        assert_eq!(
            linked("One two.\n\nThree four.", "One two.\n\nThree four.").as_deref(),
            Some("One%20two.,Three%20four.")
        );
    }

    #[test]
    fn what_cannot_be_told_has_no_link() {
        assert_eq!(linked(&"We act. ".repeat(100), "act."), None);
    }

    #[test]
    fn a_link_with_a_fragment_keeps_it() {
        let found = link("https://example.org/a#part", "We act.", 0, 7);
        assert_eq!(found.as_deref(), Some("https://example.org/a#part:~:text=We%20act."));
    }

    proptest! {
        #[test]
        fn links_hold_no_mark_that_parts_terms(text in "[ab&,é\\- \n“”]{1,80}", from in 0usize..80, length in 1usize..80) {
            let start = text.floor_char_boundary(from.min(text.len()));
            let end = text.floor_char_boundary((start + length).min(text.len()));
            prop_assume!(start < end);
            if let Some(link) = link(URL, &text, start, end) {
                let directive = link.split_once(":~:text=").unwrap().1;
                prop_assert!(directive.is_ascii() && !directive.contains(['&', ' ', '#']));
                prop_assert!(directive.split(',').count() <= 4);
            }
        }
    }
}
