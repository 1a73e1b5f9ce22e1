use super::context::{Context, Near, covering, starts};
use super::{Caution, CautionKind};
use onrecord_model::Span;

/// Words that deny what follows them.
const NEGATORS: &[&str] = &[
    "not", "never", "no", "nobody", "none", "neither", "nor", "cannot", "without", "hardly",
    "scarcely", "few",
];

/// Words that may stand between a negator and what it denies.
const BETWEEN: &[&str] =
    &["be", "been", "to", "a", "an", "the", "any", "have", "ever", "really", "one", "longer"];

/// Words before `not` with which it denies nothing: `whether or not`, `why not`.
const NO_DENIAL_AFTER: &[&str] = &["or", "if", "why"];

/// What one may be said not to hold of a statement. Not `know` or `forget`: who never forgets
/// that it rained says that it did.
const ATTITUDES: &[&str] = &[
    "true",
    "case",
    "say",
    "says",
    "said",
    "saying",
    "think",
    "thinks",
    "thought",
    "believe",
    "believes",
    "believed",
    "mean",
    "means",
    "meant",
    "claim",
    "claims",
    "claimed",
    "suggest",
    "suggests",
    "suggested",
    "suggesting",
    "evidence",
    "proof",
    "accept",
    "agree",
    "follow",
    "argue",
    "argued",
    "pretend",
    "contend",
    "contended",
    "assert",
    "asserted",
    "imply",
    "implied",
    "suppose",
    "convinced",
    "sure",
    "certain",
];

/// Those behind which a statement comes without `that`: `I do not believe we will`.
const OPEN_ATTITUDES: &[&str] = &[
    "say", "says", "said", "saying", "think", "thinks", "thought", "believe", "believes",
    "believed", "mean", "means", "claim", "claims", "claimed", "suggest", "pretend",
];

/// Words that deny the `that` behind them of themselves.
const DENIALS: &[&str] = &[
    "deny",
    "denies",
    "denied",
    "denying",
    "false",
    "untrue",
    "myth",
    "fiction",
    "lie",
    "nonsense",
    "absurd",
    "mistaken",
    "erroneous",
    "fallacy",
    "delusion",
    "disagree",
];

/// Words that reject a notion: `I reject the idea that`.
const REJECTIONS: &[&str] =
    &["reject", "rejects", "rejected", "rejecting", "refute", "refutes", "refuted", "dispel"];

/// How a next sentence denies the one before, from its first word.
#[rustfmt::skip]
const REFUSALS: &[&[&str]] = &[
    &["not", "so"], &["not", "true"], &["nothing", "could", "be", "further"],
    &["nothing", "could", "be", "farther"], &["nothing", "is", "further", "from"], &["nonsense"],
];

/// What a statement is called that is denied behind `that is`.
const REFUTED: &[&str] =
    &["false", "untrue", "wrong", "nonsense", "lie", "myth", "absurd", "incorrect"];

/// How many words may stand between an attitude and what it is about: `believe for a moment that`.
const MAX_BETWEEN: usize = 4;

pub(super) fn find(context: &Context<'_>) -> Option<Caution> {
    let trigger = direct(context)
        .or_else(|| attitude(context))
        .or_else(|| refuted_behind(context))
        .or_else(|| refused_next(&context.next))?;
    Some(Caution::risk(CautionKind::Negated, trigger))
}

fn is_negator(word: &Near<'_>) -> bool {
    word.is_any(NEGATORS) || word.is_contracted_not()
}

/// Finds a negator right before the quote: `we will never [surrender]`.
fn direct(context: &Context<'_>) -> Option<Span> {
    if !context.touches_lead() {
        return None;
    }
    let lead = &context.lead;
    let last = lead.last()?;
    let at = if is_negator(last) {
        lead.len() - 1
    } else if last.is_any(BETWEEN) && last.gap.trim().is_empty() {
        lead.len().checked_sub(2).filter(|&at| is_negator(&lead[at]))?
    } else {
        return None;
    };
    let before = at.checked_sub(1).and_then(|at| lead.get(at));
    let is_idle = before.is_some_and(|before| before.is_any(NO_DENIAL_AFTER))
        || lead[at].is("few") && before.is_some_and(|before| before.is("a"));
    (!is_idle).then_some(lead[at].span)
}

/// Finds a denied attitude that the quote is the object of: `nobody believes that [we will]`.
fn attitude(context: &Context<'_>) -> Option<Span> {
    let words = context.governing();
    let last = words.last()?;
    let (head, is_open) =
        if last.is("that") { (words.get(..words.len() - 1)?, false) } else { (words, true) };
    // A sentence may be put behind a colon without `that`, or follow the verb at once.
    let reach = if is_open { 1 } else { MAX_BETWEEN };
    let from = head.len().saturating_sub(reach);
    let known = if is_open { OPEN_ATTITUDES } else { ATTITUDES };
    let at = (from..head.len()).rev().find(|&at| {
        head[at].is_any(known) || !is_open && head[at].is_any(DENIALS) || rejects(head, at)
    })?;
    let before = head.get(at.saturating_sub(MAX_BETWEEN)..at)?;
    let negator = before.iter().rev().find(|word| is_negator(word));
    if head[at].is_any(known) {
        return covering(head.get(..=at)?)
            .zip(negator)
            .map(|(all, word)| Span::new(word.span.start, all.end));
    }
    negator.is_none().then_some(head[at].span)
}

/// Tells whether the word at a place rejects a notion that the quote states.
fn rejects(head: &[Near<'_>], at: usize) -> bool {
    head[at].is_any(REJECTIONS)
        && head.last().is_some_and(|last| {
            last.is_any(&["idea", "notion", "view", "claim", "argument", "belief", "suggestion"])
        })
}

/// Finds that a clause with `that` is called wrong: `that [we will fail] is simply not true`.
fn refuted_behind(context: &Context<'_>) -> Option<Span> {
    let is_clause = context.lead.last().is_some_and(|last| last.is("that"));
    let first = context.tail.first()?;
    if !is_clause || !first.is_any(&["is", "was"]) {
        return None;
    }
    refuted(context.tail.get(..context.tail.len().min(MAX_BETWEEN + 1))?)
}

/// Finds that words call something wrong.
fn refuted(words: &[Near<'_>]) -> Option<Span> {
    let is_not = |word: &Near<'_>| word.is("not") || word.is_contracted_not();
    let at = words.iter().enumerate().position(|(at, word)| {
        let is_denied = words.get(..at).unwrap_or_default().iter().any(is_not);
        match is_denied {
            true => word.is_any(&["true", "so", "case", "correct"]),
            false => word.is_any(REFUTED),
        }
    })?;
    // `Not so long ago` denies nothing.
    let is_last_word = words.get(at + 1).is_none_or(Near::is_parted);
    is_last_word.then(|| covering(words.get(..=at)?)).flatten()
}

/// Finds that the next sentence denies the quote: `That is not true.`
fn refused_next(next: &[Near<'_>]) -> Option<Span> {
    if let Some(run) = REFUSALS.iter().find(|run| starts(next, run)) {
        let is_all = next.get(run.len()).is_none_or(Near::is_parted) || run.len() > 2;
        return is_all.then(|| covering(next.get(..run.len())?)).flatten();
    }
    let first = next.first()?;
    let is_pointing = first.is_any(&["that's", "it's"])
        || first.is_any(&["that", "this", "it"])
            && next.get(1).is_some_and(|verb| verb.is_any(&["is", "was", "isn't", "wasn't"]));
    is_pointing.then(|| refuted(next.get(..next.len().min(MAX_BETWEEN + 2))?)).flatten()
}
