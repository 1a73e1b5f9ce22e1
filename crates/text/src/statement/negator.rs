use super::line::Line;
use super::modal::modal_at;
use onrecord_model::Span;

/// What a negator denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The next verb, or what follows a form of `be`: `not`, `never`, `n't`.
    Verb,
    /// The noun behind it, and the verb of which that is the subject: `no child will`.
    Noun,
    /// The verb of which it is the subject: `nobody`, `nothing`.
    Subject,
}

/// Words behind `not` with which it denies nothing: `not only`.
const NO_DENIAL_BEFORE: &[&str] = &["only", "just", "merely", "simply", "least"];

/// Words before `not` with which it denies nothing: `whether or not`, `why not`.
const NO_DENIAL_AFTER: &[&str] = &["or", "if", "why"];

/// Words behind `no` with which it denies nothing that follows: `no doubt`.
const IDLE_NOUNS: &[&str] = &["doubt", "question", "matter", "wonder", "secret", "mistake"];

/// Verbs behind which `to` is denied: `we refuse to pay`.
const REFUSALS: &[&str] = &["refuse", "refuses", "refused", "decline", "declines", "declined"];

/// Finds what a word denies, and how many words the negator has.
pub(super) fn negator_at(line: &Line<'_>, at: usize) -> Option<(Reach, usize)> {
    let next = line.word(at + 1);
    match line.word(at) {
        "not" if NO_DENIAL_BEFORE.contains(&next) => None,
        "not" if NO_DENIAL_AFTER.contains(&line.before(at, 1)) => None,
        // `At home, not abroad`, `mayors not doing their part`: nothing is said to be so or not.
        "not" if !has_auxiliary(line, at) => None,
        "without" if line.before(at, 1) == "or" => None,
        "not" | "never" | "without" | "nor" => Some((Reach::Verb, 1)),
        "no" if next == "longer" => Some((Reach::Verb, 2)),
        "no" if next == "one" => Some((Reach::Subject, 2)),
        // The name of a law.
        "no" if at > 0 && line.written(at) == "No" => None,
        "no" if line.is_parted(at + 1) || IDLE_NOUNS.contains(&next) => None,
        "no" if matches!(next, "more" | "fewer" | "less") && line.word(at + 2) == "than" => None,
        "no" | "neither" => Some((Reach::Noun, 1)),
        "nobody" | "none" | "nothing" => Some((Reach::Subject, 1)),
        verb if REFUSALS.contains(&verb) && next == "to" => Some((Reach::Verb, 2)),
        contracted if contracted.ends_with("n't") => Some((Reach::Verb, 1)),
        _ => None,
    }
}

/// How many words may stand between an auxiliary and its `not`: `we will surely still not`.
const MAX_BETWEEN: usize = 2;

/// Tells whether an auxiliary or a modal stands before a `not`.
fn has_auxiliary(line: &Line<'_>, at: usize) -> bool {
    for places in 1..=MAX_BETWEEN + 1 {
        let Some(before) = at.checked_sub(places) else { return false };
        if line.is_parted(before + 1) {
            return false;
        }
        if AUXILIARIES.contains(&line.word(before)) || modal_at(line, before).is_some() {
            return true;
        }
    }
    false
}

/// Forms of `be`, `have` and `do`.
#[rustfmt::skip]
pub(super) const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "am", "be", "been", "have", "has", "had", "do", "does", "did",
    "i'm", "we're", "they're", "he's", "she's", "it's", "we've", "i've", "they've", "you're",
    "that's", "there's",
];

/// Words that make another verb of the one before.
pub(super) const PARTICLES: &[&str] =
    &["against", "back", "out", "off", "up", "down", "away", "over", "along", "apart"];

/// Words beside negators by which a sentence may deny without one, folded.
#[rustfmt::skip]
const SILENT_DENIALS: &[&str] = &[
    "stop", "stops", "stopped", "avoid", "prevent", "prevents", "prevented", "fail", "fails",
    "failed", "reject", "rejects", "rejected", "oppose", "opposes", "opposed", "lack", "lacks",
    "instead", "rather", "unless", "few", "fewer", "hardly", "scarcely", "nowhere", "neither", "nor",
    "not", "no", "none", "nobody", "nothing", "never", "without", "cannot",
];

/// Finds where the words of a sentence stand by which it may deny something, in order: any word
/// that ever does.
///
/// More than what [`predicates`](super::predicates()) finds denied: a sentence without any is sure
/// to deny nothing, and one with two may say the opposite of either.
///
/// ```
/// use onrecord_text::denials;
///
/// assert!(denials("We will close the mill.").is_empty());
/// assert_eq!(denials("The last thing that no one wants is to close it.").len(), 2);
/// ```
pub fn denials(text: &str) -> Vec<Span> {
    let line = Line::of(text);
    let is_denial = |at: &usize| {
        line.is_any(*at, SILENT_DENIALS)
            || line.is_any(*at, REFUSALS)
            || line.word(*at).ends_with("n't")
            || line.starts(*at, &["last", "thing"])
    };
    (0..line.len()).filter(is_denial).map(|at| line.span(at)).collect()
}
