//! A line's genealogy: every use of it, in the order of time, each with the earlier use that its
//! words are nearest to.

use super::days::TimeOrder;
use super::descent::{Descendant, First, Link, firsts, firsts_of_wordings, link};
use super::uses::{Seeker, Telling, Use, fold};
use super::wording::align_whole;
use crate::QueryError;
use crate::cited::CitedWords;
use crate::find::{DiffPiece, MAX_WORDS};
use crate::locate::passage_of;
use crate::question::condition_of;
use crate::quotations::Quotations;
use onrecord_indexing::{Address, Condition, Part, Reader, StoredPassage};
use onrecord_model::DocumentId;
use onrecord_text::{Lexicon, Words, diff, format_diff};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// A question for the uses of a line.
#[derive(Clone, Debug, Default)]
pub struct LineRequest {
    /// The line; empty where the passage of `start` is the line.
    pub line: String,
    /// The use from which the others are looked at.
    pub start: Option<LineStart>,
    /// How alike the words of a use are to the line at least, 0 to 1; none for 0.6, or 0.75 for a
    /// line of fewer than eight words.
    pub min_similarity: Option<f32>,
    /// A query that the passages must meet; all where there is none.
    pub query: Option<String>,
    /// Whether copies and other transcripts of one speech count each for itself.
    pub keep_duplicates: bool,
}

/// How alike the words of a use are to a line of so many words where nothing else is asked for: of
/// a short one, a word or two are most of what it says.
const fn usual_similarity(n_words: usize) -> f32 {
    if n_words < 8 { 0.75 } else { 0.6 }
}

/// A passage with a use of a line.
#[derive(Clone, Debug)]
pub struct LineStart {
    /// The id of the document.
    pub document: String,
    /// The passage, counted from 0.
    pub passage: u32,
}

/// The uses of a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineResponse {
    /// The line.
    pub line: String,
    /// How alike the words of a use are to it at least, 0 to 1.
    pub min_similarity: f32,
    /// The uses, those without a date among them.
    pub n_uses: usize,
    /// Those without a date: any of them may be earlier than the first.
    pub n_undated: usize,
    /// The documents that they stand in, those of `also_in` among them.
    pub n_documents: usize,
    /// The query that the passages had to meet; none where all were looked at.
    pub query: Option<String>,
    /// The documents that were looked at: those with speech that meets the query, or all of the
    /// index.
    pub n_documents_searched: u64,
    /// The different wordings, by their words.
    pub n_wordings: usize,
    /// The uses that may be the first: 1 where it is sure among those with a date.
    pub n_first: usize,
    /// The uses that were left out, as they stand in the same words in a copy or another
    /// transcript; see `also_in`.
    pub n_folded: usize,
    /// The passages with the very words of the line.
    pub n_exact_found: usize,
    /// Those of them that were read, the earliest; fewer only where there are very many.
    pub n_exact_read: usize,
    /// The passages that share many of the line's words by their weight.
    pub n_near_found: u64,
    /// Those of them that were read, those with most; where they are fewer, uses in other words
    /// may be missing.
    pub n_near_read: usize,
    /// The uses by the first day that the date may mean, then the last; those without a date
    /// behind the others; ties by document id, then place.
    pub uses: Vec<LineUse>,
}

/// A use of a line, with all that is needed to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineUse {
    /// Its place among the uses, counted from 1.
    pub number: usize,
    /// Whether it is the first: `yes`, `perhaps` where another of the same day or of an
    /// overlapping date may be, `no`, or `undated`. Of several in one document it is the first.
    pub first: &'static str,
    /// The same among the uses in its very words.
    pub first_of_wording: &'static str,
    /// What is known of its order to the use above: `after`, `same-document` where it stands
    /// further on in the same text, `same-day`, `cannot-tell`.
    pub order: Option<&'static str>,
    /// How alike its words are to those of the line, 0 to 1.
    pub similarity: f32,
    /// The number of the first use in the list that has the very same words.
    pub wording: usize,
    /// The earlier use that its words are nearest to; none where none is sure to be earlier.
    pub parent: Option<ParentLink>,
    /// Where a use was given to start from: `start`, `ancestor` and `descendant` along the links;
    /// else by time `before`, `after`, `same-day` or `cannot-tell`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<&'static str>,
    /// The copies and other transcripts that have the same words, by id.
    pub also_in: Vec<String>,
    /// What was said, and where.
    #[serde(flatten)]
    pub cited: CitedWords,
}

/// The earlier use that a use is nearest to in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParentLink {
    /// Its number.
    pub number: usize,
    /// How alike the two are, 0 to 1: the words of both, divided by those of either.
    pub similarity: f32,
    /// How many earlier uses are as near, the parent among them.
    pub n_equally_near: usize,
    /// What makes the use of its parent, in one string: `[-dropped-]`, `{+added+}`.
    pub diff: String,
    /// The same in pieces.
    pub parts: Vec<DiffPiece>,
}

