use super::wildcard::is_wildcard;
use super::{Match, Syntax};
use onrecord_model::{CivilDate, DocumentId, DocumentKind, Span};

/// A query that was understood.
///
/// Its `Display` is the canonical form: every operator spelled out, so that it means the same
/// under either [`Match`], but for [`NodeKind::Prefer`], which only [`Match::Any`] makes. It reads
/// back as the same query, spans apart; it may be longer than what was written, and the limits
/// hold for what was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The query as written; the spans of the nodes are bytes of it.
    pub written: Box<str>,
    /// The language that it is written in.
    pub syntax: Syntax,
    /// What side by side meant when it was read.
    pub matching: Match,
    /// What must hold of a passage.
    pub root: Node,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it is written, in bytes of the query, its parentheses, marks and signs included.
    pub span: Span,
    /// What it asks.
    pub kind: NodeKind,
}

/// What a part of a query asks of a passage.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// The passage's text holds this.
    Text(Text),
    /// The passage or its document has this value.
    Filter(Filter),
    /// All hold: two or more, none itself an `And`, in the order written but under
    /// [`Match::Any`], where field values come first and exclusions last.
    And(Vec<Node>),
    /// At least one holds: two or more, none itself an `Or`, in the order written.
    Or(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// It holds, and counts so many times for the rank: more than 0, 100 at most.
    Weighted(Box<Node>, f32),
    /// The passage's text holds words one behind the other.
    Sequence(Sequence),
    /// `required` holds; each of `preferred`, one or more, that holds too raises the rank.
    Prefer {
        /// What decides whether the passage is found.
        required: Box<Node>,
        /// What only moves it up.
        preferred: Vec<Node>,
    },
}

/// How a text is to be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By stems; several tokens, as of `cyber-security`, are a `Phrase`.
    Word,
    /// As `Word`, but by the words themselves, folded only.
    ExactWord,
    /// The words themselves, folded only, next to each other in this order.
    Phrase,
    /// The words themselves, in any order, with so many others among them at most.
    Near(u32),
    /// Words that differ from the one written by so many letters at most.
    Fuzzy(u8),
    /// Words that a regular expression matches from end to end.
    Regex,
}

/// A word or phrase to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text as written, without marks or signs.
    pub written: Box<str>,
    /// Its tokens, one or more, in order, as bytes of `written`; `*` and `?` in them stand for
    /// letters, but in a regular expression, which is one token.
    pub tokens: Box<[Span]>,
    /// How it is to be matched.
    pub form: Form,
}

impl Text {
    /// Returns the tokens as written, one or more.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(|token| self.written.get(token.range()))
    }

    /// Tells whether it stands for words that only the index can list.
    pub fn is_pattern(&self) -> bool {
        match self.form {
            Form::Fuzzy(_) | Form::Regex => true,
            Form::Word | Form::ExactWord | Form::Phrase | Form::Near(_) => {
                self.words().any(|word| word.contains(is_wildcard))
            }
        }
    }
}

/// Words one behind the other, as the corpus query language asks for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The words, one or more; at least one of them is not any word and must be there.
    pub steps: Vec<SequenceStep>,
    /// Whether all stand in one sentence.
    pub in_sentence: bool,
}

/// A word of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceStep {
    /// What it must be.
    pub test: StepTest,
    /// How often it stands there at least.
    pub least: u32,
    /// How often at most, 1 or more.
    pub most: u32,
}

/// What a word of a sequence must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepTest {
    /// Any word: `[]`.
    Any,
    /// `[word="…"]`, a regular expression.
    Word(Box<str>),
    /// `[stem="…"]`, a word of the same stem as this one.
    Stem(Box<str>),
}

