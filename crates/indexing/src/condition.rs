use crate::arranged::ArrangedQuery;
use crate::boost::{AskedWord, EXACT_BOOST};
use crate::bridge::{REACH, joined};
use crate::effort::Effort;
use crate::in_quote::InQuoteQuery;
use crate::join::DocumentJoin;
use crate::schema::{Fields, entry_kind};
use crate::verified::VerifiedPhrase;
use onrecord_model::{BlockKind, CivilDate, DocumentId, DocumentKind, QuoteKind};
use onrecord_text::{Arrangement, MAX_ARRANGED, is_function_word};
use std::ops::Bound;
use std::sync::Arc;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// What passages are asked to meet.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Every passage.
    All,
    /// Holds a word of this stem; passages that hold `word` itself rank higher.
    Stem {
        /// The stem.
        stem: String,
        /// The folded word.
        word: String,
    },
    /// Holds this folded word.
    Word(String),
    /// Holds these folded words one behind the other: over sentence ends, stage directions and
    /// the place where a long paragraph is cut, but not over a paragraph's end.
    Phrase(Vec<String>),
    /// Holds words that stand together so, as a phrase may over stage directions and the place
    /// where a long paragraph is cut.
    Arranged(Arc<Arrangement>),
    /// Its speaker's name holds all of these folded words.
    Speaker(Vec<String>),
    /// Quotes someone whose name holds all of these folded words; where several are quoted in one
    /// passage, their names count together.
    Quoted(Vec<String>),
    /// The name of its speaker, or of those quoted in it, holds words that stand together so.
    Named(NameField, Arc<Arrangement>),
    /// A quotation of this kind starts in it.
    QuoteKind(QuoteKind),
    /// A quotation of these words starts in it, told by their [hash](crate::quote_hash).
    QuoteHash(u64),
    /// A quotation starts in it whose words meet a condition, which asks for words only.
    InQuote(Arc<Condition>),
    /// Carries the label of the priority of this id.
    Priority(String),
    /// Is of this part of its document.
    Part(Part),
    /// Its document meets a condition.
    Document(DocumentCondition),
    /// Meets all of them.
    And(Vec<Condition>),
    /// Meets at least one of them.
    Or(Vec<Condition>),
    /// Does not meet it.
    Not(Box<Condition>),
    /// Meets it; what it adds to the rank counts so many times.
    Boost(Box<Condition>, f32),
    /// Meets the first; those that meet any of the others too rank higher.
    Prefer(Box<Condition>, Vec<Condition>),
}

/// What documents are asked to meet.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentCondition {
    /// The field holds these folded words one behind the other.
    Words(DocumentField, Vec<String>),
    /// The field holds words that stand together so; stems are not known of it.
    Arranged(DocumentField, Arc<Arrangement>),
    /// Has this id.
    Id(DocumentId),
    /// Is of this kind.
    Kind(DocumentKind),
    /// Is in the language of this ISO 639-1 code.
    Language(String),
    /// Its date lies wholly between the first day of the one and the last day of the other, as
    /// far as they are given; documents without a date do not meet it.
    Date(Option<CivilDate>, Option<CivilDate>),
}

/// The fields of a document that hold words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after the field of Metadata that it stands for")]
pub enum DocumentField {
    Title,
    Issuer,
    Place,
    Event,
    Path,
}

/// The names that passages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameField {
    /// That of its speaker.
    Speaker,
    /// Those of who are quoted in it.
    Quoted,
}

impl Condition {
    /// Tells whether quotations are asked for, which some indexes do not hold.
    pub fn asks_for_quotes(&self) -> bool {
        let is_of_quotes = matches!(
            self,
            Self::Quoted(_)
                | Self::Named(NameField::Quoted, _)
                | Self::QuoteKind(_)
                | Self::QuoteHash(_)
                | Self::InQuote(_)
        );
        is_of_quotes || self.parts().into_iter().any(Self::asks_for_quotes)
    }

    /// Tells whether labels are asked for, which another taxonomy may change.
    pub fn asks_for_labels(&self) -> bool {
        matches!(self, Self::Priority(_)) || self.parts().into_iter().any(Self::asks_for_labels)
    }

