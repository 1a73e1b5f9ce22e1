//! Verbs that report words.

use crate::lexicon::{BETWEEN, DENYING, DETERMINERS, PRONOUNS};
use crate::words::Token;

/// What a verb says of the words that it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// They were said, written or thought.
    Speech,
    /// They name what is spoken of: `called it “…”`.
    Naming,
}

/// The form of a verb, as far as it tells what its subject does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `say`, `says`.
    Present,
    /// `said`: the past, or a participle behind `has` or `was`.
    Past,
    /// `saying`.
    Gerund,
}

/// Verbs of speech, in the base form, which take the regular endings.
#[rustfmt::skip]
const SPEECH: &[&str] = &[
    "say", "ask", "reply", "respond", "answer", "explain", "note", "observe", "remark", "declare",
    "state", "add", "argue", "warn", "insist", "claim", "conclude", "continue", "announce",
    "proclaim", "promise", "affirm", "reaffirm", "assert", "stress", "emphasize", "emphasise",
    "underline", "underscore", "recall", "remind", "urge", "cite", "quote", "exclaim", "shout",
    "cry", "whisper", "comment", "pledge", "vow", "acknowledge", "admit", "agree", "concede",
    "contend", "suggest", "predict", "lament", "joke", "quip", "wonder", "read", "provide",
    "testify", "boast", "complain", "preach", "pray", "chant", "yell", "demand", "implore",
    "confess", "express", "counsel", "advise", "caution", "instruct", "order", "mention",
    "repeat", "report", "reveal", "confirm", "deny", "recite", "sign", "scream", "sing",
    "swear", "teach", "tell", "think", "write", "hold", "speak", "hear", "retort",
    "interject", "recount", "muse", "plead", "beg", "beseech", "inform", "assure", "propose",
    "recommend", "stipulate", "find", "guarantee", "prohibit", "forbid", "opine", "reiterate", "allege", "posit", "enjoin",
    "prophesy", "command", "appeal", "signal", "request", "require", "put", "go", "tweet",
];

/// Verbs that name, in the base form.
#[rustfmt::skip]
const NAMING: &[&str] = &[
    "call", "describe", "term", "label", "characterize", "characterise", "refer", "brand",
    "denounce", "condemn", "dismiss", "hail", "praise", "dub", "deem", "decry", "deride", "define",
    "accuse", "tout", "slam", "blast", "cast", "frame", "mock", "criticize", "portray", "depict", "consider", "identify",
];

/// Forms that no rule makes, with the base form.
#[rustfmt::skip]
const IRREGULAR: &[(&str, &str, Form)] = &[
    ("said", "say", Form::Past), ("told", "tell", Form::Past), ("wrote", "write", Form::Past),
    ("written", "write", Form::Past), ("thought", "think", Form::Past), ("held", "hold", Form::Past),
    ("taught", "teach", Form::Past), ("teaches", "teach", Form::Present),
    ("sang", "sing", Form::Past), ("sung", "sing", Form::Past), ("swore", "swear", Form::Past),
    ("spoke", "speak", Form::Past), ("spoken", "speak", Form::Past), ("heard", "hear", Form::Past),
    ("put", "put", Form::Past), ("putting", "put", Form::Gerund), ("found", "find", Form::Past),
    ("goes", "go", Form::Present), ("went", "go", Form::Past),
    ("replied", "reply", Form::Past), ("replies", "reply", Form::Present),
    ("cried", "cry", Form::Past), ("cries", "cry", Form::Present),
    ("testified", "testify", Form::Past), ("denied", "deny", Form::Past),
    ("denies", "deny", Form::Present), ("decried", "decry", Form::Past),
    ("admitted", "admit", Form::Past), ("referred", "refer", Form::Past),
    ("referring", "refer", Form::Gerund), ("dubbed", "dub", Form::Past),
    ("quipped", "quip", Form::Past), ("begged", "beg", Form::Past),
    ("labelled", "label", Form::Past), ("labelling", "label", Form::Gerund),
    ("pled", "plead", Form::Past), ("read", "read", Form::Past),
];

/// Words that report only in a phrase of their own, and mean something else elsewhere:
/// `put it`, `it goes`, `spoke of`, `held that`.
const NEED_MORE: &[(&str, &[&str])] = &[
    ("put", &["it", "this", "that"]),
    ("go", &["like", "something", "on", ",", ":"]),
    ("speak", &["of", "about"]),
    ("hold", &["that", ":"]),
    ("think", &["that", ",", ":", "to"]),
    ("hear", &["that"]),
    ("find", &["that"]),
    ("refer", &["to"]),
    ("sign", &["“"]),
];

/// Reads a word as a verb that reports words; `next` is the word or mark behind it.
pub(crate) fn read_cue(token: &Token<'_>, next: Option<&Token<'_>>) -> Option<(Cue, Form)> {
    if !token.is_word() || (token.is_capitalised() && !token.starts_sentence) {
        return None;
    }
    let (base, form) = base_of(&token.folded)?;
    let cue = if SPEECH.contains(&base) {
        Cue::Speech
    } else if NAMING.contains(&base) {
        Cue::Naming
    } else {
        return None;
    };
    // `observing the law` keeps it.
    let keeps = base == "observe" && form == Form::Gerund;
    if keeps && !next.is_some_and(|next| next.is_any(&["that"]) || next.is_stop(&[','])) {
        return None;
    }
    if let Some((_, needed)) = NEED_MORE.iter().find(|(verb, _)| *verb == base) {
        let next = next?;
        if !needed.contains(&next.folded.as_str()) && !needed.contains(&next.written) {
            return None;
        }
    }
    Some((cue, form))
}

/// Tells whether a word before a base form, such as `call`, leaves it a verb: `they call`, and not
/// `the old call`.
pub(crate) fn may_precede_base(token: &Token<'_>) -> bool {
    !token.is_word()
        || token.is_any(PRONOUNS)
        || token.is_any(BETWEEN)
        || token.is_any(DENYING)
        || token.is_any(&["to", "and", "or", "who", "that", "let", "us", "which", "people"])
        || (token.folded.ends_with('s')
            && !token.folded.ends_with("'s")
            && !token.is_any(DETERMINERS))
        || token.folded.contains('\'')
        || token.folded.ends_with("ly")
}

/// Tells whether a folded word is some form of a verb that reports words.
pub(crate) fn is_cue_form(folded: &str) -> bool {
    base_of(folded).is_some_and(|(base, _)| SPEECH.contains(&base) || NAMING.contains(&base))
}

/// Brings a folded verb into its base form.
fn base_of(folded: &str) -> Option<(&'static str, Form)> {
    if let Some((_, base, form)) = IRREGULAR.iter().find(|(written, _, _)| *written == folded) {
        return Some((base, *form));
    }
    let known = |stem: &str| SPEECH.iter().chain(NAMING).find(|verb| **verb == stem).copied();
    if let Some(base) = known(folded) {
        return Some((base, Form::Present));
    }
    let with_e = |stem: &str| known(stem).or_else(|| known(&format!("{stem}e")));
    if let Some(stem) = folded.strip_suffix("ing") {
        return Some((with_e(stem)?, Form::Gerund));
    }
    if let Some(stem) = folded.strip_suffix("ed") {
        return Some((with_e(stem)?, Form::Past));
    }
    if let Some(stem) = folded.strip_suffix("es").and_then(known) {
        return Some((stem, Form::Present));
    }
    let stem = folded.strip_suffix('s')?;
    Some((known(stem)?, Form::Present))
}
