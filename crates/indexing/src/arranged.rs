use crate::effort::Effort;
use crate::matched::Matched;
use crate::schema::Fields;
use crate::stored::StoredTexts;
use onrecord_text::{Arrangement, Lexicon, Mask, Order, Reading, Step, WordTest};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

/// Over how many entries the places of words are gathered at once: what bounds memory.
const BATCH: DocId = 1 << 14;

/// How many places are looked at in a sequence in the time in which one is gathered.
const STEPS_FOR_ONE: usize = 4;

/// Matches what holds words that stand together in a certain way.
///
/// The words of each step are looked up, and their places compared where all steps are. In texts,
/// a passage with a joint is read: there the words may stand together over a stage direction or
/// over the place where a long paragraph is cut, which their places do not tell.
#[derive(Clone, Debug)]
pub(crate) struct ArrangedQuery {
    arrangement: Arc<Arrangement>,
    field: Field,
    fields: Fields,
    effort: Arc<Effort>,
}

impl ArrangedQuery {
    /// Asks for an arrangement in a field that holds folded words with their positions; stems can
    /// be asked for in texts only.
    pub(crate) fn new(
        arrangement: Arc<Arrangement>,
        field: Field,
        fields: Fields,
        effort: Arc<Effort>,
    ) -> Self {
        Self { arrangement, field, fields, effort }
    }

    fn terms(&self, test: &WordTest) -> Vec<Term> {
        match test {
            WordTest::Any => Vec::new(),
            WordTest::OneOf(words) => {
                words.iter().map(|word| Term::from_field_text(self.field, word)).collect()
            }
            WordTest::Stem(stem) => vec![Term::from_field_text(self.fields.stem, stem)],
        }
    }

    /// Tells whether the places of the words decide; else texts are read.
    ///
    /// Of any word it is known that it stands there where it is between two others; stems have no
    /// places.
    fn is_told_by_places(&self) -> bool {
        let steps = self.arrangement.steps();
        let is_known = |step: &Step| matches!(step.test, WordTest::OneOf(_));
        let is_end = |step: &Step| is_known(step) && step.least > 0;
        self.arrangement.order() != Order::BehindInSentence
            && steps.iter().all(|step| is_known(step) || step.test == WordTest::Any)
            && steps.first().is_some_and(is_end)
            && steps.last().is_some_and(is_end)
    }

    /// Weighs the words as those of a phrase: by the sum of their inverse document frequencies.
    fn ranking(&self, searcher: &Searcher) -> tantivy::Result<Option<Bm25Weight>> {
        let mut statistics = Frequencies { searcher, field: self.field, n_holding: Vec::new() };
        let n_entries = searcher.total_num_docs()?;
        for step in self.arrangement.steps().iter().filter(|step| step.least > 0) {
            let mut n_holding: u64 = 0;
            for term in self.terms(&step.test) {
                n_holding += searcher.doc_freq(&term)?;
            }
            // An entry may hold several of the words.
            statistics.n_holding.push(n_holding.clamp(1, n_entries.max(1)));
        }
        if n_entries == 0 {
            return Ok(None);
        }
        let numbers = 0..statistics.n_holding.len();
        let terms: Vec<Term> =
            numbers.map(|n| Term::from_field_text(self.field, &n.to_string())).collect();
        Bm25Weight::for_terms(&statistics, &terms).map(Some)
    }
}

/// How many entries hold each step, under the number of the step.
struct Frequencies<'a> {
    searcher: &'a Searcher,
    field: Field,
    n_holding: Vec<u64>,
}

impl Bm25StatisticsProvider for Frequencies<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let is_asked = |n: &usize| Term::from_field_text(self.field, &n.to_string()) == *term;
        let step = (0..self.n_holding.len()).find(is_asked);
        Ok(step.and_then(|step| self.n_holding.get(step)).copied().unwrap_or(0))
    }
}

impl Query for ArrangedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let ranking = match scoring {
            EnableScoring::Enabled { searcher, .. } => self.ranking(searcher)?,
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(ArrangedWeight { query: self.clone(), ranking }))
    }
}

struct ArrangedWeight {
    query: ArrangedQuery,
    ranking: Option<Bm25Weight>,
}

impl Weight for ArrangedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let found = Segment::open(&self.query, reader)?.find()?;
        let ranking = match &self.ranking {
            Some(weight) if reader.schema().get_field_entry(self.query.field).has_fieldnorms() => {
                Some((weight.boost_by(boost), reader.get_fieldnorms_reader(self.query.field)?))
            }
            Some(_) | None => None,
        };
        Ok(Box::new(Matched::new(found, ranking)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words that stand together", 1.0))
    }
}

