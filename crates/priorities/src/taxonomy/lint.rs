//! What a taxonomy says that its author can hardly mean.

use super::file::{Entry, GroupFile, TaxonomyFile};
use super::reader::{Reader, parse};
use crate::{Form, Phrase, PhraseWord, Taxonomy, TaxonomyError};
use onrecord_text::{Lexicon, is_function_word};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use toml::Spanned;

/// Something that a taxonomy can hardly mean.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// The id of the priority, or `gate`; none of what stands for all.
    pub subject: Option<String>,
    /// What is found, with the value and the other line, and what to do.
    pub problem: String,
}

/// What sort a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// A term that can never count, or a priority that no rule can give.
    NeverMatches,
    /// A term that finds nothing which another does not find.
    Repeated,
    /// A term of several priorities.
    Shared,
    /// Something that contradicts what it is for: a name that two have, words that say nothing.
    Clash,
    /// Something that does nothing.
    Idle,
    /// Something that people who read the taxonomy need and do not find.
    Missing,
}

impl FindingKind {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeverMatches => "never-matches",
            Self::Repeated => "repeated",
            Self::Shared => "shared",
            Self::Clash => "clash",
            Self::Idle => "idle",
            Self::Missing => "missing",
        }
    }
}

impl Taxonomy {
    /// Finds what the text of a taxonomy's file says that its author can hardly mean, by line;
    /// `name` is the file's, for messages.
    ///
    /// # Errors
    /// As [`from_toml`](Self::from_toml).
    pub fn lint(text: &str, name: &str) -> Result<Vec<Finding>, TaxonomyError> {
        Self::from_toml(text, name)?;
        let file = parse(text, name)?;
        let mut reader = Reader::of(text, name);
        reader.read_lists(&file.lists)?;
        let mut linter = Linter { lexicon: Lexicon::new(), findings: Vec::new() };
        linter.whole(&file, &reader);
        let mut owners: HashMap<Vec<Key>, (String, usize)> = HashMap::new();
        if let Some(gate) = &file.gate {
            let gate = gate.get_ref();
            let threshold = gate.threshold.as_ref();
            linter.subject(&Subject::read("gate", &reader, &gate.terms, &gate.exclude, threshold)?);
        }
        for priority in &file.priority {
            let priority = priority.get_ref();
            let groups = priority.terms.as_deref().unwrap_or_default();
            let id = priority.id.get_ref();
            let threshold = priority.threshold.as_ref();
            let subject = Subject::read(id, &reader, groups, &priority.exclude, threshold)?;
            linter.subject(&subject);
            linter.shared(&subject, &mut owners);
        }
        linter.findings.sort();
        linter.findings.dedup();
        Ok(linter.findings)
    }
}

/// A word of a phrase as it is compared.
type Key = (Form, String);

/// A gate or a priority.
struct Subject<'a> {
    name: &'a str,
    /// The sum of weights that is needed.
    threshold: f64,
    terms: Vec<Placed>,
    exclude: Vec<(Phrase, usize)>,
}

/// A term and where it stands.
struct Placed {
    phrase: Phrase,
    line: usize,
    weight: f64,
    /// What must stand near, and how near in words, if anything.
    near: Near,
}

/// Phrases one of which must stand near a term, and the furthest distance, if there is one.
type Near = (Vec<Phrase>, Option<i64>);

