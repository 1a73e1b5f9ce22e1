use crate::vocabulary::{Symbol, Vocabulary};
use crate::{Form, Phrase, PhraseWord};
use onrecord_model::Span;
use onrecord_text::{Lexicon, Word, WordsIn};
use rustc_hash::FxHashMap;

/// The number of a phrase in a [`Matcher`].
pub(crate) type PhraseId = u32;

/// Finds all phrases of a taxonomy in one pass over a text's words.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    vocabulary: Vocabulary,
    edges: FxHashMap<(u32, Symbol), u32>,
    ends: Vec<Vec<PhraseId>>,
    phrases: FxHashMap<Vec<PhraseWord>, PhraseId>,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) phrase: PhraseId,
    /// The place of its first word among the text's words.
    pub(crate) first: u32,
    /// The place of its last word.
    pub(crate) last: u32,
}

/// The words of a stretch of text, with the symbols that they stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Where each word stands, from the start of the stretch.
    pub(crate) spans: Vec<Span>,
    symbols: Vec<(u32, Symbol)>,
}

impl Words {
    /// Returns the symbols of the word at a place.
    fn symbols(&self, at: u32) -> impl Iterator<Item = Symbol> + '_ {
        let start = self.symbols.partition_point(|&(place, _)| place < at);
        self.symbols[start..].iter().take_while(move |&&(p, _)| p == at).map(|&(_, s)| s)
    }
}

impl Matcher {
    /// Makes a matcher of no phrase.
    pub(crate) fn new() -> Self {
        Self {
            vocabulary: Vocabulary::default(),
            edges: FxHashMap::default(),
            ends: vec![Vec::new()],
            phrases: FxHashMap::default(),
        }
    }

    /// Adds a phrase, if it is new, and returns its number.
    ///
    /// Two neighbouring words also match as one, as in `cyber attack` and `cyberattack`.
    pub(crate) fn add(&mut self, phrase: &Phrase, lexicon: &mut Lexicon) -> PhraseId {
        if let Some(&id) = self.phrases.get(phrase.words()) {
            return id;
        }
        let id = self.phrases.len() as PhraseId;
        self.phrases.insert(phrase.words().to_vec(), id);
        for spelling in spellings(phrase.words()) {
            let mut node = 0;
            for word in &spelling {
                let symbol = self.vocabulary.add(word, lexicon);
                let next = self.ends.len() as u32;
                node = *self.edges.entry((node, symbol)).or_insert(next);
                if node == next {
                    self.ends.push(Vec::new());
                }
            }
            self.ends[node as usize].push(id);
        }
        id
    }

    /// Tells whether a word stands for any of a phrase.
    pub(crate) fn knows(&self, word: Word<'_>) -> bool {
        let mut is_known = false;
        self.vocabulary.symbols(word, |_| is_known = true);
        is_known
    }

    /// Tells whether a phrase may begin with a word.
    pub(crate) fn opens(&self, word: Word<'_>) -> bool {
        let mut opens = false;
        self.vocabulary.symbols(word, |symbol| opens |= self.edges.contains_key(&(0, symbol)));
        opens
    }

    /// Looks up what the words of a stretch stand for that starts at `start`; those that
    /// `may_be_known` does not pass stand for nothing.
    pub(crate) fn words(
        &self,
        stretch: WordsIn<'_>,
        start: u32,
        lexicon: &Lexicon,
        may_be_known: impl Fn(u8) -> bool,
    ) -> Words {
        let spans = stretch
            .spans
            .iter()
            .map(|&Span { start: from, end }| Span::new(from - start, end - start));
        let mut words = Words { spans: spans.collect(), symbols: Vec::new() };
        for (at, &id) in (0..).zip(stretch.ids) {
            if may_be_known(lexicon.mark(id)) {
                let found = |symbol| words.symbols.push((at, symbol));
                self.vocabulary.symbols(lexicon.forms(id), found);
            }
        }
        words
    }