/// A value that the passage or its document must have.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `speaker:`, whose words they are.
    Speaker(Text),
    /// `quoted:`, who is quoted in it.
    Quoted(Text),
    /// `priority:`, a label of the passage.
    Priority(Text),
    /// `title:`, words of the document's title.
    Title(Text),
    /// `issuer:`, words of the body that put the document out.
    Issuer(Text),
    /// `place:`, words of the place.
    Place(Text),
    /// `event:`, words of the occasion.
    Event(Text),
    /// `kind:`, the sort of document.
    Kind(DocumentKind),
    /// `date:`.
    Date(DateRange),
    /// `lang:`, an ISO 639-1 code in lower case.
    Language(Box<str>),
    /// `source:`, a path or a part of one, as written.
    Source(Box<str>),
    /// `doc:`, one document.
    Document(DocumentId),
    /// `in:`, the part of the document that the passage belongs to.
    In(Part),
}

/// A part of a document that `in:` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What was said or stated: paragraphs, list items, set-off quotations, tables.
    Body,
    /// The heading that is the document's title.
    Title,
    /// Any heading, the title among them.
    Heading,
    /// Lines that describe the document before its body starts.
    Header,
    /// Stage directions, footnotes and editorial remarks.
    Note,
    /// Quotations: words and phrases that stand beside it must be in one that starts in the
    /// passage.
    Quote,
}

impl Part {
    /// All parts, in the order of declaration.
    pub const ALL: [Self; 6] =
        [Self::Body, Self::Title, Self::Heading, Self::Header, Self::Note, Self::Quote];

    /// Returns the name used in queries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Header => "header",
            Self::Note => "note",
            Self::Quote => "quote",
        }
    }
}

/// A stretch of days, both ends included; at least one end is given, and the first day of `from`
/// is not after the last day of `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The range starts on its first day; without it, the range has no start.
    pub from: Option<CivilDate>,
    /// The range ends on its last day; without it, the range has no end.
    pub to: Option<CivilDate>,
}

impl DateRange {
    /// Returns the first day as the number `YYYYMMDD`, 0 if the range has no start.
    pub fn first_day(self) -> u32 {
        self.from.map_or(0, CivilDate::first_day)
    }

    /// Returns the last day as the number `YYYYMMDD`, 99991231 if the range has no end.
    pub fn last_day(self) -> u32 {
        self.to.map_or(99_991_231, CivilDate::last_day)
    }

    /// Tells whether every day that the date may mean lies in the range.
    ///
    /// A date known to the year is in `2011`, not in `2011-07`: nobody knows that it is.
    pub fn contains(self, date: CivilDate) -> bool {
        self.first_day() <= date.first_day() && date.last_day() <= self.last_day()
    }
}

impl Node {
    /// Returns the parts that it is made of; none of a leaf.
    pub fn operands(&self) -> Vec<&Self> {
        match &self.kind {
            NodeKind::And(operands) | NodeKind::Or(operands) => operands.iter().collect(),
            NodeKind::Not(operand) | NodeKind::Weighted(operand, _) => vec![operand],
            NodeKind::Prefer { required, preferred } => {
                std::iter::once(&**required).chain(preferred).collect()
            }
            NodeKind::Text(_) | NodeKind::Sequence(_) | NodeKind::Filter(_) => Vec::new(),
        }
    }

    /// Tells whether it asks for nothing but values of the passage or its document.
    pub fn is_filter(&self) -> bool {
        match &self.kind {
            NodeKind::Filter(_) => true,
            NodeKind::And(operands) | NodeKind::Or(operands) => {
                operands.iter().all(Self::is_filter)
            }
            NodeKind::Not(operand) => operand.is_filter(),
            NodeKind::Text(_)
            | NodeKind::Sequence(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. } => false,
        }
    }

