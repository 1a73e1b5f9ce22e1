//! The words of the record that an altered quote is nearest to.

use super::candidates::{self, Candidate, PathOrder, path_order};
use super::claim::Fit;
use super::pattern::Pattern;
use super::{Asked, Checker};
use crate::QueryError;
use onrecord_indexing::Address;
use onrecord_model::{DocumentId, Span};
use onrecord_text::{Alignment, Words, align, diff, folded_tokens, format_diff, sentences, tokens};
use std::collections::BTreeMap;

/// The fewest words of a sentence that is looked for by itself; a shorter one stays with the one
/// before it.
const MIN_UNIT_WORDS: usize = 5;

/// The most sentences of a quote that are looked for; more than a page of them.
const MAX_UNITS: usize = 24;

/// The most documents in which all sentences of a quote are looked for.
const MAX_DOCUMENTS: usize = 12;

/// How near a quote is to its source at least, to be called an alteration of it.
pub(crate) const MIN_SIMILARITY: f32 = 0.6;

/// How near one of its sentences is, if all the others are nowhere.
const MIN_SIMILARITY_OF_ONE: f32 = 0.85;

/// How many words of a quote, one behind the other, are enough to call it an alteration whatever
/// the rest of it is: chance does not say so many.
const MIN_RUN: usize = 8;

/// How much nearer words must be than those of the speaker whom the draft names.
const PREFERENCE: f32 = 0.05;

/// The longest stretch of a source that a whole quote is compared with, in bytes: two pages.
const MAX_STRETCH: u32 = 8_000;

/// The nearest words of the record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Nearest {
    pub(crate) head: Address,
    pub(crate) document: DocumentId,
    /// From the first to the last of the words, in the document's text.
    pub(crate) span: Span,
    /// 0 to 1.
    pub(crate) similarity: f32,
    pub(crate) diff: String,
    pub(crate) reason: &'static str,
}

/// A sentence of a quote, or what an ellipsis parts of it.
#[derive(Clone, Debug)]
struct Unit {
    span: Span,
    n_words: usize,
}

/// Where a unit is nearest to in a document.
#[derive(Clone, Debug)]
struct Place {
    head: Address,
    fit: Fit,
    date_distance: u32,
    path: PathOrder,
    span: Span,
    similarity: f32,
    /// The most words that are kept one behind the other.
    run: usize,
}

type Places = BTreeMap<DocumentId, Place>;

