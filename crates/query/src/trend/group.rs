use crate::periods::{period_name, period_of_day};
use onrecord_indexing::DocumentColumns;
use std::sync::Arc;

/// What the passages of a trend are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrendBy {
    /// The year of the document.
    #[default]
    Year,
    /// The quarter of the document's date.
    Quarter,
    /// The month of the document's date.
    Month,
    /// Whose words they are.
    Speaker,
    /// The kind of the document.
    Kind,
}

impl TrendBy {
    /// All groupings.
    pub const ALL: [Self; 5] = [Self::Year, Self::Quarter, Self::Month, Self::Speaker, Self::Kind];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Speaker => "speaker",
            Self::Kind => "kind",
        }
    }

    /// Returns the grouping of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }

    /// Returns how many groups a year has, where the groups are stretches of time.
    pub const fn periods_a_year(self) -> Option<u32> {
        match self {
            Self::Year => Some(1),
            Self::Quarter => Some(4),
            Self::Month => Some(12),
            Self::Speaker | Self::Kind => None,
        }
    }
}

/// A group of passages; those that cannot be told come last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// A stretch of time, counted from the beginning of the year 0.
    Period(u32),
    /// A name.
    Name(Arc<str>),
    /// The date is known to the year only, and a part of one is asked for.
    SomeTimeIn(u32),
    /// There is no date, or no speaker.
    Unknown,
}

impl Group {
    /// Returns the group of a passage.
    pub(super) fn of(by: TrendBy, document: &DocumentColumns, speaker: Option<&Arc<str>>) -> Self {
        match by.periods_a_year() {
            Some(a_year) => document.days.map_or(Self::Unknown, |(first, last)| {
                let (first, last) = (period_of_day(first, a_year), period_of_day(last, a_year));
                if first == last { Self::Period(first) } else { Self::SomeTimeIn(first / a_year) }
            }),
            None if by == TrendBy::Speaker => {
                speaker.map_or(Self::Unknown, |name| Self::Name(name.clone()))
            }
            None => Self::Name(document.kind.name().into()),
        }
    }

    /// Returns its name: `2011`, `2011-Q3`, `2011-07`, a speaker, a kind.
    pub(super) fn name(&self, by: TrendBy) -> String {
        match self {
            Self::Period(period) => period_name(*period, by.periods_a_year().unwrap_or(1)),
            Self::Name(name) => name.to_string(),
            Self::SomeTimeIn(year) => format!("{year:04}, no {}", by.name()),
            Self::Unknown if by == TrendBy::Speaker => "no speaker".to_owned(),
            Self::Unknown => "no date".to_owned(),
        }
    }

    /// Tells whether what is asked for is not known of its passages.
    pub(super) const fn is_untold(&self) -> bool {
        match self {
            Self::Period(_) | Self::Name(_) => false,
            Self::SomeTimeIn(_) | Self::Unknown => true,
        }
    }

    /// Returns the number of its stretch of time.
    pub(super) const fn period(&self) -> Option<u32> {
        match self {
            Self::Period(period) => Some(*period),
            Self::Name(_) | Self::SomeTimeIn(_) | Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{CivilDate, DocumentKind};

    #[test]
    fn dates_fall_into_groups_as_far_as_they_are_known() {
        for (date, year, quarter, month) in [
            ("2011-07-14", "2011", "2011-Q3", "2011-07"),
            ("2011-12", "2011", "2011-Q4", "2011-12"),
            ("2012-01", "2012", "2012-Q1", "2012-01"),
            ("2012-03-31", "2012", "2012-Q1", "2012-03"),
            ("2012-04-01", "2012", "2012-Q2", "2012-04"),
            ("0987", "0987", "0987, no quarter", "0987, no month"),
            ("", "no date", "no date", "no date"),
        ] {
            let days =
                date.parse::<CivilDate>().ok().map(|date| (date.first_day(), date.last_day()));
            let document = DocumentColumns { days, kind: DocumentKind::Speech };
            let name = |by| Group::of(by, &document, None).name(by);
            let found = [TrendBy::Year, TrendBy::Quarter, TrendBy::Month].map(name);
            assert_eq!(found, [year, quarter, month], "{date}");
            assert_eq!(name(TrendBy::Kind), "speech");
            assert_eq!(name(TrendBy::Speaker), "no speaker");
        }
    }

    #[test]
    fn what_cannot_be_told_comes_last() {
        let mut groups = [
            Group::Unknown,
            Group::SomeTimeIn(2010),
            Group::Period(period_of_day(20_111_231, 12)),
            Group::Period(period_of_day(20_120_101, 12)),
        ];
        groups.sort();
        let names = groups.map(|group| group.name(TrendBy::Month));
        assert_eq!(names, ["2011-12", "2012-01", "2010, no month", "no date"]);
    }
}
