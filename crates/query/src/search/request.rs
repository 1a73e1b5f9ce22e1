use super::facets::FacetField;
use super::groups::GroupHits;
use super::order::Order;
use crate::QueryError;
use crate::dates::{day_after, day_before};
use crate::parse::{Match, Syntax};
use onrecord_indexing::{Condition, DocumentCondition, Reader};
use onrecord_model::{CivilDate, DocumentKind};
use onrecord_text::folded_tokens;

/// A question for passages.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The query, in the language of `docs/query-syntax.md`.
    pub query: String,
    /// The language that it is written in.
    pub syntax: Syntax,
    /// What words side by side mean.
    pub matching: Match,
    /// What passages must meet beside the query.
    pub filters: Filters,
    /// What comes first.
    pub order: Order,
    /// What passages are put together by, each group shown by one of them.
    pub group_by: Option<GroupHits>,
    /// How many hits to return, or groups; 0 for all.
    pub limit: usize,
    /// How many of the first to pass over.
    pub offset: usize,
    /// What to count all that was found by.
    pub facets: Vec<FacetField>,
    /// How many values of each facet to return; 0 for all.
    pub facet_limit: usize,
    /// Whether hits with the same words in duplicates of a document are one.
    pub fold_duplicates: bool,
    /// Whether to tell of each hit what its score is made of.
    pub explain_score: bool,
}

/// What passages must meet beside a query: all that is given, whatever the query says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Words of the name of the one whose turn it is.
    pub speaker: Option<String>,
    /// What sort of document it is.
    pub kind: Option<DocumentKind>,
    /// The first day, month or year.
    pub since: Option<CivilDate>,
    /// The last day, month or year.
    pub until: Option<CivilDate>,
}

/// Passages of which nobody can tell whether they are of the days asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Untold {
    /// In documents without a date.
    pub(crate) undated: u64,
    /// In documents whose date is known to the year or the month, and holds such days and others.
    pub(crate) imprecise: u64,
}

impl Filters {
    const fn asks_for_dates(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Lists what is given, each by itself: speaker, kind, first and last date.
    pub(crate) fn each(&self) -> Vec<Self> {
        let none = Self::default;
        let singles = [
            Self { speaker: self.speaker.clone(), ..none() },
            Self { kind: self.kind, ..none() },
            Self { since: self.since, ..none() },
            Self { until: self.until, ..none() },
        ];
        singles.into_iter().filter(|single| *single != none()).collect()
    }

    /// Leaves out what another one gives.
    #[must_use]
    pub(crate) fn without(mut self, other: &Self) -> Self {
        self.speaker = self.speaker.filter(|_| other.speaker.is_none());
        self.kind = self.kind.filter(|_| other.kind.is_none());
        self.since = self.since.filter(|_| other.since.is_none());
        self.until = self.until.filter(|_| other.until.is_none());
        self
    }

    /// Writes what is given as the options of the command line: `--speaker`, `vale`.
    pub(crate) fn options(&self) -> Vec<String> {
        let date = |date: Option<CivilDate>| date.map(|date| date.to_string());
        let given = [
            ("--speaker", self.speaker.clone()),
            ("--kind", self.kind.map(|kind| kind.name().to_owned())),
            ("--since", date(self.since)),
            ("--until", date(self.until)),
        ];
        let given = given.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?]));
        given.flatten().collect()
    }

    /// Makes a condition that holds where another one does, and all that is given here.
    ///
    /// # Errors
    /// When a name has no words, or the first day comes after the last.
    pub(crate) fn narrow(&self, condition: Condition) -> Result<Condition, QueryError> {
        let mut added = self.but_dates()?;
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since.first_day() > until.last_day()
        {
            return Err(QueryError::DateOrder { since, until });
        }
        if self.asks_for_dates() {
            let dates = DocumentCondition::Date(self.since, self.until);
            added.push(Condition::Document(dates));
        }
        Ok(joined(condition, added))
    }

    /// Counts the passages that meet a condition, and all that is given here but the dates, in
    /// documents of which nothing, or not enough, is known to tell whether they are of these days;
    /// none where no date is asked for.
    ///
    /// # Errors
    /// As [`narrow`](Self::narrow).
    pub(crate) fn untold(
        &self,
        reader: &Reader,
        condition: &Condition,
    ) -> Result<Option<Untold>, QueryError> {
        if !self.asks_for_dates() {
            return Ok(None);
        }
        let added = self.but_dates()?;
        let dates = |from, to| Condition::Document(DocumentCondition::Date(from, to));
        let not = |condition| Condition::Not(Box::new(condition));
        let undated = [added.clone(), vec![not(dates(None, None))]].concat();
        let mut imprecise = [added, vec![dates(None, None)]].concat();
        imprecise.push(not(dates(self.since, self.until)));
        // Those that are sure to be of other days.
        let earlier = self.since.and_then(day_before).map(|last| dates(None, Some(last)));
        let later = self.until.and_then(day_after).map(|first| dates(Some(first), None));
        imprecise.extend(earlier.into_iter().chain(later).map(not));
        let count = |added| reader.count(&joined(condition.clone(), added));
        Ok(Some(Untold { undated: count(undated)?, imprecise: count(imprecise)? }))
    }

    fn but_dates(&self) -> Result<Vec<Condition>, QueryError> {
        let mut conditions = Vec::new();
        if let Some(name) = &self.speaker {
            conditions.push(speaker_named(name)?);
        }
        let kind = self.kind.map(DocumentCondition::Kind);
        conditions.extend(kind.map(Condition::Document));
        Ok(conditions)
    }
}

