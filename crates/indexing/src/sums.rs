use tantivy::{DocId, Score};

/// Sums of weights by entry of a segment; to be used again, so that memory is taken and cleared
/// once.
#[derive(Debug, Default)]
pub struct Sums {
    of_entry: Vec<Score>,
    touched: Vec<DocId>,
}

impl Sums {
    /// Forgets all sums, and makes room for those of a segment; costs what was touched.
    pub(crate) fn clear(&mut self, n_entries: DocId) {
        for entry in self.touched.drain(..) {
            self.of_entry[entry as usize] = 0.0;
        }
        if self.of_entry.len() < n_entries as usize {
            self.of_entry = vec![0.0; n_entries as usize];
        }
    }

    /// Adds a weight, more than 0.
    pub(crate) fn add(&mut self, entry: DocId, weight: Score) {
        let score = &mut self.of_entry[entry as usize];
        if *score == 0.0 {
            self.touched.push(entry);
        }
        *score += weight;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    /// Lists the entries that have a sum, in no order.
    pub(crate) fn touched(&self) -> impl Iterator<Item = (DocId, Score)> + '_ {
        self.touched.iter().map(|entry| (*entry, self.of_entry[*entry as usize]))
    }
}
