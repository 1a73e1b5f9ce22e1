mod stretch;

use crate::QueryError;
use crate::base::{Base, asks_for_words};
use crate::parse::Match;
use crate::question::Question;
use crate::statistics::{Cooccurrence, is_rare, log_dice};
use crate::tally::{Speech, Spoken, Vocabulary, WordForm};
use onrecord_indexing::Reader;
use onrecord_model::Span;
use onrecord_text::sentences;
use serde::Serialize;
use stretch::{Side, Stretch};

/// The widest window, in words to either side.
const MAX_WINDOW: usize = 100;

/// A question for the words that keep company with what a query matches.
#[derive(Clone, Debug)]
pub struct CollocatesRequest {
    /// The query whose matches are looked around.
    pub query: String,
    /// How many words to the left and to the right are near, 1 to 100.
    pub window: usize,
    /// What the words near have to share with the match.
    pub within: Within,
    /// The form of the words.
    pub form: WordForm,
    /// Whether function words are left out of the rows; they take their places all the same.
    pub content_only: bool,
    /// Words that stand near less often are left out.
    pub min_count: u64,
    /// What comes first.
    pub sort: CollocateSort,
    /// How many rows to return; 0 for all.
    pub limit: usize,
}

/// How far a window reaches at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// To the ends of the paragraph.
    #[default]
    Paragraph,
    /// To the ends of the sentence.
    Sentence,
}

impl Within {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Paragraph, Self::Sentence];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }

    /// Returns the bound of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|within| within.name() == name)
    }
}

/// What collocates are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CollocateSort {
    /// How exclusive the company is.
    #[default]
    LogDice,
    /// How much more often than expected.
    Mi,
    /// The same, with less weight on rare words.
    Mi3,
    /// How sure it is that it is more often than expected.
    T,
    /// The evidence that it is more, or less, often than expected.
    G2,
    /// How often.
    Count,
}

impl CollocateSort {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::LogDice, Self::Mi, Self::Mi3, Self::T, Self::G2, Self::Count];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogDice => "log-dice",
            Self::Mi => "mi",
            Self::Mi3 => "mi3",
            Self::T => "t",
            Self::G2 => "g2",
            Self::Count => "count",
        }
    }

    /// Returns the order of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }

    fn of(self, row: &CollocateRow) -> f64 {
        match self {
            Self::LogDice => row.log_dice,
            Self::Mi => row.mi,
            Self::Mi3 => row.mi3,
            Self::T => row.t,
            Self::G2 => row.g2,
            Self::Count => row.count as f64,
        }
    }
}

/// The words that keep company with what a query matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CollocatesResponse {
    /// The part of the query that says what is counted in; none for all speech.
    pub base: Option<String>,
    /// Words of speech in the base, those of matches apart.
    pub base_words: u64,
    /// Matches in it.
    pub matches: u64,
    /// Documents with a match.
    pub documents: u64,
    /// Words near a match: the places of collocates.
    pub near: u64,
    /// Different words that stand near often enough to be listed.
    pub listed: u64,
    /// By what was asked for, ties in the order of their letters.
    pub rows: Vec<CollocateRow>,
}

/// A word that stands near matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CollocateRow {
    /// The word, folded, or its stem.
    pub collocate: String,
    /// Places of it near a match; one that is near two counts once.
    pub count: u64,
    /// Of these, places before the nearest match.
    pub left: u64,
    /// Places behind it.
    pub right: u64,
    /// Places of the word in the base, those in matches apart.
    pub base_count: u64,
    /// How many places near would be the word's by chance.
    pub expected: f64,
    /// How exclusive the company is, mostly below 14.
    pub log_dice: f64,
    /// Mutual information.
    pub mi: f64,
    /// Mutual information with the count cubed.
    pub mi3: f64,
    /// The t-score.
    pub t: f64,
    /// G², 0 or more, also where the word is less often near than by chance.
    pub g2: f64,
    /// Documents with such a place.
    pub documents: u64,
    /// Whether so few are near, and so few are expected, that G² is not to be relied upon.
    pub is_rare: bool,
}

/// Finds the words that stand near the matches of a query, and measures how far that is chance.
///
/// # Errors
/// When the query cannot be understood or looks for no words, or what the index holds is not what
/// was written.
pub fn find_collocates(
    reader: &Reader,
    request: &CollocatesRequest,
) -> Result<CollocatesResponse, QueryError> {
    let question = Question::new(reader, &request.query, Match::All)?;
    let base = Base::of(reader, &question.query)?;
    if !asks_for_words(&question.query.root) {
        return Err(QueryError::NoMatches);
    }
    let speech = Speech::new(reader, base.condition, question.condition.clone())?;
    let mut company = Company::new(question, request);
    speech.for_each(|spoken| company.add(spoken))?;
    company.end_paragraph();
    Ok(company.respond(base.written))
}

