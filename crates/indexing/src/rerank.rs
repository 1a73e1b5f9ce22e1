use crate::boost::{AskedWord, Boosts, ScoredWord, surprise, text_of};
use crate::condition::{Compiler, Condition, Part};
use crate::error::IndexError;
use crate::reader::{Address, Found, Hit, Reader};
use crate::related::{RelatedWord, written_stems};
use crate::schema::Fields;
use crate::top::{Ranked, Ranking};
use std::collections::BTreeSet;
use tantivy::columnar::Column;
use tantivy::postings::SegmentPostings;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader, Term};

/// How many of the best passages are ranked once more; the others keep their order below them.
const WINDOW: usize = 1_000;

/// What a word in the title of a passage's document adds, as a share of what its first occurrence
/// adds in a passage of mean length. Any share up to one helped where it was tried.
const TITLE_WEIGHT: Score = 0.5;

/// By what the passages were ranked that a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoring {
    /// Whether function words ranked nothing.
    pub(crate) ranks_content_only: bool,
    /// Folded words that add this to the passages of documents with them in the title.
    pub(crate) title_words: Vec<(String, Score)>,
    pub(crate) related: Vec<RelatedWord>,
    /// The passages that titles and related words count for, in the order of their entries.
    pub(crate) window: Vec<DocAddress>,
}

impl Reader {
    /// Finds passages as [`search`](Self::search) does, and the same ones, ranked for a question
    /// of several words of which any may be there.
    ///
    /// Function words rank nothing. The best 1,000 passages then get more for words in the title
    /// of their document, and for words that the best of them have in common and that were not
    /// asked for. As nothing is taken from any of them, all hits are still in the order of their
    /// scores. A question of one word, or of function words alone, is ranked as by `search`.
    ///
    /// # Errors
    /// When the index cannot be read, or a passage of the best is not what was written.
    pub fn search_by_words(
        &self,
        condition: &Condition,
        limit: usize,
        offset: usize,
    ) -> Result<(Found, Scoring), IndexError> {
        let n_asked = distinct(self.compiler().asked_words(condition)).len();
        let compiler = Compiler { ranks_content_only: true, ..self.compiler() };
        let words = compiler.asked_words(condition);
        if n_asked < 2 || words.is_empty() {
            return Ok((self.search(condition, limit, offset)?, Scoring::default()));
        }
        let searcher = self.searcher();
        let limit = if limit == 0 { usize::MAX } else { limit.saturating_add(offset) };
        let kept = if limit == usize::MAX { None } else { Some(limit.max(WINDOW)) };
        let ranking = Ranking { searcher, ties: &self.ties, limit: kept };
        let query = compiler.compile(condition);
        let (mut ranked, count) =
            ranking.best_and_count(query.as_ref(), &Boosts::new(searcher, &words)?)?;
        let n_window = ranked.len().min(WINDOW);
        let (window, _) = ranked.split_at_mut(n_window);
        let scoring = self.rerank(window, &words, &written_stems(condition))?;
        let hits = ranked
            .into_iter()
            .take(limit)
            .skip(offset)
            .map(|ranked| Hit { address: Address(ranked.address), score: ranked.score })
            .collect();
        Ok((Found { count, hits }, scoring))
    }

    fn rerank(
        &self,
        window: &mut [Ranked],
        words: &[AskedWord],
        written: &BTreeSet<String>,
    ) -> Result<Scoring, IndexError> {
        let title_words = self.title_words(words)?;
        by_entry(window);
        self.add_titles(window, &title_words)?;
        self.sort(window);
        let related = self.related_words(window, words.len(), written)?;
        by_entry(window);
        self.add_related(window, &related)?;
        let addresses = window.iter().map(|ranked| ranked.address).collect();
        self.sort(window);
        Ok(Scoring { ranks_content_only: true, title_words, related, window: addresses })
    }

    /// Lists what each word adds where a title holds it as it is written.
    fn title_words(&self, words: &[AskedWord]) -> Result<Vec<(String, Score)>, IndexError> {
        let n_entries = self.searcher().total_num_docs()?;
        let mut seen = BTreeSet::new();
        let mut weighted = Vec::new();
        for word in words {
            let folded = text_of(&word.exact);
            if seen.insert(folded) {
                let n_holding = self.searcher().doc_freq(&word.stem)?;
                weighted.push((folded.to_owned(), TITLE_WEIGHT * surprise(n_entries, n_holding)));
            }
        }
        Ok(weighted)
    }

