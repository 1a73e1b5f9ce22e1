use crate::Error;
use onrecord_model::CivilDate;
use std::borrow::Cow;
use std::fmt;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers shown with a fixed count of decimals.
    Decimal {
        /// The number of decimals.
        places: u8,
    },
    /// Dates, as precise as they are known.
    Date,
}

impl ColumnKind {
    /// Returns a name for messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "an integer",
            Self::Decimal { .. } => "a decimal",
            Self::Date => "a date",
        }
    }

    /// Tells whether its cells are numbers.
    pub const fn is_number(self) -> bool {
        match self {
            Self::Integer | Self::Decimal { .. } => true,
            Self::Text | Self::Date => false,
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    /// Its name, in the header line and as the key in JSON; no two of a table are equal.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: ColumnKind,
    /// What its numbers count, such as `passages` or `0 to 1`; empty where that goes without saying.
    pub unit: &'static str,
    /// What it means, in a phrase of Markdown; empty where the name says it.
    pub about: &'static str,
}

impl Column {
    /// Makes a column whose name is known only when the report is made.
    pub const fn new(name: String, kind: ColumnKind) -> Self {
        Self { name: Cow::Owned(name), kind, unit: "", about: "" }
    }

    const fn named(name: &'static str, kind: ColumnKind) -> Self {
        Self { name: Cow::Borrowed(name), kind, unit: "", about: "" }
    }

    /// Says what the numbers of the column count.
    pub const fn in_unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Says what the column means.
    pub const fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// Makes a column of text.
    pub const fn text(name: &'static str) -> Self {
        Self::named(name, ColumnKind::Text)
    }

    /// Makes a column of whole numbers.
    pub const fn integer(name: &'static str) -> Self {
        Self::named(name, ColumnKind::Integer)
    }

    /// Makes a column of numbers with so many decimals.
    pub const fn decimal(name: &'static str, places: u8) -> Self {
        Self::named(name, ColumnKind::Decimal { places })
    }

    /// Makes a column of dates.
    pub const fn date(name: &'static str) -> Self {
        Self::named(name, ColumnKind::Date)
    }

    /// Returns what the column means, without marks of Markdown.
    pub(crate) fn meaning(&self) -> String {
        self.about.replace('`', "")
    }

    /// Checks that a cell may stand in the column.
    pub(crate) fn check(&self, cell: &Cell<'_>) -> Result<(), Error> {
        let column = || self.name.clone().into_owned();
        match (self.kind, cell) {
            (ColumnKind::Decimal { .. }, Cell::Decimal(value)) if !value.is_finite() => {
                Err(Error::NotFinite { column: column(), value: *value })
            }
            (_, Cell::Empty)
            | (ColumnKind::Text, Cell::Text(_))
            | (ColumnKind::Integer, Cell::Integer(_))
            | (ColumnKind::Decimal { .. }, Cell::Decimal(_))
            | (ColumnKind::Date, Cell::Date(_)) => Ok(()),
            (kind, Cell::Text(_) | Cell::Integer(_) | Cell::Decimal(_) | Cell::Date(_)) => {
                Err(Error::CellKind { column: column(), kind })
            }
        }
    }

    /// Appends a cell's plain form to `out`.
    ///
    /// Decimals are rounded to the column's places from their exact binary value, ties to even;
    /// zero has no sign.
    pub(crate) fn write_cell(&self, cell: &Cell<'_>, out: &mut impl fmt::Write) -> fmt::Result {
        match cell {
            Cell::Empty => Ok(()),
            Cell::Text(text) => out.write_str(text),
            Cell::Integer(number) => write!(out, "{number}"),
            Cell::Decimal(number) => self.write_decimal(*number, out),
            Cell::Date(date) => write!(out, "{date}"),
        }
    }

    /// Returns a cell's plain form.
    pub(crate) fn plain(&self, cell: &Cell<'_>) -> String {
        let mut plain = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_cell(cell, &mut plain);
        plain
    }

    fn write_decimal(&self, number: f64, out: &mut impl fmt::Write) -> fmt::Result {
        let places = match self.kind {
            ColumnKind::Decimal { places } => usize::from(places),
            ColumnKind::Text | ColumnKind::Integer | ColumnKind::Date => 0,
        };
        let written = format!("{number:.places$}");
        let is_zero = written.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
        out.write_str(if is_zero { written.trim_start_matches('-') } else { &written })
    }
}

/// What is to be known of a table beside its rows: never a row of it, but a sheet of its own in a
/// workbook, and what stands around it on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What the table is, in a line.
    pub title: String,
    /// How it was made, each by its name: the command, the query, the taxonomy.
    pub facts: Vec<(String, String)>,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Not known, or not defined: an empty cell, `null` in JSON.
    Empty,
    /// Text as it is; each format escapes it.
    Text(Cow<'a, str>),
    /// A whole number, wide enough for every count.
    Integer(i128),
    /// A finite number.
    Decimal(f64),
    /// A date.
    Date(CivilDate),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Integer(number as i128)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

impl From<CivilDate> for Cell<'_> {
    fn from(date: CivilDate) -> Self {
        Self::Date(date)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_fixed_places_and_zero_no_sign() {
        for (number, places, expected) in [
            (0.0, 3, "0.000"),
            (-0.0, 3, "0.000"),
            (-0.0004, 3, "0.000"),
            (-0.0006, 3, "-0.001"),
            (0.125, 2, "0.12"),
            (0.375, 2, "0.38"),
            (2.5, 0, "2"),
            (1.0 / 3.0, 4, "0.3333"),
            (1e21, 1, "1000000000000000000000.0"),
            (-5.0, 1, "-5.0"),
        ] {
            let mut written = String::new();
            Column::decimal("x", places).write_cell(&number.into(), &mut written).unwrap();
            assert_eq!(written, expected);
        }
    }

    #[test]
    fn cells_must_fit_their_columns() {
        let date: CivilDate = "2011-07".parse().unwrap();
        let cells: [Cell<'_>; 4] = ["a".into(), 1_u32.into(), 1.0.into(), date.into()];
        let columns =
            [Column::text("t"), Column::integer("i"), Column::decimal("d", 1), Column::date("y")];
        for (i, column) in columns.iter().enumerate() {
            assert!(column.check(&Cell::Empty).is_ok());
            for (j, cell) in cells.iter().enumerate() {
                assert_eq!(column.check(cell).is_ok(), i == j, "{column:?} {cell:?}");
            }
        }
        for value in [f64::NAN, f64::INFINITY] {
            let error = columns[2].check(&value.into()).unwrap_err();
            assert!(error.to_string().contains("not a finite number"), "{error}");
        }
    }

    #[test]
    fn absent_values_are_empty() {
        assert_eq!(Cell::from(None::<u32>), Cell::Empty);
        assert_eq!(Cell::from(Some("a")), Cell::Text("a".into()));
    }
}
