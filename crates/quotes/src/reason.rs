//! Why what stands in marks is no quotation.

use crate::lexicon::{BE, DETERMINERS, DISTANCED, NAMED_THINGS, TITLED, WORDED};
use crate::source::is_function_word;
use crate::words::{Piece, Token};
use onrecord_model::Span;

/// How far before the marks a noun is looked for that names what stands in them, in tokens.
const MAX_DISTANCE: usize = 16;

/// Why what stands in marks quotes nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The title of a work, an event, a programme or a paper.
    Title,
    /// A theme, a slogan, a motto or a saying.
    Slogan,
    /// What something or someone is called.
    Term,
    /// A word that is spoken of, and not used.
    WordAsWord,
    /// Words from which the text keeps its distance, or that nobody is said to have said.
    Scare,
}

impl Reason {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Slogan => "slogan",
            Self::Term => "term",
            Self::WordAsWord => "word-as-word",
            Self::Scare => "scare",
        }
    }
}

/// Marks that quote nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonQuote {
    /// What stands in the marks, without them.
    pub span: Span,
    /// Why it is no quotation.
    pub reason: Reason,
}

/// Words of [`TITLED`] behind which even a whole sentence is a title.
const TITLING: &[&str] = &[
    "entitled",
    "titled",
    "subtitled",
    "title",
    "headline",
    "heading",
    "song",
    "hymn",
    "anthem",
    "poem",
    "play",
    "film",
    "movie",
    "show",
    "named",
    "nicknamed",
    "nickname",
    "tale",
    "story",
    "series",
];

/// Nouns that name what people say together, or say again and again.
const SLOGANS: &[&str] = &[
    "theme",
    "themes",
    "slogan",
    "slogans",
    "motto",
    "saying",
    "adage",
    "proverb",
    "mantra",
    "banner",
    "watchword",
    "chant",
    "chants",
    "hashtag",
    "subject",
    "topic",
];

/// How the sentence reports what stands in the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// It does not.
    None,
    /// As part of itself.
    Woven,
    /// Apart from itself, behind a stop or `that`.
    Apart,
}

