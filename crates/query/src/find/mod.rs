//! Finds the real wordings that a half-remembered line is nearest to.

pub(crate) mod place;
mod repair;
mod similarity;

use crate::QueryError;
use crate::cited::CitedWords;
use crate::quotations::Quotations;
use onrecord_indexing::{Address, Condition, Hit, Lists, Part, Reader, Sums};
use onrecord_text::{DiffPart, Lexicon, Words, diff, folded_tokens};
use place::{Candidate, Place};
use serde::Serialize;
use similarity::{CERTAIN, CLOSE};
use std::collections::BTreeSet;

/// The longest line, in words: what is remembered of a speech is a sentence or a few.
pub(crate) const MAX_WORDS: usize = 200;

/// The passages that are read at first, at least: by the lists of pairs of stems, in an index
/// without them by those of the rarest stems, function words not among them; and how many entries
/// of lists that takes at most. These and the numbers below were chosen on lines drawn by seed, as
/// `docs/methods.md` says.
const FIRST_PASSAGES: usize = 5;
const FIRST_ENTRIES: u64 = 30_000;

/// The same where none of the first is near enough to be sure, by all stems.
const MORE_PASSAGES: usize = 200;
const MORE_ENTRIES: u64 = 300_000;

/// Once a wording is certain, passages with less than this share of the highest score are not
/// read: they lack too many of the line's words to be as near.
const SHARE_OF_CLOSE: f32 = 0.85;

/// A question for the real wording of a line.
#[derive(Clone, Debug, Default)]
pub struct FindRequest {
    /// The line as it is remembered.
    pub line: String,
    /// How many wordings to return, at least 1.
    pub limit: usize,
    /// Words of the name of who must have said it.
    pub speaker: Option<String>,
}

/// The real wordings that a line is nearest to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindResponse {
    /// The line as it was given.
    pub line: String,
    /// The wordings, the nearest first, ties by document id, then passage; none where nothing is
    /// close.
    pub hits: Vec<FindHit>,
}

/// A real wording, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindHit {
    /// How likely it is that this is what the line remembers, 0.5 to 1; see `docs/methods.md`.
    pub similarity: f32,
    /// How alike the words are, 0 to 1.
    pub word_similarity: f32,
    /// What makes it of the line, in one string: `[-dropped-]`, `{+added+}`.
    pub diff: String,
    /// The same in pieces.
    pub parts: Vec<DiffPiece>,
    /// The passage, or the two that it runs over.
    pub context: String,
    /// What was said, and where.
    #[serde(flatten)]
    pub cited: CitedWords,
}

/// A piece of a word diff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffPiece {
    /// `kept`: of both; `dropped`: of the line alone; `added`: of what was said alone.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

impl DiffPiece {
    /// Takes over the pieces of a word diff.
    pub(crate) fn all(parts: &[DiffPart<'_>]) -> Vec<Self> {
        let piece =
            |part: &DiffPart<'_>| Self { kind: part.kind.name(), text: part.text.to_owned() };
        parts.iter().map(piece).collect()
    }
}

/// Finds the real wordings that a line is nearest to.
///
/// # Errors
/// When the line has no words or too many, or what the index holds is not what was written.
pub fn find(reader: &Reader, request: &FindRequest) -> Result<FindResponse, QueryError> {
    Finder::new(reader).find(request)
}

/// Finds the wordings of one line after the other, and remembers words from one to the next.
#[derive(Debug)]
pub struct Finder<'a> {
    reader: &'a Reader,
    lexicon: Lexicon,
    sums: Sums,
}

impl<'a> Finder<'a> {
    /// Makes a finder over an open index.
    pub fn new(reader: &'a Reader) -> Self {
        Self { reader, lexicon: Lexicon::new(), sums: Sums::default() }
    }

    /// As [`find`].
    ///
    /// # Errors
    /// As [`find`].
    pub fn find(&mut self, request: &FindRequest) -> Result<FindResponse, QueryError> {
        let mut candidates = self.nearest(request)?;
        candidates.retain(|candidate| candidate.similarity >= CLOSE);
        candidates.truncate(request.limit.max(1));
        let mut quotations = Quotations::of(self.reader);
        let describe = |candidate| describe(self.reader, &mut quotations, candidate, &request.line);
        let hits = candidates.iter().map(describe).collect::<Result<_, _>>()?;
        Ok(FindResponse { line: request.line.clone(), hits })
    }

    /// Lists the wordings that a line is nearest to, close or not, with how alike the words are.
    ///
    /// # Errors
    /// As [`find`].
    pub fn weigh(&mut self, request: &FindRequest) -> Result<Vec<(String, f32)>, QueryError> {
        let weigh = |Candidate { place, .. }: Candidate| {
            (place.wording().to_owned(), place.alignment.similarity)
        };
        Ok(self.nearest(request)?.into_iter().map(weigh).collect())
    }

