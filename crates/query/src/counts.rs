use crate::QueryError;
use crate::duplicates::DuplicateGroups;
use crate::error::check_labels;
use crate::question::condition_of;
use onrecord_indexing::{Address, Condition, DocumentRecord, PassageColumns, Reader};
use onrecord_model::{CivilDate, DocumentId, Metadata};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What the passages of a report are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The document.
    Document,
    /// Whose words they are; those of nobody in particular are a group of their own.
    Speaker,
    /// The year of the document; those without one are a group of their own.
    Year,
    /// The month of the document; those without one are a group of their own.
    Month,
    /// The kind of the document.
    Kind,
    /// The body that put the document out.
    Issuer,
}

/// How often each priority was spoken of in each group.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorityCounts {
    /// The names of the columns that say which group it is.
    pub group_columns: &'static [&'static str],
    /// One row for each group and priority, groups in the order of their values, priorities in
    /// that of the taxonomy, zeros included.
    pub rows: Vec<PriorityRow>,
}

/// The counts of a priority in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorityRow {
    /// The values of the group columns; none where there is none.
    pub group: Vec<Option<String>>,
    /// The id of the priority.
    pub priority_id: String,
    /// Its name.
    pub priority: String,
    /// Occurrences of terms that counted.
    pub mentions: u64,
    /// Passages with the label.
    pub passages: u64,
    /// Of these, the passages that have it from the model alone.
    pub model_only_passages: u64,
    /// Documents with such a passage.
    pub documents: u64,
    /// Words of speech in the passages with the label.
    pub words: u64,
    /// Mentions in 1,000 words of the group; none where it has no words.
    pub per_1000_words: Option<f64>,
    /// Share of the group's passages with the label, 0 to 1; none where it has no passages.
    pub share_of_passages: Option<f64>,
    /// The earliest date of such a document.
    pub first_date: Option<CivilDate>,
    /// The latest date of such a document.
    pub last_date: Option<CivilDate>,
    /// Passages of speech in the group.
    pub group_passages: u64,
    /// Documents with such a passage.
    pub group_documents: u64,
    /// Words of speech in the group.
    pub group_words: u64,
    /// Documents that were folded into documents of the group.
    pub folded_documents: u64,
}

impl GroupBy {
    /// All groupings.
    pub const ALL: [Self; 6] =
        [Self::Document, Self::Speaker, Self::Year, Self::Month, Self::Kind, Self::Issuer];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Speaker => "speaker",
            Self::Year => "year",
            Self::Month => "month",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
        }
    }

    /// Returns the grouping of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }

    /// Returns the columns that say which group it is.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Document => &["document_id", "title", "date", "path"],
            Self::Speaker => &["speaker"],
            Self::Year => &["year"],
            Self::Month => &["month"],
            Self::Kind => &["kind"],
            Self::Issuer => &["issuer"],
        }
    }

    /// Returns the group of a passage.
    pub(crate) fn key(
        self,
        document: DocumentId,
        metadata: &Metadata,
        speaker: Option<&str>,
    ) -> Vec<Option<String>> {
        let date = metadata.date;
        match self {
            Self::Document => vec![
                Some(document.to_string()),
                metadata.title.clone(),
                date.map(|date| date.to_string()),
                Some(metadata.source.path.to_string_lossy().into_owned()),
            ],
            Self::Speaker => vec![speaker.map(str::to_owned)],
            Self::Year => vec![date.map(|date| format!("{:04}", date.year()))],
            Self::Month => vec![date.and_then(|date| {
                date.month().map(|month| format!("{:04}-{month:02}", date.year()))
            })],
            Self::Kind => vec![Some(metadata.kind.name().to_owned())],
            Self::Issuer => vec![metadata.issuer.clone()],
        }
    }
}

