//! The places of a corpus where a line is used.

use super::days::Days;
use super::wording::{Wording, trimmed};
use crate::QueryError;
use crate::duplicates::DuplicateGroups;
use crate::find::place::Place;
use onrecord_indexing::{Address, Condition, Part, Reader};
use onrecord_model::{DocumentId, Span};
use onrecord_text::{Alignment, Edit, Lexicon, Words};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many entries of the lists of stems are read at most, the rarest stems first: some tenths of
/// a second.
const MAX_ENTRIES: u64 = 20_000_000;

/// How many passages are read at most that share stems with the line, and how many that hold its
/// very words: a second or two.
const MAX_NEAR: usize = 5_000;
const MAX_EXACT: usize = 10_000;

/// The least share of the weight of the line's stems that a passage holds which is read. Of our own
/// choosing, well below what a use keeps: words may be misspelt in it.
const MIN_SHARE: f32 = 0.3;

/// The most that is asked of the telling words of the line that a use keeps, see [`Telling`].
const MIN_TELLING: f32 = 0.5;

/// A word that fewer than one in so many passages have tells no more than one that one of them has:
/// else a single rare word would outweigh all others.
const RAREST: f32 = 1_000.0;

/// A place where the line is used.
pub(super) struct Use {
    pub(super) place: Place,
    pub(super) days: Option<Days>,
    /// Where its words stand in the text of the place.
    pub(super) words: Vec<Span>,
    /// The number of its wording, by its words, folded.
    pub(super) variant: usize,
    /// The number of its document, or of the group of duplicates that this is of.
    pub(super) work: usize,
    /// Documents of the group that use the line in the same words, of the same date or one that
    /// may be the same.
    /// Each with the passage that it begins in.
    pub(super) also_in: BTreeSet<(DocumentId, u32)>,
}

impl Use {
    pub(super) fn wording(&self) -> Wording<'_> {
        Wording { text: &self.place.text, words: &self.words }
    }
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coverage {
    /// The passages that hold the very words.
    pub(super) n_exact_found: usize,
    /// Those of them that were read: the earliest.
    pub(super) n_exact_read: usize,
    /// The passages that share many of the line's words.
    pub(super) n_near_found: u64,
    /// Those of them that were read: those with most.
    pub(super) n_near_read: usize,
}

/// Looks for the uses of a line, as near to it as is asked for.
pub(super) struct Seeker<'a> {
    pub(super) reader: &'a Reader,
    pub(super) line: &'a Words,
    pub(super) telling: &'a Telling,
    /// How alike the words of a use are at least.
    pub(super) min_similarity: f32,
    /// What its passage must meet.
    pub(super) among: Option<Condition>,
}

/// How telling each word of a line is: the surprise of meeting it in a passage, in nats.
///
/// By their number alone `the`, `of` and `we` would make sentences alike that have nothing else in
/// common.
pub(super) struct Telling {
    /// Where each word starts in the line, with its weight.
    words: Vec<(u32, f32)>,
}

impl Telling {
    /// Weighs the words of a line: of N passages n have a word, it weighs ln((N + 1) / (n + ½)). So
    /// in a small index too what no passage has weighs most, and what all have still something.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn of(reader: &Reader, line: &Words, lexicon: &Lexicon) -> Result<Self, QueryError> {
        let n_passages = reader.n_passages()? as f32;
        let line = line.all();
        let mut words = Vec::with_capacity(line.ids.len());
        for (span, id) in line.spans.iter().zip(line.ids) {
            let n_with = reader.n_passages_of_word(lexicon.forms(*id).folded)?;
            let ratio = (n_passages + 1.0) / (n_with as f32 + 0.5);
            words.push((span.start, ratio.min(RAREST).ln()));
        }
        Ok(Self { words })
    }

    /// Returns which share of the weight is kept, 0 to 1: a changed word keeps as much of it as it
    /// counts for in the similarity.
    fn share(&self, alignment: &Alignment) -> f32 {
        let all: f32 = self.words.iter().map(|(_, weight)| weight).sum();
        if all == 0.0 {
            return 1.0;
        }
        let weight = |word: Span| {
            let at = self.words.binary_search_by_key(&word.start, |(start, _)| *start);
            at.ok().and_then(|at| self.words.get(at)).map_or(0.0, |(_, weight)| *weight)
        };
        let kept = |edit: &Edit| edit.line().map_or(0.0, |word| weight(word) * edit.credit());
        alignment.edits.iter().map(kept).sum::<f32>() / all
    }
}

