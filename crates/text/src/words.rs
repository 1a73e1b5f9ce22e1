use crate::lexicon::{Lexicon, WordId};
use crate::spoken::{outside, unspoken};
use crate::token::tokens;
use onrecord_model::{Document, Passage, Span};

/// The tokens of a text, each with its word in a lexicon, and what of the text no one said.
///
/// Cut and looked up once for all who ask about words. In order and disjoint. The words are those
/// of the lexicon until it forgets, see [`Lexicon::make_room`].
#[derive(Clone, Debug, Default)]
pub struct Words {
    spans: Vec<Span>,
    ids: Vec<WordId>,
    unspoken: Vec<Span>,
}

/// The tokens in a stretch of a text, in order: two lists of the same length.
#[derive(Clone, Copy, Debug)]
pub struct WordsIn<'a> {
    /// Where each stands in the text.
    pub spans: &'a [Span],
    /// What word it is.
    pub ids: &'a [WordId],
}

impl Words {
    /// Cuts the passages of a document; makes room in the lexicon first.
    pub fn of(document: &Document, passages: &[Passage], lexicon: &mut Lexicon) -> Self {
        lexicon.make_room();
        let mut words = Self::default();
        for passage in passages {
            words.add(document.text(), passage.span, lexicon);
            words.unspoken.extend(unspoken(document, passage));
        }
        words
    }

    /// Cuts a text, all of which counts as said.
    ///
    /// Makes no room in the lexicon, so that several texts may be compared.
    pub fn of_text(text: &str, lexicon: &mut Lexicon) -> Self {
        let mut words = Self::default();
        words.add(text, Span::from_range(0..text.len()), lexicon);
        words
    }

    /// Looks up tokens of a text that are known already; makes no room in the lexicon.
    #[expect(clippy::string_slice, reason = "tokens lie on character boundaries")]
    pub fn of_tokens(text: &str, tokens: Vec<Span>, lexicon: &mut Lexicon) -> Self {
        let ids = tokens.iter().map(|token| lexicon.id(&text[token.range()])).collect();
        Self { spans: tokens, ids, unspoken: Vec::new() }
    }

    #[expect(clippy::string_slice, reason = "passages and tokens lie on character boundaries")]
    fn add(&mut self, text: &str, within: Span, lexicon: &mut Lexicon) {
        for token in tokens(&text[within.range()]) {
            let token = token.shifted(within.start);
            self.spans.push(token);
            self.ids.push(lexicon.id(&text[token.range()]));
        }
    }

    /// Returns all tokens.
    pub fn all(&self) -> WordsIn<'_> {
        WordsIn { spans: &self.spans, ids: &self.ids }
    }

    /// Returns the tokens inside a stretch of the text.
    pub fn within(&self, stretch: Span) -> WordsIn<'_> {
        let first = self.spans.partition_point(|token| token.start < stretch.start);
        let end = first + self.spans[first..].partition_point(|token| token.end <= stretch.end);
        WordsIn { spans: &self.spans[first..end], ids: &self.ids[first..end] }
    }

    /// Returns what no one said inside a passage: the label of a turn that begins with it, and
    /// stage directions; in order.
    pub fn unspoken(&self, passage: Span) -> &[Span] {
        let first = self.unspoken.partition_point(|span| span.start < passage.start);
        let end = first + self.unspoken[first..].partition_point(|span| span.end <= passage.end);
        &self.unspoken[first..end]
    }

    /// Finds the words of a passage that were said, in order.
    pub fn spoken(&self, passage: Span) -> impl Iterator<Item = (Span, WordId)> + '_ {
        let WordsIn { spans, ids } = self.within(passage);
        let mut is_said = outside(self.unspoken(passage));
        spans.iter().copied().zip(ids.iter().copied()).filter(move |(token, _)| is_said(*token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_stretches() {
        let mut lexicon = Lexicon::new();
        let words = Words::of_text("We act. We acted now.", &mut lexicon);
        for (stretch, expected) in [
            (Span::new(0, 21), vec!["we", "act", "we", "act", "now"]),
            (Span::new(8, 21), vec!["we", "act", "now"]),
            (Span::new(9, 16), vec!["act"]),
            (Span::new(21, 21), vec![]),
        ] {
            let found = words.within(stretch);
            assert_eq!(found.spans.len(), found.ids.len());
            let stems: Vec<&str> = found.ids.iter().map(|&id| lexicon.forms(id).stem).collect();
            assert_eq!(stems, expected);
        }
        assert_eq!(words.ids[0], words.ids[2]);
    }
}
