//! Silence: which priorities a group did not mention, and whether that says anything.

use crate::QueryError;
use crate::error::check_labels;
use crate::group_counts::{Group, count_condition, count_parts, group_values, ratio};
use crate::grouping::{GroupBy, Grouping, Key, groupings, read_groupings};
use crate::slices::{NamedPart, Slice, slices};
use onrecord_indexing::Reader;
use onrecord_model::CivilDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question for what was not spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CoverageRequest {
    /// What to group by, each with each, see [`groupings`].
    #[serde(deserialize_with = "read_groupings", skip_serializing_if = "Option::is_none")]
    pub by: Option<Vec<GroupBy>>,
    /// The parts of the corpus to look at, each by itself; the whole where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<NamedPart>,
    /// A query for the passages to look at.
    #[serde(alias = "filter", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Whether copies and other transcripts of one speech are counted once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fold_duplicates: bool,
    /// Whether what was mentioned is listed too, and groups of which nothing is known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
}

/// What was not spoken of.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Parts in the order given, groups in the order of their values, priorities in that of the
    /// taxonomy.
    pub rows: Vec<CoverageRow>,
    /// Passages of groups that are left out, because it is not known which they are of.
    pub n_untold_passages: u64,
    /// The parts of which no passage was found.
    pub empty_parts: Vec<String>,
}

/// A priority and a group, which did not mention it.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageRow {
    /// The name of the part, where parts are named, and the values of the group; none where there is
    /// none.
    pub group: Vec<Option<String>>,
    /// The id of the priority.
    pub priority_id: String,
    /// Its name.
    pub priority: String,
    /// Whether the group mentioned it.
    pub status: CoverageStatus,
    /// Occurrences of terms that counted.
    pub mentions: u64,
    /// Passages with a mention.
    pub passages: u64,
    /// Passages that have the label from the model alone, without a mention.
    pub model_only_passages: u64,
    /// The last date at which the group mentioned it, in the whole index; of a stretch of time, the
    /// last one before it.
    pub last_date: Option<CivilDate>,
    /// The share of passages with a mention among all others that were looked at, 0 to 1; none where
    /// there are no others.
    pub others_share: Option<f64>,
    /// The passages with a mention that the group would have at the share of the others.
    pub expected_passages: Option<f64>,
    /// How likely a group of this size is to have none by chance, 0 to 1, at the share of the
    /// others.
    pub chance_of_none: Option<f64>,
    /// Passages of speech in the group.
    pub group_passages: u64,
    /// Documents with such a passage.
    pub group_documents: u64,
    /// Words of speech in the group.
    pub group_words: u64,
    /// Documents that were folded into documents of the group.
    pub folded_documents: u64,
}

/// Whether a group mentioned a priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageStatus {
    /// It did.
    Mentioned,
    /// It did not, but weights alone labelled passages of it.
    ModelOnly,
    /// It did not.
    Silent,
    /// It has no passage of speech, so nothing can be told.
    NoSpeech,
}

impl CoverageStatus {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::ModelOnly => "model-only",
            Self::Silent => "silent",
            Self::NoSpeech => "no-speech",
        }
    }

    const fn is_silence(self) -> bool {
        match self {
            Self::ModelOnly | Self::Silent => true,
            Self::Mentioned | Self::NoSpeech => false,
        }
    }
}

