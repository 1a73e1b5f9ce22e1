//! Markup and texts, kept apart.

use crate::page::push_escaped;

/// A page so far. What comes from documents goes through [`Html::text`] only.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Appends markup as it is.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Appends a text, with what would be markup escaped.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(text, &mut self.0);
        self
    }

    /// Appends a name, which may be written from right to left among words that are not.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.raw("<bdi>").text(name).raw("</bdi>")
    }

    /// Begins a section with a heading of the second level, by which it is named.
    pub(super) fn begin_section(&mut self, id: &str, heading: &str) -> &mut Self {
        self.raw(&format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">"))
            .text(heading)
            .raw("</h2>\n")
    }

    /// Ends a section.
    pub(super) fn end_section(&mut self) {
        self.raw("</section>\n");
    }

    /// Begins what may be wider than the page, and is then scrolled by itself.
    pub(super) fn begin_scroll(&mut self, name: &str) -> &mut Self {
        self.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .text(name)
            .raw("\">")
    }

    /// Says that something scrolls; a hint for narrow screens is there on no others.
    pub(super) fn hint(&mut self, words: &str, is_for_narrow: bool) {
        let class = if is_for_narrow { "hint narrow" } else { "hint" };
        self.raw(&format!("<p class=\"{class}\">")).text(words).raw("</p>\n");
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}
