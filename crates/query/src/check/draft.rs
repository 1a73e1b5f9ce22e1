//! All quotations of a draft.

use super::date::claimed_date;
use super::{Checker, Claim, Finding};
use crate::QueryError;
use onrecord_model::{AttributionRule, CivilDate, Document, Passage, Quote, Span};
use onrecord_people::{Roster, resolver_without_document};
use onrecord_quotes::{NonQuote, Reason, document_of, extract};
use onrecord_text::{canonicalize, segment, sentences, tokens};

/// How many words in marks are a quotation though the draft names no one: fewer are mostly words
/// that it keeps its distance from.
const MIN_WORDS_OF_NOBODY: usize = 4;

/// A quotation of a draft with what was found of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedQuote {
    /// Its place among the quotations of the draft, counted from 0.
    pub quote: usize,
    /// Where its parts stand in the draft's text, without the marks.
    pub parts: Vec<Span>,
    /// What was found.
    pub finding: Finding,
}

/// A quotation of a draft, with what the draft says of it.
struct Claimed {
    parts: Vec<Span>,
    /// As the draft writes it.
    named_as: Option<String>,
    /// The name by which the speaker is compared.
    name: Option<String>,
    date: Option<CivilDate>,
}

impl Checker<'_> {
    /// Checks all quotations of a draft, in the order of its text.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub fn check_draft(&mut self, draft: &Document) -> Result<Vec<CheckedQuote>, QueryError> {
        let claims = claims_of(draft, &segment(draft), self.names.roster);
        let mut checked = Vec::with_capacity(claims.len());
        for (quote, claimed) in claims.into_iter().enumerate() {
            let parts: Vec<&str> = claimed.parts.iter().map(|part| draft.slice(*part)).collect();
            // Parts of a split quotation are said one behind the other.
            let text = parts.join(" ");
            let claim = Claim { speaker: claimed.name.as_deref(), date: claimed.date };
            let mut finding = self.check_quote(&text, &claim)?;
            finding.claimed_speaker = claimed.named_as;
            checked.push(CheckedQuote { quote, parts: claimed.parts, finding });
        }
        Ok(checked)
    }

    /// Checks all quotations of a text by itself, as [`check_draft`](Self::check_draft) does.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub fn check_text(&mut self, text: &str) -> Result<Vec<CheckedQuote>, QueryError> {
        self.check_draft(&document_of(&canonicalize(text).text))
    }
}

fn claims_of(draft: &Document, passages: &[Passage], roster: &Roster) -> Vec<Claimed> {
    let found = extract(draft, passages, &resolver_without_document(roster));
    let all: Vec<Span> = found.quotes.iter().flat_map(|quote| &quote.content).copied().collect();
    let mut claims: Vec<Claimed> =
        found.quotes.iter().map(|quote| claimed(draft, quote, &all)).collect();
    claims.extend(
        found.non_quotes.iter().filter(|other| may_quote(draft, other)).map(|other| Claimed {
            parts: vec![other.span],
            named_as: None,
            name: None,
            date: None,
        }),
    );
    claims.sort_by_key(|claim| claim.parts.first().map_or(0, |part| part.start));
    claims
}

/// Tells whether marks may quote someone whom the draft does not name.
fn may_quote(draft: &Document, other: &NonQuote) -> bool {
    let is_long = tokens(draft.slice(other.span)).count() >= MIN_WORDS_OF_NOBODY;
    match other.reason {
        Reason::Scare => is_long,
        Reason::Title | Reason::Slogan | Reason::Term | Reason::WordAsWord => false,
    }
}

fn claimed(draft: &Document, quote: &Quote, all: &[Span]) -> Claimed {
    let attribution = quote.attribution.as_ref();
    let named_as = attribution.map(|attribution| attribution.named_as.clone());
    let name = attribution.and_then(|attribution| match &attribution.speaker {
        Some(speaker) => Some(speaker.name.to_string()),
        None if attribution.rule == AttributionRule::Antecedent => None,
        None => named_as.clone(),
    });
    let date = claimed_date(&around(draft, quote, all));
    Claimed { parts: quote.content.clone(), named_as, name, date }
}

/// Returns the sentences that a quotation stands in, and the line behind a set-off one, without
/// what is quoted.
fn around(draft: &Document, quote: &Quote, all: &[Span]) -> String {
    let (Some(first), Some(last)) = (quote.content.first(), quote.content.last()) else {
        return String::new();
    };
    let mut text = String::new();
    let ends = [quote.cue, quote.source].into_iter().flatten();
    let start = ends.clone().map(|span| span.start).fold(first.start, u32::min);
    let end = ends.map(|span| span.end).fold(last.end, u32::max);
    let touched =
        draft.blocks().iter().filter(|block| block.span.start < end && start < block.span.end);
    for block in touched {
        for sentence in sentences(draft.text(), block.span) {
            if sentence.start <= end && start <= sentence.end {
                push_outside(draft, sentence, all, &mut text);
            }
        }
    }
    text
}

fn push_outside(draft: &Document, stretch: Span, quoted: &[Span], text: &mut String) {
    let mut at = stretch.start;
    for span in quoted.iter().filter(|span| span.start < stretch.end && stretch.start < span.end) {
        if at < span.start {
            text.push_str(draft.slice(Span::new(at, span.start)));
        }
        at = at.max(span.end.min(stretch.end));
    }
    text.push_str(draft.slice(Span::new(at, stretch.end)));
    text.push(' ');
}
