//! What two sentences on one subject differ in.

use super::answer::{Difference, DifferenceKind};
use super::sentence::{Sentence, Stated};
use onrecord_model::Span;
use onrecord_text::{Modal, Number, NumberUnit, Person, Predicate, fold, folded_tokens};

/// From which similarity of the sentences on differences are looked for.
const MIN_SIMILARITY: f32 = 0.4;

/// How many telling words on either side of a number or a verb are compared to see whether both
/// speak of the same.
const REACH: usize = 5;

/// How many of them must be shared around numbers.
const MIN_AROUND_NUMBERS: usize = 2;

/// Which share of the telling words around a number or verb of the draft, by their weight, must be
/// around the other's, and which share of those around the other's around the draft's.
const SHARE_OF_DRAFT: f32 = 0.5;
const SHARE_OF_OTHER: f32 = 0.35;

/// The least weight of what is shared around verbs: a verb and one common word more are shared by
/// sentences on anything.
const WEIGHT_AROUND_VERBS: f32 = 0.6;

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
    let is_near = draft.sentence.telling.similarity(&other.sentence.telling) >= MIN_SIMILARITY;
    if draft.stated.is_question || other.stated.is_question || !is_near {
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
    // Of other periods other numbers are right, and `last month` is another one on each day.
    if !draft.stated.periods.is_empty() && !other.stated.periods.is_empty() {
        return Vec::new();
    }
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
    // Of other days, other numbers are right.
    let is_comparable = |number: &Number| !number.is_relative && !number.is_supposed;
    if own.unit != theirs.unit || !is_comparable(own) || !is_comparable(theirs) {
        return None;
    }
    let shares_counted = own_counted.iter().any(|stem| their_counted.contains(stem));
    let may_be_one = match own.unit {
        NumberUnit::Count | NumberUnit::Ordinal => shares_counted,
        NumberUnit::Percent | NumberUnit::Dollars | NumberUnit::Euros | NumberUnit::Pounds => {
            shares_counted || {
                let next_to_own = next_to(draft, own.span);
                next_to(other, theirs.span).iter().any(|stem| next_to_own.contains(stem))
                    && is_around(own_counted, other, theirs)
                    && is_around(their_counted, draft, own)
            }
        }
        NumberUnit::Year => word_before(draft, own.span) == word_before(other, theirs.span),
    };
    let around = around_both((draft, own.span), (other, theirs.span));
    let is_of_same = may_be_one && around.n_shared >= MIN_AROUND_NUMBERS && around.is_shared();
    is_of_same.then_some(around.n_shared + usize::from(shares_counted))
}

/// Returns the stems of the telling words right before and behind a place.
fn next_to(side: Side<'_>, span: Span) -> Vec<u64> {
    let words = &side.sentence.telling.words;
    let before = words.iter().rev().find(|word| word.span.end <= span.start);
    let behind = words.iter().find(|word| word.span.start >= span.end);
    before.into_iter().chain(behind).map(|word| word.stem).collect()
}

/// Tells whether what is counted by one number stands around the other, if anything is.
fn is_around(counted: &[u64], side: Side<'_>, number: &Number) -> bool {
    let around = side.sentence.telling.around(number.span, REACH);
    counted.is_empty() || counted.iter().any(|stem| around.binary_search(stem).is_ok())
}

/// Returns the folded word right before a place: `by 2015`, `since 2015`.
fn word_before(side: Side<'_>, span: Span) -> Option<String> {
    let before = side.sentence.words(Span::new(0, span.start));
    folded_tokens(before).pop()
}

/// What stands around two places, as telling words.
struct Around {
    n_shared: usize,
    /// The weight of what is around both, of what is around the draft's, and around the other's.
    shared: f32,
    draft: f32,
    other: f32,
}

impl Around {
    /// Tells whether what is around is the same for the most part.
    fn is_shared(&self) -> bool {
        self.shared >= SHARE_OF_DRAFT * self.draft && self.shared >= SHARE_OF_OTHER * self.other
    }
}

