//! The timeline: a panel for each priority, with a bar for each year.

use super::bars::{interval_of, share_of};
use super::group::{Group, Placed};
use super::html::Html;
use crate::chart::{Chart, Point, Scale};
use crate::overview::OverviewPage;
use crate::overview::charts::{self, GAP, grouped, percent};

/// The height of a plot, and of the names of years below it, in pixels.
const HEIGHT: f64 = 150.0;
const BELOW: f64 = 22.0;

/// How wide a year is at least, in pixels, where there are at most so many: its name has room, or it
/// can be pointed at; where even that would not go on one screen, less.
const YEARS: [(usize, usize); 3] = [(25, NAME), (60, 24), (usize::MAX, 10)];

/// The widest a year becomes, and the narrowest room of all, in pixels.
const WIDEST_YEAR: usize = 72;
const LEAST_ROOM: usize = 240;

/// What a screen of usual width has room for, and a sheet of paper, in pixels.
const SCREEN: usize = 1000;
const PAPER: usize = 600;

/// A name of a year has this width, in pixels, with what keeps it from the next.
const NAME: usize = 40;

/// Writes the panels of all priorities, all on one scale.
pub(super) fn push_timeline(overview: &OverviewPage, html: &mut Html) {
    let chart = charts::timeline(overview);
    let scale = Scale::of(&chart);
    html.begin_section("timeline", "Timeline").raw(
        "<p class=\"lead\">The share of each year’s passages, %, with 95 % intervals; all on one \
         scale. <span class=\"screen\">Each bar leads to passages behind it.</span></p>\n",
    );
    push_legend(&chart, scale, html);
    let years: Vec<Group<'_>> = Group::years(overview).collect();
    push_hint(years.len(), html);
    let undated = Group::undated(overview);
    for (priority, series) in chart.series.iter().enumerate() {
        html.raw(&format!("<section class=\"panel\" aria-labelledby=\"time-{priority}\">\n"));
        html.raw(&format!("<h3 id=\"time-{priority}\">")).name(&series.name).raw("</h3>\n");
        let plot = Plot { chart: &chart, scale, name: &series.name, priority };
        if !years.is_empty() {
            plot.push(&years, &series.points, html);
        }
        if let Some(placed) = undated.as_ref().and_then(|undated| undated.figure(priority)) {
            push_undated(&placed, chart.places, html);
        }
        let groups: Vec<&Group<'_>> = years.iter().chain(&undated).collect();
        plot.push_table(&groups, html);
        html.end_section();
    }
    html.end_section();
}

/// Says what the marks mean, as far as they occur.
fn push_legend(chart: &Chart, scale: Scale, html: &mut Html) {
    let doubt = format!("+ {}", chart.doubt);
    let marks = [
        (chart.any(|point| point.value == Some(0.0)), "zero", "0: none of the year’s passages"),
        (chart.any(|point| point.value.is_none()), "gap", chart.gap.as_str()),
        (chart.any(|point| point.is_doubtful), "doubtful", doubt.as_str()),
    ];
    html.raw("<p class=\"legend\">");
    for (_, class, words) in marks.into_iter().filter(|(occurs, ..)| *occurs) {
        html.raw(&format!("<span><i class=\"swatch {class}\"></i> ")).text(words).raw("</span> ");
    }
    if chart.any(|point| scale.is_exceeded_by(point, chart)) {
        html.raw("<span>▲ goes on beyond the scale</span>");
    }
    html.raw("</p>\n");
}

/// Says how to come to the years that are out of sight: the last are seen first.
fn push_hint(n_years: usize, html: &mut Html) {
    let width = least_width(n_years);
    if width > SCREEN {
        html.hint(
            "The last years are in view; scroll a timeline sideways for those before.",
            false,
        );
    } else if width > LEAST_ROOM {
        html.hint("Where years are cut off at the edge, a timeline scrolls sideways.", true);
    }
    if is_dense(n_years) {
        html.raw(
            "<p class=\"lead paper\">So many years are drawn on paper without intervals and \
             zeros; the tables have them.</p>\n",
        );
    }
}

/// Returns how wide so many years are at least, in pixels.
fn least_width(n_years: usize) -> usize {
    let width = YEARS.iter().find(|(most, _)| n_years <= *most).map_or(NAME, |(_, width)| *width);
    width * n_years
}