    /// Adds what words of titles count for; passages come in the order of their entries.
    fn add_titles(
        &self,
        window: &mut [Ranked],
        words: &[(String, Score)],
    ) -> Result<(), IndexError> {
        for passages in window.chunk_by_mut(same_segment) {
            let reader = self.segment_of(passages);
            for (word, weight) in words {
                let Some(mut titles) = Titles::of(reader, &self.fields, word)? else {
                    continue;
                };
                for passage in &mut *passages {
                    if titles.hold(passage.address.doc_id) {
                        passage.score += weight;
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds what related words count for; passages come in the order of their entries.
    fn add_related(
        &self,
        window: &mut [Ranked],
        related: &[RelatedWord],
    ) -> Result<(), IndexError> {
        let mut scored = Vec::with_capacity(related.len());
        for word in related {
            let found = self.scored_stem(&word.stem, word.weight)?;
            scored.extend(found.map(|scored| (word, scored)));
        }
        for passages in window.chunk_by_mut(same_segment) {
            let reader = self.segment_of(passages);
            for (related, word) in &scored {
                let segment = passages.first().map_or(0, |first| first.address.segment_ord);
                let Some(mut word) = word.of_segment(segment, reader)? else { continue };
                for passage in &mut *passages {
                    let score = word.score(passage.address.doc_id);
                    passage.score += score * related.share_for(passage.address);
                }
            }
        }
        Ok(())
    }

    pub(crate) fn scored_stem(
        &self,
        stem: &str,
        weight: Score,
    ) -> Result<Option<ScoredWord>, IndexError> {
        let term = Term::from_field_text(self.fields.stem, stem);
        Ok(ScoredWord::find(self.searcher(), &term, weight)?.map(|(word, _)| word))
    }

    fn segment_of(&self, passages: &[Ranked]) -> &SegmentReader {
        let segment = passages.first().map_or(0, |first| first.address.segment_ord);
        self.searcher().segment_reader(segment)
    }

    /// Puts the best first, ties by document id, then ordinal.
    fn sort(&self, window: &mut [Ranked]) {
        let key = |ranked: &Ranked| self.ties.key(self.searcher(), ranked.address);
        window.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| key(a).cmp(&key(b))));
    }
}

fn by_entry(window: &mut [Ranked]) {
    window.sort_unstable_by_key(|ranked| ranked.address);
}

fn same_segment(a: &Ranked, b: &Ranked) -> bool {
    a.address.segment_ord == b.address.segment_ord
}

fn distinct(words: Vec<AskedWord>) -> BTreeSet<Term> {
    words.into_iter().map(|word| word.stem).collect()
}

/// The documents of a segment whose title holds a word.
pub(crate) struct Titles {
    heads: SegmentPostings,
    ordinals: Column<u64>,
    /// The passages that are titles, which hold their words anyway.
    themselves: Option<SegmentPostings>,
}

impl Titles {
    /// Looks the word up; none where no title of the segment holds it.
    pub(crate) fn of(
        reader: &SegmentReader,
        fields: &Fields,
        word: &str,
    ) -> tantivy::Result<Option<Self>> {
        let postings = |field: Field, word: &str| -> tantivy::Result<Option<SegmentPostings>> {
            let term = Term::from_field_text(field, word);
            let inverted = reader.inverted_index(field)?;
            Ok(inverted.read_postings(&term, IndexRecordOption::Basic)?)
        };
        let Some(heads) = postings(fields.title, word)? else { return Ok(None) };
        let ordinals = reader.fast_fields().u64("ordinal")?;
        let themselves = postings(fields.part, Part::Title.name())?;
        Ok(Some(Self { heads, ordinals, themselves }))
    }

    /// Tells whether a passage is of such a document, and not the title itself; passages come in
    /// ascending order.
    pub(crate) fn hold(&mut self, entry: DocId) -> bool {
        let ordinal = self.ordinals.first(entry).unwrap_or(0) as DocId;
        let is_title = self.themselves.as_mut().is_some_and(|titles| holds(titles, entry));
        !is_title && holds(&mut self.heads, entry.saturating_sub(ordinal))
    }
}

/// Tells whether a list has an entry; those asked for come in ascending order.
fn holds(postings: &mut SegmentPostings, entry: DocId) -> bool {
    if postings.doc() < entry {
        postings.seek(entry);
    }
    postings.doc() == entry
}
