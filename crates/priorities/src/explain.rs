//! Why a passage has the labels that it has, and what would change them.

use crate::Classifier;
use crate::classifier::{Scanned, Weighed};
use crate::compiled::Subject;
use crate::features::Features;
use crate::linear::Row;
use crate::model::Output;
use crate::scan::{Obstacle, Scan};
use onrecord_model::{Document, Label, Passage, Span};
use onrecord_text::{Lexicon, Words};
use serde::Serialize;
use std::collections::BTreeMap;

/// All that decides on the labels of a passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Whether the passage was said or stated: headings, header lines and notes get no labels.
    pub is_speech: bool,
    /// Whether the passage is about the subject at all; none where the taxonomy does not ask.
    pub gate: Option<GateExplanation>,
    /// What it says of each priority, in the order of the taxonomy.
    pub priorities: Vec<PriorityExplanation>,
}

/// Why a passage is about the subject, or is not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateExplanation {
    /// Whether it is.
    pub passes: bool,
    /// The sum of weights in the passage itself.
    pub sum: f32,
    /// The sum that is needed.
    pub threshold: f32,
    /// The terms of the gate in the passage.
    pub terms: Vec<TermShare>,
    /// The headings and lines above that pass for it.
    pub above: Vec<Span>,
}

/// Why a passage has a label, or has not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorityExplanation {
    /// The id of the priority.
    pub priority_id: String,
    /// What gives the label: `rules`, `model` or `both`; none where it is not given.
    pub method: Option<&'static str>,
    /// The score of the label, 0 to 1, where it is given.
    pub score: Option<f32>,
    /// The sum of the weights of terms.
    pub sum: f32,
    /// The sum that is enough by the rules.
    pub threshold: f32,
    /// The occurrences of terms that count, in text order.
    pub terms: Vec<TermShare>,
    /// The occurrences of terms that do not count, in text order.
    pub passed_over: Vec<PassedOver>,
    /// The likelihood by learned weights, 0 to 1, where they decide.
    pub likelihood: Option<f64>,
    /// The likelihood that is enough.
    pub likelihood_threshold: Option<f64>,
    /// What speaks for and against it by learned weights, most first; the shares add up to the
    /// logit of the likelihood, ln(p / (1 − p)).
    pub features: Vec<FeatureShare>,
    /// What becomes of the passage's rows without each term, in the order of their first
    /// occurrences.
    pub without: Vec<Consequence>,
}

/// An occurrence of a term, and what it adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermShare {
    /// The term as the taxonomy writes it.
    pub rule: String,
    /// The line of the taxonomy's file, counted from 1.
    pub line: usize,
    /// Where it stands, in bytes of the document's text.
    pub span: Span,
    /// Its weight.
    pub weight: f32,
    /// The share of it that counts where it stands: less in a long list or a name.
    pub share: f32,
    /// What it adds to the sum: nothing but where it counts most in the passage.
    pub added: f32,
}

/// An occurrence of a term that does not count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassedOver {
    /// The term as the taxonomy writes it.
    pub rule: String,
    /// The line of the taxonomy's file, counted from 1.
    pub line: usize,
    /// Where it stands, in bytes of the document's text.
    pub span: Span,
    /// Why: `excluded`, `not-near`, or `overlapped` by a term that counts.
    pub why: &'static str,
}

/// What a passage shows of itself, and what that adds to the logit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureShare {
    /// A stem or a pair of stems, of the passage, of the sentences about the subject (`sentence:`) or
    /// of what is near the terms that say so (`near:`); in brackets what the rules say of a priority.
    pub feature: String,
    /// How much of it the passage shows.
    pub value: f64,
    /// Its learned weight.
    pub weight: f64,
    /// What it adds.
    pub added: f64,
}

/// What becomes of a passage's rows if the taxonomy did not have a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Consequence {
    /// The term.
    pub rule: String,
    /// The ids of the priorities whose labels go.
    pub labels_lost: Vec<String>,
    /// The ids of the priorities whose labels come.
    pub labels_gained: Vec<String>,
    /// The mentions that go: priority, term, place.
    pub mentions_lost: Vec<(String, String, Span)>,
    /// The mentions that come: shorter terms that count in its place, and those of labels that come.
    pub mentions_gained: Vec<(String, String, Span)>,
}

