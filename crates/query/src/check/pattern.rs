//! A quote read as what it claims: words, words changed in brackets, and places where it says
//! that something was left out.

use super::word::{Word, words};
use onrecord_model::Span;
use onrecord_text::{fold, inline_notes};

/// The longest bracket, in bytes: a longer one is words like any other.
const MAX_BRACKET_BYTES: usize = 200;

/// The most parts of one quote: what comes after is one part with its ellipses overread, so that
/// a quote of dots alone costs no more than its length.
const MAX_PARTS: usize = 64;

/// A quote taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// What stands between ellipses, in order; none of them empty.
    pub(crate) parts: Vec<Part>,
    /// The ellipses, before, between and behind the parts.
    pub(crate) elisions: Vec<Span>,
}

/// A stretch of a quote that claims to be said without a break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its words and brackets, in order.
    pub(crate) pieces: Vec<Piece>,
}

/// A piece of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word as it was said.
    Word(Word),
    /// A word of which a bracket changes a part: `[t]he`, `nation[s]`.
    Changed {
        /// The whole word.
        word: Word,
        /// The letters before the bracket, folded.
        before: String,
        /// The letters behind it, folded.
        behind: String,
    },
    /// An editor's words: put in, or in the place of others.
    Bracket {
        /// The bracket.
        span: Span,
        /// The words inside.
        words: Vec<Word>,
    },
    /// A stage direction that the quote has too.
    Note(Span),
}

impl Piece {
    /// Returns where it stands in the quote.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Word(word) | Self::Changed { word, .. } => word.span,
            Self::Bracket { span, .. } | Self::Note(span) => *span,
        }
    }

    fn has_word(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Changed { .. })
    }
}

impl Part {
    /// Returns the runs of plain words between brackets, the longest first.
    pub(crate) fn runs(&self) -> Vec<Vec<&Word>> {
        let mut runs: Vec<Vec<&Word>> = vec![Vec::new()];
        for piece in &self.pieces {
            match (piece, runs.last_mut()) {
                (Piece::Word(word), Some(run)) => run.push(word),
                (Piece::Changed { .. } | Piece::Bracket { .. }, _) => runs.push(Vec::new()),
                (Piece::Word(_) | Piece::Note(_), _) => {}
            }
        }
        runs.retain(|run| !run.is_empty());
        runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
        runs
    }

    /// Counts the words that must be said.
    pub(crate) fn n_words(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.has_word()).count()
    }

    /// Returns where it stands in the quote.
    pub(crate) fn span(&self) -> Span {
        let start = self.pieces.first().map_or(0, |piece| piece.span().start);
        Span::new(start, self.pieces.last().map_or(start, |piece| piece.span().end))
    }
}

impl Pattern {
    /// Counts the words that must be said.
    pub(crate) fn n_words(&self) -> usize {
        self.parts.iter().map(Part::n_words).sum()
    }
}

/// Reads a quote, without the marks around it.
pub(crate) fn read_pattern(quote: &str) -> Pattern {
    let mut marks = marks_of(quote);
    marks.sort_by_key(|mark| mark.span().start);
    let mut pattern = Pattern::default();
    let mut part = Part::default();
    let mut from = 0;
    for mark in marks {
        let span = mark.span();
        if span.start < from {
            continue;
        }
        push_words(quote, Span::new(from, span.start), &mut part);
        from = span.end;
        match mark {
            Mark::Elision(span) => {
                pattern.elisions.push(span);
                if pattern.parts.len() + 1 < MAX_PARTS {
                    close(&mut pattern, &mut part);
                }
            }
            Mark::Note(span) => part.pieces.push(Piece::Note(span)),
            Mark::Bracket(span) => from = push_bracket(quote, span, &mut part),
        }
    }
    push_words(quote, Span::new(from, quote.len() as u32), &mut part);
    close(&mut pattern, &mut part);
    pattern
}

fn close(pattern: &mut Pattern, part: &mut Part) {
    let part = std::mem::take(part);
    if part.n_words() > 0 {
        pattern.parts.push(part);
    } else if let Some(last) = pattern.parts.last_mut() {
        // Brackets between two ellipses stay with the words before them.
        last.pieces.extend(part.pieces);
    }
}

fn push_words(quote: &str, span: Span, part: &mut Part) {
    let text = quote.get(span.range()).unwrap_or_default();
    let shifted = words(text).into_iter().map(|mut word| {
        word.span = word.span.shifted(span.start);
        Piece::Word(word)
    });
    part.pieces.extend(shifted);
}

/// Appends a bracket, or the word that it is a part of; returns where reading goes on.
fn push_bracket(quote: &str, span: Span, part: &mut Part) -> u32 {
    let inner = Span::new(span.start + 1, span.end - 1);
    let inside = quote.get(inner.range()).unwrap_or_default();
    let rest = quote.get(span.end as usize..).unwrap_or_default();
    let n_behind = rest.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let behind = rest.get(..n_behind.unwrap_or(rest.len())).unwrap_or_default();
    let touches_before = part
        .pieces
        .last()
        .is_some_and(|piece| matches!(piece, Piece::Word(word) if word.span.end == span.start));
    let is_part = !inside.is_empty()
        && inside.chars().all(|c| c.is_alphanumeric() || c == '\'' || c == '’')
        && (touches_before || behind.starts_with(char::is_alphanumeric));
    if !is_part {
        let words = words(inside).into_iter().map(|mut word| {
            word.span = word.span.shifted(inner.start);
            word
        });
        part.pieces.push(Piece::Bracket { span, words: words.collect() });
        return span.end;
    }
    let before = match part.pieces.pop() {
        Some(Piece::Word(word)) if touches_before => Some(word),
        Some(other) => {
            part.pieces.push(other);
            None
        }
        None => None,
    };
    let start = before.as_ref().map_or(span.start, |word| word.span.start);
    let before = before.map(|word| word.form).unwrap_or_default();
    let end = span.end + behind.len() as u32;
    let behind = fold(behind).text;
    let form = format!("{before}{}{behind}", fold(inside).text);
    let word = Word { form, span: Span::new(start, end) };
    part.pieces.push(Piece::Changed { word, before, behind });
    end
}

