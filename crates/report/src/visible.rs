/// Returns a character as it may go to a terminal: control characters, which could move the
/// cursor or hide text, as their pictures (Unicode block 2400), and tabs as blanks.
pub fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{7f}' => '␡',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        // Marks that turn the direction of what follows would turn the rest of the line too.
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// Puts a text on one line, and nothing in it that a terminal would act upon.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { ' ' } else { visible(c) }).collect()
}

/// Returns the lines of a text, whatever their ends; a line break at the end begins an empty one.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let n_feeds = text.matches('\n').count();
    text.split('\n').enumerate().flat_map(move |(i, line)| {
        // A carriage return before a line feed is one end of a line with it, another its own.
        let line = if i < n_feeds { line.strip_suffix('\r').unwrap_or(line) } else { line };
        line.split('\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible() {
        let shown: String = "a\u{1b}[2J\t\0\u{7f}\u{9b}é👋".chars().map(visible).collect();
        assert_eq!(shown, "a␛[2J ␀␡\u{fffd}é👋");
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines("a\r\nb\nc\rd\r\n").collect::<Vec<_>>(), ["a", "b", "c", "d", ""]);
        assert_eq!(lines("a\n\rb\r").collect::<Vec<_>>(), ["a", "", "b", ""]);
    }
}