/// Finds the priorities that groups of passages of speech did not mention.
///
/// # Errors
/// As [`count_priorities`](crate::count_priorities).
pub fn find_silence(reader: &Reader, request: &CoverageRequest) -> Result<Coverage, QueryError> {
    check_labels(reader)?;
    let by = groupings(request.by.as_deref(), &request.parts);
    let grouping = Grouping::new(reader, &by)?;
    let mut coverage = Coverage { rows: Vec::new(), n_untold_passages: 0, empty_parts: Vec::new() };
    let slices = slices(reader, request.query.as_deref(), &request.parts)?;
    for (slice, counted) in count_parts(reader, &grouping, slices, request.fold_duplicates)? {
        let all = Others::of(reader, &slice, &counted, request.fold_duplicates)?;
        if all.n_passages_inside == 0 {
            coverage.empty_parts.extend(slice.name.clone());
        }
        let history = if request.query.is_some() {
            let whole = count_condition(reader, &grouping, &slice.own, request.fold_duplicates)?;
            History::of(&grouping, &whole)
        } else {
            History::of(&grouping, &counted)
        };
        for (key, group) in &counted {
            if !request.all && !grouping.is_told(key) {
                coverage.n_untold_passages += group.passages;
                continue;
            }
            let values = group_values(&slice, key);
            for (place, name) in reader.manifest().description.ranked() {
                let row = CoverageRow {
                    group: values.clone(),
                    priority_id: name.id.clone(),
                    priority: name.label.clone(),
                    last_date: history.last_mention(key, place),
                    ..CoverageRow::new(group, &all, place)
                };
                if request.all || row.status.is_silence() {
                    coverage.rows.push(row);
                }
            }
        }
    }
    Ok(coverage)
}

/// All that was looked at: the groups of a part, and what lies outside of it.
struct Others {
    n_passages_inside: u64,
    n_passages: u64,
    /// By the place of the priority: passages with a mention.
    n_mentioned: Vec<u64>,
}

impl Others {
    /// Adds up what was counted in a part and what the query finds outside of it.
    fn of(
        reader: &Reader,
        slice: &Slice,
        counted: &[(Key, Group)],
        fold_duplicates: bool,
    ) -> Result<Self, QueryError> {
        let outside = match &slice.name {
            None => Vec::new(),
            Some(_) => {
                let outside = slice.without_own();
                count_condition(reader, &Grouping::default(), &outside, fold_duplicates)?
            }
        };
        let inside = counted.iter().map(|(_, group)| group.passages).sum();
        let groups = || counted.iter().chain(&outside).map(|(_, group)| group);
        let n_priorities = reader.manifest().description.priorities.len();
        let mentioned = |place: usize| groups().map(|group| n_mentioned(group, place)).sum();
        Ok(Self {
            n_passages_inside: inside,
            n_passages: groups().map(|group| group.passages).sum(),
            n_mentioned: (0..n_priorities).map(mentioned).collect(),
        })
    }
}

/// Counts the passages of a group with a mention of the priority at a place.
fn n_mentioned(group: &Group, place: usize) -> u64 {
    group.priorities.get(place).map_or(0, |sums| sums.passages - sums.model_only_passages)
}

impl CoverageRow {
    /// Computes what a group said of the priority at a place, and what all others did.
    fn new(group: &Group, all: &Others, place: usize) -> Self {
        let sums = group.priorities.get(place).cloned().unwrap_or_default();
        let (mentions, model_only_passages) = (sums.mentions, sums.model_only_passages);
        let passages = n_mentioned(group, place);
        let n_all = all.n_mentioned.get(place).copied().unwrap_or(0);
        let others_share = ratio(n_all - passages, all.n_passages - group.passages);
        Self {
            group: Vec::new(),
            priority_id: String::new(),
            priority: String::new(),
            status: match (group.passages, mentions, model_only_passages) {
                (0, _, _) => CoverageStatus::NoSpeech,
                (_, 1.., _) => CoverageStatus::Mentioned,
                (_, 0, 1..) => CoverageStatus::ModelOnly,
                (_, 0, 0) => CoverageStatus::Silent,
            },
            mentions,
            passages,
            model_only_passages,
            last_date: None,
            others_share,
            expected_passages: others_share.map(|share| share * group.passages as f64),
            chance_of_none: others_share.map(|share| chance_of_none(share, group.passages)),
            group_passages: group.passages,
            group_documents: group.documents,
            group_words: group.words,
            folded_documents: group.folded,
        }
    }
}

/// Returns how likely none of so many passages has what a share of all have, were they drawn by
/// chance.
fn chance_of_none(share: f64, n_passages: u64) -> f64 {
    (1.0 - share).powf(n_passages as f64)
}

