use super::context::Context;
use super::{Caution, CautionKind};
use onrecord_model::Span;

/// Words that open a question, so that the quote shows itself to be one.
const OPENERS: &[&str] = &[
    "who",
    "what",
    "when",
    "where",
    "why",
    "how",
    "which",
    "whose",
    "whom",
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "did",
    "can",
    "could",
    "will",
    "would",
    "shall",
    "should",
    "may",
    "might",
    "must",
    "has",
    "have",
    "had",
    "am",
    "isn't",
    "aren't",
    "don't",
    "doesn't",
    "didn't",
    "won't",
    "can't",
    "wouldn't",
    "couldn't",
    "shouldn't",
    "haven't",
    "hasn't",
];

/// Finds that a statement was cut out of a question: `Do you think that [we will lose]?`
///
/// A question that is quoted from its first word to its last is none, with or without its mark.
pub(super) fn find(context: &Context<'_>) -> Option<Caution> {
    if !context.is_statement() {
        return None;
    }
    let is_cut = !context.lead.is_empty() || !context.tail.is_empty();
    let first = context.opening.first()?;
    if !context.is_question || !is_cut || first.is_any(OPENERS) {
        return None;
    }
    // The words that ask: those before the quote, else those behind it.
    let trigger = context.lead.iter().find(|word| word.is_any(OPENERS)).or(context.tail.first())?;
    Some(Caution::risk(CautionKind::Question, Span::new(trigger.span.start, trigger.span.end)))
}