impl<'a> Subject<'a> {
    fn read(
        name: &'a str,
        reader: &Reader<'_>,
        groups: &[Spanned<GroupFile>],
        exclude: &[Spanned<Entry>],
        threshold: Option<&Spanned<f64>>,
    ) -> Result<Self, TaxonomyError> {
        let threshold = threshold.map_or(1.0, |threshold| *threshold.get_ref());
        let mut terms = Vec::new();
        for group in groups {
            let group = group.get_ref();
            let near = group.near.as_ref().map_or(&[][..], |near| near.get_ref());
            let near = reader.phrases(near, false)?;
            let near: Vec<Phrase> = near.into_iter().map(|(phrase, _)| phrase).collect();
            let near: Near = (near, group.within.as_ref().map(|within| *within.get_ref()));
            let of_group = group.weight.as_ref().map_or(1.0, |weight| *weight.get_ref());
            for entry in group.phrases.get_ref() {
                let weight = entry.get_ref().weight.as_ref().map_or(of_group, |own| *own.get_ref());
                let phrases = reader.phrases(std::slice::from_ref(entry), group.exact)?;
                terms.extend(phrases.into_iter().map(|(phrase, line)| Placed {
                    phrase,
                    line,
                    weight,
                    near: near.clone(),
                }));
            }
        }
        Ok(Self { name, threshold, terms, exclude: reader.phrases(exclude, false)? })
    }
}

struct Linter {
    lexicon: Lexicon,
    findings: Vec<Finding>,
}

impl Linter {
    fn find(&mut self, line: usize, kind: FindingKind, subject: Option<&str>, problem: String) {
        let subject = subject.map(str::to_owned);
        self.findings.push(Finding { line, kind, subject, problem });
    }

    /// Looks at what stands for all, and at what priorities say of themselves.
    fn whole(&mut self, file: &TaxonomyFile, reader: &Reader<'_>) {
        for (list, entries) in &file.lists {
            if !names_list(file, list) {
                let line = reader.line(entries.span().start);
                let problem = format!("the list `{list}` is used nowhere: remove it");
                self.find(line, FindingKind::Idle, None, problem);
            }
        }
        let counting = &file.counting;
        if let (Some(factor), None) = (&counting.long_factor, &counting.long_passage) {
            let line = reader.line(factor.span().start);
            let problem = "`long_factor` does nothing without `long_passage`".to_owned();
            self.find(line, FindingKind::Idle, None, problem);
        }
        if let (Some(factor), true) = (&counting.name_factor, counting.name_words.is_empty()) {
            let line = reader.line(factor.span().start);
            let problem = "`name_factor` does nothing without `name_words`".to_owned();
            self.find(line, FindingKind::Idle, None, problem);
        }
        let parents: BTreeSet<&str> = file
            .priority
            .iter()
            .filter_map(|one| Some(one.get_ref().parent.as_ref()?.get_ref().as_str()))
            .collect();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        for priority in &file.priority {
            let priority = priority.get_ref();
            let id = priority.id.get_ref();
            let line = reader.line(priority.id.span().start);
            if priority.definition.trim().is_empty() {
                let problem =
                    format!("`{id}` has no definition: who labels cannot know what it covers");
                self.find(line, FindingKind::Missing, Some(id), problem);
            }
            let is_silent = priority.terms.as_deref().is_some_and(<[_]>::is_empty);
            if is_silent && !parents.contains(id.as_str()) {
                let problem = format!("`{id}` has no terms: only learned weights can give it");
                self.find(line, FindingKind::NeverMatches, Some(id), problem);
            }
            let label = priority.label.get_ref().trim().to_lowercase();
            if let Some(other) = labels.insert(label, line) {
                let label = priority.label.get_ref();
                let problem =
                    format!("`{id}` is called `{label}`, as the priority on line {other} is");
                self.find(line, FindingKind::Clash, Some(id), problem);
            }
        }
    }

