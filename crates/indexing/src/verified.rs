use crate::schema::Fields;
use crate::stored::StoredTexts;
use onrecord_text::{Lexicon, Reading};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocId, Score, SegmentReader, TERMINATED};

/// Matches passages in which a phrase begins that is too long for the bridges: candidates are
/// found by its beginning, then read with the passages that their paragraph goes on in.
#[derive(Debug)]
pub(crate) struct VerifiedPhrase {
    candidates: Box<dyn Query>,
    words: Vec<String>,
    fields: Fields,
}

impl VerifiedPhrase {
    pub(crate) fn new(candidates: Box<dyn Query>, words: Vec<String>, fields: Fields) -> Self {
        Self { candidates, words, fields }
    }
}

impl Clone for VerifiedPhrase {
    fn clone(&self) -> Self {
        Self::new(self.candidates.box_clone(), self.words.clone(), self.fields)
    }
}

impl Query for VerifiedPhrase {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        let candidates = self.candidates.weight(unscored)?;
        Ok(Box::new(VerifiedWeight { candidates, words: self.words.clone(), fields: self.fields }))
    }
}

struct VerifiedWeight {
    candidates: Box<dyn Weight>,
    words: Vec<String>,
    fields: Fields,
}

impl Weight for VerifiedWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let texts = StoredTexts::open(reader, self.fields)?;
        let mut lexicon = Lexicon::new();
        let mut candidates = self.candidates.scorer(reader, 1.0)?;
        let mut verified = BitSet::with_max_value(reader.max_doc());
        let mut entry = candidates.doc();
        while entry != TERMINATED {
            if self.begins_in(&texts, &mut lexicon, entry)? {
                verified.insert(entry);
            }
            entry = candidates.advance();
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(verified), 1.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("phrase read in the stored text", 1.0))
    }
}

impl VerifiedWeight {
    /// Tells whether the phrase begins in the passage of an entry.
    fn begins_in(
        &self,
        texts: &StoredTexts,
        lexicon: &mut Lexicon,
        entry: DocId,
    ) -> tantivy::Result<bool> {
        let (text, record) = texts.read(entry)?;
        let behind = texts.behind(entry, &record, self.words.len())?;
        let behind = behind.iter().map(|(text, spoken)| (text.as_str(), spoken.clone()));
        let reading = Reading::new(&text, &record.spoken(&text), behind, lexicon);
        Ok(reading.find_run(&self.words, lexicon).is_some())
    }
}
