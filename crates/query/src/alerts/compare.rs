use super::reported::{ABSENT, Entry, Key, Reported};
use super::{AlertRequest, Newness, NewsTotals};
use crate::QueryError;
use crate::duplicates::words_key;
use onrecord_indexing::{Address, Condition, Reader, StoredPassage};
use onrecord_model::DocumentId;
use onrecord_text::tokens;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A passage that was found and is to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoundPassage {
    pub(super) address: Address,
    pub(super) newness: Newness,
    /// The first and the last day of its document's date.
    days: Option<(u32, u32)>,
}

impl FoundPassage {
    /// Returns by what the latest comes first, and what has no date last.
    pub(super) fn recency(&self) -> (bool, Option<(Reverse<u32>, u32)>) {
        (self.days.is_none(), self.days.map(|(first, last)| (Reverse(first), last)))
    }
}

/// What is found now beside what was reported.
pub(super) struct Comparison {
    /// By document id, then passage.
    pub(super) found: Vec<FoundPassage>,
    pub(super) totals: NewsTotals,
    /// What has been reported once these are.
    pub(super) next: Reported,
}

impl Comparison {
    /// Compares the passages that meet a condition with those that were reported; both go by
    /// document id, so one pass over them will do.
    pub(super) fn of(
        reader: &Reader,
        condition: &Condition,
        last: &Reported,
        request: &AlertRequest,
    ) -> Result<Self, QueryError> {
        let addresses = reader.addresses(condition)?;
        let description = &reader.manifest().description;
        let mut comparison = Self {
            found: Vec::new(),
            totals: NewsTotals { count: addresses.len() as u64, ..NewsTotals::default() },
            next: Reported::new(request, &description.taxonomy_blake3),
        };
        let mut entries = last.entries().peekable();
        let key = |address: &Address| key_of(reader.place(*address).0.as_bytes());
        for passages in addresses.chunk_by(|one, other| key(one) == key(other)) {
            let Some(document) = passages.first().map(key) else { continue };
            while let Some(entry) = entries.next_if(|entry| entry.document < document) {
                comparison.add_absent(entry);
            }
            let entry = entries.next_if(|entry| entry.document == document);
            let entry = entry.unwrap_or(Entry { document, ..Entry::default() });
            comparison.add(reader, passages, entry, request.all)?;
        }
        entries.for_each(|entry| comparison.add_absent(entry));
        Ok(comparison)
    }

    /// Keeps what was reported of a document in which nothing is found now: it may come back.
    fn add_absent(&mut self, mut entry: Entry) {
        if entry.state != ABSENT {
            self.totals.gone += entry.current.len() as u64;
            entry.state = ABSENT;
        }
        self.next.push(&entry);
    }

    /// Compares the passages of a document.
    fn add(
        &mut self,
        reader: &Reader,
        passages: &[Address],
        mut entry: Entry,
        lists_all: bool,
    ) -> Result<(), QueryError> {
        let state = State::of(reader, passages)?;
        self.totals.documents += state.n_documents;
        let newness = if state.key == entry.state {
            vec![Newness::Reported; passages.len()]
        } else {
            // Of a document that had nothing, it was told before what is gone.
            let was_absent = std::mem::replace(&mut entry.state, state.key) == ABSENT;
            let (newness, n_gone) = entry.renew(passage_keys(reader, passages)?);
            self.totals.gone += if was_absent { 0 } else { n_gone };
            newness
        };
        self.next.push(&entry);
        for (&address, newness) in passages.iter().zip(newness) {
            let is_new = newness != Newness::Reported;
            self.totals.new += u64::from(is_new);
            self.totals.changed += u64::from(newness == Newness::Changed);
            if is_new || lists_all {
                let days = reader.document_columns(reader.head_of(address)?)?.days;
                self.found.push(FoundPassage { address, newness, days });
            }
        }
        Ok(())
    }
}

/// What the documents of some passages are like, and which of their passages they are.
struct State {
    key: Key,
    n_documents: u64,
}

impl State {
    fn of(reader: &Reader, passages: &[Address]) -> Result<Self, QueryError> {
        let mut hasher = blake3::Hasher::new();
        let (mut last, mut n_documents) = (None, 0);
        for &address in passages {
            let (id, ordinal) = reader.place(address);
            if last.replace(id) != Some(id) {
                n_documents += 1;
                hasher.update(id.as_bytes());
                hasher.update(&reader.digest(reader.head_of(address)?)?);
            }
            hasher.update(&ordinal.to_le_bytes());
        }
        Ok(Self { key: key_of(hasher.finalize().as_bytes()), n_documents })
    }
}

