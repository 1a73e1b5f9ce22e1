use onrecord_model::CivilDate;

/// The days that a date may mean, as the numbers `YYYYMMDD`: one day, a month or a year.
///
/// They order by the first day, then the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Days {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// What two dates tell of the order of what they date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeOrder {
    /// The one is sure to be before the other.
    Before,
    /// The one is sure to be behind the other.
    After,
    /// Both are of one day, so the dates do not tell.
    SameDay,
    /// The days overlap that the dates may mean, or one has no date.
    CannotTell,
}

impl Days {
    pub(super) fn of(date: CivilDate) -> Self {
        Self { first: date.first_day(), last: date.last_day() }
    }

    /// Tells whether all days are before all of another date.
    pub(super) const fn is_before(self, other: Self) -> bool {
        self.last < other.first
    }
}

impl TimeOrder {
    /// Returns what two dates, if there are any, tell of their order.
    pub(super) fn of(one: Option<Days>, other: Option<Days>) -> Self {
        let (Some(one), Some(other)) = (one, other) else { return Self::CannotTell };
        if one.is_before(other) {
            Self::Before
        } else if other.is_before(one) {
            Self::After
        } else if one == other && one.first == one.last {
            Self::SameDay
        } else {
            Self::CannotTell
        }
    }

    /// Returns its name, as outputs write it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::SameDay => "same-day",
            Self::CannotTell => "cannot-tell",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_claimed_only_where_no_days_are_shared() {
        let days = |date: &str| (!date.is_empty()).then(|| Days::of(date.parse().unwrap()));
        for (one, other, expected) in [
            ("2009-01-20", "2009-01-21", TimeOrder::Before),
            ("2010", "2009-12-31", TimeOrder::After),
            ("2009-01-20", "2009-01-20", TimeOrder::SameDay),
            ("2009-01", "2009-01-20", TimeOrder::CannotTell),
            ("2009", "2009", TimeOrder::CannotTell),
            ("2009-01", "2009-02", TimeOrder::Before),
            ("", "2009", TimeOrder::CannotTell),
            ("", "", TimeOrder::CannotTell),
        ] {
            assert_eq!(TimeOrder::of(days(one), days(other)), expected, "{one} {other}");
        }
    }
}