/// Compares what is around two places, the words there left out.
fn around_both((draft, own): (Side<'_>, Span), (other, theirs): (Side<'_>, Span)) -> Around {
    let around = |side: Side<'_>, span: Span| {
        let telling = &side.sentence.telling;
        let itself = telling.around(span, 0);
        let mut stems = telling.around(span, REACH);
        stems.retain(|stem| !itself.contains(stem));
        stems
    };
    let (own, theirs) = (around(draft, own), around(other, theirs));
    let weigh = |side: Side<'_>, stems: &[u64]| -> f32 {
        stems.iter().map(|stem| side.sentence.telling.weight_of(*stem)).sum()
    };
    let shared: Vec<u64> =
        own.iter().copied().filter(|stem| theirs.binary_search(stem).is_ok()).collect();
    Around {
        n_shared: shared.len(),
        shared: weigh(draft, &shared),
        draft: weigh(draft, &own),
        other: weigh(other, &theirs),
    }
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
        // A sentence that denies anything else may say the same in another way: `no one should`,
        // `the last thing that we should do`.
        let (denying, stating) = if own.is_denied() { (draft, other) } else { (other, draft) };
        if denying.stated.denials.len() == 1 && stating.stated.denials.is_empty() {
            push(DifferenceKind::Negation, is_denied_once);
        }
        push(DifferenceKind::Modal, has_other_modal);
    }
    found
}

/// Tells whether one of two predicates is denied, and the other not.
fn is_denied_once(own: &Predicate, theirs: &Predicate) -> bool {
    own.is_denied() != theirs.is_denied() && is_contrary(own, theirs)
}

/// Tells whether what one denies is what the other states.
///
/// `The close` is no contrary of `will not close`, nor `pays` of `should not pay`; `a plan` is one
/// of `no plan`, and `is ready` of `is not ready`.
fn is_contrary(own: &Predicate, theirs: &Predicate) -> bool {
    let (denied, stated) = if own.is_denied() { (own, theirs) } else { (theirs, own) };
    let fits = if denied.is_complement || denied.is_named {
        stated.is_complement
            || denied.is_named && !stated.is_named && stated.person == Some(Person::First)
    } else {
        !stated.is_named
    };
    fits && own.is_past == theirs.is_past && are_of_one_mood(own, theirs)
}

/// Tells whether two predicates say what is so or will be, or share a modal.
fn are_of_one_mood(own: &Predicate, theirs: &Predicate) -> bool {
    let is_plain = |found: &Predicate| found.modals.iter().all(|modal| *modal == Modal::Will);
    is_plain(own) && is_plain(theirs)
        || own.modals.iter().any(|modal| theirs.modals.contains(modal))
}

/// Tells whether two predicates have modals, and none in common.
fn has_other_modal(own: &Predicate, theirs: &Predicate) -> bool {
    let (own, theirs) = (&own.modals, &theirs.modals);
    !own.is_empty() && !theirs.is_empty() && !own.iter().any(|modal| theirs.contains(modal))
}

/// Tells whether two predicates with one stem may be said of the same.
fn is_of_same(draft: Side<'_>, own: &Predicate, other: Side<'_>, theirs: &Predicate) -> bool {
    if theirs.is_supposed || !may_be_one_person(own, theirs) {
        return false;
    }
    let particle = |side: Side<'_>, of: &Predicate| {
        of.particle.map(|span| fold(side.sentence.words(span)).text)
    };
    if particle(draft, own) != particle(other, theirs) {
        return false;
    }
    let around = around_both((draft, own.word), (other, theirs.word));
    around.shared >= WEIGHT_AROUND_VERBS
        && around.is_shared()
        && has_object_of(draft, own, other, theirs)
        && has_object_of(other, theirs, draft, own)
}

/// Tells whether the first telling word behind a verb stands around another, too: what `put an end`
/// is said of is not what `put politics aside` is.
fn has_object_of(side: Side<'_>, verb: &Predicate, other: Side<'_>, theirs: &Predicate) -> bool {
    let mut behind = side.sentence.telling.words.iter();
    let object = behind.find(|word| word.span.start >= verb.word.end);
    object.is_none_or(|object| {
        other.sentence.telling.around(theirs.word, REACH).binary_search(&object.stem).is_ok()
    })
}

/// Tells whether two predicates may be of one subject: `we` and `they` are not one, nor `we` and a
/// noun but where it is done to that.
fn may_be_one_person(own: &Predicate, theirs: &Predicate) -> bool {
    own.person == theirs.person || own.is_passive != theirs.is_passive
}
