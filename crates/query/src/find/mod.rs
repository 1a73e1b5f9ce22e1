//! Finds the real wordings that a half-remembered line is nearest to.

mod place;
mod repair;
mod similarity;

use crate::QueryError;
use crate::cite::{Locator, citation};
use crate::surroundings::Surroundings;
use onrecord_indexing::{Address, Condition, Hit, Reader};
use onrecord_text::{Lexicon, WordId, Words, diff, folded_tokens};
use place::{Candidate, Place};
use serde::Serialize;
use similarity::{CERTAIN, CLOSE};
use std::collections::BTreeSet;

/// The longest line, in words: what is remembered of a speech is a sentence or a few.
const MAX_WORDS: usize = 200;

/// The passages that are read at first; a line with its neighbours in place is nearly always in
/// one of them.
const FIRST_PASSAGES: usize = 5;

/// The passages that are read where none of the first is near enough to be sure.
const MORE_PASSAGES: usize = 40;

/// How far apart words of the line make a pair, in words: as in the index at first; then further,
/// because words may have come in between.
const FIRST_REACH: usize = 2;
const MORE_REACH: usize = 4;

/// Passages that are supposed beside those of the index, so that a word is not taken for common
/// because an archive is small; and which share of them has a word, of our own choosing.
const N_SUPPOSED: f32 = 10_000.0;
const SHARE_OF_WORD: f32 = 0.0005;
const SHARE_OF_FUNCTION_WORD: f32 = 0.2;

/// The passages that are read by their words, where pairs do not suffice, or the index has none.
const PASSAGES_BY_WORDS: usize = 20;

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
    /// How passages were looked up.
    pub look_up: LookUp,
    /// The wordings, the nearest first, ties by document id, then passage; none where nothing is
    /// close.
    pub hits: Vec<FindHit>,
}

/// How the passages were looked up that a line may stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LookUp {
    /// By pairs of neighbouring stems.
    Pairs,
    /// By words, because the index has no pairs: slower, and what is found depends on rare words.
    Words,
}

/// A real wording, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindHit {
    /// How likely it is that this is what the line remembers, 0.5 to 1; see `docs/methods.md`.
    pub similarity: f32,
    /// How alike the words are, 0 to 1.
    pub word_similarity: f32,
    /// What was said, as it stands in the document.
    pub text: String,
    /// What makes it of the line, in one string: `[-dropped-]`, `{+added+}`.
    pub diff: String,
    /// The same in pieces.
    pub parts: Vec<DiffPiece>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// The title of the document.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The id of the document.
    pub document_id: String,
    /// The place in the document of the passage that it begins in, counted from 0.
    pub passage: u32,
    /// The page that the passage's block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// The headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// The passage, or the two that it runs over.
    pub context: String,
    /// Where it stands in the document's text, in bytes.
    pub byte_start: u32,
    /// One past its last byte.
    pub byte_end: u32,
    /// Where it stands in the document's text, in characters.
    pub char_start: u32,
    /// One past its last character.
    pub char_end: u32,
    /// The file that the document came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The source as a note cites it.
    pub citation: String,
    /// What stands around it in its passage, or the two.
    #[serde(flatten)]
    pub surroundings: Surroundings,
}

/// A piece of a word diff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffPiece {
    /// `kept`: of both; `dropped`: of the line alone; `added`: of what was said alone.
    pub kind: &'static str,
    /// The words.
    pub text: String,
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
}

impl<'a> Finder<'a> {
    /// Makes a finder over an open index.
    pub fn new(reader: &'a Reader) -> Self {
        Self { reader, lexicon: Lexicon::new() }
    }

    /// As [`find`].
    ///
    /// # Errors
    /// As [`find`].
    pub fn find(&mut self, request: &FindRequest) -> Result<FindResponse, QueryError> {
        let pairs = self.reader.manifest().description.quotes;
        self.find_by(if pairs { LookUp::Pairs } else { LookUp::Words }, request)
    }

