//! An overview as a page that needs nothing beside it: no script, no other file. A bar or a
//! number is a link to the passages behind it, which are in the page.

mod bars;
mod fit;
mod group;
mod heat;
mod html;
mod passages;
mod timeline;

use super::OverviewPage;
use crate::Error;
use fit::Fit;
use html::Html;
use std::io::Write;

const STYLE: &str = include_str!("style.css");

/// What gaps are hatched with, all over the page.
const HATCHING: &str = "<svg width=\"0\" height=\"0\" class=\"unseen\" aria-hidden=\"true\" \
focusable=\"false\"><defs><pattern id=\"onrecord-gap\" width=\"7\" height=\"7\" \
patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"hatch-paper\" \
width=\"7\" height=\"7\"/><rect class=\"hatch-line\" width=\"1\" height=\"7\"/></pattern></defs>\
</svg>\n";

/// Writes an overview as a page.
///
/// Where it would be larger than some 5 MB, passages are cut round their terms, then fewer are
/// shown of each figure; the page says both.
///
/// # Errors
/// When it cannot be written.
pub fn write_overview_page(out: &mut dyn Write, overview: &OverviewPage) -> Result<(), Error> {
    let fit = Fit::of(overview);
    let mut html = Html::default();
    push_head(overview, &mut html);
    push_summary(overview, &mut html);
    bars::push_priorities(overview, &mut html);
    if has_time(overview) {
        timeline::push_timeline(overview, &mut html);
    }
    heat::push_speakers(overview, &mut html);
    push_notes(overview, fit, &mut html);
    html.begin_section("made", "How it was made");
    push_facts("facts", &overview.facts, &mut html);
    html.end_section();
    passages::push_passages(overview, fit, &mut html);
    html.raw("</main>\n</body>\n</html>\n");
    Ok(out.write_all(html.into_string().as_bytes())?)
}

/// Tells whether anything is said of time.
fn has_time(overview: &OverviewPage) -> bool {
    !overview.years.is_empty() || overview.undated.is_some()
}

fn push_head(overview: &OverviewPage, html: &mut Html) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    // An empty icon, which no server is asked for.
    html.text(&overview.title).raw("</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n");
    html.raw(STYLE).raw("</style>\n</head>\n<body>\n");
    html.raw("<a class=\"skip\" href=\"#main\">Skip to the content</a>\n").raw(HATCHING);
    html.raw("<header>\n<h1 dir=\"auto\">").text(&overview.title).raw("</h1>\n");
    if !overview.lead.is_empty() {
        html.raw("<p class=\"of\" dir=\"auto\">").text(&overview.lead).raw("</p>\n");
    }
    html.raw("<nav aria-label=\"Sections\"><ul>");
    let sections = [
        ("summary", "Summary", true),
        ("priorities", "Priorities", true),
        ("timeline", "Timeline", has_time(overview)),
        ("speakers", "Speakers", true),
        ("notes", "Notes", true),
        ("made", "How it was made", true),
        ("passages", "Passages", true),
    ];
    for (id, name, _) in sections.into_iter().filter(|(.., is_there)| *is_there) {
        html.raw(&format!("<li><a href=\"#{id}\">{name}</a></li>"));
    }
    html.raw("</ul></nav>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

fn push_summary(overview: &OverviewPage, html: &mut Html) {
    html.begin_section("summary", "Summary");
    push_facts("cards", &overview.summary, html);
    html.end_section();
}

/// Writes names with what is said of each.
fn push_facts(class: &str, facts: &[(String, String)], html: &mut Html) {
    if facts.is_empty() {
        return;
    }
    html.raw(&format!("<dl class=\"{class}\">\n"));
    for (name, words) in facts {
        html.raw("<div><dt>").text(name).raw("</dt><dd dir=\"auto\">").text(words);
        html.raw("</dd></div>\n");
    }
    html.raw("</dl>\n");
}

/// Writes what is to be minded, with what the page itself leaves out.
fn push_notes(overview: &OverviewPage, fit: Fit, html: &mut Html) {
    html.begin_section("notes", "Notes").raw("<ul class=\"notes\">\n");
    html.raw(
        "<li>The fewer passages, the wider the 95 % interval of a share; shares whose intervals \
              overlap may not differ.</li>\n",
    );
    for note in &overview.notes {
        html.raw("<li dir=\"auto\">").text(note).raw("</li>\n");
    }
    if overview.passages.iter().any(|passage| fit.cuts(&passage.text)) {
        html.raw(
            "<li>So that this page stays small, long passages are cut round their terms: what \
                  is left out is marked by an ellipsis.</li>\n",
        );
    }
    html.raw("</ul>\n").end_section();
}

#[cfg(test)]
mod tests;
