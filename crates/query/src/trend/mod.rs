//! How often a query is met, by time, speaker or kind, and against how much.

mod counting;
mod group;
mod row;

use crate::QueryError;
use crate::base::{Base, BaseSource};
use crate::parse::Match;
use crate::periods::period_of_day;
use crate::question::Question;
use counting::{SeriesCounts, Sums};
use group::Group;
use onrecord_indexing::Reader;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

pub use group::TrendBy;
pub use row::{FEW_MENTIONS, FEW_PASSAGES, TrendCounts, TrendFlag, TrendRow};

/// A question for how often queries are met.
#[derive(Clone, Debug, Default)]
pub struct TrendRequest {
    /// The queries, in the language of `docs/query-syntax.md`, one series each.
    pub queries: Vec<String>,
    /// What all are measured against; without it, each against the passages that meet its fields.
    pub base: Option<String>,
    /// What to group by.
    pub by: TrendBy,
    /// The order of speakers and kinds; stretches of time have their own.
    pub order: TrendOrder,
    /// How many speakers or kinds to return; 0 for all. Groups of what cannot be told stay.
    pub limit: usize,
    /// Whether copies and other transcripts of one speech are counted once.
    pub fold_duplicates: bool,
}

/// The order of groups that have names, over all queries together; ties by base words, the most
/// first, then by name. What cannot be told comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrendOrder {
    /// By mentions, the most first; where no query asks for words, by passages.
    #[default]
    Mentions,
    /// By mentions per 1,000 words, the highest first, behind them those with few passages.
    Rate,
    /// By words of the base, the most first.
    Words,
    /// By name.
    Name,
}

/// How often queries are met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendResponse {
    /// What the groups are: `year`, `quarter`, `month`, `speaker`, `kind`.
    pub by: &'static str,
    /// How many groups there are beyond the limit.
    pub n_groups_left_out: usize,
    /// One for each query, in their order; all have the same groups, in the same order.
    pub series: Vec<TrendSeries>,
}

/// How often a query is met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendSeries {
    /// The query as it was written.
    pub query: String,
    /// The base, as a query; none where it is all passages of speech.
    pub base: Option<String>,
    /// Why the base is not, or not only, what the query's fields ask for; none where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_note: Option<&'static str>,
    /// Passages that were found and are no speech: headings, header lines, notes.
    pub n_passages_not_speech: u64,
    /// Matches in passages of speech that were not said: in stage directions and labels of turns.
    pub n_matches_not_speech: u64,
    /// Documents of the base that were left out because duplicates stand for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_folded_documents: Option<u64>,
    /// All groups together, those beyond the limit too.
    pub total: TrendCounts,
    /// The groups.
    pub rows: Vec<TrendRow>,
}

/// Counts the matches of queries in passages of speech, by group.
///
/// Stretches of time run from the first to the last that the base of any query has documents in,
/// or that its `date:` names; those between without any are there and flagged.
///
/// # Errors
/// When a query cannot be understood, or what the index holds is not what was written.
pub fn trend(reader: &Reader, request: &TrendRequest) -> Result<TrendResponse, QueryError> {
    let mut asked = Vec::with_capacity(request.queries.len());
    for written in &request.queries {
        let question = Question::new(reader, written, Match::All)?;
        let base = match &request.base {
            Some(base) => Base::given(reader, base)?,
            None => Base::of(reader, &question.query)?,
        };
        asked.push((question, base));
    }
    reader.check_contents()?;
    let days = asked.iter().map(|(_, base)| base.days).collect::<Vec<_>>();
    let mut counted = Vec::with_capacity(asked.len());
    for (question, base) in asked {
        counted.push(SeriesCounts::count(reader, question, base, request)?);
    }
    let groups = all_groups(request.by, &counted, &days);
    let (groups, n_groups_left_out) = chosen(groups, &counted, request);
    let series = counted.into_iter().zip(&request.queries);
    let series = series.map(|(counted, written)| describe(counted, written, &groups, request.by));
    Ok(TrendResponse { by: request.by.name(), n_groups_left_out, series: series.collect() })
}

