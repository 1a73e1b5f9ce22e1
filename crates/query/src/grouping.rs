use crate::QueryError;
use crate::periods::{period_name, period_of_day, period_of_name};
use crate::slices::NamedPart;
use onrecord_indexing::{Address, Reader};
use onrecord_model::{CivilDate, DocumentId, Metadata};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// What the passages of a report are grouped by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum GroupBy {
    /// The document.
    Document,
    /// Whose words they are; those of nobody in particular are a group of their own.
    Speaker,
    /// The office in which they speak: that of the document, where it is its one voice.
    Office,
    /// The year of the document; those without one are a group of their own.
    Year,
    /// The quarter of the document's date; those without one are a group of their own.
    Quarter,
    /// The month of the document; those without one are a group of their own.
    Month,
    /// The kind of the document.
    Kind,
    /// The language of the document.
    Language,
    /// The body that put the document out.
    Issuer,
    /// Where the words were said.
    Place,
    /// The occasion.
    Event,
    /// A field of the documents that has no meaning to the program, by its name.
    Given(Box<str>),
}

impl GroupBy {
    /// All groupings that have a name of their own.
    pub const ALL: [Self; 11] = [
        Self::Document,
        Self::Speaker,
        Self::Office,
        Self::Year,
        Self::Quarter,
        Self::Month,
        Self::Kind,
        Self::Language,
        Self::Issuer,
        Self::Place,
        Self::Event,
    ];

    /// Returns the name used on the command line.
    pub fn name(&self) -> &str {
        match self {
            Self::Document => "document",
            Self::Speaker => "speaker",
            Self::Office => "office",
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Issuer => "issuer",
            Self::Place => "place",
            Self::Event => "event",
            Self::Given(field) => field,
        }
    }

    /// Returns the grouping of a name; one that is not known is that of a given field.
    pub fn from_name(name: &str) -> Self {
        let name = name.trim();
        Self::ALL
            .into_iter()
            .find(|by| by.name().eq_ignore_ascii_case(name))
            .unwrap_or_else(|| Self::Given(name.into()))
    }

    /// Returns the names of the columns that say which group it is.
    pub fn columns(&self) -> Vec<String> {
        match self {
            Self::Document => ["document_id", "title", "date", "path"].map(str::to_owned).into(),
            Self::Speaker
            | Self::Office
            | Self::Year
            | Self::Quarter
            | Self::Month
            | Self::Kind
            | Self::Language
            | Self::Issuer
            | Self::Place
            | Self::Event
            | Self::Given(_) => vec![self.name().to_owned()],
        }
    }

    /// Tells whether its groups are stretches of time.
    pub const fn is_time(&self) -> bool {
        self.periods_a_year().is_some()
    }

    /// Returns how many groups a year has, where the groups are stretches of time.
    const fn periods_a_year(&self) -> Option<u32> {
        match self {
            Self::Year => Some(1),
            Self::Quarter => Some(4),
            Self::Month => Some(12),
            Self::Document
            | Self::Speaker
            | Self::Office
            | Self::Kind
            | Self::Language
            | Self::Issuer
            | Self::Place
            | Self::Event
            | Self::Given(_) => None,
        }
    }

    /// Tells whether passages of one document may be of several groups.
    const fn is_of_passages(&self) -> bool {
        matches!(self, Self::Speaker | Self::Office)
    }

