//! Where a quote stands in a source, word for word.

use super::pattern::{Part, Pattern, Piece};
use super::source::{BARRIER, Forms, SourceText};
use onrecord_model::Span;
use onrecord_text::fold;
use std::collections::BTreeMap;

/// The most words that one bracket may stand for: a clause.
pub(crate) const MAX_REPLACED: usize = 12;

/// The most places of one part that are looked at in a document: words such as `of the` stand
/// everywhere in a long one.
const MAX_PLACES: usize = 2_000;

/// The fewest letters that an ending or beginning changed in brackets leaves of a word.
const MIN_KEPT_LETTERS: usize = 3;

/// The most steps that are tried in a document for one part with brackets: some milliseconds'
/// work, far more than sentences take.
const MAX_STEPS: usize = 1_000_000;

/// Remarks of editors that stand for no words, folded.
const REMARKS: [&str; 4] = ["sic", "emphasis added", "emphasis mine", "italics added"];

/// A pattern with its words numbered.
#[derive(Debug)]
pub(crate) struct Numbered {
    parts: Vec<Vec<Step>>,
}

#[derive(Clone, Debug)]
enum Step {
    Word { number: u32, quote: Span },
    Changed { number: u32, before: String, behind: String, quote: Span },
    Bracket { numbers: Vec<u32>, most: usize, quote: Span },
}

/// Where all of a quote stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Its parts, in order.
    pub(crate) parts: Vec<PartMatch>,
}

/// Where a part of a quote stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartMatch {
    /// The first word, by its place among those of the source.
    pub(crate) first: usize,
    /// The place behind the last word.
    pub(crate) end: usize,
    /// Each word of the part, with the word of the source that it is.
    pub(crate) pairs: Vec<(Span, usize)>,
    /// What brackets stand for.
    pub(crate) edits: Vec<Edit>,
}

/// What a bracket stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// The bracket, or the word that it changes, in the quote.
    pub(crate) quote: Span,
    /// The words of the source in its place, up to the second.
    pub(crate) replaced: (usize, usize),
    /// Whether it changes a word's letters or case only.
    pub(crate) is_part: bool,
}

impl Match {
    /// Returns the places of the first word and behind the last.
    pub(crate) fn bounds(&self) -> (usize, usize) {
        let first = self.parts.first().map_or(0, |part| part.first);
        (first, self.parts.last().map_or(first, |part| part.end))
    }

    /// Counts the words that brackets stand for.
    pub(crate) fn n_replaced(&self) -> usize {
        let edits = self.parts.iter().flat_map(|part| &part.edits);
        edits.map(|edit| edit.replaced.1 - edit.replaced.0).sum()
    }

    /// Counts the words between its parts.
    pub(crate) fn n_omitted(&self) -> usize {
        let gaps = self.parts.windows(2).map(|pair| match pair {
            [a, b] => b.first.saturating_sub(a.end),
            _ => 0,
        });
        gaps.sum()
    }
}

/// Numbers the words of a pattern.
pub(crate) fn number(pattern: &Pattern, forms: &mut Forms) -> Numbered {
    let parts = pattern.parts.iter().map(|part| number_part(part, forms));
    Numbered { parts: parts.collect() }
}

fn number_part(part: &Part, forms: &mut Forms) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(part.pieces.len());
    for piece in &part.pieces {
        match piece {
            Piece::Word(word) => {
                steps.push(Step::Word { number: forms.number(&word.form), quote: word.span });
            }
            Piece::Changed { word, before, behind } => steps.push(Step::Changed {
                number: forms.number(&word.form),
                before: before.clone(),
                behind: behind.clone(),
                quote: word.span,
            }),
            Piece::Bracket { span, words } => {
                let written: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
                let is_remark = written.is_empty() || REMARKS.contains(&written.join(" ").as_str());
                let most = if is_remark { 0 } else { MAX_REPLACED };
                let numbers = words.iter().map(|word| forms.number(&word.form)).collect();
                push_bracket(Step::Bracket { numbers, most, quote: *span }, &mut steps);
            }
            Piece::Note(_) => {}
        }
    }
    steps
}

