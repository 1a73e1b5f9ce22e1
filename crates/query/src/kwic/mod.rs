//! Keywords in context: a line for each match of a query, with what stands left and right of it.

mod excerpt;
mod sort;

use crate::QueryError;
use crate::highlight::Highlight;
use crate::parse::Match;
use crate::question::{Question, SeenPassage};
pub use excerpt::Context;
use excerpt::Excerpt;
use onrecord_indexing::{Address, PassageRecord, Reader, StoredPassage};
use onrecord_model::{DocumentId, Span};
use onrecord_text::{fold_token, tokens};
use serde::Serialize;
use sort::KeyTable;
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
struct Place {
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
    read: std::vec::IntoIter<KwicLine>,
    /// Those that are still to be read.
    places: std::vec::IntoIter<Place>,
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
        read: Vec::new().into_iter(),
        places: Vec::new().into_iter(),
        last: None,
    };
    let lines = found.into_order(request.sample);
    concordance.n_lines = lines.len() as u64;
    let limit = if request.limit == 0 { usize::MAX } else { request.limit };
    let page: Vec<Place> = lines.into_iter().skip(request.offset).take(limit).collect();
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
    fn line_at(&mut self, place: Place) -> Result<KwicLine, QueryError> {
        let passage = match self.last.take() {
            Some((address, passage)) if address == place.address => passage,
            Some(_) | None => self.reader.passage(place.address)?,
        };
        let excerpt = Excerpt::new(self.reader, place.address, &passage, place.node.range());
        let line = describe(&passage, place.node, excerpt.cut(self.context)?);
        self.last = Some((place.address, passage));
        Ok(line)
    }
}

fn describe(passage: &StoredPassage, node: Span, texts: [String; 3]) -> KwicLine {
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
        quoted: record.quotation_of(in_document).map(|quote| {
            let attribution = quote.attribution.as_ref();
            attribution.map_or("someone", |found| found.named_as.as_str()).to_owned()
        }),
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

/// What was found of a query so far, by document id, then place.
struct Matches<'a> {
    reader: &'a Reader,
    places: Vec<Place>,
    keys: KeyTable,
    seed: Option<u64>,
    /// What chance drew for each line, where a sample is asked for.
    draws: Vec<u64>,
    n_passages: u64,
    n_documents: u64,
    n_without_match: u64,
    last_document: Option<DocumentId>,
}

impl<'a> Matches<'a> {
    fn new(reader: &'a Reader, request: &KwicRequest) -> Self {
        Self {
            reader,
            places: Vec::new(),
            keys: KeyTable::new(&request.sort),
            seed: request.sample.map(|sample| sample.seed),
            draws: Vec::new(),
            n_passages: 0,
            n_documents: 0,
            n_without_match: 0,
            last_document: None,
        }
    }

    /// Takes in the matches of a passage.
    fn take(&mut self, address: Address, seen: &SeenPassage) -> Result<(), QueryError> {
        let SeenPassage { passage, highlights } = seen;
        if highlights.is_empty() {
            self.n_without_match += 1;
            return Ok(());
        }
        let document = passage.record.document();
        self.n_passages += 1;
        self.n_documents += u64::from(self.last_document.replace(document) != Some(document));
        let words = self.keys.keys().iter().any(|key| is_word(key.by));
        let words: Vec<Span> = if words { tokens(&passage.text).collect() } else { Vec::new() };
        for Highlight { start, end, .. } in highlights {
            let place = Place { address, node: Span::new(*start, *end) };
            if let Some(seed) = self.seed {
                self.draws.push(draw_of(seed, document, &passage.record, *start));
            }
            self.push_keys(place, passage, &words)?;
            self.places.push(place);
        }
        Ok(())
    }

    fn push_keys(
        &mut self,
        place: Place,
        passage: &StoredPassage,
        words: &[Span],
    ) -> Result<(), QueryError> {
        let mut folded = String::new();
        for at in 0..self.keys.keys().len() {
            folded.clear();
            match self.keys.keys()[at].by {
                SortBy::Document => self.keys.push_place(self.places.len() as u32),
                SortBy::Date => {
                    let date = passage.record.citation.date.map(|date| date.to_string());
                    self.keys.push(date.as_deref());
                }
                SortBy::Speaker => {
                    let speaker = passage.record.speaker.as_ref();
                    self.keys.push(speaker.map(|speaker| &*speaker.name));
                }
                SortBy::Node => {
                    fold_words(&passage.text, place.node, words, &mut folded);
                    self.keys.push(Some(&folded));
                }
                SortBy::Left(distance) => {
                    let word = self.word(place, passage, words, true, distance)?;
                    self.keys.push(word.as_deref());
                }
                SortBy::Right(distance) => {
                    let word = self.word(place, passage, words, false, distance)?;
                    self.keys.push(word.as_deref());
                }
            }
        }
        Ok(())
    }

    /// Returns the folded word at a distance from the node; none beyond the paragraph.
    fn word(
        &self,
        place: Place,
        passage: &StoredPassage,
        words: &[Span],
        is_left: bool,
        distance: u8,
    ) -> Result<Option<String>, QueryError> {
        let distance = usize::from(distance);
        let at = if is_left {
            words.partition_point(|word| word.end <= place.node.start).checked_sub(distance)
        } else {
            Some(words.partition_point(|word| word.start < place.node.end) + distance - 1)
        };
        let mut folded = String::new();
        if let Some(word) = at.and_then(|at| words.get(at)) {
            fold_token(passage.text.get(word.range()).unwrap_or_default(), &mut folded);
            return Ok(Some(folded));
        }
        // Not in the passage: the paragraph may go on in another one.
        let node = place.node.range();
        let mut excerpt = Excerpt::new(self.reader, place.address, passage, node);
        let word = excerpt.word(is_left, distance)?;
        Ok(word.map(|word| {
            fold_token(word, &mut folded);
            folded
        }))
    }

    /// Returns the lines that were drawn, or all, in the order that was asked for.
    fn into_order(self, sample: Option<KwicSample>) -> Vec<Place> {
        let Self { places, keys, draws, .. } = self;
        let mut order: Vec<u32> = (0..places.len() as u32).collect();
        if let Some(KwicSample { n_lines, .. }) = sample
            && n_lines < order.len()
        {
            order.sort_unstable_by_key(|line| (draws[*line as usize], *line));
            order.truncate(n_lines);
            order.sort_unstable();
        }
        keys.sort(&mut order);
        order.into_iter().filter_map(|line| places.get(line as usize)).copied().collect()
    }
}

const fn is_word(by: SortBy) -> bool {
    match by {
        SortBy::Left(_) | SortBy::Right(_) | SortBy::Node => true,
        SortBy::Date | SortBy::Speaker | SortBy::Document => false,
    }
}

/// Folds the words of a stretch, with blanks between them.
fn fold_words(text: &str, stretch: Span, words: &[Span], folded: &mut String) {
    let first = words.partition_point(|word| word.start < stretch.start);
    for word in words.iter().skip(first).take_while(|word| word.end <= stretch.end) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        fold_token(text.get(word.range()).unwrap_or_default(), folded);
    }
}

/// Draws a number for a line: the same whatever else there is.
fn draw_of(seed: u64, document: DocumentId, record: &PassageRecord, start: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes()).update(document.as_bytes());
    hasher.update(&record.ordinal.to_le_bytes()).update(&start.to_le_bytes());
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
