use super::answer::Place;
use super::telling::{Telling, Weighing};
use crate::QueryError;
use onrecord_model::Span;
use onrecord_text::{
    Absolute, Number, Predicate, absolutes, denials, numbers, periods, predicates, suppositions,
};
use std::collections::BTreeSet;

/// A sentence of a draft or of the index.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its words.
    pub(super) text: String,
    /// Where it stands in its document.
    pub(super) place: Place,
    /// What it is about; offsets are of the sentence.
    pub(super) telling: Telling,
}

impl Sentence {
    /// Cuts a sentence out of a text that stands at a place of its document; the tokens are those
    /// of the text that were said.
    pub(super) fn cut(
        text: &str,
        (byte_start, char_start): (u32, u32),
        span: Span,
        tokens: &[Span],
        weighing: &mut Weighing<'_>,
    ) -> Result<Self, QueryError> {
        let first = tokens.partition_point(|token| token.start < span.start);
        let end = tokens.partition_point(|token| token.end <= span.end);
        let own: Vec<Span> = tokens
            .get(first..end)
            .unwrap_or_default()
            .iter()
            .map(|token| Span::new(token.start - span.start, token.end - span.start))
            .collect();
        let words = text.get(span.range()).unwrap_or_default();
        let before = text.get(..span.start as usize).unwrap_or_default();
        let telling = weighing.telling(words, &own)?;
        let char_start = char_start + n_chars(before);
        let place = Place {
            byte_start: byte_start + span.start,
            byte_end: byte_start + span.end,
            char_start,
            char_end: char_start + n_chars(words),
        };
        Ok(Self { text: words.to_owned(), place, telling })
    }

    /// Returns the words at a place of the sentence.
    pub(super) fn words(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns where a stretch of the sentence stands in its document.
    pub(super) fn place_of(&self, span: Span) -> Place {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let char_start = self.place.char_start + n_chars(before);
        Place {
            byte_start: self.place.byte_start + span.start,
            byte_end: self.place.byte_start + span.end,
            char_start,
            char_end: char_start + n_chars(self.words(span)),
        }
    }

    /// Reads what the sentence states.
    pub(super) fn read(&self, weighing: &mut Weighing<'_>) -> Stated {
        let mut stem_of = |span: Span| weighing.stem_hash(self.words(span));
        let text = &self.text;
        let numbers = numbers(text).into_iter().map(|number| {
            let counted = number.counted.iter().filter_map(|span| stem_of(*span)).collect();
            (number, counted)
        });
        let numbers = numbers.collect();
        let predicates = predicates(text)
            .into_iter()
            // A number is no verb.
            .filter(|found| self.telling.words.iter().any(|word| word.span == found.word))
            .filter_map(|found| stem_of(found.word).map(|stem| (found, stem)));
        let predicates = predicates.collect();
        let absolutes = absolutes(text).into_iter().map(|absolute| {
            let about = absolute.about.iter().filter_map(|span| stem_of(*span)).collect();
            (absolute, about)
        });
        Stated {
            numbers,
            predicates,
            absolutes: absolutes.collect(),
            periods: periods(text),
            denials: denials(text),
            n_suppositions: suppositions(text),
            is_question: text.trim_end_matches(['"', '”', '\'', '’', ')', ' ']).ends_with('?'),
        }
    }
}

fn n_chars(text: &str) -> u32 {
    text.chars().count() as u32
}

/// What a sentence states of how many, how surely and whether, each with stems by hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    /// With what is counted.
    pub(super) numbers: Vec<(Number, Vec<u64>)>,
    /// With the stem of the word.
    pub(super) predicates: Vec<(Predicate, u64)>,
    /// With what they are said of.
    pub(super) absolutes: Vec<(Absolute, Vec<u64>)>,
    /// The times that it speaks of as reckoned from the day it was said, or by the name of a month.
    pub(super) periods: BTreeSet<String>,
    /// The words that may deny something, in bytes of the sentence, in order.
    pub(super) denials: Vec<Span>,
    /// How many words it has by which something may be only supposed.
    pub(super) n_suppositions: usize,
    /// Whether it asks, and so states nothing.
    pub(super) is_question: bool,
}
