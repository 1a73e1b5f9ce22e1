//! What reports a quotation: the rules, each on the words of one paragraph.

use crate::cue::{Cue, Form, may_precede_base, read_cue};
use crate::lexicon::{BE, BETWEEN, DETERMINERS, PAPERS, PREPOSITIONS, PRONOUNS, ROLES, WORDINGS};
use crate::reason::{is_clause, is_sentence, is_titled};
use crate::source::{Phrase, agent_of, is_adverb, is_name_word, phrase_after, subject_of};
use crate::words::{Piece, Token};
use onrecord_model::AttributionRule;
use std::ops::Range;

/// How far a verb of speech may stand before the words it reports, in tokens.
const MAX_REACH: usize = 40;
/// How far, where no stop parts the words from the sentence that reports them.
const MAX_WOVEN: usize = 24;
/// The most tokens of a name before a colon or behind a dash.
const MAX_LABEL: usize = 32;

/// Who said it, in tokens of the paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) rule: AttributionRule,
    pub(crate) source: Option<Phrase>,
    pub(crate) cue: Option<Range<usize>>,
    /// 0 to 1.
    pub(crate) confidence: f32,
    /// Whether the words stand apart from the sentence, by a stop or `that`.
    pub(crate) is_apart: bool,
}

impl Finding {
    fn new(rule: AttributionRule, source: Phrase, confidence: f32) -> Self {
        Self { rule, source: Some(source), cue: None, confidence, is_apart: true }
    }
}

/// A quotation in the paragraph that is asked about.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) tokens: &'a [Token<'a>],
    /// The token that stands for it.
    pub(crate) at: usize,
    /// What stands in the marks.
    pub(crate) words: &'a str,
    /// The first word of the paragraph that stands in no marks.
    pub(crate) first_word: usize,
}

impl<'a> Asked<'a> {
    fn token(&self, at: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(at)
    }

    /// Tells whether no word stands before the marks.
    pub(crate) fn opens(&self) -> bool {
        self.at < self.first_word
    }

    /// Returns where the sentence begins that the marks stand in.
    pub(crate) fn sentence_start(&self) -> usize {
        let Some(mut at) = self.at.checked_sub(1) else { return self.at };
        if self.token(self.at).is_some_and(|token| token.starts_sentence) {
            let is_open = self.last_word().is_some_and(|(_, token)| {
                token.is_any(&["quote", "said", "says", "say", "write", "following", "quoting"])
            });
            if !is_open {
                return self.at;
            }
        }
        let limit = self.at.saturating_sub(MAX_REACH);
        while at > limit && self.token(at).is_some_and(|token| !token.starts_sentence) {
            at -= 1;
        }
        at
    }

    /// Returns the nearest word before the marks.
    fn last_word(&self) -> Option<(usize, &'a Token<'a>)> {
        let last = (0..self.at).rev().take(4).find(|at| self.token(*at).is_some_and(Token::is_word))?;
        Some((last, self.token(last)?))
    }
}

/// Finds a name and a colon that open the paragraph and stand alone before the marks.
pub(crate) fn label(asked: &Asked<'_>) -> Option<Finding> {
    let colon = asked.at.checked_sub(1)?;
    if !asked.token(colon)?.is_stop(&[':']) || colon > MAX_LABEL {
        return None;
    }
    let name = label_name(asked.tokens, 0, colon)?;
    Some(Finding::new(AttributionRule::Label, name, 0.95))
}

