//! Names of speakers.

use super::backing::Link;
use super::phrases::is_body_word;
use super::words::{is_all_capitals, is_joining, strip_any};
use onrecord_model::Speaker;

/// Words before a name that say an office, not a given name.
#[rustfmt::skip]
const OFFICE_WORDS: [&str; 90] = [
    "president", "vice", "prime", "minister", "secretary", "senator", "governor", "mayor",
    "ambassador", "chancellor", "chairman", "chair", "director", "general", "admiral", "attorney",
    "deputy", "assistant", "under", "under-secretary", "acting", "former", "first", "lady",
    "king", "queen", "foreign", "dr", "mr", "mrs", "ms", "representative", "congressman",
    "treasury", "state", "defense", "homeland", "national", "security", "advisor", "adviser",
    "press", "white", "house", "justice", "commerce", "labor", "energy", "education",
    "transportation", "interior", "agriculture", "veterans", "affairs", "council", "economic",
    "senior", "chief", "staff", "trade", "budget", "permanent", "director-general",
    "secretary-general", "special", "envoy", "commissioner", "coordinator", "premier",
    "spokesman", "spokesperson", "commander", "defence", "h.e", "excellency", "rt", "hon",
    "honourable", "honorable", "mme", "sir", "dame", "professor", "prof", "judge", "rector",
    "chairwoman", "counsellor", "counselor", "chargé",
];

/// Phrases of a title that a speaker's name follows.
#[rustfmt::skip]
const SPEAKING_PHRASES: [&str; 24] = [
    "remarks by", "remarks of", "remarks as delivered by", "remarks as prepared for delivery by",
    "address by", "address of", "speech by", "speech of", "statement by", "statement of",
    "testimony by", "testimony of", "keynote by", "keynote address by", "opening remarks by",
    "prepared remarks of", "written testimony of", "oral statement of", "lecture by", "toast by",
    "opening statement by", "opening statement of", "intervention by", "message by",
];

/// One whom a header names in full as its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TitledSpeaker {
    pub(crate) name: String,
    pub(crate) office: Option<String>,
    pub(crate) link: Link,
}

/// Makes a speaker of a given name; none where the name has no letter.
pub(crate) fn given_speaker(name: &str) -> Option<Speaker> {
    let name = name.trim().trim_end_matches([',', ';', ':']).trim();
    name.chars().any(char::is_alphabetic).then(|| Speaker::from_name(name))
}

/// Tells whether a line begins with the name of an office: "Minister of Ports".
pub(crate) fn begins_with_office(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let first = first.trim_end_matches(',');
    is_office_word(first) || first.split_once('-').is_some_and(|(first, _)| is_office_word(first))
}

/// Tells whether a line is the name of an office and nothing else: "Prime Minister".
pub(crate) fn is_office_alone(text: &str) -> bool {
    begins_with_office(text) && text.split_whitespace().all(is_office_word)
}

/// Reads a line that names who speaks, with the office: "Ana Vale, Minister of Ports".
pub(crate) fn speaker_and_office(line: &str) -> Option<(String, String)> {
    let (name, office) = line.split_once(',')?;
    let (name, _) = speaker_named(name)?;
    Some((name, office_of(office.split_whitespace())?))
}

/// Tells whether a word is part of the name of an office.
pub(super) fn is_office_word(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    OFFICE_WORDS.iter().any(|office| word.eq_ignore_ascii_case(office))
}

/// Finds the one person whom a title names in full as its speaker, and the office that follows
/// the name: "Remarks by Ana Vale, Minister of Ports, on Dredging". "Remarks by Director Ana Vale
/// on Ports" names "Director Ana Vale"; "Remarks by the President" names nobody.
pub(crate) fn speaker_in_title(title: &str) -> Option<TitledSpeaker> {
    let rest = strip_any(title, &SPEAKING_PHRASES)?;
    let (name, office) = speaker_named(rest)?;
    let phrase = title.strip_suffix(rest).unwrap_or_default();
    let last = phrase.split_whitespace().next_back().unwrap_or_default();
    let link = if last.eq_ignore_ascii_case("by") { Link::By } else { Link::Of };
    Some(TitledSpeaker { name, office, link })
}

