use crate::compiled::{Compiled, CompiledPriority, Subject, opens_gate};
use crate::features::{Features, stretches};
use crate::linear::Row;
use crate::model::hash_of;
use crate::scan::{Hit, Scan};
use crate::{Model, Taxonomy};
use onrecord_model::{BlockKind, Document, Evidence, Label, Method, Passage, PriorityId, Span};
use onrecord_text::{Lexicon, Word, Words, WordsIn};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far below its threshold a sum of weights may end by rounding.
pub(crate) const ROUNDING: f32 = 1e-4;

/// A taxonomy made ready to match, with learned weights or without; shared between threads.
#[derive(Clone, Debug)]
pub struct Classifier {
    pub(crate) taxonomy: Arc<Taxonomy>,
    pub(crate) compiled: Arc<Compiled>,
    pub(crate) model: Option<Arc<Model>>,
    hash: [u8; 32],
}

/// What a passage says of a priority.
pub(crate) struct Weighed {
    /// The occurrences of its terms, in text order.
    pub(crate) hits: Vec<Hit>,
    /// What each adds to the sum.
    pub(crate) weights: Vec<f32>,
    pub(crate) sum: f32,
    /// The sum that gives the label.
    pub(crate) threshold: f32,
}

impl Weighed {
    pub(crate) fn is_enough(&self) -> bool {
        !self.hits.is_empty() && self.sum + ROUNDING >= self.threshold
    }
}

/// Returns the sums of weights of each priority, in thresholds.
pub(crate) fn in_thresholds(weighed: &[Weighed]) -> Vec<f32> {
    weighed.iter().map(|weighed| weighed.sum.max(0.0) / weighed.threshold).collect()
}

/// Headings and lead-ins that were scanned for earlier passages of a document.
pub(crate) type Scanned<'a> = BTreeMap<Span, Scan<'a>>;

