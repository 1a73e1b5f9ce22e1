/// Writes a title in marks of quotation with the punctuation that ends it inside them; marks in
/// the title become single ones.
///
/// No full stop follows a mark that ends a sentence; a comma does (CMOS 6.125).
pub(super) fn quoted(title: &str, end: &str) -> String {
    let inner = with_single_marks(title.trim());
    let inner = inner.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(&inner);
    let bare = inner.trim_end_matches(['’', '\'']);
    let is_ended = bare.ends_with(['?', '!', '…']);
    let end = if end == "." && is_ended { "" } else { end };
    format!("“{inner}{end}”")
}

/// Writes marks of quotation inside others: `“` as `‘`. A straight mark is closing behind a
/// letter and opening elsewhere.
fn with_single_marks(title: &str) -> String {
    let mut last = ' ';
    let single = |c: char| {
        let mark = match c {
            '“' => '‘',
            '”' => '’',
            '"' if last.is_whitespace() || matches!(last, '(' | '[' | '—' | '–' | '-') => '‘',
            '"' => '’',
            c => c,
        };
        last = c;
        mark
    };
    title.chars().map(single).collect()
}

/// Ends a text with a full stop, unless a mark ends it already.
pub(super) fn ended(text: &str) -> String {
    let bare = text.trim_end_matches(['”', '’', ')']);
    let is_ended = text.ends_with(['.', '?', '!'])
        || bare.ends_with(['.', '?', '!']) && bare.len() < text.len() && !text.ends_with(')');
    if is_ended { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_marks() {
        for (title, comma, stop) in [
            ("On Rivers", "“On Rivers,”", "“On Rivers.”"),
            ("Who Runs It?", "“Who Runs It?,”", "“Who Runs It?”"),
            ("On “Open” Rivers", "“On ‘Open’ Rivers,”", "“On ‘Open’ Rivers.”"),
            ("\"Open\" Rivers", "“‘Open’ Rivers,”", "“‘Open’ Rivers.”"),
            ("A Full Stop.", "“A Full Stop,”", "“A Full Stop.”"),
        ] {
            assert_eq!((quoted(title, ","), quoted(title, ".")), (comma.into(), stop.into()));
        }
    }
}
