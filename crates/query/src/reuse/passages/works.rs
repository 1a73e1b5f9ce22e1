//! Documents as numbered words.

use super::super::days::Days;
use crate::QueryError;
use crate::duplicates::DuplicateGroups;
use onrecord_indexing::{Address, Condition, Part, Reader};
use onrecord_model::{Document, DocumentId, Passage, Span};
use onrecord_text::{BARRIER, Lexicon, Words, word_number};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The place of a document in the order of time, as far as it is known: those without a date last,
/// ties by document id.
pub(super) type TimeKey = (bool, Option<Days>, DocumentId);

/// A document on one side of the comparison, not yet read.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) head: Address,
    pub(super) id: DocumentId,
    /// The days on which its words may have been said: from the first day that a copy of it has to
    /// the last that its own date may mean.
    pub(super) days: Option<Days>,
    /// The group of duplicates that it is of, else itself.
    pub(super) group: DocumentId,
    /// The passages that take part, in order.
    passages: Vec<Address>,
}

impl Listed {
    pub(super) fn key(&self) -> TimeKey {
        (self.days.is_none(), self.days, self.id)
    }
}

/// The documents of one side, in the order of time.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub(super) documents: Vec<Listed>,
    /// Those that were left out, as a copy or another transcript is there.
    pub(super) copies: BTreeSet<DocumentId>,
}

/// How much of the words of the longest copy one has at least that may stand for it, in percent. Of
/// our own choosing: what two transcripts of one speech differ by.
const WHOLE: u64 = 90;

impl Side {
    /// Lists the documents with passages of speech that meet a condition.
    ///
    /// Of copies and other transcripts of one speech one takes part: the first in time of those
    /// that are whole, which have nearly as many words as the longest; of equals the longest.
    /// Unless all are to be kept, each then for itself.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn of(
        reader: &Reader,
        condition: &Condition,
        groups: &DuplicateGroups,
        keep_duplicates: bool,
    ) -> Result<Self, QueryError> {
        let speech = Condition::And(vec![condition.clone(), Condition::Part(Part::Body)]);
        let mut by_head: BTreeMap<Address, Vec<Address>> = BTreeMap::new();
        for address in reader.addresses(&speech)? {
            by_head.entry(reader.head_of(address)?).or_default().push(address);
        }
        let mut documents = Vec::with_capacity(by_head.len());
        for (head, passages) in by_head {
            let id = reader.document_id(head)?;
            let days = days_of(reader, head)?;
            let group = groups.member(head).map_or(id, |member| member.group);
            documents.push(Listed { head, id, days, group, passages });
        }
        let mut copies = BTreeSet::new();
        if !keep_duplicates {
            let all: BTreeSet<DocumentId> = documents.iter().map(|one| one.id).collect();
            documents = one_of_each_group(reader, documents, &first_days(reader, groups)?)?;
            let chosen = documents.iter().map(|one| one.id).collect();
            copies = all.difference(&chosen).copied().collect();
        }
        documents.sort_by_key(Listed::key);
        Ok(Self { documents, copies })
    }
}

fn days_of(reader: &Reader, head: Address) -> Result<Option<Days>, QueryError> {
    let days = reader.document_columns(head)?.days;
    Ok(days.map(|(first, last)| Days { first, last }))
}

/// Finds for each group of duplicates the first day that any of them has, whether it takes part or
/// not: its words may have been said then.
fn first_days(
    reader: &Reader,
    groups: &DuplicateGroups,
) -> Result<BTreeMap<DocumentId, u32>, QueryError> {
    let mut first_days = BTreeMap::new();
    for (head, member) in groups.members() {
        if let Some(days) = days_of(reader, head)? {
            let first = first_days.entry(member.group).or_insert(days.first);
            *first = days.first.min(*first);
        }
    }
    Ok(first_days)
}