    /// Finds the places that a line is nearest to, also those that are not close.
    ///
    /// Nearest first, ties by document id, then passage.
    fn nearest(&mut self, request: &FindRequest) -> Result<Vec<Candidate>, QueryError> {
        self.lexicon.make_room();
        let line = Words::of_text(&request.line, &mut self.lexicon);
        let n_words = line.all().ids.len();
        if n_words == 0 {
            return Err(QueryError::NoWords);
        }
        if n_words > MAX_WORDS {
            return Err(QueryError::LongLine { n_words, limit: MAX_WORDS });
        }
        let speaker = request.speaker.as_deref();
        let speaker = speaker.map(|name| Condition::Speaker(folded_tokens(name)));
        let limit = FIRST_PASSAGES.max(request.limit);
        let mut found = Found::default();
        let lists = self.first_lists(&line)?;
        let (reader, sums) = (self.reader, &mut self.sums);
        let first = reader.nearest(&lists, FIRST_ENTRIES, limit, speaker.as_ref(), sums)?;
        self.read(&first.hits, &line, &mut found)?;
        if !found.is_certain() {
            let lists = self.more_lists(&line)?;
            let limit = MORE_PASSAGES.max(limit.saturating_mul(2));
            let sums = &mut self.sums;
            let more = reader.nearest(&lists, MORE_ENTRIES, limit, speaker.as_ref(), sums)?;
            self.read(&more.hits, &line, &mut found)?;
        }
        if !found.is_perfect() && (first.is_crowded || !found.is_certain()) {
            // The very words may be in a passage that was not read.
            let phrase = Condition::Phrase(folded_tokens(&request.line));
            let speech = Condition::Part(Part::Body);
            let all = speaker.into_iter().chain([phrase, speech]).collect();
            for hit in reader.search(&Condition::And(all), limit, 0)?.hits {
                self.read_passage(hit.address, &line, &mut found)?;
            }
        }
        Ok(found.sorted())
    }

    /// Looks up the pairs of a line; in an index without them, its stems but for function words.
    fn first_lists(&self, line: &Words) -> Result<Lists, QueryError> {
        let content = line.all().ids.iter().filter_map(|id| {
            let hash = self.lexicon.stem_hash(*id)?;
            Some((hash, self.lexicon.forms(*id).stem))
        });
        Ok(if self.reader.manifest().description.quotes {
            self.reader.pair_lists(&content.map(|(hash, _)| hash).collect::<Vec<_>>())?
        } else {
            self.reader.stem_lists(&content.map(|(_, stem)| stem.to_owned()).collect())?
        })
    }

    /// Looks up all stems of a line, and those that misspelt words may stand for.
    fn more_lists(&mut self, line: &Words) -> Result<Lists, QueryError> {
        let ids = line.all().ids.iter();
        let mut stems: BTreeSet<String> =
            ids.map(|id| self.lexicon.forms(*id).stem.to_owned()).collect();
        stems.extend(repair::meant(self.reader, line, &mut self.lexicon)?);
        Ok(self.reader.stem_lists(&stems)?)
    }

    /// Reads passages, the best first, but for those that are not as near as one that is certain.
    fn read(&mut self, hits: &[Hit], line: &Words, found: &mut Found) -> Result<(), QueryError> {
        let most = hits.iter().map(|hit| hit.score).fold(0.0, f32::max);
        for hit in hits {
            if hit.score >= SHARE_OF_CLOSE * most || !found.is_certain() {
                self.read_passage(hit.address, line, found)?;
            }
        }
        Ok(())
    }

    /// Finds the stretch of a passage that the line is nearest to, if it was not read before.
    fn read_passage(
        &mut self,
        address: Address,
        line: &Words,
        found: &mut Found,
    ) -> Result<(), QueryError> {
        if found.read.insert(address) {
            found.take(Place::read(self.reader, address, line, &mut self.lexicon)?);
        }
        Ok(())
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    read: BTreeSet<Address>,
    candidates: Vec<Candidate>,
}

impl Found {
    fn is_certain(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.similarity >= CERTAIN)
    }

    fn is_perfect(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.similarity >= 1.0)
    }

    /// Takes a candidate in, unless its stretch is known: one that runs over two passages is found
    /// from both.
    fn take(&mut self, place: Option<Place>) {
        let Some(place) = place else { return };
        let similarity = similarity::of(&place.alignment);
        let candidate = Candidate { place, similarity };
        let is_same = |known: &Candidate| {
            known.place.document == candidate.place.document
                && known.place.window().overlaps(candidate.place.window())
        };
        let mut known = self.candidates.iter().filter(|known| is_same(known));
        if known.all(|known| known.similarity < candidate.similarity) {
            self.candidates.retain(|known| !is_same(known));
            self.candidates.push(candidate);
        }
    }

    fn sorted(mut self) -> Vec<Candidate> {
        self.candidates.sort_by(|a, b| {
            let by_similarity = b.similarity.total_cmp(&a.similarity);
            let by_words = b.place.alignment.similarity.total_cmp(&a.place.alignment.similarity);
            by_similarity.then(by_words).then_with(|| a.place.order().cmp(&b.place.order()))
        });
        self.candidates
    }
}

fn describe(
    reader: &Reader,
    quotations: &mut Quotations<'_>,
    candidate: &Candidate,
    line: &str,
) -> Result<FindHit, QueryError> {
    let Candidate { place, similarity } = candidate;
    let parts = diff(&place.alignment, line, &place.text);
    Ok(FindHit {
        similarity: *similarity,
        word_similarity: place.alignment.similarity,
        diff: onrecord_text::format_diff(&parts),
        parts: DiffPiece::all(&parts),
        context: place.text.clone(),
        cited: place.cited(reader, quotations)?,
    })
}
