use onrecord_model::Span;
use onrecord_text::{Arrangement, Lexicon, Reading};
use serde::Serialize;
use std::sync::Arc;

/// A stretch of a passage that a query matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Highlight {
    /// First byte in the passage's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// First character in the passage's text.
    pub char_start: u32,
    /// One past the last character.
    pub char_end: u32,
}

/// What of a query can be seen in the text of a passage that it found.
#[derive(Clone, Debug)]
pub(crate) enum Visible {
    /// Nothing: a value, or what is excluded.
    Nothing,
    /// Words that stand together so.
    One(Arc<Arrangement>),
    /// All of these.
    All(Vec<Visible>),
    /// Those of these that are there.
    Any(Vec<Visible>),
    /// What of it is in one quotation.
    InQuote(Box<Visible>),
}

impl Visible {
    /// Returns over how many words a match may reach.
    pub(crate) fn reach(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(arrangement) => arrangement.reach(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::reach).max().unwrap_or(0),
            Self::InQuote(part) => part.reach(),
        }
    }

    /// Finds what matched in a passage: in order and disjoint. A match that goes on in the passage
    /// behind is lit up as far as it is here.
    ///
    /// `quotes` are the quotations that start in it, as stretches of its text.
    pub(crate) fn find(
        &self,
        text: &str,
        reading: &Reading<'_>,
        lexicon: &Lexicon,
        quotes: &[Span],
    ) -> Vec<Highlight> {
        let mut found = Looking { reading, lexicon, quotes }.find(self, None).unwrap_or_default();
        found.sort_unstable();
        located(text, &merged(found))
    }
}

/// A passage that is looked through.
struct Looking<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    quotes: &'a [Span],
}

impl Looking<'_> {
    /// Finds what matched, as far as it lies within a stretch; none where not all of it did.
    fn find(&self, visible: &Visible, within: Option<Span>) -> Option<Vec<Span>> {
        let find = |part: &Visible| self.find(part, within);
        match visible {
            Visible::Nothing => Some(Vec::new()),
            Visible::One(arrangement) => {
                let mut found = self.reading.find(arrangement, self.lexicon);
                found.retain(|span| within.is_none_or(|within| within.contains(*span)));
                Some(found).filter(|found| !found.is_empty())
            }
            Visible::All(parts) => {
                parts.iter().map(find).collect::<Option<Vec<_>>>().map(|found| found.concat())
            }
            Visible::Any(parts) => {
                let found: Vec<Vec<Span>> = parts.iter().filter_map(find).collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Visible::InQuote(part) => {
                let of_quote = |quote: &Span| self.find(part, Some(*quote));
                let found: Vec<Vec<Span>> = self.quotes.iter().filter_map(of_quote).collect();
                (!found.is_empty()).then(|| found.concat())
            }
        }
    }
}

/// Joins spans that overlap; they come in order.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

fn located(text: &str, spans: &[Span]) -> Vec<Highlight> {
    let mut byte = 0;
    let mut char = 0;
    let mut chars_to = |offset: u32| {
        let between = text.get(byte..offset as usize).unwrap_or_default();
        char += between.chars().count() as u32;
        byte = offset as usize;
        char
    };
    spans
        .iter()
        .map(|span| {
            let char_start = chars_to(span.start);
            Highlight { start: span.start, end: span.end, char_start, char_end: chars_to(span.end) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::{Order, Step, WordTest, spoken_tokens};

    fn words(written: &str) -> Visible {
        let steps = written.split(' ').map(|word| Step::once(WordTest::folded(word))).collect();
        Visible::One(Arc::new(Arrangement::new(steps, Order::Behind).unwrap()))
    }

    fn lit<'a>(visible: &Visible, text: &'a str, quotes: &[Span]) -> Vec<&'a str> {
        let spoken = spoken_tokens(text, usize::MAX);
        let mut lexicon = Lexicon::new();
        let reading = Reading::new(text, &spoken, [], &mut lexicon);
        let found = visible.find(text, &reading, &lexicon, quotes);
        found.iter().map(|h| text.get(h.start as usize..h.end as usize).unwrap()).collect()
    }

    #[test]
    fn what_matched_lights_up() {
        use Visible::{All, Any, InQuote, Nothing};
        let text = "Open networks and open markets: the open network.";
        for (visible, expected) in [
            (words("open"), vec!["Open", "open", "open"]),
            (words("open markets"), vec!["open markets"]),
            (
                All(vec![words("open"), words("markets"), Nothing]),
                vec!["Open", "open", "markets", "open"],
            ),
            (All(vec![words("the open"), words("open")]), vec!["Open", "open", "the open"]),
            (Any(vec![words("markets"), words("none")]), vec!["markets"]),
            (Any(vec![words("the"), All(vec![words("markets"), words("none")])]), vec!["the"]),
            (All(vec![words("open"), words("none")]), vec![]),
            (
                InQuote(Box::new(All(vec![words("open"), words("markets")]))),
                vec!["open", "markets"],
            ),
            (InQuote(Box::new(All(vec![words("open"), words("networks")]))), vec![]),
        ] {
            assert_eq!(lit(&visible, text, &[Span::new(18, 30)]), expected, "{visible:?}");
        }
    }

    #[test]
    fn offsets_count_bytes_and_characters() {
        let text = "“Où” net";
        let spoken = spoken_tokens(text, usize::MAX);
        let mut lexicon = Lexicon::new();
        let reading = Reading::new(text, &spoken, [], &mut lexicon);
        let found = words("net").find(text, &reading, &lexicon, &[]);
        assert_eq!(found, [Highlight { start: 10, end: 13, char_start: 5, char_end: 8 }]);
    }
}
