//! The words by which texts name offices.

use crate::words::folded_words;

/// Honorifics: they stand before a name and say no office.
#[rustfmt::skip]
const HONORIFICS: [&str; 32] = [
    "mr", "mrs", "ms", "miss", "dr", "mme", "madame", "madam", "sir", "dame", "lord",
    "prof", "professor", "messrs", "mister", "sr", "sra", "senor", "senora", "herr", "frau",
    "monsieur", "reverend", "rev", "hon", "honorable",
    "councillor", "councilor", "cllr", "alderman", "councilwoman", "baroness",
];

/// Words that are part of no name and say nothing of an office: marks of honour, and when.
#[rustfmt::skip]
const MARKS: [&str; 16] = [
    "the", "rt", "right", "honourable", "he", "h", "e", "hm", "hrh", "his", "her", "excellency",
    "majesty", "highness", "royal", "el",
];

/// Words that say an office, or are part of the name of one, before a name.
#[rustfmt::skip]
const OFFICE_WORDS: [&str; 118] = [
    "administrator", "admiral", "advisor", "adviser", "advisors", "affairs", "agriculture",
    "ambassador", "archbishop", "assistant", "associate", "attorney", "bishop", "brigadier",
    "budget", "cabinet", "captain", "cardinal", "chair", "chairman", "chairwoman", "chancellor",
    "charge", "chief", "civil", "colonel", "command", "commander", "commerce", "commissioner",
    "commodore", "communications", "congressman", "congresswoman", "coordinator", "correspondent",
    "council", "councilman", "counsel", "counsellor", "counselor", "counterterrorism", "defence",
    "defense", "delegate", "deputy", "development", "director", "domestic", "drug", "economic",
    "education", "emperor", "energy", "envoy", "european", "exchequer", "executive", "federal",
    "finance", "first", "foreign", "former", "general", "governor", "health", "homeland",
    "house", "interior", "intelligence", "judge", "justice", "king", "labor", "leader",
    "legislative", "lieutenant", "major", "majority", "marshal", "mayor", "minister", "minority",
    "national", "permanent", "policy", "pope", "premier", "president", "press", "prime", "prince",
    "princess", "queen", "rabbi", "rector", "representative", "secretary", "security", "senate",
    "senator", "senior", "sergeant", "special", "spokesman", "spokesperson", "spokeswoman",
    "staff", "state", "strategic", "superintendent", "surgeon", "trade", "transportation",
    "treasurer", "treasury", "under", "undersecretary",
];

/// More of the kind, and peoples and bodies in the names of offices.
#[rustfmt::skip]
const MORE_OFFICE_WORDS: [&str; 47] = [
    "acting", "american", "british", "canadian", "designate", "elect", "emir", "french", "german",
    "imam", "ex", "incoming", "interim", "nominee", "officer", "outgoing", "principal", "then",
    "us", "veterans", "vice", "white", "nato", "un", "sheikh", "sultan", "speaker", "congressional",
    "coach", "taoiseach", "human", "services", "urban", "housing", "science", "technology",
    "information", "environmental", "protection", "management", "personnel", "lady", "second", "presidente", "presidenta", "vicepresidente", "secretario",
];

/// Words that begin the office of another one behind `and`.
#[rustfmt::skip]
const HEADS: [&str; 26] = [
    "admiral", "ambassador", "attorney", "chairman", "chancellor", "congressman", "congresswoman",
    "deputy", "director", "first", "former", "general", "governor", "king", "mayor", "minister",
    "president", "premier", "prime", "queen", "representative", "second", "secretary", "senator",
    "speaker", "vice",
];

/// Trades and ranks that transcripts put before a name in capitals.
#[rustfmt::skip]
const TRADES: [&str; 36] = [
    "aide", "astronaut", "cadet", "chaplain", "chef", "corporal", "dean", "deacon", "detective",
    "dj", "elder", "engineer", "father", "firefighter", "flight", "inspector", "manager",
    "mentor", "midshipman", "military", "nurse", "owner", "pastor", "pilot", "primer", "private",
    "provost", "sheriff", "sister", "solicitor", "specialist", "student", "trooper", "usaid",
    "vicar", "warden",
];

/// Words that join the words of an office.
const JOINING: [&str; 5] = ["of", "for", "and", "the", "to"];

/// Tells whether a folded word stands before a name as an honorific.
pub(crate) fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&word)
}

