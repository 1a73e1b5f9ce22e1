//! Checks a taxonomy file and puts its lists where they are named.

use super::file::{CountingFile, Entry, GateFile, GroupFile, PriorityFile, TaxonomyFile};
use super::skos::{self, RdfFormat};
use crate::{Context, Counting, Gate, Phrase, PhraseWord, Priority, Taxonomy, TaxonomyError, Term};
use onrecord_model::PriorityId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use toml::Spanned;

/// The largest weight or threshold: beyond it a term outshouts every other evidence.
pub(crate) const MAX_WEIGHT: f64 = 10.0;

/// The furthest distance between a term and its context, in words.
const MAX_WITHIN: i64 = 1000;

/// Reads a taxonomy and checks it.
pub(crate) fn read(text: &str, name: &str) -> Result<Taxonomy, TaxonomyError> {
    Reader::of(text, name).read(parse(text, name)?)
}

/// Writes a taxonomy as SKOS.
pub(crate) fn to_skos(text: &str, name: &str, format: RdfFormat) -> Result<String, TaxonomyError> {
    read(text, name)?;
    let file = parse(text, name)?;
    let reader = Reader::of(text, name);
    skos::write(&file, format).or_else(|fault| reader.refuse_fault(&fault))
}

/// Reads the keys and values of a file.
pub(super) fn parse(text: &str, name: &str) -> Result<TaxonomyFile, TaxonomyError> {
    toml::from_str(text).map_err(|error| TaxonomyError::Form {
        name: name.to_owned(),
        line: Reader::of(text, name).line(error.span().map_or(0, |span| span.start)),
        problem: error.message().trim().replace('\n', ", "),
    })
}

/// A term as it is compared, and the context that it asks for.
type TermKey = (Vec<PhraseWord>, Option<usize>);

/// What is needed while the parts of a file are checked: lists must be read before phrases are.
pub(super) struct Reader<'a> {
    name: &'a str,
    /// Where the lines end.
    line_ends: Vec<usize>,
    lists: BTreeMap<String, Vec<(Phrase, usize)>>,
    contexts: Vec<Context>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(text: &'a str, name: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_ends = ends.map(|(at, _)| at).collect();
        Self { name, line_ends, lists: BTreeMap::new(), contexts: Vec::new() }
    }
}

