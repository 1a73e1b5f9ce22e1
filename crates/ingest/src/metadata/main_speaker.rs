//! The one whom a title names first as its speaker, by name or by office alone.

use super::backing::Link;
use super::speaker::{is_name_word, is_office_word};
use super::words::is_joining;

/// Words for what is said.
#[rustfmt::skip]
const SPEECH_NOUNS: [&str; 34] = [
    "address", "announcement", "availability", "briefing", "closing", "comments", "conference",
    "conversation", "discussion", "eulogy", "excerpts", "gaggle", "interview", "introduction",
    "keynote", "lecture", "message", "opening", "proclamation", "readout", "remarks", "response",
    "speech", "statement", "statements", "testimony", "toast", "toasts", "tribute", "q&a",
    "transcript", "text", "declaration", "discurso",
];

/// Honorifics before a name.
const HONORIFICS: [&str; 5] = ["dr", "mr", "mrs", "ms", "judge"];

/// The most words of a name.
const MAX_NAMES: usize = 4;

/// Who speaks, as a title says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MainSpeaker {
    /// As written: `the President`, `Press Secretary Ana Vale`.
    pub(crate) named_as: String,
    /// Whether the title names another one behind: `the Mayor and the Governor`.
    pub(crate) is_one_of_several: bool,
    /// Whether an office or honorific stands before the name, or alone.
    has_office: bool,
    pub(crate) link: Link,
}

/// Finds the one whom a title names first as its speaker: `Remarks by the Mayor at the Old Port`,
/// `Interview of Governor Vale`, `Weekly Address: Mayor Vale on Ports`, `Mayor Vale's Speech`.
pub(crate) fn main_speaker(title: &str) -> Option<MainSpeaker> {
    // `the President--Port City`, `Ana Vale-As Prepared`
    let parted = title.replace("--", " -- ").replace("-As ", " -- As ");
    let words: Vec<&str> = parted.split_whitespace().collect();
    let mut after_noun = false;
    for (at, word) in words.iter().enumerate() {
        let bare = bare(word);
        let next_to_noun = at > 0 && words.get(at - 1).is_some_and(|word| is_noun(word));
        let heads = word.ends_with(':') && is_noun(word);
        let names = bare == "by" && after_noun
            || matches!(bare.as_str(), "of" | "from" | "with") && next_to_noun;
        if (names || heads)
            && let Some(found) = read(words.get(at + 1..).unwrap_or_default(), heads)
            && (!heads || found.has_office)
        {
            let link = if bare == "by" { Link::By } else { Link::Of };
            return Some(MainSpeaker { link, ..found });
        }
        after_noun |= is_noun(word);
    }
    of_possessor(&words)
}

/// Reads a title that begins with `Mayor Vale's Speech`.
fn of_possessor(words: &[&str]) -> Option<MainSpeaker> {
    let at = words.iter().take(6).position(|word| without_possessive(word) != *word)?;
    let found = read(words, false)?;
    let n_words = found.named_as.split(' ').count();
    (n_words == at + 1 && !found.is_one_of_several).then_some(found)
}

