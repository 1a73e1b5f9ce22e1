//! Bars over time: a panel for each series, one below the other.

use super::canvas::{Anchor, Canvas, FONT_SIZE, LETTER};
use crate::chart::scale::Scale;
use crate::chart::{Chart, ChartSeries, Point};
use crate::room::{shorten, width};
use std::ops::Range;

/// The width of the widest plot, in pixels, and of the narrowest.
const WIDEST: f64 = 880.0;
const NARROWEST: f64 = 400.0;

/// The widest room of a group.
const WIDEST_GROUP: f64 = 72.0;

const LEFT: f64 = 60.0;
const PLOT_HEIGHT: f64 = 200.0;
/// Above a plot its title, below it the names of groups.
const ABOVE: f64 = 30.0;
const BELOW: f64 = 34.0;

/// Bars from this width on have room for an interval on them.
const CAPPED_BAR: f64 = 7.0;

/// How many periods are from one name to the next, in years; and in parts of a year.
const YEARS: [u32; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const QUARTERS: [u32; 2] = [1, 2];
const MONTHS: [u32; 3] = [1, 3, 6];

/// Returns the width of what is drawn.
pub(super) fn width_of(chart: &Chart) -> f64 {
    LEFT + plot_width(chart.groups.len()) + 20.0
}

fn plot_width(n_groups: usize) -> f64 {
    (n_groups as f64 * WIDEST_GROUP).clamp(NARROWEST, WIDEST)
}

/// Returns the width of a bar in a room.
fn bar_width(room: f64) -> f64 {
    (room * 0.72).min(44.0)
}

/// Tells whether bars are too narrow to have a line on them.
pub(super) fn is_narrow(chart: &Chart) -> bool {
    let n_groups = chart.groups.len().max(1);
    bar_width(plot_width(n_groups) / n_groups as f64) < CAPPED_BAR
}

/// Draws all panels from `y` on, and returns where they end.
pub(super) fn draw(chart: &Chart, a_year: u32, mut y: f64, canvas: &mut Canvas) -> f64 {
    let scale = Scale::of(chart);
    for series in &chart.series {
        Panel { chart, scale, a_year, series, top: y + ABOVE }.draw(canvas);
        y += ABOVE + PLOT_HEIGHT + BELOW;
    }
    y
}

struct Panel<'a> {
    chart: &'a Chart,
    scale: Scale,
    a_year: u32,
    series: &'a ChartSeries,
    /// Where its plot begins.
    top: f64,
}

