use crate::QueryError;
use crate::search::{SearchRequest, understand};
use onrecord_indexing::{Condition, DocumentRecord, IndexError, Reader, StoredPassage};
use onrecord_text::Lexicon;
use std::collections::BTreeMap;

/// One occurrence of a term that counted, with all that is needed to find it.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionRow {
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
    /// The words that counted, as written.
    pub term: String,
    /// The term of the taxonomy that they are.
    pub rule: String,
    /// The strength of the passage's label, 0 to 1.
    pub score: f32,
    /// Where the words stand in the document's text, in characters.
    pub char_start: u32,
    /// One past their last character.
    pub char_end: u32,
    /// The text of the passage.
    pub text: String,
}

/// Visits the mentions in the passages that a query finds, or in all: by document id, passage,
/// then in the order of the taxonomy and of the text.
///
/// # Errors
/// When the query cannot be understood, what the index holds is not what was written, or
/// `visit` fails.
pub fn for_each_mention<E: From<QueryError>>(
    reader: &Reader,
    query: Option<&str>,
    mut visit: impl FnMut(&MentionRow) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |error: IndexError| E::from(QueryError::from(error));
    reader.check_contents().map_err(failed)?;
    let condition = labelled(reader, query).map_err(E::from)?;
    let labels: BTreeMap<&str, &str> = reader
        .manifest()
        .description
        .ranked()
        .into_iter()
        .map(|(_, priority)| (priority.id.as_str(), priority.label.as_str()))
        .collect();
    let mut last: Option<DocumentRecord> = None;
    for address in reader.addresses(&condition).map_err(failed)? {
        let passage = reader.passage(address).map_err(failed)?;
        let document = match last.take().filter(|last| last.id() == passage.record.document()) {
            Some(document) => document,
            None => reader.document_of(address, &passage.record).map_err(failed)?,
        };
        for row in rows(&document, &passage, &labels) {
            visit(&row)?;
        }
        last = Some(document);
    }
    Ok(())
}

/// Returns what passages must meet to have mentions that a query asks for.
fn labelled(reader: &Reader, query: Option<&str>) -> Result<Condition, QueryError> {
    let priorities = reader.manifest().description.ranked();
    let any = priorities.iter().map(|(_, priority)| Condition::Priority(priority.id.clone()));
    let any = any.collect();
    let mut conditions = vec![Condition::Or(any)];
    if let Some(query) = query {
        let request = SearchRequest { query: query.to_owned(), ..SearchRequest::default() };
        conditions.push(understand(reader, &request, &mut Lexicon::new())?.1);
    }
    Ok(Condition::And(conditions))
}

fn rows<'a>(
    document: &'a DocumentRecord,
    passage: &'a StoredPassage,
    priorities: &'a BTreeMap<&str, &str>,
) -> impl Iterator<Item = MentionRow> + 'a {
    let metadata = &document.metadata;
    let record = &passage.record;
    let chars_before = |byte: u32| {
        let before = passage.text.get(..byte as usize).unwrap_or_default();
        record.char_start + before.chars().count() as u32
    };
    let current =
        record.labels.iter().filter(|label| priorities.contains_key(label.priority.as_str()));
    current.flat_map(move |label| {
        label.mentions.iter().map(move |mention| MentionRow {
            document_id: document.id().to_string(),
            path: metadata.source.path.to_string_lossy().into_owned(),
            title: metadata.title.clone(),
            date: metadata.date.map(|date| date.to_string()),
            speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            passage: record.ordinal,
            priority_id: label.priority.to_string(),
            priority: priorities.get(label.priority.as_str()).unwrap_or(&"").to_string(),
            term: passage.text.get(mention.span.range()).unwrap_or_default().to_owned(),
            rule: mention.rule.to_string(),
            score: label.score,
            char_start: chars_before(mention.span.start),
            char_end: chars_before(mention.span.end),
            text: passage.text.clone(),
        })
    })
}