/// Finds why the marks at `at` quote nobody in what stands directly behind them.
pub(crate) fn reason_behind(tokens: &[Token<'_>], at: usize, words: &str) -> Option<Reason> {
    let mut behind = tokens.get(at + 1..).unwrap_or_default().iter();
    let next = behind.next()?;
    let next = if matches!(next.piece, Piece::Dash) || next.is_stop(&[',']) {
        behind.next()?
    } else {
        next
    };
    if next.is_any(&["meaning", "means", "meant"]) {
        return Some(Reason::WordAsWord);
    }
    // `“…”, the theme of this session`.
    let is_comma = tokens.get(at + 1).is_some_and(|token| token.is_stop(&[',']));
    let noun = if next.is_any(DETERMINERS) { behind.next() } else { None };
    if is_comma && noun.is_some_and(|noun| noun.is_any(SLOGANS) || noun.is_any(TITLED)) {
        return Some(Reason::Slogan);
    }
    let is_named = !is_sentence(words) && next.is_any(NAMED_THINGS);
    (is_named && tokens.get(at + 1)?.is_word()).then_some(Reason::Term)
}

/// Finds why marks quote nobody in the words directly before them.
pub(crate) fn reason_before(
    tokens: &[Token<'_>],
    at: usize,
    words: &str,
    report: Report,
) -> Option<Reason> {
    let start = at.saturating_sub(2 * MAX_DISTANCE);
    let mut before = at;
    let mut is_apart = false;
    let mut is_over = false;
    while let Some(previous) = before.checked_sub(1).filter(|previous| *previous >= start) {
        let token = tokens.get(previous)?;
        let is_stop = token.is_stop(&[',', ':', '.']) || token.piece == Piece::Dash;
        is_apart |= is_stop;
        is_over |= token.is_stop(&['.']);
        let fills = token.is_any(&[
            "namely", "the", "a", "an", "of", "is", "was", "are", "be", "being", "on", "our", "as",
            "famous", "their", "his", "her", "its", "very", "simple", "about", "that",
        ]);
        let is_number = token.is_word() && token.folded.starts_with(|c: char| c.is_ascii_digit());
        if !is_stop && !fills && !is_number {
            break;
        }
        before = previous;
    }
    let previous = before.checked_sub(1).filter(|previous| *previous >= start)?;
    let token = tokens.get(previous)?;
    let before = previous.checked_sub(1).and_then(|at| tokens.get(at));
    // A sentence before may name a theme; what else it ends with says nothing of the marks.
    let counts = (!is_over || token.is_any(SLOGANS))
        && !(report != Report::None && token.is_any(TITLED) && !starts_large(words));
    if let Some(reason) = reason_of(token, before, words).filter(|_| counts) {
        return Some(reason);
    }
    // `a poem called “Youth”`, and not `Ada Vale called “…”`.
    let is_participle = before.is_some_and(|before| {
        before.is_word()
            && !before.is_capitalised()
            && !is_function_word(before)
            && !before.is_any(BE)
    });
    let n_words = words.split_whitespace().count();
    if token.is_any(&["called"])
        && is_participle
        && starts_large(words)
        && n_words <= MAX_TERM_WORDS
    {
        return Some(if is_titled(words) { Reason::Title } else { Reason::Term });
    }
    if token.is_any(&["known", "referred", "dubbed", "termed", "labelled", "labeled", "styled"])
        && previous + 1 < at
    {
        return Some(Reason::Term);
    }
    if !is_apart || report == Report::Apart {
        return None;
    }
    // `the theme chosen for this session, namely, “…”`
    let from = start.max(previous.saturating_sub(MAX_DISTANCE));
    (from..previous)
        .rev()
        .map_while(|at| {
            let token = tokens.get(at).filter(|token| !matches!(token.piece, Piece::Quote(_)))?;
            Some((token, at.checked_sub(1).and_then(|at| tokens.get(at))))
        })
        .filter(|(token, _)| {
            token.is_any(SLOGANS) || token.is_any(&["entitled", "titled", "title", "headline"])
        })
        .find_map(|(token, before)| reason_of(token, before, words))
}

fn reason_of(token: &Token<'_>, before: Option<&Token<'_>>, words: &str) -> Option<Reason> {
    // `an old saying`, and not `he kept saying`.
    let is_verb = before.is_none_or(|before| {
        !(before.is_any(&["the", "a", "an", "that", "this", "my", "our"])
            || before.is_any(&["old", "popular", "common", "famous", "wise"]))
    });
    if token.is_any(&["saying"]) && is_verb {
        return None;
    }
    if token.is_any(DISTANCED) {
        return Some(Reason::Scare);
    }
    let is_title = token.is_any(TITLED) && !token.is_any(TITLING) && !token.is_any(SLOGANS);
    if is_title && is_sentence(words) {
        return None;
    }
    if token.is_any(SLOGANS) {
        return Some(Reason::Slogan);
    }
    if token.is_any(TITLED) {
        return Some(if is_titled(words) { Reason::Title } else { Reason::Term });
    }
    token.is_any(WORDED).then_some(Reason::WordAsWord)
}

/// Says why marks quote nobody of which nothing around them tells more: `before` is the word
/// before them.
pub(crate) fn reason_of_words(words: &str, before: Option<&Token<'_>>) -> Reason {
    if is_titled(words) {
        return Reason::Title;
    }
    let is_owned = before.is_some_and(|before| {
        before.is_any(DETERMINERS)
            || before.is_word() && OWNERS.iter().any(|ending| before.folded.ends_with(ending))
    });
    let n_words = words.split_whitespace().count();
    let is_phrase = (2..=MAX_TERM_WORDS).contains(&n_words) && !words.ends_with(['.', '!', '?']);
    if is_owned && is_phrase { Reason::Term } else { Reason::Scare }
}

/// The most words of a term.
const MAX_TERM_WORDS: usize = 4;
/// Endings of owners: `the Department's`.
const OWNERS: [&str; 2] = ["'s", "s'"];

/// Tells whether words are written as a title: capitals throughout, two words at least.
pub(crate) fn is_titled(words: &str) -> bool {
    let mut large = 0;
    for word in words.split_whitespace() {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
        if !first.is_lowercase() {
            large += 1;
        } else if !SMALL_IN_TITLES.contains(&word.to_lowercase().as_str()) {
            return false;
        }
    }
    large >= 2 && !words.ends_with(['!', '?', '…'])
}

/// Words that have no capital in a title.
const SMALL_IN_TITLES: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or",
    "the", "to", "with", "its", "their", "our", "is",
];

/// Tells whether words make a whole sentence: a capital first and a stop at the end, or a verb.
pub(crate) fn is_sentence(words: &str) -> bool {
    let n_words = words.split_whitespace().count();
    if n_words >= 3 && is_titled(words) {
        return false;
    }
    let is_stopped = words.ends_with(['.', '!', '?', '…']) || words.ends_with(".’");
    starts_large(words) && (is_stopped && n_words >= 2 || n_words >= 4 && has_finite_verb(words))
}

/// Tells whether words make a clause, with a capital or without.
pub(crate) fn is_clause(words: &str) -> bool {
    is_sentence(words) || words.split_whitespace().count() >= 4 && has_finite_verb(words)
}

pub(crate) fn starts_large(words: &str) -> bool {
    words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Words that are forms of finite verbs and nothing else.
#[rustfmt::skip]
const FINITE: &[&str] = &[
    "is", "are", "was", "were", "am", "have", "has", "had", "will", "would", "can", "could",
    "should", "must", "may", "might", "do", "does", "did", "shall", "cannot", "let", "go", "went",
    "said", "says", "know", "want", "need", "see", "think", "believe", "make", "makes", "made",
    "come", "comes", "came", "get", "got", "take", "takes", "took", "give", "gave", "seek", "hope",
    "love", "hold", "say", "became", "remains",
];

fn has_finite_verb(words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let ends = |ending: &str| word.ends_with(ending);
        FINITE.contains(&word.as_str())
            || ends("n’t")
            || ends("n't")
            || ends("’ll")
            || ends("'ll")
            || ends("’re")
            || ends("'re")
            || ends("’ve")
            || ends("'ve")
            || ends("’m")
            || ends("'m")
            || [
                "it's",
                "it’s",
                "that's",
                "that’s",
                "he's",
                "he’s",
                "she's",
                "she’s",
                "there’s",
                "there's",
                "i'd",
                "i’d",
                "what's",
                "what’s",
                "let’s",
                "let's",
            ]
            .contains(&word.as_str())
    })
}