/// What is counted around matches.
struct Company<'a> {
    question: Question<'a>,
    request: &'a CollocatesRequest,
    window: usize,
    vocabulary: Vocabulary,
    stretch: Stretch,
    document: u32,
    /// By word.
    counts: Vec<WordCounts>,
    base_words: u64,
    matches: u64,
    near: u64,
    /// Documents with a match.
    documents: u64,
    /// The last of them.
    last_document: Option<u32>,
}

/// What is counted of a word.
#[derive(Clone, Copy, Debug, Default)]
struct WordCounts {
    /// Outside matches.
    base: u64,
    /// Near one: before it, and behind it.
    near: [u64; 2],
    documents: u64,
    /// The document of the last place, counted from 1; 0 for none.
    last: u32,
}

impl WordCounts {
    /// Adds a place, near a match if it is on a side of one.
    fn add(&mut self, side: Option<usize>, document: u32) {
        self.base += 1;
        let Some(near) = side.and_then(|side| self.near.get_mut(side)) else { return };
        *near += 1;
        if self.last != document + 1 {
            self.last = document + 1;
            self.documents += 1;
        }
    }
}

impl<'a> Company<'a> {
    fn new(question: Question<'a>, request: &'a CollocatesRequest) -> Self {
        Self {
            question,
            request,
            window: request.window.clamp(1, MAX_WINDOW),
            vocabulary: Vocabulary::new(request.form),
            stretch: Stretch::default(),
            document: 0,
            counts: Vec::new(),
            base_words: 0,
            matches: 0,
            near: 0,
            documents: 0,
            last_document: None,
        }
    }

    /// Adds a passage, behind the others of its paragraph.
    fn add(&mut self, spoken: &Spoken<'_>) -> Result<(), QueryError> {
        if !spoken.goes_on {
            self.end_paragraph();
        }
        self.document = spoken.document;
        let text = &spoken.passage.text;
        let sentences = match self.request.within {
            Within::Paragraph => Vec::new(),
            Within::Sentence => sentences(text, Span::from_range(0..text.len())),
        };
        let from = self.stretch.words.len();
        self.vocabulary.number(text, spoken.tokens, &mut self.stretch.words);
        self.stretch.add_sentences(spoken.tokens, &sentences);
        if spoken.is_marked {
            let seen = self.question.read(spoken.address)?;
            for lit in &seen.highlights {
                let first = spoken.tokens.partition_point(|token| token.end <= lit.start);
                let end = spoken.tokens.partition_point(|token| token.start < lit.end);
                self.stretch.add_match(from + first..from + end);
            }
        }
        Ok(())
    }

    /// Counts the paragraph that was read.
    fn end_paragraph(&mut self) {
        let sides = self.stretch.sides(self.window);
        self.counts.resize(self.vocabulary.len(), WordCounts::default());
        let n_matches = self.stretch.n_matches();
        self.matches += n_matches;
        if n_matches > 0 && self.last_document != Some(self.document) {
            self.last_document = Some(self.document);
            self.documents += 1;
        }
        for (numbered, side) in self.stretch.words.iter().zip(sides) {
            let slot = match side {
                Side::Inside => continue,
                Side::Far => None,
                Side::Left => Some(0),
                Side::Right => Some(1),
            };
            self.base_words += 1;
            self.near += u64::from(slot.is_some());
            let is_counted = numbered.is_content || !self.request.content_only;
            if let Some(counts) = self.counts.get_mut(numbered.word as usize).filter(|_| is_counted)
            {
                counts.add(slot, self.document);
            }
        }
        self.stretch.clear();
    }

    fn respond(self, base: Option<String>) -> CollocatesResponse {
        let min_count = self.request.min_count.max(1);
        let mut rows: Vec<CollocateRow> = (0..)
            .zip(&self.counts)
            .filter(|(_, counts)| counts.near.iter().sum::<u64>() >= min_count)
            .map(|(word, counts)| self.row(word, counts))
            .collect();
        let sort = self.request.sort;
        rows.sort_by(|one, other| {
            let by_rank = sort.of(other).total_cmp(&sort.of(one));
            by_rank.then_with(|| one.collocate.cmp(&other.collocate))
        });
        let listed = rows.len() as u64;
        if self.request.limit > 0 {
            rows.truncate(self.request.limit);
        }
        let Self { base_words, matches, near, documents, .. } = self;
        CollocatesResponse { base, base_words, matches, documents, near, listed, rows }
    }

    fn row(&self, word: u32, counts: &WordCounts) -> CollocateRow {
        let [left, right] = counts.near;
        let pair = Cooccurrence {
            together: left + right,
            near: self.near,
            word: counts.base,
            all: self.base_words,
        };
        CollocateRow {
            collocate: self.vocabulary.word(word).to_owned(),
            count: pair.together,
            left,
            right,
            base_count: counts.base,
            expected: pair.expected(),
            log_dice: log_dice(pair.together, self.matches, counts.base),
            mi: pair.mutual_information(),
            mi3: pair.cubed_mutual_information(),
            t: pair.t_score(),
            g2: pair.log_likelihood(),
            documents: counts.documents,
            is_rare: is_rare(pair.together, pair.expected()),
        }
    }
}