impl Panel<'_> {
    fn group_width(&self) -> f64 {
        let n_groups = self.chart.groups.len().max(1);
        plot_width(n_groups) / n_groups as f64
    }

    /// Returns where the room of a group begins.
    fn x(&self, group: usize) -> f64 {
        LEFT + group as f64 * self.group_width()
    }

    fn y(&self, value: f64) -> f64 {
        self.top + PLOT_HEIGHT * (1.0 - self.scale.share(value))
    }

    fn draw(&self, canvas: &mut Canvas) {
        let right = LEFT + plot_width(self.chart.groups.len());
        let room = ((right - LEFT) / LETTER / 1.1) as usize;
        let title = shorten(&self.series.name, room);
        canvas.text("name", [LEFT, self.top - 11.0], Anchor::Start, &title);
        for (value, mark) in self.scale.marks() {
            let y = self.y(value);
            canvas.line("grid", [LEFT, y], [right, y]);
            canvas.text("words", [LEFT - 8.0, y + FONT_SIZE / 3.0], Anchor::End, &mark);
        }
        for gap in self.gaps() {
            self.draw_gap(gap, canvas);
        }
        for (group, point) in self.series.points.iter().enumerate() {
            if let Some(value) = point.value {
                self.draw_bar(group, point, value, canvas);
            }
        }
        let base = self.top + PLOT_HEIGHT;
        canvas.line("axis", [LEFT, base], [right, base]);
        self.draw_names(canvas);
    }

    /// Lists the runs of groups without a value.
    fn gaps(&self) -> Vec<Range<usize>> {
        let mut gaps: Vec<Range<usize>> = Vec::new();
        for (group, point) in self.series.points.iter().enumerate() {
            if point.value.is_none() {
                match gaps.last_mut() {
                    Some(gap) if gap.end == group => gap.end += 1,
                    Some(_) | None => gaps.push(group..group + 1),
                }
            }
        }
        gaps
    }

    fn draw_gap(&self, gap: Range<usize>, canvas: &mut Canvas) {
        let (left, right) = (self.x(gap.start), self.x(gap.end));
        let name = |group: usize| self.chart.groups.get(group).map_or("", |group| &group.name);
        let (first, last) = (name(gap.start), name(gap.end - 1));
        let named = if first == last { first.to_owned() } else { format!("{first} to {last}") };
        canvas.begin(&format!("{named}: {}", self.chart.gap));
        canvas.rectangle("gap", [left, self.top, right - left, PLOT_HEIGHT]);
        let room = LETTER * width(&self.chart.gap) as f64 + 12.0;
        if right - left > room {
            let (middle, y) = ((left + right) / 2.0, self.top + PLOT_HEIGHT / 2.0);
            canvas.rectangle("paper", [middle - room / 2.0, y - 13.0, room, 18.0]);
            canvas.text("words", [middle, y], Anchor::Middle, &self.chart.gap);
        }
        canvas.end();
    }

    fn draw_bar(&self, group: usize, point: &Point, value: f64, canvas: &mut Canvas) {
        let room = self.group_width();
        let bar = bar_width(room);
        let middle = self.x(group) + room / 2.0;
        let base = self.top + PLOT_HEIGHT;
        let name = self.chart.groups.get(group).map_or("", |group| &group.name);
        canvas.begin(&format!("{name}: {}", self.chart.described(point)));
        if bar >= CAPPED_BAR {
            self.draw_wide(middle, bar, point, value, canvas);
        } else {
            self.draw_narrow(middle, bar, point, value, canvas);
        }
        if value <= 0.0 {
            canvas.zero([middle, base], (bar / 2.0).min(3.0));
        }
        if self.scale.is_exceeded_by(point, self.chart) {
            let (half, top) = ((bar / 2.0).min(5.0), self.top);
            let foot = top + 1.6 * half;
            canvas.arrow([[middle, top - 2.0], [middle - half, foot], [middle + half, foot]]);
        }
        canvas.end();
    }

    fn draw_wide(&self, middle: f64, bar: f64, point: &Point, value: f64, canvas: &mut Canvas) {
        let base = self.top + PLOT_HEIGHT;
        if value > 0.0 {
            let (y, class) = (self.y(value), if point.is_doubtful { "doubtful" } else { "bar" });
            canvas.rectangle(class, [middle - bar / 2.0, y, bar, base - y]);
        }
        let Some((low, high)) = self.chart.whisker(point) else { return };
        canvas.line("interval", [middle, self.y(low)], [middle, self.y(high)]);
        for end in [low, high].into_iter().filter(|end| !self.scale.is_beyond(*end)) {
            let (half, y) = (bar.min(16.0) / 4.0, self.y(end));
            canvas.line("interval", [middle - half, y], [middle + half, y]);
        }
    }

    /// Draws a bar of few pixels, which a line on it would hide: dark up to the lower end of the
    /// interval, lighter to the value, and pale to the upper end.
    fn draw_narrow(&self, middle: f64, bar: f64, point: &Point, value: f64, canvas: &mut Canvas) {
        let base = self.top + PLOT_HEIGHT;
        let left = middle - bar / 2.0;
        let (low, high) = self.chart.whisker(point).unwrap_or((value, value));
        let (low, value, high) = (self.y(low), self.y(value), self.y(high));
        canvas.rectangle("pale", [left, high, bar, value - high]);
        if point.is_doubtful {
            canvas.rectangle("doubtful", [left, value, bar, base - value]);
        } else {
            canvas.rectangle("bar", [left, value, bar, low - value]);
            canvas.rectangle("dark", [left, low, bar, base - low]);
        }
    }

    /// Writes as many names of groups as have room: every so many years, or parts of one.
    fn draw_names(&self, canvas: &mut Canvas) {
        let parts: &[u32] = match self.a_year {
            1 => &[],
            4 => &QUARTERS,
            _ => &MONTHS,
        };
        let years = YEARS.map(|years| years * self.a_year);
        let longest = self.chart.groups.iter().map(|group| width(&group.name)).max().unwrap_or(0);
        let has_room = |step: &u32| {
            let letters = if *step < self.a_year { longest } else { 4 };
            f64::from(*step) * self.group_width() >= letters as f64 * LETTER + 10.0
        };
        let mut steps = parts.iter().copied().chain(years);
        let step = steps.find(has_room).unwrap_or(1000 * self.a_year);
        let base = self.top + PLOT_HEIGHT;
        for (number, group) in self.chart.groups.iter().enumerate() {
            let Some(period) = group.period.filter(|period| period.is_multiple_of(step)) else {
                continue;
            };
            let middle = self.x(number) + self.group_width() / 2.0;
            let name = if step < self.a_year || self.a_year == 1 {
                group.name.clone()
            } else {
                format!("{:04}", period / self.a_year)
            };
            canvas.line("axis", [middle, base], [middle, base + 4.0]);
            canvas.text("words", [middle, base + 18.0], Anchor::Middle, &name);
        }
    }
}
