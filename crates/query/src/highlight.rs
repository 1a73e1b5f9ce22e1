use onrecord_model::Span;
use onrecord_text::{Arrangement, Lexicon, Reading, join_overlapping};
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
    /// These folded words one behind the other: more than an arrangement holds.
    Run(Arc<[String]>),
    /// All of these.
    All(Vec<Visible>),
    /// Those of these that are there.
    Any(Vec<Visible>),
    /// Nothing, where this is not there.
    Without(Box<Visible>),
    /// Nothing, where the passage meets the condition of this number.
    Meets(usize),
    /// What of it is in one quotation.
    InQuote(Box<Visible>),
}

impl Visible {
    /// Returns over how many words a match may reach.
    pub(crate) fn reach(&self) -> usize {
        match self {
            Self::Nothing | Self::Meets(_) => 0,
            Self::One(arrangement) => arrangement.reach(),
            Self::Run(words) => words.len(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::reach).max().unwrap_or(0),
            Self::Without(part) | Self::InQuote(part) => part.reach(),
        }
    }

    /// Lists the stems of words that it asks for.
    pub(crate) fn stems(&self) -> Vec<&str> {
        match self {
            Self::Nothing | Self::Meets(_) | Self::Run(_) => Vec::new(),
            Self::One(arrangement) => {
                arrangement.steps().iter().filter_map(|step| step.test.stem()).collect()
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::stems).collect(),
            Self::Without(part) | Self::InQuote(part) => part.stems(),
        }
    }

    /// Tells whether it asks what stands in quotations.
    pub(crate) fn asks_for_quotes(&self) -> bool {
        match self {
            Self::Nothing | Self::Meets(_) | Self::One(_) | Self::Run(_) => false,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::asks_for_quotes),
            Self::Without(part) => part.asks_for_quotes(),
            Self::InQuote(_) => true,
        }
    }
}

/// A passage that is looked through.
pub(crate) struct Looking<'a> {
    pub(crate) reading: &'a Reading<'a>,
    /// The quotations that start in it.
    pub(crate) quotes: &'a [Reading<'a>],
    pub(crate) lexicon: &'a Lexicon,
    /// By number, whether it meets the conditions that [`Visible::Meets`] names.
    pub(crate) meets: &'a [bool],
}

impl Looking<'_> {
    /// Finds what matched in a passage of this text: in order and disjoint. A match that goes on
    /// in the passage behind is lit up as far as it is here.
    pub(crate) fn highlights(&self, visible: &Visible, text: &str) -> Vec<Highlight> {
        let mut found = self.find(visible, self.reading).unwrap_or_default();
        found.sort_unstable();
        located(text, &join_overlapping(found))
    }

    /// Finds what matched in what is read; none where not all of it did.
    fn find(&self, visible: &Visible, reading: &Reading<'_>) -> Option<Vec<Span>> {
        let find = |part: &Visible| self.find(part, reading);
        match visible {
            Visible::Nothing => Some(Vec::new()),
            Visible::Meets(number) => self.meets.get(*number)?.then(Vec::new),
            Visible::One(arrangement) => reading.find(arrangement, self.lexicon),
            Visible::Run(words) => reading.find_run(words, self.lexicon),
            Visible::All(parts) => {
                parts.iter().map(find).collect::<Option<Vec<_>>>().map(|found| found.concat())
            }
            Visible::Any(parts) => {
                let found: Vec<Vec<Span>> = parts.iter().filter_map(find).collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Visible::Without(part) => find(part).is_none().then(Vec::new),
            Visible::InQuote(part) => {
                let of_quote = |quote: &Reading<'_>| self.find(part, quote);
                let found: Vec<Vec<Span>> = self.quotes.iter().filter_map(of_quote).collect();
                (!found.is_empty()).then(|| found.concat())
            }
        }
    }
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

    fn lit<'a>(visible: &Visible, text: &'a str, quoted: Span) -> Vec<&'a str> {
        let spoken = spoken_tokens(text, usize::MAX);
        let mut lexicon = Lexicon::new();
        let reading = Reading::new(text, &spoken, [], &mut lexicon);
        let quotes = [Reading::of_quotation(&[(0, text, spoken)], &[quoted], &mut lexicon)];
        let looking = Looking {
            reading: &reading,
            quotes: &quotes,
            lexicon: &lexicon,
            meets: &[true, false],
        };
        let found = looking.highlights(visible, text);
        found.iter().map(|h| text.get(h.start as usize..h.end as usize).unwrap()).collect()
    }

    #[test]
    fn what_matched_lights_up() {
        use Visible::{All, Any, InQuote, Meets, Nothing, Without};
        let text = "Open networks and open markets: the open network.";
        let run = |written: &str| Visible::Run(written.split(' ').map(str::to_owned).collect());
        let without = |visible| Without(Box::new(visible));
        let in_quote = |parts| InQuote(Box::new(All(parts)));
        for (visible, expected) in [
            (words("open"), vec!["Open", "open", "open"]),
            (words("open markets"), vec!["open markets"]),
            (run("open markets the"), vec!["open markets: the"]),
            (run("open markets of"), vec![]),
            (
                All(vec![words("open"), words("markets"), Nothing]),
                vec!["Open", "open", "markets", "open"],
            ),
            (All(vec![words("the open"), words("open")]), vec!["Open", "open", "the open"]),
            (Any(vec![words("markets"), words("none")]), vec!["markets"]),
            (Any(vec![words("the"), All(vec![words("markets"), words("none")])]), vec!["the"]),
            (All(vec![words("open"), words("none")]), vec![]),
            (Any(vec![words("the"), All(vec![words("and"), without(words("open"))])]), vec!["the"]),
            (
                Any(vec![words("the"), All(vec![words("and"), without(words("x"))])]),
                vec!["and", "the"],
            ),
            (Any(vec![words("the"), All(vec![words("and"), Meets(0)])]), vec!["and", "the"]),
            (Any(vec![words("the"), All(vec![words("and"), Meets(1)])]), vec!["the"]),
            (in_quote(vec![words("open"), words("markets")]), vec!["open", "markets"]),
            (in_quote(vec![words("open"), words("networks")]), vec![]),
            (in_quote(vec![words("open"), without(words("markets"))]), vec![]),
        ] {
            assert_eq!(lit(&visible, text, Span::new(18, 30)), expected, "{visible:?}");
        }
    }

    #[test]
    fn offsets_count_bytes_and_characters() {
        let text = "“Où” net";
        let spoken = spoken_tokens(text, usize::MAX);
        let mut lexicon = Lexicon::new();
        let reading = Reading::new(text, &spoken, [], &mut lexicon);
        let looking = Looking { reading: &reading, quotes: &[], lexicon: &lexicon, meets: &[] };
        let found = looking.highlights(&words("net"), text);
        assert_eq!(found, [Highlight { start: 10, end: 13, char_start: 5, char_end: 8 }]);
    }
}
