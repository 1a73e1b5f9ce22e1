//! Reports before a quotation: `Ada Vale said, “…”`.

use crate::cue::{Cue, Form, may_precede_base, read_cue};
use crate::finding::{Asked, Finding};
use crate::lexicon::{BE, DETERMINERS};
use crate::reason::{is_clause, is_sentence, is_titled};
use crate::source::{agent_of, is_name_word, subject_of};
use crate::wording::{paper_of, words_of};
use crate::words::{Piece, Token};
use onrecord_model::AttributionRule;

/// How far, where no stop parts the words from the sentence that reports them.
pub(crate) const MAX_WOVEN: usize = 24;

/// Finds a verb of speech and its subject, or a noun for someone's words, before the marks.
pub(crate) fn cue_before(asked: &Asked<'_>) -> Option<Finding> {
    let start = asked.sentence_start();
    if start >= asked.at {
        return None;
    }
    for at in (start..asked.at).rev() {
        let token = asked.token(at)?;
        let found = words_of(asked, at).or_else(|| {
            let (cue, form) = read_cue(token, asked.token(at + 1))?;
            reported(asked, start, at, (cue, form))
        });
        if found.is_some() {
            return found;
        }
        if found.is_none() && token.is_any(&["like"]) && asked.at - at <= 2 {
            return was_like(asked, start, at);
        }
        // What something is called is a name, whoever says so: `he said we call it “…”`.
        let names = read_cue(token, asked.token(at + 1)).is_some_and(|(cue, _)| cue == Cue::Naming);
        if names && asked.at - at <= 4 && !is_noun(asked, start, at) {
            return None;
        }
    }
    None
}

/// Reads `she was like, “…”`; `it was like` compares, and reports nobody.
fn was_like(asked: &Asked<'_>, start: usize, like: usize) -> Option<Finding> {
    let be = like.checked_sub(1).filter(|be| *be >= start)?;
    let token = asked.token(be)?;
    let subject = if token.is_any(BE) { be.checked_sub(1).filter(|at| *at >= start)? } else { be };
    let word = asked.token(subject)?;
    let is_person = word
        .is_any(&["i", "he", "she", "they", "we", "i'm", "he's", "she's", "they're"])
        || token.is_any(BE) && is_name_word(word);
    let finding = Finding::new(AttributionRule::CueBefore, subject..subject + 1, 0.75);
    is_person.then_some(Finding { cue: Some(like..like + 1), ..finding })
}

/// Verbs that also do many other things: they report only what stands right behind them.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "provide", "provides", "provided", "providing", "sign", "signs", "signed", "order", "orders",
    "ordered", "sing", "sings", "sang", "read", "reads", "require", "requires", "required",
    "continue", "continues", "continued", "held", "holds", "express", "expresses", "expressed",
    "cite", "cites", "cited", "request", "requests", "requested", "charge", "charged", "charges",
    "command", "commanded", "appeal", "appealed", "appeals", "speak", "spoke", "speaks", "hear",
    "heard", "hears", "teach", "taught", "teaches", "agree", "agreed", "agrees", "add", "added",
    "adds", "goes", "went", "go", "propose", "proposed", "consider", "considers", "considered",
    "identify", "identified", "identifies", "sung", "signal", "think", "thought", "confirm",
    "confirmed", "report", "recommend", "guarantee", "guarantees", "guaranteed", "prohibit",
    "prohibits", "prohibited", "forbid", "forbids",
];

