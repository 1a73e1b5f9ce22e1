use crate::near::words_in;
pub(super) use crate::near::{Near, covering, find_run, starts};
use crate::token::tokens;
use onrecord_model::Span;

/// How far around a quote words are looked at, in bytes: some hundred words, longer than the
/// sentences of speech. It bounds the work for each quote, however long a sentence is.
const MAX_REACH: usize = 600;

/// The sentences around a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbours<'a> {
    /// The sentence before those that the span touches.
    pub before: Option<Span>,
    /// The sentences that the span touches, in order.
    pub touched: &'a [Span],
    /// The sentence after them.
    pub after: Option<Span>,
}

/// Finds the sentences around a span, among sentences in order.
pub fn neighbours(sentences: &[Span], span: Span) -> Neighbours<'_> {
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let end = first.max(sentences.partition_point(|sentence| sentence.start < span.end));
    Neighbours {
        before: first.checked_sub(1).and_then(|at| sentences.get(at)).copied(),
        touched: sentences.get(first..end).unwrap_or_default(),
        after: sentences.get(end).copied(),
    }
}

/// The words around a quote, in its own and the neighbouring sentences.
pub(super) struct Context<'a> {
    /// The words of its first sentence before it, in order.
    pub(super) lead: Vec<Near<'a>>,
    /// What stands between the last of them and the quote.
    pub(super) lead_gap: &'a str,
    /// Whether the lead goes back to the start of the sentence.
    pub(super) lead_is_whole: bool,
    /// The first words of the quote.
    pub(super) opening: Vec<Near<'a>>,
    /// The last words of the quote.
    pub(super) closing: Vec<Near<'a>>,
    /// The words of its last sentence behind it, in order.
    pub(super) tail: Vec<Near<'a>>,
    /// The sentence before.
    pub(super) previous: Vec<Near<'a>>,
    /// The sentence after, stage directions passed over.
    pub(super) next: Vec<Near<'a>>,
    /// Whether its last sentence ends in a mark of question, outside the quote.
    pub(super) is_question: bool,
}

impl<'a> Context<'a> {
    /// Looks around a quote; none where it holds no word or is not of the text.
    pub(super) fn around(text: &'a str, sentences: &[Span], quote: Span) -> Option<Self> {
        let quoted = text.get(quote.range())?;
        // The blanks and marks at its ends are no part of any sentence's words.
        let first_word = tokens(quoted).next()?.shifted(quote.start);
        let last_char = quote.start + Span::from_range(0..quoted.trim_end().len()).end;
        let touched = neighbours(sentences, Span::new(first_word.start, last_char));
        let (first, last) = (touched.touched.first()?, touched.touched.last()?);
        let lead = Span::new(first.start.min(quote.start), quote.start);
        let tail = Span::new(quote.end, last.end.max(quote.end));
        let lead_reach = last_bytes(text, lead);
        let words = words_in(text, lead_reach);
        let lead_end = words.last().map_or(lead_reach.start, |word| word.span.end);
        let after = sentences.get(sentences.partition_point(|s| s.start < tail.end)..)?;
        let is_note = |s: &&Span| text.get(s.range()).is_some_and(|s| s.starts_with(['(', '[']));
        let next = after.iter().take(MAX_NOTES).find(|sentence| !is_note(sentence));
        let at_end = text.get(tail.range()).unwrap_or_default().trim_end_matches(is_closing);
        Some(Self {
            lead_gap: text.get(lead_end as usize..quote.start as usize).unwrap_or_default(),
            lead: words,
            lead_is_whole: lead_reach == lead,
            opening: words_in(text, first_bytes(text, quote)),
            closing: words_in(text, last_bytes(text, quote)),
            tail: words_in(text, first_bytes(text, tail)),
            previous: touched
                .before
                .map(|s| words_in(text, first_bytes(text, s)))
                .unwrap_or_default(),
            next: next.map(|&s| words_in(text, first_bytes(text, s))).unwrap_or_default(),
            is_question: at_end.ends_with('?'),
        })
    }

    /// Returns the words of the lead that govern the quote: those after the last `;` and the last
    /// clause that begins with `but`.
    pub(super) fn governing(&self) -> &[Near<'a>] {
        if self.lead_gap.contains(';') {
            return &[];
        }
        let mut from = self.lead.len();
        while let Some(word) = from.checked_sub(1).and_then(|at| self.lead.get(at)) {
            if word.is("but") && (word.is_parted() || from == 1) {
                break;
            }
            from -= 1;
            if word.gap.contains(';') {
                break;
            }
        }
        self.lead.get(from..).unwrap_or_default()
    }

    /// Returns the words of the tail that belong to the quote's own clause: those up to a `;`, or a
    /// comma with a conjunction.
    pub(super) fn governed(&self) -> &[Near<'a>] {
        let ends = |word: &Near<'_>| {
            word.gap.contains([';', ':'])
                || word.is_parted() && word.is_any(&["and", "but", "or", "so", "nor", "yet", "for"])
        };
        let end = self.tail.iter().position(ends).unwrap_or(self.tail.len());
        self.tail.get(..end).unwrap_or_default()
    }

    /// Tells whether the quote states something, or is sure to be long enough to: a phrase such as
    /// `the open sea` is no more conditional than the word it is made of.
    pub(super) fn is_statement(&self) -> bool {
        self.opening.len() >= STATEMENT_WORDS
            || self.opening.first().is_some_and(|first| first.is_any(PRONOUNS))
            || self.opening.iter().any(|word| {
                word.is_any(FINITE) || word.is_any(SUBJECTS) || word.is_contracted_not()
            })
    }

    /// Tells whether only blanks or opening marks stand between the lead and the quote.
    pub(super) fn touches_lead(&self) -> bool {
        self.lead_gap.chars().all(|c| c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '\''))
    }
}

/// The length from which words are taken to state something, whatever they are: few phrases are as
/// long.
const STATEMENT_WORDS: usize = 8;

/// Words that a statement opens with as its subject.
const PRONOUNS: &[&str] = &[
    "i", "we", "you", "he", "she", "it", "they", "there", "this", "that", "these", "those", "i'm",
    "we're", "we'll", "we've", "it's", "they're", "that's", "there's", "he's", "she's", "you're",
];

/// Words that are the subject of a statement wherever they stand.
const SUBJECTS: &[&str] = &["i", "we", "he", "she", "they"];

/// Verbs of which a statement has one, or another verb that is in no list.
const FINITE: &[&str] = &[
    "is", "are", "was", "were", "am", "will", "would", "shall", "should", "can", "could", "may",
    "might", "must", "has", "have", "had", "do", "does", "did", "cannot", "needs", "means",
];

/// How many stage directions are passed over between two sentences.
const MAX_NOTES: usize = 4;

const fn is_closing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

/// Returns the last [`MAX_REACH`] bytes of a stretch, or a little less.
fn last_bytes(text: &str, stretch: Span) -> Span {
    let range = stretch.range();
    let from = range.start.max(range.end.saturating_sub(MAX_REACH));
    Span::from_range(text.ceil_char_boundary(from).min(range.end)..range.end)
}

/// Returns the first [`MAX_REACH`] bytes of a stretch, or a little less.
fn first_bytes(text: &str, stretch: Span) -> Span {
    let range = stretch.range();
    let end = range.end.min(range.start + MAX_REACH);
    Span::from_range(range.start..text.floor_char_boundary(end).max(range.start))
}
