use crate::Taxonomy;
use crate::compiled::{Compiled, Subject, opens_gate};
use crate::scan::{Hit, Scan};
use onrecord_model::{BlockKind, Document, Evidence, Label, Method, Passage, Span};
use onrecord_text::{Lexicon, Words, WordsIn};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far below its threshold a sum of weights may end by rounding.
const ROUNDING: f32 = 1e-4;

/// A taxonomy made ready to match; shared between threads.
#[derive(Clone, Debug)]
pub struct Classifier {
    compiled: Arc<Compiled>,
}

/// Headings and lead-ins that were scanned for earlier passages of a document.
type Scanned<'a> = BTreeMap<Span, Scan<'a>>;

impl Classifier {
    /// Makes a taxonomy ready to match.
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self { compiled: Arc::new(Compiled::new(taxonomy)) }
    }

    /// Makes a lexicon that marks the words of the taxonomy: with it, labelling passes quickly
    /// over texts that hold none of them.
    pub fn lexicon(&self) -> Lexicon {
        let compiled = Arc::clone(&self.compiled);
        Lexicon::marking(move |word| compiled.mark(word))
    }

    /// Labels the passages of a document, by passage, then in the order of the taxonomy.
    ///
    /// `words` are those of the passages in `lexicon`, which is best one that
    /// [`lexicon`](Self::lexicon) made. Headings, headers and notes get no label; a passage may get several, or none. Evidence
    /// lies inside its passage, in text order. The score is `1 - exp(-sum)` of the weights.
    pub fn label(
        &self,
        document: &Document,
        passages: &[Passage],
        words: &Words,
        lexicon: &Lexicon,
    ) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut scanned = Scanned::default();
        for passage in passages.iter().filter(|passage| passage.kind.is_speech()) {
            let own = words.within(passage.span);
            let scan_of = |span: Span| {
                let text = document.slice(span);
                Scan::new(&self.compiled, text, span.start, words.within(span), lexicon)
            };
            let above = self.speaking_above(passage, own.ids.len(), &mut scanned, scan_of);
            if above.is_empty() && !self.may_pass(document.text(), own, lexicon) {
                continue;
            }
            let scan = scan_of(passage.span);
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
        passage: &Passage,
        n_words: usize,
        scanned: &mut Scanned<'a>,
        scan_of: impl Fn(Span) -> Scan<'a>,
    ) -> Vec<Span> {
        let Some(gate) = &self.compiled.gate else { return Vec::new() };
        if passage.kind != BlockKind::ListItem && n_words > gate.short_passage as usize {
            return Vec::new();
        }
        let mut above: Vec<Span> =
            passage.heading_path.last().copied().into_iter().chain(passage.lead_in).collect();
        above.retain(|&span| {
            let scan = scanned.entry(span).or_insert_with(|| scan_of(span));
            self.passes(scan)
        });
        above
    }

    /// Tells quickly whether a text may be about the taxonomy's subject, by the weights that it
    /// would have if every term counted.
    fn may_pass(&self, text: &str, words: WordsIn<'_>, lexicon: &Lexicon) -> bool {
        let Some(gate) = &self.compiled.gate else { return true };
        let mut sum = 0.0;
        gate.matcher.any(text, words, lexicon, opens_gate, |phrase| {
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
