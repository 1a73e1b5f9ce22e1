use onrecord_model::Span;

/// A line that is not blank, without the blanks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) span: Span,
    /// Whether a blank line stands before it.
    pub(crate) blank_before: bool,
    /// How many bytes of blanks it begins with.
    pub(crate) indent: u32,
}

/// Finds the lines of a text that are not blank.
pub(crate) fn lines_of(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 128);
    let (mut start, mut blank_before) = (0, false);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let line = text.get(start..end).unwrap_or_default();
        let content = line.trim_start();
        let from = start + line.len() - content.len();
        let content = content.trim_end();
        if content.is_empty() {
            blank_before = true;
        } else {
            let span = Span::from_range(from..from + content.len());
            let indent = span.start - start as u32;
            lines.push(Line { span, blank_before, indent });
            blank_before = false;
        }
        start = end + 1;
    }
    lines
}

/// Returns a line's text.
pub(crate) fn line_text<'a>(text: &'a str, line: &Line) -> &'a str {
    text.get(line.span.range()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimmed_and_marked() {
        let text = "a \n\n \u{a0}b\nc";
        let found: Vec<_> = lines_of(text)
            .iter()
            .map(|line| (line_text(text, line), line.span.start, line.blank_before, line.indent))
            .collect();
        assert_eq!(found, [("a", 0, false, 0), ("b", 7, true, 3), ("c", 9, false, 0)]);
        assert_eq!(lines_of(""), []);
    }
}
