/// English words that stand in any sentence and say little of what it is about: articles,
/// pronouns, prepositions, conjunctions and auxiliaries; folded, in alphabetical order.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "but", "by", "can", "could", "did", "do", "does",
    "doing", "each", "for", "from", "had", "has", "have", "having", "he", "her", "here", "hers",
    "him", "his", "how", "i", "i'm", "i've", "if", "in", "into", "is", "it", "it's", "its", "may",
    "me", "might", "more", "most", "must", "my", "no", "nor", "not", "of", "on", "only", "or",
    "other", "our", "ours", "out", "over", "own", "shall", "she", "should", "so", "some", "such",
    "than", "that", "that's", "the", "their", "theirs", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us", "very", "was",
    "we", "we're", "we've", "were", "what", "when", "where", "which", "while", "who", "whom",
    "whose", "why", "will", "with", "within", "without", "would", "you", "your", "yours",
];

/// Tells whether a folded word is a function word of English.
pub fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        assert!(FUNCTION_WORDS.is_sorted());
        for (word, expected) in [("the", true), ("yours", true), ("a", true), ("harbour", false)] {
            assert_eq!(is_function_word(word), expected, "{word}");
        }
    }
}