    /// As [`find`], with passages looked up in one way; nothing is found by pairs where the index
    /// has none.
    ///
    /// # Errors
    /// As [`find`].
    pub fn find_by(
        &mut self,
        look_up: LookUp,
        request: &FindRequest,
    ) -> Result<FindResponse, QueryError> {
        let mut candidates = self.nearest(request, look_up == LookUp::Pairs)?;
        candidates.retain(|candidate| candidate.similarity >= CLOSE);
        candidates.truncate(request.limit.max(1));
        let describe = |candidate| describe(self.reader, candidate, &request.line);
        let hits = candidates.iter().map(describe).collect::<Result<_, _>>()?;
        Ok(FindResponse { line: request.line.clone(), look_up, hits })
    }

    /// Lists what is known of the places that a line is nearest to, close or not: the text, the
    /// three figures that the similarity is made of, and the similarity.
    ///
    /// # Errors
    /// As [`find`].
    pub fn weigh(
        &mut self,
        request: &FindRequest,
    ) -> Result<Vec<(String, [f32; 3], f32)>, QueryError> {
        let line = Words::of_text(&request.line, &mut self.lexicon);
        let weights = self.weights(&line)?;
        let candidates = self.nearest(request, true)?;
        Ok(candidates
            .iter()
            .map(|candidate| {
                let evidence = similarity::evidence(&candidate.place.alignment, &weights);
                let figures = [evidence.words, evidence.weight, evidence.n_words as f32];
                (candidate.place.wording().to_owned(), figures, candidate.similarity)
            })
            .collect())
    }

    /// Finds the places that a line is nearest to, also those that are not close.
    ///
    /// Nearest first, ties by document id, then passage.
    fn nearest(
        &mut self,
        request: &FindRequest,
        pairs: bool,
    ) -> Result<Vec<Candidate>, QueryError> {
        self.lexicon.make_room();
        let line = Words::of_text(&request.line, &mut self.lexicon);
        let n_words = line.all().ids.len();
        if n_words == 0 {
            return Err(QueryError::NoWords);
        }
        if n_words > MAX_WORDS {
            return Err(QueryError::LongLine { n_words, limit: MAX_WORDS });
        }
        let speaker =
            request.speaker.as_deref().map(|name| Condition::Speaker(folded_tokens(name)));
        let mut found = Found::default();
        let stems = self.stems(&line);
        let weights = self.weights(&line)?;
        let first = self.reader.nearest(&stems, FIRST_REACH, FIRST_PASSAGES, speaker.as_ref())?;
        self.read(&first.hits, &line, &weights, &mut found)?;
        if pairs && !found.is_certain() {
            let stems = repair::repaired(self.reader, &line, &mut self.lexicon, stems)?;
            let limit = MORE_PASSAGES.max(2 * request.limit);
            let more = self.reader.nearest(&stems, MORE_REACH, limit, speaker.as_ref())?;
            self.read(&more.hits, &line, &weights, &mut found)?;
        }
        if !pairs || !found.is_certain() {
            // A short line may have lost all of its pairs; one of function words has none.
            let ids = line.all().ids.iter();
            let stems: BTreeSet<&str> = ids.map(|id| self.lexicon.forms(*id).stem).collect();
            let stems: Vec<String> = stems.into_iter().map(str::to_owned).collect();
            let limit = PASSAGES_BY_WORDS.max(request.limit);
            let hits = self.reader.nearest_by_words(&stems, limit, speaker.as_ref())?;
            self.read(&hits, &line, &weights, &mut found)?;
        }
        if !found.is_perfect() && (first.is_crowded() || found.is_of_a_cut_paragraph()) {
            // The very words may be in a passage that was not read, or run over the place where a
            // paragraph is cut.
            let phrase = Condition::Phrase(folded_tokens(&request.line));
            let all = speaker.into_iter().chain([phrase]).collect();
            for hit in self.reader.search(&Condition::And(all), FIRST_PASSAGES, 0)?.hits {
                let place = Place::read_on(self.reader, hit.address, &line, &mut self.lexicon)?;
                if let Some(place) = place {
                    let similarity = similarity::of(&place.alignment, &weights);
                    found.take(Candidate { place, similarity });
                }
            }
        }
        Ok(found.sorted())
    }