/// Finds the name in a label: what stands before its first comma, without the verbs of a
/// sentence.
pub(crate) fn label_name(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Phrase> {
    let start = (start..end).find(|at| tokens.get(*at).is_some_and(Token::is_word))?;
    let label = tokens.get(start..end)?;
    let is_prose = label.iter().enumerate().any(|(n, token)| {
        let next = label.get(n + 1);
        token.is_any(&BE)
            || token.is_any(&PRONOUNS)
            || (read_cue(token, next).is_some() && !token.is_any(&ROLES) && !token.is_capitalised())
            || matches!(token.piece, Piece::Quote(_))
            || token.is_stop(&[';', '.', '!', '?'])
    });
    let is_from = tokens.get(start).is_some_and(|token| token.is_any(&["from", "and", "by"]));
    if is_prose && !is_from {
        return None;
    }
    let mut from = start;
    while from < end && tokens.get(from)?.is_any(&["from", "and", "by", "also"]) {
        from += 1;
    }
    let to = (from..end)
        .find(|at| {
            tokens.get(*at).is_some_and(|token| {
                token.is_stop(&[',']) || matches!(token.piece, Piece::Remark | Piece::Dash)
            })
        })
        .unwrap_or(end);
    let to = cut_at_occasion(tokens, from, to);
    let name = tokens.get(from..to)?;
    let is_part = |token: &Token<'_>| {
        is_name_word(token)
            || token.is_any(ROLES)
            || token.is_any(&["of", "the", "and", "for", "de", "van", "von", "al", "bin", "our", "my", "former", "late", "&", "'s"])
            || token.is_stop(&['&'])
    };
    // What stands behind the comma are offices, and has capitals too.
    let behind = tokens.get(to..end)?;
    let n_words = behind.iter().filter(|token| token.is_word()).count();
    let n_small = behind.iter().filter(|token| token.is_word() && !token.is_capitalised()).count();
    let is_name = name.iter().all(is_part) && name.iter().any(is_name_word) && name.len() <= 14;
    (is_name && n_small * 2 <= n_words.max(2)).then_some(from..to)
}