/// Traces a line: finds its uses and links each to the nearest earlier one.
///
/// # Errors
/// When the line has no words or too many, the passage to start from does not exist or has no use
/// of it, the query cannot be understood, or what the index holds is not what was written.
pub fn trace_line(reader: &Reader, request: &LineRequest) -> Result<LineResponse, QueryError> {
    reader.check_contents()?;
    let mut lexicon = Lexicon::new();
    let start = request.start.as_ref().map(|start| read_start(reader, start)).transpose()?;
    let (written, line) = match &start {
        Some((passage, _)) if request.line.is_empty() => said_in(passage, &mut lexicon),
        Some(_) | None => (request.line.clone(), Words::of_text(&request.line, &mut lexicon)),
    };
    match line.all().ids.len() {
        0 => return Err(QueryError::NoWords),
        n_words if n_words > MAX_WORDS => {
            return Err(QueryError::LongLine { n_words, limit: MAX_WORDS });
        }
        _ => {}
    }
    let min_similarity =
        request.min_similarity.unwrap_or_else(|| usual_similarity(line.all().ids.len()));
    let among = request.query.as_deref().map(|query| condition_of(reader, query)).transpose()?;
    let seeker = Seeker {
        reader,
        line: &line,
        telling: &Telling::of(reader, &line, &lexicon)?,
        min_similarity,
        among: among.clone(),
    };
    let (uses, coverage) = seeker.find(&mut lexicon)?;
    let (uses, n_folded) = if request.keep_duplicates { (uses, 0) } else { fold(uses) };
    let tree = Tree::of(uses, &mut lexicon);
    let start = start.map(|(_, start)| tree.start(start)).transpose()?;
    let uses = tree.describe(reader, start, &mut lexicon)?;
    let n_documents_searched = match &among {
        Some(among) => n_documents_of(reader, among)?,
        None => reader.n_documents()?,
    };
    Ok(LineResponse {
        line: written,
        query: request.query.clone(),
        min_similarity,
        n_uses: uses.len(),
        n_undated: tree.uses.iter().filter(|one| one.days.is_none()).count(),
        n_documents: tree.n_documents(),
        n_documents_searched,
        n_wordings: tree.uses.iter().map(|one| one.variant).collect::<BTreeSet<_>>().len(),
        n_first: tree.firsts.iter().filter(|first| first.is_possible()).count(),
        n_folded,
        n_exact_found: coverage.n_exact_found,
        n_exact_read: coverage.n_exact_read,
        n_near_found: coverage.n_near_found,
        n_near_read: coverage.n_near_read,
        uses,
    })
}

/// Reads the passage to start from, with its document and its place there.
fn read_start(
    reader: &Reader,
    start: &LineStart,
) -> Result<(StoredPassage, (DocumentId, u32)), QueryError> {
    let (id, address) = passage_of(reader, &start.document, start.passage)?;
    Ok((reader.passage(address)?, (id, start.passage)))
}

/// Takes what was said of a passage as a line: no label of a turn and no stage direction.
fn said_in(passage: &StoredPassage, lexicon: &mut Lexicon) -> (String, Words) {
    let spoken = passage.record.spoken(&passage.text);
    let ends = spoken.first().zip(spoken.last());
    let said =
        ends.and_then(|(first, last)| passage.text.get(first.range().start..last.range().end));
    let written = said.unwrap_or_default().to_owned();
    (written, Words::of_tokens(&passage.text, spoken, lexicon))
}

/// Counts the documents with speech that meets a condition.
fn n_documents_of(reader: &Reader, among: &Condition) -> Result<u64, QueryError> {
    let speech = Condition::And(vec![among.clone(), Condition::Part(Part::Body)]);
    let mut heads = BTreeSet::new();
    reader.for_each_passage(&speech, |passage| {
        heads.insert(passage.head);
    })?;
    Ok(heads.len() as u64)
}

/// The uses with their links.
struct Tree {
    uses: Vec<Use>,
    firsts: Vec<First>,
    firsts_of_wordings: Vec<First>,
    links: Vec<Option<Link>>,
    /// The place of the first use of each variant.
    first_of_variant: Vec<usize>,
}

