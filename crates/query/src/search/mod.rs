//! The passages that a query finds: counted, in an order, page by page or all.

mod facets;
mod groups;
mod hit;
mod order;
mod request;

pub use facets::{Facet, FacetField, Facets, FieldFacets};
pub use groups::{GroupHits, HitGroup};
pub use hit::{ScoreShare, SearchHit};
pub use order::{Order, Sorted};
pub(crate) use request::speaker_named;
pub use request::{Filters, SearchRequest};

use crate::QueryError;
use crate::duplicates::{FoldedHit, fold_hits};
use crate::nothing::NothingFound;
use crate::nothing_narrowed::explain_nothing_of;
use crate::parse::Match;
use crate::question::Question;
use groups::{Group, group};
use onrecord_indexing::{Condition, Found, Hit, Reader, Scoring};
use order::Placement;
use serde::Serialize;
use std::collections::BTreeMap;
use std::vec::IntoIter;

/// The passages that a query found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchResponse {
    /// What was found in all.
    #[serde(flatten)]
    pub totals: Totals,
    /// The page of hits, in the order asked for, ties by document id, then passage.
    pub hits: Vec<SearchHit>,
}

/// What a query found in all, whatever page of it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// How many passages were found, exactly.
    pub count: u64,
    /// How many hits they come to with duplicates folded, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded_count: Option<u64>,
    /// How many groups they come to, where they are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_count: Option<u64>,
    /// How many more there are in documents without a date, where dates were asked for beside the
    /// query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated_count: Option<u64>,
    /// How many more there are in documents whose date is not precise enough to tell, where dates
    /// were asked for beside the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprecise_count: Option<u64>,
    /// What they are ordered by, where that is not the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sorted: Option<Sorted>,
    /// How many values there are of each field that is counted by, whether all are listed or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facet_values: Option<BTreeMap<&'static str, u64>>,
    /// The counts by some fields, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// Why nothing was found, where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<NothingFound>,
}

impl Totals {
    /// Returns how many hits there are to be shown, on all pages.
    pub fn n_hits(&self) -> u64 {
        self.group_count.or(self.folded_count).unwrap_or(self.count)
    }
}

/// Finds passages.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn search(reader: &Reader, request: &SearchRequest) -> Result<SearchResponse, QueryError> {
    let mut found = find_hits(reader, request)?;
    let hits = found.by_ref().collect::<Result<_, _>>()?;
    Ok(SearchResponse { totals: found.totals, hits })
}

/// The most hits that are read before any is given out.
const PAGE: usize = 1_000;

/// Finds passages as [`search`] does, and reads each only when its turn comes, so that any number
/// of them can be written out.
///
/// # Errors
/// As [`search`]. What is damaged is noticed before the first hit is given out: a page is read
/// whole; where more hits are asked for than a page has, and where hits are folded, grouped or
/// sorted, all of the index is checked first.
pub fn find_hits<'a>(reader: &'a Reader, request: &SearchRequest) -> Result<Hits<'a>, QueryError> {
    let mut question =
        Question::in_syntax(reader, &request.query, request.syntax, request.matching)?;
    let asked = std::mem::replace(&mut question.condition, Condition::All);
    let untold = request.filters.untold(reader, &asked)?;
    question.condition = request.filters.narrow(asked)?;
    let condition = &question.condition;
    let is_page = (1..=PAGE).contains(&request.limit);
    let is_by_score = request.order == Order::Relevance && request.group_by.is_none();
    if !is_page || request.fold_duplicates || !is_by_score {
        reader.check_contents()?;
    }
    let (mut totals, page, scoring) = page_of(reader, condition, request)?;
    totals.undated_count = untold.map(|untold| untold.undated);
    totals.imprecise_count = untold.map(|untold| untold.imprecise);
    if totals.count == 0 {
        totals.nothing = Some(explain_nothing_of(reader, request)?);
    }
    if !request.facets.is_empty() {
        let facets = Facets::of(reader, condition, &request.facets, request.facet_limit)?;
        totals.facet_values = Some(facets.n_values());
        totals.facets = Some(facets);
    }
    let scoring = scoring.filter(|_| request.explain_score);
    let mut hits = Hits { totals, question, scoring, read: Vec::new().into_iter(), page };
    if is_page {
        hits.read = hits.by_ref().collect::<Result<Vec<_>, _>>()?.into_iter();
    }
    Ok(hits)
}

