//! A heat map: a cell for each row and column, its value written in it.

use super::canvas::{Anchor, Canvas, FONT_SIZE, LETTER};
use super::{LINE, MARGIN, framed};
use crate::chart::Point;
use crate::chart::heat_map::{HeatMap, HeatRow, Steps};
use crate::room::{shorten, width, wrap};

/// Tints of one colour that ink is legible on, and that differ in print without colour.
const STYLE: &str = "\
.none{fill:#fff;stroke:#ddd}.step1{fill:#e4ecf4}.step2{fill:#c3d5e6}.step3{fill:#9ab8d3}\
.step4{fill:#6e98bf}.doubt{fill:#fff;stroke:#4d6680;stroke-width:1.2;stroke-dasharray:3 2}";

/// The most room of names of rows, the room of a column, and the height of a row, in pixels.
const MOST_NAME: f64 = 280.0;
const LEAST_COLUMN: f64 = 64.0;
const MOST_COLUMN: f64 = 124.0;
const ROW: f64 = 26.0;

/// What stands between cells.
const GUTTER: f64 = 2.0;

/// Where titles and notes have room for a sentence.
const LEAST_WIDTH: f64 = 480.0;

/// Draws a heat map.
pub(in crate::chart) fn draw(map: &HeatMap) -> String {
    let layout = Layout::of(map);
    let mut canvas = Canvas::default();
    let room = ((layout.right - 2.0 * MARGIN) / LETTER) as usize;
    let mut y = MARGIN + 14.0;
    // Its letters are larger by a third.
    canvas.text("head", [MARGIN, y], Anchor::Start, &shorten(&map.title, room * 3 / 4));
    for line in wrap(&map.measure, room) {
        y += LINE;
        canvas.text("words", [MARGIN, y], Anchor::Start, &line);
    }
    y = layout.draw_heads(map, y + 14.0, &mut canvas);
    for row in &map.rows {
        layout.draw_row(map, row, y, &mut canvas);
        y += ROW;
    }
    y = layout.draw_legend(map, y + 12.0, &mut canvas);
    for line in map.notes.iter().flat_map(|note| wrap(note, room)) {
        canvas.text("words", [MARGIN, y + 12.0], Anchor::Start, &line);
        y += LINE;
    }
    framed([&map.title, &description(map)], STYLE, [layout.right, y + MARGIN], &canvas)
}

struct Layout {
    steps: Steps,
    /// Where cells begin, how wide each is, and where the paper ends.
    left: f64,
    column: f64,
    right: f64,
}

impl Layout {
    fn of(map: &HeatMap) -> Self {
        let longest = map.rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
        let left = MARGIN + (longest as f64 * LETTER).min(MOST_NAME) + 10.0;
        let words = map.columns.iter().flat_map(|column| column.split_whitespace()).map(width);
        let values = map.rows.iter().flat_map(|row| &row.points).map(|point| map.cell(point).len());
        let letters = words.chain(values).max().unwrap_or(0) as f64;
        let column = (letters * LETTER + 10.0).clamp(LEAST_COLUMN, MOST_COLUMN);
        let right = (left + column * map.columns.len() as f64 + MARGIN).max(LEAST_WIDTH);
        Self { steps: Steps::of(map), left, column, right }
    }

    /// Writes the names of columns, all ending on one line; returns where the rows begin.
    fn draw_heads(&self, map: &HeatMap, y: f64, canvas: &mut Canvas) -> f64 {
        let letters = ((self.column - 8.0) / LETTER) as usize;
        let heads: Vec<Vec<String>> = map.columns.iter().map(|name| wrap(name, letters)).collect();
        let n_lines = heads.iter().map(Vec::len).max().unwrap_or(0);
        let end = y + n_lines as f64 * LINE;
        for (number, (name, lines)) in map.columns.iter().zip(&heads).enumerate() {
            let middle = self.left + self.column * (number as f64 + 0.5);
            canvas.begin(name);
            for (line, words) in lines.iter().rev().enumerate() {
                let y = end - 8.0 - LINE * line as f64;
                canvas.text("words", [middle, y], Anchor::Middle, words);
            }
            canvas.end();
        }
        end
    }