impl Tree {
    fn of(uses: Vec<Use>, lexicon: &mut Lexicon) -> Self {
        let n_variants = uses.iter().map(|one| one.variant + 1).max().unwrap_or(0);
        let mut first_of_variant = vec![0; n_variants];
        for (place, one) in uses.iter().enumerate().rev() {
            if let Some(first) = first_of_variant.get_mut(one.variant) {
                *first = place;
            }
        }
        let descendants: Vec<Descendant<Address>> = uses
            .iter()
            .map(|one| Descendant {
                days: one.days,
                variant: one.variant,
                document: one.place.head,
                work: one.work,
            })
            .collect();
        let mut known: HashMap<(usize, usize), f32> = HashMap::new();
        let similarity = |earlier: usize, later: usize| {
            *known.entry((earlier, later)).or_insert_with(|| {
                let use_of = |variant: usize| uses.get(*first_of_variant.get(variant)?);
                let both = use_of(earlier).zip(use_of(later));
                let alignment = both
                    .and_then(|(one, other)| align_whole(one.wording(), other.wording(), lexicon));
                alignment.map_or(0.0, |alignment| alignment.similarity)
            })
        };
        let links = link(&descendants, similarity);
        Self {
            firsts: firsts(&descendants),
            firsts_of_wordings: firsts_of_wordings(&descendants),
            links,
            first_of_variant,
            uses,
        }
    }

    /// Counts the documents that the uses stand in, those that were folded too.
    fn n_documents(&self) -> usize {
        let mut documents = BTreeSet::new();
        for one in &self.uses {
            documents.insert(one.place.document);
            documents.extend(one.also_in.iter().map(|(document, _)| *document));
        }
        documents.len()
    }

    /// Describes the uses; `start` is the one from which the others are looked at.
    fn describe(
        &self,
        reader: &Reader,
        start: Option<usize>,
        lexicon: &mut Lexicon,
    ) -> Result<Vec<LineUse>, QueryError> {
        let mut quotations = Quotations::of(reader);
        let describe = |at: usize| {
            let cited = self.uses[at].place.cited(reader, &mut quotations)?;
            Ok(describe(self, at, start, cited, lexicon))
        };
        (0..self.uses.len()).map(describe).collect()
    }

    /// Finds the use in a passage, of several the nearest to the line.
    fn start(&self, (document, passage): (DocumentId, u32)) -> Result<usize, QueryError> {
        let is_there = |one: &Use| {
            let own = (one.place.document, one.place.record.ordinal);
            own == (document, passage) || one.also_in.contains(&(document, passage))
        };
        let found = self.uses.iter().enumerate().filter(|(_, one)| is_there(one));
        let nearest = found.max_by(|(at, one), (other_at, other)| {
            let similarity = |one: &Use| one.place.alignment.similarity;
            similarity(one).total_cmp(&similarity(other)).then(other_at.cmp(at))
        });
        nearest.map(|(at, _)| at).ok_or(QueryError::NotUsed { document, passage })
    }

    /// Tells how a use stands to the one at `start`.
    fn relation(&self, at: usize, start: usize) -> &'static str {
        if at == start {
            return "start";
        }
        if self.is_ancestor(at, start) {
            return "ancestor";
        }
        if self.is_ancestor(start, at) {
            return "descendant";
        }
        let days = |at: usize| self.uses.get(at).and_then(|one| one.days);
        TimeOrder::of(days(at), days(start)).name()
    }

    /// Tells whether the links lead from a use up to another. They end: each goes back in time.
    fn is_ancestor(&self, ancestor: usize, mut of: usize) -> bool {
        while let Some(link) = self.links.get(of).copied().flatten() {
            if link.parent == ancestor {
                return true;
            }
            of = link.parent;
        }
        false
    }
}

/// Says how a use stands to the others.
fn describe(
    tree: &Tree,
    at: usize,
    start: Option<usize>,
    cited: CitedWords,
    lexicon: &mut Lexicon,
) -> LineUse {
    let one = &tree.uses[at];
    let place = &one.place;
    let above = at.checked_sub(1).and_then(|above| tree.uses.get(above));
    LineUse {
        number: at + 1,
        first: tree.firsts[at].name(),
        first_of_wording: tree.firsts_of_wordings[at].name(),
        order: above.map(|above| match above.place.document == place.document {
            true => "same-document",
            false => TimeOrder::of(one.days, above.days).name(),
        }),
        similarity: place.alignment.similarity,
        wording: tree.first_of_variant[one.variant] + 1,
        parent: tree.links[at].and_then(|link| parent_link(tree, one, link, lexicon)),
        relation: start.map(|start| tree.relation(at, start)),
        also_in: one.also_in.iter().map(|(document, _)| document.to_string()).collect(),
        cited,
    }
}

fn parent_link(tree: &Tree, one: &Use, link: Link, lexicon: &mut Lexicon) -> Option<ParentLink> {
    let parent = tree.uses.get(link.parent)?;
    let alignment = align_whole(parent.wording(), one.wording(), lexicon)?;
    let parts = diff(&alignment, &parent.place.text, &one.place.text);
    Some(ParentLink {
        number: link.parent + 1,
        similarity: link.similarity,
        n_equally_near: link.n_equally_near,
        diff: format_diff(&parts),
        parts: DiffPiece::all(&parts),
    })
}
