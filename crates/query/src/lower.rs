use crate::QueryError;
use crate::highlight::Visible;
use crate::parse::{
    Filter, Form, Node, NodeKind, Part as QueryPart, Query, Sequence, StepTest, Text, render,
};
use onrecord_indexing::{
    Condition, DocumentCondition, DocumentField, NameField, Part, PriorityName, Reader, WordField,
};
use onrecord_text::{
    Arrangement, Lexicon, MAX_ARRANGED, Order, Step, WordPattern, WordTest, fold, tokens,
};
use std::sync::Arc;

/// The most words that a pattern may stand for on its own, and that all of a query may.
const MAX_WORDS: usize = 100_000;

/// The most words that a pattern may stand for in a phrase or near other words, whose places are
/// all compared.
const MAX_WORDS_IN_PHRASE: usize = 5_000;

/// Turns a query that was understood into what passages are asked to meet.
pub(crate) struct Lowering<'a> {
    pub(crate) reader: &'a Reader,
    pub(crate) query: &'a Query,
    pub(crate) lexicon: &'a mut Lexicon,
    /// How many words the patterns stand for so far.
    n_words: usize,
    /// What patterns stand for that were looked up already: who repeats one waits for it once.
    expanded: Vec<(String, WordTest)>,
    /// Whether what is lowered need not be met by passages that the query finds.
    is_open: bool,
    /// What of such parts cannot be seen in texts: what [`Visible::Meets`] names by number.
    unseen: Vec<Condition>,
}

/// What a part of a query asks of passages, and what of it can be seen in their texts.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    pub(crate) condition: Condition,
    pub(crate) visible: Visible,
}

impl Lowered {
    fn unseen(condition: Condition) -> Self {
        Self { condition, visible: Visible::Nothing }
    }
}

impl<'a> Lowering<'a> {
    pub(crate) const fn new(
        reader: &'a Reader,
        query: &'a Query,
        lexicon: &'a mut Lexicon,
    ) -> Self {
        Self {
            reader,
            query,
            lexicon,
            n_words: 0,
            expanded: Vec::new(),
            is_open: false,
            unseen: Vec::new(),
        }
    }

    /// Returns the conditions that [`Visible::Meets`] names by number.
    pub(crate) fn into_unseen(self) -> Vec<Condition> {
        self.unseen
    }

    /// Lowers a part of the query.
    ///
    /// # Errors
    /// When it names a priority that the index does not know, or stands for too many words.
    pub(crate) fn lower(&mut self, node: &Node) -> Result<Lowered, QueryError> {
        Ok(match &node.kind {
            NodeKind::Text(text) => self.text(text, node)?,
            NodeKind::Sequence(sequence) => self.sequence(sequence, node)?,
            NodeKind::Filter(filter) => self.value(filter, node)?,
            NodeKind::And(nodes) if nodes.iter().any(Node::is_in_quote) => self.in_quote(nodes)?,
            NodeKind::And(nodes) => {
                let (conditions, visible) = self.all(nodes)?;
                Lowered { condition: Condition::And(conditions), visible: Visible::All(visible) }
            }
            NodeKind::Or(nodes) => {
                let (conditions, visible) = self.open(|lowering| lowering.all(nodes))?;
                Lowered { condition: Condition::Or(conditions), visible: Visible::Any(visible) }
            }
            NodeKind::Not(node) => {
                let Lowered { condition, visible } = self.lower(node)?;
                let visible = match self.is_open {
                    true => Visible::Without(Box::new(visible)),
                    false => Visible::Nothing,
                };
                Lowered { condition: Condition::Not(Box::new(condition)), visible }
            }
            NodeKind::Weighted(node, factor) => {
                let Lowered { condition, visible } = self.lower(node)?;
                Lowered { condition: Condition::Boost(Box::new(condition), *factor), visible }
            }
            NodeKind::Prefer { required, preferred } => {
                let required = self.lower(required)?;
                let (conditions, mut visible) = self.open(|lowering| lowering.all(preferred))?;
                visible.push(Visible::Nothing);
                Lowered {
                    condition: Condition::Prefer(Box::new(required.condition), conditions),
                    visible: Visible::All(vec![required.visible, Visible::Any(visible)]),
                }
            }
        })
    }

