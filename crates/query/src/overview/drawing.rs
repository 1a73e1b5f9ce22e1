//! Counts as rows of figures, with the passages that each shows.

use super::shown::{Chosen, Of};
use super::{Figure, OverviewPassage, OverviewRow};
use crate::QueryError;
use crate::cite::{Locator, citation};
use crate::group_counts::{Group, ratio};
use crate::grouping::Key;
use crate::interval::wilson;
use onrecord_indexing::Reader;
use onrecord_text::folded_tokens;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Lists the words of a name, as `speaker:` compares them.
pub(super) fn words_of(name: &str) -> BTreeSet<String> {
    folded_tokens(name).into_iter().collect()
}

/// Years that lie farther apart are not shown together: a long life.
const LONGEST_GAP: u16 = 100;

/// The rows of years.
#[derive(Default)]
pub(super) struct Years {
    pub(super) rows: Vec<OverviewRow>,
    pub(super) undated: Option<OverviewRow>,
    pub(super) n_documents_elsewhere: u64,
}

/// Makes rows of counts, and numbers the passages that they show.
pub(super) struct Drawing<'a> {
    /// The ids of the priorities, and their places in the index's list, in the order of the
    /// taxonomy.
    pub(super) ids: Vec<&'a str>,
    pub(super) places: Vec<usize>,
    pub(super) query: Option<&'a str>,
    /// The words of the names of all speakers.
    pub(super) names: Vec<BTreeSet<String>>,
    /// The places of passages among those that are shown.
    pub(super) shown: HashMap<(String, u32), usize>,
    pub(super) passages: Vec<(String, u32)>,
}