/// Cuts the ending of a possessor: `Vale's`.
fn without_possessive(word: &str) -> &str {
    let endings = ["'s", "’s", "'S", "’S"];
    endings.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// Reads the one that words begin with: an office, a name, or both. In a headline a verb may
/// follow the name: `President Vale Calls for Ports`.
fn read(words: &[&str], is_headline: bool) -> Option<MainSpeaker> {
    let mut named: Vec<&str> = Vec::new();
    let (mut has_office, mut n_names, mut at) = (false, 0, 0);
    let has_article = words.first().is_some_and(|word| bare(word) == "the");
    let mut is_closed = false;
    while let Some(word) = words.get(at).filter(|_| !is_closed) {
        let letters = word.trim_end_matches([',', ':', ';', '–', '—', '*']);
        let whole = letters;
        let letters = without_possessive(letters);
        if letters.len() < whole.len() && !words.iter().skip(at + 1).take(3).any(|w| is_noun(w)) {
            // `the Mayor's Secretary` is not the Mayor.
            return None;
        }
        let small = bare(letters);
        let is_article = at == 0 && (small == "the" || small == "us");
        let is_honorific = HONORIFICS.contains(&small.as_str());
        let may_be_verb = is_headline && n_names > 0 && letters.ends_with('s');
        let begins_high = letters.starts_with(char::is_uppercase);
        let next = words.get(at + 1).map(|next| next.trim_end_matches([',', ':']));
        let is_people = at == 0 && begins_high && next.is_some_and(is_office_word);
        if is_article {
            named.push(letters);
        } else if is_people && !is_office_word(letters) && !is_honorific {
            // `Kelmaran Prime Minister Vale`
        } else if begins_high && n_names == 0 && (is_office_word(letters) || is_honorific) {
            has_office = true;
            named.push(letters);
        } else if has_office && n_names == 0 && joins_office(words, at) {
            named.push(letters);
        } else if !has_article
            && n_names < MAX_NAMES
            && !may_be_verb
            && !is_office_word(letters)
            && (is_name_word(letters) || (n_names > 0 && is_particle(letters)))
        {
            n_names += 1;
            named.push(letters);
        } else {
            break;
        }
        is_closed = letters.len() < word.len();
        at += 1;
    }
    let is_full = n_names >= 2;
    let next = words.get(at).map(|word| bare(word)).unwrap_or_default();
    let by_comma = is_closed && words.get(at - 1).is_some_and(|word| word.ends_with(','));
    let lists_another = by_comma
        && words.get(at..).is_some_and(|rest| {
            read(rest, false).is_some_and(|other| {
                // Behind a comma an office alone is that of the one named before it.
                other.named_as.split(' ').any(|word| !is_office_word(word) && !is_joining(word))
            })
        });
    let is_one_of_several = next == "and" || next == "&" || lists_another;
    let has_head = named.iter().any(|word| is_head_of_office(word));
    (has_head || is_full).then(|| MainSpeaker {
        named_as: named.join(" "),
        is_one_of_several,
        has_office,
        link: Link::Of,
    })
}

/// Tells whether a word is a particle of a name, or begins with one: `al-Vale`.
fn is_particle(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or_default();
    matches!(first, "al" | "bin" | "da" | "de" | "del" | "der" | "el" | "van" | "von")
        && word.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// Tells whether a word joins an office with its field: `Secretary of State`, `of the Treasury`.
fn joins_office(words: &[&str], at: usize) -> bool {
    let word_at = |at: usize| words.get(at).map(|word| bare(word)).unwrap_or_default();
    let before = at.checked_sub(1).map(word_at).unwrap_or_default();
    let joins = match word_at(at).as_str() {
        "of" | "for" => true,
        "the" => matches!(before.as_str(), "of" | "for" | "to"),
        // `Ambassador to the United Nations`, but not `the Mayor to the Port Board`
        "to" => matches!(
            before.as_str(),
            "ambassador" | "adviser" | "advisor" | "assistant" | "envoy" | "representative"
        ),
        _ => false,
    };
    let next = words.get(at + 1).filter(|next| bare(next) != "the").or(words.get(at + 2));
    joins && next.is_some_and(|next| is_office_word(next.trim_end_matches([',', ':'])))
}

/// Words of offices that are none by themselves: `Press`, `White House`.
#[rustfmt::skip]
const FIELDS: [&str; 32] = [
    "acting", "affairs", "agriculture", "budget", "commerce", "council", "defence", "defense",
    "deputy", "economic", "education", "energy", "first", "foreign", "former", "homeland",
    "house", "interior", "labor", "national", "permanent", "press", "security", "senior",
    "special", "staff", "state", "trade", "transportation", "treasury", "veterans", "white",
];

/// Tells whether a word is that of an office or an honorific, and not only of an office's field.
pub(super) fn is_head_of_office(word: &str) -> bool {
    let bare = bare(word);
    (is_office_word(word) || HONORIFICS.contains(&bare.as_str()))
        && !FIELDS.contains(&bare.as_str())
}

fn is_noun(word: &str) -> bool {
    SPEECH_NOUNS.contains(&bare(word).as_str())
}

/// Returns a word in lower case, without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase().replace('.', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_who_speaks_first() {
        for (title, named_as, is_one_of_several) in [
            ("Remarks by the Mayor at the Old Port", "the Mayor", false),
            ("REMARKS BY THE PRESIDENT ON PORTS", "THE PRESIDENT", false),
            ("REMARKS BY THE PRESIDENT AND THE MAYOR", "THE PRESIDENT", true),
            ("Remarks by President Vale at the Port", "President Vale", false),
            ("Remarks of President Ana Vale -- Ports", "President Ana Vale", false),
            ("Remarks by Mrs. Vale to Ports", "Mrs. Vale", false),
            (
                "Press Briefing by Press Secretary Ana Vale, 5/3/2012",
                "Press Secretary Ana Vale",
                false,
            ),
            ("Press Conference by the President", "the President", false),
            ("Interview of the President by Tom Reed", "the President", false),
            ("Joint Press Availability with President Vale and Mayor Reed", "President Vale", true),
            ("Weekly Address: President Vale Calls for Ports", "President Vale", false),
            ("Remarks by Secretary of State Vale on Ports", "Secretary of State Vale", false),
            ("President Vale's Speech on Ports", "President Vale", false),
            ("Excerpts of the President’s Address", "the President", false),
            ("Remarks by the President's Chief of Staff", "", false),
            ("Remarks by the Mayor to the National Council", "the Mayor", false),
            ("Remarks by the Mayor and Dr. Ana Vale", "the Mayor", true),
            ("Remarks by the Mayor--Port City", "the Mayor", false),
            ("Remarks by Kelmaran President Ana Vale", "President Ana Vale", false),
            ("PRESS AVAILABILITY", "", false),
            ("Weekly Address: Congress Should Act", "", false),
            ("Remarks by Prime Minister Ana al-Vale at Sea", "Prime Minister Ana al-Vale", false),
            ("President Vale Signs the Ports Act", "", false),
            ("Remarks by Ana Vale, Minister of Ports, at the Port", "Ana Vale", false),
            ("Remarks by Ana Vale, Tom Reed, and Others", "Ana Vale", true),
            ("Opening Remarks by the Vice President", "the Vice President", false),
            ("Remarks at the Meeting with President Vale", "", false),
            ("Ports for All", "", false),
            ("Statement on the Ports", "", false),
            ("Remarks by Vale", "", false),
            ("Statement of National Security Policy", "", false),
            ("Remarks by the White House", "", false),
        ] {
            let found = main_speaker(title);
            let found = found.map(|found| (found.named_as, found.is_one_of_several));
            let expected = (!named_as.is_empty()).then(|| (named_as.to_owned(), is_one_of_several));
            assert_eq!(found, expected, "{title}");
        }
    }
}
