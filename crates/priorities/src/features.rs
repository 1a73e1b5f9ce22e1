//! What a model sees of a passage: its words, and what the rules make of it.

use crate::classifier::ROUNDING;
use onrecord_model::Span;
use onrecord_text::{Lexicon, WordsIn};
use std::ops::Range;

/// The most that a sum of weights counts for, in thresholds: past it the rules are sure.
const MOST_SUM: f32 = 2.0;

/// How many words on either side of a term of the gate are near it.
const NEAR: usize = 10;

/// What the words of the views begin with: of the whole passage, of the sentences that are about the
/// subject, of what is near the terms which say so. A clause in a long passage is told by the latter.
pub(crate) const VIEWS: [&str; 3] = ["", "sentence:", "near:"];

/// What a passage shows of itself to be labelled by learned weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Features {
    /// By view: stems, and pairs of neighbouring ones with a blank between, function words passed
    /// over, behind the beginning of the view; each as often as the view has it.
    pub(crate) views: Vec<Vec<String>>,
    /// For each priority, in the order of the taxonomy, the sum of the weights of its terms in
    /// thresholds; then for each 1 where the sum reaches the threshold, else 0.
    pub(crate) rules: Vec<f32>,
}

/// By view, the stretches of words that it sees, in order and disjoint.
pub(crate) type Stretches = Vec<Vec<Range<usize>>>;

impl Features {
    /// Returns what is to be seen of a text without words.
    pub(crate) fn none(n_priorities: usize) -> Self {
        Self { views: Vec::new(), rules: vec![0.0; 2 * n_priorities] }
    }

    /// Lists what is to be seen: `sums` are those of the priorities, in thresholds.
    pub(crate) fn of(
        words: WordsIn<'_>,
        lexicon: &Lexicon,
        sums: &[f32],
        stretches: &Stretches,
    ) -> Self {
        let view = |(begin, stretches): (&&str, &Vec<Range<usize>>)| {
            let mut seen = Vec::new();
            for stretch in stretches {
                let ids = words.ids.get(stretch.clone()).unwrap_or_default();
                let content = ids.iter().filter(|id| lexicon.stem_hash(**id).is_some());
                let stems: Vec<&str> = content.map(|id| lexicon.forms(*id).stem).collect();
                seen.extend(stems.iter().map(|stem| format!("{begin}{stem}")));
                seen.extend(stems.windows(2).map(|pair| format!("{begin}{} {}", pair[0], pair[1])));
            }
            seen
        };
        let reaches = sums.iter().map(|sum| if *sum + ROUNDING >= 1.0 { 1.0 } else { 0.0 });
        Self {
            views: VIEWS.iter().zip(stretches).map(view).collect(),
            rules: sums.iter().map(|sum| sum.clamp(0.0, MOST_SUM)).chain(reaches).collect(),
        }
    }
}

/// Returns what the views see of a passage with these words and sentences, in which terms that say
/// what it is about stand at `anchors`, first and last word; the whole alone where none is asked for.
pub(crate) fn stretches(
    words: WordsIn<'_>,
    sentences: &[Span],
    anchors: Option<&[Range<usize>]>,
) -> Stretches {
    let n_words = words.ids.len();
    let whole: Vec<Range<usize>> = std::iter::once(0..n_words).collect();
    let Some(anchors) = anchors else { return vec![whole] };
    let place = |byte: u32| words.spans.partition_point(|span| span.start < byte);
    let sentences: Vec<Range<usize>> =
        sentences.iter().map(|span| place(span.start)..place(span.end)).collect();
    let sentence_of = |at: usize| {
        let next = sentences.partition_point(|one| one.end <= at);
        sentences.get(next).filter(|one| one.contains(&at)).cloned()
    };
    let mut about: Vec<Range<usize>> = Vec::new();
    let mut near: Vec<Range<usize>> = Vec::new();
    for anchor in anchors {
        let sentence = sentence_of(anchor.start).unwrap_or(0..n_words);
        let start = anchor.start.saturating_sub(NEAR).max(sentence.start);
        let end = (anchor.end + NEAR).min(sentence.end).max(anchor.end);
        match near.last_mut().filter(|last| last.end >= start) {
            Some(last) => last.end = last.end.max(end),
            None => near.push(start..end),
        }
        if about.last() != Some(&sentence) {
            about.push(sentence);
        }
    }
    vec![whole, about, near]
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::Words;

    #[test]
    fn views_see_what_is_near() {
        let text = "It rains. We went on, and on, and on, and on, and on, and the Internet grew. \
                    No more. Online we met.";
        let mut lexicon = Lexicon::new();
        let words = Words::of_text(text, &mut lexicon);
        let words = words.all();
        let at = |wanted: &str| {
            let is_it = |span: &Span| text.get(span.range()) == Some(wanted);
            let at = words.spans.iter().position(is_it).unwrap();
            at..at + 1
        };
        let sentences = onrecord_text::sentences(text, Span::from_range(0..text.len()));
        let anchors = [at("Internet"), at("Online")];
        let seen = stretches(words, &sentences, Some(&anchors));
        let shown = |stretch: &Range<usize>| {
            let [first, last] = [stretch.start, stretch.end - 1].map(|at| words.spans[at]);
            text.get(first.start as usize..last.end as usize).unwrap()
        };
        let shown: Vec<Vec<&str>> =
            seen.iter().map(|view| view.iter().map(shown).collect()).collect();
        assert_eq!(shown[0], [text.strip_suffix('.').unwrap()]);
        assert_eq!(shown[1][1..], ["Online we met"]);
        assert_eq!(
            shown[2],
            ["and on, and on, and on, and on, and the Internet grew", "Online we met"]
        );
        assert_eq!(stretches(words, &sentences, None), seen[..1]);
        let features = Features::of(words, &lexicon, &[0.5, 3.0], &seen);
        assert!(features.views[2].contains(&"near:internet grew".to_owned()), "{features:?}");
        assert_eq!(features.rules, [0.5, 2.0, 0.0, 1.0]);
    }
}
