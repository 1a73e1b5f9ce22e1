//! The priorities over all: a line each, with a bar as wide as there is room.

use super::group::{Group, Placed};
use super::html::Html;
use crate::chart::{Chart, Point, Scale};
use crate::overview::OverviewPage;
use crate::overview::charts::{self, GAP, mentions_of, passages_of, percent};
use onrecord_query::Figure;

/// Writes the priorities, with their shares, intervals, and counts.
pub(super) fn push_priorities(overview: &OverviewPage, html: &mut Html) {
    let chart = charts::priorities(overview);
    let total = Group::total(overview);
    html.begin_section("priorities", "Priorities overall").raw(
        "<p class=\"lead\">How many of all passages of speech speak of each priority, with 95 % \
         intervals. <span class=\"screen\">Each name and bar leads to passages behind it.</span></p>\n",
    );
    let bars = Bars { chart: &chart, scale: Scale::of(&chart) };
    bars.push_ends(html);
    html.raw("<ol class=\"bars\">\n");
    let points = chart.series.first().map_or(&[][..], |series| &series.points);
    for (priority, (name, point)) in overview.priorities.iter().zip(points).enumerate() {
        if let Some(placed) = total.figure(priority) {
            bars.push_line(name, &placed, point, html);
        }
    }
    html.raw("</ol>\n");
    bars.push_doubt(html);
    html.end_section();
}

/// What all lines share.
struct Bars<'a> {
    chart: &'a Chart,
    scale: Scale,
}

impl Bars<'_> {
    fn push_line(&self, name: &str, placed: &Placed<'_>, point: &Point, html: &mut Html) {
        html.raw("<li>");
        if placed.has_passages() {
            html.raw(&placed.link()).raw(">").name(name).raw("</a>");
            // The same once more for the pointer alone: the name is what keys and readers reach.
            let bar = "<a class=\"bar-link\" tabindex=\"-1\" aria-hidden=\"true\" href=\"#p";
            html.raw(bar).raw(&placed.id).raw("\">");
            self.push_bar(point, html);
            html.raw("</a>");
        } else {
            html.raw("<span>").name(name);
            html.raw("</span><span class=\"bar-link\" aria-hidden=\"true\">");
            self.push_bar(point, html);
            html.raw("</span>");
        }
        let (figure, places) = (placed.figure, self.chart.places);
        html.raw("<span class=\"share\">").text(&share_of(figure, places)).raw("</span> <span>");
        if figure.interval.is_some() {
            html.raw("<span class=\"unseen\">95 % interval </span>");
            html.text(&interval_of(figure, places));
        }
        html.raw("</span> <span class=\"count\">").text(&passages_of(figure, placed.row));
        html.raw("</span> <span class=\"count\">").text(&mentions_of(figure)).raw("</span>");
        html.raw("</li>\n");
    }

    /// Draws a bar over the whole width; places along it are in per cent of the width.
    fn push_bar(&self, point: &Point, html: &mut Html) {
        let x = |value: f64| self.scale.share(value) * 100.0;
        html.raw("<svg class=\"bar-plot\" width=\"100%\" height=\"28\" focusable=\"false\">");
        for x in [0, 50, 100] {
            html.raw(&format!("<line class=\"grid\" x1=\"{x}%\" x2=\"{x}%\" y2=\"28\"/>"));
        }
        if let Some(value) = point.value {
            let (class, width) = (if point.is_doubtful { "bar doubtful" } else { "bar" }, x(value));
            html.raw(&format!(
                "<rect class=\"{class}\" y=\"7\" width=\"{width:.2}%\" height=\"14\"/>"
            ));
        } else {
            html.raw("<rect class=\"gap\" y=\"7\" width=\"100%\" height=\"14\"/>");
        }
        if let Some((low, high)) = self.chart.whisker(point) {
            let (low, high) = (x(low), x(high));
            for (from, to, top, foot) in
                [(low, high, 14, 14), (low, low, 10, 18), (high, high, 10, 18)]
            {
                html.raw(&format!(
                    "<line class=\"whisker\" x1=\"{from:.2}%\" x2=\"{to:.2}%\" y1=\"{top}\" y2=\"{foot}\"/>"
                ));
            }
        }
        if point.value == Some(0.0) {
            html.raw("<circle class=\"zero\" cy=\"14\" r=\"3.5\"/>");
        }
        html.raw("</svg>");
    }

    /// Writes above the bars where they begin and end; each has its number at its side.
    fn push_ends(&self, html: &mut Html) {
        let end = self.scale.marks().last().map_or(String::new(), |(_, mark)| mark);
        html.raw("<p class=\"bars-scale\" aria-hidden=\"true\"><span><span>0</span><span>");
        html.text(&end).raw(" %</span></span></p>\n");
    }

    /// Says what a hollow bar means, where there is one.
    fn push_doubt(&self, html: &mut Html) {
        if self.chart.any(|point| point.is_doubtful) {
            html.raw("<p class=\"legend\"><span><i class=\"swatch doubtful\"></i> ");
            html.text(&self.chart.doubt).raw(": the share says little</span></p>\n");
        }
    }
}

/// Writes a share with its unit, and with so many decimals.
pub(super) fn share_of(figure: &Figure, places: usize) -> String {
    figure.share.map_or(GAP.to_owned(), |share| format!("{} %", percent(share, places)))
}

/// Writes an interval with so many decimals; nothing where there is none.
pub(super) fn interval_of(figure: &Figure, places: usize) -> String {
    let interval = figure.interval.filter(|_| figure.share.is_some());
    interval.map_or(String::new(), |(low, high)| {
        format!("{} to {}", percent(low, places), percent(high, places))
    })
}
