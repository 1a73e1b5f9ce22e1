use crate::condition::Condition;
use crate::error::IndexError;
use crate::pair::pair_of;
use crate::reader::{Address, Hit, Reader};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Score, TERMINATED, Term};

/// The most entries of lists that are read for one line. The rarest pairs go first; by then a
/// passage that has the line is far ahead, and the lists to come are those of `of the`.
const MAX_READ: u64 = 30_000;

/// The passages that a line may stand in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearest {
    /// Those with the weightiest pairs in common, best first; their score is the sum of weights.
    pub hits: Vec<Hit>,
    /// How many pairs the line has.
    pub n_pairs: usize,
}

impl Nearest {
    /// Tells whether the last of the hits is about as near as the first, so that others that are
    /// not among them may be too; of a line without pairs, nothing is told.
    pub fn is_crowded(&self) -> bool {
        match self.hits.as_slice() {
            [first, .., last] => last.score >= SHARE_OF_CROWD * first.score,
            [_] | [] => self.n_pairs == 0,
        }
    }
}

/// What share of the first score the last has where passages crowd.
const SHARE_OF_CROWD: f32 = 0.8;

/// The passages that have a pair.
struct PairList {
    number: u64,
    n_passages: u64,
}

impl Reader {
    /// Finds the passages of speech that have most in common with a line, by pairs of stems.
    ///
    /// `line` holds for each word the [hashes](onrecord_text::Lexicon::stem_hash) of the stems
    /// that it may stand for, the likeliest first, and none for a function word; others that are up
    /// to `reach` apart, function words not counted, make a pair. No more
    /// than `limit` hits, of those that meet a condition where one is given; ties by document
    /// id, then ordinal. Nothing where the index has no pairs.
    pub fn nearest(
        &self,
        line: &[Vec<u64>],
        reach: usize,
        limit: usize,
        among: Option<&Condition>,
    ) -> Result<Nearest, IndexError> {
        let n_passages = self.n_entries().max(1);
        let (lists, n_pairs) = self.lists_of(line, reach)?;
        let filter = match among {
            None => None,
            Some(condition) => {
                let query = self.compiler().compile(condition);
                Some(query.weight(EnableScoring::disabled_from_searcher(self.searcher()))?)
            }
        };
        let mut best = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher().segment_readers()) {
            let mut scores = Scores::new(reader.max_doc());
            let inverted = reader.inverted_index(self.fields.pair)?;
            for list in &lists {
                let term = Term::from_field_u64(self.fields.pair, list.number);
                let weight = weight_of(list.n_passages, n_passages);
                let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
                if let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? {
                    let mut entry = postings.doc();
                    while entry != TERMINATED {
                        scores.add(entry, weight);
                        entry = postings.advance();
                    }
                }
            }
            let met = match &filter {
                None => None,
                Some(filter) => Some(entries_of(filter.scorer(reader, 1.0)?, reader.max_doc())),
            };
            let is_sought = |entry: DocId| {
                !reader.is_deleted(entry) && met.as_ref().is_none_or(|met| met[entry as usize])
            };
            best.extend(scores.best(limit, is_sought).into_iter().map(|(entry, score)| Hit {
                address: Address(DocAddress::new(segment, entry)),
                score,
            }));
        }
        // Scores are 0 or more, so that their bits are in the order of their values.
        best.sort_by_cached_key(|hit| {
            (Reverse(hit.score.to_bits()), self.ties.key(self.searcher(), hit.address.0))
        });
        best.truncate(limit);
        Ok(Nearest { hits: best, n_pairs })
    }

    /// Lists the passages of each pair, the rarest first, as far as they are to be read; and counts
    /// the pairs.
    fn lists_of(
        &self,
        line: &[Vec<u64>],
        reach: usize,
    ) -> Result<(Vec<PairList>, usize), IndexError> {
        let mut n_pairs = 0;
        let mut lists: BTreeMap<u64, u64> = BTreeMap::new();
        let content: Vec<&Vec<u64>> = line.iter().filter(|stems| !stems.is_empty()).collect();
        for (at, ones) in content.iter().enumerate() {
            for others in content.iter().skip(at + 1).take(reach) {
                n_pairs += 1;
                for one in ones.iter() {
                    for other in others.iter() {
                        let number = pair_of(*one, *other);
                        if let Entry::Vacant(vacant) = lists.entry(number) {
                            let term = Term::from_field_u64(self.fields.pair, number);
                            vacant.insert(self.searcher().doc_freq(&term)?);
                        }
                    }
                }
            }
        }
        let mut lists: Vec<PairList> = lists
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(number, n_passages)| PairList { number, n_passages })
            .collect();
        lists.sort_by_key(|list| (list.n_passages, list.number));
        let mut n_read = 0;
        let n_lists = lists
            .iter()
            .take_while(|list| {
                let is_first = n_read == 0;
                n_read += list.n_passages;
                is_first || n_read <= MAX_READ
            })
            .count();
        lists.truncate(n_lists);
        Ok((lists, n_pairs))
    }

    /// Finds the passages that have most of some words by BM25, without counting them; the slower
    /// way to what [`nearest`](Self::nearest) finds, and one that an index without pairs has.
    ///
    /// `stems` are those of the words. Best first.
    pub fn nearest_by_words(
        &self,
        stems: &[String],
        limit: usize,
        among: Option<&Condition>,
    ) -> Result<Vec<Hit>, IndexError> {
        let words = stems.iter().map(|stem| -> Box<dyn Query> {
            let term = Term::from_field_text(self.fields.stem, stem);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        let mut query: Box<dyn Query> = Box::new(BooleanQuery::union(words.collect()));
        if let Some(condition) = among {
            let condition = crate::condition::unscored(self.compiler().compile(condition));
            query = Box::new(BooleanQuery::intersection(vec![query, condition]));
        }
        let found: Vec<(Score, DocAddress)> =
            self.searcher().search(&query, &TopDocs::with_limit(limit.max(1)).order_by_score())?;
        Ok(found
            .into_iter()
            .map(|(score, address)| Hit { address: Address(address), score })
            .collect())
    }

    /// Tells in how many passages a folded word stands.
    pub fn n_passages_of_word(&self, word: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.fields.exact, word);
        Ok(self.searcher().doc_freq(&term)?)
    }

    fn n_entries(&self) -> u64 {
        let readers = self.searcher().segment_readers();
        readers.iter().map(|reader| u64::from(reader.max_doc())).sum()
    }
}

