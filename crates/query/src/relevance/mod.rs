//! How well the ranking serves: queries, judgements of what is relevant to them, measures.

mod documents;
mod files;
mod measures;

pub use files::{FreeTextQuery, Judgements, read_queries};

use crate::QueryError;
use documents::JudgedDocuments;
use measures::{mean, ndcg, recall, reciprocal_rank};
use onrecord_indexing::{Condition, Hit, Reader};
use onrecord_model::DocumentId;
use onrecord_text::{Lexicon, folded_tokens};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many documents a query's answer is judged by.
pub const RANKED_DOCUMENTS: usize = 1_000;

/// How many passages are ranked at first to find so many documents.
const FIRST_PASSAGES: usize = 4_000;

/// What to measure.
#[derive(Clone, Debug)]
pub struct RelevanceRequest {
    /// The queries.
    pub queries: Vec<FreeTextQuery>,
    /// What is relevant to them.
    pub judgements: Judgements,
    /// Whether to rank by BM25 over all words and nothing else, to compare with.
    pub plain: bool,
}

/// How well documents were ranked.
///
/// A query counts in the means if some document is judged relevant to it; a relevant document that
/// the index does not hold counts as one that was not found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelevanceResponse {
    /// Normalised discounted cumulative gain of the first 10 documents, 0 to 1: the mean.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: Option<f64>,
    /// The share of the relevant documents among the first 100, 0 to 1: the mean.
    #[serde(rename = "recall@100")]
    pub recall_at_100: Option<f64>,
    /// 1 / the place of the first relevant document, 0 where it is not among the first 1,000: the
    /// mean.
    pub mrr: Option<f64>,
    /// The queries that count.
    pub queries: u64,
    /// Those of them that hold no word, and so find nothing.
    pub queries_without_words: u64,
    /// The other queries of the file: no document is judged relevant to them.
    pub queries_without_relevant: u64,
    /// Queries that are judged and are not in the file of queries.
    pub judged_queries_unknown: u64,
    /// The documents that are judged for the queries that count.
    pub judged_documents: u64,
    /// Those of them that the index does not hold.
    pub judged_documents_not_in_index: u64,
    /// Each query that counts, in the order of the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub per_query: Vec<QueryRelevance>,
}

/// How well the documents were ranked for one query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueryRelevance {
    /// The id of the query.
    pub query_id: String,
    /// Its text.
    pub text: String,
    /// See [`RelevanceResponse::ndcg_at_10`].
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// See [`RelevanceResponse::recall_at_100`].
    #[serde(rename = "recall@100")]
    pub recall_at_100: f64,
    /// 1 / the place of the first relevant document, or 0.
    pub reciprocal_rank: f64,
    /// How many documents are relevant to it.
    pub relevant: u64,
    /// How many of these the index holds.
    pub relevant_in_index: u64,
    /// How many passages were found, exactly.
    pub passages: u64,
}

