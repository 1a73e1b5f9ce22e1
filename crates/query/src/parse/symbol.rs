use super::leaf::is_blank;
use super::{ErrorKind, ParseError};
use onrecord_model::Span;

/// Single marks, which look like a phrase to the reader, but would be words side by side.
const SINGLE_MARKS: [char; 5] = ['\'', '‘', '‚', '‛', '‹'];

/// Dashes that word processors put for a hyphen-minus.
const DASHES: [char; 7] = ['‐', '‑', '‒', '–', '—', '―', '−'];

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
        _ if is_near => Some(ErrorKind::NoMeaning {
            written: "NEAR",
            instead: "write words near each other as \"cyber norms\"~5",
        }),
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
        return pointed(0, first.len_utf8(), kind);
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
        '+' | '-' => Some(ErrorKind::LoneSign(first)),
        '=' => Some(ErrorKind::NotExact),
        '~' | '^' => Some(ErrorKind::LoneSuffix(first)),
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
