use super::line::Line;

/// Words by which what stands with them may be only supposed, folded, in alphabetical order.
#[rustfmt::skip]
const SUPPOSITIONS: &[&str] = &[
    "could", "couldn't", "if", "imagine", "might", "mightn't", "suppose", "unless", "whether",
    "would", "wouldn't",
];

/// Counts the words of a sentence by which what it says may be only supposed: `if`, `would`.
///
/// ```
/// use onrecord_text::suppositions;
///
/// assert_eq!(suppositions("It is the largest harbour."), 0);
/// assert_eq!(suppositions("If they'd dredge it, it would be the largest harbour."), 3);
/// ```
pub fn suppositions(text: &str) -> usize {
    let line = Line::of(text);
    let is_supposing = |at: &usize| {
        let word = line.word(*at);
        SUPPOSITIONS.binary_search(&word).is_ok() || word.ends_with("'d")
    };
    (0..line.len()).filter(is_supposing).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_supposed_is_told() {
        assert!(SUPPOSITIONS.is_sorted());
        for (text, expected) in [
            ("It might be the largest harbour.", 1),
            ("Unless we dredge it, it couldn’t be.", 2),
            ("It will be the largest harbour.", 0),
            ("The wood is a good one.", 0),
        ] {
            assert_eq!(suppositions(text), expected, "{text}");
        }
    }
}
