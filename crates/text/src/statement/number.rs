use onrecord_model::Span;

/// What is counted or measured by a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberUnit {
    /// Things, named by the words behind it.
    Count,
    /// Hundredths of something: `20 percent`, `a fifth of`, `two in ten`.
    Percent,
    /// Dollars.
    Dollars,
    /// Euros.
    Euros,
    /// Pounds, as money.
    Pounds,
    /// A year of the calendar, or a decade.
    Year,
    /// A place in an order: `the second term`, `the 21st century`.
    Ordinal,
}

impl NumberUnit {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Dollars => "dollars",
            Self::Euros => "euros",
            Self::Pounds => "pounds",
            Self::Year => "year",
            Self::Ordinal => "ordinal",
        }
    }
}

/// How far a number goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// One number, or one near it: `20`, `about 20`.
    One,
    /// What may be more: `more than 20`, `at least 20`.
    AtLeast,
    /// What may be less: `fewer than 20`, `up to 20`.
    AtMost,
    /// All between two ends: `20 to 30`, `dozens`, `the 1960s`.
    Between,
}

/// A number that a text states.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Where it stands, in bytes, with its unit and what bounds it: `more than $3 billion`.
    pub span: Span,
    /// Where the number itself stands, in bytes: `3 billion`.
    pub digits: Span,
    /// The number as written, in its unit: 3,000,000,000.
    pub value: f64,
    /// The least that it may mean.
    pub low: f64,
    /// The most that it may mean: `value` where it is exact.
    pub high: f64,
    /// How far it goes from its value.
    pub extent: Extent,
    /// What is counted or measured.
    pub unit: NumberUnit,
    /// Whether it reaches back or ahead from the day it is said, so that it is another on another
    /// day: `the last 15 months`, `three years ago`, `the first time in nine years`.
    pub is_relative: bool,
    /// Whether it is only supposed: in a clause with `if`.
    pub is_supposed: bool,
    /// Where the words stand behind it that say what is counted, in bytes, in order; four at most.
    pub counted: Vec<Span>,
}

/// The share by which two values may differ and be one: what is lost in reckoning.
const ROUNDING: f64 = 1e-9;

impl Number {
    /// Tells whether two numbers may be the same: of one unit, and some value is meant by both.
    pub fn may_equal(&self, other: &Self) -> bool {
        let is_below = |low: f64, high: f64| low <= high + high.abs() * ROUNDING;
        self.unit == other.unit && is_below(self.low, other.high) && is_below(other.low, self.high)
    }

    /// Tells whether the same is written in both: one number, whether `about` stands before it or
    /// not, or the same range, or the same bound on the same side.
    pub fn is_same_value(&self, other: &Self) -> bool {
        let is_same = |one: f64, other: f64| (one - other).abs() <= one.abs() * ROUNDING;
        let is_same_end = self.extent == Extent::One || is_same(self.high, other.high);
        self.unit == other.unit
            && self.extent == other.extent
            && is_same(self.value, other.value)
            && is_same_end
    }
}

/// How much a number may be off that is given as `about` or `nearly`: a tenth, as one would round.
pub(super) const ABOUT: f64 = 1.1;

/// How far beyond a number `more than` it may reach: half of it. One who means twice as many gives
/// another number.
pub(super) const AT_LEAST: f64 = 1.5;
