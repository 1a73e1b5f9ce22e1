use super::line::Line;

/// How surely, or by what duty, something is said to come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modal {
    /// `will`, `shall`, `going to`.
    Will,
    /// `would`.
    Would,
    /// `must`, `have to`, `need to`.
    Must,
    /// `should`, `ought to`.
    Should,
    /// `may`, `might`.
    May,
    /// `can`.
    Can,
    /// `could`.
    Could,
}

impl Modal {
    /// Returns the name used in outputs: the plainest word of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Will => "will",
            Self::Would => "would",
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
            Self::Can => "can",
            Self::Could => "could",
        }
    }
}

/// A modal as it stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ModalWords {
    pub(super) modal: Modal,
    pub(super) n_words: usize,
    /// Whether it denies, as `won't` does.
    pub(super) is_denied: bool,
}

/// Words before `will`, `might` or `can` with which it is a noun.
#[rustfmt::skip]
const BEFORE_NOUNS: &[&str] = &[
    "the", "a", "an", "our", "your", "my", "his", "her", "their", "its", "political", "free",
    "good", "ill", "own", "military", "national", "popular", "collective", "sheer", "of", "goodwill",
];

/// Forms of `be` with which `going to` is said of what was.
const PAST: &[&str] = &["was", "were", "wasn't", "weren't"];

/// Tells whether a modal may stand for `would`, too: `we said that we were going to`.
pub(super) fn may_be_would(line: &Line<'_>, at: usize) -> bool {
    let (before, second) = (line.before(at, 1), line.before(at, 2));
    line.word(at) == "going"
        && (PAST.contains(&before) || before == "not" && PAST.contains(&second))
}

/// Finds the modal that begins at a word.
pub(super) fn modal_at(line: &Line<'_>, at: usize) -> Option<ModalWords> {
    let word = line.word(at);
    let modal = |modal, n_words, is_denied| Some(ModalWords { modal, n_words, is_denied });
    let is_to =
        |behind: usize| line.word(at + behind) == "to" && line.is_content_or_verb(at + behind + 1);
    match word {
        "will" | "might" | "can" if BEFORE_NOUNS.contains(&line.before(at, 1)) => None,
        // `All we can to make sure`.
        "will" | "would" | "may" | "might" | "must" | "can" | "could" | "should" | "shall"
            if line.word(at + 1) == "to" =>
        {
            None
        }
        "may" if line.written(at).starts_with('M') => None,
        "will" | "shall" => modal(Modal::Will, 1, false),
        "won't" | "shan't" => modal(Modal::Will, 1, true),
        "gonna" => modal(Modal::Will, 1, false),
        // `We are going to Ohio` goes somewhere.
        "going" if is_to(1) && !line.written(at + 2).starts_with(char::is_uppercase) => {
            modal(Modal::Will, 2, false)
        }
        "would" => modal(Modal::Would, 1, false),
        "wouldn't" => modal(Modal::Would, 1, true),
        "must" => modal(Modal::Must, 1, false),
        "mustn't" => modal(Modal::Must, 1, true),
        "have" | "has" | "need" | "needs" | "got" if is_to(1) => modal(Modal::Must, 2, false),
        "should" => modal(Modal::Should, 1, false),
        "shouldn't" => modal(Modal::Should, 1, true),
        "ought" if is_to(1) => modal(Modal::Should, 2, false),
        "may" | "might" => modal(Modal::May, 1, false),
        "mightn't" => modal(Modal::May, 1, true),
        "can" => modal(Modal::Can, 1, false),
        "cannot" | "can't" => modal(Modal::Can, 1, true),
        "could" => modal(Modal::Could, 1, false),
        "couldn't" => modal(Modal::Could, 1, true),
        contracted if contracted.ends_with("'ll") => modal(Modal::Will, 1, false),
        _ => None,
    }
}

impl Line<'_> {
    /// Tells whether a word may be a verb behind `to`.
    fn is_content_or_verb(&self, at: usize) -> bool {
        self.is_content(at) || self.is_any(at, &["be", "do", "have"])
    }
}
