//! Nouns and papers that stand for the words: `in the words of Ada Vale`, `as stated in the Charter`.

use crate::before::{MAX_WOVEN, is_apart};
use crate::finding::{Asked, Finding};
use crate::lexicon::{PAPERS, ROLES, WORDINGS};
use crate::source::{Phrase, is_name_word, nouns_before, phrase_after};
use crate::words::Token;
use onrecord_model::AttributionRule;

/// Finds the paper that a participle points to: `as stated in the Charter`.
pub(crate) fn paper_of(asked: &Asked<'_>, verb: usize) -> Option<Phrase> {
    let token = asked.token(verb)?;
    if !token.folded.ends_with("ed") && !token.is_any(&["written", "said", "put"]) {
        return None;
    }
    let preposition = asked.token(verb + 1)?;
    if preposition.is_any(&["by"]) {
        return phrase_after(asked.tokens, verb + 2);
    }
    let paper = preposition.is_any(&["in"]).then(|| paper_after(asked.tokens, verb + 2))?;
    paper
}

/// Finds the paper that is named from `start` on: `the Reed Port outcome document`.
pub(crate) fn paper_after(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let phrase = phrase_after(tokens, start)?;
    if is_paper(tokens, &phrase) {
        return Some(phrase);
    }
    let noun = (phrase.end..phrase.end + 4)
        .take_while(|at| tokens.get(*at).is_some_and(|token| !token.is_stop(&[',', ':', ';', '.'])))
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_any(PAPERS)))?;
    Some(phrase.start..noun + 1)
}

fn is_paper(tokens: &[Token<'_>], phrase: &Phrase) -> bool {
    tokens.get(phrase.clone()).unwrap_or_default().iter().any(|token| token.is_any(&PAPERS))
}

/// Reads a noun that stands for someone's words, at `at`: `in the words of Ada Vale, “…”`,
/// `Ada Vale's warning that “…”`, `according to Ada Vale, “…”`.
pub(crate) fn words_of(asked: &Asked<'_>, at: usize) -> Option<Finding> {
    let tokens = asked.tokens;
    let token = asked.token(at)?;
    let before = at.checked_sub(1).and_then(|at| asked.token(at));
    let source = if token.is_any(&["quote", "quoting", "quotes", "cite", "citing", "paraphrase"]) {
        let from = if asked.token(at + 1)?.is_any(&["from"]) { at + 2 } else { at + 1 };
        phrase_after(tokens, from).filter(|source| source.end <= asked.at)?
    } else if token.is_any(&["in"]) {
        let leads = before.is_some_and(|word| word.is_any(LAID_DOWN))
            || before.is_some_and(|word| word.is_any(&["out", "down", "forth"]));
        leads.then(|| paper_after(tokens, at + 1))??
    } else if token.is_any(&["of", "to", "from", "by"]) {
        let leads = before.is_some_and(|word| {
            (token.is_any(&["of", "from", "by"]) && word.is_any(&WORDINGS))
                || (token.is_any(&["to"]) && word.is_any(&["according"]))
                || (token.is_any(&["by"])
                    && word.is_any(&[
                        "put",
                        "stated",
                        "said",
                        "expressed",
                        "written",
                        "spoken",
                        "uttered",
                    ]))
        });
        leads.then(|| phrase_after(tokens, at + 1))??
    } else if token.is_any(&WORDINGS) {
        possessor(tokens, at)?
    } else {
        return None;
    };
    let names_someone = source.len() == 1 && tokens.get(source.start)?.is_any(&["his", "her"])
        || tokens
            .get(source.clone())?
            .iter()
            .any(|t| is_name_word(t) || t.is_any(&ROLES) || t.is_any(&PAPERS));
    let end = source.end.max(at + 1);
    let gap = tokens.get(end..asked.at)?;
    let is_apart = gap.is_empty() || is_apart(asked, gap);
    let is_placed = gap.first().is_some_and(|t| t.is_any(&["at", "in", "on", "for", "with"]));
    if !names_someone || gap.len() > MAX_WOVEN || (!is_apart && (gap.len() > 8 || is_placed)) {
        return None;
    }
    let finding = Finding::new(AttributionRule::WordsOf, source, 0.88);
    Some(Finding { cue: Some(at..at + 1), is_apart, ..finding })
}

/// Participles before `in` and the paper that says the words.
const LAID_DOWN: &[&str] = &[
    "enshrined",
    "reflected",
    "contained",
    "embodied",
    "expressed",
    "stated",
    "written",
    "found",
    "articulated",
    "laid",
    "set",
    "described",
    "proclaimed",
    "inscribed",
    "recorded",
];

/// Reads the name before a noun that belongs to it: `Ada Vale's famous words`, `her own words`.
fn possessor(tokens: &[Token<'_>], noun: usize) -> Option<Phrase> {
    let pronoun = (noun.saturating_sub(2)..noun)
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_any(&["his", "her"])));
    if let Some(pronoun) = pronoun {
        return Some(pronoun..pronoun + 1);
    }
    let owner = (noun.saturating_sub(3)..noun).rev().find(|at| {
        tokens
            .get(*at)
            .is_some_and(|t| t.is_word() && (t.folded.ends_with("'s") || t.folded.ends_with("s'")))
    })?;
    let start = owner.saturating_sub(8);
    nouns_before(tokens, start, owner + 1)
}