impl Reader<'_> {
    fn read(mut self, file: TaxonomyFile) -> Result<Taxonomy, TaxonomyError> {
        self.filled("name", &file.name)?;
        self.filled("version", &file.version)?;
        self.read_lists(&file.lists)?;
        let counting = self.counting(&file.counting)?;
        let gate = file.gate.as_ref().map(|gate| self.gate(gate)).transpose()?;
        let mut ids = BTreeSet::new();
        let mut priorities = Vec::with_capacity(file.priority.len());
        self.check_parents(&file.priority)?;
        for priority in &file.priority {
            if !ids.insert(priority.get_ref().id.get_ref()) {
                let problem = "is already the id of a priority above: choose another";
                return self.refuse("id", &priority.get_ref().id, problem);
            }
            priorities.push(self.priority(priority.get_ref())?);
        }
        if priorities.is_empty() {
            return self.refuse("name", &file.name, "has no priority: add `[[priority]]` tables");
        }
        skos::check(&file).or_else(|fault| self.refuse_fault(&fault))?;
        Ok(Taxonomy {
            name: file.name.into_inner().into(),
            version: file.version.into_inner().into(),
            description: file.description.trim().into(),
            counting,
            gate,
            contexts: self.contexts,
            priorities,
        })
    }

    fn counting(&self, counting: &CountingFile) -> Result<Counting, TaxonomyError> {
        let name_words = self.phrases(&counting.name_words, false)?;
        for ((phrase, _), entry) in name_words.iter().zip(&counting.name_words) {
            if phrase.words().len() > 1 {
                let problem = "is more than one word: a name is told by one of its words";
                return self.refuse_at("name_words", entry, phrase.written(), problem);
            }
        }
        let long_factor = self.weight("long_factor", counting.long_factor.as_ref())?;
        if let Some(factor) = counting.long_factor.as_ref().filter(|_| long_factor < 1.0) {
            return self.refuse(
                "long_factor",
                factor,
                "makes long passages easier: write 1 or more",
            );
        }
        Ok(Counting {
            list_factor: self.share("list_factor", counting.list_factor.as_ref())?,
            name_factor: self.share("name_factor", counting.name_factor.as_ref())?,
            name_words: once(name_words),
            long_passage: self.n_words("long_passage", counting.long_passage.as_ref(), u32::MAX)?,
            long_factor,
        })
    }

    fn share(&self, key: &'static str, share: Option<&Spanned<f64>>) -> Result<f32, TaxonomyError> {
        match share {
            None => Ok(1.0),
            Some(share) if (0.0..=1.0).contains(share.get_ref()) => Ok(*share.get_ref() as f32),
            Some(share) => self.refuse(key, share, "is no share: write 0 to 1"),
        }
    }

    fn n_words(
        &self,
        key: &'static str,
        n_words: Option<&Spanned<i64>>,
        otherwise: u32,
    ) -> Result<u32, TaxonomyError> {
        let Some(n_words) = n_words else { return Ok(otherwise) };
        u32::try_from(*n_words.get_ref())
            .or_else(|_| self.refuse(key, n_words, "is no number of words: write 0 or more"))
    }

    pub(super) fn read_lists(
        &mut self,
        lists: &BTreeMap<String, Spanned<Vec<Spanned<Entry>>>>,
    ) -> Result<(), TaxonomyError> {
        for (list, entries) in lists {
            if entries.get_ref().is_empty() {
                return self.refuse_at("list", entries, list, "is empty: add a phrase");
            }
            let mut phrases = Vec::new();
            for entry in entries.get_ref() {
                if entry.get_ref().term.starts_with('@') {
                    let problem = "is a list inside a list: write its phrases out";
                    return self.refuse_at("phrase", entry, &entry.get_ref().term, problem);
                }
                phrases.push((self.phrase(entry, false)?, self.line(entry.span().start)));
            }
            self.lists.insert(list.clone(), phrases);
        }
        Ok(())
    }

    fn gate(&mut self, file: &Spanned<GateFile>) -> Result<Gate, TaxonomyError> {
        let gate = file.get_ref();
        if gate.terms.is_empty() {
            let problem = "has no terms: add `[[gate.terms]]`, or leave the gate out";
            return self.refuse_at("key", file, "gate", problem);
        }
        for group in &gate.terms {
            if let Some(near) = &group.get_ref().near {
                let problem = "is not known in the gate: its terms stand alone";
                return self.refuse_at("key", near, "near", problem);
            }
        }
        let short_passage = self.n_words("short_passage", gate.short_passage.as_ref(), 0)?;
        let threshold = self.weight("threshold", gate.threshold.as_ref())?;
        let exclude = self.phrases(&gate.exclude, false)?;
        let terms = self.terms(&gate.terms, &exclude)?;
        self.reachable(&terms, threshold, "gate", file)?;
        Ok(Gate { threshold, short_passage, terms, exclude: once(exclude) })
    }

    fn priority(&mut self, priority: &PriorityFile) -> Result<Priority, TaxonomyError> {
        let id = priority.id.get_ref();
        let is_part = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !id.split('-').all(is_part) {
            let problem = "is not an id: write lower-case letters, digits and single hyphens";
            return self.refuse("id", &priority.id, problem);
        }
        self.filled("label", &priority.label)?;
        let threshold = self.weight("threshold", priority.threshold.as_ref())?;
        let exclude = self.phrases(&priority.exclude, false)?;
        let Some(groups) = &priority.terms else {
            let problem = "has no terms: add `[[priority.terms]]`, or write `terms = []` if only \
                           learned weights are to give it";
            return self.refuse("id", &priority.id, problem);
        };
        let terms = self.terms(groups, &exclude)?;
        if !terms.is_empty() {
            self.reachable(&terms, threshold, id, &priority.id)?;
        }
        Ok(Priority {
            id: PriorityId::new(id),
            label: priority.label.get_ref().trim().into(),
            definition: priority.definition.trim().into(),
            scope_note: priority.scope_note.trim().into(),
            parent: priority.parent.as_ref().map(|parent| PriorityId::new(parent.get_ref())),
            threshold,
            terms,
            exclude: once(exclude),
        })
    }

    /// Refuses parents that do not exist, and such as are parts of their own parts.
    fn check_parents(&self, priorities: &[Spanned<PriorityFile>]) -> Result<(), TaxonomyError> {
        let parents: BTreeMap<&str, Option<&Spanned<String>>> = priorities
            .iter()
            .map(|priority| (priority.get_ref().id.get_ref().as_str(), &priority.get_ref().parent))
            .map(|(id, parent)| (id, parent.as_ref()))
            .collect();
        // Those that are known to lead to the top.
        let mut sound: BTreeSet<&str> = BTreeSet::new();
        for (id, first) in parents.iter().filter_map(|(id, parent)| Some((id, (*parent)?))) {
            let (mut way, mut next) = (vec![*id], Some(first));
            while let Some(parent) =
                next.filter(|parent| !sound.contains(parent.get_ref().as_str()))
            {
                let Some(above) = parents.get(parent.get_ref().as_str()) else {
                    let problem = "is no id of a priority: add it, or correct the name";
                    return self.refuse("parent", parent, problem);
                };
                way.push(parent.get_ref());
                // A way up that is longer than there are priorities leads round.
                if way.len() > parents.len() {
                    let problem = "is a part of its own parts: leave one out";
                    return self.refuse("parent", first, problem);
                }
                next = *above;
            }
            sound.extend(way);
        }
        Ok(())
    }

    /// Refuses a threshold that all terms together do not reach.
    fn reachable<T>(
        &self,
        terms: &[Term],
        threshold: f32,
        subject: &str,
        place: &Spanned<T>,
    ) -> Result<(), TaxonomyError> {
        let sum: f32 = terms.iter().map(|term| term.weight).sum();
        if sum >= threshold {
            return Ok(());
        }
        let problem = format!(
            "can never be reached: its terms weigh {sum} together, the threshold is {threshold}; \
             raise weights or lower the threshold"
        );
        self.refuse_at("threshold of", place, subject, &problem)
    }

    fn terms(
        &mut self,
        groups: &[Spanned<GroupFile>],
        exclude: &[(Phrase, usize)],
    ) -> Result<Vec<Term>, TaxonomyError> {
        let mut terms: Vec<Term> = Vec::new();
        let mut above = HashMap::new();
        let excluded: HashMap<&[PhraseWord], usize> =
            exclude.iter().map(|(phrase, line)| (phrase.words(), *line)).collect();
        for group in groups {
            let group = group.get_ref();
            let context = self.context(group)?;
            let group_weight = self.weight("weight", group.weight.as_ref())?;
            if group.phrases.get_ref().is_empty() {
                return self.refuse_at("phrases", &group.phrases, "[]", "is empty: add a phrase");
            }
            for entry in group.phrases.get_ref() {
                let weight = match &entry.get_ref().weight {
                    Some(weight) => self.weight("weight", Some(weight))?,
                    None => group_weight,
                };
                for (phrase, line) in self.phrases(std::slice::from_ref(entry), group.exact)? {
                    let term = Term { phrase, weight, context, line };
                    self.check_term(&term, &mut above, &excluded, entry)?;
                    terms.push(term);
                }
            }
        }
        Ok(terms)
    }

    fn check_term(
        &self,
        term: &Term,
        above: &mut HashMap<TermKey, usize>,
        excluded: &HashMap<&[PhraseWord], usize>,
        entry: &Spanned<Entry>,
    ) -> Result<(), TaxonomyError> {
        let written = term.phrase.written();
        if let Some(line) = excluded.get(term.phrase.words()) {
            let problem =
                format!("is excluded on line {line}, so it can never count: remove one of them");
            return self.refuse_at("phrase", entry, written, &problem);
        }
        let key = (term.phrase.words().to_vec(), term.context);
        if let Some(line) = above.insert(key, term.line) {
            let problem = format!("stands on line {line} already: remove one of them");
            return self.refuse_at("phrase", entry, written, &problem);
        }
        Ok(())
    }

    /// Finds or adds the context that a group of terms asks for.
    fn context(&mut self, group: &GroupFile) -> Result<Option<usize>, TaxonomyError> {
        let Some(near) = &group.near else {
            return match &group.within {
                Some(within) => self.refuse("within", within, "has no `near`: say near what"),
                None => Ok(None),
            };
        };
        if near.get_ref().is_empty() {
            return self.refuse_at("near", near, "[]", "is empty: add a phrase or remove it");
        }
        let within = match &group.within {
            Some(within) if !(1..=MAX_WITHIN).contains(within.get_ref()) => {
                let problem = format!("is no distance in words: write 1 to {MAX_WITHIN}");
                return self.refuse("within", within, &problem);
            }
            Some(within) => u32::try_from(*within.get_ref()).ok(),
            None => None,
        };
        let phrases = self.phrases(near.get_ref(), false)?;
        let context = Context { phrases: once(phrases), within };
        let found = self.contexts.iter().position(|other| *other == context);
        Ok(Some(found.unwrap_or_else(|| {
            self.contexts.push(context);
            self.contexts.len() - 1
        })))
    }

    /// Reads phrases, each with its line; a list's name stands for its phrases.
    pub(super) fn phrases(
        &self,
        entries: &[Spanned<Entry>],
        exact: bool,
    ) -> Result<Vec<(Phrase, usize)>, TaxonomyError> {
        let mut phrases = Vec::new();
        for entry in entries {
            let Some(list) = entry.get_ref().term.strip_prefix('@') else {
                phrases.push((self.phrase(entry, exact)?, self.line(entry.span().start)));
                continue;
            };
            let Some(of_list) = self.lists.get(list) else {
                let problem = "is no list: add it under `[lists]`, or correct the name";
                return self.refuse_at("list", entry, &entry.get_ref().term, problem);
            };
            phrases.extend(of_list.iter().cloned());
        }
        Ok(phrases)
    }

    fn phrase(&self, entry: &Spanned<Entry>, exact: bool) -> Result<Phrase, TaxonomyError> {
        let Entry { term, exact: of_entry, .. } = entry.get_ref();
        Phrase::parse(term, exact || *of_entry)
            .or_else(|error| self.refuse_at("phrase", entry, term, &error.to_string()))
    }

    fn weight(
        &self,
        key: &'static str,
        weight: Option<&Spanned<f64>>,
    ) -> Result<f32, TaxonomyError> {
        match weight {
            None => Ok(1.0),
            Some(weight) if *weight.get_ref() > 0.0 && *weight.get_ref() <= MAX_WEIGHT => {
                Ok(*weight.get_ref() as f32)
            }
            Some(weight) => {
                let problem =
                    format!("is out of bounds: write a number above 0, at most {MAX_WEIGHT}");
                self.refuse(key, weight, &problem)
            }
        }
    }

    fn filled(&self, key: &'static str, text: &Spanned<String>) -> Result<(), TaxonomyError> {
        if text.get_ref().trim().is_empty() {
            return self.refuse(key, text, "is empty: fill it in");
        }
        Ok(())
    }

    fn refuse_fault<T>(&self, fault: &skos::Fault) -> Result<T, TaxonomyError> {
        let skos::Fault { key, place, value, problem } = fault;
        self.refuse_at(key, &Spanned::new(place.clone(), ()), value, problem)
    }

    fn refuse<T, V: fmt::Display>(
        &self,
        key: &'static str,
        value: &Spanned<V>,
        problem: &str,
    ) -> Result<T, TaxonomyError> {
        self.refuse_at(key, value, &value.get_ref().to_string(), problem)
    }

    fn refuse_at<T, V>(
        &self,
        key: &'static str,
        place: &Spanned<V>,
        value: &str,
        problem: &str,
    ) -> Result<T, TaxonomyError> {
        Err(TaxonomyError::Value {
            name: self.name.to_owned(),
            line: self.line(place.span().start),
            key,
            value: value.to_owned(),
            problem: problem.to_owned(),
        })
    }

    /// Returns the line of a byte of the file, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < at)
    }
}

/// Returns phrases without their lines, each once.
fn once(phrases: Vec<(Phrase, usize)>) -> Vec<Phrase> {
    let mut known = BTreeSet::new();
    let is_new = |phrase: &Phrase| known.insert(phrase.written().to_owned());
    phrases.into_iter().map(|(phrase, _)| phrase).filter(is_new).collect()
}
