use crate::QueryError;
use onrecord_indexing::{Address, Reader, StoredPassage};
use onrecord_model::Span;
use onrecord_text::{sentences, tokens};
use std::ops::Range;
use std::str::FromStr;

/// The most words or sentences on either side that a context may have.
const MAX_CONTEXT: u16 = 1_000;

/// How much of its paragraph a line shows; it never goes beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// So many words on either side of the node.
    Words(u16),
    /// The sentence that the node stands in, and so many on either side.
    Sentences(u16),
    /// The paragraph.
    Paragraph,
}

impl Default for Context {
    /// Ten words on either side.
    fn default() -> Self {
        Self::Words(10)
    }
}

impl FromStr for Context {
    type Err = String;

    /// Reads `12` as words, `sentence`, `2-sentences` as that and two on either side, `paragraph`.
    fn from_str(written: &str) -> Result<Self, String> {
        let written = written.trim().to_ascii_lowercase();
        let unknown = || {
            format!(
                "`{written}` is no context: write a number of words, 1 to {MAX_CONTEXT}, sentence, \
                 2-sentences for two more on either side, or paragraph"
            )
        };
        let number = written.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = written.strip_prefix(number).unwrap_or_default();
        let n = || number.parse().ok().filter(|n| (1..=MAX_CONTEXT).contains(n));
        match unit.trim_start_matches(['-', ' ']) {
            "sentence" if number.is_empty() => Ok(Self::Sentences(0)),
            "paragraph" if number.is_empty() => Ok(Self::Paragraph),
            "" | "word" | "words" => n().map(Self::Words).ok_or_else(unknown),
            "sentence" | "sentences" => n().map(Self::Sentences).ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }
}

/// A stretch of a passage with as much of its paragraph around it as was read: a long paragraph is
/// cut into passages, which are joined again as far as they are needed.
pub(super) struct Excerpt<'a> {
    reader: &'a Reader,
    /// Where the head of the document stands.
    head: Address,
    text: String,
    /// Where the stretch stands in the text.
    node: Range<usize>,
    /// The first passage of the text, the blanks before it, and whether the paragraph begins there.
    first: u32,
    lead: Box<str>,
    begins: bool,
    /// The last passage of the text, and whether the paragraph goes on behind it.
    last: u32,
    continues: bool,
}

impl<'a> Excerpt<'a> {
    /// Begins with a passage alone.
    pub(super) fn new(
        reader: &'a Reader,
        address: Address,
        passage: &StoredPassage,
        node: Range<usize>,
    ) -> Self {
        let record = &passage.record;
        Self {
            reader,
            head: reader.sibling(address, record, 0),
            text: passage.text.clone(),
            node,
            first: record.ordinal,
            lead: record.lead.clone(),
            begins: record.ordinal == 0,
            last: record.ordinal,
            continues: record.continues,
        }
    }

