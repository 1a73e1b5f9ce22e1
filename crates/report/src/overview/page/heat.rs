//! Speakers by priorities: a table whose cells are shaded and hold their numbers.

use super::group::{Group, Placed};
use super::html::Html;
use crate::chart::{HeatMap, N_STEPS, Point, Steps};
use crate::overview::OverviewPage;
use crate::overview::charts::{self, GAP, grouped};

/// Writes the table, or that there is nobody to list.
pub(super) fn push_speakers(overview: &OverviewPage, html: &mut Html) {
    let map = charts::speakers(overview);
    let steps = Steps::of(&map);
    html.begin_section("speakers", "Speakers").raw(
        "<p class=\"lead\">The share of each speaker’s passages that speak of a priority, %; those \
         with the most passages come first. <span class=\"screen\">Each number leads to passages behind \
         it.</span></p>\n",
    );
    if overview.speakers.is_empty() {
        html.raw("<p>No speaker is known.</p>\n").end_section();
        return;
    }
    push_legend(&map, steps, html);
    html.hint("Where columns are cut off at the edge, the table scrolls sideways.", true);
    // The longest words of the default priorities have room in a column, the names in the first.
    let least = 20 + 13 * map.columns.len() / 2;
    html.begin_scroll("Speakers by priority").raw(&format!(
        "<table class=\"heat\" style=\"min-width:{least}rem\"><thead><tr>\
         <th scope=\"col\">Speaker</th><th scope=\"col\" class=\"number\">Passages</th>"
    ));
    for column in &map.columns {
        html.raw("<th scope=\"col\">").name(column).raw("</th>");
    }
    html.raw("</tr></thead><tbody>\n");
    for (group, row) in Group::speakers(overview).zip(&map.rows) {
        html.raw("<tr><th scope=\"row\">").name(&row.name).raw("</th><td class=\"number\">");
        html.text(&grouped(group.row.passages)).raw("</td>");
        for (priority, point) in row.points.iter().enumerate() {
            if let Some(placed) = group.figure(priority) {
                push_cell(&map, &placed, point, steps, html);
            }
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody></table></div>\n");
    for note in &map.notes {
        html.raw("<p class=\"legend\">").text(note).raw("</p>\n");
    }
    html.end_section();
}

fn push_cell(map: &HeatMap, placed: &Placed<'_>, point: &Point, steps: Steps, html: &mut Html) {
    let Some(value) = point.value else {
        html.raw("<td class=\"gap\"><span class=\"unseen\">").text(GAP).raw("</span></td>");
        return;
    };
    let class = match (point.is_doubtful, steps.of_point(point)) {
        (true, _) => "doubtful".to_owned(),
        (false, 0) => "none".to_owned(),
        (false, step) => format!("step{step}"),
    };
    html.raw(&format!("<td class=\"{class}\">"));
    let is_link = placed.has_passages();
    if is_link {
        html.raw(&placed.link()).raw(">");
    }
    html.text(&map.written(value));
    if point.is_doubtful {
        html.raw("<sup>+</sup>");
    }
    html.raw(if is_link { "</a></td>" } else { "</td>" });
}

/// Says what the shades and marks mean, as far as they occur.
fn push_legend(map: &HeatMap, steps: Steps, html: &mut Html) {
    html.raw("<p class=\"legend\">");
    if map.any(|point| steps.of_point(point) > 0) {
        for (step, end) in steps.ends() {
            let more = if step == N_STEPS { " %" } else { "" };
            html.raw(&format!(
                "<span><i class=\"swatch step{step}\"></i> up to {end}{more}</span> "
            ));
        }
    }
    if map.any(|point| point.is_doubtful) {
        html.raw("<span><i class=\"swatch doubtful\"></i> + ").text(&map.doubt).raw("</span> ");
    }
    if map.any(|point| point.value.is_none()) {
        html.raw("<span><i class=\"swatch gap\"></i> ").text(&map.gap).raw("</span>");
    }
    html.raw("</p>\n");
}
