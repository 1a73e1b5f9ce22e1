//! Words as quotes are compared by them.

use onrecord_model::Span;
use onrecord_text::{fold_token, tokens};

/// A word of a quote or of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The form that is compared: folded, numbers without marks between their thousands.
    pub(crate) form: String,
    /// Where it stands in its text.
    pub(crate) span: Span,
}

/// Signs that are said, or change what is, and so count as words: `$5` is not `5%`, nor `<5`, and
/// `~~never~~` is struck out.
#[rustfmt::skip]
const SPOKEN_SIGNS: [char; 22] = [
    '$', '£', '€', '¥', '₹', '¢', '%', '‰', '&', '+', '°', '§', '=', '<', '>', '~', '≈', '±', '×',
    '≤', '≥', '≠',
];

/// Cuts a text into words: tokens, numbers such as `4.5` and `10:30` whole, and signs that are
/// said. In order and disjoint.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut at = 0;
    for token in tokens(text) {
        push_signs(text, Span::new(at, token.start), &mut found);
        at = token.end;
        let written = text.get(token.range()).unwrap_or_default();
        match found.last_mut() {
            Some(number) if goes_on(text, number, token, written) => {
                let mark = text.get(number.span.end as usize..token.start as usize);
                number.form.push_str(mark.unwrap_or_default());
                fold_token(written, &mut number.form);
                number.span.end = token.end;
            }
            Some(_) | None => {
                let mut form = String::with_capacity(written.len());
                fold_token(written, &mut form);
                found.push(Word { form, span: token });
            }
        }
    }
    push_signs(text, Span::new(at, text.len() as u32), &mut found);
    for word in &mut found {
        drop_grouping(&mut word.form);
    }
    found
}

/// Tells whether a token goes on a number: one mark behind it, and a digit next.
fn goes_on(text: &str, number: &Word, token: Span, written: &str) -> bool {
    let mark = text.get(number.span.end as usize..token.start as usize);
    matches!(mark, Some("." | "," | ":" | "/"))
        && number.form.ends_with(|c: char| c.is_ascii_digit())
        && number.form.starts_with(|c: char| c.is_ascii_digit())
        && written.starts_with(|c: char| c.is_ascii_digit())
}

/// Drops the commas between thousands: `57,000` is `57000`.
fn drop_grouping(form: &mut String) {
    if !form.contains(',') {
        return;
    }
    let (whole, rest) = match form.find(|c: char| !c.is_ascii_digit() && c != ',') {
        Some(at) => form.split_at(at),
        None => (form.as_str(), ""),
    };
    let mut groups = whole.split(',');
    let is_grouped = groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3);
    if is_grouped {
        *form = format!("{}{rest}", whole.replace(',', ""));
    }
}

/// Appends the signs between two tokens, and the minus before a number.
fn push_signs(text: &str, between: Span, found: &mut Vec<Word>) {
    let Some(marks) = text.get(between.range()) else { return };
    if marks.is_empty() || marks == " " {
        return;
    }
    let start = between.start as usize;
    for (at, c) in marks.char_indices() {
        let end = at + c.len_utf8();
        let is_minus = matches!(c, '-' | '\u{2212}')
            && end == marks.len()
            && text
                .get(start + end..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            && marks.get(..at).is_some_and(|before| match before.chars().next_back() {
                Some(c) => c.is_whitespace() || c == '(' || c == '$',
                None => start == 0,
            });
        if is_minus || SPOKEN_SIGNS.contains(&c) {
            let form = if is_minus { "-".to_owned() } else { c.to_string() };
            found.push(Word { form, span: Span::from_range(start + at..start + end) });
        }
    }
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "tests cut texts that they know")]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.form).collect()
    }

    #[test]
    fn numbers_and_signs_are_words() {
        for (text, expected) in [
            ("The Net’s 4.5% of $1,000,000.50.", "the net's 4.5 % of $ 1000000.50"),
            ("over 57,000, and 1,00", "over 57000 and 1,00"),
            ("at 10:30, at 10: 30", "at 10:30 at 10 30"),
            ("R&D -- 5 -5 1990-91 (−3)", "r & d 5 - 5 1990 91 - 3"),
            ("<80 ~~never~~", "< 80 ~ ~ never ~ ~"),
            ("", ""),
            ("-7", "- 7"),
        ] {
            assert_eq!(forms(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn spans_are_of_the_text() {
        let text = "“Over 57,000 — yes”";
        let found = words(text);
        assert_eq!(&text[found[1].span.range()], "57,000");
        assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