/// Returns what passages are known by: the id of the document, the words, and how often these were
/// met in it before.
fn passage_keys(reader: &Reader, passages: &[Address]) -> Result<Vec<Key>, QueryError> {
    let mut times: BTreeMap<(DocumentId, [u8; 16]), u32> = BTreeMap::new();
    let mut keys = Vec::with_capacity(passages.len());
    for &address in passages {
        let StoredPassage { text, record, .. } = reader.passage(address)?;
        let mut words = record.spoken(&text);
        if words.is_empty() {
            // A note is no speech, and has nothing but its words.
            words = tokens(&text).collect();
        }
        let (document, words) = (record.document(), words_key(&text, &words));
        let time = times.entry((document, words)).or_default();
        let mut hasher = blake3::Hasher::new();
        hasher.update(document.as_bytes()).update(&words).update(&time.to_le_bytes());
        *time += 1;
        keys.push(key_of(hasher.finalize().as_bytes()));
    }
    Ok(keys)
}

/// Returns the beginning of an id or a hash.
fn key_of(bytes: &[u8]) -> Key {
    bytes.first_chunk().copied().unwrap_or_default()
}

impl Entry {
    /// Takes in the passages that are found now, in order; returns how each stands to what was
    /// reported, and how many of those found last are found no more.
    fn renew(&mut self, now: Vec<Key>) -> (Vec<Newness>, u64) {
        let before: BTreeMap<Key, usize> = self.current.iter().copied().zip(0..).collect();
        let is_now: BTreeSet<Key> = now.iter().copied().collect();
        let former: BTreeSet<Key> = self.former.iter().copied().collect();
        let is_known = |key: &Key| before.contains_key(key) || former.contains(key);
        let mut newness = Vec::with_capacity(now.len());
        for run in now.chunk_by(|one, other| is_known(one) == is_known(other)) {
            let kind = if run.first().is_some_and(is_known) {
                Newness::Reported
            } else {
                let at = newness.len();
                let place = |key: &Key| before.get(key).copied();
                // The gap among those found last that the run stands in.
                let from = now.iter().take(at).rev().find_map(place).map_or(0, |at| at + 1);
                let behind = now.iter().skip(at + run.len()).find_map(place);
                let gap = self.current.get(from..behind.unwrap_or(self.current.len()));
                let is_gone = |key: &Key| !is_now.contains(key);
                let stands_for_one = gap.is_some_and(|gap| gap.iter().any(is_gone));
                if stands_for_one { Newness::Changed } else { Newness::New }
            };
            newness.extend(run.iter().map(|_| kind));
        }
        let gone: Vec<Key> =
            self.current.iter().copied().filter(|key| !is_now.contains(key)).collect();
        let n_gone = gone.len() as u64;
        self.former = former.difference(&is_now).copied().chain(gone).collect();
        self.former.sort_unstable();
        self.current = now;
        (newness, n_gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(letters: &str) -> Vec<Key> {
        letters.bytes().map(|letter| [letter; 5]).collect()
    }

    #[test]
    fn what_stands_where_a_reported_one_stood_is_changed() {
        for (before, now, expected, n_gone) in [
            ("", "abc", "nnn", 0),
            ("abc", "abc", "rrr", 0),
            ("abc", "axc", "rcr", 1),
            ("abc", "axbc", "rnrr", 0),
            ("abc", "axbcy", "rnrrn", 0),
            ("abc", "bcx", "rrn", 1),
            ("abc", "xbc", "crr", 1),
            ("abc", "abxy", "rrcc", 1),
            ("abc", "xyz", "ccc", 3),
            ("abc", "", "", 3),
            // What was moved is known wherever it stands.
            ("abc", "cab", "rrr", 0),
            ("abcd", "cxa", "rnr", 2),
        ] {
            let mut entry = Entry::default();
            entry.renew(keys(before));
            let (newness, gone) = entry.renew(keys(now));
            let letters: String =
                newness.iter().map(|newness| newness.name().get(..1).unwrap()).collect();
            assert_eq!((&*letters, gone), (expected, n_gone), "{before} {now}");
        }
    }

    #[test]
    fn what_comes_back_was_reported() {
        let mut entry = Entry::default();
        for (now, expected) in
            [("abc", "nnn"), ("axc", "rcr"), ("abc", "rrr"), ("axc", "rrr"), ("axyc", "rrnr")]
        {
            let (newness, _) = entry.renew(keys(now));
            let letters: String =
                newness.iter().map(|newness| newness.name().get(..1).unwrap()).collect();
            assert_eq!(letters, expected, "{now}");
        }
    }

    proptest! {
        #[test]
        fn each_is_new_once(
            times in proptest::collection::vec(proptest::collection::btree_set(0..12_u8, 0..8), 1..8),
        ) {
            let mut entry = Entry::default();
            let mut known = BTreeSet::new();
            for found in times {
                let now: Vec<Key> = found.iter().map(|letter| [*letter; 5]).collect();
                let (newness, _) = entry.renew(now.clone());
                for (key, newness) in now.iter().zip(newness) {
                    prop_assert_eq!(newness != Newness::Reported, known.insert(*key));
                }
                let all: BTreeSet<Key> =
                    entry.current.iter().chain(&entry.former).copied().collect();
                prop_assert_eq!(&all, &known);
            }
        }
    }
}
