//! Bars by name: a row for each group, a column for each series.

use super::MARGIN;
use super::canvas::{Anchor, Canvas, FONT_SIZE, LETTER};
use crate::chart::scale::Scale;
use crate::chart::{Chart, ChartSeries, Point};
use crate::room::{shorten, width};

/// The width of all, in pixels, unless its columns need more.
const USUAL_WIDTH: f64 = 960.0;

/// The least width of a column, and the most room of names, in pixels.
const LEAST_COLUMN: f64 = 220.0;
const MOST_NAME: f64 = 280.0;

const ROW: f64 = 20.0;
const BAR: f64 = 12.0;
const ABOVE: f64 = 46.0;

/// Returns the width of what is drawn.
pub(super) fn width_of(chart: &Chart) -> f64 {
    let columns = LEAST_COLUMN * chart.series.len() as f64;
    USUAL_WIDTH.max(MARGIN * 2.0 + name_width(chart) + columns)
}

fn name_width(chart: &Chart) -> f64 {
    let longest = chart.groups.iter().map(|group| width(&group.name)).max().unwrap_or(0);
    (longest as f64 * LETTER).min(MOST_NAME)
}

/// Draws all columns from `y` on, and returns where they end.
pub(super) fn draw(chart: &Chart, y: f64, canvas: &mut Canvas) -> f64 {
    let left = MARGIN + name_width(chart) + 10.0;
    for (row, group) in chart.groups.iter().enumerate() {
        let base_line = y + ABOVE + ROW * row as f64 + ROW / 2.0 + FONT_SIZE / 3.0;
        let name = shorten(&group.name, (MOST_NAME / LETTER) as usize);
        canvas.begin(&group.name);
        canvas.text("words", [left - 10.0, base_line], Anchor::End, &name);
        canvas.end();
    }
    let n_series = chart.series.len().max(1) as f64;
    let room = (width_of(chart) - MARGIN - left) / n_series;
    let values = chart.series.iter().flat_map(|series| &series.points);
    let values = values.filter_map(|point| Some(chart.written(point.value?).len()));
    let n_value = values.max().unwrap_or(0) as f64 * LETTER + 12.0;
    for (number, series) in chart.series.iter().enumerate() {
        let left = left + room * number as f64;
        let bars = room - n_value - 16.0;
        Column { chart, scale: Scale::of(chart), series, left, bars, top: y + ABOVE }.draw(canvas);
    }
    y + ABOVE + ROW * chart.groups.len() as f64 + 10.0
}

struct Column<'a> {
    chart: &'a Chart,
    scale: Scale,
    series: &'a ChartSeries,
    left: f64,
    /// The width of the longest bar.
    bars: f64,
    /// Where its first row begins.
    top: f64,
}

impl Column<'_> {
    fn x(&self, value: f64) -> f64 {
        self.left + self.bars * self.scale.share(value)
    }

    fn draw(&self, canvas: &mut Canvas) {
        let foot = self.top + ROW * self.chart.groups.len() as f64;
        let title = shorten(&self.series.name, (self.bars / LETTER / 1.1) as usize);
        canvas.text("name", [self.left, self.top - 26.0], Anchor::Start, &title);
        let longest = self.scale.marks().map(|(_, mark)| mark.len()).max().unwrap_or(0);
        let n_marks = self.scale.marks().count();
        let room = self.bars / n_marks.saturating_sub(1).max(1) as f64;
        let has_room = room >= longest as f64 * LETTER + 6.0;
        for (number, (value, mark)) in self.scale.marks().enumerate() {
            let x = self.x(value);
            canvas.line("grid", [x, self.top], [x, foot]);
            if has_room || number == 0 || number + 1 == n_marks {
                canvas.text("words", [x, self.top - 6.0], Anchor::Middle, &mark);
            }
        }
        for (row, point) in self.series.points.iter().enumerate() {
            self.draw_row(row, point, canvas);
        }
        canvas.line("axis", [self.left, self.top], [self.left, foot]);
    }

    fn draw_row(&self, row: usize, point: &Point, canvas: &mut Canvas) {
        let top = self.top + ROW * row as f64 + (ROW - BAR) / 2.0;
        let (middle, base_line) = (top + BAR / 2.0, top + BAR / 2.0 + FONT_SIZE / 3.0);
        let name = self.chart.groups.get(row).map_or("", |group| &group.name);
        canvas.begin(&format!("{name}: {}", self.chart.described(point)));
        let Some(value) = point.value else {
            canvas.rectangle("gap", [self.left, top, self.bars, BAR]);
            let room = LETTER * width(&self.chart.gap) as f64 + 8.0;
            if room < self.bars {
                canvas.rectangle("paper", [self.left + 6.0, top - 1.0, room, BAR + 2.0]);
                canvas.text("words", [self.left + 10.0, base_line], Anchor::Start, &self.chart.gap);
            }
            return canvas.end();
        };
        if value > 0.0 {
            let class = if point.is_doubtful { "doubtful" } else { "bar" };
            canvas.rectangle(class, [self.left, top, self.x(value) - self.left, BAR]);
        } else {
            canvas.zero([self.left, middle], 3.0);
        }
        let mut end = self.x(value);
        if let Some((low, high)) = self.chart.whisker(point) {
            canvas.line("interval", [self.x(low), middle], [self.x(high), middle]);
            for end in [low, high].into_iter().filter(|end| !self.scale.is_beyond(*end)) {
                let x = self.x(end);
                canvas.line("interval", [x, middle - 3.0], [x, middle + 3.0]);
            }
            end = end.max(self.x(high));
        }
        if self.scale.is_exceeded_by(point, self.chart) {
            let back = end - 7.0;
            canvas.arrow([[end + 2.0, middle], [back, middle - 5.0], [back, middle + 5.0]]);
        }
        let written = self.chart.written(value);
        canvas.text("words", [end + 8.0, base_line], Anchor::Start, &written);
        canvas.end();
    }
}
