//! The room that words take on a line.

use crate::visible::one_line;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Returns how many columns of a terminal a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Puts a text on one line of at most so many columns; what is left out is shown by an ellipsis.
pub fn shorten(text: &str, columns: usize) -> String {
    let line = one_line(text);
    if width(text) <= columns {
        return line;
    }
    let mut short = String::new();
    let mut taken = 1;
    for c in line.chars() {
        taken += c.width().unwrap_or(0);
        if taken > columns {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}

/// Puts a text on one line that fills so many columns, or more where it is longer.
pub fn pad(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// Breaks a text into lines of at most so many columns, between its words as far as that goes.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = shorten(word, columns);
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&word) <= columns => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(_) | None => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_to_their_room() {
        for (text, columns, expected) in [
            ("Ada Vale", 8, "Ada Vale"),
            ("Ada Vale", 7, "Ada Va…"),
            ("Ada Vale", 5, "Ada…"),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("e\u{301}a", 2, "e\u{301}a"),
            ("a\u{1b}[2J\nb", 9, "a␛[2J b"),
            ("abc", 1, "…"),
        ] {
            assert_eq!(shorten(text, columns), expected, "{text} {columns}");
        }
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(wrap("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("abcdefghijkl m", 5), ["abcd…", "m"]);
        assert!(wrap("", 5).is_empty());
    }
}
