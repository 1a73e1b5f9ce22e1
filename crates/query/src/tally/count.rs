use super::listed::Listed;
use super::places::{Gram, GramPlace, for_each_place, gram_of_word, words_of};
use super::sieve::Sieve;
use super::speech::Speech;
use super::vocabulary::Vocabulary;
use super::{Counting, MAX_GRAMS, WordForm};
use crate::QueryError;
use crate::statistics::DeviationOfProportions;
use onrecord_text::is_function_word;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// How often each thing occurs in the marked and in the other passages.
#[derive(Debug)]
pub(crate) struct Tally {
    counting: Counting,
    vocabulary: Vocabulary,
    items: Vec<Item>,
    /// The places of n-grams among the items; those of single words are their numbers.
    places: FxHashMap<Gram, u32>,
    /// Of the marked passages, then of the others.
    pub(crate) totals: [PartTotal; 2],
    /// How single words were counted; none where texts were read.
    listed: Option<Listed>,
}

/// What is counted of one thing, by part.
#[derive(Clone, Copy, Debug)]
struct Item {
    gram: Gram,
    counts: [u64; 2],
    documents: [u32; 2],
    /// The document of the last occurrence, counted from 1; 0 for none.
    last: [u32; 2],
}

/// How much is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartTotal {
    /// All places of words, or of n-grams: those of function words too.
    pub(crate) places: u64,
    /// Passages of speech.
    pub(crate) passages: u64,
    /// Documents that they are of.
    pub(crate) documents: u64,
}

/// Counts things in the passages of speech.
///
/// # Errors
/// When there are more different n-grams than can be held, or what is stored is not what was
/// written.
pub(crate) fn count(speech: &Speech<'_>, counting: &Counting) -> Result<Tally, QueryError> {
    // Of a stem the lists do not tell which of its words are function words.
    let is_listed =
        counting.n_words == 1 && (counting.form == WordForm::Folded || !counting.content_only);
    if is_listed {
        count_listed(speech, counting)
    } else {
        count_within(speech, counting, MAX_GRAMS)
    }
}

/// Counts single words by the lists of the index.
fn count_listed(speech: &Speech<'_>, counting: &Counting) -> Result<Tally, QueryError> {
    let listed = Listed::new(speech, counting.form)?;
    let mut tally = Tally { totals: listed.totals(), ..Tally::empty(counting) };
    listed.for_each_word(speech.reader(), |word, said| {
        if counting.content_only && is_function_word(word) {
            return;
        }
        let mut item = None;
        for (counted, n_times) in said {
            let at = *item.get_or_insert_with(|| tally.place_of(word));
            tally.add_times(at, counted.part, counted.document, n_times.into());
        }
    })?;
    Ok(Tally { listed: Some(listed), ..tally })
}

/// Counts as [`count`], holding so many n-grams at most.
///
/// Words are as few as a language has. N-grams are nearly as many as places: where these are more
/// than can be held, a first reading rules out the rare ones.
pub(super) fn count_within(
    speech: &Speech<'_>,
    counting: &Counting,
    max_grams: usize,
) -> Result<Tally, QueryError> {
    let mut tally = Tally::empty(counting);
    let is_rare_left_out = counting.n_words > 1 && counting.min_count > 1;
    let sieve = if is_rare_left_out && speech.n_words()? > max_grams as u64 {
        let mut sieve = Sieve::new(counting.min_count);
        for_each_place(speech, counting, &mut tally.vocabulary, |place| {
            place.gram.iter().for_each(|gram| sieve.add(gram));
            Ok(())
        })?;
        Some(sieve)
    } else {
        None
    };
    tally.fill(speech, sieve.as_ref(), max_grams)?;
    Ok(tally)
}

impl Tally {
    fn empty(counting: &Counting) -> Self {
        Self {
            counting: *counting,
            vocabulary: Vocabulary::new(counting.form),
            items: Vec::new(),
            places: FxHashMap::default(),
            totals: [PartTotal::default(); 2],
            listed: None,
        }
    }

