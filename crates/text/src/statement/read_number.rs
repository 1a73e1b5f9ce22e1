use super::line::Line;
use super::number::{Number, NumberUnit};
use super::number_unit::{currency, is_time};
use super::number_words::{
    denominator, is_magnitude, magnitude, ordinal_value, tens_value, vague_of, word_value,
};

/// Words before a number that make it the name of something: `Section 5`.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "section", "sections", "article", "chapter", "title", "resolution", "page", "pages", "number",
    "no", "nos", "route", "highway", "interstate", "flight", "paragraph", "part", "item", "phase",
    "tier", "level", "channel", "room", "pier", "protocol", "annex", "amendment", "order", "verse",
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
pub(super) struct Quantity {
    /// Its first word.
    pub(super) from: usize,
    /// One past its last word.
    pub(super) end: usize,
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) kind: Kind,
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct Cardinal {
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
            && !is_time(self.word(below.end))
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
    pub(super) fn cardinal(&self, at: usize) -> Option<Cardinal> {
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