/// Lets of each group of duplicates one stand for all, with the days of the group.
fn one_of_each_group(
    reader: &Reader,
    documents: Vec<Listed>,
    first_days: &BTreeMap<DocumentId, u32>,
) -> Result<Vec<Listed>, QueryError> {
    let mut groups: BTreeMap<DocumentId, Vec<(u64, Listed)>> = BTreeMap::new();
    for one in documents {
        let n_words = reader.n_words(one.head)?;
        groups.entry(one.group).or_default().push((n_words, one));
    }
    let mut chosen = Vec::with_capacity(groups.len());
    for (group, mut members) in groups {
        let most = members.iter().map(|(n_words, _)| *n_words).max().unwrap_or(0);
        members.retain(|(n_words, _)| n_words * 100 >= most * WHOLE);
        members.sort_by_key(|(n_words, one)| {
            (one.days.is_none(), one.days, std::cmp::Reverse(*n_words), one.id)
        });
        let Some((_, mut one)) = members.into_iter().next() else { continue };
        if let (Some(days), Some(first)) = (&mut one.days, first_days.get(&group)) {
            days.first = days.first.min(*first);
        }
        chosen.push(one);
    }
    Ok(chosen)
}

/// A document, or a draft, as numbers of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    /// All words of speech up to the last passage that takes part, each a [`BARRIER`] where it does
    /// not take part itself; one more [`BARRIER`] where the speaker changes. So a word has the same
    /// place whichever passages take part.
    pub(super) words: Vec<u32>,
    /// The passages of speech, in order.
    passages: Vec<NumberedPassage>,
}

/// A passage of speech among numbered words.
#[derive(Clone, Copy, Debug)]
struct NumberedPassage {
    /// Where it starts in the words.
    start: u32,
    /// Its place in the document.
    ordinal: u32,
    /// The number of its speaker; 0 where nobody is known to speak.
    speaker: u32,
}

impl Numbered {
    /// Returns the passages from the one that a word is in.
    fn passages_from(&self, word: u32) -> &[NumberedPassage] {
        let behind = self.passages.partition_point(|passage| passage.start <= word);
        self.passages.get(behind.saturating_sub(1)..).unwrap_or_default()
    }

    /// Returns the number of the speaker of a word.
    pub(super) fn speaker(&self, word: u32) -> u32 {
        self.passages_from(word).first().map_or(0, |passage| passage.speaker)
    }

    /// Forgets the words, but not where they stood.
    pub(super) fn without_words(self) -> Self {
        Self { words: Vec::new(), ..self }
    }

    /// Begins a passage; nothing runs over from another speaker's.
    fn begin(&mut self, ordinal: u32, speaker: u32) {
        if self.passages.last().is_some_and(|last| last.speaker != speaker) {
            self.words.push(BARRIER);
        }
        self.passages.push(NumberedPassage { start: self.words.len() as u32, ordinal, speaker });
    }
}

/// Reads documents as numbers of words, and counts how often each word comes.
pub(super) struct Numberer<'a> {
    reader: &'a Reader,
    lexicon: Lexicon,
    speakers: HashMap<String, u32>,
    /// The words that tell of a subject, those that are no function words, with how often they
    /// came.
    counts: HashMap<u32, u64>,
    n_words: u64,
}

impl<'a> Numberer<'a> {
    pub(super) fn new(reader: &'a Reader) -> Self {
        Self {
            reader,
            lexicon: Lexicon::new(),
            speakers: HashMap::new(),
            counts: HashMap::new(),
            n_words: 0,
        }
    }

