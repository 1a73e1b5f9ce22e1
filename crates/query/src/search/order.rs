use crate::QueryError;
use onrecord_indexing::{Address, Condition, Hit, Reader};
use onrecord_text::folded_tokens;
use serde::Serialize;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What comes first among the passages found; ties go by document id, then passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best score.
    #[default]
    Relevance,
    /// The earliest date; of dates of which one holds the other, the less precise.
    Date,
    /// The other way round.
    DateDesc,
    /// The speaker, by the alphabet.
    Speaker,
    /// The title of the document, by the alphabet.
    Title,
    /// The document id.
    Document,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 6] =
        [Self::Relevance, Self::Date, Self::DateDesc, Self::Speaker, Self::Title, Self::Document];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
            Self::DateDesc => "date-desc",
            Self::Speaker => "speaker",
            Self::Title => "title",
            Self::Document => "document",
        }
    }

    /// Returns the order of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// Returns what is said of passages that have nothing to be ordered by; none where all have.
    pub const fn absence(self) -> Option<&'static str> {
        match self {
            Self::Relevance | Self::Document => None,
            Self::Date | Self::DateDesc => Some("no date"),
            Self::Speaker => Some("no speaker"),
            Self::Title => Some("no title"),
        }
    }
}

/// An order other than that by score, and how many passages found have nothing to be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sorted {
    /// The name of the order.
    pub by: &'static str,
    /// The passages without a date, speaker or title, which come last.
    pub without: u64,
}

/// A passage with what it is ordered and grouped by, as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) hit: Hit,
    /// The place of its value among the values: the greatest where it has none, and the same for
    /// all where only the score counts.
    value: u32,
    /// The place of its document among those of the passages found, by id.
    pub(super) document: u32,
}

impl Placed {
    /// Compares by the order that it was placed for. The entries of a document stand in the order
    /// of its passages.
    fn compare(&self, other: &Self) -> Ordering {
        let by_value = self.value.cmp(&other.value).then(self.document.cmp(&other.document));
        by_value.then(self.hit.address.cmp(&other.hit.address))
    }

    /// Compares by the order that it was placed for, what is equal in it by score.
    fn compare_with_score(&self, other: &Self) -> Ordering {
        let by_score = other.hit.score.total_cmp(&self.hit.score);
        self.value.cmp(&other.value).then(by_score).then_with(|| self.compare(other))
    }
}

/// The place of what has no value.
const NO_VALUE: u32 = u32::MAX;

/// All passages found, in order: 20 bytes each.
pub(super) struct Placement {
    pub(super) placed: Vec<Placed>,
    /// The heads of their documents, by document id.
    pub(super) heads: Vec<Address>,
}

impl Placement {
    /// Places all passages that meet a condition, given as hits; passages of equal score are then in order if
    /// the score is what counts, and else within what they are ordered by if `by_score_within`.
    ///
    /// Reads columns, and for titles the record of each document. The values themselves are let
    /// go of before it returns.
    pub(super) fn of(
        reader: &Reader,
        condition: &Condition,
        hits: Vec<Hit>,
        order: Order,
        by_score_within: bool,
    ) -> Result<Self, QueryError> {
        let Visited { mut placed, mut heads, speakers } = Visited::of(reader, condition, hits)?;
        let by_id =
            ranks(&heads.iter().map(|head| Some(reader.place(*head).0)).collect::<Vec<_>>());
        let by_value = match order {
            Order::Relevance | Order::Document => Vec::new(),
            Order::Speaker => ranks(&names(&speakers)),
            Order::Date => ranks(&days(reader, &heads, |(first, last)| (first, Reverse(last)))?),
            Order::DateDesc => {
                ranks(&days(reader, &heads, |(first, last)| (Reverse(first), last))?)
            }
            Order::Title => ranks(&titles(reader, &heads)?),
        };
        for place in &mut placed {
            place.value = match order {
                Order::Relevance => 0,
                Order::Document => at(&by_id, place.document),
                Order::Speaker => at(&by_value, place.value),
                Order::Date | Order::DateDesc | Order::Title => at(&by_value, place.document),
            };
            place.document = at(&by_id, place.document);
        }
        heads.sort_unstable_by_key(|head| reader.place(*head).0);
        if by_score_within || order == Order::Relevance {
            placed.sort_unstable_by(Placed::compare_with_score);
        } else {
            placed.sort_unstable_by(Placed::compare);
        }
        Ok(Self { placed, heads })
    }

