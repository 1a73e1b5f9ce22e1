//! Whether a quote is what was said.
//!
//! Comes in: a quote and what a draft says of it, its speaker and its date ([`Claim`]). Goes out:
//! a [`Finding`], with a [`Verdict`], the place of the record, and every [`Risk`] by the words
//! that show it.
//!
//! Words are compared in matching form, one by one, in the text of whole documents: any that
//! differs, and that neither an ellipsis nor a bracket owns up to, makes the quote
//! [`Altered`](Verdict::Altered). What else was overlooked is said as [`Folding`]s.

mod candidates;
mod claim;
mod date;
mod draft;
mod familiar;
mod folding;
mod language;
mod matching;
mod nearest;
mod pattern;
mod risk;
mod source;
mod verdict;
mod verify;
mod word;

pub use draft::CheckedQuote;
pub use folding::Folding;
pub use verdict::{Bracketed, Claim, Finding, Risk, RiskKind, SourceQuote, Verdict};

use crate::QueryError;
use claim::{Fit, Names, date_fits, folded_words};
use onrecord_indexing::{Address, Condition, Reader};
use onrecord_model::{CivilDate, DocumentId, Speaker};
use onrecord_people::Roster;
use onrecord_text::Lexicon;
use pattern::{Piece, read_pattern};
use source::{Forms, SourceText};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The longest quote that is checked, in bytes: several pages.
pub const MAX_QUOTE_BYTES: usize = 64 << 10;

/// The most brackets of a quote that is checked: each may stand for many words.
const MAX_BRACKETS: usize = 40;

/// The most documents that are kept for the next quotes of a draft, which are often of the same.
const MAX_SOURCES: usize = 64;

/// Checks quotes against one index.
pub struct Checker<'a> {
    reader: &'a Reader,
    names: Names<'a>,
    lexicon: Lexicon,
    forms: Forms,
    sources: BTreeMap<DocumentId, Rc<SourceText>>,
    n_documents: u64,
}

/// A quote with what is asked of it.
pub(crate) struct Asked<'a> {
    pub(crate) text: &'a str,
    pub(crate) claim: Claim<'a>,
    pub(crate) names: Names<'a>,
    /// What passages meet that may be by the speaker whom the draft names.
    pub(crate) by: Option<Condition>,
}

impl Asked<'_> {
    /// Compares the speaker and date of a source with those that the draft names: whether they
    /// may be the same.
    pub(crate) fn fit(&self, speaker: Option<&Speaker>, date: Option<CivilDate>) -> Fit {
        let Some(named_as) = self.claim.speaker else { return Fit::Same };
        self.names.fit(named_as, speaker, date)
    }

    /// Tells whether a source may be of the date that the draft names.
    pub(crate) fn is_of_date(&self, date: Option<CivilDate>) -> bool {
        match (self.claim.date, date) {
            (Some(claimed), Some(date)) => date_fits(claimed, date),
            (Some(_), None) | (None, _) => true,
        }
    }

    /// Returns how far a source lies from the date that the draft names, else its own date: the
    /// order in which sources are preferred.
    pub(crate) fn date_distance(&self, date: Option<CivilDate>) -> u32 {
        match (self.claim.date, date) {
            (Some(claimed), Some(date)) if date_fits(claimed, date) => 0,
            (Some(claimed), Some(date)) => claimed.first_day().abs_diff(date.first_day()),
            (None, Some(date)) => date.first_day(),
            (_, None) => u32::MAX,
        }
    }
}

impl<'a> Checker<'a> {
    /// Makes a checker of an index; the roster tells whom names in drafts stand for.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(reader: &'a Reader, roster: &'a Roster) -> Result<Self, QueryError> {
        Ok(Self {
            reader,
            names: Names { roster },
            lexicon: Lexicon::new(),
            forms: Forms::default(),
            sources: BTreeMap::new(),
            n_documents: reader.n_documents()?,
        })
    }

    /// Checks a quote, given without the marks around it.
    ///
    /// # Errors
    /// When what the index holds is not what was written.
    pub fn check_quote(&mut self, text: &str, claim: &Claim<'_>) -> Result<Finding, QueryError> {
        let finding = Finding::new(text, claim);
        if let Some(reason) = self.not_checkable(text) {
            return Ok(finding.not_checkable(reason));
        }
        let pattern = read_pattern(text);
        let pieces = pattern.parts.iter().flat_map(|part| &part.pieces);
        let n_brackets = pieces.filter(|piece| matches!(piece, Piece::Bracket { .. })).count();
        if pattern.n_words() == 0 {
            return Ok(finding.not_checkable("it holds no words to look for"));
        }
        if n_brackets > MAX_BRACKETS {
            return Ok(finding.not_checkable("it holds too many brackets"));
        }
        self.make_room();
        let asked = Asked {
            text,
            claim: *claim,
            names: self.names,
            by: claim.speaker.and_then(|named_as| self.condition_of(named_as)),
        };
        if let Some(finding) = self.verify(&asked, &pattern, finding.clone())? {
            return Ok(finding);
        }
        if let Some(nearest) = self.nearest(&asked, &pattern)? {
            let source = self.source(nearest.document, nearest.head)?;
            return Ok(finding.altered(&asked, nearest, &source));
        }
        if let Some(reason) = language::is_foreign(self.reader, text)? {
            return Ok(finding.not_checkable(&reason));
        }
        let reason = Some("nothing in the index is near it".to_owned());
        Ok(Finding { verdict: Verdict::NotFound, reason, ..finding })
    }

    fn not_checkable(&self, text: &str) -> Option<&'static str> {
        if self.n_documents == 0 {
            Some("the index holds no documents")
        } else if text.len() > MAX_QUOTE_BYTES {
            Some("it is longer than quotes are checked")
        } else {
            None
        }
    }

    /// Writes what passages meet that may be by the one whom a draft calls so.
    fn condition_of(&self, named_as: &str) -> Option<Condition> {
        let names = self.names.candidates(named_as);
        let by = names.iter().map(|name| Condition::Speaker(folded_words(name)));
        let by: Vec<Condition> = by.collect();
        (!by.is_empty()).then_some(Condition::Or(by))
    }

    /// Reads a document, or returns it as it was read before.
    pub(crate) fn source(
        &mut self,
        id: DocumentId,
        head: Address,
    ) -> Result<Rc<SourceText>, QueryError> {
        if let Some(source) = self.sources.get(&id) {
            return Ok(source.clone());
        }
        if self.sources.len() >= MAX_SOURCES {
            self.sources.pop_first();
        }
        let source = Rc::new(SourceText::read(self.reader, head, &mut self.forms)?);
        self.sources.insert(id, source.clone());
        Ok(source)
    }

    fn make_room(&mut self) {
        self.lexicon.make_room();
        if self.forms.is_full() {
            self.forms = Forms::default();
            self.sources.clear();
        }
    }
}

impl std::fmt::Debug for Checker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checker").field("n_documents", &self.n_documents).finish_non_exhaustive()
    }
}
