use crate::QueryError;
use crate::duplicates::{FoldedHit, fold_hits};
use crate::highlight::Highlight;
use crate::nothing::{NothingFound, explain_nothing};
use crate::parse::{Match, Syntax};
use crate::question::{Question, SeenPassage};
use onrecord_indexing::{Address, Condition, Reader, ScorePart, Scoring};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A question for passages.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The query, in the language of `docs/query-syntax.md`.
    pub query: String,
    /// The language that it is written in.
    pub syntax: Syntax,
    /// What words side by side mean.
    pub matching: Match,
    /// How many hits to return; 0 for all.
    pub limit: usize,
    /// How many of the best to pass over.
    pub offset: usize,
    /// Whether to count the hits by speaker, year, kind and priority.
    pub facets: bool,
    /// Whether hits with the same words in duplicates of a document are one.
    pub fold_duplicates: bool,
    /// Whether to tell of each hit what its score is made of.
    pub explain_score: bool,
}

/// The passages that a query found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchResponse {
    /// How many passages were found, exactly.
    pub count: u64,
    /// How many hits they come to with duplicates folded, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded_count: Option<u64>,
    /// The counts of all that were found, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// Why nothing was found, where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<NothingFound>,
    /// The page of passages: better ones first, ties by document id, then passage.
    pub hits: Vec<SearchHit>,
}

/// A passage that a query found, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchHit {
    /// The id of the document.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The title of the document.
    pub title: Option<String>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// The page that its block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// What the passage is: paragraph, list-item, heading, …
    pub block: &'static str,
    /// The headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// The text of the passage.
    pub text: String,
    /// What matched, in order and disjoint.
    pub highlights: Vec<Highlight>,
    /// Its rank value, 0 or more; only comparable within one answer.
    pub score: f32,
    /// What the score is made of, where that was asked for; the parts add up to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_parts: Option<Vec<ScoreShare>>,
    /// The ids of its priorities, in the order of the taxonomy.
    pub priorities: Vec<String>,
    /// Where it stands in the document's text, in bytes.
    pub byte_start: u32,
    /// One past its last byte.
    pub byte_end: u32,
    /// Where it stands in the document's text, in characters.
    pub char_start: u32,
    /// One past its last character.
    pub char_end: u32,
    /// The group of duplicates that its document is of, where duplicates are folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_group: Option<String>,
    /// The documents of the group that have the same words, where duplicates are folded; by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<Vec<String>>,
}

/// A part of the score of a hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreShare {
    /// What it is given for: word, exact-word, title, related or other.
    pub kind: &'static str,
    /// The word, folded; none where it is for other things than a word.
    pub word: Option<String>,
    /// What it adds to the score.
    pub score: f32,
}

impl From<ScorePart> for ScoreShare {
    fn from(part: ScorePart) -> Self {
        let word = Some(part.word).filter(|word| !word.is_empty());
        Self { kind: part.kind.name(), word, score: part.score }
    }
}

/// How many of the passages found have a value; larger counts first, ties by value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By speaker; those of none are not counted.
    pub speaker: Vec<Facet>,
    /// By year; those of none are not counted.
    pub year: Vec<Facet>,
    /// By kind of document.
    pub kind: Vec<Facet>,
    /// By priority; a passage may count under several or none.
    pub priority: Vec<Facet>,
}

/// A value with how many passages have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// The passages.
    pub count: u64,
}

/// Finds passages.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn search(reader: &Reader, request: &SearchRequest) -> Result<SearchResponse, QueryError> {
    let mut found = find_hits(reader, request)?;
    let hits = found.by_ref().collect::<Result<_, _>>()?;
    let Hits { count, folded_count, facets, nothing, .. } = found;
    Ok(SearchResponse { count, folded_count, facets, nothing, hits })
}

/// The most hits that are read before any is given out.
const PAGE: usize = 1_000;

/// Finds passages as [`search`] does, and reads each only when its turn comes, so that any number
/// of them can be written out.
///
/// # Errors
/// As [`search`]. What is damaged is noticed before the first hit is given out: a page is read
/// whole, and where more hits are asked for than a page has, all of the index is checked first.
pub fn find_hits<'a>(reader: &'a Reader, request: &SearchRequest) -> Result<Hits<'a>, QueryError> {
    let question = Question::in_syntax(reader, &request.query, request.syntax, request.matching)?;
    let condition = &question.condition;
    let is_page = (1..=PAGE).contains(&request.limit);
    if !is_page || request.fold_duplicates {
        reader.check_contents()?;
    }
    let Page { count, folded_count, hits: page, scoring } = page_of(reader, condition, request)?;
    let facets = if request.facets { Some(count_facets(reader, condition)?) } else { None };
    let nothing = if count == 0 { Some(explain_nothing(reader, &question.query)?) } else { None };
    let mut hits = Hits {
        nothing,
        count,
        folded_count,
        facets,
        folds: request.fold_duplicates,
        scoring: request.explain_score.then_some(scoring),
        question,
        read: Vec::new().into_iter(),
        hits: page.into_iter(),
    };
    if is_page {
        hits.read = hits.by_ref().collect::<Result<Vec<_>, _>>()?.into_iter();
    }
    Ok(hits)
}

/// The page that was asked for.
struct Page {
    count: u64,
    folded_count: Option<u64>,
    hits: Vec<FoldedHit>,
    scoring: Scoring,
}