impl Checker<'_> {
    /// Finds the words of the record that are nearest to a quote; none where none are near.
    pub(crate) fn nearest(
        &mut self,
        asked: &Asked<'_>,
        pattern: &Pattern,
    ) -> Result<Option<Nearest>, QueryError> {
        let units = units(asked.text, pattern);
        let mut found: Vec<Places> = Vec::with_capacity(units.len());
        for unit in &units {
            let near = self.candidates_near(asked, unit)?;
            found.push(self.places(asked, unit, &near)?);
        }
        let mut documents: BTreeMap<DocumentId, Address> = BTreeMap::new();
        for places in &found {
            let mut best: Vec<(&DocumentId, &Place)> = places.iter().collect();
            best.sort_by(|(a, one), (b, other)| {
                other.similarity.total_cmp(&one.similarity).then(a.cmp(b))
            });
            let best = best.into_iter().take(MAX_DOCUMENTS);
            documents.extend(best.map(|(id, place)| (*id, place.head)));
        }
        if units.len() > 1 {
            self.fill(asked, &units, &documents, &mut found)?;
        }
        let total: usize = units.iter().map(|unit| unit.n_words).sum();
        let share = |id: &DocumentId| {
            let credits = units.iter().zip(&found).map(|(unit, places)| {
                places.get(id).map_or(0.0, |place| place.similarity * unit.n_words as f32)
            });
            credits.sum::<f32>() / total.max(1) as f32
        };
        let Some(best) = choose(&found, share) else { return Ok(None) };
        // Said by another than the draft names, it must be nearer: else it is not found.
        let least = if best.fit == Fit::Other { MIN_SIMILARITY_OF_ONE } else { MIN_SIMILARITY };
        let run = |places: &Places| places.get(&best.document).map_or(0, |place| place.run);
        let has_run = best.fit != Fit::Other && found.iter().map(run).max() >= Some(MIN_RUN);
        let is_near = best.similarity >= least || has_run;
        let is_whole = found.iter().all(|places| {
            places.get(&best.document).is_some_and(|place| place.similarity >= MIN_SIMILARITY)
        });
        if is_near && (is_whole || units.len() == 1) {
            return self.describe(asked, &units, &found, best).map(Some);
        }
        // Parts of several speeches: the one of the first part that was said.
        let mut said = said_units(&units, &found);
        let joins = said.len() > 1 && said.iter().any(|one| one.document != best.document);
        if is_near && !joins {
            let mut nearest = self.describe(asked, &units, &found, best)?;
            nearest.reason = PARTLY_SAID;
            return Ok(Some(nearest));
        }
        if said.is_empty() {
            return Ok(None);
        }
        let mut nearest = self.describe(asked, &units, &found, said.remove(0))?;
        nearest.reason = if joins { JOINS_SPEECHES } else { PARTLY_SAID };
        Ok(Some(nearest))
    }

    fn candidates_near(
        &mut self,
        asked: &Asked<'_>,
        unit: &Unit,
    ) -> Result<Vec<Candidate>, QueryError> {
        let text = asked.text.get(unit.span.range()).unwrap_or_default();
        let mut found = candidates::near(self.reader, text, &mut self.lexicon)?;
        let words = folded_tokens(text);
        found.extend(candidates::phrase(self.reader, &words, None)?.passages);
        if let Some(by) = &asked.by {
            let words = words.get(..words.len().min(8)).unwrap_or_default();
            found.extend(candidates::phrase(self.reader, words, Some(by))?.passages);
        }
        found.sort_by_key(|candidate| (candidate.document, candidate.ordinal));
        found.dedup_by_key(|candidate| (candidate.document, candidate.ordinal));
        Ok(found)
    }

    /// Aligns a unit with the passages of candidates; keeps the nearest place of each document.
    fn places(
        &mut self,
        asked: &Asked<'_>,
        unit: &Unit,
        near: &[Candidate],
    ) -> Result<Places, QueryError> {
        let mut places = Places::new();
        for candidate in near {
            let first = self.reader.passage_of(candidate.head, candidate.ordinal);
            let passage = self.reader.passage(first)?;
            let (start, mut text) = (passage.span.start, passage.text);
            if passage.record.continues {
                let next = self.reader.passage_of(candidate.head, candidate.ordinal + 1);
                let next = self.reader.passage(next)?;
                text.push_str(&next.record.lead);
                text.push_str(&next.text);
            }
            let Some(found) = self.align(asked.text, unit.span, &text) else { continue };
            let place = Place {
                head: candidate.head,
                fit: asked.fit(candidate.speaker.as_ref(), candidate.date),
                date_distance: asked.date_distance(candidate.date),
                path: path_order(&candidate.path),
                span: found.window.shifted(start),
                similarity: found.similarity,
                run: longest_run(&found),
            };
            let known = places.entry(candidate.document).or_insert_with(|| place.clone());
            if place.similarity > known.similarity {
                *known = place;
            }
        }
        Ok(places)
    }

    /// Looks for each unit in all of the documents that others are near to.
    fn fill(
        &mut self,
        asked: &Asked<'_>,
        units: &[Unit],
        documents: &BTreeMap<DocumentId, Address>,
        found: &mut [Places],
    ) -> Result<(), QueryError> {
        for (&id, &head) in documents {
            let source = self.source(id, head)?;
            for (unit, places) in units.iter().zip(found.iter_mut()) {
                if places.contains_key(&id) {
                    continue;
                }
                let Some(near) = self.align(asked.text, unit.span, &source.text) else { continue };
                let place = Place {
                    head,
                    fit: asked.fit(source.metadata.speaker.as_ref(), source.metadata.date),
                    date_distance: asked.date_distance(source.metadata.date),
                    path: path_order(&source.path),
                    span: near.window,
                    similarity: near.similarity,
                    run: longest_run(&near),
                };
                places.insert(id, place);
            }
        }
        Ok(())
    }

    fn align(&mut self, quote: &str, unit: Span, text: &str) -> Option<Alignment> {
        let written = quote.get(unit.range())?;
        let shifted = tokens(written).map(|token| token.shifted(unit.start));
        self.lexicon.make_room();
        let line = Words::of_tokens(quote, shifted.collect(), &mut self.lexicon);
        let source = Words::of_tokens(text, tokens(text).collect(), &mut self.lexicon);
        let all = |text: &str| Span::from_range(0..text.len());
        align(line.within(all(quote)), source.within(all(text)), &self.lexicon)
    }

    fn describe(
        &mut self,
        asked: &Asked<'_>,
        units: &[Unit],
        found: &[Places],
        best: Best,
    ) -> Result<Nearest, QueryError> {
        let source = self.source(best.document, best.head)?;
        let places: Vec<(&Unit, &Place)> = units
            .iter()
            .zip(found)
            .filter_map(|(unit, places)| Some((unit, places.get(&best.document)?)))
            .filter(|(_, place)| place.similarity >= MIN_SIMILARITY || units.len() == 1)
            .collect();
        let start = places.iter().map(|(_, place)| place.span.start).min().unwrap_or(0);
        let end = places.iter().map(|(_, place)| place.span.end).max().unwrap_or(0);
        let in_order = places.windows(2).all(|pair| match pair {
            [(_, a), (_, b)] => a.span.start <= b.span.start,
            _ => true,
        });
        let mut diffs = Vec::new();
        let stretch = Span::new(start, end.max(start));
        let is_near = in_order && stretch.len() <= MAX_STRETCH && places.len() == units.len();
        if is_near {
            let all = Span::from_range(0..asked.text.len());
            diffs.extend(self.diff(asked.text, all, &source.text, stretch));
        } else {
            for unit in units {
                let of_unit = places.iter().find(|(other, _)| other.span == unit.span);
                diffs.push(match of_unit {
                    Some((_, place)) => {
                        let diff = self.diff(asked.text, unit.span, &source.text, place.span);
                        diff.unwrap_or_default()
                    }
                    None => {
                        format!("[-{}-]", asked.text.get(unit.span.range()).unwrap_or_default())
                    }
                });
            }
        }
        let reason = if !in_order { OTHER_ORDER } else { WORDS_DIFFER };
        Ok(Nearest {
            head: best.head,
            document: best.document,
            span: if is_near { stretch } else { places.first().map_or(stretch, |(_, p)| p.span) },
            similarity: best.similarity,
            diff: diffs.join(" … "),
            reason,
        })
    }

    fn diff(&mut self, quote: &str, unit: Span, text: &str, stretch: Span) -> Option<String> {
        let stretch = text.get(stretch.range())?;
        let found = self.align(quote, unit, stretch)?;
        Some(format_diff(&diff(&found, quote, stretch)))
    }
}

