//! Two parts of a corpus, side by side: how often each spoke of each priority, and in which words
//! they differ.

use crate::QueryError;
use crate::error::check_labels;
use crate::group_counts::{Group, count_condition, ratio};
use crate::grouping::Grouping;
use crate::interval::wilson;
use crate::keyness::{Key, KeynessRequest, KeynessRow, KeynessSort, find_keywords, measure};
use crate::question::condition_of;
use crate::statistics::{difference_of_shares, log_ratio};
use crate::tally::Counting;
use onrecord_indexing::{Condition, Reader};
use serde::{Deserialize, Serialize};

/// Below so many occurrences, in both parts together, a word is not compared.
const MIN_COUNT: u64 = 5;

/// A question for how two parts of a corpus differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CompareRequest {
    /// The query that finds the passages of part A.
    pub a: String,
    /// The query that finds those of part B; all other speech where there is none. What both find
    /// counts in A alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
    /// How many keywords of each part to list.
    #[serde(default = "usual_keywords")]
    pub keywords: usize,
    /// Whether copies and other transcripts of one speech are counted once, in each part for
    /// itself; of keywords they are not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fold_duplicates: bool,
}

const fn usual_keywords() -> usize {
    CompareRequest::KEYWORDS
}

/// Something that two parts of a corpus are compared in.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareRow {
    /// What it is.
    pub item: ComparedItem,
    /// What there is of it in A.
    pub a: SideCounts,
    /// What there is of it in B.
    pub b: SideCounts,
    /// In which part it is more frequent, as far as that can be told.
    pub more_in: MoreIn,
    /// The share of passages of A less that of B, −1 to 1, with its 95 % interval; none for words.
    pub difference: Option<(f64, f64, f64)>,
    /// How much more frequent its mentions are in A, to the base of 2; none where a part has none
    /// and is too small to tell.
    pub log_ratio: Option<f64>,
    /// The evidence that a word is not as frequent in both; none for priorities.
    pub g2: Option<f64>,
    /// Whether there is so little of it that the figures say little.
    pub is_doubtful: bool,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparedItem {
    /// A priority, by its id and name.
    Priority(String, String),
    /// A word.
    Keyword(String),
}

/// What there is of something in a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideCounts {
    /// Mentions of the priority, or occurrences of the word.
    pub mentions: u64,
    /// Words of speech in the part.
    pub words: u64,
    /// Mentions in 1,000 words; none where the part has none.
    pub per_1000_words: Option<f64>,
    /// Passages with the label; none for words.
    pub passages: Option<u64>,
    /// Passages of speech in the part; none for words.
    pub all_passages: Option<u64>,
    /// The share of passages, 0 to 1, and its 95 % interval; none for words.
    pub share: Option<(f64, f64, f64)>,
    /// Documents with it.
    pub documents: u64,
    /// Documents that others of the part stand for; none for words, of which none are folded.
    pub folded_documents: Option<u64>,
}

/// In which part something is more frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoreIn {
    /// In part A.
    A,
    /// In part B.
    B,
    /// It cannot be told: the interval of the difference holds zero.
    CannotTell,
}

impl MoreIn {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::CannotTell => "cannot-tell",
        }
    }
}

impl CompareRequest {
    /// How many keywords are listed where nothing is said.
    pub const KEYWORDS: usize = 20;
}

/// How two parts of a corpus differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// First the priorities, in the order of the taxonomy, then the keywords of A, then those of B,
    /// those with the most evidence first.
    pub rows: Vec<CompareRow>,
    /// Passages of speech that both queries find; they are in A.
    pub n_shared_passages: u64,
    /// Which of the parts, `A` or `B`, have no passage of speech.
    pub empty: Vec<&'static str>,
}

