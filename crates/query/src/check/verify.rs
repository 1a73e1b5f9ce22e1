//! Whether a quote stands in the record word for word, and by whom.

use super::candidates::{self, Candidate, path_order};
use super::claim::Fit;
use super::folding::overlooked;
use super::matching::{Match, Numbered, number};
use super::nearest::Nearest;
use super::pattern::Pattern;
use super::risk::{
    is_elided_by_source, joins_speakers, replaced, risks_of_brackets, risks_of_context,
    risks_of_elisions,
};
use super::source::SourceText;
use super::verdict::{Bracketed, Claim, Finding, Risk, RiskKind, SourceQuote, Verdict};
use super::{Asked, Checker};
use crate::QueryError;
use crate::cite::{Locator, citation};
use onrecord_indexing::QuoteRecord;
use onrecord_model::{Span, Speaker};
use onrecord_text::{folded_tokens, neighbours, sentences};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The most documents that are read for one quote: words that more hold are common.
const MAX_READ: usize = 40;

/// Up to how many words a quote is so short that many may have said it.
const SHORT_WORDS: usize = 3;

/// In more passages than this, such words are common.
const COMMON_PASSAGES: u64 = 100;

/// A document that holds a quote.
struct Held {
    source: Rc<SourceText>,
    found: Match,
    fit: Fit,
    is_of_date: bool,
}

impl Checker<'_> {
    /// Finds a quote word for word; none where no document holds it.
    pub(crate) fn verify(
        &mut self,
        asked: &Asked<'_>,
        pattern: &Pattern,
        finding: Finding,
    ) -> Result<Option<Finding>, QueryError> {
        let numbered = number(pattern, &mut self.forms);
        // First in the words of whom the draft names: the same may have been said by others.
        if let Some(by) = &asked.by {
            let near = candidates::verbatim(self.reader, asked.text, &pattern.parts, Some(by))?;
            if let Some(held) = self.first_held(asked, &numbered, near.passages, true)? {
                return self.exact(asked, pattern, finding, &held).map(Some);
            }
        }
        let near = candidates::verbatim(self.reader, asked.text, &pattern.parts, None)?;
        match self.first_held(asked, &numbered, near.passages, false)? {
            Some(held) => self.exact(asked, pattern, finding, &held).map(Some),
            None => Ok(None),
        }
    }

    /// Reads documents in the order of preference until one holds the quote, by whom and on the
    /// date that the draft says; else returns the first that holds it otherwise, unless only
    /// those count that are right.
    fn first_held(
        &mut self,
        asked: &Asked<'_>,
        numbered: &Numbered,
        mut near: Vec<Candidate>,
        only_right: bool,
    ) -> Result<Option<Held>, QueryError> {
        near.sort_by_cached_key(|candidate| {
            let is_of_date = asked.is_of_date(candidate.date);
            let fit = asked.fit(candidate.speaker.as_ref(), candidate.date);
            let path = path_order(&candidate.path);
            (!is_of_date, fit, asked.date_distance(candidate.date), path, candidate.document)
        });
        let mut seen = BTreeSet::new();
        near.retain(|candidate| seen.insert(candidate.document));
        let mut others: Vec<Held> = Vec::new();
        for candidate in near.into_iter().take(MAX_READ) {
            let source = self.source(candidate.document, candidate.head)?;
            let Some(held) = held(asked, numbered, &source) else { continue };
            if held.fit == Fit::Same && held.is_of_date {
                return Ok(Some(held));
            }
            others.push(held);
        }
        if only_right {
            return Ok(None);
        }
        // One who is known to have said it says more than one who is not known.
        others.sort_by_key(|held| match held.fit {
            Fit::Same => 0,
            Fit::Other => 1,
            Fit::Unsure => 2,
        });
        Ok(others.into_iter().next())
    }

    fn exact(
        &mut self,
        asked: &Asked<'_>,
        pattern: &Pattern,
        finding: Finding,
        held: &Held,
    ) -> Result<Finding, QueryError> {
        let Held { source, found, fit, is_of_date } = held;
        let overlooked = overlooked(asked.text, found, source);
        let mut risks = risks_of_elisions(found, source);
        risks.extend(risks_of_brackets(asked.text, found, source));
        let (of_context, mut notes) = risks_of_context(found, source);
        risks.extend(of_context);
        if let Some(inner) = quotation_of(found, source) {
            // Whose words they are says more than the marks around them.
            for marks in [&mut risks, &mut notes] {
                marks.retain(|risk| risk.risk != RiskKind::QuotesAnother);
            }
            let is_claimed = is_of_whom_is_quoted(asked, inner, source);
            let told = if is_claimed { &mut notes } else { &mut risks };
            told.push(quotes_another(inner, source.speaker_of(found.bounds().0)));
        }
        risks.extend(overlooked.sentence_marks.iter().map(|span| Risk {
            risk: RiskKind::SentenceMarks,
            words: source.slice(*span).trim().to_owned(),
        }));
        if pattern.n_words() <= SHORT_WORDS {
            let words = folded_tokens(asked.text);
            let count = candidates::phrase(self.reader, &words, None)?.count;
            risks.extend((count > COMMON_PASSAGES).then(|| Risk {
                risk: RiskKind::CommonWords,
                words: format!("{count} passages hold these words"),
            }));
        }
        if *fit == Fit::Unsure {
            let claimed = asked.claim.speaker.unwrap_or_default();
            let words = match source.speaker_of(found.bounds().0) {
                Some(speaker) => format!("whether {claimed} is {} cannot be told", speaker.name),
                None => claimed.to_owned(),
            };
            risks.push(Risk { risk: RiskKind::SpeakerUnknown, words });
        }
        risks.sort_by_key(|risk| risk.risk);
        risks.dedup();
        let (first, end) = found.bounds();
        let quote = source_quote(source, source.span_of(first, end), Some(first));
        let (verdict, reason) = match (fit, is_of_date) {
            (Fit::Other, _) => {
                let reason = match &quote.speaker {
                    Some(name) => format!("{name} said it"),
                    None => {
                        "it stands in a document in which no one of that name speaks".to_owned()
                    }
                };
                (Verdict::Misattributed, Some(reason))
            }
            (Fit::Same | Fit::Unsure, false) => {
                let date = quote.date.clone().unwrap_or_default();
                (Verdict::Misattributed, Some(format!("it was said on another date: {date}")))
            }
            (Fit::Same | Fit::Unsure, true) => (verdict_of(pattern, found, source), None),
        };
        Ok(Finding {
            verdict,
            reason,
            risks,
            notes,
            omitted: omitted(found, source),
            bracketed: bracketed(asked.text, found, source),
            foldings: overlooked.foldings.into_iter().collect(),
            source: Some(quote),
            ..finding
        })
    }
}