/// Says that words are those of someone whose name holds some words.
///
/// # Errors
/// When the name has no words: everybody's would hold them.
pub(crate) fn speaker_named(name: &str) -> Result<Condition, QueryError> {
    let words = folded_tokens(name);
    if words.is_empty() {
        return Err(QueryError::NoName(name.to_owned()));
    }
    Ok(Condition::Speaker(words))
}

/// Makes one condition of one and others, side by side with its parts where it has parts.
fn joined(condition: Condition, added: Vec<Condition>) -> Condition {
    if added.is_empty() {
        return condition;
    }
    let mut parts = if let Condition::And(parts) = condition { parts } else { vec![condition] };
    parts.extend(added);
    Condition::And(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_hold_whatever_the_query_says() {
        let word = |word: &str| Condition::Word(word.into());
        let either = Condition::Or(vec![word("a"), word("b")]);
        let filters = Filters { speaker: Some("Ada Vale".into()), ..Filters::default() };
        let vale = Condition::Speaker(vec!["ada".into(), "vale".into()]);
        for (condition, parts) in [
            (either.clone(), vec![either, vale.clone()]),
            (Condition::And(vec![word("a"), word("b")]), vec![word("a"), word("b"), vale.clone()]),
        ] {
            assert_eq!(Filters::default().narrow(condition.clone()).unwrap(), condition);
            assert_eq!(filters.narrow(condition).unwrap(), Condition::And(parts));
        }
    }

    #[test]
    fn filters_without_a_meaning_are_refused() {
        let date = |written: &str| written.parse::<CivilDate>().ok();
        for (filters, message) in [
            (Filters { speaker: Some("—".into()), ..Filters::default() }, "`—` has no word"),
            (
                Filters { since: date("2012-02"), until: date("2012-01"), ..Filters::default() },
                "2012-02, comes after the last, 2012-01",
            ),
        ] {
            let error = filters.narrow(Condition::All).unwrap_err();
            assert!(error.to_string().contains(message), "{error}");
        }
        let same = Filters { since: date("2012-02"), until: date("2012"), ..Filters::default() };
        assert!(same.narrow(Condition::All).is_ok());
    }
}