    /// Appends the values of the group that a passage is of, one for each column.
    fn push_key(&self, passage: &Grouped<'_>, key: &mut Key) {
        let metadata = passage.metadata;
        let date = metadata.date;
        let value = match self {
            Self::Document => {
                key.push(Some(passage.document.to_string()));
                key.push(metadata.title.clone());
                key.push(date.map(|date| date.to_string()));
                Some(metadata.source.path.to_string_lossy().into_owned())
            }
            Self::Speaker => passage.speaker.map(str::to_owned),
            Self::Office => {
                let voice = metadata.speaker.as_ref().map(|speaker| &*speaker.name);
                metadata.office.clone().filter(|_| voice.is_some() && passage.speaker == voice)
            }
            Self::Year | Self::Quarter | Self::Month => date
                .zip(self.periods_a_year())
                .and_then(|(date, a_year)| period_within(date, a_year)),
            Self::Kind => Some(metadata.kind.name().to_owned()),
            Self::Language => metadata.language.clone(),
            Self::Issuer => metadata.issuer.clone(),
            Self::Place => metadata.place.clone(),
            Self::Event => metadata.event.clone(),
            // As the program's own fields are read: line ends and blanks part no groups.
            Self::Given(field) => metadata
                .extra
                .get(&**field)
                .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        key.push(value);
    }
}

impl From<GroupBy> for String {
    fn from(by: GroupBy) -> Self {
        by.name().to_owned()
    }
}

impl From<String> for GroupBy {
    fn from(name: String) -> Self {
        Self::from_name(&name)
    }
}

/// Returns what is grouped by: by the speaker where nothing is said and no parts are named, and all as
/// one group where the list is empty, or its only name is `none`.
pub fn groupings(by: Option<&[GroupBy]>, parts: &[NamedPart]) -> Vec<GroupBy> {
    match by {
        Some([only]) if only.name().eq_ignore_ascii_case("none") => Vec::new(),
        Some(by) => by.to_vec(),
        None if parts.is_empty() => vec![GroupBy::Speaker],
        None => Vec::new(),
    }
}

/// Reads groupings as a list of names, or as names between commas, as a command has them.
///
/// # Errors
/// When they are neither.
pub(crate) fn read_groupings<'de, D: Deserializer<'de>>(
    written: D,
) -> Result<Option<Vec<GroupBy>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "`by` is a list of groupings, such as [\"speaker\", \"year\"]")]
    enum Written {
        Names(String),
        List(Vec<GroupBy>),
    }
    Ok(Some(match Written::deserialize(written)? {
        Written::Names(names) => names.split(',').map(GroupBy::from_name).collect(),
        Written::List(list) => list,
    }))
}

/// The values of the columns that say which group it is; none where that is not known.
pub(crate) type Key = Vec<Option<String>>;

/// What groups are told by.
#[derive(Clone, Copy)]
pub(crate) struct Grouped<'a> {
    pub(crate) document: DocumentId,
    pub(crate) metadata: &'a Metadata,
    /// The name of whose words they are.
    pub(crate) speaker: Option<&'a str>,
}

/// A document as far as its groups and dates need it.
pub(crate) struct GroupedDocument {
    /// Where its head stands.
    pub(crate) head: Address,
    pub(crate) id: DocumentId,
    pub(crate) metadata: Metadata,
}

impl GroupedDocument {
    /// Reads a document: its record where groupings need more than its date and kind, which stand in
    /// columns and are read in a fraction of the time.
    pub(crate) fn read(
        reader: &Reader,
        head: Address,
        groupings: &[Grouping],
    ) -> Result<Self, QueryError> {
        if groupings.iter().any(Grouping::needs_record) {
            let record = reader.document_at(head)?;
            return Ok(Self { head, id: record.id(), metadata: record.metadata });
        }
        let columns = reader.document_columns(head)?;
        let date = columns.days.and_then(|(first, last)| CivilDate::from_days(first, last));
        let metadata = Metadata { date, kind: columns.kind, ..Metadata::default() };
        Ok(Self { head, id: DocumentId::from_bytes([0; 16]), metadata })
    }
}

/// One or more groupings, of which each group has a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grouping(Vec<GroupBy>);

impl Grouping {
    /// Takes groupings that an index can be grouped by.
    ///
    /// # Errors
    /// When one is asked for twice, or is a field that no document has.
    pub(crate) fn new(reader: &Reader, by: &[GroupBy]) -> Result<Self, QueryError> {
        if by.iter().any(|by| by.name().eq_ignore_ascii_case("none")) {
            return Err(QueryError::NoneBeside);
        }
        for (at, one) in by.iter().enumerate() {
            if by.iter().take(at).any(|other| other == one) {
                return Err(QueryError::GroupedTwice(one.name().to_owned()));
            }
        }
        let given = by.iter().filter(|by| matches!(by, GroupBy::Given(_)));
        let given: Vec<&str> = given.map(GroupBy::name).collect();
        if !given.is_empty() {
            let fields = given_fields(reader)?;
            if let Some(name) = given.iter().find(|name| !fields.contains(**name)) {
                return Err(QueryError::NoGrouping {
                    name: (*name).to_owned(),
                    known: GroupBy::ALL.map(|by| by.name().to_owned()).join(", "),
                    given: Vec::from_iter(fields).join(", "),
                });
            }
        }
        Ok(Self(by.to_vec()))
    }

    /// Tells whether more of a document must be known than its date and kind.
    fn needs_record(&self) -> bool {
        self.0.iter().any(|by| match by {
            GroupBy::Speaker
            | GroupBy::Year
            | GroupBy::Quarter
            | GroupBy::Month
            | GroupBy::Kind => false,
            GroupBy::Document
            | GroupBy::Office
            | GroupBy::Language
            | GroupBy::Issuer
            | GroupBy::Place
            | GroupBy::Event
            | GroupBy::Given(_) => true,
        })
    }