impl Classifier {
    /// Explains the labels of a passage.
    ///
    /// `words` are those of the document's passages in `lexicon`, which this classifier
    /// [made](Self::lexicon). Weights stay as they are when a term is thought away, although they were
    /// learned with it.
    pub fn explain(
        &self,
        document: &Document,
        passage: &Passage,
        words: &Words,
        lexicon: &Lexicon,
    ) -> Explanation {
        let own = words.within(passage.span);
        let mut scanned = Scanned::default();
        let scan_of = |span: Span| {
            Scan::new(&self.compiled, document.slice(span), span.start, words.within(span), lexicon)
        };
        let above = self.speaking_above(passage, own.ids.len(), &mut scanned, scan_of);
        let scan = scan_of(passage.span);
        let above_scans: Vec<&Scan<'_>> =
            above.iter().filter_map(|span| scanned.get(span)).collect();
        let is_speech = passage.kind.is_speech();
        let passes = is_speech && (!above.is_empty() || self.passes(&scan));
        let gate = self.gate_explanation(&scan, passage, passes, &above);
        let weighed = self.weigh(&scan, &above_scans);
        let features = self.features(&scan, passage, &weighed, own, lexicon);
        let model = self.model.as_ref().filter(|_| above.is_empty() && passes);
        let row = model.map(|model| model.vocabulary.row(&features));
        let before = self.labels_of(document, passage);
        let explain = |(place, weighed): (usize, &Weighed)| {
            let decided =
                row.as_ref().and_then(|row| Some((model?.outputs.get(place)?.as_ref()?, row)));
            let judged = passes.then(|| self.judge(place, weighed, row.as_ref())).flatten();
            let priority = &self.compiled.priorities[place];
            PriorityExplanation {
                priority_id: priority.id.to_string(),
                method: judged.map(|(_, method)| method.name()),
                score: judged.map(|(score, _)| score),
                sum: positive(weighed.sum),
                threshold: weighed.threshold,
                terms: self.term_shares(&scan, &priority.subject, weighed, passage.span.start),
                passed_over: self.passed_over(place, &scan, &above_scans, weighed, passage),
                likelihood: decided.map(|(output, row)| output.likelihood(row)),
                likelihood_threshold: decided.map(|(output, _)| output.threshold),
                features: decided
                    .map(|(output, row)| self.feature_shares(output, row, &features))
                    .unwrap_or_default(),
                without: self.consequences(place, weighed, document, passage, &before),
            }
        };
        let priorities = weighed.iter().enumerate().map(explain).collect();
        Explanation { is_speech, gate, priorities }
    }

    /// Explains whether a passage is about the subject, if the taxonomy asks.
    fn gate_explanation(
        &self,
        scan: &Scan<'_>,
        passage: &Passage,
        passes: bool,
        above: &[Span],
    ) -> Option<GateExplanation> {
        let subject = &self.compiled.gate.as_ref()?.subject;
        let hits = scan.hits(&self.compiled, self.compiled.gate_place(), &[]);
        let weights = self.added_weights(scan, subject, &hits);
        let (sum, threshold) = (weights.iter().sum(), subject.threshold);
        let weighed = Weighed { hits, weights, sum, threshold };
        Some(GateExplanation {
            passes,
            sum: positive(sum),
            threshold,
            terms: self.term_shares(scan, subject, &weighed, passage.span.start),
            above: above.to_vec(),
        })
    }

    fn term_shares(
        &self,
        scan: &Scan<'_>,
        subject: &Subject,
        weighed: &Weighed,
        start: u32,
    ) -> Vec<TermShare> {
        let hits = weighed.hits.iter().zip(&weighed.weights);
        hits.map(|(hit, added)| {
            let term = &subject.terms[hit.term];
            TermShare {
                rule: term.rule.to_string(),
                line: term.line,
                span: scan.span(hit).shifted(start),
                weight: term.weight,
                share: scan.share(&self.compiled.counting, hit),
                added: *added,
            }
        })
        .collect()
    }

