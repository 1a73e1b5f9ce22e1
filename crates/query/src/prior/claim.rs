//! The numbers of a draft and its claims for all or for the first, with sentences that hold the
//! same.

use super::answer::{Outcome, PriorClaim, PriorStatement};
use super::describe::describe;
use super::draft::DraftSentence;
use super::sentence::{Sentence, Stated};
use super::{Candidate, Prior, is_same_speaker, is_telling, on_one_subject};
use crate::QueryError;
use onrecord_indexing::{Address, Condition, Part};
use onrecord_model::Span;
use onrecord_text::{Absolute, Number, NumberUnit, fold, folded_tokens, number_forms};
use std::collections::{BTreeMap, BTreeSet};

/// The most passages that are read for a claim.
const MAX_PASSAGES: usize = 60;

/// The most words of a sentence, the rarest, of which a source must hold one to be read.
const MAX_WORDS: usize = 6;

/// A claim of a draft's sentence.
enum Claimed<'s> {
    Number(&'s Number, &'s [u64]),
    Absolute(&'s Absolute, &'s [u64]),
}

impl Prior<'_> {
    /// Lists the claims of a sentence that want a source, each with those that are in the index.
    pub(super) fn claims_of(
        &mut self,
        number: usize,
        draft: &DraftSentence,
        stated: &Stated,
    ) -> Result<Vec<PriorClaim>, QueryError> {
        // `The first harbour` is claimed by the word.
        let is_first = |number: &Number| number.unit == NumberUnit::Ordinal && number.value == 1.0;
        let numbers = stated.numbers.iter().filter(|(number, _)| !is_first(number));
        let numbers = numbers.map(|(number, counted)| Claimed::Number(number, counted));
        let absolutes =
            stated.absolutes.iter().map(|(claim, about)| Claimed::Absolute(claim, about));
        let mut claims: Vec<Claimed<'_>> = numbers.chain(absolutes).collect();
        claims.sort_by_key(|claim| claim.span().start);
        claims.iter().map(|claim| self.claim(number, draft, claim)).collect()
    }

    fn claim(
        &mut self,
        number: usize,
        draft: &DraftSentence,
        claim: &Claimed<'_>,
    ) -> Result<PriorClaim, QueryError> {
        let sentence = &draft.sentence;
        let (outcome, sources) = if is_telling(&sentence.telling) {
            let sources = self.sources(draft, claim)?;
            (if sources.is_empty() { Outcome::None } else { Outcome::Found }, sources)
        } else {
            (Outcome::CannotTell, Vec::new())
        };
        let (unit, value) = match claim {
            Claimed::Number(number, _) => (Some(number.unit.name()), Some(number.value)),
            Claimed::Absolute(..) => (None, None),
        };
        Ok(PriorClaim {
            sentence: number,
            kind: claim.kind(),
            text: sentence.words(claim.span()).to_owned(),
            place: sentence.place_of(claim.span()),
            unit,
            value,
            outcome,
            sources,
        })
    }

    /// Finds sentences that share a claim's subject and hold the same claim, the nearest first.
    fn sources(
        &mut self,
        draft: &DraftSentence,
        claim: &Claimed<'_>,
    ) -> Result<Vec<PriorStatement>, QueryError> {
        let mut found: BTreeMap<Vec<String>, Candidate> = BTreeMap::new();
        for address in self.passages_with(&draft.sentence, claim)? {
            let passage = self.passages.read(address, &mut self.weighing)?;
            if self.versions.contains(&passage.head) {
                continue;
            }
            for (at, sentence) in passage.sentences.iter().enumerate() {
                // The same number of something else is no source.
                let Some(similarity) = on_one_subject(&draft.sentence, sentence) else { continue };
                let stated = sentence.read(&mut self.weighing);
                if stated.is_question || !claim.is_held_by(&draft.sentence, sentence, &stated) {
                    continue;
                }
                let same_speaker = is_same_speaker(&draft.speaker, &passage.record.speaker);
                let passage = passage.clone();
                let candidate = Candidate { passage, at, similarity, same_speaker, n_repeats: 0 };
                found
                    .entry(folded_tokens(&sentence.text))
                    .and_modify(|known| known.take_repeat(&candidate))
                    .or_insert(candidate);
            }
        }
        let mut found: Vec<Candidate> = found.into_values().collect();
        found.sort_by(|a, b| {
            b.similarity.total_cmp(&a.similarity).then_with(|| a.order().cmp(&b.order()))
        });
        found.truncate(self.limit);
        found.iter().map(|candidate| describe(self.reader, candidate, Vec::new())).collect()
    }

    /// Finds the passages that hold the words of a claim and some of those of its sentence.
    fn passages_with(
        &mut self,
        sentence: &Sentence,
        claim: &Claimed<'_>,
    ) -> Result<BTreeSet<Address>, QueryError> {
        let words = claim.condition(sentence);
        let rarest = sentence.telling.rarest(MAX_WORDS);
        let subject = rarest.iter().map(|span| {
            let written = sentence.words(*span);
            let word = fold(written).text;
            Condition::Stem { stem: self.weighing.stem(written).to_owned(), word }
        });
        let subject = Condition::Or(subject.collect());
        let others = [Some(words), Some(subject), Some(Condition::Part(Part::Body))];
        let Some(condition) = self.condition(&others) else { return Ok(BTreeSet::new()) };
        let found = self.reader.search(&condition, MAX_PASSAGES, 0)?;
        Ok(found.hits.iter().map(|hit| hit.address).collect())
    }
}