    fn draw_row(&self, map: &HeatMap, row: &HeatRow, y: f64, canvas: &mut Canvas) {
        let base_line = y + ROW / 2.0 + FONT_SIZE / 3.0;
        canvas.begin(&row.name);
        let name = shorten(&row.name, (MOST_NAME / LETTER) as usize);
        canvas.text("words", [self.left - 10.0, base_line], Anchor::End, &name);
        canvas.end();
        for (number, point) in row.points.iter().enumerate() {
            let x = self.left + self.column * number as f64;
            let column = map.columns.get(number).map_or("", String::as_str);
            canvas.begin(&format!("{}, {column}: {}", row.name, map.described(point)));
            let cell = [x, y, self.column - GUTTER, ROW - GUTTER];
            canvas.rectangle(self.class_of(point), cell);
            if point.value.is_some() {
                let middle = x + (self.column - GUTTER) / 2.0;
                let place = [middle, base_line - GUTTER / 2.0];
                canvas.text("words", place, Anchor::Middle, &map.cell(point));
            }
            canvas.end();
        }
    }

    fn class_of(&self, point: &Point) -> &'static str {
        match (point.value, self.steps.of_point(point)) {
            (None, _) => "gap",
            (Some(_), _) if point.is_doubtful => "doubt",
            (Some(_), 0) => "none",
            (Some(_), 1) => "step1",
            (Some(_), 2) => "step2",
            (Some(_), 3) => "step3",
            (Some(_), _) => "step4",
        }
    }

    /// Says what the marks mean, as far as they occur; returns where that ends.
    fn draw_legend(&self, map: &HeatMap, mut y: f64, canvas: &mut Canvas) -> f64 {
        let is_shaded = map.any(|point| self.steps.of_point(point) > 0);
        let steps = ["step1", "step2", "step3", "step4"].into_iter().zip(self.steps.ends());
        let mut marks: Vec<(&str, String)> = steps
            .filter(|_| is_shaded)
            .map(|(class, (_, end))| (class, format!("up to {end}")))
            .collect();
        if map.any(|point| point.is_doubtful && point.value.is_some()) {
            marks.push(("doubt", format!("+ {}", map.doubt)));
        }
        if map.any(|point| point.value.is_none()) {
            marks.push(("gap", map.gap.clone()));
        }
        let mut x = MARGIN;
        for (class, words) in &marks {
            let room = 22.0 + width(words) as f64 * LETTER + 16.0;
            if x > MARGIN && x + room > self.right {
                x = MARGIN;
                y += LINE;
            }
            canvas.rectangle(class, [x, y + 2.0, 16.0, 12.0]);
            canvas.text("words", [x + 22.0, y + 12.0], Anchor::Start, words);
            x += room;
        }
        if x > MARGIN { y + LINE + 4.0 } else { y }
    }
}

/// Says in words what is drawn.
fn description(map: &HeatMap) -> String {
    let mut said = vec![format!(
        "Heat map of {}. {} rows, {} columns.",
        map.measure,
        map.rows.len(),
        map.columns.len()
    )];
    for (number, column) in map.columns.iter().enumerate() {
        let points = map.rows.iter().filter_map(|row| Some((row, row.points.get(number)?)));
        let sure = points.filter(|(_, point)| !point.is_doubtful);
        let valued = sure.filter_map(|(row, point)| Some((row, point, point.value?)));
        let highest = valued.fold(None, |best: Option<(_, _, f64)>, one| match best {
            Some(best) if best.2 >= one.2 => Some(best),
            Some(_) | None => Some(one),
        });
        if let Some((row, point, _)) = highest {
            said.push(format!("{column}: highest of {}: {}.", row.name, map.described(point)));
        }
    }
    said.extend(map.notes.iter().map(|note| format!("{note}.")));
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::heat_map::tests::heat_map;

    #[test]
    fn every_cell_is_drawn_and_nothing_is_markup() {
        let map = heat_map(20, 7);
        let svg = draw(&map);
        let n_gaps = map.rows.iter().flat_map(|row| &row.points).filter(|p| p.value.is_none());
        let n_gaps = n_gaps.count();
        assert_eq!(svg.matches("class=\"gap\"").count(), n_gaps + 1, "one in the legend");
        assert_eq!(svg.matches("; fewer than 30 passages</title>").count(), 21);
        assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
        assert!(svg.contains("Name 1 &lt;of&gt; &quot;someone&quot;") && !svg.contains("<of>"));
        assert_eq!(svg.matches("http").count(), 1, "the namespace alone");
        assert!(svg.contains("<desc>Heat map of share of passages, %. 20 rows, 7 columns."));
    }

    #[test]
    fn cells_keep_within_the_paper() {
        for (n_rows, n_columns) in [(1, 1), (20, 7), (3, 40)] {
            let map = heat_map(n_rows, n_columns);
            let layout = Layout::of(&map);
            assert!(layout.left + layout.column * n_columns as f64 <= layout.right);
            assert_eq!(draw(&map), draw(&map));
        }
    }
}
