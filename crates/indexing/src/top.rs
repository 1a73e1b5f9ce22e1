use crate::boost::{Boosts, SegmentBoosts};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::OnceLock;
use std::sync::atomic::{self, AtomicUsize};
use tantivy::columnar::{BytesColumn, Column};
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

/// How many ids of a segment are looked up one by one before all are read at once.
const LOOKED_UP: usize = 64;

/// The order of passages of equal score: by document id, then by ordinal.
///
/// Looked at only when two scores are equal: ids are bytes in a dictionary.
#[derive(Default)]
pub(crate) struct TieOrder {
    segments: OnceLock<Vec<Option<SegmentOrder>>>,
}

/// The bytes of a document's id, and the ordinal of a passage.
pub(crate) type TieKey = ([u8; 16], u64);

struct SegmentOrder {
    ordinals: Column<u64>,
    /// For each head, the place of its document's id in `ids`.
    places: Option<BytesColumn>,
    n_looked_up: AtomicUsize,
    /// The document ids of the segment, ascending; read where many are asked for.
    ids: OnceLock<Vec<[u8; 16]>>,
}

impl TieOrder {
    fn segments(&self, searcher: &Searcher) -> &[Option<SegmentOrder>] {
        self.segments.get_or_init(|| {
            let readers = searcher.segment_readers();
            // A column that cannot be read is damage, which the hits that are read then show;
            // the order of equal scores is not worth failing for.
            readers.iter().map(|reader| SegmentOrder::read(reader).ok()).collect()
        })
    }

    /// Compares passages of equal score. Those of one segment need no ids: its dictionary, and so
    /// the places in it, are in their order.
    fn compare(&self, searcher: &Searcher, one: DocAddress, other: DocAddress) -> Ordering {
        let segment = self.segments(searcher).get(one.segment_ord as usize);
        match segment.and_then(Option::as_ref).filter(|_| one.segment_ord == other.segment_ord) {
            Some(order) => order.place(one.doc_id).cmp(&order.place(other.doc_id)),
            None => self.key(searcher, one).cmp(&self.key(searcher, other)),
        }
    }

    /// Returns what passages of equal score are ordered by.
    pub(crate) fn key(&self, searcher: &Searcher, address: DocAddress) -> TieKey {
        let order = self.segments(searcher).get(address.segment_ord as usize);
        order.and_then(Option::as_ref).map(|order| order.key(address.doc_id)).unwrap_or_default()
    }
}

impl SegmentOrder {
    fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            ordinals: columns.u64("ordinal")?,
            places: columns.bytes("id")?,
            n_looked_up: AtomicUsize::new(0),
            ids: OnceLock::new(),
        })
    }

    /// Returns the place of the id of a passage's document, and the passage's ordinal.
    fn place(&self, entry: DocId) -> (Option<u64>, u64) {
        let ordinal = self.ordinals.first(entry).unwrap_or(0);
        let head = entry.saturating_sub(ordinal as DocId);
        let place = self.places.as_ref().and_then(|places| places.term_ords(head).next());
        (place, ordinal)
    }

    fn key(&self, entry: DocId) -> TieKey {
        let (place, ordinal) = self.place(entry);
        (place.and_then(|place| self.id(place)).unwrap_or_default(), ordinal)
    }

    fn id(&self, place: u64) -> Option<[u8; 16]> {
        let places = self.places.as_ref()?;
        let is_rare = || self.n_looked_up.fetch_add(1, atomic::Ordering::Relaxed) < LOOKED_UP;
        if self.ids.get().is_none() && is_rare() {
            let mut id = Vec::new();
            places.ord_to_bytes(place, &mut id).ok()?;
            return id.try_into().ok();
        }
        self.ids.get_or_init(|| read_ids(places).unwrap_or_default()).get(place as usize).copied()
    }
}

fn read_ids(places: &BytesColumn) -> std::io::Result<Vec<[u8; 16]>> {
    let mut ids = Vec::new();
    let mut terms = places.dictionary().stream()?;
    while terms.advance() {
        ids.push(terms.key().try_into().unwrap_or_default());
    }
    Ok(ids)
}

/// A passage with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) score: Score,
    pub(crate) address: DocAddress,
}

/// What to rank, and how much of it to keep.
pub(crate) struct Ranking<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) ties: &'a TieOrder,
    /// How many of the best to keep; none keeps all.
    pub(crate) limit: Option<usize>,
}

