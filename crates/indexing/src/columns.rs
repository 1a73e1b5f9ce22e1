use crate::condition::Condition;
use crate::error::IndexError;
use crate::reader::{Address, Reader, bytes_at};
use crate::record::PackedLabel;
use onrecord_model::{DocumentId, DocumentKind};
use onrecord_text::Sketch;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::FastFieldReaders;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

/// What the columns of an index say of a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageColumns<'a> {
    /// Where it stands.
    pub address: Address,
    /// Where the head of its document stands.
    pub head: Address,
    /// Whether it was said or stated: no heading, header or note.
    pub is_speech: bool,
    /// Words of speech.
    pub words: u64,
    /// The name of its speaker.
    pub speaker: Option<&'a Arc<str>>,
    /// Its labels, in the order of the taxonomy.
    pub labels: &'a [LabelColumns],
}

/// What the columns of an index say of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelColumns {
    /// The place of the priority in the manifest's list.
    pub priority: usize,
    /// How many mentions gave it.
    pub n_mentions: u64,
    /// Whether the model alone gave it.
    pub model_only: bool,
}

/// What the columns of an index say of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentColumns {
    /// The first and the last day of its date, as the numbers `YYYYMMDD`.
    pub days: Option<(u32, u32)>,
    /// What sort of document it is.
    pub kind: DocumentKind,
}

impl Reader {
    /// Visits the passages that meet a condition, those of one document one behind the other,
    /// and else in no order that means anything.
    pub fn for_each_passage(
        &self,
        condition: &Condition,
        mut visit: impl FnMut(&PassageColumns<'_>),
    ) -> Result<(), IndexError> {
        let query = self.compiler().compile(condition);
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher()))?;
        for (segment, reader) in self.searcher().segment_readers().iter().enumerate() {
            let mut columns = SegmentColumns::open(reader, segment as u32)?;
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut entry = scorer.doc();
            while entry != TERMINATED {
                if !reader.is_deleted(entry) {
                    columns.visit(entry, &mut visit)?;
                }
                entry = scorer.advance();
            }
        }
        Ok(())
    }

    /// Reads what the columns say of the document whose head stands at an address.
    pub fn document_columns(&self, head: Address) -> Result<DocumentColumns, IndexError> {
        let Address(DocAddress { segment_ord, doc_id }) = head;
        let columns = self.searcher().segment_reader(segment_ord).fast_fields();
        let day = |name| -> Result<Option<u32>, IndexError> {
            Ok(columns.u64(name)?.first(doc_id).map(|day| day as u32))
        };
        let kind = match columns.str("kind")? {
            Some(kinds) => value(&kinds, doc_id)?,
            None => None,
        };
        Ok(DocumentColumns {
            days: day("first_day")?.zip(day("last_day")?),
            kind: kind.and_then(|kind| DocumentKind::from_name(&kind)).unwrap_or_default(),
        })
    }
}

impl Reader {
    /// Visits the sketches of all documents that have words of speech, each with the head of its
    /// document, in no order that means anything.
    pub fn for_each_sketch(
        &self,
        mut visit: impl FnMut(Address, Sketch),
    ) -> Result<(), IndexError> {
        for head in self.heads()? {
            if let Some(sketch) = self.sketch(head)? {
                visit(head, sketch);
            }
        }
        Ok(())
    }

    /// Reads the sketch of the document whose head stands at an address; none where it has no words
    /// of speech.
    pub fn sketch(&self, head: Address) -> Result<Option<Sketch>, IndexError> {
        let packed = self.columns_of(head).u64("sketch")?;
        Ok(Sketch::unpack(packed.values_for_doc(head.0.doc_id)))
    }

    /// Returns where the head of a passage's document stands.
    pub fn head_of(&self, passage: Address) -> Result<Address, IndexError> {
        let DocAddress { segment_ord, doc_id } = passage.0;
        let ordinal = self.columns_of(passage).u64("ordinal")?.first(doc_id).unwrap_or(0);
        Ok(Address(DocAddress::new(segment_ord, doc_id.saturating_sub(ordinal as DocId))))
    }