impl Claimed<'_> {
    const fn span(&self) -> Span {
        match self {
            Self::Number(number, _) => number.span,
            Self::Absolute(claim, _) => claim.span,
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Number(..) => "number",
            Self::Absolute(claim, _) => claim.kind.name(),
        }
    }

    /// Says which words a passage must hold to hold the claim.
    fn condition(&self, sentence: &Sentence) -> Condition {
        let phrase = |words: Vec<String>| match words.as_slice() {
            [word] => Condition::Word(word.clone()),
            _ => Condition::Phrase(words),
        };
        match self {
            Self::Number(number, _) => {
                let mut forms = number_forms(number.value);
                // As it is written here, without what bounds it: `a third`, `1960s`.
                forms.push(folded_tokens(sentence.words(number.digits)));
                forms.retain(|form| !form.is_empty());
                Condition::Or(forms.into_iter().map(phrase).collect())
            }
            Self::Absolute(claim, _) => phrase(folded_tokens(sentence.words(claim.word))),
        }
    }

    /// Tells whether a sentence holds the same claim.
    fn is_held_by(&self, draft: &Sentence, other: &Sentence, stated: &Stated) -> bool {
        let shares = |one: &[u64], other: &[u64]| one.iter().any(|stem| other.contains(stem));
        match self {
            Self::Number(own, counted) => stated.numbers.iter().any(|(theirs, their_counted)| {
                let is_of_same = match own.unit {
                    NumberUnit::Count | NumberUnit::Ordinal => shares(counted, their_counted),
                    NumberUnit::Percent
                    | NumberUnit::Dollars
                    | NumberUnit::Euros
                    | NumberUnit::Pounds => {
                        counted.is_empty()
                            || their_counted.is_empty()
                            || shares(counted, their_counted)
                    }
                    NumberUnit::Year => true,
                };
                own.is_same_value(theirs) && is_of_same
            }),
            Self::Absolute(own, about) => stated.absolutes.iter().any(|(theirs, their_about)| {
                let word = |sentence: &Sentence, span| fold(sentence.words(span)).text;
                theirs.kind == own.kind
                    && word(draft, own.word) == word(other, theirs.word)
                    && shares(about, their_about)
            }),
        }
    }
}
