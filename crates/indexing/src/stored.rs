use crate::record::{PassageRecord, unseal};
use crate::schema::Fields;
use onrecord_model::Span;
use tantivy::error::DataCorruption;
use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer, ValueVisitor,
};
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader};

/// How many blocks of stored text are kept while candidates are read.
const CACHED_BLOCKS: usize = 4;

/// What is stored of an entry: texts and bytes, each under its field.
///
/// The engine's own document copies each value twice, which for a hit takes as long as to find it.
pub(crate) struct StoredEntry {
    values: Vec<(Field, StoredValue)>,
}

enum StoredValue {
    Text(String),
    Bytes(Vec<u8>),
}

impl StoredEntry {
    /// Takes the text of a field.
    pub(crate) fn take_text(&mut self, field: Field) -> Option<String> {
        self.values.iter_mut().find_map(|(of, value)| match value {
            StoredValue::Text(text) if *of == field => Some(std::mem::take(text)),
            StoredValue::Text(_) | StoredValue::Bytes(_) => None,
        })
    }

    /// Returns the bytes of a field.
    pub(crate) fn bytes(&self, field: Field) -> Option<&[u8]> {
        self.values.iter().find_map(|(of, value)| match value {
            StoredValue::Bytes(bytes) if *of == field => Some(bytes.as_slice()),
            StoredValue::Text(_) | StoredValue::Bytes(_) => None,
        })
    }
}

impl DocumentDeserialize for StoredEntry {
    fn deserialize<'de, D>(mut deserializer: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut values = Vec::with_capacity(deserializer.size_hint());
        while let Some(value) = deserializer.next_field()? {
            values.push(value);
        }
        Ok(Self { values })
    }
}

impl ValueDeserialize for StoredValue {
    fn deserialize<'de, D>(deserializer: D) -> Result<Self, DeserializeError>
    where
        D: ValueDeserializer<'de>,
    {
        deserializer.deserialize_any(StoredVisitor)
    }
}

struct StoredVisitor;

impl ValueVisitor for StoredVisitor {
    type Value = StoredValue;

    fn visit_string(&self, text: String) -> Result<StoredValue, DeserializeError> {
        Ok(StoredValue::Text(text))
    }

    fn visit_bytes(&self, bytes: Vec<u8>) -> Result<StoredValue, DeserializeError> {
        Ok(StoredValue::Bytes(bytes))
    }
}

/// Reads the stored passages of a segment, to look into their texts while it is searched.
pub(crate) struct StoredTexts {
    store: StoreReader,
    fields: Fields,
}

impl StoredTexts {
    pub(crate) fn open(reader: &SegmentReader, fields: Fields) -> tantivy::Result<Self> {
        Ok(Self { store: reader.get_store_reader(CACHED_BLOCKS)?, fields })
    }

    /// Reads the text and record of an entry that is a passage.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(crate) fn read(&self, entry: DocId) -> tantivy::Result<(String, PassageRecord)> {
        let mut stored: StoredEntry = self.store.get(entry)?;
        let text = stored.take_text(self.fields.text).unwrap_or_default();
        let record: PassageRecord = stored
            .bytes(self.fields.record)
            .and_then(|bytes| unseal(bytes, &[text.as_bytes()]))
            .ok_or_else(|| DataCorruption::comment_only("a stored text does not match its hash"))?;
        Ok((text, record))
    }

    /// Reads what was said in the entries behind one, as far as its paragraph goes on in them, and
    /// no more of them than hold so many words: their texts and tokens.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub(crate) fn behind(
        &self,
        entry: DocId,
        record: &PassageRecord,
        n_words: usize,
    ) -> tantivy::Result<Vec<(String, Vec<Span>)>> {
        let mut behind = Vec::new();
        let (mut n_read, mut continues, mut next) = (0, record.continues, entry + 1);
        while continues && n_read < n_words {
            let (text, record) = self.read(next)?;
            let spoken = record.spoken(&text);
            n_read += spoken.len();
            behind.push((text, spoken));
            continues = record.continues;
            next += 1;
        }
        Ok(behind)
    }
}
