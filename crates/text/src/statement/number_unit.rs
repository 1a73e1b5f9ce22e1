//! The unit of a number, what bounds it, and what is counted.

use super::line::Line;
use super::negator::PARTICLES;
use super::number::{ABOUT, AT_LEAST, Extent, Number, NumberUnit};
use super::read_number::{Kind, Quantity};
use onrecord_model::Span;

/// The most words behind a number that say what is counted.
const MAX_COUNTED: usize = 4;

/// Words that say of a number, right before it, that it is the least.
const LEAST: &[&[&str]] = &[
    &["more", "than"],
    &["at", "least"],
    &["no", "fewer", "than"],
    &["no", "less", "than"],
    &["over"],
    &["above"],
];

/// Words that say of a number that it is the most.
const MOST: &[&[&str]] = &[
    &["less", "than"],
    &["fewer", "than"],
    &["no", "more", "than"],
    &["at", "most"],
    &["up", "to"],
    &["under"],
    &["below"],
];

/// Words that say of a number that it is near.
const NEAR: &[&[&str]] = &[
    &["about"],
    &["around"],
    &["nearly"],
    &["almost"],
    &["roughly"],
    &["approximately"],
    &["some"],
    &["estimated"],
    &["close", "to"],
];

/// Words before a four-digit number with which it is a year.
#[rustfmt::skip]
const BEFORE_YEARS: &[&str] = &[
    "in", "by", "since", "until", "till", "of", "from", "through", "before", "after", "during",
    "year", "fiscal", "late", "early", "mid", "the", "to", "than", "between", "and",
];

/// Measures of time, with which `two in five` is no share.
const TIMES: &[&str] =
    &["years", "months", "weeks", "days", "hours", "minutes", "decades", "seconds"];

/// Words before a number of days or years that reckon it from the day it is said.
const RELATIVE: &[&str] = &["last", "past", "next", "coming", "previous", "recent", "these"];

/// Words between a number and what is counted.
#[rustfmt::skip]
const LEADING: &[&str] = &[
    "of", "the", "our", "their", "its", "his", "her", "my", "your", "all", "these", "those", "in",
    "for", "on", "a", "an", "more", "fewer", "less", "such", "other",
];

/// How far a number goes, and the first word that says so.
struct Bounds {
    from: usize,
    low: f64,
    high: f64,
    extent: Extent,
}

impl Bounds {
    /// Returns those of a number before which nothing is said of them.
    fn of(read: &Quantity) -> Self {
        let Quantity { from, low, high, .. } = *read;
        let extent = if low < high { Extent::Between } else { Extent::One };
        Self { from, low, high, extent }
    }
}

