//! Pairs of a reuse and the source that it has most in common with.

use super::super::days::{Days, TimeOrder};
use super::clusters::TextRange;
use super::sources::{Places, Sources, Work};
use super::stretches::Stretch;
use super::works::{Drafted, Listed, Numbered, Numberer, TimeKey};
use super::{PassagesRequest, QueryError};
use onrecord_indexing::Address;
use onrecord_text::{SHINGLE_WORDS, shingles};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::rc::Rc;

/// How many pairs are held; of more, the most telling.
const MAX_PAIRS: usize = 200_000;

/// A text whose words may be others'.
pub(super) enum Text {
    Document(Listed),
    Draft(Drafted),
}

/// Where a text comes from that is shown again.
pub(super) enum Origin {
    Document(Listed, Numbered),
    Draft(Drafted),
}

/// A stretch of a text, and the source that it has most in common with.
pub(super) struct Pair {
    pub(super) reuser: Rc<Origin>,
    /// The number of the source.
    pub(super) source: usize,
    pub(super) stretch: Stretch,
    /// What the dates tell of the source's order to the reuse.
    pub(super) order: TimeOrder,
    /// How telling the words are that the two share, in nats.
    pub(super) weight: f64,
    /// The sources that have most of the stretch, this one among them.
    pub(super) n_sources: usize,
}

impl Pair {
    /// Returns the two places: of the reuse and of the source.
    pub(super) fn places(&self, sources: &[Work]) -> [TextRange<Option<Address>>; 2] {
        let words = |range: &Range<usize>| range.start as u32..range.end as u32;
        let text = match &*self.reuser {
            Origin::Document(listed, _) => Some(listed.head),
            Origin::Draft(_) => None,
        };
        let source = sources.get(self.source).map(|work| work.listed.head);
        [
            TextRange { text, words: words(&self.stretch.reuser) },
            TextRange { text: source, words: words(&self.stretch.source) },
        ]
    }
}

/// What was found.
pub(super) struct Paired {
    pub(super) pairs: Vec<Pair>,
    pub(super) n_of_same_speaker: usize,
    pub(super) n_of_unknown_speaker: usize,
    pub(super) n_common_phrases: usize,
    pub(super) n_cut: usize,
}

/// Pairs one text after the other with its sources.
pub(super) struct Pairing {
    min_words: usize,
    of_others: bool,
    keep_duplicates: bool,
    /// The days that the date of a draft may mean.
    draft_days: Option<Days>,
    /// Whether each document is on both sides: then two whose order cannot be told are one pair.
    is_mirrored: bool,
    found: Paired,
    common: HashSet<u32>,
}

/// How a source stands in time to a text, and the stretches that they share; none where it is no
/// source of it.
type OfSource = Option<(TimeOrder, Vec<Stretch>)>;

/// A stretch that a text and a source have in common.
struct Shared {
    source: usize,
    stretch: Stretch,
    order: TimeOrder,
    key: TimeKey,
}

impl Pairing {
    pub(super) fn new(request: &PassagesRequest<'_>, is_mirrored: bool) -> Self {
        Self {
            min_words: request.min_words,
            of_others: request.of_others,
            keep_duplicates: request.keep_duplicates,
            draft_days: request.reusers.draft_days(),
            is_mirrored,
            found: Paired {
                pairs: Vec::new(),
                n_of_same_speaker: 0,
                n_of_unknown_speaker: 0,
                n_common_phrases: 0,
                n_cut: 0,
            },
            common: HashSet::new(),
        }
    }