impl Seeker<'_> {
    /// Finds the uses, in the order of time as far as it is known: by the first day that the date
    /// may mean, then the last, those without a date behind the others; then by document id and
    /// place.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(super) fn find(&self, lexicon: &mut Lexicon) -> Result<(Vec<Use>, Coverage), QueryError> {
        let mut coverage = Coverage::default();
        let mut addresses = self.exact(lexicon, &mut coverage)?;
        addresses.extend(self.near(lexicon, &mut coverage)?);
        let mut places = Vec::new();
        for address in addresses {
            let read = Place::read(self.reader, address, self.line, lexicon)?;
            let read = read.map(|mut place| {
                place.alignment = trimmed(place.alignment, &place.text);
                place
            });
            let Some(place) = read.filter(|place| self.is_near(&place.alignment)) else { continue };
            let near =
                |found, text: &str| Some(trimmed(found, text)).filter(|found| self.is_near(found));
            places.extend(place.others(self.line, lexicon, &near));
            places.push(place);
        }
        Ok((self.in_order(apart(places), lexicon)?, coverage))
    }

    fn is_near(&self, alignment: &Alignment) -> bool {
        alignment.similarity >= self.min_similarity
            && !alignment.window.is_empty()
            && self.telling.share(alignment) >= self.min_similarity.min(MIN_TELLING)
    }

    /// Lists the passages that hold the very words: where there are too many, the earliest.
    fn exact(
        &self,
        lexicon: &Lexicon,
        coverage: &mut Coverage,
    ) -> Result<BTreeSet<Address>, QueryError> {
        let words = self.line.all().ids.iter().map(|id| lexicon.forms(*id).folded.to_owned());
        let phrase = Condition::Phrase(words.collect());
        let all = [phrase, Condition::Part(Part::Body)].into_iter().chain(self.among.clone());
        let mut found = self.reader.addresses(&Condition::And(all.collect()))?;
        coverage.n_exact_found = found.len();
        if found.len() > MAX_EXACT {
            let mut dated = Vec::with_capacity(found.len());
            for (place, address) in found.iter().enumerate() {
                let head = self.reader.head_of(*address)?;
                let days = self.reader.document_columns(head)?.days;
                dated.push((days.is_none(), days, place, *address));
            }
            dated.sort_unstable();
            found = dated.into_iter().take(MAX_EXACT).map(|(.., address)| address).collect();
        }
        coverage.n_exact_read = found.len();
        Ok(found.into_iter().collect())
    }

    /// Lists the passages that hold most of the line's stems by their weight.
    fn near(&self, lexicon: &Lexicon, coverage: &mut Coverage) -> Result<Vec<Address>, QueryError> {
        let stems = self.line.all().ids.iter().map(|id| lexicon.forms(*id).stem.to_owned());
        let lists = self.reader.stem_lists(&stems.collect())?;
        let among = self.among.as_ref();
        let found = self.reader.sharing(&lists, MAX_ENTRIES, MIN_SHARE, MAX_NEAR, among)?;
        coverage.n_near_found = found.count;
        let near: Vec<Address> = found.hits.iter().map(|hit| hit.address).collect();
        coverage.n_near_read = near.len();
        Ok(near)
    }

    /// Numbers wordings and works, and puts the uses in order.
    fn in_order(&self, places: Vec<Place>, lexicon: &mut Lexicon) -> Result<Vec<Use>, QueryError> {
        let groups = DuplicateGroups::of(self.reader)?;
        let mut works: HashMap<DocumentId, usize> = HashMap::new();
        let mut uses = Vec::with_capacity(places.len());
        for place in places {
            let group = groups.member(place.head).map_or(place.document, |member| member.group);
            let n_works = works.len();
            let work = *works.entry(group).or_insert(n_works);
            let words = words_of(&place.alignment);
            let days = place.record.citation.date.map(Days::of);
            uses.push(Use { place, days, words, variant: 0, work, also_in: BTreeSet::new() });
        }
        uses.sort_by_key(|one| (one.days.is_none(), one.days, one.place.order()));
        let mut variants: HashMap<String, usize> = HashMap::new();
        for one in &mut uses {
            let n_variants = variants.len();
            let wording = folded(&one.place.text, &one.words, lexicon);
            one.variant = *variants.entry(wording).or_insert(n_variants);
        }
        Ok(uses)
    }
}

