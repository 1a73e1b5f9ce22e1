use crate::QueryError;
use crate::parse::{Filter, Form, Node, NodeKind, Part as QueryPart, Query, Text};
use onrecord_indexing::{Condition, DocumentCondition, DocumentField, Part, PriorityName};
use onrecord_text::{Lexicon, fold, tokens};

/// Turns a query that was understood into what passages are asked to meet.
pub(crate) struct Lowering<'a> {
    pub(crate) lexicon: &'a mut Lexicon,
    /// The priorities that the index knows.
    pub(crate) priorities: &'a [(usize, &'a PriorityName)],
}

impl Lowering<'_> {
    /// Lowers a query.
    ///
    /// # Errors
    /// When it names a priority that the index does not know.
    pub(crate) fn lower(&mut self, query: &Query) -> Result<Condition, QueryError> {
        self.node(&query.root, query)
    }

    fn node(&mut self, node: &Node, query: &Query) -> Result<Condition, QueryError> {
        let all = |lowering: &mut Self, nodes: &[Node]| {
            nodes.iter().map(|node| lowering.node(node, query)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match &node.kind {
            NodeKind::Text(text) => self.text(text),
            NodeKind::Filter(filter) => self.filter(filter, node, query)?,
            NodeKind::And(nodes) => Condition::And(all(self, nodes)?),
            NodeKind::Or(nodes) => Condition::Or(all(self, nodes)?),
            NodeKind::Not(node) => Condition::Not(Box::new(self.node(node, query)?)),
            NodeKind::Prefer { required, preferred } => {
                let required = self.node(required, query)?;
                Condition::Prefer(Box::new(required), all(self, preferred)?)
            }
        })
    }

    fn text(&mut self, text: &Text) -> Condition {
        let mut words = self.folded(text);
        match (text.form, words.len()) {
            (Form::Word, 1) => {
                let word = words.remove(0);
                Condition::Stem { stem: self.lexicon.word(&word).stem.to_string(), word }
            }
            (Form::ExactWord | Form::Phrase, 1) => Condition::Word(words.remove(0)),
            (Form::Word | Form::ExactWord | Form::Phrase, _) => Condition::Phrase(words),
        }
    }

    fn folded(&mut self, text: &Text) -> Vec<String> {
        text.words().map(|word| self.lexicon.word(word).folded.to_string()).collect()
    }

    fn filter(
        &mut self,
        filter: &Filter,
        node: &Node,
        query: &Query,
    ) -> Result<Condition, QueryError> {
        let document = match filter {
            Filter::Speaker(text) => return Ok(Condition::Speaker(self.folded(text))),
            Filter::Quoted(text) => return Ok(Condition::Quoted(self.folded(text))),
            Filter::Priority(text) => return self.priority(text, node, query),
            Filter::In(part) => return Ok(Condition::Part(part_of(*part))),
            Filter::Title(text) => {
                DocumentCondition::Words(DocumentField::Title, self.folded(text))
            }
            Filter::Issuer(text) => {
                DocumentCondition::Words(DocumentField::Issuer, self.folded(text))
            }
            Filter::Place(text) => {
                DocumentCondition::Words(DocumentField::Place, self.folded(text))
            }
            Filter::Event(text) => {
                DocumentCondition::Words(DocumentField::Event, self.folded(text))
            }
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

    /// Finds the priority whose id or label was written.
    fn priority(&self, text: &Text, node: &Node, query: &Query) -> Result<Condition, QueryError> {
        let written = fold(&text.written).text;
        let is_meant = |(_, priority): &&(usize, &PriorityName)| {
            fold(&priority.id).text == written || fold(&priority.label).text == written
        };
        match self.priorities.iter().find(is_meant) {
            Some((_, priority)) => Ok(Condition::Priority(priority.id.clone())),
            None => {
                let known: Vec<&str> =
                    self.priorities.iter().map(|(_, known)| known.id.as_str()).collect();
                let message = format!("the index knows no priority `{}`", text.written);
                let hint = format!("write one of: {}", known.join(", "));
                Err(QueryError::Parse(crate::parse::render(
                    &query.written,
                    node.span,
                    &message,
                    &hint,
                )))
            }
        }
    }
}

const fn part_of(part: QueryPart) -> Part {
    match part {
        QueryPart::Body => Part::Body,
        QueryPart::Title => Part::Title,
        QueryPart::Heading => Part::Heading,
        QueryPart::Header => Part::Header,
        QueryPart::Note => Part::Note,
    }
}
