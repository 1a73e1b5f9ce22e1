use crate::QueryError;
use crate::leaves::{condition_of_part, leaves_of};
use crate::parse::{Filter, Form, Match, Node, NodeKind, StepTest, Syntax, Text};
use crate::question::Question;
use onrecord_indexing::{Condition, DocumentCondition, Reader};
use onrecord_text::{Arrangement, Lexicon, WordTest};
use serde::Serialize;

/// The most words that are listed of those that a pattern stands for.
const MAX_LISTED: usize = 20;

/// What a query means, and what each part of it finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedQuery {
    /// The query with all its operators.
    pub query: String,
    /// How many passages it finds, of those that meet what is asked for beside it.
    pub count: u64,
    /// How many more are in documents without a date, where dates are asked for beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated_count: Option<u64>,
    /// How many more are in documents whose date is not precise enough to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprecise_count: Option<u64>,
    /// Its words, phrases and values, in the order of the query, and then what is asked for beside
    /// it, as options of the command line.
    pub parts: Vec<ExplainedPart>,
}

/// What a part of a query means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedPart {
    /// The part.
    pub part: String,
    /// Whether passages with it are left out.
    pub is_excluded: bool,
    /// How it is looked for.
    pub meaning: String,
    /// How many words of the index it stands for, where it is a pattern.
    pub n_words: Option<usize>,
    /// The first twenty of these, in the order of the alphabet.
    pub words: Vec<String>,
    /// How many passages it finds on its own.
    pub count: u64,
}

/// Explains a query, and what passages must meet beside it.
///
/// # Errors
/// When it cannot be understood, a filter has no meaning, or the index cannot be read.
pub fn explain_query(
    reader: &Reader,
    written: &str,
    syntax: Syntax,
    matching: Match,
    filters: &crate::search::Filters,
) -> Result<ExplainedQuery, QueryError> {
    let question = Question::in_syntax(reader, written, syntax, matching)?;
    let mut parts = Vec::new();
    for leaf in leaves_of(&question.query.root) {
        let condition = condition_of_part(reader, &question.query, leaf.node)?;
        let words = words_of(leaf.node, &condition);
        parts.push(ExplainedPart {
            part: leaf.node.to_string(),
            is_excluded: leaf.is_excluded,
            meaning: meaning_of(leaf.node),
            n_words: words.as_ref().map(Vec::len),
            words: words.into_iter().flatten().take(MAX_LISTED).collect(),
            count: reader.count(&condition)?,
        });
    }
    for filter in filters.each() {
        parts.push(ExplainedPart {
            part: filter.options().join(" "),
            is_excluded: false,
            meaning: "what must be so beside the query".to_owned(),
            n_words: None,
            words: Vec::new(),
            count: reader.count(&filter.narrow(Condition::All)?)?,
        });
    }
    let untold = filters.untold(reader, &question.condition)?;
    Ok(ExplainedQuery {
        query: question.query.to_string(),
        count: reader.count(&filters.narrow(question.condition)?)?,
        undated_count: untold.map(|untold| untold.undated),
        imprecise_count: untold.map(|untold| untold.imprecise),
        parts,
    })
}

/// Lists the words that the patterns of a leaf stand for; none where there is no pattern.
fn words_of(leaf: &Node, condition: &Condition) -> Option<Vec<String>> {
    let is_pattern = patterns_of(leaf);
    if !is_pattern.contains(&true) {
        return None;
    }
    let steps = arrangements_of(condition).into_iter().flat_map(|found| found.steps());
    let mut words = Vec::new();
    for (step, _) in steps.zip(is_pattern).filter(|(_, is_pattern)| *is_pattern) {
        match &step.test {
            WordTest::OneOf(found) => words.extend(found.iter().map(ToString::to_string)),
            WordTest::Any | WordTest::Stem(_) => {}
        }
    }
    Some(words)
}

/// Tells of each word of a leaf whether it stands for others that only the index can list.
fn patterns_of(leaf: &Node) -> Vec<bool> {
    match &leaf.kind {
        NodeKind::Text(text) => patterns_of_text(text),
        NodeKind::Filter(
            Filter::Speaker(text)
            | Filter::Quoted(text)
            | Filter::Title(text)
            | Filter::Issuer(text)
            | Filter::Place(text)
            | Filter::Event(text),
        ) => patterns_of_text(text),
        NodeKind::Sequence(sequence) => {
            sequence.steps.iter().map(|step| step.test != StepTest::Any).collect()
        }
        NodeKind::Filter(
            Filter::Priority(_)
            | Filter::Kind(_)
            | Filter::Date(_)
            | Filter::Language(_)
            | Filter::Source(_)
            | Filter::Document(_)
            | Filter::In(_),
        )
        | NodeKind::And(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Weighted(..)
        | NodeKind::Prefer { .. } => Vec::new(),
    }
}

fn patterns_of_text(text: &Text) -> Vec<bool> {
    text.tokens
        .iter()
        .map(|token| Text { tokens: [*token].into(), ..text.clone() }.is_pattern())
        .collect()
}

fn arrangements_of(condition: &Condition) -> Vec<&Arrangement> {
    if let Condition::Arranged(arrangement)
    | Condition::Named(_, arrangement)
    | Condition::Document(DocumentCondition::Arranged(_, arrangement)) = condition
    {
        vec![arrangement]
    } else if let Condition::And(parts) = condition {
        parts.iter().flat_map(arrangements_of).collect()
    } else {
        Vec::new()
    }
}

/// Says in words how a leaf is looked for.
fn meaning_of(node: &Node) -> String {
    let NodeKind::Text(text) = &node.kind else {
        return match &node.kind {
            NodeKind::Filter(_) => "a value of the passage or its document",
            NodeKind::Sequence(_) => "words one behind the other, in these places",
            NodeKind::Text(_)
            | NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::Weighted(..)
            | NodeKind::Prefer { .. } => "",
        }
        .to_owned();
    };
    let is_one = text.tokens.len() == 1;
    match text.form {
        Form::Word if is_one && !text.is_pattern() => {
            let mut lexicon = Lexicon::new();
            let stem = lexicon.word(text.words().next().unwrap_or_default()).stem;
            format!("words of the stem `{stem}`, also with other endings")
        }
        Form::Fuzzy(edits) => format!("words that differ by {edits} letters at most"),
        Form::Regex => "words that the expression matches from end to end".to_owned(),
        Form::Word | Form::ExactWord | Form::Phrase if is_one && text.is_pattern() => {
            "words whose letters are so".to_owned()
        }
        Form::Word | Form::ExactWord | Form::Phrase if is_one => {
            "this very word, whatever its capitals".to_owned()
        }
        Form::Word | Form::ExactWord | Form::Phrase => {
            "these words, one behind the other".to_owned()
        }
        Form::Near(others) => {
            format!("these words in any order, with {others} others among them at most")
        }
    }
}
