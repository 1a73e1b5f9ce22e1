//! Texts with nothing around them: rows of a table, such as those that people labelled.

use crate::features::Features;
use crate::{Classifier, Explanation};
use onrecord_model::{
    Block, BlockKind, Document, DocumentId, Label, Metadata, Passage, PriorityId, Span,
};
use onrecord_text::{Lexicon, Words, canonicalize, sentences};

/// Labels texts one after the other, each as a passage of which nothing else is known.
#[derive(Debug)]
pub struct TextClassifier {
    classifier: Classifier,
    lexicon: Lexicon,
}

impl TextClassifier {
    /// Makes a classifier of texts.
    pub fn new(classifier: Classifier) -> Self {
        let lexicon = classifier.lexicon();
        Self { classifier, lexicon }
    }

    /// Labels a text, in the order of the taxonomy; the evidence stands where it says in the text
    /// as it was given.
    ///
    /// A text is one passage, however long it is.
    pub fn label(&mut self, text: &str) -> Vec<Label> {
        self.lexicon.make_room();
        let canonical = canonicalize(text);
        let Some((document, passage)) = passage_of(canonical.text) else { return Vec::new() };
        let passages = [passage];
        let words = Words::of(&document, &passages, &mut self.lexicon);
        let mut labels = self.classifier.label(&document, &passages, &words, &self.lexicon);
        for evidence in labels.iter_mut().flat_map(|label| &mut label.evidence) {
            evidence.span = canonical.offsets.source_span(evidence.span);
        }
        labels
    }

    /// Explains the labels of a text; spans stand in its canonical form, which is returned with it.
    /// None for a text without a visible character.
    pub fn explain(&mut self, text: &str) -> Option<(Explanation, String)> {
        self.lexicon.make_room();
        let (document, passage) = passage_of(canonicalize(text).text)?;
        let words = Words::of(&document, std::slice::from_ref(&passage), &mut self.lexicon);
        let explanation = self.classifier.explain(&document, &passage, &words, &self.lexicon);
        Some((explanation, document.text().to_owned()))
    }

    /// Returns, for a text that the weights were learned from, its labels by weights that were
    /// learned without it and all of its source; with those that it was learned by, figures would
    /// flatter. None for another text.
    pub fn held_out(&self, text: &str) -> Option<Vec<PriorityId>> {
        self.classifier.held_out(text)
    }

    /// Returns what weights are learned from of a text, and whether it is about the taxonomy's
    /// subject.
    pub(crate) fn see(&mut self, text: &str) -> (Features, bool) {
        self.lexicon.make_room();
        let Some((document, passage)) = passage_of(canonicalize(text).text) else {
            let n_priorities = self.classifier.taxonomy().priorities().len();
            return (Features::none(n_priorities), false);
        };
        let words = Words::of(&document, std::slice::from_ref(&passage), &mut self.lexicon);
        self.classifier.see(&document, &passage, words.within(passage.span), &self.lexicon)
    }
}

/// Makes a document of one paragraph; none of a text without a visible character.
fn passage_of(text: String) -> Option<(Document, Passage)> {
    let visible = text.trim();
    let start = text.len() - text.trim_start().len();
    let span = Span::from_range(start..start + visible.len());
    if span.is_empty() {
        return None;
    }
    let kind = BlockKind::Paragraph;
    let sentences = sentences(&text, span);
    let id = DocumentId::new("", "", None);
    let document =
        Document::new(id, Metadata::default(), text.into(), vec![Block::new(span, kind)]);
    let passage = Passage {
        ordinal: 0,
        span,
        kind,
        heading_path: Vec::new(),
        lead_in: None,
        sentences,
        speaker: None,
        continues: false,
        page: None,
    };
    Some((document, passage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Taxonomy;

    #[test]
    fn evidence_stands_in_the_text_as_given() {
        let classifier = Classifier::new(&Taxonomy::default_taxonomy());
        let mut classifier = TextClassifier::new(classifier);
        for (text, expected) in [
            ("We must close the digital divide in poor villages.", Some("digital divide")),
            (
                "\u{feff}\r\n  Cafe\u{301}s:\r\nclose the digital\r\ndivide!",
                Some("digital\r\ndivide"),
            ),
            ("We plant trees.", None),
            (" \n", None),
            ("", None),
        ] {
            let labels = classifier.label(text);
            let evidence = labels.first().map(|label| &label.evidence[0]);
            let found = evidence.map(|evidence| text.get(evidence.span.range()).unwrap());
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_one_passage() {
        let mut classifier = TextClassifier::new(Classifier::new(&Taxonomy::default_taxonomy()));
        let text = format!(
            "{} We must close the digital divide and the digital gap in poor villages.",
            "It rained. ".repeat(1_000)
        );
        assert_eq!(classifier.label(&text).len(), 1);
    }
}
