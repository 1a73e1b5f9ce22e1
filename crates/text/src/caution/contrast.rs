use super::context::{Context, Near, find_run, starts};
use super::{Caution, CautionKind};
use onrecord_model::Span;

/// Conjunctions behind a statement that take some of it back.
const CONJUNCTIONS: &[&str] = &["but", "yet", "although", "though", "except", "however"];

/// Words behind `but` with which it completes a `not` before it: `not of money but of will`.
const COMPLEMENTS: &[&str] = &[
    "also", "rather", "of", "to", "for", "by", "in", "with", "a", "an", "as", "on", "because",
    "through", "from", "even", "the", "not",
];

/// How far behind a quote the conjunction may stand, in words: further off it answers other
/// words of the sentence.
const MAX_DISTANCE: usize = 8;

/// How a next sentence opens that answers the one before.
#[rustfmt::skip]
const ANSWERS: &[&[&str]] = &[
    &["but"], &["however"], &["yet"], &["and", "yet"], &["nevertheless"], &["nonetheless"],
    &["on", "the", "other", "hand"], &["even", "so"], &["that", "said"],
];

/// How a statement is granted that the next one will answer.
#[rustfmt::skip]
const CONCESSIONS: &[&[&str]] = &[
    &["it", "is", "true"], &["it's", "true"], &["of", "course"], &["to", "be", "sure"],
    &["no", "doubt"], &["admittedly"], &["granted"], &["i", "grant"], &["i", "admit"],
    &["i", "concede"], &["it", "may", "be", "that"], &["it", "may", "be", "true"],
    &["it", "may", "be", "said"], &["in", "theory"], &["on", "paper"], &["true", "enough"],
];

pub(super) fn find(context: &Context<'_>) -> Option<Caution> {
    if !context.is_statement() {
        return None;
    }
    if let Some(trigger) = conceded(context).or_else(|| answered(context)) {
        return Some(Caution::risk(CautionKind::Contrasted, trigger));
    }
    let trigger = answered_next(&context.next)?;
    let is_granted = CONCESSIONS.iter().any(|run| {
        find_run(&context.closing, run).is_some() || find_run(&context.lead, run).is_some()
    });
    Some(if is_granted {
        Caution::risk(CautionKind::Contrasted, trigger)
    } else {
        Caution::note(CautionKind::Contrasted, trigger)
    })
}

/// Finds that the quote is what a sentence grants: `although [they mean well], …`.
fn conceded(context: &Context<'_>) -> Option<Span> {
    let last = context.lead.last()?;
    let has_more = !context.tail.is_empty();
    let is_conceding = last.is_any(&["although", "though"]) && context.touches_lead() && has_more;
    let is_as_though = context.lead.len() > 1 && context.lead[context.lead.len() - 2].is("as");
    (is_conceding && !is_as_though).then_some(last.span)
}

/// Finds a conjunction right behind the quote, or behind the clause that it is cut from.
fn answered(context: &Context<'_>) -> Option<Span> {
    let reach = context.tail.get(..context.tail.len().min(MAX_DISTANCE))?;
    let at = reach.iter().enumerate().position(|(at, word)| {
        word.is_any(CONJUNCTIONS) && (at == 0 || word.is_parted()) && opens_answer(context, at)
    })?;
    Some(reach[at].span)
}

/// Tells whether the conjunction at a place of the tail takes back what was said.
fn opens_answer(context: &Context<'_>, at: usize) -> bool {
    let word = &context.tail[at];
    let next = context.tail.get(at + 1);
    if word.is("however") {
        return word.gap.contains(';');
    }
    if word.is("yet") {
        return word.is_parted() && !next.is_some_and(|next| next.is_any(&["to", "another"]));
    }
    if word.is("but") {
        let is_complement = next.is_some_and(|next| next.is_any(COMPLEMENTS));
        return !(has_not_only(context) || is_complement && has_not(context, at));
    }
    true
}

/// Tells whether the quote or its lead says `not only`.
fn has_not_only(context: &Context<'_>) -> bool {
    let is_not_only = |words: &[Near<'_>]| {
        words.windows(2).any(|pair| {
            (pair[0].is("not") || pair[0].is_contracted_not())
                && pair[1].is_any(&["only", "just", "merely", "simply", "solely", "alone"])
        })
    };
    let joint = context.lead.last().is_some_and(|last| last.is("not"))
        && context.opening.first().is_some_and(|first| first.is("only"));
    joint || is_not_only(&context.lead) || is_not_only(&context.closing)
}

/// Tells whether a denial stands before the conjunction, which it may complete.
fn has_not(context: &Context<'_>, at: usize) -> bool {
    let is_not = |word: &Near<'_>| {
        word.is_contracted_not() || word.is_any(&["not", "never", "no", "nor", "cannot", "none"])
    };
    let between = context.tail.get(..at).unwrap_or_default();
    context.lead.iter().chain(&context.closing).chain(between).any(is_not)
}

/// Finds that the next sentence answers: `But …`, `The cost, however, …`.
fn answered_next(next: &[Near<'_>]) -> Option<Span> {
    if let Some(run) = ANSWERS.iter().find(|run| starts(next, run)) {
        let is_degree = run[0] == "however" && !next.get(1)?.gap.contains(',');
        let span = Span::new(next.first()?.span.start, next.get(run.len() - 1)?.span.end);
        return (!is_degree).then_some(span);
    }
    let early = next.get(..next.len().min(MAX_DISTANCE))?;
    let at = early.iter().position(|word| word.is("however") && word.gap.contains(','))?;
    let is_set_off = next.get(at + 1).is_some_and(|word| word.gap.contains(','));
    is_set_off.then_some(early[at].span)
}
