use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::Field;
use tantivy::schema::IndexRecordOption::WithFreqs;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, Term};

/// How much the exact word adds to the score beside its stem, as a share of its own weight.
/// Enough to lift a passage with the word over one of the same length with another form.
pub(crate) const EXACT_BOOST: Score = 0.25;

/// How much a bound exceeds what is computed for it, so that rounding cannot make it too low.
const ROUNDING: Score = 1.0001;

/// A word that was asked for by its stem.
#[derive(Debug)]
pub(crate) struct AskedWord {
    pub(crate) stem: Term,
    pub(crate) exact: Term,
}

/// Returns the text of a term of words.
pub(crate) fn text_of(term: &Term) -> &str {
    std::str::from_utf8(term.serialized_value_bytes()).unwrap_or_default()
}

/// What exact words add to scores that were made of stems alone.
pub(crate) struct Boosts {
    exact: Vec<ScoredWord>,
    /// How many times the score without them the whole score is at most.
    factor: Score,
}

/// A term that the index holds, and what it adds to scores.
pub(crate) struct ScoredWord {
    field: Field,
    weight: Bm25Weight,
    /// Where its postings are, by segment.
    postings: Vec<Option<TermInfo>>,
}

impl Boosts {
    /// Looks up the words.
    ///
    /// A word is in a passage no more often than its stem, and both fields have the same lengths.
    /// So by the formula of BM25 the word's score exceeds the stem's at most by the ratio of their
    /// inverse document frequencies; all boosts together exceed the score without them at most
    /// by the greatest of these.
    pub(crate) fn new(searcher: &Searcher, words: &[AskedWord]) -> tantivy::Result<Self> {
        let n_entries = searcher.total_num_docs()?;
        let mut ratio: Score = 0.0;
        let mut exact = Vec::with_capacity(words.len());
        for word in words {
            let found = ScoredWord::find(searcher, &word.exact, EXACT_BOOST)?;
            let Some((found, n_exact)) = found else { continue };
            let n_stem = searcher.doc_freq(&word.stem)?;
            ratio = ratio.max(surprise(n_entries, n_exact) / surprise(n_entries, n_stem));
            exact.push(found);
        }
        Ok(Self { exact, factor: (1.0 + EXACT_BOOST * ratio) * ROUNDING })
    }

    /// Gets ready to add to the scores of a segment's entries, which come in ascending order.
    pub(crate) fn of_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentBoosts> {
        let mut exact = Vec::with_capacity(self.exact.len());
        for word in &self.exact {
            exact.extend(word.of_segment(segment, reader)?);
        }
        Ok(SegmentBoosts { exact, factor: self.factor })
    }
}

/// Returns the inverse document frequency of BM25, in nats: how surprising a term is that
/// `n_holding` of `n_entries` hold.
pub(crate) fn surprise(n_entries: u64, n_holding: u64) -> Score {
    let n_others = n_entries.saturating_sub(n_holding) as Score;
    (1.0 + (n_others + 0.5) / (n_holding as Score + 0.5)).ln()
}

impl ScoredWord {
    /// Looks up a term that counts `boost` times, and counts the entries that hold it; none where
    /// none does.
    pub(crate) fn find(
        searcher: &Searcher,
        term: &Term,
        boost: Score,
    ) -> tantivy::Result<Option<(Self, u64)>> {
        let field = term.field();
        let mut postings = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            postings.push(reader.inverted_index(field)?.get_term_info(term)?);
        }
        let n_holding = postings.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        if n_holding == 0 {
            return Ok(None);
        }
        let n_entries = searcher.total_num_docs()?;
        let mean_length = searcher.total_num_tokens(field)? as Score / n_entries as Score;
        let weight = Bm25Weight::for_one_term_without_explain(n_holding, n_entries, mean_length);
        Ok(Some((Self { field, weight: weight.boost_by(boost), postings }, n_holding)))
    }

    /// Gets ready to score the entries of a segment; none where no entry of it holds the term.
    pub(crate) fn of_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Option<SegmentWord>> {
        let Some(Some(info)) = self.postings.get(segment as usize) else { return Ok(None) };
        let inverted = reader.inverted_index(self.field)?;
        Ok(Some(SegmentWord {
            weight: self.weight.clone(),
            postings: inverted.read_postings_from_terminfo(info, WithFreqs)?,
            lengths: reader.get_fieldnorms_reader(self.field)?,
        }))
    }
}

/// What exact words add to the scores of entries of one segment.
pub(crate) struct SegmentBoosts {
    exact: Vec<SegmentWord>,
    factor: Score,
}

/// A term in the entries of one segment.
pub(crate) struct SegmentWord {
    weight: Bm25Weight,
    postings: SegmentPostings,
    lengths: FieldNormReader,
}

impl SegmentBoosts {
    /// Returns the score without boosts of which a whole score may exceed `threshold`.
    pub(crate) fn before(&self, threshold: Score) -> Score {
        threshold / self.factor
    }

    /// Returns the whole score of an entry.
    pub(crate) fn add(&mut self, entry: DocId, score: Score) -> Score {
        self.exact.iter_mut().fold(score, |score, word| score + word.score(entry))
    }
}

impl SegmentWord {
    /// Returns what the term adds to the score of an entry, 0 where it does not hold it; entries
    /// come in ascending order.
    pub(crate) fn score(&mut self, entry: DocId) -> Score {
        if self.postings.doc() < entry {
            self.postings.seek(entry);
        }
        if self.postings.doc() != entry {
            return 0.0;
        }
        self.weight.score(self.lengths.fieldnorm_id(entry), self.postings.term_freq())
    }
}
