//! The days around a date.

use onrecord_model::CivilDate;

/// Returns the day, month or year that ends right before a date begins; none where no calendar has
/// it.
pub(crate) fn day_before(date: CivilDate) -> Option<CivilDate> {
    let before = match (date.month(), date.day()) {
        (Some(month), Some(day)) if day > 1 => CivilDate::from_day(date.year(), month, day - 1),
        (Some(month), _) if month > 1 => CivilDate::from_month(date.year(), month - 1),
        (_, _) => CivilDate::from_year(date.year().checked_sub(1)?),
    };
    before.ok()
}

/// Returns the day, month or year that begins right after a date ends; none where no calendar has
/// it.
pub(crate) fn day_after(date: CivilDate) -> Option<CivilDate> {
    let next_day = date
        .month()
        .zip(date.day())
        .and_then(|(month, day)| CivilDate::from_day(date.year(), month, day + 1).ok());
    let next_month =
        || date.month().and_then(|month| CivilDate::from_month(date.year(), month + 1).ok());
    next_day.or_else(next_month).or_else(|| CivilDate::from_year(date.year() + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_around_a_date_touch_it() {
        for (date, before, after) in [
            ("2012-03-05", "2012-03-04", "2012-03-06"),
            ("2012-03-01", "2012-02", "2012-03-02"),
            ("2012-02-29", "2012-02-28", "2012-03"),
            ("2012-12-31", "2012-12-30", "2013"),
            ("2012-03", "2012-02", "2012-04"),
            ("2012-01-01", "2011", "2012-01-02"),
            ("2012-01", "2011", "2012-02"),
            ("2012-12", "2012-11", "2013"),
            ("2012", "2011", "2013"),
        ] {
            let date: CivilDate = date.parse().unwrap();
            assert_eq!(day_before(date), before.parse().ok(), "{date}");
            assert_eq!(day_after(date), after.parse().ok(), "{date}");
        }
        assert_eq!(day_before("0001".parse().unwrap()), None);
        assert_eq!(day_after("9999-12-31".parse().unwrap()), None);
    }
}