    /// Reads the id of the document whose head stands at an address.
    ///
    /// # Errors
    /// When there is no head.
    pub fn document_id(&self, head: Address) -> Result<DocumentId, IndexError> {
        let reader = self.searcher().segment_reader(head.0.segment_ord);
        let bytes = bytes_at(reader, "id", head.0.doc_id)?.unwrap_or_default();
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| self.damaged_store(head))?;
        Ok(DocumentId::from_bytes(bytes))
    }

    /// Returns the id of a passage's document, and the passage's place in it: what equal scores
    /// are ordered by. Ids are read once for an open index, so that any number can be asked for.
    ///
    /// A column that cannot be read gives zeros; where that matters,
    /// [check the contents](Reader::check_contents) first.
    pub fn place(&self, passage: Address) -> (DocumentId, u32) {
        let (id, ordinal) = self.ties.key(self.searcher(), passage.0);
        (DocumentId::from_bytes(id), ordinal as u32)
    }

    /// Counts the words of speech of the document whose head stands at an address.
    pub fn n_words(&self, head: Address) -> Result<u64, IndexError> {
        let columns = self.columns_of(head);
        let n_passages = columns.u64("n_passages")?.first(head.0.doc_id).unwrap_or(0);
        let words = columns.u64("words")?;
        let entries = (0..n_passages as DocId).map(|n| head.0.doc_id.saturating_add(n));
        Ok(entries.filter_map(|entry| words.first(entry)).sum())
    }

    /// Counts the words of speech of a passage; none of one that is no speech.
    pub fn n_spoken(&self, passage: Address) -> Result<u64, IndexError> {
        let DocAddress { segment_ord, doc_id } = passage.0;
        let words = self.words_by_segment()?.get(segment_ord as usize);
        Ok(words.and_then(|words| words.first(doc_id)).unwrap_or(0))
    }

    fn columns_of(&self, address: Address) -> &FastFieldReaders {
        self.searcher().segment_reader(address.0.segment_ord).fast_fields()
    }
}

/// The columns of the passages of one segment.
struct SegmentColumns {
    segment: u32,
    ordinals: Column<u64>,
    words: Column<u64>,
    labels: Column<u64>,
    speakers: Option<StrColumn>,
    /// The names that were read, by their place in the dictionary.
    names: BTreeMap<u64, Arc<str>>,
    /// The labels of the passage at hand.
    current: Vec<LabelColumns>,
}

impl SegmentColumns {
    fn open(reader: &SegmentReader, segment: u32) -> Result<Self, IndexError> {
        let columns = reader.fast_fields();
        Ok(Self {
            segment,
            ordinals: columns.u64("ordinal")?,
            words: columns.u64("words")?,
            labels: columns.u64("label")?,
            speakers: columns.str("speaker")?,
            names: BTreeMap::new(),
            current: Vec::new(),
        })
    }

    fn visit(
        &mut self,
        entry: DocId,
        visit: &mut impl FnMut(&PassageColumns<'_>),
    ) -> Result<(), IndexError> {
        let ordinal = self.ordinals.first(entry).unwrap_or(0) as DocId;
        self.current.clear();
        self.current.extend(self.labels.values_for_doc(entry).map(PackedLabel::unpack).map(
            |PackedLabel { priority, n_mentions, model_only }| LabelColumns {
                priority: priority as usize,
                n_mentions: u64::from(n_mentions),
                model_only,
            },
        ));
        let words = self.words.first(entry);
        let speaker = self.speaker_of(entry)?;
        let address = |entry| Address(DocAddress::new(self.segment, entry));
        visit(&PassageColumns {
            address: address(entry),
            head: address(entry.saturating_sub(ordinal)),
            is_speech: words.is_some(),
            words: words.unwrap_or(0),
            speaker: speaker.and_then(|place| self.names.get(&place)),
            labels: &self.current,
        });
        Ok(())
    }

    /// Returns the place of the speaker's name, which is read if it was not yet.
    fn speaker_of(&mut self, entry: DocId) -> Result<Option<u64>, IndexError> {
        let Some(speakers) = &self.speakers else { return Ok(None) };
        let Some(place) = speakers.term_ords(entry).next() else { return Ok(None) };
        if !self.names.contains_key(&place)
            && let Some(name) = value(speakers, entry)?
        {
            self.names.insert(place, name.into());
        }
        Ok(Some(place))
    }
}

/// Reads the first value of an entry in a column of strings.
fn value(column: &StrColumn, entry: DocId) -> Result<Option<String>, IndexError> {
    let Some(place) = column.term_ords(entry).next() else { return Ok(None) };
    let mut text = String::new();
    let found = column.ord_to_str(place, &mut text).map_err(tantivy::TantivyError::from)?;
    Ok(found.then_some(text))
}
