use super::line::Line;

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
        // `At home, not abroad`: what is denied is no verb.
        "not" if line.is_parted(at) && !line.before(at, 1).is_empty() => None,
        "not" | "never" | "without" | "nor" => Some((Reach::Verb, 1)),
        "no" if next == "longer" => Some((Reach::Verb, 2)),
        "no" if next == "one" => Some((Reach::Subject, 2)),
        "no" if line.is_parted(at + 1) || IDLE_NOUNS.contains(&next) => None,
        "no" if matches!(next, "more" | "fewer" | "less") && line.word(at + 2) == "than" => None,
        "no" | "neither" => Some((Reach::Noun, 1)),
        "nobody" | "none" | "nothing" => Some((Reach::Subject, 1)),
        verb if REFUSALS.contains(&verb) && next == "to" => Some((Reach::Verb, 2)),
        contracted if contracted.ends_with("n't") => Some((Reach::Verb, 1)),
        _ => None,
    }
}
