//! The phrases that tell what a header line is.

use super::speaker::begins_with_office;
use super::words::{
    count_words, is_all_capitals, is_joining, is_title_case, strip_any, strip_prefix_ignore_case,
};
use onrecord_model::DocumentKind;

#[rustfmt::skip]
const TITLE_STARTS: [&str; 74] = [
    "remarks", "statement", "statements", "address", "speech", "press conference",
    "press briefing", "press availability", "press gaggle", "joint", "news conference",
    "transcript", "excerpts", "excerpt", "commencement", "toast", "toasts", "readout",
    "interview", "radio", "weekly address", "your weekly address", "opening remarks",
    "closing remarks", "keynote", "eulogy", "message", "a proclamation", "proclamation",
    "presidential", "inaugural", "fact sheet", "testimony", "declaraciones", "declaración",
    "discurso", "palabras", "mensaje", "comentarios", "conversation", "discussion",
    "prepared remarks", "background", "text of", "letter", "executive order", "memorandum",
    "welcoming remarks", "welcome remarks", "video remarks", "state of the union", "lecture",
    "notice", "media note", "on-the-record", "oral statement", "written statement",
    "brief remarks", "informal remarks", "exchange", "farewell", "response", "written testimony",
    "written remarks", "rede", "ansprache", "discours", "allocution", "intervención",
    "speaking notes", "video message", "intervention", "opening statement", "closing statement",
];

/// First words of a salutation, if the line ends as salutations do.
#[rustfmt::skip]
const SALUTATIONS: [&str; 17] = [
    "dear", "ladies", "gentlemen", "members", "mr", "mrs", "madam", "friends", "your excellenc",
    "excellenc", "distinguished", "good morning", "good afternoon", "good evening",
    "vice president", "hon", "gentleman",
];

/// First words that only a salutation has.
const SURE_SALUTATIONS: [&str; 11] = [
    "fellow",
    "my fellow",
    "ladies and gentlemen",
    "gentlemen of",
    "thank you",
    "to the senate",
    "to the congress",
    "to the house",
    "_to the",
    "mr. president",
    "madam president",
];

/// Words in the first or second person: a body's, seldom a header's.
const PERSONS: [&str; 9] = ["I", "I'm", "I’m", "you", "we", "me", "my", "your", "you're"];

/// Tells whether someone speaks of himself or to others in a line.
pub(crate) fn has_person(text: &str) -> bool {
    let mut words = text.split([' ', '.', ',', '!', '?', ';', ':']);
    let first = words.next().unwrap_or_default();
    PERSONS.iter().any(|person| first.eq_ignore_ascii_case(person))
        || words.any(|word| PERSONS.contains(&word))
}

/// Words for public bodies.
#[rustfmt::skip]
const BODY_WORDS: [&str; 27] = [
    "administration", "agency", "army", "authority", "board", "bureau", "cabinet", "chancellery",
    "commission", "committee", "consulate", "delegation", "department", "directorate", "embassy",
    "forces", "government", "ministry", "mission", "navy", "office", "parliament", "secretariat",
    "representation", "service", "staff", "team",
];

/// Words for occasions that no hall or building is named after.
const EVENT_WORDS: [&str; 13] = [
    "conference",
    "congress",
    "debate",
    "forum",
    "hearing",
    "meeting",
    "seminar",
    "session",
    "summit",
    "symposium",
    "week",
    "workshop",
    "roundtable",
];

/// Words for sorts of places.
#[rustfmt::skip]
const PLACE_WORDS: [&str; 62] = [
    "academy", "airport", "arena", "auditorium", "avenue", "ballroom", "base", "building",
    "capitol", "castle", "cathedral", "cemetery", "center", "centre", "church", "club", "college",
    "convention", "embassy", "factory", "fairgrounds", "field", "foyer", "gallery", "garden",
    "hall", "headquarters", "hospital", "hotel", "house", "institute", "kremlin", "lawn",
    "library", "mall", "mansion", "memorial", "monument", "mosque", "museum", "office", "palace",
    "park", "pentagon", "plant", "plaza", "portico", "ranch", "residence", "resort", "restaurant",
    "room", "school", "square", "stadium", "station", "street", "temple", "terminal", "theater",
    "theatre", "university",
];

/// Last words of titles that begin with the name of a place: "Port City University Lecture".
const SPEECH_WORDS: [&str; 6] =
    ["address", "commencement", "lecture", "remarks", "speech", "statement"];

