//! What was said before on what a draft says.
//!
//! Comes in: a draft. Goes out, for each of its sentences, earlier statements on the same subject,
//! with the words in which they differ: a number, a modal or a negation. And each number of the
//! draft, and each claim that goes for all or for the first, with sentences of the index that
//! hold the same number or word, or none.
//!
//! What a sentence is about is told by its words, weighed by how few passages hold them; numbers,
//! modals and negations are not among them, so that a statement of the contrary is as near as one
//! of the same. That two sentences differ says nothing of which is right.

mod answer;
mod claim;
mod describe;
mod difference;
mod draft;
mod passages;
mod sentence;
mod telling;

pub use answer::{
    Difference, DifferenceKind, Outcome, Place, PriorClaim, PriorResponse, PriorSentence,
    PriorStatement,
};

use crate::QueryError;
use crate::dates::day_before;
use crate::quotations::Quotations;
use crate::search::speaker_named;
use describe::describe;
use difference::{Side, differences};
use draft::{Draft, DraftSentence};
use onrecord_indexing::{Address, Condition, DocumentCondition, Reader, Sums};
use onrecord_model::{CivilDate, Document, Speaker};
use onrecord_text::{fold, folded_tokens};
use passages::{CutPassage, Passages};
use sentence::{Sentence, Stated};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use telling::{Telling, Weighing};

/// The most passages that are read for a sentence, and how many entries of lists that takes.
const MAX_PASSAGES: usize = 150;
const MAX_ENTRIES: u64 = 100_000;

/// The fewest words that tell what a sentence is about, and their least weight: a word that a single
/// passage of the index holds has 1, one in the square root of all passages one half.
const MIN_TELLING: usize = 2;
const MIN_WEIGHT: f32 = 0.9;

/// From which similarity on two sentences are on one subject, and how many telling words they
/// share at least.
const MIN_SIMILARITY: f32 = 0.3;
const MIN_SHARED: usize = 2;

/// The least weight of what they share: common words alone are shared by sentences on anything.
const MIN_WEIGHT_SHARED: f32 = 0.7;

/// What a difference adds to the similarity that statements are ordered by: of those that are
/// about as near, one that differs is shown first.
const WEIGHT_OF_DIFFERENCE: f32 = 0.1;

/// How many statements on the subject are looked at for differences, or as many as are asked for:
/// so what is counted does not change with how many of them are shown.
const LOOKED_AT: usize = 40;

/// A question for what was said before.
#[derive(Clone, Debug, Default)]
pub struct PriorRequest {
    /// Words of the name of whose statements are looked for; none for everybody's.
    pub speaker: Option<String>,
    /// How many statements to return for a sentence, and sources for a claim, at least 1.
    pub limit: usize,
    /// The day, month or year before which a statement was made; none for the date of the draft,
    /// and any time where it has none.
    pub before: Option<CivilDate>,
    /// Whether only statements that differ are returned.
    pub only_differing: bool,
}

/// Finds what was said before on what a draft says.
///
/// # Errors
/// When the speaker asked for has no word, or what the index holds is not what was written.
pub fn prior(
    reader: &Reader,
    draft: &Document,
    request: &PriorRequest,
) -> Result<PriorResponse, QueryError> {
    let speaker = request.speaker.as_deref().map(|name| known_speaker(reader, name)).transpose()?;
    let mut weighing = Weighing::new(reader)?;
    let cut = Draft::cut(draft, &mut weighing)?;
    let before = request.before.or(draft.metadata.date);
    let (n_undated, n_imprecise) = before.map_or(Ok((0, 0)), |before| n_untold(reader, before))?;
    let (versions, version_ids) = versions_of(reader, &cut)?;
    let mut prior = Prior {
        reader,
        weighing,
        passages: Passages::new(reader),
        quotations: Quotations::of(reader),
        sums: Sums::default(),
        limit: request.limit.max(1),
        only_differing: request.only_differing,
        earlier: before
            .and_then(day_before)
            .map(|last| Condition::Document(DocumentCondition::Date(None, Some(last)))),
        speaker,
        versions,
    };
    let (mut sentences, mut claims) = (Vec::new(), Vec::new());
    for (number, sentence) in cut.sentences.iter().enumerate() {
        prior.weighing.make_room();
        let stated = sentence.sentence.read(&mut prior.weighing);
        sentences.push(prior.of_sentence(number, sentence, &stated)?);
        claims.extend(prior.claims_of(number, sentence, &stated)?);
    }
    Ok(PriorResponse {
        speaker: request.speaker.clone(),
        before: before.map(|date| date.to_string()),
        only_differing: request.only_differing,
        n_undated,
        n_imprecise,
        versions: version_ids,
        sentences,
        claims,
    })
}

/// The statements on the subject of a sentence.
#[derive(Default)]
struct FoundStatements {
    n_looked_at: usize,
    n_differing: usize,
    listed: Vec<PriorStatement>,
}

