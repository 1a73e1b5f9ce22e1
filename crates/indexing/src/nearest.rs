use crate::best::Best;
use crate::condition::Condition;
use crate::error::IndexError;
use crate::pair::pairs;
use crate::reader::{Address, Found, Hit, Reader};
use crate::sums::Sums;
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::collector::TopDocs;
use tantivy::postings::TermInfo;
use tantivy::query::{BooleanQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, InvertedIndexReader, Score, TERMINATED, Term};

/// A passage of so many words must have terms of twice the weight of one that has hardly any: it
/// has more of them by chance. Chosen on lines drawn by seed, as `docs/methods.md` says.
const LENGTH: f32 = 400.0;

/// The passages that a line may stand in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearest {
    /// Those with the weightiest of its terms, with the sum of their weights. Ordered by that sum,
    /// less in a long passage, best first.
    pub hits: Vec<Hit>,
    /// Whether there was nothing to look up, or some passage that has all the terms looked up is
    /// not among the hits, as others rank higher.
    pub is_crowded: bool,
}

/// Where some terms stand, stems or pairs of them: their lists of passages, looked up and not yet
/// read.
pub struct Lists {
    /// By how many passages they hold, the fewest first.
    lists: Vec<List>,
    /// By segment: of the field that they are of.
    inverted: Vec<Arc<InvertedIndexReader>>,
}

struct List {
    n_passages: u64,
    /// The surprise of the term in a passage, in nats.
    weight: Score,
    of_segment: Vec<Option<TermInfo>>,
}

impl Lists {
    /// Returns the first lists, as far as they have no more than `most` entries; one at least.
    fn up_to(&self, most: u64) -> &[List] {
        let mut n_read = 0;
        let is_within = |list: &&List| {
            let is_first = n_read == 0;
            n_read += list.n_passages;
            is_first || n_read <= most
        };
        self.lists.get(..self.lists.iter().take_while(is_within).count()).unwrap_or_default()
    }
}

/// Lists, and the first of them that are read.
struct Within<'a> {
    lists: &'a Lists,
    read: &'a [List],
}

impl Within<'_> {
    fn weight(&self) -> Score {
        self.read.iter().map(|list| list.weight).sum()
    }
}

impl Reader {
    /// Looks up where some stems stand.
    ///
    /// # Errors
    /// When a dictionary of the index cannot be read.
    pub fn stem_lists(&self, stems: &BTreeSet<String>) -> Result<Lists, IndexError> {
        let field = self.fields.stem;
        self.lists(field, stems.iter().map(|stem| Term::from_field_text(field, stem)))
    }

    /// Looks up where pairs of neighbouring stems stand, given by the
    /// [hashes](onrecord_text::Lexicon::stem_hash) of those of a line, in order, function words
    /// left out. Nothing where the index has no pairs.
    ///
    /// # Errors
    /// When a dictionary of the index cannot be read.
    pub fn pair_lists(&self, line: &[u64]) -> Result<Lists, IndexError> {
        let field = self.fields.pair;
        let pairs: BTreeSet<u64> = pairs(line.iter().copied()).collect();
        self.lists(field, pairs.into_iter().map(|pair| Term::from_field_u64(field, pair)))
    }

    /// Looks up some terms; those that stand nowhere are left out.
    fn lists(&self, field: Field, terms: impl Iterator<Item = Term>) -> Result<Lists, IndexError> {
        let readers = self.searcher().segment_readers();
        let n_entries: u64 = readers.iter().map(|reader| u64::from(reader.max_doc())).sum();
        let inverted = readers.iter().map(|reader| reader.inverted_index(field));
        let inverted: Vec<_> = inverted.collect::<tantivy::Result<_>>()?;
        let mut lists = Vec::new();
        for term in terms {
            let infos = inverted.iter().map(|inverted| inverted.get_term_info(&term));
            let of_segment =
                infos.collect::<std::io::Result<Vec<_>>>().map_err(tantivy::TantivyError::from)?;
            let n_passages: u64 =
                of_segment.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
            let weight = (n_entries as f32 / n_passages.max(1) as f32).ln();
            // What stands everywhere tells nothing.
            if n_passages > 0 && weight > 0.0 {
                lists.push(List { n_passages, weight, of_segment });
            }
        }
        lists.sort_by_key(|list| list.n_passages);
        Ok(Lists { lists, inverted })
    }

