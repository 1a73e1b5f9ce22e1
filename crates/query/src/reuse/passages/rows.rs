//! Reuses as rows.

use super::super::wording::{Wording, align_whole};
use super::clusters::group;
use super::pairs::{Origin, Pair};
use super::sources::Work;
use super::works::{Listed, Located, Numbered, locate};
use super::{PassagesRequest, PassagesSummary, Reusers};
use crate::QueryError;
use crate::cite::{Locator, citation};
use crate::find::DiffPiece;
use crate::quotations::Quotations;
use onrecord_indexing::{Address, Reader};
use onrecord_model::{Document, Span};
use onrecord_text::{Lexicon, diff, format_diff};
use serde::Serialize;
use std::collections::BTreeMap;

/// A stretch of words that stood elsewhere before, or may have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReuseRow {
    /// The number of its group, counted from 1: reuses of the same words.
    pub group: usize,
    /// How many reuses the group has.
    pub n_in_group: usize,
    /// How telling the words are that both have, in nats, 0 or more: the sum of the surprise of
    /// each distinct one, function words not counted. Only comparable within one answer.
    pub weight: f64,
    /// The words that both have, in order.
    pub n_words: usize,
    /// How alike the two are, 0 to 1, the words of both divided by those of either; none where they are too long to be aligned.
    pub similarity: Option<f32>,
    /// What the dates tell of the source: `before` the reuse, `same-day` or `cannot-tell`.
    pub order: &'static str,
    /// How many sources have most of the stretch, this one among them.
    pub n_sources: usize,
    /// What makes the reuse of its source, in one string: `[-dropped-]`, `{+added+}`.
    pub diff: Option<String>,
    /// The same in pieces.
    pub parts: Vec<DiffPiece>,
    /// Where the words are used again.
    pub reuse: ReusedPlace,
    /// Where they stood before, or may have.
    pub source: ReusedPlace,
}

/// A place of shared words, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReusedPlace {
    /// The words, as they stand there.
    pub text: String,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// Whom they quote where they begin, as written; `someone` where that cannot be told.
    pub quoted: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// The title of the document.
    pub title: Option<String>,
    /// What sort of document it is; none of a draft.
    pub kind: Option<&'static str>,
    /// The id of the document; none of a draft.
    pub document_id: Option<String>,
    /// The passage that they begin in, counted from 0; none of a draft.
    pub passage: Option<u32>,
    /// The page that the passage's block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// Where they stand in the document's text, in bytes.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
    /// Where they stand in the document's text, in characters.
    pub char_start: u32,
    /// One past the last character.
    pub char_end: u32,
    /// The file that the document came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The source as a note cites it; none of a draft.
    pub citation: Option<String>,
}

/// The reuses that were found, to be read one by one: by group, the most telling first; in a group
/// by the date of the reuse.
pub struct ReusedPassages<'a> {
    /// What was found, and in what.
    pub summary: PassagesSummary,
    reader: &'a Reader,
    request: &'a PassagesRequest<'a>,
    works: Vec<Work>,
    lexicon: Lexicon,
    quotations: Quotations<'a>,
    /// Those that are still to be read.
    rows: std::vec::IntoIter<Grouped>,
}

/// A pair in its group.
struct Grouped {
    group: usize,
    n_in_group: usize,
    pair: Pair,
}

impl<'a> ReusedPassages<'a> {
    /// Groups the pairs, and takes as many groups as are asked for.
    pub(super) fn new(
        reader: &'a Reader,
        request: &'a PassagesRequest<'_>,
        works: Vec<Work>,
        pairs: Vec<Pair>,
        mut summary: PassagesSummary,
    ) -> Self {
        let places: Vec<_> = pairs.iter().map(|pair| pair.places(&works)).collect();
        let mut groups: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        for (pair, first) in pairs.into_iter().zip(group(&places)) {
            groups.entry(first).or_default().push(pair);
        }
        let weight = |pairs: &[Pair]| pairs.iter().map(|pair| pair.weight).fold(0.0, f64::max);
        let mut ordered: Vec<(f64, Vec<Pair>)> =
            groups.into_values().map(|pairs| (weight(&pairs), pairs)).collect();
        // Of equal weight they stay in the order in which they were found.
        ordered.sort_by(|a, b| b.0.total_cmp(&a.0));
        summary.n_groups = ordered.len();
        if request.limit > 0 {
            ordered.truncate(request.limit);
        }
        summary.n_groups_shown = ordered.len();
        let mut rows = Vec::new();
        for (group, (_, pairs)) in (1..).zip(ordered) {
            let n_in_group = pairs.len();
            rows.extend(pairs.into_iter().map(|pair| Grouped { group, n_in_group, pair }));
        }
        let lexicon = Lexicon::new();
        let quotations = Quotations::of(reader);
        Self { summary, reader, request, works, lexicon, quotations, rows: rows.into_iter() }
    }

