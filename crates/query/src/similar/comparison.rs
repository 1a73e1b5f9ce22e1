use super::vector::Vector;
use super::{Relation, SharedTerm, SimilarHit, SimilarTo};
use crate::QueryError;
use crate::duplicates::FoldedHit;
use crate::locate::passage_of;
use crate::question::condition_of;
use onrecord_indexing::{Address, Hit, Reader, StoredPassage, Sums};
use onrecord_model::DocumentId;
use onrecord_text::{Lexicon, Words, group_near};
use std::collections::{BTreeMap, BTreeSet};

/// How many of a text's weightiest stems passages are looked up by.
const MAX_TERMS: usize = 50;

/// How many passages are compared, by stems and by pairs of them, and how many entries of lists are
/// read for it. Chosen on passages drawn by seed, as `docs/methods.md` says.
const CANDIDATES: usize = 1_000;
const ENTRIES: u64 = 300_000;

/// The longest text, in words: passages have some 250, and what says much more is like none of them.
const MAX_WORDS: usize = 2_000;

/// A text that passages are compared with.
pub(super) struct Search<'a> {
    reader: &'a Reader,
    lexicon: Lexicon,
    rarities: Rarities<'a>,
    /// Where the text stands, if it is a passage of the index.
    pub(super) address: Option<Address>,
    pub(super) text: String,
    vector: Vector,
    /// The hashes of its stems in their order, function words left out.
    hashes: Vec<u64>,
}

impl<'a> Search<'a> {
    pub(super) fn new(reader: &'a Reader, to: &SimilarTo) -> Result<Self, QueryError> {
        let mut lexicon = Lexicon::new();
        let mut rarities = Rarities::new(reader)?;
        let (address, text, words) = match to {
            SimilarTo::Passage { document, passage } => {
                let (_, address) = passage_of(reader, document, *passage)?;
                let stored = reader.passage(address)?;
                let tokens = stored.record.spoken(&stored.text);
                let words = Words::of_tokens(&stored.text, tokens, &mut lexicon);
                (Some(address), stored.text, words)
            }
            SimilarTo::Text(text) => (None, text.clone(), Words::of_text(text, &mut lexicon)),
        };
        let n_words = words.all().ids.len();
        if n_words > MAX_WORDS {
            return Err(QueryError::LongText { n_words, limit: MAX_WORDS });
        }
        let hashes = words.all().ids.iter().filter_map(|id| lexicon.stem_hash(*id)).collect();
        let vector = Vector::of(words.all(), &lexicon, |stem| rarities.of(stem))?;
        if vector.weightiest().first().is_none_or(|(_, term)| term.weight <= 0.0) {
            return Err(QueryError::NothingTelling);
        }
        Ok(Self { reader, lexicon, rarities, address, text, vector, hashes })
    }

    /// Lists the passages of speech that share the rarest of the text's telling stems, or of its
    /// pairs of stems.
    pub(super) fn candidates(&self, query: Option<&str>) -> Result<BTreeSet<Address>, QueryError> {
        let reader = self.reader;
        let among = query.map(|query| condition_of(reader, query)).transpose()?;
        let stems = self.vector.weightiest().into_iter().take(MAX_TERMS);
        let stems = reader.stem_lists(&stems.map(|(stem, _)| stem.to_owned()).collect())?;
        let pairs = reader.pair_lists(&self.hashes)?;
        let mut sums = Sums::default();
        let mut found = BTreeSet::new();
        for lists in [&stems, &pairs] {
            let nearest = reader.nearest(lists, ENTRIES, CANDIDATES, among.as_ref(), &mut sums)?;
            found.extend(nearest.hits.iter().map(|hit| hit.address));
        }
        if let Some(itself) = self.address {
            found.remove(&itself);
        }
        Ok(found)
    }

