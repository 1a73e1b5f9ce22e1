use crate::vocabulary::{Sieve, Symbol, Vocabulary};
use crate::{Form, Phrase, PhraseWord};
use onrecord_model::Span;
use onrecord_text::{Lexicon, tokens};
use rustc_hash::FxHashMap;

/// The number of a phrase in a [`Matcher`].
pub(crate) type PhraseId = u32;

/// Finds all phrases of a taxonomy in one pass over a text's words.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    vocabulary: Vocabulary,
    /// Of all words.
    sieve: Sieve,
    /// Of the first words of the phrases.
    openings: Sieve,
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
            sieve: Sieve::new(),
            openings: Sieve::new(),
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
            self.openings.add(&spelling[0], lexicon);
            for word in &spelling {
                let symbol = self.vocabulary.add(word, lexicon);
                self.sieve.add(word, lexicon);
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

    /// Cuts a text into words and looks up what they stand for.
    pub(crate) fn words(&self, text: &str, lexicon: &mut Lexicon) -> Words {
        let mut words = Words::default();
        for span in tokens(text) {
            let at = words.spans.len() as u32;
            words.spans.push(span);
            let written = text.get(span.range()).unwrap_or_default();
            if self.sieve.passes(written.as_bytes()) {
                let found = |symbol| words.symbols.push((at, symbol));
                self.vocabulary.symbols(lexicon.word(written), found);
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

    /// Calls `found` with the phrases of a text until it says that it is enough, and tells
    /// whether it did.
    ///
    /// Where phrases are rare, this is much faster than [`find`](Self::find): it cuts only those
    /// words that a phrase may begin with, and the ones after them.
    pub(crate) fn any(
        &self,
        text: &str,
        lexicon: &mut Lexicon,
        mut found: impl FnMut(PhraseId) -> bool,
    ) -> bool {
        let mut paths = Paths::default();
        let mut symbols = Vec::new();
        let mut is_enough = false;
        for start in word_starts(text) {
            let rest = text.get(start..).unwrap_or_default();
            if !self.openings.passes(rest.as_bytes()) {
                continue;
            }
            paths.restart();
            let mut previous: Option<Span> = None;
            for span in tokens(rest) {
                if previous.is_some_and(|previous| !is_close(rest, previous, span)) {
                    break;
                }
                previous = Some(span);
                symbols.clear();
                let word = lexicon.word(rest.get(span.range()).unwrap_or_default());
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

/// Returns where words of a text start, and some other places: letters and digits that follow no
/// ASCII letter or digit, and characters beyond ASCII that do so.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while !STARTS[usize::from(*bytes.get(at)?)] {
            at += 1;
        }
        let start = at;
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        Some(start)
    })
}

/// Whether a word may start with a byte.
const STARTS: [bool; 256] = {
    let mut starts = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        starts[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 0xC0;
        byte += 1;
    }
    starts
};

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
        let words = matcher.words(text, &mut lexicon);
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
            let cut = matcher.words(&text, &mut lexicon);
            let found: BTreeSet<PhraseId> =
                matcher.find(&text, &cut).iter().map(|found| found.phrase).collect();
            let mut quick = BTreeSet::new();
            matcher.any(&text, &mut lexicon, |phrase| { quick.insert(phrase); false });
            prop_assert!(quick.is_superset(&found), "{}", text);
        }
    }

    #[test]
    fn a_phrase_added_twice_is_one() {
        assert_eq!(found(&["one two", "One  two"], "one two").len(), 1);
    }
}
