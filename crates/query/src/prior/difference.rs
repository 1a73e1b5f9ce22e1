//! What two sentences on one subject differ in.

use super::answer::{Difference, DifferenceKind};
use super::sentence::{Sentence, Stated};
use onrecord_model::Span;
use onrecord_text::{Number, NumberUnit, Person, Predicate};

/// How many telling words on either side of a number or a verb are compared to see whether both
/// speak of the same.
const REACH: usize = 5;

/// How many of them must be shared around numbers of money, shares and years, which say nothing of
/// what they are of, and around numbers of things.
const SHARED_AROUND: usize = 2;

/// How many must be shared around verbs, the verb itself left out.
const SHARED_AROUND_VERBS: usize = 1;

/// A sentence with what it states.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) sentence: &'a Sentence,
    pub(super) stated: &'a Stated,
}

/// Finds the words in which an earlier statement differs from a draft's sentence, in the order of
/// the draft.
///
/// Questions state nothing, so they differ in nothing.
pub(super) fn differences(draft: Side<'_>, other: Side<'_>) -> Vec<Difference> {
    if draft.stated.is_question || other.stated.is_question {
        return Vec::new();
    }
    let mut found = different_numbers(draft, other);
    found.extend(different_verbs(draft, other));
    found.sort_by_key(|difference| (difference.draft_place, difference.kind));
    found.dedup_by(|next, before| {
        next.kind == before.kind && next.draft_place == before.draft_place
    });
    found
}

fn difference(
    kind: DifferenceKind,
    (draft, of_draft): (Side<'_>, Span),
    (other, of_other): (Side<'_>, Span),
) -> Difference {
    Difference {
        kind,
        draft: draft.sentence.words(of_draft).to_owned(),
        draft_place: draft.sentence.place_of(of_draft),
        statement: other.sentence.words(of_other).to_owned(),
        statement_place: other.sentence.place_of(of_other),
    }
}

fn different_numbers(draft: Side<'_>, other: Side<'_>) -> Vec<Difference> {
    // A number that both name is no difference, and no partner for another.
    let has_twin = |number: &Number, side: Side<'_>| {
        side.stated.numbers.iter().any(|(twin, _)| twin.may_equal(number))
    };
    let mut free: Vec<&(Number, Vec<u64>)> =
        other.stated.numbers.iter().filter(|(number, _)| !has_twin(number, draft)).collect();
    let mut found = Vec::new();
    for own in draft.stated.numbers.iter().filter(|(number, _)| !has_twin(number, other)) {
        let rated = free.iter().enumerate().filter_map(|(at, theirs)| {
            n_common(draft, own, other, theirs).map(|n_shared| (n_shared, at))
        });
        let Some((_, at)) = rated.max_by_key(|(n_shared, at)| (*n_shared, free.len() - at)) else {
            continue;
        };
        let theirs = free.remove(at);
        found.push(difference(DifferenceKind::Number, (draft, own.0.span), (other, theirs.0.span)));
    }
    found
}

/// Counts what two numbers have in common around them; none where they may be of two things.
fn n_common(
    draft: Side<'_>,
    (own, own_counted): &(Number, Vec<u64>),
    other: Side<'_>,
    (theirs, their_counted): &(Number, Vec<u64>),
) -> Option<usize> {
    if own.unit != theirs.unit {
        return None;
    }
    let shares_counted = own_counted.iter().any(|stem| their_counted.contains(stem));
    let may_be_one = match own.unit {
        NumberUnit::Count | NumberUnit::Ordinal => shares_counted,
        NumberUnit::Percent | NumberUnit::Dollars | NumberUnit::Euros | NumberUnit::Pounds => {
            shares_counted || own_counted.is_empty() || their_counted.is_empty()
        }
        NumberUnit::Year => true,
    };
    let around = |side: Side<'_>, span: Span| side.sentence.telling.around(span, REACH);
    let n_shared = n_shared(&around(draft, own.span), &around(other, theirs.span));
    (may_be_one && n_shared >= SHARED_AROUND).then_some(n_shared + usize::from(shares_counted))
}

/// Counts the stems that two sorted lists share.
fn n_shared(one: &[u64], other: &[u64]) -> usize {
    one.iter().filter(|stem| other.binary_search(stem).is_ok()).count()
}

fn different_verbs(draft: Side<'_>, other: Side<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for (own, stem) in &draft.stated.predicates {
        if own.is_supposed {
            continue;
        }
        let theirs: Vec<&Predicate> = other
            .stated
            .predicates
            .iter()
            .filter(|(theirs, their_stem)| {
                their_stem == stem && is_of_same(draft, own, other, theirs)
            })
            .map(|(theirs, _)| theirs)
            .collect();
        let mut push = |kind, differs: fn(&Predicate, &Predicate) -> bool| {
            // Where the same is said once more, nothing differs.
            if theirs.iter().all(|theirs| differs(own, theirs))
                && let Some(first) = theirs.first()
            {
                found.push(difference(kind, (draft, own.span), (other, first.span)));
            }
        };
        push(DifferenceKind::Negation, is_denied_once);
        push(DifferenceKind::Modal, has_other_modal);
    }
    found
}

/// Tells whether one of two predicates is denied, and the other not.
const fn is_denied_once(own: &Predicate, theirs: &Predicate) -> bool {
    own.is_denied() != theirs.is_denied()
}

/// Tells whether two predicates have modals, and none in common.
fn has_other_modal(own: &Predicate, theirs: &Predicate) -> bool {
    let (own, theirs) = (&own.modals, &theirs.modals);
    !own.is_empty() && !theirs.is_empty() && !own.iter().any(|modal| theirs.contains(modal))
}

/// Tells whether two predicates with one stem may be said of the same.
fn is_of_same(draft: Side<'_>, own: &Predicate, other: Side<'_>, theirs: &Predicate) -> bool {
    if theirs.is_supposed || !may_be_one_person(own.person, theirs.person) {
        return false;
    }
    // `The close` is no contrary of `will not close`; `a plan` is one of `no plan`.
    let (denied, stated) = if own.is_denied() { (own, theirs) } else { (theirs, own) };
    if stated.is_named && !denied.is_named {
        return false;
    }
    let around = |side: Side<'_>, of: &Predicate| side.sentence.telling.around(of.word, REACH);
    let n_shared = n_shared(&around(draft, own), &around(other, theirs));
    // The word itself is among them.
    n_shared > SHARED_AROUND_VERBS
}

/// Tells whether two pronouns may stand for one: `we` and `they` do not.
fn may_be_one_person(one: Option<Person>, other: Option<Person>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => true,
    }
}
