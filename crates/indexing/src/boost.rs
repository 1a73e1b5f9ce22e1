use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Searcher, SegmentReader, Term};

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

/// What exact words add to scores that were made of stems alone.
pub(crate) struct Boosts {
    exact: Vec<Box<dyn Weight>>,
    /// How many times the score without them the whole score is at most.
    factor: Score,
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
        let inverse_frequency = |n_holding: u64| {
            let n_others = n_entries.saturating_sub(n_holding) as Score;
            (1.0 + (n_others + 0.5) / (n_holding as Score + 0.5)).ln()
        };
        let mut ratio: Score = 0.0;
        let mut exact = Vec::with_capacity(words.len());
        for word in words {
            let [of_exact, of_stem] =
                [searcher.doc_freq(&word.exact)?, searcher.doc_freq(&word.stem)?];
            if of_exact == 0 {
                continue;
            }
            ratio = ratio.max(inverse_frequency(of_exact) / inverse_frequency(of_stem));
            let query = TermQuery::new(word.exact.clone(), IndexRecordOption::WithFreqs);
            exact.push(query.weight(EnableScoring::enabled_from_searcher(searcher))?);
        }
        Ok(Self { exact, factor: (1.0 + EXACT_BOOST * ratio) * ROUNDING })
    }

    /// Gets ready to add to the scores of a segment's entries, which come in ascending order.
    pub(crate) fn of_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentBoosts> {
        let exact = self.exact.iter().map(|weight| weight.scorer(reader, EXACT_BOOST));
        Ok(SegmentBoosts { exact: exact.collect::<tantivy::Result<_>>()?, factor: self.factor })
    }
}

/// What exact words add to the scores of entries of one segment.
pub(crate) struct SegmentBoosts {
    exact: Vec<Box<dyn Scorer>>,
    factor: Score,
}

impl SegmentBoosts {
    /// Returns what the whole score is at most.
    pub(crate) fn bound(&self, score: Score) -> Score {
        score * self.factor
    }

    /// Returns the score without boosts of which a whole score may exceed `threshold`.
    pub(crate) fn before(&self, threshold: Score) -> Score {
        threshold / self.factor
    }

    /// Returns the whole score of an entry.
    pub(crate) fn add(&mut self, entry: DocId, score: Score) -> Score {
        self.exact.iter_mut().fold(score, |score, exact| {
            if exact.doc() < entry {
                exact.seek(entry);
            }
            if exact.doc() == entry { score + exact.score() } else { score }
        })
    }
}