    /// Finds every occurrence of every phrase, by its first word; they may overlap.
    pub(crate) fn find(&self, text: &str, words: &Words) -> Vec<Match> {
        let mut matches = Vec::new();
        let mut paths = Paths::default();
        let mut previous = None;
        for &(first, _) in &words.symbols {
            if previous.replace(first) == Some(first) {
                continue;
            }
            paths.restart();
            let mut last = first;
            while paths.advance(self, words.symbols(last), |phrase| {
                matches.push(Match { phrase, first, last });
            }) {
                let [one, two] = [last, last + 1].map(|at| words.spans.get(at as usize).copied());
                let (Some(one), Some(two)) = (one, two) else { break };
                if !is_close(text, one, two) {
                    break;
                }
                last += 1;
            }
        }
        matches
    }

    /// Calls `found` with the phrases among the words of a text until it says that it is enough,
    /// and tells whether it did.
    ///
    /// Where phrases are rare, this is much faster than [`find`](Self::find): it looks only at
    /// those words that `may_open` passes by their marks, and the ones after them.
    pub(crate) fn any(
        &self,
        text: &str,
        words: WordsIn<'_>,
        lexicon: &Lexicon,
        may_open: impl Fn(u8) -> bool,
        mut found: impl FnMut(PhraseId) -> bool,
    ) -> bool {
        let mut paths = Paths::default();
        let mut symbols = Vec::new();
        let mut is_enough = false;
        for first in 0..words.ids.len() {
            if !may_open(lexicon.mark(words.ids[first])) {
                continue;
            }
            paths.restart();
            for at in first..words.ids.len() {
                if at > first && !is_close(text, words.spans[at - 1], words.spans[at]) {
                    break;
                }
                symbols.clear();
                let word = lexicon.forms(words.ids[at]);
                self.vocabulary.symbols(word, |symbol| symbols.push(symbol));
                let symbols = symbols.iter().copied();
                if !paths.advance(self, symbols, |phrase| is_enough |= found(phrase)) {
                    break;
                }
            }
            if is_enough {
                return true;
            }
        }
        false
    }
}

/// The places in the tree of phrases to which the words so far have led.
#[derive(Default)]
struct Paths {
    nodes: Vec<u32>,
    next: Vec<u32>,
}

impl Paths {
    fn restart(&mut self) {
        self.nodes.clear();
        self.nodes.push(0);
    }

    /// Goes on by one word, reports the phrases that it ends, and tells whether any may go on.
    fn advance(
        &mut self,
        matcher: &Matcher,
        symbols: impl Iterator<Item = Symbol>,
        mut ended: impl FnMut(PhraseId),
    ) -> bool {
        self.next.clear();
        for symbol in symbols {
            for &node in &self.nodes {
                let Some(&next) = matcher.edges.get(&(node, symbol)) else { continue };
                matcher.ends[next as usize].iter().for_each(|&phrase| ended(phrase));
                self.next.push(next);
            }
        }
        std::mem::swap(&mut self.nodes, &mut self.next);
        !self.nodes.is_empty()
    }
}

/// Returns the phrase as written, and with each pair of neighbours written as one word.
fn spellings(words: &[PhraseWord]) -> Vec<Vec<PhraseWord>> {
    let mut spellings = vec![words.to_vec()];
    for at in 1..words.len() {
        let [one, two] = [&words[at - 1], &words[at]];
        let form = match (one.form, two.form) {
            (Form::Stem, Form::Stem) => Form::Stem,
            (Form::Exact | Form::Stem, Form::Exact) | (Form::Exact, Form::Stem) => Form::Exact,
            (Form::Prefix, _) | (_, Form::Prefix) => continue,
        };
        let mut joined = words.to_vec();
        let folded = format!("{}{}", one.folded, two.folded).into();
        joined.splice(at - 1..=at, [PhraseWord { folded, form }]);
        spellings.push(joined);
    }
    spellings
}

