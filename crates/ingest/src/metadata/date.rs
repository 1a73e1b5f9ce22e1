//! Dates in prose: "July 14, 2011", "14 July 2011", "Sept. 3rd, 2012", "14 de julio de 2011".

use super::words::{strip_any, strip_prefix_ignore_case};
use onrecord_model::{CivilDate, DateError};

/// A date as read, or why there is no such day.
pub(crate) type ReadDate = Result<CivilDate, String>;

/// Month names and their usual short forms, in English, Spanish, French, German, Italian and
/// Portuguese.
#[rustfmt::skip]
const MONTHS: [(&str, u8); 73] = [
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6),
    ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11),
    ("december", 12), ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("jun", 6), ("jul", 7),
    ("aug", 8), ("sept", 9), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12), ("enero", 1),
    ("febrero", 2), ("marzo", 3), ("abril", 4), ("mayo", 5), ("junio", 6), ("julio", 7),
    ("agosto", 8), ("septiembre", 9), ("setiembre", 9), ("octubre", 10), ("noviembre", 11),
    ("diciembre", 12), ("janvier", 1), ("février", 2), ("mars", 3), ("avril", 4), ("mai", 5),
    ("juin", 6), ("juillet", 7), ("août", 8), ("septembre", 9), ("octobre", 10), ("novembre", 11),
    ("décembre", 12), ("januar", 1), ("februar", 2), ("märz", 3), ("juni", 6), ("juli", 7),
    ("oktober", 10), ("dezember", 12), ("gennaio", 1), ("febbraio", 2), ("aprile", 4),
    ("maggio", 5), ("giugno", 6), ("luglio", 7), ("settembre", 9), ("ottobre", 10),
    ("dicembre", 12), ("janeiro", 1), ("fevereiro", 2), ("março", 3), ("maio", 5), ("junho", 6),
    ("julho", 7), ("outubro", 10), ("dezembro", 12),
];

#[rustfmt::skip]
const WEEKDAYS: [&str; 14] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue",
    "wed", "thu", "fri", "sat", "sun",
];

/// Reads a date that its owner gave: ISO 8601, with or without a time, or in words.
pub(crate) fn parse_given_date(written: &str) -> ReadDate {
    let written = written.trim();
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    match day.parse::<CivilDate>() {
        Ok(date) => return Ok(date),
        Err(error @ DateError::Impossible(_)) => return Err(format!("the date {error}")),
        Err(DateError::Form(_)) => {}
    }
    match date_at(written) {
        Some((date, rest)) if rest.trim_matches(['.', ' ']).is_empty() => date,
        Some(_) | None => Err(format!(
            "`{written}` is not a date that can be read: write 2011, 2011-07 or 2011-07-14"
        )),
    }
}

/// Finds the first date in a line: the text before it, the date, the text after it.
pub(crate) fn find_date(line: &str) -> Option<(&str, ReadDate, &str)> {
    let mut at_start = true;
    for (at, c) in line.char_indices() {
        if at_start
            && (c.is_ascii_digit() || c.is_uppercase())
            && let Some((date, after)) = line.get(at..).and_then(date_at)
        {
            return Some((line.get(..at)?, date, after));
        }
        at_start = !c.is_alphanumeric() && c != '/' && c != '-';
    }
    None
}

/// Reads the date that a text begins with, and returns what follows it.
pub(crate) fn date_at(text: &str) -> Option<(ReadDate, &str)> {
    let rest = weekday(text).unwrap_or(text);
    month_first(rest).or_else(|| day_first(rest)).or_else(|| numeric(rest))
}

fn weekday(text: &str) -> Option<&str> {
    let rest = strip_any(text, &WEEKDAYS)?;
    Some(rest.trim_start_matches(['.', ',', ' ']))
}

fn month_first(text: &str) -> Option<(ReadDate, &str)> {
    let (month, rest) = month_name(text)?;
    if let Some((day, rest)) = day_number(rest)
        && let Some((year, rest)) = year_number(rest)
    {
        return Some((checked(year, month, Some(day)), rest));
    }
    let (year, rest) = year_number(rest)?;
    Some((checked(year, month, None), rest))
}

fn day_first(text: &str) -> Option<(ReadDate, &str)> {
    let (day, rest) = day_number(text)?;
    let (month, rest) = month_name(joined_by(rest))?;
    let (year, rest) = year_number(joined_by(rest))?;
    Some((checked(year, month, Some(day)), rest))
}

fn joined_by(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '.', ',', '-']);
    strip_any(text, &["of", "de", "del"]).unwrap_or(text).trim_start()
}