impl Ranking<'_> {
    /// Finds the best passages by score, passing over those that cannot be among them; `field` is
    /// one that tells their lengths.
    pub(crate) fn best(
        &self,
        query: &dyn Query,
        boosts: &Boosts,
        field: Field,
    ) -> tantivy::Result<Vec<Ranked>> {
        let mean_length = mean_length(self.searcher.segment_readers(), field)?;
        self.over_segments(query, boosts, |weight, reader, top| {
            let of_segment = self::mean_length(std::slice::from_ref(reader), field)?;
            let slack = (of_segment / mean_length).max(mean_length / of_segment);
            weight.for_each_pruning(top.lowest / slack, reader, &mut |entry, score| {
                top.offer(entry, score);
                top.lowest / slack
            })
        })
    }

    /// Finds the best passages by score, and counts all.
    pub(crate) fn best_and_count(
        &self,
        query: &dyn Query,
        boosts: &Boosts,
    ) -> tantivy::Result<(Vec<Ranked>, u64)> {
        let mut n_met = 0;
        let best = self.over_segments(query, boosts, |weight, reader, top| {
            weight.for_each(reader, &mut |entry, score| {
                n_met += u64::from(top.offer(entry, score));
            })
        })?;
        Ok((best, n_met))
    }

    fn over_segments(
        &self,
        query: &dyn Query,
        boosts: &Boosts,
        mut offer: impl FnMut(&dyn Weight, &SegmentReader, &mut Top<'_>) -> tantivy::Result<()>,
    ) -> tantivy::Result<Vec<Ranked>> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(self.searcher))?;
        let limit = self.limit.unwrap_or(usize::MAX);
        let mut best = BinaryHeap::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let boosts = boosts.of_segment(segment, reader)?;
            let has_deletes = reader.has_deletes();
            let lowest = Score::MIN;
            let mut top =
                Top { ranking: self, limit, best, segment, reader, has_deletes, boosts, lowest };
            top.raise();
            offer(weight.as_ref(), reader, &mut top)?;
            best = top.best;
        }
        Ok(best.into_sorted_vec().into_iter().map(|candidate| candidate.ranked).collect())
    }
}

/// Returns how many words an entry of some segments has in the mean, 1 at least.
///
/// For each block of postings the engine keeps the frequency and the length of the entry that
/// scores best by the mean length of the segment, while scores go by that of the whole index. By
/// the formula of BM25 its bound of the block is then too low by the ratio of the two at most.
fn mean_length(readers: &[SegmentReader], field: Field) -> tantivy::Result<Score> {
    let (mut n_words, mut n_entries) = (0, 0);
    for reader in readers {
        n_words += reader.inverted_index(field)?.total_num_tokens();
        n_entries += u64::from(reader.max_doc());
    }
    Ok((n_words as Score / n_entries.max(1) as Score).max(1.0))
}

/// The best passages so far; the worst of them is on top of the heap.
struct Top<'a> {
    ranking: &'a Ranking<'a>,
    limit: usize,
    best: BinaryHeap<Candidate<'a>>,
    segment: SegmentOrdinal,
    reader: &'a SegmentReader,
    has_deletes: bool,
    boosts: SegmentBoosts,
    /// The score without boosts that a passage must exceed to be of interest.
    lowest: Score,
}

/// A passage among the best; better ones are less, so that a heap drops the worst.
struct Candidate<'a> {
    ranked: Ranked,
    ranking: &'a Ranking<'a>,
}

impl Top<'_> {
    /// Takes a passage in if it is among the best by its whole score, of which `score` is the part
    /// without boosts; false where it is no longer in the index.
    fn offer(&mut self, entry: DocId, score: Score) -> bool {
        if self.has_deletes && self.reader.is_deleted(entry) {
            return false;
        }
        if score > self.lowest {
            self.rank(entry, score);
        }
        true
    }

    fn rank(&mut self, entry: DocId, score: Score) {
        let score = self.boosts.add(entry, score);
        let ranked = Ranked { score, address: DocAddress::new(self.segment, entry) };
        let candidate = Candidate { ranked, ranking: self.ranking };
        if self.best.len() < self.limit {
            self.best.push(candidate);
        } else if let Some(mut worst) = self.best.peek_mut()
            && candidate < *worst
        {
            *worst = candidate;
        }
        self.raise();
    }

    /// Raises what passages must exceed after the worst of the best has changed.
    fn raise(&mut self) {
        self.lowest = self.boosts.before(self.threshold());
    }

    /// Returns the score that a passage must exceed to be of interest: one that is equal to the
    /// worst of the best still is.
    fn threshold(&self) -> Score {
        match self.best.peek() {
            Some(worst) if self.best.len() >= self.limit => worst.ranked.score.next_down(),
            Some(_) | None => Score::MIN,
        }
    }
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_score = other.ranked.score.total_cmp(&self.ranked.score);
        let Ranking { ties, searcher, .. } = self.ranking;
        by_score.then_with(|| ties.compare(searcher, self.ranked.address, other.ranked.address))
    }
}

impl PartialOrd for Candidate<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate<'_> {}
