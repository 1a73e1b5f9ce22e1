use crate::matcher::Matcher;
use crate::{Counting, Gate, Phrase, Taxonomy, Term};
use onrecord_model::PriorityId;
use onrecord_text::{Lexicon, Word};

/// A taxonomy with its phrases in one matcher.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(crate) matcher: Matcher,
    pub(crate) gate: Option<CompiledGate>,
    /// How near a term each context must be, in words.
    pub(crate) contexts: Vec<u32>,
    pub(crate) priorities: Vec<CompiledPriority>,
    /// What each phrase of the matcher is, by its number.
    pub(crate) uses: Vec<Vec<Use>>,
    pub(crate) counting: Counting,
}

#[derive(Clone, Debug)]
pub(crate) struct CompiledGate {
    pub(crate) subject: Subject,
    pub(crate) short_passage: u32,
    /// Its terms alone, to see quickly that a text is about something else.
    pub(crate) matcher: Matcher,
    /// The weights of the matcher's phrases.
    pub(crate) weights: Vec<f32>,
}

#[derive(Clone, Debug)]
pub(crate) struct CompiledPriority {
    pub(crate) id: PriorityId,
    pub(crate) subject: Subject,
}

/// What terms speak for: the gate or a priority.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) threshold: f32,
    pub(crate) terms: Vec<CompiledTerm>,
}

#[derive(Clone, Debug)]
pub(crate) struct CompiledTerm {
    pub(crate) rule: Box<str>,
    pub(crate) weight: f32,
    pub(crate) context: Option<usize>,
    /// The line of the taxonomy's file, counted from 1.
    pub(crate) line: usize,
}

/// What a phrase is in the taxonomy.
///
/// Subjects are numbered as the priorities, the gate after them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use {
    /// A term, by its place among the subject's terms.
    Term { subject: usize, term: usize },
    /// A phrase that blocks the subject's terms.
    Exclusion { subject: usize },
    /// One of a context's phrases.
    Context(usize),
    /// A word by which a name is told.
    NameWord,
}

/// The mark of words that stand in phrases of the taxonomy.
const KNOWN: u8 = 1;

/// The mark of words that phrases of the gate begin with.
const OPENS_GATE: u8 = 2;

/// Tells by its mark whether a word stands in a phrase of the taxonomy.
pub(crate) const fn is_known(mark: u8) -> bool {
    mark & KNOWN != 0
}

/// Tells by its mark whether a phrase of the gate may begin with a word.
pub(crate) const fn opens_gate(mark: u8) -> bool {
    mark & OPENS_GATE != 0
}

impl Compiled {
    pub(crate) fn new(taxonomy: &Taxonomy) -> Self {
        let mut lexicon = Lexicon::new();
        let mut builder = Builder { matcher: Matcher::new(), uses: Vec::new() };
        for (place, priority) in taxonomy.priorities().iter().enumerate() {
            builder.add_subject(place, &priority.terms, &priority.exclude, &mut lexicon);
        }
        if let Some(gate) = taxonomy.gate() {
            let place = taxonomy.priorities().len();
            builder.add_subject(place, &gate.terms, &gate.exclude, &mut lexicon);
        }
        for (place, context) in taxonomy.contexts().iter().enumerate() {
            for phrase in &context.phrases {
                builder.add(phrase, Use::Context(place), &mut lexicon);
            }
        }
        for phrase in &taxonomy.counting().name_words {
            builder.add(phrase, Use::NameWord, &mut lexicon);
        }
        let contexts = taxonomy.contexts().iter();
        let priorities = taxonomy.priorities().iter().map(|priority| CompiledPriority {
            id: priority.id.clone(),
            subject: Subject::new(priority.threshold, &priority.terms),
        });
        Self {
            matcher: builder.matcher,
            gate: taxonomy.gate().map(|gate| CompiledGate::new(gate, &mut lexicon)),
            contexts: contexts.map(|context| context.within.unwrap_or(u32::MAX)).collect(),
            priorities: priorities.collect(),
            uses: builder.uses,
            counting: taxonomy.counting().clone(),
        }
    }

    /// Returns the marks of a word.
    pub(crate) fn mark(&self, word: Word<'_>) -> u8 {
        let opens_gate = self.gate.as_ref().is_some_and(|gate| gate.matcher.opens(word));
        let known = if self.matcher.knows(word) { KNOWN } else { 0 };
        known | if opens_gate { OPENS_GATE } else { 0 }
    }

    /// Returns the number of the gate among the subjects.
    pub(crate) fn gate_place(&self) -> usize {
        self.priorities.len()
    }
}

impl Subject {
    fn new(threshold: f32, terms: &[Term]) -> Self {
        let terms = terms.iter().map(|term| CompiledTerm {
            rule: term.phrase.written().into(),
            weight: term.weight,
            context: term.context,
            line: term.line,
        });
        Self { threshold, terms: terms.collect() }
    }
}

impl CompiledGate {
    fn new(gate: &Gate, lexicon: &mut Lexicon) -> Self {
        let mut matcher = Matcher::new();
        let mut weights = Vec::new();
        for term in &gate.terms {
            let id = matcher.add(&term.phrase, lexicon) as usize;
            weights.resize(weights.len().max(id + 1), 0.0_f32);
            weights[id] = weights[id].max(term.weight);
        }
        Self {
            subject: Subject::new(gate.threshold, &gate.terms),
            short_passage: gate.short_passage,
            matcher,
            weights,
        }
    }
}

/// Collects the phrases of a taxonomy and what each is.
struct Builder {
    matcher: Matcher,
    uses: Vec<Vec<Use>>,
}

impl Builder {
    fn add(&mut self, phrase: &Phrase, phrase_use: Use, lexicon: &mut Lexicon) {
        let id = self.matcher.add(phrase, lexicon) as usize;
        if self.uses.len() <= id {
            self.uses.resize_with(id + 1, Vec::new);
        }
        self.uses[id].push(phrase_use);
    }

    fn add_subject(
        &mut self,
        subject: usize,
        terms: &[Term],
        exclude: &[Phrase],
        lexicon: &mut Lexicon,
    ) {
        for (term, of_subject) in terms.iter().enumerate() {
            self.add(&of_subject.phrase, Use::Term { subject, term }, lexicon);
        }
        for phrase in exclude {
            self.add(phrase, Use::Exclusion { subject }, lexicon);
        }
    }
}