    /// Tells whether it asks for words of the text, and not only that some are not there.
    pub fn asks_for_words(&self) -> bool {
        match &self.kind {
            NodeKind::Text(_) | NodeKind::Sequence(_) => true,
            NodeKind::Filter(_) | NodeKind::Not(_) => false,
            NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. } => self.operands().into_iter().any(Self::asks_for_words),
        }
    }

    /// Tells whether it asks for nothing but that something is not there.
    pub(super) fn is_exclusion(&self) -> bool {
        match &self.kind {
            NodeKind::Not(_) => true,
            NodeKind::Text(_) | NodeKind::Sequence(_) | NodeKind::Filter(_) => false,
            NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. } => self.operands().into_iter().all(Self::is_exclusion),
        }
    }

    /// Tells whether it asks for nothing but words of the text.
    pub fn is_of_text(&self) -> bool {
        match &self.kind {
            NodeKind::Text(_) | NodeKind::Sequence(_) => true,
            NodeKind::Filter(_) => false,
            NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. } => self.operands().into_iter().all(Self::is_of_text),
        }
    }

    /// Tells whether it is `in:quote`.
    pub fn is_in_quote(&self) -> bool {
        matches!(self.kind, NodeKind::Filter(Filter::In(Part::Quote)))
    }

    pub(super) fn and(operands: Vec<Self>) -> Self {
        Self::join(operands, NodeKind::And, |kind| match kind {
            // `in:quote` reaches no further than its parentheses.
            NodeKind::And(inner) if !inner.iter().any(Self::is_in_quote) => Ok(inner),
            kind @ (NodeKind::Text(_)
            | NodeKind::Sequence(_)
            | NodeKind::Filter(_)
            | NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. }) => Err(kind),
        })
    }

    pub(super) fn or(operands: Vec<Self>) -> Self {
        Self::join(operands, NodeKind::Or, |kind| match kind {
            NodeKind::Or(inner) => Ok(inner),
            kind @ (NodeKind::Text(_)
            | NodeKind::Sequence(_)
            | NodeKind::Filter(_)
            | NodeKind::And(_)
            | NodeKind::Not(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. }) => Err(kind),
        })
    }

    /// Joins operands, one or more; those that `open` opens give their own operands instead.
    fn join(
        mut operands: Vec<Self>,
        kind: fn(Vec<Self>) -> NodeKind,
        open: fn(NodeKind) -> Result<Vec<Self>, NodeKind>,
    ) -> Self {
        if operands.len() == 1 {
            return operands.remove(0);
        }
        let span = hull(&operands);
        let mut joined = Vec::with_capacity(operands.len());
        for operand in operands {
            match open(operand.kind) {
                Ok(inner) => joined.extend(inner),
                Err(kind) => joined.push(Self { span: operand.span, kind }),
            }
        }
        Self { span, kind: kind(joined) }
    }

    pub(super) fn prefer(required: Vec<Self>, preferred: Vec<Self>) -> Self {
        let required = Self::and(required);
        let (first, second) = (required.span, hull(&preferred));
        let span = Span::new(first.start.min(second.start), first.end.max(second.end));
        Self { span, kind: NodeKind::Prefer { required: Box::new(required), preferred } }
    }
}

/// Returns the span from the first to the last byte of some nodes, in whatever order.
fn hull(nodes: &[Node]) -> Span {
    let start = nodes.iter().map(|node| node.span.start).min().unwrap_or(0);
    let end = nodes.iter().map(|node| node.span.end).max().unwrap_or(start);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_in_a_range_when_all_of_it_is() {
        let date = |written: &str| written.parse::<CivilDate>().unwrap();
        for (from, to, inside, outside) in [
            (Some("2011"), Some("2011"), ["2011", "2011-12-31"], ["2010-12-31", "2012"]),
            (Some("2011-07"), Some("2011-07"), ["2011-07", "2011-07-31"], ["2011", "2011-08"]),
            (None, Some("2012-02"), ["0001", "2012-02-29"], ["2012", "2012-03"]),
            (Some("2012-02"), None, ["2012-02-01", "9999"], ["2012", "2012-01-31"]),
        ] {
            let range = DateRange { from: from.map(date), to: to.map(date) };
            for (written, expected) in
                inside.map(|date| (date, true)).into_iter().chain(outside.map(|date| (date, false)))
            {
                assert_eq!(range.contains(date(written)), expected, "{written} in {range:?}");
            }
        }
    }
}
