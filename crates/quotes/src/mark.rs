//! Quotation marks in a paragraph, each with the side on which it stands.

use onrecord_model::Span;

/// Which marks can close one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// `“ ” „ "` and, from typewriters, ` `` ` and `''`.
    Double,
    /// `‘ ’ ‚ '`.
    Single,
    /// `« »`.
    Guillemet,
}

/// What a mark does to the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Opens a quotation.
    Open,
    /// Closes one.
    Close,
    /// Closes one that is open, and else opens one.
    Either,
    /// May close one, and may be the apostrophe of `the workers' rights`.
    MayClose,
}

/// A quotation mark of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where it stands, in bytes of the document.
    pub(crate) span: Span,
    pub(crate) family: Family,
    pub(crate) side: Side,
}

/// Words that begin with an apostrophe for letters left out, folded.
const ELIDED: &[&str] = &[
    "tis", "twas", "twill", "em", "til", "till", "cause", "n", "round", "bout", "neath", "cuz",
    "nuff", "tween",
];

/// Finds the first byte that may begin a mark: a look at bytes, since most are passed over.
fn first_byte_of_a_mark(bytes: &[u8]) -> Option<usize> {
    let usual = memchr::memchr3(b'"', b'\'', 0xe2, bytes);
    let bytes = usual.and_then(|at| bytes.get(..at)).unwrap_or(bytes);
    memchr::memchr2(b'`', 0xc2, bytes).or(usual)
}

/// Finds the quotation marks of a stretch of text, in order; apostrophes are none.
pub(crate) fn marks(text: &str, within: Span) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = within.start as usize;
    let end = within.end as usize;
    while let Some(next) = bytes.get(at..end).and_then(first_byte_of_a_mark) {
        at += next;
        let (family, len) = match bytes.get(at..).unwrap_or_default() {
            [b'"', ..] => (Family::Double, 1),
            [b'\'', b'\'', ..] | [b'`', b'`', ..] => (Family::Double, 2),
            [b'\'', ..] => (Family::Single, 1),
            [0xe2, 0x80, 0x98..=0x9b, ..] => (Family::Single, 3),
            [0xe2, 0x80, 0x9c..=0x9f, ..] => (Family::Double, 3),
            [0xc2, 0xab | 0xbb, ..] => (Family::Guillemet, 2),
            _ => {
                at += 1;
                continue;
            }
        };
        let place = Place::new(text, within, at, len);
        let side = match family {
            Family::Double => place.side_of_double(),
            Family::Single => place.side_of_single(),
            Family::Guillemet => Some(place.side_of_guillemet()),
        };
        if let Some(side) = side {
            found.push(Mark { span: Span::from_range(at..at + len), family, side });
        }
        at += len;
    }
    found
}

/// A mark with what stands beside it.
struct Place<'a> {
    mark: &'a str,
    before: &'a str,
    after: &'a str,
    previous: Option<char>,
    next: Option<char>,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, within: Span, at: usize, len: usize) -> Self {
        let before = text.get(within.start as usize..at).unwrap_or_default();
        let after = text.get(at + len..within.end as usize).unwrap_or_default();
        Self {
            mark: text.get(at..at + len).unwrap_or_default(),
            before,
            after,
            previous: before.chars().next_back(),
            next: after.chars().next(),
        }
    }

    /// Tells whether a quotation may open here, as far as what stands before says.
    fn may_open(&self) -> bool {
        self.previous.is_none_or(|c| c.is_whitespace() || is_opening(c) || is_dash(c))
    }

    /// Tells whether a quotation may close here, as far as what stands behind says.
    fn may_close(&self) -> bool {
        self.next.is_none_or(|c| {
            c.is_whitespace() || is_dash(c) || (!c.is_alphanumeric() && !is_opening(c))
        })
    }

    fn side_of_double(&self) -> Option<Side> {
        let (open, close) = (self.may_open(), self.may_close());
        match self.mark {
            "“" | "‟" if !open && close && self.next.is_none_or(|c| !is_opening(c)) => {
                Some(Side::Either)
            }
            "“" | "‟" | "„" | "``" => Some(Side::Open),
            "”" if open && !close => Some(Side::Either),
            "”" | "''" => Some(Side::Close),
            _ if open && !close => Some(Side::Open),
            _ if close && !open => Some(Side::Close),
            // Between two letters or two blanks only what is open tells.
            _ => Some(Side::Either),
        }
    }

    fn side_of_guillemet(&self) -> Side {
        let touches_next = self.next.is_some_and(char::is_alphanumeric);
        match (self.mark, self.may_open()) {
            ("«", true) => Side::Open,
            ("«", false) if touches_next => Side::Open,
            ("«", false) => Side::Close,
            (_, true) if touches_next => Side::Open,
            (_, _) => Side::Close,
        }
    }

    fn side_of_single(&self) -> Option<Side> {
        let inside_word = self.previous.is_some_and(char::is_alphanumeric)
            && self.next.is_some_and(char::is_alphanumeric);
        if inside_word || self.is_elision() {
            return None;
        }
        if self.may_open() && self.next.is_some_and(|c| !c.is_whitespace() && !is_stop(c)) {
            return (self.mark != "’").then_some(Side::Open);
        }
        if self.mark == "‘" || !self.may_close() {
            return None;
        }
        match self.previous {
            None => None,
            Some(c) if c.is_whitespace() => None,
            Some('s' | 'S') => Some(Side::MayClose),
            Some('n') if self.before.ends_with("in") => Some(Side::MayClose),
            Some(_) => Some(Side::Close),
        }
    }

    /// Tells whether the mark stands for letters or digits left out: `'90s`, `'tis`.
    fn is_elision(&self) -> bool {
        if !self.may_open() {
            return false;
        }
        let n_bytes = self.after.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.after.len());
        let word = self.after.get(..n_bytes).unwrap_or_default();
        let is_year = matches!(
            word.as_bytes(),
            [b'0'..=b'9', b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9', b's']
        );
        is_year || ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided))
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '„' | '«' | '/' | '¿' | '¡' | '*' | '_' | '"' | '\'')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '=')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '”' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(text: &str) -> String {
        let of = |mark: &Mark| match mark.side {
            Side::Open => '<',
            Side::Close => '>',
            Side::Either => '|',
            Side::MayClose => '?',
        };
        marks(text, Span::from_range(0..text.len())).iter().map(of).collect()
    }

    #[test]
    fn marks_have_sides() {
        for (text, expected) in [
            ("She said, \"Go.\" Then", "<>"),
            ("She said, “Go.” Then", "<>"),
            ("(\"Go\")", "<>"),
            ("ports--\"the best\"--and", "<>"),
            ("Ada's and the 1990's", ""),
            ("the workers' rights", "?"),
            ("the ‘smart port’ plan", "<>"),
            ("the 'smart port' plan", "<>"),
            ("the '90s, 'tis so, rock 'n' roll", ">"),
            ("« Les ports » et «le quai»", "<><>"),
            ("»Hafen« und", "<>"),
            ("„Hafen“ und", "<|"),
            ("``Go,'' she said", "<>"),
            ("‘80s", ""),
            ("", ""),
        ] {
            assert_eq!(sides(text), expected, "{text}");
        }
    }
}