/// Tells whether a title goes on with the one who speaks, by name or not: "Remarks by the Mayor".
pub(crate) fn says_who_speaks(title: &str) -> bool {
    strip_any(title, &SPEAKING_PHRASES).is_some()
}

/// Marks of honour before a name, which are no part of it.
const HONOURS: [&str; 6] = [
    "the rt hon",
    "the rt. hon",
    "the right honourable",
    "the honourable",
    "the honorable",
    "the hon",
];

/// Letters after a name, which are no part of it.
const LETTERS_AFTER: [&str; 9] = ["MP", "MSP", "MEP", "TD", "QC", "KC", "CBE", "OBE", "MBE"];

/// Reads the full name of one person that a text begins with, and the office after it.
fn speaker_named(rest: &str) -> Option<(String, Option<String>)> {
    let rest = rest.trim_start();
    let rest = strip_any(rest, &HONOURS).map_or(rest, |rest| rest.trim_start_matches(['.', ' ']));
    let mut name = Vec::new();
    let mut n_names = 0;
    let mut words = rest.split_whitespace();
    let mut after = "";
    for word in words.by_ref() {
        let letters = word.trim_end_matches([',', ':', ';', '–', '—']);
        if !is_name_word(letters) {
            after = word;
            break;
        }
        let is_office = is_office_word(letters);
        if is_office && n_names > 0 {
            return None;
        }
        n_names += usize::from(!is_office);
        name.push(letters);
        if letters.len() < word.len() {
            after = if word.ends_with(',') { "," } else { word };
            break;
        }
    }
    if let Some(at) = name.iter().rposition(|word| !LETTERS_AFTER.contains(word)) {
        n_names -= name.len() - 1 - at;
        name.truncate(at + 1);
    }
    let office = if after == "," { Some(office_of(words)?) } else { None };
    // `Statement of Administration Policy` names nobody.
    let is_body = name.iter().any(|word| is_body_word(word) && !is_office_word(word));
    let is_other = is_body || after.eq_ignore_ascii_case("and") || after.eq_ignore_ascii_case("of");
    if !(2..=4).contains(&n_names) || is_other || name.len() > 8 {
        return None;
    }
    let name = name.join(" ");
    Some((if is_all_capitals(&name) { onrecord_text::in_title_case(&name) } else { name }, office))
}

/// Tells whether a word may be part of a name.
pub(super) fn is_name_word(word: &str) -> bool {
    let is_gerund = word.len() > 5 && word.to_ascii_lowercase().ends_with("ing");
    !is_joining(word)
        && !is_gerund
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
}

/// Reads an office after a name and a comma, up to the next comma or the first word that says
/// where or on what; none where another name may follow.
fn office_of<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut office: Vec<&str> = Vec::new();
    for word in words {
        let letters = word.trim_end_matches([',', ':', ';']);
        let joins =
            ["of", "and", "for", "the", "to"].iter().any(|join| letters.eq_ignore_ascii_case(join));
        if office.is_empty() && !begins_with_office(letters) {
            return None;
        }
        if is_joining(letters) && !joins {
            break;
        }
        office.push(letters);
        if letters.len() < word.len() {
            break;
        }
    }
    let names_only = office.iter().all(|word| is_office_word(word));
    let has_of =
        office.iter().any(|word| matches!(word.to_ascii_lowercase().as_str(), "of" | "for" | "to"));
    (!office.is_empty() && (names_only || has_of)).then(|| office.join(" "))
}

/// Tells whether a text can be the name of one person: two to six capitalised words.
pub(crate) fn is_person_name(text: &str) -> bool {
    let mut n_words = 0;
    text.split_whitespace().all(|word| {
        n_words += 1;
        let particle = matches!(word, "de" | "da" | "del" | "van" | "von" | "der" | "bin" | "al");
        let letters = word.trim_end_matches(['.', ',']);
        particle
            || letters.chars().next().is_some_and(char::is_uppercase)
                && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    }) && (2..=6).contains(&n_words)
        && text.len() <= 60
}

/// Words in the names of those who send mail and are no persons, beside the words for bodies.
#[rustfmt::skip]
const SENDER_WORDS: [&str; 24] = [
    "association", "campaign", "center", "centre", "communications", "company", "council", "desk",
    "foundation", "group", "house", "inc", "institute", "list", "ltd", "media", "network", "news",
    "newsletter", "party", "press", "society", "union", "university",
];