/// Returns the weight of a pair: its surprise, in nats, as that of a word in a search.
fn weight_of(n_with_pair: u64, n_passages: u64) -> f32 {
    (n_passages as f32 / n_with_pair.max(1) as f32).ln().max(0.0)
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

/// Sums of weights by entry of a segment.
struct Scores {
    of_entry: Vec<f32>,
    touched: Vec<DocId>,
}

impl Scores {
    fn new(n_entries: DocId) -> Self {
        Self { of_entry: vec![0.0; n_entries as usize], touched: Vec::new() }
    }

    fn add(&mut self, entry: DocId, weight: f32) {
        let score = &mut self.of_entry[entry as usize];
        if *score == 0.0 {
            self.touched.push(entry);
        }
        *score += weight;
    }

    /// Returns the best entries, and those that score as the last of them does; in no order.
    fn best(self, limit: usize, is_sought: impl Fn(DocId) -> bool) -> Vec<(DocId, f32)> {
        let Self { of_entry, mut touched } = self;
        touched.retain(|entry| is_sought(*entry));
        if limit < touched.len() {
            let order =
                |a: &DocId, b: &DocId| of_entry[*b as usize].total_cmp(&of_entry[*a as usize]);
            let (_, last, _) = touched.select_nth_unstable_by(limit, order);
            let least = of_entry[*last as usize];
            touched.retain(|entry| of_entry[*entry as usize] >= least);
        }
        touched.into_iter().map(|entry| (entry, of_entry[entry as usize])).collect()
    }
}
