use crate::record::{PassageRecord, unseal};
use crate::schema::Fields;
use onrecord_model::Span;
use tantivy::error::DataCorruption;
use tantivy::schema::Value;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyDocument};

/// How many blocks of stored text are kept while candidates are read.
const CACHED_BLOCKS: usize = 4;

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
        let stored: TantivyDocument = self.store.get(entry)?;
        let text =
            stored.get_first(self.fields.text).and_then(|value| value.as_str()).unwrap_or("");
        let record = stored.get_first(self.fields.record).and_then(|value| value.as_bytes());
        let record: PassageRecord = record
            .and_then(|bytes| unseal(bytes, &[text.as_bytes()]))
            .ok_or_else(|| DataCorruption::comment_only("a stored text does not match its hash"))?;
        Ok((text.to_owned(), record))
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
