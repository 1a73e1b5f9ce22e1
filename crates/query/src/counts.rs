use crate::QueryError;
use crate::error::check_labels;
use crate::group_counts::{Group, count_parts, group_values, ratio};
use crate::grouping::{GroupBy, Grouping, groupings, read_groupings};
use crate::interval::wilson;
use crate::slices::{NamedPart, slices};
use crate::trend::{FEW_MENTIONS, TrendFlag};
use onrecord_indexing::{PriorityName, Reader};
use onrecord_model::CivilDate;
use serde::{Deserialize, Serialize};

/// A question for how often each priority was spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PrioritiesRequest {
    /// What to group by, each with each, see [`groupings`].
    #[serde(deserialize_with = "read_groupings", skip_serializing_if = "Option::is_none")]
    pub by: Option<Vec<GroupBy>>,
    /// The parts of the corpus to count in, each by itself; the whole where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<NamedPart>,
    /// A query for the passages to count.
    #[serde(alias = "filter", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Whether copies and other transcripts of one speech are counted once: of the documents of a
    /// group in which something was found, the one with the most words of speech, ties by id.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fold_duplicates: bool,
    /// What the cells of a cross table hold, where one is asked for in the place of a row for each
    /// group and priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross: Option<Measure>,
    /// Whether the labels behind the counts are asked for in their place.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub explode: bool,
}

/// What can be counted of a priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Occurrences of terms that counted.
    Mentions,
    /// Passages with the label.
    Passages,
    /// Documents with such a passage.
    Documents,
    /// Mentions in 1,000 words of the group.
    #[serde(rename = "per-1000-words")]
    Per1000Words,
    /// Share of the group's passages with the label.
    ShareOfPassages,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 5] = [
        Self::Mentions,
        Self::Passages,
        Self::Documents,
        Self::Per1000Words,
        Self::ShareOfPassages,
    ];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::Passages => "passages",
            Self::Documents => "documents",
            Self::Per1000Words => "per-1000-words",
            Self::ShareOfPassages => "share-of-passages",
        }
    }
}

/// How often each priority was spoken of in each group.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorityCounts {
    /// One row for each group and priority: parts in the order given, groups in the order of their
    /// values, priorities in that of the taxonomy, zeros included.
    pub rows: Vec<PriorityRow>,
    /// The parts of which no passage was found.
    pub empty_parts: Vec<String>,
}

/// The counts of a priority in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorityRow {
    /// The name of the part, where parts are named, and the values of the group; none where there is
    /// none.
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
    /// The 95 % interval of the share, its lower end first; none where there is no share.
    pub interval: Option<(f64, f64)>,
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
    /// What is to be minded about it.
    pub flags: Vec<TrendFlag>,
    /// Documents that were folded into documents of the group.
    pub folded_documents: u64,
}

/// Counts the passages of speech that a query finds, or all, by group and priority.
///
/// # Errors
/// When a query cannot be understood, a grouping is asked for twice or not there, or what the
/// index holds is not what was written.
pub fn count_priorities(
    reader: &Reader,
    request: &PrioritiesRequest,
) -> Result<PriorityCounts, QueryError> {
    check_labels(reader)?;
    let grouping = Grouping::new(reader, &groupings(request.by.as_deref(), &request.parts))?;
    let names = reader.manifest().description.ranked();
    let (mut rows, mut empty_parts) = (Vec::new(), Vec::new());
    let fold = request.fold_duplicates;
    let slices = slices(reader, request.query.as_deref(), &request.parts)?;
    for (slice, counted) in count_parts(reader, &grouping, slices, fold)? {
        if counted.iter().all(|(_, group)| group.passages == 0) {
            empty_parts.extend(slice.name.clone());
        }
        for (key, group) in &counted {
            let of_group = names
                .iter()
                .map(|(place, name)| row_of(group, group_values(&slice, key), *place, name));
            rows.extend(of_group);
        }
    }
    Ok(PriorityCounts { rows, empty_parts })
}

/// Makes the row of a group and the priority at a place.
fn row_of(
    group: &Group,
    values: Vec<Option<String>>,
    place: usize,
    name: &PriorityName,
) -> PriorityRow {
    let sums = &group.priorities[place];
    let flags = [
        (TrendFlag::Gap, group.passages == 0),
        (TrendFlag::FewPassages, group.has_few_passages()),
        (TrendFlag::FewMentions, (1..FEW_MENTIONS).contains(&sums.mentions)),
    ];
    PriorityRow {
        group: values,
        priority_id: name.id.clone(),
        priority: name.label.clone(),
        mentions: sums.mentions,
        passages: sums.passages,
        model_only_passages: sums.model_only_passages,
        documents: sums.documents,
        words: sums.words,
        per_1000_words: ratio(sums.mentions * 1000, group.words),
        share_of_passages: ratio(sums.passages, group.passages),
        interval: wilson(sums.passages, group.passages),
        first_date: sums.dates.map(|(first, _)| first),
        last_date: sums.dates.map(|(_, last)| last),
        group_passages: group.passages,
        group_documents: group.documents,
        group_words: group.words,
        flags: flags.into_iter().filter_map(|(flag, holds)| holds.then_some(flag)).collect(),
        folded_documents: group.folded,
    }
}
