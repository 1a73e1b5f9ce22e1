use crate::QueryError;
use crate::duplicates::DuplicateGroups;
use onrecord_indexing::{Address, Condition, Reader};
use onrecord_model::DocumentId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Which documents stand for others.
#[derive(Default)]
pub(crate) struct Folding {
    /// Documents that others stand for.
    folded: HashSet<Address>,
    /// How many documents one stands for, itself apart.
    n_folded: HashMap<Address, u64>,
}

impl Folding {
    /// Chooses among the documents that have a passage of speech which meets the condition.
    pub(crate) fn of(reader: &Reader, condition: &Condition) -> Result<Self, QueryError> {
        let groups = DuplicateGroups::of(reader)?;
        let mut found = BTreeSet::new();
        reader.for_each_passage(condition, |passage| {
            if passage.is_speech && groups.member(passage.head).is_some() {
                found.insert(passage.head);
            }
        })?;
        let mut by_group: BTreeMap<DocumentId, Vec<(Reverse<u64>, DocumentId, Address)>> =
            BTreeMap::new();
        for head in found {
            let Some(member) = groups.member(head) else { continue };
            let words = Reverse(reader.n_words(head)?);
            by_group.entry(member.group).or_default().push((words, member.id, head));
        }
        let mut folding = Self::default();
        for mut documents in by_group.into_values() {
            documents.sort_unstable();
            let Some(((_, _, first), others)) = documents.split_first() else { continue };
            folding.n_folded.insert(*first, others.len() as u64);
            folding.folded.extend(others.iter().map(|(_, _, head)| *head));
        }
        Ok(folding)
    }

    /// Chooses as [`of`](Self::of) does where duplicates are to be folded, else nothing.
    pub(crate) fn if_asked(
        is_asked: bool,
        reader: &Reader,
        condition: &Condition,
    ) -> Result<Self, QueryError> {
        if is_asked { Self::of(reader, condition) } else { Ok(Self::default()) }
    }

    /// Tells whether another document stands for the one whose head is at an address.
    pub(crate) fn is_folded(&self, head: Address) -> bool {
        self.folded.contains(&head)
    }

    /// Returns how many documents the one stands for whose head is at an address.
    pub(crate) fn n_folded_into(&self, head: Address) -> u64 {
        self.n_folded.get(&head).copied().unwrap_or(0)
    }

    /// Counts the documents that others stand for.
    pub(crate) fn n_folded_documents(&self) -> u64 {
        self.folded.len() as u64
    }
}
