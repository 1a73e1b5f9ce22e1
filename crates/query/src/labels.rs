use crate::QueryError;
use crate::error::check_labels;
use crate::question::condition_of;
use onrecord_indexing::{Address, Condition, IndexError, Reader, StoredPassage};
use std::collections::BTreeMap;

/// A label of a passage, with all that is needed to find it and the mentions behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelRow {
    /// The id of the document.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The title of the document.
    pub title: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// The id of the priority.
    pub priority_id: String,
    /// Its name.
    pub priority: String,
    /// The strength of the label, 0 to 1.
    pub score: f32,
    /// What gave it: `rules`, `model` or `both`.
    pub method: &'static str,
    /// Where the passage stands in the document's text, in characters.
    pub char_start: u32,
    /// One past its last character.
    pub char_end: u32,
    /// The text of the passage.
    pub text: String,
    /// The mentions, in the order of the text; none where weights alone gave the label.
    pub mentions: Vec<Mention>,
}

/// One occurrence of a term that counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The words that counted, as written.
    pub term: String,
    /// The term of the taxonomy that they are.
    pub rule: String,
    /// Where the words stand in the document's text, in characters.
    pub char_start: u32,
    /// One past their last character.
    pub char_end: u32,
}

/// Finds the labels of the passages that a query finds, or of all: by document id, passage, then in
/// the order of the taxonomy.
///
/// The whole index is checked first; passages are read when their turn comes, so that any number
/// of labels can be written out.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn find_labels<'a>(reader: &'a Reader, query: Option<&str>) -> Result<Labels<'a>, QueryError> {
    check_labels(reader)?;
    let condition = labelled(reader, query)?;
    let priorities = reader.manifest().description.ranked().into_iter();
    let labels = priorities.map(|(_, priority)| (priority.id.as_str(), priority.label.as_str()));
    Ok(Labels {
        reader,
        labels: labels.collect(),
        passages: reader.addresses(&condition)?.into_iter(),
        rows: Vec::new().into_iter(),
    })
}

/// The labels that were found, to be read one by one.
#[derive(Debug)]
pub struct Labels<'a> {
    reader: &'a Reader,
    /// The names of the priorities by their ids.
    labels: BTreeMap<&'a str, &'a str>,
    passages: std::vec::IntoIter<Address>,
    /// Those of the last passage.
    rows: std::vec::IntoIter<LabelRow>,
}

impl Iterator for Labels<'_> {
    type Item = Result<LabelRow, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(Ok(row));
            }
            let address = self.passages.next()?;
            if let Err(error) = self.read(address) {
                return Some(Err(error.into()));
            }
        }
    }
}

impl Labels<'_> {
    fn read(&mut self, address: Address) -> Result<(), IndexError> {
        let passage = self.reader.passage(address)?;
        self.rows = rows(&passage, &self.labels).collect::<Vec<_>>().into_iter();
        Ok(())
    }
}

/// Returns what passages must meet to have labels that a query asks for.
fn labelled(reader: &Reader, query: Option<&str>) -> Result<Condition, QueryError> {
    let priorities = reader.manifest().description.ranked();
    let any = priorities.iter().map(|(_, priority)| Condition::Priority(priority.id.clone()));
    let any = any.collect();
    let mut conditions = vec![Condition::Or(any)];
    if let Some(query) = query {
        conditions.push(condition_of(reader, query)?);
    }
    Ok(Condition::And(conditions))
}

fn rows<'a>(
    passage: &'a StoredPassage,
    priorities: &'a BTreeMap<&str, &str>,
) -> impl Iterator<Item = LabelRow> + 'a {
    let record = &passage.record;
    let citation = &record.citation;
    let chars_before = |byte: u32| {
        let before = passage.text.get(..byte as usize).unwrap_or_default();
        record.char_start + before.chars().count() as u32
    };
    let current =
        record.labels.iter().filter(|label| priorities.contains_key(label.priority.as_str()));
    current.map(move |label| LabelRow {
        document_id: record.document().to_string(),
        path: citation.path.clone(),
        title: citation.title.clone(),
        date: citation.date.map(|date| date.to_string()),
        speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        passage: record.ordinal,
        priority_id: label.priority.to_string(),
        priority: priorities.get(label.priority.as_str()).unwrap_or(&"").to_string(),
        score: label.score,
        method: label.method().name(),
        char_start: record.char_start,
        char_end: chars_before(passage.text.len() as u32),
        text: passage.text.clone(),
        mentions: label
            .mentions
            .iter()
            .map(|mention| Mention {
                term: passage.text.get(mention.span.range()).unwrap_or_default().to_owned(),
                rule: mention.rule.to_string(),
                char_start: chars_before(mention.span.start),
                char_end: chars_before(mention.span.end),
            })
            .collect(),
    })
}