impl Line<'_> {
    /// Gives a number its unit, what is counted, and its bounds; none where it counts nothing.
    pub(super) fn finish(&self, read: &Quantity) -> Option<Number> {
        let (unit, scale, end) = self.unit(read);
        let mut counted = self.counted(end, unit);
        let mut unit = unit;
        let is_year = match read.kind {
            Kind::Decade => true,
            Kind::FourDigits => unit == NumberUnit::Count && self.is_year(read, &counted),
            Kind::Cardinal | Kind::Share | Kind::Ordinal | Kind::One => false,
        };
        if is_year {
            (unit, counted) = (NumberUnit::Year, Vec::new());
        }
        let is_idle = match unit {
            NumberUnit::Ordinal => counted.is_empty(),
            NumberUnit::Count => read.kind == Kind::One,
            NumberUnit::Percent
            | NumberUnit::Dollars
            | NumberUnit::Euros
            | NumberUnit::Pounds
            | NumberUnit::Year => false,
        };
        if is_idle {
            return None;
        }
        let Bounds { from, low, high, extent } = match unit {
            NumberUnit::Year | NumberUnit::Ordinal => Bounds::of(read),
            NumberUnit::Count
            | NumberUnit::Percent
            | NumberUnit::Dollars
            | NumberUnit::Euros
            | NumberUnit::Pounds => self.bounds(read),
        };
        let mut span = self.stretch(from, end);
        span.end += self.rest(end - 1).bytes().take_while(|byte| *byte == b'%').count() as u32;
        if from == read.from && currency(self.gap(from)).is_some() {
            span.start -= currency(self.gap(from)).map_or(0, |(_, n_bytes)| n_bytes as u32);
        }
        let [value, low, high] = [read.value, low, high].map(|value| value * scale);
        let digits = self.stretch(read.from, read.end);
        let is_relative = unit == NumberUnit::Count && self.is_relative(from, end);
        let is_supposed = self.is_supposed(read.from);
        Some(Number {
            span,
            digits,
            value,
            low,
            high,
            extent,
            unit,
            is_relative,
            is_supposed,
            counted,
        })
    }

    /// Returns the unit of a number, what a value is multiplied with to be in it, and one past its
    /// last word.
    fn unit(&self, read: &Quantity) -> (NumberUnit, f64, usize) {
        let end = read.end;
        match read.kind {
            Kind::Share => return (NumberUnit::Percent, 1.0, end),
            Kind::Ordinal => return (NumberUnit::Ordinal, 1.0, end),
            Kind::Cardinal | Kind::FourDigits | Kind::Decade | Kind::One => {}
        }
        if let Some((unit, _)) = currency(self.gap(read.from)) {
            let is_said = self.is_any(end, &["dollars", "euros"]);
            return (unit, 1.0, end + usize::from(is_said));
        }
        if self.rest(end - 1).starts_with('%') {
            return (NumberUnit::Percent, 1.0, end);
        }
        match self.word(end) {
            "percent" => (NumberUnit::Percent, 1.0, end + 1),
            "percentage" if self.is_any(end + 1, &["point", "points"]) => {
                (NumberUnit::Percent, 1.0, end + 2)
            }
            "per" if self.word(end + 1) == "cent" => (NumberUnit::Percent, 1.0, end + 2),
            "dollar" | "dollars" => (NumberUnit::Dollars, 1.0, end + 1),
            "cents" => (NumberUnit::Dollars, 0.01, end + 1),
            "euro" | "euros" => (NumberUnit::Euros, 1.0, end + 1),
            _ => (NumberUnit::Count, 1.0, end),
        }
    }

    /// Tells whether four digits are a year; `2000 jobs` are none.
    fn is_year(&self, read: &Quantity, counted: &[Span]) -> bool {
        if !(1500.0..=2100.0).contains(&read.value) || self.gap(read.from).ends_with('$') {
            return false;
        }
        let is_led = read.from > 0
            && (BEFORE_YEARS.contains(&self.before(read.from, 1)) || self.is_month(read.from - 1));
        let is_plural = self.written(read.end).ends_with('s');
        is_led || counted.is_empty() || !is_plural
    }

    /// Reads what bounds a number.
    fn bounds(&self, read: &Quantity) -> Bounds {
        let Quantity { from, value, low, high, .. } = *read;
        let is_before = |words: &&&[&str]| {
            from.checked_sub(words.len()).is_some_and(|at| {
                self.starts(at, words) && (at + 1..=from).all(|at| !self.is_parted(at))
            })
        };
        let found = |forms: &[&[&str]]| forms.iter().find(is_before).map(|words| words.len());
        let bounds = |extent, n_words, low, high| {
            let extent = Bounds::of(read).extent.max(extent);
            Bounds { from: from - n_words, low, high, extent }
        };
        // `No more than` before `more than`.
        let (least, most, near) = (found(LEAST), found(MOST), found(NEAR));
        match (least, most, near) {
            (least, Some(most), _) if least.is_none_or(|least| least < most) => {
                bounds(Extent::AtMost, most, value / AT_LEAST, high)
            }
            (Some(least), _, _) => bounds(Extent::AtLeast, least, low, high * AT_LEAST),
            (None, _, Some(near)) => bounds(Extent::One, near, low / ABOUT, high * ABOUT),
            (None, _, None) => Bounds::of(read),
        }
    }

    /// Tells whether a number of days or years is reckoned from the day it is said.
    fn is_relative(&self, from: usize, end: usize) -> bool {
        let unit = self.word(end);
        if !is_time(unit) {
            return false;
        }
        let before = self.before(from, 1);
        RELATIVE.contains(&before)
            || self.word(end + 1) == "ago"
            || self.starts(end + 1, &["from", "now"])
            || before == "in" && self.before(from, 2) == "time"
    }

    /// Finds the words that say what is counted, from one past a number's last word on.
    fn counted(&self, end: usize, unit: NumberUnit) -> Vec<Span> {
        let mut at = end;
        while unit != NumberUnit::Ordinal && self.is_any(at, LEADING) && !self.is_parted(at) {
            // `Ten in the harbour` are not ten of the harbour, `600 the month after` no months.
            let is_first = at == end && !self.is_any(at, &["of", "more", "fewer", "less", "other"]);
            if unit == NumberUnit::Count && is_first {
                return Vec::new();
            }
            at += 1;
        }
        let is_more = |at: &usize| {
            let is_counted = self.is_content(*at) && !self.is_any(*at, PARTICLES);
            is_counted && !self.is_parted(*at) && self.cardinal(*at).is_none()
        };
        // `A year` says of money how often, not for what.
        let is_rate = |at: &usize| unit != NumberUnit::Count && is_time(self.word(*at));
        let counted = (at..).take_while(is_more).take(MAX_COUNTED);
        counted.filter(|at| !is_rate(at)).map(|at| self.span(at)).collect()
    }
}

/// Tells whether a word is a measure of time.
pub(super) fn is_time(word: &str) -> bool {
    TIMES.iter().any(|time| *time == word || time.strip_suffix('s') == Some(word))
}

/// Returns the currency whose sign stands right before a word, and the sign's length in bytes.
pub(super) fn currency(gap: &str) -> Option<(NumberUnit, usize)> {
    let sign = gap.chars().next_back()?;
    let unit = match sign {
        '$' => NumberUnit::Dollars,
        '€' => NumberUnit::Euros,
        '£' => NumberUnit::Pounds,
        _ => return None,
    };
    Some((unit, sign.len_utf8()))
}
