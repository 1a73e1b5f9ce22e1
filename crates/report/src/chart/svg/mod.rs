//! A chart as an SVG document: its own paper and ink, so that it reads on any background and in
//! print, without a colour that means anything, and without a typeface of its own.

mod canvas;
pub(super) mod heat_map;
mod names;
mod time;

use super::scale::Scale;
use super::{Axis, Chart, ChartSeries};
use crate::room::{shorten, width, wrap};
use canvas::{Anchor, Canvas, LETTER, push_text};

const STYLE: &str = "\
text{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1a1a1a}\
.words{font-size:12px}.name{font-size:13px;font-weight:600}.head{font-size:16px;font-weight:600}\
.paper{fill:#fff}.bar{fill:#7c95ae}.doubtful{fill:#fff;stroke:#4d6680;stroke-width:1}\
.interval{stroke:#1a1a1a;stroke-width:1.2}.axis{stroke:#1a1a1a;stroke-width:1}\
.dark{fill:#2f475f}.pale{fill:#cdcdcd}\
.grid{stroke:#ddd;stroke-width:1}.ink{fill:#1a1a1a}\
.zero{fill:#fff;stroke:#1a1a1a;stroke-width:1.2}.gap{fill:url(#onrecord-gap)}";

const GAP: &str = "<defs><pattern id=\"onrecord-gap\" width=\"6\" height=\"6\" \
patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" \
fill=\"#f4f4f4\"/><rect width=\"1.5\" height=\"6\" fill=\"#b5b5b5\"/></pattern></defs>\n";

const MARGIN: f64 = 20.0;
const LINE: f64 = 18.0;

/// Draws a chart.
pub(super) fn draw(chart: &Chart) -> String {
    let width = match chart.axis {
        Axis::Time { .. } => time::width_of(chart),
        Axis::Names => names::width_of(chart),
    };
    let mut canvas = Canvas::default();
    let room = ((width - 2.0 * MARGIN) / LETTER) as usize;
    let mut y = MARGIN + 14.0;
    // Its letters are larger by a third.
    let title = shorten(&chart.title, room * 3 / 4);
    canvas.text("head", [MARGIN, y], Anchor::Start, &title);
    for line in wrap(&chart.measure, room) {
        y += LINE;
        canvas.text("words", [MARGIN, y], Anchor::Start, &line);
    }
    y = match chart.axis {
        Axis::Time { a_year } => time::draw(chart, a_year, y + 8.0, &mut canvas),
        Axis::Names => names::draw(chart, y + 8.0, &mut canvas),
    };
    y = draw_legend(chart, width, y + 8.0, &mut canvas);
    for line in chart.notes.iter().flat_map(|note| wrap(note, room)) {
        canvas.text("words", [MARGIN, y + 12.0], Anchor::Start, &line);
        y += LINE;
    }
    framed([&chart.title, &description(chart)], "", [width, y + MARGIN], &canvas)
}

/// Puts what is drawn on its paper, with a title and a description.
fn framed(
    [title, description]: [&str; 2],
    more_style: &str,
    [width, height]: [f64; 2],
    canvas: &Canvas,
) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width:.0}\" \
         height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n<title>"
    );
    push_text(title, &mut svg);
    svg.push_str("</title>\n<desc>");
    push_text(description, &mut svg);
    svg.push_str(&format!("</desc>\n<style>{STYLE}{more_style}</style>\n{GAP}"));
    svg.push_str(&format!(
        "<rect class=\"paper\" width=\"{width:.0}\" height=\"{height:.0}\"/>\n{}</svg>\n",
        canvas.shapes
    ));
    svg
}

/// Says in words what is drawn.
fn description(chart: &Chart) -> String {
    let mut said = vec![format!("Bars of {}.", chart.measure)];
    if let (Some(first), Some(last)) = (chart.groups.first(), chart.groups.last()) {
        said.push(format!("{} groups, {} to {}.", chart.groups.len(), first.name, last.name));
    }
    said.extend(chart.series.iter().map(|series| summary(chart, series)));
    said.extend(chart.notes.iter().map(|note| format!("{note}.")));
    said.join(" ")
}

/// Says which value of a series is the highest, and how many groups have none.
fn summary(chart: &Chart, series: &ChartSeries) -> String {
    let named = chart.groups.iter().zip(&series.points);
    let valued = named.filter_map(|(group, point)| Some((group, point, point.value?)));
    let highest = valued.fold(None, |best: Option<(_, _, f64)>, one| match best {
        Some(best) if best.2 >= one.2 => Some(best),
        Some(_) | None => Some(one),
    });
    let n_gaps = series.points.iter().filter(|point| point.value.is_none()).count();
    let highest = highest.map_or("no value".to_owned(), |(group, point, _)| {
        format!("highest in {}: {}", group.name, chart.described(point))
    });
    format!("{}: {highest}; {}: {n_gaps}.", series.name, chart.gap)
}

/// Says what the marks mean, as far as they occur; returns where that ends.
fn draw_legend(chart: &Chart, right: f64, mut y: f64, canvas: &mut Canvas) -> f64 {
    let scale = Scale::of(chart);
    let is_narrow = chart.axis != Axis::Names && time::is_narrow(chart);
    let (interval, of_interval) = if is_narrow {
        ("tones", "to the lower end of the 95 % interval, to the value, to the upper end")
    } else {
        ("interval", "95 % interval")
    };
    let marks: [(&str, bool, &str); 5] = [
        (interval, chart.any(|point| chart.whisker(point).is_some()), of_interval),
        ("zero", chart.any(|point| point.value == Some(0.0)), "zero"),
        ("doubtful", chart.any(|point| point.is_doubtful), &chart.doubt),
        ("gap", chart.any(|point| point.value.is_none()), &chart.gap),
        (
            "arrow",
            chart.any(|point| scale.is_exceeded_by(point, chart)),
            "goes on beyond the scale",
        ),
    ];
    let mut x = MARGIN;
    for (mark, _, words) in marks.into_iter().filter(|(_, occurs, _)| *occurs) {
        let room = 22.0 + width(words) as f64 * LETTER + 20.0;
        if x > MARGIN && x + room > right {
            x = MARGIN;
            y += LINE;
        }
        draw_mark(mark, [x, y], canvas);
        canvas.text("words", [x + 22.0, y + 12.0], Anchor::Start, words);
        x += room;
    }
    if x > MARGIN { y + LINE + 4.0 } else { y }
}

/// Draws a mark of the legend.
fn draw_mark(mark: &str, [x, y]: [f64; 2], canvas: &mut Canvas) {
    match mark {
        "interval" => {
            canvas.line("interval", [x, y + 8.0], [x + 16.0, y + 8.0]);
            for end in [x, x + 16.0] {
                canvas.line("interval", [end, y + 5.0], [end, y + 11.0]);
            }
        }
        "tones" => {
            for (class, at) in [("dark", 0.0), ("bar", 6.0), ("pale", 12.0)] {
                canvas.rectangle(class, [x + at - 2.0, y + 4.0, 6.0, 8.0]);
            }
        }
        "zero" => canvas.zero([x + 8.0, y + 8.0], 3.0),
        "arrow" => canvas.arrow([[x + 8.0, y + 3.0], [x + 3.0, y + 12.0], [x + 13.0, y + 12.0]]),
        class => canvas.rectangle(class, [x, y + 2.0, 16.0, 12.0]),
    }
}

#[cfg(test)]
mod tests;