/// Finds the best place of a quote in a document; places where its parts are by different
/// speakers do not count.
fn held(asked: &Asked<'_>, numbered: &Numbered, source: &Rc<SourceText>) -> Option<Held> {
    let places = numbered.find(source).into_iter().filter(|found| !joins_speakers(found, source));
    let ranked = places.map(|found| {
        let speaker = source.speaker_of(found.bounds().0);
        let inner = quotation_of(&found, source);
        let fit = match speaker {
            _ if inner.is_some_and(|inner| is_of_whom_is_quoted(asked, inner, source)) => Fit::Same,
            Some(_) => asked.fit(speaker, source.metadata.date),
            None => fit_of_unknown(asked, source, found.bounds().0),
        };
        ((fit, found.n_replaced(), found.n_omitted(), found.bounds()), found)
    });
    let ((fit, ..), found) = ranked.min_by(|(a, _), (b, _)| a.cmp(b))?;
    let is_of_date = asked.is_of_date(source.metadata.date);
    Some(Held { source: source.clone(), found, fit, is_of_date })
}

/// Returns the quotation of another's words that a match lies in.
fn quotation_of<'s>(found: &Match, source: &'s SourceText) -> Option<&'s QuoteRecord> {
    let (first, end) = found.bounds();
    source.quotation_of(source.span_of(first, end), source.speaker_of(first))
}