/// Lists the groups of all series, stretches of time without a gap.
fn all_groups(
    by: TrendBy,
    counted: &[SeriesCounts],
    days: &[(Option<u32>, Option<u32>)],
) -> Vec<Group> {
    let mut groups: BTreeSet<Group> =
        counted.iter().flat_map(|counting| counting.groups.keys().cloned()).collect();
    if let Some(a_year) = by.periods_a_year() {
        let ends = days.iter().flat_map(|(first, last)| [*first, *last]).flatten();
        let ends = ends.map(|day| period_of_day(day, a_year));
        let periods: Vec<u32> = groups.iter().filter_map(Group::period).chain(ends).collect();
        if let (Some(first), Some(last)) = (periods.iter().min(), periods.iter().max()) {
            groups.extend((*first..=*last).map(Group::Period));
        }
    }
    groups.into_iter().collect()
}

/// Orders groups that have names, and takes as many as are asked for; returns how many are left
/// out.
fn chosen(
    mut groups: Vec<Group>,
    counted: &[SeriesCounts],
    request: &TrendRequest,
) -> (Vec<Group>, usize) {
    if request.by.periods_a_year().is_some() {
        return (groups, 0);
    }
    let sums: BTreeMap<Group, Sums> = groups
        .iter()
        .map(|group| {
            let of_series = counted.iter().filter_map(|counting| counting.groups.get(group));
            let sum = of_series.fold(Sums::default(), |sum, one| sum.plus(one));
            (group.clone(), sum)
        })
        .collect();
    let has_words = counted.iter().any(|counting| counting.has_words);
    groups.sort_by(|a, b| {
        let by_size = compare(&sums[a], &sums[b], request.order, has_words);
        a.is_untold().cmp(&b.is_untold()).then(by_size).then_with(|| a.cmp(b))
    });
    let n_named = groups.iter().filter(|group| !group.is_untold()).count();
    let limit = if request.limit == 0 { n_named } else { request.limit.min(n_named) };
    groups.drain(limit..n_named);
    (groups, n_named - limit)
}

/// Compares two groups by what they are ordered by, the first to be shown being less.
fn compare(one: &Sums, other: &Sums, order: TrendOrder, has_words: bool) -> Ordering {
    let by_words = other.base_words.cmp(&one.base_words);
    match order {
        TrendOrder::Mentions if has_words => other.mentions.cmp(&one.mentions).then(by_words),
        TrendOrder::Mentions => other.passages.cmp(&one.passages).then(by_words),
        TrendOrder::Rate => {
            let rate = |sums: &Sums| row::per_1000(sums.mentions, sums.base_words);
            let by_size = row::is_few(one.base_passages).cmp(&row::is_few(other.base_passages));
            by_size.then(rate(other).total_cmp(&rate(one))).then(by_words)
        }
        TrendOrder::Words => by_words,
        TrendOrder::Name => Ordering::Equal,
    }
}

fn describe(counted: SeriesCounts, written: &str, groups: &[Group], by: TrendBy) -> TrendSeries {
    let has_words = counted.has_words;
    let none = Sums::default();
    let row = |group: &Group| {
        let sums = counted.groups.get(group).unwrap_or(&none);
        TrendRow::new(group, by, &sums.counts(has_words))
    };
    TrendSeries {
        query: written.to_owned(),
        base_note: match counted.base.source {
            BaseSource::Given | BaseSource::Fields => None,
            BaseSource::SomeFields => Some(
                "fields beside words, as under OR, narrow what is found and not what it is measured against",
            ),
            BaseSource::NoWords => Some(
                "the query asks for fields alone, so it is measured against all passages of speech",
            ),
        },
        base: counted.base.written,
        n_passages_not_speech: counted.n_passages_not_speech,
        n_matches_not_speech: counted.n_matches_not_speech,
        n_folded_documents: counted.n_folded_documents,
        total: counted.total.counts(has_words),
        rows: groups.iter().map(row).collect(),
    }
}
