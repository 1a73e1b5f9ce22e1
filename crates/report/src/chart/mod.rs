//! Bars with their intervals, over time or by name, and heat maps: for the terminal, and as SVG.
//!
//! Bars begin at zero, all series share one scale, and where there is nothing to measure, a gap
//! is drawn and not a zero.

mod heat_map;
mod scale;
mod svg;
mod terminal;

pub use heat_map::{HeatMap, HeatRow, write_svg_heat_map, write_terminal_heat_map};
pub(crate) use heat_map::{N_STEPS, Steps};
pub(crate) use scale::Scale;

use crate::Error;
use std::io::Write;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it is about.
    pub title: String,
    /// What the values are, with their unit, such as `share of passages, %`.
    pub measure: String,
    /// What is said where a group has no value, such as `no documents`.
    pub gap: String,
    /// What is said of bars that are to be doubted.
    pub doubt: String,
    /// How many decimals values are written with.
    pub places: usize,
    /// How the groups lie beside one another.
    pub axis: Axis,
    /// The groups, in order; none of them twice.
    pub groups: Vec<ChartGroup>,
    /// One or more.
    pub series: Vec<ChartSeries>,
    /// What is to be known to read it, one line each.
    pub notes: Vec<String>,
}

/// How groups lie beside one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// As stretches of time without a break, so many in a year.
    Time {
        /// 1, 4 or 12.
        a_year: u32,
    },
    /// As names.
    Names,
}

/// What values are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartGroup {
    /// Its name.
    pub name: String,
    /// Its number in time, one more than that of the group before it; none where it has no place
    /// in time.
    pub period: Option<u32>,
}

/// Values of one kind, one for each group.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSeries {
    /// Its name.
    pub name: String,
    /// One for each group, in their order.
    pub points: Vec<Point>,
}

/// The value of a group, 0 or more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// The value; none where there is nothing to measure.
    pub value: Option<f64>,
    /// The interval around it, its lower end first.
    pub interval: Option<(f64, f64)>,
    /// Whether it comes from so little that the scale should not be made for it.
    pub is_doubtful: bool,
    /// The numbers behind it, such as `8 of 2345 passages`.
    pub detail: String,
}

/// Writes a chart in block characters; `width` is that of the terminal, in columns.
///
/// # Errors
/// When it cannot be written.
pub fn write_terminal_chart(out: &mut dyn Write, chart: &Chart, width: u16) -> Result<(), Error> {
    Ok(out.write_all(terminal::draw(chart, usize::from(width)).as_bytes())?)
}

/// Writes a chart as an SVG document that needs nothing else.
///
/// # Errors
/// When it cannot be written.
pub fn write_svg_chart(out: &mut dyn Write, chart: &Chart) -> Result<(), Error> {
    Ok(out.write_all(svg::draw(chart).as_bytes())?)
}

impl Chart {
    /// Writes a value: a zero as `0`, and what is not zero never so.
    fn written(&self, value: f64) -> String {
        written(value, self.places)
    }

    /// Writes a value, its interval, and the numbers behind it.
    pub(crate) fn described(&self, point: &Point) -> String {
        let Self { measure, gap, doubt, places, .. } = self;
        described(point, *places, [measure, gap, doubt])
    }

    /// Returns the interval to draw on a bar. Over time a zero has none: it tells of how little
    /// there was, and most of a long time is zeros; the words have it.
    pub(crate) fn whisker(&self, point: &Point) -> Option<(f64, f64)> {
        point.interval.filter(|_| self.axis == Axis::Names || point.value != Some(0.0))
    }

    /// Returns how far a bar or its interval reaches; none where there is nothing to measure.
    pub(crate) fn reach(&self, point: &Point) -> Option<f64> {
        let value = point.value?;
        Some(self.whisker(point).map_or(value, |(_, high)| high.max(value)))
    }

    /// Tells whether no series has a value for the group of that number.
    fn is_gap(&self, group: usize) -> bool {
        let has_value =
            |series: &ChartSeries| series.points.get(group).is_some_and(|p| p.value.is_some());
        !self.series.iter().any(has_value)
    }

    /// Tells whether a point meets something.
    pub(crate) fn any(&self, holds: impl Fn(&Point) -> bool) -> bool {
        self.series.iter().flat_map(|series| &series.points).any(holds)
    }
}

/// Writes a value with so many decimals: a zero as `0`, and what would look like one as less than
/// the least that can be written, such as `<0.1`.
pub(crate) fn written(value: f64, places: usize) -> String {
    let least = 10_f64.powi(-i32::try_from(places).unwrap_or(0));
    if value == 0.0 {
        "0".to_owned()
    } else if value < least / 2.0 {
        format!("<{least:.places$}")
    } else {
        format!("{value:.places$}")
    }
}