/// Tells whether the draft names the one whom a source quotes: by the roster, or, where it does
/// not know them, by a name that is the end of the other. A pronoun or a noun is no name.
fn is_of_whom_is_quoted(asked: &Asked<'_>, inner: &QuoteRecord, source: &SourceText) -> bool {
    let Some((claimed, attribution)) = asked.claim.speaker.zip(inner.attribution.as_ref()) else {
        return false;
    };
    if let Some(quoted) = &attribution.speaker {
        return asked.fit(Some(quoted), source.metadata.date) == Fit::Same;
    }
    let last = attribution.named_as.split_whitespace().next_back().unwrap_or_default();
    let (claimed, written) = (folded_tokens(claimed), folded_tokens(&attribution.named_as));
    let is_end = claimed.ends_with(&written) || written.ends_with(&claimed);
    last.starts_with(char::is_uppercase) && !claimed.is_empty() && is_end
}

/// Says who quotes whom.
fn quotes_another(inner: &QuoteRecord, speaker: Option<&Speaker>) -> Risk {
    let by = speaker.map_or("the document", |speaker| &*speaker.name);
    let whom = inner.attribution.as_ref().map_or("someone", |found| found.named_as.as_str());
    Risk { risk: RiskKind::QuotesAnother, words: format!("{by} quotes {whom}") }
}

/// Compares the speaker that the draft names with those of a document, of a stretch that is given
/// to none of them: it is another's if none of those who speak in the document can be meant, and
/// theirs if it is the document's one voice and nothing in the text names another before it.
fn fit_of_unknown(asked: &Asked<'_>, source: &SourceText, word: usize) -> Fit {
    let of_parts = source.parts.iter().filter_map(|part| part.speaker.as_ref());
    let mut voices: Vec<_> = of_parts.chain(source.metadata.speaker.as_ref()).collect();
    voices.sort();
    voices.dedup();
    let is_other = |voice: &&onrecord_model::Speaker| {
        asked.fit(Some(*voice), source.metadata.date) == Fit::Other
    };
    if asked.claim.speaker.is_none() {
        Fit::Same
    } else if !voices.is_empty() && voices.iter().all(is_other) && !is_in_a_label(asked, source) {
        Fit::Other
    } else if source.metadata.speaker.is_some() && voices.len() == 1 && !source.is_labelled(word) {
        asked.fit(source.metadata.speaker.as_ref(), source.metadata.date)
    } else {
        Fit::Unsure
    }
}

/// Tells whether a label of a turn may name the one whom the draft names: who speaks under it may
/// not be known, but it is not sure to be another.
fn is_in_a_label(asked: &Asked<'_>, source: &SourceText) -> bool {
    let claimed = folded_tokens(asked.claim.speaker.unwrap_or_default());
    claimed
        .last()
        .is_some_and(|last| source.labels().any(|label| folded_tokens(label).contains(last)))
}

/// Tells which of the exact verdicts it is.
fn verdict_of(pattern: &Pattern, found: &Match, source: &SourceText) -> Verdict {
    let pairs = found.parts.windows(2).filter_map(|pair| match pair {
        [before, behind] => Some((before.end, behind.first)),
        _ => None,
    });
    let n_between = pairs.clone().count();
    let n_of_source = pairs.filter(|&(end, first)| is_elided_by_source(source, end, first)).count();
    let n_at_ends = pattern.elisions.len().saturating_sub(n_between);
    let has_edits = found.parts.iter().any(|part| !part.edits.is_empty());
    let leaves_out =
        n_of_source < n_between || (n_at_ends > 0 && !ends_as_source(pattern, found, source));
    if leaves_out {
        Verdict::ExactElided
    } else if has_edits {
        Verdict::ExactBracketed
    } else {
        Verdict::Exact
    }
}

/// Tells whether the source has an ellipsis too at the ends of the words.
fn ends_as_source(pattern: &Pattern, found: &Match, source: &SourceText) -> bool {
    let (first, end) = found.bounds();
    let span = source.span_of(first, end);
    let leads = pattern.elisions.first().zip(pattern.parts.first());
    let leads = leads.is_some_and(|(elision, part)| elision.start < part.span().start);
    let trails = pattern.elisions.last().zip(pattern.parts.last());
    let trails = trails.is_some_and(|(elision, part)| elision.start >= part.span().end);
    let before = source.text.get(..span.start as usize).unwrap_or_default().trim_end();
    let behind = source.text.get(span.end as usize..).unwrap_or_default();
    let behind = behind.trim_start_matches([' ', ',', '.', '”', '"']);
    let has_behind = source.text.get(span.end as usize..).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with("...") || rest.starts_with('…') || rest.starts_with(". .")
    });
    (!leads || before.ends_with("...") || before.ends_with('…') || before.ends_with(". ."))
        && (!trails || has_behind || behind.starts_with('…'))
}

