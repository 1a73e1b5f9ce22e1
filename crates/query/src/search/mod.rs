//! The passages that a query finds: counted, in an order, page by page or all.

mod facets;
mod groups;
mod hit;
mod order;
mod request;

pub use facets::{Facet, FacetField, Facets, FieldFacets};
pub use groups::{GroupHits, HitGroup};
pub use hit::SearchHit;
pub use order::{Order, Sorted};
pub use request::{Filters, SearchRequest};

use crate::QueryError;
use crate::duplicates::{FoldedHit, fold_hits};
use crate::question::Question;
use groups::{Group, group};
use onrecord_indexing::{Condition, Hit, Reader};
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// What they are ordered by, where that is not the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sorted: Option<Sorted>,
    /// How many values there are of each field that is counted by, whether all are listed or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facet_values: Option<BTreeMap<&'static str, u64>>,
    /// The counts by some fields, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
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
    let mut question = Question::new(reader, &request.query, request.matching)?;
    let asked = std::mem::replace(&mut question.condition, Condition::All);
    let undated_count = request.filters.n_undated(reader, &asked)?;
    question.condition = request.filters.narrow(asked)?;
    let condition = &question.condition;
    let is_page = (1..=PAGE).contains(&request.limit);
    let is_by_score = request.order == Order::Relevance && request.group_by.is_none();
    if !is_page || request.fold_duplicates || !is_by_score {
        reader.check_contents()?;
    }
    let (mut totals, page) = page_of(reader, condition, request)?;
    totals.undated_count = undated_count;
    if !request.facets.is_empty() {
        let facets = Facets::of(reader, condition, &request.facets, request.facet_limit)?;
        totals.facet_values = Some(facets.n_values());
        totals.facets = Some(facets);
    }
    let mut hits = Hits { totals, question, read: Vec::new().into_iter(), page };
    if is_page {
        hits.read = hits.by_ref().collect::<Result<Vec<_>, _>>()?.into_iter();
    }
    Ok(hits)
}

/// Counts what was found, and returns the page that was asked for.
fn page_of(
    reader: &Reader,
    condition: &Condition,
    request: &SearchRequest,
) -> Result<(Totals, Page), QueryError> {
    let Order::Relevance = request.order else { return page_in_order(reader, condition, request) };
    if request.group_by.is_some() || request.fold_duplicates {
        return page_in_order(reader, condition, request);
    }
    let found = reader.search(condition, request.limit, request.offset)?;
    let totals = Totals { count: found.count, ..Totals::default() };
    Ok((totals, Page::Alone(found.hits.into_iter())))
}

/// As [`page_of`], where what is on a page depends on all that was found.
fn page_in_order(
    reader: &Reader,
    condition: &Condition,
    request: &SearchRequest,
) -> Result<(Totals, Page), QueryError> {
    let is_grouped = request.group_by.is_some();
    let placement = Placement::of(reader, condition, request.order, is_grouped)?;
    let mut totals = Totals {
        count: placement.placed.len() as u64,
        sorted: placement.sorted(request.order),
        ..Totals::default()
    };
    if let Some(by) = request.group_by {
        let groups = group(reader, by, &placement)?;
        totals.group_count = Some(groups.len() as u64);
        return Ok((totals, Page::Grouped(cut(groups, request))));
    }
    let hits: Vec<Hit> = placement.placed.into_iter().map(|placed| placed.hit).collect();
    if !request.fold_duplicates {
        return Ok((totals, Page::Alone(cut(hits, request))));
    }
    let folded = fold_hits(reader, hits)?;
    totals.folded_count = Some(folded.len() as u64);
    Ok((totals, Page::Folded(cut(folded, request))))
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
    read: IntoIter<SearchHit>,
    page: Page,
}

impl Iterator for Hits<'_> {
    type Item = Result<SearchHit, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(hit) = self.read.next() {
            return Some(Ok(hit));
        }
        let question = &mut self.question;
        match &mut self.page {
            Page::Alone(hits) => hits.next().map(|hit| read(question, hit)),
            Page::Folded(hits) => hits.next().map(|folded| {
                let FoldedHit { hit, group, others } = folded;
                let mut hit = read(question, hit)?;
                hit.duplicate_group = group.map(|group| group.to_string());
                hit.duplicates = Some(others.iter().map(ToString::to_string).collect());
                Ok(hit)
            }),
            Page::Grouped(groups) => groups.next().map(|group| {
                let mut hit = read(question, group.hit)?;
                hit.group = Some(group.described());
                Ok(hit)
            }),
        }
    }
}

fn read(question: &mut Question<'_>, hit: Hit) -> Result<SearchHit, QueryError> {
    Ok(SearchHit::of(question.read(hit.address)?, Some(hit.score)))
}
