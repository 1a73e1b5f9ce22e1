//! Bars of block characters, one line each.

use super::scale::Scale;
use super::{Axis, Chart, Point};
use crate::room::{pad, shorten, width, wrap};
use std::ops::Range;

/// Up to the lower end of the interval, from there to the value, from there to the upper end.
const LOW: char = '█';
const VALUE: char = '▓';
const HIGH: char = '░';

/// A value that is not zero and too small for a whole block.
const TINY: char = '▏';

/// What reaches beyond the scale ends so.
const BEYOND: char = '►';

/// The longest bar has at least so many columns.
const LEAST_BAR: usize = 10;

/// So many stretches of time without a value, one behind the other, are one line.
const LONG_GAP: usize = 3;

/// Draws a chart in lines of at most `width` columns, unless that is less than a bar needs.
pub(super) fn draw(chart: &Chart, columns: usize) -> String {
    let drawing = Drawing::new(chart, columns);
    let mut out = drawing.head();
    let mut group = 0;
    while let Some(named) = chart.groups.get(group) {
        let n_gaps = (group..chart.groups.len()).take_while(|at| chart.is_gap(*at)).count();
        if n_gaps >= LONG_GAP && chart.axis != Axis::Names {
            let last = chart.groups.get(group + n_gaps - 1).map_or("", |last| last.name.as_str());
            out.push_str(&format!("{} to {last}: {}\n", named.name, chart.gap));
            group += n_gaps;
        } else {
            drawing.push_group(group, &mut out);
            group += 1;
        }
    }
    out.push_str(&drawing.foot());
    out
}

struct Drawing<'a> {
    chart: &'a Chart,
    scale: Scale,
    columns: usize,
    /// How many columns names, numbers of series, bars and values have.
    n_name: usize,
    n_number: usize,
    n_bar: usize,
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a Chart, columns: usize) -> Self {
        let longest = chart.groups.iter().map(|group| width(&group.name)).max().unwrap_or(0);
        let n_name = longest.min(columns * 2 / 5);
        let n_series = chart.series.len();
        let n_number = if n_series > 1 { n_series.to_string().len() + 1 } else { 0 };
        let values = chart.series.iter().flat_map(|series| &series.points);
        let n_value = values.map(|point| value_of(chart, point).len()).max().unwrap_or(0);
        let others = n_name + n_number + n_value + 4;
        let n_bar = columns.saturating_sub(others).max(LEAST_BAR);
        Self { chart, scale: Scale::of(chart), columns, n_name, n_number, n_bar }
    }

    fn head(&self) -> String {
        let mut head = format!("{}\n", shorten(&self.chart.measure, self.columns));
        if self.n_number > 0 {
            for (number, series) in (1..).zip(&self.chart.series) {
                let line = format!("{number} {}", series.name);
                head.push_str(&format!("{}\n", shorten(&line, self.columns)));
            }
        }
        head
    }

    fn push_group(&self, group: usize, out: &mut String) {
        let name = self.chart.groups.get(group).map_or("", |named| named.name.as_str());
        let mut name = shorten(name, self.n_name);
        for (number, series) in (1..).zip(&self.chart.series) {
            let Some(point) = series.points.get(group) else { continue };
            let number = if self.n_number > 0 { number.to_string() } else { String::new() };
            let line = format!(
                "{}  {}{}",
                pad(&name, self.n_name),
                pad(&number, self.n_number),
                self.bar(point)
            );
            out.push_str(line.trim_end());
            out.push('\n');
            name.clear();
        }
    }

    /// Draws the bar of a point, and its value at the side.
    fn bar(&self, point: &Point) -> String {
        let Some(value) = point.value else { return self.chart.gap.clone() };
        let cells = |value: f64| (self.scale.share(value) * self.n_bar as f64).round() as usize;
        let (low, high) = self.chart.whisker(point).unwrap_or((value, value));
        let (low, value_cells, high_cells) = (cells(low), cells(value), cells(high));
        let run = |mark: char, range: Range<usize>| range.map(|_| mark).collect::<String>();
        let mut bar = run(LOW, 0..low) + &run(VALUE, low..value_cells);
        if value > 0.0 && value_cells == 0 {
            bar.push(TINY);
        }
        bar += &run(HIGH, value_cells.max(bar.chars().count())..high_cells);
        if self.scale.is_exceeded_by(point, self.chart) {
            bar = bar.chars().take(self.n_bar - 1).chain([BEYOND]).collect();
        }
        format!("{}  {}", pad(&bar, self.n_bar), value_of(self.chart, point))
    }

    /// Writes the scale, and what the marks mean, as far as they occur.
    fn foot(&self) -> String {
        let chart = self.chart;
        let top = self.scale.marks().last().map_or(String::new(), |(_, mark)| mark);
        let before = " ".repeat(self.n_name + self.n_number + 2);
        let between = self.n_bar.saturating_sub(1 + top.len());
        let mut foot = format!("{before}0{}{top}\n", " ".repeat(between));
        let marks = [
            (
                chart.any(|point| chart.whisker(point).is_some()),
                format!("{LOW}{VALUE} up to the value, {VALUE}{HIGH} its 95 % interval"),
            ),
            (
                chart.any(|point| self.scale.is_exceeded_by(point, chart)),
                format!("{BEYOND} goes on beyond the scale"),
            ),
            (chart.any(|point| point.is_doubtful), format!("+ {}", chart.doubt)),
        ];
        let marks: Vec<String> =
            marks.into_iter().filter_map(|(holds, mark)| holds.then_some(mark)).collect();
        for line in marks.iter().chain(&chart.notes).flat_map(|line| wrap(line, self.columns)) {
            foot.push_str(&format!("{line}\n"));
        }
        foot
    }
}