/// Appends a bracket; one right behind another goes on with it.
fn push_bracket(bracket: Step, steps: &mut Vec<Step>) {
    match (steps.last_mut(), bracket) {
        (
            Some(Step::Bracket { numbers, most, quote }),
            Step::Bracket { numbers: more, most: also, quote: behind },
        ) => {
            numbers.extend(more);
            *most = also.max(*most);
            quote.end = behind.end;
        }
        (_, bracket) => steps.push(bracket),
    }
}

impl Numbered {
    /// Finds the places where all parts stand in order, by their first words; for each first
    /// place, the next ones that are nearest.
    pub(crate) fn find(&self, source: &SourceText) -> Vec<Match> {
        let places: Vec<Vec<PartMatch>> =
            (0..self.parts.len()).map(|part| self.places(part, source)).collect();
        let Some((firsts, rest)) = places.split_first() else { return Vec::new() };
        let chain = |first: &PartMatch| {
            let mut parts = vec![first.clone()];
            for places in rest {
                let behind = parts.last().map_or(0, |part| part.end);
                let next = places.partition_point(|place| place.first < behind);
                parts.push(places.get(next)?.clone());
            }
            Some(Match { parts })
        };
        firsts.iter().filter_map(chain).collect()
    }

    /// Finds where one part stands, in order.
    pub(crate) fn places(&self, part: usize, source: &SourceText) -> Vec<PartMatch> {
        let Some(steps) = self.parts.get(part) else { return Vec::new() };
        let is_bracket = |step: &Step| matches!(step, Step::Bracket { .. });
        let n_leading = steps.iter().take_while(|step| is_bracket(step)).count();
        let (leading, steps) = steps.split_at(n_leading);
        let n_kept = steps.len() - steps.iter().rev().take_while(|step| is_bracket(step)).count();
        let (steps, trailing) = steps.split_at(n_kept);
        let Some(first) = steps.first() else { return Vec::new() };
        let places = (0..source.numbers.len()).filter(|&at| fits(first, source, at));
        let at_edge = |steps: &[Step], at: usize| -> Vec<Edit> {
            let edit = |step: &Step| match step {
                Step::Bracket { quote, .. } => {
                    Some(Edit { quote: *quote, replaced: (at, at), is_part: false })
                }
                Step::Word { .. } | Step::Changed { .. } => None,
            };
            steps.iter().filter_map(edit).collect()
        };
        let mut n_left = MAX_STEPS;
        let found = places.filter_map(|at| {
            let mut place = match_at(steps, source, at, &mut n_left)?;
            place.edits.splice(0..0, at_edge(leading, place.first));
            place.edits.extend(at_edge(trailing, place.end));
            Some(place)
        });
        found.take(MAX_PLACES).collect()
    }
}

/// Tells whether a word of the source is what a step asks for.
fn fits(step: &Step, source: &SourceText, at: usize) -> bool {
    let Some(&there) = source.numbers.get(at) else { return false };
    match step {
        Step::Word { number, .. } => *number == there,
        Step::Changed { number, before, behind, .. } => {
            *number == there || (there != BARRIER && keeps(source, at, before, behind))
        }
        Step::Bracket { .. } => false,
    }
}

/// Tells whether a word of the source has the letters that a bracket left.
fn keeps(source: &SourceText, at: usize, before: &str, behind: &str) -> bool {
    let written = source.spans.get(at).map(|span| source.slice(*span)).unwrap_or_default();
    let form = fold(written).text;
    let n_kept = before.chars().count().max(behind.chars().count());
    n_kept >= MIN_KEPT_LETTERS
        && form.len() >= before.len() + behind.len()
        && form.starts_with(before)
        && form.ends_with(behind)
}

