use crate::arrangement::{Arrangement, Mask, Order};
use crate::lexicon::{Lexicon, WordId};
use crate::sentence::sentences;
use crate::token::tokens;
use onrecord_model::Span;

/// A passage, or a quotation that starts in it, in the two ways in which it can be read: all that
/// is written, and what was said, also in the passages behind.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    text: &'t str,
    written: Vec<PlacedWord>,
    /// What was said, where that is not just all of it.
    said: Option<Vec<PlacedWord>>,
    is_quotation: bool,
}

/// A word with its place in the text; those of passages behind have none.
type PlacedWord = (Option<Span>, WordId);

impl<'t> Reading<'t> {
    /// Reads a passage, of whose text the tokens are given that were said, and of the passages
    /// behind, as far as its paragraph goes on in them, too.
    pub fn new<'b>(
        text: &'t str,
        spoken: &[Span],
        behind: impl IntoIterator<Item = (&'b str, Vec<Span>)>,
        lexicon: &mut Lexicon,
    ) -> Self {
        lexicon.make_room();
        let written: Vec<PlacedWord> =
            tokens(text).map(|span| (Some(span), word(text, span, lexicon))).collect();
        let mut behind = behind.into_iter().peekable();
        // Of most passages all is said, and they are read once.
        if spoken.len() == written.len() && behind.peek().is_none() {
            return Self { text, written, said: None, is_quotation: false };
        }
        let mut said: Vec<PlacedWord> =
            spoken.iter().map(|span| (Some(*span), word(text, *span, lexicon))).collect();
        for (text, spoken) in behind {
            said.extend(spoken.into_iter().map(|span| (None, word(text, span, lexicon))));
        }
        Self { text, written, said: Some(said), is_quotation: false }
    }

