use std::cmp::Ordering;
use std::collections::BinaryHeap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{BytesColumn, Column};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

/// Collects the best passages: higher scores first, then smaller document ids, then smaller
/// ordinals, so that the order is the same however the entries lie in segments.
pub(crate) struct TopPassages {
    /// How many to keep; none keeps all.
    pub(crate) limit: Option<usize>,
    /// Whether scores matter; else all are 0.
    pub(crate) scored: bool,
}

/// A passage among the best, with what it is ordered by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) score: Score,
    pub(crate) document: [u8; 16],
    pub(crate) ordinal: u64,
    pub(crate) address: DocAddress,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    /// Better passages are less, so that sorting puts them first and a heap drops the worst.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then_with(|| self.document.cmp(&other.document))
            .then_with(|| self.ordinal.cmp(&other.ordinal))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Collector for TopPassages {
    type Fruit = Vec<Ranked>;
    type Child = SegmentTop;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<SegmentTop> {
        let columns = reader.fast_fields();
        Ok(SegmentTop {
            segment,
            limit: self.limit.unwrap_or(usize::MAX),
            best: BinaryHeap::new(),
            ordinals: columns.u64("ordinal")?,
            ids: columns.bytes("id")?,
            last_id: (u64::MAX, [0; 16]),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<Vec<Ranked>>) -> tantivy::Result<Vec<Ranked>> {
        let mut all: Vec<Ranked> = segments.into_iter().flatten().collect();
        all.sort_unstable();
        all.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(all)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Ranked>> {
        let mut top = self.for_segment(segment, reader)?;
        if top.limit == 0 {
            return Ok(Vec::new());
        }
        let alive = reader.alive_bitset();
        let is_alive = |entry| alive.is_none_or(|alive| alive.is_alive(entry));
        if self.scored {
            weight.for_each_pruning(Score::MIN, reader, &mut |entry, score| {
                if is_alive(entry) {
                    top.collect(entry, score);
                }
                top.threshold()
            })?;
        } else {
            weight.for_each_no_score(reader, &mut |entries| {
                for &entry in entries.iter().filter(|&&entry| is_alive(entry)) {
                    top.collect(entry, 0.0);
                }
            })?;
        }
        Ok(top.harvest())
    }
}

/// The best passages of one segment.
pub(crate) struct SegmentTop {
    segment: u32,
    limit: usize,
    best: BinaryHeap<Ranked>,
    ordinals: Column<u64>,
    ids: Option<BytesColumn>,
    /// The last document id that was looked up, and its place in the dictionary.
    last_id: (u64, [u8; 16]),
}

impl SegmentTop {
    /// Returns the score that a passage must exceed to be of interest; equal ones still are.
    fn threshold(&self) -> Score {
        match self.best.peek() {
            Some(worst) if self.best.len() >= self.limit => worst.score.next_down(),
            _ => Score::MIN,
        }
    }

    fn document_of(&mut self, head: DocId) -> [u8; 16] {
        let Some(ids) = &self.ids else { return [0; 16] };
        let Some(place) = ids.term_ords(head).next() else { return [0; 16] };
        if place != self.last_id.0 {
            let mut id = Vec::with_capacity(16);
            let found = ids.ord_to_bytes(place, &mut id).unwrap_or(false);
            let id = id.try_into().ok().filter(|_| found).unwrap_or_default();
            self.last_id = (place, id);
        }
        self.last_id.1
    }
}

impl SegmentCollector for SegmentTop {
    type Fruit = Vec<Ranked>;

    fn collect(&mut self, entry: DocId, score: Score) {
        if self.best.len() >= self.limit
            && self.best.peek().is_some_and(|worst| score < worst.score)
        {
            return;
        }
        let ordinal = self.ordinals.first(entry).unwrap_or(0);
        let document = self.document_of(entry.saturating_sub(ordinal as DocId));
        let address = DocAddress::new(self.segment, entry);
        let ranked = Ranked { score, document, ordinal, address };
        if self.best.len() < self.limit {
            self.best.push(ranked);
        } else if let Some(mut worst) = self.best.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    fn harvest(self) -> Vec<Ranked> {
        self.best.into_vec()
    }
}
