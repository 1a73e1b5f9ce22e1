//! What stands in marks in one paragraph: a quotation of someone, or not and why.

use crate::after::cue_after;
use crate::before::cue_before;
use crate::cue::read_cue;
use crate::finding::{Asked, Finding};
use crate::label::{dash, label};
use crate::pair::Quoted;
use crate::reason::{
    Reason, Report, is_clause, is_sentence, reason_before, reason_behind, reason_of_words,
    starts_large,
};
use crate::words::{Piece, Token};
use onrecord_model::{AttributionRule, QuoteKind};

/// The fewest words of a sentence in marks that stands for itself and counts as a quotation
/// though nothing reports it.
const MIN_WORDS_UNREPORTED: usize = 5;

/// The fewest words of such a sentence behind a colon.
const MIN_WORDS_LED: usize = 3;

/// How many quotations back the other one of an exchange is looked for.
const MAX_BACK: usize = 8;

/// What marks mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// They quote; by the finding, if anything tells whom.
    Quotes(QuoteKind, Option<Finding>),
    /// They quote nobody.
    QuotesNobody(Reason),
}

/// Judges all that stands in marks in a paragraph, in order.
pub(crate) fn judge(text: &str, tokens: &[Token<'_>], quotes: &[Quoted]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(quotes.len());
    let mut previous = None;
    let first_word = tokens.iter().position(Token::is_word).unwrap_or(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let Piece::Quote(index) = token.piece else { continue };
        let Some(quoted) = quotes.get(index) else { continue };
        let words = text.get(quoted.inner.range()).unwrap_or_default();
        let asked = Asked { tokens, at, words, first_word };
        let verdict = judge_one(&asked, quoted, previous, &verdicts);
        verdicts.push(verdict);
        previous = Some(at);
    }
    verdicts
}

/// Tells whether a verb of speech follows at once on words that break off: `“…,” said some of
/// them`, whoever that is.
fn is_reported_behind(asked: &Asked<'_>) -> bool {
    let verb = asked.token(asked.at + 1);
    asked.words.ends_with([',', '?', '!'])
        && verb.is_some_and(|verb| {
            let is_cue = read_cue(verb, asked.token(asked.at + 2)).is_some();
            verb.is_word() && !verb.is_capitalised() && is_cue && !verb.folded.ends_with("ing")
        })
}

fn judge_one(
    asked: &Asked<'_>,
    quoted: &Quoted,
    previous: Option<usize>,
    verdicts: &[Verdict],
) -> Verdict {
    let words = asked.words;
    if let Some(finding) = label(asked) {
        return Verdict::Quotes(QuoteKind::Direct, Some(finding));
    }
    if let Some(finding) = dash(asked) {
        return Verdict::Quotes(QuoteKind::Epigraph, Some(finding));
    }
    let gap = asked.tokens.get(previous.map_or(0, |at| at + 1)..asked.at).unwrap_or_default();
    let before = cue_before(asked);
    let is_wording = before.as_ref().is_some_and(|found| found.rule == AttributionRule::WordsOf);
    let report = match &before {
        None => Report::None,
        Some(found) if found.is_apart => Report::Apart,
        Some(_) => Report::Woven,
    };
    if !is_wording && let Some(reason) = reason_before(asked.tokens, asked.at, words, report) {
        return Verdict::QuotesNobody(reason);
    }
    if let Some(finding) = cue_after(asked, before.as_ref()) {
        let is_direct =
            is_clause(words) || starts_large(words) && words.split_whitespace().count() >= 3;
        let kind = if is_direct { QuoteKind::Direct } else { QuoteKind::Mixed };
        return Verdict::Quotes(kind, Some(finding));
    }
    if previous.is_some()
        && !gap.is_empty()
        && gap.len() <= 4
        && gap.iter().all(is_coordinating)
        && !gap.iter().any(|token| token.starts_sentence && !token.is_any(&["or", "and"]))
        && let Some(last) = verdicts.last()
    {
        return shared(last);
    }
    if previous.is_some()
        && gap.iter().all(|token| matches!(token.piece, Piece::Remark | Piece::Dash))
        && let Some(verdict) = following(asked.tokens, verdicts, gap, words)
    {
        return verdict;
    }
    if !is_wording && let Some(reason) = reason_behind(asked.tokens, asked.at, words) {
        return Verdict::QuotesNobody(reason);
    }
    if let Some(finding) = before {
        let is_direct = if finding.rule == AttributionRule::Naming {
            false
        } else if finding.is_apart {
            is_clause(words)
        } else {
            is_sentence(words)
        };
        let kind = if is_direct { QuoteKind::Direct } else { QuoteKind::Mixed };
        return Verdict::Quotes(kind, Some(finding));
    }
    if is_reported_behind(asked) {
        let kind = if is_clause(words) { QuoteKind::Direct } else { QuoteKind::Mixed };
        return Verdict::Quotes(kind, None);
    }
    unreported(asked, quoted, verdicts)
}

/// Tells whether a token joins what is listed: `“…”, “…” and “…”`.
fn is_coordinating(token: &Token<'_>) -> bool {
    token.is_stop(&[',', ';'])
        || token.is_any(&[
            "and", "or", "but", "also", "as", "well", "to", "not", "nor", "the", "a", "then",
        ])
}

/// Shares the verdict of the marks before, as members of a list do.
fn shared(last: &Verdict) -> Verdict {
    match last {
        Verdict::Quotes(kind, finding) => {
            let finding = finding.clone().map(|finding| Finding {
                rule: AttributionRule::Coordination,
                confidence: finding.confidence * 0.95,
                ..finding
            });
            Verdict::Quotes(*kind, finding)
        }
        Verdict::QuotesNobody(reason) => Verdict::QuotesNobody(*reason),
    }
}

/// Judges words that follow a quotation with no more than a remark or a dash between: the same
/// one goes on, or, where nothing is between, the other one of two answers.
fn following(
    tokens: &[Token<'_>],
    verdicts: &[Verdict],
    gap: &[Token<'_>],
    words: &str,
) -> Option<Verdict> {
    let Some(Verdict::Quotes(_, Some(last))) = verdicts.last() else { return None };
    let source_words = |finding: &Finding| {
        let words = tokens.get(finding.source.clone()?)?;
        Some(words.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>())
    };
    let mut others =
        verdicts.iter().rev().skip(1).take(MAX_BACK).filter_map(|verdict| match verdict {
            Verdict::Quotes(_, Some(finding)) if source_words(finding) != source_words(last) => {
                Some(finding)
            }
            Verdict::Quotes(..) | Verdict::QuotesNobody(_) => None,
        });
    let other = others.next();
    if gap.is_empty() && other.is_none() {
        // Someone answers; nothing tells who.
        return Some(Verdict::Quotes(QuoteKind::Direct, None));
    }
    let Some(other) = other.filter(|_| gap.is_empty()) else {
        let finding = Finding {
            rule: AttributionRule::Continuation,
            confidence: last.confidence * 0.85,
            ..last.clone()
        };
        let kind = if is_clause(words) { QuoteKind::Direct } else { QuoteKind::Mixed };
        return Some(Verdict::Quotes(kind, Some(finding)));
    };
    let finding = Finding { rule: AttributionRule::Alternation, confidence: 0.6, ..other.clone() };
    Some(Verdict::Quotes(QuoteKind::Direct, Some(finding)))
}

/// Judges marks that nothing reports.
fn unreported(asked: &Asked<'_>, quoted: &Quoted, verdicts: &[Verdict]) -> Verdict {
    let words = asked.words;
    let n_words = words.split_whitespace().count();
    let stands_alone = asked.tokens.iter().enumerate().all(|(at, token)| {
        at == asked.at || !token.is_word() && !matches!(token.piece, Piece::Quote(_))
    });
    let before = asked.at.checked_sub(1).and_then(|at| asked.tokens.get(at));
    let opens = asked.opens();
    let is_whole = is_sentence(words)
        || is_clause(words) && (stands_alone || n_words >= 2 * MIN_WORDS_UNREPORTED);
    if opens && n_words >= MIN_WORDS_UNREPORTED && is_whole {
        return Verdict::Quotes(QuoteKind::Block, None);
    }
    let starts = asked.tokens.get(asked.at).is_some_and(|token| token.starts_sentence);
    let is_led = before.is_some_and(|token| token.is_stop(&[':']));
    let is_long = n_words >= if is_led { MIN_WORDS_LED } else { MIN_WORDS_UNREPORTED };
    if quoted.is_closed && is_long && is_sentence(words) && (starts || is_led) {
        let last = verdicts.last().filter(|_| starts);
        let finding = match last {
            Some(Verdict::Quotes(_, Some(finding))) if is_adjacent(asked) => Some(Finding {
                rule: AttributionRule::Continuation,
                confidence: 0.6,
                ..finding.clone()
            }),
            Some(Verdict::Quotes(..) | Verdict::QuotesNobody(_)) | None => None,
        };
        return Verdict::Quotes(QuoteKind::Direct, finding);
    }
    Verdict::QuotesNobody(reason_of_words(words, before))
}

/// Tells whether what stands between the quotation before and this one only reports that one:
/// `“…,” said Ada Vale, Mayor of Reed. “…”`.
fn is_adjacent(asked: &Asked<'_>) -> bool {
    let before = asked.tokens.get(..asked.at).unwrap_or_default().iter().rev();
    for (n, token) in before.take(MAX_REPORT).enumerate() {
        if matches!(token.piece, Piece::Quote(_)) {
            return n > 0;
        }
        if token.starts_sentence {
            return false;
        }
    }
    false
}

/// The most tokens of a report between two quotations of one person.
const MAX_REPORT: usize = 24;