    /// Reads the words of a quotation that starts in the first of some passages: each with its
    /// start in the document, its text, and the tokens of that which were said. `content` are the
    /// stretches of the document that hold the quoted words, in order.
    pub fn of_quotation(
        passages: &[(u32, &'t str, Vec<Span>)],
        content: &[Span],
        lexicon: &mut Lexicon,
    ) -> Self {
        let mut words = |spoken_only: bool| -> Vec<PlacedWord> {
            let mut found = Vec::new();
            for part in content {
                for (n, (start, text, spoken)) in passages.iter().enumerate() {
                    let is_inside = |span: &Span| part.contains(span.shifted(*start));
                    let mut push = |span: Span| {
                        found.push(((n == 0).then_some(span), word(text, span, lexicon)));
                    };
                    if spoken_only {
                        spoken.iter().copied().filter(is_inside).for_each(&mut push);
                    } else {
                        tokens(text).filter(is_inside).for_each(&mut push);
                    }
                }
            }
            found
        };
        let (written, said) = (words(false), words(true));
        let is_all_said = said == written;
        let text = passages.first().map_or("", |(_, text, _)| text);
        Self { text, written, said: (!is_all_said).then_some(said), is_quotation: true }
    }

    /// Finds an arrangement: stretches of the text, in order and disjoint; none where it is not
    /// there. One that goes on in the passages behind is given as far as it is here; of a
    /// quotation, one that begins there is found, though it has no stretch. The lexicon is the one
    /// that the words were read with.
    pub fn find(&self, arrangement: &Arrangement, lexicon: &Lexicon) -> Option<Vec<Span>> {
        self.find_in_both_ways(|words| self.occurrences(arrangement, words, lexicon))
    }

    /// Finds a run of words, folded, as [`find`](Self::find) does an arrangement, however long it
    /// is.
    pub fn find_run(&self, run: &[String], lexicon: &Lexicon) -> Option<Vec<Span>> {
        let is_run = |window: &[PlacedWord]| {
            window.iter().zip(run).all(|((_, id), word)| lexicon.forms(*id).folded == word)
        };
        self.find_in_both_ways(|words| {
            let windows = (0..).zip(words.windows(run.len().max(1)));
            let found = windows.filter(|(_, window)| is_run(window));
            found.map(|(start, window)| (start, start + window.len() as u32)).collect()
        })
    }

    /// Finds what `find` does, from a first word to one past the last, in all that is written, and
    /// in what was said.
    fn find_in_both_ways(
        &self,
        find: impl Fn(&[PlacedWord]) -> Vec<(u32, u32)>,
    ) -> Option<Vec<Span>> {
        let mut is_found = false;
        let mut spans = Vec::new();
        for words in std::iter::once(&self.written).chain(&self.said) {
            for (start, end) in find(words) {
                let placed = words.get(start as usize..end as usize).and_then(placed);
                is_found |= placed.is_some() || self.is_quotation;
                spans.extend(placed);
            }
        }
        spans.sort_unstable();
        is_found.then(|| join_overlapping(spans))
    }

    fn occurrences(
        &self,
        arrangement: &Arrangement,
        words: &[PlacedWord],
        lexicon: &Lexicon,
    ) -> Vec<(u32, u32)> {
        let masks: Vec<(u32, Mask)> =
            (0..).zip(words.iter().map(|(_, id)| arrangement.mask(lexicon.forms(*id)))).collect();
        let starts: Vec<u32> = match arrangement.order() {
            Order::BehindInSentence => {
                let whole = Span::from_range(0..self.text.len());
                sentences(self.text, whole).iter().map(|sentence| sentence.start).collect()
            }
            Order::Behind | Order::Among(_) => Vec::new(),
        };
        let place = |at: u32| words.get(at as usize).and_then(|(span, _)| *span);
        // A passage that a long paragraph was cut into ends with a sentence.
        let is_sentence = |start: u32, end: u32| {
            let (first, last) = (place(start), place(end - 1));
            first.zip(last).is_some_and(|(first, last)| {
                let sentence = |span: Span| starts.partition_point(|start| *start <= span.start);
                sentence(first) == sentence(last)
            })
        };
        arrangement.occurrences(&masks, is_sentence)
    }
}

fn word(text: &str, span: Span, lexicon: &mut Lexicon) -> WordId {
    lexicon.id(text.get(span.range()).unwrap_or_default())
}

/// Returns where words stand, as far as they stand in the text; none where the first does not.
fn placed(words: &[PlacedWord]) -> Option<Span> {
    let last = words.iter().rev().find_map(|(span, _)| *span)?;
    Some(Span::new(words.first()?.0?.start, last.end))
}

/// Joins spans that overlap; they come in order.
pub fn join_overlapping(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            Some(_) | None => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::{Step, WordTest};
    use crate::spoken_tokens;

    fn found<'t>(text: &'t str, behind: &str, steps: &str, order: Order) -> Vec<&'t str> {
        let mut lexicon = Lexicon::new();
        let steps = steps.split(' ').map(|word| Step::once(WordTest::folded(word))).collect();
        let arrangement = Arrangement::new(steps, order).unwrap();
        let spoken = spoken_tokens(text, usize::MAX);
        let behind = [(behind, spoken_tokens(behind, usize::MAX))];
        let reading = Reading::new(text, &spoken, behind, &mut lexicon);
        let found = reading.find(&arrangement, &lexicon).unwrap_or_default();
        found.iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn read_in_both_ways() {
        use Order::{Among, Behind, BehindInSentence};
        let text = "We act (Applause.) now. So act.";
        for (steps, order, expected) in [
            ("act now", Behind, vec!["act (Applause.) now"]),
            ("act applause", Behind, vec!["act (Applause"]),
            ("now act", Among(1), vec!["act (Applause.) now"]),
            ("act now so", BehindInSentence, vec![]),
            ("act now", BehindInSentence, vec!["act (Applause.) now"]),
            ("act at once", Behind, vec!["act"]),
            ("at once", Behind, vec![]),
            ("once so", Among(2), vec!["So act"]),
        ] {
            assert_eq!(found(text, "At [laughter] once.", steps, order), expected, "{steps}");
        }
        // As many words are said behind as stand in the note.
        assert_eq!(
            found("We act (applause) now.", "At", "act now", Behind),
            ["act (applause) now"]
        );
    }

    #[test]
    fn quotations_are_read_with_what_interrupts_them_left_out() {
        let text = "“We (laughter) act,” he said, “and";
        let passages = [
            (0, text, spoken_tokens(text, usize::MAX)),
            (50, "now.” So he said.", spoken_tokens("now.” So he said.", usize::MAX)),
        ];
        let content = [Span::new(3, 21), Span::new(37, 40), Span::new(50, 54)];
        let mut lexicon = Lexicon::new();
        let reading = Reading::of_quotation(&passages, &content, &mut lexicon);
        let find = |run: &str| {
            let run: Vec<String> = run.split(' ').map(str::to_owned).collect();
            let steps = run.iter().map(|word| Step::once(WordTest::folded(word))).collect();
            let found = reading.find(&Arrangement::new(steps, Order::Behind).unwrap(), &lexicon);
            assert_eq!(reading.find_run(&run, &lexicon), found, "{run:?}");
            found.map(|spans| spans.iter().map(|span| &text[span.range()]).collect::<Vec<_>>())
        };
        assert_eq!(find("we act and"), Some(vec!["We (laughter) act,” he said, “and"]));
        assert_eq!(find("we laughter"), Some(vec!["We (laughter"]));
        assert_eq!(find("and now"), Some(vec!["and"]));
        assert_eq!(find("now"), Some(vec![]));
        assert_eq!(find("said"), None);
        assert_eq!(find("so"), None);
    }
}
