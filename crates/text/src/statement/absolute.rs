use super::line::Line;
use super::superlative::is_superlative;
use onrecord_model::Span;

/// What sort of claim a word makes that goes for all, or for the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbsoluteKind {
    /// `largest`, `most`, `worst`.
    Superlative,
    /// `always`.
    Always,
    /// `never`, `no one`, `nobody`, `none`, `nothing`.
    Never,
    /// `first`.
    First,
    /// `only`.
    Only,
    /// `every`, `everyone`, `everything`.
    Every,
}

impl AbsoluteKind {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Superlative => "superlative",
            Self::Always => "always",
            Self::Never => "never",
            Self::First => "first",
            Self::Only => "only",
            Self::Every => "every",
        }
    }
}

/// A word that makes a claim for all, or for the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absolute {
    /// What sort of claim.
    pub kind: AbsoluteKind,
    /// Where the word stands, in bytes, or the two of `no one`.
    pub word: Span,
    /// Where it stands with the words of which it is said: `the largest harbour`.
    pub span: Span,
    /// Where the words stand of which it is said, in bytes, in order; three at most.
    pub about: Vec<Span>,
}

/// The most words that a claim is said of, and how far behind it they are looked for.
const MAX_ABOUT: usize = 3;
const MAX_REACH: usize = 5;

/// Words behind `first` with which it is a name or a manner of speaking.
#[rustfmt::skip]
const FIRST_NAMES: &[&str] = &[
    "lady", "ladies", "amendment", "family", "responder", "responders", "place", "aid", "name",
    "names", "of",
];

/// Finds the words of a sentence by which a claim goes for all or for the first, in order.
///
/// ```
/// use onrecord_text::{AbsoluteKind, absolutes};
///
/// let text = "At least we built the largest harbour of the north.";
/// let found = absolutes(text);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].kind, AbsoluteKind::Superlative);
/// assert_eq!(&text[found[0].span.range()], "largest harbour");
/// ```
pub fn absolutes(text: &str) -> Vec<Absolute> {
    let line = Line::of(text);
    let mut found = Vec::new();
    for at in 0..line.len() {
        let Some(kind) = kind_at(&line, at) else { continue };
        let (about, end) = about(&line, at);
        // What it is said of cannot be told.
        if about.is_empty() {
            continue;
        }
        // `No one` is two words.
        let from = at - usize::from(line.word(at) == "one");
        let (word, span) = (line.stretch(from, at + 1), line.stretch(from, end));
        found.push(Absolute { kind, word, span, about });
    }
    found
}

fn kind_at(line: &Line<'_>, at: usize) -> Option<AbsoluteKind> {
    let (before, next) = (line.before(at, 1), line.word(at + 1));
    match line.word(at) {
        // `Most teachers` are more than half of them.
        "most" | "least" if !is_led(before) => None,
        "most" | "least" if next == "of" => None,
        "most" | "least" => Some(AbsoluteKind::Superlative),
        "best" if next == "of" && line.word(at + 2) == "all" => None,
        "best" if matches!(next, "wishes" | "regards" | "buy") => None,
        "always" => Some(AbsoluteKind::Always),
        "never" | "nobody" | "none" | "nothing" => Some(AbsoluteKind::Never),
        "one" if before == "no" => Some(AbsoluteKind::Never),
        "first" if before == "at" || FIRST_NAMES.contains(&next) => None,
        // `First, we must` counts points.
        "first" if line.is_parted(at + 1) => None,
        "first" => Some(AbsoluteKind::First),
        "only" if matches!(before, "not" | "if") || matches!(next, "if" | "when") => None,
        "only" => Some(AbsoluteKind::Only),
        "every" if matches!(next, "other" | "now") => None,
        "every" | "everyone" | "everybody" | "everything" => Some(AbsoluteKind::Every),
        word if is_superlative(word) => Some(AbsoluteKind::Superlative),
        _ => None,
    }
}

/// Words before `most` with which it is a superlative.
#[rustfmt::skip]
const BEFORE_MOST: &[&str] = &[
    "the", "our", "your", "my", "his", "her", "their", "its", "this", "that", "is", "are", "was",
    "were", "it's", "one", "two", "three",
];

/// Tells whether a superlative may stand behind a word: `the most`, `the world's most`.
fn is_led(before: &str) -> bool {
    BEFORE_MOST.contains(&before) || before.ends_with("'s")
}

/// Finds the words that a claim is said of, and one past the last of them.
fn about(line: &Line<'_>, from: usize) -> (Vec<Span>, usize) {
    let mut about = Vec::new();
    let mut end = from + 1;
    for at in from + 1..=from + MAX_REACH {
        let is_over = about.len() == MAX_ABOUT
            || line.is_parted(at)
            || !about.is_empty() && !line.is_content(at);
        if is_over {
            break;
        }
        if line.is_content(at) {
            about.push(line.span(at));
            end = at + 1;
        }
    }
    (about, end)
}