/// Tells whether a phrase may run from a word to the next: past blanks, hyphens and
/// quotation marks and the dots of initials, never past a comma, dash or sentence end.
fn is_close(text: &str, one: Span, two: Span) -> bool {
    let gap = text.get(one.end as usize..two.start as usize).unwrap_or_default();
    if gap == " " {
        return true;
    }
    !gap.contains("--")
        && !gap.contains(|c: char| match c {
            '.' => one.len() > 1,
            _ => matches!(
                c,
                ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '—' | '–' | '…' | '•'
            ),
        })
}

#[cfg(test)]
impl Matcher {
    /// Looks up what the words of a whole text stand for.
    pub(crate) fn words_of_text(&self, text: &str, lexicon: &mut Lexicon) -> Words {
        let words = onrecord_text::Words::of_text(text, lexicon);
        self.words(words.within(Span::from_range(0..text.len())), 0, lexicon, |_| true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(phrases: &[&str], text: &str) -> Vec<(usize, String)> {
        let mut lexicon = Lexicon::new();
        let mut matcher = Matcher::new();
        let ids: Vec<PhraseId> = phrases
            .iter()
            .map(|phrase| matcher.add(&Phrase::parse(phrase, false).unwrap(), &mut lexicon))
            .collect();
        let words = matcher.words_of_text(text, &mut lexicon);
        let cut = |found: &Match| {
            let (first, last) =
                (words.spans[found.first as usize], words.spans[found.last as usize]);
            text.get(first.start as usize..last.end as usize).unwrap().to_owned()
        };
        let place = |id| ids.iter().position(|&other| other == id).unwrap();
        matcher.find(text, &words).iter().map(|m| (place(m.phrase), cut(m))).collect()
    }

    #[test]
    fn phrases_are_found() {
        let phrases = ["cyber attack", "attack", "internet =governance", "cyber*", "u s navy"];
        for (text, expected) in [
            ("Cyber-attacks grow", vec![(0, "Cyber-attacks"), (3, "Cyber"), (1, "attacks")]),
            ("a cyberattack", vec![(0, "cyberattack"), (3, "cyberattack")]),
            ("cyber “attack”", vec![(0, "cyber “attack"), (3, "cyber"), (1, "attack")]),
            ("cyber, attack", vec![(3, "cyber"), (1, "attack")]),
            ("on cyber. Attack", vec![(3, "cyber"), (1, "Attack")]),
            ("cyber -- attack", vec![(3, "cyber"), (1, "attack")]),
            ("Internet Governance, the Internet government", vec![(2, "Internet Governance")]),
            ("the U.S. Navy", vec![(4, "U.S. Navy")]),
            ("", vec![]),
        ] {
            let mut expected: Vec<(usize, String)> =
                expected.into_iter().map(|(place, cut)| (place, cut.to_owned())).collect();
            let mut found = found(&phrases, text);
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_finds_as_much(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "cyber", "Attack", "cyberattacks", "internet", "governance", "U", "S", "navy",
                    "é", "’", ",", "-", "¥cyber", "don't",
                ]),
                0..12,
            ),
            blank in prop::sample::select(vec!["", " ", "\n"]),
        ) {
            let text = words.join(blank);
            let mut lexicon = Lexicon::new();
            let mut matcher = Matcher::new();
            for phrase in ["cyber attack", "internet =governance", "u s navy", "é navy"] {
                matcher.add(&Phrase::parse(phrase, false).unwrap(), &mut lexicon);
            }
            let cut = matcher.words_of_text(&text, &mut lexicon);
            let found: BTreeSet<PhraseId> =
                matcher.find(&text, &cut).iter().map(|found| found.phrase).collect();
            let mut quick = BTreeSet::new();
            let marking = matcher.clone();
            let mut lexicon = Lexicon::marking(move |word| u8::from(marking.opens(word)));
            let words = onrecord_text::Words::of_text(&text, &mut lexicon);
            let all = words.within(Span::from_range(0..text.len()));
            matcher.any(&text, all, &lexicon, |mark| mark == 1, |phrase| { quick.insert(phrase); false });
            prop_assert_eq!(quick, found, "{}", text);
        }
    }

    #[test]
    fn a_phrase_added_twice_is_one() {
        assert_eq!(found(&["one two", "One  two"], "one two").len(), 1);
    }
}
