use crate::Counting;
use crate::compiled::{Compiled, CompiledTerm, Use, is_known};
use crate::enumeration::is_item;
use crate::matcher::Words;
use crate::name::is_named;
use crate::taxonomy::MAX_WORDS;
use onrecord_model::Span;
use onrecord_text::{Lexicon, WordsIn};

/// A stretch of text with all that a taxonomy finds in it.
pub(crate) struct Scan<'a> {
    text: &'a str,
    words: Words,
    /// By subject, in text order.
    terms: Vec<Vec<Hit>>,
    /// By subject.
    exclusions: Vec<Vec<Place>>,
    /// By context.
    contexts: Vec<Vec<Place>>,
    /// The words by which names are told.
    name_words: Vec<u32>,
}

/// Returns those of some places, in text order, that may be within a distance of another: so that a
/// long text takes time by its length.
fn around(places: &[Place], of: Place, within: u32) -> impl Iterator<Item = &Place> {
    let from = of.first.saturating_sub(within).saturating_sub(MAX_WORDS as u32);
    let start = places.partition_point(|place| place.first < from);
    let end = of.last.saturating_add(within);
    places[start..].iter().take_while(move |place| place.first <= end)
}

/// What keeps an occurrence of a term from counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// An exclusion has words of it.
    Excluded,
    /// Nothing of what is to stand near it does.
    NotNear,
    /// Another occurrence of the subject has words of it.
    Overlapped,
}

/// The first and the last word of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    first: u32,
    last: u32,
}

/// An occurrence of a term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    place: Place,
    /// The term's place among its subject's.
    pub(crate) term: usize,
}

impl<'a> Scan<'a> {
    /// Finds all in a stretch of a document: `text` is its text, `start` where it starts.
    pub(crate) fn new(
        compiled: &Compiled,
        text: &'a str,
        start: u32,
        words: WordsIn<'_>,
        lexicon: &Lexicon,
    ) -> Self {
        let words = compiled.matcher.words(words, start, lexicon, is_known);
        let matches = compiled.matcher.find(text, &words);
        let n_subjects = compiled.priorities.len() + 1;
        let mut scan = Self {
            text,
            words,
            terms: vec![Vec::new(); n_subjects],
            exclusions: vec![Vec::new(); n_subjects],
            contexts: vec![Vec::new(); compiled.contexts.len()],
            name_words: Vec::new(),
        };
        for found in matches {
            let place = Place { first: found.first, last: found.last };
            for &phrase_use in &compiled.uses[found.phrase as usize] {
                match phrase_use {
                    Use::Term { subject, term } => scan.terms[subject].push(Hit { place, term }),
                    Use::Exclusion { subject } => scan.exclusions[subject].push(place),
                    Use::Context(context) => scan.contexts[context].push(place),
                    Use::NameWord => scan.name_words.push(place.first),
                }
            }
        }
        scan.drop_named_contexts();
        scan
    }

    /// Drops the contexts that stand in names: a name puts nothing near its subject.
    fn drop_named_contexts(&mut self) {
        if self.name_words.is_empty() {
            return;
        }
        let mut contexts = std::mem::take(&mut self.contexts);
        for places in &mut contexts {
            places.retain(|&place| !self.is_named(place));
        }
        self.contexts = contexts;
    }

    fn is_named(&self, place: Place) -> bool {
        is_named(self.text, &self.words, place.first, place.last, &self.name_words)
    }

