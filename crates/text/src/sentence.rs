use onrecord_model::Span;

/// Words whose full stop does not end a sentence, whatever follows; folded, without the stop.
const ABBREVIATIONS: &[&str] = &[
    "adm", "amb", "apr", "art", "asst", "aug", "brig", "capt", "cf", "cmdr", "col", "dec", "dept",
    "det", "dr", "e.g", "feb", "fig", "fr", "gen", "gov", "hon", "i.e", "insp", "jan", "lt", "maj",
    "messrs", "mme", "mr", "mrs", "ms", "mt", "nos", "nov", "oct", "para", "pp", "pres", "prof",
    "rep", "reps", "rev", "sec", "sen", "sens", "sept", "sgt", "st", "supt", "viz", "vol", "vs",
];

/// Words whose full stop may end a sentence: it does so before a word that opens one.
const OPEN_ABBREVIATIONS: &[&str] =
    &["bros", "co", "corp", "etc", "inc", "jr", "ltd", "no", "sr", "a.m", "p.m", "ph.d"];

/// Words that open sentences far more often than they continue a name, folded.
const OPENERS: &[&str] = &[
    "a", "after", "all", "an", "and", "are", "as", "at", "because", "before", "but", "by", "can",
    "did", "do", "does", "each", "even", "every", "for", "from", "he", "her", "here", "his", "how",
    "i", "i'm", "i've", "if", "in", "is", "it", "it's", "its", "just", "last", "let", "let's",
    "many", "more", "most", "my", "no", "nor", "not", "now", "of", "on", "once", "one", "or",
    "our", "over", "she", "since", "so", "some", "still", "such", "thank", "thanks", "that",
    "that's", "the", "their", "then", "there", "there's", "these", "they", "this", "those",
    "through", "to", "today", "together", "under", "until", "we", "we're", "we've", "what", "when",
    "where", "while", "who", "why", "will", "with", "yes", "yet", "you", "your",
];

/// Finds the sentences inside a stretch of text.
///
/// In order and disjoint, each trimmed to visible characters, together holding all of them. A
/// sentence ends at `.`, `!`, `?` or an ellipsis with the closing marks and brackets behind it,
/// where a blank and then no lower-case letter follow; a full stop after an abbreviation, an
/// initial or an acronym such as `U.S.` ends one only where that is beyond doubt. A line end
/// is a blank like any other.
#[expect(clippy::string_slice, reason = "`within` lies on character boundaries")]
pub fn sentences(text: &str, within: Span) -> Vec<Span> {
    let stretch = &text[within.range()];
    let mut found = Vec::new();
    let bytes = stretch.as_bytes();
    let (mut start, mut from) = (0, 0);
    while let Some(n_before) = bytes[from..].iter().position(|&byte| may_end_sentence(byte)) {
        let at = from + n_before;
        // The marks behind it end the sentence with it, or none of them does.
        from = end_of_marks(stretch, at);
        if ends_sentence(stretch, start, at, from) {
            push_trimmed(&mut found, stretch, start, from, within.start);
            start = from;
        }
    }
    push_trimmed(&mut found, stretch, start, stretch.len(), within.start);
    found
}

/// Tells whether a byte is `.`, `!`, `?` or the last one of `…`.
const fn may_end_sentence(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xa6)
}

#[expect(clippy::string_slice, reason = "`start` and `end` follow whole characters")]
fn push_trimmed(found: &mut Vec<Span>, stretch: &str, start: usize, end: usize, base: u32) {
    let piece = &stretch[start..end];
    let trimmed = piece.trim_start();
    let start = start + piece.len() - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end {
        found.push(Span::from_range(start..end).shifted(base));
    }
}

/// Returns where the closing marks and brackets end that follow the mark whose last byte is at
/// `at`.
fn end_of_marks(stretch: &str, at: usize) -> usize {
    let after = stretch.get(at + 1..).unwrap_or_default();
    at + 1 + after.len() - after.trim_start_matches(is_closing).len()
}