/// Tells whether a line begins as titles of speeches and releases do.
pub(crate) fn is_title_start(text: &str) -> bool {
    let text = text.trim_start_matches(['"', '“', '*']);
    text.starts_with(char::is_uppercase) && strip_any(text, &TITLE_STARTS).is_some()
}

/// Tells whether a word names a sort of place.
pub(crate) fn is_place_word(word: &str) -> bool {
    PLACE_WORDS.iter().any(|place| word.eq_ignore_ascii_case(place))
}

/// Tells whether a line may name a place: a sort of place in it, or a town and its country.
pub(crate) fn is_place(text: &str) -> bool {
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let is_sentence = text
        .split_whitespace()
        .any(|word| word.len() > 5 && word.find('.') == Some(word.len() - 1));
    if is_sentence || count_words(text, 15) > 14 || text.contains([':', '?', '!', '[']) {
        return false;
    }
    let names_place = text.split(|c: char| !c.is_alphanumeric()).any(is_place_word);
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let names_speech = SPEECH_WORDS.iter().any(|speech| last.eq_ignore_ascii_case(speech));
    is_title_case(text) && (names_place || is_town(text)) && !names_speech
}

/// Tells whether a line may name a town and its state or country: `Port City, Maine`.
pub(crate) fn is_town(text: &str) -> bool {
    text.split_once(',').is_some_and(|(town, country)| {
        count_words(town, 6) <= 5
            && (1..=3).contains(&count_words(country, 5))
            && is_title_case(country)
            && !town.split_whitespace().any(begins_with_office)
            && !begins_with_office(country)
    })
}

/// Tells whether a word is one for public bodies, in whatever case.
pub(crate) fn is_body_word(word: &str) -> bool {
    BODY_WORDS.iter().any(|body| word.eq_ignore_ascii_case(body))
}

/// Tells whether a line names a public body: `Ministry of Ports`, `Ports Authority of Maine`.
pub(crate) fn names_body(text: &str) -> bool {
    let is_word = is_body_word;
    let words: Vec<&str> = text.split_whitespace().take(13).collect();
    let joined = words.windows(2).any(|pair| {
        let [word, next] = pair else { return false };
        is_word(word) && (next.eq_ignore_ascii_case("of") || next.eq_ignore_ascii_case("for"))
    });
    let ends = words.last().is_some_and(|word| is_word(word)) && words.len() >= 2;
    words.len() <= 12
        && (joined || ends)
        && !text.ends_with(['.', ',', ':', ';', '?', '!'])
        && !(text.contains(',') && begins_with_office(text))
        && (is_title_case(text) || is_all_capitals(text))
}

/// Tells whether a line names an occasion: `Before the Committee on Ports`, `Harbour Forum`.
pub(crate) fn is_event(text: &str) -> bool {
    let is_word = |word: &str| EVENT_WORDS.iter().any(|event| word.eq_ignore_ascii_case(event));
    strip_any(text, &["before the"]).is_some()
        || (count_words(text, 13) <= 12 && text.split(|c: char| !c.is_alphanumeric()).any(is_word))
}