    /// Looks at the terms of a gate or a priority.
    fn subject(&mut self, subject: &Subject<'_>) {
        self.joined(subject);
        let exclusions: HashMap<Vec<Key>, usize> =
            subject.exclude.iter().map(|(phrase, line)| (self.keys(phrase), *line)).collect();
        let mut firsts: HashMap<(Vec<Key>, &Near), &Placed> = HashMap::new();
        let mut words: HashSet<Key> = HashSet::new();
        let mut sum = 0.0;
        for term in &subject.terms {
            let keys = self.keys(&term.phrase);
            words.extend(keys.iter().cloned());
            if !self.blocked(subject.name, term, &keys, &exclusions) {
                sum += term.weight;
            }
            self.hollow(subject.name, term);
            self.near_itself(subject.name, term, &keys);
            let is_other = |first: &&Placed| first.phrase.words() != term.phrase.words();
            let first = firsts.get(&(keys.clone(), &term.near)).copied().filter(is_other);
            if let Some(first) = first {
                // Of two, the weightier counts.
                let problem = format!(
                    "`{}` finds the same words as `{}` on line {}: keep the weightier",
                    term.phrase, first.phrase, first.line
                );
                self.find(term.line, FindingKind::Repeated, Some(subject.name), problem);
            }
            firsts.entry((keys, &term.near)).or_insert(term);
        }
        if let Some(first) = subject.terms.first().filter(|_| sum < subject.threshold) {
            let problem = format!(
                "the terms of `{}` that can count weigh {sum} together, and {} is needed",
                subject.name, subject.threshold
            );
            self.find(first.line, FindingKind::NeverMatches, Some(subject.name), problem);
        }
        self.covered(subject, &firsts);
        self.idle_exclusions(subject, &words);
    }

    /// Finds terms whose words an exclusion takes away wherever they stand, and tells whether it is
    /// one.
    fn blocked(
        &mut self,
        subject: &str,
        term: &Placed,
        keys: &[Key],
        exclusions: &HashMap<Vec<Key>, usize>,
    ) -> bool {
        let stretches =
            (0..keys.len()).flat_map(|start| (start + 1..=keys.len()).map(move |end| start..end));
        let line =
            stretches.filter_map(|stretch| keys.get(stretch)).find_map(|part| exclusions.get(part));
        if let Some(line) = line {
            let problem = format!(
                "`{}` can never count: line {line} excludes words of it wherever they stand",
                term.phrase
            );
            self.find(term.line, FindingKind::NeverMatches, Some(subject), problem);
        }
        line.is_some()
    }

    /// Finds terms of nothing but function words.
    fn hollow(&mut self, subject: &str, term: &Placed) {
        if term.phrase.words().iter().all(|word| is_function_word(&word.folded)) {
            let problem = format!("`{}` is in every text: name what it is about", term.phrase);
            self.find(term.line, FindingKind::Clash, Some(subject), problem);
        }
    }

    /// Finds terms that satisfy the condition on what is near by themselves.
    fn near_itself(&mut self, subject: &str, term: &Placed, keys: &[Key]) {
        let near = term.near.0.iter().map(|phrase| (phrase, self.keys(phrase))).collect::<Vec<_>>();
        let own = near.iter().find(|(_, near)| {
            keys.windows(near.len())
                .any(|part| part.iter().zip(near).all(|(a, b)| is_covered(a, b)))
        });
        if let Some((own, _)) = own {
            let problem = format!(
                "`{}` holds `{own}`, which is to stand near it: `near` asks for nothing here",
                term.phrase
            );
            self.find(term.line, FindingKind::Idle, Some(subject), problem);
        }
    }

    /// Finds terms of one word that another finds by its beginning.
    fn covered(&mut self, subject: &Subject<'_>, firsts: &HashMap<(Vec<Key>, &Near), &Placed>) {
        for term in subject.terms.iter().filter(|term| term.phrase.words().len() == 1) {
            let word = &term.phrase.words()[0];
            let ends = word.folded.char_indices().map(|(at, c)| at + c.len_utf8());
            let starts = ends.filter_map(|end| word.folded.get(..end));
            let wider = starts
                .filter_map(|start| {
                    firsts.get(&(vec![(Form::Prefix, start.to_owned())], &term.near))
                })
                .find(|wider| wider.phrase.words() != term.phrase.words());
            if let Some(wider) = wider
                && wider.weight >= term.weight
            {
                let problem = format!(
                    "`{}` is found by `{}` on line {} too, and adds its own weight: say one of them",
                    term.phrase, wider.phrase, wider.line
                );
                self.find(term.line, FindingKind::Repeated, Some(subject.name), problem);
            }
        }
    }