/// When groups mentioned priorities, in the whole index.
struct History {
    /// By the values apart from those of time, those of time, and the place of the priority: the
    /// last date of a mention.
    last: BTreeMap<(Key, usize), BTreeMap<Key, CivilDate>>,
    /// Which values of a key are those of time.
    is_time: Vec<bool>,
}

impl History {
    fn of(grouping: &Grouping, counted: &[(Key, Group)]) -> Self {
        let is_time = grouping
            .by()
            .iter()
            .flat_map(|by| by.columns().into_iter().map(|_| by.is_time()))
            .collect();
        let mut history = Self { last: BTreeMap::new(), is_time };
        for (key, group) in counted {
            let (time, rest) = history.split(key);
            for (place, sums) in group.priorities.iter().enumerate() {
                if let Some(date) = sums.last_mention {
                    let of_rest = history.last.entry((rest.clone(), place)).or_default();
                    of_rest.insert(time.clone(), date);
                }
            }
        }
        history
    }

    /// Parts the values of time from the others.
    fn split(&self, key: &Key) -> (Key, Key) {
        let parted: (Vec<_>, Vec<_>) =
            key.iter().cloned().zip(&self.is_time).partition(|(_, is_time)| **is_time);
        let values = |pairs: Vec<(Option<String>, &bool)>| {
            pairs.into_iter().map(|(value, _)| value).collect::<Key>()
        };
        (values(parted.0), values(parted.1))
    }

    /// Returns the last date at which a group mentioned a priority; of a stretch of time, the last
    /// one before it.
    fn last_mention(&self, key: &Key, place: usize) -> Option<CivilDate> {
        let (time, rest) = self.split(key);
        let of_rest = self.last.get(&(rest, place))?;
        let is_before = |(when, _): &(&Key, &CivilDate)| {
            time.is_empty() || (*when < &time && when.iter().all(Option::is_some))
        };
        of_rest.iter().filter(is_before).map(|(_, date)| *date).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group_counts::Sums;

    fn group(n_passages: u64, n_mentions: u64, n_mentioned: u64, n_by_model: u64) -> Group {
        let sums = Sums {
            mentions: n_mentions,
            passages: n_mentioned + n_by_model,
            model_only_passages: n_by_model,
            ..Sums::default()
        };
        Group { passages: n_passages, priorities: vec![sums], ..Group::default() }
    }

    #[test]
    fn silence_is_told_from_what_cannot_be_told() {
        let all = Others { n_passages_inside: 1000, n_passages: 1000, n_mentioned: vec![60] };
        for (group, status, share, expected) in [
            (group(100, 0, 0, 0), CoverageStatus::Silent, 60.0 / 900.0, 60.0 / 9.0),
            (group(100, 0, 0, 2), CoverageStatus::ModelOnly, 60.0 / 900.0, 60.0 / 9.0),
            (group(100, 12, 10, 2), CoverageStatus::Mentioned, 50.0 / 900.0, 50.0 / 9.0),
            (group(0, 0, 0, 0), CoverageStatus::NoSpeech, 0.06, 0.0),
        ] {
            let row = CoverageRow::new(&group, &all, 0);
            assert_eq!(row.status, status);
            let found = (row.others_share.unwrap(), row.expected_passages.unwrap());
            assert!((found.0 - share).abs() < 1e-12 && (found.1 - expected).abs() < 1e-9);
        }
        let alone = CoverageRow::new(&group(1000, 90, 60, 5), &all, 0);
        assert_eq!((alone.others_share, alone.chance_of_none), (None, None));
    }

    #[test]
    fn a_chance_is_that_of_drawing() {
        for (share, n, chance) in [(0.0, 50, 1.0), (0.5, 3, 0.125), (0.1, 0, 1.0), (1.0, 2, 0.0)] {
            assert!((chance_of_none(share, n) - chance).abs() < 1e-12, "{share} {n}");
        }
    }
}
