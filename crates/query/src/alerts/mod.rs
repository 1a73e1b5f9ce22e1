//! The passages that a query finds and has not reported before.

mod compare;
mod reported;

pub use reported::Reported;

use crate::QueryError;
use crate::parse::Match;
use crate::question::Question;
use crate::search::{Filters, SearchHit};
use compare::{Comparison, FoundPassage};
use onrecord_indexing::{Condition, Reader};
use onrecord_model::CivilDate;
use serde::Serialize;
use std::vec::IntoIter;

/// A query that is asked again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertRequest {
    /// The query, in the language of `docs/query-syntax.md`.
    pub query: String,
    /// What words side by side mean.
    pub matching: Match,
    /// What passages must meet beside the query.
    pub filters: Filters,
    /// Whether those that were reported are listed again.
    pub all: bool,
}

impl AlertRequest {
    /// Returns a hash of all that decides what is found, in hexadecimal digits.
    pub(super) fn fingerprint(&self) -> String {
        let Self { query, matching, filters, all: _ } = self;
        let Filters { speaker, kind, since, until } = filters;
        let matching = match matching {
            Match::All => "all",
            Match::Any => "any",
        };
        let date = |date: &Option<CivilDate>| date.map(|date| date.to_string());
        let parts = [
            Some(query.clone()),
            Some(matching.to_owned()),
            speaker.clone(),
            kind.map(|kind| kind.name().to_owned()),
            date(since),
            date(until),
        ];
        let mut hasher = blake3::Hasher::new();
        for part in &parts {
            // What is left out is not what is empty.
            hasher.update(&[u8::from(part.is_some())]);
            let part = part.as_deref().unwrap_or_default();
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// How a passage that was found stands to those that were reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Newness {
    /// Its words were not reported of its document before.
    New,
    /// New, and it stands where one was reported that is found no more.
    Changed,
    /// Its words were reported of its document before.
    Reported,
}

impl Newness {
    /// Returns the name used in outputs.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Reported => "reported",
        }
    }
}

/// A passage that is listed, with how it stands to those that were reported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewsHit {
    /// `new`; `changed`: new, and it stands where one was reported that is found no more;
    /// `reported`: not new.
    pub news: &'static str,
    /// The passage; it has no score.
    #[serde(flatten)]
    pub hit: SearchHit,
}

/// What has come and gone since a query was asked last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewsTotals {
    /// How many passages are found.
    pub count: u64,
    /// How many documents they are in.
    pub documents: u64,
    /// How many of them were not reported before, those that are changed among them.
    pub new: u64,
    /// How many of these stand where one was reported that is found no more.
    pub changed: u64,
    /// How many that were reported are found no more, and were when the query was asked last.
    pub gone: u64,
    /// How many more are in documents without a date, where dates are asked for beside the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated_count: Option<u64>,
    /// How many more are in documents whose date is not precise enough to tell, where dates are
    /// asked for beside the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprecise_count: Option<u64>,
    /// Whether it is asked for the first time.
    pub first_time: bool,
    /// Whether it asks for labels, and the index is labelled otherwise than when it was asked
    /// last: passages may be new by their labels alone.
    pub relabelled: bool,
}

/// Asks queries of one index, one after the other.
#[derive(Debug)]
pub struct Alerts<'a> {
    reader: &'a Reader,
}

impl<'a> Alerts<'a> {
    /// Checks all of an index, so that nothing is missed that damage hides.
    ///
    /// # Errors
    /// When what it holds is not what was written.
    pub fn new(reader: &'a Reader) -> Result<Self, QueryError> {
        reader.check_contents()?;
        Ok(Self { reader })
    }

    /// Finds the passages that were not reported before; none was where there is no `reported`, or
    /// where another query reported it.
    ///
    /// A passage is known by the id of its document and its words, so that neither rebuilding the
    /// index nor moving the folder makes it new, nor a correction in another place. Texts are read
    /// only of documents that have changed, or in which other passages are found.
    ///
    /// # Errors
    /// When the query cannot be understood, or asks for labels that are of two taxonomies.
    pub fn ask(
        &self,
        request: &AlertRequest,
        reported: Option<&Reported>,
    ) -> Result<News<'a>, QueryError> {
        let mut question = Question::new(self.reader, &request.query, request.matching)?;
        let condition = std::mem::replace(&mut question.condition, Condition::All);
        let untold = request.filters.untold(self.reader, &condition)?;
        question.condition = request.filters.narrow(condition)?;
        let asks_for_labels = question.condition.asks_for_labels();
        let description = &self.reader.manifest().description;
        if asks_for_labels && description.is_mixed {
            return Err(QueryError::TwoTaxonomies);
        }
        let reported = reported.filter(|reported| reported.is_of(request));
        let none = Reported::default();
        let last = reported.unwrap_or(&none);
        let Comparison { mut found, mut totals, next } =
            Comparison::of(self.reader, &question.condition, last, request)?;
        totals.undated_count = untold.map(|untold| untold.undated);
        totals.imprecise_count = untold.map(|untold| untold.imprecise);
        totals.first_time = reported.is_none();
        totals.relabelled = asks_for_labels
            && reported.is_some_and(|last| last.labelled_by() != description.taxonomy_blake3);
        // The latest first; what is equal stays in the order of document ids and passages.
        found.sort_by_key(FoundPassage::recency);
        Ok(News { totals, next, question, found: found.into_iter() })
    }
}

/// The passages that a query found and had not reported, to be read one by one: the latest first,
/// those without a date last, ties by document id, then passage.
#[derive(Debug)]
pub struct News<'a> {
    /// What has come and gone.
    pub totals: NewsTotals,
    next: Reported,
    question: Question<'a>,
    found: IntoIter<FoundPassage>,
}

impl News<'_> {
    /// Returns what has been reported once all of these are.
    pub fn into_reported(self) -> Reported {
        self.next
    }
}

impl Iterator for News<'_> {
    type Item = Result<NewsHit, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.found.next()?;
        let seen = self.question.read(found.address);
        Some(
            seen.map(|seen| NewsHit { news: found.newness.name(), hit: SearchHit::of(seen, None) }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn fingerprints_are_of_all_that_decides_what_is_found() {
        let date = |date: &str| date.parse().ok();
        let filtered =
            |filters: Filters| AlertRequest { query: "a".into(), filters, ..Default::default() };
        let plain = AlertRequest { query: "a".into(), ..AlertRequest::default() };
        let others = [
            AlertRequest { query: "b".into(), ..AlertRequest::default() },
            AlertRequest { query: "a".into(), matching: Match::Any, ..AlertRequest::default() },
            filtered(Filters { speaker: Some("all".into()), ..Filters::default() }),
            filtered(Filters { speaker: Some(String::new()), ..Filters::default() }),
            filtered(Filters { since: date("2011"), ..Filters::default() }),
            filtered(Filters { until: date("2011"), ..Filters::default() }),
            filtered(Filters { since: date("2011-01"), ..Filters::default() }),
        ];
        let distinct: BTreeSet<String> = others.iter().map(AlertRequest::fingerprint).collect();
        assert_eq!(distinct.len(), others.len());
        assert!(!distinct.contains(&plain.fingerprint()));
        // What is listed says nothing of what is found.
        let all = AlertRequest { all: true, ..plain.clone() };
        assert_eq!(all.fingerprint(), plain.fingerprint());
    }
}
