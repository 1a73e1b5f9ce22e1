use crate::Taxonomy;
use crate::compiled::{Compiled, Subject};
use crate::scan::{Hit, Scan};
use onrecord_model::{BlockKind, Document, Evidence, Label, Method, Passage, Span};
use onrecord_text::Lexicon;
use std::collections::BTreeMap;

/// How far below its threshold a sum of weights may end by rounding.
const ROUNDING: f32 = 1e-4;

/// A taxonomy made ready to match; shared between threads.
#[derive(Clone, Debug)]
pub struct Classifier {
    compiled: Compiled,
}

/// Headings and lead-ins that were scanned for earlier passages of a document.
type Scanned<'a> = BTreeMap<Span, Scan<'a>>;

impl Classifier {
    /// Makes a taxonomy ready to match.
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self { compiled: Compiled::new(taxonomy) }
    }

    /// Labels the passages of a document, by passage, then in the order of the taxonomy.
    ///
    /// Headings, headers and notes get no label; a passage may get several, or none. Evidence
    /// lies inside its passage, in text order. The score is `1 - exp(-sum)` of the weights.
    pub fn label(
        &self,
        lexicon: &mut Lexicon,
        document: &Document,
        passages: &[Passage],
    ) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut scanned = Scanned::default();
        for passage in passages.iter().filter(|passage| passage.kind.is_speech()) {
            let text = document.slice(passage.span);
            let above = self.speaking_above(document, passage, &mut scanned, lexicon);
            if above.is_empty() && !self.may_pass(text, lexicon) {
                continue;
            }
            let scan = Scan::new(&self.compiled, text, lexicon);
            let above: Vec<&Scan<'_>> = above.iter().filter_map(|span| scanned.get(span)).collect();
            if !above.is_empty() || self.passes(&scan) {
                self.label_passage(&scan, &above, passage, &mut labels);
            }
        }
        labels
    }

    /// Returns the nearest heading and the lead-in of a passage too little to stand alone, those
    /// of them that pass the gate.
    fn speaking_above<'a>(
        &self,
        document: &'a Document,
        passage: &Passage,
        scanned: &mut Scanned<'a>,
        lexicon: &mut Lexicon,
    ) -> Vec<Span> {
        let Some(gate) = &self.compiled.gate else { return Vec::new() };
        if passage.kind != BlockKind::ListItem && passage.tokens > gate.short_passage {
            return Vec::new();
        }
        let mut above: Vec<Span> =
            passage.heading_path.last().copied().into_iter().chain(passage.lead_in).collect();
        above.retain(|&span| {
            let scan = scanned
                .entry(span)
                .or_insert_with(|| Scan::new(&self.compiled, document.slice(span), lexicon));
            self.passes(scan)
        });
        above
    }

    /// Tells quickly whether a text may be about the taxonomy's subject, by the weights that it
    /// would have if every term counted.
    fn may_pass(&self, text: &str, lexicon: &mut Lexicon) -> bool {
        let Some(gate) = &self.compiled.gate else { return true };
        let mut sum = 0.0;
        gate.matcher.any(text, lexicon, |phrase| {
            sum += gate.weights[phrase as usize];
            sum + ROUNDING >= gate.subject.threshold
        })
    }

    /// Tells whether a text by itself is about the taxonomy's subject.
    fn passes(&self, scan: &Scan<'_>) -> bool {
        let Some(gate) = &self.compiled.gate else { return true };
        let hits = scan.hits(&self.compiled, self.compiled.gate_place(), &[]);
        let sum: f32 = self.added_weights(scan, &gate.subject, &hits).iter().sum();
        sum + ROUNDING >= gate.subject.threshold
    }

    fn label_passage(
        &self,
        scan: &Scan<'_>,
        above: &[&Scan<'_>],
        passage: &Passage,
        labels: &mut Vec<Label>,
    ) {
        let counting = &self.compiled.counting;
        let is_long = scan.n_words() > counting.long_passage as usize;
        let factor = if is_long { counting.long_factor } else { 1.0 };
        for (place, priority) in self.compiled.priorities.iter().enumerate() {
            let hits = scan.hits(&self.compiled, place, above);
            let weights = self.added_weights(scan, &priority.subject, &hits);
            let sum: f32 = weights.iter().sum();
            if hits.is_empty() || sum + ROUNDING < priority.subject.threshold * factor {
                continue;
            }
            let evidence = hits.iter().zip(&weights).map(|(hit, &weight)| Evidence {
                span: scan.span(hit).shifted(passage.span.start),
                rule: priority.subject.terms[hit.term].rule.clone(),
                weight,
            });
            labels.push(Label {
                passage: passage.ordinal,
                priority: priority.id.clone(),
                score: 1.0 - (-sum).exp(),
                evidence: evidence.collect(),
                method: Method::Rules,
            });
        }
    }

    /// Returns what each occurrence adds to the sum: the term's weight at the first of its
    /// strongest occurrences, 0 at the others.
    fn added_weights(&self, scan: &Scan<'_>, subject: &Subject, hits: &[Hit]) -> Vec<f32> {
        let mut strongest: BTreeMap<&str, (usize, f32)> = BTreeMap::new();
        for (place, hit) in hits.iter().enumerate() {
            let term = &subject.terms[hit.term];
            let share = scan.share(&self.compiled.counting, hit);
            let best = strongest.entry(&term.rule).or_insert((place, 0.0));
            if term.weight * share > best.1 {
                *best = (place, term.weight * share);
            }
        }
        let mut weights = vec![0.0; hits.len()];
        for (place, weight) in strongest.into_values() {
            weights[place] = weight;
        }
        weights
    }
}