/// Cuts what says when or where behind a name: `Ada Vale in 2011`.
fn cut_at_occasion(tokens: &[Token<'_>], from: usize, to: usize) -> usize {
    (from + 1..to)
        .find(|at| tokens.get(*at).is_some_and(|t| t.is_any(&["in", "on", "at", "during", "before"])))
        .unwrap_or(to)
}

/// Finds a dash and a name behind the words that open the paragraph.
pub(crate) fn dash(asked: &Asked<'_>) -> Option<Finding> {
    if let Some(finding) = sign_off(asked.tokens, asked.at + 1) {
        return Some(finding);
    }
    let behind = asked.at + 1;
    let dash = (behind..behind + 2).find(|at| asked.token(*at).is_some_and(|t| t.piece == Piece::Dash))?;
    let between = (behind..dash).all(|at| asked.token(at).is_some_and(|t| t.piece == Piece::Remark));
    if !asked.opens() || !between {
        return None;
    }
    let name = signature(asked.tokens, dash + 1)?;
    Some(Finding::new(AttributionRule::Dash, name, 0.95))
}

/// Finds a line that says whose desk it comes from.
pub(crate) fn sign_off(tokens: &[Token<'_>], start: usize) -> Option<Finding> {
    let start = (start..start + 2).find(|at| tokens.get(*at).is_some_and(Token::is_word))?;
    let words = tokens.get(start..start + 4)?;
    let leads = words.iter().zip(["from", "the", "desk", "of"]).all(|(t, word)| t.folded == word);
    let name = leads.then(|| label_name(tokens, start + 4, tokens.len().min(start + MAX_LABEL)))??;
    Some(Finding::new(AttributionRule::SignOff, name, 0.9))
}

/// Reads the name that is all there is from `start` on, but for an office, an occasion and a
/// date behind a comma.
pub(crate) fn signature(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let rest = tokens.get(start..).filter(|rest| rest.len() <= MAX_LABEL)?;
    let is_prose = rest.iter().enumerate().any(|(n, token)| {
        token.is_any(&BE)
            || token.is_any(&["i", "he", "she", "they", "we", "you", "it"])
            || (!token.is_capitalised() && read_cue(token, rest.get(n + 1)).is_some())
            || matches!(token.piece, Piece::Quote(_))
    });
    if is_prose {
        return None;
    }
    label_name(tokens, start, tokens.len())
}

/// Finds a verb of speech and its subject behind the words: `“…,” said Ada Vale`.
pub(crate) fn cue_after(asked: &Asked<'_>) -> Option<Finding> {
    let mut from = asked.at + 1;
    if let Some(finding) = is_what(asked) {
        return Some(finding);
    }
    let is_comma = asked.token(from).is_some_and(|token| token.is_stop(&[',']));
    let is_open = asked.words.ends_with([',', '?', '!', '—', '…', '-']) || is_comma;
    while asked.token(from).is_some_and(|t| t.is_stop(&[',', '…']) || matches!(t.piece, Piece::Dash | Piece::Remark)) {
        from += 1;
    }
    let first = asked.token(from)?;
    if !is_open || !first.is_word() {
        return None;
    }
    if is_comma && first.is_any(&["which"]) {
        return cue_of(asked, from + 1);
    }
    if first.is_any(&["as", "according", "in", "to"]) {
        return trailing_phrase(asked, from);
    }
    if read_cue(first, asked.token(from + 1)).is_some() && !first.folded.ends_with("ing") {
        let subject = phrase_after(asked.tokens, from + 1)?;
        if !ends_report(asked.token(subject.end)) {
            return None;
        }
        let cue = from..from + 1;
        let finding = Finding::new(AttributionRule::CueAfter, subject, 0.93);
        return Some(Finding { cue: Some(cue), ..finding });
    }
    let is_clause = is_clause(asked.words);
    let first = asked.token(from)?;
    let finding = cue_of(asked, from)?;
    let verb = finding.cue.as_ref()?.start;
    // `“Go!” Ada Vale said, “Now.”` belongs to what follows, and so does what is no clause.
    let is_new = first.starts_sentence && !asked.words.ends_with(',');
    let introduces = (verb + 1..verb + 4).any(|at| {
        asked.token(at).is_some_and(|t| matches!(t.piece, Piece::Quote(_)) || t.is_any(&["that"]))
    });
    (!introduces || (!is_new && (is_clause || asked.words.ends_with(',')))).then_some(finding)
}

/// Reads `“…” is what Ada Vale said`, `“…” was how Ada Vale described it`.
fn is_what(asked: &Asked<'_>) -> Option<Finding> {
    let leads = asked.token(asked.at + 1)?.is_any(&["is", "was", "were", "are"])
        && asked.token(asked.at + 2)?.is_any(&["what", "how"]);
    leads.then(|| cue_of(asked, asked.at + 3))?
}

/// Reads a subject and its verb of speech from `from` on.
fn cue_of(asked: &Asked<'_>, from: usize) -> Option<Finding> {
    let subject = phrase_after(asked.tokens, from)?;
    let verb = (subject.end..subject.end + 4).find(|at| {
        asked.token(*at).is_some_and(|token| {
            read_cue(token, asked.token(at + 1)).is_some() && !token.folded.ends_with("ing")
        })
    })?;
    let between = asked.tokens.get(subject.end..verb)?;
    if !between.iter().all(|t| t.is_any(BETWEEN) || is_adverb(t)) {
        return None;
    }
    let finding = Finding::new(AttributionRule::CueAfter, subject, 0.93);
    Some(Finding { cue: Some(verb..verb + 1), ..finding })
}

/// Tells whether a report may end before a token: `said Ada Vale,`, `said Ada Vale in May`.
fn ends_report(next: Option<&Token<'_>>) -> bool {
    next.is_none_or(|token| {
        !token.is_word()
            || token.is_any(&["in", "at", "on", "to", "of", "during", "when", "who", "last", "this"])
    })
}

/// Reads `as Ada Vale put it`, `according to Ada Vale`, `in the words of Ada Vale`.
fn trailing_phrase(asked: &Asked<'_>, from: usize) -> Option<Finding> {
    let first = asked.token(from)?;
    if first.is_any(&["as"]) {
        let subject = phrase_after(asked.tokens, from + 1)?;
        let verb = (subject.end..subject.end + 4)
            .find(|at| asked.token(*at).is_some_and(|t| read_cue(t, asked.token(at + 1)).is_some()))?;
        let names = read_cue(asked.token(verb)?, asked.token(verb + 1))?.0 == Cue::Naming;
        if names && asked.token(subject.start)?.is_any(PRONOUNS) {
            return None;
        }
        let finding = Finding::new(AttributionRule::CueAfter, subject, 0.9);
        return Some(Finding { cue: Some(verb..verb + 1), ..finding });
    }
    let to = (from + 1..from + 5).find(|at| asked.token(*at).is_some_and(|t| t.is_any(&["to", "of"])))?;
    let is_phrase = asked.token(to - 1)?.is_any(&["according", "words"]);
    let source = is_phrase.then(|| phrase_after(asked.tokens, to + 1))??;
    let finding = Finding::new(AttributionRule::WordsOf, source, 0.9);
    Some(Finding { cue: Some(from..to + 1), ..finding })
}

/// Finds a verb of speech and its subject, or a noun for someone's words, before the marks.
pub(crate) fn cue_before(asked: &Asked<'_>) -> Option<Finding> {
    let start = asked.sentence_start();
    if start >= asked.at {
        return None;
    }
    for at in (start..asked.at).rev() {
        let token = asked.token(at)?;
        let found = words_of(asked, at).or_else(|| {
            let (cue, form) = read_cue(token, asked.token(at + 1))?;
            reported(asked, start, at, (cue, form))
        });
        if found.is_some() {
            return found;
        }
        // What something is called is a name, whoever says so: `he said we call it “…”`.
        let names = read_cue(token, asked.token(at + 1)).is_some_and(|(cue, _)| cue == Cue::Naming);
        if names && asked.at - at <= 4 && !is_noun(asked, start, at) {
            return None;
        }
    }
    None
}

/// Verbs that also do many other things: they report only what stands right behind them.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "provide", "provides", "provided", "providing", "sign", "signs", "signed", "order", "orders",
    "ordered", "sing", "sings", "sang", "read", "reads", "require", "requires", "required",
    "continue", "continues", "continued", "held", "holds", "express", "expresses", "expressed",
    "cite", "cites", "cited", "request", "requests", "requested", "charge", "charged", "charges",
    "command", "commanded", "appeal", "appealed", "appeals", "speak", "spoke", "speaks", "hear",
    "heard", "hears", "teach", "taught", "teaches", "agree", "agreed", "agrees", "add", "added",
    "adds", "goes", "went", "go", "propose", "proposed", "consider", "considers", "considered",
    "identify", "identified", "identifies", "sung", "signal", "think", "thought", "confirm",
    "confirmed", "report", "recommend",
];

/// Judges the verb at `verb`: whether it reports the marks, and whose verb it is.
fn reported(
    asked: &Asked<'_>,
    start: usize,
    verb: usize,
    (cue, form): (Cue, Form),
) -> Option<Finding> {
    let tokens = asked.tokens;
    let token = asked.token(verb)?;
    let before = verb.checked_sub(1).filter(|at| *at >= start).and_then(|at| tokens.get(at));
    let is_base = form == Form::Present && !token.folded.ends_with('s');
    let is_noun = is_noun(asked, start, verb)
        || is_base && before.is_some_and(|before| !may_precede_base(before));
    if is_noun || is_quoting_phrase(asked, start, verb) {
        return None;
    }
    let gap = tokens.get(verb + 1..asked.at)?;
    let is_apart = is_apart(asked, gap);
    let is_near = gap.len() <= 3
        || (is_apart && is_sentence(asked.words))
        || gap.first().is_some_and(|token| token.is_any(&["that"]));
    if (WEAK.contains(&token.folded.as_str()) && !is_near) || gap.iter().any(|t| t.is_stop(&[';'])) {
        return None;
    }
    let source = subject_of(tokens, start, verb)
        .or_else(|| if gap.iter().any(|t| t.is_any(&["by"])) { agent_of(tokens, verb) } else { None })
        .or_else(|| paper_of(asked, verb))?;
    let subject = tokens.get(source.end - 1)?;
    let is_self = subject.is_any(&["i", "we"]) || subject.folded.starts_with("i'") || subject.folded.starts_with("we'");
    let is_general = is_self || subject.is_any(&["they", "it", "people", "some", "you", "many", "others", "one"]);
    let is_title = is_titled(asked.words)
        && gap.len() > 2
        && !asked.words.ends_with(['.', '!', '?']);
    if is_title {
        return None;
    }
    match cue {
        Cue::Naming if is_general || is_titled(asked.words) => return None,
        Cue::Speech | Cue::Naming => {}
    }
    let n_words = asked.words.split_whitespace().count();
    let is_own = is_self && (gap.len() > 1 || n_words < 4);
    // `he said, I thank you for ending “…”` tells his words without marks.
    let is_told = gap.first().is_some_and(|token| token.is_stop(&[',']))
        && gap.iter().any(|token| token.is_any(&["i", "we", "you"]));
    let is_nobody = tokens.get(source.start)?.is_any(&["no", "nobody"]);
    if is_nobody || !is_apart && is_told {
        return None;
    }
    if !is_apart && (is_own || is_titled(asked.words)) {
        return None;
    }
    if !is_apart && gap.len() > MAX_WOVEN {
        return None;
    }
    let rule = if cue == Cue::Naming { AttributionRule::Naming } else { AttributionRule::CueBefore };
    let confidence = match (is_apart, gap.len()) {
        (true, 0..=6) => 0.95,
        (true, _) => 0.85,
        (false, 0..=6) => 0.85,
        (false, _) => 0.7,
    };
    Some(Finding { rule, source: Some(source), cue: Some(verb..verb + 1), confidence, is_apart })
}

/// Tells whether a word that may be a verb of speech is a noun here: `the call`, `of words`.
fn is_noun(asked: &Asked<'_>, start: usize, verb: usize) -> bool {
    let before = verb.checked_sub(1).filter(|at| *at >= start).and_then(|at| asked.token(at));
    let is_gerund = asked.token(verb).is_some_and(|token| token.folded.ends_with("ing"));
    before.is_some_and(|t| {
        t.is_any(DETERMINERS) && !t.is_any(&["that", "this", "all", "both", "many", "some", "one"])
            || t.is_any(&["of", "for", "with", "from", "into"]) && !is_gerund
    })
}

/// Tells whether the words stand apart from what reports them.
fn is_apart(asked: &Asked<'_>, gap: &[Token<'_>]) -> bool {
    gap.is_empty() && is_sentence(asked.words)
        || gap.last().is_some_and(|token| {
            token.is_stop(&[',', ':', '.', '?', '…'])
                || token.piece == Piece::Remark
                || token.piece == Piece::Dash && (gap.len() <= 6 || is_clause(asked.words))
                || token.is_any(&["that", "like"])
        })
}