    /// Returns the conditions on the passage that it is made of; none of what stands alone.
    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().collect(),
            Self::Not(part) | Self::Boost(part, _) => vec![part],
            Self::Prefer(required, preferred) => {
                std::iter::once(&**required).chain(preferred).collect()
            }
            Self::All
            | Self::Stem { .. }
            | Self::Word(_)
            | Self::Phrase(_)
            | Self::Arranged(_)
            | Self::Speaker(_)
            | Self::Quoted(_)
            | Self::Named(..)
            | Self::QuoteKind(_)
            | Self::QuoteHash(_)
            | Self::InQuote(_)
            | Self::Priority(_)
            | Self::Part(_)
            | Self::Document(_) => Vec::new(),
        }
    }

    /// Tells whether it asks for a word, or for one of several, and for nothing else.
    fn is_of_words(&self) -> bool {
        match self {
            Self::Stem { .. } | Self::Word(_) => true,
            Self::Or(parts) => parts.iter().all(Self::is_of_words),
            Self::All
            | Self::Phrase(_)
            | Self::Arranged(_)
            | Self::Speaker(_)
            | Self::Quoted(_)
            | Self::Named(..)
            | Self::QuoteKind(_)
            | Self::QuoteHash(_)
            | Self::InQuote(_)
            | Self::Priority(_)
            | Self::Part(_)
            | Self::Document(_)
            | Self::And(_)
            | Self::Not(_)
            | Self::Boost(..)
            | Self::Prefer(..) => false,
        }
    }
}

/// The parts of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The heading that is the document's title; it is a heading too.
    Title,
    /// The title and headings.
    Heading,
    /// Header lines.
    Header,
    /// What was said or stated.
    Body,
    /// Stage directions and footnotes.
    Note,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 5] = [Self::Title, Self::Heading, Self::Header, Self::Body, Self::Note];

    /// Returns the part that blocks of a kind belong to; which heading is the title, the kind
    /// does not tell.
    pub const fn of(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Heading(_) => Self::Heading,
            BlockKind::Header => Self::Header,
            BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::Quotation
            | BlockKind::Table => Self::Body,
            BlockKind::Note => Self::Note,
        }
    }

    /// Returns the name used in queries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Header => "header",
            Self::Body => "body",
            Self::Note => "note",
        }
    }
}

/// Turns conditions into queries of the engine.
#[derive(Clone)]
pub(crate) struct Compiler<'a> {
    pub(crate) fields: Fields,
    pub(crate) searcher: &'a Searcher,
    /// Whether stems bring the boost of their exact words with them; otherwise boosts are added
    /// for the [asked words](Compiler::asked_words).
    pub(crate) boosted: bool,
    /// Whether function words, which are found like all others, rank nothing.
    pub(crate) ranks_content_only: bool,
    /// What may be read to see how words stand together.
    pub(crate) effort: Arc<Effort>,
}

