use crate::reader::Hit;
use std::cmp::Reverse;
use tantivy::Score;

/// The best hits of those that were offered, and all that rank as the last of them.
pub(crate) struct Best {
    limit: usize,
    /// The rank of the last hit within the limit, or lower.
    floor: Score,
    ranked: Vec<(Score, Hit)>,
    /// How many hits there must be to look for a higher floor. Grows with what ranks alike, so
    /// that many passages with the same words cost no more than others.
    next_cut: usize,
}

impl Best {
    /// Keeps the best `limit` hits, at least 1.
    pub(crate) fn new(limit: usize) -> Self {
        let limit = limit.max(1);
        Self { limit, floor: 0.0, ranked: Vec::new(), next_cut: limit.saturating_mul(4) }
    }

    /// Returns what a hit must rank.
    pub(crate) fn floor(&self) -> Score {
        self.floor
    }

    pub(crate) fn offer(&mut self, rank: Score, hit: Hit) {
        if rank >= self.floor {
            self.ranked.push((rank, hit));
            if self.ranked.len() >= self.next_cut {
                self.cut();
                self.next_cut = self.next_cut.max(self.ranked.len().saturating_mul(2));
            }
        }
    }

    /// Raises the floor, and drops what is below.
    fn cut(&mut self) {
        if self.ranked.len() <= self.limit {
            return;
        }
        let (_, last, _) =
            self.ranked.select_nth_unstable_by(self.limit - 1, |a, b| b.0.total_cmp(&a.0));
        self.floor = last.0;
        self.ranked.retain(|(rank, _)| *rank >= self.floor);
    }

    /// Returns the hits within the limit, best first, those of equal rank by `key`.
    pub(crate) fn sorted<K: Ord>(mut self, key: impl Fn(&Hit) -> K) -> Vec<Hit> {
        self.cut();
        // Ranks are 0 or more, so that their bits are in the order of their values.
        self.ranked.sort_by_cached_key(|(rank, hit)| (Reverse(rank.to_bits()), key(hit)));
        self.ranked.truncate(self.limit);
        self.ranked.into_iter().map(|(_, hit)| hit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Address;
    use tantivy::DocAddress;

    #[test]
    fn best_hits_by_rank_then_key() {
        let hit = |entry| Hit { address: Address(DocAddress::new(0, entry)), score: 0.0 };
        let ranks = [1.0, 3.0, 2.0, 3.0, 2.0, 2.0, 0.5, 2.0, 2.0, 2.0, 4.0, 2.0];
        for (limit, expected) in
            [(0, vec![10]), (1, vec![10]), (2, vec![10, 3]), (5, vec![10, 3, 1, 11, 9])]
        {
            let mut best = Best::new(limit);
            for (entry, rank) in (0..).zip(ranks) {
                best.offer(rank, hit(entry));
            }
            let found = best.sorted(|hit| Reverse(hit.address.0.doc_id));
            let found: Vec<u32> = found.iter().map(|hit| hit.address.0.doc_id).collect();
            assert_eq!(found, expected, "{limit}");
        }
    }

    #[test]
    fn what_ranks_alike_is_looked_through_seldom() {
        let mut best = Best::new(1);
        let mut n_cuts = 0;
        for entry in 0..10_000 {
            let before = best.next_cut;
            best.offer(1.0, Hit { address: Address(DocAddress::new(0, entry)), score: 1.0 });
            n_cuts += u32::from(best.next_cut != before);
        }
        assert!(n_cuts < 20, "{n_cuts}");
        assert_eq!(best.sorted(|hit| hit.address).len(), 1);
    }
}