/// Tells whether a verb only announces a quotation, `and I quote`, and another one reports it.
fn is_quoting_phrase(asked: &Asked<'_>, start: usize, verb: usize) -> bool {
    let is_quote = asked.token(verb).is_some_and(|t| t.is_any(&["quote", "quoting"]));
    let before = asked.tokens.get(start.max(verb.saturating_sub(3))..verb).unwrap_or_default();
    is_quote && before.iter().any(|token| token.is_any(&["i", "i'm", "i'll", "we", "me", "will"]))
}

/// Finds the paper that a participle points to: `as stated in the Charter`.
fn paper_of(asked: &Asked<'_>, verb: usize) -> Option<Phrase> {
    let token = asked.token(verb)?;
    if !token.folded.ends_with("ed") && !token.is_any(&["written", "said", "put"]) {
        return None;
    }
    let preposition = asked.token(verb + 1)?;
    if preposition.is_any(&["by"]) {
        return phrase_after(asked.tokens, verb + 2);
    }
    let paper = preposition.is_any(&["in"]).then(|| paper_after(asked.tokens, verb + 2))?;
    paper
}

/// Finds the paper that is named from `start` on: `the Reed Port outcome document`.
fn paper_after(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let phrase = phrase_after(tokens, start)?;
    if is_paper(tokens, &phrase) {
        return Some(phrase);
    }
    let noun = (phrase.end..phrase.end + 4)
        .take_while(|at| tokens.get(*at).is_some_and(|token| !token.is_stop(&[',', ':', ';', '.'])))
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_any(PAPERS)))?;
    Some(phrase.start..noun + 1)
}