    /// Finds terms of one word that a term of two finds written as one.
    fn joined(&mut self, subject: &Subject<'_>) {
        let mut pairs: HashMap<(String, &Near), &Placed> = HashMap::new();
        for term in &subject.terms {
            if let [first, second] = term.phrase.words() {
                pairs
                    .entry((format!("{}{}", first.folded, second.folded), &term.near))
                    .or_insert(term);
            }
        }
        for term in &subject.terms {
            let [only] = term.phrase.words() else { continue };
            let Some(pair) = pairs.get(&(only.folded.to_string(), &term.near)) else { continue };
            if pair.weight >= term.weight {
                let problem = format!(
                    "`{}` is found by `{}` on line {}, which finds words written as one: remove it",
                    term.phrase, pair.phrase, pair.line
                );
                self.find(term.line, FindingKind::Repeated, Some(subject.name), problem);
            }
        }
    }

    /// Finds exclusions no word of which is in a term.
    fn idle_exclusions(&mut self, subject: &Subject<'_>, words: &HashSet<Key>) {
        let prefixes: Vec<&String> =
            words.iter().filter(|(form, _)| *form == Form::Prefix).map(|(_, word)| word).collect();
        for (phrase, line) in &subject.exclude {
            let keys = self.keys(phrase);
            let touches = |(word, key): (&PhraseWord, &Key)| {
                let stem = self.lexicon.word(&word.folded).stem.to_owned();
                let forms = [(Form::Stem, stem), (Form::Exact, word.folded.to_string())];
                words.contains(key)
                    || forms.iter().any(|form| words.contains(form))
                    || prefixes.iter().any(|start| word.folded.starts_with(start.as_str()))
                    || word.form == Form::Prefix
            };
            if !phrase.words().iter().zip(&keys).any(touches) {
                let problem = format!("`{phrase}` excludes nothing: no term has a word of it");
                self.find(*line, FindingKind::Idle, Some(subject.name), problem);
            }
        }
    }

    /// Finds terms that another priority has.
    fn shared(&mut self, subject: &Subject<'_>, owners: &mut HashMap<Vec<Key>, (String, usize)>) {
        for term in &subject.terms {
            let keys = self.keys(&term.phrase);
            match owners.get(&keys) {
                Some((owner, line)) if owner != subject.name => {
                    let problem = format!(
                        "`{}` is a term of `{owner}` on line {line} too: it counts for both",
                        term.phrase
                    );
                    self.find(term.line, FindingKind::Shared, Some(subject.name), problem);
                }
                Some(_) => {}
                None => {
                    owners.insert(keys, (subject.name.to_owned(), term.line));
                }
            }
        }
    }

    fn keys(&mut self, phrase: &Phrase) -> Vec<Key> {
        let key = |word: &PhraseWord| match word.form {
            Form::Stem => (Form::Stem, self.lexicon.word(&word.folded).stem.to_owned()),
            Form::Exact | Form::Prefix => (word.form, word.folded.to_string()),
        };
        phrase.words().iter().map(key).collect()
    }
}

/// Tells whether every word that one form finds is found by another.
fn is_covered((form, word): &Key, (wide_form, wide): &Key) -> bool {
    match (form, wide_form) {
        (_, Form::Prefix) => word.starts_with(wide.as_str()),
        (Form::Stem, Form::Stem) | (Form::Exact, Form::Exact | Form::Stem) => word == wide,
        (Form::Prefix, Form::Stem | Form::Exact) | (Form::Stem, Form::Exact) => false,
    }
}

