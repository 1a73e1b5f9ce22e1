use crate::QueryError;
use onrecord_indexing::{Address, Condition, PassageColumns, Reader};
use onrecord_model::CivilDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// What the passages found are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetField {
    /// Whose words they are.
    Speaker,
    /// The year of the document.
    Year,
    /// The month of the document.
    Month,
    /// What sort of document it is.
    Kind,
    /// The priorities that a passage speaks of; it may count under several.
    Priority,
    /// The body that put the document out.
    Issuer,
    /// Where it was said.
    Place,
    /// The language of the document.
    Language,
    /// What the passage is: paragraph, list-item, heading, …
    Block,
}

impl FacetField {
    /// All fields.
    pub const ALL: [Self; 9] = [
        Self::Speaker,
        Self::Year,
        Self::Month,
        Self::Kind,
        Self::Priority,
        Self::Issuer,
        Self::Place,
        Self::Language,
        Self::Block,
    ];

    /// The fields that are quick to count by, and of interest to most.
    pub const USUAL: [Self; 4] = [Self::Speaker, Self::Year, Self::Kind, Self::Priority];

    /// Returns the name used on the command line and in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Year => "year",
            Self::Month => "month",
            Self::Kind => "kind",
            Self::Priority => "priority",
            Self::Issuer => "issuer",
            Self::Place => "place",
            Self::Language => "language",
            Self::Block => "block",
        }
    }

    /// Returns the field of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Tells where the values stand.
    const fn stands_in(self) -> Stands {
        match self {
            Self::Speaker | Self::Priority => Stands::PassageColumns,
            Self::Year | Self::Month | Self::Kind => Stands::DocumentColumns,
            Self::Issuer | Self::Place | Self::Language => Stands::DocumentRecord,
            Self::Block => Stands::PassageRecord,
        }
    }
}

/// Where the values of a field stand, from the quickest to read on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    PassageColumns,
    DocumentColumns,
    DocumentRecord,
    PassageRecord,
}

/// How the passages found are spread over the values of some fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// In the order in which the fields are declared.
    pub fields: Vec<FieldFacets>,
}

/// How the passages found are spread over the values of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFacets {
    /// The field.
    pub field: FacetField,
    /// How many values there are, also where not all are listed.
    pub n_values: u64,
    /// Those of most passages first, ties by value; behind them what has no value.
    pub values: Vec<Facet>,
}

/// A value, with how much of what was found has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The value; none for what has no value.
    pub value: Option<String>,
    /// The passages.
    pub count: u64,
    /// The documents of these passages.
    pub documents: u64,
}

impl Serialize for Facets {
    /// Writes the lists under the names of the fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for field in &self.fields {
            map.serialize_entry(field.field.name(), &field.values)?;
        }
        map.end()
    }
}

impl Facets {
    /// Counts the passages that meet a condition; of each field the values of most passages, as
    /// many as the limit says, all where it is 0.
    ///
    /// Counts from columns where these hold the values; else reads the record of each document,
    /// and for blocks each passage.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(super) fn of(
        reader: &Reader,
        condition: &Condition,
        fields: &[FacetField],
        limit: usize,
    ) -> Result<Self, QueryError> {
        let mut counting = Counting::new(reader, fields);
        reader.for_each_passage(condition, |passage| counting.add(passage))?;
        counting.add_documents()?;
        counting.add_blocks()?;
        let fields = counting.fields.into_iter().map(|field| field.most_frequent(limit)).collect();
        Ok(Self { fields })
    }
}

impl Facets {
    /// Returns how many values each field has, by its name.
    pub(super) fn n_values(&self) -> BTreeMap<&'static str, u64> {
        self.fields.iter().map(|field| (field.field.name(), field.n_values)).collect()
    }
}

struct Counting<'a> {
    reader: &'a Reader,
    fields: Vec<FieldCounts>,
    /// The documents found by their heads, each with how many passages.
    documents: Vec<(Address, u64)>,
    /// The passages found, where they must be read.
    passages: Vec<(Address, Address)>,
}

/// The counts of a field's values.
struct FieldCounts {
    field: FacetField,
    values: BTreeMap<Option<String>, Count>,
}

/// How often a value was met. The passages of a document come one behind the other.
#[derive(Default)]
struct Count {
    passages: u64,
    documents: u64,
    last: Option<Address>,
}