    /// Compares passages with the text: the most like first, ties by document id, then passage.
    pub(super) fn rank(&mut self, candidates: BTreeSet<Address>) -> Result<Vec<Hit>, QueryError> {
        let mut ranked = Vec::with_capacity(candidates.len());
        for address in candidates {
            let passage = self.reader.passage(address)?;
            let vector = self.vector_of(&passage)?;
            let score = self.vector.similarity(&vector) as f32;
            let place = (passage.record.document(), passage.record.ordinal);
            ranked.push((Hit { address, score }, place));
        }
        ranked.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.1.cmp(&b.1)));
        Ok(ranked.into_iter().map(|(hit, _)| hit).collect())
    }

    fn vector_of(&mut self, passage: &StoredPassage) -> Result<Vector, QueryError> {
        self.lexicon.make_room();
        let tokens = passage.record.spoken(&passage.text);
        let words = Words::of_tokens(&passage.text, tokens, &mut self.lexicon);
        Vector::of(words.all(), &self.lexicon, |stem| self.rarities.of(stem))
    }

    /// Lists the heads of those documents with hits that are copies, other transcripts or excerpts of
    /// the text's own one.
    pub(super) fn near_documents(
        &self,
        hits: &[FoldedHit],
    ) -> Result<BTreeSet<Address>, QueryError> {
        let Some(itself) = self.address else { return Ok(BTreeSet::new()) };
        let own = self.reader.head_of(itself)?;
        let Some(sketch) = self.reader.sketch(own)? else { return Ok(BTreeSet::new()) };
        let mut near = BTreeSet::new();
        for hit in hits {
            let head = self.reader.head_of(hit.hit.address)?;
            if head != own
                && let Some(other) = self.reader.sketch(head)?
                && group_near(&[sketch.clone(), other]) == [0, 0]
            {
                near.insert(head);
            }
        }
        Ok(near)
    }

    pub(super) fn describe(
        &mut self,
        folded: FoldedHit,
        near: &BTreeSet<Address>,
        folds: bool,
    ) -> Result<SimilarHit, QueryError> {
        let FoldedHit { hit, others, .. } = folded;
        let passage = self.reader.passage(hit.address)?;
        let vector = self.vector_of(&passage)?;
        let shared = self.vector.shared(&vector).into_iter().map(|shared| SharedTerm {
            stem: shared.stem.to_owned(),
            given: shared.words[0].to_owned(),
            found: shared.words[1].to_owned(),
            share: shared.share as f32,
        });
        let shared = shared.collect();
        Ok(SimilarHit {
            score: hit.score,
            relation: self.relation(hit.address, near)?,
            shared,
            found: passage.into(),
            duplicates: folds.then(|| ids(&others)),
        })
    }

    fn relation(
        &self,
        hit: Address,
        near: &BTreeSet<Address>,
    ) -> Result<Option<Relation>, QueryError> {
        let Some(itself) = self.address else { return Ok(None) };
        let head = self.reader.head_of(hit)?;
        Ok(Some(if head == self.reader.head_of(itself)? {
            Relation::SameDocument
        } else if near.contains(&head) {
            Relation::Duplicate
        } else {
            Relation::Other
        }))
    }
}

/// Writes the ids of documents.
pub(super) fn ids(documents: &BTreeSet<DocumentId>) -> Vec<String> {
    documents.iter().map(ToString::to_string).collect()
}

/// How much stems tell, looked up once each.
struct Rarities<'a> {
    reader: &'a Reader,
    n_passages: f64,
    known: BTreeMap<Box<str>, f64>,
}

impl<'a> Rarities<'a> {
    fn new(reader: &'a Reader) -> Result<Self, QueryError> {
        let n_passages = reader.n_passages()? as f64;
        Ok(Self { reader, n_passages, known: BTreeMap::new() })
    }

    /// Returns the surprise of a stem in a passage, in nats: 0 where all have it.
    fn of(&mut self, stem: &str) -> Result<f64, QueryError> {
        if let Some(known) = self.known.get(stem) {
            return Ok(*known);
        }
        let n_with = self.reader.n_passages_of_stem(stem)?.max(1);
        let rarity = (self.n_passages / n_with as f64).ln().max(0.0);
        self.known.insert(stem.into(), rarity);
        Ok(rarity)
    }
}