impl Compiler<'_> {
    pub(crate) fn compile(&self, condition: &Condition) -> Box<dyn Query> {
        match condition {
            Condition::All => self.filter(self.fields.entry, entry_kind::PASSAGE),
            Condition::Stem { stem, word } => self.stem(stem, word),
            Condition::Or(parts) => self.union(parts),
            Condition::Word(word) => term_query(self.fields.exact, word),
            Condition::Phrase(words) => self.phrase(words),
            Condition::Arranged(arrangement) => self.arranged(self.fields.exact, arrangement),
            Condition::Named(field, arrangement) => {
                let field = match field {
                    NameField::Speaker => self.fields.speaker,
                    NameField::Quoted => self.fields.quoted,
                };
                unscored(self.arranged(field, arrangement))
            }
            Condition::InQuote(condition) => self.in_quote(condition),
            Condition::Boost(condition, factor) => {
                // What a word adds as it is must be weighed with it.
                let boosted = Self { boosted: true, ..self.clone() }.compile(condition);
                Box::new(BoostQuery::new(boosted, *factor))
            }
            Condition::And(parts) => self.intersection(parts),
            Condition::Speaker(_) | Condition::Quoted(_) | Condition::Not(_) => {
                self.intersection(std::slice::from_ref(condition))
            }
            Condition::QuoteKind(kind) => self.filter(self.fields.quote_kind, kind.name()),
            Condition::QuoteHash(hash) => {
                let term = Term::from_field_u64(self.fields.quote_hash, *hash);
                unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
            }
            Condition::Priority(id) => self.filter(self.fields.priority, id),
            Condition::Part(part) => self.filter(self.fields.part, part.name()),
            Condition::Document(condition) => {
                let heads = self.document(condition);
                unscored(Box::new(DocumentJoin::new(heads, &self.fields, self.searcher.schema())))
            }
            Condition::Prefer(required, preferred) => {
                let mut clauses = vec![(Occur::Must, self.compile(required))];
                let optional = preferred.iter().map(|part| (Occur::Should, self.branch(part)));
                clauses.extend(optional);
                Box::new(BooleanQuery::new(clauses))
            }
        }
    }

    /// Returns the words of a name that a condition asks for, and the field that holds them.
    fn name<'b>(&self, condition: &'b Condition) -> Option<(Field, &'b [String])> {
        if let Condition::Speaker(words) = condition {
            Some((self.fields.speaker, words))
        } else if let Condition::Quoted(words) = condition {
            Some((self.fields.quoted, words))
        } else {
            None
        }
    }

    fn union(&self, parts: &[Condition]) -> Box<dyn Query> {
        let mut queries: Vec<Box<dyn Query>> = parts.iter().map(|part| self.branch(part)).collect();
        match queries.pop() {
            None => Box::new(EmptyQuery),
            Some(only) if queries.is_empty() => only,
            Some(last) => {
                queries.push(last);
                Box::new(BooleanQuery::union(queries))
            }
        }
    }

    /// Compiles what a passage may meet or not. A word counts only where its whole branch is met,
    /// so branches of more than words bring their boosts with them.
    fn branch(&self, part: &Condition) -> Box<dyn Query> {
        let boosted = self.boosted || !part.is_of_words();
        Self { boosted, ..self.clone() }.compile(part)
    }

    fn stem(&self, stem: &str, word: &str) -> Box<dyn Query> {
        let stem = term_query(self.fields.stem, stem);
        if !self.ranks(word) {
            return unscored(stem);
        }
        if !self.boosted {
            return stem;
        }
        let boost = BoostQuery::new(term_query(self.fields.exact, word), EXACT_BOOST);
        Box::new(BooleanQuery::new(vec![(Occur::Must, stem), (Occur::Should, Box::new(boost))]))
    }

    /// Tells whether a folded word adds to scores.
    fn ranks(&self, word: &str) -> bool {
        !(self.ranks_content_only && is_function_word(word))
    }

    /// Lists the words that a condition asks for by their stems, and that are sure to count in
    /// each passage which holds them; passages that hold them as they are rank higher.
    pub(crate) fn asked_words(&self, condition: &Condition) -> Vec<AskedWord> {
        match condition {
            Condition::Stem { word, .. } if !self.ranks(word) => Vec::new(),
            Condition::Stem { stem, word } => vec![AskedWord {
                stem: Term::from_field_text(self.fields.stem, stem),
                exact: Term::from_field_text(self.fields.exact, word),
            }],
            Condition::And(parts) => parts.iter().flat_map(|part| self.asked_words(part)).collect(),
            Condition::Or(parts) => self.asked_words_of_branches(parts),
            Condition::Prefer(required, preferred) => {
                let mut words = self.asked_words(required);
                words.extend(self.asked_words_of_branches(preferred));
                words
            }
            Condition::All
            | Condition::Word(_)
            | Condition::Phrase(_)
            | Condition::Arranged(_)
            | Condition::Speaker(_)
            | Condition::Quoted(_)
            | Condition::Named(..)
            | Condition::QuoteKind(_)
            | Condition::QuoteHash(_)
            | Condition::InQuote(_)
            | Condition::Priority(_)
            | Condition::Part(_)
            | Condition::Document(_)
            | Condition::Not(_)
            | Condition::Boost(..) => Vec::new(),
        }
    }

    fn asked_words_of_branches(&self, parts: &[Condition]) -> Vec<AskedWord> {
        let of_words = parts.iter().filter(|part| part.is_of_words());
        of_words.flat_map(|part| self.asked_words(part)).collect()
    }

    /// Compiles a conjunction. A phrase has alternatives, in the text and over its joints; they
    /// stand outside, because the engine skips along each conjunction but reads a union whole.
    fn intersection(&self, parts: &[Condition]) -> Box<dyn Query> {
        let phrase = parts.iter().position(|part| matches!(part, Condition::Phrase(_)));
        let Some(Condition::Phrase(words)) =
            phrase.map(|at| &parts[at]).filter(|_| parts.len() > 1)
        else {
            return self.intersection_with(None, parts);
        };
        let others: Vec<Condition> = parts
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != phrase)
            .map(|(_, part)| part.clone())
            .collect();
        let alternatives = self.phrase_alternatives(words).into_iter();
        let queries = alternatives.map(|one| self.intersection_with(Some(one), &others));
        best_of(queries.collect())
    }

    fn intersection_with(
        &self,
        first: Option<Box<dyn Query>>,
        parts: &[Condition],
    ) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            first.into_iter().map(|query| (Occur::Must, query)).collect();
        for part in parts {
            if let Condition::Not(part) = part {
                clauses.push((Occur::MustNot, self.compile(part)));
            } else if let Some((field, words)) = self.name(part) {
                let names = words.iter().map(|word| self.filter(field, word));
                clauses.extend(names.map(|name| (Occur::Must, name)));
            } else {
                clauses.push((Occur::Must, self.compile(part)));
            }
        }
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, self.compile(&Condition::All)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn phrase(&self, words: &[String]) -> Box<dyn Query> {
        best_of(self.phrase_alternatives(words))
    }

    /// Compiles the ways in which a phrase may stand: in a passage as it is, or over a joint.
    fn phrase_alternatives(&self, words: &[String]) -> Vec<Box<dyn Query>> {
        if let [word] = words {
            return vec![term_query(self.fields.exact, word)];
        }
        let reach = REACH + 1;
        let mut queries = Vec::new();
        // Of a longer one only the beginning is looked up: it is rare enough, and each word more
        // would be looked up in each passage.
        if words.len() <= MAX_ARRANGED {
            queries.push(phrase_query(self.fields.exact, words.iter().map(String::as_str)));
        }
        if words.len() <= reach {
            queries.extend((1..words.len()).filter_map(|cut| self.bridged(words, cut)));
        } else {
            let beginning = self.phrase(&words[..reach]);
            let verified = VerifiedPhrase::new(beginning, words.to_vec(), self.fields);
            queries.push(unscored(Box::new(verified)));
        }
        queries
    }

    /// Compiles a phrase with a joint before its word number `cut`; none if the index holds no
    /// such joint, which is quick to see.
    fn bridged(&self, words: &[String], cut: usize) -> Option<Box<dyn Query>> {
        let field = self.fields.bridge;
        let joint = joined(&words[cut - 1], &words[cut]);
        let n_joints = self.searcher.doc_freq(&Term::from_field_text(field, &joint));
        if n_joints.is_ok_and(|n_joints| n_joints == 0) {
            return None;
        }
        let (before, behind) = (&words[..cut - 1], &words[cut + 1..]);
        let parts = before.iter().chain([&joint]).chain(behind).map(String::as_str);
        Some(if words.len() == 2 { term_query(field, &joint) } else { phrase_query(field, parts) })
    }

    fn arranged(&self, field: Field, arrangement: &Arc<Arrangement>) -> Box<dyn Query> {
        let effort = Arc::clone(&self.effort);
        Box::new(ArrangedQuery::new(Arc::clone(arrangement), field, self.fields, effort))
    }

    /// Compiles what a quotation is asked to hold; passages rank by the words, wherever they are.
    fn in_quote(&self, condition: &Arc<Condition>) -> Box<dyn Query> {
        let kinds = QuoteKind::ALL.map(|kind| self.filter(self.fields.quote_kind, kind.name()));
        let quoting = unscored(Box::new(BooleanQuery::union(kinds.into())));
        if **condition == Condition::All {
            return quoting;
        }
        let holding = condition.met_by_words().map(|words| self.union(&words));
        let found = InQuoteQuery::new(quoting, holding, Arc::clone(condition), self.fields);
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, unscored(Box::new(found))),
            (Occur::Should, Self { boosted: true, ..self.clone() }.compile(condition)),
        ]))
    }

    fn document(&self, condition: &DocumentCondition) -> Box<dyn Query> {
        match condition {
            DocumentCondition::Arranged(field, arrangement) => {
                self.arranged(self.fields.of_document(*field), arrangement)
            }
            DocumentCondition::Words(field, words) => {
                let field = self.fields.of_document(*field);
                match words.as_slice() {
                    [] => Box::new(EmptyQuery),
                    [word] => term_query(field, word),
                    words => phrase_query(field, words.iter().map(String::as_str)),
                }
            }
            DocumentCondition::Id(id) => Box::new(BooleanQuery::intersection(vec![
                self.filter(self.fields.document, &id.to_string()),
                self.filter(self.fields.entry, entry_kind::HEAD),
            ])),
            DocumentCondition::Kind(kind) => self.filter(self.fields.kind, kind.name()),
            DocumentCondition::Language(code) => self.filter(self.fields.language, code),
            DocumentCondition::Date(first, last) => self.dates(*first, *last),
        }
    }

    fn dates(&self, first: Option<CivilDate>, last: Option<CivilDate>) -> Box<dyn Query> {
        let bound = |field: Field, day: u32| Term::from_field_u64(field, u64::from(day));
        let from = first.map_or(0, CivilDate::first_day);
        let to = last.map_or(u32::MAX, CivilDate::last_day);
        let not_before =
            RangeQuery::new(Bound::Included(bound(self.fields.first_day, from)), Bound::Unbounded);
        let not_after =
            RangeQuery::new(Bound::Unbounded, Bound::Included(bound(self.fields.last_day, to)));
        Box::new(BooleanQuery::intersection(vec![Box::new(not_before), Box::new(not_after)]))
    }

    fn filter(&self, field: Field, value: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(field, value);
        unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }
}

/// Scores what meets several of some alternatives by the best of them.
fn best_of(mut alternatives: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match alternatives.pop() {
        Some(only) if alternatives.is_empty() => only,
        last => {
            alternatives.extend(last);
            Box::new(DisjunctionMaxQuery::new(alternatives))
        }
    }
}

fn term_query(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn phrase_query<'a>(field: Field, words: impl Iterator<Item = &'a str>) -> Box<dyn Query> {
    Box::new(PhraseQuery::new(words.map(|word| Term::from_field_text(field, word)).collect()))
}

/// Makes a query add nothing to the score.
pub(crate) fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
