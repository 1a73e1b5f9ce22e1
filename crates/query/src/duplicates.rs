use crate::QueryError;
use onrecord_indexing::{Address, Hit, Reader, StoredPassage};
use onrecord_model::{DocumentId, Span};
use onrecord_text::{fold_token, group_near};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Documents that are copies, other transcripts or long excerpts of one another.
///
/// A group is named by the smallest id of its documents. Computed from the sketches of all
/// documents of the index, so it cannot be out of date.
#[derive(Clone, Debug, Default)]
pub struct DuplicateGroups {
    /// The documents of groups of two and more, by where their heads stand.
    members: HashMap<Address, Member>,
}

/// A document of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name of the group.
    pub group: DocumentId,
    /// The id of the document.
    pub id: DocumentId,
}

impl DuplicateGroups {
    /// Groups the documents of an index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(reader: &Reader) -> Result<Self, QueryError> {
        let (mut heads, mut sketches) = (Vec::new(), Vec::new());
        reader.for_each_sketch(|head, sketch| {
            heads.push(head);
            sketches.push(sketch);
        })?;
        let mut groups: BTreeMap<usize, Vec<Address>> = BTreeMap::new();
        for (head, first) in heads.into_iter().zip(group_near(&sketches)) {
            groups.entry(first).or_default().push(head);
        }
        let mut members = HashMap::new();
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let ids: Vec<(Address, DocumentId)> = group
                .into_iter()
                .map(|head| Ok((head, reader.document_id(head)?)))
                .collect::<Result<_, QueryError>>()?;
            let Some(name) = ids.iter().map(|(_, id)| *id).min() else { continue };
            members.extend(ids.into_iter().map(|(head, id)| (head, Member { group: name, id })));
        }
        Ok(Self { members })
    }

    /// Returns the document whose head stands at an address as one of a group; none where it is
    /// near no other.
    pub fn member(&self, head: Address) -> Option<Member> {
        self.members.get(&head).copied()
    }

    /// Lists the documents of all groups with where their heads stand, in no order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (Address, Member)> {
        self.members.iter().map(|(head, member)| (*head, *member))
    }
}

/// A hit with those of duplicates that it stands for.
#[derive(Clone, Debug)]
pub(crate) struct FoldedHit {
    pub(crate) hit: Hit,
    /// The group of its document, where it is of one.
    pub(crate) group: Option<DocumentId>,
    /// The documents whose hits it stands for.
    pub(crate) others: BTreeSet<DocumentId>,
}

impl FoldedHit {
    /// Makes a hit that stands for itself.
    pub(crate) const fn alone(hit: Hit) -> Self {
        Self { hit, group: None, others: BTreeSet::new() }
    }
}

/// Folds hits, in their order: one into an earlier one, where both are in documents of one group
/// and have the same words. What one document says twice stays two hits.
pub(crate) fn fold_hits(
    reader: &Reader,
    hits: impl IntoIterator<Item = Hit>,
) -> Result<Vec<FoldedHit>, QueryError> {
    let groups = DuplicateGroups::of(reader)?;
    let mut kept: Vec<FoldedHit> = Vec::new();
    // How often a document had the same words so far, and which hit was kept of each time.
    let mut times: HashMap<(DocumentId, WordsKey), u32> = HashMap::new();
    let mut places: HashMap<(DocumentId, WordsKey, u32), usize> = HashMap::new();
    for hit in hits {
        let Some(member) = groups.member(reader.head_of(hit.address)?) else {
            kept.push(FoldedHit::alone(hit));
            continue;
        };
        let StoredPassage { text, record, .. } = reader.passage(hit.address)?;
        let words = words_key(&text, &record.spoken(&text));
        let time = times.entry((member.id, words)).or_default();
        let key = (member.group, words, *time);
        *time += 1;
        if let Some(earlier) = places.get(&key).and_then(|&place| kept.get_mut(place)) {
            earlier.others.insert(member.id);
        } else {
            places.insert(key, kept.len());
            let group = Some(member.group);
            kept.push(FoldedHit { hit, group, others: BTreeSet::new() });
        }
    }
    Ok(kept)
}

/// The first half of a BLAKE3 hash of words: of a billion passages no two that differ share one
/// by chance, and hits by the million fit into memory.
pub(crate) type WordsKey = [u8; 16];

/// Makes the key of tokens of a text, by their folded words.
pub(crate) fn words_key(text: &str, tokens: &[Span]) -> WordsKey {
    let mut hasher = blake3::Hasher::new();
    let mut folded = String::new();
    for token in tokens.iter().filter_map(|token| text.get(token.range())) {
        folded.clear();
        fold_token(token, &mut folded);
        folded.push(' ');
        hasher.update(folded.as_bytes());
    }
    let mut key = WordsKey::default();
    hasher.finalize_xof().fill(&mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::spoken_tokens;

    #[test]
    fn words_alone_make_a_key() {
        let key = |text: &str, n_spoken| words_key(text, &spoken_tokens(text, n_spoken));
        let said = key("We will act.", 3);
        assert_eq!(key("MR. REED: WE will (applause) act!", 3), said);
        assert_ne!(key("We willact.", 2), said);
        assert_ne!(key("We will act now.", 4), said);
        assert_eq!(size_of::<WordsKey>(), 16);
    }
}
