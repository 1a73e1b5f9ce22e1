use crate::QueryError;
use crate::question::condition_of;
use crate::statistics::per_million;
use crate::tally::{Counting, Speech, count};
use onrecord_indexing::{Condition, Reader};
use serde::Serialize;

/// A question for the words that are used most.
#[derive(Clone, Debug, Default)]
pub struct WordsRequest {
    /// Count in the passages that this query finds; in all where there is none.
    pub query: Option<String>,
    /// What is counted.
    pub counting: Counting,
    /// How many rows to return; 0 for all.
    pub limit: usize,
}

/// A frequency list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordsResponse {
    /// Passages of speech that were counted in.
    pub passages: u64,
    /// Documents that they are of.
    pub documents: u64,
    /// All words in them, or n-grams: what rates are of.
    pub total: u64,
    /// Different ones that occur often enough to be listed.
    pub listed: u64,
    /// The most frequent ones first, ties in the order of their letters.
    pub rows: Vec<WordRow>,
}

/// A word or n-gram of a frequency list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordRow {
    /// The word, folded, or its stem; of an n-gram all of them, with blanks between.
    pub word: String,
    /// How often it occurs.
    pub count: u64,
    /// Occurrences in a million words, or n-grams.
    pub per_million: f64,
    /// Documents that it occurs in.
    pub documents: u64,
    /// How unevenly it is spread over the documents, DP, 0 to 1; none for a single document.
    pub dispersion: Option<f64>,
}

/// Counts the words of the passages of speech that a query finds, or of all.
///
/// # Errors
/// When the query cannot be understood, there are too many n-grams, or what the index holds is not
/// what was written.
pub fn list_words(reader: &Reader, request: &WordsRequest) -> Result<WordsResponse, QueryError> {
    let condition = match &request.query {
        Some(query) => condition_of(reader, query)?,
        None => Condition::All,
    };
    let speech = Speech::marked(reader, condition)?;
    let mut tally = count(&speech, &request.counting)?;
    let [total, _] = tally.totals;
    let mut shown: Vec<usize> = tally.items().collect();
    shown.sort_unstable_by(|&one, &other| {
        let by_count = tally.counts(other).cmp(&tally.counts(one));
        by_count.then_with(|| tally.compare(one, other))
    });
    let listed = shown.len() as u64;
    if request.limit > 0 {
        shown.truncate(request.limit);
    }
    let dispersion = tally.dispersion(&speech, &shown)?;
    let row = |(at, dispersion): (usize, Option<f64>)| {
        let ([count, _], [documents, _]) = (tally.counts(at), tally.documents(at));
        let per_million = per_million(count, total.places).unwrap_or_default();
        WordRow { word: tally.text(at), count, per_million, documents, dispersion }
    };
    let rows = shown.into_iter().zip(dispersion).map(row).collect();
    Ok(WordsResponse {
        passages: total.passages,
        documents: total.documents,
        total: total.places,
        listed,
        rows,
    })
}
