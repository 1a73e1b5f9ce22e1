//! Passages that use words of other documents again.

mod clusters;
mod pairs;
mod rows;
mod sources;
mod stretches;
mod works;

pub use rows::{ReuseRow, ReusedPassages, ReusedPlace};

use super::days::Days;
use crate::QueryError;
use crate::duplicates::DuplicateGroups;
use crate::question::condition_of;
use onrecord_indexing::{Condition, Reader};
use onrecord_model::Document;
use onrecord_text::{segment, shingles};
use pairs::{Pairing, Text};
use serde::Serialize;
use sources::Sources;
use std::collections::HashSet;
use works::{Numberer, Side};

/// How many words of sources are held at most: with their shingles half a gigabyte.
const MAX_SOURCE_WORDS: u64 = 60_000_000;

/// Up to how many words of reusers their shingles are gathered first, so that sources without any
/// of them need not be held: those of some hundred speeches.
const FEW_WORDS: u64 = 1_000_000;

/// A question for reuse.
#[derive(Clone, Debug)]
pub struct PassagesRequest<'a> {
    /// Whose words may be others'.
    pub reusers: Reusers<'a>,
    /// A query for the passages whose words they may be; all where there is none.
    pub against: Option<String>,
    /// How many words of a stretch must be the same, at least 6.
    pub min_words: usize,
    /// Whether only stretches count whose speakers are both known, and two persons.
    pub of_others: bool,
    /// Whether copies and other transcripts of one speech take part each for itself.
    pub keep_duplicates: bool,
    /// How many groups of reuses to return, the most telling; 0 for all.
    pub limit: usize,
}

/// Whose words are looked at.
#[derive(Clone, Debug)]
pub enum Reusers<'a> {
    /// All of the index.
    All,
    /// Those of the passages that a query finds.
    Query(String),
    /// Those of a draft, with the name of its file.
    Draft(&'a Document, String),
}

impl Reusers<'_> {
    /// Returns the days that the date of a draft may mean, where it has one.
    fn draft_days(&self) -> Option<Days> {
        match self {
            Self::Draft(draft, _) => draft.metadata.date.map(Days::of),
            Self::All | Self::Query(_) => None,
        }
    }
}

/// What was found, and in what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassagesSummary {
    /// How many words of a stretch are the same, at least.
    pub min_words: usize,
    /// All reuses that were found.
    pub n_reuses: usize,
    /// The groups of them that are of the same words.
    pub n_groups: usize,
    /// Those of the groups that are among the rows.
    pub n_groups_shown: usize,
    /// The documents whose words were looked at; a draft is one.
    pub n_reusers: usize,
    /// The documents that they were compared with.
    pub n_sources: usize,
    /// Documents that were left out on either side, as a copy or another transcript of the same
    /// speech took part; each counts once.
    pub n_copies: usize,
    /// Stretches that were left out, as both are of one speaker.
    pub n_of_same_speaker: usize,
    /// Stretches that were left out, as it is not known who speaks in one of the places, or both.
    pub n_of_unknown_speaker: usize,
    /// Runs of five words that stand in so many places of the sources that nothing was looked for
    /// around them; a reuse has other words too, half as many as are asked for.
    pub n_common_phrases: usize,
    /// The least telling reuses that were left out, because there were too many to hold.
    pub n_cut: usize,
}

