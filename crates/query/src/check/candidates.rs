//! Documents in which a quote, or something near it, may stand.

use super::pattern::Part;
use crate::QueryError;
use onrecord_indexing::{Address, Condition, Reader};
use onrecord_model::{CivilDate, DocumentId, Speaker};
use onrecord_text::{Lexicon, folded_tokens};
use std::collections::BTreeSet;

/// The most words that are looked for in one piece: as many as stages and joints of paragraphs
/// are crossed with at no cost.
const WINDOW: usize = 12;

/// The most passages that are read for one phrase: of more, words so common are no evidence of
/// where they come from.
const MAX_HITS: usize = 200;

/// How many of the passages that share the rarest words are looked at for each unit of a quote.
const MAX_NEAR: usize = 30;

/// The most words that are looked for at once.
const MAX_WORDS: usize = 40;

/// A passage that may hold a quote.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Where the head of its document stands.
    pub(crate) head: Address,
    /// Its document.
    pub(crate) document: DocumentId,
    /// Its place in the document.
    pub(crate) ordinal: u32,
    /// The date of the document.
    pub(crate) date: Option<CivilDate>,
    /// Who speaks in it.
    pub(crate) speaker: Option<Speaker>,
    /// The file of the document.
    pub(crate) path: String,
}

/// The order of the files of documents that are alike otherwise: copies mostly have a longer name
/// than what they are copies of.
pub(crate) type PathOrder = (usize, String);

/// Returns the place of a file in that order.
pub(crate) fn path_order(path: &str) -> PathOrder {
    (path.len(), path.to_owned())
}

/// Candidates, and how many passages there are of which they are some.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) passages: Vec<Candidate>,
    pub(crate) count: u64,
}

impl Candidates {
    /// Returns the documents, or none where not all passages were read.
    fn documents(&self) -> Option<BTreeSet<DocumentId>> {
        let is_whole = self.passages.len() as u64 == self.count;
        is_whole.then(|| self.passages.iter().map(|passage| passage.document).collect())
    }
}

/// Finds the passages that may hold each part of a quote word for word, in documents that hold
/// the other parts as well where that is known; best first.
pub(crate) fn verbatim(
    reader: &Reader,
    quote: &str,
    parts: &[Part],
    by: Option<&Condition>,
) -> Result<Candidates, QueryError> {
    let mut all = Vec::new();
    for part in parts {
        all.push(of_part(reader, quote, part, by)?);
    }
    let documents: Vec<_> = all.iter().filter_map(Candidates::documents).collect();
    // Of the part that fewest passages hold.
    let mut best = all.into_iter().min_by_key(|found| found.count).unwrap_or_default();
    best.passages.retain(|passage| documents.iter().all(|ids| ids.contains(&passage.document)));
    Ok(best)
}

fn of_part(
    reader: &Reader,
    quote: &str,
    part: &Part,
    by: Option<&Condition>,
) -> Result<Candidates, QueryError> {
    let runs = part.runs();
    let Some(run) = runs.first() else { return Ok(Candidates::default()) };
    let words: Vec<String> = run
        .iter()
        .flat_map(|word| folded_tokens(quote.get(word.span.range()).unwrap_or_default()))
        .collect();
    // A paragraph may end inside the first window; hardly in all.
    for window in windows(&words) {
        let found = phrase(reader, window, by)?;
        if found.count > 0 {
            return Ok(found);
        }
    }
    Ok(Candidates::default())
}

/// Returns the first, the last and the middle words of a run.
fn windows(words: &[String]) -> Vec<&[String]> {
    if words.len() <= WINDOW {
        // A short run over the end of a paragraph is found by its halves.
        let (a, b) = words.split_at(words.len() / 2);
        let halves = [words, b, a].into_iter();
        return halves.filter(|half| half.len() > 1 || half.len() == words.len()).collect();
    }
    let last = words.len() - WINDOW;
    let starts = BTreeSet::from([0, last / 2, last]);
    starts.into_iter().filter_map(|start| words.get(start..start + WINDOW)).collect()
}

/// Finds the passages that hold words one behind the other.
pub(crate) fn phrase(
    reader: &Reader,
    words: &[String],
    by: Option<&Condition>,
) -> Result<Candidates, QueryError> {
    if words.is_empty() {
        return Ok(Candidates::default());
    }
    let words = match words {
        [word] => Condition::Word(word.clone()),
        words => Condition::Phrase(words.to_vec()),
    };
    let condition = match by {
        Some(by) => Condition::And(vec![words, by.clone()]),
        None => words,
    };
    read(reader, &condition, MAX_HITS)
}

/// Finds the passages nearest to some words: those that share their rarest stems.
pub(crate) fn near(
    reader: &Reader,
    words: &str,
    lexicon: &mut Lexicon,
) -> Result<Vec<Candidate>, QueryError> {
    let folded: BTreeSet<String> = folded_tokens(words).into_iter().take(MAX_WORDS).collect();
    let stems = folded.into_iter().map(|word| {
        let stem = lexicon.word(&word).stem.to_owned();
        Condition::Stem { stem, word }
    });
    let condition = Condition::Or(stems.collect());
    Ok(read(reader, &condition, MAX_NEAR)?.passages)
}

fn read(reader: &Reader, condition: &Condition, limit: usize) -> Result<Candidates, QueryError> {
    let found = reader.search(condition, limit, 0)?;
    let mut passages = Vec::with_capacity(found.hits.len());
    for hit in found.hits {
        let record = reader.passage(hit.address)?.record;
        passages.push(Candidate {
            head: reader.sibling(hit.address, &record, 0),
            document: record.document(),
            ordinal: record.ordinal,
            date: record.citation.date,
            speaker: record.speaker,
            path: record.citation.path,
        });
    }
    Ok(Candidates { passages, count: found.count })
}
