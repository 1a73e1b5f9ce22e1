use super::grid::Step;
use super::likeness::{Likeness, Likenesses};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// The shortest run of words that is looked for beside the stretch, in words; shorter ones are
/// found beside every stretch, and count only right next to it.
const MIN_RUN: usize = 2;

/// The longest line that is looked for beside its stretch, in words: each place is compared with
/// each run. Clauses are exchanged in a sentence, not in a page.
const MAX_WORDS: usize = 128;

/// The words that stand in another place, by their places.
#[derive(Default)]
pub(super) struct Moves {
    pub(super) line: FxHashSet<usize>,
    pub(super) source: FxHashSet<usize>,
}

/// Pairs words that the way leaves without a partner of their kind in the line with the same
/// words in the source, in order.
pub(super) fn find(steps: &[Step], likenesses: &Likenesses) -> Moves {
    let is_other = |at: usize, of: usize| likenesses.between(at, of) == Some(Likeness::Other);
    let counterparts = likenesses.counterparts();
    let mut loose: FxHashMap<u32, VecDeque<usize>> = FxHashMap::default();
    for &step in steps {
        let place = match step {
            Step::Add(of) => of,
            Step::Pair(at, of) if is_other(at, of) => of,
            Step::Pair(..) | Step::Drop(_) => continue,
        };
        if let Some(word) = counterparts[place] {
            loose.entry(word).or_default().push_back(place);
        }
    }
    let mut moves = Moves::default();
    for &step in steps {
        let place = match step {
            Step::Drop(at) => at,
            Step::Pair(at, of) if is_other(at, of) => at,
            Step::Pair(..) | Step::Add(_) => continue,
        };
        if let Some(of) = loose.get_mut(&likenesses.line[place]).and_then(VecDeque::pop_front) {
            moves.line.insert(place);
            moves.source.insert(of);
        }
    }
    moves
}

/// Returns the way without ends that have little in common, their words of the line dropped; none
/// where it has no such ends.
///
/// They may only stand where a clause is missing that was exchanged with another: whether it is
/// beside the rest, [`take_in_flanks`] finds out.
pub(super) fn core(steps: &[Step], likenesses: &Likenesses) -> Option<Vec<Step>> {
    let worth = |step: &Step| match *step {
        Step::Pair(at, of) if likenesses.between(at, of) == Some(Likeness::Other) => -1,
        Step::Pair(..) => 1,
        Step::Drop(_) | Step::Add(_) => 0,
    };
    // The stretch of the way that is worth most (Kadane's), from and up to a pair that is alike.
    let (mut best, mut start, mut sum) = ((0, 0, 0), 0, 0);
    for (at, step) in steps.iter().enumerate() {
        if sum <= 0 && worth(step) > 0 {
            (start, sum) = (at, 0);
        }
        sum += worth(step);
        if sum > best.0 {
            best = (sum, start, at + 1);
        }
    }
    let (_, start, end) = best;
    let (before, kept, behind) = (steps.get(..start)?, steps.get(start..end)?, steps.get(end..)?);
    if !before.iter().chain(behind).any(|step| worth(step) < 0) {
        return None;
    }
    let dropped = |step: &Step| match *step {
        Step::Pair(at, _) | Step::Drop(at) => Some(Step::Drop(at)),
        Step::Add(_) => None,
    };
    let (before, behind) = (before.iter().filter_map(dropped), behind.iter().filter_map(dropped));
    Some(before.chain(kept.iter().copied()).chain(behind).collect())
}

/// Makes the stretch wider where runs of words that the line has elsewhere stand right beside it:
/// a line that exchanges two clauses meets one of them inside and the other outside.
///
/// No further than the line is long on either side. A single word is taken in from right beside a
/// stretch that is shorter than the line: one that was exchanged with the last.
///
/// Tells whether there is such a run.
pub(super) fn take_in_flanks(steps: &mut Vec<Step>, likenesses: &Likenesses) -> bool {
    let is_pair = |step: &Step| matches!(step, Step::Pair(..));
    let (Some(first), Some(last)) =
        (steps.iter().find_map(source_place), steps.iter().rev().find_map(source_place))
    else {
        return false;
    };
    let n_line = likenesses.line.len();
    if n_line > MAX_WORDS || steps.iter().filter(|step| is_pair(step)).count() == n_line {
        return false;
    }
    let before = first.saturating_sub(n_line)..first;
    let behind = last + 1..likenesses.source.len().min(last + 1 + n_line);
    let mut dropped = vec![false; n_line];
    for step in steps.iter() {
        if let Step::Drop(at) = *step {
            dropped[at] = true;
        }
    }
    let mut from = before.clone().find(|&of| takes_run(&mut dropped, of, before.end, likenesses));
    let mut until = behind.start;
    let mut of = behind.start;
    while of < behind.end {
        let length = run_at(&dropped, of, behind.end, likenesses).1;
        if length >= MIN_RUN {
            takes_run(&mut dropped, of, behind.end, likenesses);
            until = of + length;
        }
        of += length.max(1);
    }
    let takes_runs = from.is_some() || until > behind.start;
    let has_room = |from: Option<usize>, until: usize| until - from.unwrap_or(first) < n_line;
    let is_alone = until == behind.start && until < behind.end && has_room(from, until);
    if is_alone && takes_word(&mut dropped, until, likenesses) {
        until += 1;
    }
    if from.is_none() && has_room(from, until) {
        from = first.checked_sub(1).filter(|&of| takes_word(&mut dropped, of, likenesses));
    }
    if let Some(from) = from {
        steps.splice(0..0, (from..first).map(Step::Add));
    }
    steps.extend((behind.start..until).map(Step::Add));
    takes_runs
}

const fn source_place(step: &Step) -> Option<usize> {
    match *step {
        Step::Pair(_, of) | Step::Add(of) => Some(of),
        Step::Drop(_) => None,
    }
}

/// Finds the longest run of dropped words that stands at a place of the source: where it starts
/// in the line, and its length.
fn run_at(dropped: &[bool], of: usize, end: usize, likenesses: &Likenesses) -> (usize, usize) {
    let mut longest = (0, 0);
    for start in 0..likenesses.line.len() {
        let length = (of..end)
            .zip(start..likenesses.line.len())
            .take_while(|&(of, at)| dropped[at] && likenesses.is_same(at, of))
            .count();
        if length > longest.1 {
            longest = (start, length);
        }
    }
    longest
}

/// Takes the run at a place of the source out of the dropped words, if it is long enough.
fn takes_run(dropped: &mut [bool], of: usize, end: usize, likenesses: &Likenesses) -> bool {
    let (start, length) = run_at(dropped, of, end, likenesses);
    let is_run = length >= MIN_RUN;
    if is_run {
        dropped[start..start + length].fill(false);
    }
    is_run
}

/// Takes a word of the source out of the dropped words, if it is one of them.
fn takes_word(dropped: &mut [bool], of: usize, likenesses: &Likenesses) -> bool {
    let place = (0..dropped.len()).find(|&at| dropped[at] && likenesses.is_same(at, of));
    if let Some(at) = place {
        dropped[at] = false;
    }
    place.is_some()
}
