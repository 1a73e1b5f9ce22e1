//! Counting single words by the lists of the index, which tell of each passage how often it has a
//! word: a hundredth of what reading the texts takes.
//!
//! The lists count all words of a passage, those of stage directions and labels of turns in it
//! too. Where a passage has more of them than were said, its text is read, and what was not said
//! is taken off; so the counts are those of reading everything.

use super::WordForm;
use super::count::PartTotal;
use super::speech::Speech;
use crate::QueryError;
use onrecord_indexing::{Address, ListedForm, PassageNumbers, Reader, StoredPassage};
use onrecord_model::Span;
use onrecord_text::{Lexicon, tokens};
use rustc_hash::FxHashMap;

/// The passages that are counted in, to read the lists of the index by.
#[derive(Debug)]
pub(super) struct Listed {
    form: WordForm,
    numbers: PassageNumbers,
    /// By the number of a passage.
    passages: Vec<Counted>,
    /// By the number of a passage, how often it has which words without their being said.
    unspoken: FxHashMap<u32, FxHashMap<Box<str>, u32>>,
}

/// A passage that is counted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// 0 where it is marked, else 1.
    pub(super) part: usize,
    /// Its document, counted from 0 in no order that means anything.
    pub(super) document: u32,
    /// Its words that were said.
    n_spoken: u32,
}

impl Listed {
    /// Finds out which words of the passages were not said.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(super) fn new(speech: &Speech<'_>, form: WordForm) -> Result<Self, QueryError> {
        let (mut addresses, mut passages) = (Vec::new(), Vec::new());
        let (mut document, mut last) = (0, None);
        speech.for_each_columns(|passage, is_marked| {
            if last.replace(passage.head).is_some_and(|last| last != passage.head) {
                document += 1;
            }
            let (part, n_spoken) = (usize::from(!is_marked), passage.words as u32);
            passages.push(Counted { part, document, n_spoken });
            addresses.push(passage.address);
        })?;
        let reader = speech.reader();
        let numbers = reader.number_passages(&addresses);
        let mut listed = Self { form, numbers, passages, unspoken: FxHashMap::default() };
        listed.read_unspoken(reader, &addresses)?;
        Ok(listed)
    }

    /// Returns how much was said in the passages of each part.
    pub(super) fn totals(&self) -> [PartTotal; 2] {
        let (mut totals, mut last) = ([PartTotal::default(); 2], [None; 2]);
        for counted in &self.passages {
            let total = &mut totals[counted.part];
            total.passages += 1;
            total.places += u64::from(counted.n_spoken);
            let is_next = last[counted.part].replace(counted.document) != Some(counted.document);
            total.documents += u64::from(is_next);
        }
        totals
    }

    /// Returns how many words were said in the marked passages of each document.
    pub(super) fn sizes_of_marked(&self) -> Vec<u64> {
        let n_documents = self.passages.last().map_or(0, |counted| counted.document as usize + 1);
        let mut sizes = vec![0; n_documents];
        for counted in self.passages.iter().filter(|counted| counted.part == 0) {
            sizes[counted.document as usize] += u64::from(counted.n_spoken);
        }
        sizes
    }

    /// Visits words with the passages in which each was said, and how often: those of a document one
    /// behind the other. A word may come several times, each time with other documents.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub(super) fn for_each_word(
        &self,
        reader: &Reader,
        mut visit: impl FnMut(&str, &mut dyn Iterator<Item = (Counted, u32)>),
    ) -> Result<(), QueryError> {
        Ok(reader.for_each_word(self.listed_form(), |word, occurrences| {
            let mut said =
                occurrences.filter_map(|(address, n_times)| self.said(word, address, n_times));
            visit(word, &mut said);
        })?)
    }

    /// Lists in which documents a word was said in marked passages and how often, each once.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub(super) fn said_in_marked(
        &self,
        reader: &Reader,
        word: &str,
    ) -> Result<Vec<(u32, u64)>, QueryError> {
        let mut by_document: Vec<(u32, u64)> = Vec::new();
        reader.for_each_occurrence(self.listed_form(), word, |address, n_times| {
            let said = self.said(word, address, n_times);
            let Some((counted, n_times)) = said.filter(|(counted, _)| counted.part == 0) else {
                return;
            };
            match by_document.last_mut() {
                Some((document, sum)) if *document == counted.document => {
                    *sum += u64::from(n_times);
                }
                Some(_) | None => by_document.push((counted.document, n_times.into())),
            }
        })?;
        Ok(by_document)
    }

    /// Returns the passage at an address, and how often a word that it has so many times was said in
    /// it; none where it was not, or the passage is not counted in.
    fn said(&self, word: &str, address: Address, n_times: u32) -> Option<(Counted, u32)> {
        let number = self.numbers.get(address)?;
        let counted = *self.passages.get(number as usize)?;
        let unspoken = self.unspoken.get(&number).and_then(|unspoken| unspoken.get(word));
        let n_said = n_times.saturating_sub(unspoken.copied().unwrap_or(0));
        (n_said > 0).then_some((counted, n_said))
    }

    /// Reads the passages that have more words than were said in them.
    fn read_unspoken(&mut self, reader: &Reader, addresses: &[Address]) -> Result<(), QueryError> {
        let mut n_listed = vec![0_u32; self.passages.len()];
        reader.for_each_word(ListedForm::Folded, |_, occurrences| {
            for (address, n_times) in occurrences {
                let number = self.numbers.get(address);
                if let Some(sum) = number.and_then(|number| n_listed.get_mut(number as usize)) {
                    *sum += n_times;
                }
            }
        })?;
        let mut lexicon = Lexicon::new();
        let counted = self.passages.iter().zip(n_listed).zip(addresses);
        for (number, ((counted, listed), &address)) in (0..).zip(counted) {
            if listed != counted.n_spoken {
                let passage = reader.passage(address)?;
                self.unspoken.insert(number, unspoken(&passage, self.form, &mut lexicon));
            }
        }
        Ok(())
    }

    const fn listed_form(&self) -> ListedForm {
        match self.form {
            WordForm::Folded => ListedForm::Folded,
            WordForm::Stem => ListedForm::Stem,
        }
    }
}

/// Counts the words of a passage that were not said.
fn unspoken(
    passage: &StoredPassage,
    form: WordForm,
    lexicon: &mut Lexicon,
) -> FxHashMap<Box<str>, u32> {
    let said = passage.record.spoken(&passage.text);
    let is_said = |token: &Span| said.binary_search_by_key(&token.start, |said| said.start).is_ok();
    let mut counts: FxHashMap<Box<str>, u32> = FxHashMap::default();
    lexicon.make_room();
    for token in tokens(&passage.text).filter(|token| !is_said(token)) {
        let word = lexicon.word(passage.text.get(token.range()).unwrap_or_default());
        let word = match form {
            WordForm::Folded => word.folded,
            WordForm::Stem => word.stem,
        };
        *counts.entry(word.into()).or_default() += 1;
    }
    counts
}
