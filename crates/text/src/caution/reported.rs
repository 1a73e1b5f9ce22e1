use super::context::{Context, Near, covering};
use super::{Caution, CautionKind};
use onrecord_model::Span;

/// Verbs of saying that only a third person takes.
const OF_THIRD: &[&str] = &[
    "says",
    "tells",
    "claims",
    "argues",
    "insists",
    "contends",
    "asserts",
    "maintains",
    "alleges",
    "writes",
    "declares",
    "pretends",
    "complains",
];

/// Verbs of saying that any person takes.
const OF_ANY: &[&str] = &[
    "said",
    "told",
    "wrote",
    "claimed",
    "argued",
    "declared",
    "insisted",
    "contended",
    "asserted",
    "alleged",
    "complained",
    "remarked",
    "replied",
    "warned",
    "proclaimed",
    "exclaimed",
];

/// Verbs of saying that need a subject of the plural.
const OF_PLURAL: &[&str] =
    &["say", "tell", "claim", "argue", "insist", "contend", "allege", "believe", "suggest"];

/// What others hold and the speaker mostly does not, before `that`.
const OPINIONS: &[&str] = &["notion", "argument", "suggestion", "myth", "fallacy", "fiction"];

/// Subjects of the plural that are no one's own.
const OTHERS: &[&str] = &[
    "they",
    "people",
    "some",
    "many",
    "critics",
    "opponents",
    "others",
    "skeptics",
    "sceptics",
    "folks",
    "who",
    "most",
    "republicans",
    "democrats",
    "cynics",
    "experts",
    "economists",
    "anyone",
    "anybody",
    "someone",
    "somebody",
];

/// Words between a subject and its verb.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "has", "have", "had", "once", "often", "also", "just", "always", "recently", "now", "then",
    "even", "sometimes", "ever", "already", "still", "all", "will",
];

/// Whom the words were said to.
const HEARERS: &[&str] =
    &["me", "us", "him", "her", "them", "you", "reporters", "congress", "that", "to", "so"];

/// How many words may stand between the verb and the quote: `told the press that`.
const MAX_BETWEEN: usize = 3;

/// Finds that another is said to have spoken the words: `he told me that [we will]`,
/// `[we will], they say`.
pub(super) fn find(context: &Context<'_>) -> Option<Caution> {
    let trigger = before(context)
        .or_else(|| words_of(context))
        .or_else(|| opinion(context))
        .or_else(|| behind(context))?;
    Some(Caution::risk(CautionKind::Quoted, trigger))
}

fn before(context: &Context<'_>) -> Option<Span> {
    let words = context.governing();
    let last = words.last()?;
    let is_introduced = last.is("that") || context.lead_gap.contains([':', ',', '“', '"']);
    let near = words.len().saturating_sub(MAX_BETWEEN + 1);
    let at = (near..words.len()).rev().find(|&at| is_verb(&words[at]))?;
    let behind = words.get(at + 1..)?;
    let is_near = behind.is_empty() || is_introduced || behind.iter().all(|w| w.is_any(HEARERS));
    // A comma behind the verb parts it from what follows: `what he said, we know`.
    let is_cut = behind.iter().any(Near::is_parted);
    let subject = subject_of(words, at)?;
    (is_near && !is_cut && is_anothers(&words[subject], &words[at]))
        .then(|| covering(words.get(subject..=at)?))
        .flatten()
}

fn is_verb(word: &Near<'_>) -> bool {
    word.is_any(OF_THIRD) || word.is_any(OF_ANY) || word.is_any(OF_PLURAL)
}

/// Returns the place of the word that a verb has as its subject: the one before it and what
/// stands between.
fn subject_of(words: &[Near<'_>], verb: usize) -> Option<usize> {
    let n_between = words.get(..verb)?.iter().rev().take_while(|word| word.is_any(BETWEEN)).count();
    verb.checked_sub(n_between + 1)
}

/// Tells whether a subject is sure to be someone else than who speaks.
fn is_anothers(subject: &Near<'_>, verb: &Near<'_>) -> bool {
    if verb.is("claims") {
        return subject.is_any(&["he", "she", "who"]);
    }
    if verb.is_any(OF_THIRD) {
        return !subject.is_any(&["it", "which", "that", "this", "law", "bill", "constitution"]);
    }
    if verb.is_any(OF_PLURAL) {
        return subject.is_any(OTHERS);
    }
    subject.is_any(&["he", "she", "they", "who", "someone", "somebody", "people"])
        || subject.is_any(OTHERS)
        || is_name(subject)
}

/// Tells whether a word is written as a name is.
fn is_name(word: &Near<'_>) -> bool {
    word.word.chars().next().is_some_and(char::is_uppercase)
        && !word.is_any(&["i", "we", "i've", "we've", "as", "it", "what", "and", "but", "having"])
}

/// Finds `in the words of …,` before the quote.
fn words_of(context: &Context<'_>) -> Option<Span> {
    let words = context.governing();
    let run = words.windows(4).position(|run| {
        run[0].is("in") && run[1].is("the") && run[2].is("words") && run[3].is("of")
    })?;
    covering(words.get(run..run + 4)?)
}

/// Finds `the notion that` before the quote.
fn opinion(context: &Context<'_>) -> Option<Span> {
    let words = context.governing();
    let at = words.iter().rposition(|word| word.is_any(OPINIONS))?;
    let behind = words.get(at + 1..)?;
    let that = behind.iter().position(|word| word.is("that"))?;
    (that <= 1).then(|| covering(words.get(at..=at + 1 + that)?)).flatten()
}

/// Finds `, they say` or `, said the mayor` behind the quote.
fn behind(context: &Context<'_>) -> Option<Span> {
    let (first, second) = (context.tail.first()?, context.tail.get(1)?);
    if !first.gap.contains([',', '—', '”', '"']) {
        return None;
    }
    if first.is_any(&["said", "says", "wrote"]) && !second.is_any(&["i", "we"]) {
        return Some(first.span);
    }
    let ends = context.tail.get(2).is_none_or(Near::is_parted);
    (ends && is_verb(second) && is_anothers(first, second))
        .then(|| covering(context.tail.get(..2)?))
        .flatten()
}
