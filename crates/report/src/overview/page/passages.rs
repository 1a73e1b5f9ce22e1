//! The passages behind each figure: a block for each, which its bar or cell leads to.

use super::bars::{interval_of, share_of};
use super::fit::Fit;
use super::group::{Group, Placed};
use super::html::Html;
use crate::overview::charts::{counts, doubt, grouped, places};
use crate::overview::{OverviewPage, command_of, place_of};
use onrecord_query::OverviewPassage;

/// Writes the blocks of all figures that have passages, priority by priority.
pub(super) fn push_passages(overview: &OverviewPage, fit: Fit, html: &mut Html) {
    html.begin_section("passages", "The passages").raw(
        "<p class=\"lead\">Below stand passages behind the figures overall; those of a year or a \
         speaker appear here when its bar or number is chosen.</p>\n\
         <p class=\"all\"><input type=\"checkbox\" id=\"all\"> <label for=\"all\">Show the passages \
         of all years and speakers, to search in them or print them</label></p>\n",
    );
    let groups = Group::all(overview);
    for (priority, name) in overview.priorities.iter().enumerate() {
        for group in &groups {
            if let Some(placed) = group.figure(priority).filter(Placed::has_passages) {
                Block { overview, fit, priority, name, group }.push(&placed, html);
            }
        }
    }
    html.end_section();
}

struct Block<'a> {
    overview: &'a OverviewPage,
    fit: Fit,
    priority: usize,
    name: &'a str,
    group: &'a Group<'a>,
}

impl Block<'_> {
    fn push(&self, placed: &Placed<'_>, html: &mut Html) {
        let is_total = std::ptr::eq(placed.row, &self.overview.total);
        let class = if is_total { "figure total" } else { "figure" };
        html.raw(&format!("<div class=\"{class}\" id=\"p{}\" tabindex=\"-1\">\n<h3>", placed.id));
        html.name(self.name).raw(": ").name(&self.group.label).raw("</h3>\n");
        self.push_back(placed, html);
        self.push_numbers(placed, html);
        let shown = placed.figure.shown.iter().take(self.fit.n_shown);
        let passages: Vec<&OverviewPassage> =
            shown.filter_map(|at| self.overview.passages.get(*at)).collect();
        let (n_shown, n_all) = (passages.len() as u64, placed.figure.passages);
        if n_shown < n_all {
            let words = format!("{n_shown} of {} passages shown", grouped(n_all));
            html.raw("<p>").text(&words);
            if let Some(command) = command_of(self.overview, placed.figure) {
                html.raw("; all of them: <code>").text(&command).raw("</code>");
            }
            html.raw("</p>\n");
        }
        if !passages.is_empty() {
            html.raw("<ol>\n");
            passages.iter().for_each(|passage| self.push_passage(passage, html));
            html.raw("</ol>\n");
        }
        self.push_back(placed, html);
        html.raw("</div>\n");
    }

    fn push_back(&self, placed: &Placed<'_>, html: &mut Html) {
        html.raw(&format!("<p class=\"back\"><a href=\"#{}\">Back to ", placed.id));
        html.text(self.group.origin).raw("</a></p>\n");
    }

    fn push_numbers(&self, placed: &Placed<'_>, html: &mut Html) {
        let (figure, places) = (placed.figure, places(self.overview));
        let mut numbers = share_of(figure, places);
        let interval = interval_of(figure, places);
        if !interval.is_empty() {
            numbers.push_str(&format!(" (95 % interval {interval})"));
        }
        numbers.push_str(&format!("; {}", counts(figure, placed.row)));
        if figure.is_doubtful {
            numbers.push_str(&format!("; {}", doubt(self.overview)));
        }
        html.raw("<p>").text(&numbers).raw("</p>\n");
    }

    fn push_passage(&self, passage: &OverviewPassage, html: &mut Html) {
        html.raw("<li><blockquote dir=\"auto\">");
        push_marked(passage, self.priority, self.fit, html);
        html.raw("</blockquote><p><cite dir=\"auto\">").text(&passage.citation);
        html.raw("</cite> <code>").text(&place_of(passage)).raw("</code>");
        if !passage.terms.iter().any(|(_, of)| *of == self.priority) {
            html.raw(" labelled by learned weights alone");
        }
        html.raw("</p></li>\n");
    }
}

/// Writes the words of a passage, with the terms of a priority marked; terms that do not fit the
/// text, or lie in others, are not.
fn push_marked(passage: &OverviewPassage, priority: usize, fit: Fit, html: &mut Html) {
    let text = passage.text.as_str();
    let terms = || passage.terms.iter().filter(|(_, of)| *of == priority).map(|(term, _)| term);
    let part = fit.part(text, terms().next().map_or(0, |term| term.start.min(text.len())));
    let mut at = part.start;
    if at > 0 {
        html.raw("… ");
    }
    for term in terms().filter(|term| term.end <= part.end) {
        let (Some(before), Some(words)) = (text.get(at..term.start), text.get(term.clone())) else {
            continue;
        };
        if !words.is_empty() {
            html.text(before).raw("<mark>").text(words).raw("</mark>");
            at = term.end;
        }
    }
    html.text(text.get(at..part.end).unwrap_or_default());
    if part.end < text.len() {
        html.raw(" …");
    }
}
