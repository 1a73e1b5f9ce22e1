//! Bars with their intervals, over time or by name: for the terminal, and as SVG.
//!
//! Bars begin at zero, all series share one scale, and where there is nothing to measure, a gap
//! is drawn and not a zero.

mod scale;
mod svg;
mod terminal;

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

impl Point {
    /// Returns how far its bar or interval reaches; none where there is nothing to measure.
    fn reach(&self) -> Option<f64> {
        let value = self.value?;
        Some(self.interval.map_or(value, |(_, high)| high.max(value)))
    }
}

impl Chart {
    /// Writes a value; of a zero no decimals, so that none is taken for something small.
    fn written(&self, value: f64) -> String {
        if value == 0.0 { "0".to_owned() } else { format!("{value:.*}", self.places) }
    }

    /// Writes a value, its interval, and the numbers behind it.
    fn described(&self, point: &Point) -> String {
        let Some(value) = point.value else { return self.gap.clone() };
        let mut described = self.written(value);
        if let Some((low, high)) = point.interval {
            described.push_str(&format!(" ({} to {})", self.written(low), self.written(high)));
        }
        for more in [point.detail.as_str(), if point.is_doubtful { &self.doubt } else { "" }] {
            if !more.is_empty() {
                described.push_str(&format!("; {more}"));
            }
        }
        described
    }

    /// Tells whether no series has a value for the group of that number.
    fn is_gap(&self, group: usize) -> bool {
        let has_value =
            |series: &ChartSeries| series.points.get(group).is_some_and(|p| p.value.is_some());
        !self.series.iter().any(has_value)
    }

    /// Tells whether a point meets something.
    fn any(&self, holds: impl Fn(&Point) -> bool) -> bool {
        self.series.iter().flat_map(|series| &series.points).any(holds)
    }
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
}