struct Plot<'a> {
    chart: &'a Chart,
    scale: Scale,
    name: &'a str,
    priority: usize,
}

impl Plot<'_> {
    /// Draws the scale, which stays, and the bars, which can be scrolled. Places from left to
    /// right are in per cent, so that bars have all the room there is.
    fn push(&self, years: &[Group<'_>], points: &[Point], html: &mut Html) {
        let height = HEIGHT + BELOW;
        let class = if is_dense(years.len()) { "plot dense" } else { "plot" };
        html.raw(&format!(
            "<div class=\"{class}\"><svg class=\"axis\" width=\"40\" height=\"{height}\" aria-hidden=\"true\">"
        ));
        for (value, mark) in self.scale.marks() {
            let y = self.y(value) + 4.0;
            html.raw(&format!("<text x=\"34\" y=\"{y:.1}\" text-anchor=\"end\">{mark}</text>"));
        }
        html.raw("</svg>").begin_scroll(&format!("{} by year", self.name));
        let n_years = years.len();
        let (least, most) = (least_width(n_years), LEAST_ROOM.max(WIDEST_YEAR * n_years));
        html.raw(&format!(
            "<div class=\"years\" style=\"min-width:{least}px;max-width:{most}px\"><svg role=\"group\" \
             aria-labelledby=\"time-{}\" width=\"100%\" height=\"{height}\">\n",
            self.priority
        ));
        for (value, _) in self.scale.marks() {
            let y = self.y(value);
            html.raw(&format!("<line class=\"grid\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"));
        }
        for (at, (group, point)) in years.iter().zip(points).enumerate() {
            if let Some(placed) = group.figure(self.priority) {
                let room = Room { at, n_years };
                self.push_year(&placed, point, room, html);
            }
        }
        let base = self.y(0.0);
        html.raw(&format!("<line class=\"base\" x2=\"100%\" y1=\"{base}\" y2=\"{base}\"/>\n"));
        self.push_names(n_years, html);
        html.raw("</svg></div></div></div>\n");
    }

    fn y(&self, value: f64) -> f64 {
        // A pixel or two above are left for the line and the arrow at the end of the scale.
        8.0 + (HEIGHT - 8.0) * (1.0 - self.scale.share(value))
    }

    /// Draws a year: a link where there are passages, over the whole height.
    fn push_year(&self, placed: &Placed<'_>, point: &Point, room: Room, html: &mut Html) {
        let described = format!("{}: {}", placed.row.name, self.chart.described(point));
        if placed.has_passages() {
            html.raw(&placed.link()).raw(" aria-label=\"").text(&described).raw("\">");
        } else {
            html.raw(&format!("<g id=\"{}\" role=\"img\" aria-label=\"", placed.id));
            html.text(&described).raw("\">");
        }
        html.raw("<title>").text(&described).raw("</title>");
        let class = match point.value {
            None => "gap",
            Some(_) if point.is_doubtful => "hit few",
            Some(_) => "hit",
        };
        html.raw(&rectangle(class, room.whole(), 8.0, HEIGHT));
        if let Some(value) = point.value {
            self.push_bar(point, value, room, html);
        }
        html.raw(if placed.has_passages() { "</a>\n" } else { "</g>\n" });
    }

    fn push_bar(&self, point: &Point, value: f64, room: Room, html: &mut Html) {
        let middle = room.middle();
        if value > 0.0 {
            let class = if point.is_doubtful { "bar doubtful" } else { "bar" };
            html.raw(&rectangle(class, room.bar(), self.y(value), HEIGHT));
        } else {
            let y = HEIGHT;
            html.raw(&format!("<circle class=\"zero\" cx=\"{middle:.2}%\" cy=\"{y}\" r=\"3.5\"/>"));
        }
        if let Some((low, high)) = self.chart.whisker(point) {
            let (low, high) = (self.y(low), self.y(high));
            html.raw(&format!(
                "<line class=\"whisker\" x1=\"{middle:.2}%\" x2=\"{middle:.2}%\" y1=\"{low:.1}\" y2=\"{high:.1}\"/>"
            ));
        }
        if self.scale.is_exceeded_by(point, self.chart) {
            html.raw(&format!(
                "<text class=\"beyond\" text-anchor=\"middle\" x=\"{middle:.2}%\" y=\"12\">▲</text>"
            ));
        }
    }

    /// Writes as many years as have room, fewer in print.
    fn push_names(&self, n_years: usize, html: &mut Html) {
        let on_screen = step(1, least_width(n_years), n_years);
        let on_paper = step(on_screen, PAPER, n_years);
        for (at, group) in self.chart.groups.iter().enumerate() {
            let number = group.period.map_or(at, |period| period as usize);
            if !number.is_multiple_of(on_screen) {
                continue;
            }
            let (x, y) = (Room { at, n_years }.middle(), HEIGHT + 16.0);
            let class = if number.is_multiple_of(on_paper) { "" } else { " class=\"screen\"" };
            html.raw(&format!("<text{class} x=\"{x:.2}%\" y=\"{y}\" text-anchor=\"middle\">"));
            html.text(&group.name).raw("</text>");
        }
    }

    /// Writes the numbers of a panel.
    fn push_table(&self, groups: &[&Group<'_>], html: &mut Html) {
        html.raw("<details><summary>The numbers as a table</summary>")
            .begin_scroll(&format!("{} by year, numbers", self.name))
            .raw(
                "<table class=\"numbers\"><thead><tr><th scope=\"col\">Year</th>\
                 <th scope=\"col\">Share, %</th><th scope=\"col\">95 % interval</th>\
                 <th scope=\"col\">Passages</th><th scope=\"col\">of</th>\
                 <th scope=\"col\">Mentions</th></tr></thead><tbody>\n",
            );
        for group in groups {
            let Some(placed) = group.figure(self.priority) else { continue };
            html.raw("<tr><th scope=\"row\">");
            if placed.has_passages() {
                html.raw(&format!("<a href=\"#p{}\">", placed.id)).name(&group.label).raw("</a>");
            } else {
                html.name(&group.label);
            }
            html.raw("</th>");
            self.push_numbers(&placed, html);
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>\n");
    }

    fn push_numbers(&self, placed: &Placed<'_>, html: &mut Html) {
        let (figure, places) = (placed.figure, self.chart.places);
        let share = figure.share.map_or(GAP.to_owned(), |share| percent(share, places));
        html.raw("<td>").text(&share);
        html.raw(if figure.is_doubtful && figure.share.is_some() { "<sup>+</sup>" } else { "" });
        let counts = [figure.passages, placed.row.passages, figure.mentions].map(grouped);
        for cell in [interval_of(figure, places)].iter().chain(&counts) {
            html.raw("</td><td>").text(cell);
        }
        html.raw("</td>");
    }
}

/// Tells whether paper has no room for a line on each bar.
const fn is_dense(n_years: usize) -> bool {
    n_years * 8 > PAPER
}

/// Returns how many years are from one name to the next where all have a width: so many, or a
/// multiple of it.
fn step(least: usize, width: usize, n_years: usize) -> usize {
    let steps: [usize; 7] = [1, 2, 5, 10, 20, 50, 100];
    steps
        .into_iter()
        .find(|step| step.is_multiple_of(least) && step * width >= NAME * n_years)
        .unwrap_or(200)
}

/// The room of a year, from left to right, in per cent of all.
#[derive(Clone, Copy)]
struct Room {
    at: usize,
    n_years: usize,
}

impl Room {
    fn width(self) -> f64 {
        100.0 / self.n_years as f64
    }

    fn middle(self) -> f64 {
        self.width() * (self.at as f64 + 0.5)
    }

    fn whole(self) -> (f64, f64) {
        (self.width() * self.at as f64, self.width())
    }

    fn bar(self) -> (f64, f64) {
        (self.middle() - self.width() * 0.33, self.width() * 0.66)
    }
}

fn rectangle(class: &str, (x, width): (f64, f64), top: f64, foot: f64) -> String {
    let height = foot - top;
    format!(
        "<rect class=\"{class}\" x=\"{x:.2}%\" width=\"{width:.2}%\" y=\"{top:.1}\" height=\"{height:.1}\"/>"
    )
}

/// Says what has no place on the axis.
fn push_undated(placed: &Placed<'_>, places: usize, html: &mut Html) {
    html.raw("<p class=\"undated\">");
    if placed.has_passages() {
        html.raw(&placed.link()).raw(">Without a date</a>: ");
    } else {
        html.raw("Without a date: ");
    }
    html.text(&format!(
        "{}; {}",
        share_of(placed.figure, places),
        charts::counts(placed.figure, placed.row)
    ));
    html.raw("</p>\n");
}
