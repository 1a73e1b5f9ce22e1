//! How often priorities were spoken of, by group: one pass over the columns of the index.

use crate::QueryError;
use crate::folding::Folding;
use crate::grouping::{Grouped, GroupedDocument, Grouping, Key};
use crate::slices::Slice;
use crate::trend::FEW_PASSAGES;
use onrecord_indexing::{Address, Condition, PassageColumns, Reader};
use onrecord_model::CivilDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Returns the name of the part, where it has one, and the values of the group.
pub(crate) fn group_values(slice: &Slice, key: &Key) -> Vec<Option<String>> {
    slice.name.iter().cloned().map(Some).chain(key.iter().cloned()).collect()
}

/// The counts of each group, in the order of their values.
pub(crate) type Groups = Vec<(Key, Group)>;

/// Counts the passages of speech of parts or the whole, by group in the order of their values.
///
/// A part that is one group has that, though nothing was found; and where groups are stretches of
/// time alone, each part has all of them, from the first of any part to the last.
pub(crate) fn count_parts(
    reader: &Reader,
    grouping: &Grouping,
    slices: Vec<Slice>,
    fold_duplicates: bool,
) -> Result<Vec<(Slice, Groups)>, QueryError> {
    let count = |slice: Slice| {
        let counted = count_condition(reader, grouping, &slice.condition, fold_duplicates)?;
        Ok((slice, counted))
    };
    let mut parts = slices.into_iter().map(count).collect::<Result<Vec<_>, QueryError>>()?;
    let keys = parts.iter().flat_map(|(_, counted)| counted.iter().map(|(key, _)| key));
    let mut expected = grouping.stretch_of_time(keys);
    if grouping.by().is_empty() && parts.iter().any(|(slice, _)| slice.name.is_some()) {
        expected.push(Key::new());
    }
    for (_, counted) in &mut parts {
        for key in &expected {
            if let Err(place) = counted.binary_search_by(|(known, _)| known.cmp(key)) {
                counted.insert(place, (key.clone(), Group::empty(reader)));
            }
        }
    }
    Ok(parts)
}

/// Counts the passages of speech that meet a condition, by group in the order of their values.
pub(crate) fn count_condition(
    reader: &Reader,
    grouping: &Grouping,
    condition: &Condition,
    fold_duplicates: bool,
) -> Result<Groups, QueryError> {
    let folding = Folding::if_asked(fold_duplicates, reader, condition)?;
    let counted = count_groupings(reader, std::slice::from_ref(grouping), condition, &folding)?;
    Ok(counted.into_iter().next().unwrap_or_default())
}

