use super::context::{Context, Near, covering};
use super::{Caution, CautionKind};
use onrecord_model::Span;

/// Verbs that put something forward to be tried.
const TRIALS: &[&str] = &["suppose", "imagine", "assume", "pretend"];

/// Words that may stand before such a verb where it bids the listener.
const BIDDING: &[&str] =
    &["and", "but", "now", "just", "so", "or", "then", "let", "us", "let's", "to", "for", "only"];

/// Verbs that put words into someone's mouth.
const SPEECH: &[&str] =
    &["say", "argue", "claim", "ask", "contend", "object", "suggest", "tell", "insist", "think"];

/// The same behind `it may be`.
const SPOKEN: &[&str] = &[
    "said",
    "argued",
    "objected",
    "urged",
    "asked",
    "thought",
    "suggested",
    "alleged",
    "contended",
    "supposed",
    "claimed",
];

const MAY: &[&str] = &["would", "might", "may", "will", "could", "can"];

/// Whose speech is imagined: no person that is known.
const ANYONE: &[&str] = &[
    "some",
    "one",
    "you",
    "people",
    "critics",
    "they",
    "opponents",
    "others",
    "skeptics",
    "sceptics",
    "someone",
    "somebody",
    "cynics",
    "many",
    "doubters",
    "those",
];

/// How many words may stand between such a verb and the quote: `say to us that`.
const MAX_BETWEEN: usize = 3;

pub(super) fn find(context: &Context<'_>) -> Option<Caution> {
    let words = context.governing();
    let trigger = trial(words)
        .or_else(|| as_if(words))
        .or_else(|| imagined_speech(words))
        .or_else(|| bidden_before(&context.previous))?;
    Some(Caution::risk(CautionKind::Hypothetical, trigger))
}

/// Finds `suppose` and its like, as a bidding or right before the quote.
fn trial(words: &[Near<'_>]) -> Option<Span> {
    let n_bidding = words.iter().take_while(|word| word.is_any(BIDDING)).count();
    if let Some(verb) = words.get(n_bidding).filter(|verb| verb.is_any(TRIALS)) {
        return Some(verb.span);
    }
    let last = words.last()?;
    let at = words.len().checked_sub(if last.is("that") { 2 } else { 1 })?;
    let is_of_speaker =
        words.get(at.saturating_sub(2)..at)?.iter().any(|word| word.is_any(&["i", "we"]));
    (words[at].is_any(TRIALS) && !is_of_speaker).then_some(words[at].span)
}

/// Finds `what if`, `as if`, `as though` right before the quote.
fn as_if(words: &[Near<'_>]) -> Option<Span> {
    let pair = words.get(words.len().checked_sub(2)?..)?;
    let is_as = pair[0].is("as") && pair[1].is_any(&["if", "though"]);
    (is_as || pair[0].is("what") && pair[1].is("if")).then(|| covering(pair)).flatten()
}

/// Finds `some would say` and `it may be said`.
fn imagined_speech(words: &[Near<'_>]) -> Option<Span> {
    let near = words.len().saturating_sub(MAX_BETWEEN + 1);
    let at = (near..words.len())
        .rev()
        .find(|&at| words[at].is_any(SPEECH) || words[at].is_any(SPOKEN))?;
    // `It will be said of us` speaks of us; `it will be said that` speaks.
    let is_object =
        |word: &Near<'_>| word.is_any(&["that", "to", "me", "us", "you", "him", "them"]);
    if !words.get(at + 1..)?.iter().all(is_object) {
        return None;
    }
    let stretch = |n_before: usize| words.get(at.checked_sub(n_before)?..=at);
    let is_passive = |run: &&[Near<'_>]| {
        run[0].is("it") && run[1].is_any(MAY) && run[2].is("be") && run[3].is_any(SPOKEN)
    };
    let is_active =
        |run: &&[Near<'_>]| run[0].is_any(ANYONE) && run[1].is_any(MAY) && run[2].is_any(SPEECH);
    stretch(3).filter(is_passive).or_else(|| stretch(2).filter(is_active)).and_then(covering)
}

/// Finds that the sentence before is no more than a bidding: `Imagine this.`
fn bidden_before(previous: &[Near<'_>]) -> Option<Span> {
    let is_bidding = previous.len() <= 3 && previous.first()?.is_any(TRIALS);
    is_bidding.then(|| previous.first().map(|verb| verb.span)).flatten()
}
