//! The sentences of a draft.

use super::sentence::Sentence;
use super::telling::Weighing;
use crate::QueryError;
use onrecord_model::{Document, Span, Speaker};
use onrecord_text::{Lexicon, Sketch, Words, segment};

/// A sentence of a draft.
pub(super) struct DraftSentence {
    pub(super) sentence: Sentence,
    /// Whose it is, where the draft tells.
    pub(super) speaker: Option<Speaker>,
}

/// A draft, cut into sentences.
pub(super) struct Draft {
    /// In the order of the text; headings, notes and stage directions are none.
    pub(super) sentences: Vec<DraftSentence>,
    /// By which versions of it are told; none where it has no words.
    pub(super) sketch: Option<Sketch>,
}

impl Draft {
    pub(super) fn cut(
        document: &Document,
        weighing: &mut Weighing<'_>,
    ) -> Result<Self, QueryError> {
        let passages = segment(document);
        let mut lexicon = Lexicon::new();
        let words = Words::of(document, &passages, &mut lexicon);
        let mut found = Vec::new();
        for passage in passages.iter().filter(|passage| passage.kind.is_speech()) {
            let tokens: Vec<Span> = words.spoken(passage.span).map(|(token, _)| token).collect();
            for &span in &passage.sentences {
                let is_said = |token: &Span| span.contains(*token);
                if !tokens.iter().any(is_said) {
                    continue;
                }
                let sentence = Sentence::cut(document.text(), (0, 0), span, &tokens, weighing)?;
                found.push(DraftSentence { sentence, speaker: passage.speaker.clone() });
            }
        }
        let sketch = Sketch::of(&passages, &words, &lexicon);
        Ok(Self { sentences: found, sketch })
    }
}
