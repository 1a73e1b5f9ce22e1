//! Finds the passages that are most like a passage or a text, by the words that they share.

mod comparison;
mod vector;

use crate::QueryError;
use crate::duplicates::{FoldedHit, fold_hits};
use crate::found::FoundPassage;
use comparison::{Search, ids};
use onrecord_indexing::{Hit, Reader};
use serde::Serialize;

/// A question for passages like one.
#[derive(Clone, Debug)]
pub struct SimilarRequest {
    /// What they are to be like.
    pub to: SimilarTo,
    /// Look only among the passages that this query finds.
    pub query: Option<String>,
    /// How many hits to return, at least 1.
    pub limit: usize,
    /// What a hit must score, 0 to 1.
    pub min_score: f32,
    /// Whether hits with the same words in duplicates of a document are one; those with the words of
    /// the passage itself are then left out.
    pub fold_duplicates: bool,
}

/// What passages are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimilarTo {
    /// A passage of the index.
    Passage {
        /// The id of its document.
        document: String,
        /// Its place in the document, counted from 0.
        passage: u32,
    },
    /// A text of one's own.
    Text(String),
}

/// The passages that are most like one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimilarResponse {
    /// The text that they are compared with.
    pub text: String,
    /// How many passages were compared with it: those that share the words that tell most.
    pub n_compared: u64,
    /// How many of these score enough, those with the same words in duplicates being one where
    /// duplicates are folded; a limit may return fewer.
    pub n_like: u64,
    /// The documents that have the words of the passage too, where duplicates are folded; by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<Vec<String>>,
    /// The passages, the most like first, ties by document id, then passage.
    pub hits: Vec<SimilarHit>,
}

/// How a document stands to that of the passage which others are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Another document.
    Other,
    /// The same document.
    SameDocument,
    /// A copy, another transcript or a long excerpt of it.
    Duplicate,
}

impl Relation {
    /// Returns the name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::SameDocument => "same-document",
            Self::Duplicate => "duplicate",
        }
    }
}

/// A passage that is like another, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimilarHit {
    /// How alike the weighted stems of the two texts are, 0 to 1; see `docs/methods.md`.
    pub score: f32,
    /// How its document stands to that of the passage; none for a text of one's own.
    pub relation: Option<Relation>,
    /// The stems that both have, those that add most to the score first; they add up to it.
    pub shared: Vec<SharedTerm>,
    /// The passage; always speech.
    #[serde(flatten)]
    pub found: FoundPassage,
    /// The documents of its group of duplicates that have the same words, where duplicates are
    /// folded; by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<Vec<String>>,
}

/// A stem that two texts share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharedTerm {
    /// The stem.
    pub stem: String,
    /// The first word of the given text that has it, folded.
    pub given: String,
    /// The first word of the hit that has it, folded.
    pub found: String,
    /// What it adds to the score.
    pub share: f32,
}

/// Finds the passages that are most like a passage or a text, the passage itself left out.
///
/// # Errors
/// When the passage is not there, the text has no word that tells anything, the query cannot be
/// understood, or what the index holds is not what was written.
pub fn find_similar(
    reader: &Reader,
    request: &SimilarRequest,
) -> Result<SimilarResponse, QueryError> {
    let mut search = Search::new(reader, &request.to)?;
    let candidates = search.candidates(request.query.as_deref())?;
    let n_compared = candidates.len() as u64;
    let mut ranked = search.rank(candidates)?;
    ranked.retain(|hit| hit.score > 0.0 && hit.score >= request.min_score);
    let mut duplicates = None;
    let mut folded: Vec<FoldedHit> = if request.fold_duplicates {
        // The passage itself goes first, so that its copies fold into it.
        let itself = search.address.map(|address| Hit { address, score: 1.0 });
        let mut folded = fold_hits(reader, itself.into_iter().chain(ranked))?.into_iter();
        if itself.is_some() {
            duplicates = folded.next().map(|itself| ids(&itself.others));
        }
        folded.collect()
    } else {
        ranked.into_iter().map(FoldedHit::alone).collect()
    };
    let n_like = folded.len() as u64;
    folded.truncate(request.limit.max(1));
    let near = search.near_documents(&folded)?;
    let describe = |hit| search.describe(hit, &near, request.fold_duplicates);
    let hits = folded.into_iter().map(describe).collect::<Result<_, _>>()?;
    Ok(SimilarResponse { text: search.text, n_compared, n_like, duplicates, hits })
}