    /// Lowers what need not be met by all that the query finds.
    fn open<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let was_open = std::mem::replace(&mut self.is_open, true);
        let lowered = lower(self);
        self.is_open = was_open;
        lowered
    }

    fn value(&mut self, filter: &Filter, node: &Node) -> Result<Lowered, QueryError> {
        let condition = self.filter(filter, node)?;
        if !self.is_open {
            return Ok(Lowered::unseen(condition));
        }
        self.unseen.push(condition.clone());
        Ok(Lowered { condition, visible: Visible::Meets(self.unseen.len() - 1) })
    }

    fn all<'n>(
        &mut self,
        nodes: impl IntoIterator<Item = &'n Node>,
    ) -> Result<(Vec<Condition>, Vec<Visible>), QueryError> {
        let (mut conditions, mut visible) = (Vec::new(), Vec::new());
        for node in nodes {
            let lowered = self.lower(node)?;
            conditions.push(lowered.condition);
            visible.push(lowered.visible);
        }
        Ok((conditions, visible))
    }

    /// Lowers what stands beside `in:quote`: all that asks for words must be in one quotation.
    fn in_quote(&mut self, nodes: &[Node]) -> Result<Lowered, QueryError> {
        let (of_text, others): (Vec<&Node>, Vec<&Node>) =
            nodes.iter().filter(|node| !node.is_in_quote()).partition(|node| node.is_of_text());
        // One quotation meets it, others need not.
        let (words, inside) = self.open(|lowering| lowering.all(of_text))?;
        let (mut conditions, mut visible) = self.all(others)?;
        visible.push(Visible::InQuote(Box::new(Visible::All(inside))));
        let inside = if words.is_empty() { Condition::All } else { Condition::And(words) };
        conditions.push(Condition::InQuote(Arc::new(inside)));
        Ok(Lowered { condition: Condition::And(conditions), visible: Visible::All(visible) })
    }

    fn text(&mut self, text: &Text, node: &Node) -> Result<Lowered, QueryError> {
        if text.is_pattern() || matches!(text.form, Form::Near(_)) {
            let arrangement = self.arrangement(text, WordField::Text, node)?;
            return Ok(arranged(arrangement));
        }
        let mut words = self.folded(text);
        let is_stem = text.form == Form::Word;
        if words.len() > 1 {
            let steps = words.iter().map(|word| Step::once(WordTest::folded(word))).collect();
            let visible = match Arrangement::new(steps, Order::Behind) {
                Some(arrangement) => Visible::One(Arc::new(arrangement)),
                None => Visible::Run(words.clone().into()),
            };
            return Ok(Lowered { condition: Condition::Phrase(words), visible });
        }
        let word = words.pop().unwrap_or_default();
        let (condition, test) = if is_stem {
            let stem = self.lexicon.word(&word).stem.to_owned();
            let test = WordTest::Stem(stem.as_str().into());
            (Condition::Stem { stem, word }, test)
        } else {
            let test = WordTest::folded(&word);
            (Condition::Word(word), test)
        };
        Ok(Lowered { condition, visible: Visible::One(Arc::new(Arrangement::word(test))) })
    }

    fn sequence(&mut self, sequence: &Sequence, node: &Node) -> Result<Lowered, QueryError> {
        let is_phrase = sequence.steps.len() > 1;
        let mut steps = Vec::new();
        for step in &sequence.steps {
            let test = match &step.test {
                StepTest::Any => WordTest::Any,
                StepTest::Stem(word) => {
                    let stem = self.lexicon.word(word).stem.to_owned();
                    // Where words have places, as stems do not.
                    let pattern = WordPattern::stem(&stem);
                    if is_phrase {
                        self.expand(&pattern, WordField::Text, is_phrase, node)?
                    } else {
                        WordTest::Stem(stem.into())
                    }
                }
                StepTest::Word(word) => {
                    let pattern = self.regex(word, node)?;
                    self.expand(&pattern, WordField::Text, is_phrase, node)?
                }
            };
            steps.push(Step { test, least: step.least, most: step.most });
        }
        let order = if sequence.in_sentence { Order::BehindInSentence } else { Order::Behind };
        // The parser lets through what can be arranged only.
        let arrangement = Arrangement::new(steps, order);
        Ok(arrangement.map_or_else(|| Lowered::unseen(Condition::Or(Vec::new())), arranged))
    }

    /// Lowers words that only the index can list, or that are near each other.
    fn arrangement(
        &mut self,
        text: &Text,
        field: WordField,
        node: &Node,
    ) -> Result<Arrangement, QueryError> {
        let is_phrase = text.tokens.len() > 1;
        let mut steps = Vec::new();
        for word in text.words() {
            let pattern = match text.form {
                Form::Regex => Some(self.regex(word, node)?),
                Form::Fuzzy(edits) => Some(WordPattern::fuzzy(word, usize::from(edits))),
                Form::Word | Form::ExactWord | Form::Phrase | Form::Near(_) => {
                    word.contains(['*', '?']).then(|| WordPattern::wildcard(word))
                }
            };
            let test = match pattern {
                Some(pattern) => self.expand(&pattern, field, is_phrase, node)?,
                None => WordTest::folded(self.lexicon.word(word).folded),
            };
            steps.push(Step::once(test));
        }
        let order = match text.form {
            Form::Near(others) => Order::Among(others),
            Form::Word | Form::ExactWord | Form::Phrase | Form::Fuzzy(_) | Form::Regex => {
                Order::Behind
            }
        };
        Arrangement::new(steps, order).ok_or_else(|| {
            let message = format!("a phrase with patterns has more than {MAX_ARRANGED} words");
            self.refuse(node, &message, "leave some out")
        })
    }

    fn regex(&self, written: &str, node: &Node) -> Result<WordPattern, QueryError> {
        let refuse = |reason: String| {
            let message = format!("the regular expression cannot be understood: {reason}");
            self.refuse(node, &message, "it must match a whole word, such as /cyb.*/")
        };
        WordPattern::regex(written).map_err(refuse)
    }

    /// Looks up the words that a pattern stands for.
    fn expand(
        &mut self,
        pattern: &WordPattern,
        field: WordField,
        is_phrase: bool,
        node: &Node,
    ) -> Result<WordTest, QueryError> {
        let most = if is_phrase { MAX_WORDS_IN_PHRASE } else { MAX_WORDS };
        let asked = format!("{field:?} {pattern:?} {most}");
        if let Some((_, test)) = self.expanded.iter().find(|(known, _)| *known == asked) {
            return Ok(test.clone());
        }
        let found = self.reader.expand(field, pattern, most)?;
        self.n_words += found.words.len();
        if found.is_cut || self.n_words > MAX_WORDS {
            let message =
                format!("the pattern stands for more words of the index than {most} at most");
            return Err(self.refuse(node, &message, "write more letters of the word"));
        }
        let test = WordTest::OneOf(Arc::new(found.words));
        self.expanded.push((asked, test.clone()));
        Ok(test)
    }

    fn refuse(&self, node: &Node, message: &str, hint: &str) -> QueryError {
        QueryError::Parse(render(&self.query.written, node.span, message, hint))
    }

    fn folded(&mut self, text: &Text) -> Vec<String> {
        text.words().map(|word| self.lexicon.word(word).folded.to_string()).collect()
    }

    fn filter(&mut self, filter: &Filter, node: &Node) -> Result<Condition, QueryError> {
        let document = match filter {
            Filter::Speaker(text) => return self.name(NameField::Speaker, text, node),
            Filter::Quoted(text) => return self.name(NameField::Quoted, text, node),
            Filter::Priority(text) => return self.priority(text, node),
            Filter::In(part) => {
                let everything = || Arc::new(Condition::All);
                let part = part_of(*part);
                return Ok(part.map_or_else(|| Condition::InQuote(everything()), Condition::Part));
            }
            Filter::Title(text) => self.document_words(DocumentField::Title, text, node)?,
            Filter::Issuer(text) => self.document_words(DocumentField::Issuer, text, node)?,
            Filter::Place(text) => self.document_words(DocumentField::Place, text, node)?,
            Filter::Event(text) => self.document_words(DocumentField::Event, text, node)?,
            Filter::Source(path) => {
                let words = tokens(path).filter_map(|token| path.get(token.range()));
                let words = words.map(|word| self.lexicon.word(word).folded.to_string()).collect();
                DocumentCondition::Words(DocumentField::Path, words)
            }
            Filter::Kind(kind) => DocumentCondition::Kind(*kind),
            Filter::Date(range) => DocumentCondition::Date(range.from, range.to),
            Filter::Language(code) => DocumentCondition::Language(code.to_string()),
            Filter::Document(id) => DocumentCondition::Id(*id),
        };
        Ok(Condition::Document(document))
    }

    fn document_words(
        &mut self,
        field: DocumentField,
        text: &Text,
        node: &Node,
    ) -> Result<DocumentCondition, QueryError> {
        if text.is_pattern() || matches!(text.form, Form::Near(_)) {
            let arrangement = self.arrangement(text, WordField::Document(field), node)?;
            return Ok(DocumentCondition::Arranged(field, Arc::new(arrangement)));
        }
        Ok(DocumentCondition::Words(field, self.folded(text)))
    }

    fn name(
        &mut self,
        field: NameField,
        text: &Text,
        node: &Node,
    ) -> Result<Condition, QueryError> {
        let (of_words, all): (WordField, fn(Vec<String>) -> Condition) = match field {
            NameField::Speaker => (WordField::Speaker, Condition::Speaker),
            NameField::Quoted => (WordField::Quoted, Condition::Quoted),
        };
        let is_near = matches!(text.form, Form::Near(_));
        if !text.is_pattern() && !is_near {
            return Ok(all(self.folded(text)));
        }
        let named = |arrangement| Condition::Named(field, Arc::new(arrangement));
        if is_near {
            return self.arrangement(text, of_words, node).map(named);
        }
        // As without patterns, the words of a name may stand in any order.
        let mut words = Vec::new();
        for token in &text.tokens {
            let word = Text { tokens: [*token].into(), ..text.clone() };
            words.push(named(self.arrangement(&word, of_words, node)?));
        }
        Ok(if words.len() == 1 { words.remove(0) } else { Condition::And(words) })
    }

    /// Finds the priority whose id or label was written.
    fn priority(&self, text: &Text, node: &Node) -> Result<Condition, QueryError> {
        let priorities = self.reader.manifest().description.ranked();
        let written = fold(&text.written).text;
        let is_meant = |(_, priority): &&(usize, &PriorityName)| {
            fold(&priority.id).text == written || fold(&priority.label).text == written
        };
        match priorities.iter().find(is_meant) {
            Some((_, priority)) => Ok(Condition::Priority(priority.id.clone())),
            None => {
                let known: Vec<&str> =
                    priorities.iter().map(|(_, known)| known.id.as_str()).collect();
                let message = format!("the index knows no priority `{}`", text.written);
                Err(self.refuse(node, &message, &format!("write one of: {}", known.join(", "))))
            }
        }
    }
}

fn arranged(arrangement: Arrangement) -> Lowered {
    let arrangement = Arc::new(arrangement);
    Lowered {
        condition: Condition::Arranged(Arc::clone(&arrangement)),
        visible: Visible::One(arrangement),
    }
}

/// Returns the part of a document that passages are of; none for quotations, which passages hold.
const fn part_of(part: QueryPart) -> Option<Part> {
    match part {
        QueryPart::Body => Some(Part::Body),
        QueryPart::Title => Some(Part::Title),
        QueryPart::Heading => Some(Part::Heading),
        QueryPart::Header => Some(Part::Header),
        QueryPart::Note => Some(Part::Note),
        QueryPart::Quote => None,
    }
}
