//! Dictionaries of other programs: categories and the words that speak for them.

use super::file::{CountingFile, Entry, GroupFile, PriorityFile, TaxonomyFile, unplaced};
use super::id::{Ids, shown};
use crate::{Phrase, PhraseWord};
use csv::{ReaderBuilder, StringRecord};
use std::collections::{BTreeMap, HashSet};

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
    known: HashSet<Vec<PhraseWord>>,
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
        let phrase = if term.starts_with(['@', '=']) {
            Err(format!(
                "begins with `{}`, which means something else here",
                &term.get(..1).unwrap_or_default()
            ))
        } else {
            Phrase::parse(term, entry.exact).map_err(|error| error.to_string())
        };
        match phrase {
            Ok(phrase) => {
                if self.categories[category].known.insert(phrase.words().to_vec()) {
                    self.categories[category].entries.push(entry);
                } else {
                    self.n_twice += 1;
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
    let mut category = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('+') {
            if name.trim().is_empty() {
                return unfit(number, "`+` has no name of a category behind it");
            }
            category = Some(builder.add(name, name, None));
        } else if line.starts_with('<') {
            return unfit(
                number,
                "this is XML; of Lexicoder, lines of `+CATEGORY` and terms are read",
            );
        } else if !line.is_empty() {
            let Some(category) = category else {
                return unfit(number, format!("`{line}` stands before any `+CATEGORY`"));
            };
            builder.add_term(category, exact(line), number);
        }
    }
    Ok(())
}

fn read_liwc(text: &str, builder: &mut Builder) -> Result<(), Unfit> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    match lines.next() {
        Some((_, line)) if line.trim() == "%" => {}
        first => {
            let number = first.map_or(1, |(number, _)| number);
            return unfit(
                number,
                "a LIWC dictionary begins with a line of `%`, and this one does not",
            );
        }
    }
    let places = liwc_categories(&mut lines, text, builder)?;
    for (number, line) in lines {
        liwc_term(line.trim(), number, &places, builder)?;
    }
    Ok(())
}

/// Reads categories up to a line of `%`: their places by their numbers.
fn liwc_categories<'a>(
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    text: &str,
    builder: &mut Builder,
) -> Result<BTreeMap<String, usize>, Unfit> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    // The categories above the next one, each with how far it is set in.
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut is_closed = false;
    for (number, line) in lines {
        if line.trim() == "%" {
            is_closed = true;
            break;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let parts = line.trim().split_once(char::is_whitespace);
        let is_number = |code: &str| code.bytes().all(|byte| byte.is_ascii_digit());
        let Some((code, name)) = parts.filter(|(code, _)| is_number(code)) else {
            let problem =
                format!("`{}` is no category: write its number and its name", line.trim());
            return unfit(number, problem);
        };
        above.retain(|(other, _)| *other < indent);
        let name = name.trim();
        let (short, long) = name.split_once('(').map_or((name, name), |(short, long)| {
            (short.trim(), long.trim_end().strip_suffix(')').unwrap_or(long))
        });
        let short = if short.is_empty() { long } else { short };
        let place = builder.add(short, long, above.last().map(|(_, place)| *place));
        above.push((indent, place));
        if places.insert(bare(code).to_owned(), place).is_some() {
            return unfit(
                number,
                format!("the number `{code}` is already that of a category above"),
            );
        }
    }
    if !is_closed {
        return unfit(text.lines().count().max(1), "the categories do not end with a line of `%`");
    }
    Ok(places)
}

/// Returns the number of a category without the zeros that it may be written with.
fn bare(code: &str) -> &str {
    code.trim_start_matches('0')
}

/// Reads a line of a term and the numbers of its categories.
fn liwc_term(
    line: &str,
    number: usize,
    places: &BTreeMap<String, usize>,
    builder: &mut Builder,
) -> Result<(), Unfit> {
    let (term, codes) = match line.split_once('\t') {
        Some((term, codes)) => (term.trim(), codes),
        None => line.split_once(' ').unwrap_or((line, "")),
    };
    if codes.trim().is_empty() {
        return unfit(number, format!("`{term}` has no category behind it"));
    }
    if codes.contains(['(', '<', '/']) {
        let problem =
            format!("`{term}` belongs to its categories under conditions, which are not read");
        builder.unfit.push(Unfit { line: Some(number), problem });
        return Ok(());
    }
    for code in codes.split_whitespace() {
        let Some(&place) = places.get(bare(code)) else {
            return unfit(
                number,
                format!("`{term}` is of category `{code}`, which is not listed above"),
            );
        };
        builder.add_term(place, exact(term), number);
    }
    Ok(())
}

/// What a column of terms may be called.
const TERM_NAMES: [&str; 8] =
    ["term", "phrase", "word", "keyword", "pattern", "entry", "dicterm", "token"];

/// What a column of categories may be called.
const CATEGORY_NAMES: [&str; 7] =
    ["priority_id", "priority", "category", "topic", "code", "class", "dimension"];

/// What columns are called that say more of a row, and are no categories.
const OTHER_NAMES: [&str; 11] = [
    "weight",
    "exact",
    "label",
    "name",
    "definition",
    "description",
    "id",
    "no",
    "number",
    "note",
    "source",
];

