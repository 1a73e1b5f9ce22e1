use super::leaf::is_blank;
use super::{Construct, ErrorKind, ParseError};
use onrecord_model::Span;

/// Single marks, which look like a phrase to the reader, but would be words side by side.
const SINGLE_MARKS: [char; 5] = ['\'', '‘', '‚', '‛', '‹'];

/// Dashes that word processors put for a hyphen-minus.
const DASHES: [char; 7] = ['‐', '‑', '‒', '–', '—', '―', '−'];

pub(super) const fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// Refuses words that are operators elsewhere in the language, or in others.
pub(super) fn reserved(word: &str) -> Option<ErrorKind> {
    let is_near = word.strip_prefix("NEAR").is_some_and(|distance| {
        distance.is_empty()
            || distance.strip_prefix(['/', ':']).is_some_and(|n| n.parse::<u32>().is_ok())
    });
    match word.trim_end_matches(is_blank) {
        "AND" => Some(ErrorKind::Reserved("AND")),
        "OR" => Some(ErrorKind::Reserved("OR")),
        "NOT" => Some(ErrorKind::Reserved("NOT")),
        "TO" => Some(ErrorKind::Reserved("TO")),
        _ if is_near => Some(ErrorKind::NotYet(Construct::Near)),
        _ => None,
    }
}

/// Refuses the characters of a word, at byte `at` of the query, that are or look like operators.
pub(super) fn refuse_symbols(word: &str, at: usize) -> Result<(), ParseError> {
    let pointed = |from: usize, to: usize, kind| {
        Err(ParseError { span: Span::from_range(at + from..at + to), kind })
    };
    if let Some(first) = word.chars().next()
        && let Some(kind) = refused_first(first, word)
    {
        let length = if first == '/' { word.len() } else { first.len_utf8() };
        return pointed(0, length, kind);
    }
    refuse_wildcards(word, at)?;
    for (symbol, construct) in [('~', Construct::Fuzzy), ('^', Construct::Boost)] {
        if let Some(found) = word.find(symbol) {
            return pointed(found, word.len(), ErrorKind::NotYet(construct));
        }
    }
    if !word.contains(char::is_alphanumeric) {
        return Ok(());
    }
    if let Some((found, c)) = word.char_indices().find(|(_, c)| is_full_width_operator(*c)) {
        return pointed(found, found + c.len_utf8(), ErrorKind::FullWidth(c));
    }
    for (written, instead) in FOREIGN {
        if let Some(found) = word.find(written) {
            let kind = ErrorKind::NoMeaning { written, instead };
            return pointed(found, found + written.len(), kind);
        }
    }
    Ok(())
}

/// Tells what is wrong with a word that starts with that character, if anything is.
fn refused_first(first: char, word: &str) -> Option<ErrorKind> {
    match first {
        ':' => Some(ErrorKind::NoField),
        '/' => Some(ErrorKind::NotYet(Construct::Regex)),
        '+' | '-' => Some(ErrorKind::LoneSign(first)),
        '=' => Some(ErrorKind::NotExact),
        '!' if word.len() > 1 => {
            let instead = "write NOT, or - right before the word";
            Some(ErrorKind::NoMeaning { written: "!", instead })
        }
        c if DASHES.contains(&c) && word.contains(char::is_alphanumeric) => {
            Some(ErrorKind::DashSign(c))
        }
        c if SINGLE_MARKS.contains(&c) => Some(ErrorKind::SingleMark(c)),
        _ => None,
    }
}

/// Tells whether `c` is what an input method puts for an operator (Unicode block FF00).
const fn is_full_width_operator(c: char) -> bool {
    matches!(
        c,
        '＂' | '（'
            | '）'
            | '＊'
            | '＋'
            | '－'
            | '：'
            | '＝'
            | '？'
            | '［'
            | '］'
            | '＾'
            | '｜'
            | '～'
    )
}

/// Symbols of other query languages that would be lost as punctuation inside a word.
const FOREIGN: [(&str, &str); 7] = [
    ("&&", "write AND, with blanks around it"),
    ("|", "write OR, with blanks around it"),
    ("\\", "put a text with special characters in marks"),
    ("[", RANGES),
    ("]", RANGES),
    ("{", RANGES),
    ("}", RANGES),
];

const RANGES: &str =
    "a range is written date:[2010 TO 2012], both ends included; put other text in marks";

/// Refuses the first wildcard of a word at byte `at` of the query.
pub(super) fn refuse_wildcards(word: &str, at: usize) -> Result<(), ParseError> {
    match word.find(is_wildcard) {
        Some(found) => Err(wildcard_at(at + found)),
        None => Ok(()),
    }
}

fn wildcard_at(at: usize) -> ParseError {
    let kind = ErrorKind::NotYet(Construct::Wildcard);
    ParseError { span: Span::from_range(at..at + 1), kind }
}

/// Refuses a `*` that touches a letter or digit, and a `?` between two: in a phrase, all other
/// symbols are text.
pub(super) fn refuse_wildcards_in_phrase(phrase: &str, at: usize) -> Result<(), ParseError> {
    let mut before = ' ';
    let mut characters = phrase.char_indices().peekable();
    while let Some((offset, c)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, c)| *c);
        let (left, right) = (before.is_alphanumeric(), after.is_alphanumeric());
        if (c == '*' && (left || right)) || (c == '?' && left && right) {
            return Err(wildcard_at(at + offset));
        }
        before = c;
    }
    Ok(())
}
