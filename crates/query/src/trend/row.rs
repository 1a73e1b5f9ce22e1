use super::group::{Group, TrendBy};
use crate::interval::wilson;
use serde::Serialize;

/// Below so many passages in the base a share says little. The National Center for Health
/// Statistics does not publish shares of fewer than 30 (J. D. Parker and others, "Data
/// presentation standards for proportions", Vital and Health Statistics 2(175), 2017).
pub const FEW_PASSAGES: u64 = 30;

/// Below so many mentions a rate says little: the standard error of a count is its root, which is
/// more than 22 % of it then. The same body marks rates of fewer than 20 events as unreliable.
pub const FEW_MENTIONS: u64 = 20;

/// How often a query is met, and in how much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TrendCounts {
    /// Matches in speech; none where the query asks for no words.
    pub mentions: Option<u64>,
    /// Passages of speech that meet the query.
    pub passages: u64,
    /// Documents with such a passage.
    pub documents: u64,
    /// Words of speech in the base.
    pub base_words: u64,
    /// Passages of speech in the base.
    pub base_passages: u64,
    /// Documents with such a passage.
    pub base_documents: u64,
    /// Mentions in 1,000 words of the base; none where it has no words, or the query asks for
    /// none.
    pub per_1000_words: Option<f64>,
    /// Share of the passages of the base that meet the query, 0 to 1; none where it has none.
    pub share_of_passages: Option<f64>,
    /// The lower end of the 95 % interval of the share, 0 to 1.
    pub low: Option<f64>,
    /// Its upper end, 0 to 1.
    pub high: Option<f64>,
}

/// How often a query is met in a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendRow {
    /// The name of the group: `2011`, `2011-Q3`, `2011-07`, a speaker, a kind; what is not known
    /// where that is so.
    pub group: String,
    /// The place of its stretch of time: years, quarters or months from the year 0.
    #[serde(skip)]
    pub period: Option<u32>,
    /// The counts.
    #[serde(flatten)]
    pub counts: TrendCounts,
    /// What is to be minded about it.
    pub flags: Vec<TrendFlag>,
}

/// What is to be minded about a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrendFlag {
    /// The base has no passage of speech in it, so nothing could be found: not a zero.
    Gap,
    /// The base has fewer than 30 passages in it, so that the share says little.
    FewPassages,
    /// There are fewer than 20 mentions, but some, so that the rate says little.
    FewMentions,
    /// It is not known which group its passages are of.
    CannotTell,
}

impl TrendFlag {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::FewPassages => "few-passages",
            Self::FewMentions => "few-mentions",
            Self::CannotTell => "cannot-tell",
        }
    }
}

impl TrendRow {
    pub(super) fn new(group: &Group, by: TrendBy, counts: &TrendCounts) -> Self {
        let is_gap = counts.base_passages == 0;
        let n_mentions = counts.mentions.unwrap_or(0);
        let flags = [
            (TrendFlag::Gap, is_gap),
            (TrendFlag::FewPassages, !is_gap && is_few(counts.base_passages)),
            (TrendFlag::FewMentions, (1..FEW_MENTIONS).contains(&n_mentions)),
            (TrendFlag::CannotTell, group.is_untold()),
        ];
        Self {
            group: group.name(by),
            period: group.period(),
            counts: *counts,
            flags: flags.into_iter().filter_map(|(flag, holds)| holds.then_some(flag)).collect(),
        }
    }

    /// Tells whether a flag is set.
    pub fn has(&self, flag: TrendFlag) -> bool {
        self.flags.contains(&flag)
    }
}

impl TrendCounts {
    /// Computes rate, share and interval.
    pub(super) fn new(
        mentions: Option<u64>,
        [passages, documents]: [u64; 2],
        [base_words, base_passages, base_documents]: [u64; 3],
    ) -> Self {
        let interval = wilson(passages, base_passages);
        let rate = mentions.filter(|_| base_words > 0);
        Self {
            mentions,
            passages,
            documents,
            base_words,
            base_passages,
            base_documents,
            per_1000_words: rate.map(|mentions| per_1000(mentions, base_words)),
            share_of_passages: interval.map(|_| passages as f64 / base_passages as f64),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
        }
    }
}

/// Returns how many mentions are in 1,000 words; 0 where there are no words.
pub(super) fn per_1000(mentions: u64, words: u64) -> f64 {
    if words == 0 { 0.0 } else { (mentions * 1000) as f64 / words as f64 }
}

/// Tells whether a share of so many passages says little.
pub(super) const fn is_few(base_passages: u64) -> bool {
    base_passages < FEW_PASSAGES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_zeros_and_small_groups_are_told_apart() {
        for (mentions, passages, base, flags) in [
            (Some(0), 0, [0, 0, 0], vec![TrendFlag::Gap]),
            (Some(0), 0, [900, 30, 2], vec![]),
            (Some(0), 0, [90, 29, 2], vec![TrendFlag::FewPassages]),
            (Some(19), 9, [900, 30, 2], vec![TrendFlag::FewMentions]),
            (Some(1), 1, [90, 1, 1], vec![TrendFlag::FewPassages, TrendFlag::FewMentions]),
            (Some(20), 9, [900, 30, 2], vec![]),
            (None, 9, [900, 30, 2], vec![]),
        ] {
            let counts = TrendCounts::new(mentions, [passages, 1], base);
            let row = TrendRow::new(&Group::Period(2011), TrendBy::Year, &counts);
            assert_eq!(row.flags, flags, "{mentions:?} {passages} {base:?}");
            assert_eq!(row.counts.share_of_passages.is_none(), base[1] == 0);
            assert_eq!(row.counts.per_1000_words.is_none(), base[0] == 0 || mentions.is_none());
        }
        let counts = TrendCounts::new(Some(3), [2, 1], [1500, 40, 4]);
        assert_eq!((counts.per_1000_words, counts.share_of_passages), (Some(2.0), Some(0.05)));
        let row = TrendRow::new(&Group::Unknown, TrendBy::Year, &counts);
        assert_eq!(row.flags, [TrendFlag::FewMentions, TrendFlag::CannotTell]);
    }
}