/// Finds passages by rank: a page of them, or all where the limit is 0; and how they were ranked.
fn ranked(
    reader: &Reader,
    condition: &Condition,
    matching: Match,
    limit: usize,
    offset: usize,
) -> Result<(Found, Scoring), QueryError> {
    match matching {
        Match::All => Ok((reader.search(condition, limit, offset)?, Scoring::default())),
        Match::Any => Ok(reader.search_by_words(condition, limit, offset)?),
    }
}

/// Counts what was found, and returns the page that was asked for, with how it was ranked.
fn page_of(
    reader: &Reader,
    condition: &Condition,
    request: &SearchRequest,
) -> Result<(Totals, Page, Option<Scoring>), QueryError> {
    let is_by_score = request.order == Order::Relevance;
    if !is_by_score || request.group_by.is_some() || request.fold_duplicates {
        return page_in_order(reader, condition, request);
    }
    let (found, scoring) =
        ranked(reader, condition, request.matching, request.limit, request.offset)?;
    let totals = Totals { count: found.count, ..Totals::default() };
    Ok((totals, Page::Alone(found.hits.into_iter()), Some(scoring)))
}

/// As [`page_of`], where what is on a page depends on all that was found.
fn page_in_order(
    reader: &Reader,
    condition: &Condition,
    request: &SearchRequest,
) -> Result<(Totals, Page, Option<Scoring>), QueryError> {
    let (found, scoring) = ranked(reader, condition, request.matching, 0, 0)?;
    let is_grouped = request.group_by.is_some();
    let placement = Placement::of(reader, condition, found.hits, request.order, is_grouped)?;
    let mut totals = Totals {
        count: placement.placed.len() as u64,
        sorted: placement.sorted(request.order),
        ..Totals::default()
    };
    let page = if let Some(by) = request.group_by {
        let groups = group(reader, by, &placement)?;
        totals.group_count = Some(groups.len() as u64);
        Page::Grouped(cut(groups, request))
    } else {
        let hits: Vec<Hit> = placement.placed.into_iter().map(|placed| placed.hit).collect();
        if request.fold_duplicates {
            let folded = fold_hits(reader, hits)?;
            totals.folded_count = Some(folded.len() as u64);
            Page::Folded(cut(folded, request))
        } else {
            Page::Alone(cut(hits, request))
        }
    };
    Ok((totals, page, Some(scoring)))
}

/// Leaves the page that was asked for.
fn cut<T>(mut all: Vec<T>, request: &SearchRequest) -> IntoIter<T> {
    all.drain(..request.offset.min(all.len()));
    all.truncate(if request.limit == 0 { usize::MAX } else { request.limit });
    all.into_iter()
}

/// The hits of a page that are still to be read.
#[derive(Debug)]
enum Page {
    Alone(IntoIter<Hit>),
    Folded(IntoIter<FoldedHit>),
    Grouped(IntoIter<Group>),
}

/// The passages that a query found, to be read one by one.
#[derive(Debug)]
pub struct Hits<'a> {
    /// What was found in all.
    pub totals: Totals,
    question: Question<'a>,
    /// What scores are made of, where that is to be told.
    scoring: Option<Scoring>,
    read: IntoIter<SearchHit>,
    page: Page,
}

impl Iterator for Hits<'_> {
    type Item = Result<SearchHit, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(hit) = self.read.next() {
            return Some(Ok(hit));
        }
        let (question, scoring) = (&mut self.question, self.scoring.as_ref());
        match &mut self.page {
            Page::Alone(hits) => hits.next().map(|hit| read(question, scoring, hit)),
            Page::Folded(hits) => hits.next().map(|folded| {
                let FoldedHit { hit, group, others } = folded;
                let mut hit = read(question, scoring, hit)?;
                hit.duplicate_group = group.map(|group| group.to_string());
                hit.duplicates = Some(others.iter().map(ToString::to_string).collect());
                Ok(hit)
            }),
            Page::Grouped(groups) => groups.next().map(|group| {
                let mut hit = read(question, scoring, group.hit)?;
                hit.group = Some(group.described());
                Ok(hit)
            }),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let unread = match &self.page {
            Page::Alone(hits) => hits.len(),
            Page::Folded(hits) => hits.len(),
            Page::Grouped(groups) => groups.len(),
        };
        let left = self.read.len() + unread;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Hits<'_> {}

fn read(
    question: &mut Question<'_>,
    scoring: Option<&Scoring>,
    hit: Hit,
) -> Result<SearchHit, QueryError> {
    let parts = scoring.map(|scoring| question.score_parts(scoring, &hit)).transpose()?;
    let mut found = SearchHit::of(question.read(hit.address)?, Some(hit.score));
    found.score_parts = parts.map(|parts| parts.into_iter().map(ScoreShare::from).collect());
    Ok(found)
}