    fn passed_over(
        &self,
        place: usize,
        scan: &Scan<'_>,
        above: &[&Scan<'_>],
        weighed: &Weighed,
        passage: &Passage,
    ) -> Vec<PassedOver> {
        let terms = &self.compiled.priorities[place].subject.terms;
        let passed_over = scan.passed_over(&self.compiled, place, above, &weighed.hits);
        let shown = passed_over.into_iter().map(|(hit, obstacle)| PassedOver {
            rule: terms[hit.term].rule.to_string(),
            line: terms[hit.term].line,
            span: scan.span(&hit).shifted(passage.span.start),
            why: match obstacle {
                Obstacle::Excluded => "excluded",
                Obstacle::NotNear => "not-near",
                Obstacle::Overlapped => "overlapped",
            },
        });
        shown.collect()
    }

    /// Lists what adds to the logit of a likelihood, the most first, ties by name.
    fn feature_shares(&self, output: &Output, row: &Row, features: &Features) -> Vec<FeatureShare> {
        let Some(model) = &self.model else { return Vec::new() };
        let n_priorities = self.compiled.priorities.len();
        let words: BTreeMap<u32, &String> = features
            .views
            .iter()
            .flatten()
            .filter_map(|word| Some((*model.vocabulary.numbers.get(word)?, word)))
            .collect();
        let name = |feature: usize| {
            let id = self.compiled.priorities.get(feature % n_priorities.max(1));
            let id = id.map(|priority| priority.id.to_string()).unwrap_or_default();
            match feature / n_priorities.max(1) {
                0 => format!("[sum of {id}]"),
                1 => format!("[{id} by rules]"),
                _ if feature == 2 * n_priorities => "[constant]".to_owned(),
                _ => {
                    let word = (feature - 2 * n_priorities - 1) as u32;
                    words.get(&word).map(|word| (*word).clone()).unwrap_or_default()
                }
            }
        };
        let [slope, offset] = output.calibration;
        let mut shares: Vec<FeatureShare> = row
            .iter()
            .map(|&(feature, value)| {
                let weight = output.weights[feature as usize];
                let feature = name(feature as usize);
                let constant = if feature == "[constant]" { offset } else { 0.0 };
                FeatureShare { feature, value, weight, added: slope * weight * value + constant }
            })
            .filter(|share| share.added != 0.0)
            .collect();
        shares.sort_by(|a, b| {
            b.added.abs().total_cmp(&a.added.abs()).then_with(|| a.feature.cmp(&b.feature))
        });
        shares
    }

    /// Labels a passage anew, with a lexicon of its own.
    fn labels_of(&self, document: &Document, passage: &Passage) -> Vec<Label> {
        let above = passage.heading_path.last().copied().into_iter().chain(passage.lead_in);
        let mut stretches: Vec<Passage> = above
            .map(|span| Passage {
                span,
                kind: onrecord_model::BlockKind::Heading(1),
                ..passage.clone()
            })
            .collect();
        stretches.push(passage.clone());
        stretches.sort_by_key(|passage| passage.span);
        let mut lexicon = self.lexicon();
        let words = Words::of(document, &stretches, &mut lexicon);
        self.label(document, std::slice::from_ref(passage), &words, &lexicon)
    }

    /// Labels a passage without each of the terms that count for a priority.
    fn consequences(
        &self,
        place: usize,
        weighed: &Weighed,
        document: &Document,
        passage: &Passage,
        before: &[Label],
    ) -> Vec<Consequence> {
        let terms = &self.compiled.priorities[place].subject.terms;
        let mut rules: Vec<&str> = Vec::new();
        for hit in &weighed.hits {
            let rule = &*terms[hit.term].rule;
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        rules
            .into_iter()
            .map(|rule| {
                let less = self.with_taxonomy(&self.taxonomy.without(place, rule));
                consequence(rule, before, &less.labels_of(document, passage))
            })
            .collect()
    }
}

/// Returns a sum that is shown: floating-point numbers sum to −0 where there are none.
fn positive(sum: f32) -> f32 {
    sum.max(0.0)
}

fn consequence(rule: &str, before: &[Label], after: &[Label]) -> Consequence {
    let ids = |labels: &[Label]| -> Vec<String> {
        labels.iter().map(|label| label.priority.to_string()).collect()
    };
    let mentions = |labels: &[Label]| -> Vec<(String, String, Span)> {
        let of_label = |label: &Label| -> Vec<(String, String, Span)> {
            let evidence = label.evidence.iter();
            let id = label.priority.to_string();
            evidence.map(|one| (id.clone(), one.rule.to_string(), one.span)).collect()
        };
        labels.iter().flat_map(of_label).collect()
    };
    Consequence {
        rule: rule.to_owned(),
        labels_lost: without(ids(before), &ids(after)),
        labels_gained: without(ids(after), &ids(before)),
        mentions_lost: without(mentions(before), &mentions(after)),
        mentions_gained: without(mentions(after), &mentions(before)),
    }
}

/// Returns what is not among others.
fn without<T: PartialEq>(mut all: Vec<T>, others: &[T]) -> Vec<T> {
    all.retain(|one| !others.contains(one));
    all
}