impl Classifier {
    /// Makes the rules of a taxonomy ready to match.
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self {
            taxonomy: Arc::new(taxonomy.clone()),
            compiled: Arc::new(Compiled::new(taxonomy)),
            model: None,
            hash: taxonomy.hash(),
        }
    }

    /// Makes a taxonomy ready to match, with the weights that come with it if it is the built-in
    /// one.
    pub fn with_shipped_weights(taxonomy: &Taxonomy) -> Self {
        Self::new(taxonomy).with_weights(Model::shipped()).unwrap_or_else(|rules| rules)
    }

    /// Takes weights that were learned for the taxonomy.
    ///
    /// # Errors
    /// When they were learned for another one: the rules as they were.
    pub fn with_weights(self, model: Model) -> Result<Self, Self> {
        let is_for_this =
            model.taxonomy_hash() == blake3::Hash::from_bytes(self.hash).to_hex().as_str();
        if !is_for_this || model.outputs.len() != self.compiled.priorities.len() {
            return Err(self);
        }
        let hash = blake3::Hasher::new().update(&self.hash).update(&model.hash).finalize();
        Ok(Self { model: Some(Arc::new(model)), hash: *hash.as_bytes(), ..self })
    }

    /// Puts another taxonomy in place, to which the weights are applied although they were learned
    /// for this one; its priorities must be the same.
    pub(crate) fn with_taxonomy(&self, taxonomy: &Taxonomy) -> Self {
        Self { model: self.model.clone(), ..Self::new(taxonomy) }
    }

    /// Returns the taxonomy.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// Returns the BLAKE3 hash of all that labels depend on: the taxonomy and the weights.
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Returns the BLAKE3 hash of the weights; none where rules label alone.
    pub fn weights_hash(&self) -> Option<[u8; 32]> {
        self.model.as_ref().map(|model| model.hash)
    }

    /// Makes a lexicon that marks the words of the taxonomy: with it, labelling passes quickly
    /// over texts that hold none of them.
    pub fn lexicon(&self) -> Lexicon {
        Lexicon::marking(self.marking())
    }

    /// Returns what marks the words of the taxonomy.
    pub(crate) fn marking(&self) -> impl Fn(Word<'_>) -> u8 + Send + 'static {
        let compiled = Arc::clone(&self.compiled);
        move |word| compiled.mark(word)
    }

    /// Labels the passages of a document, by passage, then in the order of the taxonomy.
    ///
    /// `words` are those of the passages in `lexicon`, which is best one that
    /// [`lexicon`](Self::lexicon) made. Headings, headers and notes get no label; a passage may get
    /// several, or none. Evidence lies inside its passage, in text order; a label of the weights
    /// alone has none. The score is the likelihood by the weights, by rules alone `1 - exp(-sum)` of
    /// the weights of terms.
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
                self.label_passage((&scan, &above), passage, (own, lexicon), &mut labels);
            }
        }
        labels
    }

    /// Returns the nearest heading and the lead-in of a passage too little to stand alone, those
    /// of them that pass the gate.
    pub(crate) fn speaking_above<'a>(
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
    pub(crate) fn passes(&self, scan: &Scan<'_>) -> bool {
        let Some(gate) = &self.compiled.gate else { return true };
        let hits = scan.hits(&self.compiled, self.compiled.gate_place(), &[]);
        let sum: f32 = self.added_weights(scan, &gate.subject, &hits).iter().sum();
        sum + ROUNDING >= gate.subject.threshold
    }

    fn label_passage(
        &self,
        (scan, above): (&Scan<'_>, &[&Scan<'_>]),
        passage: &Passage,
        (words, lexicon): (WordsIn<'_>, &Lexicon),
        labels: &mut Vec<Label>,
    ) {
        let weighed = self.weigh(scan, above);
        // Weights are learned from passages that stand alone: what is too short to, and speaks by
        // its heading, is for the rules.
        let model = self.model.as_ref().filter(|_| above.is_empty());
        let row = model.map(|model| {
            model.vocabulary.row(&self.features(scan, passage, &weighed, words, lexicon))
        });
        for (place, (priority, weighed)) in
            self.compiled.priorities.iter().zip(&weighed).enumerate()
        {
            let Some((score, method)) = self.judge(place, weighed, row.as_ref()) else { continue };
            let hits = weighed.hits.iter().zip(&weighed.weights);
            let evidence =
                hits.filter(|_| method != Method::Model).map(|(hit, &weight)| Evidence {
                    span: scan.span(hit).shifted(passage.span.start),
                    rule: priority.subject.terms[hit.term].rule.clone(),
                    weight,
                });
            labels.push(Label {
                passage: passage.ordinal,
                priority: priority.id.clone(),
                score,
                evidence: evidence.collect(),
                method,
            });
        }
    }

    /// Tells whether a passage gets a label, how strongly, and by what: by the weights where there
    /// are any for the priority, else by the rules.
    pub(crate) fn judge(
        &self,
        place: usize,
        weighed: &Weighed,
        row: Option<&Row>,
    ) -> Option<(f32, Method)> {
        let output = self.model.as_ref().and_then(|model| model.outputs.get(place)?.as_ref());
        let Some((output, row)) = output.zip(row) else {
            return weighed.is_enough().then(|| (1.0 - (-weighed.sum).exp(), Method::Rules));
        };
        let likelihood = output.likelihood(row);
        let method = if weighed.is_enough() { Method::Both } else { Method::Model };
        (likelihood >= output.threshold).then_some((likelihood as f32, method))
    }

    /// Returns how near the labels of each passage are to being other ones: 0 where one is just given
    /// or just not, 1 where all are beyond doubt; by ordinal, of passages of speech that are by
    /// themselves about the taxonomy's subject.
    ///
    /// It is the least distance of a likelihood from the one that is enough, by rules alone that of a
    /// sum of weights in thresholds (uncertainty sampling: D. Lewis, W. Gale, "A sequential algorithm
    /// for training text classifiers", 1994).
    pub fn margins(
        &self,
        document: &Document,
        passages: &[Passage],
        words: &Words,
        lexicon: &Lexicon,
    ) -> Vec<(u32, f32)> {
        let mut margins = Vec::new();
        for passage in passages.iter().filter(|passage| passage.kind.is_speech()) {
            let own = words.within(passage.span);
            if !self.may_pass(document.text(), own, lexicon) {
                continue;
            }
            let (text, start) = (document.slice(passage.span), passage.span.start);
            let scan = Scan::new(&self.compiled, text, start, own, lexicon);
            if !self.passes(&scan) {
                continue;
            }
            let weighed = self.weigh(&scan, &[]);
            let row = self.model.as_ref().map(|model| {
                model.vocabulary.row(&self.features(&scan, passage, &weighed, own, lexicon))
            });
            let of_priority = |(place, weighed): (usize, &Weighed)| {
                let output =
                    self.model.as_ref().and_then(|model| model.outputs.get(place)?.as_ref());
                match output.zip(row.as_ref()) {
                    Some((output, row)) => (output.likelihood(row) - output.threshold).abs() as f32,
                    None => (weighed.sum / weighed.threshold - 1.0).abs(),
                }
            };
            let least = weighed.iter().enumerate().map(of_priority).fold(1.0, f32::min);
            margins.push((passage.ordinal, least));
        }
        margins
    }

    /// Returns, for a text that the weights were learned from, the labels by weights that were
    /// learned without it: others would flatter.
    pub(crate) fn held_out(&self, text: &str) -> Option<Vec<PriorityId>> {
        let places = self.model.as_ref()?.learned.get(&hash_of(text))?;
        let ids = places.iter().filter_map(|place| self.compiled.priorities.get(*place));
        Some(ids.map(|priority| priority.id.clone()).collect())
    }

    /// Returns what weights are learned from of a passage that stands alone, and whether it is
    /// about the taxonomy's subject.
    pub(crate) fn see(
        &self,
        document: &Document,
        passage: &Passage,
        words: WordsIn<'_>,
        lexicon: &Lexicon,
    ) -> (Features, bool) {
        let (text, start) = (document.slice(passage.span), passage.span.start);
        let scan = Scan::new(&self.compiled, text, start, words, lexicon);
        let weighed = self.weigh(&scan, &[]);
        (self.features(&scan, passage, &weighed, words, lexicon), self.passes(&scan))
    }

    /// Returns what weights see of a passage.
    pub(crate) fn features(
        &self,
        scan: &Scan<'_>,
        passage: &Passage,
        weighed: &[Weighed],
        words: WordsIn<'_>,
        lexicon: &Lexicon,
    ) -> Features {
        let anchors = self.compiled.gate.as_ref().map(|_| {
            let hits = scan.hits(&self.compiled, self.compiled.gate_place(), &[]);
            hits.iter().map(Hit::words).collect::<Vec<_>>()
        });
        let stretches = stretches(words, &passage.sentences, anchors.as_deref());
        Features::of(words, lexicon, &in_thresholds(weighed), &stretches)
    }

    /// Weighs what a passage says of each priority, in the order of the taxonomy.
    pub(crate) fn weigh(&self, scan: &Scan<'_>, above: &[&Scan<'_>]) -> Vec<Weighed> {
        let counting = &self.compiled.counting;
        let is_long = scan.n_words() > counting.long_passage as usize;
        let factor = if is_long { counting.long_factor } else { 1.0 };
        let weigh = |(place, priority): (usize, &CompiledPriority)| {
            let hits = scan.hits(&self.compiled, place, above);
            let weights = self.added_weights(scan, &priority.subject, &hits);
            let sum = weights.iter().sum();
            Weighed { hits, weights, sum, threshold: priority.subject.threshold * factor }
        };
        self.compiled.priorities.iter().enumerate().map(weigh).collect()
    }

    /// Returns what each occurrence adds to the sum: the term's weight at the first of its
    /// strongest occurrences, 0 at the others.
    pub(crate) fn added_weights(
        &self,
        scan: &Scan<'_>,
        subject: &Subject,
        hits: &[Hit],
    ) -> Vec<f32> {
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