    /// Finds the sources of a text.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(super) fn pair(
        &mut self,
        text: Text,
        sources: &Sources,
        numberer: &mut Numberer<'_>,
    ) -> Result<(), QueryError> {
        let origin = match text {
            Text::Document(listed) => {
                let numbered = numberer.read(&listed, false)?;
                Origin::Document(listed, numbered)
            }
            Text::Draft(drafted) => Origin::Draft(drafted),
        };
        let (listed, numbered) = match &origin {
            Origin::Document(listed, numbered) => (Some(listed), numbered),
            Origin::Draft(drafted) => (None, &drafted.numbered),
        };
        let shared = self.shared(listed, numbered, sources);
        let chosen = choose(shared, numbered.words.len(), self.min_words);
        if chosen.is_empty() {
            return Ok(());
        }
        let words = numbered.words.clone();
        // To find the words again, it is enough to know where passages start.
        let origin = Rc::new(match origin {
            Origin::Document(listed, numbered) => {
                Origin::Document(listed, numbered.without_words())
            }
            Origin::Draft(drafted) => Origin::Draft(drafted),
        });
        for (Shared { source, stretch, order, .. }, n_sources) in chosen {
            let own = words.get(stretch.reuser.clone()).unwrap_or_default();
            let theirs = sources.words_of(source).get(stretch.source.clone()).unwrap_or_default();
            let weight = numberer.telling(own, theirs);
            let reuser = Rc::clone(&origin);
            self.found.pairs.push(Pair { reuser, source, stretch, order, weight, n_sources });
        }
        if self.found.pairs.len() >= 2 * MAX_PAIRS {
            self.cut();
        }
        Ok(())
    }

    pub(super) fn finish(mut self, sources: &Sources) -> Paired {
        if !self.is_mirrored {
            self.drop_swapped(&sources.works);
        }
        self.cut();
        self.found.n_common_phrases = self.common.len();
        self.found
    }

    /// Drops of two pairs of the same places, found from either side as both documents are on
    /// both, the one whose source comes later in the order of time. That happens where the dates do
    /// not tell which came first.
    fn drop_swapped(&mut self, works: &[Work]) {
        let mut known: BTreeMap<[Option<Address>; 2], Vec<[Range<u32>; 2]>> = BTreeMap::new();
        for pair in self.found.pairs.iter().filter(|pair| pair.order != TimeOrder::Before) {
            let [own, theirs] = pair.places(works);
            known.entry([own.text, theirs.text]).or_default().push([own.words, theirs.words]);
        }
        self.found.pairs.retain(|pair| {
            let [own, theirs] = pair.places(works);
            let is_later = match (&*pair.reuser, works.get(pair.source)) {
                (Origin::Document(reuser, _), Some(work)) => reuser.key() < work.listed.key(),
                (Origin::Document(..) | Origin::Draft(_), _) => false,
            };
            let swapped = known.get(&[theirs.text, own.text]).map_or(&[][..], Vec::as_slice);
            let is_known = swapped.iter().any(|[of_theirs, of_own]| {
                overlap(of_theirs, &theirs.words) && overlap(of_own, &own.words)
            });
            !(is_later && pair.order != TimeOrder::Before && is_known)
        });
    }

    fn cut(&mut self) {
        let n_pairs = self.found.pairs.len();
        if n_pairs > MAX_PAIRS {
            // The order of those that are left stays that in which they were found.
            let mut weights: Vec<f64> = self.found.pairs.iter().map(|pair| pair.weight).collect();
            weights.sort_by(|a, b| b.total_cmp(a));
            let least = weights[MAX_PAIRS - 1];
            self.found.pairs.retain(|pair| pair.weight >= least);
            self.found.pairs.truncate(MAX_PAIRS);
            self.found.n_cut += n_pairs - self.found.pairs.len();
        }
    }

    /// Finds all that a text has in common with sources, and that counts.
    fn shared(
        &mut self,
        listed: Option<&Listed>,
        numbered: &Numbered,
        sources: &Sources,
    ) -> Vec<Shared> {
        let (by_source, is_common) = self.stretches(listed, numbered, sources);
        let mut shared = Vec::new();
        for (source, found) in by_source {
            let Some((order, stretches)) = found else { continue };
            let Some(work) = sources.works.get(source) else { continue };
            for stretch in stretches {
                // The ends of a common phrase may be less common, with what stands beside them.
                let words = is_common.get(stretch.reuser.clone()).unwrap_or_default();
                let n_own = words.iter().filter(|is_common| !**is_common).count();
                let counts = stretch.counts(self.min_words) && 2 * n_own >= self.min_words;
                if counts && self.is_by_those_asked_for(&stretch, numbered, &work.numbered) {
                    shared.push(Shared { source, stretch, order, key: work.listed.key() });
                }
            }
        }
        shared
    }

    /// Follows the stretches that a text shares with each source, by the number of the source. Tells
    /// too which words of the text are of a common phrase.
    fn stretches(
        &mut self,
        listed: Option<&Listed>,
        numbered: &Numbered,
        sources: &Sources,
    ) -> (BTreeMap<usize, OfSource>, Vec<bool>) {
        let mut by_source: BTreeMap<usize, OfSource> = BTreeMap::new();
        let mut is_common = vec![false; numbered.words.len()];
        for (at, hash) in shingles(&numbered.words) {
            let places = match sources.places(hash) {
                Places::Common => {
                    self.common.insert(hash);
                    is_common.iter_mut().skip(at).take(SHINGLE_WORDS).for_each(|word| *word = true);
                    continue;
                }
                Places::Few(places) => places,
            };
            for place in places {
                let (source, of) = sources.work_at(*place);
                let order = || self.order(listed, sources, source);
                let entry = by_source.entry(source);
                let Some((_, known)) = entry.or_insert_with(|| Some((order()?, Vec::new()))) else {
                    continue;
                };
                // They come in the order of the text: what holds this place is one of the last.
                if !known.iter().rev().any(|stretch| stretch.holds(at, of)) {
                    let theirs = sources.words_of(source);
                    known.push(Stretch::around(&numbered.words, theirs, at, of));
                }
            }
        }
        (by_source, is_common)
    }

    /// Tells whether a stretch is of speakers who are asked for, and counts it where it is not.
    fn is_by_those_asked_for(
        &mut self,
        stretch: &Stretch,
        reuser: &Numbered,
        source: &Numbered,
    ) -> bool {
        let own = reuser.speaker(stretch.reuser.start as u32);
        let theirs = source.speaker(stretch.source.start as u32);
        let is_unknown = own == 0 || theirs == 0;
        if self.of_others && is_unknown {
            self.found.n_of_unknown_speaker += 1;
        } else if self.of_others && own == theirs {
            self.found.n_of_same_speaker += 1;
        }
        !self.of_others || !(is_unknown || own == theirs)
    }

    /// Tells how a source stands in time to a text; none where it is no source of it: the text
    /// itself, a copy of it, one that is sure to be later, or one whose pair with it is found from
    /// the other side.
    fn order(
        &self,
        reuser: Option<&Listed>,
        sources: &Sources,
        source: usize,
    ) -> Option<TimeOrder> {
        let work = &sources.works.get(source)?.listed;
        let Some(reuser) = reuser else {
            let order = TimeOrder::of(work.days, self.draft_days);
            return Some(order).filter(|order| *order != TimeOrder::After);
        };
        let is_same = work.id == reuser.id || (!self.keep_duplicates && work.group == reuser.group);
        let order = TimeOrder::of(work.days, reuser.days);
        if is_same {
            return None;
        }
        match order {
            TimeOrder::After => None,
            TimeOrder::Before => Some(order),
            TimeOrder::SameDay | TimeOrder::CannotTell => {
                (!self.is_mirrored || work.key() < reuser.key()).then_some(order)
            }
        }
    }
}

