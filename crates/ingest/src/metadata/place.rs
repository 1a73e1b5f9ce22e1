//! What may stand in the field `place`: in doubt nothing.

use super::phrases::{is_body_word, is_place_word, is_town};
use super::words::{count_words, is_title_case};

/// The longest place, in bytes: a hall, its building, its town and country.
const MAX_PLACE: usize = 120;

/// The most words of a name that holds no word for a sort of place.
const MAX_WORDS: usize = 6;

/// The most digits of a number in a place: of a house, a room or a street.
const MAX_DIGITS: usize = 5;

/// First words of persons' names.
#[rustfmt::skip]
const PERSONAL_TITLES: [&str; 16] = [
    "rep", "reps", "sen", "sens", "mr", "mrs", "ms", "dr", "hon", "prof", "sir", "dame",
    "senator", "representative", "congressman", "congresswoman",
];

/// Words for papers, which no place is named after.
#[rustfmt::skip]
const PAPERS: [&str; 16] = [
    "act", "agenda", "amendment", "annex", "appendix", "article", "bill", "chapter", "dated",
    "item", "minutes", "motion", "report", "resolution", "section", "subject",
];

/// Returns the name of a place that words of a header may be, without a postal code.
pub(super) fn place_in(text: &str) -> Option<&str> {
    let text = without_date_joint(without_postal_code(text.trim()));
    let has_place_word = words_of(text).any(is_place_word);
    let is_named_so = has_place_word || is_town(text) || count_words(text, 7) <= MAX_WORDS;
    let has_body_word = words_of(text).any(is_body_word);
    let is_other = is_zone_of_time(text)
        || has_party(text)
        || (has_personal_title(text) && !has_place_word)
        || (has_body_word && !has_place_word)
        || words_of(text).any(is_paper);
    (is_written_as_one(text) && is_named_so && is_title_case(text) && !is_other).then_some(text)
}

/// Returns a place that a line names as such, without a postal code: `Place: Harbour Hall`.
pub(super) fn stated_place(text: &str) -> Option<&str> {
    let text = without_postal_code(text.trim());
    is_written_as_one(text).then_some(text)
}

/// Tells whether words are short, on one line, without numbers but one of a house or room.
pub(super) fn is_written_as_one(text: &str) -> bool {
    let mut numbers = words_of(text).filter(|word| word.contains(|c: char| c.is_numeric()));
    let n_digits = |word: &str| word.chars().filter(|c| c.is_numeric()).count();
    !text.is_empty()
        && text.len() <= MAX_PLACE
        && !text.contains(char::is_control)
        && numbers.next().is_none_or(|word| n_digits(word) <= MAX_DIGITS)
        && numbers.next().is_none()
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_paper(word: &str) -> bool {
    PAPERS.iter().any(|paper| word.eq_ignore_ascii_case(paper))
}

/// Cuts off a postal code behind a town and its state: `Washington, D.C. 20503-0001`.
fn without_postal_code(text: &str) -> &str {
    let Some((before, code)) = text.rsplit_once(' ') else { return text };
    let digits = code.replacen('-', "", 1);
    let is_code =
        (4..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_state = before.contains(',');
    if is_code && has_state { before.trim_end_matches([',', ' ']) } else { text }
}

/// Cuts off what joins a town to a date behind it: `Paris, le 14 juillet`, `Bonn, den 14. Juli`.
fn without_date_joint(text: &str) -> &str {
    let town = text.strip_suffix(" le").or_else(|| text.strip_suffix(" den"));
    town.map_or(text, |town| town.trim_end_matches(','))
}

/// Tells whether words name a zone of time: `Arabian Standard Time`.
fn is_zone_of_time(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.split_whitespace().next_back().is_some_and(|last| last.eq_ignore_ascii_case("time"))
}

fn has_personal_title(text: &str) -> bool {
    let first = words_of(text).next().unwrap_or_default();
    PERSONAL_TITLES.iter().any(|title| first.eq_ignore_ascii_case(title))
}

/// Tells whether a word gives the party and state of a member: `R-KY`, `(D-Mich.)`.
fn has_party(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.split_once(['-', '–']).is_some_and(|(party, state)| {
            matches!(party, "R" | "D" | "I")
                && (2..=5).contains(&state.len())
                && state.starts_with(char::is_uppercase)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_a_place_is_one() {
        for (text, expected) in [
            ("Harbour Hall", Some("Harbour Hall")),
            ("12 Quay Street", Some("12 Quay Street")),
            ("Room 450", Some("Room 450")),
            ("Lima", Some("Lima")),
            ("Lyon, le", Some("Lyon")),
            ("Port City, Maine", Some("Port City, Maine")),
            ("Port City, M.E. 04101", Some("Port City, M.E.")),
            ("PORT CITY, ME 04101-1234", Some("PORT CITY, ME")),
            ("Dr. Ana Vale Library", Some("Dr. Ana Vale Library")),
            ("The Old Club of the Army and Navy", Some("The Old Club of the Army and Navy")),
            ("Atlantic Standard Time", None),
            ("Lima Time", None),
            ("(Lima Time)", None),
            ("Rep. Vale, R-ME", None),
            ("Vale, D-Maine", None),
            ("Senator Ana Vale, Maine", None),
            ("REPORT OF THE HARBOUR BOARD", None),
            ("Ports Committee", None),
            ("Harbour Hall\tItem", None),
            ("Rooms 4, 5 and 6 House", None),
            ("Hall 1234567", None),
            ("A Long Way Round the Old Port", None),
            ("by the harbour", None),
            ("", None),
        ] {
            assert_eq!(place_in(text), expected, "{text}");
        }
        assert_eq!(place_in(&"Hall ".repeat(40)), None);
        assert_eq!(stated_place("on the quay"), Some("on the quay"));
        assert_eq!(stated_place("the quay\tand more"), None);
    }
}
