//! Names that stand alone beside a quotation: before a colon, behind a dash, in a sign-off.

use crate::cue::read_cue;
use crate::finding::{Asked, Finding};
use crate::lexicon::{BE, PRONOUNS, ROLES};
use crate::source::{Phrase, is_name_word};
use crate::words::{Piece, Token};
use onrecord_model::AttributionRule;

/// The most tokens of a name before a colon or behind a dash.
pub(crate) const MAX_LABEL: usize = 32;

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
    let behind = tokens.get(to..end)?;
    let to = cut_at_occasion(tokens, from, to);
    let name = tokens.get(from..to)?;
    let is_part = |token: &Token<'_>| {
        is_name_word(token)
            || token.is_any(ROLES)
            || token.is_any(&[
                "of", "the", "and", "for", "de", "van", "von", "al", "bin", "our", "my", "former",
                "late", "&", "'s",
            ])
            || token.is_stop(&['&'])
    };
    // What stands behind the comma are offices, and has capitals too.
    let n_words = behind.iter().filter(|token| token.is_word()).count();
    let n_small = behind.iter().filter(|token| token.is_word() && !token.is_capitalised()).count();
    let is_name = name.iter().all(is_part) && name.iter().any(is_name_word) && name.len() <= 14;
    (is_name && n_small * 2 <= n_words.max(2)).then_some(from..to)
}

/// Cuts what says when or where behind a name: `Ada Vale in 2011`.
fn cut_at_occasion(tokens: &[Token<'_>], from: usize, to: usize) -> usize {
    (from + 1..to)
        .find(|at| {
            tokens.get(*at).is_some_and(|t| t.is_any(&["in", "on", "at", "during", "before"]))
        })
        .unwrap_or(to)
}

/// Finds a dash and a name behind the words that open the paragraph.
pub(crate) fn dash(asked: &Asked<'_>) -> Option<Finding> {
    if let Some(finding) = sign_off(asked.tokens, asked.at + 1) {
        return Some(finding);
    }
    let behind = asked.at + 1;
    let dash =
        (behind..behind + 2).find(|at| asked.token(*at).is_some_and(|t| t.piece == Piece::Dash))?;
    let between =
        (behind..dash).all(|at| asked.token(at).is_some_and(|t| t.piece == Piece::Remark));
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
    let name =
        leads.then(|| label_name(tokens, start + 4, tokens.len().min(start + MAX_LABEL)))??;
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