/// Says that words are those of someone whom the index knows.
fn known_speaker(reader: &Reader, name: &str) -> Result<Condition, QueryError> {
    let speaker = speaker_named(name)?;
    if reader.count(&speaker)? == 0 {
        return Err(QueryError::NobodyNamed(name.to_owned()));
    }
    Ok(speaker)
}

/// Finds the heads of the documents that are versions of the draft, and their ids, sorted.
fn versions_of(
    reader: &Reader,
    draft: &Draft,
) -> Result<(BTreeSet<Address>, Vec<String>), QueryError> {
    let Some(own) = &draft.sketch else { return Ok(Default::default()) };
    let mut heads = BTreeSet::new();
    reader.for_each_sketch(|head, sketch| {
        if sketch.is_near(own) {
            heads.insert(head);
        }
    })?;
    let ids = heads.iter().map(|head| Ok(reader.document_id(*head)?.to_string()));
    let mut ids = ids.collect::<Result<Vec<_>, QueryError>>()?;
    ids.sort_unstable();
    Ok((heads, ids))
}

/// Counts the documents without a date, and those of which the date does not tell whether it is
/// before another: it holds that day or month and earlier ones.
fn n_untold(reader: &Reader, before: CivilDate) -> Result<(u64, u64), QueryError> {
    let (mut n_undated, mut n_imprecise) = (0, 0);
    for head in reader.heads()? {
        match reader.document_columns(head)?.days {
            None => n_undated += 1,
            Some((first, last)) => {
                let is_either = first < before.first_day() && last >= before.first_day();
                n_imprecise += u64::from(is_either);
            }
        }
    }
    Ok((n_undated, n_imprecise))
}

/// Finds statements for one sentence after the other.
struct Prior<'a> {
    reader: &'a Reader,
    weighing: Weighing<'a>,
    passages: Passages<'a>,
    quotations: Quotations<'a>,
    sums: Sums,
    limit: usize,
    only_differing: bool,
    earlier: Option<Condition>,
    speaker: Option<Condition>,
    versions: BTreeSet<Address>,
}

/// A sentence of the index that may be on the subject of one of the draft.
#[derive(Clone)]
struct Candidate {
    passage: Rc<CutPassage>,
    /// The place of the sentence in the passage.
    at: usize,
    similarity: f32,
    same_speaker: Option<bool>,
    /// In how many other places the same words were read.
    n_repeats: usize,
}

impl Candidate {
    fn sentence(&self) -> &Sentence {
        &self.passage.sentences[self.at]
    }

    /// Returns what candidates that are equally near are ordered by, the earliest first.
    fn order(&self) -> impl Ord + use<> {
        let record = &self.passage.record;
        let day = record.citation.date.map_or(u32::MAX, CivilDate::first_day);
        (day, record.document(), record.ordinal, self.at)
    }
}

