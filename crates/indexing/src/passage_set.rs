use crate::condition::Condition;
use crate::error::IndexError;
use crate::reader::{Address, Reader};
use tantivy::query::EnableScoring;
use tantivy::{BitSet, DocSet, TERMINATED};

/// Passages of an index: one bit for each of its entries.
pub struct PassageSet {
    /// By segment.
    entries: Vec<BitSet>,
}

impl PassageSet {
    /// Tells whether a passage is one of them.
    pub fn contains(&self, address: Address) -> bool {
        let entries = self.entries.get(address.0.segment_ord as usize);
        entries.is_some_and(|entries| entries.contains(address.0.doc_id))
    }
}

impl std::fmt::Debug for PassageSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassageSet").finish_non_exhaustive()
    }
}

impl Reader {
    /// Gathers the passages that meet a condition, to ask of one after the other whether it does.
    pub fn passages_that_meet(&self, condition: &Condition) -> Result<PassageSet, IndexError> {
        let query = self.compiler().compile(condition);
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher()))?;
        let mut entries = Vec::new();
        for reader in self.searcher().segment_readers() {
            let mut of_segment = BitSet::with_max_value(reader.max_doc());
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED {
                of_segment.insert(scorer.doc());
                scorer.advance();
            }
            entries.push(of_segment);
        }
        Ok(PassageSet { entries })
    }
}
