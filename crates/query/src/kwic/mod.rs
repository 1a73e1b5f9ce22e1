//! Keywords in context: a line for each match of a query, with what stands left and right of it.

mod excerpt;
mod matches;
mod sort;

use crate::QueryError;
use crate::parse::Match;
use crate::question::Question;
use crate::quotations::Quotations;
pub use excerpt::Context;
use excerpt::Excerpt;
use matches::Matches;
use onrecord_indexing::{Address, Reader, StoredPassage};
use onrecord_model::Span;
use serde::Serialize;
pub use sort::{SortBy, SortKey};

/// The most lines that are read before any is given out.
const PAGE: usize = 1_000;

/// A question for the matches of a query in their context.
#[derive(Clone, Debug, Default)]
pub struct KwicRequest {
    /// The query, in the language of `docs/query-syntax.md`.
    pub query: String,
    /// What words side by side mean.
    pub matching: Match,
    /// What lines are sorted by, the first key first; ties by document id, then place.
    pub sort: Vec<SortKey>,
    /// How much of its paragraph a line shows.
    pub context: Context,
    /// How many lines to draw by chance, all without it.
    pub sample: Option<KwicSample>,
    /// How many lines to return; 0 for all.
    pub limit: usize,
    /// How many of the first to pass over.
    pub offset: usize,
}

/// A draw of lines by chance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KwicSample {
    /// How many.
    pub n_lines: usize,
    /// What chance goes by: the same seed draws the same lines, and of more lines these too.
    pub seed: u64,
}

/// A match of a query in its context, with all that is needed to cite it.
///
/// `left`, `node` and `right` joined are a stretch of the document's text, letter by letter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KwicLine {
    /// What stands before the node.
    pub left: String,
    /// What the query matched.
    pub node: String,
    /// What stands behind it.
    pub right: String,
    /// The id of the document.
    pub document_id: String,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// What the passage is: paragraph, list-item, heading, …
    pub block: &'static str,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// Whom they quote with the node, as written; `someone` where that cannot be told.
    pub quoted: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// The title of the document.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The ids of the passage's priorities, in the order of the taxonomy.
    pub priorities: Vec<String>,
    /// Where the node stands in the document's text, in characters.
    pub char_start: u32,
    /// One past its last character.
    pub char_end: u32,
    /// Where the node stands in the document's text, in bytes.
    pub byte_start: u32,
    /// One past its last byte.
    pub byte_end: u32,
    /// The file that the document came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The page that the passage's block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
}

/// Where a line's node stands.
#[derive(Clone, Copy, Debug)]
struct NodePlace {
    address: Address,
    /// In bytes of the passage's text.
    node: Span,
}

/// The lines that a query found, to be read one by one.
#[derive(Debug)]
pub struct Concordance<'a> {
    /// How many matches the query has: lines without a sample.
    pub n_matches: u64,
    /// How many lines there are, of which a page is returned.
    pub n_lines: u64,
    /// In how many passages the matches stand.
    pub n_passages: u64,
    /// In how many documents they stand.
    pub n_documents: u64,
    /// How many passages meet the query where none of its words stands, so that there is nothing to
    /// line up: those that a query of fields alone finds.
    pub n_passages_without_match: u64,
    reader: &'a Reader,
    context: Context,
    quotations: Quotations<'a>,
    read: std::vec::IntoIter<KwicLine>,
    /// Those that are still to be read.
    places: std::vec::IntoIter<NodePlace>,
    /// The passage that was read last.
    last: Option<(Address, StoredPassage)>,
}

/// Finds the matches of a query, and reads each with its context only when its turn comes, so that
/// any number of them can be written out.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written. What is
/// damaged is noticed before the first line is given out: a page is read whole, and where more lines
/// are asked for than a page has, all of the index is checked first.
pub fn find_lines<'a>(
    reader: &'a Reader,
    request: &KwicRequest,
) -> Result<Concordance<'a>, QueryError> {
    let mut question = Question::new(reader, &request.query, request.matching)?;
    let is_page = (1..=PAGE).contains(&request.limit);
    if !is_page {
        reader.check_contents()?;
    }
    let mut found = Matches::new(reader, request);
    for address in reader.addresses(&question.condition)? {
        let seen = question.read(address)?;
        found.take(address, &seen)?;
    }
    let mut concordance = Concordance {
        n_matches: found.places.len() as u64,
        n_lines: 0,
        n_passages: found.n_passages,
        n_documents: found.n_documents,
        n_passages_without_match: found.n_without_match,
        reader,
        context: request.context,
        quotations: Quotations::of(reader),
        read: Vec::new().into_iter(),
        places: Vec::new().into_iter(),
        last: None,
    };
    let lines = found.into_order(request.sample);
    concordance.n_lines = lines.len() as u64;
    let limit = if request.limit == 0 { usize::MAX } else { request.limit };
    let page: Vec<NodePlace> = lines.into_iter().skip(request.offset).take(limit).collect();
    concordance.places = page.into_iter();
    if is_page {
        let read = concordance.by_ref().collect::<Result<Vec<_>, _>>()?;
        concordance.read = read.into_iter();
    }
    Ok(concordance)
}

impl Iterator for Concordance<'_> {
    type Item = Result<KwicLine, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(line) = self.read.next() {
            return Some(Ok(line));
        }
        let place = self.places.next()?;
        Some(self.line_at(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n_left = self.read.len() + self.places.len();
        (n_left, Some(n_left))
    }
}

impl ExactSizeIterator for Concordance<'_> {}

impl Concordance<'_> {
    fn line_at(&mut self, place: NodePlace) -> Result<KwicLine, QueryError> {
        let passage = match self.last.take() {
            Some((address, passage)) if address == place.address => passage,
            Some(_) | None => self.reader.passage(place.address)?,
        };
        let excerpt = Excerpt::new(self.reader, place.address, &passage, place.node.range());
        let texts = excerpt.cut(self.context)?;
        let head = self.reader.sibling(place.address, &passage.record, 0);
        let node = place.node.shifted(passage.record.start);
        let quoted = self.quotations.quoted_at(head, &passage.record, node)?;
        let line = describe(&passage, place.node, texts, quoted);
        self.last = Some((place.address, passage));
        Ok(line)
    }
}

fn describe(
    passage: &StoredPassage,
    node: Span,
    texts: [String; 3],
    quoted: Option<String>,
) -> KwicLine {
    let StoredPassage { text, record, .. } = passage;
    let [left, shown, right] = texts;
    let before = text.get(..node.range().start).unwrap_or_default();
    let char_start = record.char_start + before.chars().count() as u32;
    let in_document = node.shifted(record.start);
    let citation = &record.citation;
    KwicLine {
        char_start,
        char_end: char_start + shown.chars().count() as u32,
        left,
        node: shown,
        right,
        document_id: record.document().to_string(),
        passage: record.ordinal,
        block: record.kind.name(),
        speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        quoted,
        date: citation.date.map(|date| date.to_string()),
        title: citation.title.clone(),
        kind: citation.kind.name(),
        priorities: record.labels.iter().map(|label| label.priority.to_string()).collect(),
        byte_start: in_document.start,
        byte_end: in_document.end,
        path: citation.path.clone(),
        record: citation.record,
        page: record.page,
    }
}
