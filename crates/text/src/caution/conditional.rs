use super::context::{Context, Near, find_run};
use super::{Caution, CautionKind};
use onrecord_model::Span;

/// Words before `if` with which it is no condition: `as if`, `even if`, `ask if`.
const NO_CONDITION_AFTER: &[&str] = &[
    "as",
    "even",
    "ask",
    "asks",
    "asked",
    "asking",
    "see",
    "know",
    "knew",
    "known",
    "knows",
    "wonder",
    "wondered",
    "wondering",
    "doubt",
    "tell",
    "judge",
    "determine",
    "decide",
    "matter",
    "matters",
    "care",
    "what",
    "question",
];

/// Words behind `if` with which it is a manner of speaking: `if possible`, `if not`, `if any`.
const NO_CONDITION_BEFORE: &[&str] =
    &["anything", "not", "any", "ever", "possible", "necessary", "so", "need", "indeed"];

/// Subject and verb behind `if` that address the listener: `if you will`, `if I may`.
const ADDRESSES: &[(&str, &[&str])] = &[
    ("you", &["will", "look", "ask", "like", "please", "think", "remember", "want", "wish"]),
    ("i", &["may", "might", "recall", "remember", "understand", "can", "could"]),
    ("we", &["look", "may", "remember"]),
];

/// Runs of words that are a condition like `if`.
const CONDITIONS: &[&[&str]] = &[
    &["unless"],
    &["provided", "that"],
    &["providing", "that"],
    &["on", "condition", "that"],
    &["on", "the", "condition", "that"],
    &["in", "the", "event", "that"],
    &["in", "the", "event", "of"],
    &["assuming", "that"],
    &["supposing", "that"],
    &["only", "when"],
    &["only", "where"],
    &["only", "after"],
    &["except", "when"],
    &["except", "where"],
];

/// Subjects behind an inverted verb: `were we to fail`, `should the court agree`.
const SUBJECTS: &[&str] = &[
    "i", "we", "you", "he", "she", "it", "they", "this", "that", "these", "those", "the", "any",
    "anyone", "our", "such", "there", "a", "an", "his", "her", "their", "congress",
];

/// Words that a sentence opens with before its clause.
const LEAD_INS: &[&str] = &["and", "but", "for", "then", "now", "so", "yet"];

pub(super) fn find(context: &Context<'_>) -> Option<Caution> {
    if !context.is_statement() {
        return None;
    }
    let trigger = inverted(context)
        .or_else(|| condition(context.governing()))
        .or_else(|| condition(context.governed()))?;
    Some(Caution::risk(CautionKind::Conditional, trigger))
}

fn condition(words: &[Near<'_>]) -> Option<Span> {
    let plain =
        words.iter().enumerate().find(|&(at, word)| word.is("if") && is_condition(words, at));
    plain
        .map(|(_, word)| word.span)
        .or_else(|| CONDITIONS.iter().find_map(|run| find_run(words, run)))
}

/// Tells whether the `if` at a place is a condition.
fn is_condition(words: &[Near<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let (next, second) = (words.get(at + 1), words.get(at + 2));
    let is_address = |&(subject, verbs): &(&str, &[&str])| {
        next.is_some_and(|next| next.is(subject))
            && second.is_some_and(|second| second.is_any(verbs))
    };
    !before.is_some_and(|before| before.is_any(NO_CONDITION_AFTER))
        && !next.is_some_and(|next| next.is_any(NO_CONDITION_BEFORE))
        && !ADDRESSES.iter().any(is_address)
}

/// Finds an inverted verb at the start of the sentence: `Had we waited, …`.
fn inverted(context: &Context<'_>) -> Option<Span> {
    if !context.lead_is_whole || context.is_question {
        return None;
    }
    let skipped = context.lead.iter().take_while(|word| word.is_any(LEAD_INS)).count();
    let (verb, subject) = (context.lead.get(skipped)?, context.lead.get(skipped + 1)?);
    let is_inverted = verb.is_any(&["were", "had", "should"]) && subject.is_any(SUBJECTS);
    is_inverted.then_some(verb.span)
}
