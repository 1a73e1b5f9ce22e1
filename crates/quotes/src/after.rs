//! Reports behind a quotation: `“…,” said Ada Vale`.

use crate::cue::{Cue, read_cue};
use crate::finding::{Asked, Finding};
use crate::lexicon::{BETWEEN, PRONOUNS};
use crate::reason::is_clause;
use crate::source::{is_adverb, is_name_word, phrase_after};
use crate::words::{Piece, Token};
use onrecord_model::AttributionRule;

/// Finds a verb of speech and its subject behind the words: `“…,” said Ada Vale`. A verb that
/// leads other words in has these too, unless some verb led them in, by what is found before them:
/// `when Ada Vale says “…,” Ben Moss says “…”`.
pub(crate) fn cue_after(asked: &Asked<'_>, before: Option<&Finding>) -> Option<Finding> {
    let mut from = asked.at + 1;
    if let Some(finding) = is_what(asked) {
        return Some(finding);
    }
    let is_comma = (from..from + 2)
        .take_while(|at| asked.token(*at).is_some_and(|token| !token.is_word()))
        .any(|at| asked.token(at).is_some_and(|token| token.is_stop(&[','])));
    let is_open = asked.words.ends_with([',', '?', '!', '—', '…', '-']) || is_comma;
    while asked
        .token(from)
        .is_some_and(|t| t.is_stop(&[',', '…']) || matches!(t.piece, Piece::Dash | Piece::Remark))
    {
        from += 1;
    }
    let first = asked.token(from)?;
    if !is_open || !first.is_word() {
        return sentence_behind(asked);
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
        asked.token(at).is_some_and(|t| {
            matches!(t.piece, Piece::Quote(_)) || t.is_any(&["that"]) || t.is_stop(&[':'])
        })
    });
    let is_led_in = before.and_then(|found| found.cue.as_ref()).is_some_and(|c| c.end == asked.at);
    let has_both = !is_new && !is_led_in && (is_clause || asked.words.ends_with(','));
    (!introduces || has_both).then_some(finding)
}

/// Reads a sentence behind the words that says no more than who said them: `“We act.” Mayor Ada
/// Vale declared.`
fn sentence_behind(asked: &Asked<'_>) -> Option<Finding> {
    let first = asked.token(asked.at + 1)?;
    let subject = phrase_after(asked.tokens, asked.at + 1)?;
    let is_name = first.starts_sentence && asked.token(subject.end - 1).is_some_and(is_name_word);
    let (verb, behind) = (asked.token(subject.end)?, asked.token(subject.end + 1));
    let is_cue = read_cue(verb, behind).is_some() && !verb.folded.ends_with("ing");
    let ends = behind.is_none_or(|token| token.is_stop(&['.', '!', '?']));
    let cue = subject.end..subject.end + 1;
    (is_name && is_cue && ends).then(|| Finding {
        cue: Some(cue),
        ..Finding::new(AttributionRule::CueAfter, subject, 0.85)
    })
}

/// Reads `“…” is what Ada Vale said`, `“…” was how Ada Vale described it`.
fn is_what(asked: &Asked<'_>) -> Option<Finding> {
    let leads = asked.token(asked.at + 1)?.is_any(&["is", "was", "were", "are"])
        && asked.token(asked.at + 2)?.is_any(&["what", "how"]);
    leads.then(|| cue_of(asked, asked.at + 3))?
}

/// Reads a subject and its verb of speech from `from` on.
pub(crate) fn cue_of(asked: &Asked<'_>, from: usize) -> Option<Finding> {
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
            || token.is_any(&["in", "at", "on", "during", "when", "who", "last", "this"])
    })
}

/// Reads `as Ada Vale put it`, `according to Ada Vale`, `in the words of Ada Vale`.
fn trailing_phrase(asked: &Asked<'_>, from: usize) -> Option<Finding> {
    let first = asked.token(from)?;
    if first.is_any(&["as"]) {
        let subject = phrase_after(asked.tokens, from + 1)?;
        let verb = (subject.end..subject.end + 4).find(|at| {
            asked.token(*at).is_some_and(|t| read_cue(t, asked.token(at + 1)).is_some())
        })?;
        let names = read_cue(asked.token(verb)?, asked.token(verb + 1))?.0 == Cue::Naming;
        if names && asked.token(subject.start)?.is_any(PRONOUNS) {
            return None;
        }
        let finding = Finding::new(AttributionRule::CueAfter, subject, 0.9);
        return Some(Finding { cue: Some(verb..verb + 1), ..finding });
    }
    if first.is_any(&["to"]) && asked.token(from + 1)?.is_any(&["quote", "cite", "paraphrase"]) {
        let source = phrase_after(asked.tokens, from + 2)?;
        let finding = Finding::new(AttributionRule::WordsOf, source, 0.9);
        return Some(Finding { cue: Some(from..from + 2), ..finding });
    }
    let to = (from + 1..from + 5)
        .find(|at| asked.token(*at).is_some_and(|t| t.is_any(&["to", "of"])))?;
    let is_phrase = asked.token(to - 1)?.is_any(&["according", "words"]);
    let source = is_phrase.then(|| phrase_after(asked.tokens, to + 1))??;
    let finding = Finding::new(AttributionRule::WordsOf, source, 0.9);
    Some(Finding { cue: Some(from..to + 1), ..finding })
}