    /// Returns the groupings.
    pub(crate) fn by(&self) -> &[GroupBy] {
        &self.0
    }

    /// Tells whether passages of one document may be of several groups.
    pub(crate) fn is_of_passages(&self) -> bool {
        self.0.iter().any(GroupBy::is_of_passages)
    }

    /// Lists the groups from the first to the last of some, where they are stretches of time alone; none
    /// where they are not.
    pub(crate) fn stretch_of_time<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Vec<Key> {
        let [by] = &self.0[..] else { return Vec::new() };
        let Some(a_year) = by.periods_a_year() else { return Vec::new() };
        let periods: Vec<u32> =
            keys.filter_map(|key| period_of_name(key.first()?.as_deref()?, a_year)).collect();
        let ends = periods.iter().min().zip(periods.iter().max());
        let all = ends.into_iter().flat_map(|(first, last)| *first..=*last);
        all.map(|period| vec![Some(period_name(period, a_year))]).collect()
    }

    /// Tells whether it is known which group it is; of a document that its title or date is not does
    /// not matter.
    pub(crate) fn is_told(&self, key: &Key) -> bool {
        let mut values = key.iter();
        self.0.iter().all(|by| {
            let own: Vec<bool> =
                values.by_ref().take(by.columns().len()).map(Option::is_some).collect();
            *by == GroupBy::Document || own.into_iter().all(|is_told| is_told)
        })
    }

    /// Returns the group of a passage.
    pub(crate) fn key(&self, passage: &Grouped<'_>) -> Key {
        let mut key = Vec::with_capacity(self.0.len());
        self.0.iter().for_each(|by| by.push_key(passage, &mut key));
        key
    }
}

/// Returns the name of the period that a date lies in, where it is known as precisely as that.
fn period_within(date: CivilDate, a_year: u32) -> Option<String> {
    let [first, last] = [date.first_day(), date.last_day()].map(|day| period_of_day(day, a_year));
    (first == last).then(|| period_name(first, a_year))
}

/// Lists the fields of the documents of an index that have no meaning to the program.
fn given_fields(reader: &Reader) -> Result<BTreeSet<String>, QueryError> {
    let mut fields = BTreeSet::new();
    for head in reader.heads()? {
        fields.extend(reader.document_at(head)?.metadata.extra.into_keys());
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Speaker;

    #[test]
    fn a_passage_has_a_group_of_each_grouping() {
        let metadata = Metadata {
            date: "2011-07-14".parse().ok(),
            office: Some("Secretary".into()),
            speaker: Some(Speaker::from_name("Ada Vale")),
            extra: [("country".to_owned(), " KEL\r\nA".to_owned())].into(),
            ..Metadata::default()
        };
        let document = DocumentId::new("a", "b", None);
        let key = |by: &str, speaker: Option<&str>| {
            let by: Vec<GroupBy> = by.split(',').map(GroupBy::from_name).collect();
            let key = Grouping(by).key(&Grouped { document, metadata: &metadata, speaker });
            key.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join("|")
        };
        let ada = Some("Ada Vale");
        for (by, speaker, expected) in [
            ("year", None, "2011"),
            ("Quarter", None, "2011-Q3"),
            ("month,speaker", ada, "2011-07|Ada Vale"),
            ("office", ada, "Secretary"),
            ("office", Some("Ben Moss"), ""),
            ("office", None, ""),
            ("country,year", None, "KEL A|2011"),
            ("kind,language", None, "other|"),
        ] {
            assert_eq!(key(by, speaker), expected, "{by} {speaker:?}");
        }
        assert_eq!(GroupBy::Document.columns().len(), 4);
    }

    #[test]
    fn stretches_of_time_have_no_hole() {
        for (by, given, expected) in [
            ("year", "2009|2011|", "2009 2010 2011"),
            ("quarter", "2010-Q3|2011-Q1", "2010-Q3 2010-Q4 2011-Q1"),
            ("month", "2010-11|2011-02", "2010-11 2010-12 2011-01 2011-02"),
            ("speaker", "a|b", ""),
            ("year,speaker", "2009|2011", ""),
            ("year", "", ""),
        ] {
            let by: Vec<GroupBy> = by.split(',').map(GroupBy::from_name).collect();
            let key = |name: &str| vec![Some(name.to_owned()).filter(|name| !name.is_empty())];
            let keys: Vec<Key> = given.split('|').map(key).collect();
            let found = Grouping(by).stretch_of_time(keys.iter());
            let names: Vec<String> = found.into_iter().flatten().flatten().collect();
            assert_eq!(names.join(" "), expected, "{given}");
        }
    }
}