/// Counts the passages of speech that meet a condition in one pass by each of several groupings,
/// groups in the order of their values.
pub(crate) fn count_groupings(
    reader: &Reader,
    groupings: &[Grouping],
    condition: &Condition,
    folding: &Folding,
) -> Result<Vec<Groups>, QueryError> {
    let n_priorities = reader.manifest().description.priorities.len();
    let mut counted: Vec<Counting<'_>> =
        groupings.iter().map(|grouping| Counting::new(grouping, n_priorities)).collect();
    let mut document: Option<GroupedDocument> = None;
    let mut failed = None;
    reader.for_each_passage(condition, |passage| {
        if failed.is_some() || folding.is_folded(passage.head) {
            return;
        }
        if document.as_ref().is_none_or(|document| document.head != passage.head) {
            match GroupedDocument::read(reader, passage.head, groupings) {
                Ok(read) => document = Some(read),
                Err(error) => return failed = Some(error),
            }
        }
        if let Some(document) = &document {
            let n_folded = folding.n_folded_into(document.head);
            counted.iter_mut().for_each(|counting| counting.add(passage, document, n_folded));
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(counted.into_iter().map(Counting::finish).collect()),
    }
}

/// The counts by one grouping.
struct Counting<'a> {
    grouping: &'a Grouping,
    n_priorities: usize,
    /// The head of the last passage's document, its speaker, and the place of its group: mostly
    /// the next one is of the same.
    current: Option<(Address, Option<Arc<str>>, usize)>,
    /// The places of groups by their values.
    places: BTreeMap<Key, usize>,
    groups: Vec<Group>,
}

/// The sums of a group; what counts documents remembers the last one, because the passages of a
/// document come one behind the other.
#[derive(Clone, Default)]
pub(crate) struct Group {
    pub(crate) passages: u64,
    pub(crate) documents: u64,
    pub(crate) words: u64,
    pub(crate) folded: u64,
    pub(crate) last: Option<Address>,
    /// By the place of the priority in the index's list.
    pub(crate) priorities: Vec<Sums>,
}

/// The sums of a priority in a group.
#[derive(Clone, Default)]
pub(crate) struct Sums {
    pub(crate) mentions: u64,
    pub(crate) passages: u64,
    pub(crate) model_only_passages: u64,
    pub(crate) documents: u64,
    pub(crate) words: u64,
    pub(crate) dates: Option<(CivilDate, CivilDate)>,
    /// The latest date of a document with a mention.
    pub(crate) last_mention: Option<CivilDate>,
    pub(crate) last: Option<Address>,
}

impl<'a> Counting<'a> {
    fn new(grouping: &'a Grouping, n_priorities: usize) -> Self {
        let (places, groups) = (BTreeMap::new(), Vec::new());
        Self { grouping, n_priorities, current: None, places, groups }
    }

    /// Takes in a passage; one that is no speech makes a group of its document that may stay empty.
    fn add(&mut self, passage: &PassageColumns<'_>, document: &GroupedDocument, n_folded: u64) {
        if !passage.is_speech && self.grouping.is_of_passages() {
            return;
        }
        let place = self.place_of(passage, document);
        if let Some(group) = self.groups.get_mut(place).filter(|_| passage.is_speech) {
            group.add(passage, document.metadata.date, n_folded);
        }
    }

    /// Returns the place of the group that a passage is of.
    fn place_of(&mut self, passage: &PassageColumns<'_>, document: &GroupedDocument) -> usize {
        if let Some((head, speaker, place)) = &self.current
            && *head == passage.head
            && (!self.grouping.is_of_passages() || speaker.as_ref() == passage.speaker)
        {
            return *place;
        }
        let key = self.grouping.key(&Grouped {
            document: document.id,
            metadata: &document.metadata,
            speaker: passage.speaker.map(|name| &**name),
        });
        let place = *self.places.entry(key).or_insert(self.groups.len());
        if place == self.groups.len() {
            let priorities = vec![Sums::default(); self.n_priorities];
            self.groups.push(Group { priorities, ..Group::default() });
        }
        self.current = Some((passage.head, passage.speaker.cloned(), place));
        place
    }

    fn finish(mut self) -> Groups {
        let places = std::mem::take(&mut self.places).into_iter();
        places.map(|(key, place)| (key, std::mem::take(&mut self.groups[place]))).collect()
    }
}

impl Group {
    /// Makes a group of an index in which nothing was found.
    pub(crate) fn empty(reader: &Reader) -> Self {
        let n_priorities = reader.manifest().description.priorities.len();
        Self { priorities: vec![Sums::default(); n_priorities], ..Self::default() }
    }

    fn add(&mut self, passage: &PassageColumns<'_>, date: Option<CivilDate>, n_folded: u64) {
        self.passages += 1;
        self.words += passage.words;
        if self.last.replace(passage.head) != Some(passage.head) {
            self.documents += 1;
            self.folded += n_folded;
        }
        for label in passage.labels {
            let Some(sums) = self.priorities.get_mut(label.priority) else { continue };
            sums.mentions += label.n_mentions;
            sums.passages += 1;
            sums.model_only_passages += u64::from(label.model_only);
            sums.words += passage.words;
            if sums.last.replace(passage.head) != Some(passage.head) {
                sums.documents += 1;
            }
            if let Some(date) = date {
                let (first, last) = sums.dates.unwrap_or((date, date));
                sums.dates = Some((first.min(date), last.max(date)));
                if label.n_mentions > 0 {
                    sums.last_mention = sums.last_mention.max(Some(date));
                }
            }
        }
    }

    /// Tells whether shares of its passages say little; there are some.
    pub(crate) const fn has_few_passages(&self) -> bool {
        self.passages > 0 && self.passages < FEW_PASSAGES
    }
}

/// Divides counts; none where there is nothing to divide by.
pub(crate) fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
