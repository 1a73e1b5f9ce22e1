use super::line::Line;
use super::negator::PARTICLES;
use super::number::{ABOUT, AT_LEAST, Number, NumberUnit};
use super::number_words::{
    denominator, is_magnitude, magnitude, ordinal_value, tens_value, vague_of, word_value,
};
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

/// Words before a number that make it the name of something: `Section 5`.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "section", "sections", "article", "chapter", "title", "resolution", "page", "pages", "number",
    "no", "nos", "route", "highway", "interstate", "flight", "paragraph", "part", "item", "phase",
    "tier", "level", "channel", "room", "pier", "protocol", "annex", "amendment", "order", "verse",
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

/// Finds the numbers that a sentence states, in order and disjoint.
///
/// Read are digits with separators, words, magnitudes, shares (`a third of`, `two in ten`),
/// ranges, vague plurals (`dozens`), money, years and ordinals. Not read, since they count
/// nothing: days of a date, times, codes such as `F-16` or `9/11`, numbers of sections, and `one`
/// by itself. Percentages are in hundredths, money in its main unit.
///
/// ```
/// use onrecord_text::{NumberUnit, numbers};
///
/// let found = numbers("We cut 20 percent, or more than $1.5 billion, in two years.");
/// let shown: Vec<_> = found.iter().map(|number| (number.value, number.unit)).collect();
/// assert_eq!(
///     shown,
///     [(20.0, NumberUnit::Percent), (1.5e9, NumberUnit::Dollars), (2.0, NumberUnit::Count)]
/// );
/// assert_eq!((found[1].low, found[1].high), (1.5e9, 2.25e9));
/// ```
pub fn numbers(text: &str) -> Vec<Number> {
    // Most sentences hold no number at all.
    let line = Line::of(text);
    let mut found: Vec<Number> = Vec::new();
    // One past the last word of the number before, if it may share the unit of the next.
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < line.len() {
        if let Some(behind) = line.name_or_date(at) {
            at = behind;
            continue;
        }
        let Some(read) = line.quantity(at) else {
            at += 1;
            continue;
        };
        at = read.end.max(at + 1);
        let Some(number) = line.finish(&read) else { continue };
        // `From 20 to 30 percent`: both are percentages.
        if open == read.from.checked_sub(1)
            && line.before(read.from, 1) == "to"
            && let Some(before) = found.last_mut()
        {
            before.unit = number.unit;
            before.counted.clone_from(&number.counted);
        }
        let is_bare = number.unit == NumberUnit::Count && number.counted.is_empty();
        open = is_bare.then_some(read.end);
        found.push(number);
    }
    found
}

/// A number that was read, before its unit.
struct Quantity {
    /// Its first word.
    from: usize,
    /// One past its last word.
    end: usize,
    value: f64,
    low: f64,
    high: f64,
    kind: Kind,
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cardinal,
    /// Four digits, which may be a year.
    FourDigits,
    Decade,
    /// A share, in hundredths.
    Share,
    Ordinal,
    /// `One`, which mostly counts nothing.
    One,
}

/// A cardinal, with what it was multiplied with.
#[derive(Clone, Copy)]
struct Cardinal {
    end: usize,
    value: f64,
    magnitude: f64,
    kind: Kind,
}