/// Chooses for each stretch of a text the source that it has most in common with: of those that
/// are sure to be earlier the one with most words, of equals the latest; then of the others, if
/// they have words that those do not. Each with how many sources have most of it.
fn choose(mut shared: Vec<Shared>, n_words: usize, min_words: usize) -> Vec<(Shared, usize)> {
    shared.sort_by(|a, b| {
        let is_sure = |one: &Shared| one.order == TimeOrder::Before;
        let by_words = b.stretch.n_same.cmp(&a.stretch.n_same);
        let by_place = || a.stretch.reuser.start.cmp(&b.stretch.reuser.start);
        is_sure(b)
            .cmp(&is_sure(a))
            .then(by_words)
            .then_with(|| b.key.cmp(&a.key))
            .then_with(by_place)
    });
    let mut taken = vec![false; n_words];
    let mut chosen: Vec<(Shared, BTreeSet<usize>)> = Vec::new();
    for one in shared {
        let range = one.stretch.reuser.clone();
        let of_range = taken.get_mut(range.clone()).unwrap_or_default();
        let n_new = of_range.iter().filter(|is_taken| !**is_taken).count();
        if n_new >= min_words {
            of_range.fill(true);
            let source = one.source;
            chosen.push((one, BTreeSet::from([source])));
        } else if let Some((_, sources)) =
            chosen.iter_mut().find(|(other, _)| has_most(&other.stretch.reuser, &range))
        {
            sources.insert(one.source);
        }
    }
    chosen.sort_by_key(|(one, _)| one.stretch.reuser.start);
    chosen.into_iter().map(|(one, sources)| (one, sources.len())).collect()
}

fn overlap(one: &Range<u32>, other: &Range<u32>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Tells whether a stretch covers at least half of another.
fn has_most(of: &Range<usize>, stretch: &Range<usize>) -> bool {
    let shared = of.end.min(stretch.end).saturating_sub(of.start.max(stretch.start));
    2 * shared >= of.len()
}
