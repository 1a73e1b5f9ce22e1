//! Dictionaries of other programs: categories and the words that speak for them.

mod liwc;
mod table;

use liwc::read_liwc;
use table::read_csv;

use crate::taxonomy::file::{CountingFile, Entry, GroupFile, PriorityFile, TaxonomyFile, unplaced};
use crate::taxonomy::id::{Ids, shown};
use crate::{Phrase, PhraseWord};
use std::collections::{BTreeMap, HashMap};

/// How a dictionary is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictionaryFormat {
    /// A table with a column of categories and one of terms; or one of terms, and one for each
    /// category in which it is marked.
    Csv,
    /// LIWC: numbered categories between lines of `%`, then terms and the numbers they belong to.
    Liwc,
    /// Lexicoder: a category behind `+` in a line of its own, its terms below.
    Lexicoder,
}

/// Something of a dictionary that cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What it is and why it cannot be taken over.
    pub problem: String,
}

/// What was made of a dictionary.
pub(crate) struct Dictionary {
    pub(crate) file: TaxonomyFile,
    pub(crate) notes: Vec<String>,
    /// The terms that cannot be taken over.
    pub(crate) unfit: Vec<Unfit>,
}

/// Reads a dictionary; `name` is the taxonomy's.
///
/// # Errors
/// When the text is not of the format, so that categories would be lost.
pub(crate) fn read(text: &str, format: DictionaryFormat, name: &str) -> Result<Dictionary, Unfit> {
    let mut builder = Builder::default();
    match format {
        DictionaryFormat::Csv => read_csv(text, &mut builder)?,
        DictionaryFormat::Liwc => read_liwc(text, &mut builder)?,
        DictionaryFormat::Lexicoder => read_lexicoder(text, &mut builder)?,
    }
    builder.finish(name)
}

fn unfit<T>(line: usize, problem: impl Into<String>) -> Result<T, Unfit> {
    Err(Unfit { line: Some(line), problem: problem.into() })
}

#[derive(Default)]
struct Builder {
    categories: Vec<Category>,
    ids: Ids,
    notes: Vec<String>,
    unfit: Vec<Unfit>,
    n_twice: usize,
}

#[derive(Default)]
struct Category {
    id: String,
    label: String,
    definition: String,
    parent: Option<usize>,
    entries: Vec<Entry>,
    /// The phrases that it has, with their weights and lines.
    known: HashMap<Vec<PhraseWord>, (Option<f64>, usize)>,
}

impl Builder {
    /// Adds a category and returns its place.
    fn add(&mut self, name: &str, label: &str, parent: Option<usize>) -> usize {
        let id = self.ids.give(name, "category");
        let label = label.trim().to_owned();
        self.categories.push(Category { id, label, parent, ..Category::default() });
        self.categories.len() - 1
    }

    /// Adds a term to a category, unless it has it.
    fn add_term(&mut self, category: usize, entry: Entry, line: usize) {
        let term = &entry.term;
        let phrase = if term.starts_with(['@', '=', '~']) {
            Err(format!(
                "begins with `{}`, which means something else here",
                &term.get(..1).unwrap_or_default()
            ))
        } else {
            Phrase::parse(term, entry.exact).map_err(|error| error.to_string())
        };
        match phrase {
            Ok(phrase) => {
                let weight = entry.weight.as_ref().map(|weight| *weight.get_ref());
                let category = &mut self.categories[category];
                match category.known.get(phrase.words()) {
                    None => {
                        category.known.insert(phrase.words().to_vec(), (weight, line));
                        category.entries.push(entry);
                    }
                    Some((known, _)) if *known == weight => self.n_twice += 1,
                    Some((_, first)) => {
                        let label = &category.label;
                        let problem =
                            format!("`{term}` of `{label}` has another weight on line {first}");
                        self.unfit.push(Unfit { line: Some(line), problem });
                    }
                }
            }
            Err(problem) => {
                let label = &self.categories[category].label;
                let problem = format!("`{term}` of `{label}` {problem}");
                self.unfit.push(Unfit { line: Some(line), problem });
            }
        }
    }

    fn finish(self, name: &str) -> Result<Dictionary, Unfit> {
        if self.categories.is_empty() {
            return Err(Unfit { line: None, problem: "it has no category".into() });
        }
        let mut notes = self.notes;
        if self.n_twice > 0 {
            notes.push(format!(
                "{} terms stand twice in their category: once is kept",
                self.n_twice
            ));
        }
        let silent = self.categories.iter().filter(|category| category.entries.is_empty());
        let silent: Vec<&str> = silent.map(|category| category.label.as_str()).collect();
        if !silent.is_empty() {
            notes.push(format!(
                "without a term, so that no text gets them by rules: {} categories: {}",
                silent.len(),
                shown(&silent)
            ));
        }
        let ids: Vec<String> = self.categories.iter().map(|category| category.id.clone()).collect();
        let priorities =
            self.categories.into_iter().map(|category| unplaced(category.finish(&ids)));
        let file = TaxonomyFile {
            name: unplaced(name.to_owned()),
            version: unplaced("1".to_owned()),
            description: String::new(),
            counting: CountingFile::default(),
            lists: BTreeMap::new(),
            gate: None,
            priority: priorities.collect(),
            skos: None,
        };
        Ok(Dictionary { file, notes, unfit: self.unfit })
    }
}

impl Category {
    fn finish(self, ids: &[String]) -> PriorityFile {
        // What all terms of a group are is said once.
        let all_exact = !self.entries.is_empty() && self.entries.iter().all(|entry| entry.exact);
        let entries = self
            .entries
            .into_iter()
            .map(|entry| unplaced(Entry { exact: entry.exact && !all_exact, ..entry }));
        let entries: Vec<_> = entries.collect();
        let group = (!entries.is_empty()).then(|| {
            unplaced(GroupFile {
                phrases: unplaced(entries),
                weight: None,
                exact: all_exact,
                near: None,
                within: None,
            })
        });
        PriorityFile {
            id: unplaced(self.id),
            label: unplaced(self.label),
            definition: self.definition,
            scope_note: String::new(),
            parent: self.parent.map(|parent| unplaced(ids[parent].clone())),
            threshold: None,
            exclude: Vec::new(),
            terms: Some(group.into_iter().collect()),
            iri: None,
            statements: None,
        }
    }
}

/// Makes a term that is compared letter by letter, as other programs do; one that ends in `*` is
/// compared by its beginning.
fn exact(term: &str) -> Entry {
    Entry { term: term.to_owned(), exact: true, weight: None }
}

fn read_lexicoder(text: &str, builder: &mut Builder) -> Result<(), Unfit> {
    // The categories above the next line, each with how many `+` it has.
    let mut above: Vec<(usize, usize)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let name = line.trim_start_matches('+');
        let level = line.len() - name.len();
        if level > 0 {
            if name.trim().is_empty() {
                return unfit(number, "`+` has no name of a category behind it");
            }
            above.retain(|(other, _)| *other < level);
            let category = builder.add(name, name, above.last().map(|(_, category)| *category));
            above.push((level, category));
        } else if line.starts_with('<') {
            let problem = "this is XML; of Lexicoder, lines of `+CATEGORY` and terms are read";
            return unfit(number, problem);
        } else if !line.is_empty() {
            let Some((_, category)) = above.last() else {
                return unfit(number, format!("`{line}` stands before any `+CATEGORY`"));
            };
            builder.add_term(*category, exact(line), number);
        }
    }
    Ok(())
}