impl Line<'_> {
    /// Returns one past a date's day, a time or a code that begins at a word.
    fn name_or_date(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let is_digit_at = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        let next_gap = self.gap(at + 1);
        if is_digit_at(at + 1) && matches!(next_gap, "/" | ":") {
            let mut end = at + 2;
            while is_digit_at(end) && matches!(self.gap(end), "/" | ":") {
                end += 1;
            }
            return Some(end);
        }
        // 2011-07-14, or a number to call.
        if is_digit_at(at + 1) && is_digit_at(at + 2) && next_gap == "-" && self.gap(at + 2) == "-"
        {
            return Some(at + 3);
        }
        let before = self.before(at, 1);
        let is_code = self.gap(at) == "-"
            && !before.is_empty()
            && !matches!(before, "mid" | "pre" | "post")
            && !before.starts_with(|c: char| c.is_ascii_digit());
        let is_named = NUMBERED.contains(&before) || self.gap(at).ends_with('#');
        let day = digits_of(word).and_then(|(digits, _)| digits.parse::<u32>().ok());
        let is_day = day.is_some_and(|day| (1..=31).contains(&day))
            && (self.is_month(at + 1) && self.is_joined(at + 1)
                || at > 0 && self.is_month(at - 1) && self.gap(at).trim().is_empty());
        // `11:30 a.m.` was a time; `9 a.m.` is one, too.
        let is_hour = matches!(self.word(at + 1), "a" | "p" | "am" | "pm")
            && (self.word(at + 2) == "m" || matches!(self.word(at + 1), "am" | "pm"));
        (is_code || is_named || is_day || is_hour).then_some(at + 1)
    }

    fn quantity(&self, at: usize) -> Option<Quantity> {
        self.share(at)
            .or_else(|| self.vague(at))
            .or_else(|| self.cardinal(at).map(|cardinal| self.range(at, cardinal)))
            .or_else(|| self.ordinal(at))
    }

    /// Reads a share: `a third of`, `two-thirds`, `half the`, `one in five`.
    fn share(&self, at: usize) -> Option<Quantity> {
        let share = |end: usize, value: f64| Quantity {
            from: at,
            end,
            value: value * 100.0,
            low: value * 100.0,
            high: value * 100.0,
            kind: Kind::Share,
        };
        let is_of = |end: usize| self.word(end) == "of";
        if self.word(at) == "half" {
            let is_share = self.is_any(at + 1, &["of", "the", "our", "all", "their", "its"]);
            return is_share.then(|| share(at + 1, 0.5));
        }
        if matches!(self.word(at), "a" | "an") {
            let below = denominator(self.word(at + 1)).filter(|_| is_of(at + 2))?;
            return Some(share(at + 2, 1.0 / below));
        }
        let above = self.cardinal(at)?;
        if above.value < 1.0 || above.value.fract() != 0.0 {
            return None;
        }
        let part = self.word(above.end);
        if let Some(below) = denominator(part).filter(|_| self.is_joined(above.end)) {
            let is_plural = part.ends_with('s');
            let fits = if above.value == 1.0 { !is_plural } else { is_plural };
            return (fits && above.value < below)
                .then(|| share(above.end + 1, above.value / below));
        }
        self.one_in_many(above).map(|(end, value)| share(end, value))
    }

    /// Reads the rest of `one in five` and `two out of every three`.
    fn one_in_many(&self, above: Cardinal) -> Option<(usize, f64)> {
        let forms: [&[&str]; 5] =
            [&["out", "of", "every"], &["out", "of"], &["in", "every"], &["of", "every"], &["in"]];
        let form = forms.iter().find(|form| self.starts(above.end, form))?;
        let below = self.cardinal(above.end + form.len())?;
        let is_share = below.value > above.value
            && below.value <= 1000.0
            && below.value.fract() == 0.0
            && !self.is_any(below.end, TIMES)
            && !self.is_month(below.end);
        is_share.then(|| (below.end, above.value / below.value))
    }

    /// Reads what stands for no number in particular: `dozens`, `tens of thousands`, `several
    /// hundred`.
    fn vague(&self, at: usize) -> Option<Quantity> {
        let vague = |end: usize, (low, high): (f64, f64)| Quantity {
            from: at,
            end,
            value: low,
            low,
            high,
            kind: Kind::Cardinal,
        };
        let word = self.word(at);
        if matches!(word, "tens" | "hundreds") && self.word(at + 1) == "of" {
            let times = if word == "tens" { 10.0 } else { 100.0 };
            let unit = self.word(at + 2).strip_suffix('s').and_then(magnitude);
            if let Some(unit) = unit {
                return Some(vague(at + 3, (times * unit, 10.0 * times * unit)));
            }
        }
        if let Some(bounds) = vague_of(word) {
            return Some(vague(at + 1, bounds));
        }
        let n_words = match word {
            "several" => 1,
            "a" if self.is_any(at + 1, &["few", "couple"]) => 2,
            _ => return None,
        };
        let unit = magnitude(self.word(at + n_words))?;
        Some(vague(at + n_words + 1, (2.0 * unit, 9.0 * unit)))
    }

    /// Reads a number in digits or words, with its magnitude.
    fn cardinal(&self, at: usize) -> Option<Cardinal> {
        let word = self.word(at);
        if matches!(word, "a" | "an") {
            return is_magnitude(self.word(at + 1)).then(|| self.in_words(at + 1));
        }
        if word == "half" {
            let is_led = matches!(self.word(at + 1), "a" | "an");
            let unit_at = at + 1 + usize::from(is_led);
            let unit = magnitude(self.word(unit_at)).filter(|_| self.is_joined(unit_at))?;
            let (value, magnitude) = (unit / 2.0, unit);
            return Some(Cardinal { end: unit_at + 1, value, magnitude, kind: Kind::Cardinal });
        }
        if word_value(word).is_some() {
            return Some(self.with_magnitude(self.in_words(at)));
        }
        let digits = self.in_digits(at)?;
        Some(self.with_magnitude(digits))
    }

    fn in_digits(&self, at: usize) -> Option<Cardinal> {
        let (digits, suffix) = digits_of(self.word(at))?;
        let mut value: f64 = digits.parse().ok()?;
        let mut end = at + 1;
        let mut kind = Kind::Cardinal;
        let mut suffix = suffix;
        if suffix.is_empty() {
            if digits.len() == 4 {
                kind = Kind::FourDigits;
            }
            let is_group = |at: usize| {
                let word = self.word(at);
                self.gap(at) == "," && word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit())
            };
            while digits.len() <= 3 && is_group(end) {
                value = value * 1e3 + self.word(end).parse::<f64>().ok()?;
                end += 1;
            }
            if self.gap(end) == "."
                && let Some((decimals, of_decimals)) = digits_of(self.word(end))
            {
                value += decimals.parse::<f64>().ok()? / 10f64.powi(decimals.len() as i32);
                (suffix, end, kind) = (of_decimals, end + 1, Kind::Cardinal);
            }
        }
        let is_money = currency(self.gap(at)).is_some();
        let magnitude = match suffix {
            "" => 1.0,
            "s" if kind_of_decade(digits) => {
                return Some(Cardinal { end, value, magnitude: 1.0, kind: Kind::Decade });
            }
            "bn" => 1e9,
            "tn" => 1e12,
            "k" if is_money => 1e3,
            "m" if is_money => 1e6,
            "b" if is_money => 1e9,
            _ => return None,
        };
        Some(Cardinal { end, value: value * magnitude, magnitude, kind })
    }

    /// Reads number words one behind the other: `two hundred and fifty thousand`.
    fn in_words(&self, at: usize) -> Cardinal {
        let (mut total, mut current, mut end) = (0.0, 0.0, at);
        let (mut largest, mut last) = (1.0, 1.0);
        // The least value that a next word may not reach: behind `twenty`, ten.
        let mut room = f64::INFINITY;
        while end == at || self.is_joined(end) {
            let word = self.word(end);
            if let Some(value) = word_value(word).filter(|value| *value < room) {
                current += value;
                room = if tens_value(word).is_some() { 10.0 } else { 0.0 };
            } else if let Some(unit) = magnitude(word) {
                let counted = if current == 0.0 { 1.0 } else { current };
                if unit <= 100.0 {
                    current = counted * unit;
                } else {
                    total += counted * unit;
                    current = 0.0;
                }
                (largest, room, last) = (f64::max(largest, unit), 100.0, unit);
            } else if word == "and"
                && matches!(last, 100.0 | 1000.0)
                && room == 100.0
                && word_value(self.word(end + 1)).is_some()
            {
                // The word behind it is read next.
            } else {
                break;
            }
            end += 1;
        }
        let is_one = end == at + 1 && self.word(at) == "one";
        let kind = if is_one { Kind::One } else { Kind::Cardinal };
        Cardinal { end, value: total + current, magnitude: largest, kind }
    }

    /// Multiplies a number by the magnitudes behind it: `2 million`, `two and a half million`.
    fn with_magnitude(&self, mut cardinal: Cardinal) -> Cardinal {
        if self.starts(cardinal.end, &["and", "a", "half"]) {
            cardinal.value += 0.5;
            (cardinal.end, cardinal.kind) = (cardinal.end + 3, Kind::Cardinal);
        }
        while let Some(unit) =
            magnitude(self.word(cardinal.end)).filter(|_| self.is_joined(cardinal.end))
        {
            cardinal.value *= unit;
            cardinal.magnitude *= unit;
            (cardinal.end, cardinal.kind) = (cardinal.end + 1, Kind::Cardinal);
        }
        cardinal
    }

    /// Reads on where a number begins a range: `20 to 30`, `between five and ten`, `20–30`.
    fn range(&self, at: usize, first: Cardinal) -> Quantity {
        let alone = Quantity {
            from: at,
            end: first.end,
            value: first.value,
            low: first.value,
            high: if first.kind == Kind::Decade { first.value + 9.0 } else { first.value },
            kind: first.kind,
        };
        let before = self.before(at, 1);
        let is_dashed = matches!(self.gap(first.end), "-" | "–" | "—");
        let second = match self.word(first.end) {
            "and" if before == "between" => self.cardinal(first.end + 1),
            "to" | "or" if before != "from" => self.cardinal(first.end + 1),
            _ if is_dashed => self.cardinal(first.end),
            _ => None,
        };
        let Some(second) = second else { return alone };
        let mut low = first.value;
        if first.magnitude == 1.0 && low < second.value / second.magnitude {
            low *= second.magnitude;
        }
        if low >= second.value || first.kind == Kind::Decade {
            return alone;
        }
        let is_years = first.kind == Kind::FourDigits && second.kind == Kind::FourDigits;
        let kind = if is_years { Kind::FourDigits } else { Kind::Cardinal };
        Quantity { from: at, end: second.end, value: low, low, high: second.value, kind }
    }

    fn ordinal(&self, at: usize) -> Option<Quantity> {
        let ordinal = |end: usize, value: f64| Quantity {
            from: at,
            end,
            value,
            low: value,
            high: value,
            kind: Kind::Ordinal,
        };
        if let Some(value) = ordinal_value(self.word(at)) {
            return Some(ordinal(at + 1, value));
        }
        let (digits, suffix) = digits_of(self.word(at))?;
        let is_ordinal = matches!(suffix, "st" | "nd" | "rd" | "th");
        is_ordinal.then(|| digits.parse().ok()).flatten().map(|value| ordinal(at + 1, value))
    }

    /// Gives a number its unit, what is counted, and its bounds; none where it counts nothing.
    fn finish(&self, read: &Quantity) -> Option<Number> {
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
        let (from, low, high) = match unit {
            NumberUnit::Year | NumberUnit::Ordinal => (read.from, read.low, read.high),
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
        Some(Number { span, digits, value, low, high, unit, is_relative, is_supposed, counted })
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

    /// Returns the first word of what bounds a number, and the bounds.
    fn bounds(&self, read: &Quantity) -> (usize, f64, f64) {
        let Quantity { from, value, low, high, .. } = *read;
        let is_before = |words: &&&[&str]| {
            from.checked_sub(words.len()).is_some_and(|at| {
                self.starts(at, words) && (at + 1..=from).all(|at| !self.is_parted(at))
            })
        };
        let found = |forms: &[&[&str]]| forms.iter().find(is_before).map(|words| words.len());
        // `No more than` before `more than`.
        let (least, most, near) = (found(LEAST), found(MOST), found(NEAR));
        match (least, most, near) {
            (least, Some(most), _) if least.is_none_or(|least| least < most) => {
                (from - most, value / AT_LEAST, high)
            }
            (Some(least), _, _) => (from - least, low, high * AT_LEAST),
            (None, _, Some(near)) => (from - near, low / ABOUT, high * ABOUT),
            (None, _, None) => (from, low, high),
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

/// Splits a word into the digits that it begins with and the rest.
fn digits_of(word: &str) -> Option<(&str, &str)> {
    let n_digits = word.bytes().take_while(u8::is_ascii_digit).count();
    word.split_at_checked(n_digits).filter(|(digits, _)| !digits.is_empty() && n_digits <= 15)
}

/// Tells whether digits before an `s` are a decade: `1960s`.
fn kind_of_decade(digits: &str) -> bool {
    digits.len() == 4 && digits.ends_with('0')
}

/// Returns the currency whose sign stands right before a word, and the sign's length in bytes.
fn currency(gap: &str) -> Option<(NumberUnit, usize)> {
    let sign = gap.chars().next_back()?;
    let unit = match sign {
        '$' => NumberUnit::Dollars,
        '€' => NumberUnit::Euros,
        '£' => NumberUnit::Pounds,
        _ => return None,
    };
    Some((unit, sign.len_utf8()))
}
