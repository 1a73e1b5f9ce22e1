use crate::analysis::push_form;
use onrecord_model::{Document, Passage, Span};
use onrecord_text::{Lexicon, WordId, Words, WordsIn, inline_notes, tokens};

/// The most words on either side of a joint that are indexed; longer phrases over a joint are
/// found by their beginning and then read.
pub(crate) const REACH: usize = 12;

/// Stands for the joint between two words; no word holds it.
const JOINT: char = '\u{b6}';

/// Stands between two bridges: as it makes a gap in the positions, no phrase runs from one into
/// the other.
const GAP: &str = " ";

/// Builds the bridges of a passage: the words before and behind each of its joints.
///
/// A phrase may run over a stage direction, and over the place where a long paragraph is cut
/// into passages. At each such joint a bridge holds up to [`REACH`] words before it and as many
/// behind, stage directions left out, the two words at the joint as one, see [`joined`]; so a
/// phrase that runs over a joint is a phrase of the bridge with two of its words joined. None
/// where there is no joint.
pub(crate) fn bridges(
    document: &Document,
    passages: &[Passage],
    words: &Words,
    lexicon: &Lexicon,
    ordinal: usize,
) -> Option<String> {
    let passage = &passages[ordinal];
    let notes = notes_of(document, passage);
    if notes.is_empty() && !passage.continues {
        return None;
    }
    let spoken = spoken_words(document, passages, words, ordinal, &notes);
    let mut joints: Vec<usize> = notes
        .iter()
        .map(|note| note.start)
        .chain([passage.span.end])
        .map(|place| spoken.partition_point(|(word, _)| word.start < place))
        .collect();
    joints.dedup();
    joints.retain(|&joint| joint > 0 && joint < spoken.len());

    let mut bridges = String::new();
    for joint in joints {
        if !bridges.is_empty() {
            bridges.push_str(GAP);
        }
        let reach = joint.saturating_sub(REACH)..(joint + REACH).min(spoken.len());
        for at in reach {
            let word = lexicon.forms(spoken[at].1).folded;
            if at == joint {
                bridges.push(JOINT);
                bridges.push_str(word);
            } else {
                push_form(&mut bridges, word);
            }
        }
    }
    (!bridges.is_empty()).then_some(bridges)
}

/// Finds what no one said inside a passage: the label of a turn that begins with it, and stage
/// directions; offsets are of the document.
fn notes_of(document: &Document, passage: &Passage) -> Vec<Span> {
    let label = label_of(document, passage);
    let behind = label.map_or(passage.span.start, |label| label.end);
    let notes = inline_notes(document.slice(passage.span))
        .map(|note| note.shifted(passage.span.start))
        .filter(|note| note.start >= behind);
    label.into_iter().chain(notes).collect()
}

/// Returns the label of the turn that begins with a passage, `THE PRESIDENT`.
fn label_of(document: &Document, passage: &Passage) -> Option<Span> {
    let blocks = document.blocks();
    let at = blocks.partition_point(|block| block.span.start < passage.span.start);
    let label = document.turn_of(blocks.get(at)?)?.label?;
    passage.span.contains(label).then_some(label)
}

/// Makes the one word of a bridge that two words at a joint become.
pub(crate) fn joined(before: &str, behind: &str) -> String {
    format!("{before}{JOINT}{behind}")
}

/// Lists the words around the joints of a passage that were said, and the first [`REACH`] of the
/// passages that its paragraph goes on in.
fn spoken_words(
    document: &Document,
    passages: &[Passage],
    words: &Words,
    ordinal: usize,
    notes: &[Span],
) -> Vec<(Span, WordId)> {
    let mut spoken: Vec<(Span, WordId)> =
        outside(notes, words.within(passages[ordinal].span)).collect();
    if notes.is_empty() {
        spoken.drain(..spoken.len().saturating_sub(REACH));
    }
    let enough = spoken.len() + REACH;
    // No more passages than words: one without a word is no place that a phrase runs over.
    for pair in passages[ordinal..].windows(2).take(REACH) {
        if !pair[0].continues || spoken.len() >= enough {
            break;
        }
        let notes = notes_of(document, &pair[1]);
        spoken.extend(outside(&notes, words.within(pair[1].span)).take(REACH));
    }
    spoken.truncate(enough);
    spoken
}

/// Counts the words of a passage that were said; the label of a turn is none of them.
pub(crate) fn count_spoken(document: &Document, passage: &Passage, words: WordsIn<'_>) -> u32 {
    let notes = notes_of(document, passage);
    if notes.is_empty() { words.ids.len() as u32 } else { outside(&notes, words).count() as u32 }
}

/// Finds the tokens of a text that lie outside its stage directions.
pub(crate) fn words_outside_notes(text: &str) -> Vec<Span> {
    let notes: Vec<Span> = inline_notes(text).collect();
    let mut is_outside = outside_of(&notes);
    tokens(text).filter(|token| is_outside(*token)).collect()
}

/// Finds the words that lie outside all notes.
fn outside<'a>(notes: &'a [Span], words: WordsIn<'a>) -> impl Iterator<Item = (Span, WordId)> + 'a {
    let mut is_outside = outside_of(notes);
    let words = words.spans.iter().copied().zip(words.ids.iter().copied());
    words.filter(move |(token, _)| is_outside(*token))
}

/// Tells of one token after the other, in order, whether it lies outside all notes.
fn outside_of(notes: &[Span]) -> impl FnMut(Span) -> bool + '_ {
    let mut notes = notes.iter().peekable();
    move |token| {
        while notes.next_if(|note| note.end <= token.start).is_some() {}
        !notes.peek().is_some_and(|note| note.contains(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Block, BlockKind, DocumentId, Metadata, Turn, TurnId};
    use onrecord_text::segment;

    #[test]
    fn labels_and_stage_directions_are_not_said() {
        let text = "MR. REED (inaudible): We act. (Applause.) Now.\nMR. REED acts.";
        let (first, second) = (Span::new(0, 46), Span::new(47, 61));
        let block =
            |span| Block { turn: Some(TurnId(0)), ..Block::new(span, BlockKind::Paragraph) };
        let turn = Turn { label: Some(Span::new(0, 20)), ..Turn::default() };
        let id = DocumentId::new("root", "file", None);
        let blocks = vec![block(first), block(second)];
        let document =
            Document::new(id, Metadata::default(), text.into(), blocks).with_turns(vec![turn]);
        let mut lexicon = Lexicon::new();
        let passages = segment(&document);
        let words = Words::of(&document, &passages, &mut lexicon);
        let counted: Vec<u32> = passages
            .iter()
            .map(|passage| count_spoken(&document, passage, words.within(passage.span)))
            .collect();
        assert_eq!(counted, [3, 3]);
    }
}
