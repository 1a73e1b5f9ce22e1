use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// The entries of a segment in which something was found, with how often, ranked as those of one
/// word by BM25.
pub(crate) struct Matched {
    /// Ascending; never 0 times.
    found: Vec<(DocId, u32)>,
    at: usize,
    ranking: Option<(Bm25Weight, FieldNormReader)>,
}

impl Matched {
    /// Takes what was found, in ascending order; without a ranking, all score 1.
    pub(crate) const fn new(
        found: Vec<(DocId, u32)>,
        ranking: Option<(Bm25Weight, FieldNormReader)>,
    ) -> Self {
        Self { found, at: 0, ranking }
    }
}

impl DocSet for Matched {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.found.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let left = self.found.get(self.at..).unwrap_or_default();
        // The next one is often near.
        let mut reach = 1;
        while left.get(reach).is_some_and(|(entry, _)| *entry < target) {
            reach *= 2;
        }
        let near = left.get(..reach.min(left.len())).unwrap_or_default();
        let passed = near.partition_point(|(entry, _)| *entry < target);
        self.at += if passed == near.len() {
            left.partition_point(|(entry, _)| *entry < target)
        } else {
            passed
        };
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |(entry, _)| *entry)
    }

    fn size_hint(&self) -> u32 {
        (self.found.len() - self.at) as u32
    }
}

impl Scorer for Matched {
    fn score(&mut self) -> Score {
        let Some(&(entry, n_times)) = self.found.get(self.at) else { return 0.0 };
        self.ranking
            .as_ref()
            .map_or(1.0, |(weight, lengths)| weight.score(lengths.fieldnorm_id(entry), n_times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_in_order() {
        let entries: Vec<DocId> = (0..100).map(|n| n * n).collect();
        let matched = || Matched::new(entries.iter().map(|entry| (*entry, 1)).collect(), None);
        for target in 0..10_000 {
            let expected = entries.iter().copied().find(|e| *e >= target).unwrap_or(TERMINATED);
            let mut from_start = matched();
            assert_eq!(from_start.seek(target), expected);
            assert_eq!(from_start.seek(target), expected);
        }
        let mut one_by_one = matched();
        let mut found = Vec::new();
        while one_by_one.doc() != TERMINATED {
            found.push(one_by_one.doc());
            one_by_one.advance();
        }
        assert_eq!(found, entries);
        assert_eq!(one_by_one.advance(), TERMINATED);
    }
}
