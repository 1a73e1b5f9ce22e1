use crate::top::{Ranked, Ranking};
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Searcher, Term};

/// How much the exact word adds to the score beside its stem, as a share of its own weight.
/// Enough to lift a passage with the word over one of the same length with another form.
pub(crate) const EXACT_BOOST: Score = 0.25;

/// How much a bound exceeds what is computed for it, so that rounding cannot make it too low.
const ROUNDING: Score = 1.0001;

/// One of the words that are looked for.
pub(crate) struct Alternative {
    /// What a passage must hold: a stem, or a word.
    pub(crate) term: Term,
    /// The word of the stem that ranks higher.
    pub(crate) exact: Option<Term>,
}

impl Alternative {
    /// Returns how many times the score of the term the whole score can be at most.
    ///
    /// The word is in a passage no more often than its stem, and both fields have the same
    /// lengths, so by the formula of BM25 the word's score exceeds the stem's at most by the
    /// ratio of their inverse document frequencies.
    fn bound(&self, searcher: &Searcher) -> tantivy::Result<Score> {
        let Some(exact) = &self.exact else { return Ok(1.0) };
        let n_entries = searcher.num_docs() as Score;
        let inverse_frequency = |term: &Term| {
            let n_holding = searcher.doc_freq(term)? as Score;
            tantivy::Result::Ok((1.0 + (n_entries - n_holding + 0.5) / (n_holding + 0.5)).ln())
        };
        let ratio = inverse_frequency(exact)? / inverse_frequency(&self.term)?;
        Ok((1.0 + EXACT_BOOST * ratio) * ROUNDING)
    }
}

/// Finds the best passages that hold one of some words, passing over those that cannot be among
/// them.
///
/// The engine skips along the terms by the bounds of the scores; the scores themselves are added
/// up only for those few passages whose bound is high enough.
pub(crate) fn best(
    ranking: &Ranking<'_>,
    alternatives: &[Alternative],
) -> tantivy::Result<Vec<Ranked>> {
    let bounds = alternatives.iter().map(|alternative| alternative.bound(ranking.searcher));
    let bounds: Vec<Score> = bounds.collect::<tantivy::Result<_>>()?;
    let scoring = EnableScoring::enabled_from_searcher(ranking.searcher);
    // A single term is left as it is: only so the engine knows that it can skip along it.
    let (bounding, factor) = match alternatives {
        [only] => (term_query(&only.term), bounds[0]),
        _ => {
            let bounded = alternatives.iter().zip(&bounds).map(|(alternative, &bound)| {
                Box::new(BoostQuery::new(term_query(&alternative.term), bound)) as Box<dyn Query>
            });
            (Box::new(BooleanQuery::union(bounded.collect())) as Box<dyn Query>, 1.0)
        }
    };
    let bounding = bounding.weight(scoring)?;
    let terms = alternatives.iter().flat_map(|alternative| {
        let exact = alternative.exact.iter().map(|exact| (exact, EXACT_BOOST));
        std::iter::once((&alternative.term, 1.0)).chain(exact)
    });
    let terms: Vec<(Box<dyn Weight>, Score)> = terms
        .map(|(term, boost)| Ok((term_query(term).weight(scoring)?, boost)))
        .collect::<tantivy::Result<_>>()?;
    ranking.over_segments(|reader, top| {
        let scorers = terms.iter().map(|(weight, boost)| weight.scorer(reader, *boost));
        let mut scorers: Vec<Box<dyn Scorer>> = scorers.collect::<tantivy::Result<_>>()?;
        bounding.for_each_pruning(top.threshold() / factor, reader, &mut |entry, bound| {
            if bound * factor > top.threshold() {
                top.offer(entry, scorers.iter_mut().map(|scorer| score_at(scorer, entry)).sum());
            }
            top.threshold() / factor
        })
    })
}

/// Returns what a term adds to the score of an entry; entries come in ascending order.
fn score_at(scorer: &mut Box<dyn Scorer>, entry: DocId) -> Score {
    if scorer.doc() < entry {
        scorer.seek(entry);
    }
    if scorer.doc() == entry { scorer.score() } else { 0.0 }
}

fn term_query(term: &Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs))
}
