//! Small questions about the words of a line.

/// Strips a prefix of ASCII letters, whatever their case.
pub(crate) fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
}

/// Strips the first of some prefixes that ends at a word's end.
pub(crate) fn strip_any<'a>(text: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    prefixes.iter().find_map(|prefix| {
        strip_prefix_ignore_case(text, prefix)
            .filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

/// Words that join others inside a title, and do not begin one.
#[rustfmt::skip]
pub(crate) const JOINING_WORDS: [&str; 32] = [
    "a", "after", "against", "among", "an", "and", "as", "at", "before", "between", "by",
    "during", "for", "from", "honoring", "in", "into", "of", "on", "or", "over", "regarding",
    "the", "through", "to", "under", "upon", "via", "with", "de", "del", "y",
];

/// Tells whether a word is one of [`JOINING_WORDS`].
pub(crate) fn is_joining(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    JOINING_WORDS.iter().any(|joining| word.eq_ignore_ascii_case(joining))
}

/// Tells whether nearly all cased letters are capitals, and there are at least two.
pub(crate) fn is_all_capitals(text: &str) -> bool {
    let (mut n_upper, mut n_lower) = (0, 0);
    for c in text.chars() {
        n_upper += usize::from(c.is_uppercase());
        n_lower += usize::from(c.is_lowercase());
    }
    n_upper >= 2 && n_lower * 8 <= n_upper
}

/// Tells whether a line begins with a capital and at least two thirds of its words of weight do.
pub(crate) fn is_title_case(text: &str) -> bool {
    let mut words = text.split_whitespace().filter_map(|word| {
        let first = word.chars().find(|c| c.is_alphanumeric())?;
        Some((word, !first.is_lowercase()))
    });
    let Some((_, true)) = words.next() else { return false };
    let (n, n_capital) = words
        .filter(|(word, _)| !is_joining(word))
        .fold((1, 1), |(n, n_capital), (_, capital)| (n + 1, n_capital + usize::from(capital)));
    n_capital * 3 >= n * 2
}

/// Counts the words of a line, at most `limit`.
pub(crate) fn count_words(text: &str, limit: usize) -> usize {
    text.split_whitespace().take(limit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions() {
        assert_eq!(strip_prefix_ignore_case("THE white house", "The White"), Some(" house"));
        assert_eq!(strip_any("Speeches", &["Speech"]), None);
        assert!(is_all_capitals("REMARKS WITH SENATOR McCAIN"));
        assert!(!is_all_capitals("REMARKS at the East Room") && !is_all_capitals("A 1"));
        for (line, expected) in [
            ("Vision for the Future", true),
            ("What the State Department Is Doing", true),
            ("For more information, go to2", false),
            ("I wish to congratulate", false),
            ("a Vision", false),
            ("42", true),
            ("", false),
        ] {
            assert_eq!(is_title_case(line), expected, "{line}");
        }
    }
}
