/// Superlatives that no rule makes, folded.
const IRREGULAR: &[&str] = &["best", "worst", "eldest", "farthest", "furthest", "foremost"];

/// Adjectives that take -est, but for those in -y behind a consonant, folded, in alphabetical
/// order; `late` is none, as the latest is mostly the newest.
#[rustfmt::skip]
const ADJECTIVES: &[&str] = &[
    "able", "ample", "awful", "bare", "big", "bitter", "black", "bland", "bleak", "blind", "blue",
    "blunt", "bold", "brave", "brief", "bright", "brisk", "broad", "brown", "calm", "cheap",
    "clean", "clear", "clever", "close", "coarse", "cold", "common", "cool", "crude", "cruel",
    "curt", "cute", "damp", "dark", "dead", "deaf", "dear", "deep", "dense", "dim", "dire", "drab",
    "dry", "dull", "dumb", "faint", "fair", "fast", "fat", "feeble", "fierce", "fine", "firm",
    "fit", "flat", "fond", "frail", "frank", "free", "fresh", "full", "gentle", "grand", "grave",
    "gray", "great", "green", "grey", "grim", "gross", "handsome", "hard", "harsh", "high", "hot",
    "huge", "humble", "keen", "kind", "large", "lean", "light", "long", "loose", "loud", "low",
    "loyal", "mad", "mean", "mellow", "mild", "moist", "narrow", "near", "neat", "new", "nice",
    "noble", "obscure", "odd", "old", "pale", "plain", "pleasant", "plump", "polite", "poor",
    "profound", "prompt", "proper", "proud", "pure", "quick", "quiet", "rare", "raw", "red",
    "remote", "rich", "ripe", "robust", "rough", "rude", "sad", "safe", "scarce", "severe",
    "shallow", "sharp", "short", "shrewd", "shy", "sick", "simple", "sincere", "slender", "slick",
    "slight", "slim", "slow", "sly", "small", "smart", "smooth", "sober", "soft", "sore", "sound",
    "sour", "spare", "sparse", "steep", "stern", "stiff", "still", "strange", "strict", "strong",
    "stubborn", "stupid", "subtle", "sure", "sweet", "swift", "tall", "tame", "tender", "tense",
    "terse", "thick", "thin", "tight", "tough", "true", "vague", "vast", "warm", "weak", "weird",
    "wet", "white", "wicked", "wide", "wild", "wise", "young",
];

/// Tells whether a folded word is a superlative of English.
///
/// Most words in -est are none (`forest`, `invest`), so the adjective must be known; any word in
/// -iest but `priest` is one.
pub(super) fn is_superlative(word: &str) -> bool {
    if IRREGULAR.contains(&word) {
        return true;
    }
    if let Some(before) = word.strip_suffix("iest") {
        return !before.ends_with("pr") && before.len() >= 2;
    }
    let Some(base) = word.strip_suffix("est") else { return false };
    let is_known = |base: &str| ADJECTIVES.binary_search(&base).is_ok();
    // `Bigg` of `biggest`.
    let mut letters = base.chars();
    let is_doubled = letters.next_back() == base.chars().nth_back(1);
    is_known(base) || is_known(&format!("{base}e")) || is_doubled && is_known(letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn superlatives_are_told_from_other_words_in_est() {
        assert!(ADJECTIVES.is_sorted());
        for word in [
            "largest",
            "biggest",
            "tallest",
            "oldest",
            "wealthiest",
            "busiest",
            "driest",
            "thinnest",
            "simplest",
            "truest",
            "freest",
            "saddest",
            "smallest",
            "fullest",
            "best",
            "eldest",
            "toughest",
            "narrowest",
            "greatest",
            "youngest",
            "finest",
            "safest",
            "tiniest",
            "freshest",
        ] {
            assert!(is_superlative(word), "{word}");
        }
        for word in [
            "rainforest",
            "forest",
            "deforest",
            "ingest",
            "infest",
            "invest",
            "digest",
            "interest",
            "arrest",
            "harvest",
            "priest",
            "archpriest",
            "honest",
            "dishonest",
            "modest",
            "earnest",
            "protest",
            "request",
            "suggest",
            "contest",
            "conquest",
            "everest",
            "budapest",
            "latest",
            "test",
            "west",
            "rest",
            "nest",
            "crest",
            "guest",
            "lest",
            "zest",
            "tempest",
            "diest",
            "",
            "est",
            "é",
        ] {
            assert!(!is_superlative(word), "{word}");
        }
    }
}