/// Tells whether the mark whose last byte is at `at` ends the sentence, with what comes up to
/// `end`.
#[expect(clippy::string_slice, reason = "`at` is the last byte of a character")]
fn ends_sentence(stretch: &str, start: usize, at: usize, end: usize) -> bool {
    let before = stretch.get(..at + 1).unwrap_or_default();
    if !before.ends_with(['.', '!', '?', '…']) {
        return false;
    }
    let tail = &stretch[end..];
    let following = tail.trim_start();
    if following.is_empty() || following.len() == tail.len() {
        return false;
    }
    let is_lone_stop = stretch.as_bytes()[at] == b'.' && end == at + 1;
    let Some(first) = following.chars().find(|c| !is_opening(*c)) else { return false };
    !first.is_lowercase() && (!is_lone_stop || stop_ends(&stretch[start..at], following))
}

/// Tells whether a full stop after `before` ends a sentence when `following` comes next.
fn stop_ends(before: &str, following: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_start_matches(is_opening).to_lowercase();
    if word.ends_with('.') {
        return true;
    }
    if ABBREVIATIONS.binary_search(&&*word).is_ok() {
        return false;
    }
    if is_initials(&word) || OPEN_ABBREVIATIONS.contains(&&*word) {
        return opens_sentence(following);
    }
    true
}

/// Tells whether a word is a single letter or letters with stops between: `j`, `u.s`.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.').map(|part| part.chars().filter(|c| c.is_alphabetic()).count());
    word != "i" && !word.is_empty() && parts.all(|letters| letters == 1)
}

fn opens_sentence(following: &str) -> bool {
    let word = following
        .trim_start_matches(is_opening)
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .next()
        .unwrap_or("")
        .replace('’', "'")
        .to_lowercase();
    following.starts_with(['“', '"', '(', '[']) || OPENERS.binary_search(&&*word).is_ok()
}

const fn is_closing(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

const fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '-' | '–' | '—' | '•')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        let all = Span::from_range(0..text.len());
        sentences(text, all).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn cuts() {
        // `|` marks the cuts.
        for marked in [
            "We met.| It rained!| Why?| So we left.",
            "Mr. Vale and Dr. Orr spoke to Sen. Holt.| They agreed.",
            "He lives in the U.S. Virgin Islands.| She came from the U.S.| The trip was long.",
            "At 9 a.m. Tuesday we met.| It ended at 5 p.m.| We slept.",
            "J. P. Orr wrote it.| George W. Holt read it.",
            "“We will act.”| That was all.",
            "“Why?” he asked.| Nobody knew.",
            "Thank you.| (Applause.)| I will begin.",
            "It grew by 4.5 percent.| 2010 was better.",
            "He waited…| Then he spoke.",
            "He waited... and waited.",
            "Washington, D.C.| We met there.",
            "the end of a\nline.| And another\nline",
            "So did I.| We all did.",
            "No. 5 is alive.",
            "He said so (see p. 4).| Yes.",
            "So it ended...”)| And began.",
        ] {
            let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
            assert_eq!(split(&marked.replace('|', "")), expected);
        }
    }

    #[test]
    fn endless_marks_are_passed_once() {
        // Were each mark tried with all behind it, this would take hours.
        let text = format!("{} a", ".".repeat(2_000_000));
        assert_eq!(split(&text), [&*text]);
    }

    #[test]
    fn word_lists_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(OPENERS.is_sorted());
    }

    proptest! {
        #[test]
        fn every_visible_character_is_in_one_sentence(text in "\\PC{0,60}|[aA.!?…\"”) \n]{0,40}") {
            let found = sentences(&text, Span::from_range(0..text.len()));
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let visible = text.chars().filter(|c| !c.is_whitespace()).count();
            let held: usize = found
                .iter()
                .map(|span| text[span.range()].chars().filter(|c| !c.is_whitespace()).count())
                .sum();
            prop_assert_eq!(held, visible);
        }
    }
}