    /// Finds the passages that have the weightiest of some terms.
    ///
    /// The lists of the rarest are read, up to `most` entries in all: by then a passage that has
    /// most of the terms is ahead, and the lists to come are those of `of` and `the`. Passages of
    /// speech only; no more than `limit`, at least 1; of those that meet a condition where one is
    /// given. Ties by document id, then ordinal.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn nearest(
        &self,
        lists: &Lists,
        most: u64,
        limit: usize,
        among: Option<&Condition>,
        sums: &mut Sums,
    ) -> Result<Nearest, IndexError> {
        let lists = Within { lists, read: lists.up_to(most) };
        let all = lists.weight();
        let mut n_with_all = 0;
        let mut best = Best::new(limit);
        self.for_each_sum(&lists, among, sums, |sum, passage| {
            if sum < best.floor().min(all) {
                return;
            }
            let Some((address, n_words)) = passage() else { return };
            n_with_all += usize::from(sum >= all);
            best.offer(sum / (1.0 + n_words as f32 / LENGTH), Hit { address, score: sum });
        })?;
        let hits = best.sorted(|hit| self.ties.key(self.searcher(), hit.address.0));
        let n_shown = hits.iter().filter(|hit| hit.score >= all).count();
        let is_crowded = lists.read.is_empty() || n_with_all > n_shown;
        Ok(Nearest { hits, is_crowded })
    }

    /// Finds the passages that have at least a share of the weight of some terms, whatever their
    /// length.
    ///
    /// Read as by [`nearest`](Self::nearest), the share, 0 to 1, is of the lists that are read.
    /// Ties by document id, then ordinal.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn sharing(
        &self,
        lists: &Lists,
        most: u64,
        share: f32,
        limit: usize,
        among: Option<&Condition>,
    ) -> Result<Found, IndexError> {
        let lists = Within { lists, read: lists.up_to(most) };
        let least = lists.weight() * share;
        let mut count = 0;
        let mut best = Best::new(limit);
        self.for_each_sum(&lists, among, &mut Sums::default(), |sum, passage| {
            if sum < least {
                return;
            }
            let Some((address, _)) = passage() else { return };
            count += 1;
            best.offer(sum, Hit { address, score: sum });
        })?;
        let hits = best.sorted(|hit| self.ties.key(self.searcher(), hit.address.0));
        Ok(Found { count, hits })
    }

    /// Visits the sums of the weights of some terms by entry, in no order that means anything, each
    /// with what looks up the passage and the number of its words: none where it is no speech, or
    /// does not meet the condition.
    fn for_each_sum(
        &self,
        lists: &Within<'_>,
        among: Option<&Condition>,
        sums: &mut Sums,
        mut visit: impl FnMut(Score, &dyn Fn() -> Option<(Address, u64)>),
    ) -> Result<(), IndexError> {
        let filter = among.map(|condition| {
            let query = self.compiler().compile(condition);
            query.weight(EnableScoring::disabled_from_searcher(self.searcher()))
        });
        let filter = filter.transpose()?;
        let readers = self.searcher().segment_readers();
        let words = self.words_by_segment()?;
        for (segment, (reader, inverted)) in readers.iter().zip(&lists.lists.inverted).enumerate() {
            sums.clear(reader.max_doc());
            for list in lists.read {
                let Some(Some(info)) = list.of_segment.get(segment) else { continue };
                let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic);
                let mut postings = postings.map_err(tantivy::TantivyError::from)?;
                let mut entry = postings.doc();
                while entry != TERMINATED {
                    sums.add(entry, list.weight);
                    entry = postings.advance();
                }
            }
            if sums.is_empty() {
                continue;
            }
            let met = match &filter {
                None => None,
                Some(filter) => Some(entries_of(filter.scorer(reader, 1.0)?, reader.max_doc())),
            };
            let is_sought = |entry: DocId| {
                !reader.is_deleted(entry) && met.as_ref().is_none_or(|met| met[entry as usize])
            };
            for (entry, sum) in sums.touched() {
                visit(sum, &|| {
                    // What is no speech has no number of words.
                    let n_words = words.get(segment).and_then(|words| words.first(entry))?;
                    let address = Address(DocAddress::new(segment as u32, entry));
                    is_sought(entry).then_some((address, n_words))
                });
            }
        }
        Ok(())
    }

    /// Tells in how many passages a folded word stands.
    ///
    /// # Errors
    /// When the dictionary cannot be read.
    pub fn n_passages_of_word(&self, word: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.fields.exact, word);
        Ok(self.searcher().doc_freq(&term)?)
    }

    /// Tells in how many passages a word of a stem stands, headings and notes among them. Counts
    /// deleted ones until a merge clears them away.
    ///
    /// # Errors
    /// When the dictionary cannot be read.
    pub fn n_passages_of_stem(&self, stem: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.fields.stem, stem);
        Ok(self.searcher().doc_freq(&term)?)
    }

    /// Finds the passages that have most of some words by BM25, as the engine has it: the plain
    /// way, which [`nearest`](Self::nearest) is measured against.
    ///
    /// # Errors
    /// When the index cannot be read.
    #[doc(hidden)]
    pub fn best_by_bm25(
        &self,
        stems: &BTreeSet<String>,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        let words = stems.iter().map(|stem| -> Box<dyn Query> {
            let term = Term::from_field_text(self.fields.stem, stem);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        let query = BooleanQuery::union(words.collect());
        let top = TopDocs::with_limit(limit.max(1)).order_by_score();
        let found = self.searcher().search(&query, &top)?;
        let hit = |(score, address)| Hit { address: Address(address), score };
        Ok(found.into_iter().map(hit).collect())
    }
}

/// Lists for each entry whether it is among those of a query.
fn entries_of(mut scorer: Box<dyn tantivy::query::Scorer>, n_entries: DocId) -> Vec<bool> {
    let mut met = vec![false; n_entries as usize];
    let mut entry = scorer.doc();
    while entry != TERMINATED {
        met[entry as usize] = true;
        entry = scorer.advance();
    }
    met
}