/// Writes the value at the side of a bar; of a gap none.
fn value_of(chart: &Chart, point: &Point) -> String {
    let Some(value) = point.value else { return String::new() };
    format!("{}{}", chart.written(value), if point.is_doubtful { " +" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::super::tests::chart;
    use super::super::{ChartGroup, ChartSeries};
    use super::*;

    fn point(value: f64, low: f64, high: f64, is_doubtful: bool) -> Point {
        let interval = Some((low, high));
        Point { value: Some(value), interval, is_doubtful, detail: String::new() }
    }

    #[test]
    fn bars_gaps_and_zeros() {
        let names = ["2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008", "2009"];
        let points = vec![
            point(2.0, 1.0, 4.0, false),
            Point::default(),
            point(0.0, 0.0, 1.0, false),
            point(0.01, 0.0, 0.0, false),
            point(9.0, 1.0, 20.0, true),
            Point::default(),
            Point::default(),
            Point::default(),
            point(4.0, 4.0, 4.0, false),
        ];
        let mut chart = chart(Axis::Time { a_year: 1 }, 0, 0);
        let group = |name: &str| ChartGroup { name: name.into(), period: name.parse().ok() };
        chart.groups = names.map(group).into();
        chart.series = vec![ChartSeries { name: "q".into(), points }];
        let expected = "\
share of passages, %
2001  █████▓▓▓▓▓░░░░░░░░░░  2.00
2002  no documents
2003                        0
2004  ▏                     0.01
2005  █████▓▓▓▓▓▓▓▓▓▓▓▓▓▓►  9.00 +
2006 to 2008: no documents
2009  ████████████████████  4.00
      0                  4
█▓ up to the value, ▓░ its 95 %
interval
► goes on beyond the scale
+ fewer than 30 passages
no date: 3 of 40 passages
";
        assert_eq!(draw(&chart, 34), expected);
    }

    #[test]
    fn lines_keep_within_the_terminal() {
        for (axis, n_groups) in [
            (Axis::Names, 1),
            (Axis::Names, 60),
            (Axis::Time { a_year: 1 }, 230),
            (Axis::Time { a_year: 12 }, 40),
        ] {
            for n_series in [1, 3, 12] {
                for columns in [50, 80, 120] {
                    let drawn = draw(&chart(axis, n_groups, n_series), columns);
                    for line in drawn.lines() {
                        assert!(width(line) <= columns, "{columns}: {line}");
                    }
                    assert!(!drawn.contains('\u{1b}'));
                }
            }
        }
    }
}
