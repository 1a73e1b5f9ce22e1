use crate::visible::one_line;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands where a text was cut off inside a word.
const CUT: &str = "…";

/// How many columns are kept for the node of a line; a longer one takes them from the right.
const NODE: usize = 12;

/// Lays out a line of a concordance in `width` columns of a terminal: what stands left of the node,
/// the node, and what stands right of it. The left part has the same width in every line, so that
/// nodes stand below one another.
///
/// Whole words are shown, as many as there is room for: half of `unlawful` would be another word.
/// Only one that is longer than half the room is cut, with a `…`, as text without blanks must be.
pub fn align_node(left: &str, node: &str, right: &str, width: usize) -> [String; 3] {
    let left_width = width.saturating_sub(NODE) / 2;
    let left = fit_end(&one_line(left), left_width);
    let node = fit_start(&one_line(node), width - left_width);
    let right = fit_start(&one_line(right), width - left_width - node.width());
    let padding = " ".repeat(left_width - left.width());
    [padding + &left, node, right]
}

/// Fills `width` columns of a terminal with the beginning of a text; `…` where it is cut.
pub fn fit_column(text: &str, width: usize) -> String {
    let text = one_line(text);
    let mut shown = if text.width() <= width { text } else { cut_end(&text, width) };
    shown.push_str(&" ".repeat(width - shown.width()));
    shown
}

/// Returns how many columns of a terminal a text takes on one line.
pub fn width_of(text: &str) -> usize {
    one_line(text).width()
}

/// Returns as many of the last words of a text as fit.
fn fit_end(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    // Where words begin, from the last one on.
    let begins = text.char_indices().rev().filter(|(at, c)| {
        !c.is_whitespace()
            && text.get(..*at).is_some_and(|before| before.ends_with(char::is_whitespace))
    });
    let mut fitting = "";
    for (at, _) in begins {
        let rest = text.get(at..).unwrap_or_default();
        if rest.width() > width {
            break;
        }
        fitting = rest;
    }
    if fitting.trim_end().width() * 2 >= width {
        return fitting.to_owned();
    }
    // Too long a word stands before: its end.
    let places = text.char_indices().rev().filter(|(_, c)| c.width().unwrap_or(0) > 0);
    let mut cut = String::new();
    for (at, _) in places {
        let rest = format!("{CUT}{}", text.get(at..).unwrap_or_default());
        if rest.width() > width {
            break;
        }
        cut = rest;
    }
    cut
}

/// Returns as many of the first words of a text as fit.
fn fit_start(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut fitting = "";
    for end in ends {
        let part = text.get(..end).unwrap_or_default();
        if part.width() > width {
            break;
        }
        fitting = part;
    }
    if fitting.trim_start().width() * 2 >= width {
        fitting.to_owned()
    } else {
        cut_end(text, width)
    }
}

/// Returns the beginning of a text that is too long, with the mark that it was cut.
fn cut_end(text: &str, width: usize) -> String {
    let mut cut = if width > 0 { CUT.to_owned() } else { String::new() };
    for (at, c) in text.char_indices() {
        let part = format!("{}{CUT}", text.get(..at + c.len_utf8()).unwrap_or_default());
        if part.width() > width {
            break;
        }
        cut = part;
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nodes_stand_below_one_another() {
        for (left, node, right, width, expected) in [
            ("we keep the ", "harbour", " open to all", 40, "  we keep the |harbour| open to all"),
            ("and so we keep the ", "harbour", ", open", 30, "keep the |harbour|, open"),
            (
                "",
                "Harbour",
                " works are what we need now",
                36,
                "            |Harbour| works are what",
            ),
            ("it was un", "lawful", "ly held", 24, "un|lawful|ly held"),
            ("very unlawful ", "acts", "", 24, "…wful |acts|"),
            (
                "我们保持港口和网络的",
                "安全",
                "与开放以及所有的国家",
                32,
                " …和网络的|安全|与开放以及所有的…",
            ),
            (
                "cafe\u{301}s of the ",
                "port",
                " cafe\u{301}s are e\u{301}",
                32,
                " |port| cafe\u{301}s are e\u{301}",
            ),
            ("a\tb\n", "c\u{1b}[1m", "", 24, "  a b |c␛[1m|"),
        ] {
            let [a, b, c] = align_node(left, node, right, width);
            assert_eq!(a.width(), (width - NODE) / 2, "{a}|");
            assert!(format!("{a}|{b}|{c}").ends_with(expected), "{a}|{b}|{c}");
        }
    }

    #[test]
    fn columns_are_filled() {
        for (text, width, expected) in [
            ("2011", 6, "2011  "),
            ("Hillary Rodham", 8, "Hillary…"),
            ("港口和网络", 6, "港口… "),
            ("e\u{301}te\u{301}", 3, "e\u{301}te\u{301}"),
            ("", 2, "  "),
            ("ab", 1, "…"),
            ("ab", 0, ""),
        ] {
            assert_eq!(fit_column(text, width), expected);
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            left in "([a-z ,]|\u{301}|港|👩‍🚀|\t){0,40}",
            node in "([a-z]|港|\u{301}){1,20}",
            right in "([a-z ,]|\u{301}|港|👩‍🚀|\n){0,40}",
            width in 0_usize..80,
        ) {
            let [a, b, c] = align_node(&left, &node, &right, width);
            let whole = width.saturating_sub(NODE) / 2;
            prop_assert_eq!(a.width(), whole);
            prop_assert!(a.width() + b.width() + c.width() <= width);
            prop_assert_eq!(fit_column(&left, width).width(), width);
        }
    }
}
