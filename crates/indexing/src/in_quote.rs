use crate::condition::Condition;
use crate::matched::Matched;
use crate::record::PassageRecord;
use crate::schema::Fields;
use crate::stored::StoredTexts;
use onrecord_model::Span;
use onrecord_text::{Arrangement, Lexicon, Reading, WordTest};
use std::sync::Arc;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

/// Matches passages in which a quotation starts whose words meet a condition.
#[derive(Debug)]
pub(crate) struct InQuoteQuery {
    /// The passages in which quotations start.
    quoting: Box<dyn Query>,
    /// The passages that hold any word which the condition may be met by; none where it may be met
    /// without.
    holding: Option<Box<dyn Query>>,
    /// Of words and what is made of them.
    condition: Arc<Condition>,
    fields: Fields,
}

impl InQuoteQuery {
    pub(crate) fn new(
        quoting: Box<dyn Query>,
        holding: Option<Box<dyn Query>>,
        condition: Arc<Condition>,
        fields: Fields,
    ) -> Self {
        Self { quoting, holding, condition, fields }
    }
}

impl Clone for InQuoteQuery {
    fn clone(&self) -> Self {
        let holding = self.holding.as_ref().map(|holding| holding.box_clone());
        Self::new(self.quoting.box_clone(), holding, Arc::clone(&self.condition), self.fields)
    }
}

impl Query for InQuoteQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        Ok(Box::new(InQuoteWeight {
            quoting: self.quoting.weight(unscored)?,
            holding: self.holding.as_ref().map(|query| query.weight(unscored)).transpose()?,
            condition: Arc::clone(&self.condition),
            fields: self.fields,
        }))
    }
}

struct InQuoteWeight {
    quoting: Box<dyn Weight>,
    holding: Option<Box<dyn Weight>>,
    condition: Arc<Condition>,
    fields: Fields,
}

impl Weight for InQuoteWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let texts = StoredTexts::open(reader, self.fields)?;
        let n_passages = reader.fast_fields().u64("n_passages")?;
        let ordinals = reader.fast_fields().u64("ordinal")?;
        let mut quoting = self.quoting.scorer(reader, 1.0)?;
        let mut holding = match &self.holding {
            Some(weight) => Some(weight.scorer(reader, 1.0)?),
            None => None,
        };
        let mut lexicon = Lexicon::new();
        let mut found = Vec::new();
        let mut entry = quoting.doc();
        while entry != TERMINATED {
            // A quotation may go on in the passages behind, not in another document.
            let head = entry.saturating_sub(ordinals.first(entry).unwrap_or(0) as DocId);
            let end = head.saturating_add(n_passages.first(head).unwrap_or(0) as DocId);
            let is_near = holding.as_mut().is_none_or(|holding| {
                let next = holding.doc();
                let next = if next < entry { holding.seek(entry) } else { next };
                next < end
            });
            let is_sought = is_near && !reader.is_deleted(entry);
            if is_sought && self.is_met(&texts, entry, end, &mut lexicon)? {
                found.push((entry, 1));
            }
            entry = quoting.advance();
        }
        Ok(Box::new(Matched::new(found, None)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words of a quotation", 1.0))
    }
}

impl InQuoteWeight {
    /// Tells whether a quotation that starts in the passage of an entry meets the condition.
    fn is_met(
        &self,
        texts: &StoredTexts,
        entry: DocId,
        end: DocId,
        lexicon: &mut Lexicon,
    ) -> tantivy::Result<bool> {
        lexicon.make_room();
        let (text, record) = texts.read(entry)?;
        let spoken = record.spoken(&text);
        let PassageRecord { start, quotes, .. } = record;
        let last = quotes.iter().map(|quote| quote.hull().end).max().unwrap_or(0);
        let mut passages = vec![(start, text, spoken)];
        for next in entry + 1..end {
            if passages.last().is_none_or(|(start, text, _)| start + text.len() as u32 >= last) {
                break;
            }
            let (text, record) = texts.read(next)?;
            let spoken = record.spoken(&text);
            passages.push((record.start, text, spoken));
        }
        let passages: Vec<(u32, &str, Vec<Span>)> = passages
            .iter()
            .map(|(start, text, spoken)| (*start, text.as_str(), spoken.clone()))
            .collect();
        Ok(quotes.iter().any(|quote| {
            let reading = Reading::of_quotation(&passages, &quote.content, lexicon);
            self.condition.is_met_by(&reading, lexicon)
        }))
    }
}

impl Condition {
    /// Tells whether what is read meets the condition. What asks for anything but words is not met.
    fn is_met_by(&self, reading: &Reading<'_>, lexicon: &Lexicon) -> bool {
        let holds = |test: WordTest| reading.find(&Arrangement::word(test), lexicon).is_some();
        match self {
            Self::All => true,
            Self::Stem { stem, .. } => holds(WordTest::Stem(stem.as_str().into())),
            Self::Word(word) => holds(WordTest::folded(word)),
            Self::Phrase(words) => reading.find_run(words, lexicon).is_some(),
            Self::Arranged(arrangement) => reading.find(arrangement, lexicon).is_some(),
            Self::And(parts) => parts.iter().all(|part| part.is_met_by(reading, lexicon)),
            Self::Or(parts) => parts.iter().any(|part| part.is_met_by(reading, lexicon)),
            Self::Not(part) => !part.is_met_by(reading, lexicon),
            Self::Boost(part, _) | Self::Prefer(part, _) => part.is_met_by(reading, lexicon),
            Self::Speaker(_)
            | Self::Quoted(_)
            | Self::Named(..)
            | Self::QuoteKind(_)
            | Self::QuoteHash(_)
            | Self::InQuote(_)
            | Self::Priority(_)
            | Self::Part(_)
            | Self::Document(_) => false,
        }
    }

    /// Lists what of a condition on words may be met by a word: one of these holds wherever the
    /// condition does. None where it may hold without any.
    pub(crate) fn met_by_words(&self) -> Option<Vec<Self>> {
        match self {
            Self::Stem { .. } | Self::Word(_) | Self::Arranged(_) => Some(self.single_words()),
            Self::Phrase(words) => {
                Some(words.first().cloned().map(Self::Word).into_iter().collect())
            }
            Self::And(parts) => parts.iter().find_map(Self::met_by_words),
            Self::Or(parts) => {
                let of_parts: Option<Vec<Vec<Self>>> =
                    parts.iter().map(Self::met_by_words).collect();
                of_parts.map(|of_parts| of_parts.concat())
            }
            Self::Boost(part, _) | Self::Prefer(part, _) => part.met_by_words(),
            Self::All
            | Self::Not(_)
            | Self::Speaker(_)
            | Self::Quoted(_)
            | Self::Named(..)
            | Self::QuoteKind(_)
            | Self::QuoteHash(_)
            | Self::InQuote(_)
            | Self::Priority(_)
            | Self::Part(_)
            | Self::Document(_) => None,
        }
    }

    /// Takes an arrangement apart: any of its words may stand alone in a passage.
    fn single_words(&self) -> Vec<Self> {
        let Self::Arranged(arrangement) = self else { return vec![self.clone()] };
        let steps = arrangement.steps().iter().filter(|step| step.least > 0).cloned();
        steps.map(|step| Self::Arranged(Arc::new(Arrangement::word(step.test)))).collect()
    }
}