    /// Returns the occurrences that count for a subject, in text order.
    ///
    /// Of those that overlap, the first counts, the longest of those that start together, then
    /// the weightiest. `above` are the scans whose words are near every word of this one.
    pub(crate) fn hits(&self, compiled: &Compiled, subject: usize, above: &[&Self]) -> Vec<Hit> {
        let Some(terms) = subject_terms(compiled, subject) else { return Vec::new() };
        let counts = |hit: &&Hit| self.obstacle(compiled, subject, terms, above, hit).is_none();
        let mut hits: Vec<Hit> = self.terms[subject].iter().filter(counts).copied().collect();
        hits.sort_by(|a, b| {
            let places = (a.place.first, b.place.last).cmp(&(b.place.first, a.place.last));
            places.then(terms[b.term].weight.total_cmp(&terms[a.term].weight))
        });
        let mut free = 0;
        hits.retain(|hit| {
            let counts = hit.place.first >= free;
            free = if counts { hit.place.last + 1 } else { free };
            counts
        });
        hits
    }

    /// Returns the occurrences that do not count for a subject, in text order, each with the reason;
    /// `hits` are those that do.
    pub(crate) fn passed_over(
        &self,
        compiled: &Compiled,
        subject: usize,
        above: &[&Self],
        hits: &[Hit],
    ) -> Vec<(Hit, Obstacle)> {
        let Some(terms) = subject_terms(compiled, subject) else { return Vec::new() };
        let counts =
            |hit: &Hit| hits.iter().any(|one| one.term == hit.term && one.place == hit.place);
        let others = self.terms[subject].iter().filter(|hit| !counts(hit));
        let mut passed_over: Vec<(Hit, Obstacle)> = others
            .map(|hit| {
                let obstacle = self.obstacle(compiled, subject, terms, above, hit);
                (*hit, obstacle.unwrap_or(Obstacle::Overlapped))
            })
            .collect();
        passed_over.sort_by_key(|(hit, _)| (hit.place.first, hit.place.last, hit.term));
        passed_over
    }

    /// Returns what keeps an occurrence from counting, if anything but another one does.
    fn obstacle(
        &self,
        compiled: &Compiled,
        subject: usize,
        terms: &[CompiledTerm],
        above: &[&Self],
        hit: &Hit,
    ) -> Option<Obstacle> {
        if around(&self.exclusions[subject], hit.place, 0).any(|place| place.overlaps(hit.place)) {
            return Some(Obstacle::Excluded);
        }
        let context = terms[hit.term].context?;
        let within = compiled.contexts[context];
        let is_near = above.iter().any(|scan| !scan.contexts[context].is_empty())
            || around(&self.contexts[context], hit.place, within)
                .any(|place| place.distance(hit.place) <= within);
        (!is_near).then_some(Obstacle::NotNear)
    }

    /// Returns the share of its weight that an occurrence keeps where it stands.
    pub(crate) fn share(&self, counting: &Counting, hit: &Hit) -> f32 {
        if self.is_named(hit.place) {
            counting.name_factor
        } else if is_item(self.text, &self.words, hit.place.first, hit.place.last) {
            counting.list_factor
        } else {
            1.0
        }
    }

    /// Returns the number of words.
    pub(crate) fn n_words(&self) -> usize {
        self.words.spans.len()
    }

    /// Returns where an occurrence stands, from the start of the scanned text.
    pub(crate) fn span(&self, hit: &Hit) -> Span {
        let [first, last] =
            [hit.place.first, hit.place.last].map(|at| self.words.spans[at as usize]);
        Span::new(first.start, last.end)
    }
}

fn subject_terms(compiled: &Compiled, subject: usize) -> Option<&[CompiledTerm]> {
    let subject = match compiled.priorities.get(subject) {
        Some(priority) => &priority.subject,
        None => &compiled.gate.as_ref()?.subject,
    };
    Some(&subject.terms)
}

impl Hit {
    /// Returns the places of its words among those of the scanned text.
    pub(crate) const fn words(&self) -> std::ops::Range<usize> {
        self.place.first as usize..self.place.last as usize + 1
    }
}

impl Place {
    const fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Returns how many words lie from one to the other, 1 for neighbours, 0 if they overlap.
    const fn distance(self, other: Self) -> u32 {
        if self.last < other.first {
            other.first - self.last
        } else {
            self.first.saturating_sub(other.last)
        }
    }
}
