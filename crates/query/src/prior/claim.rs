//! The numbers of a draft and its claims for all or for the first, with sentences that hold the
//! same.

use super::answer::{Outcome, PriorClaim, PriorStatement};
use super::describe::describe;
use super::draft::DraftSentence;
use super::sentence::{Sentence, Stated};
use super::{Candidate, MIN_SIMILARITY, Prior, is_same_speaker, is_telling, on_one_subject};
use crate::QueryError;
use onrecord_indexing::{Address, Condition, Part};
use onrecord_model::Span;
use onrecord_text::{Absolute, Number, NumberUnit, fold, folded_tokens, number_forms};
use std::collections::{BTreeMap, BTreeSet};

/// How many passages are read for a claim first, and how many at most where these hold no source.
const FIRST_PASSAGES: usize = 60;
const MAX_PASSAGES: usize = 3_000;

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
        claims.iter().map(|claim| self.claim(number, draft, stated, claim)).collect()
    }

    fn claim(
        &mut self,
        number: usize,
        draft: &DraftSentence,
        stated: &Stated,
        claim: &Claimed<'_>,
    ) -> Result<PriorClaim, QueryError> {
        let sentence = &draft.sentence;
        let is_telling = is_telling(&sentence.telling);
        let found = if is_telling { self.sources(draft, stated, claim)? } else { Found::default() };
        let outcome = match (is_telling, found.sources.is_empty()) {
            (false, _) => Outcome::CannotTell,
            (true, false) => Outcome::Found,
            (true, true) if found.n_read < found.n_passages => Outcome::NoneAmongNearest,
            (true, true) => Outcome::None,
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
            n_passages: found.n_passages,
            n_read: found.n_read,
            n_sources: found.n_sources,
            sources: found.sources,
        })
    }

    /// Finds sentences that share a claim's subject and hold the same number or word, the nearest
    /// first.
    fn sources(
        &mut self,
        draft: &DraftSentence,
        stated: &Stated,
        claim: &Claimed<'_>,
    ) -> Result<Found, QueryError> {
        let Some(condition) = self.condition_of(&draft.sentence, claim) else {
            return Ok(Found::default());
        };
        let (mut holding, mut n_passages, mut n_read) = (BTreeMap::new(), 0, 0);
        for limit in [FIRST_PASSAGES, MAX_PASSAGES] {
            let found = self.reader.search(&condition, limit, 0)?;
            let addresses: BTreeSet<Address> =
                found.hits.iter().skip(n_read).map(|hit| hit.address).collect();
            (n_passages, n_read) = (found.count, found.hits.len());
            for address in addresses {
                self.gather(address, draft, stated, claim, &mut holding)?;
            }
            if !holding.is_empty() || n_read as u64 == n_passages {
                break;
            }
        }
        let mut holding: Vec<Candidate> = holding.into_values().collect();
        holding.sort_by(|a, b| {
            b.similarity.total_cmp(&a.similarity).then_with(|| a.order().cmp(&b.order()))
        });
        let n_sources = holding.len();
        holding.truncate(self.limit);
        let sources =
            holding.iter().map(|one| describe(self.reader, &mut self.quotations, one, Vec::new()));
        let sources = sources.collect::<Result<_, _>>()?;
        Ok(Found { n_passages, n_read: n_read as u64, n_sources, sources })
    }

    /// Adds the sentences of a passage that share a claim's subject and hold its number or word.
    fn gather(
        &mut self,
        address: Address,
        draft: &DraftSentence,
        stated: &Stated,
        claim: &Claimed<'_>,
        holding: &mut BTreeMap<Vec<String>, Candidate>,
    ) -> Result<(), QueryError> {
        let passage = self.passages.read(address, &mut self.weighing)?;
        if self.versions.contains(&passage.head) {
            return Ok(());
        }
        for (at, sentence) in passage.sentences.iter().enumerate() {
            // The same number of something else is no source.
            let Some(similarity) = on_one_subject(&draft.sentence, sentence) else { continue };
            let theirs = sentence.read(&mut self.weighing);
            let is_source = is_stated_alike(stated, &theirs)
                && claim.is_held_by(&draft.sentence, sentence, &theirs);
            if !is_source {
                continue;
            }
            let same_speaker = is_same_speaker(&draft.speaker, &passage.record.speaker);
            let passage = passage.clone();
            let candidate = Candidate { passage, at, similarity, same_speaker, n_repeats: 0 };
            holding
                .entry(folded_tokens(&sentence.text))
                .and_modify(|known| known.take_repeat(&candidate))
                .or_insert(candidate);
        }
        Ok(())
    }

    /// Says which passages may hold a source of a claim: those with its words, and one of those of
    /// its sentence that a sentence on its subject cannot do without.
    fn condition_of(&mut self, sentence: &Sentence, claim: &Claimed<'_>) -> Option<Condition> {
        let words = claim.condition(sentence);
        let needed = sentence.telling.needed(MIN_SIMILARITY);
        let subject = needed.iter().map(|span| {
            let written = sentence.words(*span);
            let word = fold(written).text;
            Condition::Stem { stem: self.weighing.stem(written).to_owned(), word }
        });
        let subject = Condition::Or(subject.collect());
        self.condition(&[Some(words), Some(subject), Some(Condition::Part(Part::Body))])
    }
}

/// The sources of a claim, and how far they were looked for.
#[derive(Default)]
struct Found {
    n_passages: u64,
    n_read: u64,
    n_sources: usize,
    sources: Vec<PriorStatement>,
}

/// Tells whether what a sentence says is stated as a draft's sentence states it: no question, not
/// only supposed where the draft supposes nothing, and with as many denials, since which words a
/// denial goes for cannot be told for sure.
fn is_stated_alike(draft: &Stated, other: &Stated) -> bool {
    let is_supposed = other.n_suppositions > 0 && draft.n_suppositions == 0;
    !other.is_question && !is_supposed && n_denials(draft) == n_denials(other)
}

/// Counts the words that may deny something, but for what bounds a number: `no fewer than 40`.
fn n_denials(stated: &Stated) -> usize {
    let bounds =
        |denial: &Span| stated.numbers.iter().any(|(number, _)| number.span.contains(*denial));
    stated.denials.iter().filter(|denial| !bounds(denial)).count()
}

impl Claimed<'_> {
    /// Returns where it stands, with what it is said of.
    fn span(&self) -> Span {
        match self {
            Self::Number(number, _) => {
                let end = number.counted.last().map_or(number.span.end, |last| last.end);
                Span::new(number.span.start, end)
            }
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

    /// Tells whether a sentence holds the same number or word.
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
                let word = |sentence: &Sentence, span| folded_tokens(sentence.words(span));
                theirs.kind == own.kind
                    && word(draft, own.word) == word(other, theirs.word)
                    && shares(about, their_about)
            }),
        }
    }
}
