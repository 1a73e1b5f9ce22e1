use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar date known to the year, the month or the day; never an instant.
///
/// Dates order by year, then month, then day, a less precise one before the more precise ones
/// that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CivilDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// Why a string or a triple of numbers is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[error("`{0}` is not a date: write 2011, 2011-07 or 2011-07-14")]
    Form(String),
    /// A well-formed date that no calendar has.
    #[error("{0} does not exist in the calendar")]
    Impossible(String),
}

impl CivilDate {
    /// Makes a date known to the year, 1 to 9999.
    pub fn from_year(year: u16) -> Result<Self, DateError> {
        Self::checked(year, None, None)
    }

    /// Makes a date known to the month, 1 to 12.
    pub fn from_month(year: u16, month: u8) -> Result<Self, DateError> {
        Self::checked(year, Some(month), None)
    }

    /// Makes a date known to the day, of the proleptic Gregorian calendar.
    pub fn from_day(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        Self::checked(year, Some(month), Some(day))
    }

    fn checked(year: u16, month: Option<u8>, day: Option<u8>) -> Result<Self, DateError> {
        let date = Self { year, month, day };
        let possible = (1..=9999).contains(&year)
            && month.is_none_or(|month| (1..=12).contains(&month))
            && day.is_none_or(|day| (1..=days_in_month(year, month.unwrap_or(0))).contains(&day));
        if possible { Ok(date) } else { Err(DateError::Impossible(date.to_string())) }
    }

    /// Returns the date that may mean these days and no others, given as the numbers `YYYYMMDD`;
    /// none where they are no day, month or year.
    pub fn from_days(first: u32, last: u32) -> Option<Self> {
        let year = u16::try_from(first / 10_000).ok()?;
        let (month, day) = ((first / 100 % 100) as u8, (first % 100) as u8);
        let dates = [
            Self::from_year(year),
            Self::from_month(year, month),
            Self::from_day(year, month, day),
        ];
        let means = |date: &Self| date.first_day() == first && date.last_day() == last;
        dates.into_iter().flatten().find(means)
    }

    /// Returns the year, 1 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12, if known.
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// Returns the day of the month, counted from 1, if known.
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// Returns the first day that the date may mean, as the number `YYYYMMDD`.
    pub fn first_day(self) -> u32 {
        number(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Returns the last day that the date may mean, as the number `YYYYMMDD`.
    pub fn last_day(self) -> u32 {
        let month = self.month.unwrap_or(12);
        number(self.year, month, self.day.unwrap_or_else(|| days_in_month(self.year, month)))
    }
}

fn number(year: u16, month: u8, day: u8) -> u32 {
    u32::from(year) * 10_000 + u32::from(month) * 100 + u32::from(day)
}

/// Returns the days of a month of the Gregorian calendar, 0 for a month that there is not.
fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl FromStr for CivilDate {
    type Err = DateError;

    fn from_str(written: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(written.to_owned());
        let mut parts = written.split('-');
        let mut part = |width: usize| -> Result<Option<u16>, DateError> {
            let Some(digits) = parts.next() else { return Ok(None) };
            if digits.len() != width || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(form());
            }
            digits.parse().map(Some).map_err(|_| form())
        };
        let year = part(4)?.ok_or_else(form)?;
        let month = part(2)?.map(|month| month as u8);
        let day = part(2)?.map(|day| day as u8);
        if parts.next().is_some() {
            return Err(form());
        }
        Self::checked(year, month, day)
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for CivilDate {
    type Error = DateError;

    fn try_from(written: String) -> Result<Self, DateError> {
        written.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back() {
        for (written, first, last) in [
            ("2011", 20110101, 20111231),
            ("2011-07", 20110701, 20110731),
            ("2012-02", 20120201, 20120229),
            ("1900-02", 19000201, 19000228),
            ("2011-07-14", 20110714, 20110714),
        ] {
            let date: CivilDate = written.parse().unwrap();
            assert_eq!(date.to_string(), written);
            assert_eq!((date.first_day(), date.last_day()), (first, last), "{written}");
            assert_eq!(CivilDate::from_days(first, last), Some(date));
        }
    }

    #[test]
    fn days_that_are_no_date() {
        for (first, last) in [
            (0, 0),
            (20110101, 20111230),
            (20110230, 20110230),
            (20110701, 20110801),
            (20111231, 20110101),
            (u32::MAX, u32::MAX),
        ] {
            assert_eq!(CivilDate::from_days(first, last), None, "{first} {last}");
        }
    }

    #[test]
    fn refused() {
        for written in ["", "11", "2011-7", "2011-07-14-1", "2011/07/14", "+201", "2011-", "٢٠١١"]
        {
            assert_eq!(written.parse::<CivilDate>(), Err(DateError::Form(written.into())));
        }
        for written in ["2011-02-30", "2011-13", "2011-00", "0000", "2011-04-31", "1900-02-29"] {
            assert_eq!(written.parse::<CivilDate>(), Err(DateError::Impossible(written.into())));
        }
    }
}