    /// Returns what each word of the line weighs: the logarithm of how many passages there are for
    /// one that has it, as far as a small archive tells.
    fn weights(&self, line: &Words) -> Result<Vec<f32>, QueryError> {
        let n_passages = self.reader.n_passages()? as f32;
        let weigh = |id: &WordId| -> Result<f32, QueryError> {
            let n_with = self.reader.n_passages_of_word(self.lexicon.forms(*id).folded)? as f32;
            let is_function_word = self.lexicon.stem_hash(*id).is_none();
            let usual = if is_function_word { SHARE_OF_FUNCTION_WORD } else { SHARE_OF_WORD };
            Ok(((n_passages + N_SUPPOSED) / (n_with + N_SUPPOSED * usual)).ln())
        };
        line.all().ids.iter().map(weigh).collect()
    }

    /// Returns for each word of the line the hash of its stem; none for function words.
    fn stems(&self, line: &Words) -> Vec<Vec<u64>> {
        let ids = line.all().ids.iter();
        ids.map(|id| self.lexicon.stem_hash(*id).into_iter().collect()).collect()
    }

    /// Reads passages, and finds in each the stretch that the line is nearest to.
    fn read(
        &mut self,
        hits: &[Hit],
        line: &Words,
        weights: &[f32],
        found: &mut Found,
    ) -> Result<(), QueryError> {
        for Hit { address, .. } in hits.iter().copied() {
            if !found.read.insert(address) {
                continue;
            }
            let place = Place::read(self.reader, address, line, &mut self.lexicon)?;
            let Some(place) = place else { continue };
            let similarity = similarity::of(&place.alignment, weights);
            found.take(Candidate { place, similarity });
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

    /// Tells whether what is near stands in a paragraph that goes on in another passage.
    fn is_of_a_cut_paragraph(&self) -> bool {
        let mut near = self.candidates.iter().filter(|candidate| candidate.similarity >= CERTAIN);
        near.any(|candidate| candidate.place.record.continues)
    }

    fn is_perfect(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.similarity >= 1.0)
    }

    /// Takes a candidate in, unless its stretch is known: one that runs over two passages is found
    /// from both.
    fn take(&mut self, candidate: Candidate) {
        let is_same = |known: &Candidate| {
            known.place.document == candidate.place.document
                && known.place.window().overlaps(candidate.place.window())
        };
        match self.candidates.iter_mut().find(|known| is_same(known)) {
            Some(known) if known.similarity < candidate.similarity => *known = candidate,
            Some(_) => {}
            None => self.candidates.push(candidate),
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

fn describe(reader: &Reader, candidate: &Candidate, line: &str) -> Result<FindHit, QueryError> {
    let Candidate { place, similarity } = candidate;
    let parts = diff(&place.alignment, line, &place.text);
    let record = &place.record;
    let document = reader.document_at(reader.head(place.document)?)?;
    let cited = &record.citation;
    let (window, chars) = (place.window(), place.char_window());
    Ok(FindHit {
        similarity: *similarity,
        word_similarity: place.alignment.similarity,
        text: place.wording().to_owned(),
        diff: onrecord_text::format_diff(&parts),
        parts: parts
            .iter()
            .map(|part| DiffPiece { kind: part.kind.name(), text: part.text.to_owned() })
            .collect(),
        speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        date: cited.date.map(|date| date.to_string()),
        title: cited.title.clone(),
        kind: cited.kind.name(),
        document_id: place.document.to_string(),
        passage: record.ordinal,
        page: record.page,
        heading_path: record.headings.iter().map(|heading| heading.to_string()).collect(),
        context: place.text.clone(),
        byte_start: window.start,
        byte_end: window.end,
        char_start: chars.start,
        char_end: chars.end,
        path: cited.path.clone(),
        record: cited.record,
        citation: citation(&document.metadata, &Locator::of(record)),
        surroundings: Surroundings::of(&place.text, place.alignment.window),
    })
}