/// Lists where the words of the stretch stand that a line is nearest to.
fn words_of(alignment: &Alignment) -> Vec<Span> {
    let mut words: Vec<Span> = alignment.edits.iter().filter_map(Edit::source).collect();
    words.sort_unstable();
    words
}

/// Joins words of a text in matching form.
fn folded(text: &str, words: &[Span], lexicon: &mut Lexicon) -> String {
    let mut joined = String::new();
    for word in words {
        joined.push_str(lexicon.word(text.get(word.range()).unwrap_or_default()).folded);
        joined.push(' ');
    }
    joined
}

/// Keeps of places that overlap the nearest: a stretch that runs over two passages is found from
/// both.
fn apart(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by(|a, b| {
        let by_similarity = b.alignment.similarity.total_cmp(&a.alignment.similarity);
        let by_passage = || b.record.ordinal.cmp(&a.record.ordinal);
        by_similarity.then_with(|| a.order().cmp(&b.order())).then_with(by_passage)
    });
    // By document, where the stretches start that were kept, and end.
    let mut kept: HashMap<DocumentId, BTreeMap<u32, u32>> = HashMap::new();
    places.retain(|place| {
        let window = place.window();
        let of_document = kept.entry(place.document).or_default();
        let before = of_document.range(..window.end).next_back();
        let is_free = before.is_none_or(|(_, end)| *end <= window.start);
        if is_free {
            of_document.insert(window.start, window.end);
        }
        is_free
    });
    places
}

/// Folds uses into an earlier one in the same words of a copy or another transcript of the same
/// speech, where the dates may be the same. What one document says twice stays two uses. Returns
/// those that are left, and how many were folded.
pub(super) fn fold(uses: Vec<Use>) -> (Vec<Use>, usize) {
    let n_uses = uses.len();
    let mut kept: Vec<Use> = Vec::with_capacity(n_uses);
    let mut times: HashMap<(DocumentId, usize), usize> = HashMap::new();
    let mut places: HashMap<(usize, usize, usize), Vec<usize>> = HashMap::new();
    for one in uses {
        let time = times.entry((one.place.document, one.variant)).or_default();
        let of_same = places.entry((one.work, one.variant, *time)).or_default();
        *time += 1;
        let may_be_one = |other: &Use| {
            other.place.document != one.place.document
                && match (other.days, one.days) {
                    (Some(theirs), Some(own)) => !theirs.is_before(own) && !own.is_before(theirs),
                    (Some(_) | None, _) => true,
                }
        };
        let same = of_same.iter().copied().find(|&at| kept.get(at).is_some_and(may_be_one));
        if let Some(other) = same.and_then(|at| kept.get_mut(at)) {
            other.also_in.insert((one.place.document, one.place.record.ordinal));
        } else {
            of_same.push(kept.len());
            kept.push(one);
        }
    }
    let n_folded = n_uses - kept.len();
    (kept, n_folded)
}