/// Asks an index queries, and measures how well the answers are ranked.
///
/// A query is asked as `search --match any` asks plain words: each of its words may be there, and
/// punctuation and capitals mean nothing. A document ranks as its best passage.
///
/// # Errors
/// When a judged document may be one of several of the index, or the index holds what was not
/// written.
pub fn measure_relevance(
    reader: &Reader,
    request: &RelevanceRequest,
) -> Result<RelevanceResponse, QueryError> {
    reader.check_contents()?;
    let RelevanceRequest { queries, judgements, plain } = request;
    let counted: Vec<(&FreeTextQuery, &BTreeMap<String, i64>)> = queries
        .iter()
        .filter_map(|query| Some((query, judgements.of_query(&query.id)?)))
        .filter(|(_, judged)| judged.values().any(|&grade| grade > 0))
        .collect();
    let ids: BTreeSet<&str> =
        counted.iter().flat_map(|(_, judged)| judged.keys()).map(String::as_str).collect();
    let documents = JudgedDocuments::find(reader, &ids)?;
    let mut lexicon = Lexicon::new();
    let mut n_without_words = 0;
    let mut rows = Vec::with_capacity(counted.len());
    for (query, judged) in &counted {
        let condition = any_word(&query.text, &mut lexicon);
        n_without_words += u64::from(condition.is_none());
        let (ranked, n_passages) = match condition {
            Some(condition) => rank_documents(reader, &condition, *plain)?,
            None => (Vec::new(), 0),
        };
        rows.push(measure(query, judged, &documents, &ranked, n_passages));
    }
    let known: BTreeSet<&str> = queries.iter().map(|query| query.id.as_str()).collect();
    let unknown = judgements.query_ids().filter(|id| !known.contains(id)).count();
    Ok(RelevanceResponse {
        ndcg_at_10: mean(rows.iter().map(|row| row.ndcg_at_10)),
        recall_at_100: mean(rows.iter().map(|row| row.recall_at_100)),
        mrr: mean(rows.iter().map(|row| row.reciprocal_rank)),
        queries: rows.len() as u64,
        queries_without_words: n_without_words,
        queries_without_relevant: (queries.len() - rows.len()) as u64,
        judged_queries_unknown: unknown as u64,
        judged_documents: ids.len() as u64,
        judged_documents_not_in_index: ids.iter().filter(|id| !documents.hold(id)).count() as u64,
        per_query: rows,
    })
}

fn measure(
    query: &FreeTextQuery,
    judged: &BTreeMap<String, i64>,
    documents: &JudgedDocuments,
    ranked: &[DocumentId],
    n_passages: u64,
) -> QueryRelevance {
    let grades: BTreeMap<DocumentId, i64> =
        judged.iter().filter_map(|(id, &grade)| Some((documents.get(id)?, grade))).collect();
    let found: Vec<i64> =
        ranked.iter().map(|id| grades.get(id).copied().unwrap_or(0).max(0)).collect();
    let relevant: Vec<i64> = judged.values().copied().filter(|&grade| grade > 0).collect();
    QueryRelevance {
        query_id: query.id.clone(),
        text: query.text.clone(),
        ndcg_at_10: ndcg(&found, &relevant, 10),
        recall_at_100: recall(&found, relevant.len(), 100),
        reciprocal_rank: reciprocal_rank(&found),
        relevant: relevant.len() as u64,
        relevant_in_index: grades.values().filter(|&&grade| grade > 0).count() as u64,
        passages: n_passages,
    }
}

/// Asks for any of the words of a text; none where it has no word.
fn any_word(text: &str, lexicon: &mut Lexicon) -> Option<Condition> {
    let words = folded_tokens(text).into_iter();
    let mut stems: Vec<Condition> = words
        .map(|word| Condition::Stem { stem: lexicon.word(&word).stem.to_owned(), word })
        .collect();
    if stems.len() > 1 { Some(Condition::Or(stems)) } else { stems.pop() }
}

/// Ranks documents by their best passages, and counts the passages found.
fn rank_documents(
    reader: &Reader,
    condition: &Condition,
    plain: bool,
) -> Result<(Vec<DocumentId>, u64), QueryError> {
    let mut limit = FIRST_PASSAGES;
    loop {
        let found = if plain {
            reader.search(condition, limit, 0)?
        } else {
            reader.search_by_words(condition, limit, 0)?.0
        };
        let heads = heads_in_order(reader, &found.hits)?;
        if heads.len() == RANKED_DOCUMENTS || found.hits.len() as u64 == found.count {
            let ids = heads.into_iter().map(|head| reader.document_id(head));
            return Ok((ids.collect::<Result<_, _>>()?, found.count));
        }
        limit = limit.saturating_mul(4);
    }
}

/// Lists the documents of hits, each at the place of its first one.
fn heads_in_order(
    reader: &Reader,
    hits: &[Hit],
) -> Result<Vec<onrecord_indexing::Address>, QueryError> {
    let mut seen = BTreeSet::new();
    let mut heads = Vec::new();
    for hit in hits {
        let head = reader.head_of(hit.address)?;
        if seen.insert(head) {
            heads.push(head);
            if heads.len() == RANKED_DOCUMENTS {
                break;
            }
        }
    }
    Ok(heads)
}
