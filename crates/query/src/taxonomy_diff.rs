use crate::QueryError;
use crate::asked::asked;
use crate::grouping::{GroupBy, Grouped, Grouping};
use crate::labels::{LabelRow, Mention};
use onrecord_indexing::Reader;
use onrecord_model::{AnnotatedDocument, Document, Label, Passage, Span};
use onrecord_priorities::{Classifiers, Taxonomy};
use onrecord_text::{Lexicon, Words};
use std::collections::BTreeMap;

/// A label that a passage has by one way of labelling and not by another.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelChange {
    /// Whether the new way gives the label, and the old one does not.
    pub is_gained: bool,
    /// The label, as the way that gives it has it.
    pub row: LabelRow,
}

/// How the labels of a priority change in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// The values of the group; none where there is none.
    pub group: Vec<Option<String>>,
    /// The id of the priority.
    pub priority_id: String,
    /// Its name.
    pub priority: String,
    /// Passages with the label by the old way.
    pub passages_old: u64,
    /// Passages with the label by the new way.
    pub passages_new: u64,
    /// Passages that have it by the new way alone.
    pub gained: u64,
    /// Passages that have it by the old way alone.
    pub lost: u64,
    /// Passages of speech in the group.
    pub group_passages: u64,
}

/// Two ways of labelling, to be compared on what an index holds.
#[derive(Clone, Copy, Debug)]
pub struct TaxonomyDiff<'a> {
    /// The way that is left.
    pub old: &'a Classifiers,
    /// The way that is taken.
    pub new: &'a Classifiers,
}

impl TaxonomyDiff<'_> {
    /// Calls `visit` with each label that changes of the passages that a query finds, or of all: by
    /// document id, passage, then in the order of the old priorities, those of the new way last.
    ///
    /// Passages are labelled from what the index holds; no file is read, and the index stays as it
    /// is.
    ///
    /// # Errors
    /// When the query cannot be understood, what the index holds is not what was written, or
    /// `visit` fails.
    pub fn changes<E: From<QueryError>>(
        &self,
        reader: &Reader,
        query: Option<&str>,
        mut visit: impl FnMut(LabelChange) -> Result<(), E>,
    ) -> Result<(), E> {
        let priorities = self.priorities();
        self.compare(reader, query, |compared| {
            for (id, label) in &priorities {
                let [old, new] = compared.labels_of(id);
                if let (Some(found), None) | (None, Some(found)) = (old, new) {
                    let row = compared.row(found, label);
                    visit(LabelChange { is_gained: new.is_some(), row })?;
                }
            }
            Ok(())
        })
    }

    /// Counts how labels change, by group and priority: groups in the order of their values,
    /// priorities as in [`changes`](Self::changes), zeros included.
    ///
    /// # Errors
    /// As [`changes`](Self::changes).
    pub fn counts(
        &self,
        reader: &Reader,
        query: Option<&str>,
        by: &[GroupBy],
    ) -> Result<Vec<ChangeRow>, QueryError> {
        let priorities = self.priorities();
        let grouping = Grouping::new(reader, by)?;
        let mut groups: BTreeMap<Vec<Option<String>>, Sums> = BTreeMap::new();
        self.compare(reader, query, |compared| {
            let document = &compared.of.document;
            let speaker = compared.passage.speaker.as_ref().map(|speaker| &*speaker.name);
            let (document, metadata) = (document.id, &document.metadata);
            let key = grouping.key(&Grouped { document, metadata, speaker });
            let none = || Sums { passages: 0, changes: vec![[0; 4]; priorities.len()] };
            let sums = groups.entry(key).or_insert_with(none);
            sums.passages += 1;
            for ((id, _), sums) in priorities.iter().zip(&mut sums.changes) {
                let [old, new] = compared.labels_of(id).map(|label| label.is_some());
                let counted = [old, new, new && !old, old && !new];
                sums.iter_mut().zip(counted).for_each(|(sum, is)| *sum += u64::from(is));
            }
            Ok::<(), QueryError>(())
        })?;
        let mut rows = Vec::with_capacity(groups.len() * priorities.len());
        for (group, sums) in groups {
            for ((id, label), [old, new, gained, lost]) in priorities.iter().zip(sums.changes) {
                rows.push(ChangeRow {
                    group: group.clone(),
                    priority_id: id.clone(),
                    priority: label.clone(),
                    passages_old: old,
                    passages_new: new,
                    gained,
                    lost,
                    group_passages: sums.passages,
                });
            }
        }
        Ok(rows)
    }

    /// Lists the ids and labels of all priorities, a label as the new way has it.
    fn priorities(&self) -> Vec<(String, String)> {
        let mut known = BTreeMap::new();
        let mut ids = Vec::new();
        for classifiers in [self.old, self.new] {
            for priority in classifiers.taxonomies().flat_map(Taxonomy::priorities) {
                let id = priority.id.to_string();
                if known.insert(id.clone(), priority.label.to_string()).is_none() {
                    ids.push(id);
                }
            }
        }
        let labelled = |id: String| {
            let label = known.get(&id).cloned().unwrap_or_default();
            (id, label)
        };
        ids.into_iter().map(labelled).collect()
    }

    /// Calls `visit` with each passage of speech that is asked for, labelled both ways.
    fn compare<E: From<QueryError>>(
        &self,
        reader: &Reader,
        query: Option<&str>,
        mut visit: impl FnMut(&Compared<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut lexicons = [self.old, self.new].map(Classifiers::lexicon);
        for (head, asked) in asked(reader, query)? {
            let of = reader.annotated(head).map_err(QueryError::from)?;
            let [old, new] = [0, 1].map(|way| {
                let classifiers = [self.old, self.new][way];
                label(classifiers, &of, &mut lexicons[way])
            });
            let (mut byte, mut char_start) = (0, 0);
            for passage in of.passages.iter().filter(|passage| passage.kind.is_speech()) {
                char_start += n_characters(&of.document, Span::new(byte, passage.span.start));
                byte = passage.span.start;
                if asked.as_ref().is_none_or(|asked| asked.contains(&passage.ordinal)) {
                    visit(&Compared { of: &of, passage, char_start, old: &old, new: &new })?;
                }
            }
        }
        Ok(())
    }
}