/// Counts the passages of speech that a query finds, or all, by group and priority.
///
/// With `fold_duplicates` each group of duplicates counts once: of its documents in which
/// something was found, the one with the most words of speech, ties by id.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn count_priorities(
    reader: &Reader,
    by: GroupBy,
    query: Option<&str>,
    fold_duplicates: bool,
) -> Result<PriorityCounts, QueryError> {
    check_labels(reader)?;
    let condition = match query {
        None => Condition::All,
        Some(query) => condition_of(reader, query)?,
    };
    let n_priorities = reader.manifest().description.priorities.len();
    let folding =
        if fold_duplicates { Folding::of(reader, &condition)? } else { Folding::default() };
    let mut counting = PriorityCounting {
        reader,
        by,
        n_priorities,
        folding,
        document: None,
        groups: BTreeMap::new(),
    };
    let mut failed = None;
    reader.for_each_passage(&condition, |passage| {
        if failed.is_none() {
            failed = counting.add(passage).err();
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(PriorityCounts { group_columns: by.columns(), rows: counting.rows() }),
    }
}

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

    /// Tells whether another document stands for the one whose head is at an address.
    pub(crate) fn is_folded(&self, head: Address) -> bool {
        self.folded.contains(&head)
    }

    /// Counts the documents that others stand for.
    pub(crate) fn n_folded_documents(&self) -> u64 {
        self.folded.len() as u64
    }
}

struct PriorityCounting<'a> {
    reader: &'a Reader,
    by: GroupBy,
    n_priorities: usize,
    folding: Folding,
    /// The document of the last passage.
    document: Option<(Address, DocumentRecord)>,
    groups: BTreeMap<Vec<Option<String>>, Group>,
}

/// The sums of a group; what counts documents remembers the last one, because the passages of a
/// document come one behind the other.
#[derive(Clone, Default)]
struct Group {
    passages: u64,
    documents: u64,
    words: u64,
    folded: u64,
    last: Option<Address>,
    priorities: Vec<Sums>,
}

#[derive(Clone, Default)]
struct Sums {
    mentions: u64,
    passages: u64,
    model_only_passages: u64,
    documents: u64,
    words: u64,
    dates: Option<(CivilDate, CivilDate)>,
    last: Option<Address>,
}

impl PriorityCounting<'_> {
    fn add(&mut self, passage: &PassageColumns<'_>) -> Result<(), QueryError> {
        if !passage.is_speech && self.by == GroupBy::Speaker || self.folding.is_folded(passage.head)
        {
            return Ok(());
        }
        if self.document.as_ref().is_none_or(|(head, _)| *head != passage.head) {
            self.document = Some((passage.head, self.reader.document_at(passage.head)?));
        }
        let Some((head, document)) = &self.document else { return Ok(()) };
        let date = document.metadata.date;
        let key =
            self.by.key(document.id(), &document.metadata, passage.speaker.map(|name| &**name));
        let n_priorities = self.n_priorities;
        let group = self.groups.entry(key).or_insert_with(|| Group {
            priorities: vec![Sums::default(); n_priorities],
            ..Group::default()
        });
        if !passage.is_speech {
            return Ok(());
        }
        group.passages += 1;
        group.words += passage.words;
        if group.last.replace(*head) != Some(*head) {
            group.documents += 1;
            group.folded += self.folding.n_folded.get(head).copied().unwrap_or(0);
        }
        for label in passage.labels {
            let Some(sums) = group.priorities.get_mut(label.priority) else { continue };
            sums.mentions += label.n_mentions;
            sums.passages += 1;
            sums.model_only_passages += u64::from(label.model_only);
            sums.words += passage.words;
            if sums.last.replace(*head) != Some(*head) {
                sums.documents += 1;
            }
            if let Some(date) = date {
                let (first, last) = sums.dates.unwrap_or((date, date));
                sums.dates = Some((first.min(date), last.max(date)));
            }
        }
        Ok(())
    }

    fn rows(self) -> Vec<PriorityRow> {
        let names = self.reader.manifest().description.ranked();
        let mut rows = Vec::with_capacity(self.groups.len() * names.len());
        for (key, group) in &self.groups {
            for &(place, name) in &names {
                let sums = &group.priorities[place];
                rows.push(PriorityRow {
                    group: key.clone(),
                    priority_id: name.id.clone(),
                    priority: name.label.clone(),
                    mentions: sums.mentions,
                    passages: sums.passages,
                    model_only_passages: sums.model_only_passages,
                    documents: sums.documents,
                    words: sums.words,
                    per_1000_words: ratio(sums.mentions * 1000, group.words),
                    share_of_passages: ratio(sums.passages, group.passages),
                    first_date: sums.dates.map(|(first, _)| first),
                    last_date: sums.dates.map(|(_, last)| last),
                    group_passages: group.passages,
                    group_documents: group.documents,
                    group_words: group.words,
                    folded_documents: group.folded,
                });
            }
        }
        rows
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