    /// Reads the reuse of a pair, and its source: where each stands, and its words again.
    fn read(&mut self, pair: &Pair) -> Result<[SharedWords; 2], QueryError> {
        let reader = self.reader;
        let range = |range: &std::ops::Range<usize>| range.start as u32..range.end as u32;
        let (own, theirs) = (range(&pair.stretch.reuser), range(&pair.stretch.source));
        let work = &self.works[pair.source];
        let source =
            SharedWords::read(reader, &mut self.quotations, &work.listed, &work.numbered, theirs)?;
        let reuse = match (&*pair.reuser, &self.request.reusers) {
            (Origin::Document(listed, numbered), _) => {
                SharedWords::read(reader, &mut self.quotations, listed, numbered, own)?
            }
            (Origin::Draft(drafted), Reusers::Draft(draft, name)) => {
                let words = drafted.words(own);
                let place = draft_place(draft, name, &words);
                SharedWords { place, text: draft.text().to_owned(), words }
            }
            // A draft comes from a request with one.
            (Origin::Draft(_), Reusers::All | Reusers::Query(_)) => {
                return Err(QueryError::LostPlace(work.listed.id));
            }
        };
        Ok([reuse, source])
    }

    fn describe(&mut self, grouped: &Grouped) -> Result<ReuseRow, QueryError> {
        let Grouped { group, n_in_group, pair } = grouped;
        let [reuse, source] = self.read(pair)?;
        self.lexicon.make_room();
        let earlier = Wording { text: &source.text, words: &source.words };
        let later = Wording { text: &reuse.text, words: &reuse.words };
        let alignment = align_whole(earlier, later, &mut self.lexicon);
        let parts = alignment.as_ref().map(|alignment| diff(alignment, earlier.text, later.text));
        Ok(ReuseRow {
            group: *group,
            n_in_group: *n_in_group,
            weight: pair.weight,
            n_words: pair.stretch.n_same,
            similarity: alignment.as_ref().map(|alignment| alignment.similarity),
            order: pair.order.name(),
            n_sources: pair.n_sources,
            diff: parts.as_deref().map(format_diff),
            parts: parts.as_deref().map(DiffPiece::all).unwrap_or_default(),
            reuse: reuse.place,
            source: source.place,
        })
    }
}

/// Shared words on one side.
struct SharedWords {
    place: ReusedPlace,
    /// The text around them.
    text: String,
    /// Where they stand in the text.
    words: Vec<Span>,
}

impl SharedWords {
    /// Reads words of a document again.
    fn read(
        reader: &Reader,
        quotations: &mut Quotations<'_>,
        listed: &Listed,
        numbered: &Numbered,
        stretch: std::ops::Range<u32>,
    ) -> Result<Self, QueryError> {
        let found = locate(reader, listed, numbered, stretch)?;
        let place = place_of(reader, quotations, listed.head, &found)?;
        Ok(Self { place, text: found.text, words: found.words })
    }
}

impl Iterator for ReusedPassages<'_> {
    type Item = Result<ReuseRow, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        let grouped = self.rows.next()?;
        Some(self.describe(&grouped))
    }
}

impl std::fmt::Debug for ReusedPassages<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReusedPassages").field("summary", &self.summary).finish_non_exhaustive()
    }
}

/// Returns the stretch from the first of some words to the last.
fn hull(words: &[Span]) -> Span {
    let ends = words.first().zip(words.last());
    ends.map_or(Span::new(0, 0), |(first, last)| Span::new(first.start, last.end))
}

fn n_chars(text: &str, range: std::ops::Range<usize>) -> u32 {
    text.get(range).unwrap_or_default().chars().count() as u32
}

fn place_of(
    reader: &Reader,
    quotations: &mut Quotations<'_>,
    head: Address,
    found: &Located,
) -> Result<ReusedPlace, QueryError> {
    let record = &found.first.record;
    let cited = &record.citation;
    let window = hull(&found.words);
    let in_document = window.shifted(record.start);
    let char_start = record.char_start + n_chars(&found.text, 0..window.range().start);
    let document = reader.document_at(head)?;
    let first_word = found.words.first().copied().unwrap_or(window);
    Ok(ReusedPlace {
        text: found.text.get(window.range()).unwrap_or_default().to_owned(),
        speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        quoted: quotations.quoted_at(head, record, first_word.shifted(record.start))?,
        date: cited.date.map(|date| date.to_string()),
        title: cited.title.clone(),
        kind: Some(cited.kind.name()),
        document_id: Some(record.document().to_string()),
        passage: Some(record.ordinal),
        page: record.page,
        byte_start: in_document.start,
        byte_end: in_document.end,
        char_start,
        char_end: char_start + n_chars(&found.text, window.range()),
        path: cited.path.clone(),
        record: cited.record,
        citation: Some(citation(&document.metadata, &Locator::of(record))),
    })
}

fn draft_place(draft: &Document, name: &str, words: &[Span]) -> ReusedPlace {
    let window = hull(words);
    let text = draft.text();
    let char_start = n_chars(text, 0..window.range().start);
    ReusedPlace {
        text: text.get(window.range()).unwrap_or_default().to_owned(),
        speaker: None,
        quoted: None,
        date: draft.metadata.date.map(|date| date.to_string()),
        title: draft.metadata.title.clone(),
        kind: None,
        document_id: None,
        passage: None,
        page: None,
        byte_start: window.start,
        byte_end: window.end,
        char_start,
        char_end: char_start + n_chars(text, window.range()),
        path: name.to_owned(),
        record: None,
        citation: None,
    }
}
