use super::TrendRequest;
use super::group::{Group, TrendBy};
use super::row::TrendCounts;
use crate::QueryError;
use crate::base::{Base, BaseSource, asks_for_words};
use crate::folding::Folding;
use crate::highlight::Highlight;
use crate::question::Question;
use onrecord_indexing::{Address, Condition, DocumentColumns, PassageColumns, Reader};
use onrecord_model::Span;
use std::collections::BTreeMap;

/// The counts of one query.
pub(super) struct SeriesCounts {
    pub(super) base: Base,
    /// Whether the query asks for words; else there is nothing to mention.
    pub(super) has_words: bool,
    pub(super) groups: BTreeMap<Group, Sums>,
    pub(super) total: Sums,
    pub(super) n_passages_not_speech: u64,
    pub(super) n_matches_not_speech: u64,
    pub(super) n_folded_documents: Option<u64>,
}

/// The sums of a group; what counts documents remembers the last one, because the passages of a
/// document come one behind the other.
#[derive(Clone, Default)]
pub(super) struct Sums {
    pub(super) mentions: u64,
    pub(super) passages: u64,
    documents: u64,
    pub(super) base_words: u64,
    pub(super) base_passages: u64,
    base_documents: u64,
    last: Option<Address>,
    last_of_base: Option<Address>,
}

impl Sums {
    /// Takes in a passage of the base.
    fn add_base(&mut self, passage: &PassageColumns<'_>) {
        self.base_words += passage.words;
        self.base_passages += 1;
        if self.last_of_base.replace(passage.head) != Some(passage.head) {
            self.base_documents += 1;
        }
    }

    /// Takes in a passage that was found.
    fn add_found(&mut self, head: Address, n_mentions: u64) {
        self.mentions += n_mentions;
        self.passages += 1;
        if self.last.replace(head) != Some(head) {
            self.documents += 1;
        }
    }

    /// Adds what groups are ordered by: the counts of one query to those of another. The passages
    /// that both are measured against are mostly the same, and no more for being so twice.
    pub(super) fn plus(mut self, other: &Self) -> Self {
        self.mentions += other.mentions;
        self.passages += other.passages;
        self.base_words += other.base_words;
        self.base_passages = self.base_passages.max(other.base_passages);
        self
    }

    pub(super) fn counts(&self, has_words: bool) -> TrendCounts {
        TrendCounts::new(
            has_words.then_some(self.mentions),
            [self.passages, self.documents],
            [self.base_words, self.base_passages, self.base_documents],
        )
    }
}

impl SeriesCounts {
    /// Counts the base of a query, then what the query finds in it.
    pub(super) fn count(
        reader: &Reader,
        question: Question<'_>,
        base: Base,
        request: &TrendRequest,
    ) -> Result<Self, QueryError> {
        // Of duplicates the same one stands for the others in what is found and in the base.
        let folding = Folding::if_asked(request.fold_duplicates, reader, &base.condition)?;
        let mut counting = Self {
            base,
            has_words: asks_for_words(&question.query.root),
            groups: BTreeMap::new(),
            total: Sums::default(),
            n_passages_not_speech: 0,
            n_matches_not_speech: 0,
            n_folded_documents: request.fold_duplicates.then(|| folding.n_folded_documents()),
        };
        counting.count_base(reader, request.by, &folding)?;
        counting.count_found(reader, question, request.by, &folding)?;
        Ok(counting)
    }

    fn count_base(
        &mut self,
        reader: &Reader,
        by: TrendBy,
        folding: &Folding,
    ) -> Result<(), QueryError> {
        let mut documents = Documents { reader, last: None };
        let condition = self.base.condition.clone();
        visit(reader, &condition, |passage| {
            if passage.is_speech && !folding.is_folded(passage.head) {
                let group = Group::of(by, &documents.columns(passage.head)?, passage.speaker);
                self.groups.entry(group).or_default().add_base(passage);
                self.total.add_base(passage);
            }
            Ok(())
        })
    }

    fn count_found(
        &mut self,
        reader: &Reader,
        mut question: Question<'_>,
        by: TrendBy,
        folding: &Folding,
    ) -> Result<(), QueryError> {
        let mut documents = Documents { reader, last: None };
        let mut condition = question.condition.clone();
        if self.base.source == BaseSource::Given {
            condition = Condition::And(vec![condition, self.base.condition.clone()]);
        }
        visit(reader, &condition, |passage| {
            if folding.is_folded(passage.head) {
                return Ok(());
            }
            if !passage.is_speech {
                self.n_passages_not_speech += 1;
                return Ok(());
            }
            let Some(n_mentions) = self.count_mentions(&mut question, passage.address)? else {
                return Ok(());
            };
            let group = Group::of(by, &documents.columns(passage.head)?, passage.speaker);
            self.groups.entry(group).or_default().add_found(passage.head, n_mentions);
            self.total.add_found(passage.head, n_mentions);
            Ok(())
        })
    }

    /// Counts the matches in the speech of a passage; none where it has matches, but none of them
    /// was said.
    fn count_mentions(
        &mut self,
        question: &mut Question<'_>,
        address: Address,
    ) -> Result<Option<u64>, QueryError> {
        if !self.has_words {
            return Ok(Some(0));
        }
        let seen = question.read(address)?;
        let spoken = seen.passage.record.spoken(&seen.passage.text);
        let n_said = seen.highlights.iter().filter(|lit| is_said(lit, &spoken)).count();
        self.n_matches_not_speech += (seen.highlights.len() - n_said) as u64;
        Ok((n_said > 0 || seen.highlights.is_empty()).then_some(n_said as u64))
    }
}

/// Tells whether a word of a match was said; the words that were said come in order.
fn is_said(highlight: &Highlight, spoken: &[Span]) -> bool {
    let first = spoken.partition_point(|word| word.end <= highlight.start);
    spoken.get(first).is_some_and(|word| word.start < highlight.end)
}

/// Reads what the columns say of documents, of each once while its passages come.
struct Documents<'a> {
    reader: &'a Reader,
    last: Option<(Address, DocumentColumns)>,
}

impl Documents<'_> {
    fn columns(&mut self, head: Address) -> Result<DocumentColumns, QueryError> {
        match self.last {
            Some((last, columns)) if last == head => Ok(columns),
            Some(_) | None => {
                let columns = self.reader.document_columns(head)?;
                self.last = Some((head, columns));
                Ok(columns)
            }
        }
    }
}

/// Visits the passages that meet a condition until a visit fails.
fn visit(
    reader: &Reader,
    condition: &Condition,
    mut visit: impl FnMut(&PassageColumns<'_>) -> Result<(), QueryError>,
) -> Result<(), QueryError> {
    let mut failed = None;
    reader.for_each_passage(condition, |passage| {
        if failed.is_none() {
            failed = visit(passage).err();
        }
    })?;
    failed.map_or(Ok(()), Err)
}