    /// Cuts what a context shows left of the node, the node, and what it shows right of it.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(super) fn cut(mut self, context: Context) -> Result<[String; 3], QueryError> {
        self.grow(|excerpt| excerpt.is_enough(context))?;
        let Range { start, end } = self.shown(context);
        let cut = |part: Range<usize>| self.text.get(part).unwrap_or_default().to_owned();
        Ok([cut(start..self.node.start), cut(self.node.clone()), cut(self.node.end..end)])
    }

    /// Returns the word at a distance from the node, 1 the next one; none beyond the paragraph.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(super) fn word(
        &mut self,
        is_left: bool,
        distance: usize,
    ) -> Result<Option<&str>, QueryError> {
        let n_words = distance.try_into().unwrap_or(u16::MAX);
        self.grow(|excerpt| {
            let (before, behind) = excerpt.is_enough(Context::Words(n_words));
            (before || !is_left, behind || is_left)
        })?;
        let words = if is_left { self.words_before() } else { self.words_behind(distance) };
        let at = if is_left { words.len().checked_sub(distance) } else { Some(distance - 1) };
        Ok(at.and_then(|at| self.text.get(words.get(at)?.range())))
    }

    /// Joins passages until both sides are enough, or the paragraph is at its ends; each time as
    /// many as before in all, so that no text is copied often.
    fn grow(&mut self, is_enough: impl Fn(&Self) -> (bool, bool)) -> Result<(), QueryError> {
        let mut n_passages = 1;
        loop {
            let (before, behind) = is_enough(self);
            let (before, behind) = (before || self.begins, behind || !self.continues);
            if before && behind {
                return Ok(());
            }
            if !before {
                self.grow_before(n_passages)?;
            }
            if !behind {
                self.grow_behind(n_passages)?;
            }
            n_passages *= 2;
        }
    }

    fn grow_before(&mut self, n_passages: usize) -> Result<(), QueryError> {
        // From the last to the first.
        let mut pieces = Vec::new();
        while pieces.len() < n_passages && !self.begins {
            let before = self.first - 1;
            let passage = self.reader.passage(self.reader.passage_of(self.head, before))?;
            if passage.record.continues {
                self.first = before;
                self.begins = before == 0;
                pieces.push(std::mem::replace(&mut self.lead, passage.record.lead));
                pieces.push(passage.text.into());
            } else {
                self.begins = true;
            }
        }
        let joined: String = pieces.iter().rev().map(|piece| &**piece).collect();
        self.node = self.node.start + joined.len()..self.node.end + joined.len();
        self.text.insert_str(0, &joined);
        Ok(())
    }

    fn grow_behind(&mut self, n_passages: usize) -> Result<(), QueryError> {
        let mut n_joined = 0;
        while n_joined < n_passages && self.continues {
            self.last += 1;
            let passage = self.reader.passage(self.reader.passage_of(self.head, self.last))?;
            self.continues = passage.record.continues;
            self.text.push_str(&passage.record.lead);
            self.text.push_str(&passage.text);
            n_joined += 1;
        }
        Ok(())
    }

    /// Tells of either side of the node whether a context needs no more of the paragraph.
    fn is_enough(&self, context: Context) -> (bool, bool) {
        match context {
            Context::Words(n) => {
                let n = usize::from(n);
                (self.words_before().len() >= n, self.words_behind(n).len() >= n)
            }
            // One more than is shown, since what is cut may not be whole at its ends.
            Context::Sentences(n) => {
                let (all, around) = self.sentences();
                (around.start > usize::from(n), all.len() - around.end > usize::from(n))
            }
            Context::Paragraph => (false, false),
        }
    }

    /// Returns the stretch of the text that a context shows.
    fn shown(&self, context: Context) -> Range<usize> {
        match context {
            Context::Words(n) => {
                let n = usize::from(n);
                let (before, behind) = (self.words_before(), self.words_behind(n + 1));
                let start = before.len().checked_sub(n).map_or(0, |at| {
                    let end_of_last =
                        at.checked_sub(1).and_then(|at| before.get(at)).map_or(0, |word| word.end);
                    self.attached_before(end_of_last as usize, before.get(at))
                });
                let last = match n.checked_sub(1) {
                    Some(last) => behind.get(last).map(|word| word.end as usize),
                    None => Some(self.node.end),
                };
                let end = last.map_or(self.text.len(), |last| {
                    let next = behind.get(n).map_or(self.text.len(), |word| word.start as usize);
                    self.attached_behind(last, next)
                });
                start..end
            }
            Context::Sentences(n) => {
                let n = usize::from(n);
                let (all, around) = self.sentences();
                let first = all.get(around.start.saturating_sub(n)).map_or(0, |first| first.start);
                let last = all.get((around.end + n).min(all.len()).saturating_sub(1));
                let end = last.map_or(self.text.len(), |last| last.end as usize);
                (first as usize).min(self.node.start)..end.max(self.node.end)
            }
            Context::Paragraph => 0..self.text.len(),
        }
    }

    /// Returns where the marks begin that stand right before a word, such as a bracket.
    fn attached_before(&self, from: usize, word: Option<&Span>) -> usize {
        let word = word.map_or(self.node.start, |word| word.start as usize);
        let between = self.text.get(from..word).unwrap_or_default();
        word - between.rsplit(char::is_whitespace).next().unwrap_or_default().len()
    }

    /// Returns where the marks end that stand right behind a word, such as a comma.
    fn attached_behind(&self, word: usize, until: usize) -> usize {
        let between = self.text.get(word..until).unwrap_or_default();
        word + between.find(char::is_whitespace).unwrap_or(between.len())
    }

    fn words_before(&self) -> Vec<Span> {
        tokens(self.text.get(..self.node.start).unwrap_or_default()).collect()
    }

    /// Finds the first words behind the node, `most` at most.
    fn words_behind(&self, most: usize) -> Vec<Span> {
        let behind = self.text.get(self.node.end..).unwrap_or_default();
        tokens(behind).take(most).map(|word| word.shifted(self.node.end as u32)).collect()
    }

    /// Finds the sentences of the text, and which of them hold the node.
    fn sentences(&self) -> (Vec<Span>, Range<usize>) {
        let all = sentences(&self.text, Span::from_range(0..self.text.len()));
        let first = all.partition_point(|sentence| sentence.end as usize <= self.node.start);
        let end = all.partition_point(|sentence| (sentence.start as usize) < self.node.end);
        let end = end.max(first);
        (all, first..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_by_name() {
        for (written, expected) in [
            ("5", Context::Words(5)),
            ("12 words", Context::Words(12)),
            ("1-word", Context::Words(1)),
            ("sentence", Context::Sentences(0)),
            ("2-sentences", Context::Sentences(2)),
            ("1 sentence", Context::Sentences(1)),
            ("Paragraph", Context::Paragraph),
        ] {
            assert_eq!(written.parse(), Ok(expected), "{written}");
        }
        for written in ["", "0", "1001", "-3", "sentences", "2 paragraphs", "words", "5x", "½"] {
            assert!(written.parse::<Context>().is_err(), "{written}");
        }
    }
}