/// Tells whether a line begins and ends as a title may that no keyword marks.
pub(crate) fn has_title_end(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    !text.ends_with(['.', ',', ':', ';', '!', '?', '-', '—', '_'])
        && !text.starts_with(['•', '(', '[', '*', '-', '_'])
        && !["to", "by", "hon.", "dear"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// Tells whether a line goes on with the title that the line before it began.
pub(crate) fn continues_title(before: &str, line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let is_article = first.eq_ignore_ascii_case("the") || first.eq_ignore_ascii_case("a");
    let capitals = is_all_capitals(before) && is_all_capitals(line);
    (is_joining(first) && !is_article)
        || is_joining(last)
        || before.ends_with([':', '-'])
        || (before.ends_with(',') && (capitals || !is_place(line)))
        || (capitals && !is_place(&onrecord_text::in_title_case(line)))
}

/// Tells whether a line cannot stand alone: it ends in a word that joins, a comma or a hyphen.
pub(crate) fn breaks_off(line: &str) -> bool {
    line.ends_with([',', '-']) || line.split_whitespace().next_back().is_some_and(is_joining)
}

/// Tells whether a name is that of an office that puts texts out, whatever stands around it.
pub(crate) fn is_press_office(name: &str) -> bool {
    let starts = ["the white house", "office of", "bureau of", "press", "permanent mission"];
    strip_any(name, &starts).is_some()
}

/// Kinds of documents as lines of their own name them. The first ones are never titles; the others
/// are where nothing else is.
const KINDS: [(&str, DocumentKind); 14] = [
    ("fact sheet", DocumentKind::FactSheet),
    ("factsheet", DocumentKind::FactSheet),
    ("press release", DocumentKind::PressRelease),
    ("news release", DocumentKind::PressRelease),
    ("media release", DocumentKind::PressRelease),
    ("media note", DocumentKind::PressRelease),
    ("testimony", DocumentKind::Testimony),
    ("press statement", DocumentKind::PressRelease),
    ("statement", DocumentKind::PressRelease),
    ("transcript", DocumentKind::Transcript),
    ("speech", DocumentKind::Speech),
    ("speeches", DocumentKind::Speech),
    ("remarks", DocumentKind::Speech),
    ("communiqué", DocumentKind::PressRelease),
];

/// The first of [`KINDS`] that are never titles.
const N_SURE_KINDS: usize = 7;

/// Returns the kind that a line names, where it says nothing else but a number, and whether such a
/// line is never a title.
pub(crate) fn kind_line(line: &str) -> Option<(DocumentKind, bool)> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    let (at, (_, kind)) = KINDS.iter().enumerate().find(|(_, (name, _))| {
        strip_any(line, &[name]).is_some_and(|rest| {
            rest.split(|c: char| !c.is_alphanumeric()).all(|word| {
                matches!(word, "" | "no" | "No" | "NO" | "nr" | "Nr") || is_number(word)
            })
        })
    })?;
    Some((*kind, at < N_SURE_KINDS || line.ends_with(|c: char| c.is_ascii_digit())))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Tells whether a line may be a headline written as a sentence: "Ministry opens a third basin".
pub(crate) fn is_headline(text: &str) -> bool {
    (3..=16).contains(&count_words(text, 17))
        && text.starts_with(char::is_uppercase)
        && !is_title_case(text)
        && has_title_end(text)
        && !has_person(text)
        && !is_salutation(text)
}

/// Tells whether a line greets those who listen.
pub(crate) fn is_salutation(text: &str) -> bool {
    let begins = |starts: &[&str]| {
        starts.iter().any(|start| strip_prefix_ignore_case(text, start).is_some())
    };
    begins(&SURE_SALUTATIONS)
        || (begins(&SALUTATIONS) && text.ends_with([',', ':', '!', '.', '-', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        for (line, title, place, salutation) in [
            ("Remarks by the Mayor", true, false, false),
            ("remarks by the mayor", false, false, false),
            ("Remarkable Harbours", false, false, false),
            ("Port City, Maine", false, true, false),
            ("(Cairo,Egypt)", false, true, false),
            ("East Room", false, true, false),
            ("St. Regis Hotel", false, true, false),
            ("Behave yourself. It is the House", false, false, false),
            ("Fellow Citizens of the Senate", false, false, true),
            ("Gentlemen,", false, false, true),
            ("Gentlemen of Verona Theatre", false, true, true),
            ("Members Club", false, true, false),
            ("Director-General, Ports Authority", false, false, false),
        ] {
            let found = (is_title_start(line), is_place(line), is_salutation(line));
            assert_eq!(found, (title, place, salutation), "{line}");
        }
        for (line, body, event) in [
            ("Ministry of Ports", true, false),
            ("National Ports Response Team of Maine", true, false),
            ("PRESS OFFICE", true, false),
            ("Port City, Maine", false, false),
            ("Before the Committee on Ports", false, true),
            ("Small Harbours Forum", false, true),
        ] {
            assert_eq!((names_body(line), is_event(line)), (body, event), "{line}");
        }
        for (line, expected) in [
            ("The Harbour We Share", false),
            ("We share a harbour", true),
            ("A harbour that we share", true),
        ] {
            assert_eq!(has_person(line), expected, "{line}");
        }
        for (before, line, expected) in [
            ("REMARKS BY THE MAYOR", "AT THE OLD PORT", true),
            ("REMARKS BY THE MAYOR", "EAST ROOM", false),
            ("REMARKS BY THE MAYOR", "The Old Port", false),
            ("Remarks by the Mayor", "to the Harbour Board", true),
            ("REMARKS AT SIGNING OF", "THE PORTS ACT", true),
        ] {
            assert_eq!(continues_title(before, line), expected, "{before} / {line}");
        }
    }
}