/// Why a quote is altered.
const WORDS_DIFFER: &str = "words differ";
const OTHER_ORDER: &str = "its parts stand in another order in the source";
const JOINS_SPEECHES: &str = "it joins words of several documents";
const PARTLY_SAID: &str = "only a part of it is on record";

/// The document that is nearest.
#[derive(Clone, Copy, Debug)]
struct Best {
    document: DocumentId,
    head: Address,
    similarity: f32,
    fit: Fit,
}

fn longest_run(found: &Alignment) -> usize {
    let runs = found.edits.split(|edit| !edit.is_kept());
    runs.map(<[_]>::len).max().unwrap_or(0)
}

/// Lists where each unit was said that was, nearly word for word.
fn said_units(units: &[Unit], found: &[Places]) -> Vec<Best> {
    let of_unit = |(unit, places): (&Unit, &Places)| {
        let nearest = |id: &DocumentId| places.get(id).map_or(0.0, |place| place.similarity);
        let best = choose(std::slice::from_ref(places), nearest)?;
        let is_said = best.similarity >= MIN_SIMILARITY_OF_ONE && unit.n_words >= MIN_UNIT_WORDS;
        is_said.then_some(best)
    };
    units.iter().zip(found).filter_map(of_unit).collect()
}

/// Chooses the nearest document; among those as near, one by the speaker whom the draft names,
/// then the one nearest to its date, then the earlier, then by its file.
fn choose(found: &[Places], share: impl Fn(&DocumentId) -> f32) -> Option<Best> {
    let mut all: BTreeMap<DocumentId, &Place> = BTreeMap::new();
    for (id, place) in found.iter().flatten() {
        all.entry(*id).or_insert(place);
    }
    let mut ranked: Vec<(f32, DocumentId, &Place)> =
        all.into_iter().map(|(id, place)| (share(&id), id, place)).collect();
    let top = ranked.iter().map(|one| one.0).max_by(f32::total_cmp)?;
    ranked.retain(|(similarity, _, place)| {
        let preferred = if place.fit == Fit::Same { PREFERENCE } else { 0.0 };
        similarity + preferred >= top
    });
    ranked.sort_by(|(a, id_a, place_a), (b, id_b, place_b)| {
        let order = |place: &Place| (place.date_distance, place.path.clone());
        let by_fit = place_a.fit.cmp(&place_b.fit);
        by_fit
            .then(b.total_cmp(a))
            .then_with(|| order(place_a).cmp(&order(place_b)))
            .then(id_a.cmp(id_b))
    });
    let &(similarity, document, place) = ranked.first()?;
    Some(Best { document, head: place.head, similarity, fit: place.fit })
}

