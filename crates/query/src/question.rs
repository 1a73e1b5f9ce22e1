use crate::QueryError;
use crate::error::check_quotes;
use crate::highlight::{Highlight, Looking, Visible};
use crate::lower::{Lowered, Lowering};
use crate::parse::{Match, Query, Syntax, parse, parse_cql};
use onrecord_indexing::{
    Address, Condition, Hit, PassageSet, Reader, ScorePart, Scoring, StoredPassage,
};
use onrecord_model::Span;
use onrecord_text::{Lexicon, Reading, compose};

/// A query that was understood, to be asked of an index.
pub(crate) struct Question<'a> {
    reader: &'a Reader,
    /// The query.
    pub(crate) query: Query,
    /// What passages must meet.
    pub(crate) condition: Condition,
    visible: Visible,
    /// What of the query stands beside alternatives and cannot be seen in texts.
    unseen: Vec<Condition>,
    /// The passages that meet these; gathered when the first passage is read.
    meeting: Vec<PassageSet>,
    lexicon: Lexicon,
}

/// A passage that was read, with what of a query can be seen in it.
#[derive(Debug)]
pub(crate) struct SeenPassage {
    pub(crate) passage: StoredPassage,
    /// In order and disjoint, as offsets into the passage's text.
    pub(crate) highlights: Vec<Highlight>,
}

impl<'a> Question<'a> {
    /// Reads a query and says what passages must meet.
    ///
    /// # Errors
    /// When it cannot be understood, or asks for what the index was built without.
    pub(crate) fn new(
        reader: &'a Reader,
        written: &str,
        matching: Match,
    ) -> Result<Self, QueryError> {
        Self::in_syntax(reader, written, Syntax::Onrecord, matching)
    }

    /// Reads a query in one of the languages, as [`new`](Self::new) does.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub(crate) fn in_syntax(
        reader: &'a Reader,
        written: &str,
        syntax: Syntax,
        matching: Match,
    ) -> Result<Self, QueryError> {
        let written = compose(written);
        let parsed = match syntax {
            Syntax::Onrecord => parse(&written, matching),
            Syntax::Cql => parse_cql(&written),
        };
        let query = parsed.map_err(|error| QueryError::parse(&error, &written))?;
        let mut lexicon = Lexicon::new();
        let mut lowering = Lowering::new(reader, &query, &mut lexicon);
        let Lowered { condition, visible } = lowering.lower(&query.root)?;
        let unseen = lowering.into_unseen();
        let lexicon = Lexicon::for_stems(visible.stems());
        if condition.asks_for_quotes() {
            check_quotes(reader)?;
        }
        Ok(Self { reader, query, condition, visible, unseen, meeting: Vec::new(), lexicon })
    }

    /// Reads a passage that meets the condition.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(crate) fn read(&mut self, address: Address) -> Result<SeenPassage, QueryError> {
        for condition in self.unseen.iter().skip(self.meeting.len()) {
            self.meeting.push(self.reader.passages_that_meet(condition)?);
        }
        let meets: Vec<bool> = self.meeting.iter().map(|set| set.contains(address)).collect();
        let passage = self.reader.passage(address)?;
        let behind = self.behind(address, &passage)?;
        let behind = behind.iter().map(|(text, spoken)| (text.as_str(), spoken.clone()));
        let spoken = passage.record.spoken(&passage.text);
        let reading = Reading::new(&passage.text, &spoken, behind, &mut self.lexicon);
        let quoting = self.quoting(address, &passage, spoken)?;
        let quoting: Vec<(u32, &str, Vec<Span>)> = quoting
            .iter()
            .map(|(start, text, spoken)| (*start, text.as_str(), spoken.clone()))
            .collect();
        let contents = passage.record.quotes.iter().filter(|_| !quoting.is_empty());
        let quotes: Vec<Reading<'_>> = contents
            .map(|quote| Reading::of_quotation(&quoting, &quote.content, &mut self.lexicon))
            .collect();
        let looking =
            Looking { reading: &reading, quotes: &quotes, lexicon: &self.lexicon, meets: &meets };
        let highlights = looking.highlights(&self.visible, &passage.text);
        Ok(SeenPassage { passage, highlights })
    }

    /// Reads a passage and those behind that the quotations go on in which start in it: their
    /// starts in the document, texts and what was said of them. None where quotations do not
    /// matter.
    fn quoting(
        &self,
        address: Address,
        passage: &StoredPassage,
        spoken: Vec<Span>,
    ) -> Result<Vec<(u32, String, Vec<Span>)>, QueryError> {
        let record = &passage.record;
        let last = record.quotes.iter().map(|quote| quote.hull().end).max();
        let Some(last) = last.filter(|_| self.visible.asks_for_quotes()) else {
            return Ok(Vec::new());
        };
        let mut quoting = vec![(record.start, passage.text.clone(), spoken)];
        for ordinal in record.ordinal + 1.. {
            if quoting.last().is_none_or(|(start, text, _)| start + text.len() as u32 >= last) {
                break;
            }
            let next = self.reader.passage(self.reader.sibling(address, record, ordinal))?;
            let spoken = next.record.spoken(&next.text);
            quoting.push((next.record.start, next.text, spoken));
        }
        Ok(quoting)
    }

    /// Reads what was said in the passages that the paragraph of one goes on in, as far as a match
    /// may reach: their texts and tokens.
    fn behind(
        &self,
        address: Address,
        passage: &StoredPassage,
    ) -> Result<Vec<(String, Vec<Span>)>, QueryError> {
        let mut behind = Vec::new();
        // A single word reaches into no other passage.
        let mut n_words = 1;
        let (mut continues, mut ordinal) = (passage.record.continues, passage.record.ordinal);
        while continues && n_words < self.visible.reach() {
            ordinal += 1;
            let next = self.reader.sibling(address, &passage.record, ordinal);
            let next = self.reader.passage(next)?;
            let spoken = next.record.spoken(&next.text);
            n_words += spoken.len();
            continues = next.record.continues;
            behind.push((next.text, spoken));
        }
        Ok(behind)
    }

    /// Takes the score of a passage apart that meets the condition.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn score_parts(
        &self,
        scoring: &Scoring,
        hit: &Hit,
    ) -> Result<Vec<ScorePart>, QueryError> {
        Ok(self.reader.score_parts(&self.condition, scoring, hit)?)
    }
}

impl std::fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question").field("query", &self.query).finish_non_exhaustive()
    }
}

/// Returns what the passages must meet that a query asks for.
///
/// # Errors
/// As [`Question::new`].
pub(crate) fn condition_of(reader: &Reader, query: &str) -> Result<Condition, QueryError> {
    Ok(Question::new(reader, query, Match::All)?.condition)
}