/// Matches steps from a word of the source on.
fn match_at(
    steps: &[Step],
    source: &SourceText,
    at: usize,
    n_left: &mut usize,
) -> Option<PartMatch> {
    if steps.iter().all(|step| matches!(step, Step::Word { .. })) {
        let mut pairs = Vec::with_capacity(steps.len());
        for (behind, step) in steps.iter().enumerate() {
            let Step::Word { number, quote } = step else { return None };
            if source.numbers.get(at + behind) != Some(number) {
                return None;
            }
            pairs.push((*quote, at + behind));
        }
        return Some(PartMatch { first: at, end: at + steps.len(), pairs, edits: Vec::new() });
    }
    let reached = reach(steps, source, at, n_left)?;
    Some(trace_back(steps, source, at, &reached))
}

/// The places that are reached behind each step: what it cost, and where the step began.
type Reached = BTreeMap<usize, (usize, usize)>;

/// Follows all ways in which brackets may stand for words, up to as many steps as are left.
fn reach(
    steps: &[Step],
    source: &SourceText,
    at: usize,
    n_left: &mut usize,
) -> Option<Vec<Reached>> {
    let mut reached: Vec<Reached> = Vec::with_capacity(steps.len());
    let mut current: Reached = BTreeMap::from([(at, (0, at))]);
    for step in steps {
        let mut next = Reached::new();
        *n_left = n_left.checked_sub(current.len() * MAX_REPLACED)?;
        for (&place, &(cost, _)) in &current {
            let mut offer = |end: usize, added: usize| {
                let offered = (cost + added, place);
                let known = next.entry(end).or_insert(offered);
                *known = offered.min(*known);
            };
            match step {
                Step::Word { .. } | Step::Changed { .. } => {
                    if fits(step, source, place) {
                        offer(place + 1, 0);
                    }
                }
                Step::Bracket { numbers, most, .. } => {
                    let words = source.numbers.get(place..).unwrap_or_default();
                    if !numbers.is_empty() && words.starts_with(numbers) {
                        offer(place + numbers.len(), 0);
                    }
                    let n_open = words.iter().take_while(|&&word| word != BARRIER).count();
                    for n_replaced in 0..=n_open.min(*most) {
                        offer(place + n_replaced, 1 + n_replaced);
                    }
                }
            }
        }
        if next.is_empty() {
            return None;
        }
        reached.push(next.clone());
        current = next;
    }
    Some(reached)
}

fn trace_back(steps: &[Step], source: &SourceText, at: usize, reached: &[Reached]) -> PartMatch {
    let best = reached.last().and_then(|last| {
        last.iter().min_by_key(|&(&end, &(cost, _))| (cost, end)).map(|(&end, _)| end)
    });
    let mut place = best.unwrap_or(at);
    let mut found = PartMatch { first: at, end: place, ..PartMatch::default() };
    for (step, reached) in steps.iter().zip(reached).rev() {
        let start = reached.get(&place).map_or(place, |&(_, start)| start);
        match step {
            Step::Word { quote, .. } => found.pairs.push((*quote, start)),
            Step::Changed { quote, .. } => {
                found.pairs.push((*quote, start));
                found.edits.push(Edit { quote: *quote, replaced: (start, place), is_part: true });
            }
            // The source has the bracket too: words like any other.
            Step::Bracket { numbers, .. } if is_of_source(source, numbers, start, place) => {}
            Step::Bracket { quote, .. } => {
                found.edits.push(Edit { quote: *quote, replaced: (start, place), is_part: false });
            }
        }
        place = start;
    }
    found.pairs.reverse();
    found.edits.reverse();
    found
}

/// Tells whether words stand in square brackets in the source itself.
fn is_of_source(source: &SourceText, numbers: &[u32], first: usize, end: usize) -> bool {
    if first >= end || source.numbers.get(first..end) != Some(numbers) {
        return false;
    }
    let span = source.span_of(first, end);
    let before = source.text.get(..span.start as usize).unwrap_or_default();
    let behind = source.text.get(span.end as usize..).unwrap_or_default();
    before.ends_with('[') && behind.trim_start_matches(['.', ',']).starts_with(']')
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "tests cut texts that they know")]
mod tests {
    use super::*;
    use crate::check::pattern::read_pattern;

