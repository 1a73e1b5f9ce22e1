//! The sentence around a quote.

use super::risk::is_negation;
use super::source::SourceText;
use super::verdict::{Risk, RiskKind};
use super::word::{Word, words};
use onrecord_model::Span;

/// How far before a quote a negation governs it, in words of the same clause.
const REACH_OF_NEGATION: usize = 5;

/// Lists what in a sentence changes what a quote out of it means; `before` and `behind` are the
/// rest of the sentence.
pub(crate) fn risks(
    quote: &str,
    before: &str,
    behind: &str,
    source: &SourceText,
    span: Span,
) -> Vec<Risk> {
    let mut risks = Vec::new();
    let clause = last_clause(before);
    let near: Vec<Word> = words(clause);
    let near = near.get(near.len().saturating_sub(REACH_OF_NEGATION)..).unwrap_or_default();
    if !words(quote).iter().any(|word| is_negation(&word.form))
        && let Some(word) = near.iter().find(|word| is_negation(&word.form))
    {
        risks.push(risk(RiskKind::Negated, clause, word));
    }
    let opening: Vec<Word> = words(before);
    if let Some(word) = opening.iter().find(|word| matches!(&*word.form, "if" | "unless")) {
        risks.push(risk(RiskKind::Conditional, before, word));
    }
    let next = words(behind);
    let next = next.first().filter(|word| {
        let marks = behind.get(..word.span.start as usize).unwrap_or_default();
        !marks.contains(['.', '!', '?'])
    });
    if let Some(word) = next {
        let kind = match &*word.form {
            "but" | "however" | "yet" | "except" | "although" | "though" => {
                Some(RiskKind::Contrasted)
            }
            "if" | "unless" | "until" | "provided" => Some(RiskKind::Conditional),
            _ => None,
        };
        risks.extend(kind.map(|kind| risk(kind, behind, word)));
    }
    let ends_asked = behind.trim_end().trim_end_matches(['"', '”', '\'', '’', ')']).ends_with('?');
    if ends_asked && !quote.contains('?') {
        risks.push(Risk { risk: RiskKind::Question, words: "?".to_owned() });
    }
    risks.extend(quoted_by_source(source, span));
    risks
}

fn risk(kind: RiskKind, text: &str, word: &Word) -> Risk {
    let words = text.get(word.span.range()).unwrap_or_default().to_owned();
    Risk { risk: kind, words }
}

/// Returns what of a text stands behind its last mark that ends a clause.
fn last_clause(text: &str) -> &str {
    let at = text.rfind([',', ';', ':', '—', '–', '(']).map_or(0, |at| {
        at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let rest = text.get(at..).unwrap_or_default();
    rest.rsplit("--").next().unwrap_or(rest)
}

/// Tells whether the words stand in quotation marks in the source, all of them.
fn quoted_by_source(source: &SourceText, span: Span) -> Option<Risk> {
    let part = source.parts.iter().find(|part| part.span.contains(Span::new(span.start, span.start)))?;
    let before = source.slice(Span::new(part.span.start, span.start));
    let opened = before.rfind(['“', '"']);
    let is_open = match opened {
        Some(at) if before.get(at..).is_some_and(|rest| rest.starts_with('“')) => {
            before.get(at..).is_some_and(|rest| !rest.contains('”'))
        }
        Some(_) => before.matches('"').count() % 2 == 1,
        None => false,
    };
    let inside = source.slice(span);
    let closes_inside = inside.contains(['”', '"', '“']);
    let words = before.get(opened?..)?.chars().take(40).collect::<String>();
    (is_open && !closes_inside).then_some(Risk { risk: RiskKind::QuotesAnother, words })
}
