use super::{Citations, Locator, TextQuoteSelector, fragment, work::Work};
use crate::QueryError;
use crate::locate::{document_of, passages_of};
use onrecord_indexing::{Address, IndexError, PassageRecord, Reader};
use onrecord_model::{DocumentId, Span};
use serde::Serialize;
use std::ops::Range;

/// A question for the citation of a document or a place in it.
#[derive(Clone, Debug, Default)]
pub struct CiteRequest {
    /// The id of the document.
    pub document: String,
    /// The passage, counted from 0.
    pub passage: Option<u32>,
    /// The characters quoted, counted from 0 in the document's text; they go over the passage.
    pub characters: Option<Range<u32>>,
}

/// The citations of a document, or of a place in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CiteResponse {
    /// The id of the document.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The passage cited, or the one that the characters begin in.
    pub passage: Option<u32>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The page, counted from 1, where the document has pages.
    pub page: Option<u32>,
    /// The paragraph, counted from 1 among those that were said.
    pub paragraph: Option<u32>,
    /// Where the place begins in the document's text, in characters.
    pub char_start: Option<u32>,
    /// Where it ends.
    pub char_end: Option<u32>,
    /// The citations.
    pub citations: Citations,
    /// The fields of the record that were guessed from the text or the file's name.
    pub inferred: Vec<String>,
    /// Names the words in any copy of the text.
    pub selector: Option<TextQuoteSelector>,
    /// Where the document can be seen, at the words where they can be told from others.
    pub link: Option<String>,
}

/// Cites a document, or a place in it.
///
/// # Errors
/// When there is no such document or place, or what the index holds is not what was written.
pub fn cite(reader: &Reader, request: &CiteRequest) -> Result<CiteResponse, QueryError> {
    let (id, head) = document_of(reader, &request.document)?;
    let record = reader.document_at(head)?;
    let place = if request.passage.is_some() || request.characters.is_some() {
        Some(CitedPlace::find(reader, id, head, record.n_passages, request)?)
    } else {
        None
    };
    let metadata = &record.metadata;
    let locator = place.as_ref().map(|place| place.locator.clone()).unwrap_or_default();
    let url = Work::new(metadata, &locator).url;
    let link = match (&place, url) {
        (Some(place), Some(url)) => {
            let Range { start, end } = place.span.range();
            fragment::link(url, &place.text, start, end).or_else(|| Some(url.to_owned()))
        }
        (_, url) => url.map(str::to_owned),
    };
    let selector = place.as_ref().and_then(|place| {
        TextQuoteSelector::new(&place.text, place.span.range().start, place.span.range().end)
    });
    Ok(CiteResponse {
        document_id: id.to_string(),
        path: metadata.source.path.to_string_lossy().into_owned(),
        passage: place.as_ref().map(|place| place.passage),
        page: locator.page,
        paragraph: locator.paragraph,
        char_start: place.as_ref().map(|place| place.characters.start),
        char_end: place.as_ref().map(|place| place.characters.end),
        citations: Citations::of(metadata, id, &locator),
        inferred: metadata.inferred.iter().map(|field| field.name().to_owned()).collect(),
        speaker: locator.speaker,
        selector,
        link,
    })
}

/// A place in a document, and the document's text around it.
struct CitedPlace {
    text: String,
    span: Span,
    characters: Range<u32>,
    passage: u32,
    locator: Locator,
}

impl CitedPlace {
    fn find(
        reader: &Reader,
        id: DocumentId,
        head: Address,
        n_passages: u32,
        request: &CiteRequest,
    ) -> Result<Self, QueryError> {
        passages_of(id, request.passage, n_passages)?;
        let (text, passages) = read(reader, head, n_passages)?;
        let span = match (&request.characters, request.passage) {
            (Some(characters), _) => bytes_of(&text, characters)?,
            (None, Some(ordinal)) => passages
                .get(ordinal as usize)
                .map(|(_, span)| *span)
                .ok_or(IndexError::NoPassage { document: id, ordinal, n_passages })?,
            (None, None) => Span::from_range(0..text.len()),
        };
        // The passage that the words begin in.
        let at = passages.partition_point(|(_, passage)| passage.end <= span.start);
        let at = at.min(passages.len().saturating_sub(1));
        let record = passages.get(at).map(|(record, _)| record);
        let mut locator = record.map(Locator::of).unwrap_or_default();
        let end_speaker =
            passages.iter().filter(|(_, passage)| passage.overlaps(span)).any(|(record, _)| {
                record.speaker.as_ref().map(|s| &*s.name) != locator.speaker.as_deref()
            });
        if end_speaker {
            // Words of two speakers are no one's.
            locator.speaker = None;
            locator.is_unattributed = true;
        }
        let records: Vec<&PassageRecord> = passages.iter().map(|(record, _)| record).collect();
        locator.paragraph = paragraph_of(&records, at);
        let n_before = count(&text, 0, span.start);
        let characters = n_before..n_before + count(&text, span.start, span.end);
        Ok(Self { text, span, characters, passage: at as u32, locator })
    }
}

/// Reads the text of a document, and its passages with where they stand in it.
fn read(
    reader: &Reader,
    head: Address,
    n_passages: u32,
) -> Result<(String, Vec<(PassageRecord, Span)>), QueryError> {
    let mut text = String::new();
    let mut passages = Vec::with_capacity(n_passages as usize);
    for ordinal in 0..n_passages {
        let stored = reader.passage(reader.passage_of(head, ordinal))?;
        text.push_str(&stored.record.lead);
        let start = text.len();
        text.push_str(&stored.text);
        passages.push((stored.record, Span::from_range(start..text.len())));
    }
    Ok((text, passages))
}

/// Finds the bytes of a stretch of characters, without the blanks at its ends.
fn bytes_of(text: &str, characters: &Range<u32>) -> Result<Span, QueryError> {
    let n_characters = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let none = || QueryError::Characters {
        start: characters.start,
        end: characters.end,
        n_characters: n_characters(),
    };
    if characters.start >= characters.end {
        return Err(none());
    }
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let start = starts.nth(characters.start as usize).ok_or_else(none)?;
    let n_more = characters.end - characters.start - 1;
    let end = starts.nth(n_more as usize).ok_or_else(none)?;
    let words = text.get(start..end).unwrap_or_default();
    let from = start + words.len() - words.trim_start().len();
    let to = from + words.trim().len();
    if words.trim().is_empty() { Err(none()) } else { Ok(Span::from_range(from..to)) }
}

fn count(text: &str, start: u32, end: u32) -> u32 {
    let stretch = text.get(start as usize..end as usize).unwrap_or_default();
    u32::try_from(stretch.chars().count()).unwrap_or(u32::MAX)
}

/// Counts the paragraph of a passage among those that were said, from 1; none for what was not.
fn paragraph_of(passages: &[&PassageRecord], at: usize) -> Option<u32> {
    let passage = passages.get(at)?;
    if !passage.kind.is_speech() {
        return None;
    }
    // A paragraph that is cut into several passages ends with the last of them.
    let before = passages.get(..at)?;
    let n_ended = before.iter().filter(|p| p.kind.is_speech() && !p.continues).count();
    u32::try_from(n_ended + 1).ok()
}
