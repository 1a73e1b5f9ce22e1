use crate::QueryError;
use crate::counts::PrioritiesRequest;
use crate::error::check_labels;
use crate::folding::Folding;
use crate::group_counts::group_values;
use crate::grouping::{Grouped, GroupedDocument, Grouping, groupings};
use crate::slices::{Slice, slices};
use onrecord_indexing::{Address, Condition, Reader, StoredPassage};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A label of a passage, with all that is needed to find it and the mentions behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelRow {
    /// The values of the part and group that it is of, where groups were asked for.
    pub group: Vec<Option<String>>,
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

/// A question for labels of passages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LabelsRequest {
    /// A query for the passages.
    #[serde(alias = "filter", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The id or name of the one priority whose labels are asked for; those of all without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Whether copies and other transcripts of one speech are left out, as when they are counted
    /// once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fold_duplicates: bool,
}

/// Finds the labels of the passages that a query finds, or of all: by document id, passage, then in
/// the order of the taxonomy.
///
/// The whole index is checked first; passages are read when their turn comes, so that any number
/// of labels can be written out.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn find_labels<'a>(
    reader: &'a Reader,
    request: &LabelsRequest,
) -> Result<Labels<'a>, QueryError> {
    check_labels(reader)?;
    let slices = slices(reader, request.query.as_deref(), &[])?;
    let mut labels = Labels::of(reader, slices, Grouping::default(), request.fold_duplicates)?;
    if let Some(asked) = &request.priority {
        let known = std::mem::take(&mut labels.labels);
        let is_asked = |name: &str| name.eq_ignore_ascii_case(asked.trim());
        labels.labels = known
            .iter()
            .filter(|(id, name)| is_asked(id) || is_asked(name))
            .map(|(id, name)| (*id, *name))
            .collect();
        if labels.labels.is_empty() {
            let known = Vec::from_iter(known.into_keys()).join(", ");
            return Err(QueryError::NoPriority { name: asked.clone(), known });
        }
    }
    Ok(labels)
}

/// Finds the labels behind all cells that a question for priorities counts: those of each part and
/// group, each with the values of its group, in the order of the parts, then by document id,
/// passage and taxonomy. The rows of a group and priority are its `passages`, and their mentions
/// its `mentions`.
///
/// # Errors
/// As [`count_priorities`](crate::count_priorities).
pub fn explode_priorities<'a>(
    reader: &'a Reader,
    request: &PrioritiesRequest,
) -> Result<Labels<'a>, QueryError> {
    check_labels(reader)?;
    let grouping = Grouping::new(reader, &groupings(request.by.as_deref(), &request.parts))?;
    let slices = slices(reader, request.query.as_deref(), &request.parts)?;
    Labels::of(reader, slices, grouping, request.fold_duplicates)
}

/// The labels that were found, to be read one by one.
pub struct Labels<'a> {
    reader: &'a Reader,
    /// The names of the priorities by their ids.
    labels: BTreeMap<&'a str, &'a str>,
    grouping: Grouping,
    fold_duplicates: bool,
    /// The parts that were not begun.
    slices: std::vec::IntoIter<Slice>,
    /// The part at hand, its passages that were not read, and which documents others stand for.
    slice: Option<Slice>,
    passages: std::vec::IntoIter<Address>,
    folding: Folding,
    /// The document of the last passage.
    document: Option<GroupedDocument>,
    /// The labels of the last passage.
    rows: std::vec::IntoIter<LabelRow>,
}

impl Iterator for Labels<'_> {
    type Item = Result<LabelRow, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(Ok(row));
            }
            let read = match self.passages.next() {
                Some(address) => self.read(address),
                None => {
                    let slice = self.slices.next()?;
                    self.begin(slice)
                }
            };
            if let Err(error) = read {
                return Some(Err(error));
            }
        }
    }
}

impl<'a> Labels<'a> {
    /// Finds the labels of parts, each with the values of its group.
    pub(crate) fn of(
        reader: &'a Reader,
        slices: Vec<Slice>,
        grouping: Grouping,
        fold_duplicates: bool,
    ) -> Result<Self, QueryError> {
        let priorities = reader.manifest().description.ranked().into_iter();
        let labels =
            priorities.map(|(_, priority)| (priority.id.as_str(), priority.label.as_str()));
        Ok(Self {
            reader,
            labels: labels.collect(),
            grouping,
            fold_duplicates,
            slices: slices.into_iter(),
            slice: None,
            passages: Vec::new().into_iter(),
            folding: Folding::default(),
            document: None,
            rows: Vec::new().into_iter(),
        })
    }

    /// Goes on to a part.
    fn begin(&mut self, slice: Slice) -> Result<(), QueryError> {
        self.folding = Folding::if_asked(self.fold_duplicates, self.reader, &slice.condition)?;
        self.passages = self.reader.addresses(&self.labelled(&slice))?.into_iter();
        self.slice = Some(slice);
        Ok(())
    }

    /// Returns what the passages of a part must meet to have labels that are asked for.
    fn labelled(&self, slice: &Slice) -> Condition {
        let any = self.labels.keys().map(|id| Condition::Priority((*id).to_owned()));
        Condition::And(vec![Condition::Or(any.collect()), slice.condition.clone()])
    }

    fn read(&mut self, address: Address) -> Result<(), QueryError> {
        if self.fold_duplicates && self.folding.is_folded(self.reader.head_of(address)?) {
            return Ok(());
        }
        let passage = self.reader.passage(address)?;
        let group = self.group_of(address, &passage)?;
        self.rows = rows(&passage, &group, &self.labels).collect::<Vec<_>>().into_iter();
        Ok(())
    }

    /// Returns the values of the part and group that a passage is of.
    fn group_of(
        &mut self,
        address: Address,
        passage: &StoredPassage,
    ) -> Result<Vec<Option<String>>, QueryError> {
        let Some(slice) = &self.slice else { return Ok(Vec::new()) };
        if self.grouping.by().is_empty() {
            return Ok(group_values(slice, &Vec::new()));
        }
        let head = self.reader.head_of(address)?;
        if self.document.as_ref().is_none_or(|document| document.head != head) {
            let groupings = std::slice::from_ref(&self.grouping);
            self.document = Some(GroupedDocument::read(self.reader, head, groupings)?);
        }
        let Some(document) = &self.document else { return Ok(Vec::new()) };
        let key = self.grouping.key(&Grouped {
            document: document.id,
            metadata: &document.metadata,
            speaker: passage.record.speaker.as_ref().map(|speaker| &*speaker.name),
        });
        Ok(group_values(slice, &key))
    }
}

impl std::fmt::Debug for Labels<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Labels").field("slice", &self.slice).finish_non_exhaustive()
    }
}

fn rows<'a>(
    passage: &'a StoredPassage,
    group: &'a [Option<String>],
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
        group: group.to_vec(),
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
