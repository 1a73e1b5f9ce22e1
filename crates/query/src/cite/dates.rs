use onrecord_model::CivilDate;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The months as table T12 of the Bluebook shortens them.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// Writes a date as precisely as it is known: `March 12, 2009`, `March 2009`, `2009`.
pub(super) fn in_words(date: CivilDate) -> String {
    written(date, &MONTHS)
}

/// Writes a date with a short month: `Mar. 12, 2009`.
pub(super) fn in_short_words(date: CivilDate) -> String {
    written(date, &SHORT_MONTHS)
}

fn written(date: CivilDate, months: &[&'static str; 12]) -> String {
    let year = date.year();
    match (month_of(date, months), date.day()) {
        (Some(month), Some(day)) => format!("{month} {day}, {year}"),
        (Some(month), None) => format!("{month} {year}"),
        (None, _) => year.to_string(),
    }
}

/// Writes a date with the year first, as APA does: `2009, March 12`.
pub(super) fn year_first(date: CivilDate) -> String {
    let year = date.year();
    match (month_of(date, &MONTHS), date.day()) {
        (Some(month), Some(day)) => format!("{year}, {month} {day}"),
        (Some(month), None) => format!("{year}, {month}"),
        (None, _) => year.to_string(),
    }
}

fn month_of(date: CivilDate, months: &[&'static str; 12]) -> Option<&'static str> {
    months.get(usize::from(date.month()?).checked_sub(1)?).copied()
}

/// Returns the month as BibTeX names it: its first three letters.
pub(super) fn bibtex_month(date: CivilDate) -> Option<String> {
    month_of(date, &MONTHS)?.get(..3).map(str::to_lowercase)
}