/// Writes the value of a point, its interval, and the numbers behind it.
fn described(point: &Point, places: usize, [measure, gap, doubt]: [&str; 3]) -> String {
    let Some(value) = point.value else { return gap.to_owned() };
    let unit = if measure.ends_with('%') { " %" } else { "" };
    let mut described = format!("{}{unit}", written(value, places));
    if let Some((low, high)) = point.interval {
        let (low, high) = (written(low, places), written(high, places));
        described.push_str(&format!(" ({low} to {high})"));
    }
    for more in [point.detail.as_str(), if point.is_doubtful { doubt } else { "" }] {
        if !more.is_empty() {
            described.push_str(&format!("; {more}"));
        }
    }
    described
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chart of so many groups with zeros, gaps, doubtful and long bars.
    pub(super) fn chart(axis: Axis, n_groups: usize, n_series: usize) -> Chart {
        let name = |n: usize| match axis {
            Axis::Time { a_year: 12 } => format!("{:04}-{:02}", 2000 + n / 12, n % 12 + 1),
            Axis::Time { a_year: 4 } => format!("{:04}-Q{}", 2000 + n / 4, n % 4 + 1),
            Axis::Time { .. } => format!("{}", 1790 + n),
            Axis::Names => format!("Name {n} <of> \"someone\" {}", "& more ".repeat(n % 9)),
        };
        let first = match axis {
            Axis::Time { a_year: 1 } => 1790,
            Axis::Time { a_year } => 2000 * a_year,
            Axis::Names => 0,
        };
        let is_time = axis != Axis::Names;
        let groups = (0..n_groups)
            .map(|n| ChartGroup { name: name(n), period: is_time.then_some(first + n as u32) });
        let point = |n: usize, series: usize| {
            let value = ((n * 7 + series * 3) % 11) as f64 / 4.0;
            let is_gap = n % 13 == 5 || (20..26).contains(&n);
            Point {
                value: (!is_gap).then_some(value),
                interval: (!is_gap).then_some((value * 0.7, value * 1.2 + 0.2)),
                is_doubtful: n % 17 == 3,
                detail: format!("{n} of 2000 passages"),
            }
        };
        let series = (0..n_series).map(|s| ChartSeries {
            name: format!("query {s} <&>"),
            points: (0..n_groups).map(|n| point(n, s)).collect(),
        });
        Chart {
            title: "A & B".into(),
            measure: "share of passages, %".into(),
            gap: "no documents".into(),
            doubt: "fewer than 30 passages".into(),
            places: 2,
            axis,
            groups: groups.collect(),
            series: series.collect(),
            notes: vec!["no date: 3 of 40 passages".into()],
        }
    }

    #[test]
    fn only_zeros_are_written_as_zero() {
        for (value, places, expected) in [
            (0.0, 1, "0"),
            (0.01, 1, "<0.1"),
            (0.05, 1, "0.1"),
            (12.34, 1, "12.3"),
            (0.0004, 3, "<0.001"),
            (0.069, 3, "0.069"),
        ] {
            assert_eq!(written(value, places), expected);
        }
        let mut chart = chart(Axis::Time { a_year: 1 }, 0, 0);
        let point = |value: f64, is_doubtful: bool| Point {
            value: Some(value),
            interval: Some((0.0, value + 0.001)),
            is_doubtful,
            detail: "1 of 9".into(),
        };
        for (measure, point, expected) in [
            ("share, %", point(0.001, false), "<0.01 % (0 to <0.01); 1 of 9"),
            ("mentions", point(1.0, true), "1.00 (0 to 1.00); 1 of 9; fewer than 30 passages"),
            ("share, %", Point::default(), "no documents"),
        ] {
            chart.measure = measure.into();
            assert_eq!(chart.described(&point), expected);
        }
    }

    #[test]
    fn zeros_over_time_have_no_whisker() {
        let zero = Point { value: Some(0.0), interval: Some((0.0, 9.0)), ..Point::default() };
        let over_time = chart(Axis::Time { a_year: 1 }, 0, 0);
        assert_eq!((over_time.whisker(&zero), over_time.reach(&zero)), (None, Some(0.0)));
        assert!(over_time.described(&zero).starts_with("0 % (0 to 9.00)"));
        let by_name = chart(Axis::Names, 0, 0);
        assert_eq!((by_name.whisker(&zero), by_name.reach(&zero)), (Some((0.0, 9.0)), Some(9.0)));
    }
}