impl Prior<'_> {
    fn of_sentence(
        &mut self,
        number: usize,
        draft: &DraftSentence,
        stated: &Stated,
    ) -> Result<PriorSentence, QueryError> {
        let sentence = &draft.sentence;
        let (outcome, found) = if is_telling(&sentence.telling) {
            let found = self.statements(draft, stated)?;
            let outcome = if found.listed.is_empty() { Outcome::None } else { Outcome::Found };
            (outcome, found)
        } else {
            (Outcome::CannotTell, FoundStatements::default())
        };
        Ok(PriorSentence {
            sentence: number,
            text: sentence.text.clone(),
            place: sentence.place,
            speaker: draft.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            outcome,
            n_statements: found.n_looked_at,
            n_differing: found.n_differing,
            statements: found.listed,
        })
    }

    fn statements(
        &mut self,
        draft: &DraftSentence,
        stated: &Stated,
    ) -> Result<FoundStatements, QueryError> {
        let addresses = self.nearest(draft)?;
        let mut candidates = self.candidates(draft, addresses)?;
        candidates.truncate(LOOKED_AT.max(self.limit));
        let n_looked_at = candidates.len();
        let mut n_differing = 0;
        let mut rated = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let theirs = candidate.sentence().read(&mut self.weighing);
            let own = Side { sentence: &draft.sentence, stated };
            let found = differences(own, Side { sentence: candidate.sentence(), stated: &theirs });
            n_differing += usize::from(!found.is_empty());
            if !(self.only_differing && found.is_empty()) {
                rated.push((candidate, found));
            }
        }
        let rank = |(candidate, found): &(Candidate, Vec<Difference>)| {
            let extra = if found.is_empty() { 0.0 } else { WEIGHT_OF_DIFFERENCE };
            candidate.similarity + extra
        };
        rated.sort_by(|a, b| {
            let is_same = |(one, _): &(Candidate, _)| Reverse(one.same_speaker == Some(true));
            let by_rank = rank(b).total_cmp(&rank(a));
            is_same(a).cmp(&is_same(b)).then(by_rank).then_with(|| a.0.order().cmp(&b.0.order()))
        });
        rated.truncate(self.limit);
        let listed = rated
            .into_iter()
            .map(|(candidate, found)| {
                describe(self.reader, &mut self.quotations, &candidate, found)
            })
            .collect::<Result<_, _>>()?;
        Ok(FoundStatements { n_looked_at, n_differing, listed })
    }

    /// Finds the passages that hold the rarest words of a sentence, those by its own speaker among
    /// them.
    fn nearest(&mut self, draft: &DraftSentence) -> Result<BTreeSet<Address>, QueryError> {
        let stems = self.stems_of(&draft.sentence);
        let lists = self.reader.stem_lists(&stems)?;
        let mut conditions = vec![self.condition(std::slice::from_ref(&self.speaker))];
        if let (None, Some(speaker)) = (&self.speaker, &draft.speaker) {
            let own = Condition::Speaker(folded_tokens(&speaker.name));
            conditions.push(self.condition(&[Some(own)]));
        }
        let mut addresses = BTreeSet::new();
        for condition in conditions {
            let (reader, sums) = (self.reader, &mut self.sums);
            let found =
                reader.nearest(&lists, MAX_ENTRIES, MAX_PASSAGES, condition.as_ref(), sums)?;
            addresses.extend(found.hits.iter().map(|hit| hit.address));
        }
        Ok(addresses)
    }

    fn stems_of(&mut self, sentence: &Sentence) -> BTreeSet<String> {
        let words = sentence.telling.words.iter();
        words.map(|word| self.weighing.stem(sentence.words(word.span)).to_owned()).collect()
    }

    /// Puts what passages must meet together with the date that they must be before.
    fn condition(&self, others: &[Option<Condition>]) -> Option<Condition> {
        let parts: Vec<Condition> =
            others.iter().chain([&self.earlier]).flatten().cloned().collect();
        (!parts.is_empty()).then_some(Condition::And(parts))
    }

    /// Finds the sentences of some passages that are on the subject of one of the draft; the same
    /// words once, at their earliest place. The same speaker's first, then the nearest.
    fn candidates(
        &mut self,
        draft: &DraftSentence,
        addresses: BTreeSet<Address>,
    ) -> Result<Vec<Candidate>, QueryError> {
        let mut by_words: BTreeMap<Vec<String>, Candidate> = BTreeMap::new();
        for address in addresses {
            let passage = self.passages.read(address, &mut self.weighing)?;
            if self.versions.contains(&passage.head) {
                continue;
            }
            let same_speaker = is_same_speaker(&draft.speaker, &passage.record.speaker);
            for (at, sentence) in passage.sentences.iter().enumerate() {
                let Some(similarity) = on_one_subject(&draft.sentence, sentence) else { continue };
                let candidate = Candidate {
                    passage: passage.clone(),
                    at,
                    similarity,
                    same_speaker,
                    n_repeats: 0,
                };
                let mut words = folded_tokens(&sentence.text);
                words.push(format!("{same_speaker:?}"));
                by_words
                    .entry(words)
                    .and_modify(|known| known.take_repeat(&candidate))
                    .or_insert(candidate);
            }
        }
        let mut candidates: Vec<Candidate> = by_words.into_values().collect();
        candidates.sort_by(|a, b| {
            let is_same = |one: &Candidate| Reverse(one.same_speaker == Some(true));
            let nearer = b.similarity.total_cmp(&a.similarity);
            is_same(a).cmp(&is_same(b)).then(nearer).then_with(|| a.order().cmp(&b.order()))
        });
        Ok(candidates)
    }
}

impl Candidate {
    /// Takes in another place of the same words; the earliest stays.
    fn take_repeat(&mut self, other: &Self) {
        let n_repeats = self.n_repeats + 1;
        if other.order() < self.order() {
            *self = other.clone();
        }
        self.n_repeats = n_repeats;
    }
}

/// Tells whether a sentence has enough words that tell what it is about.
fn is_telling(telling: &Telling) -> bool {
    telling.n_stems() >= MIN_TELLING && telling.weight() >= MIN_WEIGHT
}

/// Returns how much two sentences share, where it is enough to be on one subject.
fn on_one_subject(draft: &Sentence, other: &Sentence) -> Option<f32> {
    let (n_shared, weight) = draft.telling.shared(&other.telling);
    let similarity = draft.telling.similarity(&other.telling);
    let is_enough = n_shared >= MIN_SHARED && weight >= MIN_WEIGHT_SHARED;
    (is_enough && similarity >= MIN_SIMILARITY).then_some(similarity)
}

fn is_same_speaker(one: &Option<Speaker>, other: &Option<Speaker>) -> Option<bool> {
    let (one, other) = (one.as_ref()?, other.as_ref()?);
    Some(one.id == other.id || fold(&one.name).text == fold(&other.name).text)
}
