use crate::QueryError;
use crate::locate::{check_passage, document_of};
use onrecord_indexing::Reader;
use onrecord_priorities::{Classifiers, Explanation, TextClassifier};
use onrecord_text::Words;
use serde::Serialize;

/// A passage and why it has the labels that it has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedPassage {
    /// The id of its document; empty of a text without one.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// Its place in the document, counted from 0.
    pub passage: u32,
    /// Where it stands in the document's text, in bytes; spans of the explanation do too.
    pub byte_start: u32,
    /// Its text.
    pub text: String,
    /// The headings and lines above it, by where they stand, in bytes.
    pub above: Vec<(u32, String)>,
    /// The explanations, one for each taxonomy.
    pub explanations: Vec<OneExplanation>,
}

/// What one taxonomy makes of a passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneExplanation {
    /// The name of the taxonomy.
    pub taxonomy: String,
    /// What decides on its labels.
    #[serde(flatten)]
    pub explanation: Explanation,
}

/// Explains the labels of a passage of the index.
///
/// # Errors
/// When there is no such document or passage, or what the index holds is not what was written.
pub fn explain(
    reader: &Reader,
    document: &str,
    ordinal: u32,
    classifiers: &Classifiers,
) -> Result<ExplainedPassage, QueryError> {
    let (id, head) = document_of(reader, document)?;
    let annotated = reader.annotated(head)?;
    check_passage(id, ordinal, annotated.passages.len() as u32)?;
    let passage = &annotated.passages[ordinal as usize];
    let document = &annotated.document;
    let explanations = classifiers.each().iter().map(|classifier| {
        let mut lexicon = classifier.lexicon();
        let words = Words::of(document, &annotated.passages, &mut lexicon);
        OneExplanation {
            taxonomy: classifier.taxonomy().name().to_owned(),
            explanation: classifier.explain(document, passage, &words, &lexicon),
        }
    });
    let above = passage.heading_path.iter().chain(&passage.lead_in);
    Ok(ExplainedPassage {
        document_id: id.to_string(),
        path: document.metadata.source.path.to_string_lossy().into_owned(),
        passage: ordinal,
        byte_start: passage.span.start,
        text: document.slice(passage.span).to_owned(),
        above: above.map(|span| (span.start, document.slice(*span).to_owned())).collect(),
        explanations: explanations.collect(),
    })
}

/// Explains the labels of a text without an index; `path` is its file's. None of a text without a
/// visible character.
pub fn explain_text(text: &str, path: &str, classifiers: &Classifiers) -> Option<ExplainedPassage> {
    let mut canonical = String::new();
    let mut explanations = Vec::new();
    for classifier in classifiers.each() {
        let (explanation, text) = TextClassifier::new(classifier.clone()).explain(text)?;
        let taxonomy = classifier.taxonomy().name().to_owned();
        explanations.push(OneExplanation { taxonomy, explanation });
        canonical = text;
    }
    Some(ExplainedPassage {
        document_id: String::new(),
        path: path.to_owned(),
        passage: 0,
        byte_start: 0,
        text: canonical,
        above: Vec::new(),
        explanations,
    })
}