/// Judges the verb at `verb`: whether it reports the marks, and whose verb it is.
fn reported(
    asked: &Asked<'_>,
    start: usize,
    verb: usize,
    (cue, form): (Cue, Form),
) -> Option<Finding> {
    let tokens = asked.tokens;
    let token = asked.token(verb)?;
    let before = verb.checked_sub(1).filter(|at| *at >= start).and_then(|at| tokens.get(at));
    let is_base = form == Form::Present && !token.folded.ends_with('s');
    // `What did Ada Vale say?`
    let is_asked = tokens
        .get(start.max(verb.saturating_sub(6))..verb)
        .is_some_and(|before| before.iter().any(|t| t.is_any(&["did", "does", "would", "let"])));
    let is_noun = is_noun(asked, start, verb)
        || is_base && !is_asked && before.is_some_and(|before| !may_precede_base(before));
    if is_noun || is_quoting_phrase(asked, start, verb) {
        return None;
    }
    let gap = tokens.get(verb + 1..asked.at)?;
    let is_apart = is_apart(asked, gap);
    let is_near = gap.len() <= 3
        || (is_apart && is_sentence(asked.words))
        || gap.first().is_some_and(|token| token.is_any(&["that"]));
    if (WEAK.contains(&token.folded.as_str()) && !is_near) || gap.iter().any(|t| t.is_stop(&[';']))
    {
        return None;
    }
    // `she quoted Ada Vale: “…”` tells that the words are not hers.
    let quotes_another =
        token.is_any(&["quoted", "quotes", "quoting"]) && gap.first().is_some_and(is_name_word);
    if quotes_another {
        return None;
    }
    let source = subject_of(tokens, start, verb)
        .or_else(
            || if gap.iter().any(|t| t.is_any(&["by"])) { agent_of(tokens, verb) } else { None },
        )
        .or_else(|| paper_of(asked, verb))?;
    let subject = tokens.get(source.end - 1)?;
    let is_self = subject.is_any(&["i", "we"])
        || subject.folded.starts_with("i'")
        || subject.folded.starts_with("we'");
    let is_general = is_self
        || subject.is_any(&["they", "it", "people", "some", "you", "many", "others", "one"]);
    let is_title =
        is_titled(asked.words) && gap.len() > 1 && !asked.words.ends_with(['.', '!', '?']);
    if is_title {
        return None;
    }
    match cue {
        Cue::Naming if is_general || is_titled(asked.words) => return None,
        Cue::Speech | Cue::Naming => {}
    }
    let n_words = asked.words.split_whitespace().count();
    let is_own = is_self && (gap.len() > 1 || n_words < 4);
    // `he said, I thank you for ending “…”` tells his words without marks.
    let is_told = gap.first().is_some_and(|token| token.is_stop(&[',']))
        && gap.iter().any(|token| token.is_any(&["i", "we", "you"]));
    // `these basic pledges` is no verb with its subject.
    let is_plural = tokens.get(source.start)?.is_any(&["these", "those", "both", "many"]);
    let is_third = form == Form::Present && !is_base;
    if is_plural && is_third {
        return None;
    }
    let is_nobody = tokens.get(source.start)?.is_any(&["no", "nobody"]);
    // What a saying says is nobody's, and a headline is a title.
    let is_saying =
        subject.is_any(&["saying", "adage", "expression", "slogan", "motto", "headline"]);
    if is_nobody || is_saying || !is_apart && is_told {
        return None;
    }
    if !is_apart && (is_own || is_titled(asked.words)) {
        return None;
    }
    if !is_apart && gap.len() > MAX_WOVEN {
        return None;
    }
    let rule =
        if cue == Cue::Naming { AttributionRule::Naming } else { AttributionRule::CueBefore };
    let confidence = match (is_apart, gap.len()) {
        (true, 0..=6) => 0.95,
        (true, _) => 0.85,
        (false, 0..=6) => 0.85,
        (false, _) => 0.7,
    };
    Some(Finding { rule, source: Some(source), cue: Some(verb..verb + 1), confidence, is_apart })
}

/// Tells whether a word that may be a verb of speech is a noun here: `the call`, `of words`.
fn is_noun(asked: &Asked<'_>, start: usize, verb: usize) -> bool {
    let before = verb.checked_sub(1).filter(|at| *at >= start).and_then(|at| asked.token(at));
    let is_gerund = asked.token(verb).is_some_and(|token| token.folded.ends_with("ing"));
    // `many said` and `one says` have subjects, `many states` is one.
    let is_singular = asked.token(verb).is_some_and(|token| token.folded.ends_with('s'));
    let subjects: &[&str] = if is_singular {
        &["that", "this", "one", "it"]
    } else {
        &["that", "this", "all", "both", "many", "some", "one"]
    };
    before.is_some_and(|t| {
        t.is_any(DETERMINERS) && !t.is_any(subjects)
            || t.is_any(&["of", "for", "with", "from", "into"]) && !is_gerund
    })
}

/// Tells whether the words stand apart from what reports them.
pub(crate) fn is_apart(asked: &Asked<'_>, gap: &[Token<'_>]) -> bool {
    gap.is_empty() && is_sentence(asked.words)
        || gap.last().is_some_and(|token| {
            token.is_stop(&[',', ':', '.', '?', '…'])
                || token.piece == Piece::Remark
                || token.piece == Piece::Dash && (gap.len() <= 6 || is_clause(asked.words))
                || token.is_any(&["that", "like"])
        })
}

/// Tells whether a verb only announces a quotation, `and I quote`, and another one reports it.
fn is_quoting_phrase(asked: &Asked<'_>, start: usize, verb: usize) -> bool {
    let is_quote = asked.token(verb).is_some_and(|t| t.is_any(&["quote", "quoting"]));
    let before = asked.tokens.get(start.max(verb.saturating_sub(3))..verb).unwrap_or_default();
    is_quote && before.iter().any(|token| token.is_any(&["i", "i'm", "i'll", "we", "me", "will"]))
}
