//! Who a verb of speech has for its subject: noun phrases, read from either end.

use crate::cue::{Cue, is_cue_form, read_cue};
use crate::lexicon::{
    BE, BETWEEN, CONJUNCTIONS, DENYING, DETERMINERS, LEADING_TO, PAPERS, PREPOSITIONS, PRONOUNS,
    ROLES, TIMES,
};
use crate::words::{Piece, Token};
use std::ops::Range;

/// The most tokens of a noun phrase, and of what stands between a subject and its verb.
const MAX_PHRASE: usize = 16;
/// The most tokens of a clause that is searched for its subject.
const MAX_CLAUSE: usize = 40;
/// The most small words between a determiner and its noun.
const MAX_SMALL_WORDS: usize = 5;

/// The tokens of a noun phrase.
pub(crate) type Phrase = Range<usize>;

/// Finds the subject of the verb at `verb`, in the tokens from `start` on.
///
/// None where the verb is denied, passive or an infinitive of nobody, or the subject is:
/// `not Ada Vale, who said`, `nor Ada Vale said`.
pub(crate) fn subject_of(tokens: &[Token<'_>], start: usize, verb: usize) -> Option<Phrase> {
    let mut subject = subject_phrase(tokens, start, verb)?;
    // The conjunction of `claimed that Ada Vale said`; of `that mayor` it is a part.
    let is_led = subject.len() > 1 && tokens.get(subject.start)?.is_any(&["that"]);
    if is_led && tokens.get(subject.start + 1).is_some_and(is_name_word) {
        subject.start += 1;
    }
    let before = subject.start.checked_sub(1).filter(|before| *before >= start);
    let is_denied = before
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| token.is_any(&["not", "nor", "neither"]));
    (!is_denied).then_some(subject)
}

