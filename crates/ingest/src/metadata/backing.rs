//! Whether a title that seems to name a speaker does so, or says a phrase: `Transcript of Oral
//! Evidence`.

use super::main_speaker::is_head_of_office;
use super::phrases::is_body_word;
use super::words::is_joining;
use crate::structure::Layout;
use std::collections::BTreeSet;

/// How much of a text is looked through for the words of a name, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// How many of the last lines may hold a signature.
const MAX_LINES_OF_SIGNATURE: usize = 6;

/// Titles before a family name.
#[rustfmt::skip]
const TITLES: [&str; 11] = [
    "mr", "mrs", "ms", "miss", "dr", "mme", "sir", "dame", "madam", "professor", "hon",
];

/// Words of what statements are of, and of whom no one name tells.
#[rustfmt::skip]
const ORDINARY: [&str; 90] = [
    "account", "accounts", "advice", "affairs", "agreement", "aims", "apology", "assurance",
    "belief", "beliefs", "business", "case", "changes", "claim", "claims", "common", "concern",
    "concerns", "conclusions", "conditions", "condolence", "condolences", "confidence", "core",
    "cause", "costs", "duty", "events", "evidence", "expert", "experts", "fact", "facts", "faith",
    "final", "findings", "friends", "friendship", "future", "general", "gratitude", "great",
    "ground", "guiding", "harm", "health", "human", "impact", "income", "independence", "intent",
    "interest", "interests", "joint", "legal", "local", "main", "matters", "mutual", "need",
    "new", "objectives", "official", "oral", "other", "policies", "policy", "position",
    "principle", "principles", "public", "purpose", "reasons", "regret", "residents", "results",
    "rights", "shared", "solidarity", "sorrow", "support", "sympathy", "terms", "thanks", "truth",
    "values", "views", "witnesses", "written", "work",
];

/// Endings of nouns and adjectives that names do not have.
#[rustfmt::skip]
const ORDINARY_ENDINGS: [&str; 11] = [
    "tion", "tions", "sion", "sions", "ness", "ments", "ical", "tual", "cial", "ities", "tive",
];

/// The word by which a title joins a name with what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// `Remarks by Ana Vale`.
    By,
    /// `Statement of Ana Vale`, or another word that things follow as often as persons.
    Of,
}

/// Tells whether a name of a title is a person's: an office stands in it; or its words are no
/// ordinary ones, as the text's own use and its endings tell; or the text calls someone so.
///
/// Behind `by` one word that is not ordinary is enough, behind `of` none may be.
pub(super) fn is_backed(name: &str, link: Link, layout: &Layout) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.iter().any(|word| is_head_of_office(word)) {
        return true;
    }
    if words.iter().any(|word| is_body_word(word)) {
        return false;
    }
    let text = layout.text.get(..layout.text.floor_char_boundary(MAX_TEXT)).unwrap_or_default();
    let names = words.iter().filter(|word| is_whole_word(word)).map(|word| word.to_lowercase());
    let names: BTreeSet<String> = names.collect();
    let used = used_in_lower_case(text, &names);
    let n_ordinary = names.iter().filter(|name| used.contains(*name) || is_ordinary(name)).count();
    let is_personal = match link {
        Link::By => n_ordinary < names.len(),
        Link::Of => n_ordinary == 0,
    };
    is_personal || is_called_so(&words, text, layout)
}

/// Tells whether a word of a name is neither an initial nor a particle.
fn is_whole_word(word: &str) -> bool {
    !is_joining(word)
        && word.starts_with(char::is_uppercase)
        && word.chars().filter(|c| c.is_alphabetic()).count() > 1
}

fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(&word) || ORDINARY_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Returns those of some words that a text has in lower case. Addresses do not count.
fn used_in_lower_case(text: &str, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let is_address = |token: &&str| {
        token.contains(['@', '/', '_', '#']) || token.trim_end_matches('.').contains('.')
    };
    let words = text.split_whitespace().filter(|token| !is_address(token));
    let words = words.flat_map(|token| token.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| wanted.contains(*word)).map(str::to_owned).collect()
}

/// Tells whether a text calls someone by a name: in the label of a turn, behind a title, or as a
/// signature.
fn is_called_so(name: &[&str], text: &str, layout: &Layout) -> bool {
    let Some(family) = name.last().map(|word| word.to_lowercase()) else { return false };
    let words_of = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')));
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let is_label = layout.turns.iter().any(|turn| {
        turn.named_as.as_deref().is_some_and(|label| words_of(label).last() == Some(&family))
    });
    let whole = words_of(&name.join(" "));
    let mut last_lines = text.lines().rev().filter(|line| !line.trim().is_empty());
    let n_lines = layout.blocks.len().min(MAX_LINES_OF_SIGNATURE);
    let is_signature = last_lines.by_ref().take(n_lines).any(|line| words_of(line) == whole);
    let mut before = "";
    let is_titled = text.split_whitespace().any(|word| {
        let title = before.trim_end_matches('.').to_lowercase();
        before = word;
        (TITLES.contains(&title.as_str()) || is_head_of_office(&title))
            && word.starts_with(char::is_uppercase)
            && words_of(word).first() == Some(&family)
    });
    is_label || is_signature || is_titled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::lay_out;

    #[test]
    fn phrases_are_no_names() {
        for (name, link, text, expected) in [
            ("Ana Vale", Link::Of, "We meet in the vale.", false),
            ("Ana Vale", Link::By, "We meet in the vale.", true),
            ("Ana Vale", Link::Of, "We meet at sea.", true),
            ("ANA VALE", Link::Of, "Write to ana@vale.example or www.vale.example.", true),
            ("Ana Vale", Link::Of, "We meet in the vale.\n\nThank you, Ms. Vale.", true),
            ("Ana Vale", Link::Of, "We meet in the vale.\n\nVery truly yours,\n\nAna Vale", true),
            ("Ana Vale", Link::Of, "MS. VALE: The vale.\n\nMR. REED: Yes.\n\nMS. VALE: No.", true),
            ("Minister Ana Vale", Link::Of, "We meet in the vale.", true),
            ("Oral Evidence", Link::Of, "We shall take evidence.", false),
            ("Mutual Concern", Link::Of, "We met.", false),
            ("Mutual Concern", Link::By, "We met.", false),
            ("Grim Tidings", Link::Of, "What tidings?", false),
            ("Salt Traders", Link::By, "Some salt, said traders.", false),
            ("ADMINISTRATION POLICY", Link::Of, "We met.", false),
            ("Navigation Reed", Link::Of, "We met.", false),
        ] {
            let layout = lay_out(text.to_owned());
            assert_eq!(is_backed(name, link, &layout), expected, "{name} {link:?} {text}");
        }
    }
}
