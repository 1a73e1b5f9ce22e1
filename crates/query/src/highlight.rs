use crate::parse::{Form, Node, NodeKind, Text};
use onrecord_model::Span;
use onrecord_text::{Lexicon, inline_notes, tokens};
use serde::Serialize;

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
#[derive(Clone, Debug, Default)]
pub(crate) struct Visible {
    stems: Vec<String>,
    /// Folded words one behind the other; a single word is a phrase of one.
    phrases: Vec<Vec<String>>,
}

impl Visible {
    /// Gathers the words and phrases of a query that must or may be there.
    pub(crate) fn of(node: &Node, lexicon: &mut Lexicon) -> Self {
        let mut visible = Self::default();
        visible.gather(node, lexicon);
        visible
    }

    fn gather(&mut self, node: &Node, lexicon: &mut Lexicon) {
        match &node.kind {
            NodeKind::Text(text) => self.add(text, lexicon),
            NodeKind::And(nodes) | NodeKind::Or(nodes) => {
                nodes.iter().for_each(|node| self.gather(node, lexicon));
            }
            NodeKind::Prefer { required, preferred } => {
                self.gather(required, lexicon);
                preferred.iter().for_each(|node| self.gather(node, lexicon));
            }
            NodeKind::Filter(_) | NodeKind::Not(_) => {}
        }
    }

    fn add(&mut self, text: &Text, lexicon: &mut Lexicon) {
        let words: Vec<&str> = text.words().collect();
        match (text.form, words.as_slice()) {
            (Form::Word, [word]) => self.stems.push(lexicon.word(word).stem.to_string()),
            (Form::Word | Form::ExactWord | Form::Phrase, words) => {
                let folded = words.iter().map(|word| lexicon.word(word).folded.to_string());
                self.phrases.push(folded.collect());
            }
        }
    }

    /// Tells whether a match may run on into the passage behind.
    pub(crate) fn has_phrases(&self) -> bool {
        !self.phrases.is_empty()
    }

    /// Finds what matched in a passage: in order and disjoint. `following` is the passage that its
    /// paragraph goes on in; a phrase that ends there is lit up as far as it is here.
    pub(crate) fn find(
        &self,
        text: &str,
        following: Option<&str>,
        lexicon: &mut Lexicon,
    ) -> Vec<Highlight> {
        lexicon.make_room();
        let mut found = Vec::new();
        let all: Vec<Span> = tokens(text).collect();
        let spoken = spoken_words(text);
        let behind = following.unwrap_or_default();
        let longest = self.phrases.iter().map(Vec::len).max().unwrap_or(0);
        let behind: Vec<Box<str>> = spoken_words(behind)
            .iter()
            .take(longest)
            .map(|token| lexicon.word(behind.get(token.range()).unwrap_or_default()).folded.into())
            .collect();
        let mut readings = vec![all];
        if spoken.len() < readings[0].len() {
            readings.push(spoken);
        }
        for reading in &readings {
            let mut words: Vec<Box<str>> = Vec::with_capacity(reading.len() + behind.len());
            for token in reading {
                let word = lexicon.word(text.get(token.range()).unwrap_or_default());
                if self.stems.iter().any(|known| known == word.stem) {
                    found.push(*token);
                }
                words.push(word.folded.into());
            }
            words.extend(behind.iter().cloned());
            for phrase in &self.phrases {
                found.extend(occurrences(reading, &words, phrase));
            }
        }
        found.sort_unstable();
        located(text, &merged(found))
    }
}

/// Lists the tokens of a text outside stage directions.
fn spoken_words(text: &str) -> Vec<Span> {
    let notes: Vec<Span> = inline_notes(text).collect();
    tokens(text).filter(|token| !notes.iter().any(|note| note.contains(*token))).collect()
}

/// Finds where a phrase begins among the words of a passage; `words` are theirs and those of the
/// passage behind.
fn occurrences(reading: &[Span], words: &[Box<str>], phrase: &[String]) -> Vec<Span> {
    let same = |window: &[Box<str>]| window.iter().zip(phrase).all(|(a, b)| **a == **b);
    words
        .windows(phrase.len())
        .take(reading.len())
        .enumerate()
        .filter(|(_, window)| same(window))
        .filter_map(|(at, _)| {
            let last = reading.get((at + phrase.len()).min(reading.len()).checked_sub(1)?)?;
            Some(Span::new(reading.get(at)?.start, last.end))
        })
        .collect()
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
    use crate::parse::{Match, parse};

    fn lit<'a>(query: &str, text: &'a str, following: Option<&str>) -> Vec<&'a str> {
        let mut lexicon = Lexicon::new();
        let query = parse(query, Match::All).unwrap();
        let found = Visible::of(&query.root, &mut lexicon).find(text, following, &mut lexicon);
        found.iter().map(|h| text.get(h.start as usize..h.end as usize).unwrap()).collect()
    }

    #[test]
    fn what_matched_lights_up() {
        let text = "Open networks (Applause.) and open markets: the open network.";
        for (query, expected) in [
            ("network", vec!["networks", "network"]),
            ("=network", vec!["network"]),
            ("\"open markets\"", vec!["open markets"]),
            ("\"networks and open\"", vec!["networks (Applause.) and open"]),
            ("\"applause and\"", vec!["Applause.) and"]),
            ("open -markets", vec!["Open", "open", "open"]),
            ("\"the open\" open", vec!["Open", "open", "the open"]),
            ("speaker:open", vec![]),
            ("\"open network law\"", vec!["open network"]),
            ("\"network law of the\"", vec!["network"]),
            ("\"open network act\"", vec![]),
        ] {
            let following = Some("(Laughter.) law of the sea");
            assert_eq!(lit(query, text, following), expected, "{query}");
        }
        assert!(lit("\"open network law\"", text, None).is_empty());
    }

    #[test]
    fn offsets_count_bytes_and_characters() {
        let mut lexicon = Lexicon::new();
        let query = parse("net", Match::All).unwrap();
        let found = Visible::of(&query.root, &mut lexicon).find("“Où” net", None, &mut lexicon);
        assert_eq!(found, [Highlight { start: 10, end: 13, char_start: 5, char_end: 8 }]);
    }
}
