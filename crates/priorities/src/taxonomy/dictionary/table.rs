//! Dictionaries in tables: a category and a term in each row, or a term and the marks of its
//! categories.

use super::{Builder, Unfit, exact, unfit};
use crate::taxonomy::file::{Entry, unplaced};
use crate::taxonomy::id::shown;
use crate::taxonomy::reader::MAX_WEIGHT;
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

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

/// Reads a table.
///
/// # Errors
/// When its columns or a row cannot be understood.
pub(super) fn read_csv(text: &str, builder: &mut Builder) -> Result<(), Unfit> {
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
        Ok(number) if number > 0.0 && number <= MAX_WEIGHT => Ok(number),
        Ok(_) | Err(_) => unfit(
            line,
            format!("`{cell}` is no weight: write a number above 0, at most {}", MAX_WEIGHT),
        ),
    }
}