fn subject_phrase(tokens: &[Token<'_>], start: usize, verb: usize) -> Option<Phrase> {
    let is_gerund = tokens.get(verb)?.folded.ends_with("ing");
    let mut at = verb;
    let mut has_be = false;
    let mut is_led = false;
    while let Some(before) = at.checked_sub(1).filter(|before| *before >= start) {
        let token = tokens.get(before)?;
        if token.is_any(DENYING) {
            return None;
        }
        if token.is_any(&["to"]) {
            let leading = before.checked_sub(1).filter(|at| *at >= start)?;
            if !tokens.get(leading)?.is_any(LEADING_TO) {
                return None;
            }
            at = leading;
            is_led = true;
            continue;
        }
        // `was able to say` is no passive.
        has_be |= token.is_any(BE) && !is_led;
        if is_gerund && token.is_any(STARTING) {
            at = before;
            continue;
        }
        let is_between = token.piece == Piece::Remark
            || token.is_any(BE)
            || token.is_any(BETWEEN)
            || (is_adverb(token) && !token.is_capitalised());
        if !is_between || verb - before > MAX_PHRASE {
            break;
        }
        at = before;
    }
    if has_be && !is_gerund {
        return agent_of(tokens, verb);
    }
    let last = at.checked_sub(1).filter(|last| *last >= start)?;
    let token = tokens.get(last)?;
    // `it's called` is passive, `he's said` is not.
    if token.is_any(&["it's", "that's", "what's"]) {
        return agent_of(tokens, verb);
    }
    if token.is_any(&["who", "that", "which"]) {
        return antecedent_of_relative(tokens, start, last)
            .or_else(|| phrase_before(tokens, start, last + 1));
    }
    let joins = token.is_any(&["and", "or", "but", "by", "in", "while", "before", "after", "then"]);
    if joins || (is_gerund && !has_be && !ends_phrase(token)) {
        return subject_of_clause(tokens, start, last);
    }
    if token.is_stop(&[',']) || token.piece == Piece::Dash {
        return before_apposition(tokens, start, last)
            .or_else(|| subject_of_clause(tokens, start, last));
    }
    let found = phrase_before(tokens, start, last + 1).filter(|found| !is_time(tokens, found));
    // Who says is found further off than who names: `otherwise called “…”` is named by nobody.
    let says = read_cue(tokens.get(verb)?, tokens.get(verb + 1))?.0 == Cue::Speech;
    found.or_else(|| if says { subject_of_clause(tokens, start, last) } else { None })
}

/// Verbs and words before a gerund that leave the subject to it: `kept saying`, `going around
/// saying`.
const STARTING: &[&str] = &[
    "kept", "keep", "keeps", "started", "start", "starts", "began", "begin", "begins", "going",
    "around", "stop", "stopped",
];

pub(crate) fn is_adverb(token: &Token<'_>) -> bool {
    token.is_word() && token.folded.len() > 4 && token.folded.ends_with("ly")
}

fn ends_phrase(token: &Token<'_>) -> bool {
    token.is_word() && !token.is_any(CONJUNCTIONS) && !token.is_any(PREPOSITIONS)
}

/// Finds who did what the participle at `verb` says: `as put by Ada Vale`.
pub(crate) fn agent_of(tokens: &[Token<'_>], verb: usize) -> Option<Phrase> {
    let by = (verb + 1..verb + 4).find(|at| tokens.get(*at).is_some_and(|t| t.is_any(&["by"])))?;
    phrase_after(tokens, by + 1)
}

/// Finds the noun phrase that ends before `end`.
pub(crate) fn phrase_before(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Phrase> {
    let phrase = with_fellow(tokens, start, nouns_before(tokens, start, end)?);
    // `a spokesman for the ministry said`: what stands before the preposition speaks.
    let Some(at) = phrase.start.checked_sub(1).filter(|at| *at >= start) else {
        return Some(phrase);
    };
    let preposition = tokens.get(at)?;
    let joins_clauses = preposition.is_any(&["since", "before", "after", "than", "until"]);
    if !preposition.is_any(PREPOSITIONS) || joins_clauses {
        return Some(phrase);
    }
    let head = nouns_before(tokens, start, at);
    if preposition.is_any(&["of"]) {
        return head.map(|head| head.start..phrase.end).or(Some(phrase));
    }
    match head {
        Some(head) => widened_by_of(tokens, start, head),
        None if preposition.is_any(&["with", "by", "from"]) => Some(phrase),
        None => None,
    }
}

/// Takes a name that is joined to a name into the phrase: `Ada Vale and Ben Moss said`.
fn with_fellow(tokens: &[Token<'_>], start: usize, phrase: Phrase) -> Phrase {
    let and = phrase.start.checked_sub(1).filter(|at| *at > start);
    let is_and = and.and_then(|at| tokens.get(at)).is_some_and(|token| token.is_any(&["and"]));
    let is_name = |at: usize| tokens.get(at).is_some_and(is_name_word);
    match and {
        Some(and) if is_and && is_name(phrase.end - 1) && is_name(and - 1) => {
            nouns_before(tokens, start, and)
                .map_or(phrase.clone(), |fellow| fellow.start..phrase.end)
        }
        Some(_) | None => phrase,
    }
}

/// Takes what an `of` joins to a phrase from its left: `the Mayor of Reed` from `Reed`.
fn widened_by_of(tokens: &[Token<'_>], start: usize, phrase: Phrase) -> Option<Phrase> {
    let of = phrase.start.checked_sub(1).filter(|at| *at >= start);
    let is_of = of.and_then(|at| tokens.get(at)).is_some_and(|token| token.is_any(&["of"]));
    if let (Some(of), true) = (of, is_of)
        && let Some(head) = nouns_before(tokens, start, of)
    {
        return Some(head.start..phrase.end);
    }
    Some(phrase)
}

fn is_time(tokens: &[Token<'_>], phrase: &Phrase) -> bool {
    let last = phrase.end.checked_sub(1).and_then(|at| tokens.get(at));
    last.is_some_and(|token| {
        let is_number = token.folded.starts_with(|c: char| c.is_ascii_digit());
        // `Article 5` is a paper, `May 2011` and `5` are none.
        token.is_any(TIMES) || is_number && (phrase.len() == 1 || token.folded.len() == 4)
    })
}

/// Reads nouns backwards from `end`: a pronoun, a name with the titles before it, or a noun with
/// its determiner.
pub(crate) fn nouns_before(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Phrase> {
    let last = end.checked_sub(1).filter(|last| *last >= start)?;
    let token = tokens.get(last)?;
    if !token.is_word() {
        return None;
    }
    if is_pronoun(token) {
        return Some(last..end);
    }
    if token.is_any(CONJUNCTIONS)
        || token.is_any(PREPOSITIONS)
        || token.is_any(DETERMINERS)
        || token.is_any(LEADING_TO)
        || token.is_any(BE)
    {
        return None;
    }
    if is_name_word(token) {
        let first = name_start(tokens, start, last);
        return Some(with_roles(tokens, start, first)..end);
    }
    let mut first = last;
    let mut n_small = 0;
    while let Some(before) = first.checked_sub(1).filter(|before| *before >= start) {
        let token = tokens.get(before)?;
        if token.is_any(DETERMINERS) {
            return Some(before..end);
        }
        let is_part = token.is_word()
            && !token.is_any(PREPOSITIONS)
            && !token.is_any(CONJUNCTIONS)
            && !token.is_any(BE)
            && !is_pronoun(token)
            && !token.is_any(LEADING_TO)
            && !token.is_any(BETWEEN)
            && read_cue(token, None).is_none();
        if !is_part || n_small == MAX_SMALL_WORDS {
            break;
        }
        n_small += 1;
        first = before;
    }
    // Without a determiner: `critics say`, `young people say`, right at the start of a clause.
    let before = first.checked_sub(1).filter(|before| *before >= start);
    let opens = before.and_then(|before| tokens.get(before)).is_none_or(|token| {
        !token.is_word() || token.is_any(CONJUNCTIONS) || token.is_any(&["of", "by", "from"])
    });
    let has_name = (first..end).any(|at| tokens.get(at).is_some_and(is_name_word));
    (opens && n_small <= 2 || has_name).then_some(first..end)
}

fn is_pronoun(token: &Token<'_>) -> bool {
    token.is_any(PRONOUNS) || contracted(&token.folded).is_some()
}

/// Returns the pronoun of a contraction such as `he'd`.
pub(crate) fn contracted(folded: &str) -> Option<&str> {
    let (pronoun, ending) = folded.split_once('\'')?;
    (PRONOUNS.contains(&pronoun) && ["d", "ll", "s", "ve", "re", "m"].contains(&ending))
        .then_some(pronoun)
}

/// Tells whether a word belongs to a name: it has a capital and is no word that merely begins a
/// sentence or tells the time.
pub(crate) fn is_name_word(token: &Token<'_>) -> bool {
    let opens_only = token.starts_sentence && is_function_word(token);
    let is_number = token.written.starts_with(|c: char| c.is_ascii_digit());
    token.is_capitalised()
        && !(is_number || opens_only || token.is_any(TIMES))
        && !token.is_any(&["i", "q", "as", "because", "and", "but", "so", "when", "while"])
}

/// Tells whether a word is one of grammar, or an adverb.
pub(crate) fn is_function_word(token: &Token<'_>) -> bool {
    token.is_any(CONJUNCTIONS)
        || token.is_any(PREPOSITIONS)
        || token.is_any(PRONOUNS)
        || token.is_any(DETERMINERS)
        || token.is_any(BETWEEN)
        || is_adverb(token)
}

/// Returns where a run of name words begins that ends at `last`, with the joining words in it.
fn name_start(tokens: &[Token<'_>], start: usize, last: usize) -> usize {
    let mut first = last;
    while let Some(before) = first.checked_sub(1).filter(|before| *before >= start) {
        let Some(token) = tokens.get(before) else { break };
        if is_name_word(token) {
            first = before;
            continue;
        }
        // `Secretary of State`, `Ministry of Ports and Trade`, `Ludwig van Reed`.
        let joins = token.is_any(&[
            "of", "de", "van", "von", "der", "den", "al", "bin", "da", "del", "and", "&", "la",
            "for", "the",
        ]);
        let name = (before.saturating_sub(2)..before)
            .rev()
            .find(|at| *at >= start && tokens.get(*at).is_some_and(|t| is_name_word(t)));
        match name {
            Some(at) if joins && joins_names(tokens, at + 1..first) => first = at,
            Some(_) | None => break,
        }
    }
    first
}

/// Tells whether a word is `44th` or the like.
fn is_ordinal(token: &Token<'_>) -> bool {
    let digits = token.folded.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = token.folded.get(digits.len()..).unwrap_or_default();
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(ending, "st" | "nd" | "rd" | "th")
}

/// Tells whether the words between two capitalised ones make one name of them.
fn joins_names(tokens: &[Token<'_>], between: Range<usize>) -> bool {
    let words: Vec<&str> =
        tokens.get(between).unwrap_or_default().iter().map(|t| t.folded.as_str()).collect();
    matches!(
        words.as_slice(),
        ["of" | "de" | "van" | "von" | "al" | "bin" | "da" | "del" | "&"]
            | ["of" | "for", "the"]
            | ["de", "la"]
            | ["van", "der" | "den"]
    )
}

/// Takes roles, adjectives and the determiner before a name into the phrase.
fn with_roles(tokens: &[Token<'_>], start: usize, name: usize) -> usize {
    let mut first = name;
    let mut has_role = false;
    while let Some(before) = first.checked_sub(1).filter(|before| *before >= start) {
        let Some(token) = tokens.get(before) else { break };
        if token.is_any(DETERMINERS) && (has_role || first == name) {
            return before;
        }
        if first == name && is_ordinal(token) {
            first = before;
            has_role = true;
            continue;
        }
        let is_role = token.is_any(ROLES) || token.folded.strip_suffix("'s").is_some();
        let is_small = token.is_word()
            && !is_function_word(token)
            && !token.is_any(TIMES)
            && !is_cue_form(&token.folded);
        if !(is_role || (has_role && is_small)) || name - before > MAX_SMALL_WORDS {
            break;
        }
        has_role = true;
        first = before;
    }
    if has_role {
        return trim_unled(tokens, first, name);
    }
    // `one young Ruritanian said`
    let is_adjective = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.is_word()
                && !token.is_capitalised()
                && !is_function_word(token)
                && !token.is_any(TIMES)
                && !is_cue_form(&token.folded)
        })
    };
    let adjective = name.checked_sub(1).filter(|at| *at > start && is_adjective(*at));
    let determiner = adjective.map(|at| at - 1);
    let leads = determiner.and_then(|at| tokens.get(at)).is_some_and(|t| t.is_any(DETERMINERS));
    determiner.filter(|_| leads).unwrap_or(name)
}

/// Drops words before the first role where no determiner leads the phrase.
fn trim_unled(tokens: &[Token<'_>], first: usize, name: usize) -> usize {
    (first..name)
        .find(|at| {
            tokens
                .get(*at)
                .is_some_and(|t| t.is_any(ROLES) || is_name_word(t) || t.folded.ends_with("'s"))
        })
        .unwrap_or(name)
}

/// Finds the noun phrase that begins at `start`.
pub(crate) fn phrase_after(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let token = tokens.get(start)?;
    // `one said`, and not `one student said`.
    let counts = token.is_any(DETERMINERS)
        && tokens.get(start + 1).is_some_and(|next| {
            next.is_word() && !is_function_word(next) && !is_cue_form(&next.folded)
        });
    if is_pronoun(token) && !counts {
        return Some(start..start + 1);
    }
    let mut at = start;
    let leads = |token: &Token<'_>| {
        token.is_any(DETERMINERS) || token.is_any(&["former", "late", "great", "then", "famous"])
    };
    while tokens.get(at).is_some_and(leads) {
        at += 1;
    }
    let has_determiner = at > start;
    let mut has_name = false;
    let mut end = at;
    while let Some(token) = tokens.get(end)
        && end - start < MAX_PHRASE
    {
        let is_name = is_name_word(token) || (has_name && is_numeral(token));
        // `said harbour master Ada Vale`: no determiner, but a name behind a word or three.
        let is_title = !has_determiner && !has_name && leads_to_name(tokens, end);
        let is_small = token.is_word()
            && !has_name
            && (has_determiner || is_title)
            && !is_function_word(token)
            && !token.is_any(BE)
            && (!is_cue_form(&token.folded) || token.is_any(ROLES) || token.is_any(PAPERS));
        let joined = (1..=2).find(|n| {
            end > at
                && joins_names(tokens, end..end + n)
                && tokens.get(end + n).is_some_and(is_name_word)
        });
        // Behind a role comes a name or nothing: `the poet Ada Vale`, `my dad used to say`.
        let is_behind_role =
            end > at && !has_name && tokens.get(end - 1).is_some_and(|token| is_small_role(token));
        let is_role = is_small_role(token) && (has_determiner || !has_name);
        if let Some(n) = joined {
            end += n;
            continue;
        }
        if !(is_name || is_role || (is_small && !is_behind_role)) {
            break;
        }
        has_name |= is_name;
        end += 1;
    }
    (end > at).then_some(start..end)
}

/// The most small words between a verb and a name that say what someone is.
const MAX_TITLE_WORDS: usize = 3;

/// Tells whether small words that say what someone is stand at `start`, and a name behind them.
fn leads_to_name(tokens: &[Token<'_>], start: usize) -> bool {
    let is_small = |token: &&Token<'_>| {
        token.is_word()
            && !token.is_capitalised()
            && !is_function_word(token)
            && !token.is_any(BE)
            && !is_cue_form(&token.folded)
    };
    let rest = tokens.get(start..).unwrap_or_default();
    let n_small = rest.iter().take_while(is_small).count();
    (1..=MAX_TITLE_WORDS).contains(&n_small) && rest.get(n_small).is_some_and(is_name_word)
}

fn is_small_role(token: &Token<'_>) -> bool {
    token.is_any(ROLES) && !token.is_capitalised()
}

fn is_numeral(token: &Token<'_>) -> bool {
    token.is_word() && token.written.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-'))
}

/// Finds whom a relative pronoun stands for, over a comma and a remark on time or place.
fn antecedent_of_relative(tokens: &[Token<'_>], start: usize, relative: usize) -> Option<Phrase> {
    let mut end = relative;
    while end > start
        && tokens.get(end - 1).is_some_and(|t| t.is_stop(&[',']) || t.piece == Piece::Remark)
    {
        end -= 1;
    }
    let bare = || {
        let noun = end.checked_sub(1).filter(|noun| *noun >= start)?;
        let token = tokens.get(noun)?;
        (token.is_word() && !is_function_word(token)).then_some(noun..end)
    };
    let nearest = nouns_before(tokens, start, end).or_else(bare)?;
    if is_time(tokens, &nearest) {
        let at = nearest.start.checked_sub(1).filter(|at| *at >= start)?;
        return tokens.get(at)?.is_any(PREPOSITIONS).then(|| nouns_before(tokens, start, at))?;
    }
    let widened = widened_by_of(tokens, start, nearest.clone())?;
    // `the Mayor of Reed, who said`, and not `the wisdom of Ada Vale, who said`.
    let head = tokens.get(widened.clone())?.iter().take_while(|token| !token.is_any(&["of"]));
    let is_person = head.into_iter().any(|token| token.is_any(ROLES));
    let is_name = tokens.get(nearest.start).is_some_and(is_name_word);
    Some(if is_name && !is_person { nearest } else { widened })
}

/// Finds the subject before an apposition or a remark between commas that ends at `comma`.
fn before_apposition(tokens: &[Token<'_>], start: usize, comma: usize) -> Option<Phrase> {
    let closing = tokens.get(comma)?.piece;
    let opening = (start..comma)
        .rev()
        .take(MAX_PHRASE)
        .find(|at| tokens.get(*at).is_some_and(|token| token.piece == closing))?;
    let phrase = phrase_before(tokens, start, opening)?;
    // `A great expert, Ada Vale, wrote`: of a description and a name, the name.
    let inner = phrase_after(tokens, opening + 1).filter(|inner| inner.end == comma);
    let is_name = |phrase: &Phrase| {
        let words = tokens.get(phrase.clone()).unwrap_or_default();
        words.len() >= 2 && words.iter().all(is_name_word)
    };
    // `a guy named Ada Vale` names her too.
    let named = (opening + 1..comma)
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_any(&["named", "called"])))
        .and_then(|at| phrase_after(tokens, at + 1))
        .filter(|named| named.end == comma);
    if let Some(inner) = inner.filter(is_name).or(named)
        && !is_name(&phrase)
        && !tokens.get(phrase.start).is_some_and(is_pronoun)
    {
        return Some(inner);
    }
    let last = tokens.get(phrase.end - 1)?;
    let is_subject = is_name_word(last) || is_pronoun(last) || last.is_any(ROLES);
    is_subject.then_some(phrase)
}

/// Finds the subject of a clause whose verbs are joined: `he went home and said`.
fn subject_of_clause(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Phrase> {
    let from = start.max(end.saturating_sub(MAX_CLAUSE));
    for at in (from..end).rev() {
        let token = tokens.get(at)?;
        let opens = at == start || opens_clause(tokens.get(at - 1)?);
        if is_pronoun(token) && !token.is_any(&["it", "one", "some", "many", "others", "people"]) {
            let behind = at.checked_sub(1).and_then(|at| tokens.get(at));
            let is_object =
                behind.is_some_and(|t| t.is_any(PREPOSITIONS) || is_cue_form(&t.folded));
            let is_subject = token.is_any(&["somebody", "someone", "everybody", "everyone"]);
            if token.is_any(&["he", "she", "i", "they", "we"])
                || (is_subject && !is_object)
                || (opens && !is_object)
            {
                return Some(at..at + 1);
            }
        }
        if token.is_any(&["who"]) {
            return antecedent_of_relative(tokens, start, at);
        }
        if opens && (token.is_any(DETERMINERS) || is_name_word(token) || token.is_any(ROLES)) {
            let phrase = phrase_after(tokens, at)?;
            let follows_verb =
                tokens.get(phrase.end).is_some_and(|t| t.is_word() || t.is_stop(&[',']));
            if phrase.end <= end && follows_verb && !is_time(tokens, &phrase) {
                return Some(phrase);
            }
        }
    }
    None
}

fn opens_clause(token: &Token<'_>) -> bool {
    token.is_any(CONJUNCTIONS)
        || token.is_stop(&[',', ';', ':', '.', '!', '?', '…'])
        || matches!(token.piece, Piece::Dash | Piece::Quote(_) | Piece::Remark)
}
