//! Values of rows by columns, each in a cell of its own: shaded in steps, and always written.

mod terminal;

use super::{Point, described, svg, written};
use crate::Error;
use std::io::Write;

/// How many shades there are, beside none.
pub(crate) const N_STEPS: usize = 4;

/// Values of rows by columns.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    /// What it is about.
    pub title: String,
    /// What the values are, with their unit, such as `share of passages, %`.
    pub measure: String,
    /// What is said where a cell has no value, such as `no passages`.
    pub gap: String,
    /// What is said of cells that are to be doubted; they are not shaded.
    pub doubt: String,
    /// How many decimals values are written with.
    pub places: usize,
    /// The names of the columns, in order.
    pub columns: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<HeatRow>,
    /// What is to be known to read it, one line each.
    pub notes: Vec<String>,
}

/// A row of a heat map.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// One for each column, in their order; the intervals are told and not drawn.
    pub points: Vec<Point>,
}

/// Writes a heat map in shaded blocks and numbers; `width` is that of the terminal, in columns.
///
/// # Errors
/// When it cannot be written.
pub fn write_terminal_heat_map(
    out: &mut dyn Write,
    map: &HeatMap,
    width: u16,
) -> Result<(), Error> {
    Ok(out.write_all(terminal::draw(map, usize::from(width)).as_bytes())?)
}

/// Writes a heat map as an SVG document that needs nothing else.
///
/// # Errors
/// When it cannot be written.
pub fn write_svg_heat_map(out: &mut dyn Write, map: &HeatMap) -> Result<(), Error> {
    Ok(out.write_all(svg::heat_map::draw(map).as_bytes())?)
}

/// Which values have which shade: steps of one width, from zero on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Steps {
    width: f64,
}

impl Steps {
    /// Makes the steps that reach every value that is not doubtful.
    pub(crate) fn of(map: &HeatMap) -> Self {
        let points = map.rows.iter().flat_map(|row| &row.points);
        let values = points.filter(|point| !point.is_doubtful).filter_map(|point| point.value);
        Self::to(values.fold(0.0, f64::max))
    }

    /// Makes round steps to a value. None of these widths is more than 4/3 of the one before it,
    /// so that the last step is never without a value.
    fn to(most: f64) -> Self {
        const ROUND: [f64; 12] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0, 10.0];
        let least = if most.is_finite() && most > 0.0 { most } else { 1.0 } / N_STEPS as f64;
        let power = 10_f64.powf(least.log10().floor());
        let widths = ROUND.map(|width| width * power);
        let fits = |width: &f64| *width >= least * (1.0 - 1e-9);
        Self { width: widths.into_iter().find(fits).unwrap_or(least) }
    }

    /// Returns the step of a point, from 1; 0 where there is none: of zeros, gaps, and what is
    /// doubtful.
    pub(crate) fn of_point(self, point: &Point) -> usize {
        let value = point.value.filter(|value| *value > 0.0 && !point.is_doubtful);
        value.map_or(0, |value| ((value / self.width - 1e-9).ceil() as usize).clamp(1, N_STEPS))
    }

    /// Lists the steps, each with what it reaches up to.
    pub(crate) fn ends(self) -> impl Iterator<Item = (usize, String)> {
        // Widths have at most two digits, of which the second may be a half: 0.25, 1.5, 12.
        let places = (1.0 - self.width.log10().floor()).max(0.0) as usize;
        (1..=N_STEPS).map(move |step| {
            let end = format!("{:.places$}", self.width * step as f64);
            let end =
                if places > 0 { end.trim_end_matches('0').trim_end_matches('.') } else { &end };
            (step, end.to_owned())
        })
    }
}

impl HeatMap {
    /// Writes a value: a zero as `0`, and what is not zero never so.
    pub(crate) fn written(&self, value: f64) -> String {
        written(value, self.places)
    }

    /// Writes the value of a cell, with a mark where it is doubtful; of a gap nothing.
    pub(crate) fn cell(&self, point: &Point) -> String {
        let Some(value) = point.value else { return String::new() };
        format!("{}{}", self.written(value), if point.is_doubtful { "+" } else { "" })
    }

    /// Writes a value, its interval, and the numbers behind it.
    pub(crate) fn described(&self, point: &Point) -> String {
        let Self { measure, gap, doubt, places, .. } = self;
        described(point, *places, [measure, gap, doubt])
    }

    /// Tells whether a point meets something.
    pub(crate) fn any(&self, holds: impl Fn(&Point) -> bool) -> bool {
        self.rows.iter().flat_map(|row| &row.points).any(holds)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A heat map of so many rows and columns with zeros, gaps, and doubtful cells.
    pub(crate) fn heat_map(n_rows: usize, n_columns: usize) -> HeatMap {
        let point = |row: usize, column: usize| Point {
            value: (row % 7 != 5).then_some(((row * 5 + column * 3) % 11) as f64 * 1.25),
            interval: None,
            is_doubtful: row % 6 == 4,
            detail: format!("{row} of 2000 passages"),
        };
        let row = |row: usize| HeatRow {
            name: format!("Name {row} <of> \"someone\" {}", "& more ".repeat(row % 9)),
            points: (0..n_columns).map(|column| point(row, column)).collect(),
        };
        HeatMap {
            title: "A & B".into(),
            measure: "share of passages, %".into(),
            gap: "no passages".into(),
            doubt: "fewer than 30 passages".into(),
            places: 1,
            columns: (0..n_columns).map(|n| format!("Priority {n} of internationality")).collect(),
            rows: (0..n_rows).map(row).collect(),
            notes: vec!["31 more speakers".into()],
        }
    }

    #[test]
    fn steps_are_round_and_all_reached() {
        for (most, ends) in [
            (0.0, ["0.25", "0.5", "0.75", "1"]),
            (3.9, ["1", "2", "3", "4"]),
            (4.1, ["1.2", "2.4", "3.6", "4.8"]),
            (100.0, ["25", "50", "75", "100"]),
            (0.03, ["0.0075", "0.015", "0.0225", "0.03"]),
        ] {
            let found: Vec<String> = Steps::to(most).ends().map(|(_, end)| end).collect();
            assert_eq!(found, ends, "{most}");
        }
        for most in (1..2000).map(|n| f64::from(n) * 0.07) {
            let point = Point { value: Some(most), ..Point::default() };
            assert_eq!(Steps::to(most).of_point(&point), N_STEPS, "{most}");
        }
    }

    #[test]
    fn zeros_gaps_and_doubt_have_no_shade() {
        let steps = Steps::to(4.0);
        let point = |value, is_doubtful| Point { value, is_doubtful, ..Point::default() };
        for (point, expected) in [
            (point(None, false), 0),
            (point(Some(0.0), false), 0),
            (point(Some(50.0), true), 0),
            (point(Some(1e-9), false), 1),
            (point(Some(1.0), false), 1),
            (point(Some(1.1), false), 2),
            (point(Some(9.0), false), 4),
        ] {
            assert_eq!(steps.of_point(&point), expected, "{point:?}");
        }
    }
}