/// Compares two parts of a corpus.
///
/// # Errors
/// When a query cannot be understood, or what the index holds is not what was written.
pub fn compare(reader: &Reader, request: &CompareRequest) -> Result<Comparison, QueryError> {
    check_labels(reader)?;
    let in_a = condition_of(reader, &request.a)?;
    let in_b = match &request.b {
        Some(b) => condition_of(reader, b)?,
        None => Condition::All,
    };
    let both = Condition::And(vec![in_a.clone(), in_b.clone()]);
    let n_shared_passages = match &request.b {
        Some(_) => measure(reader, both)?.passages,
        None => 0,
    };
    let only_b = Condition::And(vec![in_b, Condition::Not(Box::new(in_a.clone()))]);
    let count = |condition: &Condition| -> Result<Group, QueryError> {
        let counted =
            count_condition(reader, &Grouping::default(), condition, request.fold_duplicates)?;
        Ok(counted.into_iter().next().map(|(_, group)| group).unwrap_or_default())
    };
    let (a, b) = (count(&in_a)?, count(&only_b)?);
    let mut rows: Vec<CompareRow> = Vec::new();
    for (place, name) in reader.manifest().description.ranked() {
        let item = ComparedItem::Priority(name.id.clone(), name.label.clone());
        rows.push(of_priority(item, &a, &b, place));
    }
    if request.keywords > 0 && a.words > 0 && b.words > 0 {
        let asked = KeynessRequest {
            a: request.a.clone(),
            b: request.b.clone(),
            counting: Counting { content_only: true, min_count: MIN_COUNT, ..Counting::default() },
            sort: KeynessSort::G2,
            limit: request.keywords,
            only: None,
        };
        let found = find_keywords(reader, &asked)?;
        let totals = [found.a.total, found.b.total];
        let keyed = found.rows.into_iter().filter(|row| row.key != Key::Same);
        rows.extend(keyed.map(|row| of_keyword(row, totals)));
    }
    let sides = [("A", &a), ("B", &b)].into_iter();
    let empty = sides.filter(|(_, group)| group.passages == 0).map(|(name, _)| name).collect();
    Ok(Comparison { rows, n_shared_passages, empty })
}

fn of_priority(item: ComparedItem, a: &Group, b: &Group, place: usize) -> CompareRow {
    let (side_a, side_b) = (side_of(a, place), side_of(b, place));
    let shares = |side: &SideCounts| {
        (side.passages.unwrap_or_default(), side.all_passages.unwrap_or_default())
    };
    let (in_a, in_b) = (shares(&side_a), shares(&side_b));
    let interval = difference_of_shares(in_a, in_b);
    let difference = interval
        .zip(side_a.share.zip(side_b.share))
        .map(|((low, high), (one, other))| (one.0 - other.0, low, high));
    CompareRow {
        item,
        more_in: match difference {
            Some((_, low, _)) if low > 0.0 => MoreIn::A,
            Some((_, _, high)) if high < 0.0 => MoreIn::B,
            Some(_) | None => MoreIn::CannotTell,
        },
        difference,
        log_ratio: log_ratio(side_a.mentions, side_a.words, side_b.mentions, side_b.words),
        g2: None,
        is_doubtful: a.has_few_passages() || b.has_few_passages(),
        a: side_a,
        b: side_b,
    }
}

fn side_of(group: &Group, place: usize) -> SideCounts {
    let sums = group.priorities.get(place).cloned().unwrap_or_default();
    let share = ratio(sums.passages, group.passages);
    SideCounts {
        mentions: sums.mentions,
        words: group.words,
        per_1000_words: ratio(sums.mentions * 1000, group.words),
        passages: Some(sums.passages),
        all_passages: Some(group.passages),
        share: share
            .zip(wilson(sums.passages, group.passages))
            .map(|(share, (low, high))| (share, low, high)),
        documents: sums.documents,
        folded_documents: Some(group.folded),
    }
}

fn of_keyword(row: KeynessRow, [words_a, words_b]: [u64; 2]) -> CompareRow {
    let side = |mentions: u64, words: u64, documents: u64| SideCounts {
        mentions,
        words,
        per_1000_words: ratio(mentions * 1000, words),
        documents,
        ..SideCounts::default()
    };
    CompareRow {
        item: ComparedItem::Keyword(row.word),
        a: side(row.count_a, words_a, row.documents_a),
        b: side(row.count_b, words_b, row.documents_b),
        more_in: match row.key {
            Key::Positive => MoreIn::A,
            Key::Negative => MoreIn::B,
            Key::Same => MoreIn::CannotTell,
        },
        difference: None,
        log_ratio: row.log_ratio,
        g2: Some(row.g2),
        is_doubtful: row.is_rare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group_counts::Sums;

    #[test]
    fn a_difference_is_told_where_its_interval_leaves_zero_out() {
        let group = |n_passages: u64, n_labelled: u64| Group {
            passages: n_passages,
            words: n_passages * 50,
            priorities: vec![Sums {
                mentions: n_labelled,
                passages: n_labelled,
                ..Sums::default()
            }],
            ..Group::default()
        };
        for (a, b, more_in, is_doubtful) in [
            ((70, 56), (80, 48), MoreIn::A, false),
            ((80, 48), (70, 56), MoreIn::B, false),
            ((56, 5), (29, 0), MoreIn::CannotTell, true),
            ((0, 0), (80, 48), MoreIn::CannotTell, false),
        ] {
            let item = ComparedItem::Keyword(String::new());
            let row = of_priority(item, &group(a.0, a.1), &group(b.0, b.1), 0);
            assert_eq!((row.more_in, row.is_doubtful), (more_in, is_doubtful), "{a:?} {b:?}");
            assert_eq!(row.difference.is_some(), a.0 > 0);
        }
    }
}