fn n_characters(document: &Document, span: Span) -> u32 {
    document.slice(span).chars().count() as u32
}

fn label(classifiers: &Classifiers, of: &AnnotatedDocument, lexicon: &mut Lexicon) -> Vec<Label> {
    let words = Words::of(&of.document, &of.passages, lexicon);
    classifiers.label(&of.document, &of.passages, &words, lexicon)
}

/// The sums of a group.
struct Sums {
    /// Its passages of speech.
    passages: u64,
    /// By priority: passages with the label by the old way, by the new way, gained and lost.
    changes: Vec<[u64; 4]>,
}

/// A passage labelled both ways.
struct Compared<'a> {
    of: &'a AnnotatedDocument,
    passage: &'a Passage,
    /// Its first character in the document's text.
    char_start: u32,
    old: &'a [Label],
    new: &'a [Label],
}

impl Compared<'_> {
    /// Returns the labels of a priority that the old and the new way give.
    fn labels_of(&self, id: &str) -> [Option<&Label>; 2] {
        [self.old, self.new].map(|labels| {
            let first = labels.partition_point(|label| label.passage < self.passage.ordinal);
            let own = labels[first..].iter().take_while(|one| one.passage == self.passage.ordinal);
            own.into_iter().find(|label| label.priority.as_str() == id)
        })
    }

    fn row(&self, label: &Label, priority: &str) -> LabelRow {
        let document = &self.of.document;
        let metadata = &document.metadata;
        let start = self.passage.span.start;
        let char_at = |byte: u32| self.char_start + n_characters(document, Span::new(start, byte));
        LabelRow {
            group: Vec::new(),
            document_id: document.id.to_string(),
            path: metadata.source.path.to_string_lossy().into_owned(),
            title: metadata.title.clone(),
            date: metadata.date.map(|date| date.to_string()),
            speaker: self.passage.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            passage: self.passage.ordinal,
            priority_id: label.priority.to_string(),
            priority: priority.to_owned(),
            score: label.score,
            method: label.method.name(),
            char_start: self.char_start,
            char_end: char_at(self.passage.span.end),
            text: document.slice(self.passage.span).to_owned(),
            mentions: label
                .evidence
                .iter()
                .map(|evidence| Mention {
                    term: document.slice(evidence.span).to_owned(),
                    rule: evidence.rule.to_string(),
                    char_start: char_at(evidence.span.start),
                    char_end: char_at(evidence.span.end),
                })
                .collect(),
        }
    }
}