fn read_csv(text: &str, builder: &mut Builder) -> Result<(), Unfit> {
    let mut reader =
        ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let header =
        reader.headers().map_err(|error| Unfit { line: Some(1), problem: error.to_string() })?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    let place_of = |wanted: &[&str]| {
        wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted))
    };
    let Some(term) = place_of(&TERM_NAMES) else {
        let found = header.iter().collect::<Vec<_>>().join("`, `");
        return unfit(
            1,
            format!("no column is called `term`; its columns are `{found}`: name one so"),
        );
    };
    let columns = CsvColumns {
        term,
        category: place_of(&CATEGORY_NAMES),
        label: place_of(&["label", "name"]),
        definition: place_of(&["definition", "description"]),
        weight: place_of(&["weight"]),
        exact: place_of(&["exact"]),
    };
    let header = header.clone();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    if columns.category.is_none() {
        let is_mark = |(place, _): &(usize, &str)| {
            *place != term && !OTHER_NAMES.contains(&names[*place].as_str())
        };
        for (place, name) in header.iter().enumerate().filter(is_mark) {
            let category = builder.add(name, name, None);
            places.insert(place.to_string(), category);
        }
        if places.is_empty() {
            return unfit(1, "no column is called `category`, and none is left to mark terms in");
        }
    }
    let unread: Vec<&str> = header
        .iter()
        .enumerate()
        .filter(|(place, _)| !columns.reads(*place) && !places.contains_key(&place.to_string()))
        .map(|(_, name)| name)
        .collect();
    if !unread.is_empty() {
        builder.notes.push(format!("not read: {} columns: {}", unread.len(), shown(&unread)));
    }
    for record in reader.records() {
        let record = record.map_err(|error| Unfit {
            line: error.position().map(|at| at.line() as usize),
            problem: error.to_string(),
        })?;
        let line = record.position().map_or(0, |at| at.line() as usize);
        if record.len() > header.len() {
            return unfit(
                line,
                format!("the row has {} cells under {} columns", record.len(), header.len()),
            );
        }
        columns.read(&record, line, &mut places, builder)?;
    }
    Ok(())
}

/// Tells by the first line what cells are parted by: the sign of `,`, `;` and the tabulator that
/// it has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The places of columns.
struct CsvColumns {
    term: usize,
    category: Option<usize>,
    label: Option<usize>,
    definition: Option<usize>,
    weight: Option<usize>,
    exact: Option<usize>,
}

impl CsvColumns {
    /// Tells whether something is read of a column.
    fn reads(&self, place: usize) -> bool {
        let Self { term, category, label, definition, weight, exact } = *self;
        let named = match category {
            Some(_) => [category, label, definition, weight, exact],
            None => [None; 5],
        };
        place == term || named.contains(&Some(place))
    }

    /// Reads a row.
    fn read(
        &self,
        record: &StringRecord,
        line: usize,
        places: &mut BTreeMap<String, usize>,
        builder: &mut Builder,
    ) -> Result<(), Unfit> {
        match self.category {
            Some(category) => self.read_term(category, record, line, places, builder),
            None => self.read_marks(record, line, places, builder),
        }
    }

    /// Reads a row of a term and its category.
    fn read_term(
        &self,
        category: usize,
        record: &StringRecord,
        line: usize,
        places: &mut BTreeMap<String, usize>,
        builder: &mut Builder,
    ) -> Result<(), Unfit> {
        let cell = |place: Option<usize>| cell(record, place?);
        let term = cell(Some(self.term));
        let Some(name) = cell(Some(category)) else {
            // A row of blanks says nothing.
            return term.map_or(Ok(()), |term| unfit(line, format!("`{term}` has no category")));
        };
        let label = cell(self.label).unwrap_or(name);
        let category =
            *places.entry(name.to_owned()).or_insert_with(|| builder.add(name, label, None));
        let known = &mut builder.categories[category].definition;
        if let Some(definition) = cell(self.definition).filter(|_| known.is_empty()) {
            definition.clone_into(known);
        }
        let weight = cell(self.weight).map(|cell| number(cell, line)).transpose()?;
        let exact = cell(self.exact)
            .is_some_and(|cell| matches!(&*cell.to_lowercase(), "true" | "yes" | "1" | "x"));
        if let Some(term) = term {
            let entry = Entry { term: term.to_owned(), exact, weight: weight.map(unplaced) };
            builder.add_term(category, entry, line);
        }
        Ok(())
    }

    /// Reads a row of a term and the marks of the categories that it belongs to.
    fn read_marks(
        &self,
        record: &StringRecord,
        line: usize,
        places: &BTreeMap<String, usize>,
        builder: &mut Builder,
    ) -> Result<(), Unfit> {
        let term = cell(record, self.term).unwrap_or_default();
        for place in 0..record.len() {
            let Some(category) = places.get(&place.to_string()) else { continue };
            let Some(mark) = cell(record, place).filter(|mark| *mark != "0") else { continue };
            let is_plain = mark.eq_ignore_ascii_case("x") || mark == "1";
            let weight = if is_plain { None } else { Some(unplaced(number(mark, line)?)) };
            builder.add_term(*category, Entry { weight, ..exact(term) }, line);
        }
        Ok(())
    }
}

/// Returns what a cell says, if anything.
fn cell(record: &StringRecord, place: usize) -> Option<&str> {
    record.get(place).map(str::trim).filter(|cell| !cell.is_empty())
}

fn number(cell: &str, line: usize) -> Result<f64, Unfit> {
    match cell.parse::<f64>() {
        Ok(number) if number > 0.0 && number <= super::reader::MAX_WEIGHT => Ok(number),
        Ok(_) | Err(_) => unfit(
            line,
            format!(
                "`{cell}` is no weight: write a number above 0, at most {}",
                super::reader::MAX_WEIGHT
            ),
        ),
    }
}