/// Words before a family name that stand for the given name.
const BEFORE_FAMILY: [&str; 14] = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "president",
    "senator",
    "governor",
    "mayor",
    "minister",
    "ambassador",
];

/// Tells whether the name that one sends under is a person's: that of a body or of an office
/// alone is not, `Office of the Mayor`, `Press Secretary`.
pub(crate) fn is_person_sending(name: &str) -> bool {
    let plain = name.replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_among = |list: &[&str], word: &str| {
        list.iter().any(|known| known.eq_ignore_ascii_case(word.trim_end_matches('.')))
    };
    let is_of_body = |word: &&str| is_body_word(word) || is_among(&SENDER_WORDS, word);
    let is_of_name = |word: &&&str| !is_office_word(word) && !is_joining(word);
    let n_names = words.iter().filter(is_of_name).count();
    let has_title = words.first().is_some_and(|word| is_among(&BEFORE_FAMILY, word));
    is_person_name(&words.join(" "))
        && !words.iter().any(is_of_body)
        && (n_names >= 2 || n_names == 1 && has_title)
}

/// Writes a name in capitals as names are written: `The White House`, `Office of the Mayor`.
pub(crate) fn in_lower_joins(name: &str) -> String {
    let words = name.split_whitespace().enumerate().map(|(at, word)| {
        if at > 0 && is_joining(word) {
            word.to_lowercase()
        } else {
            onrecord_text::in_title_case(word)
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_of_one_person() {
        for (title, expected) in [
            ("Remarks by President Ana Maria Vale", Some(("President Ana Maria Vale", None))),
            ("REMARKS BY PRESIDENT ANA VALE AT THE PORT", Some(("President Ana Vale", None))),
            ("Remarks of Ana Vale – As Prepared for Delivery", Some(("Ana Vale", None))),
            (
                "Remarks by Ana Vale, Minister of Ports and Trade, at the Old Port",
                Some(("Ana Vale", Some("Minister of Ports and Trade"))),
            ),
            ("Keynote by Ana Vale, Attorney General", Some(("Ana Vale", Some("Attorney General")))),
            ("Remarks by Ana Vale, Secretary Tom Reed, and Others", None),
            ("Speech by the Rt. Hon. Ana Vale MP", Some(("Ana Vale", None))),
            (
                "Statement by H.E. Ms. Ana Vale, Permanent Representative",
                Some(("H.E. Ms. Ana Vale", Some("Permanent Representative"))),
            ),
            (
                "Speech by Ana Vale, Minister of Ports, at the Pier Club, Port City, 3 May 2012",
                Some(("Ana Vale", Some("Minister of Ports"))),
            ),
            ("Remarks by the President", None),
            ("Remarks by President Vale", None),
            ("STATEMENT OF ADMINISTRATION POLICY", None),
            ("Remarks by Ana Vale and Tom Reed", None),
            ("Remarks by Ana Vale, Tom Reed, and Others", None),
            ("Statement by Minister of Ports Ana Vale", None),
            ("Ana Vale on Ports", None),
            ("Remarks by President Vale Marking the Day", None),
            ("Remarks by Treasury Secretary Vale", None),
            ("Remarks by the First Lady at Ana Vale School", None),
        ] {
            let found = speaker_in_title(title);
            let found = found.as_ref().map(|found| (found.name.as_str(), found.office.as_deref()));
            assert_eq!(found, expected, "{title}");
        }
        assert!(is_person_name("John F. Reed-Vale") && is_person_name("Ana de Vega"));
        assert!(!is_person_name("Thank you all") && !is_person_name("Ana"));
        for (name, expected) in [
            ("Ana Vale", true),
            ("Vale, Ana", true),
            ("Mayor Ana de Vega", true),
            ("Dr. Vale", true),
            ("Office of the Press Secretary", false),
            ("Port Office", false),
            ("Port Authority News", false),
            ("Prime Minister", false),
            ("Press Secretary", false),
            ("The White House", false),
            ("ports", false),
        ] {
            assert_eq!(is_person_sending(name), expected, "{name}");
        }
    }
}
