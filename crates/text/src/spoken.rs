//! What of a passage was said: its words without the label of a turn and stage directions.

use crate::note::inline_notes;
use crate::token::tokens;
use onrecord_model::{Document, Passage, Span};

/// Finds what no one said inside a passage: the label of a turn that begins with it, and stage
/// directions; in order, offsets are of the document.
pub(crate) fn unspoken(document: &Document, passage: &Passage) -> impl Iterator<Item = Span> {
    let label = label_of(document, passage);
    let behind = label.map_or(passage.span.start, |label| label.end);
    let notes = inline_notes(document.slice(passage.span))
        .map(|note| note.shifted(passage.span.start))
        .filter(move |note| note.start >= behind);
    label.into_iter().chain(notes)
}

/// Returns the label of the turn that begins with a passage, `THE PRESIDENT`.
fn label_of(document: &Document, passage: &Passage) -> Option<Span> {
    let blocks = document.blocks();
    let at = blocks.partition_point(|block| block.span.start < passage.span.start);
    let label = document.turn_of(blocks.get(at)?)?.label?;
    passage.span.contains(label).then_some(label)
}

/// Finds the tokens that were said of the text of a passage alone, of which it is known how many
/// there are: the last `n_spoken` outside stage directions, since those before them are a label.
pub fn spoken_tokens(text: &str, n_spoken: usize) -> Vec<Span> {
    let notes: Vec<Span> = inline_notes(text).collect();
    let mut is_outside = outside(&notes);
    let mut found: Vec<Span> = tokens(text).filter(|token| is_outside(*token)).collect();
    found.drain(..found.len().saturating_sub(n_spoken));
    found
}

/// Tells of one token after the other, in order, whether it lies outside some spans.
pub(crate) fn outside(spans: &[Span]) -> impl FnMut(Span) -> bool + '_ {
    let mut spans = spans.iter().peekable();
    move |token| {
        while spans.next_if(|span| span.end <= token.start).is_some() {}
        !spans.peek().is_some_and(|span| span.contains(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lexicon, Sketch, Words, segment};
    use onrecord_model::{Block, BlockKind, DocumentId, Metadata, Turn, TurnId};

    /// Makes a document of one paragraph, the first bytes of which are the label of its turn.
    fn document(text: &str, n_label: u32) -> Document {
        let span = Span::from_range(0..text.len());
        let block = Block { turn: Some(TurnId(0)), ..Block::new(span, BlockKind::Paragraph) };
        let label = (n_label > 0).then(|| Span::new(0, n_label));
        let turn = Turn { label, ..Turn::default() };
        let id = DocumentId::new("root", "file", None);
        Document::new(id, Metadata::default(), text.into(), vec![block]).with_turns(vec![turn])
    }

    #[test]
    fn labels_and_stage_directions_are_not_said() {
        let text = "MR. REED (inaudible): We act. (Applause.) Now.";
        let document = document(text, 20);
        let mut lexicon = Lexicon::new();
        let passages = segment(&document);
        let words = Words::of(&document, &passages, &mut lexicon);
        let said: Vec<Span> = words.spoken(passages[0].span).map(|(token, _)| token).collect();
        let shown: Vec<&str> = said.iter().map(|token| document.slice(*token)).collect();
        assert_eq!(shown, ["We", "act", "Now"]);
        assert_eq!(spoken_tokens(text, said.len()), said);
    }

    #[test]
    fn labels_do_not_make_texts_differ() {
        let sketch = |text: &str, n_label: u32| {
            let document = document(text, n_label);
            let mut lexicon = Lexicon::new();
            let passages = segment(&document);
            let words = Words::of(&document, &passages, &mut lexicon);
            Sketch::of(&passages, &words, &lexicon)
        };
        let bare = sketch("We will dredge the whole harbour.", 0);
        assert_eq!(sketch("MAYOR REED: We will dredge the whole harbour.", 10), bare);
        assert_eq!(sketch("Mr. Reed. We will dredge (applause) the whole harbour.", 9), bare);
    }
}
