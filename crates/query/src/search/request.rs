use super::facets::FacetField;
use super::groups::GroupHits;
use super::order::Order;
use crate::QueryError;
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

impl Filters {
    const fn asks_for_dates(&self) -> bool {
        self.since.is_some() || self.until.is_some()
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
    /// documents that have no date; none where no date is asked for.
    ///
    /// # Errors
    /// As [`narrow`](Self::narrow).
    pub(crate) fn n_undated(
        &self,
        reader: &Reader,
        condition: &Condition,
    ) -> Result<Option<u64>, QueryError> {
        if !self.asks_for_dates() {
            return Ok(None);
        }
        let mut added = self.but_dates()?;
        let dated = Condition::Document(DocumentCondition::Date(None, None));
        added.push(Condition::Not(Box::new(dated)));
        Ok(Some(reader.count(&joined(condition.clone(), added))?))
    }

    fn but_dates(&self) -> Result<Vec<Condition>, QueryError> {
        let mut conditions = Vec::new();
        if let Some(name) = &self.speaker {
            let words = folded_tokens(name);
            if words.is_empty() {
                return Err(QueryError::NoName(name.clone()));
            }
            conditions.push(Condition::Speaker(words));
        }
        let kind = self.kind.map(DocumentCondition::Kind);
        conditions.extend(kind.map(Condition::Document));
        Ok(conditions)
    }
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
