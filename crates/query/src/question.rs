use crate::QueryError;
use crate::error::check_quotes;
use crate::highlight::{Highlight, Visible};
use crate::lower::Lowering;
use crate::parse::{Match, Query, parse};
use onrecord_indexing::{Address, Condition, Hit, Reader, ScorePart, Scoring, StoredPassage};
use onrecord_text::Lexicon;

/// A query that was understood, to be asked of an index.
pub(crate) struct Question<'a> {
    reader: &'a Reader,
    /// The query.
    pub(crate) query: Query,
    /// What passages must meet.
    pub(crate) condition: Condition,
    visible: Visible,
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
        let query = parse(written, matching).map_err(|error| QueryError::parse(&error, written))?;
        let priorities = reader.manifest().description.ranked();
        let mut lexicon = Lexicon::new();
        let condition =
            Lowering { lexicon: &mut lexicon, priorities: &priorities }.lower(&query)?;
        if condition.asks_for_quotes() {
            check_quotes(reader)?;
        }
        let visible = Visible::of(&query.root, &mut lexicon);
        Ok(Self { reader, query, condition, visible, lexicon })
    }

    /// Reads a passage that meets the condition.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub(crate) fn read(&mut self, address: Address) -> Result<SeenPassage, QueryError> {
        let passage = self.reader.passage(address)?;
        let record = &passage.record;
        let following = if record.continues && self.visible.has_phrases() {
            let next = self.reader.sibling(address, record, record.ordinal + 1);
            Some(self.reader.passage(next)?.text)
        } else {
            None
        };
        let highlights = self.visible.find(&passage.text, following.as_deref(), &mut self.lexicon);
        Ok(SeenPassage { passage, highlights })
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