/// Tells whether a file names a list anywhere.
fn names_list(file: &TaxonomyFile, list: &str) -> bool {
    let is_list = |entry: &Spanned<Entry>| entry.get_ref().term.strip_prefix('@') == Some(list);
    let in_group = |group: &Spanned<GroupFile>| {
        let group = group.get_ref();
        let near = group.near.as_ref().map_or(&[][..], |near| near.get_ref());
        group.phrases.get_ref().iter().chain(near).any(is_list)
    };
    let in_gate = file.gate.as_ref().is_some_and(|gate| {
        let gate = gate.get_ref();
        gate.exclude.iter().any(is_list) || gate.terms.iter().any(in_group)
    });
    let in_priority = file.priority.iter().any(|priority| {
        let priority = priority.get_ref();
        let groups = priority.terms.as_deref().unwrap_or_default();
        priority.exclude.iter().any(is_list) || groups.iter().any(in_group)
    });
    in_gate || in_priority || file.counting.name_words.iter().any(is_list)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines from the seventh on, and what is found: line, kind, and a part of the words.
    #[test]
    fn findings() {
        for (rest, expected) in [
            ("[[priority.terms]]\nphrases = ['trade', 'deep sea']\n", &[][..]),
            (
                "[[priority.terms]]\nphrases = ['networks', 'network']\n",
                &[(8, "repeated", "finds the same words as `networks` on line 8")],
            ),
            (
                "exclude = ['security']\n[[priority.terms]]\nphrases = ['social security', 'x']\n",
                &[(9, "never-matches", "line 7 excludes words of it")],
            ),
            (
                "exclude = ['car park']\n[[priority.terms]]\nphrases = ['x']\n",
                &[(7, "idle", "`car park` excludes nothing")],
            ),
            (
                "[[priority.terms]]\nphrases = ['cyberspace', 'cyber*']\n",
                &[(8, "repeated", "found by `cyber*` on line 8")],
            ),
            (
                "[[priority.terms]]\nphrases = ['health care', 'healthcare']\n",
                &[(8, "repeated", "found by `health care` on line 8")],
            ),
            (
                "exclude = ['sea']\n[[priority.terms]]\nphrases = ['deep sea']\n",
                &[
                    (9, "never-matches", "line 7 excludes"),
                    (9, "never-matches", "weigh 0 together"),
                ],
            ),
            (
                "[[priority.terms]]\nphrases = [{ term = 'cyberspace', weight = 2 }, 'cyber*']\n",
                &[],
            ),
            (
                "[[priority.terms]]\nnear = ['sea']\nwithin = 30\nphrases = ['networks', 'cyberspace']\n\
                 [[priority.terms]]\nnear = ['sea']\nwithin = 3\nphrases = ['network', 'cyber*']\n",
                &[],
            ),
            ("[[priority.terms]]\nphrases = ['of the', 'x']\n", &[(8, "clash", "in every text")]),
            (
                "[[priority.terms]]\nnear = ['digi*']\nphrases = ['digital trade', 'x']\n",
                &[(9, "idle", "holds `digi*`")],
            ),
            ("terms = []\n", &[(4, "never-matches", "has no terms")]),
            (
                "terms = []\n[lists]\nsea = ['sea']\n",
                &[(4, "never-matches", ""), (9, "idle", "used nowhere")],
            ),
            (
                "[[priority.terms]]\nphrases = ['trade']\n[[priority]]\nid = 'b'\nlabel = 'a'\n\
                 [[priority.terms]]\nphrases = ['trades', 'y']\n",
                &[
                    (10, "clash", "as the priority on line 4"),
                    (10, "missing", "no definition"),
                    (13, "shared", "`trades` is a term of `a` on line 8 too"),
                ],
            ),
        ] {
            let head = "name = 'n'\nversion = '1'\n[[priority]]\nid = 'a'\nlabel = 'A'\n\
                        definition = 'd'\n";
            let findings = Taxonomy::lint(&format!("{head}{rest}"), "t.toml").unwrap();
            let found: Vec<(usize, &str, &str)> = findings
                .iter()
                .map(|found| (found.line, found.kind.name(), found.problem.as_str()))
                .collect();
            assert_eq!(found.len(), expected.len(), "{rest}: {found:?}");
            for ((line, kind, problem), (at, of, part)) in found.iter().zip(expected) {
                assert_eq!((line, kind), (at, of), "{rest}: {problem}");
                assert!(problem.contains(part), "{rest}: {problem}");
            }
        }
    }
}
