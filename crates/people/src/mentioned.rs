//! Whole names in titles: `Press Briefing by Press Secretary Jay Carney, 5/3/2011`.

use crate::label::read_label;

/// The longest title that is looked at, in bytes.
const MAX_TITLE: usize = 600;

/// Words of titles between which names stand.
#[rustfmt::skip]
const PARTING: [&str; 24] = [
    "by", "and", "with", "to", "at", "on", "from", "in", "for", "after", "before", "following",
    "during", "honoring", "introducing", "congratulating", "welcoming", "announcing", "of", "via",
    "nominating", "aboard", "y", "con",
];

/// Lists the whole names in a title, each with the office before it.
pub(crate) fn names_in(title: &str) -> Vec<String> {
    let title = title.get(..title.floor_char_boundary(MAX_TITLE)).unwrap_or_default();
    let mut names = Vec::new();
    for part in title.split([';', ':', '&', '(', ')', '/', '–', '—', '"', '“', '”']) {
        for piece in part.split(',') {
            names.extend(names_between(piece));
        }
    }
    names
}

fn names_between(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let mut names = Vec::new();
    for start in 0..words.len() {
        let begins = start == 0
            || (words.get(start - 1).is_some_and(|word| is_parting(word))
                && !inside_office(&words, start - 1));
        if !begins {
            continue;
        }
        let rest = words.get(start..).unwrap_or_default();
        // An office may hold parting words: `Secretary of State Ana Vale`.
        let end = rest
            .iter()
            .enumerate()
            .find(|(at, word)| is_parting(word) && !inside_office(rest, *at))
            .map_or(rest.len(), |(at, _)| at);
        let name = rest.get(..end).unwrap_or_default().join(" ");
        let label = read_label(&name);
        if label.is_clean && (2..=5).contains(&label.name.len()) {
            names.push(name);
        }
    }
    names
}

fn is_parting(word: &str) -> bool {
    PARTING.iter().any(|parting| word.eq_ignore_ascii_case(parting))
}

/// Tells whether a joining word stands inside the name of an office: `Secretary of State`.
fn inside_office(words: &[&str], at: usize) -> bool {
    let is_office = |word: Option<&&str>| {
        word.is_some_and(|word| {
            let folded = crate::words::folded_words(word).concat();
            crate::office::is_office_word(&folded)
        })
    };
    let joins = words.get(at).is_some_and(|word| {
        ["of", "for", "and", "to"].iter().any(|joining| word.eq_ignore_ascii_case(joining))
    });
    let next = words.get(at + 1).filter(|word| !word.eq_ignore_ascii_case("the"));
    let next = next.or(words.get(at + 2));
    let is_head = |word: &&str| crate::office::is_head(&crate::words::folded_words(word).concat());
    let begins_other = words.get(at).is_some_and(|word| word.eq_ignore_ascii_case("and"))
        && next.is_some_and(is_head);
    joins && !begins_other && at > 0 && is_office(words.get(at - 1)) && is_office(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_titles() {
        for (title, expected) in [
            (
                "Press Briefing by Press Secretary Jay Carney, 5/3/2011",
                vec!["Press Secretary Jay Carney"],
            ),
            (
                "REMARKS BY THE PRESIDENT AND GOVERNOR JIM DOUGLAS OF VERMONT",
                vec!["GOVERNOR JIM DOUGLAS"],
            ),
            (
                "Remarks by Secretary of State Ana Vale and Tom Reed at the Port",
                vec!["Secretary of State Ana Vale", "Tom Reed"],
            ),
            ("Remarks by the President on Ports", vec![]),
        ] {
            assert_eq!(names_in(title), expected, "{title}");
        }
    }
}