fn page_of(
    reader: &Reader,
    condition: &Condition,
    request: &SearchRequest,
) -> Result<Page, QueryError> {
    let ranked = |limit, offset| match request.matching {
        Match::All => Ok((reader.search(condition, limit, offset)?, Scoring::default())),
        Match::Any => reader.search_by_words(condition, limit, offset),
    };
    if !request.fold_duplicates {
        let (found, scoring) = ranked(request.limit, request.offset)?;
        let hits = found.hits.into_iter().map(FoldedHit::alone).collect();
        return Ok(Page { count: found.count, folded_count: None, hits, scoring });
    }
    // Which hits fold depends on all that come before them.
    let (found, scoring) = ranked(0, 0)?;
    let folded = fold_hits(reader, found.hits)?;
    let folded_count = Some(folded.len() as u64);
    let limit = if request.limit == 0 { usize::MAX } else { request.limit };
    let hits = folded.into_iter().skip(request.offset).take(limit).collect();
    Ok(Page { count: found.count, folded_count, hits, scoring })
}

/// The passages that a query found, to be read one by one.
#[derive(Debug)]
pub struct Hits<'a> {
    /// How many passages were found, exactly.
    pub count: u64,
    /// How many hits they come to with duplicates folded, where that was asked for.
    pub folded_count: Option<u64>,
    /// The counts of all that were found, where they were asked for.
    pub facets: Option<Facets>,
    /// Why nothing was found, where nothing was.
    pub nothing: Option<NothingFound>,
    folds: bool,
    /// What scores are made of, where that is to be told.
    scoring: Option<Scoring>,
    question: Question<'a>,
    read: std::vec::IntoIter<SearchHit>,
    /// Those that are still to be read.
    hits: std::vec::IntoIter<FoldedHit>,
}

impl Iterator for Hits<'_> {
    type Item = Result<SearchHit, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(hit) = self.read.next() {
            return Some(Ok(hit));
        }
        let hit = self.hits.next()?;
        Some(describe(&mut self.question, hit, self.folds, self.scoring.as_ref()))
    }
}

fn describe(
    question: &mut Question<'_>,
    folded: FoldedHit,
    folds: bool,
    scoring: Option<&Scoring>,
) -> Result<SearchHit, QueryError> {
    let FoldedHit { hit, group, others } = folded;
    let SeenPassage { passage, highlights } = question.read(hit.address)?;
    let score_parts = scoring.map(|scoring| question.score_parts(scoring, &hit)).transpose()?;
    let record = passage.record;
    let document_id = record.document().to_string();
    let citation = record.citation;
    Ok(SearchHit {
        document_id,
        path: citation.path,
        record: citation.record,
        title: citation.title,
        speaker: record.speaker.map(|speaker| speaker.name.into()),
        date: citation.date.map(|date| date.to_string()),
        kind: citation.kind.name(),
        passage: record.ordinal,
        page: record.page,
        block: record.kind.name(),
        heading_path: record.headings.into_iter().map(String::from).collect(),
        highlights,
        score: hit.score,
        score_parts: score_parts.map(|parts| parts.into_iter().map(ScoreShare::from).collect()),
        priorities: record.labels.iter().map(|label| label.priority.to_string()).collect(),
        byte_start: passage.span.start,
        byte_end: passage.span.end,
        char_start: record.char_start,
        char_end: record.char_start + passage.text.chars().count() as u32,
        text: passage.text,
        duplicate_group: group.map(|group| group.to_string()),
        duplicates: folds.then(|| others.iter().map(ToString::to_string).collect()),
    })
}

fn count_facets(reader: &Reader, condition: &Condition) -> Result<Facets, QueryError> {
    let priorities = &reader.manifest().description.priorities;
    let mut speakers: BTreeMap<String, u64> = BTreeMap::new();
    let mut by_priority: BTreeMap<String, u64> = BTreeMap::new();
    let mut by_head: HashMap<Address, u64> = HashMap::new();
    reader.for_each_passage(condition, |passage| {
        *by_head.entry(passage.head).or_default() += 1;
        if let Some(speaker) = passage.speaker {
            *speakers.entry(speaker.to_string()).or_default() += 1;
        }
        for label in passage.labels {
            if let Some(priority) = priorities.get(label.priority) {
                *by_priority.entry(priority.id.clone()).or_default() += 1;
            }
        }
    })?;
    let mut years: BTreeMap<String, u64> = BTreeMap::new();
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut heads: Vec<(Address, u64)> = by_head.into_iter().collect();
    heads.sort_unstable();
    for (head, count) in heads {
        let columns = reader.document_columns(head)?;
        *kinds.entry(columns.kind.name().to_owned()).or_default() += count;
        if let Some((first, last)) = columns.days
            && first / 10_000 == last / 10_000
        {
            *years.entry(format!("{:04}", first / 10_000)).or_default() += count;
        }
    }
    Ok(Facets {
        speaker: largest_first(speakers),
        year: largest_first(years),
        kind: largest_first(kinds),
        priority: largest_first(by_priority),
    })
}

fn largest_first(counts: BTreeMap<String, u64>) -> Vec<Facet> {
    let mut facets: Vec<Facet> =
        counts.into_iter().map(|(value, count)| Facet { value, count }).collect();
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    facets
}