/// What in a quote is no plain word.
enum Mark {
    Elision(Span),
    Bracket(Span),
    Note(Span),
}

impl Mark {
    const fn span(&self) -> Span {
        match self {
            Self::Elision(span) | Self::Bracket(span) | Self::Note(span) => *span,
        }
    }
}

fn marks_of(quote: &str) -> Vec<Mark> {
    let brackets = brackets(quote);
    let in_bracket = |span: Span| {
        let before = brackets.partition_point(|bracket| bracket.end <= span.start);
        brackets.get(before).is_some_and(|bracket| bracket.contains(span))
    };
    let notes = inline_notes(quote).filter(|note| !in_bracket(*note)).map(Mark::Note);
    let mut marks: Vec<Mark> = notes.collect();
    let outside = ellipses(quote).into_iter().filter(|dots| !in_bracket(*dots));
    marks.extend(outside.map(Mark::Elision));
    marks.extend(brackets.iter().map(|&span| {
        let inner = Span::new(span.start + 1, span.end - 1);
        let inside = quote.get(inner.range()).unwrap_or_default();
        match ellipses(inside).as_slice() {
            [dots] if dots.len() as usize == inside.trim().len() => Mark::Elision(span),
            _ => Mark::Bracket(span),
        }
    }));
    marks
}

/// Finds the square brackets of a quote that close within their length, none inside another.
fn brackets(quote: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, byte) in quote.bytes().enumerate() {
        match (byte, open) {
            (b'[', _) => open = Some(at),
            (b']', Some(start)) if at - start <= MAX_BRACKET_BYTES => {
                found.push(Span::from_range(start..at + 1));
                open = None;
            }
            (b']', _) => open = None,
            _ => {}
        }
    }
    found
}

/// Finds the ellipses of a text: `…`, three dots or more, with blanks between them or without,
/// and three stars.
pub(crate) fn ellipses(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    // What would be the run so far: start, end, the character, how often.
    let mut run: Option<(usize, usize, char, usize)> = None;
    let mut close = |run: Option<(usize, usize, char, usize)>| {
        if let Some((start, end, _, count)) = run
            && count >= 3
        {
            found.push(Span::from_range(start..end));
        }
    };
    for (at, c) in text.char_indices() {
        let mark = if c == '…' { '.' } else { c };
        let end = at + c.len_utf8();
        let weight = if c == '…' { 3 } else { 1 };
        match (mark, &mut run) {
            ('.' | '*', Some((_, run_end, of, count))) if *of == mark && at <= *run_end + 2 => {
                *run_end = end;
                *count += weight;
            }
            ('.' | '*', _) => close(run.replace((at, end, mark, weight))),
            (c, Some(_)) if c.is_whitespace() => {}
            _ => close(run.take()),
        }
    }
    close(run);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes a pattern: parts apart by `|`, brackets with what is inside, changed words with `~`.
    fn shown(quote: &str) -> String {
        let part = |part: &Part| {
            let pieces = part.pieces.iter().map(|piece| match piece {
                Piece::Word(word) => word.form.clone(),
                Piece::Changed { word, before, behind } => {
                    format!("{before}~{behind}={}", word.form)
                }
                Piece::Bracket { words, .. } => {
                    let words: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
                    format!("[{}]", words.join(" "))
                }
                Piece::Note(_) => "()".to_owned(),
            });
            pieces.collect::<Vec<_>>().join(" ")
        };
        let pattern = read_pattern(quote);
        let parts: Vec<String> = pattern.parts.iter().map(part).collect();
        format!("{} /{}", parts.join(" | "), pattern.elisions.len())
    }

    #[test]
    fn quotes_are_taken_apart() {
        for (quote, expected) in [
            ("We act. Now.", "we act now /0"),
            ("We act... now", "we act | now /1"),
            ("We act . . . now … then. * * * And", "we act | now | then | and /3"),
            ("We act [...] now [ … ]", "we act | now /2"),
            ("… we act. . . .", "we act /2"),
            ("[t]he law, [T]he nation[s]", "~he=the law ~he=the nation~=nations /0"),
            ("in [the Nation’s] hall [sic] now", "in [the nation's] hall [sic] now /0"),
            ("We act. (Applause.) Now.", "we act () now /0"),
            ("U.S.A. and Mr. B. act.", "u s a and mr b act /0"),
            ("a [b", "a b /0"),
            ("...", " /1"),
            ("one ... [two] ... three", "one [two] | three /2"),
        ] {
            assert_eq!(shown(quote), expected, "{quote}");
        }
    }

    #[test]
    fn endless_marks_are_read_once() {
        for unit in ["... ", "[", "[x] ", "(", ". . a "] {
            let pattern = read_pattern(&unit.repeat(20_000));
            assert!(pattern.parts.len() <= MAX_PARTS);
        }
    }

    proptest! {
        #[test]
        fn pieces_are_in_order(quote in "\\PC{0,40}|[a.… \\[\\]()é*]{0,40}") {
            let pattern = read_pattern(&quote);
            let spans: Vec<Span> =
                pattern.parts.iter().flat_map(|part| &part.pieces).map(Piece::span).collect();
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(spans.iter().all(|span| quote.get(span.range()).is_some()));
        }
    }
}
