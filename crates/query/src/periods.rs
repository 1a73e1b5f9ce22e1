//! Years, quarters and months by number: so many a year, counted from the beginning of the year 0.

/// Returns the number of the period that a day, the number `YYYYMMDD`, lies in.
pub(crate) const fn period_of_day(day: u32, a_year: u32) -> u32 {
    let (year, month) = (day / 10_000, day / 100 % 100);
    year * a_year + month.saturating_sub(1) * a_year / 12
}

/// Returns the number of the period of a name.
pub(crate) fn period_of_name(name: &str, a_year: u32) -> Option<u32> {
    let (year, part) = name.split_once('-').unwrap_or((name, "1"));
    let part: u32 = part.trim_start_matches('Q').parse().ok()?;
    Some(year.parse::<u32>().ok()? * a_year + part.checked_sub(1)?)
}

/// Writes the name of a period: `2011`, `2011-Q3`, `2011-07`.
pub(crate) fn period_name(period: u32, a_year: u32) -> String {
    let (year, part) = (period / a_year, period % a_year + 1);
    match a_year {
        1 => format!("{year:04}"),
        4 => format!("{year:04}-Q{part}"),
        _ => format!("{year:04}-{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_names_are_of_one_period() {
        for (day, a_year, name) in [
            (20_110_714, 1, "2011"),
            (20_110_714, 4, "2011-Q3"),
            (20_110_714, 12, "2011-07"),
            (20_111_231, 4, "2011-Q4"),
            (20_120_101, 12, "2012-01"),
            (9_870_000, 1, "0987"),
        ] {
            let period = period_of_day(day, a_year);
            assert_eq!(period_name(period, a_year), name);
            assert_eq!(period_of_name(name, a_year), Some(period));
        }
        assert_eq!(period_of_name("", 1), None);
    }
}