    fn fill(
        &mut self,
        speech: &Speech<'_>,
        sieve: Option<&Sieve>,
        max_grams: usize,
    ) -> Result<(), QueryError> {
        let counting = self.counting;
        let mut vocabulary =
            std::mem::replace(&mut self.vocabulary, Vocabulary::new(counting.form));
        let filled = for_each_place(speech, &counting, &mut vocabulary, |place| {
            if let Some(total) = self.totals.get_mut(place.part) {
                total.places += 1;
            }
            match place.gram {
                Some(gram) if sieve.is_none_or(|sieve| sieve.may_hold(&gram)) => {
                    self.add(&place, gram, max_grams)
                }
                Some(_) | None => Ok(()),
            }
        });
        self.vocabulary = vocabulary;
        for (total, filled) in self.totals.iter_mut().zip(filled?) {
            *total = PartTotal { places: total.places, ..filled };
        }
        Ok(())
    }

    fn add(&mut self, place: &GramPlace, gram: Gram, max_grams: usize) -> Result<(), QueryError> {
        let at = match self.find(&gram) {
            Some(at) => at,
            None => self.insert(gram, max_grams)?,
        };
        self.add_times(at, place.part, place.document, 1);
        Ok(())
    }

    /// Counts occurrences of a thing in a document.
    fn add_times(&mut self, at: usize, part: usize, document: u32, n_times: u64) {
        if let Some(item) = self.items.get_mut(at) {
            item.counts[part] += n_times;
            if item.last[part] != document + 1 {
                item.last[part] = document + 1;
                item.documents[part] += 1;
            }
        }
    }

    /// Returns the place of a single word among the items.
    fn place_of(&mut self, word: &str) -> usize {
        let gram = gram_of_word(self.vocabulary.number_of(word));
        self.find(&gram).unwrap_or_else(|| self.push(gram))
    }

    fn push(&mut self, gram: Gram) -> usize {
        let at = self.items.len();
        self.items.push(Item { gram, counts: [0; 2], documents: [0; 2], last: [0; 2] });
        self.places.insert(gram, at as u32);
        at
    }

    fn find(&self, gram: &Gram) -> Option<usize> {
        self.places.get(gram).map(|&at| at as usize)
    }

    fn insert(&mut self, gram: Gram, max_grams: usize) -> Result<usize, QueryError> {
        let at = self.items.len();
        if self.counting.n_words > 1 && at >= max_grams {
            let (n_words, min_count) = (self.counting.n_words, self.counting.min_count);
            return Err(QueryError::TooManyGrams { n_words, min_count, limit: max_grams });
        }
        Ok(self.push(gram))
    }

    /// Lists the things that occur often enough, by number.
    pub(crate) fn items(&self) -> impl Iterator<Item = usize> + '_ {
        let min_count = self.counting.min_count.max(1);
        let enough = move |item: &Item| item.counts.iter().sum::<u64>() >= min_count;
        self.items.iter().enumerate().filter(move |(_, item)| enough(item)).map(|(at, _)| at)
    }

    /// Returns how often a thing occurs in the marked and in the other passages.
    pub(crate) fn counts(&self, at: usize) -> [u64; 2] {
        self.items.get(at).map_or([0; 2], |item| item.counts)
    }

    /// Returns in how many documents of each part a thing occurs.
    pub(crate) fn documents(&self, at: usize) -> [u64; 2] {
        self.items.get(at).map_or([0; 2], |item| item.documents.map(u64::from))
    }

    /// Compares two things by the letters of their words.
    pub(crate) fn compare(&self, one: usize, other: usize) -> Ordering {
        let words = |at: usize| {
            let gram = self.items.get(at).map(|item| &item.gram);
            gram.into_iter().flat_map(words_of).map(|word| self.vocabulary.word(word))
        };
        words(one).cmp(words(other))
    }

    /// Returns a thing's words, with blanks between them.
    pub(crate) fn text(&self, at: usize) -> String {
        let Some(item) = self.items.get(at) else { return String::new() };
        let words: Vec<&str> =
            words_of(&item.gram).map(|word| self.vocabulary.word(word)).collect();
        words.join(" ")
    }

    /// Computes how unevenly some things are spread over the documents of the marked passages, in
    /// the order of `shown`; none where a thing does not occur, or there are not two documents.
    ///
    /// This needs the counts first, so passages that were read are read once more.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(crate) fn dispersion(
        &mut self,
        speech: &Speech<'_>,
        shown: &[usize],
    ) -> Result<Vec<Option<f64>>, QueryError> {
        if let Some(listed) = &self.listed {
            return self.dispersion_by(listed, speech, shown);
        }
        let mut spreading = Spreading::new(self, shown);
        let counting = self.counting;
        let mut vocabulary =
            std::mem::replace(&mut self.vocabulary, Vocabulary::new(counting.form));
        let read = for_each_place(speech, &counting, &mut vocabulary, |place| {
            if place.part == 0 {
                spreading.add(place.document, place.gram.and_then(|gram| self.find(&gram)));
            }
            Ok(())
        });
        self.vocabulary = vocabulary;
        read?;
        spreading.end_document();
        let is_told = |at: usize| spreading.n_documents > 1 && self.counts(at)[0] > 0;
        let values = shown.iter().zip(&spreading.deviations);
        Ok(values.map(|(&at, deviation)| is_told(at).then(|| deviation.value())).collect())
    }
}