impl FieldCounts {
    fn add(&mut self, value: Option<&str>, head: Address, n_passages: u64) {
        let key = value.map(str::to_owned);
        let count = self.values.entry(key).or_default();
        count.passages += n_passages;
        if count.last.replace(head) != Some(head) {
            count.documents += 1;
        }
    }

    fn most_frequent(self, limit: usize) -> FieldFacets {
        let facet = |(value, count): (Option<String>, Count)| Facet {
            value,
            count: count.passages,
            documents: count.documents,
        };
        let (mut values, absent): (Vec<Facet>, Vec<Facet>) =
            self.values.into_iter().map(facet).partition(|facet| facet.value.is_some());
        let n_values = values.len() as u64;
        // Values are in order, and stay so where counts are equal.
        values.sort_by_key(|facet| std::cmp::Reverse(facet.count));
        values.truncate(if limit == 0 { usize::MAX } else { limit });
        values.extend(absent);
        FieldFacets { field: self.field, n_values, values }
    }
}

impl<'a> Counting<'a> {
    fn new(reader: &'a Reader, fields: &[FacetField]) -> Self {
        let mut fields = fields.to_vec();
        fields.sort_unstable();
        fields.dedup();
        let counts = |field| FieldCounts { field, values: BTreeMap::new() };
        Self {
            reader,
            fields: fields.into_iter().map(counts).collect(),
            documents: Vec::new(),
            passages: Vec::new(),
        }
    }

    /// Counts a passage by what its columns say.
    fn add(&mut self, passage: &PassageColumns<'_>) {
        match self.documents.last_mut().filter(|(head, _)| *head == passage.head) {
            Some((_, n_passages)) => *n_passages += 1,
            None => self.documents.push((passage.head, 1)),
        }
        let known = &self.reader.manifest().description.priorities;
        for counts in &mut self.fields {
            match counts.field {
                FacetField::Speaker => {
                    counts.add(passage.speaker.map(|name| &**name), passage.head, 1);
                }
                FacetField::Priority => {
                    let labels = passage.labels.iter();
                    let mut ids = labels.filter_map(|label| known.get(label.priority)).peekable();
                    if ids.peek().is_none() {
                        counts.add(None, passage.head, 1);
                    }
                    ids.for_each(|known| counts.add(Some(&known.id), passage.head, 1));
                }
                FacetField::Block => self.passages.push((passage.head, passage.address)),
                FacetField::Year
                | FacetField::Month
                | FacetField::Kind
                | FacetField::Issuer
                | FacetField::Place
                | FacetField::Language => {}
            }
        }
    }

    /// Counts the passages of each document by what is known of it.
    fn add_documents(&mut self) -> Result<(), QueryError> {
        let has = |stands| self.fields.iter().any(|counts| counts.field.stands_in() == stands);
        let (of_columns, of_records) = (has(Stands::DocumentColumns), has(Stands::DocumentRecord));
        for &(head, n_passages) in &self.documents {
            let columns = if of_columns { Some(self.reader.document_columns(head)?) } else { None };
            let record =
                if of_records { Some(self.reader.document_at(head)?.metadata) } else { None };
            let days = columns.and_then(|columns| columns.days);
            let date = days.and_then(|(first, last)| CivilDate::from_days(first, last));
            for counts in &mut self.fields {
                let value = match counts.field {
                    FacetField::Year => date.map(|date| format!("{:04}", date.year())),
                    FacetField::Month => date.and_then(month),
                    FacetField::Kind => columns.map(|columns| columns.kind.name().to_owned()),
                    FacetField::Issuer => record.as_ref().and_then(|known| known.issuer.clone()),
                    FacetField::Place => record.as_ref().and_then(|known| known.place.clone()),
                    FacetField::Language => {
                        record.as_ref().and_then(|known| known.language.clone())
                    }
                    FacetField::Speaker | FacetField::Priority | FacetField::Block => continue,
                };
                counts.add(value.as_deref(), head, n_passages);
            }
        }
        Ok(())
    }

    /// Counts passages by what they are.
    fn add_blocks(&mut self) -> Result<(), QueryError> {
        let Some(counts) = self.fields.iter_mut().find(|counts| counts.field == FacetField::Block)
        else {
            return Ok(());
        };
        for &(head, passage) in &self.passages {
            let block = self.reader.passage(passage)?.record.kind.name();
            counts.add(Some(block), head, 1);
        }
        Ok(())
    }
}

/// Returns the month of a date that is known to the month.
fn month(date: CivilDate) -> Option<String> {
    date.month().map(|month| format!("{:04}-{month:02}", date.year()))
}
