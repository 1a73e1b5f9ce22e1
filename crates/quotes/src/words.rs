//! A paragraph as the words around its quotations.

use crate::pair::Quoted;
use onrecord_model::Span;

/// The longest remark in brackets that is read over, in bytes.
const MAX_REMARK: usize = 160;

/// What a piece of a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word, with the apostrophes, hyphens and abbreviating stops in it.
    Word,
    /// A mark of punctuation.
    Stop(char),
    /// A dash, of whatever length.
    Dash,
    /// What stands in marks: the place among the paragraph's quotations.
    Quote(usize),
    /// A remark in brackets: `(Laughter.)`, `[Release, 5/1/2011]`.
    Remark,
}

/// A piece with its place.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) piece: Piece,
    pub(crate) span: Span,
    /// As written.
    pub(crate) written: &'a str,
    /// Lower case, with straight apostrophes.
    pub(crate) folded: String,
    /// Whether a sentence starts with it.
    pub(crate) starts_sentence: bool,
}

impl Token<'_> {
    /// Tells whether it is a word that begins with a capital or a digit.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.piece == Piece::Word
            && self.written.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    }

    pub(crate) fn is_word(&self) -> bool {
        self.piece == Piece::Word
    }

    /// Tells whether it is one of some folded words.
    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        self.piece == Piece::Word && words.contains(&self.folded.as_str())
    }

    pub(crate) fn is_stop(&self, stops: &[char]) -> bool {
        matches!(self.piece, Piece::Stop(c) if stops.contains(&c))
    }
}

/// Words whose full stop belongs to them, folded.
const ABBREVIATED: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "rev",
    "prof", "hon", "jr", "sr", "amb", "adm", "maj", "messrs", "no", "vs", "reps", "sens", "sec",
    "pres", "u.s", "u.n", "mt", "ft",
];

/// Cuts a paragraph into pieces; what stands in marks is one piece.
pub(crate) fn tokenize<'a>(text: &'a str, within: Span, quotes: &[Quoted]) -> Vec<Token<'a>> {
    let mut tokens = Tokenizer { text, tokens: Vec::new() };
    let mut at = within.start as usize;
    for (index, quoted) in quotes.iter().enumerate() {
        tokens.push_words(at, quoted.outer.start as usize);
        tokens.push(Piece::Quote(index), quoted.outer);
        at = quoted.outer.end as usize;
    }
    tokens.push_words(at, within.end as usize);
    let mut tokens = tokens.tokens;
    mark_sentences(&mut tokens, text, quotes);
    tokens
}

struct Tokenizer<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
}

impl<'a> Tokenizer<'a> {
    fn push(&mut self, piece: Piece, span: Span) {
        let written = match piece {
            Piece::Quote(_) | Piece::Remark => "",
            Piece::Word | Piece::Stop(_) | Piece::Dash => {
                self.text.get(span.range()).unwrap_or_default()
            }
        };
        let folded = match piece {
            Piece::Word => written.replace('’', "'").to_lowercase(),
            Piece::Stop(_) | Piece::Dash | Piece::Quote(_) | Piece::Remark => String::new(),
        };
        self.tokens.push(Token { piece, span, written, folded, starts_sentence: false });
    }

    fn push_words(&mut self, start: usize, end: usize) {
        let Some(stretch) = self.text.get(start..end) else { return };
        let mut at = 0;
        while let Some(rest) = stretch.get(at..)
            && let Some(c) = rest.chars().next()
        {
            let (piece, len) = piece_at(rest, c);
            if let Some(piece) = piece {
                self.push(piece, Span::from_range(start + at..start + at + len));
            }
            at += len.max(1);
        }
    }
}

/// Reads the piece at the beginning of some text; none for a blank.
fn piece_at(rest: &str, c: char) -> (Option<Piece>, usize) {
    if c.is_whitespace() {
        return (None, c.len_utf8());
    }
    if c.is_alphanumeric() || c == '$' || c == '@' || c == '#' {
        return (Some(Piece::Word), word_len(rest));
    }
    if matches!(c, '(' | '[') {
        let close = if c == '(' { ')' } else { ']' };
        let head = rest.get(..rest.floor_char_boundary(MAX_REMARK)).unwrap_or_default();
        if let Some(end) = head.find(close) {
            return (Some(Piece::Remark), end + 1);
        }
    }
    if matches!(c, '–' | '—' | '―' | '-') {
        let n_bytes = rest.find(|c| !matches!(c, '–' | '—' | '―' | '-')).unwrap_or(rest.len());
        return (Some(Piece::Dash), n_bytes);
    }
    if c == '…' || rest.starts_with("...") {
        let n_bytes = rest.find(|c| !matches!(c, '…' | '.')).unwrap_or(rest.len());
        return (Some(Piece::Stop('…')), n_bytes);
    }
    (Some(Piece::Stop(c)), c.len_utf8())
}

/// Returns how long the word is at the beginning of some text, in bytes.
fn word_len(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’' | '-' | '.' | '&' | '_')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if at > 0 && !c.is_alphanumeric() && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    let word = rest.get(..end).unwrap_or_default();
    let has_stop = rest.get(end..).is_some_and(|after| after.starts_with('.'));
    let folded = word.to_lowercase();
    let is_initial =
        word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    if has_stop && (is_initial || ABBREVIATED.contains(&folded.as_str())) { end + 1 } else { end }
}

/// Notes which tokens start a sentence.
fn mark_sentences(tokens: &mut [Token<'_>], text: &str, quotes: &[Quoted]) {
    let mut is_ended = true;
    for token in tokens {
        match token.piece {
            Piece::Stop('.' | '!' | '?') => is_ended = true,
            Piece::Remark => {}
            Piece::Quote(index) => {
                token.starts_sentence = is_ended;
                let inner = quotes.get(index).map(|quoted| quoted.inner);
                let words = inner.and_then(|inner| text.get(inner.range())).unwrap_or_default();
                is_ended = words.ends_with(['.', '!', '?']);
            }
            Piece::Word => {
                // Behind a stop a small letter goes on with the sentence.
                let is_small = token.written.starts_with(char::is_lowercase);
                token.starts_sentence = is_ended && !is_small;
                is_ended = false;
            }
            Piece::Stop(_) | Piece::Dash => {
                if !matches!(token.piece, Piece::Stop('…' | '*' | '•')) {
                    is_ended = false;
                }
            }
        }
    }
}