impl Tally {
    /// Computes the same of single words by the lists of the index.
    fn dispersion_by(
        &self,
        listed: &Listed,
        speech: &Speech<'_>,
        shown: &[usize],
    ) -> Result<Vec<Option<f64>>, QueryError> {
        let sizes = listed.sizes_of_marked();
        let has_several = sizes.iter().filter(|size| **size > 0).nth(1).is_some();
        let of_word = |&at: &usize| {
            let ([count, _], [total, _]) = (self.counts(at), self.totals);
            if count == 0 || !has_several {
                return Ok(None);
            }
            let mut deviation = DeviationOfProportions::new(count, total.places);
            let said = listed.said_in_marked(speech.reader(), &self.text(at))?;
            let mut parts: Vec<(u64, u64)> = said
                .into_iter()
                .map(|(document, n_times)| (n_times, sizes[document as usize]))
                .collect();
            // Sums of fractions depend on their order, which must not be that of the segments.
            parts.sort_unstable();
            parts.into_iter().for_each(|(n_times, size)| deviation.add(n_times, size));
            Ok(Some(deviation.value()))
        };
        shown.iter().map(of_word).collect()
    }
}

/// The spread of some things, document by document.
struct Spreading {
    /// By item, its place among those shown.
    slots: Vec<Option<u32>>,
    deviations: Vec<DeviationOfProportions>,
    document: u32,
    /// Documents with a place.
    n_documents: u64,
    /// Places of the document at hand.
    size: u64,
    /// By slot, occurrences in the document at hand.
    counts: Vec<u64>,
    /// The slots that have occurrences in it.
    touched: Vec<u32>,
}

impl Spreading {
    fn new(tally: &Tally, shown: &[usize]) -> Self {
        let mut slots = vec![None; tally.items.len()];
        for (slot, &at) in (0..).zip(shown) {
            if let Some(known) = slots.get_mut(at) {
                *known = Some(slot);
            }
        }
        let size = tally.totals[0].places;
        let deviation = |&at: &usize| DeviationOfProportions::new(tally.counts(at)[0], size);
        Self {
            slots,
            deviations: shown.iter().map(deviation).collect(),
            document: 0,
            n_documents: 0,
            size: 0,
            counts: vec![0; shown.len()],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, document: u32, item: Option<usize>) {
        if document != self.document {
            self.end_document();
            self.document = document;
        }
        self.size += 1;
        let slot = item.and_then(|item| self.slots.get(item).copied().flatten());
        let Some(slot) = slot else { return };
        if let Some(count) = self.counts.get_mut(slot as usize) {
            if *count == 0 {
                self.touched.push(slot);
            }
            *count += 1;
        }
    }

    fn end_document(&mut self) {
        for slot in self.touched.drain(..).map(|slot| slot as usize) {
            if let (Some(deviation), Some(count)) =
                (self.deviations.get_mut(slot), self.counts.get_mut(slot))
            {
                deviation.add(std::mem::take(count), self.size);
            }
        }
        self.n_documents += u64::from(self.size > 0);
        self.size = 0;
    }
}