    const SPEECH: &str = "The harbor is ours. We will not sell its old piers to a company of \
        strangers. (Applause.) The nation builds, the nation [of Kelmara] sails. We will wait.";

    /// Writes what of the source each part matched, and what brackets stand for.
    fn shown(quote: &str, source: &SourceText, forms: &mut Forms) -> String {
        let found = number(&read_pattern(quote), forms).find(source);
        let best = found.iter().min_by_key(|found| (found.n_replaced(), found.n_omitted()));
        let Some(found) = best else { return "none".into() };
        let parts = found.parts.iter().map(|part| {
            let edits = part.edits.iter().map(|edit| {
                let (first, end) = edit.replaced;
                let replaced =
                    if first == end { "" } else { source.slice(source.span_of(first, end)) };
                format!("<{}={replaced}>", &quote[edit.quote.range()])
            });
            let edits: String = edits.collect();
            format!("{}{edits}", source.slice(source.span_of(part.first, part.end)))
        });
        parts.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn quotes_are_found_word_for_word() {
        let mut forms = Forms::default();
        let source = SourceText::of(&[(Some("Ada Vale"), SPEECH)], &mut forms);
        for (quote, expected) in [
            ("the harbor is ours", "The harbor is ours"),
            ("the harbor was ours", "none"),
            ("We will … wait", "We will | wait"),
            ("wait … we will", "none"),
            ("strangers. The nation builds", "strangers. (Applause.) The nation builds"),
            ("sell [the city’s] old piers", "sell its old piers<[the city’s]=its>"),
            ("sell its [sic] old piers", "sell its old piers<[sic]=>"),
            ("sell [sic] old piers", "none"),
            ("We will [never] wait", "We will wait<[never]=>"),
            ("We will [gladly] sell", "We will not sell<[gladly]=not>"),
            ("[W]e will wait", "We will wait<[W]e=We>"),
            ("[w]e will wait", "We will wait<[w]e=We>"),
            ("[th]e will wait", "none"),
            ("the nation build[s]", "The nation builds<build[s]=builds>"),
            ("its old pier[]", "none"),
            ("nation [of Kelmara] sails", "nation [of Kelmara] sails"),
            ("the nation [of ours] sails", "the nation [of Kelmara] sails<[of ours]=of Kelmara>"),
            ("[They] will not sell", "will not sell<[They]=>"),
        ] {
            assert_eq!(shown(quote, &source, &mut forms), expected, "{quote}");
        }
    }

    #[test]
    fn words_of_two_speakers_are_no_stretch() {
        let mut forms = Forms::default();
        let turns = [(Some("Ada Vale"), "We act now."), (Some("Ben Moss"), "We wait.")];
        let source = SourceText::of(&turns, &mut forms);
        assert_eq!(shown("now. We wait", &source, &mut forms), "none");
        assert_eq!(shown("act … wait", &source, &mut forms), "act | wait");
        let paragraphs = [(Some("Ada Vale"), "We act now."), (None, "(Applause.)")];
        let more = [(Some("Ada Vale"), "We win.")];
        let source = SourceText::of(&[&paragraphs[..], &more[..]].concat(), &mut forms);
        assert_eq!(shown("now. We win", &source, &mut forms), "now.\n\n(Applause.)\n\nWe win");
    }

    #[test]
    fn many_brackets_take_no_time() {
        let mut forms = Forms::default();
        let source = SourceText::of(&[(None, &"a ".repeat(2_000))], &mut forms);
        let quote = "a [b] ".repeat(30);
        assert!(!number(&read_pattern(&quote), &mut forms).find(&source).is_empty());
    }
}