/// Reads `2011-07-14`, `14.07.2011` with the day first, as full stops mean everywhere, or
/// `7/14/2011` where only one order of day and month is possible.
fn numeric(text: &str) -> Option<(ReadDate, &str)> {
    let (first, rest) = digits(text, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = digits(rest.strip_prefix(separator)?, 2)?;
    let (third, rest) = digits(rest.strip_prefix(separator)?, 4)?;
    let goes_on = rest.strip_prefix('.').unwrap_or(rest);
    if goes_on.starts_with(|c: char| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let date = match (first, second, third) {
        (1000.., _, ..=31) => checked(first, second as u8, Some(third as u8)),
        (1..=31, 1..=12, 1000..) if separator == '.' => {
            checked(third, second as u8, Some(first as u8))
        }
        (1..=12, 13..=31, 1000..) => checked(third, first as u8, Some(second as u8)),
        (13..=31, 1..=12, 1000..) => checked(third, second as u8, Some(first as u8)),
        (1..=12, 1..=12, 1000..) if first == second => {
            checked(third, first as u8, Some(second as u8))
        }
        _ => return None,
    };
    Some((date, rest))
}

fn checked(year: u16, month: u8, day: Option<u8>) -> ReadDate {
    let date = match day {
        Some(day) => CivilDate::from_day(year, month, day),
        None => CivilDate::from_month(year, month),
    };
    date.map_err(|error| format!("the date {error}"))
}

fn month_name(text: &str) -> Option<(u8, &str)> {
    let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(length)?;
    if word.len() > 12 {
        return None;
    }
    let word = word.to_lowercase();
    let (_, month) = MONTHS.iter().find(|(name, _)| *name == word)?;
    Some((*month, rest.trim_start_matches(['.', ' ', ','])))
}

fn day_number(text: &str) -> Option<(u8, &str)> {
    let (number, rest) = digits(text, 2)?;
    let day = u8::try_from(number).ok().filter(|day| (1..=39).contains(day))?;
    let ending = ["st", "nd", "rd", "th", "er", "º", "."]
        .iter()
        .find_map(|ending| strip_prefix_ignore_case(rest, ending));
    let rest = ending.unwrap_or(rest);
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == ':') {
        return None;
    }
    Some((day, rest.trim_start_matches([',', ' '])))
}

fn year_number(text: &str) -> Option<(u16, &str)> {
    let (year, rest) = digits(text, 4)?;
    let follows = rest.starts_with(|c: char| c.is_alphanumeric());
    ((1000..=2999).contains(&year) && !follows).then_some((year, rest))
}

/// Reads a number of at most `limit` digits that no further digit follows.
fn digits(text: &str, limit: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > limit {
        return None;
    }
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_prose() {
        let cases = [
            ("July 14, 2011", "2011-07-14", ""),
            ("14 July 2011", "2011-07-14", ""),
            ("Sept. 3rd, 2012", "2012-09-03", ""),
            ("Friday, February 27, 2009", "2009-02-27", ""),
            ("February 9,2009", "2009-02-09", ""),
            ("FEBRUARY 06, 2010 East Room", "2010-02-06", " East Room"),
            ("1st of May, 1999.", "1999-05-01", "."),
            ("14 de julio de 2011", "2011-07-14", ""),
            ("1er août 2011", "2011-08-01", ""),
            ("May 2011", "2011-05", ""),
            ("2011-07-14", "2011-07-14", ""),
            ("7/14/2011", "2011-07-14", ""),
            ("14/7/2011", "2011-07-14", ""),
            ("03.04.2011", "2011-04-03", ""),
            ("Thursday, 14th July 2011", "2011-07-14", ""),
            ("Thursday 14 July, 2011", "2011-07-14", ""),
            ("14. Juli 2011", "2011-07-14", ""),
            ("14 Jul. 2011", "2011-07-14", ""),
            ("14th of July, 2011", "2011-07-14", ""),
            ("31.02.2011", "the date 2011-02-31 does not exist in the calendar", ""),
            ("February 30, 2011", "the date 2011-02-30 does not exist in the calendar", ""),
        ];
        for (written, expected, after) in cases {
            let (date, rest) = date_at(written).expect(written);
            let shown = date.map_or_else(|reason| reason, |date| date.to_string());
            assert_eq!((&*shown, rest), (expected, after), "{written}");
        }
        for none in [
            "3/4/2011",
            "1.2.2011.4",
            "10:20 A.M. EST",
            "May I say",
            "March on 2011",
            "112 July 2011",
            "July 14",
            "12 Angry Men 1957",
        ] {
            assert_eq!(date_at(none), None, "{none}");
        }
    }

    #[test]
    fn dates_in_lines_and_given() {
        let (before, date, after) = find_date("Room 350 on March 4, 2009 Washington").unwrap();
        assert_eq!(
            (before, date.unwrap().to_string().as_str(), after),
            ("Room 350 on ", "2009-03-04", " Washington")
        );
        assert_eq!(find_date("a 2009 budget of 12"), None);
        for (written, expected) in [
            ("2011-07-14T10:00:00Z", "2011-07-14"),
            ("2011", "2011"),
            ("14 July 2011", "2011-07-14"),
        ] {
            assert_eq!(parse_given_date(written).unwrap().to_string(), expected);
        }
        for bad in ["2011-02-30", "soon", "03/04/2011", "July 14, 2011 or later"] {
            assert!(parse_given_date(bad).is_err(), "{bad}");
        }
    }
}