fn omitted(found: &Match, source: &SourceText) -> Vec<String> {
    let gaps = found.parts.windows(2).filter_map(|pair| match pair {
        [before, behind] if before.end < behind.first => {
            Some(source.slice(source.span_of(before.end, behind.first)).to_owned())
        }
        [before, behind] if before.end == behind.first => Some(String::new()),
        _ => None,
    });
    gaps.collect()
}

fn bracketed(quote: &str, found: &Match, source: &SourceText) -> Vec<Bracketed> {
    let edits = found.parts.iter().flat_map(|part| &part.edits);
    edits
        .map(|edit| Bracketed {
            quote: quote.get(edit.quote.range()).unwrap_or_default().to_owned(),
            source: replaced(edit, source).to_owned(),
        })
        .collect()
}

/// Describes a place of a source; `word` is the first of its words, if they are known.
fn source_quote(source: &SourceText, span: Span, word: Option<usize>) -> SourceQuote {
    let word = word.unwrap_or_else(|| source.spans.partition_point(|one| one.end <= span.start));
    let speaker = source.speaker_of(word).map(|speaker| speaker.name.to_string());
    let (before, after) = around(source, span);
    let passage = source.passages.get(word).and_then(|at| source.parts.get(*at as usize));
    let page = passage.and_then(|passage| passage.page);
    let is_unattributed = speaker.is_none() && passage.is_none_or(|passage| passage.is_speech);
    let locator = Locator { speaker: speaker.clone(), is_unattributed, page, paragraph: None };
    SourceQuote {
        document: source.id.to_string(),
        path: source.path.clone(),
        title: source.metadata.title.clone(),
        speaker,
        date: source.metadata.date.map(|date| date.to_string()),
        start: span.start,
        end: span.end,
        text: source.slice(span).to_owned(),
        before,
        after,
        citation: citation(&source.metadata, &locator),
    }
}

/// Returns what stands before a stretch in its sentence and the one before, and behind it.
fn around(source: &SourceText, span: Span) -> (String, String) {
    let Some(paragraph) = source.paragraph_of(span) else { return Default::default() };
    let sentences = sentences(&source.text, paragraph);
    let around = neighbours(&sentences, span);
    let first = around.before.or(around.touched.first().copied());
    let last = around.after.or(around.touched.last().copied());
    let start = first.map_or(span.start, |sentence| sentence.start.min(span.start));
    let end = last.map_or(span.end, |sentence| sentence.end.max(span.end));
    let before = source.slice(Span::new(start, span.start));
    let after = source.slice(Span::new(span.end, end));
    (before.to_owned(), after.to_owned())
}

impl Finding {
    /// Makes a finding of which nothing is known yet.
    pub(crate) fn new(text: &str, claim: &Claim<'_>) -> Self {
        Self {
            text: text.to_owned(),
            verdict: Verdict::NotCheckable,
            reason: None,
            risks: Vec::new(),
            notes: Vec::new(),
            claimed_speaker: claim.speaker.map(str::to_owned),
            claimed_date: claim.date.map(|date| date.to_string()),
            source: None,
            diff: None,
            similarity: None,
            omitted: Vec::new(),
            bracketed: Vec::new(),
            foldings: Vec::new(),
        }
    }

    pub(crate) fn not_checkable(self, reason: &str) -> Self {
        Self { verdict: Verdict::NotCheckable, reason: Some(reason.to_owned()), ..self }
    }

    pub(crate) fn altered(self, asked: &Asked<'_>, nearest: Nearest, source: &SourceText) -> Self {
        let quote = source_quote(source, nearest.span, None);
        let word = source.spans.partition_point(|one| one.end <= nearest.span.start);
        let by = match asked.fit(source.speaker_of(word), source.metadata.date) {
            Fit::Other => quote.speaker.as_ref().map(|name| format!(", and {name} said it")),
            Fit::Same | Fit::Unsure => None,
        };
        Self {
            verdict: Verdict::Altered,
            reason: Some(format!("{}{}", nearest.reason, by.unwrap_or_default())),
            diff: Some(nearest.diff),
            similarity: Some(nearest.similarity),
            source: Some(quote),
            ..self
        }
    }
}