fn is_paper(tokens: &[Token<'_>], phrase: &Phrase) -> bool {
    tokens.get(phrase.clone()).unwrap_or_default().iter().any(|token| token.is_any(&PAPERS))
}

/// Reads a noun that stands for someone's words, at `at`: `in the words of Ada Vale, “…”`,
/// `Ada Vale's warning that “…”`, `according to Ada Vale, “…”`.
fn words_of(asked: &Asked<'_>, at: usize) -> Option<Finding> {
    let tokens = asked.tokens;
    let token = asked.token(at)?;
    let before = at.checked_sub(1).and_then(|at| asked.token(at));
    let source = if token.is_any(&["quote", "quoting", "quotes", "cite", "citing", "paraphrase"]) {
        let from = if asked.token(at + 1)?.is_any(&["from"]) { at + 2 } else { at + 1 };
        phrase_after(tokens, from).filter(|source| source.end <= asked.at)?
    } else if token.is_any(&["in"]) {
        let leads = before.is_some_and(|word| word.is_any(LAID_DOWN))
            || before.is_some_and(|word| word.is_any(&["out", "down", "forth"]));
        leads.then(|| paper_after(tokens, at + 1))??
    } else if token.is_any(&["of", "to", "from", "by"]) {
        let leads = before.is_some_and(|word| {
            (token.is_any(&["of", "from", "by"]) && word.is_any(&WORDINGS))
                || (token.is_any(&["to"]) && word.is_any(&["according"]))
                || (token.is_any(&["by"]) && word.is_any(&["put", "stated", "said", "expressed", "written", "spoken", "uttered"]))
        });
        leads.then(|| phrase_after(tokens, at + 1))??
    } else if token.is_any(&WORDINGS) {
        possessor(tokens, at)?
    } else {
        return None;
    };
    let names_someone = source.len() == 1 && tokens.get(source.start)?.is_any(&["his", "her"])
        || tokens.get(source.clone())?.iter().any(|t| is_name_word(t) || t.is_any(&ROLES) || t.is_any(&PAPERS));
    let end = source.end.max(at + 1);
    let gap = tokens.get(end..asked.at)?;
    let is_apart = gap.is_empty() || is_apart(asked, gap);
    let is_placed = gap.first().is_some_and(|t| t.is_any(&["at", "in", "on", "for", "with"]));
    if !names_someone || gap.len() > MAX_WOVEN || (!is_apart && (gap.len() > 8 || is_placed)) {
        return None;
    }
    let finding = Finding::new(AttributionRule::WordsOf, source, 0.88);
    Some(Finding { cue: Some(at..at + 1), is_apart, ..finding })
}

/// Participles before `in` and the paper that says the words.
const LAID_DOWN: &[&str] = &[
    "enshrined", "reflected", "contained", "embodied", "expressed", "stated", "written", "found",
    "articulated", "laid", "set", "described", "proclaimed", "inscribed", "recorded",
];

/// Reads the name before a noun that belongs to it: `Ada Vale's famous words`, `her own words`.
fn possessor(tokens: &[Token<'_>], noun: usize) -> Option<Phrase> {
    let pronoun = (noun.saturating_sub(2)..noun)
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_any(&["his", "her"])));
    if let Some(pronoun) = pronoun {
        return tokens.get(noun)?.is_any(&["words"]).then_some(pronoun..pronoun + 1);
    }
    let owner = (noun.saturating_sub(3)..noun)
        .rev()
        .find(|at| tokens.get(*at).is_some_and(|t| t.is_word() && (t.folded.ends_with("'s") || t.folded.ends_with("s'"))))?;
    let start = owner.saturating_sub(8);
    crate::source::phrase_before(tokens, start, owner + 1)
}
