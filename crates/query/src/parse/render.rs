use super::ParseError;
use onrecord_model::Span;

/// The characters of the query shown on either side of a fault, at most.
const CONTEXT: usize = 50;

impl ParseError {
    /// Renders the message, the query with carets under the fault, and the hint, without a line
    /// break at the end.
    ///
    /// `query` is what was parsed. Carets count characters, not bytes; a long query is shown
    /// around the fault, with `…` where it goes on; line breaks, tabs and other control
    /// characters show as blanks.
    pub fn render(&self, query: &str) -> String {
        render(query, self.span, &self.to_string(), &self.kind.hint())
    }
}

/// Renders a message about a part of a query as [`ParseError::render`] does.
pub(crate) fn render(query: &str, span: Span, message: &str, hint: &str) -> String {
    let (line, carets) = point(query, span);
    format!("{message}\n  {line}\n  {carets}\nhint: {hint}")
}

/// Returns the query, or a part of it, and the line below that marks the fault.
fn point(query: &str, span: Span) -> (String, String) {
    let shown = |part: Option<&str>| -> Vec<char> {
        part.unwrap_or("").chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    };
    let range = span.range();
    let mut before = shown(query.get(..range.start));
    let mut fault = shown(query.get(range.clone()));
    let mut after = shown(query.get(range.end..));
    if before.len() > CONTEXT {
        before.drain(..=before.len() - CONTEXT);
        before.insert(0, '…');
    }
    if fault.len() > CONTEXT {
        after.clear();
        fault.truncate(CONTEXT);
        after.push('…');
    } else if after.len() > CONTEXT {
        after.truncate(CONTEXT - 1);
        after.push('…');
    }
    let carets =
        " ".repeat(before.len()).chars().chain("^".repeat(fault.len().max(1)).chars()).collect();
    (before.into_iter().chain(fault).chain(after).collect(), carets)
}

#[cfg(test)]
mod tests {
    use crate::parse::{Match, parse};

    fn rendered(query: &str) -> String {
        parse(query, Match::All).unwrap_err().render(query)
    }

    #[test]
    fn carets_stand_under_the_fault() {
        assert_eq!(
            rendered("café\tnetw~3"),
            "`~` behind a word needs a 1 or a 2\n\
             \x20 café netw~3\n\
             \x20          ^^\n\
             hint: defence~1 finds words that differ by one letter, defence~2 by two; words near \
             each other are written \"cyber norms\"~5"
        );
        assert_eq!(
            rendered("a OR"),
            "nothing stands after `OR`\n  a OR\n      ^\nhint: for the word, write `or`"
        );
    }

    #[test]
    fn long_queries_are_shown_around_the_fault() {
        for query in [
            format!("{}spaeker:x{}", "é ".repeat(500), " é".repeat(500)),
            "é".repeat(5000),
            format!("\"{}", "é ".repeat(500)),
            format!("{}:x", "é".repeat(500)),
        ] {
            let rendered = rendered(&query);
            let lines: Vec<&str> = rendered.lines().collect();
            assert_eq!(lines.len(), 4);
            let (line, carets) = (lines[1].chars().count(), lines[2].chars().count());
            assert!(line <= 160 && carets <= line + 1, "{rendered}");
            assert!(lines[1].contains('…'));
        }
    }
}