/// A segment that is looked through.
struct Segment<'a> {
    query: &'a ArrangedQuery,
    reader: &'a SegmentReader,
    /// By step: where the lists of its words stand.
    lists: Vec<Vec<(Field, TermInfo)>>,
}

impl<'a> Segment<'a> {
    fn open(query: &'a ArrangedQuery, reader: &'a SegmentReader) -> tantivy::Result<Self> {
        let mut lists = Vec::new();
        for step in query.arrangement.steps() {
            let mut of_step = Vec::new();
            for term in query.terms(&step.test) {
                let info = reader.inverted_index(term.field())?.get_term_info(&term)?;
                of_step.extend(info.map(|info| (term.field(), info)));
            }
            lists.push(of_step);
        }
        Ok(Self { query, reader, lists })
    }

    /// Finds the entries that hold the words so, with how often, in ascending order.
    fn find(&self) -> tantivy::Result<Vec<(DocId, u32)>> {
        if self.query.arrangement.is_word() && self.query.is_told_by_places() {
            return self.count_words();
        }
        let candidates = Candidates::of(self)?;
        if self.query.field != self.query.fields.exact {
            return self.compare_places(&candidates.whole);
        }
        let is_told = self.query.is_told_by_places();
        let mut found = if is_told { self.compare_places(&candidates.whole)? } else { Vec::new() };
        // Where the places tell it, no text has to be read.
        let is_open = |entry: &DocId| {
            let is_candidate =
                candidates.joined.contains(*entry) || !is_told && candidates.whole.contains(*entry);
            is_candidate
                && !self.reader.is_deleted(*entry)
                && found.binary_search_by_key(entry, |(found, _)| *found).is_err()
        };
        let read: Vec<DocId> = (0..self.reader.max_doc()).filter(is_open).collect();
        self.query.effort.take_texts(read.len() as u64)?;
        let texts = StoredTexts::open(self.reader, self.query.fields)?;
        let mut lexicon = Lexicon::new();
        for entry in read {
            let n_times = self.count_in_text(&texts, entry, &mut lexicon)?;
            if n_times > 0 {
                found.push((entry, n_times));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    fn postings(
        &self,
        (field, info): &(Field, TermInfo),
        option: IndexRecordOption,
    ) -> tantivy::Result<SegmentPostings> {
        let inverted = self.reader.inverted_index(*field)?;
        Ok(inverted.read_postings_from_terminfo(info, option)?)
    }

    /// Counts the words of an arrangement that is one word.
    fn count_words(&self) -> tantivy::Result<Vec<(DocId, u32)>> {
        let mut counts = vec![0_u32; self.reader.max_doc() as usize];
        for list in self.lists.iter().flatten() {
            let mut postings = self.postings(list, IndexRecordOption::WithFreqs)?;
            let mut entry = postings.doc();
            while entry != TERMINATED {
                counts[entry as usize] += postings.term_freq().max(1);
                entry = postings.advance();
            }
        }
        Ok((0..).zip(counts).filter(|(_, count)| *count > 0).collect())
    }

    /// Opens the places of the words, each with the places of the arrangement that it may take.
    fn places(&self) -> tantivy::Result<Vec<(Mask, SegmentPostings)>> {
        // Words that several steps ask for are read once.
        let mut lists: BTreeMap<usize, (Mask, &(Field, TermInfo))> = BTreeMap::new();
        for (step, of_step) in self.lists.iter().enumerate() {
            let mask = self.query.arrangement.mask_of_step(step);
            for list in of_step {
                lists.entry(list.1.postings_range.start).or_insert((0, list)).0 |= mask;
            }
        }
        let option = IndexRecordOption::WithFreqsAndPositions;
        let open = |(mask, list)| Ok((mask, self.postings(list, option)?));
        lists.into_values().map(open).collect()
    }

    /// Finds the words by their places, in entries that hold all of them.
    fn compare_places(&self, whole: &BitSet) -> tantivy::Result<Vec<(DocId, u32)>> {
        let mut lists = self.places()?;
        let mut found = Vec::new();
        let (mut words, mut positions) = (Vec::new(), Vec::new());
        for start in (0..self.reader.max_doc()).step_by(BATCH as usize) {
            let end = start.saturating_add(BATCH);
            words.clear();
            for (mask, postings) in &mut lists {
                let mut entry = postings.doc();
                while entry < end {
                    if whole.contains(entry) {
                        postings.positions(&mut positions);
                        words.extend(positions.iter().map(|place| (entry, *place, *mask)));
                    }
                    entry = postings.advance();
                }
            }
            self.query.effort.take_places(words.len() as u64)?;
            // Those of one list come in their order.
            if lists.len() > 1 {
                words.sort_unstable();
            }
            for of_entry in words.chunk_by(|one, other| one.0 == other.0) {
                found.extend(self.count_in_places(of_entry)?);
            }
        }
        Ok(found)
    }

    /// Counts how often the words of an entry stand together, which come by their places.
    fn count_in_places(
        &self,
        words: &[(DocId, u32, Mask)],
    ) -> tantivy::Result<Option<(DocId, u32)>> {
        let Some(&(entry, ..)) = words.first() else { return Ok(None) };
        let arrangement = &self.query.arrangement;
        let any = arrangement.mask_of(|test| *test == WordTest::Any);
        let mut masks: Vec<(u32, Mask)> = Vec::with_capacity(words.len());
        for &(_, place, mask) in words {
            match masks.last_mut() {
                Some((last, masks)) if *last == place => *masks |= mask,
                Some(&mut (last, _)) if any != 0 => {
                    // Between them stand words that may be any.
                    let until = place.min(last.saturating_add(arrangement.reach() as u32));
                    masks.extend((last + 1..until).map(|between| (between, any)));
                    masks.push((place, mask | any));
                }
                Some(_) | None => masks.push((place, mask | any)),
            }
        }
        if any != 0 {
            // From each place on it is looked as far as the arrangement may reach.
            let first = arrangement.mask_of_step(0);
            let n_starts = masks.iter().filter(|(_, mask)| mask & first != 0).count();
            let n_compared = n_starts * arrangement.reach() / STEPS_FOR_ONE;
            self.query.effort.take_places(n_compared as u64)?;
        }
        let n_times = arrangement.occurrences(&masks, |_, _| true).len() as u32;
        Ok((n_times > 0).then_some((entry, n_times)))
    }

    /// Counts how often the words stand together in the text of a passage.
    fn count_in_text(
        &self,
        texts: &StoredTexts,
        entry: DocId,
        lexicon: &mut Lexicon,
    ) -> tantivy::Result<u32> {
        let (text, record) = texts.read(entry)?;
        let behind = texts.behind(entry, &record, self.query.arrangement.reach())?;
        let behind = behind.iter().map(|(text, spoken)| (text.as_str(), spoken.clone()));
        let reading = Reading::new(&text, &record.spoken(&text), behind, lexicon);
        Ok(reading.find(&self.query.arrangement, lexicon).map_or(0, |found| found.len() as u32))
    }
}

/// The entries that may hold an arrangement.
struct Candidates {
    /// Those that hold all words themselves.
    whole: BitSet,
    /// Those with a joint that hold them together with the entries behind.
    joined: BitSet,
}

impl Candidates {
    fn of(segment: &Segment<'_>) -> tantivy::Result<Self> {
        let max_doc = segment.reader.max_doc();
        let joints = segment.reader.get_fieldnorms_reader(segment.query.fields.bridge)?;
        let has_joint = |entry: DocId| joints.fieldnorm_id(entry) > 0;
        // No more passages than words: one without a word is no place that words run over.
        let reach = segment.query.arrangement.reach() as DocId;
        let mut found: Option<Self> = None;
        for (step, lists) in segment.query.arrangement.steps().iter().zip(&segment.lists) {
            if step.least == 0 || step.test == WordTest::Any {
                continue;
            }
            let mut whole = BitSet::with_max_value(max_doc);
            let mut joined = BitSet::with_max_value(max_doc);
            for list in lists {
                let mut postings = segment.postings(list, IndexRecordOption::Basic)?;
                let mut entry = postings.doc();
                while entry != TERMINATED {
                    let is_met = |set: &BitSet| set.contains(entry);
                    if found.as_ref().is_none_or(|found| is_met(&found.whole)) {
                        whole.insert(entry);
                    }
                    let first = entry.saturating_sub(reach);
                    let before = (first..entry).rev().take_while(|before| has_joint(*before));
                    for entry in before.chain(has_joint(entry).then_some(entry)) {
                        if found.as_ref().is_none_or(|found| found.joined.contains(entry)) {
                            joined.insert(entry);
                        }
                    }
                    entry = postings.advance();
                }
            }
            found = Some(Self { whole, joined });
        }
        // What asks for no certain word is met by nothing.
        let none = || BitSet::with_max_value(max_doc);
        Ok(found.unwrap_or_else(|| Self { whole: none(), joined: none() }))
    }
}