/// Finds the passages that use words of others again, each with the source that it has most in
/// common with; and reads each only when its turn comes, so that any number of them can be written
/// out.
///
/// # Errors
/// When a query cannot be understood, there are too many words to compare, or what the index holds
/// is not what was written.
pub fn find_reused_passages<'a>(
    reader: &'a Reader,
    request: &'a PassagesRequest<'_>,
) -> Result<ReusedPassages<'a>, QueryError> {
    reader.check_contents()?;
    let groups = DuplicateGroups::of(reader)?;
    let side = |query: Option<&str>| {
        let condition = query.map_or(Ok(Condition::All), |query| condition_of(reader, query))?;
        Side::of(reader, &condition, &groups, request.keep_duplicates)
    };
    let sources = side(request.against.as_deref())?;
    let reusers = match &request.reusers {
        Reusers::All => side(None)?,
        Reusers::Query(query) => side(Some(query))?,
        Reusers::Draft(..) => Side::default(),
    };
    let asked = match &request.reusers {
        Reusers::All => None,
        Reusers::Query(query) => Some(query.as_str()),
        Reusers::Draft(..) => Some(""),
    };
    let mut pairing = Pairing::new(request, asked == request.against.as_deref());
    let mut numberer = Numberer::new(reader);
    let texts = texts_of(request, &reusers, &mut numberer);
    let wanted = wanted_shingles(reader, &texts, &mut numberer)?;
    let (n_sources, n_copies) =
        (sources.documents.len(), sources.copies.union(&reusers.copies).count());
    let known = read_sources(reader, sources, wanted.as_ref(), request, &mut numberer)?;
    let n_reusers = texts.len();
    for text in texts {
        pairing.pair(text, &known, &mut numberer)?;
    }
    let found = pairing.finish(&known);
    let summary = PassagesSummary {
        min_words: request.min_words,
        n_reuses: found.pairs.len() + found.n_cut,
        n_groups: 0,
        n_groups_shown: 0,
        n_reusers,
        n_sources,
        n_copies,
        n_of_same_speaker: found.n_of_same_speaker,
        n_of_unknown_speaker: found.n_of_unknown_speaker,
        n_common_phrases: found.n_common_phrases,
        n_cut: found.n_cut,
    };
    Ok(ReusedPassages::new(reader, request, known.into_works(), found.pairs, summary))
}

/// Lists the texts whose words are looked at, in the order of time.
fn texts_of(
    request: &PassagesRequest<'_>,
    reusers: &Side,
    numberer: &mut Numberer<'_>,
) -> Vec<Text> {
    match &request.reusers {
        Reusers::Draft(draft, _) => {
            vec![Text::Draft(numberer.number_draft(draft, &segment(draft)))]
        }
        Reusers::All | Reusers::Query(_) => {
            reusers.documents.iter().cloned().map(Text::Document).collect()
        }
    }
}

/// Gathers the shingles of the reusers; none where they are too many for that to pay.
fn wanted_shingles(
    reader: &Reader,
    texts: &[Text],
    numberer: &mut Numberer<'_>,
) -> Result<Option<HashSet<u32>>, QueryError> {
    let mut n_words = 0;
    for text in texts {
        if let Text::Document(listed) = text {
            n_words += reader.n_words(listed.head)?;
        }
    }
    if n_words > FEW_WORDS {
        return Ok(None);
    }
    let mut wanted = HashSet::new();
    for text in texts {
        let words = match text {
            Text::Document(listed) => &numberer.read(listed, false)?.words,
            Text::Draft(drafted) => &drafted.numbered.words,
        };
        wanted.extend(shingles(words).map(|(_, hash)| hash));
    }
    Ok(Some(wanted))
}

/// Reads the sources.
fn read_sources(
    reader: &Reader,
    side: Side,
    wanted: Option<&HashSet<u32>>,
    request: &PassagesRequest<'_>,
    numberer: &mut Numberer<'_>,
) -> Result<Sources, QueryError> {
    if wanted.is_none() {
        let mut n_words = 0;
        for listed in &side.documents {
            n_words += reader.n_words(listed.head)?;
        }
        if n_words > MAX_SOURCE_WORDS {
            return Err(QueryError::TooManyWords { n_words, limit: MAX_SOURCE_WORDS });
        }
    }
    let mut sources = Sources::new();
    for listed in side.documents {
        let numbered = numberer.read(&listed, true)?;
        sources.add(listed, numbered, wanted, request.min_words);
        if sources.n_words() > MAX_SOURCE_WORDS {
            let n_words = sources.n_words();
            return Err(QueryError::TooManyWords { n_words, limit: MAX_SOURCE_WORDS });
        }
    }
    sources.seal();
    Ok(sources)
}

// Places among the words are 32-bit numbers, and a document that is over the limit is still taken in.
const _: () = assert!(MAX_SOURCE_WORDS * 2 < u32::MAX as u64);
