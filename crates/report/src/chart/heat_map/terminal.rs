//! Cells of a shaded block and a number each, a line for each row.

use super::{HeatMap, HeatRow, Steps};
use crate::room::{pad, shorten, width, wrap};
use std::ops::Range;

/// The shades, from none on.
const SHADES: [char; super::N_STEPS + 1] = [' ', '░', '▒', '▓', '█'];

/// Names have at least so many columns, and at most this share of the terminal's.
const LEAST_NAME: usize = 8;
const MOST_NAME: (usize, usize) = (2, 5);

/// So many rows without a value, one behind the other, are one line.
const LONG_GAP: usize = 3;

/// Draws a heat map in lines of at most so many columns; what does not fit side by side follows
/// below.
pub(super) fn draw(map: &HeatMap, columns: usize) -> String {
    let drawing = Drawing::new(map, columns);
    let mut out = drawing.head();
    let mut first = 0;
    while first < map.columns.len() {
        let end = (first + drawing.n_beside).min(map.columns.len());
        drawing.push_part(first..end, &mut out);
        first = end;
    }
    out.push_str(&drawing.foot());
    out
}

struct Drawing<'a> {
    map: &'a HeatMap,
    steps: Steps,
    columns: usize,
    /// How many columns names and values have.
    n_name: usize,
    n_value: usize,
    /// How many cells stand side by side.
    n_beside: usize,
}

impl<'a> Drawing<'a> {
    fn new(map: &'a HeatMap, columns: usize) -> Self {
        let points = map.rows.iter().flat_map(|row| &row.points);
        let n_number = map.columns.len().to_string().len();
        let values = points.filter_map(|point| Some(map.written(point.value?).len()));
        let n_value = values.max().unwrap_or(0).max(n_number);
        // A blank, the shade, a blank, the value, and its mark or a blank.
        let n_cell = n_value + 4;
        let longest = map.rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
        let room = columns.saturating_sub(n_cell * map.columns.len());
        let n_name = longest.min(room.clamp(LEAST_NAME, columns * MOST_NAME.0 / MOST_NAME.1));
        let n_beside = (columns.saturating_sub(n_name) / n_cell).max(1);
        Self { map, steps: Steps::of(map), columns, n_name, n_value, n_beside }
    }

    fn head(&self) -> String {
        let mut head = format!("{}\n", shorten(&self.map.measure, self.columns));
        for (number, column) in (1..).zip(&self.map.columns) {
            head.push_str(&format!("{}\n", shorten(&format!("{number} {column}"), self.columns)));
        }
        head
    }

    /// Writes some columns of all rows, under their numbers.
    fn push_part(&self, part: Range<usize>, out: &mut String) {
        let mut head = " ".repeat(self.n_name);
        for number in part.clone() {
            head.push_str(&format!("   {:>1$} ", number + 1, self.n_value));
        }
        out.push_str(&format!("{}\n", head.trim_end()));
        let mut row = 0;
        while let Some(named) = self.map.rows.get(row) {
            let n_gaps = self.map.rows.iter().skip(row).take_while(|row| is_gap(row)).count();
            let last = self.map.rows.get((row + n_gaps).saturating_sub(1));
            if let Some(last) = last.filter(|_| n_gaps >= LONG_GAP) {
                let line = format!("{} to {}: {}", named.name, last.name, self.map.gap);
                out.push_str(&format!("{}\n", shorten(&line, self.columns)));
                row += n_gaps;
            } else {
                out.push_str(&format!("{}\n", self.line(named, part.clone())));
                row += 1;
            }
        }
    }

    fn line(&self, row: &HeatRow, part: Range<usize>) -> String {
        let mut line = pad(&shorten(&row.name, self.n_name), self.n_name);
        if is_gap(row) {
            return shorten(&format!("{line}  {}", self.map.gap), self.columns);
        }
        for point in row.points.iter().skip(part.start).take(part.len()) {
            let shade = SHADES.get(self.steps.of_point(point)).copied().unwrap_or(' ');
            let value = point.value.map_or("-".to_owned(), |value| self.map.written(value));
            let mark = if point.is_doubtful && point.value.is_some() { '+' } else { ' ' };
            line.push_str(&format!(" {shade} {value:>0$}{mark}", self.n_value));
        }
        line.trim_end().to_owned()
    }

    /// Says what the marks mean, as far as they occur.
    fn foot(&self) -> String {
        let map = self.map;
        let mut marks: Vec<String> = Vec::new();
        if map.any(|point| self.steps.of_point(point) > 0) {
            let ends = self.steps.ends();
            let shades = ends.zip(SHADES.iter().skip(1)).map(|((_, end), shade)| (shade, end));
            let shades: Vec<String> =
                shades.map(|(shade, end)| format!("{shade} to {end}")).collect();
            marks.push(shades.join(", "));
        }
        if map.any(|point| point.is_doubtful && point.value.is_some()) {
            marks.push(format!("+ {}, without a shade", map.doubt));
        }
        let is_partly_gap =
            |row: &HeatRow| !is_gap(row) && row.points.iter().any(|point| point.value.is_none());
        if map.rows.iter().any(is_partly_gap) {
            marks.push(format!("- {}", map.gap));
        }
        let lines = marks.iter().chain(&map.notes).flat_map(|line| wrap(line, self.columns));
        lines.map(|line| format!("{line}\n")).collect()
    }
}

/// Tells whether a row has no value at all.
fn is_gap(row: &HeatRow) -> bool {
    row.points.iter().all(|point| point.value.is_none())
}

#[cfg(test)]
mod tests {
    use super::super::tests::heat_map;
    use super::*;
    use crate::chart::Point;

    #[test]
    fn shades_numbers_and_gaps() {
        let point = |value, is_doubtful| Point { value, is_doubtful, ..Point::default() };
        let row =
            |name: &str, points: [Point; 2]| HeatRow { name: name.into(), points: points.into() };
        let gap = || [Point::default(), Point::default()];
        let mut map = heat_map(0, 2);
        map.rows = vec![
            row("2001", [point(Some(0.0), false), point(Some(4.0), false)]),
            row("2002", [point(Some(12.5), true), point(Some(0.01), false)]),
            row("2003", gap()),
            row("2004", [point(Some(1.0), false), point(None, false)]),
            row("2005", gap()),
            row("2006", gap()),
            row("2007", gap()),
        ];
        let expected = "\
share of passages, %
1 Priority 0 of internationality
2 Priority 1 of internationality
          1       2
2001      0  █  4.0
2002   12.5+ ░ <0.1
2003  no passages
2004 ░  1.0       -
2005 to 2007: no passages
░ to 1, ▒ to 2, ▓ to 3, █ to 4
+ fewer than 30 passages, without a shade
- no passages
31 more speakers
";
        assert_eq!(draw(&map, 60), expected);
    }

    #[test]
    fn lines_keep_within_the_terminal_and_drop_no_column() {
        for (n_rows, n_columns) in [(1, 1), (20, 7), (60, 30), (3, 120)] {
            for columns in [40, 80, 120] {
                let drawn = draw(&heat_map(n_rows, n_columns), columns);
                for line in drawn.lines() {
                    assert!(width(line) <= columns, "{columns}: {line}");
                }
                let heads = drawn.lines().filter(|line| line.starts_with(' '));
                let n_heads: usize = heads.map(|line| line.split_whitespace().count()).sum();
                assert_eq!(n_heads, n_columns, "{drawn}");
            }
        }
    }
}