    /// Reads the passages of a document that take part. `counts` says whether to count the words.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub(super) fn read(&mut self, one: &Listed, counts: bool) -> Result<Numbered, QueryError> {
        self.lexicon.make_room();
        let mut numbered = Numbered::default();
        let wanted: BTreeSet<Address> = one.passages.iter().copied().collect();
        for ordinal in 0.. {
            let address = self.reader.passage_of(one.head, ordinal);
            if one.passages.last().is_none_or(|last| address > *last) {
                break;
            }
            let passage = self.reader.passage(address)?;
            if !passage.record.kind.is_speech() {
                continue;
            }
            let spoken = passage.record.spoken(&passage.text);
            let speaker = passage.record.speaker.as_ref().map(|speaker| &*speaker.name);
            let speaker = self.speaker(speaker);
            let is_wanted = wanted.contains(&address);
            numbered.begin(ordinal, speaker);
            for token in spoken {
                let word = passage.text.get(token.range()).unwrap_or_default();
                let number = if is_wanted { self.number(word, counts) } else { BARRIER };
                numbered.words.push(number);
            }
        }
        Ok(numbered)
    }

    /// Numbers the words of a draft, and lists where they stand in its text.
    pub(super) fn number_draft(&mut self, draft: &Document, passages: &[Passage]) -> Drafted {
        let words = Words::of(draft, passages, &mut self.lexicon);
        let (mut numbered, mut places) = (Numbered::default(), Vec::new());
        for passage in passages.iter().filter(|passage| passage.kind.is_speech()) {
            // One voice and no gap: no barrier comes between the words and their places.
            numbered.begin(passage.ordinal, 0);
            for (token, id) in words.spoken(passage.span) {
                places.push(token);
                numbered.words.push(word_number(self.lexicon.hash(id)));
            }
        }
        Drafted { numbered, places }
    }

    fn number(&mut self, word: &str, counts: bool) -> u32 {
        let id = self.lexicon.id(word);
        let number = word_number(self.lexicon.hash(id));
        if counts {
            self.n_words += 1;
            if self.lexicon.stem_hash(id).is_some() {
                *self.counts.entry(number).or_default() += 1;
            }
        }
        number
    }

    fn speaker(&mut self, name: Option<&str>) -> u32 {
        let Some(name) = name else { return 0 };
        let next = self.speakers.len() as u32 + 1;
        match self.speakers.get(name) {
            Some(&number) => number,
            None => *self.speakers.entry(name.to_owned()).or_insert(next),
        }
    }

    /// Returns how telling words are that two stretches have in common, in nats: the sum of the
    /// surprise of each distinct one, function words not counted.
    pub(super) fn telling(&self, one: &[u32], other: &[u32]) -> f64 {
        let of_one: BTreeSet<u32> = one.iter().copied().collect();
        let shared: BTreeSet<u32> =
            other.iter().copied().filter(|word| of_one.contains(word)).collect();
        let n_words = self.n_words.max(1) as f64;
        let surprise = |word: u32| Some((n_words / *self.counts.get(&word)? as f64).ln());
        shared.into_iter().filter_map(surprise).sum()
    }
}

/// A draft as numbers of words.
#[derive(Clone, Debug)]
pub(super) struct Drafted {
    pub(super) numbered: Numbered,
    /// Where each word stands in the draft's text.
    places: Vec<Span>,
}

impl Drafted {
    /// Returns where the words of a stretch stand in the draft's text.
    pub(super) fn words(&self, stretch: std::ops::Range<u32>) -> Vec<Span> {
        let range = stretch.start as usize..stretch.end as usize;
        self.places.get(range).unwrap_or_default().to_vec()
    }
}

/// The words of a stretch of a document, found again by their places.
pub(super) struct Located {
    /// The text of the passages that the stretch runs over, with what stands between them.
    pub(super) text: String,
    /// Where the words of the stretch stand in the text.
    pub(super) words: Vec<Span>,
    /// The passage that it begins in.
    pub(super) first: onrecord_indexing::StoredPassage,
}

/// Finds the words of a document again that a stretch of its numbered words stands for.
///
/// # Errors
/// When what the index holds is not what was written.
pub(super) fn locate(
    reader: &Reader,
    listed: &Listed,
    numbered: &Numbered,
    stretch: std::ops::Range<u32>,
) -> Result<Located, QueryError> {
    let lost = || QueryError::LostPlace(listed.id);
    let in_stretch = numbered.passages_from(stretch.start).iter();
    let mut in_stretch = in_stretch.take_while(|passage| passage.start < stretch.end).peekable();
    let (Some(first), Some(last)) = (in_stretch.peek().copied(), in_stretch.clone().last()) else {
        return Err(lost());
    };
    let mut found: Option<Located> = None;
    for ordinal in first.ordinal..=last.ordinal {
        let passage = reader.passage(reader.passage_of(listed.head, ordinal))?;
        // Between two passages of speech there may be others.
        let numbered = in_stretch.next_if(|numbered| numbered.ordinal == ordinal);
        let start = numbered.map_or(stretch.end, |numbered| numbered.start);
        let words = (start..).zip(passage.record.spoken(&passage.text));
        let words = words.filter(|(at, _)| stretch.contains(at)).map(|(_, word)| word);
        if let Some(located) = &mut found {
            located.text.push_str(&passage.record.lead);
            let base = located.text.len() as u32;
            located.words.extend(words.map(|word| word.shifted(base)));
            located.text.push_str(&passage.text);
        } else {
            let words = words.collect();
            found = Some(Located { text: passage.text.clone(), words, first: passage });
        }
    }
    found.filter(|located| !located.words.is_empty()).ok_or_else(lost)
}
