//! The date that a draft gives for a quote.

use super::claim::folded_words;
use onrecord_model::{CivilDate, Span};
use onrecord_text::tokens;

/// Months, folded.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
];

/// Words behind which a year is that of what is said, folded.
const BEFORE_YEARS: [&str; 3] = ["in", "of", "during"];

/// Nouns for speeches: `his 1961 inaugural address`, folded.
#[rustfmt::skip]
const SPEECHES: [&str; 14] = [
    "address", "speech", "inaugural", "inauguration", "message", "remarks", "statement", "lecture",
    "debate", "interview", "testimony", "proclamation", "letter", "state",
];

/// How many words lie between a year and such a noun at most.
const MAX_BETWEEN: usize = 3;

/// Words that give a date to something else than what was said, folded.
#[rustfmt::skip]
const OTHER_EVENTS: [&str; 16] = [
    "who", "which", "whose", "when", "where", "since", "before", "after", "until", "born", "died",
    "elected", "killed", "won", "by", "between",
];

/// A word of a draft.
struct Near<'a> {
    folded: String,
    span: Span,
    gap: &'a str,
}

/// Finds the one date that the words around a quote give for it; none where they give several,
/// or where it may be that of something else.
pub(crate) fn claimed_date(around: &str) -> Option<CivilDate> {
    let words = words_of(around);
    let mut found: Option<CivilDate> = None;
    let mut at = 0;
    while at < words.len() {
        let Some((date, n_words)) = date_at(&words, at) else {
            at += 1;
            continue;
        };
        at += n_words;
        let Some(date) = date.filter(|_| !is_of_another_event(&words, at - n_words)) else {
            continue;
        };
        if found.is_some_and(|known| known != date) {
            return None;
        }
        found = Some(date);
    }
    found
}

fn words_of(text: &str) -> Vec<Near<'_>> {
    let mut end = 0;
    let mut words = Vec::new();
    for span in tokens(text) {
        let written = text.get(span.range()).unwrap_or_default();
        let gap = text.get(end..span.start as usize).unwrap_or_default();
        let folded = folded_words(written).join("");
        words.push(Near { folded, span, gap });
        end = span.end as usize;
    }
    words
}

/// Reads a date that begins at a word; returns it, none if no calendar has it, with how many words
/// it takes.
fn date_at(words: &[Near<'_>], at: usize) -> Option<(Option<CivilDate>, usize)> {
    let word = |behind: usize| words.get(at + behind).map(|word| word.folded.as_str());
    let first = word(0)?;
    let month = |name: &str| MONTHS.iter().position(|month| *month == name).map(|at| at as u8 + 1);
    let day = |written: &str| {
        let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
    };
    if let Some(number) = month(first) {
        if let (Some(day), Some(year)) = (word(1).and_then(day), word(2).and_then(year_of)) {
            return Some((CivilDate::from_day(year, number, day).ok(), 3));
        }
        return Some((CivilDate::from_month(word(1).and_then(year_of)?, number).ok(), 2));
    }
    if let (Some(day), Some(number)) = (day(first), word(1).and_then(month)) {
        return Some((CivilDate::from_day(word(2).and_then(year_of)?, number, day).ok(), 3));
    }
    let year = year_of(first)?;
    let gap = |behind: usize| words.get(at + behind).map(|word| word.gap);
    if let (Some("-"), Some("-")) = (gap(1), gap(2)) {
        let (number, day) = (word(1)?.parse().ok()?, word(2)?.parse().ok()?);
        return Some((CivilDate::from_day(year, number, day).ok(), 3));
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let is_led = before.is_some_and(|before| BEFORE_YEARS.contains(&before.folded.as_str()));
    let is_set_off = gap(0).is_some_and(|gap| gap.ends_with('(') || gap.starts_with(','));
    let behind = words.get(at + 1..).unwrap_or_default().iter().take(MAX_BETWEEN + 1);
    let is_of_speech = behind.into_iter().any(|word| SPEECHES.contains(&word.folded.as_str()));
    (is_led || is_set_off || is_of_speech).then(|| (CivilDate::from_year(year).ok(), 1))
}

fn year_of(written: &str) -> Option<u16> {
    let is_year = written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit());
    written.parse().ok().filter(|year| is_year && (1000..=2999).contains(year))
}

/// Tells whether a date stands in a clause that tells of something else.
fn is_of_another_event(words: &[Near<'_>], at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default();
    let own_gap = words.get(at).map_or("", |word| word.gap);
    if own_gap.contains(['—', '–', '(']) {
        return false;
    }
    let mut behind = own_gap;
    for word in before.iter().rev() {
        if behind.contains([',', ';', ':', '—', '–']) && word.span.end > 0 {
            break;
        }
        if OTHER_EVENTS.contains(&word.folded.as_str()) {
            return true;
        }
        behind = word.gap;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_they_are_of_the_quote() {
        for (around, expected) in [
            ("In 1961, Vale said, ", "1961"),
            ("On July 14, 2011, Vale said", "2011-07-14"),
            ("Vale said on 14 July 2011 that", "2011-07-14"),
            ("Vale told the Council in July 2011", "2011-07"),
            ("Vale said in her 1961 inaugural address", "1961"),
            (" — Ada Vale, 1961", "1961"),
            (" — Ada Vale, May 3, 1961", "1961-05-03"),
            ("Vale (1961) wrote", "1961"),
            ("Vale said (2011-07-14): ", "2011-07-14"),
            ("Vale, who died in 1963, said", ""),
            ("Vale, elected in 1960, said", ""),
            ("In 1961 and again in 1962 Vale said", ""),
            ("Vale sent 1961 men", ""),
            ("Vale may say", ""),
            ("February 30, 2011", ""),
        ] {
            let date = claimed_date(around).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(date, expected, "{around}");
        }
    }
}
