//! Whom a pronoun stands for, where only one person can be meant.

use crate::lexicon::{DETERMINERS, ROLES};
use crate::source::{Phrase, is_name_word, phrase_after};
use crate::words::{Piece, Token};

/// How far before a pronoun persons are looked for, in tokens.
const MAX_BACK: usize = 60;
/// How many sentences before its own.
const MAX_SENTENCES: usize = 2;

/// Titles that only men or only women bear, and nouns for the one or the other.
const MALE: &[&str] = &[
    "mr",
    "mr.",
    "sir",
    "lord",
    "king",
    "prince",
    "chairman",
    "spokesman",
    "congressman",
    "man",
    "father",
    "dad",
    "brother",
    "son",
    "husband",
    "grandfather",
    "grandpa",
    "uncle",
];
const FEMALE: &[&str] = &[
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "queen",
    "princess",
    "chairwoman",
    "spokeswoman",
    "congresswoman",
    "woman",
    "mother",
    "mom",
    "sister",
    "daughter",
    "wife",
    "grandmother",
    "grandma",
    "aunt",
];

/// Finds the one person that `he` or `she` at `pronoun` can mean; none where two are possible.
pub(crate) fn antecedent(tokens: &[Token<'_>], pronoun: usize) -> Option<Phrase> {
    let word = tokens.get(pronoun)?.folded.split('\'').next()?;
    let other = match word {
        "he" | "his" => FEMALE,
        "she" | "her" => MALE,
        _ => return None,
    };
    (0..=MAX_SENTENCES)
        .map(|n_sentences| {
            persons(tokens, window_start(tokens, pronoun, n_sentences), pronoun, other)
        })
        .find(|found| *found != Persons::None)
        .and_then(|found| match found {
            Persons::One(phrase) => Some(phrase),
            Persons::None | Persons::Several => None,
        })
}

/// The persons in a stretch of words.
#[derive(PartialEq)]
enum Persons {
    None,
    One(Phrase),
    Several,
}

/// Finds the persons from `start` to `pronoun`, but for those of the other sex.
fn persons(tokens: &[Token<'_>], start: usize, pronoun: usize, other: &[&str]) -> Persons {
    let mut found: Option<Phrase> = None;
    let mut at = start;
    while at < pronoun {
        let Some(phrase) = person_at(tokens, at, pronoun) else {
            at += 1;
            continue;
        };
        at = phrase.end;
        let words = tokens.get(phrase.clone()).unwrap_or_default();
        if words.iter().any(|token| other.contains(&token.folded.as_str())) {
            continue;
        }
        // `Ada Vale, Mayor of Reed,` is one person.
        let is_apposition = found.as_ref().is_some_and(|known| {
            known.end + 1 == phrase.start
                && tokens.get(known.end).is_some_and(|token| token.is_stop(&[',']))
        });
        if is_apposition {
            continue;
        }
        match &found {
            Some(known) if !is_same(tokens, known, &phrase) => return Persons::Several,
            Some(known) if known.len() >= phrase.len() => {}
            Some(_) | None => found = Some(phrase),
        }
    }
    found.map_or(Persons::None, Persons::One)
}

/// Returns where the sentence begins that is so many before the one of the pronoun.
fn window_start(tokens: &[Token<'_>], pronoun: usize, n_sentences: usize) -> usize {
    let mut at = pronoun;
    let mut n_starts = 0;
    while at > 0 && pronoun - at < MAX_BACK {
        if tokens.get(at).is_some_and(|token| token.starts_sentence) {
            n_starts += 1;
            if n_starts > n_sentences {
                break;
            }
        }
        at -= 1;
    }
    at
}

/// Reads a person at `at`: a name with a title, a whole name that begins a clause, a role with
/// its determiner.
fn person_at(tokens: &[Token<'_>], at: usize, end: usize) -> Option<Phrase> {
    let token = tokens.get(at)?;
    let leads = [
        "that", "was", "is", "as", "when", "and", "but", "because", "quoting", "what", "how",
        "where",
    ];
    let opens = at == 0
        || token.starts_sentence
        || tokens.get(at - 1).is_some_and(|before| !before.is_word() || before.is_any(&leads));
    let is_determiner = token.is_any(&DETERMINERS)
        && !token.is_any(&["this", "that", "no", "any", "every", "each", "his", "her", "their"]);
    let is_pointed_at = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|before| {
        before.is_any(DETERMINERS) || (before.is_word() && before.folded.ends_with("'s"))
    });
    if !(is_determiner || is_name_word(token)) || (is_pointed_at && !is_determiner) {
        return None;
    }
    let phrase = phrase_after(tokens, at).filter(|phrase| phrase.end <= end)?;
    let words = tokens.get(phrase.clone())?;
    let last = words.last()?;
    let has_role = words.iter().any(|word| is_role(word) || is_title(word));
    let is_anybody = words.iter().any(|word| word.is_any(ANYBODY));
    let is_whole_name = opens
        && (2..=4).contains(&words.len())
        && words.iter().all(is_name_word)
        && tokens
            .get(phrase.end)
            .is_some_and(|next| next.is_stop(&[',']) || next.is_word() && !next.is_capitalised());
    // A role alone needs its determiner: `the Speaker`, and not `as Speaker`.
    let is_bare = !is_determiner && words.iter().all(is_role);
    let is_praised = is_determiner
        && words.get(1).is_some_and(|word| word.is_any(PRAISING))
        && words.iter().rev().take_while(|word| is_name_word(word)).count() >= 2;
    let names_role = is_praised || has_role && !is_bare && (is_role(last) || is_name_word(last));
    (!is_anybody && (names_role || is_whole_name)).then_some(phrase)
}

/// Adjectives between a determiner and the name of someone: `the great Ada Vale`.
const PRAISING: &[&str] = &[
    "great",
    "late",
    "former",
    "famous",
    "renowned",
    "legendary",
    "young",
    "old",
    "extraordinary",
];

/// Nouns that stand for anybody, and name no one to whom a pronoun leads back.
const ANYBODY: &[&str] =
    &["guy", "man", "woman", "boy", "girl", "child", "kid", "lady", "gentleman", "member"];

fn is_role(token: &Token<'_>) -> bool {
    let bare = token.folded.strip_suffix("'s").unwrap_or(&token.folded);
    token.is_word() && ROLES.contains(&bare)
}

fn is_title(token: &Token<'_>) -> bool {
    token.is_any(&[
        "mr.", "mr", "mrs.", "mrs", "ms.", "ms", "dr.", "dr", "sen.", "gov.", "gen.", "rep.",
        "sir", "lord", "judge",
    ])
}

/// Tells whether two phrases end in the same word: `President Vale` and `Ada Vale`.
fn is_same(tokens: &[Token<'_>], one: &Phrase, other: &Phrase) -> bool {
    let last = |phrase: &Phrase| {
        let token = phrase.end.checked_sub(1).and_then(|at| tokens.get(at))?;
        (token.piece == Piece::Word).then(|| token.folded.trim_end_matches("'s"))
    };
    last(one) == last(other)
}