/// Cuts a quote into its sentences, and where ellipses part it.
fn units(quote: &str, pattern: &Pattern) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut elisions = pattern.elisions.iter().peekable();
    for part in &pattern.parts {
        let mut first_of_part = true;
        while elisions.next_if(|dots| dots.start < part.span().end).is_some() {}
        let end = elisions.peek().map_or(quote.len() as u32, |dots| dots.start);
        for sentence in sentences(quote, Span::new(part.span().start, end)) {
            let written = quote.get(sentence.range()).unwrap_or_default();
            let n_words = tokens(written).count();
            let is_full = units.len() >= MAX_UNITS;
            match units.last_mut() {
                Some(last)
                    if is_full
                        || (!first_of_part && n_words.min(last.n_words) < MIN_UNIT_WORDS) =>
                {
                    last.span.end = sentence.end;
                    last.n_words += n_words;
                }
                Some(_) | None => units.push(Unit { span: sentence, n_words }),
            }
            first_of_part = false;
        }
    }
    units
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "tests cut texts that they know")]
mod tests {
    use super::*;
    use crate::check::pattern::read_pattern;

    #[test]
    fn quotes_are_cut_into_sentences() {
        for (quote, expected) in [
            (
                "We act now and here. They wait for us all.",
                "We act now and here.|They wait for us all.",
            ),
            ("We act. They wait for us all.", "We act. They wait for us all."),
            ("We act ... they wait", "We act|they wait"),
            ("", ""),
        ] {
            let units = units(quote, &read_pattern(quote));
            let shown: Vec<&str> = units.iter().map(|unit| &quote[unit.span.range()]).collect();
            assert_eq!(shown.join("|"), expected);
        }
    }
}