impl Drawing<'_> {
    pub(super) fn row(&mut self, of: Of, group: &Group, chosen: &Chosen) -> OverviewRow {
        let figures = (0..self.ids.len()).map(|at| self.figure(&of, group, at, chosen)).collect();
        OverviewRow {
            name: match of {
                Of::All => "all".to_owned(),
                Of::Year(year) => year.unwrap_or_else(|| "no date".to_owned()),
                Of::Speaker(name) => name.unwrap_or_else(|| "nobody in particular".to_owned()),
            },
            documents: group.documents,
            passages: group.passages,
            words: group.words,
            figures,
        }
    }

    fn figure(&mut self, of: &Of, group: &Group, at: usize, chosen: &Chosen) -> Figure {
        let place = self.places.get(at).copied().unwrap_or(usize::MAX);
        let (mentions, passages) =
            group.priorities.get(place).map_or((0, 0), |sums| (sums.mentions, sums.passages));
        let candidates = chosen.get(&(of.clone(), at)).into_iter().flatten();
        let shown = candidates.map(|(_, _, document, passage)| {
            let key = (document.clone(), *passage);
            let next = self.passages.len();
            let number = *self.shown.entry(key.clone()).or_insert(next);
            if number == next {
                self.passages.push(key);
            }
            number
        });
        Figure {
            mentions,
            passages,
            share: ratio(passages, group.passages),
            interval: wilson(passages, group.passages),
            is_doubtful: group.has_few_passages(),
            shown: shown.collect(),
            priority_id: self.ids.get(at).map(|id| (*id).to_owned()).unwrap_or_default(),
            query: self.query_of(of),
        }
    }

    /// Returns the query for the passages of a group; years and names can be asked for, but not that
    /// there is none.
    fn query_of(&self, of: &Of) -> Option<String> {
        let group = match of {
            Of::All => None,
            Of::Year(year) => Some(format!("date:{}", year.as_ref()?)),
            Of::Speaker(name) => Some(self.query_of_speaker(name.as_ref()?)?),
        };
        let asked = match (self.query, &group) {
            (Some(query), Some(_)) => Some(format!("({query})")),
            (query, _) => query.map(str::to_owned),
        };
        Some(asked.into_iter().chain(group).collect::<Vec<String>>().join(" "))
    }

    /// Returns the query for what a speaker says; none where it would find another one too, in whose
    /// name the words of this one stand.
    fn query_of_speaker(&self, name: &str) -> Option<String> {
        let words = words_of(name);
        let n_found = self.names.iter().filter(|other| other.is_superset(&words)).count();
        (n_found == 1).then(|| format!("speaker:\"{}\"", name.replace('"', " ")))
    }

    /// Makes the rows of years, those between that have no document included, and of what has no
    /// date. A single wrong date would draw centuries of nothing: of years that lie more than a
    /// lifetime apart only those that have the most passages together are rows, and it is told how
    /// many documents the others have.
    pub(super) fn years(&mut self, counted: &[(Key, Group)], chosen: &Chosen) -> Years {
        let mut years = Years::default();
        let mut dated: BTreeMap<u16, &Group> = BTreeMap::new();
        for (key, group) in counted.iter().filter(|(_, group)| group.passages > 0) {
            match key.first().and_then(|year| year.as_ref()?.parse().ok()) {
                Some(year) => drop(dated.insert(year, group)),
                None => years.undated = Some(self.row(Of::Year(None), group, chosen)),
            }
        }
        let all: Vec<(u16, &Group)> = dated.into_iter().collect();
        let n_passages =
            |run: &&[(u16, &Group)]| run.iter().map(|(_, of)| of.passages).sum::<u64>();
        let runs = all.chunk_by(|(one, _), (next, _)| next - one <= LONGEST_GAP);
        let longest = runs.max_by_key(n_passages).unwrap_or_default();
        let n_documents =
            |run: &[(u16, &Group)]| run.iter().map(|(_, of)| of.documents).sum::<u64>();
        years.n_documents_elsewhere = n_documents(&all) - n_documents(longest);
        let ends = longest.first().zip(longest.last());
        for year in ends.into_iter().flat_map(|(first, last)| first.0..=last.0) {
            let of = Of::Year(Some(format!("{year:04}")));
            let known = longest.binary_search_by_key(&year, |(year, _)| *year);
            let group = known.ok().and_then(|at| longest.get(at)).map(|(_, group)| *group);
            years.rows.push(self.row(of, group.unwrap_or(&Group::default()), chosen));
        }
        years
    }

    /// Makes the rows of those who said most, and tells how many are left out.
    pub(super) fn speakers(
        &mut self,
        mut counted: Vec<(Key, Group)>,
        most: usize,
        chosen: &Chosen,
    ) -> (Vec<OverviewRow>, usize) {
        let size = |group: &Group| Reverse((group.passages, group.words));
        counted.sort_by_key(|(key, group)| (key.first() == Some(&None), size(group)));
        let n_named = counted.iter().filter(|(key, _)| key.first() != Some(&None)).count();
        let n_listed = if most == 0 { n_named } else { n_named.min(most) };
        counted.drain(n_listed..n_named);
        let rows = counted.iter().map(|(key, group)| {
            self.row(Of::Speaker(key.first().cloned().flatten()), group, chosen)
        });
        (rows.collect(), n_named - n_listed)
    }

    /// Reads the passages that are shown.
    pub(super) fn read_passages(
        &self,
        reader: &Reader,
    ) -> Result<Vec<OverviewPassage>, QueryError> {
        let read = self.passages.iter().map(|(document_id, ordinal)| {
            let id =
                document_id.parse().map_err(|_| QueryError::DocumentName(document_id.clone()))?;
            let head = reader.head(id)?;
            let document = reader.document_at(head)?;
            let stored = reader.passage(reader.passage_of(head, *ordinal))?;
            let of_label = |label: &onrecord_indexing::LabelRecord| {
                let at = self.ids.iter().position(|id| *id == label.priority.as_str());
                let spans = label.mentions.iter().map(|mention| mention.span.range());
                spans.filter_map(|span| Some((span, at?))).collect::<Vec<_>>()
            };
            let mut terms: Vec<_> = stored.record.labels.iter().flat_map(of_label).collect();
            terms.sort_by_key(|(span, at)| (span.start, span.end, *at));
            Ok(OverviewPassage {
                citation: citation(&document.metadata, &Locator::of(&stored.record)),
                path: stored.record.citation.path.clone(),
                document_id: document_id.clone(),
                passage: *ordinal,
                text: stored.text,
                terms,
            })
        });
        read.collect()
    }
}
