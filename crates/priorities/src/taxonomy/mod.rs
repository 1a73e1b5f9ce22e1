//! Priorities and the rules that tell where a text speaks of them, and the forms that they are
//! written in.

mod dictionary;
mod error;
mod exchange;
mod file;
mod id;
mod lint;
mod phrase;
mod reader;
mod skos;
mod writer;

pub use dictionary::{DictionaryFormat, Unfit};
pub use error::TaxonomyError;
pub use exchange::{Import, ImportError, ImportFormat, ImportOptions};
pub use lint::{Finding, FindingKind};
pub(crate) use phrase::MAX_WORDS;
pub use phrase::{Form, Phrase, PhraseError, PhraseWord};
pub use skos::RdfFormat;

use onrecord_model::PriorityId;

/// The built-in taxonomy, in the form in which users write theirs.
const DEFAULT: &str = include_str!("../../taxonomies/international-cyber-policy.toml");

/// Priorities and the rules that tell where a text speaks of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Taxonomy {
    pub(crate) name: Box<str>,
    pub(crate) version: Box<str>,
    pub(crate) description: Box<str>,
    pub(crate) counting: Counting,
    pub(crate) gate: Option<Gate>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) priorities: Vec<Priority>,
}

/// How terms count that are named rather than spoken of, and how much a long passage must say.
#[derive(Clone, Debug, PartialEq)]
pub struct Counting {
    /// The share of its weight, 0 to 1, that a term keeps as one item of a list of four or more.
    pub list_factor: f32,
    /// The share of its weight, 0 to 1, that a term keeps inside a name.
    pub name_factor: f32,
    /// The words of which a run of capitalized words must hold one to be such a name.
    pub name_words: Vec<Phrase>,
    /// The most words of a passage whose thresholds are as stated.
    pub long_passage: u32,
    /// By what thresholds are multiplied in longer passages, at least 1.
    pub long_factor: f32,
}

/// What a passage must speak of to get any label at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The sum of weights that lets a passage through.
    pub threshold: f32,
    /// The most words of a passage, not of a list, that its heading may let through.
    pub short_passage: u32,
    /// The terms, none of them with a context.
    pub terms: Vec<Term>,
    /// Phrases whose words count for no term.
    pub exclude: Vec<Phrase>,
}

/// Something that a text can speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Priority {
    /// The name used in queries and outputs.
    pub id: PriorityId,
    /// The name to show.
    pub label: Box<str>,
    /// What it is.
    pub definition: Box<str>,
    /// What belongs to it and what does not; may be empty.
    pub scope_note: Box<str>,
    /// The priority that it is a part of, if any.
    pub parent: Option<PriorityId>,
    /// The sum of weights that gives the label.
    pub threshold: f32,
    /// The terms, in the order of the file; none of one that only learned weights tell, or that only
    /// holds others together.
    pub terms: Vec<Term>,
    /// Phrases whose words count for no term of this priority.
    pub exclude: Vec<Phrase>,
}

/// A phrase that speaks for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The phrase.
    pub phrase: Phrase,
    /// How strongly it speaks, above 0 and at most 10; a term is added once a passage.
    pub weight: f32,
    /// The index of the [`Context`] that must be near for the term to count, if any.
    pub context: Option<usize>,
    /// The line of the file, counted from 1.
    pub line: usize,
}

/// Phrases one of which must stand near a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The phrases.
    pub phrases: Vec<Phrase>,
    /// The furthest distance in words, neighbours being 1 apart; none for the whole passage.
    pub within: Option<u32>,
}