    /// Tells how many passages have nothing to be ordered by; none where the order is by score.
    pub(super) fn sorted(&self, order: Order) -> Option<Sorted> {
        if order == Order::Relevance {
            return None;
        }
        let has_value = |placed: &Placed| placed.value != NO_VALUE;
        let n_first = self.placed.partition_point(has_value);
        Some(Sorted { by: order.name(), without: (self.placed.len() - n_first) as u64 })
    }
}

/// The passages found, not yet in order.
struct Visited {
    /// With the number of their speaker as the value, and that of their document.
    placed: Vec<Placed>,
    /// The heads of their documents, by number.
    heads: Vec<Address>,
    /// The numbers of speakers by name.
    speakers: BTreeMap<Arc<str>, u32>,
}

impl Visited {
    fn of(reader: &Reader, condition: &Condition, mut hits: Vec<Hit>) -> Result<Self, QueryError> {
        // As columns are visited.
        hits.sort_unstable_by_key(|hit| hit.address);
        let mut hits = hits.into_iter().peekable();
        let mut visited = Self {
            placed: Vec::with_capacity(hits.len()),
            heads: Vec::new(),
            speakers: BTreeMap::new(),
        };
        reader.for_each_passage(condition, |passage| {
            let Some(hit) = hits.next_if(|hit| hit.address == passage.address) else { return };
            if visited.heads.last() != Some(&passage.head) {
                visited.heads.push(passage.head);
            }
            let document = (visited.heads.len() - 1) as u32;
            let value = passage.speaker.map_or(NO_VALUE, |name| visited.number_of(name));
            visited.placed.push(Placed { hit, value, document });
        })?;
        debug_assert!(hits.next().is_none(), "one condition finds one set of passages");
        Ok(visited)
    }

    fn number_of(&mut self, speaker: &Arc<str>) -> u32 {
        let next = self.speakers.len() as u32;
        *self.speakers.entry(Arc::clone(speaker)).or_insert(next)
    }
}

/// Lists what speakers are ordered by, by their numbers.
fn names(speakers: &BTreeMap<Arc<str>, u32>) -> Vec<Option<(String, &str)>> {
    let mut names: Vec<(u32, &str)> =
        speakers.iter().map(|(name, number)| (*number, &**name)).collect();
    names.sort_unstable();
    names.into_iter().map(|(_, name)| Some((alphabetical(name), name))).collect()
}

/// Lists what the dates of documents are ordered by.
fn days<K>(
    reader: &Reader,
    heads: &[Address],
    key: impl Fn((u32, u32)) -> K,
) -> Result<Vec<Option<K>>, QueryError> {
    let days = heads.iter().map(|head| Ok(reader.document_columns(*head)?.days.map(&key)));
    days.collect()
}

/// Lists what the titles of documents are ordered by.
fn titles(reader: &Reader, heads: &[Address]) -> Result<Vec<Option<String>>, QueryError> {
    let title = |head: &Address| {
        let title = reader.document_at(*head)?.metadata.title;
        Ok(title.map(|title| alphabetical(&title)))
    };
    heads.iter().map(title).collect()
}

/// Brings a name or title into the form that it is ordered by: its words, without accents.
fn alphabetical(written: &str) -> String {
    let words = folded_tokens(written).join(" ");
    words.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Returns the place of each key among the distinct keys in their order; equal ones share it.
fn ranks<K: Ord>(keys: &[Option<K>]) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..keys.len() as u32).collect();
    let key = |number: u32| keys.get(number as usize).and_then(Option::as_ref);
    numbers.sort_unstable_by_key(|number| key(*number));
    let mut ranks = vec![NO_VALUE; keys.len()];
    let (mut rank, mut before) = (0, None);
    for number in numbers {
        let Some(current) = key(number) else { continue };
        rank += u32::from(before.is_some_and(|before| before != current));
        before = Some(current);
        if let Some(place) = ranks.get_mut(number as usize) {
            *place = rank;
        }
    }
    ranks
}

fn at(ranks: &[u32], number: u32) -> u32 {
    ranks.get(number as usize).copied().unwrap_or(NO_VALUE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_places_among_distinct_values() {
        assert_eq!(
            ranks(&[Some("b"), None, Some("a"), Some("b"), Some("c")]),
            [1, NO_VALUE, 0, 1, 2]
        );
        assert!(ranks::<u8>(&[]).is_empty());
    }

    #[test]
    fn names_go_by_the_alphabet() {
        let mut written = ["“Yes, we can”", "Élan", "yes", "Ada", "  ada", "(A) plan", "2011"];
        written.sort_by_key(|name| alphabetical(name));
        assert_eq!(written, ["2011", "(A) plan", "Ada", "  ada", "Élan", "yes", "“Yes, we can”"]);
    }
}