/// Brings a folded honorific into the form in which honorifics are compared: spellings of one
/// meet.
pub(crate) fn honorific_key(word: &str) -> String {
    match word {
        "councilor" | "cllr" => "councillor",
        "mister" => "mr",
        "honorable" | "honourable" => "hon",
        "professor" => "prof",
        "reverend" => "rev",
        other => other,
    }
    .to_owned()
}

/// Tells whether a folded word is a mark of honour or an article.
pub(crate) fn is_mark(word: &str) -> bool {
    MARKS.contains(&word)
}

/// Tells whether a folded word is part of the name of an office.
pub(crate) fn is_office_word(word: &str) -> bool {
    OFFICE_WORDS.contains(&word) || MORE_OFFICE_WORDS.contains(&word) || TRADES.contains(&word)
}

/// Tells whether a folded word stands before a name and is none of it: an honorific, a mark of
/// honour, an article, or a word of an office.
pub fn is_title_word(word: &str) -> bool {
    is_honorific(word) || is_mark(word) || is_office_word(word)
}

/// Tells whether a folded word begins an office.
pub(crate) fn is_head(word: &str) -> bool {
    HEADS.contains(&word)
}

/// Tells whether a folded word joins the words of an office.
pub(crate) fn is_joining(word: &str) -> bool {
    JOINING.contains(&word)
}

/// How an office that a text names relates to the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum When {
    /// Held.
    #[default]
    Now,
    /// Held before: `former`.
    Before,
    /// To be held: `nominee`, `-elect`.
    Later,
}

/// Takes the words that say when from those of an office, and brings the rest into the form in
/// which offices are compared.
pub(crate) fn office_key(words: &[String]) -> (String, When) {
    let mut when = When::Now;
    let mut key = Vec::new();
    for word in words {
        match word.as_str() {
            "former" | "ex" | "then" | "outgoing" => when = When::Before,
            "elect" | "nominee" | "designate" | "incoming" => when = When::Later,
            "adviser" => key.push("advisor"),
            "defence" => key.push("defense"),
            "presidente" | "presidenta" => key.push("president"),
            "vicepresidente" => key.push("vice president"),
            "chairwoman" => key.push("chairman"),
            "the" => {}
            other => key.push(other),
        }
    }
    (key.join(" "), when)
}

/// Lists the ways in which texts name an office, each as [`office_key`] makes it: `secretary of
/// treasury` is also `treasury secretary` and `secretary`, and `of united states` may follow.
pub(crate) fn forms_of(title: &str, of: Option<&str>) -> Vec<String> {
    let (title, _) = office_key(&folded_words(title));
    let mut forms = vec![title.clone()];
    if let Some((office, field)) = title.split_once(" of ") {
        forms.push(format!("{field} {office}"));
        forms.push(office.to_owned());
    }
    if let Some(of) = of {
        let (of, _) = office_key(&folded_words(of));
        for at in 0..forms.len() {
            let form = forms.get(at).cloned().unwrap_or_default();
            forms.push(format!("{form} of {of}"));
            forms.push(format!("{of} {form}"));
            if of == "united states" {
                forms.push(format!("us {form}"));
            }
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_names_are_folded() {
        let lists: [&[&str]; 7] =
            [&HONORIFICS, &MARKS, &OFFICE_WORDS, &MORE_OFFICE_WORDS, &HEADS, &TRADES, &JOINING];
        for word in lists.concat() {
            assert_eq!(folded_words(word), [word]);
        }
    }

    #[test]
    fn offices_have_several_forms() {
        for (title, of, form, expected) in [
            ("Secretary of the Treasury", None, "treasury secretary", true),
            ("Secretary of the Treasury", None, "secretary", true),
            ("Secretary of State", Some("the United States"), "us secretary of state", true),
            ("Vice President", Some("the United States"), "president", false),
            ("Vice President", Some("the United States"), "vice president of united states", true),
            ("Press Secretary", Some("the White House"), "white house press secretary", true),
            ("Press Secretary", Some("the White House"), "secretary", false),
            ("National Security Adviser", None, "national security advisor", true),
        ] {
            assert_eq!(forms_of(title, of).iter().any(|f| f == form), expected, "{title} / {form}");
        }
        let words = |text: &str| folded_words(text);
        assert_eq!(office_key(&words("Former Senator")), ("senator".to_owned(), When::Before));
        assert_eq!(office_key(&words("President-elect")), ("president".to_owned(), When::Later));
    }
}