impl Taxonomy {
    /// Makes the built-in taxonomy, the International Cyber Policy Priorities.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn default_taxonomy() -> Self {
        Self::from_toml(DEFAULT, "international-cyber-policy.toml")
            .expect("the built-in taxonomy is well formed")
    }

    /// Returns the text of the built-in taxonomy's file.
    pub const fn default_toml() -> &'static str {
        DEFAULT
    }

    /// Reads a taxonomy; `name` is the file's, for messages.
    ///
    /// # Errors
    /// When the text is not TOML, has a key that is not known, or a value that cannot be meant;
    /// the first fault is named with its line.
    pub fn from_toml(text: &str, name: &str) -> Result<Self, TaxonomyError> {
        reader::read(text, name)
    }

    /// Returns the taxonomy's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns its version, as its author counts.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns what it is for; may be empty.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the priorities, in the order of the file.
    pub fn priorities(&self) -> &[Priority] {
        &self.priorities
    }

    /// Returns what a passage must speak of to get any label, if anything.
    pub fn gate(&self) -> Option<&Gate> {
        self.gate.as_ref()
    }

    /// Returns the contexts that terms point to.
    pub fn contexts(&self) -> &[Context] {
        &self.contexts
    }

    /// Returns how terms count in lists, names and long passages.
    pub fn counting(&self) -> &Counting {
        &self.counting
    }

    /// Returns the taxonomy without a term of a priority, by its place, as if the file did not name
    /// it: wherever the priority has the phrase.
    #[must_use]
    pub(crate) fn without(&self, priority: usize, rule: &str) -> Self {
        let mut less = self.clone();
        if let Some(priority) = less.priorities.get_mut(priority) {
            priority.terms.retain(|term| term.phrase.written() != rule);
        }
        less
    }

    /// Returns the BLAKE3 hash of all that labels and reports depend on, whatever the layout of the
    /// file; what is said for SKOS alone is left out.
    pub fn hash(&self) -> [u8; 32] {
        let mut canonical = Canonical(blake3::Hasher::new());
        canonical.texts(["onrecord-taxonomy/1", &self.name, &self.version, &self.description]);
        canonical.number(self.counting.list_factor);
        canonical.number(self.counting.name_factor);
        canonical.phrases(&self.counting.name_words);
        canonical.count(self.counting.long_passage as usize);
        canonical.number(self.counting.long_factor);
        canonical.count(usize::from(self.gate.is_some()));
        if let Some(gate) = &self.gate {
            canonical.number(gate.threshold);
            canonical.count(gate.short_passage as usize);
            canonical.terms(self, &gate.terms);
            canonical.phrases(&gate.exclude);
        }
        canonical.count(self.priorities.len());
        for priority in &self.priorities {
            canonical.texts([priority.id.as_str(), &priority.label]);
            canonical.texts([&*priority.definition, &priority.scope_note]);
            canonical.number(priority.threshold);
            canonical.terms(self, &priority.terms);
            canonical.phrases(&priority.exclude);
            // Only where there is one; no id holds a blank, so it is not taken for a priority.
            if let Some(parent) = &priority.parent {
                canonical.texts(["part of", parent.as_str()]);
            }
        }
        *canonical.0.finalize().as_bytes()
    }
}

/// Feeds a taxonomy to the hasher, each part with its length before it.
struct Canonical(blake3::Hasher);

impl Canonical {
    fn count(&mut self, count: usize) {
        self.0.update(&(count as u64).to_le_bytes());
    }

    fn number(&mut self, number: f32) {
        self.0.update(&number.to_le_bytes());
    }

    fn texts<const N: usize>(&mut self, texts: [&str; N]) {
        for text in texts {
            self.count(text.len());
            self.0.update(text.as_bytes());
        }
    }

    fn phrases(&mut self, phrases: &[Phrase]) {
        self.count(phrases.len());
        for phrase in phrases {
            self.phrase(phrase);
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        self.texts([phrase.written()]);
        self.count(phrase.words().len());
        for word in phrase.words() {
            let form = match word.form {
                Form::Stem => "stem",
                Form::Exact => "exact",
                Form::Prefix => "prefix",
            };
            self.texts([&*word.folded, form]);
        }
    }

    fn terms(&mut self, taxonomy: &Taxonomy, terms: &[Term]) {
        self.count(terms.len());
        for term in terms {
            self.phrase(&term.phrase);
            self.number(term.weight);
            match term.context.map(|context| &taxonomy.contexts[context]) {
                Some(context) => {
                    self.count(context.within.map_or(0, |within| within as usize) + 1);
                    self.phrases(&context.phrases);
                }
                None => self.count(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taxonomy(text: &str) -> Taxonomy {
        Taxonomy::from_toml(text, "t.toml").unwrap()
    }

    const SMALL: &str = "name = 'n'\nversion = '1'\n[[priority]]\nid = 'a'\nlabel = 'A'\n\
        definition = 'd'\n[[priority.terms]]\nphrases = ['one two']\nnear = ['three']\nwithin = 4";

    #[test]
    fn default_taxonomy_is_well_formed() {
        let taxonomy = Taxonomy::default_taxonomy();
        let ids: Vec<&str> = taxonomy.priorities().iter().map(|p| p.id.as_str()).collect();
        assert_eq!(
            ids.join(" "),
            "economy network-security law-enforcement military governance development freedom"
        );
        assert_eq!(&*taxonomy.priorities()[0].label, "Promote innovative, open markets");
        assert!(taxonomy.priorities().iter().all(|p| !p.scope_note.is_empty()));
    }

    #[test]
    fn hash_is_of_what_is_said() {
        let hash = taxonomy(SMALL).hash();
        for same in [
            SMALL.replace('\n', "\n\n# a remark\n"),
            SMALL
                .replace("near = ['three']", "near = ['@c']")
                .replace("[[priority]]", "[lists]\nc = ['three']\n[[priority]]"),
        ] {
            assert_eq!(taxonomy(&same).hash(), hash, "{same}");
        }
        for (old, new) in [
            ("'n'", "'m'"),
            ("'1'", "'2'"),
            ("'a'", "'b'"),
            ("'A'", "'B'"),
            ("'d'", "'e'"),
            ("one two", "=one two"),
            ("three", "four"),
            ("within = 4", "within = 5"),
            ("within = 4", ""),
            ("within = 4", "within = 4\nweight = 2"),
            ("version = '1'", "version = '1'\n[counting]\nlist_factor = 0.5"),
        ] {
            assert_ne!(taxonomy(&SMALL.replace(old, new)).hash(), hash, "{new}");
        }
    }
}
